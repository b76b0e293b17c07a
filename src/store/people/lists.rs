//! Who stands how, by student id: for the officer who wants to know not only how many.

use std::collections::HashSet;

use jiff::{SignedDuration, Timestamp};

use crate::clock::after;
use crate::invitation::{InvitationState, MessageState};
use crate::store::moment::Moment;
use crate::store::{HoldSource, Store, StoreError, Unreached};
use crate::submission::SubmissionState;

/// What a graduate can be listed for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Standing {
    /// Not mailed until somebody releases them
    Held,
    /// A row of the roster could not be taken, or SEEK Pass will not take a submission
    Rejected,
    /// The relay refused the message
    Refused,
    /// The relay took the message, and it came back
    Bounced,
    /// Called the message unwanted
    Complained,
    /// Nobody knows whether the message arrived
    InDoubt,
    /// Not mailed yet
    Waiting,
    /// Put off by the relay
    Deferred,
    /// Mailed
    Sent,
    /// Mailed, and not asked for on the page
    NotRedeemed,
    /// Used the code, and asked for nothing yet
    Opened,
    /// On the way to SEEK Pass, or to be finished there
    Submitted,
    /// Not finished within 48 hours
    Lapsed,
    /// Declined by the graduate, or taken back
    Canceled,
    /// Was in SEEK Pass, and the graduate shares it no more
    Unshared,
    /// In SEEK Pass, and invited to add it again as it is now
    Superseded,
    /// Went on under another id
    Replaced,
    /// Finished by whoever had a link from before a new address or a revocation
    Misdirected,
    /// With a qualification in SEEK Pass
    Verified,
    /// Not as SEEK Pass was told, and nobody has settled it
    ChangedAfterVerified,
    /// The code stops working within 14 days
    Expiring,
    /// The code works no more
    Expired,
    /// Taken back: the invitation by `revoke`, or in SEEK Pass
    Revoked,
    /// No longer in the roster
    Withdrawn,
    /// Asked for no more reminders
    OptedOut,
    /// A person has to do something
    NeedsAPerson,
}

/// Somebody in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Empty where a row does not tell.
    pub student_id: String,
    /// For what.
    pub standing: Standing,
    /// Since when; of a code: until when.
    pub since: Timestamp,
    /// In words, if there is one; never a name or an address.
    pub reason: String,
    /// Of what has bounced.
    pub bounce: Option<ListedBounce>,
}

/// How a message bounced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedBounce {
    /// The word of the kind.
    pub kind: String,
    /// The enhanced status code; empty where there is none.
    pub code: String,
    /// When it is tried again by itself.
    pub again_at: Option<Timestamp>,
}

/// An expiring code has less than this left: 14 days.
const EXPIRING: SignedDuration = SignedDuration::from_hours(14 * 24);

