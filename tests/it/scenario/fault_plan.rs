//! What goes wrong for a process: one fault at the so-manieth moment of its ledger, its relay or SEEK Pass, or its end there.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Mutex, mpsc};
use std::time::Duration;

use gradpass::clock::Clock;
use gradpass::sandbox::{relay, seek};
use gradpass::store::Watch;
use sqlx::sqlite::LockedSqliteHandle;
use tokio::sync::mpsc as channel;

use crate::world::runtime;

/// How a call of the ledger goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LedgerFault {
    /// The commit fails, and nothing of it stands.
    Refuses,
    /// A statement, a reading one too, is broken off in its middle; of a server, the connection is cut in front of it.
    Interrupts,
    /// The commit hangs for more than two days, and then stands.
    Hangs,
    /// The process dies, and nothing of the commit stands.
    DiesBefore,
    /// The process dies, and the commit stands without its knowing.
    DiesAfter,
    /// Of a server: the commit stands, and the connection is cut before it says so.
    LosesAnswer,
    /// Of a server: every connection is cut in front of a statement, and there is no other until the step is over.
    GoesAway,
}

/// What becomes of a commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Commit {
    Stands,
    Fails,
    /// It stands, and nobody hears so.
    IsUnknown,
}

/// What becomes of a connection to a server in front of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    Holds,
    IsCut,
}

/// What another party does at a moment.
#[derive(Debug, Clone)]
pub enum PeerFault<T> {
    /// This, and the process hears of it.
    Heard(T),
    /// This, and the process is dead before it hears of it.
    Unheard(T),
}

/// A fault, and at which moment of its kind it comes: the first, the second and so on.
#[derive(Debug, Clone)]
pub enum Fault {
    Ledger(LedgerFault, usize),
    Relay(PeerFault<relay::Act>, usize),
    Seek(PeerFault<seek::Fault>, usize),
}

/// The kinds of moments that are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Commit,
    Statement,
    Relay,
    Seek,
}

impl LedgerFault {
    /// When it comes.
    pub const fn kind(self) -> Kind {
        match self {
            Self::Interrupts | Self::GoesAway => Kind::Statement,
            _ => Kind::Commit,
        }
    }
}

impl Fault {
    fn comes_at(&self) -> (Kind, usize) {
        match self {
            Self::Ledger(way, at) => (way.kind(), *at),
            Self::Relay(_, at) => (Kind::Relay, *at),
            Self::Seek(_, at) => (Kind::Seek, *at),
        }
    }
}

/// Has one fault at a time, and otherwise lets everything go well.
pub struct FaultPlan {
    clock: Clock,
    armed: Mutex<Option<Fault>>,
    /// So far, of each kind.
    moments: [AtomicUsize; 4],
    has_happened: AtomicBool,
    is_dead: AtomicBool,
    /// Of the server; the process lives.
    is_away: AtomicBool,
    grave: Mutex<Option<Grave>>,
    /// Held by every connection of the process, so that its other end tells when all are closed.
    open: Mutex<Option<mpsc::Sender<()>>>,
}

/// Where a moment of death waits until nothing is left of the process.
struct Grave {
    reached: channel::UnboundedSender<()>,
    buried: mpsc::Receiver<()>,
}

impl FaultPlan {
    pub fn new(clock: Clock) -> Arc<Self> {
        Arc::new(Self {
            clock,
            armed: Mutex::default(),
            moments: Default::default(),
            has_happened: AtomicBool::new(false),
            is_dead: AtomicBool::new(false),
            is_away: AtomicBool::new(false),
            grave: Mutex::default(),
            open: Mutex::default(),
        })
    }

    /// Whether the last fault came.
    pub fn has_happened(&self) -> bool {
        self.has_happened.load(SeqCst)
    }

    /// Runs a process under a fault; `None` when it died of it.
    pub fn inject<T>(&self, fault: Option<Fault>, work: impl Future<Output = T>) -> Option<T> {
        let (reached, mut death) = channel::unbounded_channel();
        let (bury, buried) = mpsc::channel();
        let (open, closed) = mpsc::channel();
        *self.grave.lock().unwrap() = Some(Grave { reached, buried });
        *self.open.lock().unwrap() = Some(open);
        *self.armed.lock().unwrap() = fault;
        for moments in &self.moments {
            moments.store(0, SeqCst);
        }
        self.has_happened.store(false, SeqCst);
        let process = runtime();
        let ended = process.block_on(async {
            tokio::select! {
                biased;
                _ = death.recv() => None,
                done = work => Some(done),
            }
        });
        drop(process);
        // whoever waits at the grave goes on; nobody may be there
        let _ = bury.send(());
        self.open.lock().unwrap().take();
        let all_closed =
            closed.recv_timeout(Duration::from_mins(1)) == Err(mpsc::RecvTimeoutError::Disconnected);
        assert!(all_closed, "a connection to the ledger has outlived its process");
        *self.armed.lock().unwrap() = None;
        self.is_dead.store(false, SeqCst);
        self.is_away.store(false, SeqCst);
        ended
    }

