//! What is in the write-ahead log goes into the ledger's file beside the service, on a connection of its own: `SQLite`
//! does it within whatever commit makes the log long enough, and a graduate would wait for that.

use std::time::Duration;

use sqlx::Connection;
use sqlx::sqlite::SqliteConnection;
use tokio::sync::mpsc::WeakSender;

use crate::store::writer::Job;
use crate::store::{Engine, Store, StoreError, Writer};

/// How often; a busy service writes some thousand pages meanwhile. While it is done, commits wait longer for the disk.
const EVERY: Duration = Duration::from_secs(1);

/// Pages (of 4 KiB) from which on a commit does it all the same. The log begins anew only when all of it is in the
/// file, and while graduates come without a break, none but a commit finds that moment; little is left to do by then.
const LONGEST_LOG: u32 = 16_000;

impl Store {
    /// The [`Store::writer`] of a service.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be opened for writing.
    pub async fn service_writer(&self) -> Result<Writer, StoreError> {
        let Engine::Sqlite(ledger) = &self.0 else { return self.writer().await };
        let mut connection = ledger.connect().await?;
        // it waits in its own way
        let settings = format!("PRAGMA busy_timeout = 0; PRAGMA wal_autocheckpoint = {LONGEST_LOG}");
        sqlx::raw_sql(sqlx::AssertSqlSafe(settings)).execute(&mut connection).await?;
        let place = Engine::Sqlite(ledger.write_gate()?);
        let writer = Writer::start(Engine::Sqlite(connection), place).await?;
        let beside = ledger.connect().await?;
        tokio::spawn(keep_short(beside, writer.0.downgrade()));
        Ok(writer)
    }

    /// Brings everything from the write-ahead log into the ledger's file, so that a plain copy of that file is
    /// whole when nothing is at work. Beside a service the log stays, since nobody could write while it is emptied.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written.
    pub async fn checkpoint(&self) -> Result<(), StoreError> {
        self.checkpoint_by(if self.is_served().await { "PASSIVE" } else { "TRUNCATE" }).await
    }

    /// The same by a service at its end, which is beside no other.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written.
    pub async fn checkpoint_alone(&self) -> Result<(), StoreError> {
        self.checkpoint_by("TRUNCATE").await
    }

    async fn checkpoint_by(&self, how: &str) -> Result<(), StoreError> {
        let Engine::Sqlite(ledger) = &self.0 else { return Ok(()) };
        let mut connection = ledger.connect().await?;
        // somebody who is reading may finish in peace: the next run settles it then
        let settle = format!("PRAGMA busy_timeout = 1000; PRAGMA wal_checkpoint({how})");
        sqlx::raw_sql(sqlx::AssertSqlSafe(settle)).execute(&mut connection).await?;
        connection.close().await?;
        Ok(())
    }
}

#[expect(clippy::disallowed_methods, reason = "the disk's work, in real time")]
async fn keep_short(mut connection: SqliteConnection, writer: WeakSender<Job>) {
    while writer.upgrade().is_some() {
        tokio::time::sleep(EVERY).await;
        if let Err(error) = sqlx::query("PRAGMA wal_checkpoint(PASSIVE)").execute(&mut connection).await {
            tracing::debug!("the write-ahead log stays as it is for now: {error}");
        }
    }
}
