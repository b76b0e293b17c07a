//! The awards that the ledger holds, by their fingerprints: on disk, to be held against the roster's one by one, and as
//! a few bits in memory, which tell of most rows at once that they are new.

use std::io;
use std::sync::Arc;

use fastbloom::BloomFilter;

use super::partitions::{Entry, Partitions};
use crate::store::{Held, Staging, StoreError};

/// Bits of the filter: 4 MB, so that of a million awards one new row in 200,000 looks as if it were known.
const FILTER: usize = 1 << 25;

/// Bits that are set for each award.
const FOR_EACH: u32 = 8;

/// What the ledger held before the import.
pub(super) struct Ledger {
    awards: Partitions,
    /// How many.
    pub(super) count: i64,
    /// Of their fingerprints, which are good hashes as they are.
    pub(super) filter: Arc<BloomFilter>,
}

impl Ledger {
    pub(super) async fn read(staging: &mut Staging) -> Result<Self, super::ImportError> {
        let (mut awards, mut count) = (Partitions::new(), 0);
        let mut filter = BloomFilter::with_num_bits(FILTER).seed(&0).hashes(FOR_EACH);
        let mut after = Some(0);
        let mut page = staging.held(&mut after).await?;
        while let Some(held) = page {
            // the next page is on its way meanwhile
            let (next, taken): (Result<_, StoreError>, io::Result<()>) =
                tokio::join!(staging.held(&mut after), async {
                    for Held { graduate_id, fingerprint } in held {
                        let fingerprint = fingerprint.cast_unsigned();
                        count += 1;
                        filter.insert_hash(fingerprint);
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
