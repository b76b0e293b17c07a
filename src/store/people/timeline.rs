//! One graduate's story, for the help desk: states and times, never a code or a link.

use jiff::Timestamp;

use crate::graduate::StudentId;
use crate::invitation::{InvitationState, MessageState};
use crate::store::moment::{MaybeMoment, Moment};
use crate::store::{Store, StoreError};
use crate::submission::SubmissionState;

/// What the ledger knows of a graduate.
#[derive(Debug, Clone)]
pub struct Timeline {
    /// The name, as it stands in the ledger.
    pub full_name: String,
    /// The address, as it stands in the ledger.
    pub email: String,
    /// Qualifications that the roster lists.
    pub qualifications: i64,
    /// Invitations, the oldest first.
    pub invitations: Vec<InvitationStory>,
    /// Messages, the oldest first.
    pub messages: Vec<MessageStory>,
    /// Submissions, the oldest first.
    pub submissions: Vec<SubmissionStory>,
    /// How submissions ended before they went on, the oldest first.
    pub past: Vec<SubmissionPast>,
    /// What rosters changed, the oldest first.
    pub changes: Vec<RosterChange>,
    /// Wrong answers to the second question, the oldest first.
    pub wrong_answers: Vec<WrongAnswer>,
}

/// A wrong answer to the second question of the page.
#[derive(Debug, Clone, Copy)]
pub struct WrongAnswer {
    /// When.
    pub at: Timestamp,
    /// Until when the page asked no more, if it was the last one.
    pub locked_until: Option<Timestamp>,
}

/// What a roster changed.
#[derive(Debug, Clone)]
pub struct RosterChange {
    /// When.
    pub at: Timestamp,
    /// The fields, for people.
    pub what: String,
    /// Of which qualification; `None`: of the graduate.
    pub course_name: Option<String>,
}

/// A qualification.
#[derive(Debug, Clone)]
pub struct QualificationStory {
    /// As the roster has it.
    pub course_name: String,
    /// Its type as the ledger has it; `None`: education.
    pub credential_type: Option<String>,
    /// The day of a course or a test; of an award, where the roster gives it (YYYY-MM-DD).
    pub conferral_date: Option<String>,
    /// How many subjects its transcript has.
    pub subjects: Option<i64>,
    /// Of which kind its document is, by SEEK Pass's word.
    pub document: Option<String>,
    /// When the roster listed it no more.
    pub withdrawn_at: Option<Timestamp>,
    /// The state of its latest submission.
    pub submission: Option<SubmissionState>,
    /// The state of the invitation that lists it.
    pub invitation: InvitationState,
}

/// An invitation.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the columns of the ledger")]
pub struct InvitationStory {
    pub id: i64,
    pub state: InvitationState,
    pub created_at: Timestamp,
    pub opened_at: Option<Timestamp>,
}

/// A message and its attempts.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the columns of the ledger")]
pub struct MessageStory {
    pub id: i64,
    pub kind: String,
    pub state: MessageState,
    pub due_at: Timestamp,
    pub invitation_id: i64,
    pub attempts: Vec<AttemptStory>,
    pub bounces: Vec<BounceStory>,
}

/// What a notification said of a message.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the columns of the ledger")]
pub struct BounceStory {
    pub message_id: i64,
    pub kind: String,
    pub at: Timestamp,
    pub code: String,
    pub reason: String,
    pub is_forwarded: bool,
}

/// One try to hand a message to the relay.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the columns of the ledger")]
pub struct AttemptStory {
    pub number: i64,
    pub started_at: Timestamp,
    pub outcome: Option<String>,
    pub reply: Option<String>,
}

/// A submission.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the columns of the ledger")]
pub struct SubmissionStory {
    pub seek_pass_id: String,
    pub course_name: String,
    pub state: SubmissionState,
    pub asked_at: Timestamp,
    pub accepted_at: Option<Timestamp>,
    pub ended_at: Option<Timestamp>,
    pub due_at: Timestamp,
    pub attempts: i64,
    pub trouble: Option<String>,
    pub unknown_status: Option<String>,
}

