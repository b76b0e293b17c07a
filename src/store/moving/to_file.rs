//! From a server to a file.

use std::path::Path;

use futures_util::TryStreamExt;
use sqlx::postgres::PgConnection;
use sqlx::sqlite::SqliteConnection;
use sqlx::{AssertSqlSafe, Connection as _};

use super::tables::{TABLES, Table};
use super::to_server::columns;
use super::values::Value;
use super::{AUDIT, Counts, MoveError};
use crate::config::Database;
use crate::store::sqlite::opening::fleeting;
use crate::store::{Deed, Engine, Store, StoreError, Watch, postgres, sqlite};

/// Rows of one statement; of the widest table they have fewer values than a statement of `SQLite` may have.
const ROWS: usize = 64;

/// Copies every table, in the transaction in which `writing` is.
pub(super) async fn copy(
    old: &postgres::ledger::Ledger,
    (writing, to): (&mut SqliteConnection, &Database),
    deed: Deed,
) -> Result<Counts, MoveError> {
    if is_used(&mut *writing).await? {
        return Err(MoveError::NotEmpty(to.clone()));
    }
    let rows = copy_tables(old, &mut *writing).await?;
    let (ledger, number) = sqlx::query_as("UPDATE sending SET number = number + 1 RETURNING ledger, number")
        .fetch_one(&mut *writing)
        .await?;
    sqlx::query(AUDIT)
        .bind(deed.at.as_millisecond())
        .bind(deed.operator)
        .bind(deed.act)
        .bind(deed.why)
        .bind(deed.what)
        .execute(&mut *writing)
        .await?;
    Ok(Counts { ledger, number, rows })
}

/// Copies the rows alone, into a ledger with nothing in it; returns how many of each table.
pub(in crate::store) async fn copy_tables(
    old: &postgres::ledger::Ledger,
    writing: &mut SqliteConnection,
) -> Result<Vec<u64>, MoveError> {
    let mut reading = old.readers.begin_with(postgres::connection::ONE_MOMENT).await?;
    sqlx::query("DELETE FROM sending").execute(&mut *writing).await?;
    let mut rows = Vec::with_capacity(TABLES.len());
    for table in &TABLES {
        let read = copy_rows(&mut reading, &mut *writing, table).await?;
        let written = count(&mut *writing, table).await?;
        if read != written {
            return Err(MoveError::Miscounted { table: table.name, read, written });
        }
        continue_numbers(&mut reading, &mut *writing, table).await?;
        rows.push(read);
    }
    Ok(rows)
}

/// Whether there is anything in a ledger.
async fn is_used(ledger: &mut SqliteConnection) -> Result<bool, sqlx::Error> {
    for table in &TABLES {
        // every ledger has its name from the beginning
        let which = if table.name == "sending" { " WHERE number > 0" } else { "" };
        let any = AssertSqlSafe(format!("SELECT EXISTS (SELECT 1 FROM {}{which})", table.name));
        if sqlx::query_scalar(any).fetch_one(&mut *ledger).await? {
            return Ok(true);
        }
    }
    Ok(false)
}

async fn count(ledger: &mut SqliteConnection, table: &Table) -> Result<u64, sqlx::Error> {
    let count = AssertSqlSafe(format!("SELECT count(*) FROM {}", table.name));
    let count: i64 = sqlx::query_scalar(count).fetch_one(ledger).await?;
    Ok(count.unsigned_abs())
}

/// Returns how many rows were read.
async fn copy_rows(
    old: &mut PgConnection,
    new: &mut SqliteConnection,
    table: &Table,
) -> Result<u64, sqlx::Error> {
    let columns = columns(new, table).await?;
    let (name, list) = (table.name, columns.join(", "));
    let order = if table.is_in_order { " ORDER BY number" } else { "" };
    let mut found = sqlx::query(AssertSqlSafe(format!("SELECT {list} FROM {name}{order}"))).fetch(old);
    let of_one = format!("({})", vec!["?"; columns.len()].join(", "));
    let insert = |rows: usize| {
        format!("INSERT INTO {name} ({list}) VALUES {}", vec![of_one.as_str(); rows].join(", "))
    };
    let whole = insert(ROWS);
    let (mut read, mut values) = (0_u64, Vec::with_capacity(ROWS * columns.len()));
    loop {
        let row = found.try_next().await?;
        let is_last = row.is_none();
        if let Some(row) = row {
            for column in 0..columns.len() {
                values.push(Value::of_postgres(&row, column)?);
            }
            read += 1;
        }
        let rows = values.len() / columns.len();
        if rows == ROWS || (is_last && rows > 0) {
            let statement = if rows == ROWS { whole.clone() } else { insert(rows) };
            let statement = sqlx::query(AssertSqlSafe(statement));
            values
                .drain(..)
                .fold(statement, |statement, value| value.bind(statement))
                .execute(&mut *new)
                .await?;
        }
        if is_last {
            return Ok(read);
        }
    }
}

/// The next row gets a number that no row had.
async fn continue_numbers(
    old: &mut PgConnection,
    new: &mut SqliteConnection,
    table: &Table,
) -> Result<(), sqlx::Error> {
    if !table.keeps_numbers {
        return Ok(());
    }
    let last = format!("SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {}_id_seq", table.name);
    let last: i64 = sqlx::query_scalar(AssertSqlSafe(last)).fetch_one(old).await?;
    // rows that were there have left theirs
    sqlx::query("DELETE FROM sqlite_sequence WHERE name = $1").bind(table.name).execute(&mut *new).await?;
    sqlx::query("INSERT INTO sqlite_sequence (name, seq) VALUES ($1, $2)")
        .bind(table.name)
        .bind(last)
        .execute(new)
        .await?;
    Ok(())
}

impl Store {
    /// What a server holds, in a new file that nobody mails from: for a dry run.
    pub(in crate::store) async fn copy_into_file(&self, path: &Path) -> Result<(), StoreError> {
        let Engine::Postgres(old) = &self.0 else { return Ok(()) };
        let file = sqlite::ledger::Ledger::open_as(path, fleeting(path), Watch::default()).await?;
        let mut connection = file.connect_unchecked().await?;
        let mut writing = connection.begin().await?;
        copy_tables(old, &mut writing).await.map_err(|error| match error {
            MoveError::Store(error) => error,
            MoveError::Database(error) => error.into(),
            other => StoreError::of_file(path, other.to_string()),
        })?;
        writing.commit().await?;
        Ok(connection.close().await?)
    }
}
