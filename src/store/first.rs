//! An import into an empty ledger. There is nothing to compare with, so rows go straight into its tables while the
//! roster is read, in one transaction that stands only when the whole roster was read and found plausible. Rows that may
//! contradict each other are taken out again, and staged like those of any other import.

use std::sync::Arc;

use sqlx::{AssertSqlSafe, Sqlite};

use super::staging::{ROWS_AT_ONCE, of_many_rows};
use super::{StagedRow, Staging, StoreError};

/// Rows on their way into an empty ledger.
pub struct FirstImport {
    pending: Vec<StagedRow>,
    insert: Arc<str>,
}

impl FirstImport {
    /// Begins the transaction if the ledger is empty; `None` where it is not.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written.
    pub async fn begin(staging: &mut Staging) -> Result<Option<Self>, StoreError> {
        let connection = &mut staging.connection;
        // the lock first, so that nobody else can begin in between
        sqlx::query("BEGIN IMMEDIATE").execute(&mut *connection).await?;
        let empty = sqlx::query_file!("sql/queries/ledger_is_empty.sql").fetch_one(&mut *connection).await?;
        if !empty.empty {
            sqlx::query("COMMIT").execute(connection).await?;
            return Ok(None);
        }
        // the index is made once at the end: sorting is cheaper than a million look-ups
        sqlx::raw_sql("DROP INDEX graduate_student; PRAGMA main.cache_size = -4000; PRAGMA threads = 1")
            .execute(connection)
            .await?;
        Ok(Some(Self { pending: Vec::with_capacity(ROWS_AT_ONCE), insert: insert(ROWS_AT_ONCE) }))
    }

    /// Puts a row into the ledger, as a graduate with one award.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written.
    pub async fn row(&mut self, staging: &mut Staging, row: StagedRow) -> Result<(), StoreError> {
        self.pending.push(row);
        if self.pending.len() < ROWS_AT_ONCE {
            return Ok(());
        }
        let insert = Arc::clone(&self.insert);
        self.write(staging, insert).await
    }

    /// Puts in what is left of the rows, and takes out again those that must be held against others.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written.
    pub async fn take_out(
        &mut self,
        staging: &mut Staging,
        records: impl Iterator<Item = u64>,
    ) -> Result<(), StoreError> {
        let rest = insert(self.pending.len());
        self.write(staging, rest).await?;
        let mut records = records.peekable();
        while records.peek().is_some() {
            let list = serde_json::Value::from(records.by_ref().take(10_000).collect::<Vec<_>>()).to_string();
            sqlx::query_file!("sql/queries/first_take_out_graduates.sql", list)
                .execute(&mut staging.connection)
                .await?;
            sqlx::query_file!("sql/queries/first_take_out_qualifications.sql", list)
                .execute(&mut staging.connection)
                .await?;
        }
        Ok(())
    }

    /// Invites everybody whose row went in, and ends the transaction; returns how many they are.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written; nothing of the import stands then.
    pub async fn end(self, staging: &mut Staging, batch: i64, now: i64) -> Result<i64, StoreError> {
        let connection = &mut staging.connection;
        let invited =
            sqlx::query_file!("sql/queries/first_invitations.sql", now).execute(&mut *connection).await?;
        sqlx::query_file!("sql/queries/first_messages.sql", batch, now).execute(&mut *connection).await?;
        sqlx::raw_sql(
            "PRAGMA main.cache_size = -1000; CREATE UNIQUE INDEX graduate_student ON graduate (student_id); COMMIT",
        )
            .execute(connection)
            .await?;
        Ok(invited.rows_affected().cast_signed())
    }

    async fn write(&mut self, staging: &mut Staging, insert: Arc<str>) -> Result<(), StoreError> {
        if self.pending.is_empty() {
            return Ok(());
        }
        let mut query = sqlx::query::<Sqlite>(AssertSqlSafe(insert));
        let mut awards = Vec::with_capacity(self.pending.len());
        for row in self.pending.drain(..) {
            query = query
                .bind(row.record)
                .bind(row.student_id)
                .bind(row.full_name)
                .bind(row.email)
                .bind(row.date_of_birth)
                .bind(row.language);
            awards.push((
                (row.record, row.course_key, row.course_code, row.course_name, row.conferral_year),
                (row.conferral_date, row.awaiting_graduation, row.majors, row.honours, row.fingerprint),
            ));
        }
        for ((record, key, code, name, year), (date, awaiting, majors, honours, fingerprint)) in awards {
            query = query.bind(record).bind(key).bind(record).bind(code).bind(name).bind(year);
            query = query.bind(date).bind(awaiting).bind(majors).bind(honours).bind(fingerprint);
        }
        query.execute(&mut staging.connection).await?;
        Ok(())
    }
}

/// The statements for so many rows: all graduates, then all their awards.
fn insert(rows: usize) -> Arc<str> {
    let graduates = of_many_rows(include_str!("../../sql/queries/first_graduate_insert.sql"), 6, rows);
    let awards = of_many_rows(include_str!("../../sql/queries/first_qualification_insert.sql"), 11, rows);
    format!("{graduates};{awards}").into()
}
