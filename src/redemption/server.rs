//! The accept loop: as many connections as there is room for, each with little time and little to say.
//!
//! axum's own `serve` waits for ever for a client that sends its headers slowly or does not read its answer. Here
//! every wait has an end: for a request's headers (hyper's header timeout, which also ends a connection that lies
//! idle), for the whole request ([`bounded`]) and for the client to take its answer ([`stall`]).

pub mod stall;
#[cfg(test)]
mod tests;

use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::time::Duration;

use axum::Router;
use axum::extract::ConnectInfo;
use axum::http::{Request, StatusCode};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio::time::timeout;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::TimeoutLayer;

use self::stall::Stall;
use crate::clock::Clock;
use crate::shutdown::Shutdown;

/// File descriptors that are not for connections: the ledger and its log, SEEK Pass, the logs, the runtime.
const OTHER_FILES: usize = 100;

/// More connections than this at the same time are no rush of graduates.
const MOST_CONNECTIONS: usize = 10_000;

/// How long to wait when the system has no file descriptor for a connection: until then, others may have ended.
const PAUSE: Duration = Duration::from_millis(100);

/// What a client may take, and how long.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Connections at the same time; further ones wait in the system's queue.
    pub connections: usize,
    /// For the headers of a request, from the moment the one before is answered.
    pub header: Duration,
    /// Bytes of a request's line and headers, at least 8192; more is answered with 431.
    pub header_bytes: usize,
    /// For a request, its body and the work on it; more is answered with 408.
    pub request: Duration,
    /// Bytes of a request's body; more is answered with 413.
    pub body_bytes: usize,
    /// For the client to take its answer; then the connection is cut.
    pub answer: Duration,
    /// For the requests in hand when somebody asks to stop.
    pub last: Duration,
}

impl Limits {
    /// The limits of the service, for a process that may have so many files open.
    #[must_use]
    pub fn within(files: usize) -> Self {
        let connections = files.saturating_sub(OTHER_FILES).max(files / 2).clamp(1, MOST_CONNECTIONS);
        Self { connections, ..Self::default() }
    }
}

impl Default for Limits {
    /// For a process that may have as many files open as it likes.
    fn default() -> Self {
        Self {
            connections: MOST_CONNECTIONS,
            header: Duration::from_secs(10),
            header_bytes: 16 * 1024,
            request: Duration::from_secs(15),
            body_bytes: 8 * 1024,
            answer: Duration::from_secs(20),
            last: Duration::from_secs(20),
        }
    }
}

/// Lets this process have as many files open as the system allows, and says how many that are.
#[must_use]
pub fn raise_file_limit() -> usize {
    let limit = getrlimit(Resource::Nofile);
    let raised = Rlimit { current: limit.maximum, maximum: limit.maximum };
    let files = match setrlimit(Resource::Nofile, raised) {
        Ok(()) => limit.maximum,
        Err(error) => {
            tracing::warn!(%error, "the limit of open files stays as it is");
            limit.current
        }
    };
    // no number means no limit
    files.map_or(usize::MAX, |files| usize::try_from(files).unwrap_or(usize::MAX))
}

/// The router with an end to each request: a body that is too large is answered with 413, a request that takes too
/// long with 408, and what was done for it until then is dropped.
pub fn bounded(router: Router, limits: &Limits) -> Router {
    router
        .layer(RequestBodyLimitLayer::new(limits.body_bytes))
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, limits.request))
}

/// Serves until somebody asks to stop. Then nothing new is accepted, at once; what is in hand is finished, and what is
/// not finished within [`Limits::last`] is cut.
///
/// Each request carries [`ConnectInfo`] with the [`SocketAddr`] of who holds the connection. The limits of time are
/// the network's and count real time; the `clock` is asked for the pause when the system is out of file descriptors.
/// Nothing of a request is logged. Nothing that a client or the system does to one connection ends the service, so there is no error to give.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    limits: &Limits,
    clock: &Clock,
    mut shutdown: Shutdown,
) {
    let mut protocol = http1::Builder::new();
    protocol.timer(TokioTimer::new()).header_read_timeout(limits.header).max_buf_size(limits.header_bytes);
    let mut connections = JoinSet::new();
    let mut is_out_of_files = false;
    let mut was_full = false;
    loop {
        let is_full = connections.len() >= limits.connections;
        if is_full && !was_full {
            // once is enough: at the limit it is full again with every client that leaves
            was_full = true;
            tracing::warn!(limit = limits.connections, "as many connections as there may be; others wait");
        }
        tokio::select! {
            biased;
            () = shutdown.requested() => break,
            Some(_) = connections.join_next() => {}
            accepted = listener.accept(), if !is_full => match accepted {
                Ok((stream, peer)) => {
                    is_out_of_files = false;
                    let stream = Stall::new(stream, limits.answer);
                    connections.spawn(talk(stream, peer, router.clone(), protocol.clone(), shutdown.clone()));
                }
                Err(error) if is_about_one_client(&error) => {}
                Err(error) => {
                    if !is_out_of_files {
                        is_out_of_files = true;
                        tracing::warn!(%error, "no connection can be taken for now");
                    }
                    clock.sleep(PAUSE).await;
                }
            },
        }
    }
    drop(listener);
    let finished = timeout(limits.last, async { while connections.join_next().await.is_some() {} }).await;
    if finished.is_err() {
        tracing::warn!(connections = connections.len(), "cut off while stopping: they took too long");
    }
}

/// Answers the requests of one connection.
async fn talk(
    stream: Stall<TcpStream>,
    peer: SocketAddr,
    router: Router,
    protocol: http1::Builder,
    mut shutdown: Shutdown,
) {
    let router = TowerToHyperService::new(router);
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        router.call(request)
    });
    let mut connection = pin!(protocol.serve_connection(TokioIo::new(stream), service));
    // how a connection ended concerns nobody but its client, who knows
    tokio::select! {
        // looked at first, so that a request that has already arrived counts as one in hand
        biased;
        _ = connection.as_mut() => return,
        () = shutdown.requested() => connection.as_mut().graceful_shutdown(),
    }
    let _ = connection.await;
}

/// Whether the client was gone before it was accepted (accept(2) hands its error on).
fn is_about_one_client(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}
