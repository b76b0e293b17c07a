//! A record becomes a graduate with one qualification, or every mistake in it.

mod cells;
mod conferral;
mod correction;
mod corrections;
mod document;
pub(super) mod name;
mod repeated;
mod subject;
mod typed;
mod values;

use jiff::civil::Date;

use cells::{
    address, course_code, course_name, given, honours_of, id, known_by_now, majors_of, no_value, or_nothing,
    priority, sound,
};
pub use correction::Correction;
pub use corrections::{Corrections, Met, Placed, standing_key};
use repeated::Cells;
pub use repeated::Repeated;
pub(super) use subject::SubjectLine;
use values::Values;
pub use values::corrected;

use super::damage;
use super::dates::DateKind;
use super::transcripts::Transcripts;
use super::{Column, Columns, Mistake, Record, vocabulary};
use crate::credential::{Attached, Credential, CredentialType, Details, Qualification};
use crate::graduate::{Graduate, Language, PersonName, Problem, StudentId, clean};
use crate::plural::counted;

/// A row without a mistake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The data row it came from, from 1.
    pub record: u64,
    /// The line it starts on.
    pub line: u64,
    /// Whose qualification it is.
    pub graduate: Graduate,
    /// The qualification.
    pub qualification: Qualification,
    /// Why the roster wants the graduate not to be mailed.
    pub hold: Option<String>,
    /// The row says that others may have its address.
    pub shares_address: bool,
    /// Whose turn it is before or after others, from 1 to 9; none is 5.
    pub priority: Option<u8>,
    /// What of it was corrected.
    pub corrected: Vec<Met>,
}

/// Whose row it may be, wrong as it is: so that nobody counts as withdrawn for a slip. Of a row of the wrong
/// width every cell may be the student id; a row over several lines has swallowed others, and tells nothing.
#[must_use]
pub fn students(columns: &Columns, record: &Record) -> Vec<StudentId> {
    if record.last_line > record.line {
        return Vec::new();
    }
    if is_whole(columns, record) {
        return student_id(columns, record).into_iter().collect();
    }
    record.fields.iter().take(1000).filter_map(|cell| StudentId::parse(cell).ok()).collect()
}

pub(super) fn student_id(columns: &Columns, record: &Record) -> Option<StudentId> {
    StudentId::parse(columns.value(&record.fields, Column::StudentId)).ok()
}

/// Whether each cell stands in its column: spreadsheets leave out empty cells at a row's end, and add some.
fn is_whole(columns: &Columns, record: &Record) -> bool {
    let (found, expected) = (record.fields.len(), columns.width());
    if found < expected {
        return record.last_line == record.line && columns.is_optional_from(found);
    }
    // a remark beside the table of a workbook is in no column of it
    columns.is_of_workbook() || (expected..found).all(|at| record.fields[at].trim().is_empty())
}

/// Reads a row; `today` is the day in the university's time zone, which tells a conferral still to come.
///
/// # Errors
/// Every [`Mistake`] of the row.
pub fn parse(columns: &Columns, record: &Record, today: Date) -> Result<Row, Vec<Mistake>> {
    let over = Over::default();
    parse_over(columns, record, today, &over, &mut Repeated::default())
}

/// What is known of rows besides what stands in them.
#[derive(Debug, Default)]
pub struct Over {
    /// What was corrected by hand.
    pub corrections: Corrections,
    /// The subjects of awards.
    pub transcripts: Transcripts,
}

