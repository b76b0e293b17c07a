//! A circuit breaker in front of SEEK Pass: closed while it is well, open while all must pause, half open when one may try
//! whether it is well again.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::clock::after;
use crate::seek::Pause;

/// So many failures with no success between are SEEK Pass's trouble and not that of one submission.
const FAILURES: u32 = 3;

/// So many refusals within an hour, with nothing taken in between, are about us (the account, the address of the API,
/// the university's name) and not about the graduates: the rest waits until a person has looked.
const REFUSALS: u32 = 10;
const REFUSALS_WITHIN: SignedDuration = SignedDuration::from_hours(1);

/// The first growing pause, and the longest.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_mins(1);

/// On a ledger that several services share: a probe that has not reported back by then has died with its service.
const PROBE: Duration = Duration::from_secs(30);

/// What is known of SEEK Pass from its last answers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CircuitBreaker {
    failures: u32,
    /// Growing pauses in a row.
    pauses: u32,
    /// Until when nobody tries.
    paused_until: Option<Timestamp>,
    /// Until when a probe may report back.
    probing_until: Option<Timestamp>,
    refusals: u32,
    /// When the first of them came.
    refused_since: Option<Timestamp>,
}

/// What the next submission may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BreakerState {
    /// SEEK Pass is well: go.
    Closed,
    /// Go as the only one, to find out.
    HalfOpen,
    /// Nobody goes before then; without a time, not before the probe has its answer.
    Open(Option<Timestamp>),
}

impl CircuitBreaker {
    /// What may go at `now`.
    #[must_use]
    pub fn state(&self, now: Timestamp) -> BreakerState {
        match self.paused_until {
            None => BreakerState::Closed,
            _ if self.probing_until.is_some_and(|until| now < until) => BreakerState::Open(None),
            Some(until) if now < until => BreakerState::Open(Some(until)),
            Some(_) => BreakerState::HalfOpen,
        }
    }

    /// Takes part at `now`. A probe must report back.
    pub fn enter(&mut self, now: Timestamp) -> BreakerState {
        self.enter_until(now, Timestamp::MAX)
    }

    /// The same of a service that may die: after a while another probes.
    pub fn enter_shared(&mut self, now: Timestamp) -> BreakerState {
        self.enter_until(now, after(now, PROBE))
    }

    fn enter_until(&mut self, now: Timestamp, until: Timestamp) -> BreakerState {
        let state = self.state(now);
        if state == BreakerState::HalfOpen {
            self.probing_until = Some(until);
        }
        state
    }

    /// A probe found nothing out: another may go.
    pub fn missed(&mut self, was_probe: bool) {
        if was_probe {
            self.probing_until = None;
        }
    }

    /// As the ledger keeps it for all services; nothing is known of what cannot be read.
    #[must_use]
    pub fn of_ledger(text: &str) -> Self {
        serde_json::from_str(text).unwrap_or_default()
    }

    /// For the ledger.
    #[must_use]
    pub fn for_ledger(&self) -> String {
        // numbers and times become text
        serde_json::to_string(self).unwrap_or_default()
    }

    /// SEEK Pass took a submission. True when that ends a pause; what was under way when it began ends none.
    pub fn accepted(&mut self, was_probe: bool) -> bool {
        self.refusals = 0;
        self.answered(was_probe)
    }

    /// SEEK Pass said what is wrong with a submission at `now`. False when it has said so too often:
    /// then it is no answer but a failure of ours.
    pub fn refused(&mut self, was_probe: bool, now: Timestamp) -> bool {
        if self.refused_since.is_none_or(|since| now.duration_since(since) > REFUSALS_WITHIN) {
            (self.refusals, self.refused_since) = (0, Some(now));
        }
        self.refusals = self.refusals.saturating_add(1);
        let is_answer = self.refusals <= REFUSALS;
        if is_answer {
            self.answered(was_probe);
        }
        is_answer
    }

    fn answered(&mut self, was_probe: bool) -> bool {
        if was_probe {
            let Self { refusals, refused_since, .. } = *self;
            *self = Self { refusals, refused_since, ..Self::default() };
        } else if self.paused_until.is_none() {
            self.failures = 0;
        }
        was_probe
    }

