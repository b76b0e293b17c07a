//! Budgets of guesses that services on one server share.

use std::collections::HashMap;

use crate::store::{Engine, Store, StoreError};

/// When budgets are full again, in milliseconds, by their names. Those of which nothing was spent are missing.
pub type Levels = HashMap<String, i64>;

/// One spends at a time, so that what it finds is what it spends from; the other locks of a ledger have other numbers.
const BEGIN: &str = "BEGIN; SET LOCAL synchronous_commit = off; SELECT pg_advisory_xact_lock(1735549284, 7)";

impl Store {
    /// How full the budgets of these names are.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn guess_levels(&self, names: &[String]) -> Result<Levels, StoreError> {
        let Engine::Postgres(ledger) = &self.0 else { return Ok(Levels::new()) };
        let rows = sqlx::query_file!("sql/postgres/queries/guesses/levels.sql", names)
            .fetch_all(&ledger.readers)
            .await?;
        Ok(rows.into_iter().map(|row| (row.name, row.full_at)).collect())
    }

    /// Spends from budgets of these names, as `spend` says when nobody else does: it changes the levels. What is full at `now`
    /// (milliseconds) is forgotten.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written: nothing was spent then.
    pub async fn spend_guesses<T: Send>(
        &self,
        names: &[String],
        now: i64,
        spend: impl FnOnce(&mut Levels) -> T + Send,
    ) -> Result<T, StoreError> {
        let Engine::Postgres(ledger) = &self.0 else { return Ok(spend(&mut Levels::new())) };
        let mut spending = ledger.readers.begin_with(BEGIN).await?;
        let rows = sqlx::query_file!("sql/postgres/queries/guesses/levels.sql", names)
            .fetch_all(&mut *spending)
            .await?;
        let before: Levels = rows.into_iter().map(|row| (row.name, row.full_at)).collect();
        let mut levels = before.clone();
        let verdict = spend(&mut levels);
        let (names, full_at): (Vec<_>, Vec<_>) =
            levels.into_iter().filter(|(name, full_at)| before.get(name) != Some(full_at)).unzip();
        if !names.is_empty() {
            sqlx::query_file!("sql/postgres/queries/guesses/spend.sql", &names, &full_at)
                .execute(&mut *spending)
                .await?;
            sqlx::query_file!("sql/postgres/queries/guesses/forget.sql", now).execute(&mut *spending).await?;
        }
        spending.commit().await?;
        Ok(verdict)
    }
}
