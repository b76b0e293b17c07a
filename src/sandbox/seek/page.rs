//! What stands behind a redirect link: the graduate's side of SEEK Pass, cut down to two buttons.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, REFERRER_POLICY};
use axum::response::{Html, IntoResponse, Response};

use super::Shared;
use super::memory::End;
use crate::sandbox::look;

const NOTE: &str = "<strong>Stand-in of SEEK Pass, part of the gradpass demo.</strong> \
    Nothing you do here reaches SEEK Pass.";

/// The link's data stands behind its `#`, which a browser keeps to itself: only a script can pick it up.
const CONTENT: &str = "<h1>Add your credential to SEEK Pass</h1>\n\
    <p>In SEEK Pass you would now log in, look at what your university sent, and agree to add it.</p>\n\
    <noscript><p>Like SEEK Pass itself this page needs JavaScript to read its link.</p></noscript>\n\
    <p id=\"missing\" hidden>This link is not complete: the part behind its # is missing.</p>\n\
    <form method=\"post\" action=\"/sandbox/finish\">\n<input type=\"hidden\" name=\"content\">\n\
    <button name=\"choice\" value=\"finish\" disabled>Finish in SEEK Pass (stand-in)</button>\n\
    <button name=\"choice\" value=\"cancel\" disabled>Decline</button>\n</form>\n\
    <script>\nconst content = new URLSearchParams(location.hash.slice(1)).get(\"content\");\n\
    document.querySelector(\"input\").value = content ?? \"\";\n\
    document.querySelector(\"#missing\").hidden = Boolean(content);\n\
    for (const button of document.querySelectorAll(\"button\")) button.disabled = !content;\n</script>\n";

pub(super) async fn landing() -> Response {
    show(StatusCode::OK, "Add to SEEK Pass", CONTENT)
}

/// Takes the form of the landing page: `content` and, unless it is to finish, `choice=cancel`.
pub(super) async fn finish(
    State(shared): State<Arc<Shared>>,
    Form(form): Form<HashMap<String, String>>,
) -> Response {
    let now = shared.now();
    let mut memory = shared.memory();
    let Some(id) = form.get("content").and_then(|content| memory.behind(content)) else {
        return told(
            StatusCode::NOT_FOUND,
            "No such request",
            "SEEK Pass does not know this link (any more).",
        );
    };
    let cancel = form.get("choice").is_some_and(|choice| choice == "cancel");
    let moved = memory.finish(&id, if cancel { End::Canceled } else { End::Verified }, now);
    let status = memory.submission(&id).map(|submission| submission.status(now).0);
    match (status, moved) {
        (Some("verified"), _) => {
            told(StatusCode::OK, "Added to SEEK Pass", "The university sees it as verified now.")
        }
        (_, true) => told(StatusCode::OK, "Declined", "The university sees it as canceled now."),
        _ => told(
            StatusCode::GONE,
            "Too late",
            "This request was declined, or nobody finished it within 48 hours.",
        ),
    }
}

fn told(status: StatusCode, title: &str, sentence: &str) -> Response {
    show(status, title, &format!("<h1>{title}</h1>\n<p>{sentence}</p>\n"))
}

fn show(status: StatusCode, title: &str, content: &str) -> Response {
    let headers = [(CACHE_CONTROL, "no-store"), (REFERRER_POLICY, "no-referrer")];
    (status, headers, Html(look::frame(title, NOTE, content))).into_response()
}
