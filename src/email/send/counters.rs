//! What has happened so far, counted and said.

use std::collections::BTreeMap;
use std::sync::atomic::AtomicI64;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::{Mutex, PoisonError};

use tracing::{debug, warn};

use super::Shared;
use crate::email::reply::alike;
use crate::invitation::{MessageState, Occasion, Outcome};
use crate::store::DueMessage;

/// So many answers alike have a line each in the log; the summary counts the others.
const LINES: i64 = 3;

/// What has happened so far, for the progress bar and the report.
#[derive(Debug, Default)]
pub struct Counters {
    /// Taken by the relay.
    pub sent: AtomicI64,
    /// Of these, reminders.
    pub reminders: AtomicI64,
    /// Put off by the relay.
    pub deferred: AtomicI64,
    /// Refused by the relay.
    pub refused: AtomicI64,
    /// Without an answer.
    pub in_doubt: AtomicI64,
    /// What became of the messages that were not sent, and what the relay said, with how many it said the like to.
    replies: Mutex<BTreeMap<(MessageState, String), (i64, String)>>,
}

impl Counters {
    /// All messages that were tried.
    #[must_use]
    pub fn tried(&self) -> i64 {
        [&self.sent, &self.deferred, &self.refused, &self.in_doubt].iter().map(|it| it.load(Relaxed)).sum()
    }
}

impl Counters {
    /// Counts an answer; returns how many were alike, with this one.
    fn add_reply(&self, state: MessageState, reply: &str) -> i64 {
        let mut replies = self.replies.lock().unwrap_or_else(PoisonError::into_inner);
        let (count, _) = replies.entry((state, alike(reply))).or_insert_with(|| (0, reply.to_owned()));
        *count += 1;
        *count
    }

    /// Forgets answers that were the same to all these messages, which wait once more.
    pub(super) fn take_back(&self, messages: usize, is_refusal: bool, reply: &str) {
        let messages = i64::try_from(messages).unwrap_or(0);
        let (counter, state) = if is_refusal {
            (&self.refused, MessageState::Refused)
        } else {
            (&self.deferred, MessageState::Deferred)
        };
        counter.fetch_sub(messages, Relaxed);
        let mut replies = self.replies.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((count, _)) = replies.get_mut(&(state, alike(reply))) {
            *count -= messages;
        }
    }

    /// What several messages were told alike, the most frequent first: `260 deferred: 432 4.3.2 …`.
    #[must_use]
    pub fn replies(&self) -> Vec<String> {
        let replies = self.replies.lock().unwrap_or_else(PoisonError::into_inner);
        let mut often: Vec<_> = replies.iter().filter(|(_, (count, _))| *count > LINES).collect();
        often.sort_by_key(|(_, (count, _))| std::cmp::Reverse(*count));
        often
            .into_iter()
            .map(|((state, _), (count, reply))| format!("{count} {}: {reply}", state.words()))
            .collect()
    }
}

impl Shared {
    /// Counts what became of a message, and says it in the log.
    pub(super) fn count(&self, message: &DueMessage, outcome: &Outcome, attempts: i64) {
        let graduate = &message.graduate;
        let (student_id, to) = (&graduate.student_id, graduate.email.masked());
        let state = outcome.message_state(attempts);
        let counter = match state {
            MessageState::Sent => &self.counters.sent,
            MessageState::Deferred => &self.counters.deferred,
            MessageState::Refused => &self.counters.refused,
            _ => &self.counters.in_doubt,
        };
        counter.fetch_add(1, Relaxed);
        if state == MessageState::Sent {
            if matches!(message.occasion, Occasion::Reminder { .. }) {
                self.counters.reminders.fetch_add(1, Relaxed);
            }
            debug!(%student_id, to, reply = outcome.reply(), "sent");
            return;
        }
        let is_told = self.counters.add_reply(state, outcome.reply()) <= LINES;
        let state = state.words();
        if is_told {
            warn!(%student_id, to, reply = outcome.reply(), "{state}");
        } else {
            debug!(%student_id, to, reply = outcome.reply(), "{state}");
        }
    }
}
