//! One session's work: connect, offer, mark, hand over, write down.

use std::sync::atomic::Ordering::{Relaxed, SeqCst};
use std::sync::{Arc, PoisonError};
use std::time::Duration;

use tracing::{debug, info, warn};

use super::{REFUSALS_IN_A_ROW, SendError, Shared, Stop};
use crate::email::session::{Offer, Session, Trouble};
use crate::email::{ComposeError, Composed, Letter};
use crate::invitation::Outcome;
use crate::invitation::code::Code;
use crate::shutdown::Shutdown;
use crate::store::{DayBudget, DueMessage, Marked, Marking};

/// After so many messages a connection is closed and opened anew, as relays like it.
const MESSAGES_A_CONNECTION: u32 = 100;

/// What a worker does after a message.
enum Next {
    Message,
    /// There is no connection: leaves this message and the rest to the other sessions.
    GiveWay(Trouble),
    /// The relay broke off after this message: leaves the rest to the other sessions.
    Doubt(Trouble),
    End,
}

pub(super) struct Worker {
    shared: Arc<Shared>,
    session: Option<Session>,
    /// Messages of this connection.
    carried: u32,
}

impl Worker {
    pub(super) fn new(shared: Arc<Shared>) -> Self {
        Self { shared, session: None, carried: 0 }
    }

    pub(super) async fn run(mut self) -> Result<(), SendError> {
        let result = self.work().await;
        self.close().await;
        result
    }

    async fn work(&mut self) -> Result<(), SendError> {
        while !self.shared.is_stopped() {
            let Some(message) = self.shared.feed.next().await? else { return Ok(()) };
            let mut shutdown = self.shared.shutdown.clone();
            let pace = Arc::clone(&self.shared);
            tokio::select! {
                () = pace.pace.wait() => {}
                () = shutdown.wished() => {}
            }
            if self.shared.is_stopped() {
                return Ok(());
            }
            match self.send(&message).await? {
                Next::Message => {}
                Next::GiveWay(trouble) => {
                    self.shared.feed.give_back(message).await;
                    self.shared.not_connected(&trouble);
                    return Ok(());
                }
                Next::Doubt(trouble) => {
                    if self.shared.sessions.fetch_sub(1, SeqCst) == 1 {
                        self.shared.stop(Stop::Trouble(trouble.0));
                    }
                    return Ok(());
                }
                Next::End => return Ok(()),
            }
        }
        Ok(())
    }

    async fn send(&mut self, message: &DueMessage) -> Result<Next, SendError> {
        // a relay may have closed an idle connection; that happens once and not twice in a row
        for attempt in 1..=2 {
            // nothing is lost before the content, so a wish to stop need not wait for a silent relay
            let shutdown = self.shared.shutdown.clone();
            let connected = tokio::select! {
                connected = self.connect() => connected,
                () = patience(shutdown.clone()) => return Ok(Next::End),
            };
            if let Err(trouble) = connected {
                return Ok(Next::GiveWay(trouble));
            }
            let Some(mut session) = self.session.take() else { return Ok(Next::End) };
            let offer = tokio::select! {
                offer = session.offer(self.shared.composer.sender(), message.graduate.email.address()) => offer,
                () = patience(shutdown) => return Ok(Next::End),
            };
            self.session = Some(session);
            match offer {
                Offer::Taken => return self.hand_over(message).await,
                Offer::Answered(outcome) => return self.refused(message, outcome).await,
                Offer::Trouble(trouble) => {
                    self.shared.stop(Stop::Trouble(trouble.0));
                    return Ok(Next::End);
                }
                Offer::Lost(why) if attempt == 2 => {
                    self.shared.stop(Stop::Trouble(format!("the connection broke: {why}")));
                }
                Offer::Lost(why) => {
                    debug!("connection lost before a message was begun, opening a new one: {why}");
                    self.close().await;
                }
            }
        }
        Ok(Next::End)
    }

    /// Makes the code, writes the mark, and only then lets the content go (promise 2).
    async fn hand_over(&mut self, message: &DueMessage) -> Result<Next, SendError> {
        let (composed, marked) = match self.mark(message).await? {
            Ok(marked) => marked,
            // about this graduate, as far as anybody can tell: the templates have passed their check
            Err(error) => return self.refused(message, Outcome::Refused(error.to_string())).await,
        };
        let Some(session) = &mut self.session else { return Ok(Next::End) };
        match marked {
            Marked::Sending => {}
            Marked::NoBudget => {
                self.shared.stop(Stop::Budget);
                session.reset().await;
                return Ok(Next::End);
            }
            Marked::NoLongerDue | Marked::CodeTaken => {
                info!(student_id = %message.graduate.student_id, "message is no longer due, passed over");
                session.reset().await;
                return Ok(Next::Message);
            }
        }
        let outcome = session.content(&composed.wire).await.concealing(&secrets(message, &composed.code));
        self.carried += 1;
        let attempts = message.attempts + 1;
        self.count(message, &outcome, attempts);
        let now = self.shared.clock.milliseconds();
        let refused = !matches!(outcome, Outcome::Accepted(_));
        let doubt = match &outcome {
            Outcome::Unknown(why) => Some(Trouble(format!("the relay broke off after a message: {why}"))),
            _ => None,
        };
        self.shared.writer.record_outcome(message.id, attempts, outcome, now).await?;
        if let Some(trouble) = doubt {
            return Ok(Next::Doubt(trouble));
        }
        if refused && let Some(session) = &mut self.session {
            session.reset().await;
        }
        Ok(Next::Message)
    }