/// The same, with what was corrected over what the row says; a mistake in a cell that is corrected is none. What the cells of
/// other rows came to is not read again.
///
/// # Errors
/// Every other [`Mistake`] of the row.
pub fn parse_over(
    columns: &Columns,
    record: &Record,
    today: Date,
    over: &Over,
    repeated: &mut Repeated,
) -> Result<Row, Vec<Mistake>> {
    let met = meeting(columns, record, &over.corrections);
    let corrections: Vec<_> = met.iter().map(|placed| &placed.correction).collect();
    let mut reading = Reading { columns, record, today, corrections, mistakes: Vec::new() };
    reading.shape();
    if !reading.mistakes.is_empty() {
        // with a column too few or too many, every other complaint would be about the wrong column
        return Err(reading.mistakes);
    }
    let is_cell = columns.is_of_workbook();
    let student_id = reading.needed(Column::StudentId, |cell| id(cell, is_cell));
    let name = reading.name(&mut repeated.name_parts);
    let email = reading.needed(Column::Email, address);
    let date_of_birth = reading.date_of_birth();
    let language = reading.optional(Column::Language, Language::parse);
    if columns.credential_type() != CredentialType::Education {
        let graduate = typed::Person { student_id, name, email, date_of_birth, language };
        return typed::parse(reading, graduate, &met);
    }
    let course_code = reading.value(Column::CourseCode, |cell| {
        // most, and it costs less than to look it up
        let is_usual = damage::is_usual_code(cell) && !vocabulary::may_be_nothing(cell);
        if is_usual { Ok(Some(cell.to_owned())) } else { repeated.course_code.read(cell, course_code) }
    });
    let course_name = reading.value(Column::CourseName, |cell| repeated.course_name.read(cell, course_name));
    let (date, awaiting, year) = reading.conferral(repeated);
    let majors = reading.majors(&mut repeated.majors);
    let honours = reading.honours(&mut repeated.honours);
    let hold = reading.hold();
    let shares_address = reading.optional(Column::SharedAddress, vocabulary::yes_or_no);
    let priority = reading.optional(Column::Priority, priority).flatten().flatten();
    let document = reading.document();
    let transcript = reading.transcript(&over.transcripts);
    let course_code = course_code.flatten();
    let row_key = if met.is_empty() {
        String::new()
    } else {
        Qualification::key(course_code.as_deref(), course_name.as_deref().unwrap_or_default())
    };
    let mut values =
        Values { name, email, date_of_birth, language, course_name, year, date, awaiting, majors, honours };
    let agreed = values.correct(&reading.corrections);
    let Values { name, email, date_of_birth, language, course_name, year, date, awaiting, majors, honours } =
        values;
    let conferral = match (year, date, awaiting) {
        (Some(year), Some(date), Some(awaiting)) => {
            let agree = conferral::agree(year, date, awaiting.unwrap_or(false), today);
            agree.map_err(|problem| reading.mistake(reading.place_of_conferral(), problem.0)).ok()
        }
        _ => None,
    };
    let (Some(student_id), Some(name), Some(email), Some(course_name), Some(conferral)) =
        (student_id, name, email, course_name, conferral)
    else {
        return Err(reading.mistakes);
    };
    let (majors, honours) = (majors.unwrap_or_default(), honours.flatten());
    let (details, attached) = (Details::Education, Attached::of(document, transcript));
    let qualification =
        Qualification { course_code, course_name, conferral, majors, honours, details, attached };
    let date_of_birth = date_of_birth.flatten();
    reading.together(&name, date_of_birth, &qualification);
    if !reading.mistakes.is_empty() {
        return Err(reading.mistakes);
    }
    let corrected = met.iter().zip(agreed).map(|(placed, agrees)| Met {
        student_id: student_id.as_str().to_owned(),
        course_key: placed.course_key.clone(),
        column: placed.correction.column(),
        row_key: row_key.clone(),
        agrees,
    });
    let corrected = corrected.collect();
    let graduate = Graduate { student_id, name, email, date_of_birth, language: language.flatten() };
    let shares_address = shares_address.flatten().unwrap_or(false);
    let (record, line) = (record.number, record.line);
    Ok(Row { record, line, graduate, qualification, hold, shares_address, priority, corrected })
}

/// The corrections of the row's student, and of its qualification.
fn meeting<'a>(columns: &Columns, record: &Record, corrections: &'a Corrections) -> Vec<&'a Placed> {
    if corrections.0.is_empty() || !is_whole(columns, record) {
        return Vec::new();
    }
    let Some(student_id) = student_id(columns, record) else { return Vec::new() };
    let corrections = corrections.of(student_id.as_str());
    if columns.credential_type() != CredentialType::Education {
        // what is corrected of a qualification is an award's
        return corrections.iter().filter(|placed| placed.course_key.is_none()).collect();
    }
    let (code, name) = course(columns, record);
    let key = standing_key(corrections, code.as_deref(), &name);
    let meets = |placed: &&Placed| placed.course_key.is_none() || placed.course_key.as_deref() == key;
    corrections.iter().filter(meets).collect()
}

