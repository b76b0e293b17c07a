//! Who is at work: locks of the database, held by a connection that does nothing else. The server frees them when the connection ends,
//! however it does. Whoever changes what may be mailed is alone; whoever only sends shares the lock with
//! others that do. Services are beside each other, but not while a ledger is moved.

use std::time::Duration;

use jiff::Timestamp;
use sqlx::postgres::PgConnection;

use crate::config::Server;
use crate::store::postgres::ledger::{Ledger, connect_as};
use crate::store::{LockError, StoreError};

/// What is locked, as the statements of `sql/postgres/queries/locks` number it.
#[derive(Debug, Clone, Copy)]
pub(in crate::store) enum Lock {
    /// A run at work.
    Run = 1,
    /// Services at work.
    Service = 2,
}

/// With whom a lock is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::store) enum Holding {
    /// Nobody else.
    Alone,
    /// Others who share it.
    Shared,
}

/// Takes a lock, for as long as the connection lives.
pub(in crate::store) async fn take(
    server: &Server,
    (lock, holding): (Lock, Holding),
    command: &str,
    now: Timestamp,
) -> Result<PgConnection, LockError> {
    // as long as a name may be there
    let me = format!("gradpass {command}, process {}, since {now:.0}", std::process::id());
    let mut connection = connect_as(server, &me).await?;
    for _ in 0..LOOKS {
        let is_taken = match holding {
            Holding::Alone => try_alone(&mut connection, lock).await,
            Holding::Shared => try_beside(&mut connection, lock).await,
        };
        if is_taken.map_err(StoreError::from)? {
            return Ok(connection);
        }
        wait().await;
    }
    let lock = lock as i32;
    let holder = sqlx::query_file!("sql/postgres/queries/locks/holder.sql", lock)
        .fetch_optional(&mut connection)
        .await
        .map_err(StoreError::from)?;
    // it may have gone meanwhile
    Err(LockError::Held(holder.map_or_else(|| "it ends just now".to_owned(), |row| row.holder)))
}

async fn try_alone(connection: &mut PgConnection, lock: Lock) -> Result<bool, sqlx::Error> {
    let lock = lock as i32;
    let taken = sqlx::query_file!("sql/postgres/queries/locks/take.sql", lock).fetch_one(connection).await?;
    Ok(taken.is_taken)
}

/// Whether this connection holds a lock from now on, beside others that hold it so.
pub(in crate::store) async fn try_beside(
    connection: &mut PgConnection,
    lock: Lock,
) -> Result<bool, sqlx::Error> {
    let lock = lock as i32;
    let taken = sqlx::query_file!("sql/postgres/queries/locks/share.sql", lock).fetch_one(connection).await?;
    Ok(taken.is_taken)
}

/// From here on others may hold a lock, too, that this connection has held alone; in between nobody gets it.
pub(in crate::store) async fn share(connection: &mut PgConnection, lock: Lock) -> Result<(), sqlx::Error> {
    if try_beside(connection, lock).await? {
        let lock = lock as i32;
        sqlx::query_file!("sql/postgres/queries/locks/let_go.sql", lock).fetch_one(connection).await?;
    }
    Ok(())
}

/// The server may not have noticed yet that somebody has ended.
const LOOKS: u32 = 10;

#[expect(clippy::disallowed_methods, reason = "another process holds the lock, in real time")]
async fn wait() {
    tokio::time::sleep(Duration::from_millis(20)).await;
}

impl Ledger {
    /// Whether somebody holds a lock now. Where that cannot be asked, nobody is known to.
    pub(in crate::store) async fn is_held(&self, lock: Lock) -> bool {
        let lock = lock as i32;
        let holder = sqlx::query_file!("sql/postgres/queries/locks/holder.sql", lock)
            .fetch_optional(&self.readers)
            .await;
        holder.is_ok_and(|holder| holder.is_some())
    }
}