    /// Composes the message around a new code and marks it; another code where that one is taken.
    async fn mark(
        &self,
        message: &DueMessage,
    ) -> Result<Result<(Composed, Marked), ComposeError>, SendError> {
        let shared = &self.shared;
        let tag = shared.key.message_tag(message.id);
        loop {
            let at = shared.clock.now();
            let code = Code::random(&mut *shared.chance.lock().unwrap_or_else(PoisonError::into_inner));
            let letter = Letter {
                graduate: &message.graduate,
                qualifications: &message.qualifications,
                code: &code,
                message_tag: &tag,
                at,
            };
            let composed = match shared.composer.compose(&letter) {
                Ok(composed) => composed,
                Err(error) => return Ok(Err(error)),
            };
            let zone = shared.config.institution.time_zone.clone();
            let marking = Marking {
                message_id: message.id,
                invitation_id: message.invitation_id,
                code_hash: shared.key.hash(&code),
                now: at.as_millisecond(),
                code_expires_at: shared.composer.expiry(at).as_millisecond(),
                budget: DayBudget {
                    day: at.to_zoned(zone).date().to_string(),
                    limit: shared.config.mail.per_day,
                },
            };
            match shared.writer.mark_sending(marking).await? {
                Marked::CodeTaken => {}
                marked => return Ok(Ok((composed, marked))),
            }
        }
    }

    /// The relay does not want this recipient, now or at all; no content was sent.
    async fn refused(&mut self, message: &DueMessage, outcome: Outcome) -> Result<Next, SendError> {
        let outcome = outcome.concealing(&secrets(message, ""));
        let attempts = message.attempts + 1;
        self.count(message, &outcome, attempts);
        let now = self.shared.clock.milliseconds();
        self.shared.writer.record_refusal(message.id, attempts, outcome, now).await?;
        if let Some(session) = &mut self.session {
            session.reset().await;
        }
        Ok(Next::Message)
    }

    fn count(&self, message: &DueMessage, outcome: &Outcome, attempts: i64) {
        let shared = &self.shared;
        let graduate = &message.graduate;
        let (student_id, to) = (&graduate.student_id, graduate.email.masked());
        let state = outcome.message_state(attempts);
        let counter = match state {
            "sent" => &shared.tally.sent,
            "deferred" => &shared.tally.deferred,
            "refused" => &shared.tally.refused,
            _ => &shared.tally.in_doubt,
        };
        counter.fetch_add(1, Relaxed);
        if state == "sent" {
            debug!(%student_id, to, reply = outcome.reply(), "sent");
        } else {
            warn!(%student_id, to, reply = outcome.reply(), "{}", state.replace('_', " "));
        }
        if state == "refused" {
            if shared.refusals_in_a_row.fetch_add(1, SeqCst) + 1 == REFUSALS_IN_A_ROW {
                shared.stop(Stop::Trouble(format!(
                    "the relay refused {REFUSALS_IN_A_ROW} recipients in a row, so it is probably about the sender; \
                     when that is mended, `gradpass retry` takes them again"
                )));
            }
        } else if state == "sent" {
            shared.refusals_in_a_row.store(0, SeqCst);
        }
    }

    /// A session open and able to carry one more message.
    async fn connect(&mut self) -> Result<(), Trouble> {
        let usable = self.session.as_ref().is_some_and(Session::is_usable);
        if usable && self.carried < MESSAGES_A_CONNECTION {
            return Ok(());
        }
        self.close().await;
        self.session = Some(Session::open(&self.shared.config.mail, self.shared.timeouts).await?);
        self.carried = 0;
        Ok(())
    }

    async fn close(&mut self) {
        if let Some(session) = self.session.take() {
            session.quit().await;
        }
    }
}

/// How long a relay that is asked for something may still answer once stopping is wished.
async fn patience(mut shutdown: Shutdown) {
    shutdown.wished().await;
    let _ = tokio::time::timeout(Duration::from_secs(10), std::future::pending::<()>()).await;
}

/// What a relay may repeat in its answer, and nobody may read in the ledger or a log.
fn secrets<'a>(message: &'a DueMessage, code: &'a str) -> [&'a str; 2] {
    let address = message.graduate.email.as_str();
    [code, address.rsplit_once('@').map_or(address, |(local, _)| local)]
}
