//! What a roster file is made of, found by one reading of all its bytes: a marked encoding, else strict UTF-8, else what
//! `roster.encoding` says. What is none of these is guessed, and a guess is not acted on unasked: a wrong one turns José
//! into `JosÃ©` in a mail that cannot be recalled.

pub(super) mod alphabets;
pub(super) mod candidates;
mod detector;
mod guess;
#[cfg(test)]
mod names;
mod sample;
mod scan;
mod seven_bit;

use std::fs::File;
use std::io::{Read, Seek};
use std::path::Path;
use std::time::SystemTime;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use sha2::{Digest, Sha256};

pub use guess::{Alternative, Guess};

use super::{kind, workbook};
use crate::config::RosterSettings;
pub use sample::BadLine;
use sample::Sample;
use scan::Scan;

/// How much of the beginning of the file says what kind it is.
const BEGINNING: usize = 4096;

/// How much of a file in ASCII is searched for shift sequences.
const SEVEN_BIT: u64 = 256 << 10;

/// What one reading of the file found out.
#[derive(Debug, Clone)]
pub struct Inspection {
    /// How its text is to be read.
    pub decoding: Decoding,
    /// What stands behind a decoding that is guessed.
    pub guess: Option<Guess>,
    /// The first lines with bytes that are not UTF-8 although nearly all others are.
    pub bad_lines: Vec<BadLine>,
    /// Of all its bytes, so that the very same file is known again.
    pub sha256: [u8; 32],
    /// Whether lines end in a bare carriage return, as old Macs wrote them.
    pub carriage_returns_only: bool,
    /// Whether it has a NUL anywhere.
    pub(super) has_nul: bool,
    /// How many bytes are text: without the Ctrl-Z of DOS at the end.
    pub(super) length_of_text: u64,
    /// Its length and when it was written, to know whether it is still the same file.
    pub(super) stamp: Option<Stamp>,
}

/// Length, and time of the last writing.
type Stamp = (u64, Option<SystemTime>);

/// What tells a file from one that was written over it.
pub(super) fn stamp(path: &Path) -> Option<Stamp> {
    std::fs::metadata(path).ok().map(|metadata| (metadata.len(), metadata.modified().ok()))
}

