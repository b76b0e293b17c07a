//! `correct`: what is right of a graduate, at once and over every roster until that says the same.

use anyhow::{Result, anyhow, bail};
use serde_json::json;

use super::{Context, hand, help_desk, open_ledger};
use crate::report::Exit;
use crate::roster::Correction;

pub(super) async fn execute(
    context: &Context,
    student_id: &str,
    values: &[String],
    why: &str,
) -> Result<Exit> {
    let why = hand::reason(why)?;
    let config = context.config()?;
    let mut corrections: Vec<Correction> = Vec::new();
    for value in values {
        let Some((column, value)) = value.split_once('=') else {
            bail!("write what is right as FIELD=VALUE, such as email=name@domain");
        };
        let correction = Correction::parse(column.trim(), value, &config.roster, context.today(&config))
            .map_err(|problem| anyhow!("nothing was corrected: {}: {problem}", column.trim()))?;
        if corrections.iter().any(|other| other.column() == correction.column()) {
            bail!("nothing was corrected: {} is given twice", correction.column());
        }
        corrections.push(correction);
    }
    let (_lock, store) = open_ledger(context, &config, "correct").await?;
    let student = hand::one(&store, student_id).await?;
    if store.timeline(&student).await?.is_none() {
        return Err(help_desk::unknown(&config, &store, &student).await?);
    }
    for correction in &corrections {
        if let Correction::Email(address) = correction
            && let Some(other) = store.students_at(address.as_str()).await?.iter().find(|it| **it != student)
        {
            bail!("nothing was corrected: email: student {other} has this address; correct that one first");
        }
    }
    let columns: Vec<_> = corrections.iter().map(Correction::column).collect();
    let what = columns.join(", ");
    let deed = context.deed("correct", Some(&why), what.clone(), vec![student.as_str().to_owned()]);
    let done = store.writer().await?.correct(deed, corrections).await?;
    context.console.result(format_args!(
        "student {student}: {what} corrected, over every roster until that says the same"
    ));
    if done.is_moved {
        let next =
            if done.messages > 0 { "the next run mails a new code" } else { "no message is due for it" };
        context.console.result(format_args!("codes that went to the old address no longer work; {next}"));
    }
    if done.released > 0 {
        context.console.result(format_args!(
            "no longer held for sharing the old address: {} of the students",
            done.released
        ));
    }
    context.console.json(&json!({
        "student_id": student.as_str(),
        "corrected": columns,
        "messages": done.messages,
        "released": done.released,
    }))?;
    Ok(Exit::Done)
}
