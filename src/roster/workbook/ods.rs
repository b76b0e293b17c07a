//! `.ods` (ODF 1.3, part 3): sheets, one after the other in a single part.

use std::collections::HashSet;

use quick_xml::events::Event;

use super::DAMAGED;
use super::ods_rows::OdsRows;
use super::package::Package;
use super::sheet::{Book, Rows, Sheet, SheetKind};
use super::xml::{Xml, attribute, is_true};

pub(super) const CONTENT: &str = "content.xml";

/// An open workbook.
pub(super) struct Ods {
    package: Package,
    sheets: Vec<Sheet>,
}

impl Ods {
    pub(super) fn open(package: Package) -> Result<Self, String> {
        if is_encrypted(&package)? {
            return Err(super::PASSWORD.into());
        }
        let mut xml = Xml::new(package.part(CONTENT)?);
        let mut hidden_styles = HashSet::new();
        let mut style = String::new();
        let mut sheets = Vec::new();
        loop {
            match xml.next()? {
                Event::Start(element) => match element.local_name().as_ref() {
                    "style" => style = attribute(&element, "name")?.unwrap_or_default().into_owned(),
                    "table-properties" if attribute(&element, "display")?.as_deref() == Some("false") => {
                        hidden_styles.insert(std::mem::take(&mut style));
                    }
                    "spreadsheet" => break,
                    _ => {}
                },
                Event::Eof => return Err(DAMAGED.into()),
                _ => {}
            }
        }
        while next_table(&mut xml, |element| {
            let style = attribute(element, "style-name")?.unwrap_or_default();
            let is_hidden = hidden_styles.contains(style.as_ref());
            let kind = if is_hidden { SheetKind::Hidden } else { SheetKind::Shown };
            let name = attribute(element, "name")?.unwrap_or_default().into_owned();
            sheets.push(Sheet { name, kind });
            Ok(())
        })? {
            xml.skip()?;
        }
        Ok(Self { package, sheets })
    }
}

impl Book for Ods {
    fn sheets(&self) -> &[Sheet] {
        &self.sheets
    }

    fn rows(&self, sheet: usize) -> Result<Box<dyn Rows>, String> {
        let mut xml = Xml::new(self.package.part(CONTENT)?);
        loop {
            match xml.next()? {
                Event::Start(element) if element.local_name().as_ref() == "spreadsheet" => break,
                Event::Eof => return Err(DAMAGED.into()),
                _ => {}
            }
        }
        for before in 0..=sheet {
            if !next_table(&mut xml, |_| Ok(()))? {
                return Err(DAMAGED.into());
            }
            if before < sheet {
                xml.skip()?;
            }
        }
        Ok(Box::new(OdsRows::open(xml)?))
    }
}

/// Goes on to the start of the next sheet; tables that are within something else are none.
fn next_table(
    xml: &mut Xml,
    mut look: impl FnMut(&quick_xml::events::BytesStart<'_>) -> Result<(), String>,
) -> Result<bool, String> {
    loop {
        match xml.next()? {
            Event::Start(element) if element.local_name().as_ref() == "table" => {
                look(&element)?;
                return Ok(true);
            }
            Event::Start(_) => xml.skip()?,
            Event::End(_) => {
                xml.finish()?;
                return Ok(false);
            }
            Event::Eof => return Err(DAMAGED.into()),
            _ => {}
        }
    }
}

/// Whether the list of parts says of any that it is encrypted.
fn is_encrypted(package: &Package) -> Result<bool, String> {
    const MANIFEST: &str = "META-INF/manifest.xml";
    if !package.has(MANIFEST) {
        return Ok(false);
    }
    let mut xml = Xml::new(package.part(MANIFEST)?);
    loop {
        match xml.next()? {
            Event::Start(element) if element.local_name().as_ref() == "encryption-data" => return Ok(true),
            Event::Eof => return Ok(false),
            _ => {}
        }
    }
}

/// Whether `table:visibility` or `table:display` hide what has them.
pub(super) fn is_hidden(element: &quick_xml::events::BytesStart<'_>) -> Result<bool, String> {
    let visibility = attribute(element, "visibility")?;
    let display = attribute(element, "display")?;
    Ok(matches!(visibility.as_deref(), Some("collapse" | "filter"))
        || display.is_some_and(|display| !is_true(Some(&display))))
}
