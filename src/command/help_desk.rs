//! `reissue`, `revoke` and `unlock`: what the help desk may do for one graduate.

use anyhow::{Result, bail};
use serde_json::json;

use super::Context;
use super::console::reason;
use crate::app::{self, Reissue, Reissued, Unlocked};
use crate::graduate::StudentId;
use crate::plural::counted;
use crate::report::{Conclusion, MailReport};
use crate::submission::SubmissionState;

pub(super) async fn reissue(context: &Context, student_id: &str, wanted: Reissue<'_>) -> Result<Conclusion> {
    let why = wanted.why.map(reason).transpose()?;
    let wanted = Reissue { why: why.as_deref(), ..wanted };
    let console = context.console;
    let (student, reissued) = app::reissue(&context.app()?, student_id, wanted).await?;
    let id = student.as_str();
    match reissued {
        Reissued::Due => {
            console.result(format_args!("student {id}: the next run, or `gradpass send`, mails a new code"));
            console.json(&json!({ "student_id": id }))?;
            Ok(Conclusion::DONE)
        }
        Reissued::Mailed(mailed, conclusion) => {
            let mail = MailReport::from(*mailed);
            console.result(format_args!(
                "student {id}: {}",
                if mail.sent > 0 { "mailed a new code" } else { "a new code is due, and was not mailed yet" }
            ));
            if let Some(why) = &mail.stopped {
                console.result(format_args!("stopped early: {why}"));
            }
            console.json(&json!({ "student_id": id, "sent": mail.sent }))?;
            Ok(conclusion)
        }
        Reissued::ByNextRoster => {
            console.result(format_args!(
                "student {id}: the data were removed by `gradpass purge`; the next import of a roster that lists the \
                 student invites anew"
            ));
            console.json(&json!({ "student_id": id, "messages": 0 }))?;
            Ok(Conclusion::DONE)
        }
        Reissued::Held(hold) => bail!(
            "student {id} is {}, and so not mailed: {}; {}",
            hold.source.words(),
            hold.reason,
            hold.source.ends()
        ),
        Reissued::NoInvitation => bail!(
            "student {id} has no invitation to issue again; `gradpass show {id}` tells why. What is in \
             SEEK Pass already is issued again with --again --why TEXT"
        ),
        Reissued::NothingToAddAgain(state) => bail!("{}", nothing_to_add_again(&student, state)),
    }
}

/// Why nothing can be added again, and what to do instead.
fn nothing_to_add_again(student: &StudentId, state: Option<SubmissionState>) -> String {
    match state {
        Some(SubmissionState::Misdirected) => format!(
            "what student {student} has in SEEK Pass was finished by somebody else, with a link from before; `gradpass \
             reissue {student}` mails a code with which the student can add it"
        ),
        Some(SubmissionState::Canceled) => format!(
            "what student {student} began from the old address counts for nobody; `gradpass reissue {student}` mails another \
             code to the new one"
        ),
        Some(SubmissionState::Incomplete) => format!(
            "student {student} is still to finish in SEEK Pass: the button on the page, pressed again with the same code, \
             sends it as it is now; `gradpass reissue {student}` mails another code"
        ),
        _ => format!(
            "student {student} has nothing in SEEK Pass that the roster still lists; what it lists no more, SEEK Pass has to \
             revoke: then `gradpass settle {student} --why TEXT`"
        ),
    }
}

pub(super) async fn revoke(context: &Context, student_id: &str, why: Option<&str>) -> Result<Conclusion> {
    let why = why.map(reason).transpose()?;
    let (student, revoked) = app::revoke(&context.app()?, student_id, why.as_deref()).await?;
    if revoked == 0 {
        bail!("student {student} has no open invitation to revoke; `gradpass show {student}` tells why");
    }
    context.console.result(format_args!(
        "student {student}: {} revoked. What is in SEEK Pass already stays there",
        counted(revoked, "invitation")
    ));
    context.console.json(&json!({ "student_id": student.as_str(), "revoked": revoked }))?;
    Ok(Conclusion::DONE)
}

pub(super) async fn unlock(context: &Context, student_id: &str, why: Option<&str>) -> Result<Conclusion> {
    let why = why.map(reason).transpose()?;
    let unlocked = app::unlock(&context.app()?, student_id, why.as_deref()).await?;
    let Unlocked { student, was_locked, is_anything_forgotten, was_ever_wrong } = unlocked;
    let id = student.as_str();
    context.console.result(match (was_locked, is_anything_forgotten) {
        (true, _) => format!(
            "student {id} can answer the second question again, at once; wrong answers until now are forgotten"
        ),
        (false, true) => format!("student {id} was not locked; wrong answers until now are forgotten"),
        (false, false) if was_ever_wrong => format!(
            "student {id} was not locked, and has given no wrong answer since the last `gradpass unlock`; nothing was done"
        ),
        (false, false) => {
            format!("student {id} was not locked, and has given no wrong answer; nothing was done")
        }
    });
    context.console.json(&json!({ "student_id": id, "unlocked": is_anything_forgotten }))?;
    Ok(Conclusion::DONE)
}
