//! Records read ahead by a thread of their own, so that one processor splits the file while another looks at the values.

use tokio::sync::mpsc;

use super::{Record, Roster, RosterError};

/// Records that change threads together.
const BATCH: usize = 500;

/// Batches that may wait: enough that no side waits for the other, and little memory.
const WAITING: usize = 4;

/// The records of a roster, in their order.
pub struct ReadAhead {
    batches: mpsc::Receiver<Result<Vec<Record>, RosterError>>,
    current: std::vec::IntoIter<Record>,
}

impl ReadAhead {
    /// Begins to read. The thread ends with the roster, with its first error, or when nobody wants records any more.
    #[must_use]
    pub fn start(mut roster: Roster) -> Self {
        let (sender, batches) = mpsc::channel(WAITING);
        tokio::task::spawn_blocking(move || {
            loop {
                let batch = batch(&mut roster);
                let is_last = batch.as_ref().map_or(true, Vec::is_empty);
                if sender.blocking_send(batch).is_err() || is_last {
                    return;
                }
            }
        });
        Self { batches, current: Vec::new().into_iter() }
    }

    /// The next record.
    ///
    /// # Errors
    /// A [`RosterError`] when the rest of the file cannot be read as records.
    pub async fn next(&mut self) -> Result<Option<Record>, RosterError> {
        loop {
            if let Some(record) = self.current.next() {
                return Ok(Some(record));
            }
            match self.batches.recv().await {
                Some(batch) => self.current = batch?.into_iter(),
                None => return Ok(None),
            }
        }
    }
}

fn batch(roster: &mut Roster) -> Result<Vec<Record>, RosterError> {
    let mut batch = Vec::with_capacity(BATCH);
    while batch.len() < BATCH {
        match roster.next_record()? {
            Some(record) => batch.push(record),
            None => break,
        }
    }
    Ok(batch)
}
