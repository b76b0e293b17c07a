//! The moves of a submission. Each names the state that it expects.

use jiff::Timestamp;

use crate::seek::UnknownStatus;
use crate::store::moment::Moment;
use crate::store::redemption::redeemable::{NewSubmission, Submitted, make};
use crate::store::{Connection, StoreError, Writer};
use crate::submission::SubmissionState;

/// What became of a try that SEEK Pass did not take.
#[derive(Debug, Clone)]
pub enum Tried {
    /// Again later.
    PutOff {
        /// When.
        due_at: Timestamp,
        /// Why, in words for the operator.
        trouble: String,
        /// When the try began, if it may have reached SEEK Pass.
        sent_at: Option<Timestamp>,
    },
    /// SEEK Pass will not take it; the words are for the operator.
    Rejected(String),
}

/// How a submission ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ended {
    /// The graduate finished, then.
    Verified(Timestamp),
    /// Canceled or lapsed.
    Otherwise(SubmissionState),
    /// It was in SEEK Pass, and since then is there no more: revoked or unshared.
    Gone(SubmissionState, Timestamp),
    /// Not yet.
    NotYet,
    /// Nobody knows what SEEK Pass says of it.
    Unknown(UnknownStatus),
}

impl Writer {
    /// Writes down what became of such a try, unless the submission was given up meanwhile.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written.
    pub async fn tried(&self, id: i64, tried: Tried, now: Timestamp) -> Result<(), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                match tried {
                    Tried::PutOff { due_at, trouble, sent_at } => {
                        let (due_at, sent_at) = (Moment(due_at), sent_at.map(Moment));
                        run!(
                            connection,
                            "sql/queries/redemption/submission_put_off.sql"(id, due_at, trouble, sent_at)
                        )?
                    }
                    Tried::Rejected(trouble) => run!(
                        connection,
                        "sql/queries/redemption/submission_reject.sql"(id, Moment(now), trouble)
                    )?,
                };
                Ok(())
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
        state: SubmissionState,
        trouble: Option<String>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                let state = state.word();
                run!(
                    connection,
                    "sql/queries/redemption/submission_end.sql"(id, state, Moment(now), trouble)
                )?;
                Ok(())
            })
        })
        .await
    }

    /// Lets a waiting submission go on under another id.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written.
    pub async fn replace_submission(&self, new: NewSubmission) -> Result<Submitted, StoreError> {
        self.write(move |connection| Box::pin(make(connection, new))).await
    }

    /// What a dead process may have sent counts as sent from here on.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written.
    pub async fn recover_submissions(&self) -> Result<(), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                run!(connection, "sql/queries/redemption/submission_recover.sql"())?;
                Ok(())
            })
        })
        .await
    }

    /// Writes down what SEEK Pass says of submissions; an invitation is verified with its last qualification. Returns
    /// how many of the submissions are verified now.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written.
    pub async fn record_ends(&self, ends: Vec<(i64, Ended)>, now: Timestamp) -> Result<i64, StoreError> {
        let now = Moment(now);
        self.write(move |connection| {
            Box::pin(async move {
                let mut verified = 0;
                for (id, ended) in ends {
                    match ended {
                        Ended::NotYet => record_unknown(connection, id, None).await?,
                        Ended::Unknown(word) => record_unknown(connection, id, Some(word)).await?,
                        Ended::Gone(state, at) => record_gone(connection, id, state, Moment(at), now).await?,
                        Ended::Otherwise(state) => {
                            let state = state.word();
                            run!(connection, "sql/queries/redemption/submission_told.sql"(id, state, now))?;
                        }
                        Ended::Verified(at) => {
                            verified += record_verified(connection, id, Moment(at), now).await?;
                        }
                    }
                }
                Ok(verified)
            })
        })
        .await
    }
}

async fn record_unknown(
    connection: &mut Connection,
    id: i64,
    word: Option<UnknownStatus>,
) -> Result<(), sqlx::Error> {
    let word = word.as_ref().map(UnknownStatus::as_str);
    run!(connection, "sql/queries/redemption/submission_unknown.sql"(id, word))?;
    Ok(())
}

async fn record_gone(
    connection: &mut Connection,
    id: i64,
    state: SubmissionState,
    at: Moment,
    now: Moment,
) -> Result<(), sqlx::Error> {
    let state = state.word();
    let gone = ask!(
        connection,
        fetch_optional,
        "sql/queries/redemption/submission_gone.sql"(id, state, at, now) as {
            graduate_id: i64, course_key: String,
        }
    )?;
    if let Some(gone) = gone {
        run!(connection, "sql/queries/people/invitation_unverify.sql"(gone.graduate_id, gone.course_key))?;
    }
    Ok(())
}

async fn record_verified(
    connection: &mut Connection,
    id: i64,
    at: Moment,
    now: Moment,
) -> Result<i64, sqlx::Error> {
    let misdirected = run!(connection, "sql/queries/redemption/submission_misdirect.sql"(id, at, now))?;
    if misdirected > 0 {
        return Ok(0);
    }
    run!(connection, "sql/queries/redemption/submission_spare.sql"(id, now))?;
    let verified = ask!(
        connection,
        fetch_optional,
        "sql/queries/redemption/submission_verify.sql"(id, at, now) as {
            graduate_id: i64, course_key: String,
        }
    )?;
    let Some(verified) = verified else {
        // another one was verified before: this end is told as well, and needs no more asking
        let state = SubmissionState::Canceled.word();
        run!(connection, "sql/queries/redemption/submission_told.sql"(id, state, now))?;
        return Ok(0);
    };
    run!(connection, "sql/queries/people/invitation_verify.sql"(verified.graduate_id, verified.course_key))?;
    run!(connection, "sql/queries/people/verified_messages.sql"(verified.graduate_id, verified.course_key))?;
    Ok(1)
}
