//! Numbers by the million, held against each other without the memory to hold them: equal keys come into the same
//! file, and one file at a time is read back.

use std::io::{self, BufReader, BufWriter, Read, Seek, Write};

use tempfile::SpooledTempFile;

/// Files; of a million entries each has some 30,000.
const FILES: usize = 32;
const BUFFER: usize = 1 << 13;

/// A key that is a good hash, and what belongs to it.
pub(super) type Entry = [u64; 3];

/// Bytes of an entry.
const ENTRY: u64 = size_of::<Entry>() as u64;

/// Entries on disk, in files without a name that go with the process; a few stay in memory, since making a file takes
/// longer than they do.
pub(super) struct Partitions(Vec<BufWriter<SpooledTempFile>>);

impl Partitions {
    pub(super) fn new() -> Self {
        let file = |_| BufWriter::with_capacity(BUFFER, SpooledTempFile::new(BUFFER));
        Self((0..FILES).map(file).collect())
    }

    pub(super) fn push(&mut self, entry: Entry) -> io::Result<()> {
        let [key, one, other] = entry.map(u64::to_le_bytes);
        // the key is a hash, so that its low bits spread as well as any
        let place = usize::from(key[0]) % FILES;
        let file = &mut self.0[place];
        file.write_all(&key)?;
        file.write_all(&one)?;
        file.write_all(&other)
    }

    /// How many places there are.
    pub(super) fn places() -> std::ops::Range<usize> {
        0..FILES
    }

    /// The entries of one place, sorted.
    pub(super) fn read(&mut self, place: usize) -> io::Result<Vec<Entry>> {
        let file = &mut self.0[place];
        file.flush()?;
        let file = file.get_mut();
        let count = file.stream_position()? / ENTRY;
        file.rewind()?;
        let mut bytes = BufReader::with_capacity(BUFFER, file);
        let mut entries = Vec::with_capacity(usize::try_from(count).unwrap_or(0));
        for _ in 0..count {
            let mut entry = [[0; 8]; 3];
            bytes.read_exact(entry.as_flattened_mut())?;
            entries.push(entry.map(u64::from_le_bytes));
        }
        entries.sort_unstable();
        Ok(entries)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    #[test]
    fn every_entry_comes_back_once_and_sorted_from_memory_and_from_disk() {
        // a place of the last goes over its buffer many times
        for count in [0, 1, 1000, 50_000_u64] {
            let entries: Vec<Entry> =
                (0..count).map(|it| [it.wrapping_mul(0x9e37_79b9_7f4a_7c15), it, count - it]).collect();
            let mut partitions = Partitions::new();
            for entry in &entries {
                partitions.push(*entry).unwrap();
            }
            let mut found = Vec::new();
            for place in Partitions::places() {
                let of_place = partitions.read(place).unwrap();
                assert!(of_place.is_sorted(), "place {place} of {count}");
                found.extend(of_place);
            }
            found.sort_unstable_by_key(|[_, number, _]| *number);
            assert_eq!(found, entries, "{count}");
        }
    }
}
