//! Whoever waits for the ledger's write lock says so, and an import lets them go first. `SQLite` has no queue for that
//! lock: who lets go of it and takes it again at once would starve the others, and who paused between two steps for
//! fear of that would pause in vain most of the time.

use std::fs::{File, OpenOptions};
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::time::Duration;

/// How long an import looks whether the others are through, and how often: one that hangs must not stop it for ever.
const LOOK_EVERY: Duration = Duration::from_micros(200);
const LOOKS: u32 = 250;

/// A file beside the ledger that is locked as long as somebody waits; the kernel frees the lock of one who dies.
pub(super) struct Turnstile(File);

/// Somebody waits, until this is dropped.
pub(super) struct Waiting<'a>(&'a File);

impl Turnstile {
    pub(super) fn beside(ledger: &Path) -> io::Result<Self> {
        let mut name = ledger.as_os_str().to_owned();
        name.push(".waiting.lock");
        let file = OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(name)?;
        Ok(Self(file))
    }

    /// Says that somebody waits; `None` where the file system has no locks.
    pub(super) fn wait(&self) -> Option<Waiting<'_>> {
        // it is held alone for moments only
        self.0.lock_shared().ok().map(|()| Waiting(&self.0))
    }

    /// Lets those who wait go first; false when one hangs, and is not waited for any longer.
    pub(super) fn give_way(&self) -> bool {
        for _ in 0..LOOKS {
            if self.0.try_lock().is_ok() {
                let _ = self.0.unlock();
                return true;
            }
            std::thread::sleep(LOOK_EVERY);
        }
        false
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        let _ = self.0.unlock();
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    #[test]
    fn who_waits_goes_first() {
        let folder = tempfile::tempdir().unwrap();
        let ledger = folder.path().join("ledger.db");
        let (service, import) = (Turnstile::beside(&ledger).unwrap(), Turnstile::beside(&ledger).unwrap());
        assert!(import.give_way(), "nobody waits");
        let waiting = service.wait().unwrap();
        assert!(!import.give_way(), "somebody waits, and one who hangs is not waited for for ever");
        drop(waiting);
        assert!(import.give_way(), "nobody waits any more");
    }
}
