//! What a preview says beside the messages: what each of them follows, who would be withdrawn, which rows are rejected.

use jiff::Timestamp;

use crate::graduate::StudentId;
use crate::store::moment::Moment;
use crate::store::{Store, StoreError};

/// What came before a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Origin {
    /// It reminds of an invitation.
    pub is_reminder: bool,
    /// Its invitation was mailed before, and that mail left or may have left.
    pub follows_mail: bool,
    /// So was another invitation of the same graduate.
    pub follows_invitation: bool,
}

/// A row of the latest import that could not be taken, and whose it is.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the columns of the ledger")]
pub struct Rejection {
    pub student_id: Option<String>,
    pub roster: String,
    pub line: i64,
    pub problem: String,
}

impl Store {
    /// What a message follows; `None` for a number that no message has.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn origin(&self, message_id: i64) -> Result<Option<Origin>, StoreError> {
        let row = ask!(
            self.readers(),
            fetch_optional,
            "sql/queries/mail/message_origin.sql"(message_id) as {
                kind: String, follows_mail: bool, follows_invitation: bool,
            }
        )?;
        Ok(row.map(|row| Origin {
            is_reminder: row.kind == "reminder",
            follows_mail: row.follows_mail,
            follows_invitation: row.follows_invitation,
        }))
    }

    /// The address of a student, as the ledger has it: personal.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn email_of(&self, student_id: &StudentId) -> Result<Option<String>, StoreError> {
        let id = student_id.as_str();
        let row = ask!(
            self.readers(),
            fetch_optional,
            "sql/queries/mail/graduate_email.sql"(id) as { email: String }
        )?;
        Ok(row.map(|row| row.email))
    }

    /// Student id and course of what was withdrawn since then.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn withdrawn_since(&self, since: Timestamp) -> Result<Vec<(String, String)>, StoreError> {
        let rows = ask!(
            self.readers(),
            fetch_all,
            "sql/queries/mail/withdrawn_since.sql"(Moment(since)) as {
                student_id: String, course_name: String,
            }
        )?;
        Ok(rows.into_iter().map(|row| (row.student_id, row.course_name)).collect())
    }

    /// The first `most` rows of the latest import that could not be taken.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn rejections(&self, most: i64) -> Result<Vec<Rejection>, StoreError> {
        Ok(ask!(self.readers(), fetch_all, "sql/queries/mail/rejected_row_page.sql"(most) as Rejection)?)
    }

    /// The students who came last, of those whom a roster still lists.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn latest_students(&self, most: i64) -> Result<Vec<String>, StoreError> {
        let rows = ask!(
            self.readers(),
            fetch_all,
            "sql/queries/mail/graduate_latest.sql"(most) as { student_id: String }
        )?;
        Ok(rows.into_iter().map(|row| row.student_id).collect())
    }
}