    /// What the relay does now.
    pub fn relay(&self) -> relay::Act {
        match self.due(Kind::Relay) {
            Some(Fault::Relay(fault, _)) => self.carry_out(fault),
            _ => relay::Act::Accept,
        }
    }

    /// What SEEK Pass does now.
    pub fn seek(&self) -> seek::Fault {
        match self.due(Kind::Seek) {
            Some(Fault::Seek(fault, _)) => self.carry_out(fault),
            _ => seek::Fault::None,
        }
    }

    /// Sees every connection to the ledger.
    pub fn watch(self: &Arc<Self>) -> Watch {
        let faults = Arc::clone(self);
        Watch::new(move |connection| {
            let faults = Arc::clone(&faults);
            Box::pin(async move {
                // nobody cuts the power here, and thousands of cases need not wait for the disk
                sqlx::query("PRAGMA synchronous = OFF").execute(&mut *connection).await?;
                faults.see(&mut connection.lock_handle().await?);
                Ok(())
            })
        })
    }

    fn see(self: &Arc<Self>, handle: &mut LockedSqliteHandle<'_>) {
        let Some(open) = self.held() else { return };
        let faults = Arc::clone(self);
        handle.set_commit_hook(move || {
            let _held = &open;
            faults.commits() == Commit::Stands
        });
        if matches!(*self.armed.lock().unwrap(), Some(Fault::Ledger(LedgerFault::Interrupts, _))) {
            let faults = Arc::clone(self);
            handle.set_progress_handler(1, move || faults.due(Kind::Statement).is_none());
        }
    }

    /// What a connection of the process holds for as long as it is open; the tests' own looks are left alone.
    pub fn held(&self) -> Option<mpsc::Sender<()>> {
        self.open.lock().unwrap().clone()
    }

    /// What becomes of a commit.
    pub fn commits(&self) -> Commit {
        if self.is_dead.load(SeqCst) {
            return Commit::Fails;
        }
        match self.due(Kind::Commit) {
            Some(Fault::Ledger(LedgerFault::Refuses, _)) => Commit::Fails,
            Some(Fault::Ledger(LedgerFault::LosesAnswer, _)) => Commit::IsUnknown,
            Some(Fault::Ledger(LedgerFault::Hangs, _)) => {
                self.clock.advance(Duration::from_hours(49));
                Commit::Stands
            }
            Some(Fault::Ledger(disk, _)) => {
                self.die();
                if disk == LedgerFault::DiesAfter { Commit::Stands } else { Commit::Fails }
            }
            _ => Commit::Stands,
        }
    }

    /// What becomes of a connection to a server, in front of a statement.
    pub fn states(&self) -> Line {
        match self.due(Kind::Statement) {
            Some(Fault::Ledger(LedgerFault::Interrupts, _)) => Line::IsCut,
            Some(Fault::Ledger(LedgerFault::GoesAway, _)) => {
                self.is_away.store(true, SeqCst);
                Line::IsCut
            }
            _ if self.is_away() => Line::IsCut,
            _ => Line::Holds,
        }
    }

    /// Whether the server takes no connection, and says nothing on those that it has.
    pub fn is_away(&self) -> bool {
        self.is_away.load(SeqCst)
    }

    /// How many moments of a kind the last process had. Between the instructions of statements in a file they are counted only where one is
    /// broken off.
    pub fn moments(&self, kind: Kind) -> usize {
        self.moments[kind as usize].load(SeqCst)
    }

    fn due(&self, kind: Kind) -> Option<Fault> {
        let armed = self.armed.lock().unwrap();
        let at = self.moments[kind as usize].fetch_add(1, SeqCst) + 1;
        let fault = armed.as_ref().filter(|fault| fault.comes_at() == (kind, at))?;
        self.has_happened.store(true, SeqCst);
        Some(fault.clone())
    }

    fn carry_out<T>(&self, fault: PeerFault<T>) -> T {
        match fault {
            PeerFault::Heard(what) => what,
            PeerFault::Unheard(what) => {
                self.die();
                what
            }
        }
    }

    /// The process ends here: this thread stands still until nothing is left of it.
    fn die(&self) {
        self.is_dead.store(true, SeqCst);
        let grave = self.grave.lock().unwrap().take().unwrap();
        // it may have come to its end just before
        let _ = grave.reached.send(());
        let _ = grave.buried.recv();
    }
}
