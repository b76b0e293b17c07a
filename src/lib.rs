//! gradpass invites graduates to add their verified credentials to SEEK Pass.
//!
//! ```text
//! roster (CSV export) ─► graduates ─► invitations with codes ─► emails over the university's relay
//! ```
//!
//! The modules, in the order in which the data flows; each uses only what stands above it:
//!
//! | module | what it is about |
//! |---|---|
//! | [`clock`], [`shutdown`] | time, and the wish to stop: arguments to everything below |
//! | [`graduate`] | student id, address, name, qualification: parsed once, trusted afterwards; no I/O |
//! | [`invitation`] | the states of a message, outcomes, the [`invitation::code`] and its [`invitation::key`] |
//! | [`config`] | the configuration file |
//! | [`roster`] | bytes become rows, or every mistake with line and column |
//! | [`store`] | the ledger, one `SQLite` file; the only caller of SQL |
//! | [`import`] | a roster into the ledger: read whole, held against itself, merged as a diff |
//! | [`email`] | composing ([`email::templates`]), showing ([`email::preview`]), handing over ([`email::session`], [`email::send`]) |
//! | [`report`] | what a run came to, and the exit code |
//! | [`redemption`] | the web service: what stands between the internet and the page |
//! | [`lock`], [`logging`] | one run at a time; what may stand in a log |
//! | [`sandbox`] | stand-ins for what we cannot have here: the relay, SEEK Pass |
//! | [`cli`], [`command`] | what can be asked for, and the parts put together |
//!
//! What it promises is in the tests: nobody is forgotten, nobody is mailed twice silently, and nothing
//! personal is logged. `sql/migrations` says what the ledger holds, `sql/queries` everything done with it.

pub mod cli;
pub mod clock;
pub mod command;
pub mod config;
pub mod email;
pub mod graduate;
pub mod import;
pub mod invitation;
pub mod lock;
pub mod logging;
pub mod redemption;
pub mod report;
pub mod roster;
pub mod sandbox;
pub mod shutdown;
pub mod store;
