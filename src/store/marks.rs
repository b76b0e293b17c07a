//! Before and after a message: it is marked as `sending` before its content leaves, and what the relay answered is written
//! down behind it. Both are durable when they return.

use std::num::NonZeroU32;

use sqlx::sqlite::SqliteConnection;

use super::{StoreError, Writer};
use crate::clock::in_milliseconds;
use crate::invitation::{Outcome, delay_after};

/// The relay's answer to a message that is `sending`, as the ledger keeps it.
#[derive(Debug, Clone)]
pub struct RecordedOutcome {
    message_id: i64,
    state: &'static str,
    due_at: i64,
    sent_at: Option<i64>,
    at: i64,
    outcome: &'static str,
    reply: String,
}

impl RecordedOutcome {
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
#[derive(Debug, Clone)]
pub struct SendingMark {
    /// The message.
    pub message_id: i64,
    /// The keyed hash of the code in it.
    pub code_hash: Vec<u8>,
    /// When (UTC milliseconds).
    pub at: i64,
    /// When the code stops working (UTC milliseconds).
    pub code_expires_at: i64,
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

/// What became of a mark.
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

impl Writer {
    /// Marks a message as `sending` and, in the same commit, writes down the answer to the one before: a session never has
    /// more than one message that is `sending`.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written.
    pub async fn mark_sending(
        &self,
        mark: SendingMark,
        before: Option<RecordedOutcome>,
    ) -> Result<Marked, StoreError> {
        #[cfg(feature = "bench")]
        if self.leaves_out_marks {
            return Ok(Marked::Sending);
        }
        self.write(move |connection| {
            Box::pin(async move {
                if let Some(outcome) = before {
                    record_outcome(connection, outcome).await?;
                }
                mark_sending(connection, mark).await
            })
        })
        .await
    }

    /// Writes down what the relay answered.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written.
    pub async fn record_outcome(&self, outcome: RecordedOutcome) -> Result<(), StoreError> {
        #[cfg(feature = "bench")]
        if self.leaves_out_marks {
            return Ok(());
        }
        self.write(move |connection| Box::pin(record_outcome(connection, outcome))).await
    }
}

async fn record_outcome(
    connection: &mut SqliteConnection,
    outcome: RecordedOutcome,
) -> Result<(), sqlx::Error> {
    let RecordedOutcome { message_id, state, due_at, sent_at, at, outcome, reply } = outcome;
    let moved =
        sqlx::query_file!("sql/queries/message_record_outcome.sql", message_id, state, due_at, sent_at)
            .execute(&mut *connection)
            .await?;
    if moved.rows_affected() == 0 {
        return Err(sqlx::Error::Protocol("only its session moves a message that is sending".into()));
    }
    sqlx::query_file!("sql/queries/attempt_end.sql", message_id, at, outcome, reply)
        .execute(connection)
        .await?;
    Ok(())
}

async fn mark_sending(connection: &mut SqliteConnection, mark: SendingMark) -> Result<Marked, sqlx::Error> {
    let SendingMark { message_id, code_hash, at, code_expires_at, budget: DayBudget { day, limit } } = mark;
    let limit = limit.map_or(i64::MAX, |limit| i64::from(limit.get()));
    let marked = sqlx::query_file!("sql/queries/message_mark_sending.sql", message_id, code_hash, day, limit)
        .execute(&mut *connection)
        .await?;
    if marked.rows_affected() == 0 {
        let why = sqlx::query_file!("sql/queries/message_unmarked.sql", message_id, code_hash)
            .fetch_one(connection)
            .await?;
        return Ok(match (why.code_is_taken, why.is_due) {
            (true, _) => Marked::CodeTaken,
            (false, false) => Marked::NoLongerDue,
            (false, true) => Marked::NoBudget,
        });
    }
    sqlx::query_file!("sql/queries/code_insert.sql", message_id, code_hash, at, code_expires_at)
        .execute(&mut *connection)
        .await?;
    sqlx::query_file!("sql/queries/attempt_begin.sql", message_id, at).execute(&mut *connection).await?;
    sqlx::query_file!("sql/queries/mail_day_take.sql", day).execute(connection).await?;
    Ok(Marked::Sending)
}

/// When a message that was put off is tried again.
pub(super) fn due_after(attempts: i64, now: i64) -> i64 {
    let delay = jiff::SignedDuration::try_from(delay_after(attempts)).unwrap_or(jiff::SignedDuration::MAX);
    now.saturating_add(in_milliseconds(delay))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;
    use crate::store::Store;

    #[tokio::test]
    async fn an_answer_to_a_message_that_nobody_sends_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let writer = Store::open(&folder.path().join("ledger.db")).await.unwrap().writer().await.unwrap();
        let outcome = || RecordedOutcome::new(1, 1, &Outcome::Accepted("250 ok".into()), 0);
        let recorded = writer.record_outcome(outcome()).await;
        assert!(
            recorded.unwrap_err().to_string().contains("only its session moves a message that is sending")
        );
        let mark = SendingMark {
            message_id: 1,
            code_hash: vec![0],
            at: 0,
            code_expires_at: 1,
            budget: DayBudget { day: "2026-11-23".into(), limit: None },
        };
        assert_eq!(writer.mark_sending(mark, None).await.unwrap(), Marked::NoLongerDue, "the next is taken");
    }
}
