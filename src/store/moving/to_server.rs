//! From a file to a server.

use futures_util::TryStreamExt;
use sqlx::AssertSqlSafe;
use sqlx::postgres::PgConnection;
use sqlx::sqlite::SqliteConnection;

use super::tables::{TABLES, Table};
use super::values::Value;
use super::{AUDIT, Counts, MoveError};
use crate::config::Database;
use crate::store::{Deed, sqlite};

/// Bytes that go at once.
const PACKET: usize = 1 << 18;

/// Copies every table, in the transaction in which `writing` is.
pub(super) async fn copy(
    old: &sqlite::ledger::Ledger,
    (writing, to): (&mut PgConnection, &Database),
    deed: Deed,
) -> Result<Counts, MoveError> {
    // one moment of the old ledger
    let mut reading = old.readers.begin().await?;
    // nobody begins with the new one meanwhile
    sqlx::query("LOCK TABLE sending IN ACCESS EXCLUSIVE MODE").execute(&mut *writing).await?;
    if is_used(&mut *writing).await? {
        return Err(MoveError::NotEmpty(to.clone()));
    }
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
    let (ledger, number) = sqlx::query_as("UPDATE sending SET number = number + 1 RETURNING ledger, number")
        .fetch_one(&mut *writing)
        .await?;
    // this is where it is at home from now on
    sqlx::query("INSERT INTO home (place) SELECT place FROM here ON CONFLICT DO NOTHING")
        .execute(&mut *writing)
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

/// Whether there is anything in a ledger.
async fn is_used(ledger: &mut PgConnection) -> Result<bool, sqlx::Error> {
    let some = TABLES.iter().map(|table| match table.name {
        // every ledger has its name from the beginning
        "sending" => "EXISTS (SELECT 1 FROM sending WHERE number > 0)".to_owned(),
        other => format!("EXISTS (SELECT 1 FROM {other})"),
    });
    let any = some.collect::<Vec<_>>().join(" OR ");
    sqlx::query_scalar(AssertSqlSafe(format!("SELECT {any}"))).fetch_one(ledger).await
}

async fn count(ledger: &mut PgConnection, table: &Table) -> Result<u64, sqlx::Error> {
    let count = AssertSqlSafe(format!("SELECT count(*) FROM {}", table.name));
    let count: i64 = sqlx::query_scalar(count).fetch_one(ledger).await?;
    Ok(count.unsigned_abs())
}

/// Returns how many rows were read.
async fn copy_rows(
    old: &mut SqliteConnection,
    new: &mut PgConnection,
    table: &Table,
) -> Result<u64, sqlx::Error> {
    let columns = columns(old, table).await?;
    let (name, list) = (table.name, columns.join(", "));
    let order = if table.is_in_order { " ORDER BY rowid" } else { "" };
    let select = AssertSqlSafe(format!("SELECT {list} FROM {name}{order}"));
    let mut found = sqlx::query(select).fetch(old);
    let mut into = new.copy_in_raw(&format!("COPY {name} ({list}) FROM STDIN")).await?;
    let (mut read, mut packet) = (0, Vec::with_capacity(PACKET));
    let copied: Result<(), sqlx::Error> = async {
        while let Some(row) = found.try_next().await? {
            for column in 0..columns.len() {
                if column > 0 {
                    packet.push(b'\t');
                }
                Value::of_sqlite(&row, column)?.write(&mut packet);
            }
            packet.push(b'\n');
            read += 1;
            if packet.len() >= PACKET {
                into.send(std::mem::take(&mut packet)).await?;
            }
        }
        into.send(std::mem::take(&mut packet)).await?;
        Ok(())
    }
    .await;
    match copied {
        Ok(()) => into.finish().await.map(|_| read),
        Err(error) => {
            // the connection is of no use before the copying has ended
            let _ = into.abort("the old ledger cannot be read").await;
            Err(error)
        }
    }
}

/// The columns that are written, and not made of others.
pub(super) async fn columns(
    ledger: &mut SqliteConnection,
    table: &Table,
) -> Result<Vec<String>, sqlx::Error> {
    sqlx::query_scalar("SELECT name FROM pragma_table_xinfo($1) WHERE hidden = 0 ORDER BY cid")
        .bind(table.name)
        .fetch_all(ledger)
        .await
}

/// The next row gets a number that no row had.
async fn continue_numbers(
    old: &mut SqliteConnection,
    new: &mut PgConnection,
    table: &Table,
) -> Result<(), sqlx::Error> {
    if !table.has_numbers {
        return Ok(());
    }
    let last = if table.keeps_numbers {
        "SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = $1), 0)".to_owned()
    } else {
        format!("SELECT coalesce(max(id), 0) FROM {} WHERE $1 <> ''", table.name)
    };
    let last: i64 = sqlx::query_scalar(AssertSqlSafe(last)).bind(table.name).fetch_one(old).await?;
    if last > 0 {
        sqlx::query("SELECT setval(pg_get_serial_sequence($1, 'id'), $2)")
            .bind(table.name)
            .bind(last)
            .execute(new)
            .await?;
    }
    Ok(())
}
