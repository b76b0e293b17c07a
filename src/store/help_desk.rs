//! What the help desk may do to one graduate's invitations.

use super::{StoreError, Writer};
use crate::graduate::StudentId;

impl Writer {
    /// Revokes a student's open invitations: their codes stop working and their mails are not sent. Returns how many.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written.
    pub async fn revoke(&self, student_id: &StudentId, now: i64) -> Result<u64, StoreError> {
        let id = student_id.as_str().to_owned();
        self.write(move |connection| {
            Box::pin(async move {
                let revoked = sqlx::query_file!("sql/queries/revoke_invitations.sql", id)
                    .execute(&mut *connection)
                    .await?;
                sqlx::query_file!("sql/queries/revoke_codes.sql", id, now).execute(&mut *connection).await?;
                sqlx::query_file!("sql/queries/revoke_submissions.sql", id, now)
                    .execute(&mut *connection)
                    .await?;
                if revoked.rows_affected() > 0 {
                    sqlx::query_file!("sql/queries/cancel_messages.sql", id).execute(connection).await?;
                }
                Ok(revoked.rows_affected())
            })
        })
        .await
    }

    /// Makes a new message, with a new code, due for each of a student's invitations that are open or were revoked.
    /// Codes mailed before stay valid, but for revoked ones. Returns how many.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written.
    pub async fn reissue(&self, student_id: &StudentId, now: i64) -> Result<u64, StoreError> {
        let id = student_id.as_str().to_owned();
        self.write(move |connection| {
            Box::pin(async move {
                sqlx::query_file!("sql/queries/reissue_invitations.sql", id)
                    .execute(&mut *connection)
                    .await?;
                sqlx::query_file!("sql/queries/cancel_messages.sql", id).execute(&mut *connection).await?;
                let made = sqlx::query_file!("sql/queries/reissue_messages.sql", id, now)
                    .execute(connection)
                    .await?;
                Ok(made.rows_affected())
            })
        })
        .await
    }
}
