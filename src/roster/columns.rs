//! Which column of the roster is which: accepted spellings, the configured mapping, the delimiter.

use std::borrow::Cow;

use csv::StringRecord;
use icu_normalizer::DecomposingNormalizerBorrowed;
use serde::Deserialize;

use super::rejects::WHAT_IS_WRONG;
use crate::config::RosterSettings;
use crate::graduate::clean;

/// A column that gradpass knows; the names are those of the configuration's `[roster.columns]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each is named as the column it stands for")]
pub enum Column {
    StudentId,
    FullName,
    GivenNames,
    FamilyName,
    Email,
    CourseCode,
    CourseName,
    ConferralYear,
    ConferralDate,
    Majors,
    Honours,
    AwaitingGraduation,
    DateOfBirth,
    Language,
}

impl Column {
    const ALL: [(Self, &'static str, &'static [&'static str]); 14] = [
        (
            Self::StudentId,
            "student_id",
            &["studentnumber", "studentno", "studentnr", "sid", "matriculationnumber", "matriculationno"],
        ),
        (Self::FullName, "full_name", &["name", "studentname", "graduatename", "legalname"]),
        (Self::GivenNames, "given_names", &["givenname", "firstname", "firstnames", "forename", "forenames"]),
        (Self::FamilyName, "family_name", &["surname", "lastname", "familynames"]),
        (Self::Email, "email", &["emailaddress", "mail", "personalemail", "mailaddress"]),
        (Self::CourseCode, "course_code", &["programcode", "programmecode", "awardcode"]),
        (
            Self::CourseName,
            "course_name",
            &[
                "course",
                "award",
                "awardname",
                "program",
                "programme",
                "programname",
                "programmename",
                "degree",
                "qualification",
                "coursetitle",
                "awardtitle",
            ],
        ),
        (
            Self::ConferralYear,
            "conferral_year",
            &["yearconferred", "yearofconferral", "graduationyear", "awardyear"],
        ),
        (
            Self::ConferralDate,
            "conferral_date",
            &["dateconferred", "dateofconferral", "conferredon", "graduationdate", "awarddate"],
        ),
        (
            Self::Majors,
            "majors",
            &["major", "specialisation", "specialisations", "specialization", "specializations"],
        ),
        (
            Self::Honours,
            "honours",
            &["honors", "withhonours", "withhonors", "classofhonours", "honoursclass"],
        ),
        (Self::AwaitingGraduation, "awaiting_graduation", &["awaiting", "graduand", "awaitingconferral"]),
        (Self::DateOfBirth, "date_of_birth", &["dob", "birthdate", "birthday"]),
        (Self::Language, "language", &["lang", "preferredlanguage", "locale"]),
    ];

    /// The name used in the configuration and in messages.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(column, ..)| *column == self).map_or("", |(_, name, _)| name)
    }

    fn spelt(folded: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .find(|(_, name, spellings)| {
                name.bytes().filter(|byte| *byte != b'_').eq(folded.bytes()) || spellings.contains(&folded)
            })
            .map(|(column, ..)| *column)
    }
}

/// Where each known column stands in the file.
#[derive(Debug, Clone)]
pub struct Columns {
    /// By the number of the column.
    positions: [Option<usize>; Column::ALL.len()],
    header: StringRecord,
    date_of_birth_required: bool,
}

impl Columns {
    /// Finds the columns in the header.
    ///
    /// # Errors
    /// One sentence when a needed column is missing or one stands twice, with what was found instead.
    pub fn find(header: &StringRecord, settings: &RosterSettings) -> Result<Self, String> {
        let mut positions = [None; Column::ALL.len()];
        for (column, wanted) in &settings.headers {
            let position = header.iter().position(|name| fold(name) == fold(wanted)).ok_or_else(|| {
                format!("has no column \"{wanted}\", which roster.columns.{} asks for", column.name())
            })?;
            positions[*column as usize] = Some(position);
        }
        for (position, name) in header.iter().enumerate() {
            let Some(column) = Column::spelt(&fold(name)) else { continue };
            if settings.headers.contains_key(&column) || positions.contains(&Some(position)) {
                continue;
            }
            if let Some(first) = positions[column as usize].replace(position) {
                return Err(format!(
                    "has two columns for {} (columns {} and {}); remove one, or choose with [roster.columns] in \
                     the configuration",
                    column.name(),
                    first + 1,
                    position + 1
                ));
            }
        }
        let date_of_birth_required = settings.date_of_birth_required;
        let columns = Self { positions, header: header.clone(), date_of_birth_required };
        columns.check()?;
        Ok(columns)
    }

