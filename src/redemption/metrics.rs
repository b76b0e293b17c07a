//! `/metrics` in the Prometheus text format, and `/healthz`. Counts from the ledger survive a restart.

use std::fmt::Write as _;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};

use jiff::SignedDuration;

use super::AppState;
use crate::bounce::classify::Kind;
use crate::invitation::{InvitationState, MessageState};
use crate::last_run::LastRun;
use crate::outbox::breaker::BreakerState;
use crate::store::StoreError;
use crate::submission::SubmissionState;

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

/// Each state is there from zero on: an alert on one that was never seen would never fire.
fn number(counted: Option<&i64>) -> u64 {
    counted.map_or(0, |counted| u64::try_from(*counted).unwrap_or(0))
}

async fn text(app: &AppState) -> Result<String, StoreError> {
    let now = app.clock.now();
    let mut page = Exposition::default();
    let by_state = "by state, from the ledger, on a server at most a minute old";
    let counts = app.store.ledger_counts().await?;
    let invitations = InvitationState::ALL.into_iter().map(InvitationState::word);
    let invitations = invitations.map(|word| (word, number(counts.invitations.get(word))));
    page.family("gradpass_invitations", "gauge", &format!("Invitations {by_state}"), ("state", invitations));
    let messages = MessageState::ALL.into_iter().map(MessageState::word);
    let messages = messages.map(|word| (word, number(counts.messages.get(word))));
    page.family("gradpass_messages", "gauge", &format!("Messages {by_state}"), ("state", messages));
    let submissions = SubmissionState::ALL.into_iter().map(SubmissionState::word);
    let submissions = submissions.map(|word| (word, number(counts.submissions.get(word))));
    page.family("gradpass_submissions", "gauge", &format!("Submissions {by_state}"), ("state", submissions));

    let kinds = Kind::ALL.into_iter().filter(|kind| kind.is_failure()).map(Kind::word);
    let kinds = kinds.map(|word| (word, number(counts.unreached.get(word))));
    let help = "Graduates whom the latest message did not reach, by the kind of its bounce";
    page.family("gradpass_bounced_graduates", "gauge", help, ("kind", kinds));

    let events = app.counters.counts();
    let help = "What presses of the button and looks at waiting pages came to since the start";
    page.family("gradpass_page_total", "counter", help, ("event", events));
    let counters = app.queue.counters();
    let outcomes = [
        ("accepted", &counters.accepted),
        ("try_later", &counters.try_later),
        ("refused", &counters.refused),
        ("unknown", &counters.unknown),
    ];
    let outcomes = outcomes.into_iter().map(|(word, count)| (word, count.load(Ordering::Relaxed)));
    let help = "Calls to SEEK Pass by outcome since the start";
    page.family("gradpass_seek_pass_calls_total", "counter", help, ("outcome", outcomes));

    let seconds =
        |span: Option<SignedDuration>| span.map_or(0, |span| u64::try_from(span.as_secs()).unwrap_or(0));
    let oldest = app.store.oldest_waiting().await?;
    let help = "How long the first in the queue to SEEK Pass has been waiting";
    page.single(
        "gradpass_oldest_waiting_seconds",
        help,
        seconds(oldest.map(|asked| now.duration_since(asked))),
    );
    let pause = app.queue.paused_until().map(|until| until.duration_since(now));
    let help = "How long all submissions still wait because SEEK Pass is not well";
    page.single("gradpass_seek_pass_pause_seconds", help, seconds(pause));
    let breaker = match app.queue.breaker_state() {
        BreakerState::Closed => "closed",
        BreakerState::HalfOpen => "half_open",
        BreakerState::Open(_) => "open",
    };
    let states = ["closed", "half_open", "open"].map(|state| (state, u64::from(state == breaker)));
    let help =
        "Whether submissions go to SEEK Pass (closed), or wait until it is well: 1 for the state that holds";
    page.family("gradpass_seek_pass_breaker", "gauge", help, ("state", states.into_iter()));

    // before the first run there is nothing to tell, and zero would be a run in 1970
    if let Some(LastRun { ended, exit }) = LastRun::read(&app.config.database) {
        let ended = u64::try_from(ended.as_second()).unwrap_or(0);
        page.single("gradpass_last_run_timestamp_seconds", "When the last `run` ended, in UTC", ended);
        page.single("gradpass_last_run_exit_code", "How it ended: 0, 1, 2 or 75", exit.into());
    }
    Ok(page.0)
}

/// The Prometheus text format, version 0.0.4.
#[derive(Default)]
struct Exposition(String);

impl Exposition {
    fn family<'a>(
        &mut self,
        name: &str,
        kind: &str,
        help: &str,
        (label, values): (&str, impl Iterator<Item = (&'a str, u64)>),
    ) {
        let _ = writeln!(self.0, "# HELP {name} {help}.\n# TYPE {name} {kind}");
        for (word, value) in values {
            let _ = writeln!(self.0, "{name}{{{label}=\"{word}\"}} {value}");
        }
    }

    fn single(&mut self, name: &str, help: &str, value: u64) {
        let _ = writeln!(self.0, "# HELP {name} {help}.\n# TYPE {name} gauge\n{name} {value}");
    }
}
