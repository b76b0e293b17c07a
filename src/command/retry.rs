//! `retry`: what was refused, rejected or came into doubt is tried again, of everybody or of some students.

use anyhow::{Result, bail};
use serde_json::json;

use super::holds::HoldFile;
use super::run::Prepared;
use super::{Context, hand, help_desk, list, open_ledger, plan};
use crate::email::send::Whom;
use crate::import::Brakes;
use crate::plural::{counted, named};
use crate::report::{Conclusion, Report};
use crate::store::{MailFigures, Retried, Standing, Store};

/// Of everybody, or of what one import brought.
pub(super) async fn everybody(
    context: &Context,
    batch: Option<i64>,
    why: Option<&str>,
) -> Result<Conclusion> {
    let why = why.map(hand::reason).transpose()?;
    let prepared = Prepared::new(context)?;
    let hold_file = HoldFile::of(&prepared.config)?;
    let (_lock, store) = open_ledger(context, &prepared.config, "retry").await?;
    store.refuse_other_key(&prepared.key.fingerprint()).await?;
    if let Some(batch) = batch {
        list::known_batch(&store, batch).await?;
    }
    let now = context.clock.now();
    hold_file.apply(context, &store, false).await?;
    let figures = store.mail_figures(batch, now).await?;
    let deed = context.deed("retry", why.as_deref(), String::new(), Vec::new());
    let retried = store.writer().await?.retry(deed, batch).await?;
    tell_retried(context, &store, retried, &figures).await?;
    send(context, prepared, &store, Whom::Everybody, (retried, &figures)).await
}

/// Sends what is due now, and says all in JSON.
async fn send(
    context: &Context,
    prepared: Prepared,
    store: &Store,
    whom: Whom,
    (retried, figures): (Retried, &MailFigures),
) -> Result<Conclusion> {
    plan::stop_without_approval(&prepared.config, store, &Brakes::Stop).await?;
    let mail = prepared.send(context, store, whom, super::shutdown()?).await?;
    let report = Report { mail, ..Report::default() };
    for line in report.mail_lines() {
        context.console.result(line);
    }
    let retried = json!({
        "messages": retried.messages,
        "refused": figures.refused,
        "in_doubt": figures.in_doubt,
        "submissions": retried.submissions,
    });
    context.console.json(&json!({ "retried": retried, "mail": report.mail }))?;
    Ok(report.conclusion())
}

/// Says what is tried again, and how many graduates may get a mail twice.
async fn tell_retried(
    context: &Context,
    store: &Store,
    Retried { messages, submissions }: Retried,
    figures: &MailFigures,
) -> Result<()> {
    // a restored ledger has new ones
    let message_id = if store.sending().await?.restored == 0 { ", with the same Message-ID" } else { "" };
    let of_which: Vec<_> = [(figures.refused, "refused"), (figures.in_doubt, "in doubt")]
        .into_iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, what)| format!("{number} {what}"))
        .collect();
    let of_which = if of_which.is_empty() { String::new() } else { format!(" ({})", of_which.join(", ")) };
    let twice = match figures.in_doubt {
        0 => String::new(),
        number => format!(" Up to {} may get the mail twice{message_id}.", counted(number, "graduate")),
    };
    context.console.say(format_args!("Tried again: {}{of_which}.{twice}", counted(messages, "message")));
    if submissions > 0 {
        let submissions = counted(submissions, "rejected submission");
        context.console.say(format_args!("Waiting for serve again: {submissions}."));
    }
    Ok(())
}

/// The same, of some students only; nobody else is mailed.
pub(super) async fn students(context: &Context, typed: &[String], why: Option<&str>) -> Result<Conclusion> {
    let why = why.map(hand::reason).transpose()?;
    let prepared = Prepared::new(context)?;
    let hold_file = HoldFile::of(&prepared.config)?;
    let (_lock, store) = open_ledger(context, &prepared.config, "retry").await?;
    store.refuse_other_key(&prepared.key.fingerprint()).await?;
    hold_file.apply(context, &store, false).await?;
    let mut students = Vec::new();
    for typed in typed {
        let (student, is_known) = hand::known_or_new(&store, typed).await?;
        if !is_known {
            return Err(help_desk::unknown(&prepared.config, &store, &student).await?);
        }
        students.push(String::from(student));
    }
    let is_meant = |id: &String| students.contains(id);
    let held: Vec<_> =
        store.holds().await?.into_iter().map(|hold| hold.student_id).filter(is_meant).collect();
    if !held.is_empty() {
        bail!(
            "nothing was tried again: held, and so not mailed: {}; `gradpass show` says why, and what ends it",
            named(&held)
        );
    }
    let now = context.clock.now();
    let mut figures = MailFigures::default();
    for (state, number) in
        [(Standing::Refused, &mut figures.refused), (Standing::InDoubt, &mut figures.in_doubt)]
    {
        let listed = store.listed(state, None, false, now).await?;
        *number = i64::try_from(listed.iter().filter(|one| is_meant(&one.student_id)).count())?;
    }
    let deed = context.deed("retry", why.as_deref(), String::new(), students.clone());
    let retried = store.writer().await?.retry_students(deed).await?;
    if retried.is_nothing() {
        bail!(
            "nothing of these students was refused, deferred, rejected or in doubt; `gradpass show` tells how they stand"
        );
    }
    tell_retried(context, &store, retried, &figures).await?;
    send(context, prepared, &store, Whom::Students(students.clone()), (retried, &figures)).await?;
    help_desk::mailed(&store, &students).await
}
