//! What somebody said of a graduate that stands over the roster, until the roster says the same.

use jiff::civil::Date;

use super::name::person;
use super::{address, course_name, honours_of, majors_of, sound};
use crate::graduate::{EmailAddress, Language, PersonName, Problem, clean};
use crate::roster::dates::{DateKind, DateReader};
use crate::roster::{Column, RosterSettings, vocabulary};

/// A value that was corrected; an empty one where a cell may be empty.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the columns of a roster")]
pub enum Correction {
    FullName(PersonName),
    Email(EmailAddress),
    DateOfBirth(Date),
    Language(Language),
    CourseName(String),
    Honours(Option<String>),
    Majors(Vec<String>),
    ConferralYear(Option<i16>),
    ConferralDate(Option<Date>),
    AwaitingGraduation(bool),
}

impl Correction {
    /// Which columns can be corrected.
    pub const COLUMNS: [Column; 10] = [
        Column::FullName,
        Column::Email,
        Column::DateOfBirth,
        Column::Language,
        Column::CourseName,
        Column::Honours,
        Column::Majors,
        Column::ConferralYear,
        Column::ConferralDate,
        Column::AwaitingGraduation,
    ];

    /// Reads a value as the cell of a roster in that column.
    ///
    /// # Errors
    /// A [`Problem`] without the value.
    pub fn parse(column: &str, value: &str, settings: &RosterSettings, today: Date) -> Result<Self, Problem> {
        let cell = sound(value)?;
        let dates = DateReader {
            order: None,
            leading_years: Some(0),
            calendar: settings.calendar,
            time_zone: &settings.time_zone,
        };
        let date = |kind| match cell.trim() {
            "" => Err(Problem::new("missing; write the date after the =")),
            _ => dates.date(&clean(cell)?, kind, today),
        };
        let is_empty = vocabulary::is_nothing(cell);
        match Self::COLUMNS.into_iter().find(|known| known.name() == column) {
            Some(Column::FullName) => Ok(Self::FullName(person(&clean(cell)?)?)),
            Some(Column::Email) => Ok(Self::Email(address(cell)?)),
            Some(Column::DateOfBirth) => Ok(Self::DateOfBirth(date(DateKind::Birth)?)),
            Some(Column::Language) => Ok(Self::Language(Language::parse(cell)?)),
            Some(Column::CourseName) => Ok(Self::CourseName(course_name(cell)?)),
            Some(Column::Honours) => Ok(Self::Honours(honours_of(cell, &settings.honours)?)),
            Some(Column::Majors) => Ok(Self::Majors(majors_of(cell)?)),
            Some(Column::ConferralYear) if is_empty => Ok(Self::ConferralYear(None)),
            Some(Column::ConferralYear) => Ok(Self::ConferralYear(Some(dates.year(&clean(cell)?, today)?))),
            Some(Column::ConferralDate) if is_empty => Ok(Self::ConferralDate(None)),
            Some(Column::ConferralDate) => Ok(Self::ConferralDate(Some(date(DateKind::Conferral)?))),
            Some(Column::AwaitingGraduation) => Ok(Self::AwaitingGraduation(vocabulary::yes_or_no(cell)?)),
            _ => Err(Problem::new(format!(
                "is not corrected here, but in the roster; here are {}",
                Self::COLUMNS.map(Column::name).join(", ")
            ))),
        }
    }

    /// Reads what [`Correction::value`] wrote; `None` for what no gradpass wrote.
    #[must_use]
    pub fn of(column: &str, value: &str) -> Option<Self> {
        let filled = Some(value).filter(|value| !value.is_empty());
        match Self::COLUMNS.into_iter().find(|known| known.name() == column)? {
            Column::FullName => PersonName::parse(value).ok().map(Self::FullName),
            Column::Email => EmailAddress::parse(value).ok().map(Self::Email),
            Column::DateOfBirth => value.parse().ok().map(Self::DateOfBirth),
            Column::Language => Language::parse(value).ok().map(Self::Language),
            Column::CourseName => filled.map(|name| Self::CourseName(name.to_owned())),
            Column::Honours => Some(Self::Honours(filled.map(str::to_owned))),
            Column::Majors => Some(Self::Majors(value.lines().map(str::to_owned).collect())),
            Column::ConferralYear => filled.map(str::parse).transpose().ok().map(Self::ConferralYear),
            Column::ConferralDate => filled.map(str::parse).transpose().ok().map(Self::ConferralDate),
            Column::AwaitingGraduation => vocabulary::yes_or_no(value).ok().map(Self::AwaitingGraduation),
            _ => None,
        }
    }

    const fn kind(&self) -> Column {
        match self {
            Self::FullName(_) => Column::FullName,
            Self::Email(_) => Column::Email,
            Self::DateOfBirth(_) => Column::DateOfBirth,
            Self::Language(_) => Column::Language,
            Self::CourseName(_) => Column::CourseName,
            Self::Honours(_) => Column::Honours,
            Self::Majors(_) => Column::Majors,
            Self::ConferralYear(_) => Column::ConferralYear,
            Self::ConferralDate(_) => Column::ConferralDate,
            Self::AwaitingGraduation(_) => Column::AwaitingGraduation,
        }
    }

    /// The column.
    #[must_use]
    pub const fn column(&self) -> &'static str {
        self.kind().name()
    }

    /// Whether it is about one qualification, and not about the graduate.
    #[must_use]
    pub const fn is_of_qualification(&self) -> bool {
        !matches!(self, Self::FullName(_) | Self::Email(_) | Self::DateOfBirth(_) | Self::Language(_))
    }

    /// Whether it stands in place of a cell of this column, so that a mistake there is none.
    pub(super) fn replaces(&self, column: Column) -> bool {
        let parts = [Column::GivenNames, Column::MiddleNames, Column::FamilyName];
        let is_part = matches!(self, Self::FullName(_)) && parts.contains(&column);
        // a year beside a corrected date is not read
        let is_year = matches!(self, Self::ConferralDate(Some(_))) && column == Column::ConferralYear;
        self.kind() == column || is_part || is_year
    }

    /// The value as text: personal.
    #[must_use]
    pub fn value(&self) -> String {
        match self {
            Self::FullName(name) => name.as_str().to_owned(),
            Self::Email(address) => address.as_str().to_owned(),
            Self::DateOfBirth(date) => date.to_string(),
            Self::Language(language) => language.as_str().to_owned(),
            Self::CourseName(name) => name.clone(),
            Self::Honours(honours) => honours.clone().unwrap_or_default(),
            Self::Majors(majors) => majors.join("\n"),
            Self::ConferralYear(year) => year.map(|year| year.to_string()).unwrap_or_default(),
            Self::ConferralDate(date) => date.map(|date| date.to_string()).unwrap_or_default(),
            Self::AwaitingGraduation(awaiting) => if *awaiting { "yes" } else { "no" }.to_owned(),
        }
    }
}
