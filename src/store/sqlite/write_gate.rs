//! Who writes next. `SQLite` has no queue for its write lock: an import that lets go of it and takes it again at once
//! would starve a service, and who waits by looking again and again is never there at the right moment. So whoever writes
//! little passes here beside the others, and an import alone, between two of its steps; the lock itself is `SQLite`'s.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use tokio::task::spawn_blocking;

/// How often somebody looks who waits here.
const LOOK_EVERY: Duration = Duration::from_micros(100);

/// For so long: one that hangs must not stop the others for ever, and `SQLite`'s lock decides then.
const LOOKS: u32 = 500;

/// As long as `SQLite` waits for a lock.
const LOOKS_TO_MAKE: u32 = 300_000;

/// A file beside the ledger; the kernel frees the lock of one who dies.
pub(in crate::store) struct WriteGate(Arc<File>);

/// Nobody else is in the way, until this is dropped.
pub(in crate::store) struct WriteGuard(Option<Arc<File>>);

impl WriteGate {
    pub(in crate::store) fn beside(ledger: &Path) -> io::Result<Self> {
        let mut name = ledger.as_os_str().to_owned();
        name.push(".waiting.lock");
        let file = OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(name)?;
        Ok(Self(Arc::new(file)))
    }

    /// For a short write: waits until no import is at one of its steps.
    pub(in crate::store) async fn enter(&self) -> WriteGuard {
        let file = Arc::clone(&self.0);
        match file.try_lock_shared() {
            Ok(()) => WriteGuard(Some(file)),
            // the runtime's own clock is too slow to look in time
            Err(TryLockError::WouldBlock) => {
                spawn_blocking(|| wait(file, LOOKS, File::try_lock_shared)).await.unwrap_or(WriteGuard(None))
            }
            Err(TryLockError::Error(_)) => WriteGuard(None),
        }
    }

    /// For a step of an import: waits until nobody else writes.
    pub(in crate::store) fn enter_alone(&self) -> WriteGuard {
        wait(Arc::clone(&self.0), LOOKS, File::try_lock)
    }

    /// To make a ledger: of two that begin at once, the second waits until the file has a log and its tables. `SQLite` would
    /// not let it wait: whoever finds another one turning the file into one with a log is told at once that it is locked.
    pub(in crate::store) async fn enter_to_make(&self) -> WriteGuard {
        let file = Arc::clone(&self.0);
        spawn_blocking(|| wait(file, LOOKS_TO_MAKE, File::try_lock)).await.unwrap_or(WriteGuard(None))
    }
}

fn wait(file: Arc<File>, looks: u32, lock: impl Fn(&File) -> Result<(), TryLockError>) -> WriteGuard {
    for _ in 0..looks {
        match lock(&file) {
            Ok(()) => return WriteGuard(Some(file)),
            Err(TryLockError::WouldBlock) => std::thread::sleep(LOOK_EVERY),
            // the file system has no locks
            Err(TryLockError::Error(_)) => break,
        }
    }
    WriteGuard(None)
}

impl Drop for WriteGuard {
    fn drop(&mut self) {
        if let Some(file) = &self.0 {
            let _ = file.unlock();
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    #[tokio::test]
    async fn an_import_passes_alone_and_the_others_beside_each_other() {
        let folder = tempfile::tempdir().unwrap();
        let ledger = folder.path().join("ledger.db");
        let [service, sending, import] = [(); 3].map(|()| WriteGate::beside(&ledger).unwrap());
        let guard = service.enter().await;
        assert!(sending.enter().await.0.is_some(), "two short writes are left to SQLite");
        assert!(import.enter_alone().0.is_none(), "one who hangs is not waited for for ever");
        drop(guard);
        let alone = import.enter_alone();
        assert!(alone.0.is_some(), "nobody writes any more");
        assert!(service.enter().await.0.is_none(), "neither is an import that hangs");
        drop(alone);
        assert!(service.enter().await.0.is_some(), "the import is between two steps");
    }
}
