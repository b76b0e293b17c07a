//! The queue of a ledger that several services share: each takes turns at the turnstile of the server ([`SharedPace`]), and posts what
//! it has taken, each in its slot. Whoever is too late for a slot gives the submission back.

use std::collections::VecDeque;
use std::time::Duration;

use futures_util::future::join_all;
use tokio::sync::oneshot;

use super::attempt::Ready;
use super::{LOOK_AGAIN, Queue, lock, span};
use crate::clock::Clock;
use crate::config::SeekPassSettings;
use crate::outbox::breaker::{BreakerState, CircuitBreaker};
use crate::shutdown::Shutdown;
use crate::store::{Admission, Draw, Leased, Pace, SharedPace, Store, StoreError};

/// How long nobody asks when there was nothing to do: another service may have put something in, or died.
const AT_REST: Duration = Duration::from_secs(1);

/// So long before the last slot that was taken, the next are: taking them is a matter of milliseconds.
const BEFORE: Duration = Duration::from_millis(60);

/// The turnstile, and what was taken there.
pub(super) struct Turnstile {
    pub(super) pace: SharedPace,
    taken: tokio::sync::Mutex<VecDeque<Ahead>>,
}

/// What waits for its slot.
struct Ahead {
    ready: Ready,
    leased: Leased,
    is_probe: bool,
}

/// What a step came to.
enum Step {
    /// There is more to do.
    Again,
    /// Not before that.
    After(Duration),
    /// Nothing, but for what somebody puts in until then.
    Rest(Duration),
}

impl Turnstile {
    pub(super) fn of(store: &Store, settings: &SeekPassSettings, clock: &Clock) -> Option<Self> {
        let pace = Pace { per_second: settings.per_second, burst: settings.burst };
        // a clock that stands still is everybody's
        let server = clock.is_fixed().then(|| clock.clone());
        let pace = store.shared_pace(&settings.account(), pace, clock, server)?;
        Some(Self { pace, taken: tokio::sync::Mutex::default() })
    }
}

impl Queue {
    /// Sends until stopping is asked for, then gives back what waits for its slot. No step is broken off.
    pub(super) async fn run_shared(&self, turnstile: &Turnstile, shutdown: &mut Shutdown) {
        while !shutdown.is_requested() {
            let step = self.step(turnstile).await.unwrap_or_else(|error| {
                tracing::error!("the queue to SEEK Pass: {error}");
                Step::After(AT_REST)
            });
            tokio::select! {
                () = shutdown.requested() => {}
                () = self.rest(step) => {}
            }
        }
        let left: Vec<_> = turnstile.taken.lock().await.drain(..).map(|ahead| ahead.leased).collect();
        if let Err(error) = turnstile.pace.give_back(&left).await {
            tracing::warn!("others go on with {} submissions after a while: {error}", left.len());
        }
    }

    async fn rest(&self, step: Step) {
        let shared = &self.0;
        match step {
            Step::Again => {}
            Step::After(wait) => shared.clock.sleep(wait).await,
            // real time: nobody but people waits here
            Step::Rest(wait) => drop(tokio::time::timeout(wait, shared.wake.notified()).await),
        }
    }

    /// Until nothing may go any more.
    pub(super) async fn pass_shared(&self, turnstile: &Turnstile) -> Result<(), StoreError> {
        loop {
            match self.step(turnstile).await? {
                Step::Rest(_) => return Ok(()),
                step => self.rest(step).await,
            }
        }
    }

    /// Takes a turn if it is time for one, then posts the first of what was taken, in its slot.
    async fn step(&self, turnstile: &Turnstile) -> Result<Step, StoreError> {
        let shared = &self.0;
        let mut taken = turnstile.taken.lock().await;
        let last = taken.back().map(|ahead| ahead.leased.slot.wait(&shared.clock));
        if last.is_none_or(|last| last < BEFORE) {
            let room = shared.most_under_way.saturating_sub(lock(&shared.line).under_way() + taken.len());
            if room == 0 && taken.is_empty() {
                return Ok(Step::Rest(LOOK_AGAIN));
            }
            let step = self.take(turnstile, &mut taken, room).await?;
            if taken.is_empty() {
                return Ok(step);
            }
        }
        if let Some(first) = taken.pop_front() {
            self.post(turnstile, first).await?;
        }
        Ok(Step::Again)
    }

