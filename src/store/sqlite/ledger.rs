//! The ledger as one file: how it is opened, to write and to look at.

use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::pool::PoolConnection;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqlitePool, SqlitePoolOptions};
use sqlx::{Connection, Sqlite};

use crate::config::Database;
use crate::credential::CredentialType;
use crate::store::error::unusable;
use crate::store::sqlite::generation::GenerationFile;
use crate::store::sqlite::opening::{
    connect, create_private, is_of_this_version, is_up_to_date, migrate, not_somebody_elses, reading, writing,
};
use crate::store::sqlite::write_gate::WriteGate;
use crate::store::{Engine, Staging, StoreError, Watch, Writer};

/// An open file. Cheap to clone.
#[derive(Debug, Clone)]
pub(in crate::store) struct Ledger {
    pub(in crate::store) path: PathBuf,
    writing: SqliteConnectOptions,
    pub(in crate::store) readers: SqlitePool,
    watch: Watch,
    pub(in crate::store) generation: GenerationFile,
}

impl Ledger {
    /// Makes it and brings its tables up to date as needed.
    pub(in crate::store) async fn open(path: &Path, watch: Watch) -> Result<Self, StoreError> {
        Self::open_as(path, writing(path), watch).await
    }

    pub(in crate::store) async fn open_as(
        path: &Path,
        writing: SqliteConnectOptions,
        watch: Watch,
    ) -> Result<Self, StoreError> {
        create_private(path)?;
        let ledger = Self::read(path, writing, watch).await?;
        let mut reader = ledger.reader().await?;
        let has_log = not_somebody_elses(&mut reader, path).await?;
        if has_log && is_up_to_date(&mut reader, path).await? {
            // every connection reads all tables' definitions first: whoever looked goes on reading
            drop(reader);
            return Ok(ledger);
        }
        // whose journal changes is nobody else's
        drop(reader);
        ledger.readers.close().await;
        let Self { writing, watch, .. } = ledger;
        let _alone = if has_log { None } else { Some(write_gate(path)?.enter_to_make().await) };
        // a migration may make a table anew that others point at
        let mut connection = connect(&writing.clone().foreign_keys(false), path, &watch).await?;
        migrate(&mut connection, path).await?;
        connection.close().await?;
        Self::read(path, writing, watch).await
    }

    pub(in crate::store) async fn open_read_only(path: &Path) -> Result<Self, StoreError> {
        if !path.exists() {
            return Err(StoreError::Missing(Database::File(path.to_owned())));
        }
        let ledger = Self::read(path, writing(path), Watch::default()).await?;
        is_of_this_version(&mut *ledger.reader().await?, path).await?;
        Ok(ledger)
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

    async fn reader(&self) -> Result<PoolConnection<Sqlite>, StoreError> {
        self.readers.acquire().await.map_err(|error| unusable(&self.path, &error))
    }

    /// A connection that may write.
    pub(in crate::store) async fn connect(&self) -> Result<SqliteConnection, StoreError> {
        connect(&self.writing, &self.path, &self.watch).await
    }

    /// The same for statements that may leave one that points at nothing until the next.
    pub(in crate::store) async fn connect_unchecked(&self) -> Result<SqliteConnection, StoreError> {
        connect(&self.writing.clone().foreign_keys(false), &self.path, &self.watch).await
    }

    pub(in crate::store) async fn writer(&self) -> Result<Writer, StoreError> {
        let mut connection = self.connect().await?;
        // it waits in its own way
        sqlx::query("PRAGMA busy_timeout = 0").execute(&mut connection).await?;
        Ok(Writer::start(Engine::Sqlite(connection), Engine::Sqlite(self.write_gate()?)).await?)
    }

    pub(in crate::store) async fn staging(&self, of: CredentialType) -> Result<Staging, StoreError> {
        // whatever a row points at is selected by the same statement, or was inserted by the one before
        Staging::attach(self.connect_unchecked().await?, self.write_gate()?, of).await
    }

    pub(in crate::store) fn write_gate(&self) -> Result<WriteGate, StoreError> {
        write_gate(&self.path)
    }
}

fn write_gate(path: &Path) -> Result<WriteGate, StoreError> {
    WriteGate::beside(path)
        .map_err(|error| StoreError::of_file(path, format!("has no lock file beside it: {error}")))
}
