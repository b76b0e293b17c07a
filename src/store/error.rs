//! Why the ledger cannot be used, in words that say what to do.

use std::path::Path;

use sqlx::error::DatabaseError;
use sqlx::postgres::PgDatabaseError;
use sqlx::sqlite::SqliteError;

use super::sqlite::generation::GenerationError;
use crate::config::Database;

/// Why the ledger is of no use; each says what to do.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// No ledger yet.
    #[error("there is no ledger at {0} yet; {first}", first = first(.0))]
    Missing(Database),
    /// Made by a newer gradpass, or damaged, or not a ledger.
    #[error("ledger {ledger}: {problem}")]
    Unusable {
        /// Where it is.
        ledger: Database,
        /// What is wrong and what to do.
        problem: String,
    },
    /// The engine could not do it: disk full, locked, damaged, gone. Nothing was half done.
    #[error("the ledger could not be used: {}", in_words(.0))]
    Database(#[from] sqlx::Error),
    /// The key is not the one that this ledger's codes were made with.
    #[error(
        "the key file is not the one that this ledger's codes were made with: codes already mailed would stop \
         working. Restore the key file that belongs to this ledger from your backup"
    )]
    OtherKey,
    /// A server that does not answer, or lets nobody in now.
    #[error("ledger {ledger}: {problem}")]
    Unreachable {
        /// Where it is.
        ledger: Database,
        /// What happened.
        problem: String,
    },
    /// There is no place for a throw-away copy.
    #[error("the copy of the ledger for a dry run cannot be made: {0}; set TMPDIR to a folder with room")]
    NoCopy(std::io::Error),
    /// What the ledger's generation file says cannot be known or written.
    #[error(transparent)]
    Generation(#[from] GenerationError),
    /// The task that writes has ended after an error, which it reported to those who waited for it.
    #[error("the ledger could not be written: {}", in_words(.0))]
    Writer(std::sync::Arc<sqlx::Error>),
}

/// What makes a ledger.
fn first(ledger: &Database) -> &'static str {
    match ledger {
        Database::File(_) => "the first import makes it",
        Database::Server(_) => {
            "the first import makes its tables, or `gradpass move --to` brings a ledger there"
        }
    }
}

impl StoreError {
    pub(super) fn of_file(path: &Path, problem: impl Into<String>) -> Self {
        Self::Unusable { ledger: Database::File(path.to_owned()), problem: problem.into() }
    }
}

/// Whether somebody else holds the lock that was wanted (`SQLITE_BUSY` and its extended codes).
#[must_use]
pub fn is_busy(error: &sqlx::Error) -> bool {
    code(error) == Some(BUSY)
}

/// Whether waiting may help: somebody else holds the lock, or the server is away or lets nobody in now.
#[must_use]
pub fn is_for_later(error: &sqlx::Error) -> bool {
    is_busy(error) || is_away(error)
}

/// Whether a server does not answer, is out of connections, shuts down or starts up.
pub(super) fn is_away(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut => true,
        sqlx::Error::Database(error) => error
            .try_downcast_ref::<PgDatabaseError>()
            // https://www.postgresql.org/docs/current/errcodes-appendix.html
            .is_some_and(|error| error.code().starts_with("53") || error.code().starts_with("57P")),
        _ => false,
    }
}

// https://www.sqlite.org/rescode.html
const BUSY: i32 = 5;
const CORRUPT: i32 = 11;
const FULL: i32 = 13;
const NOT_A_DATABASE: i32 = 26;

/// The primary result code; a server has codes of its own.
fn code(error: &sqlx::Error) -> Option<i32> {
    let error = error.as_database_error()?.try_downcast_ref::<SqliteError>()?;
    let code = error.code()?;
    code.parse::<i32>().ok().map(|code| code & 0xff)
}

pub(super) const NOT_OURS: &str = "is an SQLite file, but not a gradpass ledger; check database.path";

pub(super) fn unusable(path: &Path, error: &sqlx::Error) -> StoreError {
    let problem = match code(error) {
        Some(NOT_A_DATABASE) => "is not a gradpass ledger, or is damaged; restore it from your backup".into(),
        Some(CORRUPT) => "is damaged; restore it from your backup".into(),
        _ if error.to_string().contains("no such table: _sqlx_migrations") => NOT_OURS.into(),
        _ => format!("cannot be opened: {error}"),
    };
    StoreError::of_file(path, problem)
}

/// What `SQLite` said, and what to do where it can be known.
fn in_words(error: &sqlx::Error) -> String {
    match code(error) {
        Some(CORRUPT | NOT_A_DATABASE) => format!("it is damaged; restore it from your backup ({error})"),
        Some(BUSY) => format!(
            "another program has held it locked for too long, such as a backup or an open sqlite3; run again when \
             that is done ({error})"
        ),
        Some(FULL) => {
            format!("the disk is full; make room and run it again, what was written down stands ({error})")
        }
        _ => error.to_string(),
    }
}

pub(super) fn migration_error(path: &Path, error: &sqlx::migrate::MigrateError) -> StoreError {
    use sqlx::migrate::MigrateError;
    let problem = match error {
        MigrateError::VersionMissing(_) => "was written by a newer gradpass; use that one".into(),
        MigrateError::VersionMismatch(_) => {
            "has tables that this gradpass did not make; check database.path".into()
        }
        MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => {
            return unusable(path, error);
        }
        other => format!("cannot be brought up to date: {other}"),
    };
    StoreError::of_file(path, problem)
}
