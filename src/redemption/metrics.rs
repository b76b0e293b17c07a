//! `/metrics` in the Prometheus text format, and `/healthz`. Counts from the ledger survive a restart.

use std::fmt::Write as _;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};

use super::AppState;
use crate::store::StoreError;

/// The page can work: the ledger answers. A SEEK Pass that is down is no illness of ours.
pub(super) async fn health(State(app): State<Arc<AppState>>) -> Response {
    match app.store.oldest_waiting().await {
        Ok(_) => "ok\n".into_response(),
        Err(error) => {
            tracing::error!("the ledger cannot be read: {error}");
            (StatusCode::SERVICE_UNAVAILABLE, "the ledger cannot be read\n").into_response()
        }
    }
}

/// For the university's own monitoring: whoever comes through the public proxy finds nothing here.
pub(super) async fn metrics(State(app): State<Arc<AppState>>, headers: HeaderMap) -> Response {
    if headers.contains_key("x-forwarded-for") || headers.contains_key("forwarded") {
        return (StatusCode::NOT_FOUND, "not here\n").into_response();
    }
    match text(&app).await {
        Ok(text) => ([(CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text).into_response(),
        Err(error) => {
            tracing::error!("the ledger cannot be read: {error}");
            (StatusCode::SERVICE_UNAVAILABLE, "the ledger cannot be read\n").into_response()
        }
    }
}

async fn text(app: &AppState) -> Result<String, StoreError> {
    let now = app.clock.milliseconds();
    let mut text = String::new();
    let ledger = |counts: crate::store::StateCounts| {
        counts.into_iter().map(|(state, count)| (state, u64::try_from(count).unwrap_or(0)))
    };
    let states = "by state, from the ledger";
    let invitations = ledger(app.store.invitations_by_state().await?);
    family(
        &mut text,
        "gradpass_invitations",
        "gauge",
        &format!("Invitations {states}"),
        "state",
        invitations,
    );
    let messages = ledger(app.store.messages_by_state(None).await?);
    family(&mut text, "gradpass_messages", "gauge", &format!("Messages {states}"), "state", messages);
    let submissions = ledger(app.store.submissions_by_state(None).await?);
    family(
        &mut text,
        "gradpass_submissions",
        "gauge",
        &format!("Submissions {states}"),
        "state",
        submissions,
    );
    let events = app.tally.counts().map(|(event, count)| (event.to_owned(), count));
    let help = "What presses of the button and looks at waiting pages came to since the start";
    family(&mut text, "gradpass_page_total", "counter", help, "event", events);
    let tally = app.queue.tally();
    let outcomes = [
        ("accepted", &tally.accepted),
        ("try_later", &tally.try_later),
        ("refused", &tally.refused),
        ("unknown", &tally.unknown),
    ];
    let outcomes = outcomes.map(|(word, count)| (word.to_owned(), count.load(Ordering::Relaxed)));
    let help = "Calls to SEEK Pass by outcome since the start";
    family(&mut text, "gradpass_seek_pass_calls_total", "counter", help, "outcome", outcomes.into_iter());
    let seconds = |since: Option<i64>| since.map_or(0, |since| u64::try_from(since / 1000).unwrap_or(0));
    let oldest = app.store.oldest_waiting().await?;
    let help = "How long the first in the queue has been waiting";
    single(&mut text, "gradpass_oldest_waiting_seconds", help, seconds(oldest.map(|asked| now - asked)));
    let pause = app.queue.paused_until().map(|until| until - now);
    let help = "How long all submissions still wait because SEEK Pass is not well";
    single(&mut text, "gradpass_seek_pass_pause_seconds", help, seconds(pause));
    Ok(text)
}

fn family(
    text: &mut String,
    name: &str,
    kind: &str,
    help: &str,
    label: &str,
    values: impl Iterator<Item = (String, u64)>,
) {
    let _ = writeln!(text, "# HELP {name} {help}.\n# TYPE {name} {kind}");
    for (word, value) in values {
        let _ = writeln!(text, "{name}{{{label}=\"{word}\"}} {value}");
    }
}

fn single(text: &mut String, name: &str, help: &str, value: u64) {
    let _ = writeln!(text, "# HELP {name} {help}.\n# TYPE {name} gauge\n{name} {value}");
}