    async fn take(
        &self,
        turnstile: &Turnstile,
        ahead: &mut VecDeque<Ahead>,
        room: usize,
    ) -> Result<Step, StoreError> {
        let shared = &self.0;
        let now = shared.clock.now();
        let admit = |health: &str| {
            let mut breaker = CircuitBreaker::of_ledger(health);
            let most = match breaker.enter_shared(now) {
                BreakerState::Closed => room,
                BreakerState::HalfOpen => room.min(1),
                BreakerState::Open(_) => 0,
            };
            Admission { most, health: breaker.for_ledger() }
        };
        let before = lock(&shared.breaker).clone();
        let (taken, health) = turnstile.pace.take(now, admit).await?;
        let known = CircuitBreaker::of_ledger(&health);
        // whoever goes while all others wait goes to find out
        let is_probe = known.paused_until().is_some();
        *lock(&shared.breaker) = known.clone();
        if before.paused_until().is_none()
            && let Some(until) = known.paused_until()
        {
            tracing::info!("another service found SEEK Pass not well: all submissions wait until {until:.0}");
        }
        let leased = match taken {
            Draw::Leased(leased) => leased,
            Draw::Later(wait) => return Ok(Step::After(wait)),
            Draw::Nothing => {
                let until = match known.state(now) {
                    BreakerState::Open(until) => until,
                    _ => shared.store.next_submission_due(now).await?,
                };
                return Ok(Step::Rest(span(now, until).min(AT_REST)));
            }
        };
        // a call that takes longer than its lease still goes on
        let new = leased.into_iter().filter(|leased| !lock(&shared.line).is_under_way(leased.id));
        let loaded = join_all(new.map(async |leased| (leased, self.ready(leased.id).await)));
        for (leased, ready) in loaded.await {
            match ready {
                Ok(Some(ready)) => ahead.push_back(Ahead { ready, leased, is_probe }),
                // it goes no more, or under another id
                Ok(None) => self.missed(is_probe).await,
                Err(error) => {
                    tracing::error!(submission = leased.id, "{error}");
                    self.missed(is_probe).await;
                    turnstile.pace.give_back(&[leased]).await?;
                }
            }
        }
        Ok(Step::Again)
    }

    /// Waits for the slot and lets it go; the answer is waited for elsewhere.
    async fn post(&self, turnstile: &Turnstile, first: Ahead) -> Result<(), StoreError> {
        let shared = &self.0;
        let Ahead { ready, leased, is_probe } = first;
        if let Err(trouble) = self.sign_in(ready.credential.credential_type()).await {
            return self.put_off(&ready, trouble, None, is_probe).await;
        }
        let wait = leased.slot.wait(&shared.clock);
        if !wait.is_zero() {
            shared.clock.sleep(wait).await;
        }
        let (begins, has_begun) = oneshot::channel();
        let queue = self.clone();
        tokio::spawn(async move {
            let is_in_time = leased.slot.is_open(&queue.0.clock) && lock(&queue.0.line).enter(leased.id);
            let _ = begins.send(is_in_time);
            if is_in_time {
                queue.attempt(ready, is_probe).await;
            }
        });
        if !has_begun.await.unwrap_or(true) {
            tracing::debug!(submission = leased.id, "too late for its slot");
            self.missed(is_probe).await;
            turnstile.pace.give_back(&[leased]).await?;
        }
        Ok(())
    }

    async fn missed(&self, was_probe: bool) {
        self.learn(move |breaker| breaker.missed(was_probe)).await;
    }

    /// Waits for another turn of the pace, for a call that is repeated with a new token.
    pub(super) async fn another_turn(&self) {
        let shared = &self.0;
        let Some(turnstile) = &shared.turnstile else { return shared.rate_limiter.wait().await };
        loop {
            match turnstile.pace.slot().await {
                Ok(slot) => {
                    let wait = slot.wait(&shared.clock);
                    if !wait.is_zero() {
                        shared.clock.sleep(wait).await;
                    }
                    if slot.is_open(&shared.clock) {
                        return;
                    }
                }
                Err(error) => {
                    tracing::error!("the pace towards SEEK Pass: {error}");
                    shared.clock.sleep(AT_REST).await;
                }
            }
        }
    }

    /// Tells the breaker what somebody found out; on a shared ledger, that of all services.
    pub(super) async fn learn<T: Send>(&self, change: impl Fn(&mut CircuitBreaker) -> T + Send + Sync) -> T {
        let shared = &self.0;
        let Some(turnstile) = &shared.turnstile else { return change(&mut lock(&shared.breaker)) };
        let mut known = lock(&shared.breaker).clone();
        let told = change(&mut known);
        if known == *lock(&shared.breaker) {
            // what changes nothing needs no word to the others
            return told;
        }
        let mut told = told;
        let changed = turnstile.pace.change_health(|health| {
            known = CircuitBreaker::of_ledger(health);
            told = change(&mut known);
            known.for_ledger()
        });
        if let Err(error) = changed.await {
            tracing::error!("what SEEK Pass said is not known to the other services: {error}");
        }
        *lock(&shared.breaker) = known;
        told
    }
}
