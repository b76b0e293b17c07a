//! Records from a CSV file of any encoding, or from a workbook.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Chain, Cursor, Read, Take};
use std::path::Path;

use encoding_rs_io::{DecodeReaderBytes, DecodeReaderBytesBuilder};

use super::Record;
use super::columns::{self, Columns};
use super::encoding::{Decoding, Inspection};
use super::workbook::{Wanted, Workbook};
use crate::config::RosterSettings;

/// The longest record that is read into memory; beyond it a quote was left open.
const LONGEST_RECORD: u64 = 12 << 20;

/// How much of the file may be looked at for the end of its first line.
const LONGEST_HEADER: u64 = 1 << 20;

type Text = BufReader<LineEnds<DecodeReaderBytes<Take<File>, Vec<u8>>>>;

/// Where records come from.
pub(super) enum Source {
    Text(Box<TextSource>),
    Workbook(Workbook),
}

pub(super) struct TextSource {
    csv: csv::Reader<Guard<Chain<Cursor<Vec<u8>>, Text>>>,
    /// Lines that were taken off before the CSV reader counts.
    lines_before: u64,
    /// Some cell may be a lone NUL.
    has_nul: bool,
    at_end: bool,
}

impl Source {
    /// Opens the file anew, and says what to add to an error about the header.
    pub(super) fn open(
        path: &Path,
        inspection: &Inspection,
        settings: &RosterSettings,
    ) -> Result<(Self, &'static str), String> {
        if inspection.decoding == Decoding::Workbook {
            let wanted = Wanted { sheet: settings.sheet.as_deref(), include_hidden: settings.include_hidden };
            let is_header = |row: &csv::StringRecord| Columns::find(row, settings).is_ok();
            return Ok((Self::Workbook(Workbook::open(path, &wanted, &is_header)?), ""));
        }
        let file = File::open(path).map_err(|error| format!("cannot be read: {error}"))?;
        let decoded = DecodeReaderBytesBuilder::new()
            .encoding(Some(inspection.decoding.encoding()))
            .utf8_passthru(inspection.decoding != Decoding::Utf8WithBadBytes)
            .strip_bom(true)
            .bom_override(true)
            .build(file.take(inspection.length_of_text));
        let line_ends =
            LineEnds { inner: decoded, bare_returns: inspection.carriage_returns_only, held: false };
        let mut text = BufReader::with_capacity(1 << 16, line_ends);
        let mut line = Vec::new();
        (&mut text)
            .take(LONGEST_HEADER)
            .read_until(b'\n', &mut line)
            .map_err(|error| format!("cannot be read: {error}"))?;
        let (delimiter, skip) = columns::delimiter(&line, settings);
        let lines_before = u64::from(skip);
        if skip {
            line.clear();
        }
        let csv = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            // a bare carriage return inside a line is a mistake of its cell
            .terminator(csv::Terminator::Any(b'\n'))
            .has_headers(false)
            .flexible(true)
            .buffer_capacity(1 << 16)
            .from_reader(Guard {
                inner: Cursor::new(line).chain(text),
                left: LONGEST_RECORD,
                ended: false,
                is_quote_open: false,
            });
        let source = TextSource { csv, lines_before, has_nul: inspection.has_nul, at_end: false };
        let note = match delimiter {
            b';' => " (read with ; between the columns)",
            b'\t' => " (read with tabs between the columns)",
            _ => " (read with , between the columns)",
        };
        Ok((Self::Text(Box::new(source)), note))
    }

    /// Reads the next record, blank ones included, into `record`, but for its number; `false` at the end.
    pub(super) fn read_record(&mut self, record: &mut Record) -> Result<bool, String> {
        match self {
            Self::Text(text) => text.read_record(record),
            Self::Workbook(workbook) => workbook.read_record(record),
        }
    }

    /// The sheet of a workbook.
    pub(super) fn sheet(&self) -> Option<&str> {
        match self {
            Self::Text(_) => None,
            Self::Workbook(workbook) => Some(workbook.sheet()),
        }
    }

    /// What there is to know of how a workbook is read.
    pub(super) fn notes(&self) -> &[String] {
        match self {
            Self::Text(_) => &[],
            Self::Workbook(workbook) => workbook.notes(),
        }
    }

