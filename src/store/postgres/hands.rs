//! Whose the messages of a group of turns are, for as long as its transaction lasts: nobody else writes meanwhile.

use std::collections::HashMap;

use sqlx::postgres::PgConnection;

use crate::invitation::MessageState;
use crate::store::Turn;
use crate::store::batched::turn::Marked;
use crate::store::postgres::node::NodeId;

/// What the node of these turns has in hand.
pub(in crate::store) struct Hands {
    node: Option<NodeId>,
    is_alive: bool,
    /// Each with whether it may be begun.
    held: HashMap<i64, bool>,
}

impl Hands {
    /// Of turns that all come from one process.
    pub(in crate::store) async fn of(
        connection: &mut PgConnection,
        turns: &[Turn],
    ) -> Result<Self, sqlx::Error> {
        let Some(node) = turns.iter().find_map(|turn| turn.node) else {
            return Ok(Self { node: None, is_alive: false, held: HashMap::new() });
        };
        let answered = turns.iter().filter_map(|turn| Some(turn.answered.as_ref()?.message_id));
        let begins = turns.iter().filter_map(|turn| Some(turn.begins.as_ref()?.message_id));
        let messages: Vec<_> = answered.chain(begins).collect();
        let held = sqlx::query_file!("sql/postgres/queries/nodes/held.sql", node.0, &messages)
            .fetch_all(&mut *connection)
            .await?;
        let held: HashMap<_, _> = held.into_iter().map(|row| (row.message_id, row.may_begin)).collect();
        // most groups need not ask
        let is_alive = held.values().any(|may_begin| *may_begin)
            || sqlx::query_file!("sql/postgres/queries/nodes/is_alive.sql", node.0)
                .fetch_one(connection)
                .await?
                .is_alive;
        Ok(Self { node: Some(node), is_alive, held })
    }

    /// Why a message cannot be begun, if it cannot.
    pub(in crate::store) fn refusal(&self, message_id: i64) -> Option<Marked> {
        if self.node.is_some() && !self.is_alive {
            return Some(Marked::LeaseOver);
        }
        let may_begin = self.held.get(&message_id).copied().unwrap_or(false);
        (!may_begin).then_some(Marked::NoLongerDue)
    }

    /// Whether an answer is about a message that is still the node's. What is somebody else's by now has been in doubt, and a person
    /// had it sent again.
    pub(in crate::store) fn has(&self, message_id: i64) -> bool {
        self.node.is_none() || self.held.contains_key(&message_id)
    }

    /// Lets go of what is at its end. What was put off or refused may be tried again at once.
    pub(in crate::store) async fn let_go(
        &self,
        connection: &mut PgConnection,
        turns: &[Turn],
    ) -> Result<(), sqlx::Error> {
        let Some(node) = self.node else { return Ok(()) };
        let answered = turns.iter().filter_map(|turn| turn.answered.as_ref());
        let settled: Vec<_> = answered
            .filter(|it| matches!(it.state, MessageState::Sent | MessageState::InDoubt))
            .map(|it| it.message_id)
            .collect();
        if !settled.is_empty() {
            let done = sqlx::query_file!("sql/postgres/queries/nodes/settled.sql", node.0, &settled);
            done.execute(connection).await?;
        }
        Ok(())
    }
}
