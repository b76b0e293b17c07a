//! Whoever waits for the answer to a submission, and how they are told.

use tokio::sync::oneshot;

use super::{Queue, lock};
use crate::seek::Link;

/// What a graduate is waiting for.
#[derive(Debug, Clone)]
pub enum Settled {
    /// SEEK Pass has it.
    Linked(Link),
    /// SEEK Pass will not take it.
    Rejected,
}

/// Somebody who waits for the answer to a submission; whoever goes is forgotten.
pub struct Listener {
    queue: Queue,
    seek_pass_id: String,
    answer: oneshot::Receiver<Settled>,
}

impl Listener {
    /// What became of it; `None` when nobody will tell any more.
    pub async fn settled(&mut self) -> Option<Settled> {
        (&mut self.answer).await.ok()
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.answer.close();
        let mut listeners = lock(&self.queue.0.listeners);
        if let Some(waiting) = listeners.get_mut(&self.seek_pass_id) {
            waiting.retain(|sender| !sender.is_closed());
            if waiting.is_empty() {
                listeners.remove(&self.seek_pass_id);
            }
        }
    }
}

impl Queue {
    /// Listens for the answer to a submission; to be called before a look at the ledger, so that no answer falls
    /// between the two.
    #[must_use]
    pub fn listen(&self, seek_pass_id: &str) -> Listener {
        let (sender, answer) = oneshot::channel();
        lock(&self.0.listeners).entry(seek_pass_id.to_owned()).or_default().push(sender);
        Listener { queue: self.clone(), seek_pass_id: seek_pass_id.to_owned(), answer }
    }

    pub(super) fn settle(&self, seek_pass_id: &str, settled: &Settled) {
        for listener in lock(&self.0.listeners).remove(seek_pass_id).unwrap_or_default() {
            // whoever has gone finds it in the ledger
            let _ = listener.send(settled.clone());
        }
    }
}
