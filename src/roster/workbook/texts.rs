//! The table of texts that the cells of an `.xlsx` point into, and how a text is written in XML.

use quick_xml::events::Event;

use super::DAMAGED;
use super::package::TOO_LARGE;
use super::xml::Xml;

/// The most bytes of text that are kept in memory: a million graduates with a dozen texts of their own.
const MOST_TEXT: usize = 512 << 20;

/// The texts of a workbook, behind each other.
#[derive(Debug, Default)]
pub(super) struct Texts {
    text: String,
    ends: Vec<usize>,
}

impl Texts {
    pub(super) fn read(xml: &mut Xml) -> Result<Self, String> {
        let mut texts = Self::default();
        let mut text = String::new();
        loop {
            match xml.next()? {
                Event::Start(element) if element.local_name().as_ref() == "si" => {
                    text.clear();
                    rich_text(xml, &mut text)?;
                    texts.push(&text)?;
                }
                Event::Eof => return Ok(texts),
                _ => {}
            }
        }
    }

    pub(super) fn push(&mut self, text: &str) -> Result<(), String> {
        if self.text.len() + text.len() + self.ends.len() * size_of::<usize>() > MOST_TEXT {
            return Err(TOO_LARGE.into());
        }
        self.text.push_str(text);
        self.ends.push(self.text.len());
        Ok(())
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(super) fn get(&self, index: usize) -> Option<&str> {
        let start = if index == 0 { 0 } else { *self.ends.get(index - 1)? };
        self.text.get(start..*self.ends.get(index)?)
    }
}

/// Adds the text of an `si` or `is` that has just begun: all its runs, without the hints how to pronounce it.
pub(super) fn rich_text(xml: &mut Xml, text: &mut String) -> Result<(), String> {
    let start = text.len();
    let mut depth = 1_usize;
    while depth > 0 {
        match xml.next()? {
            Event::Start(element) => match element.local_name().as_ref() {
                "t" => xml.text(text)?,
                "r" => depth += 1,
                _ => xml.skip()?,
            },
            Event::End(_) => depth -= 1,
            Event::Eof => return Err(DAMAGED.into()),
            _ => {}
        }
    }
    unescape(text, start);
    Ok(())
}

/// Reads `_x000D_` in a text from `start` on as the letter that it stands for, and ends lines in a line feed.
pub(super) fn unescape(text: &mut String, start: usize) {
    let Some(written) = text.get(start..).filter(|text| text.contains("_x") || text.contains('\r')) else {
        return;
    };
    let mut units: Vec<u16> = Vec::with_capacity(written.len());
    let mut rest = written;
    while let Some(letter) = rest.chars().next() {
        if let Some(unit) = escaped(rest) {
            units.push(unit);
            rest = &rest[7..];
        } else {
            units.extend(letter.encode_utf16(&mut [0; 2]).iter());
            rest = &rest[letter.len_utf8()..];
        }
    }
    let read = with_line_feeds(String::from_utf16_lossy(&units));
    text.truncate(start);
    text.push_str(&read);
}

/// A text whose lines end in a line feed.
pub(super) fn with_line_feeds(text: String) -> String {
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text }
}

/// The UTF-16 unit of an escape at the start of a text.
fn escaped(text: &str) -> Option<u16> {
    let digits = text.strip_prefix("_x")?.get(..4)?;
    let is_escape =
        text.as_bytes().get(6) == Some(&b'_') && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    is_escape.then(|| u16::from_str_radix(digits, 16).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_read_as_excel_reads_them() {
        for (written, read) in [
            ("plain", "plain"),
            ("a_x000D_\nb", "a\nb"),
            ("a_x000a_b", "a\nb"),
            ("a\r\nb\rc", "a\nb\nc"),
            ("_x005F_x000D_", "_x000D_"),
            ("_xD83D__xDE00_", "\u{1f600}"),
            ("snow_x12_y _x00_", "snow_x12_y _x00_"),
            ("_x00é1_", "_x00é1_"),
        ] {
            let mut text = "before_x0041_".to_owned() + written;
            unescape(&mut text, 13);
            assert_eq!(text, "before_x0041_".to_owned() + read);
        }
    }

    #[test]
    fn texts_are_found_by_their_number() {
        let mut texts = Texts::default();
        for text in ["a", "", "bc"] {
            assert_eq!(texts.push(text), Ok(()));
        }
        assert_eq!([0, 1, 2, 3].map(|index| texts.get(index)), [Some("a"), Some(""), Some("bc"), None]);
    }
}
