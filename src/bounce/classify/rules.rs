//! The rules of `rules.toml`, read once.

use std::sync::LazyLock;

use serde::Deserialize;

use super::{Code, Kind, Verdict};

/// Words, any of which may be said.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub(super) struct Words(Vec<String>);

impl Words {
    pub(super) fn iter(&self) -> impl Iterator<Item = &String> {
        self.0.iter()
    }

    /// Whether one of them stands in a text in lower case.
    pub(super) fn found_in(&self, text: &str) -> bool {
        self.0.iter().any(|words| stands_in(words, text))
    }
}

/// `*` is at most this long.
const GAP: usize = 60;

fn stands_in(words: &str, text: &str) -> bool {
    let Some((first, rest)) = words.split_once('*') else { return text.contains(words) };
    text.match_indices(first).any(|(at, found)| {
        let after = &text[at + found.len()..];
        let reach = &after[..after.floor_char_boundary(GAP + rest.len())];
        stands_in(rest, reach)
    })
}

/// A cause, and how it is recognised.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rule {
    pub(super) kind: Kind,
    reason: String,
    words: Option<Words>,
    codes: Option<Vec<String>>,
    #[serde(default)]
    pub(super) only_replies: bool,
}

impl Rule {
    pub(super) fn fits(&self, text: &str, code: Option<Code>) -> bool {
        let is_said = self.words.as_ref().is_none_or(|words| words.found_in(text));
        let is_coded = self
            .codes
            .as_ref()
            .is_none_or(|codes| code.is_some_and(|code| codes.iter().any(|prefix| code.is(prefix))));
        is_said && is_coded
    }

    pub(super) fn verdict(&'static self) -> Verdict {
        Verdict::new(self.kind, &self.reason)
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Signs {
    pub(super) subjects: Words,
    pub(super) words: Words,
}

/// As the file has it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rules {
    pub(super) daemon: Daemon,
    pub(super) failure: Failure,
    pub(super) delayed: Delayed,
    pub(super) challenge: Challenge,
    pub(super) auto_reply: Signs,
    #[serde(rename = "rule")]
    pub(super) causes: Vec<Rule>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Daemon {
    pub(super) senders: Words,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Failure {
    pub(super) subjects: Words,
    pub(super) words: Words,
    pub(super) below_a_subject: Words,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Delayed {
    pub(super) words: Words,
    pub(super) subjects: Words,
    pub(super) over: Words,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Challenge {
    pub(super) words: Words,
    pub(super) without_an_answer: Words,
}

#[expect(clippy::expect_used, reason = "the file is part of the program, and a test reads it")]
pub(super) static RULES: LazyLock<Rules> =
    LazyLock::new(|| toml::from_str(include_str!("../rules.toml")).expect("the rules of this program"));