    /// It did not. Returns until when everybody waits, when that is new.
    pub fn failed(&mut self, pause: Option<&Pause>, was_probe: bool, now: Timestamp) -> Option<Timestamp> {
        self.missed(was_probe);
        if let Some(Pause::OfType(_)) = pause {
            // SEEK Pass is well, and whoever has something else for it goes on
            return None;
        }
        self.failures = self.failures.saturating_add(1);
        let is_paused = self.paused_until.is_some();
        let span = match pause {
            Some(Pause::For(span)) => *span,
            // what was under way when the pause began tells nothing new
            _ if is_paused && !was_probe => return None,
            None if !is_paused && self.failures < FAILURES => return None,
            _ => {
                let grown = FIRST_PAUSE.saturating_mul(2_u32.saturating_pow(self.pauses.min(10)));
                self.pauses = self.pauses.saturating_add(1);
                grown.min(LONGEST_PAUSE)
            }
        };
        let until = after(now, span);
        let longest = self.paused_until.map_or(until, |before| before.max(until));
        let is_new = self.paused_until != Some(longest);
        self.paused_until = Some(longest);
        is_new.then_some(longest)
    }

    /// Until when everybody waits, if they do.
    #[must_use]
    pub const fn paused_until(&self) -> Option<Timestamp> {
        self.paused_until
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// So many seconds after the beginning.
    fn at(seconds: i64) -> Timestamp {
        after(Timestamp::UNIX_EPOCH, SignedDuration::from_secs(seconds))
    }

    #[test]
    fn one_failure_stops_nobody_and_three_in_a_row_do() {
        let mut breaker = CircuitBreaker::default();
        assert_eq!(breaker.failed(None, false, at(0)), None);
        assert_eq!(breaker.failed(None, false, at(0)), None);
        assert_eq!(breaker.state(at(0)), BreakerState::Closed);
        assert!(!breaker.accepted(false));
        assert_eq!(breaker.failed(None, false, at(0)), None);
        assert_eq!(breaker.failed(None, false, at(0)), None);
        assert_eq!(breaker.failed(None, false, at(0)), Some(at(1)));
        assert_eq!(breaker.state(at(0)), BreakerState::Open(Some(at(1))));
    }

    #[test]
    fn after_a_pause_one_goes_ahead() {
        let mut breaker = CircuitBreaker::default();
        let pause = Some(&Pause::For(Duration::from_secs(7)));
        assert_eq!(breaker.failed(pause, false, at(0)), Some(at(7)));
        assert_eq!(breaker.state(at(6)), BreakerState::Open(Some(at(7))));
        assert_eq!(breaker.enter(at(7)), BreakerState::HalfOpen);
        assert_eq!(breaker.state(at(7)), BreakerState::Open(None));
        assert!(!breaker.accepted(false));
        assert_eq!(breaker.state(at(7)), BreakerState::Open(None));
        assert!(breaker.accepted(true));
        assert_eq!(breaker.state(at(7)), BreakerState::Closed);
    }

    #[test]
    fn pauses_grow_with_failing_probes_only() {
        let mut breaker = CircuitBreaker::default();
        let mut now = at(0);
        let mut spans = Vec::new();
        breaker.failed(Some(&Pause::Growing), false, now);
        for _ in 0..9 {
            // the others that were under way
            assert_eq!(breaker.failed(None, false, now), None);
            assert_eq!(breaker.failed(Some(&Pause::Growing), false, now), None);
            let BreakerState::Open(Some(until)) = breaker.state(now) else { unreachable!("it is paused") };
            spans.push(until.duration_since(now).as_secs());
            now = until;
            assert_eq!(breaker.enter(now), BreakerState::HalfOpen);
            breaker.failed(None, true, now);
        }
        assert_eq!(spans, [1, 2, 4, 8, 16, 32, 60, 60, 60]);
    }

    #[test]
    fn services_share_what_they_know_and_a_probe_that_died_is_followed_by_another() {
        let mut breaker = CircuitBreaker::default();
        breaker.failed(Some(&Pause::For(Duration::from_secs(7))), false, at(0));
        let known = |text: &str| CircuitBreaker::of_ledger(text);
        let mut probing = known(&breaker.for_ledger());
        assert_eq!(probing.enter_shared(at(7)), BreakerState::HalfOpen);
        let mut other = known(&probing.for_ledger());
        assert_eq!(other.state(at(36)), BreakerState::Open(None));
        assert_eq!(other.enter_shared(at(37)), BreakerState::HalfOpen);
        assert!(known(&other.for_ledger()).accepted(true));
        assert_eq!(known("").state(at(0)), BreakerState::Closed);
    }

    #[test]
    fn the_longest_wish_stands() {
        let mut breaker = CircuitBreaker::default();
        breaker.failed(Some(&Pause::For(Duration::from_secs(30))), false, at(0));
        assert_eq!(breaker.failed(Some(&Pause::For(Duration::from_secs(5))), false, at(0)), None);
        assert_eq!(breaker.paused_until(), Some(at(30)));
    }
}
