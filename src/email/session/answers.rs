//! The relay's answers, as outcomes and in words that may be kept.

use std::io;

use lettre::transport::smtp::response::Response;

use crate::invitation::Outcome;

/// The most of a relay's words that is kept, in characters.
const MOST: usize = 300;
/// The longest word that is one: what is longer is a key of some kind.
const LONGEST_WORD: usize = 100;

/// A command that was not carried out.
#[derive(Debug)]
pub(super) enum Failure {
    /// The relay said no: code and text.
    Reply(u16, String),
    /// There is no answer, and no connection any more.
    Lost(String),
}

impl Failure {
    /// Whether the same may go well in a minute.
    pub(super) const fn may_pass(&self) -> bool {
        matches!(self, Self::Lost(_) | Self::Reply(400..=499, _))
    }

    /// What the relay said, or what was seen instead of an answer.
    pub(super) fn words(self) -> String {
        match self {
            Self::Reply(_, words) | Self::Lost(words) => words,
        }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Lost(masked(&error.to_string()))
    }
}

pub(super) fn by_code(code: u16, reply: String) -> Outcome {
    if (500..600).contains(&code) { Outcome::Refused(reply) } else { Outcome::TryLater(reply) }
}

/// A reply in the relay's words, code first. Its lines are joined, with the enhanced code, which servers repeat on every line,
/// once.
pub(super) fn text_of(reply: &Response) -> String {
    let is_enhanced = |word: &&str| word.matches('.').count() == 2;
    let repeated = reply.first_word().filter(is_enhanced);
    let mut text = reply.code().to_string();
    for (number, line) in reply.message().enumerate() {
        let rest = repeated.filter(|_| number > 0).and_then(|code| line.strip_prefix(code));
        text = text + " " + rest.unwrap_or(line);
    }
    masked(&text)
}

/// Addresses in a relay's words are personal, and their length is the relay's whim. A word is kept whole or not at all, so
/// that nobody finds half of a secret.
fn masked(text: &str) -> String {
    let mut kept = String::new();
    let mut room = MOST;
    for word in text.split_whitespace() {
        let is_private = word.contains('@') || word.contains("://") || word.chars().count() > LONGEST_WORD;
        let word = if is_private { "<…>" } else { word };
        let word: String = word.chars().filter(|character| !character.is_control()).collect();
        let space = usize::from(!kept.is_empty());
        let Some(left) = room.checked_sub(space + word.chars().count()) else { break };
        room = left;
        kept.push_str(&" "[..space]);
        kept.push_str(&word);
    }
    kept
}
