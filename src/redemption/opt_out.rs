//! The page behind the link of a reminder: looking at it changes nothing, and its button opts out. The address proves itself, so
//! that it works as long as there is anything to opt out of, and guessing one is hopeless.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::extract::rejection::PathRejection;
use axum::extract::{ConnectInfo, Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;

use super::pages::{Page, Problem};
use super::request_context::RequestContext;
use super::tally::Event;
use super::{AppState, origin};

/// The link of the mail.
pub(super) async fn look(
    State(app): State<Arc<AppState>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    token: Result<Path<String>, PathRejection>,
    RawQuery(query): RawQuery,
) -> Response {
    let visit = RequestContext::new(&app, peer, &headers).with_query(query.as_deref());
    match token {
        Ok(Path(token)) if app.key.opting_out(&token).is_some() => page(&visit, &token, false),
        _ => visit.not_here(StatusCode::NOT_FOUND),
    }
}

/// The button on the page, or that of a mail reader (RFC 8058 §3.2), which comes from no page at all.
pub(super) async fn act(
    State(app): State<Arc<AppState>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    token: Result<Path<String>, PathRejection>,
    RawQuery(query): RawQuery,
) -> Response {
    let visit = RequestContext::new(&app, peer, &headers).with_query(query.as_deref());
    if !origin::is_ours(&headers, &app.config.web.public_url) {
        app.tally.count(Event::OtherSite);
        return visit.page(StatusCode::FORBIDDEN, &Page::Problem(Problem::OtherSite));
    }
    let Some((token, invitation_id)) =
        token.ok().and_then(|Path(token)| app.key.opting_out(&token).map(|id| (token, id)))
    else {
        return visit.not_here(StatusCode::NOT_FOUND);
    };
    match app.writer.opt_out(invitation_id, app.clock.now()).await {
        Ok(is_news) => {
            if is_news {
                app.tally.count(Event::OptedOut);
            }
            page(&visit, &token, true)
        }
        Err(error) => visit.fault(&error),
    }
}

fn page(visit: &RequestContext<'_>, token: &str, is_done: bool) -> Response {
    let path = format!("opt-out/{token}{}", visit.reader.query());
    visit.page(StatusCode::OK, &Page::OptOut { path: &path, is_done })
}
