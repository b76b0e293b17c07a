//! The integration tests: one binary, one world. Everything is asked of the program from outside: what the relay
//! hears, what the ledger counts, what the command line prints.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod bounces;
mod codes;
mod command;
mod docs;
mod doubt;
mod effort;
mod engines;
mod faults;
mod hostile;
mod import;
mod languages;
mod late_changes;
mod ledger;
mod moving;
mod pages;
mod preview;
mod privacy;
mod properties;
mod purge;
mod redemption;
mod regressions;
mod reminders;
mod report;
mod roster;
mod scenario;
mod seek;
mod send;
mod senders;
mod templates;
mod types;
mod walk;
mod wire;
mod world;
