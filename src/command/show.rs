//! `show`: one graduate's story for the help desk: states and times, never a code.

use anyhow::{Result, bail};
use jiff::Timestamp;
use serde_json::json;

use super::Context;
use crate::graduate::{EmailAddress, StudentId};
use crate::lock::RunLock;
use crate::report::Exit;
use crate::store::Store;

pub(super) async fn execute(context: &Context, student_id: &str) -> Result<Exit> {
    let config = context.config()?;
    let Ok(student_id) = StudentId::parse(student_id) else { bail!("that is no student id") };
    let store = Store::open_to_look(&config.database).await?;
    let Some(timeline) = store.timeline(&student_id).await? else {
        bail!("no roster has held student {student_id}; check the id for a typing mistake");
    };
    let is_running = RunLock::is_held(&config.database);
    let state = |state: &str| match state {
        // nobody is sending, so whoever did has died
        "sending" if !is_running => "in_doubt".to_owned(),
        state => state.to_owned(),
    };
    let time = |milliseconds: i64| {
        let at = Timestamp::from_millisecond(milliseconds).unwrap_or(Timestamp::MIN);
        at.to_zoned(config.institution.time_zone.clone()).strftime("%Y-%m-%d %H:%M:%S").to_string()
    };
    let masked = EmailAddress::parse(&timeline.email).map_or_else(|_| "…".into(), |email| email.masked());
    let console = &context.console;
    console.result(format_args!(
        "student {student_id}, {masked}, {} qualification(s); times in {}",
        timeline.qualifications,
        config.institution.time_zone.iana_name().unwrap_or("the configured zone")
    ));
    for message in &timeline.messages {
        console.result(format_args!(
            "{}  imported: {} {}",
            time(message.invited_at),
            message.kind,
            message.id
        ));
        for attempt in &message.attempts {
            let outcome = attempt.outcome.as_deref().unwrap_or("no answer yet").replace('_', " ");
            let reply = attempt.reply.as_deref().unwrap_or_default();
            console.result(format_args!(
                "{}  attempt {}: {outcome}: {reply}",
                time(attempt.started_at),
                attempt.number
            ));
        }
        let next = if message.state == "deferred" {
            format!(", due {}", time(message.due_at))
        } else {
            String::new()
        };
        let state = state(&message.state).replace('_', " ");
        console.result(format_args!("now {state}{next}; the invitation is {}", message.invitation_state));
    }
    let messages: Vec<_> = timeline
        .messages
        .iter()
        .map(|message| {
            let attempts: Vec<_> = message
                .attempts
                .iter()
                .map(|attempt| {
                    json!({
                        "number": attempt.number,
                        "at": time(attempt.started_at),
                        "outcome": attempt.outcome,
                        "reply": attempt.reply,
                    })
                })
                .collect();
            json!({
                "id": message.id,
                "kind": message.kind,
                "state": state(&message.state),
                "imported": time(message.invited_at),
                "invitation": { "id": message.invitation_id, "state": message.invitation_state },
                "attempts": attempts,
            })
        })
        .collect();
    console.json(&json!({
        "student_id": student_id.as_str(),
        "email": masked,
        "qualifications": timeline.qualifications,
        "messages": messages,
    }))?;
    Ok(Exit::Done)
}
