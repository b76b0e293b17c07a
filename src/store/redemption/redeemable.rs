//! What a code opens, and the durable submission that adds a qualification.

use std::fmt;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::fmt::serde::timestamp::millisecond;
use serde::Serialize;

use crate::credential::{Attached, Qualification};
use crate::graduate::{PersonName, Problem, StudentId};
use crate::hexadecimal;
use crate::seek::Link;
use crate::store::batched::step::Steps;
use crate::store::moment::Moment;
use crate::store::qualification::QualificationRow;
use crate::store::{Connection, Store, StoreError, Writer};
use crate::submission::{Latest, SubmissionState};

/// What a valid code opens.
#[derive(Debug, Clone)]
pub struct Redeemable {
    /// The invitation.
    pub invitation_id: i64,
    /// Whether a code of it was used on the page before.
    pub was_opened: bool,
    /// Whose it is.
    pub graduate_id: i64,
    /// For the log, and for the second question.
    pub student_id: StudentId,
    /// As the credential says it.
    pub name: PersonName,
    /// For the second question.
    pub date_of_birth: Option<Date>,
    /// The number in the audit of the act that last unlocked the second question for this graduate.
    pub last_unlock: Option<i64>,
    /// What can be added, never empty.
    pub awards: Vec<Award>,
}

/// A qualification with the latest that became of it.
#[derive(Debug, Clone)]
pub struct Award {
    /// What tells it from the graduate's others.
    pub course_key: String,
    /// What it says.
    pub qualification: Qualification,
    /// Its latest submission.
    pub latest: Option<Latest>,
    /// The latest was verified, and the qualification is to be added again as it is now: whether it was awaited then.
    pub superseded: Option<Superseded>,
}

impl Award {
    /// Whether a form means this one of `all`: by its key, or by its course code where no other has that.
    #[must_use]
    pub fn is_meant_by(&self, key: &str, all: &[Self]) -> bool {
        let has_code = |award: &&Self| {
            award.qualification.course_code.as_deref().is_some_and(|code| code.to_lowercase() == key)
        };
        self.course_key == key || (has_code(&self) && all.iter().filter(has_code).count() == 1)
    }
}

/// What is in SEEK Pass is not as the qualification is now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Superseded {
    /// SEEK Pass was told that graduation was awaited.
    pub was_awaited: bool,
}

/// What a graduate asked to add, not yet in the ledger.
#[derive(Debug, Clone, Serialize)]
pub struct NewSubmission {
    /// Whose.
    pub graduate_id: i64,
    /// Which.
    pub course_key: String,
    /// The id that it is to have at SEEK Pass.
    pub seek_pass_id: String,
    /// Of the credential.
    #[serde(serialize_with = "hexadecimal::serialize")]
    pub digest: Vec<u8>,
    /// What the credential says, for holding later changes against it.
    pub told: Told,
    /// When the graduate asked: its place in the queue.
    #[serde(with = "millisecond::required")]
    pub asked_at: Timestamp,
    /// When it is made: from here on it may reach SEEK Pass.
    #[serde(with = "millisecond::required")]
    pub due_at: Timestamp,
    /// The submission whose place it takes, and the state that this one ends in.
    #[serde(skip)]
    pub instead_of: Option<(i64, SubmissionState)>,
}

/// What SEEK Pass is told of a qualification, as the ledger keeps it.
#[derive(Clone, Serialize)]
pub struct Told {
    full_name: String,
    course_code: Option<String>,
    course_name: String,
    conferral_year: Option<i16>,
    is_awaited: u8,
    majors: String,
    honours: Option<String>,
    details: Option<String>,
}

impl Told {
    /// What is told on `today` (the day in the university's time zone).
    #[must_use]
    pub fn new(name: &PersonName, qualification: &Qualification, today: Date) -> Self {
        Self {
            full_name: qualification.details.full_name().unwrap_or(name.as_str()).to_owned(),
            course_code: qualification.course_code.clone(),
            course_name: qualification.course_name.clone(),
            conferral_year: qualification.conferral.year,
            is_awaited: qualification.conferral.is_awaited(today).into(),
            majors: qualification.majors.join("\n"),
            honours: qualification.honours.clone(),
            details: Attached::stored(&qualification.details, qualification.attached.as_deref()),
        }
    }
}

/// Debug output ends up in logs and panics, so it says nothing.
impl fmt::Debug for Told {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Told(…)")
    }
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Submitted {
    /// There is a submission, durably: this one or the one that was there already.
    Submission {
        /// Its number.
        id: i64,
        /// Its id at SEEK Pass.
        seek_pass_id: String,
    },
    /// It was withdrawn or revoked meanwhile.
    Gone,
}

