//! The awards that the ledger holds, by their fingerprints: on disk, to be held against the roster's one by one, and as
//! a few bits in memory, which tell of most rows at once that they are new.

use std::io;
use std::sync::Arc;

use super::partitions::{Entry, Partitions};
use crate::store::{Held, Staging, StoreError};

/// What the ledger held before the import.
pub(super) struct Ledger {
    awards: Partitions,
    /// How many.
    pub(super) count: i64,
    pub(super) filter: Arc<Filter>,
}

impl Ledger {
    pub(super) async fn read(staging: &mut Staging) -> Result<Self, super::ImportError> {
        let (mut awards, mut filter, mut count) = (Partitions::new()?, Filter::default(), 0);
        let mut after = Some(0);
        let mut page = staging.held(&mut after).await?;
        while let Some(held) = page {
            // the next page is on its way meanwhile
            let (next, taken): (Result<_, StoreError>, io::Result<()>) =
                tokio::join!(staging.held(&mut after), async {
                    for Held { graduate_id, fingerprint } in held {
                        let fingerprint = fingerprint.cast_unsigned();
                        count += 1;
                        filter.insert(fingerprint);
                        awards.push([fingerprint, graduate_id.cast_unsigned(), 0])?;
                    }
                    Ok(())
                });
            taken?;
            page = next?;
        }
        Ok(Self { awards, count, filter: Arc::new(filter) })
    }

    /// The awards of one place, sorted by their fingerprints.
    pub(super) fn place(&mut self, place: usize) -> io::Result<Vec<Entry>> {
        self.awards.read(place)
    }
}

/// Bits of the filter: 4 MB, so that of a million awards one new row in 200,000 looks as if it were known.
const BITS: u64 = 1 << 25;

/// Bits that are set for each fingerprint.
const PROBES: u64 = 8;

/// A Bloom filter: what it does not hold is certainly not there. Fingerprints are good hashes as they are.
pub(super) struct Filter(Vec<u64>);

impl Default for Filter {
    fn default() -> Self {
        Self((0..BITS / 64).map(|_| 0).collect())
    }
}

impl Filter {
    fn insert(&mut self, fingerprint: u64) {
        for (word, bit) in bits(fingerprint) {
            self.0[word] |= bit;
        }
    }

    /// Whether it may be there.
    pub(super) fn may_hold(&self, fingerprint: u64) -> bool {
        bits(fingerprint).all(|(word, bit)| self.0[word] & bit != 0)
    }
}

/// Two halves of a fingerprint make as many places as are needed (Kirsch and Mitzenmacher, "Less Hashing, Same
/// Performance").
fn bits(fingerprint: u64) -> impl Iterator<Item = (usize, u64)> {
    let (one, other) = (fingerprint >> 32, fingerprint & u64::from(u32::MAX));
    (0..PROBES).map(move |probe| {
        let place = (one + probe * other) % BITS;
        (usize::try_from(place / 64).unwrap_or(0), 1 << (place % 64))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_went_in_is_there_and_hardly_anything_else() {
        let hash = |number: u64| {
            number.wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(31).wrapping_mul(0xbf58_476d_1ce4_e5b9)
        };
        let mut filter = Filter::default();
        (0..100_000).for_each(|number| filter.insert(hash(number)));
        assert!((0..100_000).all(|number| filter.may_hold(hash(number))));
        assert_eq!((100_000..200_000).filter(|number| filter.may_hold(hash(*number))).count(), 0);
    }
}
