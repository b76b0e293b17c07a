//! Which students, and which import, the operator means. What was typed may be anything, and is never told back.

use std::path::Path;

use anyhow::{Result, anyhow, bail};

use super::hold_file;
use crate::config::Config;
use crate::graduate::StudentId;
use crate::invitation::key::CodeKey;
use crate::store::Store;

/// A student id as it was typed, or those of a file.
pub(crate) fn listed(who: &str) -> Result<Vec<String>> {
    let file = Path::new(who);
    let has_ending = |ending: &str| file.extension().is_some_and(|own| own.eq_ignore_ascii_case(ending));
    if !file.is_file() && ["csv", "txt", "tsv", "xlsx"].into_iter().any(has_ending) {
        bail!("there is no file {who}, and no student id ends like this");
    }
    let students = if file.is_file() { hold_file::read(file)? } else { vec![who.to_owned()] };
    if students.is_empty() {
        bail!("{who} lists nobody; write one student id a line");
    }
    Ok(students)
}

/// The one student who is meant, in any case and punctuation; what no ledger knows is taken as it is written.
pub(crate) async fn known_or_new(store: &Store, typed: &str) -> Result<(StudentId, bool)> {
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
pub(crate) async fn one(store: &Store, typed: &str) -> Result<StudentId> {
    Ok(known_or_new(store, typed).await?.0)
}

/// What is asked of an import that never was is a slip.
pub(crate) async fn known_batch(store: &Store, batch: i64) -> Result<()> {
    if !store.batches().await?.iter().any(|past| past.id == batch) {
        bail!("there is no import {batch}; `gradpass batches` lists them");
    }
    Ok(())
}

/// Why nothing is known of a student.
pub(crate) async fn unknown(config: &Config, store: &Store, student_id: &StudentId) -> Result<anyhow::Error> {
    // without the key nobody can tell who was purged
    let was_purged = match CodeKey::read(&config.key_file) {
        Ok(key) => store.was_purged(&key, student_id).await?,
        Err(_) => false,
    };
    if let Some(words) = not_listed(store, student_id).await? {
        return Ok(anyhow!("{words}"));
    }
    Ok(if was_purged {
        anyhow!(
            "nothing is known of student {student_id} any more: the data were removed by `gradpass purge`"
        )
    } else {
        anyhow!("no roster has held student {student_id}; check the id for a typing mistake")
    })
}

/// Of whom only rejected rows or a hold are known: a sentence that says so.
pub(crate) async fn not_listed(store: &Store, student_id: &StudentId) -> Result<Option<String>> {
    let rejected = store.rejected_rows(student_id.as_str()).await?;
    if let Some(first) = rejected.first() {
        return Ok(Some(format!(
            "student {student_id} is not invited, since line {} of {} was rejected: {}",
            first.line, first.roster, first.problem
        )));
    }
    let holds = store.holds().await?;
    let hold = holds.iter().find(|hold| hold.student_id == student_id.as_str());
    Ok(hold.map(|hold| {
        format!(
            "student {student_id} is not invited: no roster has listed the student, who is held: {}",
            hold.reason
        )
    }))
}
