//! The roster: bytes become rows, or mistakes with line and column. Nothing here writes anything.
//!
//! [`Roster::open`] looks at the file as a whole (kind, encoding, header, order of the dates); [`Roster::next_record`]
//! gives one record at a time, so memory does not grow with the roster; [`parse`] turns a record into a graduate with
//! one qualification.

mod ahead;
mod certificate;
mod columns;
mod damage;
mod dates;
mod encoding;
mod footer;
mod header;
mod kind;
mod misread;
mod mistake;
mod named_files;
mod no_row;
mod observations;
mod orders;
mod quotes;
mod rejects;
mod row;
mod settings;
mod shapes;
mod source;
mod transcripts;
pub mod vocabulary;
mod workbook;

use std::path::{Path, PathBuf};

use csv::StringRecord;

pub use ahead::ReadAhead;
pub use columns::{Column, Columns, Unread};
pub use dates::{Calendar, DateOrder};
pub use encoding::{Alternative, Decoding, Guess, Inspection};
pub use misread::NamesBeyondAscii;
pub use mistake::Mistake;
pub use named_files::named_files;
pub use no_row::PassedOver;
pub use observations::Observations;
pub(crate) use rejects::for_spreadsheet;
pub use rejects::{RejectsWriter, free_path};
pub use row::{
    Correction, Corrections, Met, Over, Placed, Repeated, Row, corrected, parse, parse_over, standing_key,
    students,
};
pub use settings::{NameOrder, RosterSettings};
pub use transcripts::Transcripts;
pub use workbook::cell_name;

pub(crate) use columns::fold as fold_header;
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
    /// Columns (from 0) of numbers in a workbook that are shown with other decimals than they have.
    decimals: Vec<(usize, workbook::Decimals)>,
    /// Text stood behind a closing quote.
    pub has_torn_quote: bool,
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
    /// Another file of the import has the same name: it is told with its folders.
    is_told_by_path: bool,
    /// What the file is made of.
    pub inspection: Inspection,
    /// Which column is which.
    pub columns: Columns,
    source: Source,
    records: u64,
    /// Of these, behind the last line that said how many there are.
    since_footer: u64,
    /// The last row lacked cells, so that the next line may be the rest of it.
    is_behind_a_short_row: bool,
    passed_over: PassedOver,
    /// Rows of a workbook above its header.
    rows_above: u64,
}

impl Roster {
    /// Opens a roster: a CSV export in any of the accepted encodings, or a workbook.
    ///
    /// # Errors
    /// A [`RosterError`] when the file is unreadable, empty, of another kind, or lacks a needed column.
    pub fn open(path: &Path, settings: &RosterSettings) -> Result<Self, RosterError> {
        let error = |problem: String| RosterError { path: path.to_owned(), problem };
        let inspection = encoding::inspect(path, settings).map_err(error)?;
        let Opened { source, mut columns, rows_above } = open(path, &inspection, settings).map_err(error)?;
        let reopen = || open(path, &inspection, settings).map(|opened| opened.source);
        orders::find(&mut columns, reopen).map_err(error)?;
        Ok(Self {
            path: path.to_owned(),
            is_told_by_path: false,
            inspection,
            columns,
            source,
            records: 0,
            since_footer: 0,
            is_behind_a_short_row: false,
            passed_over: PassedOver::default(),
            rows_above,
        })
    }

    /// Opens it once more, from its first row.
    ///
    /// # Errors
    /// A [`RosterError`] when the file is gone, or not the same any more.
    pub fn again(&self) -> Result<Self, RosterError> {
        self.is_as_it_was()?;
        let (path, inspection, columns) = (self.path.clone(), self.inspection.clone(), self.columns.clone());
        let Opened { source, rows_above, .. } =
            open(&path, &inspection, columns.settings()).map_err(|problem| self.error(problem))?;
        let passed_over = PassedOver::default();
        let is_told_by_path = self.is_told_by_path;
        Ok(Self {
            path,
            is_told_by_path,
            inspection,
            columns,
            source,
            records: 0,
            since_footer: 0,
            is_behind_a_short_row: false,
            passed_over,
            rows_above,
        })
    }

    fn is_as_it_was(&self) -> Result<(), RosterError> {
        if encoding::stamp(&self.path) == self.inspection.stamp {
            return Ok(());
        }
        Err(self.error("was written while it was read; run again when it is whole".to_owned()))
    }

    fn error(&self, problem: String) -> RosterError {
        RosterError { path: self.path.clone(), problem }
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
        loop {
            match self.source.read_record(record) {
                Ok(true) => {}
                Ok(false) => break,
                Err(problem) => return Err(self.error(problem)),
            }
            if is_blank(record) {
                continue;
            }
            if let Some(footer) = self.is_no_row(record) {
                self.check_count(footer, record.line)?;
                if footer.count.is_none() && !self.is_part_of_the_table(&record.fields) {
                    self.passed_over.add(record.line);
                }
                continue;
            }
            if self.source.is_cut_off(record, self.columns.width()) {
                return Err(self.error(cut_off(record)));
            }
            self.records += 1;
            self.since_footer += 1;
            self.is_behind_a_short_row = record.fields.len() < self.columns.width();
            record.number = self.records;
            if !is_wanted(record.number) {
                continue;
            }
            if self.columns.is_corrections_file() {
                let cells: Vec<_> = record.fields.iter().map(rejects::as_it_was).collect();
                record.fields = cells.into();
            }
            return Ok(true);
        }
        if self.records == 0 {
            return Err(self.error("has a header but no rows; export the roster again".into()));
        }
        // what was said of its rows so far may be of another file
        self.is_as_it_was().map(|()| false)
    }

