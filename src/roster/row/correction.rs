//! What somebody said of a graduate that stands over the roster, until the roster says the same.

use std::collections::HashMap;

use jiff::civil::Date;

use super::name::person;
use super::{address, sound};
use crate::graduate::{EmailAddress, Graduate, Language, PersonName, Problem, clean};
use crate::roster::dates::{DateKind, DateReader};
use crate::roster::{Column, RosterSettings};

/// A value that was corrected.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the columns of a roster")]
pub enum Correction {
    FullName(PersonName),
    Email(EmailAddress),
    DateOfBirth(Date),
    Language(Language),
}

impl Correction {
    /// Which columns can be corrected.
    pub const COLUMNS: [Column; 4] = [Column::FullName, Column::Email, Column::DateOfBirth, Column::Language];

    /// Reads a value as the cell of a roster in that column.
    ///
    /// # Errors
    /// A [`Problem`] without the value.
    pub fn parse(column: &str, value: &str, settings: &RosterSettings, today: Date) -> Result<Self, Problem> {
        let cell = sound(value)?;
        let dates =
            DateReader { order: None, calendar: settings.calendar, time_zone: settings.time_zone.clone() };
        match Self::COLUMNS.into_iter().find(|known| known.name() == column) {
            Some(Column::FullName) => Ok(Self::FullName(person(&clean(cell)?)?)),
            Some(Column::Email) => Ok(Self::Email(address(cell)?)),
            Some(Column::DateOfBirth) => {
                Ok(Self::DateOfBirth(dates.date(&clean(cell)?, DateKind::Birth, today)?))
            }
            Some(Column::Language) => Ok(Self::Language(Language::parse(cell)?)),
            _ => Err(Problem::new(format!(
                "is not corrected here, but in the roster; here are {}",
                Self::COLUMNS.map(Column::name).join(", ")
            ))),
        }
    }

    /// Reads what [`Correction::value`] wrote; `None` for what no gradpass wrote.
    #[must_use]
    pub fn of(column: &str, value: &str) -> Option<Self> {
        match Self::COLUMNS.into_iter().find(|known| known.name() == column)? {
            Column::FullName => PersonName::parse(value).ok().map(Self::FullName),
            Column::Email => EmailAddress::parse(value).ok().map(Self::Email),
            Column::DateOfBirth => value.parse().ok().map(Self::DateOfBirth),
            _ => Language::parse(value).ok().map(Self::Language),
        }
    }

    /// The column.
    #[must_use]
    pub fn column(&self) -> &'static str {
        let column = match self {
            Self::FullName(_) => Column::FullName,
            Self::Email(_) => Column::Email,
            Self::DateOfBirth(_) => Column::DateOfBirth,
            Self::Language(_) => Column::Language,
        };
        column.name()
    }

    /// The value as text: personal.
    #[must_use]
    pub fn value(&self) -> String {
        match self {
            Self::FullName(name) => name.as_str().to_owned(),
            Self::Email(address) => address.as_str().to_owned(),
            Self::DateOfBirth(date) => date.to_string(),
            Self::Language(language) => language.as_str().to_owned(),
        }
    }

    /// Writes the value into the graduate; whether it stood there already.
    fn put(&self, graduate: &mut Graduate) -> bool {
        fn put<T: PartialEq>(place: &mut T, value: T) -> bool {
            std::mem::replace(place, value) == *place
        }
        match self.clone() {
            Self::FullName(name) => put(&mut graduate.name, name),
            Self::Email(address) => put(&mut graduate.email, address),
            Self::DateOfBirth(date) => put(&mut graduate.date_of_birth, Some(date)),
            Self::Language(language) => put(&mut graduate.language, Some(language)),
        }
    }
}

/// All corrections, by student id.
#[derive(Debug, Clone, Default)]
pub struct Corrections(pub HashMap<String, Vec<Correction>>);

impl Corrections {
    /// Puts what was corrected into a graduate of the roster; each with whether the roster says the same.
    pub fn apply(&self, graduate: &mut Graduate) -> Vec<(&'static str, bool)> {
        if self.0.is_empty() {
            return Vec::new();
        }
        let corrections = self.0.get(graduate.student_id.as_str()).map_or(&[][..], Vec::as_slice);
        corrections.iter().map(|correction| (correction.column(), correction.put(graduate))).collect()
    }
}
