//! What a process that sends asks of the others that do: their pace, and whether it still has what it took in hand. Alone, it asks itself.

use std::time::Duration;

use super::{SendError, Shared, Stop};
use crate::store::{Answered, DueMessage, Marked, Marking, Turn};

/// So long after its moment a message is not begun in it any more.
const LATE: Duration = Duration::from_secs(1);

/// Why a process stops that was not heard of for a while.
pub(super) const HELD_UP: &str = "this machine was held up, or cut off from the ledger, for longer than others wait for it; what it had in \
                       hand and did not send is theirs";

impl Shared {
    /// Takes a turn at the ledger, as the writer takes it.
    pub(super) async fn take(
        &self,
        answered: Option<Answered>,
        begins: Option<Marking>,
    ) -> Result<Option<Marked>, SendError> {
        let node = self.node.as_ref().map(|node| node.id());
        Ok(self.writer.take(Turn { answered, begins, node }).await?)
    }

    /// Waits until another message may go: by the pace of this process, or that of all that send.
    pub(super) async fn keep_pace(&self) -> Result<(), SendError> {
        let Some(node) = &self.node else {
            self.rate_limiter.wait().await;
            return Ok(());
        };
        // who was held up while waiting has missed its moment; a second one is kept
        for _ in 0..2 {
            let asked = u64::from(self.clock.nanoseconds());
            let mut wait = Duration::ZERO;
            for (limit, apart) in self.rate_limiter.apart() {
                wait = wait.max(node.moment(limit, *apart).await?);
            }
            self.clock.sleep(wait).await;
            let spent = Duration::from_nanos(u64::from(self.clock.nanoseconds()).saturating_sub(asked));
            if spent.saturating_sub(wait) < LATE {
                break;
            }
        }
        Ok(())
    }

    /// Whether nobody else may have what this process has in hand.
    pub(super) async fn holds(&self) -> bool {
        match &self.node {
            Some(node) => node.holds().await,
            None => true,
        }
    }

    /// The others may have what this process had in hand; this one of it was marked, and did not go.
    pub(super) async fn was_held_up(&self, message: &DueMessage) -> Result<(), SendError> {
        if let Some(node) = &self.node {
            node.unmark(message.id, self.clock.now()).await?;
        }
        self.stop(Stop::Failure(HELD_UP.into()));
        Ok(())
    }
}
