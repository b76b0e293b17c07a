//! Sending what is due: a fixed number of sessions take messages from one feed, hand each to the relay and
//! write down what happened. Take what is due → do the one outside thing → write down what happened.

mod company;
mod counters;
mod draft;
mod feed;
mod heed;
mod streak;
mod worker;

use std::sync::atomic::Ordering::{Relaxed, SeqCst};
use std::sync::atomic::{AtomicBool, AtomicU32};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use rand::rngs::StdRng;
use tokio::task::JoinSet;
use tokio::time::timeout;
use tracing::warn;

use crate::clock::{Clock, after};
use crate::config::Config;
use crate::email::Composer;
use crate::email::rate_limiter::RateLimiter;
use crate::email::return_path::ReturnPath;
use crate::email::session::{Client, ConnectError};
use crate::invitation::Occasion;
use crate::invitation::key::CodeKey;
use crate::shutdown::Shutdown;
use crate::store::{DueMessage, MailFigures, Node, Store, StoreError, Writer};
use company::HELD_UP;
pub use counters::Counters;
use feed::Feed;
use streak::Streak;
use worker::{Ended, Worker};

/// How a sending ended.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sent {
    /// Taken by the relay in this run.
    pub sent: i64,
    /// Of these, reminders.
    pub reminders: i64,
    /// What is still to go, refused or in doubt after it.
    pub left: MailFigures,
    /// Why it stopped before everything due was tried.
    pub stopped: Option<Stop>,
    /// What the relay said alike to several who were not sent theirs, with how many they are.
    pub replies: Vec<String>,
}

/// Which of the messages that are due are sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Whom {
    /// All.
    #[default]
    Everybody,
    /// Those of these students.
    Students(Vec<String>),
    /// Reminders alone.
    Reminded,
}

impl Whom {
    fn includes(&self, message: &DueMessage) -> bool {
        match self {
            Self::Everybody => true,
            Self::Students(ids) => ids.iter().any(|id| id == message.graduate.student_id.as_str()),
            Self::Reminded => matches!(message.occasion, Occasion::Reminder { .. }),
        }
    }
}

/// Why a run stops early. Everybody not yet tried stays waiting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stop {
    /// The relay is down, or does not want us.
    Failure(String),
    /// The day's budget is used up.
    Budget,
    /// The time up to which messages may be begun is over.
    Until,
    /// SIGTERM or Ctrl-C.
    Asked,
}

