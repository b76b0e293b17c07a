//! Sending: what a trouble of the relay means for the run and for each graduate, pace, budget, stopping.

mod arbitrary;
mod pace;
mod refusals;
mod stopping;
mod sweep;
