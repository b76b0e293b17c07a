//! How a graduate stands, in one sentence that the help desk can read aloud.

use jiff::Timestamp;

use super::{Known, nouns};
use crate::bounce::classify::Kind;
use crate::invitation::{InvitationState, MessageState};
use crate::store::{BounceStory, QualificationStory};
use crate::submission::SubmissionState;

/// What is most worth knowing comes first: how the qualifications stand at SEEK Pass, then why no mail will come, then
/// the mail.
pub(super) fn sentence(known: &Known<'_>) -> String {
    let words = at_seek_pass(known)
        .map(|words| words + is_held(known))
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
        format!("; but something changed after SEEK Pass was told ({})", wrong.join("; "))
    };
    format!("Student {} {words}{but}.", known.student_id)
}

fn at_seek_pass(known: &Known<'_>) -> Option<String> {
    let submissions = &known.timeline.submissions;
    let last = submissions.last()?;
    // the link of an earlier one may be what was finished: that ended the later one
    let is_given_up = last.state == SubmissionState::Canceled && last.trouble.is_some();
    let verified_before =
        || submissions.iter().rfind(|it| is_given_up && it.state == SubmissionState::Verified);
    let latest = verified_before().unwrap_or(last);
    let at = |at: Option<Timestamp>| known.zone.local_time(at.unwrap_or(latest.asked_at));
    let ended_at = at(latest.ended_at);
    // why nothing can be added, if so
    let over = ended(known).or_else(|| expired(known));
    let noun = nouns(&known.qualifications).0;
    let a_noun = with_article(noun);
    Some(match (latest.state, over) {
        (SubmissionState::Verified, over) => verified(known, &ended_at, over),
        (SubmissionState::Superseded, over) => {
            let next = over.unwrap_or_else(|| "is invited to add it as it is now".into());
            format!("has {a_noun} in SEEK Pass as it was before {ended_at}, and {next}")
        }
        (SubmissionState::Misdirected, None) => {
            format!(
                "can still add the {noun}; somebody finished it with a link that was no longer the student's"
            )
        }
        (SubmissionState::Incomplete, _) => {
            format!("submitted on {}, and is still to finish in SEEK Pass", at(latest.accepted_at))
        }
        (SubmissionState::Waiting, _) => {
            format!("pressed the button on {}, and it is on its way to SEEK Pass", at(None))
        }
        (SubmissionState::Rejected, _) => {
            format!("pressed the button, but SEEK Pass rejected it on {ended_at}")
        }
        (SubmissionState::Lapsed, None) => {
            format!("did not finish in SEEK Pass within 48 hours, until {ended_at}; the code works again")
        }
        // what ended here has its trouble: then the mail and the code tell more
        (SubmissionState::Canceled, None) if latest.trouble.is_none() => {
            format!("declined in SEEK Pass on {ended_at}; the code works again")
        }
        (SubmissionState::Revoked, None) => {
            format!(
                "has nothing in SEEK Pass any more: it was revoked there on {ended_at}; the code works again"
            )
        }
        (SubmissionState::Unshared, None) => {
            format!("shares nothing in SEEK Pass any more since {ended_at}; the code works again")
        }
        _ => return None,
    })
}

