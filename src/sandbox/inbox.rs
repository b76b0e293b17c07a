//! The inbox of the demo: shows in a browser what the stand-in relay took, as a graduate's mail program would.

mod page;
#[cfg(test)]
mod tests;

use std::io;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderName, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use mail_parser::{Address, HeaderName as MailHeader, MessageParser, PartType};
use tokio::net::TcpListener;

use super::relay::{Delivered, RelayHandle};

/// How many messages the list shows; a full batch would be a page of many megabytes.
const LISTED: usize = 500;

/// Nothing that a message brings along runs or posts from here, and no address of the inbox leaks through a link.
const HEADERS: [(HeaderName, &str); 4] = [
    (
        CONTENT_SECURITY_POLICY,
        "script-src 'none'; object-src 'none'; form-action 'none'; frame-ancestors 'none'",
    ),
    (REFERRER_POLICY, "no-referrer"),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (CACHE_CONTROL, "no-store"),
];

/// The pages over what `relay` took: `/`, `/message/{n}` and `/message/{n}/raw`, messages counted from 1.
pub fn router(relay: RelayHandle) -> Router {
    Router::new()
        .route("/", get(list))
        .route("/message/{number}", get(message))
        .route("/message/{number}/raw", get(raw))
        .fallback(nothing_here)
        .with_state(relay)
}

/// Serves the inbox until the task is dropped.
///
/// # Errors
/// When the listener fails.
pub async fn serve(listener: TcpListener, relay: RelayHandle) -> io::Result<()> {
    axum::serve(listener, router(relay)).await
}

async fn list(State(relay): State<RelayHandle>) -> Response {
    let messages = relay.messages();
    let earlier = messages.len().saturating_sub(LISTED);
    let entries = messages.iter().enumerate().skip(earlier).map(|(index, delivered)| {
        let subject = MessageParser::new().with_minimal_headers().parse_headers(&delivered.data);
        let subject = subject.as_ref().and_then(|headers| headers.subject()).unwrap_or_default();
        page::entry(index + 1, &delivered.recipient.join(", "), subject)
    });
    show(StatusCode::OK, page::list(entries, messages.len(), earlier))
}

async fn message(State(relay): State<RelayHandle>, Path(number): Path<String>) -> Response {
    let messages = relay.messages();
    let Some((number, delivered)) = find(&messages, &number) else {
        return nothing_here().await;
    };
    let parsed = MessageParser::default().parse(&delivered.data);
    let parsed = parsed.as_ref();
    let shown = page::Shown {
        number,
        last: messages.len(),
        subject: parsed.and_then(|parsed| parsed.subject()).unwrap_or_default(),
        from: &people(parsed.and_then(|parsed| parsed.from())),
        to: &people(parsed.and_then(|parsed| parsed.to())),
        date: parsed.and_then(|parsed| parsed.header_raw(MailHeader::Date)).unwrap_or_default().trim(),
        envelope: (&delivered.sender, &delivered.recipient.join(", ")),
        // the parser would make HTML of a text part and the other way round: only what was sent counts here
        html: parsed.and_then(|parsed| {
            parsed.parts.iter().find_map(|part| match &part.body {
                PartType::Html(html) => Some(html.as_ref()),
                _ => None,
            })
        }),
        text: parsed.and_then(|parsed| {
            parsed.parts.iter().find_map(|part| match &part.body {
                PartType::Text(text) => Some(text.as_ref()),
                _ => None,
            })
        }),
    };
    show(StatusCode::OK, shown.page())
}

async fn raw(State(relay): State<RelayHandle>, Path(number): Path<String>) -> Response {
    match find(&relay.messages(), &number) {
        Some((_, delivered)) => {
            (HEADERS, [(CONTENT_TYPE, "text/plain; charset=utf-8")], delivered.data.clone()).into_response()
        }
        None => nothing_here().await,
    }
}

async fn nothing_here() -> Response {
    show(StatusCode::NOT_FOUND, page::nothing_here())
}

fn show(status: StatusCode, page: String) -> Response {
    (status, HEADERS, Html(page)).into_response()
}

fn find<'a>(messages: &'a [Arc<Delivered>], number: &str) -> Option<(usize, &'a Delivered)> {
    let number: usize = number.parse().ok()?;
    Some((number, messages.get(number.checked_sub(1)?)?))
}

/// Names and addresses of a header, in the order they stand there.
fn people(address: Option<&Address<'_>>) -> String {
    let people =
        address.into_iter().flat_map(Address::iter).map(|person| match (person.name(), person.address()) {
            (Some(name), Some(address)) => format!("{name} <{address}>"),
            (name, address) => name.or(address).unwrap_or_default().to_owned(),
        });
    people.collect::<Vec<_>>().join(", ")
}
