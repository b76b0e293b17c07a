//! `status`: counts by state, for the officer and the help desk.

use anyhow::Result;
use serde_json::{Map, Value, json};

use super::Context;
use crate::app::students::known_batch;
use crate::credential::CredentialType;
use crate::invitation::{InvitationState, MessageState};
use crate::plural::counted;
use crate::report::{Conclusion, Report};
use crate::store::{Batch, ReminderFigures, StateCounts, Store};
use crate::submission::SubmissionState;

/// What a message in this state is.
const fn of_message(state: MessageState) -> &'static str {
    match state {
        MessageState::Waiting => "not mailed yet",
        MessageState::Sending => "being mailed now",
        MessageState::Deferred => "put off by the relay; tried again by later runs",
        MessageState::Sent => "taken by the relay",
        MessageState::InDoubt => "nobody knows whether it arrived; `gradpass retry` sends it again",
        MessageState::Bounced => {
            "taken by the relay, and came back; `gradpass list bounced` says who and why"
        }
        MessageState::Refused => "refused by the relay; mend the address, or `gradpass retry`",
        MessageState::Canceled => "not sent: another takes its place, or the invitation is over",
    }
}

/// What a submission in this state is.
const fn of_submission(state: SubmissionState) -> &'static str {
    match state {
        SubmissionState::Waiting => "in the queue of `gradpass serve`",
        SubmissionState::Incomplete => "SEEK Pass has it; the graduate is still to finish there",
        SubmissionState::Verified => "in SEEK Pass",
        SubmissionState::Canceled => "declined by the graduate, or taken back; the code works again",
        SubmissionState::Lapsed => "not finished within 48 hours; the code works again",
        SubmissionState::Revoked => "was in SEEK Pass and was taken back; the code works again",
        SubmissionState::Unshared => {
            "was in SEEK Pass, and the graduate shares it no more; the code works again"
        }
        SubmissionState::Rejected => {
            "SEEK Pass will not take it; see the log of serve, mend it, `gradpass retry`"
        }
        SubmissionState::Replaced => {
            "went on under another id: the data changed, or 48 hours without an answer"
        }
        SubmissionState::Superseded => "in SEEK Pass, and invited to add it again as it is now",
        SubmissionState::Misdirected => {
            "finished by whoever had a link from before a new address or a revocation; not the graduate's"
        }
    }
}

pub(super) async fn execute(context: &Context, batch: Option<i64>) -> Result<Conclusion> {
    let config = context.config()?;
    let store = Store::open_read_only(&config.database).await?;
    if let Some(batch) = batch {
        known_batch(&store, batch).await?;
    }
    let counts = Counts::of(&store, batch).await?;
    for line in counts.lines() {
        context.console.result(line);
    }
    context.console.json(&counts.json())?;
    Ok(Conclusion::needing_person(!counts.people.changed_after_verified.is_empty()))
}

/// What stands in the ledger.
pub(super) struct Counts {
    /// Messages and submissions are of this import alone.
    batch: Option<i64>,
    graduates: i64,
    verified: i64,
    /// What those have in SEEK Pass.
    what: &'static str,
    messages: StateCounts<MessageState>,
    submissions: StateCounts<SubmissionState>,
    invitations: StateCounts<InvitationState>,
    reminders: ReminderFigures,
    latest: Option<Batch>,
    /// Who is held and who needs a person.
    people: Report,
}

impl Counts {
    /// Of the messages and submissions of one batch, or of all.
    pub(super) async fn of(store: &Store, batch: Option<i64>) -> Result<Self> {
        // a million of each: the store has two connections
        let (messages, (graduates, verified, submissions, invitations, latest, reminders)) =
            tokio::try_join!(store.messages_by_state(batch), async {
                Ok((
                    store.graduates().await?,
                    store.graduates_verified().await?,
                    store.submissions_by_state(batch).await?,
                    store.invitations_by_state().await?,
                    store.latest_batch().await?,
                    store.reminder_figures().await?,
                ))
            })?;
        let what = match store.types_in_use().await?[..] {
            [] | [CredentialType::Education] => "a qualification",
            [CredentialType::English] => "an English test result",
            [CredentialType::Microcredential] => "a course",
            _ => "a credential",
        };
        let mut people = Report::default();
        people.people(store).await?;
        let mut counts = Self {
            batch,
            graduates,
            verified,
            what,
            messages,
            submissions,
            invitations,
            reminders,
            latest,
            people,
        };
        if !store.is_run_at_work().await {
            // nobody is sending, so whoever did has died
            let orphans = counts.messages.remove(&MessageState::Sending).unwrap_or(0);
            *counts.messages.entry(MessageState::InDoubt).or_default() += orphans;
        }
        Ok(counts)
    }

    pub(super) fn lines(&self) -> Vec<String> {
        let first = match self.batch {
            Some(batch) => format!("of import {batch} alone"),
            None => format!(
                "graduates    {:>9}  {} with {} in SEEK Pass",
                self.graduates, self.verified, self.what
            ),
        };
        let mut lines = vec![first, "messages".into()];
        let line = |state: &str, number: i64, meaning: &str| format!("  {state:<11} {number:>8}  {meaning}");
        lines.extend(
            MessageState::ALL
                .map(|state| line(state.words(), count(&self.messages, state), of_message(state))),
        );
        lines.push("submissions to SEEK Pass".into());
        lines.extend(
            SubmissionState::ALL
                .map(|state| line(state.word(), count(&self.submissions, state), of_submission(state))),
        );
        if self.batch.is_some() {
            return lines;
        }
        let invitations =
            InvitationState::ALL.map(|state| format!("{} {}", count(&self.invitations, state), state.word()));
        lines.push(format!("invitations  {}", invitations.join(", ")));
        let ReminderFigures { sent, waiting, opted_out } = self.reminders;
        if sent + waiting + opted_out > 0 {
            lines.push(format!("reminders    {sent} sent, {waiting} waiting, {opted_out} opted out"));
        }
        if let Some(batch) = &self.latest {
            let ended = if batch.is_finished { "" } else { "; it did not end, import the roster again" };
            let Batch { id, rows, rejected, .. } = batch;
            lines.push(format!(
                "last import  number {id}: {}, {rejected} rejected{ended}",
                counted(*rows, "row")
            ));
        }
        lines.extend(self.people.people_lines());
        lines
    }

    pub(super) fn json(&self) -> Value {
        let invitations: Map<_, _> =
            self.invitations.iter().map(|(state, number)| (state.word().into(), json!(number))).collect();
        let messages: Map<_, _> = MessageState::ALL
            .into_iter()
            .map(|state| (state.word().into(), json!(count(&self.messages, state))))
            .collect();
        let submissions: Map<_, _> = SubmissionState::ALL
            .into_iter()
            .map(|state| (state.word().into(), json!(count(&self.submissions, state))))
            .collect();
        json!({
            "graduates": self.graduates,
            "graduates_verified": self.verified,
            "invitations": invitations,
            "mail": messages,
            "submissions": submissions,
            "reminders": {
                "sent": self.reminders.sent,
                "waiting": self.reminders.waiting,
                "opted_out": self.reminders.opted_out,
            },
            "held": self.people.held,
            "bounced": self.people.bounced,
            "needs_a_person": self.people.needs_a_person,
            "changed_after_verified": self.people.changed_after_verified,
            "last_batch": self.latest.as_ref().map(|batch| batch.id),
        })
    }
}

fn count<S: Ord + Copy>(counts: &StateCounts<S>, state: S) -> i64 {
    counts.get(&state).copied().unwrap_or(0)
}
