//! What a run does about a relay that takes nobody: it gives it a rest, or ends, and nobody is refused for it.

use std::sync::atomic::AtomicI64;
use std::sync::atomic::Ordering::{Relaxed, SeqCst};
use std::sync::{MutexGuard, PoisonError};
use std::time::Duration;

use tracing::warn;

use super::streak::{Streak, Verdict};
use super::{SendError, Shared, Stop};
use crate::invitation::Outcome;
use crate::store::DueMessage;

impl Shared {
    /// Acts on an answer that is written down.
    pub(super) async fn heed(&self, message: &DueMessage, outcome: &Outcome) -> Result<(), SendError> {
        let rests = self.rests.load(SeqCst);
        let has_sent = self.tally.sent.load(Relaxed) > 0;
        let verdict = self.streak().not_taken(message, outcome, has_sent);
        match verdict {
            Verdict::GoOn => Ok(()),
            Verdict::Stop(words, messages) => self.give_up(words, &messages, outcome).await,
            Verdict::Rest(rest, messages) => {
                self.take_back(&messages, &self.tally.deferred).await?;
                for message in messages {
                    self.feed.give_back(message).await;
                }
                self.leave_alone(rest, rests, outcome.reply()).await;
                Ok(())
            }
        }
    }

    /// Acts on the last answers of a run.
    pub(super) async fn heed_the_last(&self) -> Result<(), SendError> {
        let (sent, refused) = (self.tally.sent.load(Relaxed), self.tally.refused.load(Relaxed));
        let nobody = usize::try_from(refused).ok().filter(|_| sent == 0);
        let verdict = self.streak().at_the_end(nobody);
        match verdict {
            Verdict::Stop(words, messages) => {
                self.take_back(&messages, &self.tally.refused).await?;
                self.stop(Stop::Trouble(words));
                Ok(())
            }
            Verdict::GoOn | Verdict::Rest(..) => Ok(()),
        }
    }

    /// Acts on a relay that takes nothing from the sender at the moment, and took something before.
    pub(super) async fn heed_no_sender(&self, message: DueMessage, reply: String) {
        let rests = self.rests.load(SeqCst);
        let has_sent = self.tally.sent.load(Relaxed) > 0;
        let rest = self.streak().next_rest(has_sent).filter(|_| has_sent);
        self.feed.give_back(message).await;
        match rest {
            Some(rest) => self.leave_alone(rest, rests, &reply).await,
            None => {
                self.stop(Stop::Trouble(format!("the relay does not take mail from the sender: {reply}")));
            }
        }
    }

    pub(super) fn streak(&self) -> MutexGuard<'_, Streak> {
        self.streak.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// While the relay is left alone, nobody begins a message.
    pub(super) async fn rested(&self) {
        drop(self.rest.lock().await);
    }

    async fn give_up(
        &self,
        words: String,
        messages: &[DueMessage],
        outcome: &Outcome,
    ) -> Result<(), SendError> {
        let counter =
            if matches!(outcome, Outcome::Refused(_)) { &self.tally.refused } else { &self.tally.deferred };
        self.take_back(messages, counter).await?;
        self.stop(Stop::Trouble(words));
        Ok(())
    }

    async fn take_back(&self, messages: &[DueMessage], counter: &AtomicI64) -> Result<(), SendError> {
        let ids: Vec<_> = messages.iter().map(|message| message.id).collect();
        self.writer.take_back(&ids, self.clock.milliseconds()).await?;
        counter.fetch_sub(i64::try_from(ids.len()).unwrap_or(0), Relaxed);
        Ok(())
    }

    /// Others may have come to the same at the same time, on connections of before: one rest is enough for all.
    async fn leave_alone(&self, rest: Duration, rests: u32, reply: &str) {
        let _resting = self.rest.lock().await;
        if self.rests.load(SeqCst) != rests {
            return;
        }
        warn!(reply, "the relay takes nobody; leaving it alone for {} s", rest.as_secs());
        let mut shutdown = self.shutdown.clone();
        tokio::select! {
            () = self.clock.sleep(rest) => {}
            () = shutdown.wished() => {}
        }
        self.rests.fetch_add(1, SeqCst);
    }
}
