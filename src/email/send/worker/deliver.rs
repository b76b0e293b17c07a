//! From the offer that was taken to the answer to the content.
//!
//! Where the relay takes commands in groups (RFC 2920), the next message is offered behind the content of the last one.
//! Its content waits for the mark all the same, and the mark for the answer to the last message: so what a session
//! leaves behind when it dies is never more than one message in doubt.

use std::sync::Arc;
use std::sync::atomic::Ordering::SeqCst;

use tracing::{debug, info, warn};

use super::{MESSAGES_A_CONNECTION, Next, Worker, patience, too_large};
use crate::email::send::company::HELD_UP;
use crate::email::send::draft::{Draft, secrets};
use crate::email::send::{SendError, Stop};
use crate::email::session::Offer;
use crate::invitation::Outcome;
use crate::store::{Answered, Marked};

impl Worker {
    /// Hands over a message that was offered and taken, and those that are offered behind its content.
    pub(super) async fn deliver(&mut self, mut draft: Draft) -> Result<Next, SendError> {
        let shared = Arc::clone(&self.shared);
        let (mut answered, mut next) = (None, None);
        loop {
            if shared.is_over() {
                // its time came while the relay was thinking about the offer
                if answered.is_some() {
                    shared.take(answered, None).await?;
                }
                self.give_back(Some(draft)).await;
                self.reset().await;
                return Ok(Next::End);
            }
            let turn = shared.take(answered.take(), Some(draft.marking.clone()));
            // the next message is composed while this one's mark is on its way to the disk
            let (marked, prefetched) = tokio::join!(turn, self.prefetch(next));
            next = prefetched;
            match marked? {
                None | Some(Marked::Sending) => {}
                Some(Marked::CodeTaken) => match shared.compose(&draft.message) {
                    Ok((composed, marking)) => {
                        draft = Draft { composed, marking, ..draft };
                        continue;
                    }
                    Err(error) => {
                        let outcome = Outcome::Refused(error.to_string());
                        return self.refused(&draft.message, outcome, next).await;
                    }
                },
                Some(Marked::NoBudget) => {
                    shared.stop(Stop::Budget);
                    self.reset().await;
                    return Ok(Next::End);
                }
                Some(Marked::LeaseOver) => {
                    shared.stop(Stop::Failure(HELD_UP.into()));
                    self.reset().await;
                    return Ok(Next::End);
                }
                Some(Marked::NoLongerDue) => {
                    info!(student_id = %draft.message.graduate.student_id, "message is no longer due, passed over");
                    self.reset().await;
                    return Ok(Next::Message(next));
                }
            }
            if !shared.holds().await {
                shared.was_held_up(&draft.message).await?;
                self.reset().await;
                return Ok(Next::End);
            }
            let Some(session) = &mut self.session else { return Ok(Next::End) };
            self.carried += 1;
            let more = session.pipelines()
                && self.carried < MESSAGES_A_CONNECTION
                && !shared.hears_nothing_behind.load(SeqCst);
            if let Some(next) = &mut next {
                next.offered = shared.streak().answers();
            }
            let behind = next.as_ref().filter(|next| more && too_large(session, next).is_none());
            let envelope = behind.map(|next| (&next.sender, next.message.graduate.email.address()));
            let outcome = session.content(&draft.composed.wire, envelope, shared.holds()).await;
            let Some(outcome) = outcome else {
                shared.was_held_up(&draft.message).await?;
                return Ok(Next::End);
            };
            let outcome = outcome.concealing(&secrets(&draft.message, &draft.composed.code));
            let answer = shared.answered(&draft, &outcome);
            let is_taken = matches!(outcome, Outcome::Accepted(_));
            if !is_taken {
                self.answer = Some((draft.message.clone(), outcome.clone()));
            }
            let following = match next {
                Some(following) if session.is_asked() => following,
                prefetched => {
                    shared.take(Some(answer), None).await?;
                    return Ok(self.after(outcome, prefetched).await);
                }
            };
            let Some((offer, answer)) = self.answers(answer).await? else { return Ok(Next::End) };
            if matches!(offer, Offer::Taken) && is_taken && !shared.is_stopped() {
                (draft, answered, next) = (following, answer, None);
                continue;
            }
            if answer.is_some() {
                shared.take(answer, None).await?;
            }
            if matches!(offer, Offer::Taken) && !shared.is_stopped() {
                // what the answer means for the run comes first
                self.reset().await;
                return Ok(Next::Message(Some(following)));
            }
            return self.not_taken(following, offer).await;
        }
    }

    /// The answers to the offer behind a content. What comes together with the answer to that content is written down
    /// with it, in the turn to come; what is slower is not waited for.
    async fn answers(&mut self, answered: Answered) -> Result<Option<(Offer, Option<Answered>)>, SendError> {
        let Some(mut session) = self.session.take() else { return Ok(None) };
        let mut offer = Box::pin(session.answers());
        let at_once = tokio::select! {
            biased;
            offer = &mut offer => Some(offer),
            () = std::future::ready(()) => None,
        };
        let answers = if let Some(offer) = at_once {
            (offer, Some(answered))
        } else {
            self.shared.take(Some(answered), None).await?;
            tokio::select! {
                offer = &mut offer => (offer, None),
                () = patience(self.shared.shutdown.clone()) => return Ok(None),
            }
        };
        drop(offer);
        self.session = Some(session);
        Ok(Some(answers))
    }

    /// What follows an offer behind a content that did not lead any further.
    async fn not_taken(&mut self, following: Draft, offer: Offer) -> Result<Next, SendError> {
        match offer {
            // asked to stop: it stays waiting
            Offer::Taken => {
                self.reset().await;
                Ok(Next::End)
            }
            Offer::Answered(outcome) => self.refused(&following.message, outcome, None).await,
            Offer::Later(reply) => {
                debug!("nothing more is taken on this connection: {reply}");
                self.close().await;
                Ok(Next::Message(Some(following)))
            }
            Offer::NotWelcome(words) => {
                self.shared.stop(Stop::Failure(words));
                Ok(Next::End)
            }
            Offer::Unheard(why) => {
                if !self.shared.hears_nothing_behind.swap(true, SeqCst) {
                    warn!(
                        "the relay offers PIPELINING, but: {why}; from here on each message is offered by itself"
                    );
                }
                Ok(Next::Message(Some(following)))
            }
            Offer::Lost(why) => {
                debug!("connection lost before the next message was begun: {why}");
                Ok(Next::Message(Some(following)))
            }
        }
    }

    /// What follows the answer to a content with nothing offered behind it.
    async fn after(&mut self, outcome: Outcome, prefetched: Option<Draft>) -> Next {
        match outcome {
            Outcome::Accepted(_) => Next::Message(prefetched),
            Outcome::TryLater(_) | Outcome::Refused(_) => {
                self.reset().await;
                Next::Message(prefetched)
            }
            Outcome::Unknown(why) => {
                self.give_back(prefetched).await;
                Next::Doubt(format!("the relay broke off after a message: {why}"))
            }
        }
    }

    /// A draft of the message after this one, where nothing is to be waited for.
    async fn prefetch(&mut self, drafted: Option<Draft>) -> Option<Draft> {
        if drafted.is_some() || self.shared.rate_limiter.is_limited() {
            return drafted;
        }
        match self.shared.draft().await {
            Ok(draft) => draft,
            Err(error) => {
                // told when the message that is being marked has had its turn
                self.error = Some(error);
                None
            }
        }
    }
}
