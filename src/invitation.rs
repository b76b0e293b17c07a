//! An invitation and its messages: their states and the moves between them. No I/O.
//! `docs/states.md` draws them, with every cause.

pub mod code;
mod delay;
pub mod key;
mod state;

pub use delay::delay_after;
pub use state::{InvitationState, MessageState};

/// How often a message is tried before a person must look: with [`delay_after`], about four days.
pub const MOST_ATTEMPTS: i64 = 12;

/// Why a message is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Occasion {
    /// The graduate is invited.
    Invitation,
    /// Nothing came of the invitation yet.
    Reminder {
        /// What was begun was not finished within 48 hours.
        has_lapsed: bool,
    },
    /// It replaces one that was sent before.
    Replacement,
    /// What the graduate added is to be added again as it is now.
    Update {
        /// SEEK Pass was told that graduation was awaited.
        was_awaited: bool,
    },
}

/// What an outside call came to. All four are normal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The other side took it.
    Accepted(String),
    /// The other side asked for another try later.
    TryLater(String),
    /// The other side will not take it.
    Refused(String),
    /// Nobody can tell whether the other side took it.
    Unknown(String),
}

impl Outcome {
    /// The word that the ledger keeps.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Accepted(_) => "accepted",
            Self::TryLater(_) => "try_later",
            Self::Refused(_) => "refused",
            Self::Unknown(_) => "unknown",
        }
    }

    /// What the other side said, or what was seen instead of an answer.
    #[must_use]
    pub fn reply(&self) -> &str {
        match self {
            Self::Accepted(reply) | Self::TryLater(reply) | Self::Refused(reply) | Self::Unknown(reply) => {
                reply
            }
        }
    }

    /// The same without words that hold one of `secrets`, which the other side may have repeated.
    #[must_use]
    pub fn concealing(self, secrets: &[&str]) -> Self {
        match self {
            Self::Accepted(reply) => Self::Accepted(concealed(&reply, secrets)),
            Self::TryLater(reply) => Self::TryLater(concealed(&reply, secrets)),
            Self::Refused(reply) => Self::Refused(concealed(&reply, secrets)),
            Self::Unknown(reply) => Self::Unknown(concealed(&reply, secrets)),
        }
    }

    /// The state in which it leaves a message after so many `attempts`.
    #[must_use]
    pub const fn message_state(&self, attempts: i64) -> MessageState {
        match self {
            Self::Accepted(_) => MessageState::Sent,
            Self::TryLater(_) if attempts < MOST_ATTEMPTS => MessageState::Deferred,
            Self::TryLater(_) | Self::Refused(_) => MessageState::Refused,
            Self::Unknown(_) => MessageState::InDoubt,
        }
    }
}

/// What the other side said without words that hold one of `secrets`.
pub(crate) fn concealed(reply: &str, secrets: &[&str]) -> String {
    let word = |word| if holds(word, secrets) { "…" } else { word };
    reply.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

/// A secret of one or two letters counts only as a whole word, or every word would hold it.
fn holds(word: &str, secrets: &[&str]) -> bool {
    let word = word.to_lowercase();
    let bare = word.trim_matches(|character: char| !character.is_alphanumeric());
    secrets.iter().map(|secret| secret.to_lowercase()).any(|secret| match secret.chars().count() {
        0 => false,
        1..=2 => bare == secret,
        _ => word.contains(&secret),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_deferred_too_often_needs_a_person() {
        let later = Outcome::TryLater(String::new());
        assert_eq!(later.message_state(MOST_ATTEMPTS - 1), MessageState::Deferred);
        assert_eq!(later.message_state(MOST_ATTEMPTS), MessageState::Refused);
    }
}
