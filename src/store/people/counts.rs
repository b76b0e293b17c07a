//! Counts of whole tables for the monitoring, which asks several times a minute, and of every service.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::store::{Engine, Store, StoreError};

/// Rows by the words of their states.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerCounts {
    /// Invitations by state.
    pub invitations: BTreeMap<String, i64>,
    /// Messages by state.
    pub messages: BTreeMap<String, i64>,
    /// Submissions by state.
    pub submissions: BTreeMap<String, i64>,
    /// Graduates whom the latest message did not reach, by the kind of its bounce.
    pub unreached: BTreeMap<String, i64>,
}

impl Store {
    /// Of a file as it is now. Of a server, which several services are asked about, they are a minute old at most and as long as counting
    /// takes, whoever counted.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be used.
    pub async fn ledger_counts(&self) -> Result<LedgerCounts, StoreError> {
        let Engine::Postgres(ledger) = &self.0 else { return self.count_all().await };
        let taken =
            sqlx::query_file!("sql/postgres/queries/counted/take.sql").execute(&ledger.readers).await?;
        let is_ours = taken.rows_affected() > 0;
        if !is_ours {
            let known = sqlx::query_file_scalar!("sql/postgres/queries/counted/known.sql");
            let known = known.fetch_optional(&ledger.readers).await?;
            // the first who counts may still be at it, and an older program may have counted otherwise
            if let Some(Ok(counts)) = known.map(|counts| serde_json::from_str(&counts)) {
                return Ok(counts);
            }
        }
        let counts = self.count_all().await?;
        if is_ours {
            let text = serde_json::to_string(&counts).map_err(|error| sqlx::Error::Encode(error.into()))?;
            sqlx::query_file!("sql/postgres/queries/counted/keep.sql", text).execute(&ledger.readers).await?;
        }
        Ok(counts)
    }

    async fn count_all(&self) -> Result<LedgerCounts, StoreError> {
        let mut counts = LedgerCounts::default();
        for (state, count) in self.invitations_by_state().await? {
            counts.invitations.insert(state.word().to_owned(), count);
        }
        for (state, count) in self.messages_by_state(None).await? {
            counts.messages.insert(state.word().to_owned(), count);
        }
        for (state, count) in self.submissions_by_state(None).await? {
            counts.submissions.insert(state.word().to_owned(), count);
        }
        for one in self.unreached().await? {
            *counts.unreached.entry(one.kind).or_default() += 1;
        }
        Ok(counts)
    }
}
