//! The messages that are due, handed out one at a time, read page by page: the next page while the last one is being sent. Where others send,
//! too, a page is taken in hand before.

use std::collections::VecDeque;
use std::sync::Arc;

use jiff::Timestamp;
use tokio::sync::{Mutex, MutexGuard};
use tokio::task::JoinHandle;

use super::{SendError, Whom};
use crate::store::{DueCursor, DueMessage, Node, Store, StoreError};

/// So many messages in hand, and the next page is asked for.
const FEW: usize = 100;

type Page = Result<(DueCursor, Vec<DueMessage>), StoreError>;

/// Gives each due message once.
pub(super) struct Feed {
    store: Store,
    node: Option<Arc<Node>>,
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
    pub(super) fn new((store, node): (Store, Option<Arc<Node>>), whom: Whom, until: Timestamp) -> Self {
        Self { store, node, whom: Arc::new(whom), state: Mutex::new(State::new(until)) }
    }

    /// Begins again with what is due at `until`, once everything was tried.
    pub(super) async fn restart(&self, until: Timestamp) -> Result<(), SendError> {
        if let Some(node) = &self.node {
            node.give_back().await?;
        }
        *self.state.lock().await = State::new(until);
        Ok(())
    }

    /// Nothing more is wanted of it: what was not tried is for others.
    pub(super) async fn close(&self) -> Result<(), SendError> {
        let coming = {
            let mut state = self.state.lock().await;
            state.cursor = None;
            state.coming.take()
        };
        if let Some(coming) = coming {
            coming.await.map_err(|_| SendError::Task)??;
        }
        if let Some(node) = &self.node {
            node.leave().await?;
        }
        Ok(())
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
            let (store, node, whom) = (self.store.clone(), self.node.clone(), Arc::clone(&self.whom));
            state.coming = Some(tokio::spawn(async move {
                loop {
                    let mut page = store.due_messages(&mut cursor).await?;
                    let is_last = page.is_empty();
                    page.retain(|message| whom.includes(message));
                    if let Some(node) = &node
                        && !page.is_empty()
                    {
                        page = node.claim(page, cursor.until).await?;
                    }
                    if is_last || !page.is_empty() {
                        return Ok((cursor, page));
                    }
                }
            }));
        }
    }
}
