//! How many wrong codes the world may try. Only failures cost: whoever has a right code is never counted, and a
//! typing mistake is told by the code's check symbol before anything here is asked.
//!
//! An address may be a whole campus, so its budget is generous; the global one is what makes guessing hopeless.
//! It is kept in memory: a restart opens the buckets again, which gives a guesser one more burst. Several services on one ledger keep
//! theirs together there, by the same rules ([`super::guesses`]).
//!
//! # The odds
//!
//! A code has 60 random bits, so with 100,000 open codes each guess hits one with 100,000 / 2^60, about 1 in
//! 1.15 · 10^13. At the global limit, 10 a second, a year of 31,536,000 seconds has 315,360,000 guesses and the first
//! 3,000: together they find **any** of the 100,000 codes with odds of about 1 in 36,600.
//!
//! A spent global budget must not lock the graduates out, or the smallest botnet could close the page. Until it has
//! some left again, a network that has not guessed wrong in this storm, or not for ten minutes, is still looked at: a right code
//! works, and a wrong one is answered like a closed bucket and closes this one. So each network (an IPv4 address, or a /48 of
//! IPv6) has 144 guesses a day more; six thousand of them, at it all year, would double the odds.

pub(super) mod bucket;
#[cfg(test)]
mod tests;

use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use self::bucket::{Bucket, Budget};
use super::address::{neighbourhood, network};
use crate::clock::Clock;

/// A campus behind one address: sixty people at once may try an outdated code, and six more every minute. One
/// guesser at this limit has 3.2 million guesses a year, a hundredth of the global budget.
pub(super) const ADDRESS: Budget = Budget::new("one address", 60, Duration::from_secs(10));

/// All addresses together, for a guesser who has many. On the busiest day thousands of graduates come at once, and
/// one in some hundred may hold a code that is no longer good: 3,000 at once are far above that.
pub(super) const EVERYBODY: Budget = Budget::new("all addresses together", 3000, Duration::from_millis(100));

/// A network while everybody's budget is spent.
pub(super) const NEWCOMER: Budget =
    Budget::new("a network in a storm of guesses", 1, Duration::from_mins(10)).quietly();

/// So many networks are remembered of those that guessed wrong in that time; with more, everybody waits after all.
const MOST_NEWCOMERS: usize = 100_000;

/// Wrong answers to the second question. Whoever was forwarded a mail has the code, and only a date of birth to guess:
/// some 3,650 likely ones, of which a guess may name two (3/4 is 4/3, too), which at one an hour take four months; the
/// graduate can mistype it five times.
pub(super) const INVITATION: Budget =
    Budget::new("the second question of one invitation", 5, Duration::from_hours(1));

/// What wrong answers to the second question lock: an invitation. Whoever unlocks it begins a count anew, and the old one
/// is never looked at again, so that `gradpass unlock` works without a word to the service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Lock {
    /// The invitation.
    pub invitation: i64,
    /// The number in the audit of the act that last unlocked it.
    pub unlocked: Option<i64>,
}

/// The guess limits of the service.
///
/// To be asked in this order: [`GuessLimiter::closed`] before any look at the ledger, [`GuessLimiter::failed`] after a wrong
/// code, and [`GuessLimiter::closed`] once more before a right code is believed. The second asking is what makes the
/// limit exact: of a thousand guesses that look at the same time only as many are answered, right or wrong, as
/// the budget has left.
pub struct GuessLimiter(Mutex<Buckets>);

/// Behind one lock, so that a guess spends from all of its budgets or from none.
struct Buckets {
    address: Bucket<IpAddr>,
    everybody: Bucket<()>,
    newcomer: Bucket<IpAddr>,
    invitation: Bucket<Lock>,
}

impl GuessLimiter {
    /// All budgets full, refilled by this clock.
    #[must_use]
    pub fn new(clock: &Clock) -> Self {
        Self(Mutex::new(Buckets {
            address: Bucket::new(ADDRESS, clock),
            everybody: Bucket::new(EVERYBODY, clock),
            newcomer: Bucket::new(NEWCOMER, clock),
            invitation: Bucket::new(INVITATION, clock),
        }))
    }

    /// How long this address must wait until it may try a code, because its budget is spent, or everybody's is and it
    /// has guessed wrong since.
    #[must_use]
    pub fn closed(&self, from: IpAddr) -> Option<Duration> {
        self.buckets().closed(network(from))
    }

    /// How long everybody must wait until this invitation's second question may be answered, by whatever address.
    #[must_use]
    pub fn closed_for(&self, invitation: Lock) -> Option<Duration> {
        self.buckets().invitation.closed(&invitation)
    }

    /// A code was wrong: one guess is spent, of this address and of everybody.
    ///
    /// # Errors
    /// How long to wait, when there was none left, because others failed meanwhile. Nothing is spent then, and the
    /// guess must be answered like one that found the bucket closed: nobody learns that it was wrong.
    pub fn failed(&self, from: IpAddr) -> Result<(), Duration> {
        let mut buckets = self.buckets();
        let from = network(from);
        if let Some(wait) = buckets.closed(from) {
            return Err(wait);
        }
        buckets.spend(from)
    }

    /// The code was right, the answer to the second question wrong: one guess is spent, of this invitation, of this
    /// address and of everybody.
    ///
    /// # Errors
    /// As [`GuessLimiter::failed`].
    pub fn wrong_answer(&self, from: IpAddr, invitation: Lock) -> Result<(), Duration> {
        let mut buckets = self.buckets();
        let from = network(from);
        if let Some(wait) = buckets.closed(from).max(buckets.invitation.closed(&invitation)) {
            return Err(wait);
        }
        buckets.invitation.spend(invitation);
        buckets.spend(from)
    }

    fn buckets(&self) -> MutexGuard<'_, Buckets> {
        // no change spans a call that could panic, so what is left behind a panic is still whole
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Buckets {
    fn closed(&mut self, from: IpAddr) -> Option<Duration> {
        let newcomer = &mut self.newcomer;
        let of_all = self.everybody.closed(&()).filter(|_| {
            newcomer.closed(&neighbourhood(from)).is_some() || newcomer.are_more_than(MOST_NEWCOMERS)
        });
        self.address.closed(&from).max(of_all)
    }

    fn spend(&mut self, from: IpAddr) -> Result<(), Duration> {
        if self.everybody.closed(&()).is_some() {
            self.newcomer.spend(neighbourhood(from));
            return Err(NEWCOMER.then_every);
        }
        self.address.spend(from);
        self.everybody.spend(());
        Ok(())
    }
}