    /// Whether the record is the torso of a file that was cut off, or was swallowed by an open quote: it is
    /// ended by the end of the file instead of a line end, and lacks columns or a closing quote.
    pub(super) fn is_cut_off(&self, record: &Record, width: usize) -> bool {
        match self {
            Self::Text(text) => {
                let guard = text.csv.get_ref();
                guard.ended && (record.fields.len() < width || guard.is_quote_open)
            }
            Self::Workbook(_) => false,
        }
    }
}

impl TextSource {
    fn read_record(&mut self, record: &mut Record) -> Result<bool, String> {
        if self.at_end {
            return Ok(false);
        }
        let start = self.lines_before + self.csv.position().line();
        self.csv.get_mut().left = LONGEST_RECORD;
        match self.csv.read_record(&mut record.fields) {
            Ok(false) => {
                self.at_end = true;
                Ok(false)
            }
            Ok(true) => {
                // counted back from the record's end: the reader's own start is before any blank lines
                let ended = self.csv.position().line() - u64::from(!self.csv.get_ref().ended);
                record.last_line = self.lines_before + ended;
                // most records are on one line, and have none inside
                let inside = if record.last_line > start {
                    memchr::memchr_iter(b'\n', record.fields.as_slice().as_bytes()).count() as u64
                } else {
                    0
                };
                record.line = record.last_line.saturating_sub(inside);
                if self.has_nul {
                    empty_nuls(record);
                }
                Ok(true)
            }
            Err(error) => match error.kind() {
                csv::ErrorKind::Io(io) if io.kind() == io::ErrorKind::FileTooLarge => Err(format!(
                    "has a row of more than {} MB on or after line {start}, so a quote is probably not closed; close \
                     it, or export the roster again",
                    LONGEST_RECORD >> 20
                )),
                csv::ErrorKind::Io(io) => Err(format!("cannot be read beyond line {start}: {io}")),
                _ => Err(format!("cannot be read beyond line {start}: it is not text")),
            },
        }
    }
}

/// A cell of nothing but a NUL is empty: so SQL Server's bcp writes an empty text, to tell it from none.
fn empty_nuls(record: &mut Record) {
    if record.fields.iter().any(|field| field == "\0") {
        record.fields = record.fields.iter().map(|field| if field == "\0" { "" } else { field }).collect();
    }
}

/// Every line ends in one line feed, so that lines are counted right: a carriage return before it goes, and
/// in a file without line feeds the bare ones become line feeds.
struct LineEnds<R> {
    inner: R,
    bare_returns: bool,
    /// A carriage return at the end of the last read, which may belong to a line feed.
    held: bool,
}

impl<R: Read> Read for LineEnds<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let start = usize::from(self.held);
        if buffer.len() <= start {
            return Ok(0);
        }
        let length = start + self.inner.read(&mut buffer[start..])?;
        if self.held {
            buffer[0] = b'\r';
            self.held = false;
            if length == start {
                return Ok(start);
            }
        }
        let bytes = &mut buffer[..length];
        let Some(first) = memchr::memchr(b'\r', bytes) else { return Ok(length) };
        if self.bare_returns {
            bytes[first..].iter_mut().filter(|byte| **byte == b'\r').for_each(|byte| *byte = b'\n');
            return Ok(length);
        }
        let mut kept = first;
        for position in first..length {
            let byte = bytes[position];
            if byte == b'\r' {
                match bytes.get(position + 1) {
                    Some(b'\n') => continue,
                    None => {
                        self.held = true;
                        continue;
                    }
                    Some(_) => {}
                }
            }
            bytes[kept] = byte;
            kept += 1;
        }
        // nothing but a held return: an empty read would mean the end
        if kept == 0 { self.read(buffer) } else { Ok(kept) }
    }
}

/// Stops a record that would fill the memory.
struct Guard<R> {
    inner: R,
    left: u64,
    /// Whether the end of the file was met: a record read by then was ended by it, and by no line end.
    ended: bool,
    /// Whether an odd number of quotes passed by.
    is_quote_open: bool,
}

impl<R: Read> Read for Guard<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let length = self.inner.read(buffer)?;
        self.ended |= length == 0;
        self.is_quote_open ^= buffer[..length].iter().fold(false, |odd, byte| odd ^ (*byte == b'"'));
        self.left = self.left.saturating_sub(length as u64);
        Ok(length)
    }
}
