//! A mail relay that delivers nowhere: it keeps what it took, and a script may spoil any step of any session.
//!
//! It is as strict as a campus relay of today: commands out of order, bare line feeds and addresses that would need
//! SMTPUTF8 are refused. So a message which passes here has a fair chance outside.

mod dialogue;
mod lines;
mod session;
mod settings;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::io;
use std::net::SocketAddr;
use std::ops::Deref;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::task::JoinHandle;

pub use settings::{Answers, Settings};

/// The points of an SMTP session at which a script is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step {
    /// A client has connected and waits for the greeting.
    Connect,
    /// EHLO or HELO.
    Ehlo,
    /// AUTH, once the client has said its user name and password.
    Auth,
    /// MAIL FROM.
    Mail,
    /// RCPT TO.
    Recipient,
    /// The DATA command.
    Data,
    /// The message itself, after its final dot.
    Content,
    /// RSET.
    Reset,
    /// QUIT.
    Quit,
}

/// What a script knows when it is asked.
#[derive(Debug, Clone, Copy)]
pub struct Moment<'a> {
    /// The point of the session.
    pub step: Step,
    /// The session, counted from 1.
    pub session: usize,
    /// How many times this step has happened over all sessions, this time included.
    pub count: usize,
    /// The address of MAIL and RCPT, the name of EHLO, the mechanism of AUTH; at `Content` the recipients, separated
    /// by spaces.
    pub argument: &'a str,
}

/// What the relay does at a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// What a healthy relay would do. A wrong password is still wrong.
    Accept,
    /// This answer, without its last line end: `451 4.3.0 try later`, or several lines joined by `\r\n`. What was
    /// asked only happens when the answer is a positive one (2xx, for DATA 3xx); after a 421 the relay hangs up.
    Reply(String),
    /// Close the connection, having taken nothing.
    HangUp,
    /// Take and keep what was said, then close the connection instead of answering: the case of doubt.
    HangUpAfterAccepting,
    /// Take nothing and say nothing more, the connection stays open until the client leaves.
    Silence,
    /// Accept after a while, also when the client has given up meanwhile (as a relay with a slow disk does).
    Wait(Duration),
}

/// Decides every moment.
pub type Script = Arc<dyn Fn(&Moment<'_>) -> Act + Send + Sync>;

/// Makes a script of a closure.
pub fn script(decide: impl Fn(&Moment<'_>) -> Act + Send + Sync + 'static) -> Script {
    Arc::new(decide)
}

/// The script of a relay in good health.
#[must_use]
pub fn healthy() -> Script {
    script(|_| Act::Accept)
}

/// A message which the relay took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivered {
    /// The address of MAIL FROM.
    pub sender: String,
    /// The addresses of the accepted RCPT TO.
    pub recipient: Vec<String>,
    /// What stood behind the addresses of MAIL and of the last RCPT.
    pub parameters: [String; 2],
    /// The message as it was before dot-stuffing.
    pub data: Vec<u8>,
    /// The session it came in, counted from 1.
    pub session: usize,
}

#[derive(Default)]
struct Memory {
    /// The password or token that is right by now, where it changed.
    secret: Option<String>,
    messages: Vec<Arc<Delivered>>,
    commands: Vec<String>,
    happened: HashMap<Step, usize>,
    writes: usize,
    connections: usize,
    open: usize,
    peak: usize,
}

struct Shared {
    address: SocketAddr,
    settings: Settings,
    script: Script,
    memory: Mutex<Memory>,
}

/// A view of a relay, cheap to clone; it keeps nothing alive but the memory.
#[derive(Clone)]
pub struct RelayHandle(Arc<Shared>);

impl RelayHandle {
    /// Where the relay listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.0.address
    }

    /// What it took, oldest first.
    #[must_use]
    pub fn messages(&self) -> Vec<Arc<Delivered>> {
        self.memory().messages.clone()
    }

    /// Every command line it heard, each behind its session's number: `1 MAIL FROM:<a@example.org>`. Passwords
    /// are starred, message content is left out.
    #[must_use]
    pub fn commands(&self) -> Vec<String> {
        self.memory().commands.clone()
    }

    /// How often answers were sent: with [`Answers::Together`], how often a client has waited.
    #[must_use]
    pub fn waves(&self) -> usize {
        self.memory().writes
    }

    /// How many connections were made so far.
    #[must_use]
    pub fn connections(&self) -> usize {
        self.memory().connections
    }

    /// How many connections were open at the same time, at most.
    #[must_use]
    pub fn peak_connections(&self) -> usize {
        self.memory().peak
    }

    /// Forgets all messages but the first so many, for tests that go on from one moment several times.
    pub fn forget_after(&self, count: usize) {
        self.memory().messages.truncate(count);
    }

    /// From now on another password or token is right.
    pub fn expect_secret(&self, secret: &str) {
        self.memory().secret = Some(secret.to_owned());
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        // every change is a single push or addition, so a panic elsewhere leaves nothing half done
        self.0.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn decide(&self, step: Step, session: usize, argument: &str) -> Act {
        let count = {
            let mut memory = self.memory();
            let count = memory.happened.entry(step).or_default();
            *count += 1;
            *count
        };
        (self.0.script)(&Moment { step, session, count, argument })
    }
}

/// A running relay; it stops, its sessions with it, when this is dropped.
pub struct Relay {
    handle: RelayHandle,
    accepting: JoinHandle<()>,
}

impl Relay {
    /// Starts a relay on a free port of the loopback interface, without a password.
    ///
    /// # Errors
    /// When no port can be had.
    pub async fn start(script: Script) -> io::Result<Self> {
        Self::start_with(Settings::default(), script).await
    }

    /// Starts a relay.
    ///
    /// # Errors
    /// When the address cannot be listened on.
    pub async fn start_with(settings: Settings, script: Script) -> io::Result<Self> {
        let listener = TcpListener::bind(settings.listen).await?;
        let address = listener.local_addr()?;
        let handle = RelayHandle(Arc::new(Shared { address, settings, script, memory: Mutex::default() }));
        let accepting = tokio::spawn(session::accept(listener, handle.clone()));
        Ok(Self { handle, accepting })
    }

    /// A view that outlives the relay.
    #[must_use]
    pub fn handle(&self) -> RelayHandle {
        self.handle.clone()
    }
}

impl Deref for Relay {
    type Target = RelayHandle;

    fn deref(&self) -> &RelayHandle {
        &self.handle
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}
