//! A row of another type than education: the graduate, and the cells that the type's list of fields asks for.

use jiff::civil::Date;

use super::cells::{known_by_now, no_value, or_nothing};
use super::values::Values;
use super::{Met, Placed, Reading, Row, priority};
use crate::credential::{Attached, Conferral, Details, Field, Qualification, Reads};
use crate::graduate::{
    EmailAddress, Graduate, Language, PersonName, Problem, StudentId, ascii_digits, clean,
};
use crate::roster::dates::DateKind;
use crate::roster::workbook::Decimals;
use crate::roster::{Column, Mistake, damage, vocabulary};

/// The graduate's cells, each read by itself; `None` where it has a mistake.
#[expect(clippy::option_option, reason = "a cell may be empty, and it may have a mistake")]
pub(super) struct Person {
    pub(super) student_id: Option<StudentId>,
    pub(super) name: Option<PersonName>,
    pub(super) email: Option<EmailAddress>,
    pub(super) date_of_birth: Option<Option<Date>>,
    pub(super) language: Option<Option<Language>>,
}

/// Reads the rest of the row, with what was corrected of the graduate over it.
pub(super) fn parse(mut reading: Reading<'_>, person: Person, met: &[&Placed]) -> Result<Row, Vec<Mistake>> {
    let hold = reading.hold();
    let shares_address = reading.optional(Column::SharedAddress, vocabulary::yes_or_no);
    let priority = reading.optional(Column::Priority, priority).flatten().flatten();
    let document = reading.document();
    let Person { student_id, name, email, date_of_birth, language } = person;
    let mut values = Values::of_person(name, email, date_of_birth, language);
    let agreed = values.correct(&reading.corrections);
    let Values { name, email, date_of_birth, language, .. } = values;
    let cells: Vec<_> = reading.columns.fields().map(|(field, at)| reading.field(field, at)).collect();
    let (Some(student_id), Some(name), Some(email)) = (student_id, name, email) else {
        return Err(reading.mistakes);
    };
    if !reading.mistakes.is_empty() {
        return Err(reading.mistakes);
    }
    let of = reading.columns.credential_type();
    let university = reading.columns.settings().institution.as_str();
    let details = match Details::of_row(of, (&cells, university), &name, reading.today) {
        Ok(details) => details,
        Err((field, problem)) => {
            reading.mistake(reading.place_of(field), problem.0);
            return Err(reading.mistakes);
        }
    };
    let course_code =
        reading.columns.fields().zip(&cells).find(|((field, _), _)| field.name == "course_code");
    let qualification = Qualification {
        course_code: course_code.and_then(|(_, cell)| cell.clone()),
        course_name: details.title().unwrap_or_default().to_owned(),
        conferral: Conferral { year: None, date: details.day(), awaiting_graduation: false },
        majors: Vec::new(),
        honours: None,
        details,
        attached: Attached::of(document, None),
    };
    let corrected = met.iter().zip(agreed).map(|(placed, agrees)| Met {
        student_id: student_id.as_str().to_owned(),
        course_key: None,
        column: placed.correction.column(),
        row_key: String::new(),
        agrees,
    });
    let corrected = corrected.collect();
    Ok(Row {
        record: reading.record.number,
        line: reading.record.line,
        graduate: Graduate {
            student_id,
            name,
            email,
            date_of_birth: date_of_birth.flatten(),
            language: language.flatten(),
        },
        qualification,
        hold,
        shares_address: shares_address.flatten().unwrap_or(false),
        priority,
        corrected,
    })
}

impl Reading<'_> {
    /// A cell of the type's own; none where it is empty or has a mistake.
    pub(super) fn field(&mut self, field: &'static Field, position: Option<usize>) -> Option<String> {
        let cell = position.and_then(|at| self.record.fields.get(at)).unwrap_or_default();
        let is_endless = || matches!(field.reads, Reads::Expiry) && vocabulary::is_endless(cell);
        let read = match self.fault(position) {
            Some(fault) => Err(fault),
            None if is_endless() => Ok(None),
            None => or_nothing(cell, |cell| self.read(field.reads, cell)),
        };
        let read = match (field.reads, position) {
            (Reads::Score(_), Some(at)) => read.and_then(|value| self.as_shown(at, value)),
            _ => read,
        };
        match read {
            Ok(None) if field.is_needed => {
                let is_blank = cell.trim_matches(['\0', ' ', '\t', '\u{a0}']).is_empty();
                let problem = if is_blank { Problem::new("missing; every row needs it") } else { no_value() };
                self.mistake(self.place_of(field.name), problem.0);
                None
            }
            Ok(value) => value,
            Err(problem) => {
                self.mistake(self.place_of(field.name), problem.0);
                None
            }
        }
    }

    /// A number of a workbook with the decimals that its cell shows.
    fn as_shown(&self, at: usize, value: Option<String>) -> Result<Option<String>, Problem> {
        match self.record.decimals.iter().find(|(column, _)| *column == at) {
            Some((_, Decimals::Shown(shown))) if value.is_some() => Ok(Some(shown.clone())),
            Some((_, Decimals::Cut)) if value.is_some() => Err(Problem::new(
                "has more digits behind the point than its cell shows, so nobody can see what would be sent; round the \
                 number, or let the cell show all of it",
            )),
            _ => Ok(value),
        }
    }

    fn read(&self, how: Reads, cell: &str) -> Result<String, Problem> {
        let text = clean(cell)?;
        known_by_now(&text)?;
        match how {
            Reads::Day | Reads::Expiry => {
                let dates = self.columns.dates(DateKind::Conferral);
                Ok(dates.date(&text, DateKind::Conferral, self.today)?.to_string())
            }
            Reads::YearOrDay => {
                let (dates, digits) = (self.columns.dates(DateKind::Conferral), ascii_digits(&text));
                let is_year = digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit());
                let (is_ahead, text) = if is_year {
                    let year = dates.year(&text, self.today)?;
                    (year > self.today.year(), year.to_string())
                } else {
                    let day = dates.date(&text, DateKind::Conferral, self.today)?;
                    (day > self.today, day.to_string())
                };
                if is_ahead {
                    return Err(Problem::new("is still to come; only what is completed has a result"));
                }
                Ok(text)
            }
            Reads::Title(rule) => {
                damage::check(&text, damage::Kind::Title)?;
                rule(&text)
            }
            Reads::Word(rule) | Reads::Score(rule) => {
                damage::check(&text, damage::Kind::Word)?;
                if let Some(problem) = damage::damage_of_a_number(&text) {
                    return Err(Problem::new(problem));
                }
                rule(&text)
            }
        }
    }

    /// Number (from 1) and header of a field's column.
    pub(super) fn place_of(&self, name: &str) -> Option<(usize, String)> {
        let position = self.columns.fields().find(|(field, _)| field.name == name)?.1?;
        Some(self.columns.place_at(position).unwrap_or_else(|| (position + 1, name.to_owned())))
    }
}
