//! From what came back over the wire, or did not, to an outcome.

use jiff::Timestamp;
use reqwest::StatusCode;
use serde_json::Value;

use crate::http::{Answer, Failure, NoResponse, Outcome, Pause, redacted_error};

impl Answer {
    /// What the answer to `sent` comes to; the body of an accepted one is for the caller to read. A 401 is final here.
    pub(super) fn outcome(self, path: &str, sent: &Value, now: Timestamp) -> Outcome<Vec<u8>> {
        let Self { status, retry_after, body } = self;
        // what was accepted complains of nothing, and may be long
        let body_of_a_refusal = body.as_deref().ok().filter(|_| !status.is_success());
        let errors = body_of_a_refusal.map(|body| redacted_error::told(body, sent)).unwrap_or_default();
        let said = said(status, path, &errors);
        let trouble = |advice: &str| Failure::new(format!("{said}; {advice}"));
        let pause = || Pause::retry_after(retry_after.as_deref(), now);
        let for_all = |advice: &str, pause| Failure { pause: Some(pause), ..trouble(advice) };
        match status.as_u16() {
            200..=299 => match body {
                Ok(body) => Outcome::Accepted(body),
                Err(why) => Outcome::Unknown(Failure::new(format!("{said}, but its body {why}"))),
            },
            401 => {
                let advice = "it refuses the partner account, with a new token too; ask SEEK Pass about it";
                Outcome::TryLater(for_all(advice, Pause::Growing))
            }
            429 => {
                let advice = "it wants fewer calls; if this happens often, lower seek_pass.per_second";
                Outcome::TryLater(for_all(advice, pause()))
            }
            503 => Outcome::TryLater(for_all("it is not available now; everybody waits", pause())),
            408 | 425 => Outcome::TryLater(trouble("the same call again is safe")),
            // whoever in between said so, the work may be done: the 48 hours of its id may be running
            500..=599 => Outcome::Unknown(trouble("the same call again is safe")),
            403 => Outcome::Refused(trouble("ask SEEK Pass whether the partner account may do this")),
            404 | 405 | 410 => Outcome::Refused(trouble("check seek_pass.base_url")),
            400..=499 => Outcome::Refused(trouble("it will not take this; ask SEEK Pass why")),
            300..=399 => Outcome::Unknown(trouble("it leads elsewhere; check seek_pass.base_url")),
            _ => Outcome::Unknown(trouble("nobody knows what that means; ask SEEK Pass")),
        }
    }
}

impl NoResponse {
    /// What it comes to that there is no answer.
    pub(super) fn outcome<T>(self, path: &str) -> Outcome<T> {
        match self {
            Self::NotSent(why) => Outcome::TryLater(Failure::new(format!(
                "no connection to SEEK Pass for /{path}: {why}; check seek_pass.base_url and this machine's way out"
            ))),
            Self::Lost(why) => Outcome::Unknown(Failure::new(format!(
                "no answer from SEEK Pass to /{path}: {why}; the same call again is safe"
            ))),
        }
    }
}

/// `SEEK Pass answered 422 Unprocessable Entity to /… (what it complains about)`
pub(super) fn said(status: StatusCode, path: &str, errors: &str) -> String {
    let errors = if errors.is_empty() { String::new() } else { format!(" ({errors})") };
    let (number, reason) = (status.as_u16(), status.canonical_reason().unwrap_or("without a name"));
    format!("SEEK Pass answered {number} {reason} to /{path}{errors}")
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use std::time::Duration;

    use serde_json::json;

    use super::*;

    fn outcome(status: u16, retry_after: Option<&str>) -> Outcome<Vec<u8>> {
        let body = "{\"error\":\"bad_thing\",\"error_description\":\"Mira Tan is bad\"}";
        let answer = Answer {
            status: StatusCode::from_u16(status).unwrap(),
            retry_after: retry_after.map(str::to_owned),
            body: Ok(body.as_bytes().to_vec()),
        };
        answer.outcome("add/education.json", &json!({ "full_name": "Mira Tan" }), Timestamp::UNIX_EPOCH)
    }

    /// One letter for each kind of outcome, so that all statuses stand in one table.
    fn kind(outcome: &Outcome<Vec<u8>>) -> (char, Option<Pause>) {
        match outcome {
            Outcome::Accepted(_) => ('A', None),
            Outcome::TryLater(trouble) => ('L', trouble.pause),
            Outcome::Refused(trouble) => ('R', trouble.pause),
            Outcome::Unknown(trouble) => ('U', trouble.pause),
        }
    }

    #[test]
    fn every_status_has_its_outcome() {
        let seven = Some(Pause::For(Duration::from_secs(7)));
        for (statuses, header, expected) in [
            (&[200, 201, 202, 204, 226][..], None, ('A', None)),
            (&[301, 302, 303, 304, 307, 308, 399], None, ('U', None)),
            (&[400, 403, 404, 405, 409, 410, 413, 415, 418, 422, 451, 499], Some("7"), ('R', None)),
            (&[401], None, ('L', Some(Pause::Growing))),
            (&[408, 425], Some("7"), ('L', None)),
            (&[500, 501, 502, 504, 520, 599], Some("7"), ('U', None)),
            (&[429, 503], None, ('L', Some(Pause::Growing))),
            (&[429, 503], Some("7"), ('L', seven)),
            (&[429, 503], Some("Thu, 01 Jan 1970 00:00:07 GMT"), ('L', seven)),
            (&[100, 199, 600, 999], None, ('U', None)),
        ] {
            for status in statuses {
                assert_eq!(kind(&outcome(*status, header)), expected, "{status}");
            }
        }
    }

    #[test]
    fn the_words_say_what_and_where_and_nothing_personal() {
        let Outcome::Refused(trouble) = outcome(422, None) else { panic!("a 422 is a refusal") };
        let words = "SEEK Pass answered 422 Unprocessable Entity to /add/education.json (bad_thing, … is bad); it will \
                     not take this; ask SEEK Pass why";
        assert_eq!(trouble.words, words);
        let answer =
            Answer { status: StatusCode::CREATED, retry_after: None, body: Err("broke off".to_owned()) };
        let outcome = answer.outcome("x", &json!({}), Timestamp::UNIX_EPOCH);
        let words = "SEEK Pass answered 201 Created to /x, but its body broke off";
        assert_eq!(outcome, Outcome::Unknown(Failure::new(words)));
    }
}
