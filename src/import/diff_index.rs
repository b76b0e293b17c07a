//! What one reading of the rosters finds out about every row, at 32 bytes a row, with 16 more for each qualification of
//! the ledger: which rows the ledger holds as they are, what of the ledger no row has, and which rows may contradict
//! another.

use std::hash::BuildHasher;

use fixedbitset::FixedBitSet;
use foldhash::quality::FixedState;

use crate::roster::Row;
use crate::store::{Held, StagedRow, Staging, StoreError};

/// What the ledger held before the import, by the fingerprints of the rows it came from.
pub(super) struct Stored {
    /// In the order of the fingerprints, as numbers without a sign.
    qualifications: Vec<Held>,
    /// For each value of a fingerprint's first bits, where those above it begin: fingerprints are evenly spread, so that a few
    /// neighbours are left to search.
    ends: Vec<u32>,
}

impl Stored {
    pub(super) async fn read(staging: &mut Staging) -> Result<Self, StoreError> {
        let mut qualifications = staging.held().await?;
        qualifications.sort_unstable_by_key(|held| held.fingerprint.cast_unsigned());
        let mut ends = vec![0; 1 << FIRST_BITS];
        for held in &qualifications {
            ends[first_bits(held.fingerprint)] += 1;
        }
        let mut end = 0;
        for count in &mut ends {
            end += *count;
            *count = end;
        }
        Ok(Self { qualifications, ends })
    }

    pub(super) fn count(&self) -> usize {
        self.qualifications.len()
    }

    /// Where the ledger holds the row as it is.
    pub(super) fn position(&self, fingerprint: i64) -> Option<usize> {
        let bits = first_bits(fingerprint);
        let start = bits.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        let neighbours = &self.qualifications[start..self.ends[bits] as usize];
        // counted without a way out early, so that the processor need not wait for one row's before it looks for the next
        let is_before = |held: &&Held| held.fingerprint.cast_unsigned() < fingerprint.cast_unsigned();
        let position = neighbours.iter().filter(is_before).count();
        neighbours
            .get(position)
            .is_some_and(|held| held.fingerprint == fingerprint)
            .then_some(start + position)
    }

    /// What no row has: all but those at the positions that were found.
    pub(super) fn without(&self, found: &FixedBitSet) -> Vec<Held> {
        let is_found = |position| found.contains(position);
        let all = self.qualifications.iter().enumerate();
        all.filter(|(position, _)| !is_found(*position)).map(|(_, held)| *held).collect()
    }
}

/// Of a million fingerprints, four have the same.
const FIRST_BITS: u32 = 18;

fn first_bits(fingerprint: i64) -> usize {
    usize::try_from(fingerprint.cast_unsigned() >> (u64::BITS - FIRST_BITS)).unwrap_or(0)
}

/// What is kept of a good row.
#[derive(Clone, Copy)]
pub(super) struct Entry {
    record: u64,
    fingerprint: u64,
    student: u64,
    address: u64,
}

impl From<&StagedRow> for Entry {
    fn from(row: &StagedRow) -> Self {
        Self {
            record: row.record.cast_unsigned(),
            fingerprint: row.fingerprint.cast_unsigned(),
            student: hash(&row.student_id),
            address: hash_of_address(&row.email),
        }
    }
}

/// In whatever case; few have capitals.
fn hash_of_address(address: &str) -> u64 {
    if address.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return hash(&address.to_ascii_lowercase());
    }
    hash(address)
}

/// Two students with the same hash are only looked at once more.
fn hash(text: &str) -> u64 {
    FixedState::default().hash_one(text)
}

/// What several rows may contradict each other in.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Candidates {
    /// Students with several rows.
    pub(super) students: bool,
    /// Addresses of several students.
    pub(super) addresses: bool,
    /// Documents of several students.
    pub(super) documents: bool,
}

/// Who has which document, by hashes: rows without any take no room.
#[derive(Default)]
pub(super) struct Documents(Vec<Holder>);

/// One of whoever has a document.
#[derive(Clone, Copy)]
pub(super) struct Holder {
    document: u64,
    student: u64,
    record: u64,
}

impl Holder {
    /// None of a row without a document.
    pub(super) fn of(row: &Row) -> Option<Self> {
        let document = row.qualification.attached.as_ref()?.document.as_ref()?;
        let student = hash(row.graduate.student_id.as_str());
        Some(Self { document: hash(document.content()), student, record: row.record })
    }
}

impl Documents {
    pub(super) fn extend(&mut self, holders: Vec<Holder>) {
        self.0.extend(holders);
    }

    /// Into `wanted` all records whose document another student has, too; returns whether there are any.
    pub(super) fn conflicts(&mut self, wanted: &mut FixedBitSet) -> bool {
        self.0.sort_unstable_by_key(|holder| (holder.document, holder.student));
        let mut any = false;
        for group in self.0.chunk_by(|one, other| one.document == other.document) {
            if group.iter().any(|holder| holder.student != group[0].student) {
                any = true;
                for holder in group {
                    wanted.grow_and_insert(position(holder.record));
                }
            }
        }
        any
    }
}

/// Every good row.
#[derive(Default)]
pub(super) struct DiffIndex(Vec<Entry>);

impl DiffIndex {
    pub(super) fn extend(&mut self, entries: Vec<Entry>) {
        self.0.extend(entries);
    }

    /// How many good rows there are.
    pub(super) fn rows(&self) -> usize {
        self.0.len()
    }

    /// Into `wanted` all records of a student where they may contradict each other, and all that share an address.
    /// What the ledger holds as it is (all records but the `new` ones) does not, but for a row that is there twice.
    pub(super) fn conflicts(&mut self, new: &FixedBitSet, wanted: &mut FixedBitSet) -> Candidates {
        let is_new = |entry: &Entry| new.contains(position(entry.record));
        self.0.sort_unstable_by_key(|entry| (entry.student, entry.fingerprint, entry.record));
        let students = mark(
            &self.0,
            wanted,
            |entry| entry.student,
            |group| {
                let is_twice = || group.windows(2).any(|pair| pair[0].fingerprint == pair[1].fingerprint);
                group.len() > 1 && (is_twice() || group.iter().any(is_new))
            },
        );
        self.0.sort_unstable_by_key(|entry| (entry.address, entry.student));
        // also where nothing of them changed: whoever shares an address stays held
        let addresses = mark(
            &self.0,
            wanted,
            |entry| entry.address,
            |group| group.iter().any(|entry| entry.student != group[0].student),
        );
        Candidates { students, addresses, ..Candidates::default() }
    }
}

/// Marks all records of the groups of one key that are wanted; returns whether there are any.
fn mark(
    sorted: &[Entry],
    wanted: &mut FixedBitSet,
    key: impl Fn(&Entry) -> u64,
    is_wanted: impl Fn(&[Entry]) -> bool,
) -> bool {
    let mut any = false;
    for group in sorted.chunk_by(|one, other| key(one) == key(other)).filter(|group| is_wanted(group)) {
        any = true;
        for entry in group {
            wanted.grow_and_insert(position(entry.record));
        }
    }
    any
}

/// A record as a place in a set.
pub(super) fn position(record: u64) -> usize {
    usize::try_from(record).unwrap_or(usize::MAX)
}
