//! Staged rows that may contradict each other, or the ledger; whether they do is for the import to say.

use super::{StagedRow, Staging, StoreError};

/// A row that may belong to somebody else.
#[derive(Debug, Clone)]
pub struct SuspectRow {
    /// Which data row.
    pub record: i64,
    /// Where it stands.
    pub line: i64,
    /// Whose it is.
    pub student_id: String,
    /// The address in lower case.
    pub email: String,
}

impl Staging {
    /// The rows of the next students after `student_id` who stand in the roster more than once.
    ///
    /// # Errors
    /// [`StoreError`] when the temporary database cannot be read.
    pub async fn repeated_students(&mut self, student_id: &str) -> Result<Vec<StagedRow>, StoreError> {
        Ok(sqlx::query_file_as!(StagedRow, "sql/queries/staged_repeated_students.sql", student_id)
            .fetch_all(&mut self.connection)
            .await?)
    }

    /// Makes the rows findable by address, for what follows.
    ///
    /// # Errors
    /// [`StoreError`] when the temporary database cannot be written.
    pub async fn sort_by_address(&mut self) -> Result<(), StoreError> {
        sqlx::raw_sql("CREATE INDEX staging.staged_address ON staged_row (lower(email), student_id)")
            .execute(&mut self.connection)
            .await?;
        Ok(())
    }

    /// The rows of the next addresses after `email` that several students have.
    ///
    /// # Errors
    /// [`StoreError`] when the temporary database cannot be read.
    pub async fn shared_addresses(&mut self, email: &str) -> Result<Vec<SuspectRow>, StoreError> {
        Ok(sqlx::query_file_as!(SuspectRow, "sql/queries/staged_shared_addresses.sql", email)
            .fetch_all(&mut self.connection)
            .await?)
    }

    /// Rows whose address another student of the ledger has.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn addresses_of_others(&mut self) -> Result<Vec<SuspectRow>, StoreError> {
        Ok(sqlx::query_file_as!(SuspectRow, "sql/queries/staged_addresses_of_others.sql")
            .fetch_all(&mut self.connection)
            .await?)
    }

    /// Rows whose student the ledger knows under another name.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn names_of_others(&mut self) -> Result<Vec<SuspectRow>, StoreError> {
        Ok(sqlx::query_file_as!(SuspectRow, "sql/queries/staged_names_of_others.sql")
            .fetch_all(&mut self.connection)
            .await?)
    }
}
