//! `settle`, `reissue --again`, and the invitations that follow when what was awaited is conferred.

use anyhow::{Result, bail};
use serde_json::json;

use super::{Context, hand, open_ledger};
use crate::config::Config;
use crate::report::{Exit, counted, named};
use crate::store::Store;

/// Invites again whose qualification was verified as awaiting graduation and is conferred by now, and says whom.
pub(super) async fn invite_conferred(
    context: &Context,
    config: &Config,
    store: &Store,
) -> Result<Vec<String>> {
    let (today, now) = (context.today(config).to_string(), context.clock.milliseconds());
    let students = store.writer().await?.invite_conferred(today, now).await?;
    if !students.is_empty() {
        context
            .console
            .result(format_args!("conferred now, and invited again to add that: {}", named(&students)));
    }
    Ok(students)
}

pub(super) async fn settle(context: &Context, student_id: &str, why: &str) -> Result<Exit> {
    let why = hand::reason(why)?;
    let config = context.config()?;
    let (_lock, store) = open_ledger(context, &config, "settle").await?;
    let student = hand::one(&store, student_id).await?;
    let changes = store.late_changes_of(student.as_str()).await?;
    let what: Vec<_> = changes.iter().map(|change| change.what.as_str()).collect();
    let deed = context.deed("settle", Some(&why), what.join("; "), vec![student.as_str().to_owned()]);
    let settled = store.writer().await?.settle_changes(deed).await?;
    if settled == 0 {
        bail!("nothing of student {student} changed after SEEK Pass was told that is not settled");
    }
    context.console.result(format_args!(
        "student {student}: settled, and told no more unless it changes again: {}",
        what.join("; ")
    ));
    context.console.json(&json!({ "student_id": student.as_str(), "settled": settled }))?;
    Ok(Exit::Done)
}

/// Lets the student add again what is in SEEK Pass already; the message is still to be sent.
pub(super) async fn again(context: &Context, store: &Store, student: &str, why: &str) -> Result<usize> {
    let deed = context.deed("reissue --again", Some(why), String::new(), vec![student.to_owned()]);
    let again = store.writer().await?.reissue_again(deed).await?;
    if again == 0 {
        bail!(
            "student {student} has nothing in SEEK Pass that the roster still lists; `gradpass reissue {student}` mails a \
             new code for the rest"
        );
    }
    context.console.result(format_args!(
        "student {student}: {} can be added to SEEK Pass again, under a new id; codes mailed before stop working. What is \
         in SEEK Pass already stays there",
        counted(i64::try_from(again).unwrap_or(i64::MAX), "qualification")
    ));
    Ok(again)
}
