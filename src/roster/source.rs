//! Records from a CSV file of any encoding, or from a workbook.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use csv::StringRecord;
use encoding_rs_io::{DecodeReaderBytes, DecodeReaderBytesBuilder};

use super::Record;
use super::columns;
use super::encoding::{Decoding, Inspection};
use super::workbook::Workbook;
use crate::config::RosterSettings;

/// The longest record that is read into memory; beyond it a quote was left open.
const LONGEST_RECORD: u64 = 24 << 20;

type Text = BufReader<LineEnds<DecodeReaderBytes<File, Vec<u8>>>>;

/// Where records come from.
pub(super) enum Source {
    Text(Box<TextSource>),
    Workbook(Workbook),
}

pub(super) struct TextSource {
    csv: csv::Reader<Guard<Text>>,
    fields: StringRecord,
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
            return Ok((Self::Workbook(Workbook::open(path)?), ""));
        }
        let file = File::open(path).map_err(|error| format!("cannot be read: {error}"))?;
        let decoded = DecodeReaderBytesBuilder::new()
            .encoding(Some(inspection.decoding.encoding()))
            .utf8_passthru(true)
            .strip_bom(true)
            .bom_override(true)
            .build(file);
        let translate = inspection.carriage_returns_only;
        let mut text = BufReader::with_capacity(1 << 16, LineEnds { inner: decoded, translate });
        let line = first_line(&mut text).map_err(|error| format!("cannot be read: {error}"))?;
        let (delimiter, skip) = columns::delimiter(&line, settings);
        if skip {
            text.consume(line.len());
        }
        let csv = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(false)
            .flexible(true)
            .buffer_capacity(1 << 16)
            .from_reader(Guard { inner: text, left: LONGEST_RECORD });
        let source = TextSource { csv, fields: StringRecord::new(), at_end: false };
        let note = match delimiter {
            b';' => " (read with ; between the columns)",
            b'\t' => " (read with tabs between the columns)",
            _ => " (read with , between the columns)",
        };
        Ok((Self::Text(Box::new(source)), note))
    }

    /// The next record, blank ones included.
    pub(super) fn next(&mut self) -> Result<Option<Record>, String> {
        match self {
            Self::Text(text) => text.next(),
            Self::Workbook(workbook) => workbook.next(),
        }
    }

    /// Whether the record is the torso of a file that was cut off, or was swallowed by an open quote: it is
    /// ended by the end of the file instead of a line end, and lacks columns or runs over several lines.
    pub(super) fn is_cut_off(&self, record: &Record, width: usize) -> bool {
        match self {
            Self::Text(text) => {
                text.csv.is_done() && (record.fields.len() < width || record.last_line > record.line)
            }
            Self::Workbook(_) => false,
        }
    }
}

impl TextSource {
    fn next(&mut self) -> Result<Option<Record>, String> {
        if self.at_end {
            return Ok(None);
        }
        let start = self.csv.position().line();
        self.csv.get_mut().left = LONGEST_RECORD;
        match self.csv.read_record(&mut self.fields) {
            Ok(false) => {
                self.at_end = true;
                Ok(None)
            }
            Ok(true) => {
                let line = self.fields.position().map_or(start, csv::Position::line);
                let last_line = self.csv.position().line().saturating_sub(1).max(line);
                Ok(Some(Record { number: 0, line, last_line, fields: self.fields.clone() }))
            }
            Err(error) => match error.kind() {
                csv::ErrorKind::Io(io) if io.kind() == io::ErrorKind::FileTooLarge => Err(format!(
                    "a quote that opens on or after line {start} is not closed within {} MB; close it, or export \
                     the roster again",
                    LONGEST_RECORD >> 20
                )),
                csv::ErrorKind::Io(io) => Err(format!("cannot be read beyond line {start}: {io}")),
                _ => Err(format!("cannot be read beyond line {start}: it is not text")),
            },
        }
    }
}

/// The first line as it stands in the buffer, with its line end; at most one buffer of it.
fn first_line(text: &mut Text) -> io::Result<Vec<u8>> {
    let mut buffer = text.fill_buf()?;
    if buffer.starts_with(b"\xef\xbb\xbf") {
        text.consume(3);
        buffer = text.fill_buf()?;
    }
    let length = buffer.iter().position(|byte| *byte == b'\n').map_or(buffer.len(), |end| end + 1);
    Ok(buffer[..length].to_vec())
}

/// Bare carriage returns become line feeds, so that lines are counted right.
struct LineEnds<R> {
    inner: R,
    translate: bool,
}

impl<R: Read> Read for LineEnds<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.inner.read(buffer)?;
        if self.translate {
            for byte in buffer[..length].iter_mut().filter(|byte| **byte == b'\r') {
                *byte = b'\n';
            }
        }
        Ok(length)
    }
}

/// Stops a record that would fill the memory.
struct Guard<R> {
    inner: R,
    left: u64,
}

impl<R: Read> Read for Guard<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let length = self.inner.read(buffer)?;
        self.left = self.left.saturating_sub(length as u64);
        Ok(length)
    }
}
