//! One graduate's story, for the help desk: states and times, never a code.

use super::{Store, StoreError};
use crate::graduate::StudentId;

/// What the ledger knows of a graduate's mail.
#[derive(Debug, Clone)]
pub struct Timeline {
    /// The address, as it stands in the ledger.
    pub email: String,
    /// Qualifications that the roster lists.
    pub qualifications: i64,
    /// Messages, the oldest first.
    pub messages: Vec<MessageStory>,
}

/// A message and its attempts.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the columns of the ledger")]
pub struct MessageStory {
    pub id: i64,
    pub kind: String,
    pub state: String,
    pub due_at: i64,
    pub invitation_id: i64,
    pub invitation_state: String,
    pub invited_at: i64,
    pub attempts: Vec<AttemptStory>,
}

/// One try to hand a message to the relay.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the columns of the ledger")]
pub struct AttemptStory {
    pub number: i64,
    pub started_at: i64,
    pub outcome: Option<String>,
    pub reply: Option<String>,
}

impl Store {
    /// A graduate's story; `None` for a student id that no roster held.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn timeline(&self, student_id: &StudentId) -> Result<Option<Timeline>, StoreError> {
        let id = student_id.as_str();
        let graduate =
            sqlx::query_file!("sql/queries/show_graduate.sql", id).fetch_optional(&self.readers).await?;
        let Some(graduate) = graduate else { return Ok(None) };
        let messages =
            sqlx::query_file!("sql/queries/show_messages.sql", id).fetch_all(&self.readers).await?;
        let mut messages: Vec<_> = messages
            .into_iter()
            .map(|row| MessageStory {
                id: row.id,
                kind: row.kind,
                state: row.state,
                due_at: row.due_at,
                invitation_id: row.invitation_id,
                invitation_state: row.invitation_state,
                invited_at: row.created_at,
                attempts: Vec::new(),
            })
            .collect();
        for row in sqlx::query_file!("sql/queries/show_attempts.sql", id).fetch_all(&self.readers).await? {
            if let Some(message) = messages.iter_mut().find(|message| message.id == row.message_id) {
                message.attempts.push(AttemptStory {
                    number: row.number,
                    started_at: row.started_at,
                    outcome: row.outcome,
                    reply: row.reply,
                });
            }
        }
        Ok(Some(Timeline { email: graduate.email, qualifications: graduate.qualifications, messages }))
    }
}
