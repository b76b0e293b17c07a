//! The files that the rows of a roster name, as far as a plan has to know them.

use std::path::Path;

use sha2::{Digest, Sha256};

use super::{Column, Record, RosterError, RosterSettings, certificate, encoding, open};

/// SHA-256 over all of them in the order of the rows; none where the roster has no column of files.
///
/// # Errors
/// A [`RosterError`] where the roster cannot be read.
pub fn named_files(path: &Path, settings: &RosterSettings) -> Result<Vec<u8>, RosterError> {
    let error = |problem: String| RosterError { path: path.to_owned(), problem };
    let inspection = encoding::inspect(path, settings).map_err(error)?;
    let opened = open(path, &inspection, settings).map_err(error)?;
    let (columns, mut source) = (opened.columns, opened.source);
    let Some(folder) = columns.folder() else { return Ok(Vec::new()) };
    let mut sha256 = Sha256::new();
    let mut record = Record::default();
    while source.read_record(&mut record).map_err(error)? {
        let cell = columns.value(&record.fields, Column::OpenCert).trim();
        if !cell.is_empty() {
            // one that cannot be read is a mistake of its row, today and when the plan is followed
            let text = certificate::read(folder, cell).unwrap_or_default();
            sha256.update(Sha256::digest(text));
        }
    }
    Ok(sha256.finalize().to_vec())
}
