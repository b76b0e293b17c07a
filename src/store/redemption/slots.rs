//! When submissions of all services together may leave, counted by the clock of the server with the ledger. In microseconds.

use std::num::NonZeroU32;

/// A second, and what a post may come too late: whatever leaves within one second had its slots within this.
const WINDOW: i64 = 1_000_000 + LATENESS;

/// A service that is later for its slot than this has missed it.
pub(super) const LATENESS: i64 = 50_000;

/// Until the first slot, so that whoever took it has time to get ready.
const LEAD: i64 = 20_000;

/// Nobody takes slots that are further ahead: whoever dies takes few with him, and what is taken later is not taken too early.
const AHEAD: i64 = 150_000;

/// The next slot is further ahead than anybody can have taken: the clock was set back.
const IMPLAUSIBLE: i64 = 2_000_000;

/// The configured pace.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// Submissions a second.
    pub per_second: NonZeroU32,
    /// Submissions at once after a pause.
    pub burst: NonZeroU32,
}

/// How far the slots have come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Progress {
    /// The first that nobody has.
    pub(super) next: i64,
    /// When the server began that counted so far.
    pub(super) epoch: i64,
}

impl Pace {
    /// From one slot to the next: so many as may leave in a second fit into the window and no more.
    fn step(self) -> i64 {
        let per_second = i64::from(self.per_second.get());
        (WINDOW + per_second - 1) / per_second
    }

    /// So many are taken at once at most: a twentieth of a second.
    #[must_use]
    pub fn most_at_once(self) -> i64 {
        i64::from(self.per_second.get() / 20).max(1)
    }
}

impl Progress {
    /// Begins with a silent second where nobody knows what was sent just now: after a restart of the server, a failover, or a clock
    /// that was set back.
    pub(super) fn settle(&mut self, pace: Pace, now: i64, epoch: i64) {
        let prepaid = pace.step() * i64::from(pace.burst.get()).max(pace.most_at_once());
        if self.epoch != epoch || self.next - now > IMPLAUSIBLE + prepaid {
            *self = Self { next: now + WINDOW, epoch };
        }
    }

    /// A silent second from now on, whatever was counted.
    pub(super) fn be_silent(&mut self, now: i64) {
        self.next = self.next.max(now + WINDOW);
    }

    /// How long nobody can take slots, since those up to then are taken.
    pub(super) fn wait(&self, now: i64) -> Option<i64> {
        Some(self.next - now - AHEAD).filter(|wait| *wait > 0)
    }

    /// The next `count` slots.
    ///
    /// After a pause some are at once, which the slots after them are later for: each slot has a step for itself, and as many as
    /// went unused just before are what may be moved together. So a window never holds more than the pace, or the burst.
    pub(super) fn take(&mut self, pace: Pace, now: i64, count: usize) -> Vec<i64> {
        let (step, count) = (pace.step(), i64::try_from(count).unwrap_or(0));
        if count == 0 {
            return Vec::new();
        }
        let first = self.next.max(now + LEAD);
        let at_once = (1 + (first - self.next) / step).min(pace.burst.get().into());
        self.next = first + count * step;
        (0..count).map(|place| if place < at_once { first } else { first + place * step }).collect()
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use proptest::prelude::*;

    use super::*;

    const SECOND: i64 = 1_000_000;

    fn pace(per_second: u32, burst: u32) -> Pace {
        Pace { per_second: NonZeroU32::new(per_second).unwrap(), burst: NonZeroU32::new(burst).unwrap() }
    }

    /// The most of `times` in any window.
    fn most(times: &[i64]) -> usize {
        let within = |(index, time): (usize, &i64)| {
            times[index..].iter().take_while(|later| **later < time + WINDOW).count()
        };
        times.iter().enumerate().map(within).max().unwrap_or(0)
    }

    proptest! {
        #[test]
        fn no_window_holds_more_than_the_pace_whenever_somebody_asks(
            per_second in 1..600_u32, burst in 1..60_u32,
            // how long nobody asks before, and for how many
            asked in prop::collection::vec((0..3 * SECOND, 1..40_usize), 1..60),
        ) {
            let pace = pace(per_second, burst);
            let mut progress = Progress { next: 0, epoch: 0 };
            let (mut now, mut slots) = (0, Vec::new());
            for (idle, count) in asked {
                now += idle / i64::from(per_second).max(1) * 20;
                progress.settle(pace, now, 1);
                now += progress.wait(now).unwrap_or(0);
                let most = i64::from(burst).max(pace.most_at_once());
                let taken = progress.take(pace, now, count.min(usize::try_from(most).unwrap()));
                prop_assert!(taken.iter().all(|slot| *slot >= now + LEAD));
                slots.extend(taken);
            }
            prop_assert!(slots.is_sorted(), "in order: {:?}", slots);
            let limit = per_second.max(burst) as usize;
            prop_assert!(most(&slots) <= limit, "{} of {}", most(&slots), limit);
        }
    }

    #[test]
    fn whoever_waits_gets_nearly_all_of_the_pace() {
        for per_second in [1, 7, 20, 500, 5000] {
            let pace = pace(per_second, 1);
            let mut progress = Progress { next: 0, epoch: 1 };
            let mut slots = Vec::new();
            let mut now = 0;
            while now < 100 * SECOND {
                now += progress.wait(now).unwrap_or(0);
                slots.extend(progress.take(pace, now, usize::try_from(pace.most_at_once()).unwrap()));
            }
            let used = f64::from(u32::try_from(slots.len()).unwrap()) / (100.0 * f64::from(per_second));
            assert!((0.94..0.98).contains(&used), "{used} of {per_second} a second");
        }
    }

    #[test]
    fn a_burst_after_a_pause_is_at_once_and_paid_for_afterwards() {
        let pace = pace(10, 4);
        let mut progress = Progress { next: 0, epoch: 1 };
        let now = 10 * SECOND;
        let slots = progress.take(pace, now, 6);
        let first = now + LEAD;
        assert_eq!(slots, [first, first, first, first, first + 4 * 105_000, first + 5 * 105_000]);
        assert_eq!(progress.next, first + 6 * 105_000);
    }

    #[test]
    fn a_server_that_began_anew_or_set_its_clock_back_is_silent_for_a_second() {
        let pace = pace(10, 1);
        let mut progress = Progress { next: 50 * SECOND, epoch: 1 };
        progress.settle(pace, 50 * SECOND, 1);
        assert_eq!(progress.next, 50 * SECOND, "nothing happened");
        progress.settle(pace, 49 * SECOND, 1);
        assert_eq!(progress.next, 50 * SECOND, "a second is waited for");
        progress.settle(pace, 20 * SECOND, 1);
        assert_eq!(progress.next, 20 * SECOND + WINDOW);
        progress.settle(pace, 50 * SECOND, 2);
        assert_eq!(progress, Progress { next: 50 * SECOND + WINDOW, epoch: 2 });
    }
}
