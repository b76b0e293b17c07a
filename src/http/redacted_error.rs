//! What may be told of an answer that complains: it may repeat what it was sent, and that is personal.
//!
//! `shapes` finds the errors in a body of any usual shape; `mask` leaves of each what cannot be somebody's name.

mod mask;
mod shapes;
#[cfg(test)]
mod tests;

use serde_json::Value;

use self::mask::Sent;

/// Errors that are told at most.
const MOST: usize = 5;
/// Errors that are looked at, so that no answer keeps anybody busy.
const MOST_LOOKED_AT: usize = 100;
/// Bytes of all errors together, beyond which the rest is only counted.
const LONGEST: usize = 200;

/// The errors in an answer to what was `sent`, in a form fit for a log; empty when there are none.
pub(crate) fn told(answer: &[u8], sent: &Value) -> String {
    let sent = Sent::of(sent);
    let mut all = Vec::new();
    for error in shapes::errors(answer, &sent).into_iter().take(MOST_LOOKED_AT) {
        let member = error.member.map(|member| sent.member(&member)).unwrap_or_default();
        let words = sent.plain(&error.words);
        let words = format!("{member} {}", words.trim_end_matches('.')).trim().to_owned();
        if !words.is_empty() && !all.contains(&words) {
            all.push(words);
        }
    }
    let mut told = String::new();
    for (count, words) in all.iter().enumerate() {
        let separator = if count == 0 { "" } else { ", " };
        if count == MOST || told.len() + words.len() > LONGEST {
            return format!("{told}{separator}and {} more", all.len() - count);
        }
        told.push_str(separator);
        told.push_str(words);
    }
    told
}

/// Whether one of the errors is this very code, such as `invalid_scope` (RFC 6749 §5.2), wherever it stands.
pub(crate) fn is_code(answer: &[u8], code: &str) -> bool {
    shapes::errors(answer, &Sent::default()).iter().any(|error| error.words.trim() == code)
}
