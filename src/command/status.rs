//! `status`: counts by state, for the officer and the help desk.

use anyhow::Result;
use serde_json::{Map, Value, json};

use super::{Context, list};
use crate::config::Config;
use crate::credential::CredentialType;
use crate::lock::RunLock;
use crate::plural::counted;
use crate::report::{Exit, Report};
use crate::store::{Batch, ReminderFigures, StateCounts, Store};

/// In the order of a message's life.
const MESSAGES: [(&str, &str); 8] = [
    ("waiting", "not mailed yet"),
    ("sending", "being mailed now"),
    ("deferred", "put off by the relay; tried again by later runs"),
    ("sent", "taken by the relay"),
    ("in_doubt", "nobody knows whether it arrived; `gradpass retry` sends it again"),
    ("bounced", "taken by the relay, and came back; `gradpass list bounced` says who and why"),
    ("refused", "refused by the relay; mend the address, or `gradpass retry`"),
    ("canceled", "not sent: another takes its place, or the invitation is over"),
];

/// In the order of a submission's life.
const SUBMISSIONS: [(&str, &str); 11] = [
    ("waiting", "in the queue of `gradpass serve`"),
    ("incomplete", "SEEK Pass has it; the graduate is still to finish there"),
    ("verified", "in SEEK Pass"),
    ("canceled", "declined by the graduate, or taken back; the code works again"),
    ("lapsed", "not finished within 48 hours; the code works again"),
    ("revoked", "was in SEEK Pass and was taken back; the code works again"),
    ("unshared", "was in SEEK Pass, and the graduate shares it no more; the code works again"),
    ("rejected", "SEEK Pass will not take it; see the log of serve, mend it, `gradpass retry`"),
    ("replaced", "went on under another id: the data changed, or 48 hours without an answer"),
    ("superseded", "in SEEK Pass, and invited to add it again as it is now"),
    (
        "misdirected",
        "finished by whoever had a link from before a new address or a revocation; not the graduate's",
    ),
];

/// In the order of an invitation's life.
const INVITATIONS: [&str; 4] = ["open", "verified", "revoked", "withdrawn"];

pub(super) async fn execute(context: &Context, batch: Option<i64>) -> Result<Exit> {
    let config = context.config()?;
    let store = Store::open_read_only(&config.database).await?;
    if let Some(batch) = batch {
        list::known_batch(&store, batch).await?;
    }
    let counts = Counts::of(&config, &store, batch).await?;
    for line in counts.lines() {
        context.console.result(line);
    }
    context.console.json(&counts.json())?;
    let is_settled = counts.people.changed_after_verified.is_empty();
    Ok(if is_settled { Exit::Done } else { Exit::NeedsPerson })
}

/// What stands in the ledger.
pub(super) struct Counts {
    /// Messages and submissions are of this import alone.
    batch: Option<i64>,
    graduates: i64,
    verified: i64,
    /// What those have in SEEK Pass.
    what: &'static str,
    messages: StateCounts,
    submissions: StateCounts,
    invitations: StateCounts,
    reminders: ReminderFigures,
    latest: Option<Batch>,
    /// Who is held and who needs a person.
    people: Report,
}

impl Counts {
    /// Of the messages and submissions of one batch, or of all.
    pub(super) async fn of(config: &Config, store: &Store, batch: Option<i64>) -> Result<Self> {
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
        if !RunLock::is_held(&config.database) {
            // nobody is sending, so whoever did has died
            let orphans = counts.messages.remove("sending").unwrap_or(0);
            *counts.messages.entry("in_doubt".into()).or_default() += orphans;
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
        let table = |rows: &[(&str, &str)], counts: &StateCounts| {
            let line = |(state, meaning): &(&str, &str)| {
                format!("  {:<11} {:>8}  {meaning}", state.replace('_', " "), count(counts, state))
            };
            rows.iter().map(line).collect::<Vec<_>>()
        };
        lines.extend(table(&MESSAGES, &self.messages));
        lines.push("submissions to SEEK Pass".into());
        lines.extend(table(&SUBMISSIONS, &self.submissions));
        if self.batch.is_some() {
            return lines;
        }
        let invitations = INVITATIONS.map(|state| format!("{} {state}", count(&self.invitations, state)));
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
        let table = |rows: &[(&str, &str)], counts: &StateCounts| {
            let pair = |(state, _): &(&str, &str)| ((*state).to_owned(), json!(count(counts, state)));
            rows.iter().map(pair).collect::<Map<_, _>>()
        };
        json!({
            "graduates": self.graduates,
            "graduates_verified": self.verified,
            "invitations": self.invitations,
            "mail": table(&MESSAGES, &self.messages),
            "submissions": table(&SUBMISSIONS, &self.submissions),
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

fn count(counts: &StateCounts, state: &str) -> i64 {
    counts.get(state).copied().unwrap_or(0)
}
