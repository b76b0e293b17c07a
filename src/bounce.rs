//! Bounces: what comes back about messages that the relay took (promise 15).
//!
//! ```text
//! source ─► report: bytes become facts ─► identify: whose, by the key ─► classify: what became of it ─► the ledger
//! ```
//!
//! A bounce holds the invitation with its code, and names addresses: nothing of it is kept or logged but a code and words of
//! ours. Nothing is ever sent because of one.

pub mod classify;
pub mod identify;
pub mod reading;
pub mod report;
pub mod source;
