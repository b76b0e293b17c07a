//! `correct`: what is right of a graduate, at once and over every roster until that says the same.

use anyhow::Result;
use serde_json::json;

use super::Context;
use super::console::reason;
use crate::app::{self, Correction};
use crate::plural::named;
use crate::report::Conclusion;
use crate::store::LateChange;

pub(super) async fn execute(
    context: &Context,
    student_id: &str,
    values: &[String],
    why: &str,
) -> Result<Conclusion> {
    let why = reason(why)?;
    let (correction, conferred, changes) = app::correct(&context.app()?, student_id, values, &why).await?;
    let Correction { student, columns, done, .. } = correction;
    for change in &changes {
        context.console.result(format_args!("student {student}: {}; {}", change.words(), change.advice()));
    }
    context.console.json(&json!({
        "student_id": student.as_str(),
        "corrected": columns,
        "messages": done.messages,
        "released": done.released,
        "conferred": conferred,
        "changed_after_verified": changes.iter().map(LateChange::words).collect::<Vec<_>>(),
    }))?;
    Ok(Conclusion::DONE)
}

/// What stands now, and what follows.
pub(super) fn lines(correction: &Correction) -> Vec<String> {
    let Correction { student, what, done, is_of_rows, is_known, is_held, .. } = correction;
    let mut lines =
        vec![format!("student {student}: {what} corrected, over every roster until that says the same")];
    if *is_of_rows {
        let line = if *is_known {
            "that row was not taken so far; the next import reads the roster with it"
        } else {
            "no row of the student was taken so far; the next import reads the roster with it"
        };
        lines.push(line.to_owned());
    }
    if done.is_moved {
        let (old, what) = match done.codes {
            // a revoked one, at most
            0 if done.messages == 0 => ("no code works that went to the old address", "the invitation"),
            0 => ("no code went to the old address", "the invitation"),
            _ => ("codes that went to the old address no longer work", "a new code"),
        };
        let next = match done.messages {
            0 => "no message is due for it".to_owned(),
            _ if *is_held => format!("{what} is mailed when the student is no longer held"),
            _ => format!("the next run mails {what}"),
        };
        lines.push(format!("{old}; {next}"));
    }
    if !done.released.is_empty() {
        lines.push(format!("no longer held for sharing the old address: {}", named(&done.released)));
    }
    lines
}