    fn check(&self) -> Result<(), String> {
        let has = |column| self.has(column);
        let mut missing = Vec::new();
        for column in [Column::StudentId, Column::Email, Column::CourseName] {
            if !has(column) {
                missing.push(column.name().to_owned());
            }
        }
        let in_parts = has(Column::GivenNames) && has(Column::FamilyName);
        if !has(Column::FullName) && !in_parts {
            missing.push("full_name (or given_names and family_name)".into());
        }
        if !has(Column::ConferralYear) && !has(Column::ConferralDate) && !has(Column::AwaitingGraduation) {
            missing.push("conferral_year (or conferral_date)".into());
        }
        if self.date_of_birth_required && !has(Column::DateOfBirth) {
            missing.push("date_of_birth (the page asks for it: web.question)".into());
        }
        if missing.is_empty() {
            return Ok(());
        }
        Err(format!(
            "has no column for {}; name the columns so in its first line, or map them with [roster.columns] in the \
             configuration",
            missing.join(", ")
        ))
    }

    /// How many columns a row must have.
    #[must_use]
    pub fn width(&self) -> usize {
        self.header.len()
    }

    /// Whether the file has the column.
    #[must_use]
    pub fn has(&self, column: Column) -> bool {
        self.positions[column as usize].is_some()
    }

    /// Whether no row may be without a date of birth.
    #[must_use]
    pub fn date_of_birth_required(&self) -> bool {
        self.date_of_birth_required
    }

    /// A row's value in a column; empty where the file has no such column.
    #[must_use]
    pub fn value<'a>(&self, fields: &'a StringRecord, column: Column) -> &'a str {
        self.positions[column as usize].and_then(|position| fields.get(position)).unwrap_or_default()
    }

    /// Number (from 1) and header of a column, for a mistake.
    #[must_use]
    pub fn place(&self, column: Column) -> Option<(usize, String)> {
        let position = self.positions[column as usize]?;
        // a header cell of a file that is no roster may hold anything
        let name = clean(self.header.get(position).unwrap_or_default()).ok();
        let name = name.filter(|name| name.len() <= 40);
        Some((position + 1, name.map_or_else(|| column.name().to_owned(), Cow::into_owned)))
    }

    /// Whether the file holds rows that were rejected and mended, and not the whole roster.
    #[must_use]
    pub fn is_mended_rest(&self) -> bool {
        self.header.iter().any(|name| name == WHAT_IS_WRONG)
    }

    /// The header as the file has it.
    #[must_use]
    pub fn header(&self) -> &StringRecord {
        &self.header
    }
}

/// Upper and lower case, accents, spaces, dashes and underscores do not matter in a header.
fn fold(name: &str) -> String {
    DecomposingNormalizerBorrowed::new_nfd()
        .normalize(name)
        .chars()
        .filter(|character| character.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// The delimiter of a file by its first line, and whether that line is Excel's `sep=;` and no header.
pub(super) fn delimiter(line: &[u8], settings: &RosterSettings) -> (u8, bool) {
    let text = String::from_utf8_lossy(line);
    let text = text.trim_end_matches(['\r', '\n']);
    let marked = text.trim_matches('"').strip_prefix("sep=").filter(|sign| sign.len() == 1);
    if let Some(sign) = marked {
        return (settings.delimiter.unwrap_or(sign.as_bytes()[0]), true);
    }
    let known = |delimiter: u8| {
        let mut reader =
            csv::ReaderBuilder::new().delimiter(delimiter).has_headers(false).from_reader(text.as_bytes());
        let header = reader.records().next().and_then(Result::ok).unwrap_or_default();
        let named = |name: &&str| {
            Column::spelt(&fold(name)).is_some()
                || settings.headers.values().any(|own| fold(own) == fold(name))
        };
        header.iter().filter(named).count()
    };
    // on a tie the first wins, so a file without known columns counts as comma-separated
    let found = [b'\t', b';', b','].into_iter().max_by_key(|delimiter| known(*delimiter)).unwrap_or(b',');
    (settings.delimiter.unwrap_or(found), false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_known_however_they_are_written() {
        let header = StringRecord::from(vec![
            " STUDENT-ID ",
            "Vorname",
            "Surname",
            "E-Mail",
            "Course Name",
            "Conferral_Year",
        ]);
        let mut settings = RosterSettings::default();
        assert_eq!(
            Columns::find(&header, &settings).err().as_deref().and_then(|words| words.split(';').next()),
            Some("has no column for full_name (or given_names and family_name)")
        );
        settings.headers.insert(Column::GivenNames, "VORNAME".into());
        let columns = Columns::find(&header, &settings).map_err(|_| ()).ok();
        assert_eq!(columns.and_then(|it| it.place(Column::Email)), Some((4, "E-Mail".into())));
    }

    #[test]
    fn the_delimiter_is_the_one_that_makes_known_columns() {
        let settings = RosterSettings::default();
        assert_eq!(delimiter(b"student_id;email;\"name, full\"\r\n", &settings), (b';', false));
        assert_eq!(delimiter(b"student_id\temail\n", &settings), (b'\t', false));
        assert_eq!(delimiter(b"student_id,email", &settings), (b',', false));
        assert_eq!(delimiter(b"sep=;\r\n", &settings), (b';', true));
        assert_eq!(delimiter(b"", &settings), (b',', false));
    }
}
