//! Which corrections a row meets: those of its student, and of its qualification.

use std::collections::HashMap;

use super::correction::Correction;
use crate::credential::Qualification;

/// A correction, and which qualification of the student it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// The key of the qualification as the roster had it, before its name was corrected; `None`: about the student.
    pub course_key: Option<String>,
    /// What is right.
    pub correction: Correction,
}

/// All corrections, by student id.
#[derive(Debug, Clone, Default)]
pub struct Corrections(pub HashMap<String, Vec<Placed>>);

/// A correction that met a row of the roster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Met {
    /// Whose.
    pub student_id: String,
    /// Of which qualification, as the correction has it.
    pub course_key: Option<String>,
    /// Of which column.
    pub column: &'static str,
    /// The key that the row has by itself.
    pub row_key: String,
    /// The row says the same.
    pub agrees: bool,
}

impl Corrections {
    /// What was corrected of a student.
    #[must_use]
    pub fn of(&self, student_id: &str) -> &[Placed] {
        // most ledgers have none
        if self.0.is_empty() { &[] } else { self.0.get(student_id).map_or(&[], Vec::as_slice) }
    }
}

/// The key under which corrections of the qualification with this code and name stand among these: its own, or the one it
/// had before its name was corrected to what it is now.
#[must_use]
pub fn standing_key<'a>(corrections: &'a [Placed], code: Option<&str>, name: &str) -> Option<&'a str> {
    let own = Qualification::key(code, name);
    let keys = || corrections.iter().filter_map(|placed| placed.course_key.as_deref());
    keys().find(|key| *key == own).or_else(|| {
        corrections.iter().find_map(|placed| {
            let key = placed.course_key.as_deref()?;
            let Correction::CourseName(right) = &placed.correction else { return None };
            let has_code = code.is_none_or(|code| key.starts_with(&Qualification::key(Some(code), "")));
            (has_code && right.to_lowercase() == name.to_lowercase()).then_some(key)
        })
    })
}
