//! What a call came to, and whether everybody has to pause for it.

use std::fmt;
use std::time::Duration;

use jiff::fmt::rfc2822::DateTimeParser;
use jiff::{SignedDuration, Timestamp};

/// What a call came to. All four are normal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome<T> {
    /// The service did it, and this is its answer.
    Accepted(T),
    /// Not now; the same call again later.
    TryLater(Failure),
    /// The service will not take it; the same call again would end the same way.
    Refused(Failure),
    /// Nobody can tell whether the service did it; the same call again, under the same id, is safe.
    Unknown(Failure),
}

impl<T> Outcome<T> {
    /// What `next` makes of an accepted answer; the other three stay what they are.
    pub fn and_then<U>(self, next: impl FnOnce(T) -> Outcome<U>) -> Outcome<U> {
        match self {
            Self::Accepted(answer) => next(answer),
            Self::TryLater(trouble) => Outcome::TryLater(trouble),
            Self::Refused(trouble) => Outcome::Refused(trouble),
            Self::Unknown(trouble) => Outcome::Unknown(trouble),
        }
    }

    /// For a call that changes nothing at the service: there is no doubt about it, it is just asked again.
    #[must_use]
    pub fn without_doubt(self) -> Self {
        match self {
            Self::Unknown(trouble) => Self::TryLater(trouble),
            known => known,
        }
    }
}

/// Why a call was not accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// For logs and the operator: what happened, where, what to do. Nothing personal.
    pub words: String,
    /// Set when it is about all calls and not about this one.
    pub pause: Option<Pause>,
}

impl Failure {
    /// A trouble of one call alone.
    pub fn new(words: impl Into<String>) -> Self {
        Self { words: words.into(), pause: None }
    }

    /// A trouble for which everybody pauses.
    pub fn for_all(words: impl Into<String>, pause: Pause) -> Self {
        Self { words: words.into(), pause: Some(pause) }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.words)
    }
}

/// How long nobody calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pause {
    /// As long as the service asked for.
    For(Duration),
    /// The service did not say: longer each time in a row.
    Growing,
    /// Only calls of the same type of credential wait, for this long: the account has no scope for it.
    OfType(Duration),
}

impl Pause {
    /// The longest pause that a service is believed to mean.
    pub const MOST: Duration = Duration::from_hours(1);

    /// The pause of a `Retry-After` header (RFC 9110 §10.2.3): seconds, or a date in the one form that servers may
    /// still send. No header, nothing to wait for, and what is neither of the two leave it to us.
    #[must_use]
    pub fn retry_after(header: Option<&str>, now: Timestamp) -> Self {
        let wait = header.map(str::trim).and_then(|value| {
            if value.bytes().all(|byte| byte.is_ascii_digit()) {
                // more digits than fit are a very long time
                return (!value.is_empty()).then(|| value.parse().map_or(Self::MOST, Duration::from_secs));
            }
            let date = DateTimeParser::new().relaxed_weekday(true).parse_timestamp(value).ok()?;
            Duration::try_from(date.duration_since(now).max(SignedDuration::ZERO)).ok()
        });
        match wait {
            Some(wait) if !wait.is_zero() => Self::For(wait.min(Self::MOST)),
            _ => Self::Growing,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    // Monday, 23 November 2026, 15:00:00 UTC
    fn now() -> Timestamp {
        Timestamp::constant(1_795_446_000, 0)
    }

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        let seconds = |seconds| Pause::For(Duration::from_secs(seconds));
        for (header, expected) in [
            ("7", seconds(7)),
            (" 120 ", seconds(120)),
            ("86400", Pause::For(Pause::MOST)),
            ("99999999999999999999999", Pause::For(Pause::MOST)),
            ("Mon, 23 Nov 2026 15:00:09 GMT", seconds(9)),
            ("Tue, 24 Nov 2026 15:00:00 GMT", Pause::For(Pause::MOST)),
            ("Mon, 23 Nov 2026 15:00:00 GMT", Pause::Growing),
            ("Sun, 22 Nov 2026 15:00:00 GMT", Pause::Growing),
            ("0", Pause::Growing),
            ("", Pause::Growing),
            ("-5", Pause::Growing),
            ("1.5", Pause::Growing),
            ("soon", Pause::Growing),
        ] {
            assert_eq!(Pause::retry_after(Some(header), now()), expected, "{header}");
        }
        assert_eq!(Pause::retry_after(None, now()), Pause::Growing);
    }

    proptest! {
        #[test]
        fn no_header_is_waited_for_longer_than_the_most(header in ".{0,40}|[0-9]{1,30}") {
            if let Pause::For(wait) = Pause::retry_after(Some(&header), now()) {
                prop_assert!(!wait.is_zero() && wait <= Pause::MOST);
            }
        }
    }
}
