//! The rejected rows in a file of their own: the original columns and what is wrong, for the registry to correct in a
//! spreadsheet and to import again. CSV with the roster's own delimiter, or a workbook with text cells.

use std::io;
use std::path::{Path, PathBuf};

use csv::StringRecord;
use jiff::civil::Date;
use rust_xlsxwriter::{Format, Workbook};
use tempfile::NamedTempFile;

/// Name of the column that is added, and the mark of a file that holds corrected rows only.
pub(super) const WHAT_IS_WRONG: &str = "what_is_wrong";

/// Writes rejected rows. Personal data, so only its owner may read the file.
pub struct RejectsWriter {
    table: Table,
    path: PathBuf,
    /// Where a file that was rejected before has its earlier complaints.
    earlier: Option<usize>,
}

enum Table {
    Csv(Box<csv::Writer<NamedTempFile>>),
    Workbook { workbook: Box<Workbook>, text: Box<Format>, rows: u32 },
}

impl RejectsWriter {
    /// Begins the file with its header: a workbook where the name ends in `.xlsx`, else CSV with a byte order mark, by
    /// which Excel knows UTF-8.
    ///
    /// # Errors
    /// What the system says when the file cannot be written.
    pub fn create(path: &Path, header: &StringRecord, delimiter: u8) -> io::Result<Self> {
        use io::Write as _;
        std::fs::metadata(folder(path))?;
        let table = if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx")) {
            let mut workbook = Box::new(Workbook::new());
            workbook.add_worksheet().set_name("Rejected rows").map_err(io::Error::other)?;
            Table::Workbook { workbook, text: Box::new(Format::new().set_num_format("@")), rows: 0 }
        } else {
            // a temporary file is its owner's only (0600), and gets its name when it is whole
            let mut file = NamedTempFile::new_in(folder(path))?;
            file.write_all(b"\xef\xbb\xbf")?;
            let mut builder = csv::WriterBuilder::new();
            builder.delimiter(delimiter).flexible(true).terminator(csv::Terminator::CRLF);
            Table::Csv(Box::new(builder.from_writer(file)))
        };
        let earlier = header.iter().position(|name| name == WHAT_IS_WRONG);
        let mut writer = Self { table, path: path.to_owned(), earlier };
        writer.row(header, WHAT_IS_WRONG)?;
        Ok(writer)
    }

    /// Writes one row with its mistakes. A row that is too short stays so: filled up, it would look corrected.
    ///
    /// # Errors
    /// What the system says when the file cannot be written.
    pub fn write(&mut self, fields: &StringRecord, mistakes: &str) -> io::Result<()> {
        self.row(fields, mistakes)
    }

    fn row(&mut self, fields: &StringRecord, last: &str) -> io::Result<()> {
        let earlier = self.earlier;
        let cells = fields.iter().enumerate().filter(|(position, _)| Some(*position) != earlier);
        let cells = cells.map(|(_, cell)| cell).chain([last]);
        match &mut self.table {
            Table::Csv(csv) => {
                for cell in cells {
                    csv.write_field(for_spreadsheet(cell).as_bytes())?;
                }
                csv.write_record(None::<&[u8]>)?;
            }
            Table::Workbook { workbook, text, rows } => {
                let sheet = workbook.worksheet_from_index(0).map_err(io::Error::other)?;
                for (column, cell) in (0..).zip(cells) {
                    sheet.write_string_with_format(*rows, column, cell, text).map_err(io::Error::other)?;
                }
                *rows += 1;
            }
        }
        Ok(())
    }

    /// Puts the file in its place; a file that appeared there meanwhile is not written over.
    ///
    /// # Errors
    /// What the system says when the file cannot be written.
    pub fn finish(self) -> io::Result<()> {
        let file = match self.table {
            Table::Csv(csv) => csv.into_inner().map_err(csv::IntoInnerError::into_error)?,
            Table::Workbook { mut workbook, .. } => {
                let mut file = NamedTempFile::new_in(folder(&self.path))?;
                workbook.save_to_writer(&mut file).map_err(io::Error::other)?;
                file
            }
        };
        file.as_file().sync_all()?;
        file.persist_noclobber(&self.path)?;
        Ok(())
    }
}

fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// The path itself where nothing is there yet; else one with the day in its name, for a file of an earlier night may just
/// be worked on: `rejects.csv`, `rejects-2026-11-23.csv`, `rejects-2026-11-23-2.csv`, …
#[must_use]
pub fn free_path(path: &Path, today: Date) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let ending = path.extension().map(|it| format!(".{}", it.to_string_lossy())).unwrap_or_default();
    let dated = |number: u32| {
        let number = if number > 1 { format!("-{number}") } else { String::new() };
        path.with_file_name(format!("{stem}-{today}{number}{ending}"))
    };
    std::iter::once(path.to_owned())
        .chain((1..10_000).map(dated))
        .find(|path| !path.exists())
        .unwrap_or_else(|| path.to_owned())
}

/// Where a cell begins for a spreadsheet that takes another sign for the delimiter than ours.
const DELIMITERS: [char; 4] = [';', '\t', '\n', '\r'];

/// By these signs a spreadsheet knows a formula, or passes over them and finds one; the last four are the wide ones of
/// East Asian keyboards.
const FORMULA: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];