/// `a course`, `an English test result`
fn with_article(noun: &str) -> String {
    let article =
        if noun.starts_with(['A', 'E', 'I', 'O', 'U', 'a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {noun}")
}

/// Of whose latest submission is in SEEK Pass.
fn verified(known: &Known<'_>, since: &str, over: Option<String>) -> String {
    let is_there = |it: &QualificationStory| it.submission == Some(SubmissionState::Verified);
    let mut listed = known.qualifications.iter().filter(|it| it.withdrawn_at.is_none()).peekable();
    let has = format!("has {} in SEEK Pass since {since}", with_article(nouns(&known.qualifications).0));
    match over {
        _ if listed.peek().is_none() => format!("{has}, which the roster no longer lists"),
        _ if listed.all(is_there) => format!("has everything in SEEK Pass since {since}"),
        Some(over) => format!("{has}, and {over}"),
        None => format!("{has}, and can still add another"),
    }
}

/// Too many wrong answers to the question of the page, and nobody has unlocked it since.
fn locked(known: &Known<'_>) -> Option<String> {
    let last = crate::app::last_wrong_answer(known.timeline, &known.deeds)?;
    let until = last.locked_until.filter(|until| *until > known.now)?;
    Some(format!(
        "answered the question of the page wrong too often, and can answer again after {}; `gradpass unlock` lets the \
         student try at once",
        known.zone.local_time(until)
    ))
}

/// No invitation is open any more.
fn ended(known: &Known<'_>) -> Option<String> {
    let invitations = &known.timeline.invitations;
    if invitations.iter().any(|invitation| invitation.state == InvitationState::Open) {
        return None;
    }
    let done = |act: &str| known.deeds.iter().rev().find(|deed| deed.act == act);
    // whatever is verified besides
    let is = |state| invitations.iter().any(|invitation| invitation.state == state);
    Some(match () {
        () if is(InvitationState::Revoked) => match done("revoke") {
            Some(deed) => {
                format!("has no invitation any more: it was revoked on {}", known.zone.local_time(deed.at))
            }
            None => "has no invitation any more: it was revoked".into(),
        },
        () if is(InvitationState::Withdrawn) => {
            match known.qualifications.iter().filter_map(|it| it.withdrawn_at).max() {
                Some(at) => {
                    format!("was withdrawn: the roster lists nothing since {}", known.zone.local_time(at))
                }
                None => "was withdrawn: the roster lists nothing any more".into(),
            }
        }
        () => return None,
    })
}

/// Beside how things stand at SEEK Pass.
fn is_held(known: &Known<'_>) -> &'static str {
    if known.holds.is_empty() { "" } else { "; no mail goes to the student, who is held" }
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
    if let Some(words) = expired(known) {
        return words;
    }
    let latest = known.timeline.messages.iter().rev().find(|message| message.state != MessageState::Canceled);
    match (latest.map(|message| message.state), known.mailed_at(), opened) {
        (Some(MessageState::Refused), ..) => {
            "was not reached: the relay refused the email; check the address".into()
        }
        (Some(MessageState::Bounced), _, None) => {
            let bounce =
                latest.and_then(|message| message.bounces.iter().rev().find(|bounce| is_failure(bounce)));
            // the kind and the code stand below
            let why = bounce.map(|bounce| format!(": {}", bounce.reason)).unwrap_or_default();
            format!("was mailed, but the email came back{why}")
        }
        (Some(MessageState::InDoubt | MessageState::Sending), ..) => {
            "may have been reached or not: the email is in doubt".into()
        }
        (Some(MessageState::Waiting), None, _) => {
            "is not invited yet; the next run mails the invitation".into()
        }
        (Some(MessageState::Deferred), None, _) => {
            "is not invited yet: the relay put the email off, and it is tried again".into()
        }
        (Some(MessageState::Waiting | MessageState::Deferred), Some(_), _) => {
            "was invited before, and another email is on its way".into()
        }
        (_, Some(sent), Some(opened)) => {
            let again = known.last_mailed_at().filter(|again| *again > opened);
            let again =
                again.map(|at| format!(", was mailed again on {}", zone.local_time(at))).unwrap_or_default();
            format!(
                "was invited on {}, opened the page on {}{again}, and has added nothing yet",
                zone.local_time(sent),
                zone.local_time(opened)
            )
        }
        (_, Some(sent), None) => {
            let again = known.last_mailed_at().filter(|again| *again > sent);
            let again =
                again.map(|at| format!(", was mailed again on {}", zone.local_time(at))).unwrap_or_default();
            format!("was invited on {}{again}, and has not used the code yet", zone.local_time(sent))
        }
        (_, None, _) => "is in the roster, and no email is due".into(),
    }
}

fn is_failure(bounce: &BounceStory) -> bool {
    Kind::of(&bounce.kind).is_some_and(Kind::is_failure)
}

fn expired(known: &Known<'_>) -> Option<String> {
    let at = known.expires_at.filter(|at| *at <= known.now)?;
    let at = known.zone.local_time(at);
    Some(format!("was invited, but the code expired on {at}; `gradpass reissue` mails another"))
}
