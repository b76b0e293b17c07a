//! The ledger: one `SQLite` file, and the only caller of SQL (`sql/queries`, one statement a file).
//!
//! WAL with `synchronous = FULL`: a mark that is lost would mean a second mail. All writing of a running
//! service goes through one [`Writer`], which commits in groups; an import has a connection of its own.

mod batched;
mod error;
mod import;
mod mail;
mod people;
mod qualification;
mod redemption;
mod sqlite;

use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::Connection;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePool, SqlitePoolOptions};

pub use self::batched::step::Accepted;
pub use self::batched::turn::{Answered, DayBudget, Marked, Marking, Turn};
pub use self::import::batch::{Batch, BatchBegun, PastBatch};
pub use self::import::conflicts::{HoldSource, IdLengths, SharingRow, SuspectRow};
pub use self::import::first::FirstImport;
pub use self::import::merge::{BatchScope, Merged};
pub use self::import::plan::{Changes, Newcomers};
pub use self::import::renamed::{Kept, Renamed};
pub use self::import::staging::{StagedRow, Staging};
pub use self::import::transcripts::{HeldAward, LostTranscripts};
pub use self::import::types::OtherWord;
pub use self::mail::bounces::{Addressee, Bounce, RefusingDomain, Restoration, Taken, Unreached};
pub use self::mail::due::{DueCursor, DueMessage};
pub use self::mail::preview::{Origin, Rejection};
pub use self::mail::reminders::{ReminderFigures, ReminderOutlook, ReminderRule};
pub use self::mail::sending::Sending;
pub use self::people::audit::Deed;
pub use self::people::corrections::Corrected;
pub use self::people::figures::{MailFigures, StateCounts};
pub use self::people::held::Held;
pub use self::people::help_desk::Retried;
pub use self::people::holds::{Hold, RejectedRow};
pub use self::people::late_changes::{LateChange, LateValue};
pub use self::people::lists::{Listed, ListedBounce, Standing};
pub use self::people::purge::Purgeable;
pub use self::people::report::{BatchReached, Happened, ImportFigures, Reached, ReportFigures};
pub use self::people::timeline::{
    AttemptStory, BounceStory, InvitationStory, MessageStory, QualificationStory, RosterChange,
    SubmissionPast, SubmissionStory, Timeline, WrongAnswer,
};
pub use self::redemption::redeemable::{Award, NewSubmission, Redeemable, Submitted, Superseded, Told};
pub use self::redemption::submission::{Place, Unfinished, Waiting};
pub use self::redemption::submission_moves::{Ended, Tried};
pub use self::sqlite::bulk::Bulk;
pub use self::sqlite::generation::GenerationError;
use self::sqlite::generation::GenerationFile;
pub use self::sqlite::lock::{LockError, RunLock};
use self::sqlite::opening::{
    connect, create_private, is_of_this_version, migrate, not_somebody_elses, reading, writing,
};
pub use self::sqlite::scratch::ScratchCopy;
pub use self::sqlite::watch::Watch;
use self::sqlite::write_gate::WriteGate;
pub use self::sqlite::writer::Writer;
use crate::config::Database;
use crate::credential::CredentialType;
use error::unusable;
pub use error::{StoreError, is_busy};

/// An open ledger. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Store {
    path: PathBuf,
    writing: SqliteConnectOptions,
    readers: SqlitePool,
    watch: Watch,
    generation: GenerationFile,
}

impl Store {
    /// Opens the ledger for a run, making it and bringing its tables up to date as needed.
    ///
    /// # Errors
    /// [`StoreError`] when it is damaged, of a newer gradpass, or cannot be written.
    pub async fn open(database: &Database) -> Result<Self, StoreError> {
        Self::open_watched(database, Watch::default()).await
    }