/// How the file is read, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decoding {
    /// A byte order mark says so.
    Marked(&'static Encoding),
    /// Valid UTF-8 from the first byte to the last.
    Utf8,
    /// UTF-8 but for a few lines: each of their bad bytes is read as U+FFFD, and so as a mistake of that row.
    Utf8WithBadBytes,
    /// None of these, and `roster.encoding` says so.
    Configured(&'static Encoding),
    /// Nobody says so: it looks like it.
    Guessed(&'static Encoding),
    /// A workbook.
    Workbook,
}

impl Decoding {
    /// The encoding of the text; a workbook has none.
    #[must_use]
    pub fn encoding(&self) -> &'static Encoding {
        match self {
            Self::Marked(encoding) | Self::Configured(encoding) | Self::Guessed(encoding) => encoding,
            Self::Utf8 | Self::Utf8WithBadBytes | Self::Workbook => UTF_8,
        }
    }
}

/// How a file is read, with what was found on the way.
struct Decided {
    decoding: Decoding,
    guess: Option<Guess>,
    bad_lines: Vec<BadLine>,
}

impl From<Decoding> for Decided {
    fn from(decoding: Decoding) -> Self {
        Self { decoding, guess: None, bad_lines: Vec::new() }
    }
}

/// Reads the whole file once; twice when it is not UTF-8.
pub(super) fn inspect(path: &Path, settings: &RosterSettings) -> Result<Inspection, String> {
    let unreadable = |error: std::io::Error| format!("cannot be read: {error}");
    let metadata = std::fs::metadata(path).map_err(unreadable)?;
    if metadata.is_dir() {
        return Err("is a folder; name the roster file in it".into());
    }
    if !metadata.is_file() {
        return Err("is not a file; export the roster into a file".into());
    }
    let stamp = stamp(path);
    let mut file = File::open(path).map_err(unreadable)?;
    let (mut scan, mut first) = (Scan::default(), Vec::new());
    let sha256 = std::thread::scope(|scope| {
        // it takes as long as all the rest; a file that is written meanwhile is told by its stamp when it has been read
        let hashing = scope.spawn(|| hash(path));
        each_chunk(&mut file, |chunk| {
            if first.is_empty() {
                first = chunk[..chunk.len().min(BEGINNING)].to_vec();
            }
            scan.take(chunk);
        })?;
        // a panic goes on where it is waited for
        hashing.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    });
    let sha256 = sha256.map_err(unreadable)?;
    if scan.length == 0 {
        return Err("is empty; export the roster again".into());
    }
    let decided = decide(&mut file, &first, &scan, settings)?;
    let is_utf16 = [UTF_16LE, UTF_16BE].contains(&decided.decoding.encoding());
    let length_of_text = scan.length_of_text();
    Ok(Inspection {
        decoding: decided.decoding,
        guess: decided.guess,
        bad_lines: decided.bad_lines,
        carriage_returns_only: scan.carriage_returns_only(),
        has_nul: scan.has_nul,
        // of a Ctrl-Z in UTF-16 the other half may be left
        length_of_text: if is_utf16 { length_of_text & !1 } else { length_of_text },
        sha256,
        stamp,
    })
}

fn hash(path: &Path) -> std::io::Result<[u8; 32]> {
    let mut sha256 = Sha256::new();
    each_chunk(&mut File::open(path)?, |chunk| sha256.update(chunk))?;
    Ok(sha256.finalize().into())
}

fn each_chunk(file: &mut File, mut take: impl FnMut(&[u8])) -> std::io::Result<()> {
    let mut buffer = vec![0; 1 << 16];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(()),
            length => take(&buffer[..length]),
        }
    }
}

fn decide(file: &mut File, first: &[u8], scan: &Scan, settings: &RosterSettings) -> Result<Decided, String> {
    if workbook::is_workbook(first) {
        return Ok(Decoding::Workbook.into());
    }
    if let Some(is) = kind::foreign(first) {
        return Err(is);
    }
    if let Some((encoding, mark)) = Encoding::for_bom(first) {
        return marked(file, (encoding, mark), first, scan);
    }
    let header = first.split(|byte| *byte == b'\n').next().unwrap_or_default();
    if header.contains(&0) {
        return utf16_without_a_mark(first, settings);
    }
    if scan.is_ascii() {
        return seven_bit(file, settings);
    }
    if scan.is_utf8() {
        return Ok(Decoding::Utf8.into());
    }
    if header.iter().any(|byte| byte.is_ascii_control() && !b"\t\r\n\x0c".contains(byte)) {
        return Err("is not a text file; export the roster as CSV".into());
    }
    let sample = sample(file, scan)?;
    if sample.is_mostly_utf8() {
        return Ok(Decided { bad_lines: sample.first_bad, ..Decoding::Utf8WithBadBytes.into() });
    }
    let verdict = detector::detect(&sample.cells);
    let guess = Guess::from(&verdict, &sample.cells);
    match (settings.encoding, verdict.ranking[0].encoding()) {
        (Some(encoding), _) if encoding == UTF_8 => Err(format!(
            "is not valid UTF-8, which roster.encoding asks for; it looks like {} ({}). Export it again as UTF-8",
            guess.encoding, guess.used_for
        )),
        (Some(encoding), _) if detector::is_unlikely(encoding, &sample.cells, &verdict) => Err(format!(
            "is not {}, which roster.encoding asks for; it looks like {} ({}). Correct roster.encoding, or export the \
             roster as UTF-8",
            encoding.name(),
            guess.encoding,
            guess.used_for
        )),
        (Some(encoding), _) => Ok(Decoding::Configured(encoding).into()),
        (None, Some(encoding)) => Ok(Decided { guess: Some(guess), ..Decoding::Guessed(encoding).into() }),
        (None, None) => Err(guess.problem()),
    }
}

