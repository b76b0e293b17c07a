//! What has happened so far, counted and said.

use std::sync::atomic::AtomicI64;
use std::sync::atomic::Ordering::{Relaxed, SeqCst};

use tracing::{debug, warn};

use super::{Shared, Stop};
use crate::invitation::Outcome;
use crate::store::DueMessage;

/// So many refusals in a row, and nobody taken in between, are about us and not about the graduates.
const REFUSALS_IN_A_ROW: u32 = 100;

/// What has happened so far, for the progress bar and the report.
#[derive(Debug, Default)]
pub struct Tally {
    /// Taken by the relay.
    pub sent: AtomicI64,
    /// Put off by the relay.
    pub deferred: AtomicI64,
    /// Refused by the relay.
    pub refused: AtomicI64,
    /// Without an answer.
    pub in_doubt: AtomicI64,
}

impl Tally {
    /// All messages that were tried.
    #[must_use]
    pub fn tried(&self) -> i64 {
        [&self.sent, &self.deferred, &self.refused, &self.in_doubt].iter().map(|it| it.load(Relaxed)).sum()
    }
}

impl Shared {
    /// Counts what became of a message, and says it in the log.
    pub(super) fn count(&self, message: &DueMessage, outcome: &Outcome, attempts: i64) {
        let graduate = &message.graduate;
        let (student_id, to) = (&graduate.student_id, graduate.email.masked());
        let state = outcome.message_state(attempts);
        let counter = match state {
            "sent" => &self.tally.sent,
            "deferred" => &self.tally.deferred,
            "refused" => &self.tally.refused,
            _ => &self.tally.in_doubt,
        };
        counter.fetch_add(1, Relaxed);
        if state == "sent" {
            debug!(%student_id, to, reply = outcome.reply(), "sent");
        } else {
            warn!(%student_id, to, reply = outcome.reply(), "{}", state.replace('_', " "));
        }
        if state == "refused" {
            if self.refusals_in_a_row.fetch_add(1, SeqCst) + 1 == REFUSALS_IN_A_ROW {
                self.stop(Stop::Trouble(format!(
                    "the relay refused {REFUSALS_IN_A_ROW} recipients in a row, so it is probably about the sender; \
                     when that is mended, `gradpass retry` takes them again"
                )));
            }
        } else if state == "sent" {
            self.refusals_in_a_row.store(0, SeqCst);
        }
    }
}