/// Code and name of the row's course; empty where it has none that can be read.
pub(super) fn course(columns: &Columns, record: &Record) -> (Option<String>, String) {
    let cell = |column| columns.value(&record.fields, column);
    let code = Some(cell(Column::CourseCode)).filter(|code| !vocabulary::is_nothing(code));
    let code = code.and_then(|code| Qualification::parse_optional(code).ok().flatten());
    (code, Qualification::parse_course_name(cell(Column::CourseName)).unwrap_or_default())
}

/// A record while its mistakes are gathered.
struct Reading<'a> {
    columns: &'a Columns,
    record: &'a Record,
    today: Date,
    /// What was corrected of it.
    corrections: Vec<&'a Correction>,
    mistakes: Vec<Mistake>,
}

#[expect(clippy::option_option, reason = "a cell may be empty, and it may have a mistake")]
impl<'a> Reading<'a> {
    /// What makes every cell of the row uncertain.
    fn shape(&mut self) {
        if self.record.has_torn_quote {
            self.mistake(
                None,
                "has text behind a closing quote, so its cells are not certain; quotes inside a cell must be doubled \
                 (\"\"), not written with \\"
                    .to_owned(),
            );
        } else if !is_whole(self.columns, self.record) {
            let (found, expected) = (self.record.fields.len(), self.columns.width());
            let lines = if self.record.last_line > self.record.line {
                format!("; the row runs to line {}, so a quote is probably not closed", self.record.last_line)
            } else {
                String::new()
            };
            let is_quoted_late = |cell: &str| cell.starts_with(' ') && cell.trim_start().starts_with('"');
            let quotes = if self.record.fields.iter().any(is_quoted_late) {
                "; a quote with a blank before it does not count: remove the blank"
            } else {
                ""
            };
            self.mistake(
                None,
                format!("has {} where the header has {expected}{lines}{quotes}", counted(found, "column")),
            );
        }
    }

