//! The moves of a submission. Each names the state that it expects.

use super::qualification::qualification;
use super::redemption::{Row, Wish, Wished, latest, make, unreadable};
use super::{StateCounts, Store, StoreError, Writer};
use crate::graduate::{PersonName, Qualification, StudentId};
use crate::seek::Link;
use crate::submission::{Latest, State};

/// A waiting submission with all that it says to SEEK Pass.
#[derive(Debug, Clone)]
pub struct Waiting {
    /// The order of arrival.
    pub id: i64,
    /// Its id at SEEK Pass.
    pub seek_pass_id: String,
    /// Of the data it was asked for with.
    pub digest: Vec<u8>,
    /// How often it was tried.
    pub attempts: i64,
    /// When it may first have reached SEEK Pass (UTC milliseconds).
    pub sent_at: Option<i64>,
    /// Whose.
    pub graduate_id: i64,
    /// Which qualification.
    pub course_key: String,
    /// When the graduate asked (UTC milliseconds).
    pub asked_at: i64,
    /// For the log.
    pub student_id: StudentId,
    /// As the credential says it.
    pub name: PersonName,
    /// What the credential says.
    pub qualification: Qualification,
    /// Whether it was neither withdrawn nor revoked meanwhile.
    pub is_open: bool,
}

/// What became of one try.
#[derive(Debug, Clone)]
pub enum Tried {
    /// SEEK Pass has it; `sent_at` is when the try began.
    Accepted {
        /// Where the graduate finishes it.
        link: Link,
        /// When the try began (UTC milliseconds).
        sent_at: i64,
    },
    /// Again later.
    PutOff {
        /// When (UTC milliseconds).
        due_at: i64,
        /// Why, in words for the operator.
        trouble: String,
        /// When the try began, if it may have reached SEEK Pass (UTC milliseconds).
        sent_at: Option<i64>,
    },
    /// SEEK Pass will not take it; the words are for the operator.
    Rejected(String),
}

/// A submission whose end is to be asked for.
#[derive(Debug, Clone)]
pub struct Unfinished {
    /// The order of arrival.
    pub id: i64,
    /// Its id at SEEK Pass.
    pub seek_pass_id: String,
    /// When it may first have reached SEEK Pass (UTC milliseconds).
    pub sent_at: Option<i64>,
}

/// How a submission ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// The graduate finished, then (UTC milliseconds).
    Verified(i64),
    /// Canceled or lapsed.
    Otherwise(State),
    /// Not yet.
    NotYet,
}

impl Store {
    /// The numbers of waiting submissions due at `now` (UTC milliseconds), in order of arrival, from `after` on.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn due_submissions(&self, after: i64, now: i64, limit: i64) -> Result<Vec<i64>, StoreError> {
        let rows = sqlx::query_file!("sql/queries/submission_due.sql", after, now, limit)
            .fetch_all(&self.readers)
            .await?;
        Ok(rows.into_iter().map(|row| row.id).collect())
    }

    /// When the next submission becomes due after `now` (UTC milliseconds).
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn next_submission_due(&self, now: i64) -> Result<Option<i64>, StoreError> {
        let row =
            sqlx::query_file!("sql/queries/submission_next_due.sql", now).fetch_one(&self.readers).await?;
        Ok(row.due_at)
    }

    /// A waiting submission; `None` when it no longer waits.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read, or holds what no import could have written.
    pub async fn waiting_submission(&self, id: i64) -> Result<Option<Waiting>, StoreError> {
        let row =
            sqlx::query_file!("sql/queries/submission_load.sql", id).fetch_optional(&self.readers).await?;
        let Some(row) = row else { return Ok(None) };
        Ok(Some(Waiting {
            id: row.id,
            seek_pass_id: row.seek_pass_id,
            digest: row.digest,
            attempts: row.attempts,
            sent_at: row.sent_at,
            graduate_id: row.graduate_id,
            course_key: row.course_key,
            asked_at: row.asked_at,
            student_id: StudentId::parse(&row.student_id).map_err(|problem| unreadable(&problem))?,
            name: PersonName::parse(&row.full_name).map_err(|problem| unreadable(&problem))?,
            qualification: qualification(
                row.course_code,
                row.course_name,
                row.conferral_year,
                row.conferral_date.as_deref(),
                row.awaiting_graduation,
                &row.majors,
                row.honours,
            ),
            is_open: row.is_open,
        }))
    }

    /// The latest submission of the qualification that submission `id` is about.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn latest_submission(&self, id: i64) -> Result<Option<Latest>, StoreError> {
        let row =
            sqlx::query_file!("sql/queries/submission_latest.sql", id).fetch_optional(&self.readers).await?;
        Ok(row.and_then(|row| {
            latest(Row {
                id: row.id,
                seek_pass_id: row.seek_pass_id,
                state: &row.state,
                digest: row.digest,
                sent_at: row.sent_at,
                ended_at: row.ended_at,
                link: row.link.as_deref(),
            })
        }))
    }

    /// How many wait before this one.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn submissions_before(&self, id: i64) -> Result<i64, StoreError> {
        Ok(sqlx::query_file!("sql/queries/submission_place.sql", id).fetch_one(&self.readers).await?.before)
    }

    /// When the longest waiting graduate asked (UTC milliseconds).
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn oldest_waiting(&self) -> Result<Option<i64>, StoreError> {
        let row = sqlx::query_file!("sql/queries/submission_oldest.sql").fetch_one(&self.readers).await?;
        Ok(row.asked_at)
    }

    /// A page of submissions whose end is not known, from `after` on.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn unfinished_submissions(
        &self,
        after: i64,
        limit: i64,
    ) -> Result<Vec<Unfinished>, StoreError> {
        let rows = sqlx::query_file!("sql/queries/submission_to_ask.sql", after, limit)
            .fetch_all(&self.readers)
            .await?;
        let unfinished = |id, seek_pass_id, sent_at| Unfinished { id, seek_pass_id, sent_at };
        Ok(rows.into_iter().map(|row| unfinished(row.id, row.seek_pass_id, row.sent_at)).collect())
    }

    /// Submissions by state, of the invitations of one batch or of all.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn submissions_by_state(&self, batch: Option<i64>) -> Result<StateCounts, StoreError> {
        let rows =
            sqlx::query_file!("sql/queries/submission_count.sql", batch).fetch_all(&self.readers).await?;
        Ok(rows.into_iter().map(|row| (row.state, row.submissions)).collect())
    }

    /// Submissions that SEEK Pass rejected and nobody asked for anew: they need a person.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn rejected_submissions(&self) -> Result<i64, StoreError> {
        let row =
            sqlx::query_file!("sql/queries/submission_rejected_count.sql").fetch_one(&self.readers).await?;
        Ok(row.rejected)
    }
}

