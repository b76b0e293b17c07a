//! One award, course or test result, with what SEEK Pass asks of it (its field descriptions).

use jiff::civil::Date;

use super::{Attached, Details};
use crate::graduate::{Problem, at_most, clean};

/// One award of one graduate, or what another [type](super::CredentialType) has in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Qualification {
    /// The registry's code of the course.
    pub course_code: Option<String>,
    /// The plain name of the award, without majors or honours; of the course or of the test.
    pub course_name: String,
    /// When it was, or will be, conferred; the day of a course or a test.
    pub conferral: Conferral,
    /// Each major by itself.
    pub majors: Vec<String>,
    /// The honours in the university's words.
    pub honours: Option<String>,
    /// What other types say.
    pub details: Details,
    /// The document and the transcript that go with it.
    pub attached: Option<Box<Attached>>,
}

/// When a qualification is conferred. SEEK Pass takes a year for a conferred one and none for an awaited one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Conferral {
    /// The year, four digits.
    pub year: Option<i16>,
    /// The day, where the roster gives it.
    pub date: Option<Date>,
    /// All requirements are met, the ceremony is still to come.
    pub awaiting_graduation: bool,
}

impl Conferral {
    /// The first year that a conferral may carry: older ones are slips of the keyboard.
    pub const FIRST_YEAR: i16 = 1900;

    /// Whether the qualification is awaited on `today` (in the university's time zone).
    #[must_use]
    pub fn is_awaited(&self, today: Date) -> bool {
        self.date.map_or(self.awaiting_graduation, |date| date > today)
    }
}

impl Qualification {
    /// What tells this qualification from the graduate's others: the folded name, behind the code where there is one.
    /// Two names under one code, as for a double degree, are two qualifications. Other types stand apart, by their day, too.
    #[must_use]
    pub fn course_key(&self) -> String {
        let key = Self::key(self.course_code.as_deref(), &self.course_name);
        match self.details.day() {
            None => key,
            // the same test is taken twice, the same course every other year; no name of an award begins so
            Some(day) => format!("@{}|{key}|{day}", self.details.credential_type()),
        }
    }

    /// The same of a code and a name.
    #[must_use]
    pub fn key(course_code: Option<&str>, course_name: &str) -> String {
        let mut key = String::with_capacity(course_code.map_or(0, str::len) + 1 + course_name.len());
        let mut push = |text: &str| {
            if text.is_ascii() {
                let start = key.len();
                key.push_str(text);
                key[start..].make_ascii_lowercase();
            } else {
                key.push_str(&text.to_lowercase());
            }
        };
        if let Some(code) = course_code {
            push(code);
            push("|");
        }
        push(course_name);
        key
    }

    /// Reads the name of an award.
    ///
    /// # Errors
    /// A [`Problem`] when it is missing or too long.
    pub fn parse_course_name(value: &str) -> Result<String, Problem> {
        let name = clean(value)?;
        if name.is_empty() {
            return Err(Problem::new("missing; the credential needs the name of the award"));
        }
        at_most(&name, 300)?;
        if name.starts_with(['=', '@', '+']) {
            return Err(Problem::new("looks like a spreadsheet formula; give the name of the award"));
        }
        Ok(name.into_owned())
    }

    /// Reads a free text of up to 300 characters; an empty one is none.
    ///
    /// # Errors
    /// A [`Problem`] when it is damaged or too long.
    pub fn parse_optional(value: &str) -> Result<Option<String>, Problem> {
        let value = clean(value)?;
        at_most(&value, 300)?;
        Ok((!value.is_empty()).then(|| value.into_owned()))
    }

    /// Reads majors, `;` between them.
    ///
    /// # Errors
    /// A [`Problem`] when one is damaged or there are too many.
    pub fn parse_majors(value: &str) -> Result<Vec<String>, Problem> {
        let majors = clean(value)?;
        at_most(&majors, 1000)?;
        Ok(majors.split(';').map(str::trim).filter(|major| !major.is_empty()).map(str::to_owned).collect())
    }
}
