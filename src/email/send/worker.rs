//! One session's work: connect, offer, mark, hand over, write down.

mod deliver;

use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::Ordering::SeqCst;
use std::time::Duration;

use tokio::time::timeout;
use tracing::debug;

use super::draft::Draft;
use super::{SendError, Shared, Stop};
use crate::email::session::{ConnectError, Offer, Session};
use crate::invitation::Outcome;
use crate::shutdown::Shutdown;
use crate::store::DueMessage;

/// After so many messages a connection is closed and opened anew: some relays have no limit of their own and share
/// connections out when they are opened. A relay's limit is met by opening a new one.
const MESSAGES_A_CONNECTION: u32 = 1000;

/// Beyond this a session takes long to open.
const A_WHILE: Duration = Duration::from_millis(500);

/// What a worker does after a message.
#[expect(clippy::large_enum_variant, reason = "one a session, which lives for a moment")]
enum Next {
    /// The next message, which may be in hand already.
    Message(Option<Draft>),
    /// There is no connection: leaves this message and the rest to the other sessions.
    GiveWay(ConnectError),
    /// The relay broke off after a message: leaves the rest to the other sessions.
    Doubt(String),
    End,
}

/// How a session's work ended.
pub(super) enum Ended {
    /// There is nothing more for it to do.
    Done,
    /// The relay did not grant it a connection.
    WithoutConnection,
}

pub(super) struct Worker {
    shared: Arc<Shared>,
    session: Option<Session>,
    /// Messages of this connection.
    carried: u32,
    /// Why no message could be drafted ahead.
    error: Option<SendError>,
    /// An answer that is written down, and that may say something about the whole run.
    answer: Option<(DueMessage, Outcome)>,
    /// How often the relay had been left alone when the connection was opened.
    rests: u32,
}

impl Worker {
    pub(super) fn new(shared: Arc<Shared>) -> Self {
        Self { shared, session: None, carried: 0, error: None, answer: None, rests: 0 }
    }

    pub(super) async fn run(mut self) -> Result<Ended, SendError> {
        let result = self.work().await;
        self.close().await;
        result
    }

    async fn work(&mut self) -> Result<Ended, SendError> {
        let mut prefetched = None;
        loop {
            self.shared.rested().await;
            let draft = match prefetched.take() {
                Some(draft) => Some(draft),
                None => self.next().await?,
            };
            let Some(draft) = draft.filter(|_| !self.shared.is_stopped()) else { return Ok(Ended::Done) };
            let next = self.send(draft).await?;
            if let Some((message, outcome)) = self.answer.take() {
                self.shared.heed(&message, &outcome, self.rests).await?;
            }
            if let Some(error) = self.error.take() {
                return Err(error);
            }
            match next {
                Next::Message(draft) => prefetched = draft,
                Next::GiveWay(trouble) => {
                    self.shared.not_connected(&trouble);
                    return Ok(Ended::WithoutConnection);
                }
                Next::Doubt(why) => {
                    if self.shared.sessions.fetch_sub(1, SeqCst) == 1 {
                        self.shared.stop(Stop::Failure(why));
                    }
                    return Ok(Ended::Done);
                }
                Next::End => return Ok(Ended::Done),
            }
        }
    }

    /// The next message when its time has come.
    async fn next(&self) -> Result<Option<Draft>, SendError> {
        let draft = self.shared.draft().await?;
        if draft.is_some() {
            let mut shutdown = self.shared.shutdown.clone();
            tokio::select! {
                waited = self.shared.keep_pace() => waited?,
                () = shutdown.requested() => {}
            }
        }
        Ok(draft)
    }

