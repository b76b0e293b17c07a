//! The budgets of wrong guesses of one service, in its memory ([`GuessLimiter`]), or of all services on one server, in the ledger.
//! The rules are the same, and so are the numbers.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;

use super::address::{neighbourhood, network};
use super::guess_limiter::bucket::{Budget, CALM};
use super::guess_limiter::{ADDRESS, EVERYBODY, GuessLimiter, INVITATION, Lock, NEWCOMER};
use crate::clock::{Clock, after};
use crate::invitation::key::CodeKey;
use crate::store::{Levels, Store, StoreError};

/// As many networks as one service remembers in a storm, within the ten minutes of each; with more, everybody waits.
const NEWCOMERS: Budget =
    Budget::new("networks in a storm of guesses", 100_000, Duration::from_millis(6)).quietly();

/// So many closed addresses are remembered, so that a storm of their guesses does not reach the ledger.
const REMEMBERED: usize = 10_000;

/// The budgets.
pub enum Guesses {
    /// Of a service that is alone.
    Own(Box<GuessLimiter>),
    /// Of all that share a ledger.
    Shared(SharedGuesses),
}

/// Those in the ledger.
pub struct SharedGuesses {
    store: Store,
    clock: Clock,
    /// Until when addresses are closed, as far as this service has asked.
    closed: Mutex<HashMap<IpAddr, Timestamp>>,
    /// When it was last told that such a budget is spent.
    told: Mutex<HashMap<&'static str, Timestamp>>,
}

impl Guesses {
    /// All budgets full, or as the ledger has them.
    #[must_use]
    pub fn new(store: &Store, clock: &Clock) -> Self {
        if store.is_shared() {
            let (store, clock) = (store.clone(), clock.clone());
            Self::Shared(SharedGuesses { store, clock, closed: Mutex::default(), told: Mutex::default() })
        } else {
            Self::Own(Box::new(GuessLimiter::new(clock)))
        }
    }

    /// How long this address must wait until it may try a code, or until it may answer the second question of this invitation.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be asked.
    pub async fn closed(
        &self,
        key: &CodeKey,
        from: IpAddr,
        invitation: Option<Lock>,
    ) -> Result<Option<Duration>, StoreError> {
        match self {
            Self::Own(own) => {
                Ok(own.closed(from).max(invitation.and_then(|invitation| own.closed_for(invitation))))
            }
            Self::Shared(shared) => shared.closed(key, from, invitation).await,
        }
    }

    /// A code was wrong: as [`GuessLimiter::failed`].
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written.
    pub async fn failed(&self, key: &CodeKey, from: IpAddr) -> Result<Result<(), Duration>, StoreError> {
        match self {
            Self::Own(own) => Ok(own.failed(from)),
            Self::Shared(shared) => Ok(shared.spend(key, from, None).await?.map(|_| ())),
        }
    }

    /// The answer to the second question was wrong: as [`GuessLimiter::wrong_answer`]; how long the question is closed now, if it is.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written.
    pub async fn wrong_answer(
        &self,
        key: &CodeKey,
        from: IpAddr,
        invitation: Lock,
    ) -> Result<Result<Option<Duration>, Duration>, StoreError> {
        match self {
            Self::Own(own) => Ok(own.wrong_answer(from, invitation).map(|()| own.closed_for(invitation))),
            Self::Shared(shared) => shared.spend(key, from, Some(invitation)).await,
        }
    }
}

/// The budgets that a guess is about, by their names.
struct Names {
    address: String,
    everybody: String,
    newcomer: String,
    newcomers: String,
    invitation: Option<String>,
}

impl Names {
    fn new(key: &CodeKey, from: IpAddr, invitation: Option<Lock>) -> Self {
        let of_invitation = |Lock { invitation, unlocked }| {
            key.budget_name(&format!("invitation {invitation} {}", unlocked.unwrap_or(0)))
        };
        Self {
            address: key.budget_name(&format!("address {from}")),
            everybody: "everybody".into(),
            newcomer: key.budget_name(&format!("newcomer {}", neighbourhood(from))),
            newcomers: "newcomers".into(),
            invitation: invitation.map(of_invitation),
        }
    }

