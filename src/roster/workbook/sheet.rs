//! What every format of workbook comes down to: sheets, rows, and cells as they are shown.

use std::ops::RangeInclusive;

use super::cell::Decimals;
use super::format::{Dates, Format};
use super::{cell, place};
use crate::roster::CellFault;

/// A sheet as the tabs of a spreadsheet program show it.
#[derive(Debug, Clone)]
pub(super) struct Sheet {
    pub(super) name: String,
    pub(super) kind: SheetKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SheetKind {
    Shown,
    Hidden,
    /// A chart, a dialogue or macros: no cells to be read.
    NoCells,
}

/// A workbook of some format.
pub(super) trait Book {
    fn sheets(&self) -> &[Sheet];

    /// The rows of a sheet, from its first.
    fn rows(&self, sheet: usize) -> Result<Box<dyn Rows>, String>;

    /// Whether any row of the sheet may be hidden: a quick look, which spares nearly every workbook a second reading.
    fn may_hide_rows(&self, _sheet: usize) -> Result<bool, String> {
        Ok(true)
    }
}

/// The rows of a sheet, one after the other.
pub(super) trait Rows: Send {
    /// Reads the next row over the last one; `false` at the end. Rows without a cell may be left out.
    fn read(&mut self, row: &mut SheetRow) -> Result<bool, String>;

    /// Columns (from 0) that are hidden, known before the first row.
    fn hidden_columns(&self) -> &[RangeInclusive<u32>];
}

/// The most bytes of text in a row, and the most cells; a small file can claim any number of them.
const LONGEST_ROW: usize = 12 << 20;
const MOST_CELLS: usize = 2 * place::COLUMNS as usize;

/// Reads the next row, and refuses one that would fill the memory. A fault in what reads damaged files is caught here: it
/// must not end the night.
pub(super) fn read(rows: &mut dyn Rows, row: &mut SheetRow) -> Result<bool, String> {
    let read = std::panic::AssertUnwindSafe(|| rows.read(row));
    let is_row = std::panic::catch_unwind(read).unwrap_or_else(|_| Err(super::DAMAGED.into()))?;
    if is_row && row.is_too_long {
        return Err(format!(
            "has more in row {} than a roster can have; clear what does not belong there",
            row.number
        ));
    }
    Ok(is_row)
}

/// A row: its cells' texts behind each other, the empty ones left out.
#[derive(Debug, Default)]
pub(super) struct SheetRow {
    /// As the spreadsheet program counts, from 1.
    pub(super) number: u32,
    pub(super) is_hidden: bool,
    text: String,
    cells: Vec<Place>,
    pub(super) faults: Vec<CellFault>,
    /// Columns (from 0) of numbers that are shown with other decimals than they have.
    pub(super) decimals: Vec<(usize, Decimals)>,
    is_too_long: bool,
}

#[derive(Debug, Clone, Copy)]
struct Place {
    column: u32,
    start: usize,
    end: usize,
}

/// What a cell holds.
#[derive(Debug, Clone, Copy)]
pub(super) enum Value<'a> {
    Text(&'a str),
    Number(f64),
    /// A day, perhaps with its time, as ISO 8601 has it.
    Moment(&'a str),
    Yes(bool),
    /// The word of an error, such as `#N/A`.
    Error(&'a str),
    /// A formula whose result is not in the file.
    NotCalculated,
}

impl SheetRow {
    /// Begins the row with this number, from 0 as files count.
    pub(super) fn start(&mut self, index: u32, is_hidden: bool) {
        self.number = index.saturating_add(1);
        self.is_hidden = is_hidden;
        self.is_too_long = false;
        self.text.clear();
        self.cells.clear();
        self.faults.clear();
        self.decimals.clear();
    }

    /// Adds a cell as it is shown.
    pub(super) fn push(&mut self, column: u32, value: Value<'_>, format: &Format, dates: Dates) {
        match cell::shown(value, format, dates) {
            Ok(text) => self.push_text(column, &text),
            Err(problem) => self.push_fault(column, problem),
        }
        if let Value::Number(number) = value {
            self.push_decimals(column, format.decimals(number));
        }
    }

    pub(super) fn push_decimals(&mut self, column: u32, decimals: Option<Decimals>) {
        let decimals = decimals.filter(|_| self.decimals.len() < MOST_CELLS);
        self.decimals.extend(decimals.map(|decimals| (column as usize, decimals)));
    }

    pub(super) fn push_text(&mut self, column: u32, text: &str) {
        // styled cells without a text are in nearly every sheet, far to the right in some
        if self.text.len() + text.len() > LONGEST_ROW || self.cells.len() >= MOST_CELLS {
            self.is_too_long = true;
        } else if !text.is_empty() {
            let start = self.text.len();
            self.text.push_str(text);
            self.cells.push(Place { column, start, end: self.text.len() });
        }
    }

    pub(super) fn push_fault(&mut self, column: u32, problem: String) {
        if self.faults.len() >= MOST_CELLS {
            self.is_too_long = true;
        } else {
            self.faults.push(CellFault { column: column as usize, problem });
        }
    }

    /// Whether nothing is to be seen in it.
    pub(super) fn is_blank(&self) -> bool {
        self.faults.is_empty() && self.text.trim().is_empty()
    }

    /// How many columns it has up to the last one in which something is to be seen.
    pub(super) fn width(&self) -> usize {
        let seen = self.cells.iter().filter(|place| !self.at(**place).trim().is_empty());
        let texts = seen.map(|place| place.column as usize + 1);
        texts.chain(self.faults.iter().map(|fault| fault.column + 1)).max().unwrap_or(0)
    }

    /// The texts of its first columns, the empty ones between included.
    pub(super) fn fields(&mut self, width: usize, fields: &mut csv::StringRecord) {
        // all writers that are known keep the order, the standards only ask for it
        if !self.cells.is_sorted_by_key(|place| place.column) {
            self.cells.sort_by_key(|place| place.column);
        }
        fields.clear();
        for place in &self.cells {
            let column = place.column as usize;
            if column >= width {
                break;
            }
            if column < fields.len() {
                // the same cell once more: nobody knows which of them a spreadsheet program would show
                let problem =
                    "is in the file twice; save the workbook again in a spreadsheet program".to_owned();
                self.faults.push(CellFault { column, problem });
                continue;
            }
            while fields.len() < column {
                fields.push_field("");
            }
            fields.push_field(self.at(*place));
        }
        while fields.len() < width {
            fields.push_field("");
        }
    }

    /// The first cell right of this many columns in which something is to be seen.
    pub(super) fn beyond(&self, width: usize) -> Option<String> {
        let seen = self
            .cells
            .iter()
            .find(|place| place.column as usize >= width && !self.at(**place).trim().is_empty())?;
        Some(place::cell(self.number, seen.column))
    }

    fn at(&self, place: Place) -> &str {
        self.text.get(place.start..place.end).unwrap_or_default()
    }
}
