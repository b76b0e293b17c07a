//! The moves of a message apart from its sending, which is a [`crate::store::batched::turn`]. Each names the state that it expects.

use jiff::Timestamp;

use crate::invitation::Outcome;
use crate::store::batched::turn::due_after;
use crate::store::moment::Moment;
use crate::store::{Connection, Engine, StoreError, Writer};

impl Writer {
    /// Writes down that the relay refused a message, or put it off, before its content was sent.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written.
    pub async fn record_refusal(
        &self,
        message_id: i64,
        attempts: i64,
        outcome: Outcome,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.write(move |connection| Box::pin(record_refusal(connection, message_id, attempts, outcome, now)))
            .await
    }

    /// What a dead run left as `sending` is in doubt from now on; returns how many. On a server those are dead whose lease is over, and what
    /// they had in hand besides is anybody's.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written.
    pub async fn recover(&self, now: Timestamp) -> Result<u64, StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                if let Engine::Postgres(on) = &mut *connection {
                    sqlx::query_file!("sql/postgres/queries/nodes/bury.sql").execute(on).await?;
                }
                run!(connection, "sql/queries/mail/attempt_in_doubt.sql"(Moment(now)))?;
                let found = run!(connection, "sql/queries/mail/message_in_doubt.sql"())?;
                if let Engine::Postgres(on) = connection {
                    sqlx::query_file!("sql/postgres/queries/nodes/free.sql").execute(on).await?;
                }
                Ok(found)
            })
        })
        .await
    }

    /// Makes messages wait once more that were refused or put off for what is not about their graduates.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written.
    pub async fn take_back(&self, messages: &[i64], now: Timestamp) -> Result<(), StoreError> {
        let messages = serde_json::Value::from(messages).to_string();
        self.write(move |connection| {
            Box::pin(async move {
                run!(connection, "sql/queries/mail/message_take_back.sql"(messages, Moment(now))).map(|_| ())
            })
        })
        .await
    }
}

async fn record_refusal(
    connection: &mut Connection,
    message_id: i64,
    attempts: i64,
    outcome: Outcome,
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    let (state, word, reply) = (outcome.message_state(attempts), outcome.word(), outcome.reply());
    let due_at = Moment(due_after(attempts, reply, now));
    let marked = ask!(
        connection,
        fetch_optional,
        "sql/queries/mail/message_mark_attempted.sql"(message_id, state, due_at) as _
    )?;
    // withdrawn meanwhile: the answer no longer matters
    if marked.is_some() {
        run!(connection, "sql/queries/mail/attempt_whole.sql"(message_id, Moment(now), word, reply))?;
    }
    Ok(())
}
