//! Nights that begin on several machines at once over a ledger on a server: one imports, the others wait for it, and all share the sending.

use std::path::PathBuf;

use anyhow::{Error, Result};

use super::{App, Event, import};
use crate::cli::ImportArguments;
use crate::import::same_as_latest;
use crate::store::{Batch, LockError, RunLock, Store};

/// A night at the ledger.
pub(super) struct Opened {
    pub(super) lock: RunLock,
    pub(super) store: Store,
    pub(super) others: Others,
}

/// Who else is at work.
pub(super) enum Others {
    /// Nobody, as far as it matters.
    Nobody,
    /// Somebody was, who may have imported what is to be imported.
    Before,
    /// They send, and this is who: nothing can be imported meanwhile.
    Now(LockError),
}

/// Opens the ledger to send, and to import before where `imports` says so. Another night that imports is waited for.
pub(super) async fn open(app: &App, command: &str, imports: bool) -> Result<Opened> {
    if !imports {
        let (lock, store) = app.open_to_send(command).await?;
        return Ok(Opened { lock, store, others: Others::Nobody });
    }
    let mut others = Others::Nobody;
    loop {
        let held = match app.open_ledger(command).await {
            Ok((lock, store)) => return Ok(Opened { lock, store, others }),
            Err(error) if app.config.database.file().is_some() => return Err(error),
            Err(error) => is_held(error)?,
        };
        // each of both has waited for a moment
        match app.open_to_send(command).await {
            Ok((lock, store)) => return Ok(Opened { lock, store, others: Others::Now(held) }),
            Err(error) => {
                let held = is_held(error)?;
                if !held.is_night() {
                    return Err(held.into());
                }
                if matches!(others, Others::Nobody) {
                    app.tell(&Event::WaitsForImport(&held));
                }
                others = Others::Before;
            }
        }
    }
}

fn is_held(error: Error) -> Result<LockError> {
    match error.downcast::<LockError>()? {
        held @ LockError::Held(_) => Ok(held),
        other => Err(other.into()),
    }
}

/// The import of somebody else that was of these very rosters; `None` where they are still to be imported.
///
/// # Errors
/// Where they are, and cannot be, since others send.
pub(super) async fn imported_by(
    others: Others,
    app: &App,
    store: &Store,
    (rosters, arguments): (&[PathBuf], &ImportArguments),
) -> Result<Option<Batch>> {
    if matches!(others, Others::Nobody) {
        return Ok(None);
    }
    let settings = import::settings(&app.config, arguments);
    let batch = same_as_latest(store, rosters, &settings, arguments.add).await?;
    match (batch, others) {
        (None, Others::Now(held)) => Err(held.into()),
        (batch, _) => {
            if let Some(batch) = &batch {
                app.tell(&Event::ImportedByAnother { batch: batch.id });
            }
            Ok(batch)
        }
    }
}