    async fn send(&mut self, draft: Draft) -> Result<Next, SendError> {
        let mut prefetched = Some(draft);
        // a relay may have closed an idle connection, or takes no more on this one; that happens once and not twice in a
        // row
        for attempt in 1..=2 {
            let shutdown = self.shared.shutdown.clone();
            let Some(connected) = self.session_for(&mut prefetched).await else { return Ok(Next::End) };
            if let Err(trouble) = connected {
                self.give_back(prefetched).await;
                return Ok(Next::GiveWay(trouble));
            }
            let Some(mut draft) = prefetched.take() else { return Ok(Next::Message(None)) };
            let Some(mut session) = self.session.take() else { return Ok(Next::End) };
            if let Some(problem) = too_large(&session, &draft) {
                self.session = Some(session);
                return self.refused(&draft.message, Outcome::Refused(problem), None).await;
            }
            draft.offered = self.shared.streak().answers();
            let recipient = draft.message.graduate.email.address();
            let offer = tokio::select! {
                offer = session.offer(&draft.sender, recipient) => offer,
                () = patience(shutdown) => return Ok(Next::End),
            };
            self.session = Some(session);
            match offer {
                Offer::Taken => return self.deliver(draft).await,
                Offer::Answered(outcome) => return self.refused(&draft.message, outcome, None).await,
                Offer::Later(reply) if attempt == 1 && self.carried > 0 => {
                    debug!("nothing more is taken on this connection, opening a new one: {reply}");
                    self.close().await;
                    prefetched = Some(draft);
                }
                Offer::Later(reply) => {
                    self.shared.heed_no_sender(draft.message, &reply, self.rests).await;
                    return Ok(Next::Message(None));
                }
                Offer::NotWelcome(words) => {
                    self.shared.stop(Stop::Failure(words));
                    return Ok(Next::End);
                }
                Offer::Lost(why) | Offer::Unheard(why) if attempt == 2 => {
                    self.shared.stop(Stop::Failure(format!("the connection broke: {why}")));
                }
                Offer::Lost(why) | Offer::Unheard(why) => {
                    debug!("connection lost before a message was begun, opening a new one: {why}");
                    self.close().await;
                    prefetched = Some(draft);
                }
            }
        }
        Ok(Next::End)
    }

    /// The relay does not want this recipient, now or at all; no content was sent.
    async fn refused(
        &mut self,
        message: &DueMessage,
        outcome: Outcome,
        prefetched: Option<Draft>,
    ) -> Result<Next, SendError> {
        let outcome = self.shared.refuse(message, outcome).await?;
        self.answer = Some((message.clone(), outcome));
        self.reset().await;
        Ok(Next::Message(prefetched))
    }

    async fn reset(&mut self) {
        if let Some(session) = &mut self.session {
            session.reset().await;
        }
    }

    /// Sees to a session for the message in hand. One that takes a while to open leaves the message to the others, and is
    /// not waited for once they have taken all; `None`: there is nothing to do any more.
    async fn session_for(&mut self, prefetched: &mut Option<Draft>) -> Option<Result<(), ConnectError>> {
        let shared = Arc::clone(&self.shared);
        // nothing is lost before the content, so a wish to stop need not wait for a silent relay
        let (mut connecting, mut stopping) = (pin!(self.connect()), pin!(patience(shared.shutdown.clone())));
        loop {
            tokio::select! {
                connected = timeout(A_WHILE, &mut connecting) => if let Ok(connected) = connected {
                    return Some(connected);
                },
                () = &mut stopping => return None,
            }
            if let Some(draft) = prefetched.take() {
                shared.feed.give_back(draft.message).await;
            } else if shared.feed.is_exhausted().await {
                return None;
            }
        }
    }

    async fn give_back(&self, draft: Option<Draft>) {
        if let Some(draft) = draft {
            self.shared.feed.give_back(draft.message).await;
        }
    }

    /// A session open and able to carry one more message.
    async fn connect(&mut self) -> Result<(), ConnectError> {
        let rests = self.shared.rests.load(SeqCst);
        let usable = self.session.as_ref().is_some_and(Session::is_usable) && rests == self.rests;
        if usable && self.carried < MESSAGES_A_CONNECTION {
            return Ok(());
        }
        self.close().await;
        self.session = Some(self.shared.client.connect().await?);
        (self.carried, self.rests) = (0, rests);
        Ok(())
    }

    async fn close(&mut self) {
        if let Some(session) = self.session.take() {
            session.quit().await;
        }
    }
}

/// In the words of a relay, why it would not take a message of this size.
fn too_large(session: &Session, draft: &Draft) -> Option<String> {
    let (size, limit) = (draft.composed.wire.len(), session.size()?);
    (size > limit).then(|| {
        format!("552 5.3.4 the message has {size} bytes, and the relay takes at most {limit} (SIZE)")
    })
}

/// How long a relay that is asked for something may still answer once somebody asks to stop.
async fn patience(mut shutdown: Shutdown) {
    shutdown.requested().await;
    let _ = timeout(Duration::from_secs(10), std::future::pending::<()>()).await;
}