impl Store {
    /// Who stands so, by student id, of everybody or of those of whom one import brought something; `is_sending`: a run is
    /// at work, so that what is being sent is not in doubt yet.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn listed(
        &self,
        standing: Standing,
        batch: Option<i64>,
        is_sending: bool,
        now: Timestamp,
    ) -> Result<Vec<Listed>, StoreError> {
        let mut listed = match standing {
            Standing::Held => self.listed_holds(|_| true).await?,
            // the rows that could not be taken are added below
            Standing::Rejected => self.listed_submissions_rejected().await?,
            Standing::Refused => self.listed_messages(MessageState::Refused).await?,
            Standing::Bounced => self.unreached().await?.into_iter().map(bounced).collect(),
            Standing::Complained => with_reason(ask!(
                self.readers(),
                fetch_all,
                "sql/queries/people/list_bounces.sql"("complained") as Reasoned
            )?),
            Standing::InDoubt => {
                let mut listed = self.listed_messages(MessageState::InDoubt).await?;
                if !is_sending {
                    listed.extend(self.listed_messages(MessageState::Sending).await?);
                }
                one_line_each(listed)
            }
            Standing::Waiting => self.listed_messages(MessageState::Waiting).await?,
            Standing::Deferred => self.listed_messages(MessageState::Deferred).await?,
            Standing::Sent => self.listed_messages(MessageState::Sent).await?,
            Standing::NotRedeemed => {
                since(ask!(self.readers(), fetch_all, "sql/queries/people/list_not_redeemed.sql"() as Plain)?)
            }
            Standing::Opened => {
                since(ask!(self.readers(), fetch_all, "sql/queries/people/list_opened.sql"() as Plain)?)
            }
            Standing::Submitted => {
                let mut listed = self.listed_submissions(SubmissionState::Waiting).await?;
                listed.extend(self.listed_submissions(SubmissionState::Incomplete).await?);
                one_line_each(listed)
            }
            Standing::Lapsed => self.listed_submissions(SubmissionState::Lapsed).await?,
            Standing::Canceled => self.listed_submissions(SubmissionState::Canceled).await?,
            Standing::Unshared => self.listed_submissions(SubmissionState::Unshared).await?,
            Standing::Superseded => self.listed_submissions(SubmissionState::Superseded).await?,
            Standing::Replaced => self.listed_submissions(SubmissionState::Replaced).await?,
            Standing::Misdirected => self.listed_submissions(SubmissionState::Misdirected).await?,
            Standing::Verified => with_reason(ask!(
                self.readers(),
                fetch_all,
                "sql/queries/people/list_verified.sql"() as Reasoned
            )?),
            Standing::ChangedAfterVerified => self.listed_changes().await?,
            Standing::Expiring => self.listed_codes(now, after(now, EXPIRING)).await?,
            Standing::Expired => self.listed_codes(Timestamp::MIN, now).await?,
            Standing::Revoked => self.listed_revoked().await?,
            Standing::Withdrawn => {
                since(ask!(self.readers(), fetch_all, "sql/queries/people/list_withdrawn.sql"() as Plain)?)
            }
            Standing::OptedOut => {
                since(ask!(self.readers(), fetch_all, "sql/queries/people/list_opted_out.sql"() as Plain)?)
            }
            Standing::NeedsAPerson => self.listed_for_a_person().await?,
        };
        if let Some(batch) = batch {
            let students = self.students_of_batch(batch, standing).await?;
            listed.retain(|one| students.contains(&one.student_id));
        }
        if matches!(standing, Standing::Rejected | Standing::NeedsAPerson) {
            // first, since a reason of a row comes first
            listed.splice(0..0, self.listed_rejected(batch).await?);
            listed = one_line_each(listed);
        }
        for one in &mut listed {
            one.standing = standing;
        }
        Ok(listed)
    }

    async fn listed_revoked(&self) -> Result<Vec<Listed>, StoreError> {
        let because = |reason: &'static str| move |one| Listed { reason: reason.to_owned(), ..one };
        let invitations = self.listed_invitations(InvitationState::Revoked).await?;
        let submissions = self.listed_submissions(SubmissionState::Revoked).await?;
        let invitations = invitations.into_iter().map(because("the invitation, by `gradpass revoke`"));
        let submissions = submissions.into_iter().map(because("in SEEK Pass"));
        Ok(one_line_each(invitations.chain(submissions).collect()))
    }

    /// Of whom a batch changed or withdrew something.
    async fn changed_by_batch(&self, batch: i64) -> Result<Vec<String>, StoreError> {
        let rows = ask!(
            self.readers(),
            fetch_all,
            "sql/queries/people/list_batch_changed.sql"(batch) as { student_id: String }
        )?;
        Ok(rows.into_iter().map(|row| row.student_id).collect())
    }

    /// To whom a batch brought a message, as messages and submissions are counted by `status`; in lists of what rosters say
    /// of people also of whom it changed something.
    async fn students_of_batch(&self, batch: i64, standing: Standing) -> Result<HashSet<String>, StoreError> {
        let rows = ask!(
            self.readers(),
            fetch_all,
            "sql/queries/people/list_batch.sql"(batch) as { student_id: String }
        )?;
        let mut students: HashSet<_> = rows.into_iter().map(|row| row.student_id).collect();
        if matches!(
            standing,
            Standing::Held | Standing::Withdrawn | Standing::ChangedAfterVerified | Standing::NeedsAPerson
        ) {
            students.extend(self.changed_by_batch(batch).await?);
        }
        Ok(students)
    }

    async fn listed_holds(&self, wanted: impl Fn(HoldSource) -> bool) -> Result<Vec<Listed>, StoreError> {
        let holds = self.holds().await?.into_iter().filter(|hold| wanted(hold.source));
        let listed = holds.map(|hold| Listed { reason: hold.reason, ..plain(hold.student_id, hold.since) });
        Ok(one_line_each(listed.collect()))
    }

    async fn listed_rejected(&self, batch: Option<i64>) -> Result<Vec<Listed>, StoreError> {
        let rows = ask!(
            self.readers(),
            fetch_all,
            "sql/queries/people/list_rejected.sql"(batch) as {
                student_id: String, since: Moment, roster: String, line: i64, problem: String,
            }
        )?;
        let (mut listed, mut last): (Vec<Listed>, _) = (Vec::new(), None);
        for row in rows {
            // the mistakes of one row follow each other
            let place = Some((row.line, row.roster.clone()));
            match listed.last_mut().filter(|_| last == place) {
                Some(before) => before.reason = format!("{}; {}", before.reason, row.problem),
                None => listed.push(Listed {
                    reason: format!("line {} of {}: {}", row.line, row.roster, row.problem),
                    ..plain(row.student_id, row.since)
                }),
            }
            last = place;
        }
        Ok(one_line_each(listed))
    }

    async fn listed_messages(&self, state: MessageState) -> Result<Vec<Listed>, StoreError> {
        let rows = ask!(
            self.readers(),
            fetch_all,
            "sql/queries/people/list_messages.sql"(state) as {
                student_id: String, since: Moment, reason: String,
            }
        )?;
        Ok(rows
            .into_iter()
            .map(|row| Listed { reason: row.reason, ..plain(row.student_id, row.since) })
            .collect())
    }

    async fn listed_submissions(&self, state: SubmissionState) -> Result<Vec<Listed>, StoreError> {
        let rows = ask!(
            self.readers(),
            fetch_all,
            "sql/queries/people/list_submissions.sql"(state) as {
                student_id: String, since: Moment, reason: String,
            }
        )?;
        Ok(rows
            .into_iter()
            .map(|row| Listed { reason: row.reason, ..plain(row.student_id, row.since) })
            .collect())
    }

    async fn listed_submissions_rejected(&self) -> Result<Vec<Listed>, StoreError> {
        let submissions = self.listed_submissions(SubmissionState::Rejected).await?;
        let says = |one: Listed| Listed { reason: format!("SEEK Pass rejects it: {}", one.reason), ..one };
        Ok(submissions.into_iter().map(says).collect())
    }

    async fn listed_invitations(&self, state: InvitationState) -> Result<Vec<Listed>, StoreError> {
        let rows = ask!(
            self.readers(),
            fetch_all,
            "sql/queries/people/list_invitations.sql"(state) as { student_id: String, since: Moment }
        )?;
        Ok(rows.into_iter().map(|row| plain(row.student_id, row.since)).collect())
    }

    async fn listed_changes(&self) -> Result<Vec<Listed>, StoreError> {
        let changes = self.late_changes().await?;
        let listed = changes
            .into_iter()
            .map(|change| Listed { reason: change.words(), ..plain(change.student_id, change.since) });
        Ok(one_line_each(listed.collect()))
    }

    async fn listed_codes(&self, after: Timestamp, until: Timestamp) -> Result<Vec<Listed>, StoreError> {
        let rows = ask!(
            self.readers(),
            fetch_all,
            "sql/queries/people/list_codes.sql"(Moment(after), Moment(until)) as {
                student_id: String, since: Moment,
            }
        )?;
        Ok(rows.into_iter().map(|row| plain(row.student_id, row.since)).collect())
    }

    /// Everybody of [`Store::needs_person`] but for the rows that could not be taken, with what is to be done.
    async fn listed_for_a_person(&self) -> Result<Vec<Listed>, StoreError> {
        let mut found = self.listed_holds(HoldSource::needs_person).await?;
        for (state, before) in [
            (MessageState::Refused, "the relay refused the message: "),
            (MessageState::InDoubt, "in doubt: "),
            (MessageState::Sending, "in doubt: "),
        ] {
            let messages = self.listed_messages(state).await?;
            found.extend(
                messages.into_iter().map(|one| Listed { reason: format!("{before}{}", one.reason), ..one }),
            );
        }
        let unreached = self.unreached().await?.into_iter().filter(|one| one.again_at.is_none());
        found.extend(unreached.map(|one| Listed {
            reason: format!("bounced: {}", one.words()),
            ..plain(one.student_id, one.since)
        }));
        found.extend(self.listed_submissions_rejected().await?);
        found.extend(self.listed_changes().await?);
        Ok(one_line_each(found))
    }
}

