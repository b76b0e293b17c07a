//! What the ledger holds of every award, as the fingerprints of their rows: an import holds these against the roster's,
//! and looks at nothing of which both have the same.

use tokio::task::JoinSet;

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

/// The two lists of a page.
fn read(graduates: &str, fingerprints: &str) -> Result<Vec<Held>, serde_json::Error> {
    let graduates: Vec<i64> = serde_json::from_str(graduates)?;
    let fingerprints: Vec<i64> = serde_json::from_str(fingerprints)?;
    let held = |(graduate_id, fingerprint)| Held { graduate_id, fingerprint };
    Ok(graduates.into_iter().zip(fingerprints).map(held).collect())
}

/// Waits for the page that is being read, if one is.
async fn add_next(
    all: &mut Vec<Held>,
    reading: &mut JoinSet<Result<Vec<Held>, serde_json::Error>>,
) -> Result<(), StoreError> {
    if let Some(page) = reading.join_next().await {
        // a panic goes on where it is waited for
        let page = page.unwrap_or_else(|ended| std::panic::resume_unwind(ended.into_panic()));
        all.append(&mut page.map_err(|error| sqlx::Error::Decode(error.into()))?);
    }
    Ok(())
}

impl Staging {
    /// What the ledger holds of every award of the type.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn held(&mut self) -> Result<Vec<Held>, StoreError> {
        let (mut all, mut reading) = (Vec::new(), JoinSet::new());
        let mut next = Some(0_i64);
        while let Some(low) = next {
            let end = ask!(
                &mut self.connection,
                fetch_optional,
                "sql/queries/people/ledger_page_end.sql"(low, PAGE) as { id: i64 }
            )?;
            let high = end.as_ref().map_or(i64::MAX, |row| row.id);
            next = end.map(|row| row.id);
            // a million rows would be a million messages between threads
            let page = ask!(
                &mut self.connection,
                fetch_one,
                "sql/queries/people/ledger_fingerprints.sql"(low, high, self.credential_type) as {
                    graduates: String, fingerprints: String,
                }
            )?;
            add_next(&mut all, &mut reading).await?;
            // read while the next page is on its way
            reading.spawn_blocking(move || read(&page.graduates, &page.fingerprints));
        }
        add_next(&mut all, &mut reading).await?;
        Ok(all)
    }

    /// Notes awards of which the roster has no row, or another one.
    ///
    /// # Errors
    /// [`StoreError`] when the temporary database cannot be written.
    pub async fn missing(&mut self, awards: &[Held]) -> Result<(), StoreError> {
        for awards in awards.chunks(10_000) {
            let pairs: Vec<_> = awards.iter().map(|award| [award.graduate_id, award.fingerprint]).collect();
            let pairs = serde_json::json!(pairs).to_string();
            run!(&mut self.connection, "sql/queries/people/staged_missing_insert.sql"(pairs))?;
        }
        Ok(())
    }

    /// How many are lost for good, once it is known who is listed under another id.
    ///
    /// # Errors
    /// [`StoreError`] when the temporary database cannot be read.
    pub async fn lost(&mut self) -> Result<i64, StoreError> {
        let row = ask!(
            &mut self.connection,
            fetch_one,
            "sql/queries/people/staged_lost_count.sql"() as { lost: i64 }
        )?;
        Ok(row.lost)
    }

    /// Of these, finds what the roster no longer lists, now that its rows are staged; returns how many. What it lists under
    /// another code or another name is still listed.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn find_lost(&mut self) -> Result<i64, StoreError> {
        let lost =
            run!(&mut self.connection, "sql/queries/people/staged_lost_find.sql"(self.credential_type))?;
        run!(&mut self.connection, "sql/queries/people/staged_pair_find.sql"())?;
        run!(&mut self.connection, "sql/queries/people/staged_pair_unclear.sql"())?;
        let paired = run!(&mut self.connection, "sql/queries/people/staged_pair_found.sql"())?;
        Ok(lost.cast_signed() - paired.cast_signed())
    }
}
