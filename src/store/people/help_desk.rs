//! What the help desk may do to one graduate's invitations.

use std::collections::BTreeSet;

use sqlx::sqlite::SqliteConnection;

use crate::plural::counted;
use crate::store::people::audit::note;
use crate::store::sqlite::moment::Moment;
use crate::store::{Deed, StoreError, Writer};

/// What is tried again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Retried {
    /// Messages to graduates.
    pub messages: u64,
    /// Submissions to SEEK Pass.
    pub submissions: u64,
}

impl Retried {
    /// Whether nothing is.
    #[must_use]
    pub fn is_nothing(self) -> bool {
        self == Self::default()
    }

    async fn note(
        self,
        connection: &mut SqliteConnection,
        mut deed: Deed,
        batch: Option<i64>,
    ) -> Result<(), sqlx::Error> {
        if self.is_nothing() {
            return Ok(());
        }
        let what = [counted(self.messages, "message"), counted(self.submissions, "submission")].join(", ");
        deed.what = batch.map_or(what.clone(), |batch| format!("{what} of import {batch}"));
        note(connection, &deed).await
    }
}

impl Writer {
    /// Revokes the open invitations of the deed's student: their codes stop working and their mails are not sent. Returns how many.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written.
    pub async fn revoke(&self, deed: Deed) -> Result<u64, StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                let (id, now) = (deed.students.concat(), Moment(deed.at));
                let revoked = sqlx::query_file!("sql/queries/people/revoke_invitations.sql", id)
                    .execute(&mut *connection)
                    .await?;
                sqlx::query_file!("sql/queries/people/revoke_codes.sql", id, now)
                    .execute(&mut *connection)
                    .await?;
                sqlx::query_file!("sql/queries/people/revoke_submissions.sql", id, now)
                    .execute(&mut *connection)
                    .await?;
                if revoked.rows_affected() > 0 {
                    sqlx::query_file!("sql/queries/people/cancel_messages.sql", id)
                        .execute(&mut *connection)
                        .await?;
                    note(connection, &deed).await?;
                }
                Ok(revoked.rows_affected())
            })
        })
        .await
    }

    /// Makes what was refused, deferred, rejected or in doubt or has bounced, but for addresses that cannot be used, due
    /// now: of one batch or of all. Whom that concerns is written down with the deed; nothing is where there is nobody.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written.
    pub async fn retry(&self, deed: Deed, batch: Option<i64>) -> Result<Retried, StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                let mut deed = deed;
                let now = Moment(deed.at);
                let again = sqlx::query_file!("sql/queries/people/message_retry.sql", now, batch)
                    .fetch_all(&mut *connection)
                    .await?;
                let bounced = sqlx::query_file!("sql/queries/people/bounce_retry.sql", now, batch)
                    .fetch_all(&mut *connection)
                    .await?;
                let rejected = sqlx::query_file!("sql/queries/people/submission_retry.sql", now, batch)
                    .fetch_all(&mut *connection)
                    .await?;
                let retried = Retried {
                    messages: (again.len() + bounced.len()) as u64,
                    submissions: rejected.len() as u64,
                };
                let messages = again.into_iter().map(|row| row.student_id);
                let messages = messages.chain(bounced.into_iter().map(|row| row.student_id));
                let students: BTreeSet<_> =
                    messages.chain(rejected.into_iter().map(|row| row.student_id)).collect();
                deed.students = students.into_iter().collect();
                retried.note(connection, deed, batch).await?;
                Ok(retried)
            })
        })
        .await
    }

    /// The same of the deed's students, also of addresses that were said to be no good: a person may know better.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written.
    pub async fn retry_students(&self, deed: Deed) -> Result<Retried, StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                let (now, mut retried) = (Moment(deed.at), Retried::default());
                for id in &deed.students {
                    let again = sqlx::query_file!("sql/queries/people/message_retry_student.sql", id, now)
                        .execute(&mut *connection)
                        .await?;
                    let bounced = sqlx::query_file!("sql/queries/people/bounce_retry_student.sql", id, now)
                        .execute(&mut *connection)
                        .await?;
                    retried.messages += again.rows_affected() + bounced.rows_affected();
                    let again = sqlx::query_file!("sql/queries/people/submission_retry_student.sql", id, now)
                        .execute(&mut *connection)
                        .await?;
                    retried.submissions += again.rows_affected();
                }
                retried.note(connection, deed, None).await?;
                Ok(retried)
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
                let (id, now) = (deed.students.concat(), Moment(deed.at));
                sqlx::query_file!("sql/queries/people/reissue_invitations.sql", id)
                    .execute(&mut *connection)
                    .await?;
                sqlx::query_file!("sql/queries/people/cancel_messages.sql", id)
                    .execute(&mut *connection)
                    .await?;
                let made = sqlx::query_file!("sql/queries/people/reissue_messages.sql", id, now)
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
