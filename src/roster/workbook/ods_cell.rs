//! A cell of an `.ods`: its value, and the text that the spreadsheet program showed for it when it saved the file.

use quick_xml::events::{BytesStart, Event};

use super::DAMAGED;
use super::cell::{self, Decimals, is_error};
use super::format::{Dates, Format};
use super::moment::{self, Shows};
use super::sheet::Value;
use super::xml::{Xml, add_text, attribute};

/// What the file says of a cell.
#[derive(Debug, Default)]
pub(super) struct OdsCell {
    kind: Kind,
    /// The value's attribute, empty for most texts.
    value: String,
    has_formula: bool,
    /// Paragraphs, as they are shown.
    text: String,
    has_text: bool,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Kind {
    #[default]
    Unsaid,
    Number,
    Percent,
    Moment,
    Duration,
    YesNo,
    Text,
    Error,
}

impl OdsCell {
    /// Takes the attributes of a cell.
    pub(super) fn begin(&mut self, element: &BytesStart<'_>) -> Result<(), String> {
        *self = Self::default();
        // the extension of LibreOffice, which alone knows of errors
        let is_error = element.attributes().with_checks(false).flatten().any(|attribute| {
            attribute.key.as_ref() == "calcext:value-type" && attribute.value.as_ref() == "error"
        });
        let mut kind = None;
        for attribute in element.attributes().with_checks(false).flatten() {
            if attribute.key.local_name().as_ref() == "value-type"
                && attribute.key.as_ref() != "calcext:value-type"
            {
                kind = Some(attribute.value.into_owned());
            }
        }
        let (kind, value) = match kind.as_deref() {
            _ if is_error => (Kind::Error, "string-value"),
            Some("float" | "currency") => (Kind::Number, "value"),
            Some("percentage") => (Kind::Percent, "value"),
            Some("date") => (Kind::Moment, "date-value"),
            Some("time") => (Kind::Duration, "time-value"),
            Some("boolean") => (Kind::YesNo, "boolean-value"),
            Some("string") => (Kind::Text, "string-value"),
            _ => (Kind::Unsaid, "value"),
        };
        self.kind = kind;
        self.value = attribute(element, value)?.unwrap_or_default().into_owned();
        self.has_formula = attribute(element, "formula")?.is_some();
        Ok(())
    }

    /// Reads what is in the cell, to its end; paragraphs are lines, and what is written of the cell is no part of it.
    pub(super) fn read_text(&mut self, xml: &mut Xml) -> Result<(), String> {
        loop {
            match xml.next()? {
                Event::Start(element) if element.local_name().as_ref() == "p" => {
                    if self.has_text {
                        self.text.push('\n');
                    }
                    self.has_text = true;
                    paragraph(xml, &mut self.text)?;
                }
                Event::Start(_) => xml.skip()?,
                Event::End(_) => return Ok(()),
                Event::Eof => return Err(DAMAGED.into()),
                _ => {}
            }
        }
    }

    /// The digits behind the point that are shown of a number.
    pub(super) fn decimals(&self, shown: &str) -> Option<Decimals> {
        matches!(self.kind, Kind::Number | Kind::Percent)
            .then(|| cell::decimals_shown(self.text.trim_end_matches('\n'), shown))
            .flatten()
    }

