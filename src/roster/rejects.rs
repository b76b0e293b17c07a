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
        csv.write_record(header.iter().filter(|name| *name != WHAT_IS_WRONG).chain([WHAT_IS_WRONG]))?;
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
        self.csv.write_field(mistakes)?;
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

/// A cell that a spreadsheet would run as a formula gets an apostrophe before it; numbers stay numbers.
fn harmless(cell: &str) -> std::borrow::Cow<'_, str> {
    let runs = cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.parse::<f64>().is_err();
    if runs { format!("'{cell}").into() } else { cell.into() }
}

/// A cell of a rejects file as it was before [`harmless`].
pub(super) fn as_it_was(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| harmless(rest) != *rest).unwrap_or(cell)
}