    /// The lines that are passed over while it is read.
    #[must_use]
    pub fn passed_over(&self) -> PassedOver {
        self.passed_over.clone()
    }

    /// Tells files of the same name apart by their folders.
    pub fn name_apart<'a>(rosters: impl IntoIterator<Item = &'a mut Self>) {
        let mut rosters: Vec<_> = rosters.into_iter().collect();
        let names: Vec<_> = rosters.iter().map(|roster| roster.name()).collect();
        for (roster, name) in rosters.iter_mut().zip(&names) {
            roster.is_told_by_path = names.iter().filter(|other| *other == name).count() > 1;
        }
    }

    /// The file's name without its folders, for messages and the ledger; with them where another of the import has the same.
    #[must_use]
    pub fn name(&self) -> String {
        if self.is_told_by_path {
            return self.path.display().to_string();
        }
        self.path.file_name().map_or_else(|| "roster".into(), |name| name.to_string_lossy().into_owned())
    }

    /// How the file is read, where somebody should know it: a sentence each, without names.
    #[must_use]
    pub fn notes(&self) -> Vec<String> {
        let mut notes = self.source.notes().to_vec();
        let above = self.source.titles() + self.rows_above;
        if above > 0 {
            let lines = if above == 1 { "line above the header is" } else { "lines above the header are" };
            notes.push(format!("{above} {lines} passed over"));
        }
        if let Some(header) = self.columns.type_told_by() {
            let (of, nouns) = (self.columns.credential_type(), self.columns.credential_type().spec().nouns);
            let beside = self.columns.another_type().map(|(other, header)| {
                format!(
                    "; its column {header} is one of {}, which have a roster of their own",
                    other.spec().nouns
                )
            });
            notes.push(format!(
                "read as a roster of {nouns} (--type {of}), since it has the column {header}{}",
                beside.unwrap_or_default()
            ));
        }
        for (column, order) in self.columns.orders() {
            notes.push(format!("dates of {column} are read as {}", order.name()));
        }
        let holding = self.columns.holding();
        if !holding.is_empty() {
            notes.push(format!("graduates are held by what stands in: {}", holding.join(", ")));
        }
        let unread: Vec<_> = self.columns.unread().iter().map(ToString::to_string).collect();
        if !unread.is_empty() {
            notes.push(format!("not read: {}", crate::plural::named(&unread)));
        }
        notes
    }

    /// The sheet that is read, when it is a workbook.
    #[must_use]
    pub fn sheet(&self) -> Option<&str> {
        self.source.sheet()
    }

    /// Between the columns of a text; none of a workbook.
    #[must_use]
    pub const fn delimiter(&self) -> Option<u8> {
        self.source.delimiter()
    }
}

/// A file that is opened at its first row.
struct Opened {
    source: Source,
    columns: Columns,
    rows_above: u64,
}

/// Opens a file at its first row, and finds its columns.
fn open(path: &Path, inspection: &Inspection, settings: &RosterSettings) -> Result<Opened, String> {
    let mut source = Source::open(path, inspection, settings)?;
    // a text was opened at its header
    let is_text = inspection.decoding != Decoding::Workbook;
    let found = first_row(&mut source, |cells| is_text || header::is_header(cells, settings))?;
    let (header, rows_above) = if let Some(found) = found {
        found
    } else {
        // nothing looks like a header: what the first row lacks is told
        source = Source::open(path, inspection, settings)?;
        first_row(&mut source, |_| true)?.ok_or("is empty; export the roster again")?
    };
    // a header that was rejected looks like any other cell
    let header = if header.iter().any(|name| name == rejects::WHAT_IS_WRONG) {
        header.iter().map(rejects::as_it_was).collect::<Vec<_>>().into()
    } else {
        header
    };
    let columns = Columns::find(&header, settings)
        .map_err(|problem| problem + header::hint(&header) + source.delimiter_note())?;
    let columns = columns.on_sheet(source.sheet()).in_folder(path.parent());
    let columns = columns.with_bad_lines(&inspection.bad_lines);
    Ok(Opened { source, columns, rows_above })
}

/// The first row that is wanted among those that are searched for the header, and how many stand above it.
fn first_row(
    source: &mut Source,
    is_wanted: impl Fn(&StringRecord) -> bool,
) -> Result<Option<(StringRecord, u64)>, String> {
    let mut record = Record::default();
    let mut above = 0;
    while above < header::SEARCHED as u64 && source.read_record(&mut record)? {
        if is_blank(&record) {
            continue;
        }
        if is_wanted(&record.fields) {
            return Ok(Some((record.fields, above)));
        }
        above += 1;
    }
    Ok(None)
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
