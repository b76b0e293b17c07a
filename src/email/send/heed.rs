//! What a run does about a relay that takes nobody: it gives it a rest, or ends, and nobody is refused for it.

use std::sync::atomic::Ordering::{Relaxed, SeqCst};
use std::sync::{MutexGuard, PoisonError};

use tracing::warn;

use super::streak::{Streak, Verdict};
use super::{SendError, Shared, Stop};
use crate::email::session::ConnectError;
use crate::invitation::Outcome;
use crate::store::DueMessage;

impl Shared {
    /// Acts on an answer that is written down. `rests`: how often the relay had been left alone when the connection was
    /// opened.
    pub(super) async fn heed(
        &self,
        message: &DueMessage,
        outcome: &Outcome,
        rests: u32,
    ) -> Result<(), SendError> {
        let is_late = self.rests.load(SeqCst) != rests;
        let verdict = self.streak().not_taken(message, outcome, is_late);
        match verdict {
            Verdict::GoOn => Ok(()),
            Verdict::Again => self.again(vec![message.clone()], outcome.reply()).await,
            Verdict::Rest(words, messages) => {
                self.again(messages, outcome.reply()).await?;
                self.leave_alone(rests, words, outcome.reply()).await;
                Ok(())
            }
            Verdict::Stop(words, messages) => {
                self.take_back(&messages, true, outcome.reply()).await?;
                self.stop(Stop::Failure(words));
                Ok(())
            }
        }
    }

    /// What was put off for everybody is tried again in this run.
    async fn again(&self, messages: Vec<DueMessage>, reply: &str) -> Result<(), SendError> {
        self.take_back(&messages, false, reply).await?;
        for message in messages {
            self.feed.give_back(message).await;
        }
        Ok(())
    }

    /// Acts on the last answers of a run.
    pub(super) async fn heed_the_last(&self) -> Result<(), SendError> {
        let (sent, refused) = (self.counters.sent.load(Relaxed), self.counters.refused.load(Relaxed));
        let nobody = usize::try_from(refused).ok().filter(|_| sent == 0);
        let (verdict, reply) = {
            let mut streak = self.streak();
            (streak.at_the_end(nobody), streak.reply().to_owned())
        };
        match verdict {
            Verdict::Stop(words, messages) => {
                self.take_back(&messages, true, &reply).await?;
                self.stop(Stop::Failure(words));
                Ok(())
            }
            Verdict::GoOn | Verdict::Again | Verdict::Rest(..) => Ok(()),
        }
    }

    /// Those who were put off for a limit while others were taken have another try behind these; false where there are
    /// none.
    pub(super) async fn put_off_again(&self) -> Result<bool, SendError> {
        let (messages, words) = self.streak().take_put_off();
        let Some((_, reply)) = messages.last().cloned() else { return Ok(false) };
        for (message, reply) in messages {
            self.again(vec![message], &reply).await?;
        }
        self.leave_alone(self.rests.load(SeqCst), words, &reply).await;
        Ok(true)
    }

    /// Acts on a relay to which there is no connection any more; where there never was one, the run ends.
    pub(super) async fn heed_no_connection(&self, trouble: Option<ConnectError>) {
        match trouble {
            Some(ConnectError { words, may_pass: true }) if self.counters.sent.load(Relaxed) > 0 => {
                self.leave_alone(self.rests.load(SeqCst), words.clone(), &words).await;
            }
            trouble => {
                let words = trouble.map_or_else(|| "no session works any more".into(), |it| it.words);
                self.stop(Stop::Failure(words));
            }
        }
    }

    /// Acts on a relay that takes nothing from the sender at the moment; where it never took anything, the run ends.
    pub(super) async fn heed_no_sender(&self, message: DueMessage, reply: &str, rests: u32) {
        self.feed.give_back(message).await;
        let words = format!("the relay does not take mail from the sender: {reply}");
        if self.counters.sent.load(Relaxed) > 0 {
            self.leave_alone(rests, words, reply).await;
        } else {
            self.stop(Stop::Failure(words));
        }
    }

    pub(super) fn streak(&self) -> MutexGuard<'_, Streak> {
        self.streak.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// While the relay is left alone, nobody begins a message.
    pub(super) async fn rested(&self) {
        drop(self.rest.lock().await);
    }

    async fn take_back(
        &self,
        messages: &[DueMessage],
        is_refusal: bool,
        reply: &str,
    ) -> Result<(), SendError> {
        let ids: Vec<_> = messages.iter().map(|message| message.id).collect();
        self.writer.take_back(&ids, self.clock.now()).await?;
        self.counters.take_back(ids.len(), is_refusal, reply);
        Ok(())
    }

    /// Leaves the relay alone for a while, or ends the run where that did not help. Others may have come to the same at the
    /// same time, on connections of before: one rest is enough for all.
    async fn leave_alone(&self, rests: u32, words: String, reply: &str) {
        let _resting = self.rest.lock().await;
        if self.rests.load(SeqCst) != rests {
            return;
        }
        let has_sent = self.counters.sent.load(Relaxed) > 0;
        let rest = self.streak().next_rest(has_sent);
        if let Some(rest) = rest {
            warn!(reply, "the relay takes nobody; leaving it alone for {} s", rest.as_secs());
            let mut shutdown = self.shutdown.clone();
            tokio::select! {
                () = self.clock.sleep(rest) => {}
                () = shutdown.requested() => {}
            }
        } else {
            self.stop(Stop::Failure(words));
        }
        self.rests.fetch_add(1, SeqCst);
        self.streak().rested();
    }
}