    fn all(&self) -> Vec<String> {
        let of_all = [&self.address, &self.everybody, &self.newcomer, &self.newcomers];
        of_all.into_iter().chain(&self.invitation).cloned().collect()
    }

    /// How long a guess must wait.
    fn closed(&self, levels: &Levels, now: i64) -> Option<Duration> {
        self.closed_address(levels, now).max(self.closed_question(levels, now))
    }

    fn closed_address(&self, levels: &Levels, now: i64) -> Option<Duration> {
        let closed = |name, budget| closed(levels, name, budget, now);
        let of_all = closed(&self.everybody, EVERYBODY).filter(|_| {
            closed(&self.newcomer, NEWCOMER).is_some() || closed(&self.newcomers, NEWCOMERS).is_some()
        });
        closed(&self.address, ADDRESS).max(of_all)
    }

    fn closed_question(&self, levels: &Levels, now: i64) -> Option<Duration> {
        self.invitation.as_ref().and_then(|name| closed(levels, name, INVITATION, now))
    }

    /// Spends a guess from all of its budgets or from none.
    fn spend(&self, levels: &mut Levels, now: i64) -> Result<Option<Duration>, Duration> {
        if let Some(wait) = self.closed(levels, now) {
            return Err(wait);
        }
        if let Some(name) = &self.invitation {
            spend(levels, name, INVITATION, now);
        }
        if closed(levels, &self.everybody, EVERYBODY, now).is_some() {
            spend(levels, &self.newcomer, NEWCOMER, now);
            spend(levels, &self.newcomers, NEWCOMERS, now);
            return Err(NEWCOMER.then_every);
        }
        spend(levels, &self.address, ADDRESS, now);
        spend(levels, &self.everybody, EVERYBODY, now);
        Ok(self.closed_question(levels, now))
    }
}

/// In milliseconds, as levels are.
fn span(budget: Budget) -> i64 {
    i64::try_from(budget.then_every.as_millis()).unwrap_or(i64::MAX)
}

/// When a budget is full again; never later than one that was just spent, whatever a clock that was set back makes of it.
fn full_at(levels: &Levels, name: &str, budget: Budget, now: i64) -> i64 {
    let spent = now + span(budget) * i64::from(budget.at_once.get());
    levels.get(name).map_or(now, |full_at| (*full_at).clamp(now, spent))
}

fn closed(levels: &Levels, name: &str, budget: Budget, now: i64) -> Option<Duration> {
    let open = now + span(budget) * (i64::from(budget.at_once.get()) - 1);
    let wait = full_at(levels, name, budget, now) - open;
    u64::try_from(wait).ok().filter(|wait| *wait > 0).map(Duration::from_millis)
}

fn spend(levels: &mut Levels, name: &str, budget: Budget, now: i64) {
    let full_at = full_at(levels, name, budget, now) + span(budget);
    levels.insert(name.to_owned(), full_at);
}

impl SharedGuesses {
    async fn closed(
        &self,
        key: &CodeKey,
        from: IpAddr,
        invitation: Option<Lock>,
    ) -> Result<Option<Duration>, StoreError> {
        let (now, from) = (self.clock.now(), network(from));
        if let Some(wait) = self.remembered(from, now) {
            return Ok(Some(wait));
        }
        let names = Names::new(key, from, invitation);
        let levels = self.store.guess_levels(&names.all()).await?;
        let of_address = names.closed_address(&levels, now.as_millisecond());
        if let Some(wait) = of_address {
            self.remember(from, after(now, wait));
        }
        Ok(of_address.max(names.closed_question(&levels, now.as_millisecond())))
    }

