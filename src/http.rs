//! Web services that are called: one request and its answer, within limits of time and size, what it came to, and what of it
//! may be told.

mod outcome;
pub(crate) mod redacted_error;
pub(crate) mod token;

use std::error::Error as _;
use std::time::Duration;

use reqwest::header::{ACCEPT, HeaderMap, HeaderValue, RETRY_AFTER};
use reqwest::redirect::{Action, Attempt, Policy};
use reqwest::{Client, RequestBuilder, Response, StatusCode, Url};
use serde_json::Value;
use tokio::time::timeout;

pub use outcome::{Failure, Outcome, Pause};

/// How many redirects are followed.
const MOST_REDIRECTS: usize = 3;
/// Shorter than what servers keep an idle connection, so that a request does not meet one that just closed.
const IDLE: Duration = Duration::from_secs(20);

/// How long each part of a call may take.
#[derive(Debug, Clone, Copy)]
pub struct Timeouts {
    /// Name, connection and TLS.
    pub connect: Duration,
    /// From then on, until the answer begins.
    pub headers: Duration,
    /// Until the answer is whole.
    pub body: Duration,
}

impl Timeouts {
    /// What a graduate in front of a waiting page would bear.
    pub const USUAL: Self = Self {
        connect: Duration::from_secs(5),
        headers: Duration::from_secs(15),
        body: Duration::from_secs(10),
    };
}

/// Why a service cannot be called at all.
#[derive(Debug)]
pub(crate) enum HttpError {
    /// Its address is none.
    Address(String),
    /// The program has not installed what TLS needs.
    NoTls,
    /// TLS cannot be set up, most likely for want of root certificates.
    Setup(reqwest::Error),
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) retry_after: Option<String>,
    /// The body, or what became of it: goes on from "but its body".
    pub(crate) body: Result<Vec<u8>, String>,
}

/// Why nothing came back, in words.
#[derive(Debug)]
pub(crate) enum NoResponse {
    /// The request never left.
    NotSent(String),
    /// The request left, or may have.
    Lost(String),
}

/// What an answer holds instead of what was asked for; goes on from "it holds".
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Unusable(pub(crate) &'static str);

/// The JSON of an answer.
///
/// # Errors
/// [`Unusable`] when it is something else.
pub(crate) fn json(answer: &[u8]) -> Result<Value, Unusable> {
    serde_json::from_slice(answer).map_err(|_| match answer.trim_ascii_start().first() {
        None => Unusable("nothing"),
        Some(b'<') => Unusable("a page of HTML"),
        Some(_) => Unusable("no whole JSON"),
    })
}

/// A connection pool to a service.
pub(crate) struct Http {
    client: Client,
    base: Url,
    timeouts: Timeouts,
}

impl Http {
    pub(crate) fn new(base: &str, timeouts: Timeouts) -> Result<Self, HttpError> {
        let base = Url::parse(base).map_err(|error| HttpError::Address(error.to_string()))?;
        if rustls::crypto::CryptoProvider::get_default().is_none() {
            // reqwest would panic
            return Err(HttpError::NoTls);
        }
        let client = Client::builder()
            .user_agent(concat!("gradpass/", env!("CARGO_PKG_VERSION")))
            .default_headers(HeaderMap::from_iter([(ACCEPT, HeaderValue::from_static("application/json"))]))
            .redirect(Policy::custom(follow))
            .referer(false)
            // what is tried again, and when, is decided above
            .retry(reqwest::retry::never())
            .connect_timeout(timeouts.connect)
            .pool_idle_timeout(IDLE);
        // the proxy of the environment leads out of the campus and not to this machine
        let client = if is_loopback(&base) { client.no_proxy() } else { client };
        // what is called in plain, and redirects stay at home, needs no certificates of the system
        let client = if base.scheme() == "http" { client.tls_certs_only([]) } else { client };
        let client = client.build().map_err(|error| HttpError::Setup(error.without_url()))?;
        Ok(Self { client, base, timeouts })
    }

    /// Posts what `fill` makes of a request to a path below the base URL; takes a body of up to `most` bytes.
    pub(crate) async fn post(
        &self,
        path: &str,
        most: usize,
        fill: impl FnOnce(RequestBuilder) -> RequestBuilder,
    ) -> Result<Answer, NoResponse> {
        let url = self.base.join(path).map_err(|error| NoResponse::NotSent(error.to_string()))?;
        let send = fill(self.client.post(url)).send();
        let patience = self.timeouts.connect + self.timeouts.headers;
        let response = match timeout(patience, send).await {
            Ok(Ok(response)) => response,
            Ok(Err(error)) if error.is_connect() || error.is_builder() => {
                return Err(NoResponse::NotSent(words(error)));
            }
            Ok(Err(error)) => return Err(NoResponse::Lost(words(error))),
            Err(_) => return Err(NoResponse::Lost(within(patience))),
        };
        let header = response.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok());
        let (status, retry_after) = (response.status(), header.map(str::to_owned));
        let body = timeout(self.timeouts.body, whole(response, most)).await;
        let body = body.unwrap_or_else(|_| Err(format!("is not there: {}", within(self.timeouts.body))));
        Ok(Answer { status, retry_after, body })
    }
}

/// A redirect is followed where it keeps the POST (RFC 9110 §15.4.8 and §15.4.9) and stays at home: what is sent is for
/// nobody else.
fn follow(attempt: Attempt<'_>) -> Action {
    let keeps_the_post =
        [StatusCode::TEMPORARY_REDIRECT, StatusCode::PERMANENT_REDIRECT].contains(&attempt.status());
    let at_home = attempt.previous().first().is_some_and(|first| first.origin() == attempt.url().origin());
    let again = attempt.previous().len() <= MOST_REDIRECTS;
    if keeps_the_post && at_home && again { attempt.follow() } else { attempt.stop() }
}

/// The body in pieces, so that no answer fills the memory.
async fn whole(mut response: Response, most: usize) -> Result<Vec<u8>, String> {
    let too_large = || format!("is larger than {} KiB", most / 1024);
    if response.content_length().is_some_and(|length| length > most as u64) {
        return Err(too_large());
    }
    let mut body = Vec::new();
    while let Some(piece) = response.chunk().await.map_err(|_| "broke off".to_owned())? {
        if body.len() + piece.len() > most {
            return Err(too_large());
        }
        body.extend_from_slice(&piece);
    }
    Ok(body)
}

/// The cause at the bottom of an error; what stands above it only says that a request failed, and where to.
fn words(error: reqwest::Error) -> String {
    let error = error.without_url();
    let mut cause = error.source();
    while let Some(deeper) = cause.and_then(std::error::Error::source) {
        cause = Some(deeper);
    }
    cause.map_or_else(|| error.to_string(), ToString::to_string)
}

fn within(span: Duration) -> String {
    format!("nothing came within {} seconds", span.as_secs_f32())
}

fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
    host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}