    /// The cell as it is shown, or the problem it has.
    pub(super) fn shown(&self) -> Result<String, String> {
        let text = self.text.trim_end_matches('\n');
        let said =
            |value| cell::shown(value, &Format::default(), Dates::From1900).map(std::borrow::Cow::into_owned);
        match self.kind {
            Kind::Error => said(Value::Error(text)),
            Kind::Text | Kind::Unsaid if self.has_formula && is_error(text) => said(Value::Error(text)),
            // a formula that gives an empty text has an empty paragraph
            Kind::Unsaid if self.has_formula && !self.has_text => said(Value::NotCalculated),
            Kind::Text if !self.has_text => Ok(self.value.clone()),
            Kind::Text | Kind::Unsaid | Kind::Duration => Ok(text.to_owned()),
            Kind::YesNo => said(Value::Yes(self.value.trim().eq_ignore_ascii_case("true"))),
            Kind::Moment => {
                let is_year = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
                Ok(moment::written(&self.value, if is_year { Shows::Year } else { Shows::Day }))
            }
            Kind::Percent => cell::percent(self.value.trim().parse().map_err(|_| DAMAGED)?),
            Kind::Number => {
                let number = self.value.trim().parse().unwrap_or(f64::NAN);
                let plain = said(Value::Number(number))?;
                Ok(if is_shown_id(text, &plain) { text.trim().to_owned() } else { plain })
            }
        }
    }
}

/// Whether what is shown for a number is more than the number with points, blanks and signs: it has zeros before or letters
/// around it, or is a word.
fn is_shown_id(shown: &str, plain: &str) -> bool {
    let digits: String = shown.chars().filter(char::is_ascii_digit).collect();
    if digits.is_empty() {
        return shown.chars().any(char::is_alphabetic);
    }
    let number = digits.trim_start_matches('0');
    let number = if number.is_empty() { "0" } else { number };
    if plain.trim_start_matches('-') != number || shown.contains(['.', ',']) {
        return false;
    }
    digits.len() > number.len() || !is_grouped(shown)
}

/// Whether digits stand in groups of three, as the thousands of a number.
fn is_grouped(shown: &str) -> bool {
    let groups: Vec<&str> = shown.trim().split([' ', '\u{a0}', '\u{202f}', '\u{2009}', '\'', '’']).collect();
    let is_digits = |group: &&str| group.bytes().all(|byte| byte.is_ascii_digit());
    groups.len() > 1 && groups.iter().all(is_digits) && groups.iter().skip(1).all(|group| group.len() == 3)
}

/// Adds the text of a paragraph that has just begun; blanks next to each other are one, as in HTML.
fn paragraph(xml: &mut Xml, text: &mut String) -> Result<(), String> {
    let start = text.len();
    let mut depth = 1_usize;
    let mut raw = String::new();
    while depth > 0 {
        match xml.next()? {
            Event::Start(element) => {
                let spaces = match element.local_name().as_ref() {
                    "s" => {
                        let count =
                            attribute(&element, "c")?.and_then(|count| count.parse().ok()).unwrap_or(1);
                        " ".repeat(std::cmp::min(count, super::MOST_COLUMNS))
                    }
                    "tab" => "\t".to_owned(),
                    "line-break" => "\n".to_owned(),
                    "span" | "a" | "ruby" | "ruby-base" | "meta" => {
                        depth += 1;
                        continue;
                    }
                    _ => String::new(),
                };
                text.push_str(&spaces);
                xml.skip()?;
            }
            Event::End(_) => depth -= 1,
            Event::Eof => return Err(DAMAGED.into()),
            event => {
                raw.clear();
                add_text(&event, &mut raw)?;
                for letter in raw.chars() {
                    match letter {
                        ' ' | '\t' | '\r' | '\n' if text.len() == start || text.ends_with(' ') => {}
                        ' ' | '\t' | '\r' | '\n' => text.push(' '),
                        letter => text.push(letter),
                    }
                }
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_told_from_dressed_numbers() {
        for (shown, plain) in [
            ("00123456", "123456"),
            ("S00123456", "123456"),
            ("012-345", "12345"),
            ("123-456", "123456"),
            ("0000", "0"),
            ("000 123", "123"),
            ("TRUE", "1"),
        ] {
            assert!(is_shown_id(shown, plain), "{shown}");
        }
        for (shown, plain) in [
            ("1,234,567", "1234567"),
            ("1 234 567", "1234567"),
            ("1\u{202f}234", "1234"),
            ("2026.00", "2026"),
            ("1.23E+12", "1234567890123"),
            ("50%", "0.5"),
            ("0.00", "0"),
            ("###", "5"),
            ("", "5"),
        ] {
            assert!(!is_shown_id(shown, plain), "{shown}");
        }
    }
}
