//! What in a message may prove which message of ours it is about: words around an `@`, and ids.

use crate::invitation::key::MESSAGE_TAG;

/// So many addresses and ids are remembered.
const CLUES: usize = 1000;

/// Where a proof may be; only the key can tell.
#[derive(Debug, Default)]
pub struct Clues {
    /// In the message's own headers: whom it was sent to.
    pub envelope: Vec<Clue>,
    /// Original-Envelope-Id.
    pub envelope_ids: Vec<String>,
    /// The Message-ID of the returned message, or of what it answers to.
    pub returned: Vec<Clue>,
    /// Anywhere else.
    pub elsewhere: Vec<Clue>,
    /// Whole addresses that it speaks of, in lower case.
    pub mentioned: Vec<String>,
}

/// What stands around an `@`, in lower case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clue {
    /// The beginning of the local part, up to the last sign.
    pub before: String,
    /// The letters and digits at its end: tokens and tags are made of nothing else.
    pub word: String,
    /// The domain.
    pub domain: String,
}

/// What stands around every `@`, each once.
pub(super) fn clues_in(text: &str, clues: &mut Vec<Clue>) {
    let bytes = text.as_bytes();
    let in_local = |byte: &&u8| byte.is_ascii_alphanumeric() || b"+-=_./".contains(byte);
    for at in memchr::memchr_iter(b'@', bytes) {
        if clues.len() >= CLUES {
            return;
        }
        let local = bytes[..at].iter().rev().take(128).take_while(in_local).count();
        let word =
            bytes[..at].iter().rev().take(local).take_while(|byte| byte.is_ascii_alphanumeric()).count();
        let domain = bytes[at + 1..].iter().take(255);
        let domain = domain.take_while(|byte| byte.is_ascii_alphanumeric() || b".-".contains(byte)).count();
        if word < MESSAGE_TAG {
            continue;
        }
        let part = |from: usize, to: usize| text.get(from..to).unwrap_or_default().to_ascii_lowercase();
        let clue = Clue {
            before: part(at - local, at - word),
            word: part(at - word, at),
            domain: part(at + 1, at + 1 + domain),
        };
        if !clues.contains(&clue) {
            clues.push(clue);
        }
    }
}
