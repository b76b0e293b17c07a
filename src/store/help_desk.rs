//! What the help desk may do to one graduate's invitations.

use super::audit::note;
use super::{Deed, StoreError, Writer};
use crate::plural::counted;

impl Writer {
    /// Revokes the open invitations of the deed's student: their codes stop working and their mails are not sent. Returns how many.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written.
    pub async fn revoke(&self, deed: Deed) -> Result<u64, StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                let (id, now) = (deed.students.concat(), deed.at.as_millisecond());
                let revoked = sqlx::query_file!("sql/queries/revoke_invitations.sql", id)
                    .execute(&mut *connection)
                    .await?;
                sqlx::query_file!("sql/queries/revoke_codes.sql", id, now).execute(&mut *connection).await?;
                sqlx::query_file!("sql/queries/revoke_submissions.sql", id, now)
                    .execute(&mut *connection)
                    .await?;
                if revoked.rows_affected() > 0 {
                    sqlx::query_file!("sql/queries/cancel_messages.sql", id)
                        .execute(&mut *connection)
                        .await?;
                    note(connection, &deed).await?;
                }
                Ok(revoked.rows_affected())
            })
        })
        .await
    }

    /// Makes what was refused, deferred, rejected or in doubt of the deed's students due now; returns how many messages and
    /// submissions. Nothing is written down when there is none.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written.
    pub async fn retry_students(&self, mut deed: Deed) -> Result<(u64, u64), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                let (mut messages, mut submissions) = (0, 0);
                for id in &deed.students {
                    let now = deed.at.as_millisecond();
                    let again = sqlx::query_file!("sql/queries/message_retry_student.sql", id, now)
                        .execute(&mut *connection)
                        .await?;
                    messages += again.rows_affected();
                    let bounced = sqlx::query_file!("sql/queries/bounce_retry_student.sql", id, now)
                        .execute(&mut *connection)
                        .await?;
                    messages += bounced.rows_affected();
                    let again = sqlx::query_file!("sql/queries/submission_retry_student.sql", id, now)
                        .execute(&mut *connection)
                        .await?;
                    submissions += again.rows_affected();
                }
                if messages + submissions > 0 {
                    deed.what = [counted(messages, "message"), counted(submissions, "submission")].join(", ");
                    note(connection, &deed).await?;
                }
                Ok((messages, submissions))
            })
        })
        .await
    }

    /// Makes a new message, with a new code, due for each invitation of the deed's student is open or was revoked.
    /// Codes mailed before stay valid, but for revoked ones. Returns how many.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written.
    pub async fn reissue(&self, deed: Deed) -> Result<u64, StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                let (id, now) = (deed.students.concat(), deed.at.as_millisecond());
                sqlx::query_file!("sql/queries/reissue_invitations.sql", id)
                    .execute(&mut *connection)
                    .await?;
                sqlx::query_file!("sql/queries/cancel_messages.sql", id).execute(&mut *connection).await?;
                let made = sqlx::query_file!("sql/queries/reissue_messages.sql", id, now)
                    .execute(&mut *connection)
                    .await?;
                if made.rows_affected() > 0 {
                    note(connection, &deed).await?;
                }
                Ok(made.rows_affected())
            })
        })
        .await
    }
}
