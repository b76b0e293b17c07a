//! What the ledger holds of every award, as the fingerprints of their rows: an import holds these against the roster's,
//! and looks at nothing of which both have the same.

use crate::store::{Staging, StoreError};

/// Graduates of one page.
const PAGE: i64 = 20_000;

/// An award that the ledger holds.
#[derive(Debug, Clone, Copy)]
pub struct Held {
    /// Whose it is.
    pub graduate_id: i64,
    /// Of the row it came from; 0 where that is not known.
    pub fingerprint: i64,
}

impl Staging {
    /// The awards of the next graduates after `graduate_id`, which is moved on; `None` when there are no more.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn held(&mut self, graduate_id: &mut Option<i64>) -> Result<Option<Vec<Held>>, StoreError> {
        let Some(low) = *graduate_id else { return Ok(None) };
        let end = sqlx::query_file!("sql/queries/people/ledger_page_end.sql", low, PAGE)
            .fetch_optional(&mut self.connection)
            .await?;
        let high = end.as_ref().map_or(i64::MAX, |row| row.id);
        *graduate_id = end.map(|row| row.id);
        // a million rows would be a million messages between threads
        let page =
            sqlx::query_file!("sql/queries/people/ledger_fingerprints.sql", low, high, self.credential_type)
                .fetch_one(&mut self.connection)
                .await?;
        let list = |text: &str| serde_json::from_str(text).map_err(|error| sqlx::Error::Decode(error.into()));
        let (graduates, fingerprints): (Vec<i64>, Vec<i64>) =
            (list(&page.graduates)?, list(&page.fingerprints)?);
        let held = |(graduate_id, fingerprint)| Held { graduate_id, fingerprint };
        Ok(Some(graduates.into_iter().zip(fingerprints).map(held).collect()))
    }

    /// Notes awards of which the roster has no row, or another one.
    ///
    /// # Errors
    /// [`StoreError`] when the temporary database cannot be written.
    pub async fn missing(&mut self, awards: &[Held]) -> Result<(), StoreError> {
        for awards in awards.chunks(10_000) {
            let pairs: Vec<_> = awards.iter().map(|award| [award.graduate_id, award.fingerprint]).collect();
            let pairs = serde_json::json!(pairs).to_string();
            sqlx::query_file!("sql/queries/people/staged_missing_insert.sql", pairs)
                .execute(&mut self.connection)
                .await?;
        }
        Ok(())
    }

    /// How many are lost for good, once it is known who is listed under another id.
    ///
    /// # Errors
    /// [`StoreError`] when the temporary database cannot be read.
    pub async fn lost(&mut self) -> Result<i64, StoreError> {
        let row = sqlx::query_file!("sql/queries/people/staged_lost_count.sql")
            .fetch_one(&mut self.connection)
            .await?;
        Ok(row.lost)
    }

    /// Of these, finds what the roster no longer lists, now that its rows are staged; returns how many. What it lists under
    /// another code or another name is still listed.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn find_lost(&mut self) -> Result<i64, StoreError> {
        let lost = sqlx::query_file!("sql/queries/people/staged_lost_find.sql", self.credential_type)
            .execute(&mut self.connection)
            .await?;
        sqlx::query_file!("sql/queries/people/staged_pair_find.sql").execute(&mut self.connection).await?;
        sqlx::query_file!("sql/queries/people/staged_pair_unclear.sql").execute(&mut self.connection).await?;
        let paired = sqlx::query_file!("sql/queries/people/staged_pair_found.sql")
            .execute(&mut self.connection)
            .await?;
        Ok(lost.rows_affected().cast_signed() - paired.rows_affected().cast_signed())
    }
}
