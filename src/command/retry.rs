//! `retry`: what was refused, rejected or came into doubt is tried again.

use anyhow::Result;
use serde_json::json;

use super::Context;
use super::console::reason;
use crate::app::{self, Retry};
use crate::plural::counted;
use crate::report::{Conclusion, MailReport, Report};
use crate::store::{MailFigures, Retried};

/// Of everybody, or of what one import brought.
pub(super) async fn everybody(
    context: &Context,
    batch: Option<i64>,
    why: Option<&str>,
) -> Result<Conclusion> {
    let why = why.map(reason).transpose()?;
    tell(context, app::retry(&context.app()?, batch, why.as_deref()).await?)
}

/// Of some students only.
pub(super) async fn students(context: &Context, typed: &[String], why: Option<&str>) -> Result<Conclusion> {
    let why = why.map(reason).transpose()?;
    tell(context, app::retry_students(&context.app()?, typed, why.as_deref()).await?)
}

fn tell(context: &Context, retry: Retry) -> Result<Conclusion> {
    let Retry { retried, figures, mailed, conclusion } = retry;
    let report = Report { mail: MailReport::from(mailed), ..Report::default() };
    context.console.results(report.mail_lines());
    let retried = json!({
        "messages": retried.messages,
        "refused": figures.refused,
        "in_doubt": figures.in_doubt,
        "submissions": retried.submissions,
    });
    context.console.json(&json!({ "retried": retried, "mail": report.mail }))?;
    Ok(conclusion)
}

/// What is tried again, and how many graduates may get a mail twice.
pub(super) fn lines(
    Retried { messages, submissions }: Retried,
    figures: &MailFigures,
    is_restored: bool,
) -> Vec<String> {
    let message_id = if is_restored { "" } else { ", with the same Message-ID" };
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
    let mut lines = vec![format!("Tried again: {}{of_which}.{twice}", counted(messages, "message"))];
    if submissions > 0 {
        lines.push(format!("Waiting for serve again: {}.", counted(submissions, "rejected submission")));
    }
    lines
}
