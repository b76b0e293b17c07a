//! What a list of words looks like from far: their first bytes and lengths, so that a cell which cannot be one of them, as
//! nearly all, is told from them by one look.

/// For each first byte the lengths that words with it have, a bit each.
pub(super) struct Shapes([u64; 256]);

impl Shapes {
    /// Of words in lower case, none longer than 63 bytes.
    pub(super) const fn of(words: &[&str]) -> Self {
        let mut lengths = [0; 256];
        let mut number = 0;
        while number < words.len() {
            let word = words[number].as_bytes();
            assert!(word.len() < 64, "a word is longer than there are bits");
            lengths[word[0] as usize] |= 1 << word.len();
            number += 1;
        }
        Self(lengths)
    }

    /// Whether a value may be one of the words, in any case. A letter beyond ASCII may have another length in lower case,
    /// so that a value which begins with one may always be.
    pub(super) fn may_hold(&self, value: &str) -> bool {
        self.may_hold_bytes(value.as_bytes())
    }

    /// The same of a text as its bytes.
    pub(super) const fn may_hold_bytes(&self, value: &[u8]) -> bool {
        let Some(first) = value.first() else { return false };
        !first.is_ascii() || self.may_begin(first.to_ascii_lowercase(), value.len())
    }

    /// Whether one of the words begins with this byte and has this length.
    pub(super) const fn may_begin(&self, first: u8, length: usize) -> bool {
        length < 64 && self.0[first as usize] & (1 << length) != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_is_overlooked() {
        const WORDS: &[&str] = &["n/a", "null", "-", "无"];
        const SHAPES: Shapes = Shapes::of(WORDS);
        for word in WORDS.iter().chain(&["N/A", "Null", "NIL.", "无"]) {
            assert!(SHAPES.may_hold(word), "{word}");
        }
        for value in ["", "n", "nulls", "Bachelor of Arts", "--"] {
            assert!(!SHAPES.may_hold(value), "{value}");
        }
    }
}
