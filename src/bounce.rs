//! Bounces: what comes back about messages that the relay took (promise 15).
//!
//! ```text
//! source ─► report: bytes become facts ─► whose message? by the key ─► classify: what became of it ─► store
//! ```

pub mod classify;
pub mod report;
