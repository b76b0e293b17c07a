//! The relay's answers, as outcomes and in words that may be kept.

use std::error::Error as _;

use lettre::transport::smtp::Error;
use lettre::transport::smtp::response::Response;

use crate::invitation::Outcome;

/// A command that was not carried out.
pub(super) enum Failure {
    /// The relay said no: code and text.
    Reply(u16, String),
    /// There is no answer, and no connection any more.
    Lost(String),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        match error.status() {
            Some(code) => Self::Reply(code.into(), words(&error)),
            None => Self::Lost(words(&error)),
        }
    }
}

pub(super) fn by_code(code: u16, reply: String) -> Outcome {
    if (500..600).contains(&code) { Outcome::Refused(reply) } else { Outcome::TryLater(reply) }
}

pub(super) fn text_of(reply: &Response) -> String {
    let text = reply.message().collect::<Vec<_>>().join(" ");
    masked(&format!("{} {text}", u16::from(reply.code())))
}

/// An error in the relay's words, code first, without the address that relays like to repeat.
pub(super) fn words(error: &Error) -> String {
    let source = error.source().map(ToString::to_string).unwrap_or_default();
    match error.status() {
        Some(code) => masked(&format!("{} {source}", u16::from(code))),
        None if source.is_empty() => masked(&error.to_string()),
        None => masked(&source),
    }
}

/// Addresses in a relay's words are personal, and their length is the relay's whim.
fn masked(text: &str) -> String {
    let word = |word: &str| {
        if word.contains('@') || word.contains("://") { "<…>".to_owned() } else { word.to_owned() }
    };
    let text = text.split_whitespace().map(word).collect::<Vec<_>>().join(" ");
    text.chars().filter(|character| !character.is_control()).take(300).collect()
}
