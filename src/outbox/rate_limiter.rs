//! The pace towards SEEK Pass: one limiter over all submissions, and never more in any one second than configured.

use std::collections::VecDeque;
use std::num::NonZeroU32;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use governor::middleware::NoOpMiddleware;
use governor::nanos::Nanos;
use governor::state::{InMemoryState, NotKeyed};
use governor::{Quota, RateLimiter as Governor};

use crate::clock::Clock;
use crate::config::SeekPassSettings;

/// A second, and a little more: what leaves evenly may arrive less evenly.
const WINDOW: Duration = Duration::from_millis(1050);

/// From so many a second on, the limiter alone is exact enough, and a window would only cost memory.
const LARGEST_WINDOW: usize = 10_000;

/// `per_second` and `burst` of the settings. A limiter refills while a burst leaves and would let `burst` and
/// `per_second` go within one second; the times of the last ones keep that second to the larger of the two.
pub struct RateLimiter {
    clock: Clock,
    limiter: Governor<NotKeyed, InMemoryState, Clock, NoOpMiddleware<Nanos>>,
    /// When the last ones left, as many as one window may hold.
    last: Mutex<VecDeque<Nanos>>,
    /// One after the other: what is repeated with a new token waits in the same line.
    line: tokio::sync::Mutex<()>,
}

impl RateLimiter {
    /// Begins with an empty budget and a full window: nobody knows what the process before this one has just sent.
    #[must_use]
    pub fn new(settings: &SeekPassSettings, clock: &Clock) -> Self {
        let SeekPassSettings { per_second, burst, .. } = *settings;
        let limiter =
            Governor::direct_with_clock(Quota::per_second(per_second).allow_burst(burst), clock.clone());
        // it could only be refused for being more than the burst
        let _ = limiter.check_n(burst);
        let most = usize::try_from(per_second.max(burst).get()).unwrap_or(usize::MAX);
        let most = if most > LARGEST_WINDOW { 0 } else { most };
        let last = Mutex::new(VecDeque::from(vec![clock.nanoseconds(); most]));
        Self { clock: clock.clone(), limiter, last, line: tokio::sync::Mutex::default() }
    }

    /// The pace of status calls, which the guide does not limit: as many a second as submissions, one at a time.
    #[must_use]
    pub fn of_status_calls(settings: &SeekPassSettings, clock: &Clock) -> Self {
        let quota = Quota::per_second(settings.per_second).allow_burst(NonZeroU32::MIN);
        let limiter = Governor::direct_with_clock(quota, clock.clone());
        Self { clock: clock.clone(), limiter, last: Mutex::default(), line: tokio::sync::Mutex::default() }
    }

    /// Waits for its turn; to be called right before the first byte leaves.
    pub async fn wait(&self) {
        let _first = self.line.lock().await;
        while let Some(span) = self.until_window() {
            self.clock.sleep(span).await;
        }
        while let Err(not_until) = self.limiter.check() {
            let span = not_until.wait_time_from(self.clock.nanoseconds());
            self.clock.sleep(span).await;
        }
        self.leave();
    }

    /// Takes a turn if that needs no waiting; to be called as [`RateLimiter::wait`].
    #[must_use]
    pub fn is_free(&self) -> bool {
        let Ok(_first) = self.line.try_lock() else { return false };
        let is_free = self.until_window().is_none() && self.limiter.check().is_ok();
        if is_free {
            self.leave();
        }
        is_free
    }

    fn leave(&self) {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if last.pop_front().is_some() {
            last.push_back(self.clock.nanoseconds());
        }
    }

    /// How long until the window has room.
    fn until_window(&self) -> Option<Duration> {
        let last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let free = *last.front()? + Nanos::from(WINDOW);
        let now = self.clock.nanoseconds();
        Duration::from(free).checked_sub(now.into()).filter(|span| !span.is_zero())
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use jiff::{SignedDuration, Timestamp};
    use proptest::prelude::*;

    use super::*;

    fn settings(per_second: u32, burst: u32) -> SeekPassSettings {
        SeekPassSettings {
            base_url: "https://seekpass.example/".into(),
            client_id: "client".into(),
            client_secret: "secret".into(),
            account: None,
            id_prefix: "north".into(),
            per_second: NonZeroU32::new(per_second).unwrap(),
            burst: NonZeroU32::new(burst).unwrap(),
        }
    }

    /// When so many leave that all want to go at once, in seconds since the start.
    fn leaving(pace: &RateLimiter, clock: &Clock, count: usize) -> Vec<f64> {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let mut times = Vec::new();
            for _ in 0..count {
                pace.wait().await;
                times.push(clock.now().duration_since(Timestamp::UNIX_EPOCH).as_secs_f64());
            }
            times
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn no_second_holds_more_than_the_limit(
            per_second in 1..60_u32, burst in 1..60_u32, idle in 0..5_u64, sent_before_a_restart in 0..40_usize,
        ) {
            let clock = Clock::fixed(Timestamp::UNIX_EPOCH);
            let settings = settings(per_second, burst);
            // a process that dies in the middle, and the one after it
            let mut times = leaving(&RateLimiter::new(&settings, &clock), &clock, sent_before_a_restart);
            let pace = RateLimiter::new(&settings, &clock);
            clock.advance(Duration::from_secs(idle));
            times.extend(leaving(&pace, &clock, 200));
            let limit = per_second.max(burst) as usize;
            for (index, time) in times.iter().enumerate() {
                let within = times[index..].iter().take_while(|later| **later < time + 1.0).count();
                prop_assert!(within <= limit, "{} within a second of {}, the limit is {}", within, time, limit);
            }
            let span = times.last().unwrap() - times[sent_before_a_restart];
            let fair = 200.0 / f64::from(per_second);
            prop_assert!(span <= fair * 1.055 + 2.2, "200 took {} s where {} s would do", span, fair);
        }
    }

    #[test]
    fn a_burst_after_a_pause_leaves_at_once() {
        let clock = Clock::fixed(Timestamp::UNIX_EPOCH);
        let pace = RateLimiter::new(&settings(5, 3), &clock);
        clock.advance(Duration::from_secs(10));
        let times = leaving(&pace, &clock, 4);
        assert!((times[2] - times[0]).abs() < 1e-9 && times[3] > times[0] + 0.1, "{times:?}");
    }

    #[test]
    fn a_turn_that_is_free_counts_like_one_that_was_waited_for() {
        let clock = Clock::fixed(Timestamp::UNIX_EPOCH);
        let pace = RateLimiter::new(&settings(5, 3), &clock);
        assert!(!pace.is_free(), "the first second is silent");
        let mut left = Vec::new();
        for _ in 0..3000 {
            clock.advance(Duration::from_millis(1));
            if pace.is_free() {
                left.push(clock.now());
            }
        }
        assert!(left.len() >= 10, "{left:?}");
        assert!(
            left.windows(6).all(|six| six[5].duration_since(six[0]) >= SignedDuration::from_secs(1)),
            "more than five within a second: {left:?}"
        );
    }
}
