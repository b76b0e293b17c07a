//! A record becomes a graduate with one qualification, or every mistake in it.

use jiff::civil::Date;

use super::{Column, Columns, Mistake, Record};
use crate::credential::Credential;
use crate::graduate::{
    Conferral, EmailAddress, Graduate, Language, PersonName, Problem, Qualification, StudentId, clean,
};

/// A row without a mistake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The data row it came from, from 1.
    pub record: u64,
    /// The line it starts on.
    pub line: u64,
    /// Whose qualification it is.
    pub graduate: Graduate,
    /// The award.
    pub qualification: Qualification,
}

/// Whose row it may be, wrong as it is: so that nobody counts as withdrawn for a slip. Of a row of the wrong
/// width every cell may be the student id; a row over several lines has swallowed others, and tells nothing.
#[must_use]
pub fn students(columns: &Columns, record: &Record) -> Vec<StudentId> {
    if record.last_line > record.line {
        return Vec::new();
    }
    if record.fields.len() == columns.width() {
        return student_id(columns, record).into_iter().collect();
    }
    record.fields.iter().take(1000).filter_map(|cell| StudentId::parse(cell).ok()).collect()
}

fn student_id(columns: &Columns, record: &Record) -> Option<StudentId> {
    StudentId::parse(columns.value(&record.fields, Column::StudentId)).ok()
}

/// Reads a row; `today` is the day in the university's time zone, which tells a conferral still to come.
///
/// # Errors
/// Every [`Mistake`] of the row.
pub fn parse(columns: &Columns, record: &Record, today: Date) -> Result<Row, Vec<Mistake>> {
    let mut reading = Reading { columns, record, mistakes: Vec::new() };
    reading.width();
    if !reading.mistakes.is_empty() {
        // with a column too few or too many, every other complaint would be about the wrong column
        return Err(reading.mistakes);
    }
    let student_id = reading.value(Column::StudentId, StudentId::parse);
    let name = reading.name();
    let email = reading.value(Column::Email, EmailAddress::parse);
    let required = columns.date_of_birth_required();
    let date_of_birth = reading.value(Column::DateOfBirth, |value| date_of_birth(value, today, required));
    let language = reading.value(Column::Language, optional(Language::parse));
    let course_code = reading.value(Column::CourseCode, Qualification::parse_optional);
    let course_name = reading.value(Column::CourseName, Qualification::parse_course_name);
    let conferral = reading.conferral(today);
    let majors = reading.value(Column::Majors, Qualification::parse_majors);
    let honours = reading.value(Column::Honours, honours);
    let (Some(student_id), Some(name), Some(email), Some(course_name), Some(conferral)) =
        (student_id, name, email, course_name, conferral)
    else {
        return Err(reading.mistakes);
    };
    let qualification = Qualification {
        course_code: course_code.flatten(),
        course_name,
        conferral,
        majors: majors.unwrap_or_default(),
        honours: honours.flatten(),
    };
    reading.credential(&name, &qualification, today);
    if !reading.mistakes.is_empty() {
        return Err(reading.mistakes);
    }
    let (date_of_birth, language) = (date_of_birth.flatten(), language.flatten());
    let graduate = Graduate { student_id, name, email, date_of_birth, language };
    Ok(Row { record: record.number, line: record.line, graduate, qualification })
}

/// A record while its mistakes are gathered.
struct Reading<'a> {
    columns: &'a Columns,
    record: &'a Record,
    mistakes: Vec<Mistake>,
}

impl<'a> Reading<'a> {
    fn width(&mut self) {
        let (found, expected) = (self.record.fields.len(), self.columns.width());
        if found == expected {
            return;
        }
        let lines = if self.record.last_line > self.record.line {
            format!("; the row runs to line {}, so a quote is probably not closed", self.record.last_line)
        } else {
            String::new()
        };
        let problem = format!("has {found} columns where the header has {expected}{lines}");
        self.mistake(None, problem);
    }

