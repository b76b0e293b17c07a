//! Whose message a notification is about: by the key, or not at all. Anybody can write that a mail to somebody was not
//! delivered; only who has the message, or carried it, knows its token or its Message-ID.

use std::cell::OnceCell;
use std::collections::HashMap;

use super::report::{Clue, Report};
use crate::config::Config;
use crate::invitation::key::{CodeKey, MESSAGE_TAG, is_same};
use crate::store::{Restoration, Store, StoreError};

/// Which message of ours a notification is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Identity {
    /// This one.
    Ours(i64),
    /// This one by its envelope, and another one by what came back: nobody can tell.
    Contradictory(i64),
    /// It looks like one of ours, and the key says no.
    Forged,
    /// None.
    Foreign,
}

/// Finds the message.
pub struct Identifier {
    key: CodeKey,
    restorations: Vec<Restoration>,
    last_message: i64,
    /// The domain of our Message-IDs.
    domain: String,
    /// Local part with delimiter, and domain, of the address with tokens.
    around: Option<(String, String)>,
    /// The middles of our Message-IDs, made when the first is looked for.
    tags: OnceCell<HashMap<String, i64>>,
}

impl Identifier {
    /// For the messages of this ledger.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn new(config: &Config, store: &Store, key: CodeKey) -> Result<Self, StoreError> {
        let around = config.bounces.address.as_ref().map(|address| {
            let before = format!("{}{}", address.user(), config.bounces.delimiter);
            (before.to_ascii_lowercase(), address.domain().to_ascii_lowercase())
        });
        Ok(Self {
            key,
            restorations: store.restorations().await?,
            last_message: store.last_message().await?,
            domain: config.mail.from.email.domain().to_ascii_lowercase(),
            around,
            tags: OnceCell::new(),
        })
    }

    /// Looks in the order of trust: the envelope's token, its id, the Message-ID of what came back, anything else. A lower one
    /// never overrules a higher one.
    #[must_use]
    pub fn identify(&self, report: &Report) -> Identity {
        let clues = &report.clues;
        let token = |clues: &[Clue]| clues.iter().find_map(|clue| self.by_clue(clue));
        let returned = clues.returned.iter().find_map(|clue| self.by_message_id(clue));
        let envelope =
            token(&clues.envelope).or_else(|| clues.envelope_ids.iter().find_map(|id| self.by_token(id)));
        match (envelope, returned) {
            (Some(message), Some(other)) if message != other => return Identity::Contradictory(message),
            (Some(message), _) | (None, Some(message)) => return Identity::Ours(message),
            (None, None) => {}
        }
        let elsewhere = token(&clues.elsewhere).or_else(|| {
            clues.elsewhere.iter().chain(&clues.envelope).find_map(|clue| self.by_message_id(clue))
        });
        match elsewhere {
            Some(message) => Identity::Ours(message),
            None if self.is_any_like_ours(report) => Identity::Forged,
            None => Identity::Foreign,
        }
    }

    fn by_clue(&self, clue: &Clue) -> Option<i64> {
        // without a delimiter the token follows the local part at once
        let local = self.around.as_ref().and_then(|(before, _)| clue.word.strip_prefix(before.as_str()));
        self.by_token(&clue.word).or_else(|| self.by_token(local?))
    }

    fn by_token(&self, token: &str) -> Option<i64> {
        let (number, message) =
            self.numbers().find_map(|number| Some((number, self.key.message_of(token, number)?)))?;
        (1..=self.last_of(number)).contains(&message).then_some(message)
    }

    fn by_message_id(&self, clue: &Clue) -> Option<i64> {
        // other words are no reason to make all tags of a large ledger
        if !is_tag_like(clue) {
            return None;
        }
        let (tag, message) = self.tags().get_key_value(&clue.word)?;
        is_same(tag, &clue.word).then_some(*message)
    }

    /// Every number that tags were made with.
    fn numbers(&self) -> impl Iterator<Item = i64> {
        std::iter::once(0).chain(self.restorations.iter().map(|it| it.number))
    }

    /// The last message that a tag of this number can mean: later ones were forgotten, and their numbers given again.
    fn last_of(&self, number: i64) -> i64 {
        let next = self.restorations.iter().find(|it| it.number > number);
        next.map_or(self.last_message, |next| next.last_message)
    }

    fn tags(&self) -> &HashMap<String, i64> {
        self.tags.get_or_init(|| {
            let all =
                self.numbers().flat_map(|number| (1..=self.last_of(number)).map(move |id| (number, id)));
            all.map(|(number, id)| (self.key.message_tag(id, number), id)).collect()
        })
    }

    /// Whether something has the shape of our tokens or Message-IDs.
    fn is_any_like_ours(&self, report: &Report) -> bool {
        let clues = &report.clues;
        let mut all = clues.envelope.iter().chain(&clues.returned).chain(&clues.elsewhere);
        all.any(|clue| {
            let is_token = self.around.as_ref().is_some_and(|(before, domain)| {
                clue.domain == *domain && format!("{}{}", clue.before, clue.word).starts_with(before.as_str())
            });
            let is_id = clue.domain == self.domain && clue.before.is_empty() && is_tag_like(clue);
            is_token || is_id
        })
    }
}

/// As long as the middle of a Message-ID, and of its alphabet.
fn is_tag_like(clue: &Clue) -> bool {
    clue.word.len() == MESSAGE_TAG && !clue.word.contains(['i', 'l', 'o', 'u'])
}
