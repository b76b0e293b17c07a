//! What the ledger knows of submissions.

use jiff::Timestamp;

use crate::credential::Qualification;
use crate::graduate::{PersonName, StudentId};
use crate::store::moment::{MaybeMoment, Moment};
use crate::store::qualification::QualificationRow;
use crate::store::redemption::redeemable::{Row, latest, unreadable};
use crate::store::{StateCounts, Store, StoreError};
use crate::submission::{Latest, SubmissionState};

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
    /// When it may first have reached SEEK Pass.
    pub sent_at: Option<Timestamp>,
    /// Whose.
    pub graduate_id: i64,
    /// Which qualification.
    pub course_key: String,
    /// When the graduate asked.
    pub asked_at: Timestamp,
    /// For the log.
    pub student_id: StudentId,
    /// As the credential says it.
    pub name: PersonName,
    /// What the credential says.
    pub qualification: Qualification,
    /// Whether it was neither withdrawn nor revoked meanwhile.
    pub is_open: bool,
}

/// Where a waiting submission stands in the queue.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// How many asked before.
    pub before: i64,
    /// When it is or was to be tried again, where SEEK Pass did not take it the last time.
    pub put_off_until: Option<Timestamp>,
}

/// A submission whose end is to be asked for.
#[derive(Debug, Clone)]
pub struct Unfinished {
    /// The order of arrival.
    pub id: i64,
    /// Its id at SEEK Pass.
    pub seek_pass_id: String,
    /// When it may first have reached SEEK Pass.
    pub sent_at: Option<Timestamp>,
}

impl Store {
    /// The numbers of waiting submissions due at `now`, in order of arrival.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn due_submissions(&self, now: Timestamp, limit: i64) -> Result<Vec<i64>, StoreError> {
        let rows = ask!(
            self.readers(),
            fetch_all,
            "sql/queries/redemption/submission_due.sql"(Moment(now), limit) as { id: i64 }
        )?;
        Ok(rows.into_iter().map(|row| row.id).collect())
    }

    /// When the next submission becomes due after `now`.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn next_submission_due(&self, now: Timestamp) -> Result<Option<Timestamp>, StoreError> {
        let row = ask!(
            self.readers(),
            fetch_one,
            "sql/queries/redemption/submission_next_due.sql"(Moment(now)) as { due_at: Option<Moment> }
        )?;
        Ok(row.due_at.map(Into::into))
    }

    /// A waiting submission; `None` when it no longer waits.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read, or holds what no import could have written.
    pub async fn waiting_submission(&self, id: i64) -> Result<Option<Waiting>, StoreError> {
        let row = ask!(
            self.readers(),
            fetch_optional,
            "sql/queries/redemption/submission_load.sql"(id) as {
                id: i64, seek_pass_id: String, digest: Vec<u8>, attempts: i64, sent_at: Option<Moment>,
                graduate_id: i64, course_key: String, asked_at: Moment, student_id: String,
                full_name: String, course_code: Option<String>, course_name: String,
                conferral_year: Option<i64>, conferral_date: Option<String>, awaiting_graduation: i64,
                majors: String, honours: Option<String>, credential_type: Option<String>,
                details: Option<String>, is_open: bool,
            }
        )?;
        let Some(row) = row else { return Ok(None) };
        Ok(Some(Waiting {
            id: row.id,
            seek_pass_id: row.seek_pass_id,
            digest: row.digest,
            attempts: row.attempts,
            sent_at: row.sent_at.map(Into::into),
            graduate_id: row.graduate_id,
            course_key: row.course_key,
            asked_at: row.asked_at.into(),
            student_id: StudentId::parse(&row.student_id).map_err(|problem| unreadable(&problem))?,
            name: PersonName::parse(&row.full_name).map_err(|problem| unreadable(&problem))?,
            qualification: QualificationRow {
                course_code: row.course_code,
                course_name: row.course_name,
                conferral_year: row.conferral_year,
                conferral_date: row.conferral_date,
                awaiting_graduation: row.awaiting_graduation,
                majors: row.majors,
                honours: row.honours,
                credential_type: row.credential_type,
                details: row.details,
            }
            .into(),
            is_open: row.is_open,
        }))
    }

    /// The latest submission of the qualification that submission `id` is about.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn latest_submission(&self, id: i64) -> Result<Option<Latest>, StoreError> {
        let row = ask!(
            self.readers(),
            fetch_optional,
            "sql/queries/redemption/submission_latest.sql"(id) as {
                id: i64, seek_pass_id: String, state: SubmissionState, digest: Vec<u8>,
                sent_at: Option<Moment>, ended_at: Option<Moment>, link: Option<String>,
            }
        )?;
        Ok(row.map(|row| {
            latest(Row {
                id: row.id,
                seek_pass_id: row.seek_pass_id,
                state: row.state,
                digest: row.digest,
                sent_at: row.sent_at,
                ended_at: row.ended_at,
                link: row.link.as_deref(),
            })
        }))
    }

    /// Where a submission stands in the queue.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn place_in_queue(&self, id: i64) -> Result<Place, StoreError> {
        Ok(ask!(self.readers(), fetch_one, "sql/queries/redemption/submission_place.sql"(id) as Place)?)
    }

    /// When the longest waiting graduate asked.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn oldest_waiting(&self) -> Result<Option<Timestamp>, StoreError> {
        let row = ask!(
            self.readers(),
            fetch_one,
            "sql/queries/redemption/submission_oldest.sql"() as { asked_at: Option<Moment> }
        )?;
        Ok(row.asked_at.map(Into::into))
    }

    /// A page of submissions whose end SEEK Pass has not told, from `after` on.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn unfinished_submissions(
        &self,
        after: i64,
        limit: i64,
    ) -> Result<Vec<Unfinished>, StoreError> {
        Ok(ask!(
            self.readers(),
            fetch_all,
            "sql/queries/redemption/submission_to_ask.sql"(after, limit) as Unfinished
        )?)
    }

    /// Submissions whose end is not known.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn incomplete_submissions(&self) -> Result<i64, StoreError> {
        let row = ask!(
            self.readers(),
            fetch_one,
            "sql/queries/redemption/submission_incomplete_count.sql"() as { incomplete: i64 }
        )?;
        Ok(row.incomplete)
    }

    /// Submissions by state, of the invitations of one batch or of all.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn submissions_by_state(
        &self,
        batch: Option<i64>,
    ) -> Result<StateCounts<SubmissionState>, StoreError> {
        let rows = ask!(
            self.readers(),
            fetch_all,
            "sql/queries/redemption/submission_count.sql"(batch) as {
                state: SubmissionState, submissions: i64,
            }
        )?;
        Ok(rows.into_iter().map(|row| (row.state, row.submissions)).collect())
    }

    /// Submissions that SEEK Pass rejected and nobody asked for anew: they need a person.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn rejected_submissions(&self) -> Result<i64, StoreError> {
        let row = ask!(
            self.readers(),
            fetch_one,
            "sql/queries/redemption/submission_rejected_count.sql"() as { rejected: i64 }
        )?;
        Ok(row.rejected)
    }
}