    async fn spend(
        &self,
        key: &CodeKey,
        from: IpAddr,
        invitation: Option<Lock>,
    ) -> Result<Result<Option<Duration>, Duration>, StoreError> {
        let (now, names) = (self.clock.now(), Names::new(key, network(from), invitation));
        let milliseconds = now.as_millisecond();
        let all = names.all();
        let spending = self.store.spend_guesses(&all, milliseconds, |levels| {
            let spent = names.spend(levels, milliseconds);
            let closed = |name, budget| closed(levels, name, budget, milliseconds).is_some();
            let mut news = Vec::new();
            if spent.is_ok() {
                news.extend(closed(&names.address, ADDRESS).then_some(ADDRESS));
                news.extend(closed(&names.everybody, EVERYBODY).then_some(EVERYBODY));
                news.extend(spent.is_ok_and(|question| question.is_some()).then_some(INVITATION));
            }
            (spent, news)
        });
        let (spent, news) = spending.await?;
        for budget in news {
            self.tell(budget, now);
        }
        Ok(spent)
    }

    fn remembered(&self, from: IpAddr, now: Timestamp) -> Option<Duration> {
        let closed = self.closed.lock().unwrap_or_else(PoisonError::into_inner);
        closed.get(&from)?.duration_since(now).try_into().ok().filter(|wait: &Duration| !wait.is_zero())
    }

    fn remember(&self, from: IpAddr, until: Timestamp) {
        let mut closed = self.closed.lock().unwrap_or_else(PoisonError::into_inner);
        if closed.len() >= REMEMBERED {
            // whoever is still closed is found out again
            closed.clear();
        }
        closed.insert(from, until);
    }

    /// Once in a while, since under an attack budgets open and close all the time.
    fn tell(&self, budget: Budget, now: Timestamp) {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        let before = told.insert(budget.whose, now);
        if before.is_none_or(|before| after(before, CALM) < now) {
            // an address is personal: whose it is stays unsaid
            tracing::warn!(
                at_once = budget.at_once,
                then_every = ?budget.then_every,
                "too many wrong guesses: the budget of {} is spent",
                budget.whose
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 3_600_000;

    fn names(address: u8, invitation: Option<i64>) -> Names {
        let lock = invitation.map(|invitation| Lock { invitation, unlocked: None });
        Names::new(&CodeKey::new([7; 32]), [192, 0, 2, address].into(), lock)
    }

    #[test]
    fn the_numbers_are_those_of_one_service() {
        let mut levels = Levels::new();
        let one = names(1, None);
        assert_eq!((0..1000).filter(|_| one.spend(&mut levels, HOUR).is_ok()).count(), 60);
        assert_eq!(one.closed(&levels, HOUR), Some(Duration::from_secs(10)));
        assert_eq!(names(2, None).closed(&levels, HOUR), None, "another address is free");
        assert_eq!((0..1000).filter(|_| one.spend(&mut levels, HOUR + 10_000).is_ok()).count(), 1);
        // a clock that was set back closes nobody for longer
        assert_eq!(one.closed(&levels, 0), Some(Duration::from_secs(10)));
        assert_eq!(names(3, Some(1)).closed(&levels, 0), None);
    }

    #[test]
    fn a_question_is_closed_after_five_answers_from_wherever() {
        let mut levels = Levels::new();
        let answers: Vec<_> =
            (1..8).map(|address| names(address, Some(5)).spend(&mut levels, HOUR)).collect();
        let hour = Duration::from_hours(1);
        assert_eq!(answers[3], Ok(None));
        assert_eq!(answers[4], Ok(Some(hour)));
        assert_eq!(answers[5], Err(hour));
        assert_eq!(names(9, Some(6)).closed(&levels, HOUR), None);
    }

    #[test]
    fn in_a_storm_every_network_has_one_guess() {
        let mut levels = Levels::new();
        levels.insert("everybody".into(), HOUR + 3000 * 100);
        let one = names(1, None);
        assert_eq!(one.closed(&levels, HOUR), None);
        assert_eq!(one.spend(&mut levels, HOUR), Err(NEWCOMER.then_every));
        assert!(one.closed(&levels, HOUR).is_some());
        levels.insert("newcomers".into(), HOUR + 600_000);
        assert!(names(2, None).closed(&levels, HOUR).is_some(), "more than can be remembered");
    }
}
