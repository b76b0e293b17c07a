//! A second reading of a file that is not UTF-8: how much of it is, and the cells that say what else it may be.

use std::collections::HashSet;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};

/// More cells say nothing new.
const MOST_CELLS: usize = 2000;

/// Longer ones are no names.
const LONGEST_CELL: usize = 200;

/// Lines are looked at in pieces of this length at most.
const LONGEST_LINE: u64 = 1 << 20;

/// Lines with bad bytes that are named.
const MOST_LINES: usize = 1000;

#[derive(Default)]
pub(super) struct Sample {
    /// Different cells with bytes beyond ASCII, in the order of the file; personal.
    pub(super) cells: Vec<Vec<u8>>,
    /// Lines with bytes beyond ASCII that are UTF-8.
    sound_lines: u64,
    /// Lines that are not.
    bad_lines: u64,
    /// Lines of UTF-8 in which a letter lost its end.
    cut_lines: u64,
    /// The first of them.
    pub(super) first_bad: Vec<BadLine>,
}

/// A line with a byte that is not UTF-8.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BadLine {
    /// Which line, from 1.
    pub line: u64,
    /// Its first such byte, from 1.
    pub byte: usize,
}

impl Sample {
    pub(super) fn read(file: &mut File, carriage_returns_only: bool) -> io::Result<Self> {
        Self::from(BufReader::with_capacity(1 << 16, file), carriage_returns_only)
    }

    fn from(mut file: impl BufRead, carriage_returns_only: bool) -> io::Result<Self> {
        let end = if carriage_returns_only { b'\r' } else { b'\n' };
        let (mut sample, mut seen) = (Self::default(), HashSet::new());
        let (mut line, mut number) = (Vec::new(), 1);
        loop {
            line.clear();
            if (&mut file).take(LONGEST_LINE).read_until(end, &mut line)? == 0 {
                return Ok(sample);
            }
            sample.take(&line, number, &mut seen);
            number += u64::from(line.last() == Some(&end));
        }
    }

    fn take(&mut self, line: &[u8], number: u64, seen: &mut HashSet<Vec<u8>>) {
        if line.is_ascii() {
            return;
        }
        if let Err(error) = std::str::from_utf8(line) {
            if is_cut_letter(line, error.valid_up_to()) {
                self.cut_lines += 1;
            } else {
                self.bad_lines += 1;
            }
            let is_known = self.first_bad.last().is_some_and(|bad| bad.line == number);
            if self.first_bad.len() < MOST_LINES && !is_known {
                self.first_bad.push(BadLine { line: number, byte: error.valid_up_to() + 1 });
            }
        } else {
            self.sound_lines += 1;
        }
        // none of these is the second byte of a character in any encoding
        for cell in line.split(|byte| b",;\t\"\r\n".contains(byte)) {
            let cell = cell.trim_ascii();
            if cell.is_ascii() || cell.len() > LONGEST_CELL || self.cells.len() >= MOST_CELLS {
                continue;
            }
            if seen.insert(cell.to_vec()) {
                self.cells.push(cell.to_vec());
            }
        }
    }

    /// Most lines are UTF-8, which hardly any line of another encoding is by chance.
    pub(super) fn is_mostly_utf8(&self) -> bool {
        self.sound_lines + self.cut_lines > self.bad_lines
    }
}

/// Whether the letter at `place` has lost its end, as in a database column of so many bytes, behind letters beyond ASCII that
/// are whole.
fn is_cut_letter(line: &[u8], place: usize) -> bool {
    let following = line[..place].iter().filter(|byte| matches!(byte, 0x80..=0xbf)).count();
    let rest = &line[place..];
    let wanted = match rest.first() {
        Some(0xc2..=0xdf) => 1,
        Some(0xe0..=0xef) => 2,
        Some(0xf0..=0xf4) => 3,
        _ => return false,
    };
    let there = rest[1..].iter().take_while(|byte| matches!(byte, 0x80..=0xbf)).count();
    following > 3 && there < wanted && rest.get(there + 1).is_none_or(u8::is_ascii)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bad_lines_are_counted_and_named() -> io::Result<()> {
        let text = b"name\nZo\xc3\xab\nJos\xe9\nM\xc3\xbcller,\"Zo\xc3\xab\"\nAda\n";
        let sample = Sample::from(&text[..], false)?;
        assert!(sample.is_mostly_utf8());
        assert_eq!(sample.first_bad, [BadLine { line: 3, byte: 4 }]);
        assert_eq!(sample.cells.len(), 3);
        let cut = Sample::from(&b"name\n\xe9\x99\xb3\xe5\xa4\xa7\xe6\x96,Arts\n"[..], false)?;
        assert!(cut.is_mostly_utf8());
        assert_eq!(cut.first_bad, [BadLine { line: 2, byte: 7 }]);
        let sample = Sample::from(&b"name\rJos\xe9\rZo\xeb\r"[..], true)?;
        assert!(!sample.is_mostly_utf8());
        let bad: Vec<_> = sample.first_bad.iter().map(|bad| (bad.line, bad.byte)).collect();
        assert_eq!(bad, [(2, 4), (3, 3)]);
        Ok(())
    }
}
