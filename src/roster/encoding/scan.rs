//! One reading of all bytes: what can be said of them without knowing what they mean.

/// How much of the end of the file is kept.
const TAIL: usize = 512;

/// What is counted while the bytes pass.
#[derive(Default)]
pub(super) struct Scan {
    pub(super) length: u64,
    line_feeds: u64,
    carriage_returns: u64,
    pub(super) has_nul: bool,
    has_others_than_ascii: bool,
    /// The bytes of a character that the last chunk broke.
    broken: Vec<u8>,
    not_utf8: Option<u64>,
    tail: Vec<u8>,
}

impl Scan {
    pub(super) fn take(&mut self, chunk: &[u8]) {
        if self.line_feeds == 0 {
            self.line_feeds += u64::from(chunk.contains(&b'\n'));
            self.carriage_returns += u64::from(chunk.contains(&b'\r'));
        }
        self.has_nul = self.has_nul || memchr::memchr(0, chunk).is_some();
        self.has_others_than_ascii = self.has_others_than_ascii || !chunk.is_ascii();
        if self.not_utf8.is_none() {
            self.check_utf8(chunk);
        }
        self.length += chunk.len() as u64;
        let kept = &chunk[chunk.len().saturating_sub(TAIL)..];
        let surplus = (self.tail.len() + kept.len()).saturating_sub(TAIL);
        self.tail.drain(..surplus.min(self.tail.len()));
        self.tail.extend_from_slice(kept);
    }

    fn check_utf8(&mut self, chunk: &[u8]) {
        let start = self.length - self.broken.len() as u64;
        let joined;
        let bytes = if self.broken.is_empty() {
            chunk
        } else {
            joined = [self.broken.as_slice(), chunk].concat();
            &joined
        };
        let rest = match std::str::from_utf8(bytes) {
            Ok(_) => Vec::new(),
            Err(error) if error.error_len().is_none() => bytes[error.valid_up_to()..].to_vec(),
            Err(error) => {
                self.not_utf8 = Some(start + error.valid_up_to() as u64);
                Vec::new()
            }
        };
        self.broken = rest;
    }

    /// Whether every byte belongs to a character of UTF-8; one broken by the end does not.
    pub(super) fn is_utf8(&self) -> bool {
        self.not_utf8.is_none() && self.broken.is_empty()
    }

    pub(super) fn is_ascii(&self) -> bool {
        !self.has_others_than_ascii
    }

    /// Whether lines end in a bare carriage return, as old Macs wrote them.
    pub(super) fn carriage_returns_only(&self) -> bool {
        self.carriage_returns > 0 && self.line_feeds == 0
    }

    /// The length without the Ctrl-Z by which DOS programs end a text, and without what follows it.
    pub(super) fn length_of_text(&self) -> u64 {
        let is_end = |byte: &u8| matches!(byte, 0x1a | 0 | b'\r' | b'\n' | b' ');
        let end = self.tail.iter().rev().take_while(|byte| is_end(byte)).count();
        let end = &self.tail[self.tail.len() - end..];
        match end.iter().position(|byte| *byte == 0x1a) {
            Some(at) => self.length - (end.len() - at) as u64,
            None => self.length,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scan(chunks: &[&[u8]]) -> Scan {
        let mut scan = Scan::default();
        for chunk in chunks {
            scan.take(chunk);
        }
        scan
    }

    #[test]
    fn characters_may_be_broken_by_chunks_but_not_by_the_end() {
        assert!(scan(&[b"Zo\xc3", b"\xab\n"]).is_utf8());
        assert!(!scan(&[b"Zo\xc3", b"b\n"]).is_utf8());
        assert!(!scan(&[b"Zo\xc3"]).is_utf8());
    }

    #[test]
    fn ctrl_z_and_what_follows_it_is_no_text() {
        assert_eq!(scan(&[b"a,b\r\n", b"\x1a"]).length_of_text(), 5);
        assert_eq!(scan(&[b"a,b\r\n\x1a\x1a\0\0"]).length_of_text(), 5);
        assert_eq!(scan(&[b"a,b\r\n\x1a\r\n"]).length_of_text(), 5);
        assert_eq!(scan(&[b"a\x1ab\r\n"]).length_of_text(), 5);
        assert_eq!(scan(&[b"a,\0\r\n"]).length_of_text(), 5);
        assert_eq!(scan(&[&[b'a'; 5000], b"\n\x1a"]).length_of_text(), 5001);
    }
}
