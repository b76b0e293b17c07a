//! A message with everything ready for it to go: composed around a new code, before any session has to wait for it.

use std::sync::PoisonError;

use super::{SendError, Shared};
use crate::email::return_path::Sender;
use crate::email::{ComposeError, Composed, MessageContent};
use crate::invitation::Outcome;
use crate::invitation::code::Code;
use crate::store::{Answered, DayBudget, DueMessage, Marking};

/// A composed message that no relay has heard of yet.
pub(super) struct Draft {
    pub(super) message: DueMessage,
    pub(super) composed: Composed,
    /// Where notifications about it go.
    pub(super) sender: Sender,
    /// What the ledger must know before the content goes.
    pub(super) marking: Marking,
    /// What the relay had said to others when this was offered to it: [`Streak::answers`](super::streak::Streak::answers).
    pub(super) offered: u64,
}

impl Shared {
    /// The next message of the feed, composed; `None` when there are no more, or sending is to stop.
    pub(super) async fn draft(&self) -> Result<Option<Draft>, SendError> {
        while !self.is_stopped() {
            let Some(message) = self.feed.next().await? else { return Ok(None) };
            match self.compose(&message) {
                Ok((composed, marking)) => {
                    let sender = self.return_path.of(self.key.envelope_token(message.id, self.restored));
                    return Ok(Some(Draft { message, composed, sender, marking, offered: 0 }));
                }
                // about this graduate, as far as anybody can tell: the templates have passed their check
                Err(error) => {
                    self.refuse(&message, Outcome::Refused(error.to_string())).await?;
                }
            }
        }
        Ok(None)
    }

    /// Composes a message around a new code.
    pub(super) fn compose(&self, message: &DueMessage) -> Result<(Composed, Marking), ComposeError> {
        let at = self.clock.now();
        let code = Code::random(&mut *self.rng.lock().unwrap_or_else(PoisonError::into_inner));
        let composed = self.composer.compose(&MessageContent {
            occasion: message.occasion,
            graduate: &message.graduate,
            qualifications: &message.qualifications,
            code: &code,
            message_tag: &self.key.message_tag(message.id, self.restored),
            opt_out_token: &self.key.opt_out_token(message.invitation_id),
            at,
        })?;
        let zone = self.config.institution.time_zone.clone();
        let marking = Marking {
            message_id: message.id,
            code_hash: self.key.hash(&code),
            at,
            code_expires_at: self.composer.expiry(at),
            budget: DayBudget { day: at.to_zoned(zone).date().to_string(), limit: self.config.mail.per_day },
        };
        Ok((composed, marking))
    }

    /// Counts the relay's answer to a content, and says what the ledger keeps of it.
    pub(super) fn answered(&self, draft: &Draft, outcome: &Outcome) -> Answered {
        let message = &draft.message;
        let attempts = message.attempts + 1;
        self.count(message, outcome, attempts);
        if matches!(outcome, Outcome::Accepted(_)) {
            self.streak().accepted(draft.offered);
        }
        Answered::new(message.id, attempts, outcome, self.clock.now())
    }

    /// Writes down that this recipient is not wanted, now or at all; no content was sent. Returns what may be kept of it.
    pub(super) async fn refuse(&self, message: &DueMessage, outcome: Outcome) -> Result<Outcome, SendError> {
        let outcome = outcome.concealing(&secrets(message, ""));
        let attempts = message.attempts + 1;
        self.count(message, &outcome, attempts);
        let now = self.clock.now();
        self.writer.record_refusal(message.id, attempts, outcome.clone(), now).await?;
        Ok(outcome)
    }
}

/// What a relay may repeat in its answer, and nobody may read in the ledger or a log.
pub(super) fn secrets<'a>(message: &'a DueMessage, code: &'a str) -> [&'a str; 2] {
    let address = message.graduate.email.as_str();
    [code, address.rsplit_once('@').map_or(address, |(local, _)| local)]
}
