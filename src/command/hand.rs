//! `hold` and `release`: who must not be mailed, because somebody said so.

use std::path::Path;

use anyhow::{Result, anyhow, bail};
use serde_json::json;

use super::{Context, holds, open_ledger};
use crate::graduate::{StudentId, clean};
use crate::plural::{counted, named};
use crate::report::Conclusion;
use crate::store::Store;

pub(super) async fn hold(context: &Context, who: &str, why: &str) -> Result<Conclusion> {
    let why = reason(why)?;
    let config = context.config()?;
    let (_lock, store) = open_ledger(context, &config, "hold").await?;
    let typed = listed(who)?;
    let (mut students, mut unknown) = (Vec::new(), Vec::new());
    for typed in &typed {
        let (student, is_known) = known_or_new(&store, typed).await?;
        if !is_known {
            unknown.push(student.as_str().to_owned());
        }
        students.push(String::from(student));
    }
    let what = counted(i64::try_from(students.len()).unwrap_or(i64::MAX), "student");
    store.writer().await?.hold(context.deed("hold", Some(&why), what, students.clone())).await?;
    if !unknown.is_empty() {
        context.console.result(format_args!(
            "no roster has listed these yet, so compare them once more: {}",
            named(&unknown)
        ));
    }
    context.console.result(format_args!(
        "held, and so not mailed until `gradpass release`: {}; what was mailed before still works",
        named(&students)
    ));
    context.console.json(&json!({ "held": students, "not_listed_yet": unknown }))?;
    Ok(Conclusion::DONE)
}

pub(super) async fn release(context: &Context, who: &str, why: Option<&str>) -> Result<Conclusion> {
    let why = why.map(reason).transpose()?;
    let config = context.config()?;
    let (_lock, store) = open_ledger(context, &config, "release").await?;
    let mut students = Vec::new();
    for typed in listed(who)? {
        students.push(String::from(one(&store, &typed).await?));
    }
    let deed = context.deed("release", why.as_deref(), String::new(), students.clone());
    let released = store.writer().await?.release(deed).await?;
    let holds = store.holds().await?;
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

/// A student id as it was typed, or those of a file.
pub(super) fn listed(who: &str) -> Result<Vec<String>> {
    let file = Path::new(who);
    let has_ending = |ending: &str| file.extension().is_some_and(|own| own.eq_ignore_ascii_case(ending));
    if !file.is_file() && ["csv", "txt", "tsv", "xlsx"].into_iter().any(has_ending) {
        bail!("there is no file {who}, and no student id ends like this");
    }
    let students = if file.is_file() { holds::read(file)? } else { vec![who.to_owned()] };
    if students.is_empty() {
        bail!("{who} lists nobody; write one student id a line");
    }
    Ok(students)
}

/// The one student who is meant, in any case and punctuation; what no ledger knows is taken as it is written.
pub(super) async fn known_or_new(store: &Store, typed: &str) -> Result<(StudentId, bool)> {
    let mut like = store.students_like(typed).await?;
    match (like.pop(), like.as_slice()) {
        (Some(student), []) => Ok((student, true)),
        (Some(last), others) => {
            let ids: Vec<_> = others.iter().chain([&last]).map(|id| id.as_str().to_owned()).collect();
            bail!("that may be {}; write the id as the roster has it", ids.join(" or "))
        }
        (None, _) => match StudentId::parse(typed) {
            Ok(student) => Ok((student, false)),
            Err(_) => bail!("that is no student id"),
        },
    }
}

/// The same, whether the ledger knows anything of the student or not.
pub(super) async fn one(store: &Store, typed: &str) -> Result<StudentId> {
    Ok(known_or_new(store, typed).await?.0)
}

/// In a line, as it is shown.
pub(super) fn reason(why: &str) -> Result<String> {
    words("--why", why)
}

/// What stands behind an option in somebody's own words, in a line, as it is shown.
pub(super) fn words(option: &str, typed: &str) -> Result<String> {
    let typed = clean(typed).map_err(|problem| anyhow!("{option} {problem}"))?;
    if typed.is_empty() {
        bail!("{option} is empty; say it in a few words");
    }
    Ok(typed.chars().take(300).collect())
}
