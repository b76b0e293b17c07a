//! The report as files that only their owner can read: students are named in it by their ids.

use std::fs;
use std::io::{self, Write};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::table::Table;
use super::{MARK, ReportError, ReportPage};

impl ReportPage {
    /// Writes the page, and its tables where a folder is named; returns the paths of the tables.
    ///
    /// # Errors
    /// [`ReportError`] when a file cannot be written, or the page's is there and is no earlier report.
    pub fn write(&self, html: &Path, csv: Option<&Path>) -> Result<Vec<PathBuf>, ReportError> {
        match fs::read(html) {
            Ok(earlier) if !is_ours(&earlier) => return Err(ReportError::NotOurs(html.to_owned())),
            Err(source) if source.kind() != io::ErrorKind::NotFound => {
                return Err(ReportError::Io { path: html.to_owned(), source });
            }
            _ => {}
        }
        put(html, self.html.as_bytes())?;
        let Some(folder) = csv else { return Ok(Vec::new()) };
        let io = |source| ReportError::Io { path: folder.to_owned(), source };
        fs::DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(io)?;
        let mut paths = Vec::new();
        for table in &self.tables {
            let path = folder.join(format!("gradpass-{}.csv", table.name));
            let text = text(table).map_err(|source| ReportError::Io { path: path.clone(), source })?;
            put(&path, &text)?;
            paths.push(path);
        }
        Ok(paths)
    }
}

/// The mark is in the first lines.
fn is_ours(file: &[u8]) -> bool {
    file.iter().take(100).copied().collect::<Vec<_>>().windows(MARK.len()).any(|part| part == MARK.as_bytes())
}

/// With a byte order mark, by which Excel knows UTF-8.
fn text(table: &Table) -> io::Result<Vec<u8>> {
    let mut builder = csv::WriterBuilder::new();
    let mut csv = builder.terminator(csv::Terminator::CRLF).from_writer(b"\xef\xbb\xbf".to_vec());
    csv.write_record(&table.head)?;
    for row in &table.rows {
        csv.write_record(row.iter().map(super::table::Cell::for_csv))?;
    }
    csv.into_inner().map_err(csv::IntoInnerError::into_error)
}

/// Puts a whole file into its place; a temporary file is its owner's only (0600).
fn put(path: &Path, bytes: &[u8]) -> Result<(), ReportError> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let writing = || {
        let mut file = NamedTempFile::new_in(folder)?;
        file.write_all(bytes)?;
        file.as_file().sync_all()?;
        file.persist(path)?;
        Ok(())
    };
    writing().map_err(|source| ReportError::Io { path: path.to_owned(), source })
}
