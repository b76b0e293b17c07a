//! Which types of credentials there are, and what a file of this folder says of each.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;

use super::{Details, DocumentKind, education, english, microcredential};
use crate::graduate::Problem;

/// A type of credential: a roster holds rows of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum CredentialType {
    /// An award of a university.
    #[default]
    Education,
    /// The result of an English test.
    English,
    /// A course beside or after a qualification: SEEK Pass calls it Learning and Development.
    Microcredential,
}

/// What is known of a type; the one place is its file in this folder.
#[derive(Debug)]
pub struct TypeSpec {
    /// On the command line, in the configuration and in the ledger.
    pub word: &'static str,
    /// One of it, in messages: `course`.
    pub noun: &'static str,
    /// Several of it.
    pub nouns: &'static str,
    /// Its `credential_type` at SEEK Pass.
    pub name: &'static str,
    /// Where it is added, below the base URL.
    pub path: &'static str,
    /// The scope that a token needs for it.
    pub scope: &'static str,
    /// Its `document_type` where it comes without a document.
    pub document_type: &'static str,
    /// The documents that it may come with.
    pub documents: &'static [DocumentKind],
    /// Its columns, beside those of the graduate; none of education, whose columns the roster knows by itself.
    pub fields: &'static [Field],
    /// The columns by which a roster of it is known where nobody says its type; each is enough.
    pub telling: &'static [&'static str],
    /// Puts the cells of a row together.
    pub(super) details: fn(&Cells<'_>, &str, Date) -> Result<Details, Misfit>,
}

/// A column of one type.
#[derive(Debug)]
pub struct Field {
    /// In messages, and under `[roster.columns]`.
    pub name: &'static str,
    /// Other accepted headers, folded: lower case, letters and digits only.
    pub spellings: &'static [&'static str],
    /// Whether every row needs a value.
    pub is_needed: bool,
    /// How a cell is read.
    pub reads: Reads,
    /// What a cell holds, for `gradpass columns`.
    pub holds: &'static str,
}

/// How a cell of a type's column is read, after it was cleaned.
#[derive(Debug, Clone, Copy)]
pub enum Reads {
    /// A day.
    Day,
    /// A day, or a word that there is none: what never expires has no expiry date.
    Expiry,
    /// A year, or a day; neither still to come.
    YearOrDay,
    /// A name or a title, by this rule.
    Title(fn(&str) -> Result<String, Problem>),
    /// A word, a number or a code, by this rule.
    Word(fn(&str) -> Result<String, Problem>),
    /// A result, by this rule: of a number in a workbook as it is shown, since 6.0 is another result than 6 to its reader.
    Score(fn(&str) -> Result<String, Problem>),
}

/// What does not fit another column of the row: the field's name, and what is wrong.
pub type Misfit = (&'static str, Problem);

/// The cells of a row that were read, in the order of the type's fields.
pub struct Cells<'a> {
    fields: &'static [Field],
    values: &'a [Option<String>],
    /// Whose roster it is; empty where nobody says so.
    pub(super) university: &'a str,
}

impl<'a> Cells<'a> {
    /// The values of the fields of a type, days as `YYYY-MM-DD`; none where a cell is empty.
    #[must_use]
    pub const fn new(of: CredentialType, values: &'a [Option<String>], university: &'a str) -> Self {
        Self { fields: of.spec().fields, values, university }
    }

    /// The value of a field.
    pub(super) fn get(&self, name: &str) -> Option<String> {
        let position = self.fields.iter().position(|field| field.name == name)?;
        self.values.get(position).cloned().flatten()
    }

    /// The value of a field that every row needs.
    pub(super) fn needed(&self, name: &'static str) -> Result<String, Misfit> {
        self.get(name).ok_or_else(|| (name, Problem::new("missing; every row needs it")))
    }

    /// A day.
    pub(super) fn day(&self, name: &str) -> Option<Date> {
        self.get(name)?.parse().ok()
    }

    /// A day that every row needs and that is not still to come.
    pub(super) fn past_day(&self, name: &'static str, today: Date) -> Result<Date, Misfit> {
        let day = self.day(name).ok_or_else(|| (name, Problem::new("missing; every row needs it")))?;
        if day > today {
            return Err((
                name,
                Problem::new("is still to come; only what is done can be added to SEEK Pass"),
            ));
        }
        Ok(day)
    }

    /// Until when it is valid, after the day that it is from.
    pub(super) fn expiry(&self, name: &'static str, from: (&str, Date)) -> Result<Option<Date>, Misfit> {
        match self.day(name) {
            Some(day) if day <= from.1 => {
                Err((name, Problem::new(format!("is not after {}; one of the two is wrong", from.0))))
            }
            day => Ok(day),
        }
    }

    /// Parts with `;` between them.
    pub(super) fn list(&self, name: &str) -> Vec<String> {
        let list = self.get(name).unwrap_or_default();
        list.split(';').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
    }
}

impl CredentialType {
    /// Every type.
    pub const ALL: [Self; 3] = [Self::Education, Self::English, Self::Microcredential];

    /// What is known of it.
    #[must_use]
    pub const fn spec(self) -> &'static TypeSpec {
        match self {
            Self::Education => &education::SPEC,
            Self::English => &english::SPEC,
            Self::Microcredential => &microcredential::SPEC,
        }
    }

    /// On the command line, in the configuration and in the ledger.
    #[must_use]
    pub const fn word(self) -> &'static str {
        self.spec().word
    }

    /// As the ledger has it: what it held before there were types is education.
    #[must_use]
    pub fn stored(self) -> Option<&'static str> {
        (self != Self::Education).then(|| self.word())
    }

    /// Of what the ledger has.
    #[must_use]
    pub fn of_stored(stored: Option<&str>) -> Self {
        stored.and_then(|word| word.parse().ok()).unwrap_or_default()
    }
}

impl fmt::Display for CredentialType {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.word())
    }
}

impl FromStr for CredentialType {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        let known = Self::ALL.into_iter().find(|known| word.eq_ignore_ascii_case(known.word()));
        known.ok_or_else(|| match word {
            "universal" | "universal_credential" => {
                "universal credentials cannot be sent: SEEK Pass takes them only under one of its categories, and \
                 the list of these is not public"
                    .to_owned()
            }
            _ => format!("there is no such type; write {}", Self::ALL.map(Self::word).join(", ")),
        })
    }
}
