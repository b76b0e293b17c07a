//! The two steps that every redemption takes in the ledger: the new submission, and SEEK Pass's answer to it. Those of all
//! graduates who are at it are taken together, as sets: one call of the ledger and one commit for all of them.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::fmt::serde::timestamp::millisecond;
use serde::{Deserialize, Serialize, Serializer};
use sqlx::sqlite::SqliteConnection;
use tokio::sync::oneshot;

use crate::seek::Link;
use crate::store::batched::procedure::Procedure;
use crate::store::moment::Moment;
use crate::store::redemption::redeemable::live;
use crate::store::sqlite::writing::BusyRetry;
use crate::store::writer::{Job, Verdict};
use crate::store::{Connection, Engine, NewSubmission, StoreError, Submitted, Writer};

/// SEEK Pass took a submission.
#[derive(Debug, Clone, Serialize)]
pub struct Accepted {
    /// The submission.
    pub id: i64,
    /// Where the graduate finishes it.
    #[serde(serialize_with = "as_text")]
    pub link: Link,
    /// When the try began.
    #[serde(with = "millisecond::required")]
    pub sent_at: Timestamp,
    /// When it was answered.
    #[serde(with = "millisecond::required")]
    pub at: Timestamp,
}

/// A step, and whoever waits for it.
pub(in crate::store) enum Waiting {
    NewSubmission(i64, Box<NewSubmission>, oneshot::Sender<Verdict<Submitted>>),
    Accepted(Accepted, oneshot::Sender<Verdict<bool>>),
}

impl Writer {
    /// Writes down a new submission that takes no other's place; durable when it returns.
    pub(in crate::store) async fn submit_anew(
        &self,
        invitation_id: i64,
        new: NewSubmission,
    ) -> Result<Submitted, StoreError> {
        let (sender, verdict) = oneshot::channel();
        self.hand(Job::Step(Waiting::NewSubmission(invitation_id, Box::new(new), sender))).await?;
        verdict.await.map_err(|_| Self::gone())?.map_err(StoreError::Writer)
    }

    /// Writes down that SEEK Pass took a submission; durable when it returns. False when the submission was given up
    /// meanwhile: then nobody is to be told its link.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written.
    pub async fn accepted(&self, accepted: Accepted) -> Result<bool, StoreError> {
        let (sender, verdict) = oneshot::channel();
        self.hand(Job::Step(Waiting::Accepted(accepted, sender))).await?;
        verdict.await.map_err(|_| Self::gone())?.map_err(StoreError::Writer)
    }
}

/// What the statements of a group find in their one argument.
#[derive(Debug, Default, Serialize)]
pub(in crate::store) struct Steps<'a> {
    /// Invitations whose code was used, and when.
    pub(in crate::store) opened: Vec<(i64, Moment)>,
    pub(in crate::store) new_submissions: Vec<&'a NewSubmission>,
    pub(in crate::store) answers: Vec<&'a Accepted>,
}

impl Steps<'_> {
    pub(in crate::store) fn json(&self) -> Result<String, sqlx::Error> {
        serde_json::to_string(self).map_err(|error| sqlx::Error::Encode(error.into()))
    }
}

/// What a group of steps does to the ledger.
pub(in crate::store) const STEPS: Procedure = Procedure {
    name: "steps",
    arguments: &["json"],
    statements: &[
        (include_str!("../../../sql/queries/redemption/invitation_open.sql"), &["json"]),
        (include_str!("../../../sql/queries/redemption/submission_insert.sql"), &["json"]),
        (include_str!("../../../sql/queries/batched/submission_accept.sql"), &["json"]),
    ],
};

const CALL: &str = concat!(
    "INSERT INTO steps VALUES ($1) RETURNING (\n",
    include_str!("../../../sql/queries/batched/steps_taken.sql"),
    ")",
);

/// Takes the steps of a group.
pub(in crate::store) async fn take(connection: &mut Connection, group: Vec<Waiting>) {
    if group.is_empty() {
        return;
    }
    let (mut new_submissions, mut answers) = (Vec::new(), Vec::new());
    for step in group {
        match step {
            Waiting::NewSubmission(invitation_id, new, sender) => {
                new_submissions.push((invitation_id, new, sender));
            }
            Waiting::Accepted(accepted, sender) => answers.push((accepted, sender)),
        }
    }
    let steps = Steps {
        opened: new_submissions
            .iter()
            .map(|(invitation_id, new, _)| (*invitation_id, Moment(new.asked_at)))
            .collect(),
        new_submissions: new_submissions.iter().map(|(_, new, _)| &**new).collect(),
        answers: answers.iter().map(|(accepted, ..)| accepted).collect(),
    };
    let taken = match steps.json() {
        Ok(json) => commit(connection, &json).await,
        Err(error) => Err(error),
    };
    let taken = taken.map_err(Arc::new);
    for (accepted, sender) in answers {
        let is_taken = taken.as_ref().map(|taken| taken.accepted.contains(&accepted.id));
        let _ = sender.send(is_taken.map_err(Arc::clone));
    }
    let mut others = Vec::new();
    for (_, new, sender) in new_submissions {
        match &taken {
            Ok(taken) => match taken.made.get(&new.seek_pass_id) {
                Some(&id) => {
                    let _ = sender.send(Ok(Submitted::Submission { id, seek_pass_id: new.seek_pass_id }));
                }
                None => others.push((new, sender)),
            },
            Err(error) => {
                let _ = sender.send(Err(Arc::clone(error)));
            }
        }
    }
    for (new, sender) in others {
        let live = live(connection, new.graduate_id, &new.course_key).await;
        let _ = sender.send(live.map_err(Arc::new));
    }
}

/// What a group came to.
#[derive(Deserialize)]
struct Taken {
    /// The submissions that were made, by their ids at SEEK Pass.
    made: HashMap<String, i64>,
    /// Those whose link is the graduate's.
    accepted: Vec<i64>,
}

async fn commit(connection: &mut Connection, json: &str) -> Result<Taken, sqlx::Error> {
    let taken = match connection {
        Engine::Sqlite(connection) => call(connection, json).await?,
        Engine::Postgres(_) => {
            connection.begin().await?;
            match one_after_the_other(connection, json).await {
                Ok(taken) => taken,
                Err(error) => {
                    connection.roll_back().await;
                    return Err(error);
                }
            }
        }
    };
    serde_json::from_str(&taken).map_err(|error| sqlx::Error::Decode(error.into()))
}

/// To the end of the transaction.
async fn one_after_the_other(connection: &mut Connection, json: &str) -> Result<String, sqlx::Error> {
    run!(connection, "sql/queries/redemption/invitation_open.sql"(json))?;
    run!(connection, "sql/queries/redemption/submission_insert.sql"(json))?;
    run!(connection, "sql/queries/batched/submission_accept.sql"(json))?;
    let taken = ask!(connection, fetch_one, "sql/queries/batched/steps_taken.sql"(json) as _)?;
    connection.commit().await?;
    Ok(taken)
}

async fn call(connection: &mut SqliteConnection, json: &str) -> Result<String, sqlx::Error> {
    let mut patience = BusyRetry::default();
    loop {
        // to its end, which is the commit
        let call = sqlx::query_scalar::<_, String>(CALL).bind(json).fetch_all(&mut *connection);
        match call.await {
            Err(error) if patience.is_left(&error).await => {}
            taken => return taken?.pop().ok_or(sqlx::Error::RowNotFound),
        }
    }
}

fn as_text<S: Serializer>(link: &Link, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(link.as_str())
}
