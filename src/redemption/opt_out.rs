//! The page behind the link of a reminder: looking at it changes nothing, and its button opts out. The address proves itself, so
//! that it works as long as there is anything to opt out of, and guessing one is hopeless. So a form is taken from wherever it
//! comes: a mail reader's button in a browser is another site.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::extract::rejection::PathRejection;
use axum::extract::{ConnectInfo, Path, RawQuery, State};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::Response;

use super::AppState;
use super::counters::Event;
use super::pages::Page;
use super::request_context::RequestContext;

/// The link of the mail, and its button or that of a mail reader (RFC 8058 §3.2).
pub(super) async fn opt_out(
    State(app): State<Arc<AppState>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    method: Method,
    headers: HeaderMap,
    token: Result<Path<String>, PathRejection>,
    RawQuery(query): RawQuery,
) -> Response {
    let visit = RequestContext::new(&app, peer, &headers).with_query(query.as_deref());
    let known = token.ok().and_then(|Path(token)| Some((app.key.opting_out(&token)?, token)));
    let Some((invitation_id, token)) = known else { return visit.not_here(StatusCode::NOT_FOUND) };
    let is_done = method == Method::POST;
    if is_done {
        match app.writer.opt_out(invitation_id, app.clock.now()).await {
            Ok(true) => app.counters.count(Event::OptedOut),
            // she had before, or is gone
            Ok(false) => {}
            Err(error) => return visit.fault(&error),
        }
    }
    let path = format!("opt-out/{token}{}", visit.reader.query());
    visit.page(StatusCode::OK, &Page::OptOut { path: &path, is_done })
}
