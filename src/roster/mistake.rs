//! What is wrong with a row, for the registry to mend.

use std::fmt;

/// One mistake of one row. It names the place and never the value, since it may end up in a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// Which data row, from 1.
    pub record: u64,
    /// The line the row starts on, from 1.
    pub line: u64,
    /// Number (from 1) and header of the column; none when the whole row is meant.
    pub column: Option<(usize, String)>,
    /// Whose row it is, where that can be read.
    pub student_id: Option<String>,
    /// What is wrong and what would be right.
    pub problem: String,
}

/// `line 14, column 4 (email), student s0012: has no @; write it as name@domain`
impl fmt::Display for Mistake {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "line {}", self.line)?;
        if let Some((number, name)) = &self.column {
            write!(formatter, ", column {number} ({name})")?;
        }
        if let Some(student_id) = &self.student_id {
            write!(formatter, ", student {student_id}")?;
        }
        write!(formatter, ": {}", self.problem)
    }
}
