//! The moves of a message. Each names the state that it expects and checks that one row changed.

use std::num::NonZeroU32;

use sqlx::sqlite::SqliteConnection;

use super::{StoreError, Writer};
use crate::clock::in_milliseconds;
use crate::invitation::{Outcome, delay_after};

/// What a message needs to become `sending`.
#[derive(Debug, Clone)]
pub struct Marking {
    /// The message.
    pub message_id: i64,
    /// Its invitation.
    pub invitation_id: i64,
    /// The keyed hash of the code in it.
    pub code_hash: Vec<u8>,
    /// When (UTC milliseconds).
    pub now: i64,
    /// When the code stops working (UTC milliseconds).
    pub code_expires_at: i64,
    /// The day's budget to take it from.
    pub budget: DayBudget,
}

/// How many messages may be begun on a day of the university's calendar.
#[derive(Debug, Clone)]
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

impl Writer {
    /// Marks a message `sending`, with its code and its place in the day's budget: all or nothing.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written.
    pub async fn mark_sending(&self, marking: Marking) -> Result<Marked, StoreError> {
        self.write(move |connection| Box::pin(mark_sending(connection, marking))).await
    }

    /// Writes down the relay's answer to a message that is `sending`.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written.
    pub async fn record_outcome(
        &self,
        message_id: i64,
        attempts: i64,
        outcome: Outcome,
        now: i64,
    ) -> Result<(), StoreError> {
        self.write(move |connection| Box::pin(record_outcome(connection, message_id, attempts, outcome, now)))
            .await
    }

    /// Writes down that the relay refused a message, or put it off, before its content was sent.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written.
    pub async fn record_refusal(
        &self,
        message_id: i64,
        attempts: i64,
        outcome: Outcome,
        now: i64,
    ) -> Result<(), StoreError> {
        self.write(move |connection| Box::pin(record_refusal(connection, message_id, attempts, outcome, now)))
            .await
    }

    /// What a dead run left as `sending` is in doubt from now on; returns how many.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written.
    pub async fn recover(&self, now: i64) -> Result<u64, StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                sqlx::query_file!("sql/queries/attempt_in_doubt.sql", now).execute(&mut *connection).await?;
                let found = sqlx::query_file!("sql/queries/message_in_doubt.sql").execute(connection).await?;
                Ok(found.rows_affected())
            })
        })
        .await
    }

    /// Makes what was refused, deferred or in doubt due now, of one batch or of all.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written.
    pub async fn retry(&self, batch: Option<i64>, now: i64) -> Result<u64, StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                let done = sqlx::query_file!("sql/queries/message_retry.sql", now, batch)
                    .execute(connection)
                    .await?;
                Ok(done.rows_affected())
            })
        })
        .await
    }
}

async fn mark_sending(connection: &mut SqliteConnection, marking: Marking) -> Result<Marked, sqlx::Error> {
    let Marking { message_id, invitation_id, code_hash, now, code_expires_at, budget } = marking;
    // the code first: if it is taken, nothing else was written
    let made =
        sqlx::query_file!("sql/queries/code_insert.sql", code_hash, invitation_id, now, code_expires_at)
            .execute(&mut *connection)
            .await?;
    if made.rows_affected() == 0 {
        return Ok(Marked::CodeTaken);
    }
    let limit = budget.limit.map_or(i64::MAX, |limit| i64::from(limit.get()));
    let taken = sqlx::query_file!("sql/queries/mail_day_take.sql", budget.day, limit)
        .fetch_optional(&mut *connection)
        .await?;
    if taken.is_none() {
        undo_code(connection, &code_hash).await?;
        return Ok(Marked::NoBudget);
    }
    let marked = sqlx::query_file!("sql/queries/message_mark_sending.sql", message_id)
        .fetch_optional(&mut *connection)
        .await?;
    if marked.is_none() {
        undo_code(connection, &code_hash).await?;
        return Ok(Marked::NoLongerDue);
    }
    sqlx::query_file!("sql/queries/attempt_begin.sql", message_id, now).execute(connection).await?;
    Ok(Marked::Sending)
}

/// The transaction is shared with others, so that a step is undone by hand.
async fn undo_code(connection: &mut SqliteConnection, hash: &[u8]) -> Result<(), sqlx::Error> {
    sqlx::query_file!("sql/queries/code_delete.sql", hash).execute(connection).await?;
    Ok(())
}

async fn record_outcome(
    connection: &mut SqliteConnection,
    message_id: i64,
    attempts: i64,
    outcome: Outcome,
    now: i64,
) -> Result<(), sqlx::Error> {
    let (state, word, reply) = (outcome.message_state(attempts), outcome.word(), outcome.reply());
    let sent_at = matches!(outcome, Outcome::Accepted(_)).then_some(now);
    let due_at = due_after(attempts, now);
    let done =
        sqlx::query_file!("sql/queries/message_record_outcome.sql", message_id, state, due_at, sent_at)
            .execute(&mut *connection)
            .await?;
    exactly_one(done.rows_affected())?;
    sqlx::query_file!("sql/queries/attempt_end.sql", message_id, now, word, reply)
        .execute(connection)
        .await?;
    Ok(())
}

async fn record_refusal(
    connection: &mut SqliteConnection,
    message_id: i64,
    attempts: i64,
    outcome: Outcome,
    now: i64,
) -> Result<(), sqlx::Error> {
    let (state, word, reply) = (outcome.message_state(attempts), outcome.word(), outcome.reply());
    let due_at = due_after(attempts, now);
    let marked = sqlx::query_file!("sql/queries/message_mark_attempted.sql", message_id, state, due_at)
        .fetch_optional(&mut *connection)
        .await?;
    // withdrawn meanwhile: the answer no longer matters
    if marked.is_some() {
        sqlx::query_file!("sql/queries/attempt_whole.sql", message_id, now, word, reply)
            .execute(connection)
            .await?;
    }
    Ok(())
}

fn due_after(attempts: i64, now: i64) -> i64 {
    let delay = jiff::SignedDuration::try_from(delay_after(attempts)).unwrap_or(jiff::SignedDuration::MAX);
    now.saturating_add(in_milliseconds(delay))
}

fn exactly_one(rows: u64) -> Result<(), sqlx::Error> {
    if rows == 1 { Ok(()) } else { Err(sqlx::Error::RowNotFound) }
}
