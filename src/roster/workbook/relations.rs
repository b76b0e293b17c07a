//! Which part of a package belongs to which (ECMA-376 part 2, 9).

use quick_xml::events::Event;

use super::package::Package;
use super::xml::{Xml, attribute};

/// The relations of a part.
#[derive(Debug, Default)]
pub(super) struct Relations {
    list: Vec<Relation>,
}

#[derive(Debug)]
struct Relation {
    id: String,
    /// The last word of its type, which the strict and the usual kind of workbook have in common.
    kind: String,
    part: String,
}

impl Relations {
    /// Kind and part.
    pub(super) fn by_id(&self, id: &str) -> Option<(&str, &str)> {
        let relation = self.list.iter().find(|relation| relation.id == id)?;
        Some((&relation.kind, &relation.part))
    }

    pub(super) fn of_kind(&self, kind: &str) -> Option<&str> {
        self.list.iter().find(|relation| relation.kind == kind).map(|relation| relation.part.as_str())
    }
}

/// The relations of a part, none when it has no list of them; the package itself is the part without a name.
pub(super) fn relations(package: &Package, part: &str) -> Result<Relations, String> {
    let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
    let list = format!("{folder}/_rels/{name}.rels");
    let mut relations = Relations::default();
    if !package.has(&list) {
        return Ok(relations);
    }
    let mut xml = Xml::new(package.part(&list)?);
    loop {
        match xml.next()? {
            Event::Start(element) if element.local_name().as_ref() == "Relationship" => {
                let text = |name| attribute(&element, name).map(Option::unwrap_or_default);
                let kind = text("Type")?;
                relations.list.push(Relation {
                    id: text("Id")?.into_owned(),
                    kind: kind.rsplit('/').next().unwrap_or_default().to_owned(),
                    part: resolved(folder, &text("Target")?),
                });
            }
            Event::Eof => return Ok(relations),
            _ => {}
        }
    }
}

/// A part's name out of what a part in a folder calls it.
fn resolved(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let mut steps: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(steps.pop()),
            _ => steps.push(step),
        }
    }
    steps.retain(|step| !step.is_empty());
    steps.join("/")
}

#[cfg(test)]
mod tests {
    use super::resolved;

    #[test]
    fn targets_are_found_from_their_folder() {
        for (folder, target, part) in [
            ("xl", "worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("xl", "/xl/worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("xl/worksheets", "../sharedStrings.xml", "xl/sharedStrings.xml"),
            ("", "xl/workbook.xml", "xl/workbook.xml"),
            ("xl", "./styles.xml", "xl/styles.xml"),
            ("xl", "worksheets\\sheet1.xml", "xl/worksheets/sheet1.xml"),
        ] {
            assert_eq!(resolved(folder, target), part);
        }
    }
}
