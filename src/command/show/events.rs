//! Everything that happened to a graduate, in the order in which it did.

use jiff::Timestamp;

use super::{Known, title};
use crate::bounce::classify::Kind;
use crate::store::{BounceStory, HoldSource};

/// Something that happened.
pub(super) struct Event {
    pub(super) at: Timestamp,
    pub(super) word: String,
    pub(super) detail: String,
}

/// Everything that happened, the oldest first.
pub(super) fn events(known: &Known<'_>) -> Vec<Event> {
    let timeline = known.timeline;
    let mut events = Vec::new();
    let mut happened = |at: Option<Timestamp>, word: &str, detail: String| {
        if let Some(at) = at {
            events.push(Event { at, word: word.to_owned(), detail });
        }
    };
    for invitation in &timeline.invitations {
        happened(Some(invitation.created_at), "imported", format!("invitation {}", invitation.id));
        happened(invitation.opened_at, "opened", format!("invitation {}, with its code", invitation.id));
    }
    for message in &timeline.messages {
        for attempt in &message.attempts {
            let outcome = attempt.outcome.as_deref().unwrap_or("no answer yet").replace('_', " ");
            let word = if outcome == "accepted" { "mailed" } else { "mail" };
            let reply = attempt.reply.as_deref().unwrap_or_default();
            let detail = format!(
                "email {} ({}), attempt {}: {outcome}: {reply}",
                message.id, message.kind, attempt.number
            );
            happened(Some(attempt.started_at), word, detail);
        }
        for bounce in &message.bounces {
            let is_failure = Kind::of(&bounce.kind).is_some_and(Kind::is_failure);
            let word = if is_failure { "bounced" } else { "notified" };
            happened(Some(bounce.at), word, format!("email {}: {}", message.id, told(bounce)));
        }
    }
    for submission in &timeline.submissions {
        let which = format!("{}, {}", submission.course_name, submission.seek_pass_id);
        happened(Some(submission.asked_at), "redeemed", which.clone());
        happened(submission.accepted_at, "submitted", which.clone());
        for past in timeline.past.iter().filter(|past| past.seek_pass_id == submission.seek_pass_id) {
            happened(Some(past.at), past.state.word(), which.clone());
        }
        let trouble = submission.trouble.as_ref().map(|trouble| format!(": {trouble}")).unwrap_or_default();
        happened(submission.ended_at, submission.state.word(), format!("{which}{trouble}"));
    }
    for change in &timeline.changes {
        let of = change.course_name.as_ref().map(|name| format!("{name}: ")).unwrap_or_default();
        happened(Some(change.at), "changed", format!("{of}{}", change.what));
    }
    for wrong in &timeline.wrong_answers {
        happened(Some(wrong.at), "wrong answer", "to the question of the page".into());
        if let Some(until) = wrong.locked_until {
            happened(
                Some(wrong.at),
                "locked",
                format!("the page asks again after {}", known.zone.local_time(until)),
            );
        }
    }
    for row in &known.rejected {
        happened(
            Some(row.started_at),
            "rejected",
            format!("line {} of {}: {}", row.line, row.roster, row.problem),
        );
    }
    for qualification in &known.qualifications {
        happened(qualification.withdrawn_at, "withdrawn", title(qualification));
    }
    for hold in known.holds.iter().filter(|hold| hold.source != HoldSource::Person) {
        happened(Some(hold.since), "held", hold.reason.clone());
    }
    // whatever was done by hand, with who did it
    for deed in &known.deeds {
        let detail = [format!("by {}", deed.operator)].into_iter();
        let what = Some(&deed.what).filter(|what| !what.is_empty() && !counts_all(&deed.act));
        let detail = detail.chain(what.cloned()).chain(deed.why.clone());
        happened(Some(deed.at), past(&deed.act), detail.collect::<Vec<_>>().join(": "));
    }
    // a stable order for what happened at the same moment: as it was pushed, which is the order of the day
    events.sort_by_key(|event| event.at);
    events
}

/// How many students, or messages of how many, something was done to is nothing to tell of one of them.
fn counts_all(act: &str) -> bool {
    matches!(act, "hold" | "settle" | "retry")
}

/// What a notification said.
fn told(bounce: &BounceStory) -> String {
    let code = if bounce.code.is_empty() { String::new() } else { format!(" {}", bounce.code) };
    let forwarded = if bounce.is_forwarded { " (at an address to which this one forwards)" } else { "" };
    format!("{}{code}: {}{forwarded}", bounce.kind.replace('_', "-"), bounce.reason)
}

/// What happened when a command was given.
fn past(act: &str) -> &str {
    match act {
        "hold" => "held",
        "release" => "released",
        "correct" => "corrected",
        "revoke" => "revoked",
        "reissue" => "reissued",
        "reissue --again" => "reissued, also what is in SEEK Pass",
        "settle" => "settled",
        "retry" => "retried",
        "unlock" => "unlocked",
        "opt-out" => "opted out",
        "show --contact" => "contact shown",
        other => other,
    }
}
