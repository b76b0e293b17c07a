//! A partner account at a stand-in SEEK Pass or at a server that says what it is told to, and a client for it.

use std::future::{Future, poll_fn};
use std::num::NonZeroU32;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::Poll;
use std::time::Duration;

use gradpass::clock::Clock;
use gradpass::config::SeekPassSettings;
use gradpass::credential::{Conferral, Credential, Details, Qualification};
use gradpass::graduate::PersonName;
use gradpass::sandbox::seek::{Endpoint, Fault, SeekPass as StandIn, Settings, script};
use gradpass::seek::{ClientError, Failure, Link, Outcome, SeekPass, Timeouts};
use jiff::Timestamp;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// Far beyond what a healthy call needs, even on a busy machine.
pub const PATIENT: Timeouts = all(Duration::from_secs(30));

/// For tests in which SEEK Pass is silent and the wait is in vain.
pub const HASTY: Timeouts = all(Duration::from_secs(1));

const fn all(span: Duration) -> Timeouts {
    Timeouts { connect: span, headers: span, body: span }
}

/// The name in every credential, which no words may repeat, and the secret of the account.
pub const NAME: &str = "Zaphod Quillfeather";
pub const SECRET: &str = "sandbox-secret";

/// A stand-in and its client, which share a clock that stands still.
pub struct Account {
    pub seek: StandIn,
    pub clock: Clock,
    pub client: SeekPass,
}

impl Account {
    pub async fn new() -> Self {
        Self::with(|_, _| Fault::None).await
    }

    pub async fn with(faults: impl Fn(Endpoint, usize) -> Fault + Send + Sync + 'static) -> Self {
        Self::start(|settings| settings.script = script(faults), PATIENT).await
    }

    pub async fn start(change: impl FnOnce(&mut Settings), timeouts: Timeouts) -> Self {
        let clock = Clock::fixed("2026-11-23T15:00:00Z".parse::<Timestamp>().unwrap());
        let time = clock.clone();
        let mut settings = Settings::new(move || time.now());
        change(&mut settings);
        let seek = StandIn::start(settings).await.unwrap();
        let client = client(&seek.base_url(), SECRET, &clock, timeouts).unwrap();
        Self { seek, clock, client }
    }

    /// The calls for tokens and the add calls so far.
    pub fn calls(&self) -> (usize, usize) {
        (self.seek.calls(Endpoint::Token), self.seek.calls(Endpoint::Add))
    }
}

/// A client for an account.
pub fn client(
    base_url: &str,
    secret: &str,
    clock: &Clock,
    timeouts: Timeouts,
) -> Result<SeekPass, ClientError> {
    // as main does; a second provider keeps the first
    let _ = rustls::crypto::ring::default_provider().install_default();
    let settings = SeekPassSettings {
        base_url: format!("{base_url}/"),
        client_id: "sandbox".to_owned(),
        client_secret: secret.into(),
        account: None,
        id_prefix: "northfield".to_owned(),
        per_second: NonZeroU32::MIN,
        burst: NonZeroU32::MIN,
    };
    SeekPass::new(&settings, clock, timeouts)
}

/// A credential of somebody whose name no log may hold.
pub fn credential() -> Credential {
    let award = Qualification {
        course_code: Some("BSC".to_owned()),
        course_name: "Bachelor of Xenobiology".to_owned(),
        conferral: Conferral { year: Some(2026), date: None, awaiting_graduation: false },
        majors: vec!["Vogonology".to_owned()],
        honours: Some("First Class Honours".to_owned()),
        details: Details::Education,
        attached: None,
    };
    let today = jiff::civil::date(2026, 11, 24);
    Credential::of(&PersonName::parse(NAME).unwrap(), "Northfield University", &award, today).unwrap()
}

pub fn accepted<T>(outcome: Outcome<T>) -> T {
    match outcome {
        Outcome::Accepted(answer) => answer,
        Outcome::TryLater(trouble) | Outcome::Refused(trouble) | Outcome::Unknown(trouble) => {
            panic!("not accepted: {trouble}")
        }
    }
}

