//! What waits for SEEK Pass, on its way there: the [`queue`], at the pace of a [`rate_limiter`], behind a circuit [`breaker`].
//! The rules for a submission itself are those of [`crate::submission`].

pub mod breaker;
pub mod queue;
pub mod rate_limiter;
