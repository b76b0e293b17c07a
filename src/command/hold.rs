//! `hold` and `release`: who must not be mailed, because somebody said so.

use anyhow::{Result, bail};
use serde_json::json;

use super::Context;
use super::console::reason;
use crate::app::{self, Held, Released};
use crate::plural::named;
use crate::report::Conclusion;

pub(super) async fn hold(context: &Context, who: &str, why: &str) -> Result<Conclusion> {
    let why = reason(why)?;
    let Held { students, not_listed_yet } = app::hold(&context.app()?, who, &why).await?;
    if !not_listed_yet.is_empty() {
        context.console.result(format_args!(
            "no roster has listed these yet, so compare them once more: {}",
            named(&not_listed_yet)
        ));
    }
    context.console.result(format_args!(
        "held, and so not mailed until `gradpass release`: {}; what was mailed before still works",
        named(&students)
    ));
    context.console.json(&json!({ "held": students, "not_listed_yet": not_listed_yet }))?;
    Ok(Conclusion::DONE)
}

pub(super) async fn release(context: &Context, who: &str, why: Option<&str>) -> Result<Conclusion> {
    let why = why.map(reason).transpose()?;
    let Released { students, released, holds } = app::release(&context.app()?, who, why.as_deref()).await?;
    let (mut free, mut still_held, mut not_held) = (Vec::new(), Vec::new(), Vec::new());
    for student in students {
        let left = holds.iter().filter(|hold| hold.student_id == student);
        let left: Vec<_> = left
            .map(|hold| format!("{}: {}; {}", hold.source.words(), hold.reason, hold.source.ends()))
            .collect();
        let left = left.join(" and ");
        match (released.contains(&student), left.is_empty()) {
            (true, true) => free.push(student),
            (true, false) => still_held.push(format!(
                "student {student} is released from `gradpass hold`, but still not mailed: {left}"
            )),
            (false, true) => not_held.push(format!("student {student} is not held")),
            (false, false) => {
                not_held.push(format!("student {student} is not held by `gradpass hold`, but {left}"));
            }
        }
    }
    if released.is_empty() {
        bail!("{}", not_held.join("\n"));
    }
    if !free.is_empty() {
        context
            .console
            .result(format_args!("released, and the next run mails what is due: {}", named(&free)));
    }
    for line in still_held.iter().chain(&not_held) {
        context.console.result(line);
    }
    context.console.json(&json!({ "released": released, "still_held": still_held, "not_held": not_held }))?;
    Ok(Conclusion::DONE)
}
