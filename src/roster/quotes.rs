//! Quotes that are no CSV (RFC 4180 §2): the reader appends what stands behind a closing quote to the cell without a
//! word, so `"Bachelor of \"Arts\""` would pass with backslashes and lost quotes. Watched while the bytes pass by.

use std::collections::VecDeque;

/// Follows the quotes of a text.
#[derive(Debug, Default)]
pub(super) struct Quotes {
    delimiter: u8,
    state: State,
    /// Bytes that passed before the current piece.
    passed: u64,
    /// The last byte of the piece before.
    last: Option<u8>,
    /// Where a closing quote had text behind it, as offsets from the beginning.
    torn: VecDeque<u64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum State {
    /// Outside a quoted cell.
    #[default]
    Outside,
    /// Inside one.
    Inside,
    /// Behind a quote inside a quoted cell, which closes it unless another one follows.
    Behind,
}

impl Quotes {
    pub(super) fn new(delimiter: u8) -> Self {
        Self { delimiter, ..Self::default() }
    }

    /// Takes the next piece of the text into account.
    pub(super) fn take(&mut self, piece: &[u8]) {
        let mut next = 0;
        if self.state == State::Behind && !piece.is_empty() {
            next = self.behind(piece, 0);
        }
        while let Some(found) = piece.get(next..).and_then(|rest| memchr::memchr(b'"', rest)) {
            let at = next + found;
            next = at + 1;
            if self.state == State::Inside {
                self.state = State::Behind;
                if next < piece.len() {
                    next = self.behind(piece, next);
                }
                continue;
            }
            let before = if at == 0 { self.last } else { piece.get(at - 1).copied() };
            // elsewhere a quote is a sign like any other
            if before.is_none_or(|byte| self.is_between(byte)) {
                self.state = State::Inside;
            }
        }
        self.passed += piece.len() as u64;
        self.last = piece.last().copied().or(self.last);
    }

    /// Looks at the byte behind a quote of a quoted cell; returns where to go on.
    fn behind(&mut self, piece: &[u8], at: usize) -> usize {
        if piece[at] == b'"' {
            self.state = State::Inside;
            return at + 1;
        }
        self.state = State::Outside;
        if !self.is_between(piece[at]) {
            self.torn.push_back(self.passed + at as u64);
        }
        at
    }

    fn is_between(&self, byte: u8) -> bool {
        byte == self.delimiter || byte == b'\n' || byte == b'\r'
    }

    /// Whether the text so far ends inside a quoted cell.
    pub(super) fn is_open(&self) -> bool {
        self.state == State::Inside
    }

    /// Whether a quote was torn before this offset, since the last call.
    pub(super) fn is_torn_before(&mut self, offset: u64) -> bool {
        let mut is_torn = false;
        while self.torn.front().is_some_and(|at| *at < offset) {
            self.torn.pop_front();
            is_torn = true;
        }
        is_torn
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn torn(text: &str, piece: usize) -> (Vec<u64>, bool) {
        let mut quotes = Quotes::new(b',');
        text.as_bytes().chunks(piece).for_each(|piece| quotes.take(piece));
        let is_open = quotes.is_open();
        (quotes.torn.into(), is_open)
    }

    #[test]
    fn text_behind_a_closing_quote_is_found_wherever_the_pieces_end() {
        for (text, expected, is_open) in [
            ("a,\"b \"\"c\"\"\",d\n\"e\"\n", &[][..], false),
            ("Robert \"Bob\" King,x\n", &[], false),
            ("a,\"b\\\"c\\\"\",d\n", &[6], false),
            ("\"Bob\" King,x\n\"y\"", &[5], false),
            ("a,\"b", &[], true),
            ("\"a\"\"\"b", &[5], false),
        ] {
            for piece in 1..=text.len() {
                assert_eq!(torn(text, piece), (expected.to_vec(), is_open), "{text} in pieces of {piece}");
            }
        }
    }

    #[test]
    fn each_is_told_once_and_with_its_record() {
        let mut quotes = Quotes::new(b',');
        quotes.take(b"\"a\"b\n\"c\"\n\"d\"e\n");
        assert!(quotes.is_torn_before(5));
        assert!(!quotes.is_torn_before(9));
        assert!(quotes.is_torn_before(14));
        assert!(!quotes.is_torn_before(99));
    }
}
