//! A SEEK Pass of our own, for the credential types that gradpass sends, version 1.
//!
//! It follows what the partner guide says, as strictly as the guide can be read. Where the guide is silent it takes
//! the way that hurts a careless client most, and these are its choices: the 48 hours run from the first accepted
//! call; a repeated id keeps the data it came with first; a verified submission keeps its link for good; an unknown
//! member is refused; an id that was never sent is 404 when asked for alone and left out of a list.

mod connection;
mod fault;
mod memory;
mod page;
mod schema;
#[cfg(test)]
mod tests;
mod wire;

use std::future::IntoFuture;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

pub use self::fault::{Endpoint, Fault, Script, healthy, script};
use self::memory::{End, Memory};

/// Where the stand-in learns the time, for tokens and the 48 hours.
pub type Now = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// How the stand-in is set up.
#[derive(Clone)]
pub struct Settings {
    /// Where it listens; port 0 takes any free one.
    pub listen: SocketAddr,
    /// What redirect links begin with, when that is not the address it listens on.
    pub public_url: Option<String>,
    /// The client id it knows.
    pub client_id: String,
    /// The secret that goes with it.
    pub client_secret: String,
    /// The scopes that it grants the client; whoever asks for another gets no token.
    pub scopes: Vec<String>,
    /// How long a token is good for.
    pub token_lifetime: SignedDuration,
    /// Whether the token's answer carries `expires_in`; its JWT carries `exp` either way.
    pub tell_expires_in: bool,
    /// The time.
    pub now: Now,
    /// The faults.
    pub script: Script,
}

impl Settings {
    /// A healthy stand-in on a free loopback port, with client `sandbox`, secret `sandbox-secret` and tokens for an hour.
    pub fn new(now: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            public_url: None,
            client_id: "sandbox".to_owned(),
            client_secret: "sandbox-secret".to_owned(),
            scopes: ["education", "english_proficiency", "microcredential"]
                .map(|it| format!("write.{it}"))
                .to_vec(),
            token_lifetime: SignedDuration::from_hours(1),
            tell_expires_in: false,
            now: Arc::new(now),
            script: healthy(),
        }
    }
}

struct Shared {
    settings: Settings,
    address: SocketAddr,
    memory: Mutex<Memory>,
}

impl Shared {
    fn memory(&self) -> MutexGuard<'_, Memory> {
        // no change spans a call that could panic, so what is left behind a panic is still whole
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn now(&self) -> Timestamp {
        (self.settings.now)()
    }

    fn public_url(&self) -> String {
        let given = self.settings.public_url.as_deref();
        given.map_or_else(|| format!("http://{}", self.address), |url| url.trim_end_matches('/').to_owned())
    }
}

/// What a stand-in remembered at a moment.
pub struct Remembered(Memory);

/// A running stand-in, cheap to clone; it stops when the last clone is dropped.
#[derive(Clone)]
pub struct SeekPass {
    shared: Arc<Shared>,
    _running: Arc<oneshot::Sender<()>>,
}

impl SeekPass {
    /// Starts it.
    ///
    /// # Errors
    /// When the address cannot be listened on, or the operating system has no randomness to give.
    pub async fn start(settings: Settings) -> io::Result<Self> {
        let listener = TcpListener::bind(settings.listen).await?;
        let address = listener.local_addr()?;
        let memory = Mutex::new(Memory::new()?);
        let shared = Arc::new(Shared { settings, address, memory });
        let (running, stopped) = oneshot::channel();
        let service =
            wire::router(Arc::clone(&shared)).into_make_service_with_connect_info::<connection::Cut>();
        let serving = axum::serve(connection::Listener(listener), service).with_graceful_shutdown(async {
            // it only ever resolves by the sender's end
            let _ = stopped.await;
        });
        tokio::spawn(serving.into_future());
        Ok(Self { shared, _running: Arc::new(running) })
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.shared.address
    }

    /// The base URL to configure, without a slash at its end.
    #[must_use]
    pub fn base_url(&self) -> String {
        format!("http://{}", self.shared.address)
    }

    /// The graduate finishes: the submission becomes verified. False when it is unknown, finished or past its 48 h.
    #[must_use]
    pub fn verify(&self, id: &str) -> bool {
        self.shared.memory().finish(id, End::Verified, self.shared.now())
    }

    /// The graduate declines: the submission becomes canceled. False when it is unknown, finished or past its 48 h.
    #[must_use]
    pub fn cancel(&self, id: &str) -> bool {
        self.shared.memory().finish(id, End::Canceled, self.shared.now())
    }

    /// From now on it says this status of the submission, whatever becomes of it: `revoked`, `unshared`, or a word that
    /// nobody knows yet. False when it is unknown.
    #[must_use]
    pub fn say(&self, id: &str, status: &str) -> bool {
        self.shared.memory().say(id, status, self.shared.now())
    }

    /// Makes every token invalid at once, as a rotated secret may.
    pub fn revoke_tokens(&self) {
        self.shared.memory().tokens.clear();
    }

    /// What it remembers now, for tests that go on from one moment several times.
    #[must_use]
    pub fn remembered(&self) -> Remembered {
        let mut memory = self.shared.memory();
        let random = memory.other_random();
        Remembered(memory.copied(random))
    }

    /// From now on it remembers what it did then, and nothing that came after.
    pub fn remember(&self, then: &Remembered) {
        let mut memory = self.shared.memory();
        let random = memory.other_random();
        *memory = then.0.copied(random);
    }

    /// How many submissions were made; a repeated id within its 48 hours makes none.
    #[must_use]
    pub fn submissions(&self) -> usize {
        self.shared.memory().made
    }

    /// The ids of the accepted add calls, in order, repeated ones too.
    #[must_use]
    pub fn ids(&self) -> Vec<String> {
        self.shared.memory().ids.clone()
    }

    /// Which scopes the tokens that are good were asked for, each once.
    #[must_use]
    pub fn scopes(&self) -> Vec<String> {
        let mut scopes: Vec<_> =
            self.shared.memory().tokens.values().flat_map(|granted| granted.scopes.clone()).collect();
        scopes.sort();
        scopes.dedup();
        scopes
    }

    /// The `data.credential` that an id was first accepted with.
    #[must_use]
    pub fn credential(&self, id: &str) -> Option<Value> {
        self.shared.memory().submission(id).map(|submission| submission.credential.clone())
    }

    /// The `document_type` and the `data.document` that an id was first accepted with.
    #[must_use]
    pub fn document(&self, id: &str) -> Option<(String, Option<String>)> {
        let memory = self.shared.memory();
        memory
            .submission(id)
            .map(|submission| (submission.document_type.clone(), submission.document.clone()))
    }

    /// When the submission behind an id was made.
    #[must_use]
    pub fn made_at(&self, id: &str) -> Option<Timestamp> {
        self.shared.memory().submission(id).map(|submission| submission.made)
    }

    /// The link that an id leads to.
    #[must_use]
    pub fn redirect_uri(&self, id: &str) -> Option<String> {
        self.shared.memory().submission(id).map(|submission| self.shared.link(submission))
    }

    /// When each add call was there, those that a fault befell too.
    #[must_use]
    pub fn add_calls(&self) -> Vec<Instant> {
        self.shared.memory().add_calls.clone()
    }

    /// How many calls an endpoint had, those that a fault befell too.
    #[must_use]
    pub fn calls(&self, endpoint: Endpoint) -> usize {
        self.shared.memory().calls.get(&endpoint).copied().unwrap_or_default()
    }
}
