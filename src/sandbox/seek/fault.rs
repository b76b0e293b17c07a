//! What may go wrong on the way to SEEK Pass and back.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{Html, IntoResponse, Response};

use super::Shared;
use super::connection::Cut;

/// The calls of the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Endpoint {
    /// `POST /api/partner/v1/oauth/token.json`
    Token,
    /// `POST /api/partner/v1/add/….json`
    Add,
    /// `GET /api/partner/v1/submissions/{id}/status.json`
    Status,
    /// `POST /api/partner/v1/submissions/status.json`
    Statuses,
}

/// What goes wrong with a call. Whether the call still does its work is part of the fault: a client cannot see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// Nothing.
    None,
    /// This status instead of the work, with a `Retry-After` header when one is given.
    Status(u16, Option<String>),
    /// This status and this body instead of the work, whatever its shape.
    Refusal(u16, String),
    /// The page of a gateway that reached nobody: the work is not done.
    Html502,
    /// The work is done at once, the answer comes late.
    Slow(Duration),
    /// The request is read, the work is not done, and no answer comes until the client leaves.
    Hang,
    /// The work is done, then the connection closes without an answer.
    DropAfterReading,
    /// The work is done, the connection closes in the middle of the answer's body.
    Truncated,
    /// The work is done, the answer is 16 megabytes of JSON that say nothing.
    Huge,
    /// The work is done, the answer has the right status and no body.
    Empty,
}

/// Decides each call by its endpoint and how many calls that endpoint has had, this one included.
pub type Script = Arc<dyn Fn(Endpoint, usize) -> Fault + Send + Sync>;

/// Makes a script of a closure.
pub fn script(decide: impl Fn(Endpoint, usize) -> Fault + Send + Sync + 'static) -> Script {
    Arc::new(decide)
}

/// The script without faults.
#[must_use]
pub fn healthy() -> Script {
    script(|_, _| Fault::None)
}

impl Shared {
    /// Counts a call and lets the script spoil it; `work` is the call's own answer.
    pub(super) async fn call(
        &self,
        endpoint: Endpoint,
        cut: &Cut,
        work: impl FnOnce(&Self) -> Response,
    ) -> Response {
        let fault = self.note(endpoint);
        let lost = |answer: Response| answer.status();
        match fault {
            Fault::None => work(self),
            Fault::Status(status, retry_after) => refusal(status, retry_after.as_deref()),
            Fault::Refusal(status, body) => answer(status, body),
            Fault::Html502 => {
                let page = "<html>\n<head><title>502 Bad Gateway</title></head>\n<body><h1>502 Bad Gateway</h1></body>\n</html>\n";
                (StatusCode::BAD_GATEWAY, Html(page)).into_response()
            }
            Fault::Slow(span) => {
                let answer = work(self);
                crate::sandbox::pause(span).await;
                answer
            }
            Fault::Hang => std::future::pending().await,
            Fault::DropAfterReading => {
                cut.before_the_answer();
                work(self)
            }
            Fault::Truncated => {
                cut.within_the_body();
                work(self)
            }
            Fault::Huge => {
                let body = format!("{{\"padding\":\"{}\"}}", "x".repeat(16 * 1024 * 1024));
                (lost(work(self)), [(CONTENT_TYPE, "application/json")], body).into_response()
            }
            Fault::Empty => lost(work(self)).into_response(),
        }
    }

    fn note(&self, endpoint: Endpoint) -> Fault {
        let count = {
            let mut memory = self.memory();
            if endpoint == Endpoint::Add {
                memory.add_calls.push(instant());
            }
            let count = memory.calls.entry(endpoint).or_default();
            *count += 1;
            *count
        };
        (self.settings.script)(endpoint, count)
    }
}

#[expect(clippy::disallowed_methods, reason = "the real pace of calls is measured, whatever the Clock says")]
fn instant() -> Instant {
    Instant::now()
}

fn answer(status: u16, body: String) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let kind = match body.trim_start().chars().next() {
        Some('{' | '[' | '"') => "application/json",
        Some('<') => "text/html",
        _ => "text/plain",
    };
    (status, [(CONTENT_TYPE, kind)], body).into_response()
}

fn refusal(status: u16, retry_after: Option<&str>) -> Response {
    let mut answer = answer(status, "{\"error\":\"sandbox_fault\"}".to_owned());
    if let Some(Ok(value)) = retry_after.map(HeaderValue::from_str) {
        answer.headers_mut().insert(RETRY_AFTER, value);
    }
    answer
}
