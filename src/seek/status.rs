//! What SEEK Pass says of a submission.

use std::fmt;

use jiff::Timestamp;
use serde_json::Value;

/// The statuses of the partner guide, the two that its release notes announce, and whatever comes next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Status {
    /// The graduate has added it.
    Verified {
        /// Since when, if told.
        at: Option<Timestamp>,
    },
    /// The graduate declined, or the 48 hours passed: it does not say which.
    Canceled {
        /// Since when, if told.
        at: Option<Timestamp>,
    },
    /// The graduate has not finished.
    Incomplete,
    /// It was in SEEK Pass, and was taken back.
    Revoked {
        /// Since when, if told.
        at: Option<Timestamp>,
    },
    /// It was in SEEK Pass, and the graduate shares it no more.
    Unshared {
        /// Since when, if told.
        at: Option<Timestamp>,
    },
    /// A word that nobody knows yet.
    Unknown(UnknownStatus),
}

impl Status {
    /// Reads the entry of one submission in an answer; a time that cannot be read is none.
    pub(super) fn of(entry: &Value) -> Self {
        let text = |name| entry.get(name).and_then(Value::as_str);
        let at = text("finalized_at").and_then(|at| at.parse().ok());
        match text("status") {
            Some("verified") => Self::Verified { at },
            Some("canceled") => Self::Canceled { at },
            Some("incomplete") => Self::Incomplete,
            Some("revoked") => Self::Revoked { at },
            Some("unshared") => Self::Unshared { at },
            word => Self::Unknown(UnknownStatus::of(word.unwrap_or_default())),
        }
    }
}

/// A status that is not known, fit for a log: one word of letters, `_` and `-`, or `…` for everything else.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct UnknownStatus(String);

impl UnknownStatus {
    /// The longest word that is repeated, in letters.
    const LONGEST: usize = 40;

    fn of(word: &str) -> Self {
        let is_word = (1..=Self::LONGEST).contains(&word.len())
            && word.bytes().all(|it| it.is_ascii_alphabetic() || b"_-".contains(&it));
        Self(if is_word { word } else { "…" }.to_owned())
    }

    /// The word.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for UnknownStatus {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn unknown(status: &Value) -> String {
        match Status::of(&json!({ "id": "a", "status": status })) {
            Status::Unknown(word) => word.to_string(),
            known => panic!("{known:?} is known"),
        }
    }

    #[test]
    fn a_word_that_nobody_knows_is_repeated_if_it_is_one() {
        let long = "a".repeat(41);
        for (status, expected) in [
            (json!("suspended"), "suspended"),
            (json!("under_review"), "under_review"),
            (json!("Re-Issued"), "Re-Issued"),
            (json!("cancelled"), "cancelled"),
            (json!("Mira Tan"), "…"),
            (json!("mira@mailbox.example"), "…"),
            (json!("\u{1b}[31m"), "…"),
            (json!(long), "…"),
            (json!(""), "…"),
            (json!(7), "…"),
            (json!(null), "…"),
        ] {
            assert_eq!(unknown(&status), expected, "{status}");
        }
    }

    proptest! {
        #[test]
        fn no_word_is_long_or_anything_but_a_word(word in ".{0,60}") {
            let shown = UnknownStatus::of(&word).to_string();
            prop_assert!(shown == "…" || shown == word && shown.len() <= 40);
            prop_assert!(shown == "…" || shown.bytes().all(|it| it.is_ascii_alphabetic() || b"_-".contains(&it)));
        }
    }
}
