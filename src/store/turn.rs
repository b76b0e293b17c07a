//! A session's turn at the ledger: what the relay said of the last message and which message it begins next, in one
//! commit. The turns of many sessions are taken together, as sets: a handful of statements for all of them.

use std::collections::HashSet;
use std::num::NonZeroU32;
use std::sync::Arc;

use serde::Serialize;
use sqlx::sqlite::SqliteConnection;
use tokio::sync::{mpsc, oneshot};

use super::turnstile::Turnstile;
use super::writer::{Job, Patience, Verdict, roll_back};
use super::{StoreError, Writer};
use crate::clock::in_milliseconds;
use crate::hexadecimal;
use crate::invitation::{Outcome, delay_after};

/// What a session writes down at once. At most one message of a session is `sending` at any time, since the
/// answer to the last one is in the ledger with the mark of the next, or before it.
#[derive(Debug, Clone, Default)]
pub struct Turn {
    /// The message that was `sending`, with the relay's answer.
    pub answered: Option<Answered>,
    /// The message whose content goes next.
    pub begins: Option<Marking>,
}

/// The relay's answer to a message that is `sending`, as the ledger keeps it.
#[derive(Debug, Clone, Serialize)]
pub struct Answered {
    message_id: i64,
    state: &'static str,
    due_at: i64,
    sent_at: Option<i64>,
    at: i64,
    outcome: &'static str,
    reply: String,
}

impl Answered {
    /// The answer to the so-manieth of `attempts`, at `now` (UTC milliseconds).
    #[must_use]
    pub fn new(message_id: i64, attempts: i64, outcome: &Outcome, now: i64) -> Self {
        Self {
            message_id,
            state: outcome.message_state(attempts),
            due_at: due_after(attempts, now),
            sent_at: matches!(outcome, Outcome::Accepted(_)).then_some(now),
            at: now,
            outcome: outcome.word(),
            reply: outcome.reply().to_owned(),
        }
    }
}

/// What a message needs to become `sending`.
#[derive(Debug, Clone, Serialize)]
pub struct Marking {
    /// The message.
    pub message_id: i64,
    /// The keyed hash of the code in it.
    #[serde(serialize_with = "hexadecimal::serialize")]
    pub code_hash: Vec<u8>,
    /// When (UTC milliseconds).
    pub at: i64,
    /// When the code stops working (UTC milliseconds).
    pub code_expires_at: i64,
    /// The day's budget to take it from.
    #[serde(skip)]
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
}

/// A turn and whoever waits for it.
pub(super) type Waiting = (Turn, oneshot::Sender<Verdict<Option<Marked>>>);

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
    #[doc(hidden)]
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

/// Takes the turns of a group: all of one day's budget in one commit.
pub(super) async fn take(connection: &mut SqliteConnection, turnstile: &Turnstile, mut group: Vec<Waiting>) {
    while !group.is_empty() {
        let day = group.iter().find_map(|(turn, _)| Some(turn.begins.as_ref()?.budget.clone()));
        let (of_the_day, others) = group.into_iter().partition::<Vec<_>, _>(|(turn, _)| {
            turn.begins.as_ref().is_none_or(|begins| Some(&begins.budget) == day.as_ref())
        });
        group = others;
        let (turns, waiting): (Vec<_>, Vec<_>) = of_the_day.into_iter().unzip();
        match commit(connection, turnstile, &turns, day).await {
            Ok(changed) => {
                for (turn, sender) in turns.into_iter().zip(waiting) {
                    let _ = sender.send(verdict(connection, turn, &changed).await.map_err(Arc::new));
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
}

/// One statement a file, and all of them at once: every further call would be two more changes of thread.
const TURNS: &str = concat!(
    "BEGIN IMMEDIATE;\n",
    include_str!("../../sql/queries/message_record_outcome.sql"),
    ";\n",
    include_str!("../../sql/queries/attempt_end.sql"),
    ";\n",
    include_str!("../../sql/queries/message_mark_sending.sql"),
    ";\n",
    include_str!("../../sql/queries/code_insert.sql"),
    ";\n",
    include_str!("../../sql/queries/attempt_begin.sql"),
    ";\n",
    include_str!("../../sql/queries/mail_day_take.sql"),
    ";\n",
    "COMMIT",
);

/// Returns the messages that have moved.
async fn commit(
    connection: &mut SqliteConnection,
    turnstile: &Turnstile,
    turns: &[Turn],
    day: Option<DayBudget>,
) -> Result<HashSet<i64>, sqlx::Error> {
    let answered: Vec<_> = turns.iter().filter_map(|turn| turn.answered.as_ref()).collect();
    let begins: Vec<_> = turns.iter().filter_map(|turn| turn.begins.as_ref()).collect();
    let list =
        |list: Result<String, serde_json::Error>| list.map_err(|error| sqlx::Error::Encode(error.into()));
    let (answered, begins) = (list(serde_json::to_string(&answered))?, list(serde_json::to_string(&begins))?);
    let limit = day.as_ref().and_then(|budget| budget.limit).map_or(i64::MAX, |limit| i64::from(limit.get()));
    let day = day.map(|budget| budget.day);
    let mut patience = Patience::new(turnstile);
    let changed: Result<Vec<i64>, _> = loop {
        let turns = sqlx::query_scalar(TURNS).bind(&answered).bind(&begins).bind(&day).bind(limit);
        match turns.fetch_all(&mut *connection).await {
            Err(error) if patience.is_left(&error).await => {}
            changed => break changed,
        }
    };
    if changed.is_err() {
        roll_back(connection).await;
    }
    Ok(changed?.into_iter().collect())
}

async fn verdict(
    connection: &mut SqliteConnection,
    turn: Turn,
    changed: &HashSet<i64>,
) -> Result<Option<Marked>, sqlx::Error> {
    if turn.answered.is_some_and(|answered| !changed.contains(&answered.message_id)) {
        // nobody but us moves a message that is `sending`
        return Err(sqlx::Error::RowNotFound);
    }
    let Some(begins) = turn.begins else { return Ok(None) };
    if changed.contains(&begins.message_id) {
        return Ok(Some(Marked::Sending));
    }
    let why = sqlx::query_file!("sql/queries/message_unmarked.sql", begins.message_id, begins.code_hash)
        .fetch_one(connection)
        .await?;
    Ok(Some(match (why.code_is_taken, why.is_due) {
        (true, _) => Marked::CodeTaken,
        (false, false) => Marked::NoLongerDue,
        (false, true) => Marked::NoBudget,
    }))
}

/// When a message that was put off is tried again.
pub(super) fn due_after(attempts: i64, now: i64) -> i64 {
    let delay = jiff::SignedDuration::try_from(delay_after(attempts)).unwrap_or(jiff::SignedDuration::MAX);
    now.saturating_add(in_milliseconds(delay))
}

#[cfg(test)]
mod tests {
    /// The statements go to the ledger together, past the check that each of the others passes at build time: here it
    /// is made up for.
    #[test]
    fn each_statement_fits_the_schema() {
        let list = "[]";
        let _ = sqlx::query_file!("sql/queries/message_record_outcome.sql", list);
        let _ = sqlx::query_file!("sql/queries/attempt_end.sql", list);
        let _ = sqlx::query_file!("sql/queries/message_mark_sending.sql", list, 1_i64, "2026-11-23");
        let _ = sqlx::query_file!("sql/queries/code_insert.sql", list);
        let _ = sqlx::query_file!("sql/queries/attempt_begin.sql", list);
        let _ = sqlx::query_file!("sql/queries/mail_day_take.sql", "2026-11-23", list);
    }
}
