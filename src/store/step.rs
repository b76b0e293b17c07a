//! The two steps that every redemption takes in the ledger: the wish, and SEEK Pass's answer to it. Those of all
//! graduates who are at it are taken together, as sets: one call of the ledger and one commit for all of them.

use std::collections::HashMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize, Serializer};
use sqlx::sqlite::SqliteConnection;
use tokio::sync::oneshot;

use super::procedure::Procedure;
use super::redemption::live;
use super::writer::{Job, Patience, Verdict};
use super::{StoreError, Wish, Wished, Writer};
use crate::seek::Link;

/// SEEK Pass took a submission.
#[derive(Debug, Clone, Serialize)]
pub struct Accepted {
    /// The submission.
    pub id: i64,
    /// Where the graduate finishes it.
    #[serde(serialize_with = "as_text")]
    pub link: Link,
    /// When the try began (UTC milliseconds).
    pub sent_at: i64,
    /// When it was answered (UTC milliseconds).
    pub at: i64,
}

/// A step, and whoever waits for it.
pub(super) enum Waiting {
    Wish(i64, Wish, oneshot::Sender<Verdict<Wished>>),
    Accepted(Accepted, oneshot::Sender<Verdict<bool>>),
}

impl Writer {
    /// Makes a submission of a wish that takes no other's place; durable when it returns.
    pub(super) async fn wish_anew(&self, invitation_id: i64, wish: Wish) -> Result<Wished, StoreError> {
        let (sender, verdict) = oneshot::channel();
        self.hand(Job::Step(Waiting::Wish(invitation_id, wish, sender))).await?;
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
pub(super) struct Steps<'a> {
    /// Invitations whose code was used, and when.
    pub(super) opened: Vec<(i64, i64)>,
    pub(super) wishes: Vec<&'a Wish>,
    pub(super) answers: Vec<&'a Accepted>,
}

impl Steps<'_> {
    pub(super) fn json(&self) -> Result<String, sqlx::Error> {
        serde_json::to_string(self).map_err(|error| sqlx::Error::Encode(error.into()))
    }
}

/// What a group of steps does to the ledger.
pub(super) const STEPS: Procedure = Procedure {
    name: "steps",
    arguments: &["json"],
    statements: &[
        (include_str!("../../sql/queries/invitation_open.sql"), &["json"]),
        (include_str!("../../sql/queries/submission_insert.sql"), &["json"]),
        (include_str!("../../sql/queries/submission_accept.sql"), &["json"]),
    ],
};

const CALL: &str = concat!(
    "INSERT INTO steps VALUES ($1) RETURNING (\n",
    include_str!("../../sql/queries/steps_taken.sql"),
    ")",
);

/// Takes the steps of a group.
pub(super) async fn take(connection: &mut SqliteConnection, group: Vec<Waiting>) {
    if group.is_empty() {
        return;
    }
    let (mut wishes, mut answers) = (Vec::new(), Vec::new());
    for step in group {
        match step {
            Waiting::Wish(invitation_id, wish, sender) => wishes.push((invitation_id, wish, sender)),
            Waiting::Accepted(accepted, sender) => answers.push((accepted, sender)),
        }
    }
    let steps = Steps {
        opened: wishes.iter().map(|(invitation_id, wish, _)| (*invitation_id, wish.asked_at)).collect(),
        wishes: wishes.iter().map(|(_, wish, _)| wish).collect(),
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
    for (_, wish, sender) in wishes {
        match &taken {
            Ok(taken) => match taken.made.get(&wish.seek_pass_id) {
                Some(&id) => {
                    let _ = sender.send(Ok(Wished::Submission { id, seek_pass_id: wish.seek_pass_id }));
                }
                None => others.push((wish, sender)),
            },
            Err(error) => {
                let _ = sender.send(Err(Arc::clone(error)));
            }
        }
    }
    for (wish, sender) in others {
        let live = live(connection, wish.graduate_id, &wish.course_key).await;
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

async fn commit(connection: &mut SqliteConnection, json: &str) -> Result<Taken, sqlx::Error> {
    let mut patience = Patience::default();
    loop {
        // to its end, which is the commit
        let call = sqlx::query_scalar::<_, String>(CALL).bind(json).fetch_all(&mut *connection);
        match call.await {
            Err(error) if patience.is_left(&error).await => {}
            taken => {
                let taken = taken?.pop().ok_or(sqlx::Error::RowNotFound)?;
                return serde_json::from_str(&taken).map_err(|error| sqlx::Error::Decode(error.into()));
            }
        }
    }
}

fn as_text<S: Serializer>(link: &Link, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(link.as_str())
}

#[cfg(test)]
mod tests {
    /// As those of a turn, the statements go past the check at build time.
    #[test]
    fn each_statement_fits_the_schema() {
        let steps = "{}";
        let _ = sqlx::query_file!("sql/queries/invitation_open.sql", steps);
        let _ = sqlx::query_file!("sql/queries/submission_insert.sql", steps);
        let _ = sqlx::query_file!("sql/queries/submission_accept.sql", steps);
        let _ = sqlx::query_file!("sql/queries/steps_taken.sql", steps);
    }
}