    /// Reads a cell that must not be empty.
    fn needed<T>(&mut self, column: Column, parse: impl FnOnce(&'a str) -> Result<T, Problem>) -> Option<T> {
        self.value(column, |cell| given(cell).and_then(parse))
    }

    /// Reads a cell that may be empty, or say so in some program's words; `None` where it has a mistake.
    fn optional<T>(
        &mut self,
        column: Column,
        parse: impl FnOnce(&'a str) -> Result<T, Problem>,
    ) -> Option<Option<T>> {
        self.value(column, |cell| or_nothing(cell, parse))
    }

    fn value<T>(&mut self, column: Column, parse: impl FnOnce(&'a str) -> Result<T, Problem>) -> Option<T> {
        let cell = self.columns.value(&self.record.fields, column);
        let read = match self.fault(self.columns.position(column)) {
            Some(fault) => Err(fault),
            None => parse(cell),
        };
        read.map_err(|problem| self.mistake_in(column, problem.0)).ok()
    }

    /// What is wrong with a cell, before anybody looks at its text: of a workbook, or bytes that were no text.
    fn fault(&self, position: Option<usize>) -> Option<Problem> {
        let position = position?;
        if let Some(fault) = self.record.faults.iter().find(|fault| fault.column == position) {
            return Some(Problem::new(fault.problem.clone()));
        }
        let is_hit = || self.record.fields.get(position).is_some_and(|cell| cell.contains('\u{fffd}'));
        let bad = self.columns.bad_line(self.record.line, self.record.last_line).filter(|_| is_hit())?;
        Some(Problem::new(format!(
            "is not UTF-8, as the rest of the file is: byte {} of line {}; export it again as UTF-8, or correct the row",
            bad.byte, bad.line
        )))
    }

    fn date_of_birth(&mut self) -> Option<Option<Date>> {
        let (dates, today) = (self.columns.dates(DateKind::Birth), self.today);
        let born =
            self.optional(Column::DateOfBirth, |cell| dates.date(&clean(cell)?, DateKind::Birth, today))?;
        if born.is_none() && self.columns.settings().date_of_birth_required {
            let problem = "missing; the page asks for it (web.question)".to_owned();
            self.mistake_in(Column::DateOfBirth, problem);
            return None;
        }
        Some(born)
    }

    /// All columns of majors, each with `;` between several.
    fn majors(&mut self, known: &mut Cells<Vec<String>>) -> Option<Vec<String>> {
        let (columns, fields) = (self.columns, &self.record.fields);
        let first = columns.position(Column::Majors).map(|at| (at, columns.value(fields, Column::Majors)));
        let mut majors: Vec<String> = Vec::new();
        for (at, cell) in first.into_iter().chain(columns.further(fields, Column::Majors)) {
            match self.fault(Some(at)).map_or_else(|| known.read(cell, majors_of), Err) {
                Ok(found) if majors.is_empty() => majors = found,
                Ok(found) => found.into_iter().for_each(|major| {
                    if !majors.contains(&major) {
                        majors.push(major);
                    }
                }),
                Err(problem) => {
                    if !self.is_corrected(Column::Majors) {
                        self.mistake(self.columns.place_at(at), problem.0);
                    }
                    return None;
                }
            }
        }
        Some(majors)
    }

    /// The honours in the university's words, where they mean honours.
    fn honours(&mut self, known: &mut Cells<Option<String>>) -> Option<Option<String>> {
        let own = &self.columns.settings().honours;
        self.value(Column::Honours, |cell| known.read(cell, |cell| honours_of(sound(cell)?, own)))
    }

    /// Why the roster wants the graduate not to be mailed: any of its hold columns says so.
    fn hold(&mut self) -> Option<String> {
        let fields = &self.record.fields;
        let first = self.columns.position(Column::Hold);
        let spelt = first.map(|at| (at, self.columns.value(fields, Column::Hold))).into_iter();
        for (at, cell) in spelt.chain(self.columns.further(fields, Column::Hold)) {
            let is_unset = vocabulary::is_nothing(cell) || matches!(vocabulary::yes_or_no(cell), Ok(false));
            if !is_unset || self.fault(Some(at)).is_some() {
                return Some(self.reason(at, cell));
            }
        }
        let listed = self.columns.hold_values(fields);
        let listed = listed.filter(|(.., values)| !values.is_empty());
        let mut listed = listed.filter(|(_, cell, values)| values.contains(&vocabulary::fold(cell)));
        listed.next().map(|(at, cell, _)| self.reason(at, cell))
    }

    fn reason(&self, at: usize, cell: &str) -> String {
        let header = self.columns.place_at(at).map_or_else(|| "hold".to_owned(), |(_, name)| name);
        let cell = clean(cell).unwrap_or_default();
        let cell: String = cell.chars().take(200).collect();
        format!("{header}: {cell}")
    }

    /// What SEEK Pass would refuse is found here, long before a graduate waits for it.
    fn together(&mut self, name: &PersonName, born: Option<Date>, qualification: &Qualification) {
        if let Err(problem) = conferral::age_at(qualification, born) {
            self.mistake(self.place_of_conferral(), problem.0);
        }
        // who the university is stands in the configuration, and is checked there
        if let Err(problem) = Credential::check_education(name, qualification, self.today) {
            self.mistake(self.place_of_conferral(), problem.0);
        }
    }

    fn is_corrected(&self, column: Column) -> bool {
        self.corrections.iter().any(|correction| correction.replaces(column))
    }

    fn mistake_in(&mut self, column: Column, problem: String) {
        if !self.is_corrected(column) {
            self.mistake(self.columns.place(column), problem);
        }
    }

    fn mistake(&mut self, column: Option<(usize, String)>, problem: String) {
        // in a row of the wrong width anything, a name too, may stand where the id should
        let is_certain = is_whole(self.columns, self.record) && !self.record.has_torn_quote;
        let student_id = student_id(self.columns, self.record).filter(|_| is_certain);
        let student_id = student_id.map(|id| id.as_str().to_owned());
        let is_award = self.columns.credential_type() == CredentialType::Education;
        let course_key = (is_certain && is_award).then(|| course(self.columns, self.record));
        let course_key = course_key.map(|(code, name)| Qualification::key(code.as_deref(), &name));
        let course_key = course_key.filter(|key| !key.is_empty());
        let (record, line) = (self.record.number, self.record.line);
        let sheet = self.columns.sheet();
        self.mistakes.push(Mistake { record, sheet, line, column, student_id, course_key, problem });
    }
}
