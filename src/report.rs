//! What a run came to: the figures for people and scripts, and what they mean for the exit code.

mod exit;
mod lines;

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;

use crate::bounce::reading::Counts;
use crate::email::send::{Sent, Stop};
use crate::follow_up::Found;
use crate::import::Imported;
use crate::store::{Hold, HoldSource, Store, StoreError};
pub use exit::{Conclusion, Exit};

/// The figures of a run, in the shape that scripts rely on.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Report {
    /// The roster, in rows.
    pub roster: RosterFigures,
    /// The mail: sent in this run, the rest as it stands in the ledger after it.
    pub mail: MailReport,
    /// Submissions to SEEK Pass whose status was asked for.
    pub follow_up: FollowUpReport,
    /// What mail systems sent back, where the configuration says where that is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bounces: Option<Counts>,
    /// Student ids of graduates who are held, and so not mailed.
    pub held: Vec<String>,
    /// Headers of the rosters that are not read, each with what it may be meant for.
    pub columns_not_read: Vec<String>,
    /// Each word of the honours columns and how it is sent.
    pub honours: Vec<HonoursWord>,
    /// Student ids of graduates whom the latest message did not reach, though the relay had taken it.
    pub bounced: Vec<String>,
    /// Student ids of graduates for whom a person has to do something.
    pub needs_a_person: Vec<String>,
    /// Student ids of graduates of whom something changed after SEEK Pass was told, and nobody has settled it.
    pub changed_after_verified: Vec<String>,
    /// Student ids of graduates who are invited again, since what they added is conferred now.
    pub conferred: Vec<String>,
    /// How many graduates became due to be reminded.
    pub reminders: i64,
    /// What changed of these, a sentence each.
    #[serde(skip)]
    pub late_changes: Vec<String>,
    /// Rejected rows that do not tell whose they are.
    #[serde(skip)]
    pub rows_without_id: i64,
    /// Rows that say the same as another, or add a major to it.
    #[serde(skip)]
    pub repeated: i64,
}

/// A word of an honours column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HonoursWord {
    /// As the roster has it.
    pub word: String,
    /// What SEEK Pass is told.
    pub with_honours: bool,
    /// How many rows have it.
    pub rows: u64,
}

/// What became of the roster's rows.
#[derive(Debug, Clone, Default, Serialize)]
#[expect(missing_docs, reason = "the words of the design")]
pub struct RosterFigures {
    pub rows: i64,
    pub new: i64,
    pub unchanged: i64,
    pub changed: i64,
    pub withdrawn: i64,
    pub rejected: i64,
}

/// What became of the mail.
#[derive(Debug, Clone, Default, Serialize)]
#[expect(missing_docs, reason = "the words of the design")]
pub struct MailReport {
    pub sent: i64,
    /// Of these, reminders.
    pub reminders: i64,
    pub waiting: i64,
    pub deferred: i64,
    pub refused: i64,
    pub in_doubt: i64,
    /// Whom the latest message did not reach, though the relay had taken it.
    pub bounced: i64,
    /// Of these, who is tried again by itself.
    #[serde(skip)]
    pub bounced_for_a_while: i64,
    /// Why the sending stopped early, if it did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stopped: Option<String>,
    /// When everybody would have been mailed, as it looked before the sending, where budgets make it a question of time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mailed_by: Option<String>,
    /// What the relay said alike to several, with how many they are.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub replies: Vec<String>,
}

