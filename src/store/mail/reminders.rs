//! Reminders as messages, and who wants none. Who may be reminded, the views of `sql/migrations` say.

use jiff::Timestamp;

use crate::store::moment::{MaybeMoment, Moment};
use crate::store::people::audit::note;
use crate::store::{Deed, Store, StoreError, Writer};

/// Invitations that are looked at in one transaction.
const STEP: usize = 2000;

/// When a reminder is due.
#[derive(Debug, Clone)]
pub struct ReminderRule {
    /// As [`crate::reminder::Reminders::moments`] gives them.
    pub moments: Vec<Timestamp>,
    /// Of one invitation.
    pub at_most: Option<u32>,
    /// The time now.
    pub now: Timestamp,
}

impl ReminderRule {
    fn moments(&self) -> String {
        serde_json::json!(self.moments.iter().copied().map(Moment).collect::<Vec<_>>()).to_string()
    }

    fn at_most(&self) -> i64 {
        self.at_most.map_or(i64::MAX, i64::from)
    }
}

/// Reminders that follow so many others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReminderOutlook {
    /// How many reminders there were before.
    pub number: i64,
    /// How many are due.
    pub due: i64,
    /// How many will be, if nothing comes of them before.
    pub later: i64,
    /// When the first and the last of the messages left that the latter follow.
    pub first_sent_at: Option<Timestamp>,
    /// See above.
    pub last_sent_at: Option<Timestamp>,
}

/// How many reminders there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ReminderFigures {
    /// Taken by the relay.
    pub sent: i64,
    /// Still to go.
    pub waiting: i64,
    /// Graduates who want none.
    pub opted_out: i64,
}

impl Store {
    /// How many reminders are due and will be, by how many there were before.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn reminder_outlook(&self, rule: &ReminderRule) -> Result<Vec<ReminderOutlook>, StoreError> {
        let (moments, at_most) = (rule.moments(), rule.at_most());
        Ok(ask!(
            self.readers(),
            fetch_all,
            "sql/queries/mail/reminder_outlook.sql"(Moment(rule.now), moments, at_most) as ReminderOutlook
        )?)
    }

    /// How many reminders there are, and who wants none.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn reminder_figures(&self) -> Result<ReminderFigures, StoreError> {
        Ok(ask!(self.readers(), fetch_one, "sql/queries/mail/reminder_figures.sql"() as ReminderFigures)?)
    }

    async fn last_invitation(&self) -> Result<i64, StoreError> {
        Ok(ask!(self.readers(), fetch_one, "sql/queries/mail/invitation_last.sql"() as { id: i64 })?.id)
    }
}

impl Writer {
    /// Makes the reminders that are due, and cancels those still to go that make no sense any more; returns how many were made.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written; what was made until then is.
    pub async fn remind(&self, store: &Store, rule: &ReminderRule) -> Result<i64, StoreError> {
        let (now, are_sent) = (Moment(rule.now), !rule.moments.is_empty());
        self.write(move |connection| {
            Box::pin(async move {
                run!(connection, "sql/queries/mail/reminder_cancel.sql"(now, are_sent)).map(|_| ())
            })
        })
        .await?;
        let mut made = 0;
        if !are_sent {
            return Ok(0);
        }
        for low in (0..store.last_invitation().await?).step_by(STEP) {
            let high = low.saturating_add(STEP.try_into().unwrap_or(i64::MAX));
            let (moments, at_most) = (rule.moments(), rule.at_most());
            made += self
                .write(move |connection| {
                    Box::pin(async move {
                        run!(
                            connection,
                            "sql/queries/mail/reminder_messages.sql"(low, high, now, moments, at_most)
                        )
                    })
                })
                .await?;
        }
        Ok(i64::try_from(made).unwrap_or(i64::MAX))
    }

    /// Takes down that the graduate of an invitation wants no reminders; false where that is known, or the graduate is gone.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written.
    pub async fn opt_out(&self, invitation_id: i64, at: Timestamp) -> Result<bool, StoreError> {
        let now = Moment(at);
        self.write(move |connection| {
            Box::pin(async move {
                let found = ask!(
                    connection,
                    fetch_optional,
                    "sql/queries/mail/opt_out.sql"(invitation_id, now) as { student_id: String }
                )?;
                let Some(row) = found else { return Ok(false) };
                let deed = Deed {
                    at,
                    operator: "graduate".to_owned(),
                    act: "opt-out".to_owned(),
                    why: None,
                    what: "no more reminders, on the page".to_owned(),
                    students: vec![row.student_id],
                };
                note(connection, &deed).await?;
                Ok(true)
            })
        })
        .await
    }
}
