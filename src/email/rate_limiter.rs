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
    limits: Vec<Governor<NotKeyed, InMemoryState, Clock, NoOpMiddleware<Nanos>>>,
}

impl RateLimiter {
    /// The pace of the settings, by this clock.
    #[must_use]
    pub fn new(settings: &MailSettings, clock: &Clock) -> Self {
        let every = |span: Duration, count: Option<NonZeroU32>| Quota::with_period(span / count?.get());
        let limits = [
            every(Duration::from_secs(1), settings.per_second),
            every(Duration::from_mins(1), settings.per_minute),
        ];
        let limits = limits
            .into_iter()
            .flatten()
            // one at a time, so that no window of a minute holds more than the limit and one
            .map(|quota| Governor::direct_with_clock(quota.allow_burst(NonZeroU32::MIN), clock.clone()))
            .collect();
        Self { clock: clock.clone(), limits }
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
