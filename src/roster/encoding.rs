//! What a roster file is made of, found by one reading of all its bytes: a marked encoding, else strict
//! UTF-8, else the configured fallback. Never guessed: a wrong guess turns José into `JosÃ`© in a mail that
//! cannot be recalled.

use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::time::SystemTime;

use encoding_rs::Encoding;
use sha2::{Digest, Sha256};

use crate::config::RosterSettings;

/// What one reading of the file found out.
#[derive(Debug, Clone)]
pub struct Inspection {
    /// How its text is to be read.
    pub decoding: Decoding,
    /// Of all its bytes, so that the very same file is known again.
    pub sha256: [u8; 32],
    /// Whether lines end in a bare carriage return, as old Macs wrote them.
    pub carriage_returns_only: bool,
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
    /// Neither, so the configured fallback; the offset (from 0) of the first byte that is not UTF-8.
    Fallback(&'static Encoding, u64),
    /// An Excel workbook.
    Workbook,
}

impl Decoding {
    /// The encoding of the text; a workbook has none.
    #[must_use]
    pub fn encoding(&self) -> &'static Encoding {
        match self {
            Self::Marked(encoding) | Self::Fallback(encoding, _) => encoding,
            Self::Utf8 | Self::Workbook => encoding_rs::UTF_8,
        }
    }
}

/// Reads the whole file once.
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
    let mut buffer = vec![0; 1 << 16];
    let mut scan = Scan::default();
    let mut first = Vec::new();
    loop {
        let length = file.read(&mut buffer).map_err(unreadable)?;
        if length == 0 {
            break;
        }
        if first.is_empty() {
            first = buffer[..length.min(4096)].to_vec();
        }
        scan.take(&buffer[..length]);
    }
    if scan.length == 0 {
        return Err("is empty; export the roster again".into());
    }
    let decoding = decide(&first, &scan, settings)?;
    Ok(Inspection {
        decoding,
        carriage_returns_only: scan.carriage_returns > 0 && scan.line_feeds == 0,
        sha256: scan.sha256.finalize().into(),
        stamp,
    })
}

fn decide(first: &[u8], scan: &Scan, settings: &RosterSettings) -> Result<Decoding, String> {
    if first.starts_with(b"PK\x03\x04") {
        return Ok(Decoding::Workbook);
    }
    if first.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return Err("is an old or password-protected Excel workbook; save it as .xlsx without a password, \
                    or as CSV UTF-8"
            .into());
    }
    if let Some(kind) = foreign(first) {
        return Err(format!("is {kind} and no roster; export the roster as CSV"));
    }
    if let Some((encoding, mark)) = Encoding::for_bom(first) {
        if scan.length <= mark as u64 {
            return Err("is empty; export the roster again".into());
        }
        if encoding != encoding_rs::UTF_8 && !scan.length.is_multiple_of(2) {
            return Err("ends in the middle of a character; the file was cut off, export it again".into());
        }
        if encoding == encoding_rs::UTF_8
            && let Some(offset) = scan.not_utf8_at()
        {
            return Err(format!(
                "is marked as UTF-8, but byte {offset} is not; the file is damaged, export it again"
            ));
        }
        return Ok(Decoding::Marked(encoding));
    }
    let fallback = settings.encoding.unwrap_or(encoding_rs::WINDOWS_1252);
    let is_utf16 = fallback == encoding_rs::UTF_16LE || fallback == encoding_rs::UTF_16BE;
    let header = first.split(|byte| *byte == b'\n').next().unwrap_or_default();
    if header.contains(&0) {
        if is_utf16 {
            return Ok(Decoding::Fallback(fallback, 0));
        }
        return Err("is not a text file; export the roster as CSV (or, if it is UTF-16 without a mark, set \
                    roster.encoding to utf-16le)"
            .into());
    }
    match scan.not_utf8_at() {
        None => Ok(Decoding::Utf8),
        Some(_) if fallback == encoding_rs::UTF_8 => {
            Err("is not valid UTF-8, which roster.encoding asks for; export it again as UTF-8".into())
        }
        Some(_) if header.iter().any(|byte| byte.is_ascii_control() && !b"\t\r\n".contains(byte)) => {
            Err("is not a text file; export the roster as CSV".into())
        }
        Some(offset) => Ok(Decoding::Fallback(fallback, offset)),
    }
}

/// Files of other kinds, by how they begin.
fn foreign(first: &[u8]) -> Option<&'static str> {
    let kinds: [(&[u8], &str); 7] = [
        (b"%PDF", "a PDF file"),
        (b"\x89PNG", "a picture"),
        (b"\xff\xd8\xff", "a picture"),
        (b"\x1f\x8b", "a compressed file"),
        (b"\xff\xfe\0\0", "text in UTF-32"),
        (b"\0\0\xfe\xff", "text in UTF-32"),
        (b"<", "a web page or XML file"),
    ];
    kinds.iter().find(|(mark, _)| first.starts_with(mark)).map(|(_, kind)| *kind)
}

/// What is counted while the bytes pass.
#[derive(Default)]
struct Scan {
    length: u64,
    sha256: Sha256,
    line_feeds: u64,
    carriage_returns: u64,
    /// The bytes of a character that the last chunk broke.
    broken: Vec<u8>,
    not_utf8: Option<u64>,
}

impl Scan {
    fn take(&mut self, chunk: &[u8]) {
        self.sha256.update(chunk);
        if self.line_feeds == 0 {
            self.line_feeds += u64::from(chunk.contains(&b'\n'));
            self.carriage_returns += u64::from(chunk.contains(&b'\r'));
        }
        if self.not_utf8.is_none() {
            self.check_utf8(chunk);
        }
        self.length += chunk.len() as u64;
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

    /// The offset of the first byte that is not UTF-8; a character broken by the end counts.
    fn not_utf8_at(&self) -> Option<u64> {
        let cut = || (!self.broken.is_empty()).then(|| self.length - self.broken.len() as u64);
        self.not_utf8.or_else(cut)
    }
}