/// Several reasons of one graduate in one line; rows that do not tell whose they are stay apart.
fn one_line_each(mut found: Vec<Listed>) -> Vec<Listed> {
    found.sort_by(|one, other| one.student_id.cmp(&other.student_id));
    let mut listed: Vec<Listed> = Vec::new();
    for one in found {
        match listed.last_mut().filter(|last| !one.student_id.is_empty() && last.student_id == one.student_id)
        {
            Some(last) => {
                last.since = last.since.min(one.since);
                last.reason = format!("{}; {}", last.reason, one.reason);
            }
            None => listed.push(one),
        }
    }
    listed
}

fn bounced(one: Unreached) -> Listed {
    let reason = one.words();
    let bounce = ListedBounce { kind: one.kind, code: one.code, again_at: one.again_at };
    Listed { reason, bounce: Some(bounce), ..plain(one.student_id, one.since) }
}

/// Without a reason; the caller says for what.
/// Of whom nothing more is told.
struct Plain {
    student_id: String,
    since: Timestamp,
}

fn since(rows: Vec<Plain>) -> Vec<Listed> {
    rows.into_iter().map(|row| plain(row.student_id, row.since)).collect()
}

/// The same with the reason.
struct Reasoned {
    student_id: String,
    since: Timestamp,
    reason: String,
}

fn with_reason(rows: Vec<Reasoned>) -> Vec<Listed> {
    rows.into_iter().map(|row| Listed { reason: row.reason, ..plain(row.student_id, row.since) }).collect()
}

fn plain(student_id: String, since: impl Into<Timestamp>) -> Listed {
    let since = since.into();
    Listed { student_id, standing: Standing::NeedsAPerson, since, reason: String::new(), bounce: None }
}