/// Why sending failed altogether.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "each says it in its message")]
pub enum SendError {
    #[error("{0}")]
    Store(#[from] StoreError),
    #[error("a sending task ended unexpectedly")]
    Task,
}

/// Everything that sending needs.
pub struct Sender {
    /// Where messages come from.
    pub store: Store,
    /// Where marks go.
    pub writer: Writer,
    /// What a message says.
    pub composer: Composer,
    /// The hash of the codes.
    pub key: CodeKey,
    /// The relay.
    pub client: Client,
    /// The pace.
    pub config: Arc<Config>,
    /// Time.
    pub clock: Clock,
    /// Where codes come from.
    pub rng: StdRng,
    /// Whose messages go.
    pub whom: Whom,
    /// No message is begun from then on.
    pub until: Option<Timestamp>,
    /// The wish to stop.
    pub shutdown: Shutdown,
    /// What happened so far.
    pub counters: Arc<Counters>,
}

impl Sender {
    /// Sends everything that is due, and what becomes due meanwhile or within the configured lingering.
    ///
    /// # Errors
    /// [`SendError`] when the ledger or a template fails; what was sent until then is written down.
    pub async fn send(self) -> Result<Sent, SendError> {
        let Self {
            store,
            writer,
            composer,
            key,
            client,
            config,
            clock,
            rng,
            whom,
            until,
            shutdown,
            counters,
        } = self;
        store.remember_key(&writer, key.fingerprint()).await?;
        writer.recover(clock.now()).await?;
        let until = until.unwrap_or(Timestamp::MAX);
        let deadline = after(clock.now(), Duration::from_mins(config.mail.linger_minutes.into()));
        let deadline = deadline.min(until);
        let restored = store.sending().await?.restored;
        let node = store.join(&writer, &clock).await?.map(Arc::new);
        // what is due by then is in the feed
        let mut fed = clock.now();
        // whose messages are all to go waits for others that have some in hand
        let company = node.clone().filter(|_| whom == Whom::Everybody);
        let shared = Arc::new(Shared {
            rate_limiter: RateLimiter::new(&config.mail, &clock),
            feed: Feed::new((store.clone(), node.clone()), whom, fed),
            node,
            stop: Mutex::new(None),
            until,
            sessions: AtomicU32::new(config.mail.connections.get()),
            no_connection: Mutex::new(None),
            streak: Mutex::default(),
            rest: tokio::sync::Mutex::new(()),
            rests: AtomicU32::new(0),
            hears_nothing_behind: AtomicBool::new(false),
            rng: Mutex::new(rng),
            counters: Arc::clone(&counters),
            writer,
            composer,
            return_path: ReturnPath::new(&config),
            key,
            restored,
            client,
            config,
            clock: clock.clone(),
            shutdown: shutdown.clone(),
        });
        // nobody else had anything in hand when what was free was last asked for
        let mut was_alone = false;
        let worked: Result<(), SendError> = async {
            loop {
                shared.work().await?;
                if shared.node.as_ref().is_some_and(|node| node.is_given_up()) {
                    shared.stop(Stop::Failure(HELD_UP.into()));
                }
                if let Some(company) = company.as_ref().filter(|_| !shared.is_stopped()) {
                    let is_alone = !company.wait_for_others(fed, clock.now()).await?;
                    // else the last of them may have given something back since
                    if !(is_alone && was_alone) {
                        was_alone = is_alone;
                        shared.feed.restart(fed).await?;
                        continue;
                    }
                }
                // the rest was tried or passed over
                let next = store.mail_figures(None, fed).await?.next_due;
                match next {
                    Some(due) if due <= deadline.max(clock.now()) && !shared.is_stopped() => {
                        if let Ok(wait) = Duration::try_from(due.duration_since(clock.now())) {
                            let mut shutdown = shutdown.clone();
                            tokio::select! {
                                () = clock.sleep(wait) => {}
                                () = shutdown.requested() => {}
                            }
                        }
                        fed = clock.now();
                        shared.feed.restart(fed).await?;
                    }
                    _ => break,
                }
            }
            shared.heed_the_last().await
        }
        .await;
        // whatever happened, what was not tried is for others
        let closed = shared.feed.close().await;
        worked.and(closed)?;
        let left = store.mail_figures(None, clock.now()).await?;
        // everything went in time
        let is_idle = |stop: &Stop| *stop == Stop::Until && left.due == 0;
        let stopped = shared.stopped().filter(|stop| !is_idle(stop));
        Ok(Sent {
            sent: counters.sent.load(Relaxed),
            reminders: counters.reminders.load(Relaxed),
            left,
            stopped,
            replies: counters.replies(),
        })
    }
}

/// What the sessions share.
struct Shared {
    feed: Feed,
    rate_limiter: RateLimiter,
    stop: Mutex<Option<Stop>>,
    /// No message is begun from then on.
    until: Timestamp,
    /// Sessions that may work. A relay that breaks off after a message ends its session for good, so that no
    /// more messages come into doubt in a run than there are sessions.
    sessions: AtomicU32,
    /// Why a session could not be opened, if one could not.
    no_connection: Mutex<Option<ConnectError>>,
    /// The relay's latest answers, where it took nobody.
    streak: Mutex<Streak>,
    /// Held while the relay is left alone.
    rest: tokio::sync::Mutex<()>,
    /// How often it was; a session of before is closed.
    rests: AtomicU32,
    /// What is said behind a content gets no answer, or a wrong one.
    hears_nothing_behind: AtomicBool,
    rng: Mutex<StdRng>,
    counters: Arc<Counters>,
    writer: Writer,
    /// What this process is among others that send.
    node: Option<Arc<Node>>,
    composer: Composer,
    return_path: ReturnPath,
    key: CodeKey,
    /// The number of [`crate::store::Sending`] with which a restored ledger went on.
    restored: i64,
    client: Client,
    config: Arc<Config>,
    clock: Clock,
    shutdown: Shutdown,
}

impl Shared {
    /// Lets the sessions work until the feed is empty or something stops them. What a session without a
    /// connection left is tried once more over the others, as long as that gets any further.
    async fn work(self: &Arc<Self>) -> Result<(), SendError> {
        loop {
            let tried = self.counters.tried();
            self.pass().await?;
            if self.is_stopped() {
                return Ok(());
            }
            if self.feed.is_empty().await {
                if !self.put_off_again().await? {
                    return Ok(());
                }
            } else if self.counters.tried() == tried {
                let why = self.no_connection.lock().unwrap_or_else(PoisonError::into_inner).take();
                self.heed_no_connection(why).await;
            }
        }
    }

    async fn pass(self: &Arc<Self>) -> Result<(), SendError> {
        let mut sessions = JoinSet::new();
        for _ in 0..self.sessions.load(SeqCst) {
            sessions.spawn(Worker::new(Arc::clone(self)).run());
        }
        let (mut result, mut missing) = (Ok(()), 0_u32);
        loop {
            match timeout(self.client.timeouts().another, sessions.join_next()).await {
                Ok(None) => return result,
                Ok(Some(ended)) => match ended.map_err(|_| SendError::Task).and_then(|ended| ended) {
                    Ok(Ended::WithoutConnection) => missing += 1,
                    Ok(Ended::Done) => {}
                    Err(error) => {
                        // the others finish what they have in hand
                        self.stop(Stop::Failure("an error of our own".into()));
                        result = result.and(Err(error));
                    }
                },
                // a relay that granted fewer connections may grant another by now
                Err(_) if missing > 0 && !self.feed.is_exhausted().await => {
                    missing -= 1;
                    sessions.spawn(Worker::new(Arc::clone(self)).run());
                }
                Err(_) => {}
            }
        }
    }

    /// Keeps the first reason, which is told once: a relay that grants fewer connections than it was asked
    /// for is worth a line, and one that grants none ends the run with it.
    fn not_connected(&self, trouble: &ConnectError) {
        let mut first = self.no_connection.lock().unwrap_or_else(PoisonError::into_inner);
        if first.is_none() {
            *first = Some(trouble.clone());
            if self.counters.tried() > 0 {
                warn!("{trouble}; going on with fewer connections");
            }
        }
    }

    /// The first reason stands.
    fn stop(&self, why: Stop) {
        self.stop.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(why);
    }

    fn stopped(&self) -> Option<Stop> {
        self.stop.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Whether it is too late for another message.
    fn is_over(&self) -> bool {
        let is_over = self.clock.now() >= self.until;
        if is_over {
            self.stop(Stop::Until);
        }
        is_over
    }

    fn is_stopped(&self) -> bool {
        if self.is_over() {
            return true;
        }
        if self.shutdown.is_requested() {
            self.stop(Stop::Asked);
        }
        self.stopped().is_some()
    }
}
