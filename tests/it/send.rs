//! Sending: what a trouble of the relay means for the run and for each graduate, pace, budget, stopping,
//! commands in groups.

mod about_us;
mod arbitrary;
mod greylisting;
mod groups;
mod limits;
mod oauth;
mod protected;
mod rate_limiter;
mod refusals;
mod schedule;
mod stopping;
mod sweep;
mod who_we_are;
