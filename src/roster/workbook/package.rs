//! The zip archive that a workbook is: its parts by name, each read as a stream, none beyond a limit.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::sync::Arc;

use flate2::Crc;
use flate2::read::DeflateDecoder;
use zip::{CompressionMethod, ZipArchive};

use super::{DAMAGED, PASSWORD};

/// The most bytes that a part may unpack to: twice what a full sheet of a million rows and twenty columns has. A small file can
/// claim any size.
const LONGEST_PART: u64 = 8 << 30;

/// What is said of a part beyond a limit.
pub(super) const TOO_LARGE: &str = "unpacks to more than a roster can be; save it as CSV UTF-8";

/// The parts of an archive.
#[derive(Debug)]
pub(super) struct Package {
    file: Arc<File>,
    parts: HashMap<String, Entry>,
}

#[derive(Debug, Clone, Copy)]
struct Entry {
    start: u64,
    packed: u64,
    is_deflated: bool,
    checksum: u32,
}

impl Package {
    pub(super) fn open(path: &Path) -> Result<Self, String> {
        let file = File::open(path).map_err(|error| format!("cannot be read: {error}"))?;
        let mut archive = ZipArchive::new(BufReader::new(file)).map_err(|_| DAMAGED.to_owned())?;
        let mut parts = HashMap::new();
        for index in 0..archive.len() {
            let part = archive.by_index_raw(index).map_err(|_| DAMAGED.to_owned())?;
            if part.encrypted() {
                return Err(PASSWORD.into());
            }
            let method = part.compression();
            let is_readable = matches!(method, CompressionMethod::Stored | CompressionMethod::Deflated);
            let (Some(start), true) = (part.data_start(), is_readable) else { continue };
            let entry = Entry {
                start,
                packed: part.compressed_size(),
                is_deflated: method == CompressionMethod::Deflated,
                checksum: part.crc32(),
            };
            let name = part.name().map_err(|_| DAMAGED.to_owned())?;
            parts.insert(key(&name), entry);
        }
        Ok(Self { file: Arc::new(archive.into_inner().into_inner()), parts })
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.parts.contains_key(&key(name))
    }

    pub(super) fn has_folder(&self, name: &str) -> bool {
        self.parts.keys().any(|part| part.starts_with(name))
    }

    /// Opens a part.
    pub(super) fn part(&self, name: &str) -> Result<Part, String> {
        let entry = self.parts.get(&key(name)).ok_or(DAMAGED)?;
        let packed = Stretch { file: Arc::clone(&self.file), at: entry.start, left: entry.packed };
        let packed = BufReader::with_capacity(1 << 16, packed);
        let bytes = if entry.is_deflated {
            Bytes::Deflated(Box::new(DeflateDecoder::new(packed)))
        } else {
            Bytes::Stored(packed)
        };
        let checked = Checked { bytes, crc: Crc::new(), checksum: entry.checksum, left: LONGEST_PART };
        Ok(BufReader::with_capacity(1 << 16, checked))
    }
}

/// Some writers disagree with themselves about capital letters and which way slashes lean.
fn key(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_ascii_lowercase()
}

/// What is said of an error while a part is read.
pub(super) fn unreadable(error: &io::Error) -> String {
    if error.kind() == io::ErrorKind::FileTooLarge { TOO_LARGE.into() } else { DAMAGED.into() }
}

/// A part as a stream of its bytes; an error at its end when they are not those that were packed.
pub(super) type Part = BufReader<Checked>;

pub(super) struct Checked {
    bytes: Bytes,
    crc: Crc,
    checksum: u32,
    left: u64,
}

enum Bytes {
    Stored(BufReader<Stretch>),
    Deflated(Box<DeflateDecoder<BufReader<Stretch>>>),
}

impl Read for Checked {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = match &mut self.bytes {
            Bytes::Stored(bytes) => bytes.read(buffer)?,
            Bytes::Deflated(bytes) => bytes.read(buffer)?,
        };
        self.left = self.left.checked_sub(length as u64).ok_or(io::ErrorKind::FileTooLarge)?;
        self.crc.update(&buffer[..length]);
        if length == 0 && !buffer.is_empty() && self.crc.sum() != self.checksum {
            return Err(io::ErrorKind::InvalidData.into());
        }
        Ok(length)
    }
}

/// A stretch of a file, which others read at the same time.
struct Stretch {
    file: Arc<File>,
    at: u64,
    left: u64,
}

impl Read for Stretch {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let most = usize::try_from(self.left).unwrap_or(usize::MAX).min(buffer.len());
        let length = self.file.read_at(&mut buffer[..most], self.at)?;
        self.at += length as u64;
        self.left -= length as u64;
        Ok(length)
    }
}
