//! Records read ahead: one thread splits the file, others look at the values, and what they found comes in the order of
//! the file.

use std::sync::Arc;

use tokio::sync::mpsc;
use tokio::task::{JoinHandle, spawn_blocking};

use super::{Columns, Record, Roster, RosterError};

/// Records that change threads together.
const BATCH: usize = 500;

/// Batches that may be under way: enough that nobody waits for nothing, and little memory.
const UNDER_WAY: usize = 2;

type Batch<T> = Result<JoinHandle<Vec<T>>, RosterError>;

/// What was found in the records of a roster, in their order.
pub struct ReadAhead<T> {
    batches: mpsc::Receiver<Batch<T>>,
    current: std::vec::IntoIter<T>,
}

impl<T: Send + 'static> ReadAhead<T> {
    /// Begins to read. Records are numbered from `offset` on, and `look` says what to keep of each. The threads end with
    /// the roster, with its first error, or when nobody wants to know any more.
    pub fn start(
        mut roster: Roster,
        offset: u64,
        look: impl Fn(&Columns, Record) -> Option<T> + Send + Sync + 'static,
    ) -> Self {
        let (sender, batches) = mpsc::channel(UNDER_WAY);
        spawn_blocking(move || {
            step_back();
            let (columns, look) = (Arc::new(roster.columns.clone()), Arc::new(look));
            loop {
                let batch = match batch(&mut roster, offset) {
                    Ok(batch) if batch.is_empty() => return,
                    Ok(batch) => {
                        let (columns, look) = (Arc::clone(&columns), Arc::clone(&look));
                        Ok(spawn_blocking(move || {
                            step_back();
                            batch.into_iter().filter_map(|record| look(&columns, record)).collect()
                        }))
                    }
                    Err(error) => Err(error),
                };
                let is_last = batch.is_err();
                if sender.blocking_send(batch).is_err() || is_last {
                    return;
                }
            }
        });
        Self { batches, current: Vec::new().into_iter() }
    }

    /// What was kept of the next record of which anything was.
    ///
    /// # Errors
    /// A [`RosterError`] when the rest of the file cannot be read as records.
    pub async fn next(&mut self) -> Result<Option<T>, RosterError> {
        loop {
            if let Some(found) = self.current.next() {
                return Ok(Some(found));
            }
            let Some(batch) = self.batches.recv().await else { return Ok(None) };
            // a panic goes on where it is waited for
            let batch = batch?.await.unwrap_or_else(|ended| std::panic::resume_unwind(ended.into_panic()));
            self.current = batch.into_iter();
        }
    }
}

/// Graduates may be waiting for their pages on the same machine, and the ledger for its rows: a thread that only reads
/// gives way to them. Where it cannot, it is in nobody's way for long.
fn step_back() {
    let _ = rustix::process::setpriority_process(None, 10);
}

fn batch(roster: &mut Roster, offset: u64) -> Result<Vec<Record>, RosterError> {
    let mut batch = Vec::with_capacity(BATCH);
    while batch.len() < BATCH {
        let Some(mut record) = roster.next_record()? else { break };
        record.number += offset;
        batch.push(record);
    }
    Ok(batch)
}
