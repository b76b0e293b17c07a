//! The messages that are due, handed out one at a time, read page by page.

use std::collections::VecDeque;

use tokio::sync::Mutex;

use crate::store::{DueCursor, DueMessage, Store, StoreError};

/// Gives each due message once.
pub(super) struct Feed {
    store: Store,
    state: Mutex<(DueCursor, VecDeque<DueMessage>)>,
}

impl Feed {
    /// What is due at `until` (UTC milliseconds).
    pub(super) fn new(store: Store, until: i64) -> Self {
        Self { store, state: Mutex::new((DueCursor::new(until), VecDeque::new())) }
    }

    /// Begins again with what is due at `until`.
    pub(super) async fn restart(&self, until: i64) {
        *self.state.lock().await = (DueCursor::new(until), VecDeque::new());
    }

    /// Takes back a message that was not tried, for another session.
    pub(super) async fn give_back(&self, message: DueMessage) {
        self.state.lock().await.1.push_front(message);
    }

    /// Whether nothing is left of what was read or given back.
    pub(super) async fn is_empty(&self) -> bool {
        self.state.lock().await.1.is_empty()
    }

    /// The next message; `None` when there are no more.
    pub(super) async fn next(&self) -> Result<Option<DueMessage>, StoreError> {
        let mut state = self.state.lock().await;
        let (cursor, page) = &mut *state;
        if page.is_empty() {
            page.extend(self.store.due_messages(cursor).await?);
        }
        Ok(page.pop_front())
    }
}
