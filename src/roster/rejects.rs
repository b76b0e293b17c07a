//! The rejected rows as a CSV of their own: the original columns and what is wrong, for the registry to mend
//! and import again.

use std::io;
use std::path::{Path, PathBuf};

use csv::StringRecord;
use tempfile::NamedTempFile;

/// Name of the column that is added, and the mark of a roster that holds mended rows only.
pub(super) const WHAT_IS_WRONG: &str = "what_is_wrong";

/// Writes rejected rows. Personal data, so only its owner may read the file.
pub struct RejectsWriter {
    csv: csv::Writer<NamedTempFile>,
    path: PathBuf,
    /// Where a file that was rejected before has its earlier complaints.
    earlier: Option<usize>,
}

impl RejectsWriter {
    /// Begins the file with a byte order mark, by which Excel knows UTF-8, and the header.
    ///
    /// # Errors
    /// What the system says when the file cannot be written.
    pub fn create(path: &Path, header: &StringRecord) -> io::Result<Self> {
        use io::Write as _;
        // an earlier file stays until this one is whole; a temporary file is its owner's only (0600)
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        std::fs::metadata(folder)?;
        let mut file = NamedTempFile::new_in(folder)?;
        file.write_all(b"\xef\xbb\xbf")?;
        let mut csv =
            csv::WriterBuilder::new().flexible(true).terminator(csv::Terminator::CRLF).from_writer(file);
        let earlier = header.iter().position(|name| name == WHAT_IS_WRONG);
        let names = header.iter().filter(|name| *name != WHAT_IS_WRONG).map(harmless);
        csv.write_record(names.chain([WHAT_IS_WRONG.to_owned()]))?;
        Ok(Self { csv, path: path.to_owned(), earlier })
    }

    /// Writes one row with its mistakes. A row that is too short stays so: filled up, it would look mended.
    ///
    /// # Errors
    /// What the system says when the file cannot be written.
    pub fn write(&mut self, fields: &StringRecord, mistakes: &str) -> io::Result<()> {
        let cells = fields.iter().map(harmless);
        for (position, cell) in cells.enumerate() {
            if Some(position) != self.earlier {
                self.csv.write_field(cell.as_bytes())?;
            }
        }
        self.csv.write_field(harmless(mistakes))?;
        self.csv.write_record(None::<&[u8]>)?;
        Ok(())
    }

    /// Puts the file in its place.
    ///
    /// # Errors
    /// What the system says when the file cannot be written.
    pub fn finish(self) -> io::Result<()> {
        let file = self.csv.into_inner().map_err(csv::IntoInnerError::into_error)?;
        file.as_file().sync_all()?;
        file.persist(&self.path)?;
        Ok(())
    }
}

/// Where a cell begins for a spreadsheet that takes another sign for the delimiter than ours.
const DELIMITERS: [char; 4] = [';', '\t', '\n', '\r'];

/// By these signs a spreadsheet knows a formula, or passes over them and finds one; the last four are the wide ones of
/// East Asian keyboards.
const FORMULA: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];

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

/// A cell of a rejects file as it was before [`harmless`].
pub(super) fn as_it_was(cell: &str) -> String {
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

    proptest! {
        #[test]
        fn a_cell_comes_back_as_it_was(cell in "[-=+@;a1\"\t\n \u{ff1d}]{0,8}") {
            let written = harmless(&cell);
            prop_assert_eq!(as_it_was(&written), cell);
        }
    }
}
