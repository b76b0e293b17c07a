//! A ledger from one engine to the other: every row of every table, counted on both sides, into one that is empty, in one
//! transaction. The one that was left counts as a copy from then on, as one restored from a backup does: whoever goes on with it
//! is told, and nobody is mailed twice by it.

mod tables;
mod to_file;
mod to_server;
mod values;

use sqlx::Connection;

use crate::config::Database;
use crate::store::sqlite::generation::GenerationFile;
use crate::store::{Deed, Engine, Store, StoreError};
use tables::TABLES;

/// What moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moved {
    /// Rows of all tables.
    pub rows: u64,
    /// Graduates among them.
    pub graduates: u64,
}

/// Why a ledger was not moved.
#[derive(Debug, thiserror::Error)]
pub enum MoveError {
    /// Something is there already.
    #[error("{0} is not empty: a ledger is moved into an empty one only")]
    NotEmpty(Database),
    /// Both are files, or both on servers.
    #[error(
        "{from} and {to} are of one kind; copy a file as a file, and move a database from server to server with pg_dump"
    )]
    SameKind {
        /// The ledger.
        from: Database,
        /// Where it was to go.
        to: Database,
    },
    /// What was written is not what was read: nothing was moved.
    #[error("{table}: {read} rows were read and {written} are there; nothing was moved")]
    Miscounted {
        /// The table.
        table: &'static str,
        /// Of the old ledger.
        read: u64,
        /// In the new one.
        written: u64,
    },
    /// The end was not answered for: it may be there or not.
    #[error(
        "whether {to} has kept what was moved is not known: {source}; look with `gradpass check`. {from} counts as a copy from now \
         on, as after a restore"
    )]
    Unknown {
        /// The ledger.
        from: Database,
        /// Where it was to go.
        to: Database,
        /// What happened.
        source: sqlx::Error,
    },
    /// One of both cannot be used.
    #[error("{0}")]
    Store(#[from] StoreError),
    /// The same.
    #[error("nothing was moved: {0}")]
    Database(#[from] sqlx::Error),
}

impl Store {
    /// Moves the ledger `from` into `to`, which has to be empty: all or nothing. Nobody may be at work on either.
    ///
    /// # Errors
    /// [`MoveError`]; nothing was moved then, unless it says so.
    pub async fn move_ledger(from: &Database, to: &Database, deed: Deed) -> Result<Moved, MoveError> {
        let same_kind = || MoveError::SameKind { from: from.clone(), to: to.clone() };
        if from.file().is_some() == to.file().is_some() {
            return Err(same_kind());
        }
        let (old, new) = (Self::open_read_only(from).await?, Self::open(to).await?);
        let unknown = |source| MoveError::Unknown { from: from.clone(), to: to.clone(), source };
        let counts = match (&old.0, &new.0) {
            (Engine::Sqlite(old), Engine::Postgres(new)) => {
                let mut writing = new.readers.begin().await?;
                let counts = to_server::copy(old, (&mut writing, to), deed).await?;
                counts.remember(from, to)?;
                writing.commit().await.map_err(unknown)?;
                counts
            }
            (Engine::Postgres(old), Engine::Sqlite(new)) => {
                // a row may come before the one that it points at
                let mut connection = new.connect_unchecked().await?;
                let mut writing = connection.begin_with("BEGIN IMMEDIATE").await?;
                let counts = to_file::copy(old, (&mut writing, to), deed).await?;
                counts.remember(from, to)?;
                writing.commit().await.map_err(unknown)?;
                connection.close().await?;
                counts
            }
            _ => return Err(same_kind()),
        };
        Ok(counts.moved())
    }
}

/// For the audit of the new ledger, in words that both engines take.
const AUDIT: &str = "INSERT INTO audit (at, operator, act, why, what) VALUES ($1, $2, $3, $4, $5)";

/// What was copied.
struct Counts {
    /// Names the ledger, wherever it is.
    ledger: String,
    /// How far sending has come in the new one: one further than in the old.
    number: i64,
    /// Rows, in the order of [`TABLES`].
    rows: Vec<u64>,
}

impl Counts {
    /// Before the new ledger stands: whoever dies between the two leaves an old one that counts as a copy without need, and
    /// never two that both go on mailing.
    fn remember(&self, from: &Database, to: &Database) -> Result<(), StoreError> {
        // the one that must not go on comes last
        for ledger in [to, from] {
            GenerationFile::of(ledger).remember(&self.ledger, self.number)?;
        }
        Ok(())
    }

    fn moved(&self) -> Moved {
        let of = |name: &str| TABLES.iter().position(|table| table.name == name);
        let graduates = of("graduate").and_then(|place| self.rows.get(place)).copied().unwrap_or(0);
        Moved { rows: self.rows.iter().sum(), graduates }
    }
}
