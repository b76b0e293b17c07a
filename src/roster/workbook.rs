//! Rows of a workbook as an officer sees them in a spreadsheet program.
//!
//! The formats (`xlsx`, …) give sheets, rows and cells in one shape (`sheet`); `cell` and `format` turn
//! a value into the text on the screen; `choice` finds the sheet. calamine, the library for this, does not tell which
//! rows are hidden, how a number is shown, and whether a formula was calculated, so the files are read here.

mod biff;
mod bytes;
mod cell;
mod choice;
mod compound;
mod format;
mod hidden;
mod moment;
mod ods;
mod ods_cell;
mod ods_rows;
mod package;
mod place;
mod records;
mod relations;
mod sections;
mod sheet;
mod texts;
mod xls;
mod xls_rows;
mod xlsb;
mod xlsb_rows;
mod xlsx;
mod xlsx_rows;
mod xml;

use std::io::Read;
use std::path::Path;

use csv::StringRecord;

use super::Record;
pub(super) use cell::Decimals;
use ods::Ods;
use package::Package;
use sheet::{Book, Rows, SheetRow};
use xls::Xls;
use xlsb::Xlsb;
use xlsx::Xlsx;

const DAMAGED: &str = "is a workbook that is damaged or cut off; export it again, or save it anew as .xlsx";

const PASSWORD: &str = "is protected with a password; save it without one";

const OTHER_DOCUMENT: &str =
    "is no workbook but another Office document; save the list as .xlsx or as CSV UTF-8";

/// The most columns in which a roster's rows may have something.
const MOST_COLUMNS: usize = 1_024;

/// What the officer asks for.
pub(super) struct Wanted<'a> {
    /// The sheet to be read, when it is named.
    pub sheet: Option<&'a str>,
    /// Whether hidden rows are to be read, too.
    pub include_hidden: bool,
    /// What is looked for, for people: `roster`.
    pub what: &'static str,
}

/// The rows of a sheet, cells as text.
pub(super) struct Workbook {
    sheet: String,
    notes: Vec<String>,
    rows: Box<dyn Rows>,
    row: SheetRow,
    /// A sheet does not keep empty cells at a row's end: so many columns each row has at least.
    width: usize,
    /// The number of the first row that is read.
    header_row: u32,
}

/// Whether a file's first bytes are those of a workbook, or of an archive that may be one.
pub(super) fn is_workbook(first: &[u8]) -> bool {
    first.starts_with(b"PK\x03\x04") || first.starts_with(CFB)
}

/// A compound file: `.xls`, or any workbook with a password.
const CFB: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

/// The name of a cell as spreadsheet programs have it (`E7`): the row from 1, the column from 0.
#[must_use]
pub fn cell_name(row: u64, column: usize) -> String {
    place::cell(u32::try_from(row).unwrap_or(u32::MAX), u32::try_from(column).unwrap_or(u32::MAX - 1))
}

impl Workbook {
    /// Opens the workbook at the sheet that holds the roster. `is_header` says whether a row looks like a roster's
    /// header.
    pub(super) fn open(
        path: &Path,
        wanted: &Wanted,
        is_header: &dyn Fn(&StringRecord) -> bool,
    ) -> Result<Self, String> {
        // a fault in what reads damaged files must not end the night
        let open = std::panic::AssertUnwindSafe(|| {
            let book = book(path)?;
            choice::choose(&*book, wanted, is_header)
        });
        std::panic::catch_unwind(open).unwrap_or_else(|_| Err(DAMAGED.into()))
    }

    /// Reads the next row over the record, but for its number; the first one is the header. `false` at the end.
    pub(super) fn read_record(&mut self, record: &mut Record) -> Result<bool, String> {
        loop {
            if !sheet::read(&mut *self.rows, &mut self.row)? {
                return Ok(false);
            }
            if self.row.number < self.header_row || self.row.is_blank() {
                continue;
            }
            if let Some(cell) = self.row.beyond(MOST_COLUMNS) {
                return Err(format!(
                    "has something in cell {cell} of sheet \"{}\", right of the {MOST_COLUMNS} columns that are read; clear it",
                    self.sheet
                ));
            }
            let width = self.row.width().max(self.width);
            self.row.fields(width, &mut record.fields);
            record.faults.clear();
            record.faults.append(&mut self.row.faults);
            record.decimals.clear();
            record.decimals.append(&mut self.row.decimals);
            record.line = u64::from(self.row.number);
            record.last_line = record.line;
            return Ok(true);
        }
    }

    /// The name of the sheet that is read.
    pub(super) fn sheet(&self) -> &str {
        &self.sheet
    }

    /// What the officer should know: sheets that are not read, what is hidden.
    pub(super) fn notes(&self) -> &[String] {
        &self.notes
    }
}

/// Opens a workbook of whatever format its bytes are, whatever its name says.
fn book(path: &Path) -> Result<Box<dyn Book>, String> {
    let mut first = [0; CFB.len()];
    let read = std::fs::File::open(path).and_then(|mut file| file.read_exact(&mut first));
    read.map_err(|error| format!("cannot be read: {error}"))?;
    if first == CFB {
        return Ok(Box::new(Xls::open(path)?));
    }
    let package = Package::open(path)?;
    let relations = relations::relations(&package, "")?;
    let main = relations.of_kind("officeDocument").unwrap_or_default();
    if Path::new(main).extension().is_some_and(|extension| extension.eq_ignore_ascii_case("bin")) {
        return Ok(Box::new(Xlsb::open(package, main)?));
    }
    if main.starts_with("xl/") || main.ends_with("workbook.xml") {
        return Ok(Box::new(Xlsx::open(package, main)?));
    }
    if package.has(ods::CONTENT) {
        return Ok(Box::new(Ods::open(package)?));
    }
    Err(no_workbook(&package).into())
}

/// Says what an archive is that holds no workbook.
fn no_workbook(package: &Package) -> &'static str {
    match () {
        () if package.has_folder("index/") || package.has("index.zip") => {
            "is a Numbers document; export it as Excel (.xlsx) or as CSV"
        }
        () if package.has_folder("word/") || package.has_folder("ppt/") => OTHER_DOCUMENT,
        () => "is a zip archive; unpack it and name the roster in it",
    }
}
