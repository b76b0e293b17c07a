//! A session's turn at the ledger: what the relay said of the last message and which message it begins next, in one
//! commit. The turns of many sessions are taken together, in one statement.

use std::collections::HashMap;
use std::num::NonZeroU32;
use std::sync::Arc;

use jiff::Timestamp;
use sqlx::AssertSqlSafe;
use sqlx::sqlite::SqliteConnection;
#[cfg(feature = "bench")]
use tokio::sync::mpsc;
use tokio::sync::oneshot;

use crate::clock::after;
use crate::invitation::{MessageState, Outcome, delay_after};
use crate::store::batched::procedure::Procedure;
use crate::store::moment::Moment;
use crate::store::postgres::hands::Hands;
use crate::store::sqlite::writing::BusyRetry;
use crate::store::writer::{Job, Verdict};
use crate::store::{Connection, Engine, NodeId, StoreError, Writer};

/// What a session writes down at once. At most one message of a session is `sending` at any time, since the
/// answer to the last one is in the ledger with the mark of the next, or before it.
#[derive(Debug, Clone, Default)]
pub struct Turn {
    /// The message that was `sending`, with the relay's answer.
    pub answered: Option<Answered>,
    /// The message whose content goes next.
    pub begins: Option<Marking>,
    /// Who sends, where several do.
    pub node: Option<NodeId>,
}

/// The relay's answer to a message that is `sending`, as the ledger keeps it.
#[derive(Debug, Clone)]
pub struct Answered {
    pub(in crate::store) message_id: i64,
    pub(in crate::store) state: MessageState,
    due_at: Timestamp,
    sent_at: Option<Timestamp>,
    at: Timestamp,
    outcome: &'static str,
    reply: String,
}

impl Answered {
    /// The answer to the so-manieth of `attempts`, at `now`.
    #[must_use]
    pub fn new(message_id: i64, attempts: i64, outcome: &Outcome, now: Timestamp) -> Self {
        Self {
            message_id,
            state: outcome.message_state(attempts),
            due_at: due_after(attempts, outcome.reply(), now),
            sent_at: matches!(outcome, Outcome::Accepted(_)).then_some(now),
            at: now,
            outcome: outcome.word(),
            reply: outcome.reply().to_owned(),
        }
    }
}

/// What a message needs to become `sending`.
#[derive(Debug, Clone)]
pub struct Marking {
    /// The message.
    pub message_id: i64,
    /// The keyed hash of the code in it.
    pub code_hash: Vec<u8>,
    /// When.
    pub at: Timestamp,
    /// When the code stops working.
    pub code_expires_at: Timestamp,
    /// The day's budget to take it from.
    pub budget: DayBudget,
}

/// How many messages may be begun on a day of the university's calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayBudget {
    /// The day, YYYY-MM-DD.
    pub day: String,
    /// How many; none is without end.
    pub limit: Option<NonZeroU32>,
}

/// What became of a marking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marked {
    /// It is `sending`, and that is durable: its content may go.
    Sending,
    /// Another invitation has this code already; make a new one.
    CodeTaken,
    /// It was withdrawn, revoked or taken meanwhile; leave it.
    NoLongerDue,
    /// The day's budget is used up.
    NoBudget,
    /// Nobody has heard of this process for so long that others may have its messages.
    LeaseOver,
}

/// A turn and whoever waits for it.
pub(in crate::store) type Waiting = (Turn, oneshot::Sender<Verdict<Option<Marked>>>);

impl Writer {
    /// Takes a turn, and returns once it is durable: what became of the marking, if there was one.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written.
    pub async fn take(&self, turn: Turn) -> Result<Option<Marked>, StoreError> {
        let (sender, verdict) = oneshot::channel();
        self.hand(Job::Turn((turn, sender))).await?;
        verdict.await.map_err(|_| Self::gone())?.map_err(StoreError::Writer)
    }
}

impl Writer {
    /// A writer that answers every turn at once and writes none of them down: only to be measured against.
    #[cfg(feature = "bench")]
    #[must_use]
    pub fn without_turns(self) -> Self {
        let (sender, mut jobs) = mpsc::channel(128);
        tokio::spawn(async move {
            while let Some(job) = jobs.recv().await {
                match job {
                    Job::Turn((turn, sender)) => {
                        let _ = sender.send(Ok(turn.begins.map(|_| Marked::Sending)));
                    }
                    job @ (Job::Write(..) | Job::Step(_)) => {
                        let _ = self.hand(job).await;
                    }
                }
            }
        });
        Self(sender)
    }
}