impl Writer {
    /// Writes down what became of one try.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written.
    pub async fn tried(&self, id: i64, tried: Tried, now: i64) -> Result<(), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                let done = match tried {
                    Tried::Accepted { link, sent_at } => {
                        let link = link.as_str();
                        sqlx::query_file!("sql/queries/submission_accept.sql", id, link, sent_at, now)
                            .execute(connection)
                            .await
                    }
                    Tried::PutOff { due_at, trouble, sent_at } => {
                        sqlx::query_file!("sql/queries/submission_put_off.sql", id, due_at, trouble, sent_at)
                            .execute(connection)
                            .await
                    }
                    Tried::Rejected(trouble) => {
                        sqlx::query_file!("sql/queries/submission_reject.sql", id, now, trouble)
                            .execute(connection)
                            .await
                    }
                };
                done.map(|_| ())
            })
        })
        .await
    }

    /// Ends a submission without another in its place.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written.
    pub async fn end_submission(
        &self,
        id: i64,
        state: State,
        trouble: Option<String>,
        now: i64,
    ) -> Result<(), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                let state = state.word();
                sqlx::query_file!("sql/queries/submission_end.sql", id, state, now, trouble)
                    .execute(connection)
                    .await?;
                Ok(())
            })
        })
        .await
    }

    /// Lets a waiting submission go on under another id.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written.
    pub async fn replace_submission(&self, wish: Wish) -> Result<Wished, StoreError> {
        self.write(move |connection| Box::pin(make(connection, wish))).await
    }

    /// What a dead process may have sent counts as sent from here on.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written.
    pub async fn recover_submissions(&self) -> Result<(), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                sqlx::query_file!("sql/queries/submission_recover.sql").execute(connection).await?;
                Ok(())
            })
        })
        .await
    }

    /// Makes what SEEK Pass rejected wait again, of one batch or of all; returns how many.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written.
    pub async fn retry_submissions(&self, batch: Option<i64>, now: i64) -> Result<u64, StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                let done = sqlx::query_file!("sql/queries/submission_retry.sql", now, batch)
                    .execute(connection)
                    .await?;
                Ok(done.rows_affected())
            })
        })
        .await
    }

    /// Writes down what SEEK Pass says of submissions; an invitation is verified with its last qualification.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written.
    pub async fn record_ends(&self, ends: Vec<(i64, Ended)>, now: i64) -> Result<(), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                for (id, ended) in ends {
                    match ended {
                        Ended::NotYet => {
                            sqlx::query_file!("sql/queries/submission_checked.sql", id, now)
                                .execute(&mut *connection)
                                .await?;
                        }
                        Ended::Otherwise(state) => {
                            let (state, none) = (state.word(), None::<String>);
                            sqlx::query_file!("sql/queries/submission_end.sql", id, state, now, none)
                                .execute(&mut *connection)
                                .await?;
                        }
                        Ended::Verified(at) => {
                            let verified =
                                sqlx::query_file!("sql/queries/submission_verify.sql", id, at, now)
                                    .fetch_optional(&mut *connection)
                                    .await?;
                            let Some(verified) = verified else { continue };
                            sqlx::query_file!(
                                "sql/queries/invitation_verify.sql",
                                verified.graduate_id,
                                verified.course_key
                            )
                            .execute(&mut *connection)
                            .await?;
                        }
                    }
                }
                Ok(())
            })
        })
        .await
    }
}
