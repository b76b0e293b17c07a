//! What the help desk may do to one graduate's invitations.

use std::collections::BTreeSet;

use crate::plural::counted;
use crate::store::moment::Moment;
use crate::store::people::audit::note;
use crate::store::{Connection, Deed, StoreError, Writer};

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
        connection: &mut Connection,
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
                let revoked = run!(connection, "sql/queries/people/revoke_invitations.sql"(id))?;
                run!(connection, "sql/queries/people/revoke_codes.sql"(id, now))?;
                run!(connection, "sql/queries/people/revoke_submissions.sql"(id, now))?;
                if revoked > 0 {
                    run!(connection, "sql/queries/people/cancel_messages.sql"(id))?;
                    note(connection, &deed).await?;
                }
                Ok(revoked)
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
                let again = ask!(
                    connection,
                    fetch_all,
                    "sql/queries/people/message_retry.sql"(now, batch) as { student_id: String }
                )?;
                let bounced = ask!(
                    connection,
                    fetch_all,
                    "sql/queries/people/bounce_retry.sql"(now, batch) as { student_id: String }
                )?;
                let rejected = ask!(
                    connection,
                    fetch_all,
                    "sql/queries/people/submission_retry.sql"(now, batch) as { student_id: String }
                )?;
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
                    let again = run!(connection, "sql/queries/people/message_retry_student.sql"(id, now))?;
                    let bounced = run!(connection, "sql/queries/people/bounce_retry_student.sql"(id, now))?;
                    retried.messages += again + bounced;
                    let again = run!(connection, "sql/queries/people/submission_retry_student.sql"(id, now))?;
                    retried.submissions += again;
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
                run!(connection, "sql/queries/people/reissue_invitations.sql"(id))?;
                run!(connection, "sql/queries/people/cancel_messages.sql"(id))?;
                let made = run!(connection, "sql/queries/people/reissue_messages.sql"(id, now))?;
                if made > 0 {
                    note(connection, &deed).await?;
                }
                Ok(made)
            })
        })
        .await
    }
}
