//! The redemption service: the page on which a code becomes a link to SEEK Pass.
//!
//! ```text
//! GET /            the form                     GET /r/CODE      the same, filled in
//! POST /redeem     the only one that acts: 303 to SEEK Pass, or a waiting page, or what is wrong (GET leads home)
//! GET, POST /opt-out/…   the page on which a graduate asks for no more reminders: only POST acts
//! GET /wait/…      the waiting page             GET /healthz, /metrics   for the university's monitoring
//! ```
//!
//! A request passes [`server`] (connections and time), [`headers`] (what every answer carries), [`origin`] and
//! [`guess_limiter`] before the code is looked up in the ledger; [`pages`] has the words.

pub mod address;
pub mod counters;
pub mod guess_limiter;
pub mod guesses;
pub mod headers;
mod metrics;
mod opt_out;
pub mod origin;
pub mod pages;
pub mod question;
mod redeem;
mod request_context;
pub mod server;

use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::sync::Arc;

use axum::Router;
use axum::extract::rejection::PathRejection;
use axum::extract::{ConnectInfo, Path, RawQuery, Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, HOST};
use axum::http::{HeaderMap, StatusCode, Version};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use rand::rngs::StdRng;
use tokio::net::TcpListener;

use crate::clock::Clock;
use crate::config::{Config, SeekPassSettings};
use crate::invitation::key::CodeKey;
use crate::outbox::queue::Queue;
use crate::outbox::rate_limiter::RateLimiter;
use crate::seek::{ClientError, SeekPass, Timeouts};
use crate::shutdown::Shutdown;
use crate::store::{Store, Writer};
use crate::wording::TemplateError;
use counters::Counters;
use guesses::Guesses;
use pages::{Page, Pages, Problem};
use request_context::RequestContext;

