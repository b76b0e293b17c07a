//! `settle`, `reissue --again`, and the invitations that follow when what was awaited is conferred.

use anyhow::{Result, bail};
use serde_json::json;

use super::{Context, hand, help_desk, open_ledger};
use crate::config::Config;
use crate::plural::{counted, named};
use crate::report::Conclusion;
use crate::store::Store;
use crate::submission::SubmissionState;

/// Invites again whose qualification was verified as awaiting graduation and is conferred by now, and says whom.
pub(super) async fn invite_conferred(
    context: &Context,
    config: &Config,
    store: &Store,
) -> Result<Vec<String>> {
    let (today, now) = (context.today(config).to_string(), context.clock.now());
    let back = store.writer().await?.take_conferrals_back(today.clone()).await?;
    if !back.is_empty() {
        context.console.result(format_args!(
            "not conferred after all, and so no longer invited to add it again, since SEEK Pass has it as it is: {}",
            named(&back)
        ));
    }
    let students = store.writer().await?.invite_conferred(today, now).await?;
    if !students.is_empty() {
        context
            .console
            .result(format_args!("conferred now, and invited again to add that: {}", named(&students)));
    }
    Ok(students)
}

pub(super) async fn settle(context: &Context, who: &[String], why: &str) -> Result<Conclusion> {
    let why = hand::reason(why)?;
    let config = context.config()?;
    let (_lock, store) = open_ledger(context, &config, "settle").await?;
    let mut students = Vec::new();
    for typed in who.iter().map(|who| hand::listed(who)).collect::<Result<Vec<_>>>()?.concat() {
        let (student, is_known) = hand::known_or_new(&store, &typed).await?;
        if !is_known {
            return Err(help_desk::unknown(&config, &store, &student).await?);
        }
        students.push(String::from(student));
    }
    let what = counted(i64::try_from(students.len()).unwrap_or(i64::MAX), "student");
    let settled = store
        .writer()
        .await?
        .settle_changes(context.deed("settle", Some(&why), what, students.clone()))
        .await?;
    if settled.is_empty() {
        bail!("nothing of these students changed after SEEK Pass was told that is not settled");
    }
    let nothing: Vec<_> = students
        .iter()
        .filter(|id| !settled.iter().any(|change| change.student_id == **id))
        .cloned()
        .collect();
    if !nothing.is_empty() {
        context.console.say(format_args!("nothing to settle of {}", named(&nothing)));
    }
    for change in &settled {
        context.console.result(format_args!(
            "student {}: settled, and told no more unless it changes again: {}",
            change.student_id, change.what
        ));
    }
    let ids: Vec<_> = settled.iter().map(|change| change.student_id.as_str()).collect();
    context.console.json(&json!({ "settled": ids }))?;
    Ok(Conclusion::DONE)
}

/// Lets the student add again what is in SEEK Pass already; the message is still to be sent.
pub(super) async fn again(context: &Context, store: &Store, student: &str, why: &str) -> Result<usize> {
    let deed = context.deed("reissue --again", Some(why), String::new(), vec![student.to_owned()]);
    let again = store.writer().await?.reissue_again(deed).await?;
    if again == 0 {
        let changes = store.late_changes_of(student).await?;
        if changes.iter().any(|it| it.state == SubmissionState::Misdirected) {
            bail!(
                "what student {student} has in SEEK Pass was finished by somebody else, with a link from before; `gradpass \
                 reissue {student}` mails a code with which the student can add it"
            );
        }
        if changes.iter().any(|it| it.state == SubmissionState::Canceled) {
            bail!(
                "what student {student} began from the old address counts for nobody; `gradpass reissue {student}` mails another \
                 code to the new one"
            );
        }
        if changes.iter().any(|it| it.state == SubmissionState::Incomplete && !it.is_removed()) {
            bail!(
                "student {student} is still to finish in SEEK Pass: the button on the page, pressed again with the same code, \
                 sends it as it is now; `gradpass reissue {student}` mails another code"
            );
        }
        bail!(
            "student {student} has nothing in SEEK Pass that the roster still lists; what it lists no more, SEEK Pass has to \
             revoke: then `gradpass settle {student} --why TEXT`"
        );
    }
    context.console.result(format_args!(
        "student {student}: {} can be added to SEEK Pass again, under a new id; codes mailed before stop working. What is \
         in SEEK Pass already stays there",
        counted(i64::try_from(again).unwrap_or(i64::MAX), "qualification")
    ));
    Ok(again)
}
