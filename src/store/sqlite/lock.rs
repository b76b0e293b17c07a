//! One run works at a time, and one service: of a ledger that is a file, locks of files beside it. On a server services are as many as
//! one likes. The kernel frees a lock when its
//! holder dies, so there is no stale one.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use sqlx::postgres::PgConnection;

use crate::config::{Database, Server};
use crate::store::postgres::lock::{self, Holding, Lock};
use crate::store::{Engine, Store, StoreError};

/// Ends of the names of the files.
const RUN: &str = ".lock";
const SERVICE: &str = ".serve.lock";

/// Held while a run works: as long as a file is open, or a connection.
#[derive(Debug)]
pub struct RunLock(Engine<File, PgConnection>);

/// Why there is no lock.
#[derive(Debug, thiserror::Error)]
pub enum LockError {
    /// Another run works.
    #[error("another run is at work ({0}); run again later")]
    Held(String),
    /// The server with the ledger cannot be asked.
    #[error("{0}")]
    Store(#[from] StoreError),
    /// The lock file cannot be used.
    #[error("lock file {}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
}

impl LockError {
    /// Whether it is held by somebody who imports, and is going to send.
    #[must_use]
    pub fn is_night(&self) -> bool {
        matches!(self, Self::Held(who) if who.starts_with("gradpass run,") || who.starts_with("gradpass import,"))
    }
}

impl RunLock {
    /// Takes the lock beside the ledger, and leaves word who holds it.
    ///
    /// # Errors
    /// [`LockError::Held`] with who holds it.
    pub async fn take(ledger: &Database, command: &str, now: Timestamp) -> Result<Self, LockError> {
        match ledger {
            Database::File(path) => Self::at(&beside(path, RUN), command, now),
            Database::Server(server) => Self::on(server, (Lock::Run, Holding::Alone), command, now).await,
        }
    }

    /// The same for whoever sends, on a server beside others that do.
    ///
    /// # Errors
    /// As [`RunLock::take`].
    pub async fn take_to_send(ledger: &Database, command: &str, now: Timestamp) -> Result<Self, LockError> {
        match ledger {
            Database::File(_) => Self::take(ledger, command, now).await,
            Database::Server(server) => Self::on(server, (Lock::Run, Holding::Shared), command, now).await,
        }
    }

    /// From here on it is held only to send: on a server others may do so, too.
    ///
    /// # Errors
    /// [`StoreError`] when the server cannot be asked.
    pub async fn let_others_send(&mut self) -> Result<(), StoreError> {
        match &mut self.0 {
            Engine::Sqlite(_) => Ok(()),
            Engine::Postgres(connection) => Ok(lock::share(connection, Lock::Run).await?),
        }
    }

    /// Takes the lock of a service that may send to SEEK Pass: of a file it is the only one, since two would double the pace. On a server
    /// they share the pace, and the lock.
    ///
    /// # Errors
    /// As [`RunLock::take`].
    pub async fn take_for_service(ledger: &Database, now: Timestamp) -> Result<Self, LockError> {
        match ledger {
            Database::File(path) => Self::at(&beside(path, SERVICE), "serve", now),
            Database::Server(server) => {
                Self::on(server, (Lock::Service, Holding::Shared), "serve", now).await
            }
        }
    }

    /// Takes the lock of all services, so that there is none.
    ///
    /// # Errors
    /// As [`RunLock::take`].
    pub async fn take_without_service(
        ledger: &Database,
        command: &str,
        now: Timestamp,
    ) -> Result<Self, LockError> {
        match ledger {
            Database::File(path) => Self::at(&beside(path, SERVICE), command, now),
            Database::Server(server) => Self::on(server, (Lock::Service, Holding::Alone), command, now).await,
        }
    }

    async fn on(
        server: &Server,
        lock: (Lock, Holding),
        command: &str,
        now: Timestamp,
    ) -> Result<Self, LockError> {
        Ok(Self(Engine::Postgres(lock::take(server, lock, command, now).await?)))
    }

    fn at(path: &Path, command: &str, now: Timestamp) -> Result<Self, LockError> {
        let io = |source| LockError::Io { path: path.to_owned(), source };
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .mode(0o600)
            .open(path)
            .map_err(io)?;
        match patiently(&file) {
            Ok(()) => {
                file.set_len(0).map_err(io)?;
                file.rewind().map_err(io)?;
                write!(file, "gradpass {command}, process {}, since {now:.0}", std::process::id())
                    .map_err(io)?;
                Ok(Self(Engine::Sqlite(file)))
            }
            Err(TryLockError::WouldBlock) => {
                let mut holder = String::new();
                let read = file.read_to_string(&mut holder);
                let unknown = read.is_err() || holder.is_empty();
                Err(LockError::Held(if unknown { "it has not said who it is".into() } else { holder }))
            }
            Err(TryLockError::Error(source)) => Err(io(source)),
        }
    }
}

impl Store {
    /// Whether a run is at work now: what is marked as being sent without one was left behind by a dead one.
    pub async fn is_run_at_work(&self) -> bool {
        match &self.0 {
            Engine::Sqlite(ledger) => is_locked(&beside(&ledger.path, RUN)),
            Engine::Postgres(ledger) => ledger.is_held(Lock::Run).await,
        }
    }

    /// Whether any service is at work now.
    pub async fn is_served(&self) -> bool {
        match &self.0 {
            Engine::Sqlite(ledger) => is_locked(&beside(&ledger.path, SERVICE)),
            Engine::Postgres(ledger) => ledger.is_held(Lock::Service).await,
        }
    }
}

fn is_locked(path: &Path) -> bool {
    let Ok(file) = File::open(path) else { return false };
    matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock))
}

/// [`Store::is_run_at_work`] holds the lock for a moment, too: that is no run.
fn patiently(file: &File) -> Result<(), TryLockError> {
    for _ in 0..10 {
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => std::thread::sleep(Duration::from_millis(20)),
            locked => return locked,
        }
    }
    file.try_lock()
}

fn beside(ledger: &Path, suffix: &str) -> PathBuf {
    let mut name = ledger.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}
