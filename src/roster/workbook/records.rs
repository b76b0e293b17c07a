//! The records of a binary part ([MS-XLSB] 2.1.4): a type and a length of seven bits a byte, then the content.

use std::io::{self, BufRead, Read};

use super::DAMAGED;
use super::package::{Part, TOO_LARGE, unreadable};

/// The longest record: a text of 32,767 letters with its runs is far below.
const LONGEST_RECORD: usize = 4 << 20;

pub(super) struct Records {
    part: Part,
    record: Vec<u8>,
}

impl Records {
    pub(super) fn new(part: Part) -> Self {
        Self { part, record: Vec::new() }
    }

    /// The next record's type and content; none at the end of the part.
    pub(super) fn next(&mut self) -> Result<Option<(u16, &[u8])>, String> {
        if self.part.fill_buf().map_err(|error| unreadable(&error))?.is_empty() {
            return Ok(None);
        }
        let kind = u16::try_from(self.number(2)?).map_err(|_| DAMAGED)?;
        let length = usize::try_from(self.number(4)?).map_err(|_| DAMAGED)?;
        if length > LONGEST_RECORD {
            return Err(TOO_LARGE.into());
        }
        self.record.resize(length, 0);
        self.part.read_exact(&mut self.record).map_err(|error| unreadable(&error))?;
        Ok(Some((kind, &self.record)))
    }

    /// Seven bits of each byte but for a type, whose two bytes stand as they are.
    fn number(&mut self, most: u32) -> Result<u32, String> {
        let mut number = 0;
        for place in 0..most {
            let mut byte = [0];
            self.part.read_exact(&mut byte).map_err(|error| unreadable(&error))?;
            number |= u32::from(byte[0] & 0x7F) << (7 * place);
            if byte[0] & 0x80 == 0 {
                break;
            }
        }
        Ok(number)
    }

    /// Reads the rest, so that its checksum is looked at.
    pub(super) fn finish(&mut self) -> Result<(), String> {
        io::copy(&mut self.part, &mut io::sink()).map(drop).map_err(|error| unreadable(&error))
    }
}
