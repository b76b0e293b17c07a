//! Counts for reports and the help desk.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::invitation::InvitationState;
use crate::invitation::MessageState::{self, Deferred, Waiting};
use crate::store::moment::Moment;
use crate::store::{Store, StoreError};

/// How many messages are in each state that is not an end.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct MailFigures {
    /// Never tried, or made due again; like the next three, without those of held graduates.
    pub waiting: i64,
    /// Put off by the relay.
    pub deferred: i64,
    /// Of these two, due now.
    pub due: i64,
    /// When the next of them becomes due that is not due yet.
    pub next_due: Option<Timestamp>,
    /// Refused by the relay for good.
    pub refused: i64,
    /// Nobody knows whether the relay took them.
    pub in_doubt: i64,
    /// Whom the latest message did not reach.
    pub bounced: i64,
    /// Of these, who is tried again by itself.
    pub bounced_for_a_while: i64,
    /// Waiting or put off, of graduates who are held.
    pub held: i64,
}

impl MailFigures {
    /// Whom the latest message did not reach, and who is not tried again by itself.
    #[must_use]
    pub const fn bounced_for_good(&self) -> i64 {
        self.bounced - self.bounced_for_a_while
    }
}

/// Rows by state.
pub type StateCounts<S> = BTreeMap<S, i64>;

impl Store {
    /// The messages that are not at their end; `batch` narrows those that were refused, are in doubt or bounced.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn mail_figures(&self, batch: Option<i64>, now: Timestamp) -> Result<MailFigures, StoreError> {
        let open = ask!(
            self.readers(),
            fetch_all,
            "sql/queries/people/message_open_count.sql"(Moment(now)) as {
                state: MessageState, messages: i64, due: i64, next_due: Option<Moment>, held: bool,
            }
        )?;
        // those of held graduates are told apart, and taken off
        let count = |held: bool, state: MessageState| -> i64 {
            let rows = open.iter().filter(|row| row.held == held && row.state == state);
            rows.map(|row| row.messages).sum()
        };
        let due = |held: bool| -> i64 { open.iter().filter(|row| row.held == held).map(|row| row.due).sum() };
        let unfinished = ask!(
            self.readers(),
            fetch_one,
            "sql/queries/people/message_unfinished.sql"(batch) as { refused: i64, in_doubt: i64 }
        )?;
        let back = ask!(
            self.readers(),
            fetch_one,
            "sql/queries/people/bounce_count.sql"(batch) as { bounced: i64, again: i64 }
        )?;
        Ok(MailFigures {
            waiting: count(false, Waiting) - count(true, Waiting),
            deferred: count(false, Deferred) - count(true, Deferred),
            due: due(false) - due(true),
            next_due: open.iter().filter_map(|row| row.next_due).min().map(Into::into),
            refused: unfinished.refused,
            in_doubt: unfinished.in_doubt,
            bounced: back.bounced,
            bounced_for_a_while: back.again,
            held: count(true, Waiting) + count(true, Deferred),
        })
    }

    /// Messages by state, of one batch or of all.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn messages_by_state(
        &self,
        batch: Option<i64>,
    ) -> Result<StateCounts<MessageState>, StoreError> {
        Ok(match batch {
            Some(batch) => ask!(
                self.readers(),
                fetch_all,
                "sql/queries/people/message_count.sql"(batch) as { state: MessageState, messages: i64 }
            )?
            .into_iter()
            .map(|row| (row.state, row.messages))
            .collect(),
            None => ask!(
                self.readers(),
                fetch_all,
                "sql/queries/people/message_count_all.sql"() as { state: MessageState, messages: i64 }
            )?
            .into_iter()
            .map(|row| (row.state, row.messages))
            .collect(),
        })
    }

    /// Invitations by state.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn invitations_by_state(&self) -> Result<StateCounts<InvitationState>, StoreError> {
        let rows = ask!(
            self.readers(),
            fetch_all,
            "sql/queries/people/invitation_count.sql"() as { state: InvitationState, invitations: i64 }
        )?;
        Ok(rows.into_iter().map(|row| (row.state, row.invitations)).collect())
    }

    /// How many graduates the ledger knows.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn graduates(&self) -> Result<i64, StoreError> {
        Ok(ask!(self.readers(), fetch_one, "sql/queries/people/graduate_count.sql"() as { graduates: i64 })?
            .graduates)
    }

    /// How many of them have a qualification in SEEK Pass.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn graduates_verified(&self) -> Result<i64, StoreError> {
        let row = ask!(
            self.readers(),
            fetch_one,
            "sql/queries/people/graduate_verified_count.sql"() as { graduates: i64 }
        )?;
        Ok(row.graduates)
    }

    /// Recipients of the messages still to go, by mail domain, the largest first.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn recipients_by_domain(&self, until: Timestamp) -> Result<Vec<(String, i64)>, StoreError> {
        let rows = ask!(
            self.readers(),
            fetch_all,
            "sql/queries/people/due_domains.sql"(Moment(until)) as { domain: String, messages: i64 }
        )?;
        Ok(rows.into_iter().map(|row| (row.domain, row.messages)).collect())
    }

    /// How many messages were begun on a day of the university's calendar.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn begun_on(&self, day: &str) -> Result<i64, StoreError> {
        let row = ask!(
            self.readers(),
            fetch_optional,
            "sql/queries/people/mail_day_used.sql"(day) as { used: i64 }
        )?;
        Ok(row.map_or(0, |row| row.used))
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use sqlx::sqlite::{Sqlite, SqliteConnection};
    use sqlx::{Connection as _, Decode, Type};

    use super::*;
    use crate::submission::SubmissionState;

    async fn read<T: for<'r> Decode<'r, Sqlite> + Type<Sqlite> + Send + Unpin>(word: &str) -> T {
        let mut ledger = SqliteConnection::connect("sqlite::memory:").await.unwrap();
        sqlx::query_scalar("SELECT $1").bind(word).fetch_one(&mut ledger).await.unwrap()
    }

    #[tokio::test]
    async fn a_state_is_read_as_it_is_written() {
        for state in MessageState::ALL {
            assert_eq!(read::<MessageState>(state.word()).await, state);
        }
        for state in InvitationState::ALL {
            assert_eq!(read::<InvitationState>(state.word()).await, state);
        }
        for state in SubmissionState::ALL {
            assert_eq!(read::<SubmissionState>(state.word()).await, state);
        }
    }
}
