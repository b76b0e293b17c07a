//! Time comes in as an argument: the one place that reads the system's clock, and a fixed clock for tests.

use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use governor::nanos::Nanos;
use jiff::{Timestamp, TimestampArithmetic};

/// Where the program learns the time and how it waits. Cheap to clone; clones share the same time.
#[derive(Clone, Debug)]
pub struct Clock(Source);

#[derive(Clone, Debug)]
enum Source {
    System,
    /// Nanoseconds since 1970; a wait moves it on at once.
    Fixed(Arc<AtomicI64>),
    /// The time of a server, told again and again: its nanoseconds since 1970 when the monotonic count of this process began.
    Led(Arc<AtomicI64>),
}

impl Clock {
    /// The clock of the machine.
    #[must_use]
    pub const fn system() -> Self {
        Self(Source::System)
    }

    /// A clock that stands still but for the waits asked of it, which take no real time.
    #[must_use]
    pub fn fixed(at: Timestamp) -> Self {
        Self(Source::Fixed(Arc::new(AtomicI64::new(i64::try_from(at.as_nanosecond()).unwrap_or(i64::MAX)))))
    }

    /// A clock that is led by a server's, so that all who work with that server mean the same by an hour: the machine's until the
    /// first [`Clock::follow`]. A clock that stands still stays as it is.
    #[must_use]
    pub fn led(&self) -> Self {
        match &self.0 {
            Source::System => {
                let began = self.now().as_nanosecond() - i128::from(self.nanoseconds().as_u64());
                Self(Source::Led(Arc::new(AtomicI64::new(i64::try_from(began).unwrap_or(i64::MAX)))))
            }
            Source::Fixed(_) | Source::Led(_) => self.clone(),
        }
    }

    /// The server says that it was `time` when this clock counted `at`.
    pub fn follow(&self, time: Timestamp, at: Nanos) {
        if let Source::Led(began) = &self.0 {
            let there = time.as_nanosecond() - i128::from(at.as_u64());
            began.store(i64::try_from(there).unwrap_or(i64::MAX), Ordering::SeqCst);
        }
    }

    /// Sets a fixed clock, as somebody may set a machine's; others are left alone.
    pub fn set(&self, at: Timestamp) {
        if let Source::Fixed(nanoseconds) = &self.0 {
            nanoseconds.store(i64::try_from(at.as_nanosecond()).unwrap_or(i64::MAX), Ordering::SeqCst);
        }
    }

    /// Whether it stands still but for the waits asked of it.
    #[must_use]
    pub const fn is_fixed(&self) -> bool {
        matches!(self.0, Source::Fixed(_))
    }

    /// The time now.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "this is the clock")]
    pub fn now(&self) -> Timestamp {
        match &self.0 {
            Source::System => Timestamp::now(),
            Source::Fixed(nanoseconds) => {
                Timestamp::from_nanosecond(nanoseconds.load(Ordering::SeqCst).into())
                    .unwrap_or(Timestamp::MAX)
            }
            Source::Led(began) => {
                let counted = i128::from(self.nanoseconds().as_u64());
                Timestamp::from_nanosecond(i128::from(began.load(Ordering::SeqCst)) + counted)
                    .unwrap_or(Timestamp::MAX)
            }
        }
    }

    /// A monotonic count of nanoseconds for paces: a clock set back stalls nobody.
    #[must_use]
    pub fn nanoseconds(&self) -> Nanos {
        governor::clock::Clock::now(self)
    }

    /// Waits. A fixed clock moves on by the same span at once.
    #[expect(clippy::disallowed_methods, reason = "this is the clock")]
    #[must_use]
    pub fn sleep(&self, span: Duration) -> Pin<Box<dyn Future<Output = ()> + Send + 'static>> {
        match &self.0 {
            Source::System | Source::Led(_) => Box::pin(tokio::time::sleep(span)),
            Source::Fixed(_) => {
                self.advance(span);
                Box::pin(tokio::task::yield_now())
            }
        }
    }

    /// Moves a fixed clock on; the system's clock is left alone.
    pub fn advance(&self, span: Duration) {
        if let Source::Fixed(nanoseconds) = &self.0 {
            let span = i64::try_from(span.as_nanos()).unwrap_or(i64::MAX);
            nanoseconds.fetch_add(span, Ordering::SeqCst);
        }
    }
}

/// The pace limiter's view.
impl governor::clock::Clock for Clock {
    type Instant = Nanos;

    #[expect(clippy::disallowed_methods, reason = "this is the clock")]
    fn now(&self) -> Nanos {
        static START: OnceLock<Instant> = OnceLock::new();
        match &self.0 {
            Source::System | Source::Led(_) => Nanos::from(START.get_or_init(Instant::now).elapsed()),
            Source::Fixed(nanoseconds) => Nanos::from(nanoseconds.load(Ordering::SeqCst).unsigned_abs()),
        }
    }
}

/// The time so long after another, and before it where the span is negative; never past the ends of the calendar.
#[must_use]
pub fn after(at: Timestamp, span: impl Into<TimestampArithmetic>) -> Timestamp {
    at.saturating_add(span).unwrap_or(Timestamp::MAX)
}
