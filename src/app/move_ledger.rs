//! `move`: the ledger from a file to a server, or back.

use std::path::PathBuf;

use anyhow::{Result, anyhow};

use super::App;
use crate::config::Database;
use crate::store::{MoveError, Moved, RunLock, Store};

/// Where the ledger of the configuration goes, or what comes into it.
#[derive(Debug, Clone)]
pub enum Way {
    /// From the configuration's place to this one.
    To(String),
    /// From this place to the configuration's.
    From(String),
}

/// What was moved, and where.
#[derive(Debug)]
pub struct MoveDone {
    /// How much.
    pub moved: Moved,
    /// The ledger that was left, which counts as a copy from now on.
    pub from: Database,
    /// The one that holds.
    pub to: Database,
}

/// Moves the ledger. Nobody may be at work on it meanwhile.
///
/// # Errors
/// When another run or a service is at work, or one of both ledgers cannot be used; nothing was moved then.
pub async fn move_ledger(app: &App, way: &Way, password_file: Option<PathBuf>) -> Result<MoveDone> {
    let (option, place) = match way {
        Way::To(place) => ("--to", place),
        Way::From(place) => ("--from", place),
    };
    // without the address, in which a password may stand
    let other = Database::named(place, password_file, &app.config_path)
        .map_err(|problem| anyhow!("{option}: the address {problem}"))?;
    let own = app.config.database.clone();
    let (from, to) = match way {
        Way::To(_) => (own, other),
        Way::From(_) => (other, own),
    };
    Store::find(&from).await?;
    if from.file().is_some() == to.file().is_some() {
        return Err(MoveError::SameKind { from, to }.into());
    }
    let now = app.clock.now();
    let mut locks = Vec::new();
    // what is no ledger is told before a server is asked for its locks
    if from.file().is_some() {
        Store::open_read_only(&from).await?;
    }
    for ledger in [&from, &to] {
        locks.push(RunLock::take(ledger, "move", now).await?);
        locks.push(RunLock::take_without_service(ledger, "move", now).await?);
    }
    let deed = app.deed("move", None, format!("the ledger moved from {from} to {to}"), Vec::new());
    let moved = Store::move_ledger(&from, &to, deed).await.map_err(|error| match error {
        MoveError::Store(error) => error.into(),
        other => anyhow::Error::from(other),
    })?;
    drop(locks);
    Ok(MoveDone { moved, from, to })
}
