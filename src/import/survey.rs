//! What one reading of the rosters finds out about every row, without keeping any: which rows the ledger holds as they
//! are, which may contradict another, and so which few have to be looked at.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;

use super::ledger::Ledger;
use super::partitions::{Entry, Partitions};
use crate::store::{Held, StagedRow};

/// Every good row by its hashes.
pub(super) struct Survey {
    /// Fingerprint, record.
    rows: Partitions,
    /// Student, fingerprint, record.
    students: Partitions,
    /// Address, student, record.
    addresses: Partitions,
    count: i64,
}

/// What is kept of a good row.
#[derive(Clone, Copy)]
pub(super) struct Hashes {
    record: u64,
    fingerprint: u64,
    student: u64,
    address: u64,
}

impl From<&StagedRow> for Hashes {
    fn from(row: &StagedRow) -> Self {
        Self {
            record: row.record.cast_unsigned(),
            fingerprint: row.fingerprint.cast_unsigned(),
            student: hash(&row.student_id),
            address: hash(&row.email.to_ascii_lowercase()),
        }
    }
}

/// Records of the rosters, a bit for each.
#[derive(Default)]
pub(super) struct Records(Vec<u64>);

impl Records {
    pub(super) fn insert(&mut self, record: u64) {
        let word = usize::try_from(record / 64).unwrap_or(usize::MAX);
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        self.0[word] |= 1 << (record % 64);
    }

    pub(super) fn contains(&self, record: u64) -> bool {
        let word = usize::try_from(record / 64).ok().and_then(|word| self.0.get(word));
        word.is_some_and(|word| word >> (record % 64) & 1 == 1)
    }

    /// Takes out what the other ones have, too.
    pub(super) fn remove(&mut self, others: &Self) {
        self.0.iter_mut().zip(&others.0).for_each(|(word, other)| *word &= !other);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    pub(super) fn count(&self) -> i64 {
        self.0.iter().map(|word| i64::from(word.count_ones())).sum()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = u64> {
        let bits = |(word, bits): (u64, &u64)| {
            let bits = *bits;
            (0..64).filter(move |bit| bits >> bit & 1 == 1).map(move |bit| word * 64 + bit)
        };
        (0..).zip(&self.0).flat_map(bits)
    }
}

/// What several rows may contradict each other in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Suspects {
    /// Students with several rows.
    pub(super) students: bool,
    /// Addresses of several students.
    pub(super) addresses: bool,
}

impl Survey {
    pub(super) fn new() -> Self {
        let [rows, students, addresses] = [(); 3].map(|()| Partitions::new());
        Self { rows, students, addresses, count: 0 }
    }

    pub(super) fn row(&mut self, row: Hashes) -> io::Result<()> {
        let Hashes { record, fingerprint, student, address } = row;
        self.count += 1;
        self.rows.push([fingerprint, record, 0])?;
        self.students.push([student, fingerprint, record])?;
        self.addresses.push([address, student, record])
    }

    /// How many good rows there are.
    pub(super) const fn rows(&self) -> i64 {
        self.count
    }

    /// Where rows and ledger are compared, one place at a time.
    pub(super) fn places() -> std::ops::Range<usize> {
        Partitions::places()
    }

    /// Into `changed` the records of one place that the ledger does not hold as they are; returns the awards of the
    /// ledger that no record has.
    pub(super) fn compare(
        &mut self,
        ledger: &mut Ledger,
        place: usize,
        changed: &mut Records,
    ) -> io::Result<Vec<Held>> {
        let (rows, held) = (self.rows.read(place)?, ledger.place(place)?);
        let missing = |[fingerprint, graduate_id, _]: Entry| Held {
            graduate_id: graduate_id.cast_signed(),
            fingerprint: fingerprint.cast_signed(),
        };
        let mut lacked = Vec::new();
        let mut held = held.into_iter().peekable();
        for group in rows.chunk_by(|one, other| one[0] == other[0]) {
            let fingerprint = group[0][0];
            while let Some(award) = held.next_if(|[held, ..]| *held < fingerprint) {
                lacked.push(missing(award));
            }
            if held.next_if(|[held, ..]| *held == fingerprint).is_none() {
                for [_, record, _] in group {
                    changed.insert(*record);
                }
            }
        }
        lacked.extend(held.map(missing));
        Ok(lacked)
    }

    /// Into `wanted` all rows of a student where they may contradict each other, and all that share an address.
    /// Rows that the ledger holds as they are do not, but for a row that is there twice. `is_first`: it holds none.
    pub(super) fn suspects(&mut self, is_first: bool, wanted: &mut Records) -> io::Result<Suspects> {
        let mut suspects = Suspects { students: false, addresses: false };
        for place in Partitions::places() {
            let may_differ = |group: &[Entry], wanted: &Records| {
                let is_twice = group.windows(2).any(|pair| pair[0][1] == pair[1][1]);
                is_first || is_twice || group.iter().any(|[.., record]| wanted.contains(*record))
            };
            suspects.students |= mark(&self.students.read(place)?, wanted, |group, wanted| {
                group.len() > 1 && may_differ(group, wanted)
            });
        }
        for place in Partitions::places() {
            suspects.addresses |= mark(&self.addresses.read(place)?, wanted, |group, _| {
                // also where nothing of them changed: whoever shares an address stays held
                group.iter().any(|[_, student, _]| *student != group[0][1])
            });
        }
        Ok(suspects)
    }
}

/// Marks all records of the groups of one key that are wanted; returns whether there are any.
fn mark(entries: &[Entry], wanted: &mut Records, is_wanted: impl Fn(&[Entry], &Records) -> bool) -> bool {
    let mut any = false;
    for group in entries.chunk_by(|one, other| one[0] == other[0]) {
        if is_wanted(group, wanted) {
            any = true;
            for [.., record] in group {
                wanted.insert(*record);
            }
        }
    }
    any
}

/// Two students with the same hash are only looked at once more.
fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}