/// Takes the turns of a group.
pub(in crate::store) async fn take(connection: &mut Connection, group: Vec<Waiting>) {
    if group.is_empty() {
        return;
    }
    let (turns, waiting): (Vec<_>, Vec<_>) = group.into_iter().unzip();
    match commit(connection, &turns).await {
        Ok(marked) => {
            for (turn, sender) in turns.into_iter().zip(waiting) {
                let _ = sender.send(verdict(connection, turn, &marked).await.map_err(Arc::new));
            }
        }
        Err(error) => {
            let error = Arc::new(error);
            for sender in waiting {
                let _ = sender.send(Err(Arc::clone(&error)));
            }
        }
    }
}

const NOT_SENDING: &str = "only its session moves a message that is sending";

/// What a turn does to the ledger.
pub(in crate::store) const TURN: Procedure = Procedure {
    name: "turn",
    arguments: &[
        "answered",
        "state",
        "due_at",
        "sent_at",
        "answered_at",
        "outcome",
        "reply",
        "begins",
        "code_hash",
        "begun_at",
        "code_expires_at",
        "day",
        "budget",
    ],
    statements: &[
        (
            include_str!("../../../sql/queries/batched/message_record_outcome.sql"),
            &["answered", "state", "due_at", "sent_at"],
        ),
        (
            "SELECT RAISE(ABORT, 'only its session moves a message that is sending') WHERE $1 IS NOT NULL AND changes() = 0",
            &["answered"],
        ),
        (
            include_str!("../../../sql/queries/batched/attempt_end.sql"),
            &["answered", "answered_at", "outcome", "reply"],
        ),
        (include_str!("../../../sql/queries/batched/reminder_cancel_one.sql"), &["begins", "begun_at"]),
        (
            include_str!("../../../sql/queries/batched/message_mark_sending.sql"),
            &["begins", "code_hash", "day", "budget"],
        ),
        (
            include_str!("../../../sql/queries/batched/code_insert.sql"),
            &["begins", "code_hash", "begun_at", "code_expires_at"],
        ),
        (include_str!("../../../sql/queries/batched/attempt_begin.sql"), &["begins", "begun_at"]),
        (include_str!("../../../sql/queries/batched/mail_day_take.sql"), &["day"]),
    ],
};

/// The call for so many turns, which tells the messages that are `sending` with it.
fn call(turns: usize) -> String {
    let turn = format!("({})", vec!["?"; TURN.arguments.len()].join(","));
    let turns = vec![turn.as_str(); turns].join(",");
    format!(
        "INSERT INTO turn VALUES {turns} RETURNING CASE WHEN EXISTS (
             SELECT 1 FROM attempt WHERE message_id = begins AND started_at = begun_at AND outcome IS NULL
         ) THEN begins END"
    )
}

/// Returns what became of the messages of which that is known by now; of those that have begun it is.
async fn commit(connection: &mut Connection, turns: &[Turn]) -> Result<HashMap<i64, Marked>, sqlx::Error> {
    if let Engine::Sqlite(connection) = connection {
        return call_with(connection, turns).await;
    }
    connection.begin().await?;
    let begun = one_after_the_other(connection, turns).await;
    if begun.is_err() {
        connection.roll_back().await;
    }
    begun
}

/// To the end of the transaction, on a server.
async fn one_after_the_other(
    connection: &mut Connection,
    turns: &[Turn],
) -> Result<HashMap<i64, Marked>, sqlx::Error> {
    let hands = match connection {
        Engine::Postgres(connection) => Some(Hands::of(connection, turns).await?),
        Engine::Sqlite(_) => None,
    };
    let mut marked = HashMap::new();
    for Turn { answered, begins, node } in turns {
        if let Some(answered) = answered {
            let is_ours = hands.as_ref().is_none_or(|hands| hands.has(answered.message_id));
            let is_taken = is_ours && record(connection, answered).await?;
            if !is_taken && node.is_none() {
                return Err(sqlx::Error::Protocol(NOT_SENDING.to_owned()));
            } else if !is_taken {
                tracing::warn!(
                    message = answered.message_id,
                    "an answer came so late that others have seen to its message"
                );
            }
        }
        let Some(begins) = begins else { continue };
        if let Some(refusal) = hands.as_ref().and_then(|hands| hands.refusal(begins.message_id)) {
            marked.insert(begins.message_id, refusal);
        } else if mark(connection, begins).await? {
            marked.insert(begins.message_id, Marked::Sending);
        }
    }
    if let (Engine::Postgres(connection), Some(hands)) = (&mut *connection, &hands) {
        hands.let_go(connection, turns).await?;
    }
    connection.commit().await?;
    Ok(marked)
}

