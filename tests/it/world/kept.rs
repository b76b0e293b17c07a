//! A world as it was at a moment, to which it goes back: what many cases begin with happens once.

use std::fs;
use std::path::Path;

use jiff::Timestamp;
use tempfile::TempDir;

use super::World;
use super::cluster::cluster;

/// The world at a moment, but for SEEK Pass, which keeps its own.
pub struct Kept {
    files: TempDir,
    /// Where a copy of the ledger on a server is.
    database: Option<String>,
    now: Timestamp,
    mails: usize,
    seed: u64,
}

impl World {
    /// The world as it is; nothing may be at work.
    pub fn keep(&self) -> Kept {
        self.looks.end();
        let files = TempDir::new().unwrap();
        copy_files(self.folder.path(), files.path());
        let server = self.server.as_ref();
        Kept {
            files,
            database: server.map(|address| cluster().unwrap().copy(address)),
            now: self.clock.now(),
            mails: self.relay.messages().len(),
            seed: self.seed.get(),
        }
    }

    /// It is as it was; nothing may be at work.
    pub fn go_back(&self, to: &Kept) {
        self.looks.end();
        for entry in fs::read_dir(self.folder.path()).unwrap() {
            let entry = entry.unwrap();
            if entry.file_type().unwrap().is_dir() {
                fs::remove_dir_all(entry.path()).unwrap();
            } else {
                fs::remove_file(entry.path()).unwrap();
            }
        }
        copy_files(to.files.path(), self.folder.path());
        if let (Some(address), Some(database)) = (&self.server, &to.database) {
            cluster().unwrap().replace(address, database);
        }
        self.clock.set(to.now);
        self.relay.forget_after(to.mails);
        self.seed.set(to.seed);
    }
}

/// With their modes.
fn copy_files(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            fs::create_dir(&to).unwrap();
            copy_files(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}
