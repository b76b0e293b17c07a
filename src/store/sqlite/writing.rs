//! How a transaction begins that writes to the file.

use std::time::Duration;

use sqlx::sqlite::SqliteConnection;

use crate::store::is_busy;

/// How long somebody else may hold the write lock.
const LONGEST_WAIT: Duration = Duration::from_secs(30);

/// Begins a transaction that has the write lock, for a connection whose own waiting is turned off.
pub(in crate::store) async fn begin(connection: &mut SqliteConnection) -> Result<(), sqlx::Error> {
    let mut patience = BusyRetry::default();
    loop {
        match sqlx::query("BEGIN IMMEDIATE").execute(&mut *connection).await {
            Err(error) if patience.is_left(&error).await => {}
            begun => return begun.map(|_| ()),
        }
    }
}

/// Waits for the write lock by looking every millisecond: `SQLite`'s own waiting sleeps for longer and longer, up to a
/// tenth of a second.
#[derive(Default)]
pub(in crate::store) struct BusyRetry {
    looks: u128,
}

impl BusyRetry {
    /// Whether somebody else held the lock and may have let go of it by now.
    #[expect(clippy::disallowed_methods, reason = "another process holds the lock, in real time")]
    pub(in crate::store) async fn is_left(&mut self, error: &sqlx::Error) -> bool {
        if !is_busy(error) || self.looks >= LONGEST_WAIT.as_millis() {
            return false;
        }
        self.looks += 1;
        tokio::time::sleep(Duration::from_millis(1)).await;
        true
    }
}