/// Why the service cannot begin.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "each says it in its message")]
pub enum ServiceError {
    #[error(transparent)]
    Template(#[from] TemplateError),
    #[error(transparent)]
    Client(#[from] ClientError),
}

/// Everything that the page needs.
pub struct AppState {
    /// What codes open.
    pub store: Store,
    /// Where wishes are written down.
    pub writer: Writer,
    /// The way to SEEK Pass.
    pub queue: Queue,
    /// For a look at the status of an old submission.
    pub seek_pass: SeekPass,
    /// The hash of the codes.
    pub key: CodeKey,
    /// How often it may be asked.
    pub status_limiter: RateLimiter,
    /// What graduates see.
    pub pages: Pages,
    /// What guessing costs.
    pub guesses: Guesses,
    /// The university, the page's address, its second question.
    pub config: Arc<Config>,
    /// How fast the queue moves, for an honest waiting page.
    pub per_second: NonZeroU32,
    /// Time.
    pub clock: Clock,
    /// What happened so far.
    pub counters: Counters,
}

impl AppState {
    /// A service over an open ledger.
    ///
    /// # Errors
    /// [`ServiceError`] for a template or a SEEK Pass client that cannot work.
    pub fn new(
        (store, writer): (Store, Writer),
        key: CodeKey,
        config: &Arc<Config>,
        settings: &SeekPassSettings,
        (clock, rng): (&Clock, StdRng),
    ) -> Result<Self, ServiceError> {
        let seek_pass = SeekPass::new(settings, clock, Timeouts::USUAL)?;
        let ledger = (store.clone(), writer.clone());
        let institution = &config.institution;
        Ok(Self {
            queue: Queue::new(ledger, seek_pass.clone(), settings, institution, (clock, rng)),
            pages: Pages::load(config.mail.templates.as_deref(), institution, &config.web)?,
            guesses: Guesses::new(&store, clock),
            status_limiter: RateLimiter::of_status_calls(settings, clock),
            per_second: settings.per_second,
            config: Arc::clone(config),
            clock: clock.clone(),
            counters: Counters::default(),
            store,
            writer,
            seek_pass,
            key,
        })
    }

    /// The address of a submission's waiting page, below the base path. It holds no code, and nobody can make up another's.
    fn waiting_path(&self, id: i64) -> String {
        format!("wait/{id}-{}", self.key.waiting_tag(id))
    }

    /// The submission of a waiting page's address.
    fn waiting_id(&self, path: &str) -> Option<i64> {
        let (id, tag) = path.split_once('-')?;
        let id = id.parse().ok()?;
        (self.key.waiting_tag(id) == tag).then_some(id)
    }
}

/// All routes of the page. Only `POST /redeem` and `POST /opt-out/…` act: looking at any of the others, however often, changes nothing.
pub fn router(app: Arc<AppState>) -> Router {
    Router::new()
        .route("/", get(form))
        .route("/r/{code}", get(filled_in))
        .route("/r/{code}/", get(filled_in))
        .route("/redeem", post(redeem::redeem).get(home))
        .route("/opt-out/{token}", get(opt_out::opt_out).post(opt_out::opt_out))
        .route("/wait/{submission}", get(waiting))
        .route("/style.css", get(style))
        .route("/robots.txt", get(async || "User-agent: *\nDisallow: /\n"))
        .route("/favicon.ico", get(async || StatusCode::NO_CONTENT))
        .route("/healthz", get(metrics::health))
        .route("/metrics", get(metrics::metrics))
        .fallback(nothing_here)
        .method_not_allowed_fallback(not_allowed)
        .with_state(app)
}

async fn form(
    State(app): State<Arc<AppState>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    RequestContext::new(&app, peer, &headers).with_query(query.as_deref()).form("", None)
}

/// Where the form leads has no page of its own: who comes back to it by address, or reloads, begins anew.
async fn home(
    State(app): State<Arc<AppState>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    RequestContext::new(&app, peer, &headers).with_query(query.as_deref()).home()
}

/// The link of the mail: the same form with the code in it, whether or not it is one. It does not even look.
async fn filled_in(
    State(app): State<Arc<AppState>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    code: Result<Path<String>, PathRejection>,
    RawQuery(query): RawQuery,
) -> Response {
    let code = code.map(|Path(code)| code).unwrap_or_default();
    RequestContext::new(&app, peer, &headers).with_query(query.as_deref()).form(&code, None)
}

async fn waiting(
    State(app): State<Arc<AppState>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    submission: Result<Path<String>, PathRejection>,
    RawQuery(query): RawQuery,
) -> Response {
    let visit = RequestContext::new(&app, peer, &headers).with_query(query.as_deref());
    let Some(id) = submission.ok().and_then(|Path(path)| app.waiting_id(&path)) else {
        return visit.not_here(StatusCode::NOT_FOUND);
    };
    visit.look(id).await.unwrap_or_else(|error| visit.fault(&error))
}

/// What the limits cut off gets our page as well; what cannot be a browser's goes no further.
async fn in_our_words(
    State(app): State<Arc<AppState>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    request: Request,
    next: Next,
) -> Response {
    let headers = request.headers().clone();
    // RFC 9112 §3.2: two could be read in two ways, by the proxy and by us
    if request.version() == Version::HTTP_11 && headers.get_all(HOST).iter().count() != 1 {
        return (StatusCode::BAD_REQUEST, "a request needs one Host header\n").into_response();
    }
    let response = next.run(request).await;
    let is_page =
        response.headers().get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    match response.status() {
        status @ (StatusCode::REQUEST_TIMEOUT | StatusCode::PAYLOAD_TOO_LARGE) if !is_page => {
            RequestContext::new(&app, peer, &headers).page(status, &Page::Problem(Problem::TooLarge))
        }
        _ => response,
    }
}

async fn style(State(app): State<Arc<AppState>>) -> Response {
    let headers = [(CONTENT_TYPE, "text/css; charset=utf-8"), (CACHE_CONTROL, "public, max-age=3600")];
    (headers, app.pages.style().to_owned()).into_response()
}

async fn nothing_here(
    State(app): State<Arc<AppState>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    RequestContext::new(&app, peer, &headers).with_query(query.as_deref()).not_here(StatusCode::NOT_FOUND)
}

async fn not_allowed(
    State(app): State<Arc<AppState>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    let visit = RequestContext::new(&app, peer, &headers).with_query(query.as_deref());
    visit.not_here(StatusCode::METHOD_NOT_ALLOWED)
}

/// Serves the page and sends submissions until somebody asks to stop; then finishes what is in hand. What still waits
/// is in the ledger, and the next start goes on with it.
pub async fn serve(listener: TcpListener, app: Arc<AppState>, clock: &Clock, shutdown: Shutdown) {
    let sending = tokio::spawn({
        let (queue, shutdown) = (app.queue.clone(), shutdown.clone());
        async move { queue.run(shutdown).await }
    });
    let limits = server::Limits::within(server::raise_file_limit());
    let router = server::bounded(router(Arc::clone(&app)), &limits);
    let router = router.layer(from_fn_with_state(Arc::clone(&app), in_our_words));
    let seek_pass = app.config.seek_pass.as_ref().map_or("", |settings| &settings.base_url);
    let router = headers::strict(router, &app.config.web.public_url, seek_pass);
    server::serve(listener, router, &limits, clock, shutdown).await;
    if sending.await.is_err() {
        tracing::error!("the queue to SEEK Pass ended unexpectedly; what waits is in the ledger");
    }
}
