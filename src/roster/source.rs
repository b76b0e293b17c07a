//! Records from a CSV file of any encoding, or from a workbook.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Chain, Cursor, Read, Take};
use std::path::Path;

use encoding_rs_io::{DecodeReaderBytes, DecodeReaderBytesBuilder};

use super::Record;
use super::encoding::{Decoding, Inspection};
use super::header;
use super::quotes::Quotes;
use super::settings::RosterSettings;
use super::workbook::{Wanted, Workbook};

/// The longest record that is read into memory; beyond it a quote was left open.
const LONGEST_RECORD: u64 = 12 << 20;

/// How much of the file is searched for its header.
const LONGEST_HEADER: u64 = 1 << 20;

type Text = BufReader<LineEnds<DecodeReaderBytes<Take<File>, Vec<u8>>>>;

/// Where records come from.
pub(super) enum Source {
    Text(Box<TextSource>),
    Workbook(Workbook),
}

pub(super) struct TextSource {
    csv: csv::Reader<Guard<Chain<Cursor<Vec<u8>>, Text>>>,
    /// Lines above the header, which the CSV reader does not see.
    lines_before: u64,
    /// Of these, with something in them.
    titles: u64,
    delimiter: u8,
    /// Some cell may be a lone NUL.
    has_nul: bool,
    at_end: bool,
}

impl Source {
    /// Opens the file anew, at its header.
    pub(super) fn open(
        path: &Path,
        inspection: &Inspection,
        settings: &RosterSettings,
    ) -> Result<Self, String> {
        if inspection.decoding == Decoding::Workbook {
            let wanted = Wanted {
                sheet: settings.sheet.as_deref(),
                include_hidden: settings.include_hidden,
                what: if settings.is_of_transcripts { "list of subjects" } else { "roster" },
            };
            let is_header = |row: &csv::StringRecord| header::is_header(row, settings);
            return Ok(Self::Workbook(Workbook::open(path, &wanted, &is_header)?));
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
        let beginning = beginning(&mut text).map_err(|error| format!("cannot be read: {error}"))?;
        let found = header::find(&String::from_utf8_lossy(&beginning), settings);
        let above = skip_lines(&beginning, found.lines_above);
        let csv = csv::ReaderBuilder::new()
            .delimiter(found.delimiter)
            // a bare carriage return inside a line is a mistake of its cell
            .terminator(csv::Terminator::Any(b'\n'))
            .has_headers(false)
            .flexible(true)
            .buffer_capacity(1 << 16)
            .from_reader(Guard {
                inner: Cursor::new(beginning[above..].to_vec()).chain(text),
                left: LONGEST_RECORD,
                ended: false,
                quotes: Quotes::new(found.delimiter),
            });
        let source = TextSource {
            csv,
            lines_before: found.lines_above as u64,
            titles: found.titles as u64,
            delimiter: found.delimiter,
            has_nul: inspection.has_nul,
            at_end: false,
        };
        Ok(Self::Text(Box::new(source)))
    }

    /// How the columns are told apart, to be added to an error about the header.
    pub(super) const fn delimiter_note(&self) -> &'static str {
        match self {
            Self::Text(text) => match text.delimiter {
                b';' => " (read with ; between the columns)",
                b'\t' => " (read with tabs between the columns)",
                b'|' => " (read with | between the columns)",
                b'^' => " (read with ^ between the columns)",
                _ => " (read with , between the columns)",
            },
            Self::Workbook(_) => "",
        }
    }

    /// Between the columns of a text.
    pub(super) const fn delimiter(&self) -> Option<u8> {
        match self {
            Self::Text(text) => Some(text.delimiter),
            Self::Workbook(_) => None,
        }
    }

    /// Lines with something in them that stand above the header.
    pub(super) const fn titles(&self) -> u64 {
        match self {
            Self::Text(text) => text.titles,
            Self::Workbook(_) => 0,
        }
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

    /// Whether the record is ended by the end of the file inside a quote.
    pub(super) fn is_quote_open(&self) -> bool {
        match self {
            Self::Text(text) => text.csv.get_ref().ended && text.csv.get_ref().quotes.is_open(),
            Self::Workbook(_) => false,
        }
    }

    /// Whether the record is the torso of a file that was cut off, or was swallowed by an open quote: it is
    /// ended by the end of the file instead of a line end, and lacks columns or a closing quote.
    pub(super) fn is_cut_off(&self, record: &Record, width: usize) -> bool {
        match self {
            Self::Text(text) => {
                let guard = text.csv.get_ref();
                guard.ended && (record.fields.len() < width || guard.quotes.is_open())
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
                let end = self.csv.position().byte();
                record.has_torn_quote = self.csv.get_mut().quotes.is_torn_before(end);
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

/// The first lines, as many as are searched for the header.
fn beginning(text: &mut impl BufRead) -> io::Result<Vec<u8>> {
    let mut lines = Vec::new();
    let mut limited = text.take(LONGEST_HEADER);
    for _ in 0..header::SEARCHED {
        if limited.read_until(b'\n', &mut lines)? == 0 {
            break;
        }
    }
    Ok(lines)
}

/// Where the text goes on behind so many lines.
fn skip_lines(text: &[u8], lines: usize) -> usize {
    if lines == 0 { 0 } else { memchr::memchr_iter(b'\n', text).nth(lines - 1).map_or(0, |end| end + 1) }
}

/// A cell of nothing but a NUL is empty: so SQL Server's bcp writes an empty text, to tell it from none.
fn empty_nuls(record: &mut Record) {
    if memchr::memchr(0, record.fields.as_slice().as_bytes()).is_some() {
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
        let (mut kept, mut position) = (first, first);
        // a line at a time: each begins with the carriage return that may have to go
        while position < length {
            self.held = position + 1 == length;
            let goes = self.held || bytes[position + 1] == b'\n';
            let line = position + usize::from(goes)
                ..memchr::memchr(b'\r', &bytes[position + 1..]).map_or(length, |next| position + 1 + next);
            position = line.end;
            let moved = line.len();
            bytes.copy_within(line, kept);
            kept += moved;
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
    quotes: Quotes,
}

impl<R: Read> Read for Guard<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let length = self.inner.read(buffer)?;
        self.ended |= length == 0;
        self.quotes.take(&buffer[..length]);
        self.left = self.left.saturating_sub(length as u64);
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives so many bytes at a time.
    struct Chunks<'a>(&'a [u8], usize);

    impl Read for Chunks<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let size = self.1.min(buffer.len());
            self.0.read(&mut buffer[..size])
        }
    }

    #[test]
    fn lines_end_alike_wherever_a_read_ends() -> io::Result<()> {
        for size in 1..=12 {
            for (text, bare_returns, expected) in [
                ("a\r\nbc\r\n\r\nd", false, "a\nbc\n\nd"),
                ("a\r\nb\r\r\nc\rd\r", false, "a\nb\r\nc\rd\r"),
                ("\r\n\n\r", false, "\n\n\r"),
                ("a\rb\r\rc", true, "a\nb\n\nc"),
            ] {
                let inner = Chunks(text.as_bytes(), size);
                let mut read = String::new();
                LineEnds { inner, bare_returns, held: false }.read_to_string(&mut read)?;
                assert_eq!(read, expected, "{size} bytes at a time");
            }
        }
        Ok(())
    }
}
