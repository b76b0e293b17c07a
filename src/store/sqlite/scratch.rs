//! A copy of the ledger for a dry run to work on, that goes with it.

use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::Arc;

use tempfile::TempDir;

use crate::config::Database;
use crate::store::sqlite::generation::GenerationFile;
use crate::store::sqlite::ledger::Ledger;
use crate::store::sqlite::opening::fleeting;
use crate::store::{Engine, Store, StoreError, Watch};

/// A throw-away copy of a ledger.
#[derive(Debug)]
pub struct ScratchCopy {
    /// The ledger as it stands, where there is one; nothing can be written through it.
    pub original: Option<Store>,
    /// What a dry run may do with as it likes.
    pub store: Store,
    /// Its folder, which nobody else can read; what is in it goes when this is dropped.
    pub folder: TempDir,
}

impl Store {
    /// Copies the ledger as it stands. Where there is none, the copy is one that has just been made.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read, or the copy not be written.
    pub async fn scratch_copy(database: &Database) -> Result<ScratchCopy, StoreError> {
        let private = Permissions::from_mode(0o700);
        let folder = tempfile::Builder::new().prefix("gradpass-dry-run-").permissions(private).tempdir();
        let folder = folder.map_err(StoreError::NoCopy)?;
        let path = folder.path().join("ledger.db");
        let (mut original, mut generation) = (None, GenerationFile::of(database));
        if Self::find(database).await.is_ok() {
            let ledger = Self::open_read_only(database).await?;
            ledger.copy_to(&path).await?;
            generation = ledger.generation_now().await?;
            original = Some(ledger);
        }
        let mut copy = Ledger::open_as(&path, fleeting(&path), Watch::default()).await?;
        // it knows no more than the ledger whether mails were sent that are not in it
        copy.generation = generation;
        let store = Self(Engine::Sqlite(Arc::new(copy)));
        Ok(ScratchCopy { original, store, folder })
    }

    /// Copies the ledger as it stands into a new file.
    ///
    /// # Errors
    /// [`StoreError`] when the copy cannot be written.
    pub async fn copy_to(&self, path: &Path) -> Result<(), StoreError> {
        let Engine::Sqlite(readers) = self.readers() else { return self.copy_into_file(path).await };
        let target = path.to_string_lossy().into_owned();
        sqlx::query("VACUUM INTO $1").bind(target).execute(readers).await?;
        Ok(())
    }
}
