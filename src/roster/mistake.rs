//! What is wrong with a row, for the registry to mend.

use std::fmt;
use std::sync::Arc;

use super::cell_name;

/// One mistake of one row. It names the place and never the value, since it may end up in a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// Which data row, from 1.
    pub record: u64,
    /// The sheet of a workbook.
    pub sheet: Option<Arc<str>>,
    /// The line the row starts on, from 1; of a workbook the number of its row.
    pub line: u64,
    /// Number (from 1) and header of the column; none when the whole row is meant.
    pub column: Option<(usize, String)>,
    /// Whose row it is, where that can be read.
    pub student_id: Option<String>,
    /// Key of the course that the row is about, where that can be read.
    pub course_key: Option<String>,
    /// What is wrong and what would be right.
    pub problem: String,
}

/// `line 14, column 4 (email), student s0012: has no @; write it as name@domain`, or of a workbook
/// `sheet Graduates, cell D14 (email), student s0012: has no @; …`
impl fmt::Display for Mistake {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.sheet, &self.column) {
            (None, None) => write!(formatter, "line {}", self.line)?,
            (None, Some((number, name))) => {
                write!(formatter, "line {}, column {number} ({name})", self.line)?;
            }
            (Some(sheet), None) => write!(formatter, "sheet {sheet}, row {}", self.line)?,
            (Some(sheet), Some((number, name))) => {
                let cell = cell_name(self.line, number.saturating_sub(1));
                write!(formatter, "sheet {sheet}, cell {cell} ({name})")?;
            }
        }
        if let Some(student_id) = &self.student_id {
            write!(formatter, ", student {student_id}")?;
        }
        write!(formatter, ": {}", self.problem)
    }
}
