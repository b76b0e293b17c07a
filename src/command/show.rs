//! `show`: one graduate's story for the help desk: states and times, never a code.

use anyhow::{Result, bail};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::{Context, help_desk};
use crate::config::Institution;
use crate::graduate::{EmailAddress, StudentId};
use crate::lock::RunLock;
use crate::report::Exit;
use crate::store::{MessageStory, Store, SubmissionStory, Timeline};

pub(super) async fn execute(context: &Context, student_id: &str) -> Result<Exit> {
    let config = context.config()?;
    let Ok(student_id) = StudentId::parse(student_id) else { bail!("that is no student id") };
    let store = Store::open_to_look(&config.database).await?;
    let Some(mut timeline) = store.timeline(&student_id).await? else {
        return Err(help_desk::unknown(&config, &store, &student_id).await?);
    };
    if !RunLock::is_held(&config.database) {
        // nobody is sending, so whoever did has died
        for message in timeline.messages.iter_mut().filter(|message| message.state == "sending") {
            message.state = "in_doubt".into();
        }
    }
    let zone = &config.institution;
    let masked = EmailAddress::parse(&timeline.email).map_or_else(|_| "…".into(), |email| email.masked());
    let console = &context.console;
    console.result(format_args!(
        "student {student_id}, {masked}, {} qualification(s); times in {}",
        timeline.qualifications,
        zone.time_zone.iana_name().unwrap_or("the configured zone")
    ));
    let events = events(&timeline);
    for event in &events {
        console.result(format_args!("{}  {}: {}", time(zone, event.at), event.word, event.detail));
    }
    for line in standing(&timeline, zone) {
        console.result(line);
    }
    let holds: Vec<_> =
        store.holds().await?.into_iter().filter(|hold| hold.student_id == student_id.as_str()).collect();
    for hold in &holds {
        let since = time(zone, hold.since.as_millisecond());
        console.result(format_args!("now: held since {since}, and so not mailed: {}", hold.reason));
    }
    let rejected = store.rejected_rows(student_id.as_str()).await?;
    for row in &rejected {
        console
            .result(format_args!("now: line {} of {} was rejected: {}", row.line, row.roster, row.problem));
    }
    let events: Vec<_> = events
        .iter()
        .map(|event| json!({ "at": time(zone, event.at), "event": event.word, "detail": event.detail }))
        .collect();
    console.json(&json!({
        "student_id": student_id.as_str(),
        "email": masked,
        "qualifications": timeline.qualifications,
        "held": holds.iter().map(|hold| hold.reason.as_str()).collect::<Vec<_>>(),
        "rejected_rows": rejected.iter().map(|row| json!({ "roster": row.roster, "line": row.line, "problem": row.problem })).collect::<Vec<_>>(),
        "timeline": events,
        "invitations": timeline.invitations.iter().map(|it| json!({ "id": it.id, "state": it.state })).collect::<Vec<_>>(),
        "messages": timeline.messages.iter().map(|message| story(message, zone)).collect::<Vec<_>>(),
        "submissions": timeline.submissions.iter().map(submission).collect::<Vec<_>>(),
    }))?;
    Ok(Exit::Done)
}

/// Something that happened.
struct Event {
    at: i64,
    word: &'static str,
    detail: String,
}

/// Everything that happened, the oldest first.
fn events(timeline: &Timeline) -> Vec<Event> {
    let mut events = Vec::new();
    let mut happened = |at: Option<i64>, word, detail: String| {
        if let Some(at) = at {
            events.push(Event { at, word, detail });
        }
    };
    for invitation in &timeline.invitations {
        happened(Some(invitation.created_at), "imported", format!("invitation {}", invitation.id));
        happened(invitation.opened_at, "opened", format!("invitation {}, with its code", invitation.id));
    }
    for message in &timeline.messages {
        for attempt in &message.attempts {
            let outcome = attempt.outcome.as_deref().unwrap_or("no answer yet").replace('_', " ");
            let word = if outcome == "accepted" { "mailed" } else { "mail" };
            let reply = attempt.reply.as_deref().unwrap_or_default();
            let detail = format!(
                "email {} ({}), attempt {}: {outcome}: {reply}",
                message.id, message.kind, attempt.number
            );
            happened(Some(attempt.started_at), word, detail);
        }
    }
    for submission in &timeline.submissions {
        let which = format!("{}, {}", submission.course_name, submission.seek_pass_id);
        happened(Some(submission.asked_at), "redeemed", which.clone());
        happened(submission.accepted_at, "submitted", which.clone());
        let trouble = submission.trouble.as_ref().map(|trouble| format!(": {trouble}")).unwrap_or_default();
        happened(submission.ended_at, word(&submission.state), format!("{which}{trouble}"));
    }
    // a stable order for what happened at the same moment: as it was pushed, which is the order of the day
    events.sort_by_key(|event| event.at);
    events
}

fn word(state: &str) -> &'static str {
    crate::submission::State::of(state).map_or("ended", crate::submission::State::word)
}

/// How things stand now, a line each.
fn standing(timeline: &Timeline, zone: &Institution) -> Vec<String> {
    let mut lines = Vec::new();
    for message in &timeline.messages {
        let next = if message.state == "deferred" {
            format!(", due {}", time(zone, message.due_at))
        } else {
            String::new()
        };
        lines.push(format!("now: email {} is {}{next}", message.id, message.state.replace('_', " ")));
    }
    for submission in &timeline.submissions {
        let trouble = match &submission.trouble {
            Some(trouble) if submission.state == "waiting" => {
                format!(
                    ", tried {} times, next {}: {trouble}",
                    submission.attempts,
                    time(zone, submission.due_at)
                )
            }
            _ => String::new(),
        };
        let unknown = submission
            .unknown_status
            .as_ref()
            .map(|word| format!("; SEEK Pass says \"{word}\" of it, which this program does not know"));
        lines.push(format!(
            "now: submission {} is {}{trouble}{}",
            submission.seek_pass_id,
            submission.state,
            unknown.unwrap_or_default()
        ));
    }
    lines.extend(timeline.invitations.iter().map(|it| format!("now: invitation {} is {}", it.id, it.state)));
    lines
}

fn story(message: &MessageStory, zone: &Institution) -> Value {
    let attempts: Vec<_> = message
        .attempts
        .iter()
        .map(|attempt| {
            json!({
                "number": attempt.number,
                "at": time(zone, attempt.started_at),
                "outcome": attempt.outcome,
                "reply": attempt.reply,
            })
        })
        .collect();
    json!({
        "id": message.id,
        "kind": message.kind,
        "state": message.state,
        "invitation": message.invitation_id,
        "attempts": attempts,
    })
}

fn submission(submission: &SubmissionStory) -> Value {
    json!({
        "id": submission.seek_pass_id,
        "state": submission.state,
        "attempts": submission.attempts,
        "trouble": submission.trouble,
        "unknown_status": submission.unknown_status,
    })
}

/// In the university's time zone.
fn time(zone: &Institution, milliseconds: i64) -> String {
    zone.local_time(Timestamp::from_millisecond(milliseconds).unwrap_or(Timestamp::MIN))
}
