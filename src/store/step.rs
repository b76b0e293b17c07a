//! The two steps that every redemption takes in the ledger: the wish, and SEEK Pass's answer to it. Those of all
//! graduates who are at it are taken together, as sets: one call of the ledger and one commit for all of them.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use futures_util::TryStreamExt;
use serde::{Serialize, Serializer};
use sqlx::Row;
use sqlx::sqlite::SqliteConnection;
use tokio::sync::oneshot;

use super::redemption::live;
use super::writer::{Job, Patience, Verdict, roll_back};
use super::{StoreError, Wish, Wished, Writer};
use crate::seek::Link;
use crate::submission::State;

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

/// One statement a file, and all of them at once: every further call would be two more changes of thread.
const STEPS: &str = concat!(
    "BEGIN IMMEDIATE;\n",
    include_str!("../../sql/queries/invitation_open.sql"),
    ";\n",
    include_str!("../../sql/queries/submission_insert.sql"),
    ";\n",
    include_str!("../../sql/queries/submission_accept.sql"),
    ";\n",
    "COMMIT",
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
    let asked: HashSet<_> = answers.iter().map(|(accepted, _)| accepted.id).collect();
    let taken = match steps.json() {
        Ok(json) => commit(connection, &json, &asked).await,
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
#[derive(Default)]
struct Taken {
    /// The submissions that were made, by their ids at SEEK Pass.
    made: HashMap<String, i64>,
    /// Those whose link is the graduate's.
    accepted: Vec<i64>,
}

async fn commit(
    connection: &mut SqliteConnection,
    json: &str,
    answers: &HashSet<i64>,
) -> Result<Taken, sqlx::Error> {
    let mut patience = Patience::default();
    let taken = loop {
        match run(connection, json, answers).await {
            Err(error) if patience.is_left(&error).await => {}
            taken => break taken,
        }
    };
    if taken.is_err() {
        roll_back(connection).await;
    }
    taken
}

async fn run(
    connection: &mut SqliteConnection,
    json: &str,
    answers: &HashSet<i64>,
) -> Result<Taken, sqlx::Error> {
    let mut taken = Taken::default();
    let mut rows = sqlx::query(STEPS).bind(json).fetch(connection);
    while let Some(row) = rows.try_next().await? {
        let (id, word): (i64, &str) = (row.try_get(0)?, row.try_get(1)?);
        if !answers.contains(&id) {
            taken.made.insert(word.to_owned(), id);
        } else if word == State::Incomplete.word() {
            taken.accepted.push(id);
        }
    }
    Ok(taken)
}

fn as_text<S: Serializer>(link: &Link, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(link.as_str())
}

#[cfg(test)]
mod tests {
    /// The statements go to the ledger together, past the check that each of the others passes at build time: here it
    /// is made up for.
    #[test]
    fn each_statement_fits_the_schema() {
        let steps = "{}";
        let _ = sqlx::query_file!("sql/queries/invitation_open.sql", steps);
        let _ = sqlx::query_file!("sql/queries/submission_insert.sql", steps);
        let _ = sqlx::query_file!("sql/queries/submission_accept.sql", steps);
    }
}
