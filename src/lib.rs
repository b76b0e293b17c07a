//! gradpass invites graduates to add their verified credentials to SEEK Pass.
//!
//! ```text
//! roster (CSV export) ─► graduates ─► invitations with codes ─► emails over the university's relay
//!                                               │
//! graduate follows or types the code ─► redemption page ─► SEEK Pass, paced ─► redirect ─► follow-up
//! ```
//!
//! The modules, in the order in which the data flows; each uses only what stands above it:
//!
//! | module | what it is about |
//! |---|---|
//! | [`clock`], [`shutdown`] | time, and the wish to stop: arguments to everything below |
//! | [`graduate`] | student id, address, name: parsed once, trusted afterwards; no I/O |
//! | [`typed`] | what people type or paste, in one form |
//! | [`plural`], `hexadecimal` | numbers and lists in sentences; digits of bytes |
//! | [`invitation`] | the states of a message, outcomes, the [`invitation::code`] and its [`invitation::key`] |
//! | [`reminder`] | when a reminder is due |
//! | [`credential`] | qualifications of each type, and what SEEK Pass is told of them; no I/O |
//! | [`roster`] | bytes become rows, or every mistake with line and column |
//! | [`config`] | the configuration file |
//! | `http` | web services that are called: requests, tokens, what an answer comes to and what of it may be told |
//! | [`seek`] | the SEEK Pass partner API: every answer becomes an outcome |
//! | [`submission`] | the states of a submission and the rules for its id; no I/O |
//! | [`store`] | the ledger, one `SQLite` file, or a PostgreSQL database for many machines; the only caller of SQL |
//! | [`import`] | a roster into the ledger: read whole, held against itself, merged as a diff |
//! | [`plan`] | what a run over certain rosters would do, under one id that can be approved |
//! | [`wording`] | the texts of mails and pages: built in, or the university's own |
//! | [`email`] | composing ([`email::templates`]), showing ([`email::preview`]), handing over ([`email::session`], [`email::send`]) |
//! | [`outbox`] | what waits goes to SEEK Pass, in order of arrival and at the configured pace |
//! | [`follow_up`] | how submissions ended |
//! | [`bounce`] | notifications about messages of ours: what they are, whom they are about, what they mean |
//! | [`last_run`] | how the last run ended, for the metrics of a service beside it |
//! | [`redemption`] | the service behind the link: its [`redemption::pages`], and what stands in front of them |
//! | [`report`], [`report_page`] | what a run came to, and the exit code; the report for the dean, counted and drawn |
//! | [`logging`], [`operator`] | what may stand in a log; who is at the keyboard |
//! | `sandbox` | stand-ins for what we cannot have here: the relay, SEEK Pass |
//! | [`cli`] | what can be asked for |
//! | [`app`] | what a command does, without a terminal |
//! | [`command`] | arguments in, words and JSON out |
//!
//! `docs/ARCHITECTURE.md` is the map: how these work together, what always holds, and where the rule for something stands.
//!
//! What it promises is in the tests: nobody is forgotten, nobody is mailed twice silently, and nothing
//! personal is logged. `sql/migrations` says what the ledger holds, `sql/queries` everything done with it.

pub mod app;
pub mod bounce;
pub mod cli;
pub mod clock;
pub mod command;
pub mod config;
pub mod credential;
pub mod email;
pub mod follow_up;
pub mod graduate;
mod hexadecimal;
mod http;
pub mod import;
pub mod invitation;
pub mod last_run;
pub mod logging;
pub mod operator;
pub mod outbox;
pub mod plan;
pub mod plural;
pub mod redemption;
pub mod reminder;
pub mod report;
pub mod report_page;
pub mod roster;
#[cfg(feature = "demo")]
pub mod sandbox;
pub mod seek;
pub mod shutdown;
pub mod store;
pub mod submission;
pub mod typed;
pub mod wording;