/// Whether the message was still waiting for this answer.
async fn record(connection: &mut Connection, answered: &Answered) -> Result<bool, sqlx::Error> {
    let (id, sent_at) = (answered.message_id, answered.sent_at.map(Moment));
    let due_at = Moment(answered.due_at);
    let moved = run!(
        connection,
        "sql/queries/batched/message_record_outcome.sql"(id, answered.state, due_at, sent_at)
    )?;
    if moved == 0 {
        return Ok(false);
    }
    let (at, outcome) = (Moment(answered.at), answered.outcome);
    run!(connection, "sql/queries/batched/attempt_end.sql"(id, at, outcome, answered.reply))?;
    Ok(true)
}

/// Whether it is `sending` now.
async fn mark(connection: &mut Connection, begins: &Marking) -> Result<bool, sqlx::Error> {
    let Marking { message_id, code_hash, budget, .. } = begins;
    let (at, expires_at) = (Moment(begins.at), Moment(begins.code_expires_at));
    let limit = budget.limit.map_or(i64::MAX, |limit| i64::from(limit.get()));
    run!(connection, "sql/queries/batched/reminder_cancel_one.sql"(message_id, at))?;
    let marked = run!(
        connection,
        "sql/queries/batched/message_mark_sending.sql"(message_id, code_hash, budget.day, limit)
    )?;
    if marked == 0 {
        return Ok(false);
    }
    run!(connection, "sql/queries/batched/code_insert.sql"(message_id, code_hash, at, expires_at))?;
    run!(connection, "sql/queries/batched/attempt_begin.sql"(message_id, at))?;
    run!(connection, "sql/queries/batched/mail_day_take.sql"(budget.day))?;
    Ok(true)
}

async fn call_with(
    connection: &mut SqliteConnection,
    turns: &[Turn],
) -> Result<HashMap<i64, Marked>, sqlx::Error> {
    let call: Arc<str> = call(turns.len()).into();
    let mut patience = BusyRetry::default();
    let begun: Vec<Option<i64>> = loop {
        let mut query = sqlx::query_scalar(AssertSqlSafe(Arc::clone(&call)));
        for Turn { answered, begins, .. } in turns {
            let answered = answered.as_ref();
            query = query
                .bind(answered.map(|it| it.message_id))
                .bind(answered.map(|it| it.state))
                .bind(answered.map(|it| Moment(it.due_at)))
                .bind(answered.and_then(|it| it.sent_at).map(Moment))
                .bind(answered.map(|it| Moment(it.at)))
                .bind(answered.map(|it| it.outcome))
                .bind(answered.map(|it| it.reply.as_str()));
            let begins = begins.as_ref();
            let limit = begins.and_then(|it| it.budget.limit);
            query = query
                .bind(begins.map(|it| it.message_id))
                .bind(begins.map(|it| it.code_hash.as_slice()))
                .bind(begins.map(|it| Moment(it.at)))
                .bind(begins.map(|it| Moment(it.code_expires_at)))
                .bind(begins.map(|it| it.budget.day.as_str()))
                .bind(limit.map_or(i64::MAX, |limit| i64::from(limit.get())));
        }
        // to its end, which is the commit
        match query.fetch_all(&mut *connection).await {
            Err(error) if patience.is_left(&error).await => {}
            begun => break begun?,
        }
    };
    Ok(begun.into_iter().flatten().map(|id| (id, Marked::Sending)).collect())
}

async fn verdict(
    connection: &mut Connection,
    turn: Turn,
    marked: &HashMap<i64, Marked>,
) -> Result<Option<Marked>, sqlx::Error> {
    let Some(begins) = turn.begins else { return Ok(None) };
    if let Some(marked) = marked.get(&begins.message_id) {
        return Ok(Some(*marked));
    }
    let why = ask!(
        connection,
        fetch_one,
        "sql/queries/batched/message_unmarked.sql"(begins.message_id, begins.code_hash) as {
            code_is_taken: bool, is_due: bool,
        }
    )?;
    Ok(Some(match (why.code_is_taken, why.is_due) {
        (true, _) => Marked::CodeTaken,
        (false, false) => Marked::NoLongerDue,
        (false, true) => Marked::NoBudget,
    }))
}

/// When a message that was put off is tried again.
pub(in crate::store) fn due_after(attempts: i64, reply: &str, now: Timestamp) -> Timestamp {
    after(now, delay_after(attempts, reply))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;
    use crate::store::Store;

    #[tokio::test]
    async fn an_answer_to_a_message_that_nobody_sends_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let writer =
            Store::open(&folder.path().join("ledger.db").into()).await.unwrap().writer().await.unwrap();
        let answered = Answered::new(1, 1, &Outcome::Accepted("250 ok".into()), Timestamp::UNIX_EPOCH);
        let taken = writer.take(Turn { answered: Some(answered), ..Turn::default() }).await;
        assert!(taken.unwrap_err().to_string().contains("only its session moves a message that is sending"));
        assert!(writer.take(Turn::default()).await.unwrap().is_none(), "and the next turn is taken");
    }
}
