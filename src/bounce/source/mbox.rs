//! The messages of a file: one, or as many as an mbox has (RFC 4155).

use std::io::{self, BufRead, Read};

use crate::bounce::report::LARGEST;

/// A longer line is taken in pieces.
const PIECE: u64 = 64 * 1024;

pub(super) struct Messages<R> {
    input: R,
    /// The `From ` line of the next message, which ended the last one.
    next: Option<Vec<u8>>,
    is_mbox: bool,
    is_over: bool,
}

impl<R: BufRead> Messages<R> {
    /// `may_be_mbox`: the first line says.
    pub(super) fn new(input: R, may_be_mbox: bool) -> Self {
        Self { input, next: None, is_mbox: may_be_mbox, is_over: false }
    }

    fn message(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut message = self.next.take().unwrap_or_default();
        let mut is_first = message.is_empty();
        let (mut starts_line, mut is_after_blank) = (true, false);
        loop {
            let mut piece = Vec::new();
            if self.input.by_ref().take(PIECE).read_until(b'\n', &mut piece)? == 0 {
                self.is_over = true;
                return Ok((!message.is_empty()).then_some(message));
            }
            if is_first {
                self.is_mbox &= piece.starts_with(b"From ");
                is_first = false;
            } else if self.is_mbox && starts_line && is_after_blank && is_from_line(&piece) {
                self.next = Some(piece);
                return Ok(Some(message));
            }
            is_after_blank = starts_line && piece.iter().all(u8::is_ascii_whitespace);
            starts_line = piece.ends_with(b"\n");
            if message.len() < LARGEST {
                message.extend(piece);
            }
        }
    }
}

impl<R: BufRead> Iterator for Messages<R> {
    type Item = io::Result<Vec<u8>>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_over {
            return None;
        }
        let message = self.message();
        self.is_over |= message.is_err();
        message.transpose()
    }
}

/// `From somebody Mon Nov 23 02:00:05 2026`: a sentence that begins so has no time in it.
fn is_from_line(line: &[u8]) -> bool {
    let is_time = |word: &[u8]| {
        word.len() >= 5
            && word[2] == b':'
            && [word[0], word[1], word[3], word[4]].iter().all(u8::is_ascii_digit)
    };
    line.starts_with(b"From ") && line.split(|byte| *byte == b' ').any(is_time)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    fn split(text: &str) -> Vec<String> {
        let messages = Messages::new(text.as_bytes(), true);
        messages.map(|message| String::from_utf8(message.unwrap()).unwrap()).collect()
    }

    #[test]
    fn an_mbox_is_split_at_its_lines() {
        let one =
            "From MAILER-DAEMON Mon Nov 23 02:00:05 2026\nSubject: 1\n\nFrom here on\n\nFrom then on\n\n";
        let two = "From <> Mon Nov 23 02:00:06 2026\nSubject: 2\n";
        assert_eq!(split(&format!("{one}{two}")), [one, two]);
        assert_eq!(split(&format!("Subject: 0\n\n{two}")).len(), 1, "not an mbox");
        assert_eq!(split(""), Vec::<String>::new());
    }

    #[test]
    fn a_huge_message_is_cut_and_the_next_one_is_found() {
        let one = format!("From x 02:00:05\nSubject: 1\n\n{}\n\n", "y".repeat(3 * LARGEST));
        let split = split(&format!("{one}From x 02:00:06\nSubject: 2\n"));
        assert_eq!(split.len(), 2);
        assert!(split[0].len() <= LARGEST + 64 * 1024 && split[1].contains("Subject: 2"));
    }
}
