//! Compound files ([MS-CFB]), a small file system in a file, as far as finding one stream needs it. The library for
//! this refuses files of widely used writers, which mark free sectors in ways of their own.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use super::DAMAGED;
use super::bytes::{u16_at, u32_at, utf16};
use super::package::TOO_LARGE;

/// The longest file: sheets of `.xls` end at row 65,536 and column 256.
const LONGEST_FILE: u64 = 512 << 20;

/// Sectors from this number on are none, but marks.
const FIRST_MARK: u32 = 0xFFFF_FFFA;

/// Streams shorter than this are in sectors of their own kind.
const MINI_STREAM: usize = 4096;

/// The streams at the root of a compound file.
pub(super) struct Compound {
    bytes: Vec<u8>,
    sector: usize,
    /// Which sector follows which.
    next: Vec<u32>,
    mini_next: Vec<u32>,
    mini: Vec<u8>,
    streams: Vec<Entry>,
}

#[derive(Debug, Clone)]
struct Entry {
    name: String,
    is_stream: bool,
    left: u32,
    right: u32,
    child: u32,
    start: u32,
    length: usize,
}

impl Compound {
    pub(super) fn open(path: &Path) -> Result<Self, String> {
        let mut bytes = Vec::new();
        let read = File::open(path).and_then(|file| file.take(LONGEST_FILE + 1).read_to_end(&mut bytes));
        read.map_err(|error| format!("cannot be read: {error}"))?;
        if bytes.len() as u64 > LONGEST_FILE {
            return Err(TOO_LARGE.into());
        }
        Self::parse(bytes).ok_or_else(|| DAMAGED.into())
    }

    fn parse(bytes: Vec<u8>) -> Option<Self> {
        let sector = match u16_at(&bytes, 30)? {
            9 => 512,
            12 => 4096,
            _ => return None,
        };
        let directory = u32_at(&bytes, 48)?;
        let mini_table = u32_at(&bytes, 60)?;
        let mut file = Self {
            bytes,
            sector,
            next: Vec::new(),
            mini_next: Vec::new(),
            mini: Vec::new(),
            streams: Vec::new(),
        };
        file.next = file.table()?;
        let directory = file.chain(directory)?;
        let entries: Vec<_> =
            directory.as_chunks::<128>().0.iter().map(|entry| Entry::parse(entry)).collect::<Option<_>>()?;
        let root = entries.first()?;
        file.mini = file.chain(root.start)?;
        file.mini_next = numbers(&file.chain(mini_table)?);
        file.streams = children(&entries, root.child);
        Some(file)
    }

    /// The table of sectors, whose own sectors are listed in the header and where that ends.
    fn table(&self) -> Option<Vec<u32>> {
        let mut sectors = numbers(self.bytes.get(76..512)?);
        let mut more = u32_at(&self.bytes, 68)?;
        let most = self.bytes.len() / self.sector;
        while more < FIRST_MARK && sectors.len() <= most {
            let mut list = numbers(self.at(more));
            more = list.pop()?;
            sectors.extend(list);
        }
        let table = sectors.iter().filter(|sector| **sector < FIRST_MARK);
        Some(table.flat_map(|sector| numbers(self.at(*sector))).collect())
    }

    /// What is in a sector; the file's last one may be short.
    fn at(&self, sector: u32) -> &[u8] {
        let start = (sector as usize + 1).saturating_mul(self.sector);
        let end = start.saturating_add(self.sector).min(self.bytes.len());
        self.bytes.get(start..end).unwrap_or_default()
    }

    /// What is in a sector and those that follow it.
    fn chain(&self, first: u32) -> Option<Vec<u8>> {
        let mut content = Vec::new();
        let mut sector = first;
        while sector < FIRST_MARK {
            // a chain that bites its tail
            if content.len() > self.bytes.len() {
                return None;
            }
            content.extend_from_slice(self.at(sector));
            sector = *self.next.get(sector as usize)?;
        }
        Some(content)
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    fn find(&self, name: &str) -> Option<&Entry> {
        self.streams.iter().find(|entry| entry.is_stream && entry.name.eq_ignore_ascii_case(name))
    }

    /// The content of a stream.
    pub(super) fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let entry = self.find(name)?;
        let mut content =
            if entry.length >= MINI_STREAM { self.chain(entry.start)? } else { self.mini_chain(entry)? };
        content.truncate(entry.length);
        Some(content)
    }

    fn mini_chain(&self, entry: &Entry) -> Option<Vec<u8>> {
        let mut content = Vec::new();
        let mut sector = entry.start;
        while sector < FIRST_MARK && content.len() < entry.length {
            let start = sector as usize * 64;
            content.extend_from_slice(self.mini.get(start..self.mini.len().min(start + 64))?);
            sector = *self.mini_next.get(sector as usize)?;
        }
        Some(content)
    }
}

impl Entry {
    fn parse(entry: &[u8]) -> Option<Self> {
        let name = utf16(entry.get(..64)?);
        Some(Self {
            name: name.split('\0').next().unwrap_or_default().to_owned(),
            is_stream: *entry.get(66)? == 2,
            left: u32_at(entry, 68)?,
            right: u32_at(entry, 72)?,
            child: u32_at(entry, 76)?,
            start: u32_at(entry, 116)?,
            length: u32_at(entry, 120)? as usize,
        })
    }
}

/// The entries of a folder, which are a tree; a workbook within a workbook is in a folder of its own.
fn children(entries: &[Entry], top: u32) -> Vec<Entry> {
    let mut found = Vec::new();
    let mut waiting = vec![top];
    while let Some(index) = waiting.pop() {
        let Some(entry) = entries.get(index as usize) else { continue };
        if found.len() < entries.len() {
            waiting.extend([entry.left, entry.right]);
            found.push(entry.clone());
        }
    }
    found
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    bytes.as_chunks().0.iter().map(|number| u32::from_le_bytes(*number)).collect()
}
