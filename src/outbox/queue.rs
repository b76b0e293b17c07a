//! The queue towards SEEK Pass: what waits in the ledger is sent in order of arrival, at the configured pace, and
//! whoever waits for an answer is told. Take what is due → do the one outside thing → write down what happened.
//!
//! The ledger is the queue, and is read again and again while anything waits in it. While nothing does, a new that was
//! just written down goes [at once](Queue::go): there is nobody whom it could overtake, and nothing to be read again.
//!
//! Of a ledger on a server, which several services may share, the queue, the pace and the breaker are rows there (`queue/shared.rs`).

mod attempt;
mod line;
mod listener;
mod shared;

use std::collections::HashMap;
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::Date;
use rand::RngExt;
use rand::rngs::StdRng;
use tokio::sync::{Notify, oneshot};

use self::line::Line;
use self::shared::Turnstile;
use super::breaker::{BreakerState, CircuitBreaker};
use super::rate_limiter::RateLimiter;
use crate::clock::Clock;
use crate::config::{Institution, SeekPassSettings};
use crate::credential::{Credential, Qualification};
use crate::graduate::{PersonName, Problem};
use crate::seek::SeekPass;
use crate::shutdown::Shutdown;
use crate::store::{Store, StoreError, Writer};
pub use attempt::Ready;
pub use listener::{Listener, Settled};

/// An answer may take so many seconds before the calls under way hold the pace back: a SEEK Pass that hangs is not
/// given the whole queue.
const SECONDS_UNDER_WAY: u32 = 4;

/// Calls under way at the same time, whatever the pace.
const MOST_UNDER_WAY: u32 = 256;

/// More than can be under way, so that a page always brings the queue on.
const PAGE: i64 = 512;

/// How long the queue sleeps at most: another process (`retry`) may have put something into it.
const LOOK_AGAIN: Duration = Duration::from_secs(5);

/// What SEEK Pass said so far, for the metrics.
#[derive(Debug, Default)]
#[expect(missing_docs, reason = "the words of an outcome")]
pub struct Counters {
    pub accepted: AtomicU64,
    pub try_later: AtomicU64,
    pub refused: AtomicU64,
    pub unknown: AtomicU64,
}

/// The queue; cheap to clone.
#[derive(Clone)]
pub struct Queue(Arc<Shared>);

struct Shared {
    store: Store,
    writer: Writer,
    seek_pass: SeekPass,
    institution: Institution,
    id_prefix: String,
    clock: Clock,
    rate_limiter: RateLimiter,
    /// In place of it, on a ledger that others serve, too.
    turnstile: Option<Turnstile>,
    most_under_way: usize,
    rng: Mutex<StdRng>,
    breaker: Mutex<CircuitBreaker>,
    line: Mutex<Line>,
    /// Who waits for which id at SEEK Pass.
    listeners: Mutex<HashMap<String, Vec<oneshot::Sender<Settled>>>>,
    wake: Notify,
    counters: Counters,
}

impl Queue {
    /// A queue over the ledger; nothing moves until [`Queue::run`].
    #[must_use]
    pub fn new(
        (store, writer): (Store, Writer),
        seek_pass: SeekPass,
        settings: &SeekPassSettings,
        institution: &Institution,
        (clock, rng): (&Clock, StdRng),
    ) -> Self {
        let most_under_way = settings.per_second.get().saturating_mul(SECONDS_UNDER_WAY).min(MOST_UNDER_WAY);
        Self(Arc::new(Shared {
            most_under_way: usize::try_from(most_under_way).unwrap_or(usize::MAX),
            turnstile: Turnstile::of(&store, settings, clock),
            store,
            writer,
            seek_pass,
            institution: institution.clone(),
            id_prefix: settings.id_prefix.clone(),
            clock: clock.clone(),
            rate_limiter: RateLimiter::new(settings, clock),
            rng: Mutex::new(rng),
            breaker: Mutex::default(),
            line: Mutex::default(),
            listeners: Mutex::default(),
            wake: Notify::new(),
            counters: Counters::default(),
        }))
    }

    /// Sends until stopping is submitted, then waits for the calls under way; the rest stays in the ledger.
    pub async fn run(&self, mut shutdown: Shutdown) {
        let shared = &self.0;
        if shared.turnstile.is_none()
            && let Err(error) = shared.writer.recover_submissions().await
        {
            tracing::error!("{error}");
        }
        match shared.store.types_in_use().await {
            Ok(types) => shared.seek_pass.uses(types),
            Err(error) => tracing::error!("{error}"),
        }
        if let Some(turnstile) = &shared.turnstile {
            self.run_shared(turnstile, &mut shutdown).await;
        }
        while !shutdown.is_requested() {
            let wait = tokio::select! {
                biased;
                () = shutdown.requested() => break,
                wait = self.pass() => wait,
            };
            let wait = wait.unwrap_or_else(|error| {
                tracing::error!("the queue to SEEK Pass: {error}");
                LOOK_AGAIN
            });
            tokio::select! {
                () = shutdown.requested() => {}
                // real time: nobody but people waits here
                _ = tokio::time::timeout(wait, shared.wake.notified()) => {}
            }
        }
        self.finish().await;
    }