impl Store {
    /// What a code opens at `now`; `None` for one that is unknown, expired, retired or revoked.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn redeemable(
        &self,
        code_hash: &[u8],
        now: Timestamp,
    ) -> Result<Option<Redeemable>, StoreError> {
        let rows = ask!(
            self.readers(),
            fetch_all,
            "sql/queries/redemption/redeemable.sql"(code_hash, Moment(now)) as {
                invitation_id: i64, opened_at: Option<i64>, last_unlock: Option<i64>, graduate_id: i64,
                student_id: String, full_name: String, date_of_birth: Option<String>, course_key: String,
                course_code: Option<String>, course_name: String, conferral_year: Option<i64>,
                conferral_date: Option<String>, awaiting_graduation: i64, majors: String,
                honours: Option<String>, credential_type: Option<String>, details: Option<String>,
                submission_id: Option<i64>, seek_pass_id: Option<String>,
                submission_state: Option<SubmissionState>, digest: Option<Vec<u8>>, superseded: bool,
                was_awaited: bool, sent_at: Option<Moment>, ended_at: Option<Moment>, link: Option<String>,
            }
        )?;
        let mut redeemable: Option<Redeemable> = None;
        for row in rows {
            let latest = match (row.submission_id, row.seek_pass_id, row.submission_state, row.digest) {
                (Some(id), Some(seek_pass_id), Some(state), Some(digest)) => Some(latest(Row {
                    id,
                    seek_pass_id,
                    state,
                    digest,
                    sent_at: row.sent_at,
                    ended_at: row.ended_at,
                    link: row.link.as_deref(),
                })),
                _ => None,
            };
            let award = Award {
                course_key: row.course_key,
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
                superseded: row.superseded.then_some(Superseded { was_awaited: row.was_awaited }),
                latest,
            };
            if let Some(redeemable) = &mut redeemable {
                redeemable.awards.push(award);
                continue;
            }
            let student_id = StudentId::parse(&row.student_id).map_err(|problem| unreadable(&problem))?;
            redeemable = Some(Redeemable {
                invitation_id: row.invitation_id,
                was_opened: row.opened_at.is_some(),
                graduate_id: row.graduate_id,
                student_id,
                name: PersonName::parse(&row.full_name).map_err(|problem| unreadable(&problem))?,
                date_of_birth: row.date_of_birth.and_then(|date| date.parse().ok()),
                last_unlock: row.last_unlock,
                awards: vec![award],
            });
        }
        Ok(redeemable)
    }
}

impl Writer {
    /// Writes down that a code of this invitation was used on the page.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written.
    pub async fn open_invitation(&self, invitation_id: i64, now: Timestamp) -> Result<(), StoreError> {
        self.write(move |connection| Box::pin(open_invitation(connection, invitation_id, now))).await
    }

    /// Writes down a wrong answer to the second question; until when the page asks no more, if it was the last one.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written.
    pub async fn wrong_answer(
        &self,
        invitation_id: i64,
        now: Timestamp,
        locked_until: Option<Timestamp>,
    ) -> Result<(), StoreError> {
        let (now, locked_until) = (Moment(now), locked_until.map(Moment));
        self.write(move |connection| {
            Box::pin(async move {
                run!(
                    connection,
                    "sql/queries/redemption/wrong_answer_insert.sql"(invitation_id, now, locked_until)
                )?;
                Ok(())
            })
        })
        .await
    }

    /// Writes down a new submission, unless the qualification has a live one already; durable when it returns.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written.
    pub async fn submit(&self, invitation_id: i64, new: NewSubmission) -> Result<Submitted, StoreError> {
        if new.instead_of.is_none() {
            return self.submit_anew(invitation_id, new).await;
        }
        self.write(move |connection| {
            Box::pin(async move {
                open_invitation(connection, invitation_id, new.asked_at).await?;
                make(connection, new).await
            })
        })
        .await
    }
}

async fn open_invitation(connection: &mut Connection, id: i64, now: Timestamp) -> Result<(), sqlx::Error> {
    let steps = Steps { opened: vec![(id, Moment(now))], ..Steps::default() }.json()?;
    run!(connection, "sql/queries/redemption/invitation_open.sql"(steps))?;
    Ok(())
}

/// One by itself, which may take another's place.
pub(in crate::store) async fn make(
    connection: &mut Connection,
    new: NewSubmission,
) -> Result<Submitted, sqlx::Error> {
    if let Some((id, state)) = new.instead_of {
        let (state, none) = (state.word(), None::<String>);
        run!(connection, "sql/queries/redemption/submission_end.sql"(id, state, Moment(new.due_at), none))?;
    }
    let steps = Steps { new_submissions: vec![&new], ..Steps::default() }.json()?;
    run!(connection, "sql/queries/redemption/submission_insert.sql"(steps))?;
    live(connection, new.graduate_id, &new.course_key).await
}

/// The submission that is there, by this one or by an earlier one; none where it came too late.
pub(in crate::store) async fn live(
    connection: &mut Connection,
    graduate_id: i64,
    course_key: &str,
) -> Result<Submitted, sqlx::Error> {
    let live = ask!(
        connection,
        fetch_optional,
        "sql/queries/redemption/submission_live.sql"(graduate_id, course_key) as {
            id: i64, seek_pass_id: String,
        }
    )?;
    Ok(live.map_or(Submitted::Gone, |live| Submitted::Submission {
        id: live.id,
        seek_pass_id: live.seek_pass_id,
    }))
}

/// The columns of a latest submission.
pub(in crate::store) struct Row<'a> {
    pub(in crate::store) id: i64,
    pub(in crate::store) seek_pass_id: String,
    pub(in crate::store) state: SubmissionState,
    pub(in crate::store) digest: Vec<u8>,
    pub(in crate::store) sent_at: Option<Moment>,
    pub(in crate::store) ended_at: Option<Moment>,
    pub(in crate::store) link: Option<&'a str>,
}

pub(in crate::store) fn latest(row: Row<'_>) -> Latest {
    let Row { id, seek_pass_id, state, digest, sent_at, ended_at, link } = row;
    let link = link.and_then(|link| Link::parse(link).ok());
    let (sent_at, ended_at) = (sent_at.map(Into::into), ended_at.map(Into::into));
    Latest { id, seek_pass_id, state, digest, sent_at, ended_at, link }
}

/// A row that no import could have written.
pub(in crate::store) fn unreadable(problem: &Problem) -> StoreError {
    StoreError::Database(sqlx::Error::Decode(problem.0.clone().into()))
}
