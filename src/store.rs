//! The ledger, in one `SQLite` file or on a PostgreSQL server, and the only caller of SQL (`sql/queries`, one statement a file).
//!
//! Every commit is synchronous: a mark that is lost would mean a second mail. All writing of a running
//! service goes through one [`Writer`], which commits in groups; an import has a connection of its own.

#[macro_use]
mod engine;
mod batched;
mod error;
mod import;
mod mail;
mod moment;
mod moving;
mod people;
mod postgres;
mod qualification;
mod redemption;
mod sqlite;
mod writer;

use std::sync::Arc;

pub use self::batched::step::Accepted;
pub use self::batched::turn::{Answered, DayBudget, Marked, Marking, Turn};
use self::engine::Readers;
pub use self::engine::{Connection, Engine, Kind};
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
pub use self::mail::due::{DueCursor, DueMessage, DuePage};
pub use self::mail::preview::{Origin, Rejection};
pub use self::mail::reminders::{ReminderFigures, ReminderOutlook, ReminderRule};
pub use self::mail::sending::Sending;
pub use self::moving::{MoveError, Moved};
pub use self::people::audit::Deed;
pub use self::people::corrections::Corrected;
pub use self::people::counts::LedgerCounts;
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
pub use self::postgres::node::{Node, NodeId};
pub use self::postgres::standby::Standby;
pub use self::redemption::guesses::Levels;
pub use self::redemption::pace::{Admission, Draw, Leased, SharedPace, Slot};
pub use self::redemption::redeemable::{Award, NewSubmission, Redeemable, Submitted, Superseded, Told};
pub use self::redemption::slots::Pace;
pub use self::redemption::submission::{Place, Unfinished, Waiting};
pub use self::redemption::submission_moves::{Ended, Tried};
pub use self::sqlite::bulk::Bulk;
pub use self::sqlite::generation::GenerationError;
use self::sqlite::generation::GenerationFile;
pub use self::sqlite::lock::{LockError, RunLock};
pub use self::sqlite::scratch::ScratchCopy;
pub use self::sqlite::watch::Watch;
pub use self::writer::Writer;
use crate::config::Database;
use crate::credential::CredentialType;
pub(in crate::store) use error::is_busy;
pub use error::{StoreError, is_for_later};

/// An open ledger. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Store(Engine<Arc<sqlite::ledger::Ledger>, Arc<postgres::ledger::Ledger>>);

impl Store {
    /// Opens the ledger for a run, making it and bringing its tables up to date as needed.
    ///
    /// # Errors
    /// [`StoreError`] when it is damaged, of a newer gradpass, or cannot be written.
    pub async fn open(database: &Database) -> Result<Self, StoreError> {
        Self::open_watched(database, Watch::default()).await
    }

    /// The same, with a look at every connection to a file.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub async fn open_watched(database: &Database, watch: Watch) -> Result<Self, StoreError> {
        Ok(Self(match database {
            Database::File(path) => {
                Engine::Sqlite(Arc::new(sqlite::ledger::Ledger::open(path, watch).await?))
            }
            Database::Server(server) => {
                Engine::Postgres(Arc::new(postgres::ledger::Ledger::open(server).await?))
            }
        }))
    }

    /// Opens an existing ledger to look at; nothing can be written through it.
    ///
    /// # Errors
    /// [`StoreError::Missing`] where there is none; else as [`Store::open`].
    pub async fn open_read_only(database: &Database) -> Result<Self, StoreError> {
        Ok(Self(match database {
            Database::File(path) => {
                Engine::Sqlite(Arc::new(sqlite::ledger::Ledger::open_read_only(path).await?))
            }
            Database::Server(server) => {
                Engine::Postgres(Arc::new(postgres::ledger::Ledger::open_read_only(server).await?))
            }
        }))
    }

    /// Whether several services may share it.
    #[must_use]
    pub const fn is_shared(&self) -> bool {
        matches!(self.0, Engine::Postgres(_))
    }

    /// For what is only read.
    fn readers(&self) -> Readers<'_> {
        match &self.0 {
            Engine::Sqlite(ledger) => Engine::Sqlite(&ledger.readers),
            Engine::Postgres(ledger) => Engine::Postgres(&ledger.readers),
        }
    }

    /// Where it is remembered how far sending has come.
    fn generation(&self) -> &GenerationFile {
        match &self.0 {
            Engine::Sqlite(ledger) => &ledger.generation,
            Engine::Postgres(ledger) => &ledger.generation,
        }
    }

    /// The task through which everything but an import is written.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be opened for writing.
    pub async fn writer(&self) -> Result<Writer, StoreError> {
        match &self.0 {
            Engine::Sqlite(ledger) => ledger.writer().await,
            Engine::Postgres(ledger) => ledger.writer().await,
        }
    }

    /// A connection with an empty staging place of its own, for one import of rows of this type.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be opened for writing.
    pub async fn staging(&self, of: CredentialType) -> Result<Staging, StoreError> {
        match &self.0 {
            Engine::Sqlite(ledger) => ledger.staging(of).await,
            Engine::Postgres(ledger) => ledger.staging(of).await,
        }
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
                    run!(connection, "sql/queries/people/code_key_remember.sql"(given))?;
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
        let known = ask!(self.readers(), fetch_optional, "sql/queries/people/code_key_known.sql"() as { fingerprint: Vec<u8> })?;
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
