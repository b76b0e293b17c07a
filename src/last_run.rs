//! A file beside the ledger that tells when and how the last `run` ended, for the metrics that `serve` shows. It is no part
//! of the ledger: a run that could not open that, or found another one at work, leaves its exit code here all the same.

use std::fs;
use std::io::Write;
use std::path::Path;

use jiff::Timestamp;

use crate::config::Database;

/// What the file is about.
const ABOUT: &str = "last-run";

/// How the last run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LastRun {
    /// When; the file has it in seconds.
    pub ended: Timestamp,
    /// The exit code.
    pub exit: u8,
}

impl LastRun {
    /// The one that stands beside a ledger, if there was any.
    #[must_use]
    pub fn read(ledger: &Database) -> Option<Self> {
        let text = fs::read_to_string(ledger.companion(ABOUT)).ok()?;
        let (ended, exit) = text.trim().split_once(' ')?;
        let ended = Timestamp::from_second(ended.parse().ok()?).ok()?;
        Some(Self { ended, exit: exit.parse().ok()? })
    }

    /// Puts it beside a ledger, in place of the one before.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn write(self, ledger: &Database) -> std::io::Result<()> {
        let path = ledger.companion(ABOUT);
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let mut file = tempfile::NamedTempFile::new_in(folder.unwrap_or(Path::new(".")))?;
        writeln!(file, "{} {}", self.ended.as_second(), self.exit)?;
        file.persist(path)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    #[test]
    fn the_last_one_stands_and_what_is_no_such_file_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let ledger = Database::File(folder.path().join("gradpass.db"));
        assert_eq!(LastRun::read(&ledger), None);
        for (ended, exit) in [("2027-01-15T08:00:00Z", 75), ("2027-01-16T08:00:00Z", 0)] {
            let run = LastRun { ended: ended.parse().unwrap(), exit };
            run.write(&ledger).unwrap();
            assert_eq!(LastRun::read(&ledger), Some(run));
        }
        fs::write(ledger.companion(ABOUT), "yesterday").unwrap();
        assert_eq!(LastRun::read(&ledger), None);
    }
}