fn sample(file: &mut File, scan: &Scan) -> Result<Sample, String> {
    let unreadable = |error: std::io::Error| format!("cannot be read: {error}");
    file.rewind().map_err(unreadable)?;
    Sample::read(file, scan.carriage_returns_only()).map_err(unreadable)
}

/// A byte order mark is believed, unless the rest of the file cannot be what it says.
fn marked(
    file: &mut File,
    (encoding, mark): (&'static Encoding, usize),
    first: &[u8],
    scan: &Scan,
) -> Result<Decided, String> {
    if scan.length <= mark as u64 {
        return Err("is empty; export the roster again".into());
    }
    if encoding != UTF_8 {
        if !scan.length.is_multiple_of(2) {
            return Err("ends in the middle of a character; the file was cut off, export it again".into());
        }
        if let Some(is) = kind::foreign(encoding.decode(first).0.as_bytes()) {
            return Err(is);
        }
    }
    if encoding != UTF_8 || scan.is_utf8() {
        return Ok(Decoding::Marked(encoding).into());
    }
    let sample = sample(file, scan)?;
    if sample.is_mostly_utf8() {
        return Ok(Decided { bad_lines: sample.first_bad, ..Decoding::Utf8WithBadBytes.into() });
    }
    let line = sample.first_bad.first().map_or(1, |bad| bad.line);
    Err(format!("is marked as UTF-8, but line {line} is not; the file is damaged, export it again"))
}

/// A header with zeros is text only in UTF-16: each letter of a header has one, always before it or always behind it.
fn utf16_without_a_mark(first: &[u8], settings: &RosterSettings) -> Result<Decided, String> {
    let configured = settings.encoding.filter(|encoding| [UTF_16LE, UTF_16BE].contains(encoding));
    if let Some(encoding) = configured {
        return Ok(Decoding::Configured(encoding).into());
    }
    let pairs = first.chunks_exact(2).take_while(|pair| !pair.contains(&b'\n'));
    let (mut before, mut behind, mut length) = (0, 0, 0);
    for pair in pairs {
        length += 1;
        before += usize::from(pair[0] == 0 && pair[1] != 0);
        behind += usize::from(pair[1] == 0 && pair[0] != 0);
    }
    let is_nearly_all = |count: usize| count * 10 >= length * 9 && length > 0;
    if is_nearly_all(behind) {
        return Ok(Decided { guess: Some(Guess::utf16("utf-16le")), ..Decoding::Guessed(UTF_16LE).into() });
    }
    if is_nearly_all(before) {
        return Ok(Decided { guess: Some(Guess::utf16("utf-16be")), ..Decoding::Guessed(UTF_16BE).into() });
    }
    Err("is not a text file; export the roster as CSV".into())
}

/// Text in ASCII is UTF-8, unless it says in seven bits what others say in eight.
fn seven_bit(file: &mut File, settings: &RosterSettings) -> Result<Decided, String> {
    let unreadable = |error: std::io::Error| format!("cannot be read: {error}");
    let mut beginning = Vec::new();
    file.rewind().and_then(|()| file.take(SEVEN_BIT).read_to_end(&mut beginning)).map_err(unreadable)?;
    match seven_bit::recognise(&beginning) {
        None => Ok(Decoding::Utf8.into()),
        Some("ISO-2022-JP") => {
            let encoding = encoding_rs::ISO_2022_JP;
            if settings.encoding == Some(encoding) {
                return Ok(Decoding::Configured(encoding).into());
            }
            let guess = Guess::seven_bit("iso-2022-jp", "Japanese, of email");
            Ok(Decided { guess: Some(guess), ..Decoding::Guessed(encoding).into() })
        }
        Some(name) => Err(format!("is {name}, which is not read; export the roster as UTF-8")),
    }
}
