//! One connection that writes to a ledger on a server.

use sqlx::AssertSqlSafe;
use sqlx::postgres::PgConnection;

/// In a transaction of a writer. One writes at a time, as `SQLite` has it, so that what a statement finds is what the next of the
/// same transaction goes on with, whoever else is at work; whoever waits is served in the order of coming. What is committed is on the
/// server's disk, and on that of a synchronous standby, whatever its configuration says: a mark that is lost would be a second mail.
/// A process that stands still in the middle holds the others up for so many seconds, and then nothing of its transaction stands.
const ALONE: &str = "SET LOCAL synchronous_commit = on; SET LOCAL idle_in_transaction_session_timeout = '20s'; \
     SELECT pg_advisory_xact_lock(1735549284, 3)";

/// Begins a transaction of a writer.
pub(in crate::store) async fn begin(connection: &mut PgConnection) -> Result<(), sqlx::Error> {
    sqlx::raw_sql(AssertSqlSafe(format!("BEGIN; {ALONE}"))).execute(connection).await.map(|_| ())
}

/// Makes a transaction that has begun one of a writer. What it wrote before has to be what nobody else writes.
pub(in crate::store) async fn go_on_alone(connection: &mut PgConnection) -> Result<(), sqlx::Error> {
    sqlx::raw_sql(ALONE).execute(connection).await.map(|_| ())
}

/// Begins a transaction in which every statement sees the same moment.
pub(in crate::store) const ONE_MOMENT: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
