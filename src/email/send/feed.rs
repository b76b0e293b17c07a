//! The messages that are due, handed out one at a time, read page by page: the next page while the last one is being sent.

use std::collections::VecDeque;
use std::sync::Arc;

use jiff::Timestamp;
use tokio::sync::{Mutex, MutexGuard};
use tokio::task::JoinHandle;

use super::{SendError, Whom};
use crate::store::{DueCursor, DueMessage, Store, StoreError};

/// So many messages in hand, and the next page is asked for.
const FEW: usize = 100;

type Page = Result<(DueCursor, Vec<DueMessage>), StoreError>;

/// Gives each due message once.
pub(super) struct Feed {
    store: Store,
    whom: Arc<Whom>,
    state: Mutex<State>,
}

struct State {
    messages: VecDeque<DueMessage>,
    /// Where the next page begins; `None` after the last.
    cursor: Option<DueCursor>,
    coming: Option<JoinHandle<Page>>,
}

impl State {
    fn new(until: Timestamp) -> Self {
        Self { messages: VecDeque::new(), cursor: Some(DueCursor::new(until)), coming: None }
    }
}

impl Feed {
    /// What is due at `until`.
    pub(super) fn new(store: Store, whom: Whom, until: Timestamp) -> Self {
        Self { store, whom: Arc::new(whom), state: Mutex::new(State::new(until)) }
    }

    /// Begins again with what is due at `until`.
    pub(super) async fn restart(&self, until: Timestamp) {
        *self.state.lock().await = State::new(until);
    }

    /// Takes back a message that was not tried, for another session.
    pub(super) async fn give_back(&self, message: DueMessage) {
        self.state.lock().await.messages.push_front(message);
    }

    /// Whether nothing is left of what was read or given back.
    pub(super) async fn is_empty(&self) -> bool {
        self.state.lock().await.messages.is_empty()
    }

    /// Whether there is nothing more, unless it is given back.
    pub(super) async fn is_exhausted(&self) -> bool {
        let state = self.state.lock().await;
        state.messages.is_empty() && state.cursor.is_none() && state.coming.is_none()
    }

    /// The next message; `None` when there are no more.
    pub(super) async fn next(&self) -> Result<Option<DueMessage>, SendError> {
        let mut state = self.state.lock().await;
        if state.messages.len() < FEW {
            self.ask(&mut state);
        }
        if state.messages.is_empty()
            && let Some(coming) = state.coming.take()
        {
            let (cursor, page) = coming.await.map_err(|_| SendError::Task)??;
            state.cursor = Some(cursor).filter(|_| !page.is_empty());
            state.messages.extend(page);
        }
        Ok(state.messages.pop_front())
    }

    /// Has the next page read, unless it is on its way or there is none.
    fn ask(&self, state: &mut MutexGuard<'_, State>) {
        if state.coming.is_none()
            && let Some(mut cursor) = state.cursor.take()
        {
            let (store, whom) = (self.store.clone(), Arc::clone(&self.whom));
            state.coming = Some(tokio::spawn(async move {
                loop {
                    let mut page = store.due_messages(&mut cursor).await?;
                    let is_last = page.is_empty();
                    page.retain(|message| whom.includes(message));
                    if is_last || !page.is_empty() {
                        return Ok((cursor, page));
                    }
                }
            }));
        }
    }
}
