//! One kind of budget, for each key its own; the bucket of a key is closed when its budget is spent.

use std::collections::HashMap;
use std::hash::Hash;
use std::num::NonZeroU32;
use std::time::Duration;

use governor::clock::Reference;
use governor::middleware::StateInformationMiddleware;
use governor::nanos::Nanos;
use governor::state::keyed::HashMapStateStore;
use governor::{Quota, RateLimiter as Governor};

use crate::clock::Clock;

/// How long a bucket must have stayed open before its closing is worth a warning again: under an attack it opens and
/// closes all the time.
pub(in crate::redemption) const CALM: Duration = Duration::from_mins(10);

/// How often closed buckets are counted anew where nobody spends any more.
const RECOUNT: Duration = Duration::from_secs(10);

/// Below so many keys nothing is thrown away.
const FEW: usize = 1024;

/// How many failures are let through.
#[derive(Clone, Copy)]
pub(in crate::redemption) struct Budget {
    pub(in crate::redemption) whose: &'static str,
    pub(in crate::redemption) at_once: NonZeroU32,
    pub(in crate::redemption) then_every: Duration,
    /// Whether its closing is worth a warning.
    pub(in crate::redemption) is_told: bool,
}

impl Budget {
    /// So many at once, and one more each time the span has gone by.
    pub(in crate::redemption) const fn new(whose: &'static str, at_once: u32, then_every: Duration) -> Self {
        let at_once = NonZeroU32::MIN.saturating_add(at_once - 1);
        Self { whose, at_once, then_every, is_told: true }
    }

    /// The same without a word in the log.
    pub(in crate::redemption) const fn quietly(self) -> Self {
        Self { is_told: false, ..self }
    }
}

/// The budgets of one kind and who has spent theirs.
pub(super) struct Bucket<Key: Hash + Eq + Clone> {
    budget: Budget,
    left: Governor<Key, HashMapStateStore<Key>, Clock, StateInformationMiddleware>,
    /// Until when each bucket is closed, since governor tells that only to those who spend.
    closings: HashMap<Key, Nanos>,
    prune_above: usize,
    pruned_at: Nanos,
}

impl<Key: Hash + Eq + Clone> Bucket<Key> {
    /// Every budget is full.
    pub(super) fn new(budget: Budget, clock: &Clock) -> Self {
        let quota = Quota::with_period(budget.then_every)
            // a span of nothing is no limit; no budget has one
            .unwrap_or(Quota::per_second(NonZeroU32::MIN))
            .allow_burst(budget.at_once);
        Self {
            budget,
            left: Governor::hashmap_with_clock(quota, clock.clone()).with_middleware(),
            closings: HashMap::new(),
            prune_above: FEW,
            pruned_at: governor::clock::Clock::now(clock),
        }
    }

    /// How long the bucket of this key stays closed.
    pub(super) fn closed(&self, key: &Key) -> Option<Duration> {
        let wait: Duration = self.closings.get(key)?.duration_since(self.now()).into();
        (!wait.is_zero()).then_some(wait)
    }

    /// Spends one failure; with the last one the bucket closes.
    pub(super) fn spend(&mut self, key: Key) {
        match self.left.check_key(&key) {
            Ok(left) if left.remaining_burst_capacity() > 0 => {}
            // a little longer than needed: where within the span we are is not told
            Ok(_) => self.close(key, self.budget.then_every),
            Err(not_until) => self.close(key, not_until.wait_time_from(self.now())),
        }
        self.prune();
    }

    fn close(&mut self, key: Key, wait: Duration) {
        let now = self.now();
        let before = self.closings.insert(key, now + wait);
        if self.budget.is_told && before.is_none_or(|before| before + CALM < now) {
            // an address is personal: whose it is stays unsaid
            tracing::warn!(
                at_once = self.budget.at_once,
                then_every = ?self.budget.then_every,
                "too many wrong guesses: the budget of {} is spent",
                self.budget.whose
            );
        }
    }

    /// Forgets the keys whose budget is full again. As rare as the keys are many, so that a failure costs the same
    /// however many there are; and since each failure takes from the global budget, they cannot be very many.
    fn prune(&mut self) {
        if self.size() > self.prune_above {
            self.forget();
        }
    }

    fn forget(&mut self) {
        let now = self.now();
        self.pruned_at = now;
        self.left.retain_recent();
        self.left.shrink_to_fit();
        let calm = if self.budget.is_told { CALM } else { Duration::ZERO };
        self.closings.retain(|_, until| *until + calm >= now);
        self.closings.shrink_to_fit();
        self.prune_above = FEW.max(2 * self.size());
    }

    /// Whether more buckets than these are closed. Those that have opened by themselves are forgotten for it, since nobody
    /// may be let in to spend, which forgets them otherwise.
    pub(super) fn are_more_than(&mut self, most: usize) -> bool {
        if self.closings.len() > most && self.now() >= self.pruned_at + RECOUNT {
            self.forget();
        }
        self.closings.len() > most
    }

    fn now(&self) -> Nanos {
        governor::clock::Clock::now(self.left.clock())
    }

    /// How many keys are remembered.
    pub(super) fn size(&self) -> usize {
        self.left.len() + self.closings.len()
    }
}
