//! How a graduate stands, in one sentence that the help desk can read aloud.

use super::{Known, time};
use crate::bounce::classify::Kind;
use crate::store::BounceStory;

/// What is most worth knowing comes first: how the qualifications stand at SEEK Pass, then why no mail will come, then
/// the mail.
pub(super) fn sentence(known: &Known<'_>) -> String {
    let words = at_seek_pass(known)
        .or_else(|| ended(known))
        .or_else(|| held(known))
        .or_else(|| locked(known))
        .unwrap_or_else(|| mail(known));
    let mut wrong: Vec<_> = known.late_changes.iter().map(|change| change.what.as_str()).collect();
    wrong.sort_unstable();
    wrong.dedup();
    let but = if wrong.is_empty() {
        String::new()
    } else {
        format!("; but what SEEK Pass was told is no longer right ({})", wrong.join("; "))
    };
    format!("Student {} {words}{but}.", known.student_id)
}

fn at_seek_pass(known: &Known<'_>) -> Option<String> {
    let submissions = &known.timeline.submissions;
    let is_open = known.timeline.invitations.iter().any(|invitation| invitation.state == "open");
    let latest = submissions.last()?;
    let at = |at: Option<i64>| time(known.zone, at.unwrap_or(latest.asked_at));
    Some(match latest.state.as_str() {
        "verified" if is_open => {
            format!(
                "has a qualification in SEEK Pass since {}, and can still add another",
                at(latest.ended_at)
            )
        }
        "verified" => format!("has everything in SEEK Pass since {}", at(latest.ended_at)),
        "superseded" => {
            format!(
                "has a qualification in SEEK Pass as it was before {}, and is invited to add it as it is now",
                at(latest.ended_at)
            )
        }
        "misdirected" => {
            "can still add the qualification; somebody else finished it with a link from an old address"
                .into()
        }
        "incomplete" => {
            format!("submitted on {}, and is still to finish in SEEK Pass", at(latest.accepted_at))
        }
        "waiting" => format!("pressed the button on {}, and it is on its way to SEEK Pass", at(None)),
        "rejected" => format!("pressed the button, but SEEK Pass rejected it on {}", at(latest.ended_at)),
        "lapsed" if is_open && !is_expired(known) => {
            format!(
                "did not finish in SEEK Pass within 48 hours, until {}; the code works again",
                at(latest.ended_at)
            )
        }
        "canceled" | "revoked" | "unshared" if is_open && !is_expired(known) => {
            format!("had it {} on {}; the code works again", super::word(&latest.state), at(latest.ended_at))
        }
        _ => return None,
    })
}

/// Too many wrong answers to the question of the page, and nobody has unlocked it since.
fn locked(known: &Known<'_>) -> Option<String> {
    let last = super::help_desk::last_wrong_answer(known.timeline, &known.deeds)?;
    let until = last.locked_until.filter(|until| *until > known.now)?;
    Some(format!(
        "answered the question of the page wrong too often, and can answer again after {}; `gradpass unlock` lets the \
         student try at once",
        time(known.zone, until)
    ))
}

/// No invitation is open any more.
fn ended(known: &Known<'_>) -> Option<String> {
    let invitations = &known.timeline.invitations;
    if invitations.iter().any(|invitation| invitation.state == "open") {
        return None;
    }
    let done = |act: &str| known.deeds.iter().rev().find(|deed| deed.act == act);
    Some(match invitations.last()?.state.as_str() {
        "revoked" => match done("revoke") {
            Some(deed) => {
                format!("has no invitation any more: it was revoked on {}", known.zone.local_time(deed.at))
            }
            None => "has no invitation any more: it was revoked".into(),
        },
        "withdrawn" => match known.qualifications.iter().filter_map(|it| it.withdrawn_at).max() {
            Some(at) => format!("was withdrawn: the roster lists nothing since {}", time(known.zone, at)),
            None => "was withdrawn: the roster lists nothing any more".into(),
        },
        _ => "has everything in SEEK Pass".into(),
    })
}

fn held(known: &Known<'_>) -> Option<String> {
    let hold = known.holds.first()?;
    let since = known.zone.local_time(hold.since);
    let was = if known.mailed_at().is_some() {
        "was invited before, but"
    } else {
        "is not invited, since the student"
    };
    Some(format!("{was} is held since {since}: {}", hold.reason.trim_end_matches('.')))
}

fn mail(known: &Known<'_>) -> String {
    let zone = known.zone;
    let opened = known.timeline.invitations.iter().filter_map(|invitation| invitation.opened_at).max();
    if let (Some(at), true) = (known.expires_at, is_expired(known)) {
        return format!(
            "was invited, but the code expired on {}; `gradpass reissue` mails another",
            time(zone, at)
        );
    }
    let latest = known.timeline.messages.iter().rev().find(|message| message.state != "canceled");
    match (latest.map(|message| message.state.as_str()), known.mailed_at(), opened) {
        (Some("refused"), ..) => "was not reached: the relay refused the email; check the address".into(),
        (Some("bounced"), _, None) => {
            let bounce =
                latest.and_then(|message| message.bounces.iter().rev().find(|bounce| is_failure(bounce)));
            let why = bounce.map(|bounce| format!(": {}", super::told(bounce))).unwrap_or_default();
            format!("was mailed, but the email came back{why}")
        }
        (Some("in_doubt" | "sending"), ..) => "may have been reached or not: the email is in doubt".into(),
        (Some("waiting"), None, _) => "is not invited yet; the next run mails the invitation".into(),
        (Some("deferred"), None, _) => {
            "is not invited yet: the relay put the email off, and it is tried again".into()
        }
        (Some("waiting" | "deferred"), Some(_), _) => {
            "was invited before, and another email is on its way".into()
        }
        (_, Some(sent), Some(opened)) => format!(
            "was invited on {}, opened the page on {}, and has added nothing yet",
            time(zone, sent),
            time(zone, opened)
        ),
        (_, Some(sent), None) => {
            format!("was invited on {}, and has not used the code yet", time(zone, sent))
        }
        (_, None, _) => "is in the roster, and no email is due".into(),
    }
}

fn is_failure(bounce: &BounceStory) -> bool {
    Kind::of(&bounce.kind).is_some_and(Kind::is_failure)
}

fn is_expired(known: &Known<'_>) -> bool {
    known.expires_at.is_some_and(|at| at <= known.now)
}
