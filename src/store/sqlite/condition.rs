//! Whether the ledger's file is sound and can be written, for `check`.

use std::path::Path;

use rustix::fs::{Access, access};

use crate::config::Database;
use crate::store::{Engine, Store, StoreError};

impl Store {
    /// [`StoreError::Missing`] where there is no ledger yet, without making one. What else is wrong with it is told when it is opened.
    ///
    /// # Errors
    /// That alone.
    pub async fn find(database: &Database) -> Result<(), StoreError> {
        let is_missing = match database {
            Database::File(path) => !path.exists(),
            Database::Server(_) => {
                matches!(Self::open_read_only(database).await, Err(StoreError::Missing(_)))
            }
        };
        if is_missing { Err(StoreError::Missing(database.clone())) } else { Ok(()) }
    }

    /// Why the first import could not make a ledger there; `None` when it could.
    #[must_use]
    pub fn why_not_made(database: &Database) -> Option<String> {
        match database {
            Database::File(path) => {
                let error = access(folder_of(path), Access::WRITE_OK).err()?;
                Some(format!("cannot be made: {error}"))
            }
            // whoever may not make tables there is told so when they are to be made
            Database::Server(_) => None,
        }
    }

    /// What is wrong with the ledger, and what to do; `None` when it is sound and can be written.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot even be looked at.
    pub async fn condition(&self) -> Result<Option<String>, StoreError> {
        let Engine::Sqlite(ledger) = &self.0 else { return self.condition_of_server().await };
        let ledger = ledger.path.as_path();
        if let Some(damage) = self.integrity_check().await? {
            return Ok(Some(format!("{}: {damage}; restore it from your backup", ledger.display())));
        }
        for path in [ledger, folder_of(ledger)] {
            if let Err(error) = access(path, Access::WRITE_OK) {
                return Ok(Some(format!("{}: cannot be written by this user: {error}", path.display())));
            }
        }
        Ok(None)
    }

    /// `SQLite`'s own check of the whole file; `None` when it is sound.
    ///
    /// # Errors
    /// [`StoreError`] when the check itself cannot run.
    pub async fn integrity_check(&self) -> Result<Option<String>, StoreError> {
        // a server looks after its pages itself
        let Engine::Sqlite(readers) = self.readers() else { return Ok(None) };
        let verdict: String = sqlx::query_scalar("PRAGMA integrity_check(1)").fetch_one(readers).await?;
        Ok((verdict != "ok").then_some(verdict))
    }
}

fn folder_of(ledger: &Path) -> &Path {
    ledger.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}
