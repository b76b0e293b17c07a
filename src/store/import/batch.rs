//! One import of one roster.

use jiff::Timestamp;

use crate::credential::CredentialType;
use crate::store::moment::{MaybeMoment, Moment};
use crate::store::{Connection, Merged, Store, StoreError};

/// What the ledger keeps of an import.
#[derive(Debug, Clone)]
pub struct Batch {
    /// Its number.
    pub id: i64,
    /// Of the roster's bytes.
    pub sha256: Vec<u8>,
    /// Whether it came to its end.
    pub is_finished: bool,
    /// Rows of the roster.
    pub rows: i64,
    /// Rows with a mistake.
    pub rejected: i64,
    /// Headers of columns that were not read, one a line.
    pub unread: String,
    /// The approved plan that it came with.
    pub plan: Option<String>,
}

/// What a list of imports tells of one.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the columns of the ledger")]
pub struct PastBatch {
    pub id: i64,
    pub roster: String,
    pub started_at: Timestamp,
    pub finished_at: Option<Timestamp>,
    pub row_count: i64,
    pub new: i64,
    pub unchanged: i64,
    pub changed: i64,
    pub withdrawn: i64,
    pub rejected: i64,
    /// Names of the encodings, one a line.
    pub decoding: String,
}

impl Store {
    /// Every import, the oldest first.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn batches(&self) -> Result<Vec<PastBatch>, StoreError> {
        Ok(ask!(self.readers(), fetch_all, "sql/queries/import/batch_list.sql"() as PastBatch)?)
    }

    /// The latest import.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn latest_batch(&self) -> Result<Option<Batch>, StoreError> {
        Ok(ask!(self.readers(), fetch_optional, "sql/queries/import/batch_latest.sql"() as Batch)?)
    }

    /// The latest import of a roster of this type.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn latest_batch_of(&self, of: CredentialType) -> Result<Option<Batch>, StoreError> {
        Ok(ask!(
            self.readers(),
            fetch_optional,
            "sql/queries/import/batch_latest_of_type.sql"(of.stored()) as Batch
        )?)
    }
}

/// What is known of a batch when it begins.
#[derive(Debug, Clone, Copy)]
pub struct BatchBegun<'a> {
    /// The names of its files.
    pub roster: &'a str,
    /// Of their bytes, and of how they are read.
    pub sha256: &'a [u8],
    /// When.
    pub now: Timestamp,
    /// Rows of the files.
    pub rows: i64,
    /// Of these, with a mistake.
    pub rejected: i64,
    /// Names of the encodings, one a line.
    pub decoding: &'a str,
    /// Headers of columns that are not read, one a line.
    pub unread: &'a str,
    /// The approved plan that it follows.
    pub plan: Option<&'a str>,
}

/// Begins a batch and returns its number.
pub(in crate::store) async fn begin(
    connection: &mut Connection,
    begun: &BatchBegun<'_>,
    credential_type: Option<&str>,
) -> Result<i64, sqlx::Error> {
    let BatchBegun { roster, sha256, now, rows, rejected, decoding, unread, plan } = *begun;
    let now = Moment(now);
    ask!(
        connection,
        fetch_one,
        "sql/queries/import/batch_begin.sql"(
            roster,
            sha256,
            now,
            rows,
            rejected,
            decoding,
            unread,
            plan,
            credential_type
        ) as _
    )
}

/// Writes down how a batch ended.
pub(in crate::store) async fn finish(
    connection: &mut Connection,
    id: i64,
    now: Timestamp,
    merged: &Merged,
) -> Result<(), sqlx::Error> {
    let Merged { new, unchanged, changed, withdrawn } = *merged;
    run!(
        connection,
        "sql/queries/import/batch_finish.sql"(id, Moment(now), new, unchanged, changed, withdrawn)
    )?;
    Ok(())
}
