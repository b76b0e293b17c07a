//! A graduate as the roster tells of one: student id, name, address. No I/O.
//!
//! Every value is parsed once, here, and trusted afterwards. The problems name no value, since they end up
//! in logs: they say what is wrong with it and what would be right.

mod digits;
mod email_address;
mod folding;
mod language;
pub(crate) mod languages;
mod mangled;
mod text;

use std::borrow::Cow;
use std::fmt;

use icu_normalizer::ComposingNormalizerBorrowed;
use jiff::civil::Date;

pub use digits::ascii_digits;
pub use email_address::EmailAddress;
pub use folding::folded;
pub use language::Language;
pub(crate) use mangled::is_everyday;
pub use mangled::is_mangled;
pub(crate) use text::at_most;
pub use text::clean;

/// What is wrong with a value, and what would be right; a sentence without the value itself.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Problem(pub String);

impl Problem {
    /// A problem in these words.
    pub fn new(words: impl Into<String>) -> Self {
        Self(words.into())
    }
}

/// A person, known by the student id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Graduate {
    /// Who it is, for every message and log line.
    pub student_id: StudentId,
    /// As the university wrote it.
    pub name: PersonName,
    /// Where the invitation goes.
    pub email: EmailAddress,
    /// For the second question of the redemption page.
    pub date_of_birth: Option<Date>,
    /// Which templates to use.
    pub language: Option<Language>,
}

/// The registry's number of a student: up to 64 letters, digits and `- _ . / : + #`, beginning with a
/// letter or digit. Not personal in the sense of the log rules: messages name graduates by it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StudentId(String);

impl StudentId {
    /// Reads a student id; takes `="00123"` and `'00123`, by which spreadsheets keep leading zeros, as `00123`, and
    /// wide letters and digits as the ordinary ones.
    ///
    /// # Errors
    /// A [`Problem`] when it is missing, too long or has characters that no student id has.
    pub fn parse(value: &str) -> Result<Self, Problem> {
        let value = text::clean(value)?;
        if Self::is_usual(&value) {
            return Ok(Self(value.into_owned()));
        }
        let value = if value.is_ascii() {
            value
        } else {
            Cow::Owned(ascii_digits(&ComposingNormalizerBorrowed::new_nfkc().normalize(&value)).into_owned())
        };
        let value = value.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')).unwrap_or(&value);
        let value =
            value.strip_prefix('\'').filter(|rest| rest.starts_with(char::is_alphanumeric)).unwrap_or(value);
        if value.is_empty() {
            return Err(Problem::new("missing; every row needs the graduate's student id"));
        }
        if value.len() > 64 && value.chars().count() > 64 {
            return Err(Problem::new("longer than 64 characters; is this the student id column?"));
        }
        let fits = |character: char| character.is_alphanumeric() || "-_./:+#".contains(character);
        if value.chars().all(fits) && !value.starts_with(char::is_alphanumeric) {
            return Err(Problem::new("does not begin with a letter or a digit, as a student id does"));
        }
        if !value.chars().all(fits) {
            return Err(Problem::new(
                "has characters that a student id cannot have; only letters, digits and - _ . / : + # are taken",
            ));
        }
        // they look like Latin letters, so that nobody could type the id
        if value.chars().any(|character| matches!(character, '\u{370}'..='\u{52f}')) {
            return Err(Problem::new(
                "has a Greek or Cyrillic letter in it; write the id with Latin letters",
            ));
        }
        Ok(Self(value.to_owned()))
    }

    /// Most ids have letters and digits of ASCII only.
    fn is_usual(value: &str) -> bool {
        matches!(value.len(), 1..=64) && value.bytes().all(|byte| byte.is_ascii_alphanumeric())
    }

    /// An id, or what may be one, without what people leave out or change when they type it: case, spaces and punctuation. As the
    /// ledger's `folded_id`: `SQLite`'s `lower` knows the capitals of ASCII only.
    #[must_use]
    pub fn folded(typed: &str) -> String {
        typed.chars().filter(|it| it.is_alphanumeric()).map(|it| it.to_ascii_lowercase()).collect()
    }

    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<StudentId> for String {
    fn from(id: StudentId) -> Self {
        id.0
    }
}

impl fmt::Display for StudentId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// A full name as the university wrote it: no case changed, one word is enough, up to 300 characters.
#[derive(Clone, PartialEq, Eq)]
pub struct PersonName(String);

impl PersonName {
    /// Reads a name.
    ///
    /// # Errors
    /// A [`Problem`] when it is missing, too long, damaged by an earlier conversion, or no name at all.
    pub fn parse(value: &str) -> Result<Self, Problem> {
        Self::of_clean(text::clean(value)?)
    }

    /// The same of a text that is clean already, as one made of clean parts.
    ///
    /// # Errors
    /// As [`PersonName::parse`].
    pub fn of_clean(name: Cow<'_, str>) -> Result<Self, Problem> {
        if name.is_empty() {
            return Err(Problem::new("missing; the credential and the mail need the graduate's name"));
        }
        text::at_most(&name, 300)?;
        if name.starts_with(['=', '@', '+', '|']) {
            return Err(Problem::new("looks like a spreadsheet formula; give the name itself"));
        }
        if !name.chars().any(char::is_alphabetic) {
            return Err(Problem::new("has no letter in it; is this the name column?"));
        }
        Ok(Self(name.into_owned()))
    }

    /// The name as text: personal, never for a log.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<PersonName> for String {
    fn from(name: PersonName) -> Self {
        name.0
    }
}

/// Debug output ends up in logs and panics, so it says nothing.
impl fmt::Debug for PersonName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("PersonName(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stays_as_the_university_wrote_it() {
        for name in [
            "Suharto",
            "O’Brien, Seán",
            "de la Cruz",
            "Nguyễn Thị Hồng",
            "สมชาย วงศ์สวัสดิ์",
            "李 欣怡",
            "Robert \"Bob\" King",
        ] {
            assert_eq!(PersonName::parse(name).map(|name| name.0), Ok(name.to_owned()));
        }
    }

    #[test]
    fn what_is_no_name_is_refused() {
        for value in [
            "",
            " \u{200b} ",
            "=HYPERLINK(\"x\")",
            "@SUM(1)",
            "12345",
            "JosÃ© GarcÃ\u{ad}a",
            "A\u{0}B",
            "A\r\nBcc: x",
        ] {
            assert!(PersonName::parse(value).is_err(), "{value:?} was taken for a name");
        }
        assert!(PersonName::parse(&"a".repeat(301)).is_err());
    }

    #[test]
    fn a_student_id_keeps_its_leading_zeros() {
        assert_eq!(StudentId::parse(" =\"00123\" ").map(|id| id.0), Ok("00123".to_owned()));
        assert_eq!(StudentId::parse("'00123").map(|id| id.0), Ok("00123".to_owned()));
        assert_eq!(StudentId::parse("Ｓ００１２๓").map(|id| id.0), Ok("S00123".to_owned()));
        for value in ["", "А0012", "=1+1", "../etc/passwd", "a b", "-1", "s\u{0}1"] {
            assert!(StudentId::parse(value).is_err(), "{value:?} was taken for a student id");
        }
    }

    #[test]
    fn debug_output_shows_no_name() {
        assert_eq!(PersonName::parse("Mira Tan").map(|name| format!("{name:?}")), Ok("PersonName(…)".into()));
    }
}