    /// The same, with a look at every connection.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub async fn open_watched(database: &Database, watch: Watch) -> Result<Self, StoreError> {
        let Database::File(path) = database;
        Self::open_as(path, writing(path), watch).await
    }

    async fn open_as(path: &Path, writing: SqliteConnectOptions, watch: Watch) -> Result<Self, StoreError> {
        create_private(path)?;
        not_somebody_elses(path).await?;
        // a migration may make a table anew that others point at
        let mut connection = connect(&writing.clone().foreign_keys(false), path, &watch).await?;
        migrate(&mut connection, path).await?;
        connection.close().await?;
        Self::read(path, writing, watch).await
    }

    /// Opens an existing ledger to look at; nothing can be written through it.
    ///
    /// # Errors
    /// [`StoreError::Missing`] where there is none; else as [`Store::open`].
    pub async fn open_read_only(database: &Database) -> Result<Self, StoreError> {
        Self::find(database)?;
        let Database::File(path) = database;
        let mut connection = connect(&reading(path), path, &Watch::default()).await?;
        is_of_this_version(&mut connection, path).await?;
        connection.close().await?;
        Self::read(path, writing(path), Watch::default()).await
    }

    async fn read(path: &Path, writing: SqliteConnectOptions, watch: Watch) -> Result<Self, StoreError> {
        let watching = watch.clone();
        let readers = SqlitePoolOptions::new()
            .max_connections(2)
            // it is a file, and not a server that may have gone
            .test_before_acquire(false)
            .acquire_timeout(Duration::from_secs(30))
            .after_connect(move |connection, _| {
                let watch = watching.clone();
                Box::pin(async move { watch.see(connection).await })
            })
            .connect_with(reading(path))
            .await
            .map_err(|error| unusable(path, &error))?;
        let generation = GenerationFile::of(&Database::File(path.to_owned()));
        Ok(Self { path: path.to_owned(), writing, readers, watch, generation })
    }

    /// The task through which everything but an import is written.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be opened for writing.
    pub async fn writer(&self) -> Result<Writer, StoreError> {
        let mut connection = connect(&self.writing, &self.path, &self.watch).await?;
        // it waits in its own way
        sqlx::query("PRAGMA busy_timeout = 0").execute(&mut connection).await?;
        Ok(Writer::start(connection, self.write_gate()?).await?)
    }

    /// A connection with an empty staging place beside the ledger, for one import of rows of this type.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be opened for writing.
    pub async fn staging(&self, of: CredentialType) -> Result<Staging, StoreError> {
        // whatever a row points at is selected by the same statement, or was inserted by the one before
        let connection = connect(&self.writing.clone().foreign_keys(false), &self.path, &self.watch).await?;
        Staging::attach(connection, self.write_gate()?, of).await
    }

    fn write_gate(&self) -> Result<WriteGate, StoreError> {
        WriteGate::beside(&self.path).map_err(|error| StoreError::Unusable {
            path: self.path.clone(),
            problem: format!("has no lock file beside it: {error}"),
        })
    }

    /// Brings everything from the write-ahead log into the ledger's file, so that a plain copy of that file is
    /// whole when nothing is at work. Beside a service the log stays, since nobody could write while it is emptied.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written.
    pub async fn checkpoint(&self) -> Result<(), StoreError> {
        self.checkpoint_by(if self.is_served() { "PASSIVE" } else { "TRUNCATE" }).await
    }

    /// The same by a service at its end, which is beside no other.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written.
    pub async fn checkpoint_alone(&self) -> Result<(), StoreError> {
        self.checkpoint_by("TRUNCATE").await
    }

    async fn checkpoint_by(&self, how: &str) -> Result<(), StoreError> {
        let mut connection = connect(&self.writing, &self.path, &self.watch).await?;
        // somebody who is reading may finish in peace: the next run settles it then
        let settle = format!("PRAGMA busy_timeout = 1000; PRAGMA wal_checkpoint({how})");
        sqlx::raw_sql(sqlx::AssertSqlSafe(settle)).execute(&mut connection).await?;
        connection.close().await?;
        Ok(())
    }

    /// Makes sure that codes are hashed with the key that this ledger knows; the first key is remembered.
    ///
    /// # Errors
    /// [`StoreError::OtherKey`] for another one.
    pub async fn remember_key(&self, writer: &Writer, fingerprint: Vec<u8>) -> Result<(), StoreError> {
        let given = fingerprint.clone();
        writer
            .write(move |connection| {
                Box::pin(async move {
                    sqlx::query_file!("sql/queries/people/code_key_remember.sql", given)
                        .execute(connection)
                        .await?;
                    Ok(())
                })
            })
            .await?;
        self.refuse_other_key(&fingerprint).await
    }

    /// Whether codes were made with this key, or none were made yet.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn knows_key(&self, fingerprint: &[u8]) -> Result<bool, StoreError> {
        let known =
            sqlx::query_file!("sql/queries/people/code_key_known.sql").fetch_optional(&self.readers).await?;
        Ok(known.is_none_or(|known| known.fingerprint == fingerprint))
    }

    /// Before anything is written under another key than the codes of this ledger.
    ///
    /// # Errors
    /// [`StoreError::OtherKey`] for another one.
    pub async fn refuse_other_key(&self, fingerprint: &[u8]) -> Result<(), StoreError> {
        if self.knows_key(fingerprint).await? { Ok(()) } else { Err(StoreError::OtherKey) }
    }
}