    fn value<T>(&mut self, column: Column, parse: impl FnOnce(&'a str) -> Result<T, Problem>) -> Option<T> {
        match parse(self.columns.value(&self.record.fields, column)) {
            Ok(value) => Some(value),
            Err(problem) => {
                self.mistake(self.columns.place(column), problem.0);
                None
            }
        }
    }

    fn name(&mut self) -> Option<PersonName> {
        if self.columns.has(Column::FullName) {
            return self.value(Column::FullName, PersonName::parse);
        }
        let given = self.value(Column::GivenNames, clean)?;
        let family = self.value(Column::FamilyName, clean)?;
        match PersonName::parse(&[given, family].join(" ")) {
            Ok(name) => Some(name),
            Err(problem) => {
                self.mistake(self.columns.place(Column::GivenNames), problem.0);
                None
            }
        }
    }

    /// SEEK Pass takes a year for a conferred award and none for an awaited one (education fields).
    fn conferral(&mut self, today: Date) -> Option<Conferral> {
        let date = self.value(Column::ConferralDate, |value| optional(date)(value))?;
        let flag = self.value(Column::AwaitingGraduation, optional(yes_or_no))?;
        // the ledger keeps what the roster says; a day still to come makes it awaited only until that day
        let awaiting_graduation = flag.unwrap_or(false);
        let awaited = awaiting_graduation || date.is_some_and(|date| date > today);
        let year_required = self.columns.has(Column::ConferralYear) && !awaited;
        let year = self.value(Column::ConferralYear, |value| year(value, year_required))?;
        let year_or_date = year.or(date.map(Date::year));
        let problem = match (year_or_date, date) {
            (None, _) if !awaited => "missing; give the year of conferral, or awaiting_graduation",
            (Some(year), Some(date)) if year != date.year() => {
                "is not the year of the conferral date; one of the two is wrong"
            }
            (Some(year), None) if year > today.year() && !awaited => {
                "is still to come; set awaiting_graduation to yes or give the conferral date"
            }
            _ => return Some(Conferral { year: year_or_date, date, awaiting_graduation }),
        };
        self.mistake(self.place_of_conferral(), problem.to_owned());
        None
    }

    /// What SEEK Pass would refuse is found here, long before a graduate waits for it.
    fn credential(&mut self, name: &PersonName, qualification: &Qualification, today: Date) {
        // who the university is stands in the configuration, and is checked there
        if let Err(problem) = Credential::check_education(name, qualification, today) {
            self.mistake(self.place_of_conferral(), problem.0);
        }
    }

    fn place_of_conferral(&self) -> Option<(usize, String)> {
        let has_year = self.columns.has(Column::ConferralYear);
        self.columns.place(if has_year { Column::ConferralYear } else { Column::ConferralDate })
    }

    fn mistake(&mut self, column: Option<(usize, String)>, problem: String) {
        // in a row of the wrong width anything, a name too, may stand where the id should
        let is_whole = self.record.fields.len() == self.columns.width();
        let student_id = student_id(self.columns, self.record).filter(|_| is_whole);
        let student_id = student_id.map(|id| id.as_str().to_owned());
        let (record, line) = (self.record.number, self.record.line);
        self.mistakes.push(Mistake { record, line, column, student_id, problem });
    }
}

/// An empty value is none.
fn optional<T>(
    parse: impl FnOnce(&str) -> Result<T, Problem>,
) -> impl FnOnce(&str) -> Result<Option<T>, Problem> {
    |value| if value.trim().is_empty() { Ok(None) } else { parse(value).map(Some) }
}

fn date(value: &str) -> Result<Date, Problem> {
    let value = clean(value)?;
    // Excel and databases like to add a midnight
    let day = value.split([' ', 'T']).next().unwrap_or_default();
    let date: Date =
        day.parse().map_err(|_| Problem::new("not a date; write it as YYYY-MM-DD, like 2026-12-14"))?;
    let plausible = date.year() >= Conferral::FIRST_YEAR && date.year() < 2200;
    if plausible && day.len() == 10 {
        Ok(date)
    } else {
        Err(Problem::new("not a plausible date; write it as YYYY-MM-DD"))
    }
}

fn date_of_birth(value: &str, today: Date, required: bool) -> Result<Option<Date>, Problem> {
    let born = optional(date)(value)?;
    match born {
        None if required => Err(Problem::new("missing; the page asks for it (web.question)")),
        Some(born) if born >= today => Err(Problem::new("is not in the past; check the date of birth")),
        _ => Ok(born),
    }
}

fn year(value: &str, required: bool) -> Result<Option<i16>, Problem> {
    let value = clean(value)?;
    if value.is_empty() {
        return if required {
            Err(Problem::new("missing; give the year of conferral, four digits"))
        } else {
            Ok(None)
        };
    }
    let year = if value.len() == 4 && value.bytes().all(|byte| byte.is_ascii_digit()) {
        value.parse().ok()
    } else {
        None
    };
    match year {
        Some(year) if (Conferral::FIRST_YEAR..2200).contains(&year) => Ok(Some(year)),
        _ => Err(Problem::new("not a year of conferral; write four digits, like 2026")),
    }
}

fn yes_or_no(value: &str) -> Result<bool, Problem> {
    match clean(value)?.to_lowercase().as_str() {
        "yes" | "y" | "true" | "t" | "1" | "x" => Ok(true),
        "no" | "n" | "false" | "f" | "0" | "-" => Ok(false),
        _ => Err(Problem::new("neither yes nor no")),
    }
}

/// Honours in words; a column of yes and no is taken as well.
fn honours(value: &str) -> Result<Option<String>, Problem> {
    let honours = Qualification::parse_optional(value)?;
    Ok(honours.and_then(|words| match yes_or_no(&words) {
        Ok(true) => Some("Honours".to_owned()),
        Ok(false) => None,
        Err(_) => Some(words),
    }))
}
