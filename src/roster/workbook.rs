//! Rows from the first sheet of an Excel workbook.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use calamine::{Data, DataRef, Reader, Xlsx};
use csv::StringRecord;

use super::Record;

/// The rows of a sheet, cells as text.
pub(super) struct Workbook {
    rows: std::vec::IntoIter<Record>,
}

/// More cells than any registry's sheet has, the empty ones between others counted; a workbook beyond it is a bomb or a
/// mistake.
const MOST_CELLS: usize = 20_000_000;

const BROKEN: &str = "is not an Excel workbook that can be read; save it as .xlsx or as CSV UTF-8";
const TOO_MANY: &str = "has more cells than a roster can have; save it as CSV UTF-8";

impl Workbook {
    /// Reads the first sheet. Excel keeps its texts in a table of their own, so a workbook is read whole;
    /// CSV is the format for very large rosters.
    pub(super) fn open(path: &Path) -> Result<Self, String> {
        // calamine panics over some sheets that no spreadsheet writes, such as one with a cell `A99999999999`
        std::panic::catch_unwind(|| Self::read(path)).unwrap_or_else(|_| Err(BROKEN.into()))
    }

    fn read(path: &Path) -> Result<Self, String> {
        let broken = |_| BROKEN.to_owned();
        let file = File::open(path).map_err(|error| format!("cannot be read: {error}"))?;
        let mut workbook = Xlsx::new(BufReader::new(file)).map_err(broken)?;
        let sheet = workbook.sheet_names().first().cloned().ok_or("is a workbook without a sheet")?;
        let mut cells = workbook.worksheet_cells_reader(&sheet).map_err(broken)?;
        let mut rows: Vec<Record> = Vec::new();
        let mut row: Vec<String> = Vec::new();
        let mut current = 0;
        let mut count = 0;
        while let Some(cell) = cells.next_cell().map_err(broken)? {
            let (line, column) = cell.get_position();
            if line != current {
                push(&mut rows, current, &mut row);
                current = line;
            }
            let column = column as usize;
            // one cell at a row's far end makes all before it
            count += (column + 1).saturating_sub(row.len());
            if count > MOST_CELLS || column > 16_384 {
                return Err(TOO_MANY.into());
            }
            if row.len() <= column {
                row.resize(column + 1, String::new());
            }
            row[column] = text(cell.get_value());
        }
        push(&mut rows, current, &mut row);
        let width = rows.first().map_or(0, |header| header.fields.len());
        if rows.len().saturating_mul(width) > MOST_CELLS {
            return Err(TOO_MANY.into());
        }
        for row in &mut rows {
            // a sheet does not keep empty cells at a row's end
            while row.fields.len() < width {
                row.fields.push_field("");
            }
        }
        Ok(Self { rows: rows.into_iter() })
    }

    pub(super) fn read_record(&mut self, record: &mut Record) -> bool {
        self.rows.next().map(|row| *record = row).is_some()
    }
}

fn push(rows: &mut Vec<Record>, line: u32, cells: &mut Vec<String>) {
    while cells.last().is_some_and(String::is_empty) {
        cells.pop();
    }
    let line = u64::from(line) + 1;
    if !cells.is_empty() {
        rows.push(Record { number: 0, line, last_line: line, fields: StringRecord::from(cells.as_slice()) });
    }
    cells.clear();
}

/// A cell as the registry sees it: whole numbers without a point, days as YYYY-MM-DD.
fn text(value: &DataRef<'_>) -> String {
    match Data::from(value.clone()) {
        Data::DateTime(moment) if moment.is_datetime() => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        Data::Empty | Data::Error(_) => String::new(),
        Data::Bool(yes) => if yes { "yes" } else { "no" }.to_owned(),
        other => other.to_string(),
    }
}
