//! An import into an empty ledger. There is nothing to compare with, so rows go straight into its tables while the
//! roster is read, in one transaction that stands only when the whole roster was read and found plausible. Rows that may
//! contradict each other are taken out again, and staged like those of any other import. Of `SQLite` alone: a server takes all rows
//! in steps.

use jiff::Timestamp;

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
        // a server takes rows as fast when they are staged
        let Engine::Sqlite(connection) = &mut staging.connection else { return Ok(None) };
        // the lock first, so that nobody else can begin in between
        sqlx::query("BEGIN IMMEDIATE").execute(&mut *connection).await?;
        let empty =
            sqlx::query_file!("sql/queries/sqlite/ledger_is_empty.sql").fetch_one(&mut *connection).await?;
        if !empty.empty {
            sqlx::query("COMMIT").execute(connection).await?;
            return Ok(None);
        }
        // the index is made once at the end: sorting is cheaper than a million look-ups. 12 MB, since a page that is
        // written twice in a transaction makes SQLite sum up all of the log behind it once more
        sqlx::raw_sql("DROP INDEX graduate_student; PRAGMA main.cache_size = -12000")
            .execute(connection)
            .await?;
        Ok(Some(Self(())))
    }

    /// Takes rows out again that must be held against others.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written.
    pub async fn take_out(
        &self,
        staging: &mut Staging,
        records: impl Iterator<Item = usize>,
    ) -> Result<(), StoreError> {
        let mut records = records.peekable();
        while records.peek().is_some() {
            let list = serde_json::Value::from(records.by_ref().take(10_000).collect::<Vec<_>>()).to_string();
            let Engine::Sqlite(connection) = &mut staging.connection else { return Ok(()) };
            sqlx::query_file!("sql/queries/sqlite/first_take_out_graduates.sql", list)
                .execute(&mut *connection)
                .await?;
            sqlx::query_file!("sql/queries/sqlite/first_take_out_qualifications.sql", list)
                .execute(connection)
                .await?;
        }
        Ok(())
    }

    /// Invites everybody whose row went in, and ends the transaction; returns how many they are.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written; nothing of the import stands then.
    pub async fn end(self, staging: &mut Staging, batch: i64, now: Timestamp) -> Result<i64, StoreError> {
        let Engine::Sqlite(connection) = &mut staging.connection else { return Ok(0) };
        let now = Moment(now);
        let invited = sqlx::query_file!("sql/queries/sqlite/first_invitations.sql", now)
            .execute(&mut *connection)
            .await?;
        sqlx::query_file!("sql/queries/sqlite/first_messages.sql", batch, now)
            .execute(&mut *connection)
            .await?;
        sqlx::raw_sql(
            "PRAGMA main.cache_size = -1000; CREATE UNIQUE INDEX graduate_student ON graduate (student_id); COMMIT",
        )
            .execute(connection)
            .await?;
        Ok(invited.rows_affected().cast_signed())
    }
}
