//! How far sending has come, which tells an older copy of the ledger from the ledger itself.

use crate::store::{Engine, Store, StoreError, Writer};

/// How far sending has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sending {
    /// Names the ledger, and every copy of it.
    pub ledger: String,
    /// Counts up as a sending begins, and as it ends.
    pub number: i64,
    /// The number with which the ledger went on when it was last restored from a backup; 0 if it never was.
    pub restored: i64,
}

impl Store {
    /// How far this ledger knows that sending has come.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn sending(&self) -> Result<Sending, StoreError> {
        Ok(ask!(self.readers(), fetch_one, "sql/queries/mail/sending_known.sql"() as Sending)?)
    }
}

impl Writer {
    /// Counts a begin or an end of sending, and returns its number.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written.
    pub async fn count_sending(&self) -> Result<i64, StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                if let Engine::Postgres(on) = &mut *connection {
                    sqlx::query_file!("sql/postgres/queries/nodes/home_leave.sql").execute(&mut *on).await?;
                    sqlx::query_file!("sql/postgres/queries/nodes/home_take.sql").execute(on).await?;
                }
                Ok(ask!(
                    connection,
                    fetch_one,
                    "sql/queries/mail/sending_next.sql"() as { number: i64 }
                )?
                .number)
            })
        })
        .await
    }

    /// Puts every message that is to go in doubt, since it may have gone before the ledger was restored, and goes on
    /// with a number past the forgotten ones. Unless it `catches_up`, it stays behind. Returns how many messages.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written.
    pub async fn quarantine(&self, goes_on_with: i64, catches_up: bool) -> Result<u64, StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                let held = run!(connection, "sql/queries/mail/message_hold_back.sql"())?;
                run!(connection, "sql/queries/mail/restoration_insert.sql"(goes_on_with))?;
                run!(connection, "sql/queries/mail/sending_restored.sql"(goes_on_with, catches_up))?;
                Ok(held)
            })
        })
        .await
    }
}
