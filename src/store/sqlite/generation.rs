//! A file beside the ledger that remembers how far sending had come, so that a ledger which was restored from a backup
//! is found out before it mails again whom later nights mailed.
//!
//! Each sending counts up in the ledger first and here afterwards. It is not part of the ledger's backup, and not named
//! after it, so that whoever moves the ledger's files away leaves it where it is.

use std::fs::{self, Permissions};
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use crate::config::Database;
use crate::store::{Engine, Sending, Store, StoreError, Writer};

/// The file beside a ledger.
#[derive(Debug, Clone)]
pub(in crate::store) struct GenerationFile {
    path: PathBuf,
    /// The ledger is known to be where it last sent from: another machine may have its first sending from it, without a file.
    is_at_home: bool,
}

/// Why the file cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{}: {source}; without it a ledger restored from a backup would mail people twice", path.display())]
pub struct GenerationError {
    path: PathBuf,
    source: std::io::Error,
}

impl GenerationFile {
    /// The one of a ledger.
    pub(in crate::store) fn of(ledger: &Database) -> Self {
        Self { path: ledger.companion("witness"), is_at_home: false }
    }

    /// The number with which a ledger goes on that is older than the mails sent with it; `None` for one that knows all
    /// of them. One that has sent before and has no such file is taken for a copy, unless it is at home.
    ///
    /// # Errors
    /// [`GenerationError`] when the file is there and cannot be read.
    fn is_newer_than(&self, sending: &Sending) -> Result<Option<i64>, GenerationError> {
        let text = match fs::read_to_string(&self.path) {
            Err(source) if source.kind() == std::io::ErrorKind::NotFound => String::new(),
            read => read.map_err(|source| self.error(source))?,
        };
        let seen = text.trim().split_once(' ').filter(|(ledger, _)| *ledger == sending.ledger);
        let seen = seen.and_then(|(_, number)| number.parse::<i64>().ok());
        let is_behind = seen.map_or(sending.number > 0 && !self.is_at_home, |seen| seen > sending.number);
        Ok(is_behind.then(|| seen.unwrap_or(0).max(sending.number).saturating_add(1)))
    }

    /// Remembers that a ledger has come this far; returns once that is durable.
    ///
    /// # Errors
    /// [`GenerationError`] when it cannot be written.
    pub(in crate::store) fn remember(&self, ledger: &str, number: i64) -> Result<(), GenerationError> {
        let folder =
            self.path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let write = || {
            let mut file =
                tempfile::Builder::new().permissions(Permissions::from_mode(0o600)).tempfile_in(folder)?;
            writeln!(file, "{ledger} {number}")?;
            file.as_file().sync_all()?;
            file.persist(&self.path)?;
            fs::File::open(folder)?.sync_all()
        };
        write().map_err(|source: std::io::Error| self.error(source))
    }

    fn error(&self, source: std::io::Error) -> GenerationError {
        GenerationError { path: self.path.clone(), source }
    }
}

impl Store {
    /// The number with which the ledger goes on when it is older than the mails that were sent with it: it was restored from a
    /// backup, or is a copy. `None` for one that knows all of them.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger or the file beside it cannot be read.
    pub async fn lags_behind(&self) -> Result<Option<i64>, StoreError> {
        Ok(self.generation_now().await?.is_newer_than(&self.sending().await?)?)
    }

    /// The file beside the ledger, with whether the ledger is at home: a server knows its databases, and what a dump was restored into is
    /// another one. Of a file nobody knows.
    pub(in crate::store) async fn generation_now(&self) -> Result<GenerationFile, StoreError> {
        let Engine::Postgres(ledger) = &self.0 else { return Ok(self.generation().clone()) };
        let home = sqlx::query_file!("sql/postgres/queries/nodes/is_at_home.sql");
        let is_at_home = home.fetch_one(&ledger.readers).await?.is_at_home;
        Ok(GenerationFile { is_at_home, ..self.generation().clone() })
    }

    /// Remembers outside the ledger that it goes on with this number.
    ///
    /// # Errors
    /// [`StoreError`] when that cannot be written down.
    pub async fn remember_sending(&self, number: i64) -> Result<(), StoreError> {
        Ok(self.generation().remember(&self.sending().await?.ledger, number)?)
    }

    /// Counts a begin or an end of sending, in the ledger first. One that lags behind stays so until a whole roster was read.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger or the file beside it cannot be written.
    pub async fn count_sending(&self, writer: &Writer) -> Result<(), StoreError> {
        let sending = self.sending().await?;
        if self.generation_now().await?.is_newer_than(&sending)?.is_none() {
            if sending.number == 0 {
                // whoever dies behind the first count would leave a ledger that looks like a copy without its file
                self.generation().remember(&sending.ledger, 0)?;
            }
            let number = writer.count_sending().await?;
            self.generation().remember(&sending.ledger, number)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    fn sending(ledger: &str, number: i64) -> Sending {
        Sending { ledger: ledger.into(), number, restored: 0 }
    }

    #[test]
    fn an_older_copy_is_behind_and_everything_else_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let generation = GenerationFile::of(&folder.path().join("gradpass.db").into());
        assert_eq!(generation.is_newer_than(&sending("a", 0)).unwrap(), None, "nothing was ever sent");
        assert_eq!(generation.is_newer_than(&sending("a", 4)).unwrap(), Some(5), "a copy in another folder");
        generation.remember("a", 0).unwrap();
        assert_eq!(
            generation.is_newer_than(&sending("a", 1)).unwrap(),
            None,
            "it died as it began for the first time"
        );
        generation.remember("a", 7).unwrap();
        assert_eq!(generation.is_newer_than(&sending("a", 7)).unwrap(), None);
        assert_eq!(
            generation.is_newer_than(&sending("a", 8)).unwrap(),
            None,
            "it died before it was remembered"
        );
        assert_eq!(generation.is_newer_than(&sending("a", 6)).unwrap(), Some(8), "an older copy");
        assert_eq!(
            generation.is_newer_than(&sending("a", 0)).unwrap(),
            Some(8),
            "a copy from before the first mail"
        );
        assert_eq!(
            generation.is_newer_than(&sending("b", 0)).unwrap(),
            None,
            "a new ledger after an old one"
        );
        assert_eq!(
            generation.is_newer_than(&sending("b", 9)).unwrap(),
            Some(10),
            "another ledger came between"
        );
        let mode = fs::metadata(folder.path().join("gradpass.witness")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}
