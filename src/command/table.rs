//! A list as a CSV file for a spreadsheet, readable by its owner only.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use jiff::civil::Date;
use tempfile::NamedTempFile;

use crate::app::App;
use crate::roster::{for_spreadsheet, free_path};

/// Writes a table and returns where: a file that is there is not written over, the new one gets the day in its name.
pub(super) fn write(
    path: &Path,
    today: Date,
    header: &[&str],
    rows: impl IntoIterator<Item = impl AsRef<[String]>>,
) -> Result<PathBuf> {
    if path == Path::new("-") {
        bail!("--csv wants the name of a file; `--json` writes to stdout");
    }
    let path = free_path(path, today);
    written(&path, header, rows).with_context(|| format!("{} cannot be written", path.display()))?;
    Ok(path)
}

/// Writes into the audit that a list left as a file.
pub(super) async fn exported(app: &App, what: &str, lines: &str) -> Result<()> {
    let deed = app.deed("export", None, format!("{what}, {lines}"), Vec::new());
    app.open().await?.writer().await?.note(deed).await?;
    Ok(())
}

fn written(
    path: &Path,
    header: &[&str],
    rows: impl IntoIterator<Item = impl AsRef<[String]>>,
) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // a temporary file is its owner's only (0600), and gets its name when it is whole
    let mut file = NamedTempFile::new_in(folder)?;
    // by the mark Excel knows UTF-8
    file.write_all(b"\xef\xbb\xbf")?;
    let mut table = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(file);
    table.write_record(header)?;
    for row in rows {
        table.write_record(row.as_ref().iter().map(|cell| for_spreadsheet(cell)))?;
    }
    let file = table.into_inner().map_err(csv::IntoInnerError::into_error)?;
    file.persist_noclobber(path)?;
    Ok(())
}