/// How a submission ended before it went on.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the columns of the ledger")]
pub struct SubmissionPast {
    pub seek_pass_id: String,
    pub state: SubmissionState,
    pub at: Timestamp,
}

impl Store {
    /// A graduate's story; `None` for a student id that no roster held.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn timeline(&self, student_id: &StudentId) -> Result<Option<Timeline>, StoreError> {
        let id = student_id.as_str();
        let graduate = ask!(
            self.readers(),
            fetch_optional,
            "sql/queries/people/show_graduate.sql"(id) as {
                full_name: String, email: String, qualifications: i64,
            }
        )?;
        let Some(graduate) = graduate else { return Ok(None) };
        Ok(Some(Timeline {
            full_name: graduate.full_name,
            email: graduate.email,
            qualifications: graduate.qualifications,
            invitations: ask!(
                self.readers(),
                fetch_all,
                "sql/queries/people/show_invitations.sql"(id) as InvitationStory
            )?,
            messages: self.messages(id).await?,
            submissions: ask!(
                self.readers(),
                fetch_all,
                "sql/queries/people/show_submissions.sql"(id) as SubmissionStory
            )?,
            past: ask!(
                self.readers(),
                fetch_all,
                "sql/queries/people/show_submission_past.sql"(id) as SubmissionPast
            )?,
            wrong_answers: ask!(
                self.readers(),
                fetch_all,
                "sql/queries/people/show_wrong_answers.sql"(id) as WrongAnswer
            )?,
            changes: ask!(
                self.readers(),
                fetch_all,
                "sql/queries/people/show_changes.sql"(id) as RosterChange
            )?,
        }))
    }

    /// A graduate's qualifications.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn qualifications(&self, student_id: &str) -> Result<Vec<QualificationStory>, StoreError> {
        Ok(ask!(
            self.readers(),
            fetch_all,
            "sql/queries/people/show_qualifications.sql"(student_id) as QualificationStory
        )?)
    }

    /// When the last code stops working that a graduate can still use, or did.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn expiry(&self, student_id: &str) -> Result<Option<Timestamp>, StoreError> {
        let row = ask!(
            self.readers(),
            fetch_one,
            "sql/queries/people/show_expiry.sql"(student_id) as { expires_at: Option<Moment> }
        )?;
        Ok(row.expires_at.map(Into::into))
    }

    async fn messages(&self, student_id: &str) -> Result<Vec<MessageStory>, StoreError> {
        let messages = ask!(
            self.readers(),
            fetch_all,
            "sql/queries/people/show_messages.sql"(student_id) as {
                id: i64, kind: String, state: MessageState, due_at: Moment, invitation_id: i64,
            }
        )?;
        let mut messages: Vec<_> = messages
            .into_iter()
            .map(|row| MessageStory {
                id: row.id,
                kind: row.kind,
                state: row.state,
                due_at: row.due_at.into(),
                invitation_id: row.invitation_id,
                attempts: Vec::new(),
                bounces: Vec::new(),
            })
            .collect();
        let attempts = ask!(
            self.readers(),
            fetch_all,
            "sql/queries/people/show_attempts.sql"(student_id) as {
                message_id: i64, number: i64, started_at: Moment, outcome: Option<String>,
                reply: Option<String>,
            }
        )?;
        for row in attempts {
            if let Some(message) = messages.iter_mut().find(|message| message.id == row.message_id) {
                message.attempts.push(AttemptStory {
                    number: row.number,
                    started_at: row.started_at.into(),
                    outcome: row.outcome,
                    reply: row.reply,
                });
            }
        }
        let bounces = ask!(
            self.readers(),
            fetch_all,
            "sql/queries/people/show_bounces.sql"(student_id) as BounceStory
        )?;
        for bounce in bounces {
            if let Some(message) = messages.iter_mut().find(|message| message.id == bounce.message_id) {
                message.bounces.push(bounce);
            }
        }
        Ok(messages)
    }
}