/// A cell as it can go through a spreadsheet and come back the same: no formula, no number that loses its zeros or its
/// last digits, no date that gets another order.
pub(crate) fn for_spreadsheet(cell: &str) -> String {
    if is_kept_text(cell).is_some() {
        cell.to_owned()
    } else if would_change(cell) {
        format!("=\"{cell}\"")
    } else {
        harmless(cell)
    }
}

/// The text in `="00123"`, which spreadsheets show as it is.
fn is_kept_text(cell: &str) -> Option<&str> {
    cell.strip_prefix("=\"")?.strip_suffix('"').filter(|text| !text.contains('"'))
}

/// Whether a spreadsheet would take the cell for a number or a date and write it in another way.
fn would_change(cell: &str) -> bool {
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_digits(cell) {
        return cell.len() >= 12 || (cell.len() > 1 && cell.starts_with('0'));
    }
    let is_short = |text: &str| (1..=4).contains(&text.len());
    let parts: Vec<_> = cell.split(['-', '/', '.']).collect();
    let is_date = (2..=3).contains(&parts.len())
        && parts.iter().all(|part| is_short(part) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()))
        && parts.iter().filter(|part| is_digits(part)).count() + 1 >= parts.len();
    let is_exponent = cell
        .split_once(['e', 'E'])
        .is_some_and(|(one, two)| is_digits(one) && is_digits(two.trim_start_matches(['+', '-'])));
    let parts: Vec<_> = cell.split(':').collect();
    let is_time =
        (2..=3).contains(&parts.len()) && parts.iter().all(|part| is_short(part) && is_digits(part));
    (is_date && cell.parse::<f64>().is_err()) || is_exponent || is_time
}

/// A cell in which each beginning that a spreadsheet would run as a formula has an apostrophe before it.
fn harmless(cell: &str) -> String {
    let mut text = String::with_capacity(cell.len() + 1);
    for (at, sign) in cell.char_indices() {
        if begins(cell, at) && runs(&cell[at..]) {
            text.push('\'');
        }
        text.push(sign);
    }
    text
}

/// A cell of a rejects file as it was before [`for_spreadsheet`].
pub(super) fn as_it_was(cell: &str) -> String {
    if let Some(text) = is_kept_text(cell) {
        return text.to_owned();
    }
    let is_ours = |at: usize, sign| sign == '\'' && begins(cell, at) && runs(&cell[at + 1..]);
    cell.char_indices().filter(|(at, sign)| !is_ours(*at, *sign)).map(|(_, sign)| sign).collect()
}

fn begins(cell: &str, at: usize) -> bool {
    at == 0 || cell[..at].ends_with(DELIMITERS)
}

/// Numbers run nothing, and stay numbers.
fn runs(text: &str) -> bool {
    text.trim_start_matches('"').starts_with(FORMULA) && text.parse::<f64>().is_err()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_formula_gets_an_apostrophe_wherever_a_cell_may_begin() {
        for (cell, written) in [
            ("Arts", "Arts"),
            ("-1.5", "-1.5"),
            ("=1+1", "'=1+1"),
            ("\t=1", "'\t'=1"),
            ("History;=1+1", "History;'=1+1"),
            ("History;\"=1+1\"", "History;'\"=1+1\""),
            ("a\n@b", "a\n'@b"),
            ("\u{ff1d}1", "'\u{ff1d}1"),
            ("a-b; c=d", "a-b; c=d"),
        ] {
            assert_eq!(harmless(cell), written);
            assert_eq!(as_it_was(written), cell);
        }
    }

    #[test]
    fn ids_and_dates_go_through_a_spreadsheet_unchanged() {
        for cell in [
            "00012345",
            "2026-11-20",
            "20/11/2026",
            "123456789012",
            "12E45",
            "10-023",
            "20-Nov-26",
            "1-2",
            "12:30",
        ] {
            let written = for_spreadsheet(cell);
            assert_eq!(written, format!("=\"{cell}\""));
            assert_eq!(as_it_was(&written), cell);
        }
        for cell in ["s0012345", "2026", "1.5", "-1.5", "0", "Arts", "=\"007\"", "mei@uni.example", "Tan-Lee"]
        {
            assert_eq!(for_spreadsheet(cell), cell);
        }
    }

    #[test]
    fn a_file_that_is_there_is_never_written_over() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("rejects.csv");
        let today = jiff::civil::date(2026, 11, 23);
        for name in ["rejects.csv", "rejects-2026-11-23.csv", "rejects-2026-11-23-2.csv"] {
            let free = free_path(&path, today);
            assert_eq!(free, folder.path().join(name));
            std::fs::write(free, "x")?;
        }
        let mut writer = RejectsWriter::create(&path, &StringRecord::from(vec!["id"]), b';')?;
        writer.write(&StringRecord::from(vec!["1"]), "wrong")?;
        assert!(writer.finish().is_err());
        Ok(())
    }

    proptest! {
        #[test]
        fn a_cell_comes_back_as_it_was(cell in "[-=+@;a1\"\t\n \u{ff1d}]{0,8}") {
            let written = for_spreadsheet(&cell);
            let expected = is_kept_text(&cell).map_or(cell.clone(), str::to_owned);
            prop_assert_eq!(as_it_was(&written), expected);
        }
    }
}