/// The trouble of a call, which says something, and nothing that it should not.
pub fn trouble<T: std::fmt::Debug>(outcome: Outcome<T>) -> Failure {
    let (Outcome::TryLater(trouble) | Outcome::Refused(trouble) | Outcome::Unknown(trouble)) = outcome else {
        panic!("{outcome:?} is no trouble");
    };
    assert!(trouble.words.contains("SEEK Pass") && trouble.words.len() < 400, "{trouble}");
    let shown = format!("{trouble} {trouble:?}").to_lowercase();
    for secret in ["zaphod", "quillfeather", "xenobiology", "vogonology", SECRET, "bearer", "content="] {
        assert!(!shown.contains(secret), "{secret} in {shown}");
    }
    trouble
}

/// Lets all calls begin before any of them is answered, and waits for all.
pub async fn together<T>(calls: impl IntoIterator<Item = impl Future<Output = T>>) -> Vec<T> {
    let mut calls: Vec<_> = calls.into_iter().map(|call| (Box::pin(call), None)).collect();
    poll_fn(|context| {
        for (call, ended) in &mut calls {
            if ended.is_none()
                && let Poll::Ready(answer) = Pin::new(call).poll(context)
            {
                *ended = Some(answer);
            }
        }
        if calls.iter().all(|(_, ended)| ended.is_some()) { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
    calls.into_iter().filter_map(|(_, ended)| ended).collect()
}

/// The link of a stand-in's submission is the one that the client was given.
pub fn assert_link(account: &Account, id: &str, link: &Link) {
    assert_eq!(Some(link.as_str()), account.seek.redirect_uri(id).as_deref());
}

/// A server that answers one request a connection with what a closure says of it, byte for byte. It gives out tokens
/// by itself.
pub struct Server {
    pub base_url: String,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Server {
    pub async fn answering(answer: impl Fn(&str) -> Vec<u8> + Send + 'static) -> Self {
        Self::start(reply("200 OK", "", "{\"access_token\":\"token-of-the-server\"}"), answer).await
    }

    /// A server that answers whoever wants a token with this.
    pub async fn refusing_tokens(token: Vec<u8>) -> Self {
        Self::start(token, |_| reply("404 Not Found", "", "")).await
    }

    async fn start(token: Vec<u8>, answer: impl Fn(&str) -> Vec<u8> + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base_url = format!("http://{}", listener.local_addr().unwrap());
        let requests = Arc::<Mutex<Vec<String>>>::default();
        let seen = Arc::clone(&requests);
        tokio::spawn(async move {
            let mut stalled = Vec::new();
            while let Ok((mut stream, _)) = listener.accept().await {
                let Some(request) = read(&mut stream).await else { continue };
                seen.lock().unwrap().push(request.clone());
                let wants_token = request.contains("oauth/token.json");
                let bytes = if wants_token { token.clone() } else { answer(&request) };
                // a client that has seen enough hangs up
                let _ = stream.write_all(&bytes).await;
                if bytes.ends_with(STALL) {
                    stalled.push(stream);
                }
            }
        });
        Self { base_url, requests }
    }

    pub fn client(&self, timeouts: Timeouts) -> SeekPass {
        let clock = Clock::fixed("2026-11-23T15:00:00Z".parse::<Timestamp>().unwrap());
        client(&self.base_url, SECRET, &clock, timeouts).unwrap()
    }

    /// The requests so far, each from its first line to the end of its body, without those for a token.
    pub fn requests(&self) -> Vec<String> {
        let requests = self.requests.lock().unwrap();
        requests.iter().filter(|request| !request.contains("oauth/token.json")).cloned().collect()
    }

    /// All requests so far.
    pub fn all_requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }
}

/// Bytes after which the connection stays open and silent.
pub const STALL: &[u8] = b"...";

/// An answer with these headers, each ended by a line break, and its length.
pub fn reply(status: &str, headers: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!("HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {length}\r\n{headers}\r\n{body}")
        .into()
}

/// A request and its body.
async fn read(stream: &mut TcpStream) -> Option<String> {
    let mut text = String::new();
    loop {
        let mut buffer = [0; 4096];
        let count = stream.read(&mut buffer).await.ok().filter(|count| *count > 0)?;
        text.push_str(std::str::from_utf8(&buffer[..count]).unwrap());
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let length =
            head.lines().find_map(|line| line.to_lowercase().strip_prefix("content-length: ")?.parse().ok());
        if body.len() >= length.unwrap_or(0) {
            return Some(text);
        }
    }
}
