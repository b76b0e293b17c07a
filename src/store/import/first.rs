//! An import into an empty ledger. There is nothing to compare with, so all rows go into its tables as they are, in one
//! transaction that stands only when the whole roster was read and found plausible. Rows that may contradict each other are
//! taken out again, and staged like those of any other import. Into a file rows go while the roster is read; on a server they
//! wait in a table of the import's own for those that are taken out, since its tables have no two rows of a student at any moment, and to do
//! without that index would keep everybody else out of them.

use jiff::Timestamp;
use sqlx::postgres::PgConnection;
use sqlx::sqlite::SqliteConnection;

use crate::store::moment::Moment;
use crate::store::{Engine, Staging, StoreError};

/// An import into an empty ledger.
pub struct FirstImport(());

impl FirstImport {
    /// Begins the transaction if the ledger is empty and the roster one of awards, as the large ones are; `None` where it is
    /// not.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written.
    pub async fn begin(staging: &mut Staging) -> Result<Option<Self>, StoreError> {
        if staging.credential_type.is_some() {
            return Ok(None);
        }
        // the lock first, so that nobody else can begin in between; on a server an import is alone anyway
        staging.connection.begin_first().await?;
        let empty = ask!(
            &mut staging.connection,
            fetch_one,
            "sql/queries/import/ledger_is_empty.sql"() as { empty: bool }
        )?;
        if !empty.empty {
            staging.commit().await?;
            return Ok(None);
        }
        // the index is made once at the end: sorting is cheaper than a million look-ups. 12 MB, since a page that is
        // written twice in a transaction makes SQLite sum up all of the log behind it once more
        staging.of_file("DROP INDEX graduate_student; PRAGMA main.cache_size = -12000").await?;
        Ok(Some(Self(())))
    }

    /// Takes rows out again that must be held against others; the rest stand in the ledger from here on.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written.
    pub async fn take_out(
        &self,
        staging: &mut Staging,
        records: impl Iterator<Item = usize>,
    ) -> Result<(), StoreError> {
        match &mut staging.connection {
            Engine::Sqlite(connection) => take_out_of_file(connection, records).await?,
            Engine::Postgres(connection) => {
                let records: Vec<_> =
                    records.map(|record| i64::try_from(record).unwrap_or(i64::MAX)).collect();
                fill_server(connection, &records).await?;
            }
        }
        Ok(())
    }

    /// Invites everybody whose row went in, and ends the transaction; returns how many they are.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written; nothing of the import stands then.
    pub async fn end(self, staging: &mut Staging, batch: i64, now: Timestamp) -> Result<i64, StoreError> {
        let now = Moment(now);
        let invited = match &mut staging.connection {
            Engine::Sqlite(connection) => invite_in_file(connection, batch, now).await?,
            Engine::Postgres(connection) => invite_on_server(connection, batch, now).await?,
        };
        Ok(invited.cast_signed())
    }
}

async fn take_out_of_file(
    connection: &mut SqliteConnection,
    records: impl Iterator<Item = usize>,
) -> Result<(), sqlx::Error> {
    let mut records = records.peekable();
    while records.peek().is_some() {
        let list = serde_json::Value::from(records.by_ref().take(10_000).collect::<Vec<_>>()).to_string();
        sqlx::query_file!("sql/queries/sqlite/first_take_out_graduates.sql", list)
            .execute(&mut *connection)
            .await?;
        sqlx::query_file!("sql/queries/sqlite/first_take_out_qualifications.sql", list)
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

async fn invite_in_file(
    connection: &mut SqliteConnection,
    batch: i64,
    now: Moment,
) -> Result<u64, sqlx::Error> {
    let invited =
        sqlx::query_file!("sql/queries/sqlite/first_invitations.sql", now).execute(&mut *connection).await?;
    sqlx::query_file!("sql/queries/sqlite/first_messages.sql", batch, now).execute(&mut *connection).await?;
    sqlx::raw_sql(
        "PRAGMA main.cache_size = -1000; CREATE UNIQUE INDEX graduate_student ON graduate (student_id); COMMIT",
    )
        .execute(connection)
        .await?;
    Ok(invited.rows_affected())
}

async fn fill_server(connection: &mut PgConnection, but: &[i64]) -> Result<(), sqlx::Error> {
    if !but.is_empty() {
        sqlx::query_file!("sql/postgres/queries/first/take_out.sql", but).execute(&mut *connection).await?;
    }
    sqlx::query_file!("sql/postgres/queries/first/graduates.sql").execute(&mut *connection).await?;
    sqlx::query_file!("sql/postgres/queries/first/qualifications.sql").execute(&mut *connection).await?;
    sqlx::raw_sql("ANALYZE graduate, qualification").execute(connection).await?;
    Ok(())
}

async fn invite_on_server(
    connection: &mut PgConnection,
    batch: i64,
    now: Moment,
) -> Result<u64, sqlx::Error> {
    let now = i64::from(now);
    let invited = sqlx::query_file!("sql/postgres/queries/first/invitations.sql", now)
        .execute(&mut *connection)
        .await?;
    sqlx::query_file!("sql/postgres/queries/first/messages.sql", batch, now)
        .execute(&mut *connection)
        .await?;
    sqlx::query_file!("sql/postgres/queries/first/numbers.sql").fetch_one(&mut *connection).await?;
    sqlx::query("COMMIT").execute(&mut *connection).await?;
    sqlx::raw_sql("ANALYZE invitation, message").execute(connection).await?;
    Ok(invited.rows_affected())
}
