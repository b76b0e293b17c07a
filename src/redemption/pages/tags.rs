//! The tags of a page, as far as its check needs them.

/// A start tag, or an end tag with `/` before its name.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Tag {
    /// In lower case.
    pub(super) name: String,
    /// Names in lower case, and values without the escapes that the engine writes.
    pub(super) attributes: Vec<(String, String)>,
    /// Where it begins and ends.
    pub(super) range: std::ops::Range<usize>,
}

impl Tag {
    /// The value of an attribute, where it has it.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }
}

/// All tags in their order; comments and the doctype are passed over.
pub(super) fn tags(html: &str) -> Vec<Tag> {
    let mut tags = Vec::new();
    let mut rest = 0;
    while let Some(open) = html[rest..].find('<').map(|at| rest + at) {
        let after = &html[open + 1..];
        rest = if after.starts_with("!--") {
            after.find("-->").map_or(html.len(), |at| open + 1 + at)
        } else if after.starts_with(|first: char| first.is_ascii_alphabetic() || first == '/') {
            let end = end_of(html, open);
            tags.push(tag(&html[open + 1..end], open..end));
            end
        } else {
            open + 1
        };
    }
    tags
}

/// Where a tag's `>` stands, which may not be inside quotes.
fn end_of(html: &str, open: usize) -> usize {
    let mut quote = None;
    for (offset, character) in html[open..].char_indices() {
        match (quote, character) {
            (None, '>') => return open + offset,
            (None, '"' | '\'') => quote = Some(character),
            (Some(open), _) if open == character => quote = None,
            _ => {}
        }
    }
    html.len()
}

fn tag(inside: &str, range: std::ops::Range<usize>) -> Tag {
    let blank = |character: char| character.is_whitespace();
    let (name, mut rest) = inside.split_at(inside.find(blank).unwrap_or(inside.len()));
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start_matches(|character| blank(character) || character == '/');
        let end = rest.find(|character| blank(character) || character == '=').unwrap_or(rest.len());
        if rest.is_empty() {
            break;
        }
        let attribute = rest[..end].to_ascii_lowercase();
        rest = rest[end..].trim_start();
        let mut value = "";
        if let Some(after) = rest.strip_prefix('=') {
            let after = after.trim_start();
            (value, rest) = match after.chars().next().filter(|it| matches!(it, '"' | '\'')) {
                Some(quote) => after[1..].split_once(quote).unwrap_or((&after[1..], "")),
                None => after.split_at(after.find(blank).unwrap_or(after.len())),
            };
        }
        attributes.push((attribute, unescaped(value)));
    }
    Tag { name: name.to_ascii_lowercase(), attributes, range }
}

fn unescaped(value: &str) -> String {
    let mut text = value.to_owned();
    for (escaped, character) in
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#x27;", "'"), ("&#x2f;", "/"), ("&amp;", "&")]
    {
        text = text.replace(escaped, character);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_read_however_they_are_written() {
        let html = "<!doctype html><!-- <form> --><FORM Method = 'post' action=\"/a&amp;b\" novalidate>2 < 3\
                    <input name=code value=\"a > b\"/></form><p";
        let tags = tags(html);
        let names: Vec<_> = tags.iter().map(|tag| tag.name.as_str()).collect();
        assert_eq!(names, ["form", "input", "/form", "p"]);
        assert_eq!(tags[0].attribute("method"), Some("post"));
        assert_eq!(tags[0].attribute("action"), Some("/a&b"));
        assert_eq!(tags[0].attribute("novalidate"), Some(""));
        assert_eq!(tags[1].attribute("name"), Some("code"));
        assert_eq!(tags[1].attribute("value"), Some("a > b"));
        assert_eq!(&html[tags[1].range.clone()], "<input name=code value=\"a > b\"/");
    }
}