/// What the follow-up found: of the submissions that were unfinished, how they stand now.
#[derive(Debug, Clone, Default, Serialize)]
#[expect(missing_docs, reason = "the words of the design")]
pub struct FollowUpReport {
    pub verified: i64,
    pub canceled: i64,
    pub lapsed: i64,
    pub incomplete: i64,
    /// Were in SEEK Pass, and are there no more.
    #[serde(skip_serializing_if = "is_zero")]
    pub revoked: i64,
    #[serde(skip_serializing_if = "is_zero")]
    pub unshared: i64,
    /// How many submissions SEEK Pass says each word of that nobody knows; they stay as they are.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub unknown: BTreeMap<String, i64>,
    /// Submissions that SEEK Pass will not take, as they stand in the ledger.
    #[serde(skip_serializing_if = "is_zero")]
    pub rejected: i64,
    /// Types of credentials that wait until SEEK Pass grants their scope: a sentence each.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub withheld: Vec<String>,
    /// Why the asking stopped early, if it did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stopped: Option<String>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
const fn is_zero(count: &i64) -> bool {
    *count == 0
}

impl FollowUpReport {
    /// What was found, with what stands rejected in the ledger.
    #[must_use]
    pub fn new(found: Found, rejected: i64) -> Self {
        let Found { verified, canceled, lapsed, revoked, unshared, incomplete, unknown, withheld, stopped } =
            found;
        let unknown = unknown.into_iter().map(|(word, count)| (word.to_string(), count)).collect();
        Self {
            verified,
            canceled,
            lapsed,
            incomplete,
            revoked,
            unshared,
            unknown,
            rejected,
            withheld,
            stopped,
        }
    }
}

impl From<&Imported> for RosterFigures {
    fn from(imported: &Imported) -> Self {
        let merged = imported.merged;
        Self {
            rows: imported.rows,
            new: merged.new,
            unchanged: merged.unchanged,
            changed: merged.changed,
            withdrawn: merged.withdrawn,
            rejected: imported.rejected,
        }
    }
}

impl From<&Sent> for MailReport {
    fn from(sent: &Sent) -> Self {
        let stopped = sent.stopped.as_ref().map(|stop| match stop {
            Stop::Failure(words) => words.clone(),
            Stop::Budget => "the day's budget is used up (mail.per_day)".into(),
            Stop::Until => "no message is begun any more at this time (--until)".into(),
            Stop::Asked => "it was asked to stop".into(),
        });
        Self {
            sent: sent.sent,
            reminders: sent.reminders,
            waiting: sent.left.waiting,
            deferred: sent.left.deferred,
            refused: sent.left.refused,
            in_doubt: sent.left.in_doubt,
            bounced: sent.left.bounced,
            bounced_for_a_while: sent.left.bounced_for_a_while,
            stopped,
            mailed_by: None,
            replies: sent.replies.clone(),
        }
    }
}

impl Report {
    /// What an import came to.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn of_import(imported: &Imported, store: &Store) -> Result<Self, StoreError> {
        let word = |(word, with_honours, rows): &(String, bool, u64)| HonoursWord {
            word: word.clone(),
            with_honours: *with_honours,
            rows: *rows,
        };
        let mut report = Self {
            roster: imported.into(),
            columns_not_read: imported.columns_not_read.clone(),
            honours: imported.observations.honours.iter().map(word).collect(),
            repeated: imported.repeated,
            ..Self::default()
        };
        report.people(store).await?;
        Ok(report)
    }

    /// Who is held, and for whom a person has to do something, as it stands in the ledger now.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn people(&mut self, store: &Store) -> Result<(), StoreError> {
        let holds = store.holds().await?;
        // the hold file may name thousands of former students
        let is_told = |hold: &Hold| hold.is_listed || hold.source != HoldSource::File;
        self.held = holds.into_iter().filter(is_told).map(|hold| hold.student_id).collect();
        self.held.dedup();
        self.bounced = store.unreached().await?.into_iter().map(|one| one.student_id).collect();
        self.bounced.dedup();
        self.needs_a_person = store.needs_person().await?;
        self.rows_without_id = store.rejected_without_id().await?;
        let changes = store.late_changes().await?;
        self.late_changes = changes
            .iter()
            .map(|change| format!("student {}: {}; {}", change.student_id, change.words(), change.advice()))
            .collect();
        self.changed_after_verified = changes.into_iter().map(|change| change.student_id).collect();
        self.changed_after_verified.dedup();
        Ok(())
    }

    /// What stands bounced in the ledger, after notifications were read.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn count_bounced(&mut self, store: &Store, now: Timestamp) -> Result<(), StoreError> {
        let figures = store.mail_figures(None, now).await?;
        self.mail.bounced = figures.bounced;
        self.mail.bounced_for_a_while = figures.bounced_for_a_while;
        Ok(())
    }

    /// Whether the roster, or what became of its graduates, needs a person.
    #[must_use]
    pub const fn needs_person(&self) -> bool {
        self.roster.rejected > 0 || self.rows_without_id > 0 || !self.needs_a_person.is_empty()
    }

    /// What it comes to for the exit code.
    #[must_use]
    pub const fn conclusion(&self) -> Conclusion {
        let (mail, follow_up) = (&self.mail, &self.follow_up);
        let bounced_for_good = mail.bounced - mail.bounced_for_a_while;
        Conclusion {
            could_not_run: false,
            needs_person: self.needs_person()
                || mail.refused > 0
                || mail.in_doubt > 0
                || bounced_for_good > 0
                || follow_up.rejected > 0,
            is_left_over: mail.waiting > 0
                || mail.deferred > 0
                || mail.bounced_for_a_while > 0
                || mail.stopped.is_some()
                || follow_up.stopped.is_some()
                || !follow_up.withheld.is_empty()
                || matches!(&self.bounces, Some(bounces) if bounces.stopped.is_some()),
        }
    }
}