    /// Sends what is due and may go now, and waits for the answers.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn drain(&self) -> Result<(), StoreError> {
        match &self.0.turnstile {
            Some(turnstile) => self.pass_shared(turnstile).await?,
            None => drop(self.pass().await?),
        }
        self.finish().await;
        Ok(())
    }

    /// Lets nobody go any more and waits for the calls under way.
    async fn finish(&self) {
        lock(&self.0.line).close();
        while lock(&self.0.line).under_way() > 0 {
            self.0.wake.notified().await;
        }
    }

    /// An id for a new submission: the prefix and a random UUID (guide: `<PREFIX>-<UUID>`).
    #[must_use]
    pub fn new_id(&self) -> String {
        let random = lock(&self.0.rng).random();
        format!("{}-{}", self.0.id_prefix, uuid::Builder::from_random_bytes(random).into_uuid())
    }

    /// What SEEK Pass is told of a qualification today.
    ///
    /// # Errors
    /// A [`Problem`] with data that SEEK Pass would refuse.
    pub fn credential(
        &self,
        name: &PersonName,
        qualification: &Qualification,
    ) -> Result<Credential, Problem> {
        Credential::of(name, &self.0.institution.name, qualification, self.today())
    }

    /// The day in the university's time zone, which decides what is conferred.
    #[must_use]
    pub fn today(&self) -> Date {
        self.0.clock.now().to_zoned(self.0.institution.time_zone.clone()).date()
    }

    /// Another process may have put something into the ledger.
    pub fn wake(&self) {
        self.0.wake.notify_one();
    }

    /// What was just written down goes at once, unless somebody waits before it or something makes it wait: then it
    /// is one of those that wait in the ledger.
    pub fn go(&self, ready: Ready) {
        if self.0.turnstile.is_some() {
            // whoever shares the queue may have somebody before it
            return self.wake();
        }
        if let Some(ready) = self.admit(ready) {
            tokio::spawn(self.clone().attempt(ready, false));
        }
    }

    /// None when it has to wait, or needs to go no more.
    fn admit(&self, ready: Ready) -> Option<Ready> {
        let shared = &self.0;
        let mut line = lock(&shared.line);
        let is_free = line.is_free()
            && line.under_way() < shared.most_under_way
            && lock(&shared.breaker).state(shared.clock.now()) == BreakerState::Closed
            && shared.seek_pass.is_signed_in(ready.credential.credential_type());
        if is_free && !lock(&shared.listeners).contains_key(&ready.seek_pass_id) {
            // a pass over the ledger was faster
            return None;
        }
        if is_free && shared.rate_limiter.is_free() {
            return line.enter(ready.id).then_some(ready);
        }
        line.put_behind();
        drop(line);
        self.wake();
        None
    }

    /// Until when everybody waits because SEEK Pass is not well, if so.
    #[must_use]
    pub fn paused_until(&self) -> Option<Timestamp> {
        lock(&self.0.breaker).paused_until()
    }

    /// Whether submissions may go to SEEK Pass now.
    #[must_use]
    pub fn breaker_state(&self) -> BreakerState {
        lock(&self.0.breaker).state(self.0.clock.now())
    }

    /// What SEEK Pass said so far.
    #[must_use]
    pub fn counters(&self) -> &Counters {
        &self.0.counters
    }

    /// One walk over what is due; returns how long to wait for the next, unless something wakes it.
    async fn pass(&self) -> Result<Duration, StoreError> {
        let shared = &self.0;
        loop {
            lock(&shared.line).look();
            let due = shared.store.due_submissions(shared.clock.now(), PAGE).await?;
            let mut is_idle = true;
            for id in due {
                if lock(&shared.line).is_under_way(id) {
                    continue;
                }
                is_idle = false;
                let now = shared.clock.now();
                if let BreakerState::Open(until) = lock(&shared.breaker).state(now) {
                    return Ok(span(now, until));
                }
                while lock(&shared.line).under_way() >= shared.most_under_way {
                    shared.wake.notified().await;
                }
                let Some(ready) = self.ready(id).await? else { continue };
                if let Err(trouble) = self.sign_in(ready.credential.credential_type()).await {
                    let is_probe = lock(&shared.breaker).enter(now) == BreakerState::HalfOpen;
                    self.put_off(&ready, trouble, None, is_probe).await?;
                    continue;
                }
                shared.rate_limiter.wait().await;
                let now = shared.clock.now();
                let is_probe = match lock(&shared.breaker).enter(now) {
                    BreakerState::Closed => false,
                    BreakerState::HalfOpen => true,
                    BreakerState::Open(until) => return Ok(span(now, until)),
                };
                lock(&shared.line).enter(id);
                tokio::spawn(self.clone().attempt(ready, is_probe));
            }
            if is_idle && lock(&shared.line).is_at_its_end() {
                let now = shared.clock.now();
                return Ok(span(now, shared.store.next_submission_due(now).await?));
            }
        }
    }
}

/// How long to wait until then.
fn span(now: Timestamp, until: Option<Timestamp>) -> Duration {
    let span = until.and_then(|until| until.duration_since(now).try_into().ok());
    span.unwrap_or(LOOK_AGAIN).min(LOOK_AGAIN)
}

/// What stands behind a lock is whole after a panic, too.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
