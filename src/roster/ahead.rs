//! Records read ahead: one thread splits the file, others look at the values, and what they found comes in the order of
//! the file.

use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::mpsc;
use tokio::task::{JoinHandle, spawn_blocking};

use super::{Columns, Record, Roster, RosterError};

/// Records that change threads together.
const BATCH: usize = 512;

/// Batches that may be under way: enough that a thread has records to look at whenever the ledger has none to write, and little
/// memory.
const UNDER_WAY: usize = 4;

type Batch<T> = Result<JoinHandle<T>, RosterError>;

/// What was made of the records of a roster, in their order.
pub struct ReadAhead<T> {
    batches: mpsc::Receiver<Batch<T>>,
}

impl<T: Send + 'static> ReadAhead<T> {
    /// Begins to read the records whose numbers, counted from `offset` on, are wanted; `look` makes one thing of many
    /// records, with room of its own that it gets again. The threads end with the roster, with its first error, or when
    /// nobody wants to know any more.
    pub fn start<R: Default + Send + 'static>(
        mut roster: Roster,
        offset: u64,
        is_wanted: impl Fn(u64) -> bool + Send + 'static,
        look: impl Fn(&Columns, &[Record], &mut R) -> T + Send + Sync + 'static,
    ) -> Self {
        let (sender, batches) = mpsc::channel(UNDER_WAY);
        spawn_blocking(move || {
            step_back();
            let (columns, look) = (Arc::new(roster.columns.clone()), Arc::new(look));
            // the room of records that were looked at serves for others: the last first, while it is near to the processor
            let rooms = Arc::new(Mutex::new(Vec::<(Vec<Record>, R)>::new()));
            loop {
                let free = rooms.lock().unwrap_or_else(PoisonError::into_inner).pop();
                let (mut batch, mut room) =
                    free.unwrap_or_else(|| (vec![Record::default(); BATCH], R::default()));
                let read = match fill(&mut batch, &mut roster, offset, &is_wanted) {
                    Ok(0) => return,
                    Ok(records) => {
                        let (columns, look, rooms) =
                            (Arc::clone(&columns), Arc::clone(&look), Arc::clone(&rooms));
                        Ok(spawn_blocking(move || {
                            step_back();
                            let found = look(&columns, &batch[..records], &mut room);
                            rooms.lock().unwrap_or_else(PoisonError::into_inner).push((batch, room));
                            found
                        }))
                    }
                    Err(error) => Err(error),
                };
                let is_last = read.is_err();
                if sender.blocking_send(read).is_err() || is_last {
                    return;
                }
            }
        });
        Self { batches }
    }

    /// What was made of the next records.
    ///
    /// # Errors
    /// A [`RosterError`] when the rest of the file cannot be read as records.
    pub async fn next(&mut self) -> Result<Option<T>, RosterError> {
        let Some(batch) = self.batches.recv().await else { return Ok(None) };
        // a panic goes on where it is waited for
        Ok(Some(batch?.await.unwrap_or_else(|ended| std::panic::resume_unwind(ended.into_panic()))))
    }
}

/// Graduates may be waiting for their pages on the same machine, and the ledger for its rows: a thread that only reads
/// gives way to them. Where it cannot, it is in nobody's way for long.
fn step_back() {
    let _ = rustix::process::setpriority_process(None, 10);
}

/// How many records went into the batch.
fn fill(
    batch: &mut [Record],
    roster: &mut Roster,
    offset: u64,
    is_wanted: impl Fn(u64) -> bool,
) -> Result<usize, RosterError> {
    for (filled, record) in batch.iter_mut().enumerate() {
        if !roster.read_record(record, |number| is_wanted(number + offset))? {
            return Ok(filled);
        }
        record.number += offset;
    }
    Ok(batch.len())
}
