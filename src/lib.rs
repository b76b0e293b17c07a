//! gradpass invites graduates to add their verified credentials to SEEK Pass.
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
pub mod report;
pub mod roster;
pub mod sandbox;
pub mod shutdown;
pub mod store;
