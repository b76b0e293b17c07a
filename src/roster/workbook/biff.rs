//! The records of an `.xls` ([MS-XLS] 2.1.4), and texts that run over several of them.

use encoding_rs::Encoding;

use super::bytes::{u16_at, utf16};
use super::texts::with_line_feeds;

/// Which records continue the one before them.
const CONTINUE: u16 = 0x3C;

/// Records from an offset of the stream on, each with those that continue it.
pub(super) struct Records<'a> {
    rest: &'a [u8],
}

/// A record: its type, and its content in as many pieces as there are.
pub(super) struct Record<'a> {
    pub(super) kind: u16,
    pub(super) pieces: Vec<&'a [u8]>,
}

impl<'a> Records<'a> {
    pub(super) fn new(stream: &'a [u8], offset: usize) -> Self {
        Self { rest: stream.get(offset..).unwrap_or_default() }
    }

    fn one(&mut self) -> Option<(u16, &'a [u8])> {
        let (kind, length) = (u16_at(self.rest, 0)?, usize::from(u16_at(self.rest, 2)?));
        let content = self.rest.get(4..4 + length)?;
        self.rest = &self.rest[4 + length..];
        Some((kind, content))
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Record<'a>> {
        let (kind, content) = self.one()?;
        let mut pieces = vec![content];
        while u16_at(self.rest, 0) == Some(CONTINUE) {
            pieces.push(self.one()?.1);
        }
        Some(Record { kind, pieces })
    }
}

impl<'a> Record<'a> {
    /// The content of a record that is in one piece.
    pub(super) fn content(&self) -> &'a [u8] {
        self.pieces.first().copied().unwrap_or_default()
    }
}

/// How the texts of a file are written.
#[derive(Default, Clone, Copy)]
pub(super) enum Writing {
    #[default]
    /// Of Excel 97 and later: UTF-16, or the lower bytes of it.
    Unicode,
    /// Of Excel 5 and 95: bytes in one encoding.
    Bytes(&'static Encoding),
}

/// Reads through the pieces of a record.
pub(super) struct Reader<'a> {
    pieces: std::vec::IntoIter<&'a [u8]>,
    piece: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(super) fn new(record: &Record<'a>) -> Self {
        let mut pieces = record.pieces.clone().into_iter();
        let piece = pieces.next().unwrap_or_default();
        Self { pieces, piece }
    }

    /// The next bytes, wherever a piece ends.
    fn take(&mut self, mut length: usize, mut with: impl FnMut(&[u8])) -> Option<()> {
        while length > 0 {
            if self.piece.is_empty() {
                self.piece = self.pieces.next()?;
                continue;
            }
            let (taken, rest) = self.piece.split_at(length.min(self.piece.len()));
            with(taken);
            length -= taken.len();
            self.piece = rest;
        }
        Some(())
    }

    pub(super) fn number<const BYTES: usize>(&mut self) -> Option<u32> {
        let (mut number, mut place) = (0, 0);
        self.take(BYTES, |bytes| {
            for byte in bytes {
                number |= u32::from(*byte) << place;
                place += 8;
            }
        })?;
        Some(number)
    }

    pub(super) fn skip(&mut self, length: usize) -> Option<()> {
        self.take(length, |_| {})
    }

    /// A text behind its length, which has so many bytes: `XLUnicodeRichExtendedString` and its simpler kin.
    pub(super) fn text<const BYTES: usize>(&mut self, writing: Writing) -> Option<String> {
        let letters = self.number::<BYTES>()? as usize;
        let text = match writing {
            Writing::Unicode => self.unicode(letters)?,
            Writing::Bytes(encoding) => {
                let mut bytes = Vec::new();
                self.take(letters, |taken| bytes.extend_from_slice(taken))?;
                encoding.decode_without_bom_handling(&bytes).0.into_owned()
            }
        };
        Some(with_line_feeds(text))
    }

    fn unicode(&mut self, letters: usize) -> Option<String> {
        let flags = self.number::<1>()?;
        let runs = if flags & 8 == 0 { 0 } else { self.number::<2>()? as usize };
        let extra = if flags & 4 == 0 { 0 } else { self.number::<4>()? as usize };
        let mut bytes = Vec::new();
        let mut is_wide = flags & 1 != 0;
        while bytes.len() < letters * 2 {
            if self.piece.is_empty() {
                self.piece = self.pieces.next()?;
                // the rest of a text says anew how it is written
                is_wide = self.number::<1>()? & 1 != 0;
            }
            let left = letters - bytes.len() / 2;
            let width = if is_wide { 2 } else { 1 };
            let (taken, rest) = self.piece.split_at(self.piece.len().min(left * width) / width * width);
            if is_wide {
                bytes.extend_from_slice(taken);
            } else {
                bytes.extend(taken.iter().flat_map(|byte| [*byte, 0]));
            }
            // half a letter at the end of a piece is no text
            self.piece = if taken.is_empty() { &[] } else { rest };
        }
        // fonts, and hints how to pronounce it
        self.skip(runs * 4 + extra)?;
        Some(utf16(&bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_goes_on_in_the_next_record() {
        // four letters with one run of fonts: two in a byte each, then the flag that the rest has two bytes each
        let stream = [
            &[0xFC, 0, 7, 0, 4, 0, 8, 1, 0, b'A', b'd'][..],
            &[0x3C, 0, 5, 0, 1, 0x01, 0x1E, b'!', 0],
            &[0x3C, 0, 5, 0, 0, 0, 0, 0, 99],
        ]
        .concat();
        let records: Vec<_> = Records::new(&stream, 0).collect();
        let [record] = records.as_slice() else { panic!("{} records", records.len()) };
        let mut reader = Reader::new(record);
        assert_eq!(reader.text::<2>(Writing::Unicode).as_deref(), Some("Adḁ!"));
        assert_eq!(reader.number::<1>(), Some(99));
    }

    #[test]
    fn a_text_that_is_cut_off_is_none() {
        let record = Record { kind: 0xFC, pieces: vec![&[9, 0, 0, b'A']] };
        assert_eq!(Reader::new(&record).text::<2>(Writing::Unicode), None);
        let record = Record { kind: 0xFC, pieces: vec![&[9, 0, 1, b'A']] };
        assert_eq!(Reader::new(&record).text::<2>(Writing::Unicode), None);
    }
}
