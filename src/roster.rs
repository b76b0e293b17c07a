//! The roster: bytes become rows, or mistakes with line and column. Nothing here writes anything.
//!
//! `open` looks at the file as a whole (encoding, delimiter, header); `next_record` gives one record at a time, so
//! memory does not grow with the roster; `row::parse` turns a record into a graduate with one qualification.

mod ahead;
mod columns;
#[cfg_attr(not(test), expect(dead_code, reason = "rows are checked with it next"))]
mod damage;
mod encoding;
mod kind;
mod mistake;
mod rejects;
mod row;
mod source;
mod workbook;

use std::path::{Path, PathBuf};

use csv::StringRecord;

pub use ahead::ReadAhead;
pub use columns::{Column, Columns};
pub use encoding::{Alternative, Decoding, Guess, Inspection};
pub use mistake::Mistake;
pub use rejects::RejectsWriter;
pub use row::{Row, parse, students};
pub use workbook::cell_name;

use crate::config::RosterSettings;
use source::Source;

/// A record of the file, before anybody has looked at its values.
#[derive(Debug, Clone, Default)]
pub struct Record {
    /// Which data row it is, from 1.
    pub number: u64,
    /// The line it starts on, from 1 (RFC 4180 lets a quoted value run over several).
    pub line: u64,
    /// The line it ends on.
    pub last_line: u64,
    /// Its values as text.
    pub fields: StringRecord,
    /// Cells of a workbook that show no value.
    pub faults: Vec<CellFault>,
}

/// A cell of a workbook that shows no value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellFault {
    /// Which column, from 0.
    pub column: usize,
    /// What it shows and what to do.
    pub problem: String,
}

/// Why a roster cannot be read at all. One sentence: what is wrong and what to do.
#[derive(Debug, thiserror::Error)]
#[error("{}: {problem}", path.display())]
pub struct RosterError {
    /// The file.
    pub path: PathBuf,
    /// What is wrong with it and what to do.
    pub problem: String,
}

/// An open roster.
pub struct Roster {
    path: PathBuf,
    /// What the file is made of.
    pub inspection: Inspection,
    /// Which column is which.
    pub columns: Columns,
    source: Source,
    records: u64,
}

impl Roster {
    /// Opens a roster: a CSV export in any of the accepted encodings, or an Excel workbook.
    ///
    /// # Errors
    /// A [`RosterError`] when the file is unreadable, empty, of another kind, or lacks a needed column.
    pub fn open(path: &Path, settings: &RosterSettings) -> Result<Self, RosterError> {
        let error = |problem: String| RosterError { path: path.to_owned(), problem };
        let inspection = encoding::inspect(path, settings).map_err(error)?;
        Self::read_as(path, inspection, settings)
    }

    /// Opens it once more, from its first row.
    ///
    /// # Errors
    /// A [`RosterError`] when the file is gone, or not the same any more.
    pub fn again(&self, settings: &RosterSettings) -> Result<Self, RosterError> {
        self.is_as_it_was()?;
        Self::read_as(&self.path, self.inspection.clone(), settings)
    }

    fn is_as_it_was(&self) -> Result<(), RosterError> {
        if encoding::stamp(&self.path) == self.inspection.stamp {
            return Ok(());
        }
        let problem = "was written while it was read; run again when it is whole".to_owned();
        Err(RosterError { path: self.path.clone(), problem })
    }

    fn read_as(path: &Path, inspection: Inspection, settings: &RosterSettings) -> Result<Self, RosterError> {
        let error = |problem: String| RosterError { path: path.to_owned(), problem };
        let (mut source, delimiter_note) = Source::open(path, &inspection, settings).map_err(error)?;
        let mut record = Record::default();
        loop {
            if !source.read_record(&mut record).map_err(error)? {
                return Err(error("is empty; export the roster again".into()));
            }
            if !is_blank(&record) {
                break;
            }
        }
        let header = record.fields;
        // a header that was rejected looks like any other cell
        let header = if header.iter().any(|name| name == rejects::WHAT_IS_WRONG) {
            header.iter().map(rejects::as_it_was).collect::<Vec<_>>().into()
        } else {
            header
        };
        let columns = Columns::find(&header, settings).map_err(|problem| error(problem + delimiter_note))?;
        Ok(Self { path: path.to_owned(), inspection, columns, source, records: 0 })
    }

    /// The next record; blank lines are passed over.
    ///
    /// # Errors
    /// A [`RosterError`] when the rest of the file cannot be read as records, or at its end when it was written meanwhile.
    pub fn next_record(&mut self) -> Result<Option<Record>, RosterError> {
        let mut record = Record::default();
        Ok(self.read_record(&mut record, |_| true)?.then_some(record))
    }

    /// Reads the next record with a wanted number into `record`, over what stood there; `false` when there is none.
    ///
    /// # Errors
    /// As [`Roster::next_record`].
    pub fn read_record(
        &mut self,
        record: &mut Record,
        is_wanted: impl Fn(u64) -> bool,
    ) -> Result<bool, RosterError> {
        let path = &self.path;
        let error = |problem: String| RosterError { path: path.clone(), problem };
        while self.source.read_record(record).map_err(error)? {
            if is_blank(record) {
                continue;
            }
            if self.source.is_cut_off(record, self.columns.width()) {
                return Err(error(cut_off(record)));
            }
            self.records += 1;
            record.number = self.records;
            if !is_wanted(record.number) {
                continue;
            }
            if self.columns.is_mended_rest() {
                let cells: Vec<_> = record.fields.iter().map(rejects::as_it_was).collect();
                record.fields = cells.into();
            }
            return Ok(true);
        }
        if self.records == 0 {
            return Err(error("has a header but no rows; export the roster again".into()));
        }
        // what was said of its rows so far may be of another file
        self.is_as_it_was().map(|()| false)
    }

    /// The sheet that is read, when it is a workbook.
    #[must_use]
    pub fn sheet(&self) -> Option<&str> {
        self.source.sheet()
    }

    /// What there is to know of how the file is read: sheets that are not, hidden rows and columns.
    #[must_use]
    pub fn notes(&self) -> &[String] {
        self.source.notes()
    }

    /// The file's name without its folders, for messages and the ledger.
    #[must_use]
    pub fn name(&self) -> String {
        self.path.file_name().map_or_else(|| "roster".into(), |name| name.to_string_lossy().into_owned())
    }
}

fn cut_off(record: &Record) -> String {
    let (first, last) = (record.line, record.last_line);
    if last > first {
        format!("has a quote on line {first} that is never closed; close it, or export the roster again")
    } else {
        format!("ends in the middle of line {last}; the file was cut off, export it again")
    }
}

fn is_blank(record: &Record) -> bool {
    record.faults.is_empty() && record.fields.iter().all(|field| field.trim().is_empty())
}
