//! The pace towards the relay, over all sessions: evenly spread, never in bursts.

use std::num::NonZeroU32;
use std::time::Duration;

use governor::middleware::NoOpMiddleware;
use governor::nanos::Nanos;
use governor::state::{InMemoryState, NotKeyed};
use governor::{Quota, RateLimiter as Governor};

use crate::clock::Clock;
use crate::config::MailSettings;

/// Limits per second and per minute.
pub struct RateLimiter {
    clock: Clock,
    /// The same for all machines together: the name of each limit, and how far messages are apart by it.
    apart: Vec<(&'static str, Duration)>,
    limits: Vec<Governor<NotKeyed, InMemoryState, Clock, NoOpMiddleware<Nanos>>>,
}

impl RateLimiter {
    /// The pace of the settings, by this clock.
    #[must_use]
    pub fn new(settings: &MailSettings, clock: &Clock) -> Self {
        let limits = [
            ("second", Duration::from_secs(1), settings.per_second),
            ("minute", Duration::from_mins(1), settings.per_minute),
        ];
        let apart = limits.into_iter().filter_map(|(name, span, count)| Some((name, span / count?.get())));
        let apart: Vec<_> = apart.collect();
        let limits = apart
            .iter()
            .filter_map(|(_, apart)| Quota::with_period(*apart))
            // one at a time, so that no window of a minute holds more than the limit and one
            .map(|quota| Governor::direct_with_clock(quota.allow_burst(NonZeroU32::MIN), clock.clone()))
            .collect();
        Self { clock: clock.clone(), apart, limits }
    }

    /// The name of each limit, and how far messages are apart by it.
    #[must_use]
    pub fn apart(&self) -> &[(&'static str, Duration)] {
        &self.apart
    }

    /// Whether there is anything to wait for.
    #[must_use]
    pub const fn is_limited(&self) -> bool {
        !self.limits.is_empty()
    }

    /// Waits for its turn.
    pub async fn wait(&self) {
        for limit in &self.limits {
            while let Err(not_until) = limit.check() {
                let span = not_until.wait_time_from(self.clock.nanoseconds());
                self.clock.sleep(span).await;
            }
        }
    }
}
