//! `show`: one graduate's story for the help desk: states and times, never a code.

mod events;
mod not_listed;
mod sentence;

use anyhow::Result;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::{Context, find};
use crate::app::students;
use crate::config::Institution;
use crate::credential::{Attached, CredentialType, DocumentKind};
use crate::graduate::{EmailAddress, StudentId};
use crate::invitation::{InvitationState, MessageState};
use crate::plural::counted;
use crate::report::Conclusion;
use crate::store::{
    Deed, Hold, LateChange, LateValue, MessageStory, QualificationStory, RejectedRow, Store, SubmissionStory,
    Timeline,
};
use crate::submission::SubmissionState;
use events::events;

/// What is known of one graduate.
struct Known<'a> {
    student_id: &'a StudentId,
    timeline: &'a Timeline,
    qualifications: Vec<QualificationStory>,
    holds: Vec<Hold>,
    rejected: Vec<RejectedRow>,
    deeds: Vec<Deed>,
    late_changes: Vec<LateChange>,
    late_values: Vec<LateValue>,
    /// Whether names may be told.
    with_contact: bool,
    expires_at: Option<Timestamp>,
    now: Timestamp,
    zone: &'a Institution,
}

impl Known<'_> {
    /// When the relay took an email.
    fn mailed(&self) -> impl Iterator<Item = Timestamp> {
        let attempts = self.timeline.messages.iter().flat_map(|message| &message.attempts);
        let taken = attempts.filter(|attempt| attempt.outcome.as_deref() == Some("accepted"));
        taken.map(|attempt| attempt.started_at)
    }

    /// The first time.
    fn mailed_at(&self) -> Option<Timestamp> {
        self.mailed().min()
    }

    /// The last time.
    fn last_mailed_at(&self) -> Option<Timestamp> {
        self.mailed().max()
    }

    /// What changed, each field with what SEEK Pass was told and what the ledger has now; addresses masked, and the name only
    /// where it may be told.
    fn old_and_new(&self, change: &LateChange) -> String {
        let of = |field: &str| {
            let value = |it: &&LateValue| it.submission_id == change.submission_id && it.field == field;
            self.late_values.iter().find(value)
        };
        let told = |field: &str, value: &Option<String>| match value {
            None => "none".to_owned(),
            Some(address) if field == "address" => masked(address),
            Some(value) => value.clone(),
        };
        let fields = change.what.split(", ").map(|field| match of(field) {
            Some(_) if field == "name" && !self.with_contact => "name (`show --contact` tells it)".to_owned(),
            Some(it) => format!("{field} {} → {}", told(field, &it.told), told(field, &it.now)),
            None => field.to_owned(),
        });
        fields.collect::<Vec<_>>().join(", ")
    }
}

pub(super) async fn execute(context: &Context, who: &str, contact: bool) -> Result<Conclusion> {
    let app = context.app()?;
    let config = &app.config;
    let store = Store::open_read_only(&config.database).await?;
    let found = find::students(config, &store, who).await?;
    let [student_id] = found.as_slice() else {
        let ids: Vec<_> = found.iter().map(StudentId::as_str).collect();
        context
            .console
            .result(format_args!("that may be any of these; show one by its id: {}", ids.join(", ")));
        context.console.json(&json!({ "students": ids }))?;
        return Ok(Conclusion::DONE);
    };
    let Some(mut timeline) = store.timeline(student_id).await? else {
        let Some(sentence) = students::not_listed(&store, student_id).await? else {
            return Err(students::unknown(config, &store, student_id).await?);
        };
        return not_listed::tell(context, config, &store, (student_id, &sentence)).await;
    };
    if !store.is_run_at_work().await {
        // nobody is sending, so whoever did has died
        for message in timeline.messages.iter_mut().filter(|message| message.state == MessageState::Sending) {
            message.state = MessageState::InDoubt;
        }
    }
    let id = student_id.as_str();
    let holds = store.holds().await?.into_iter().filter(|hold| hold.student_id == id).collect();
    let known = Known {
        student_id,
        timeline: &timeline,
        qualifications: store.qualifications(id).await?,
        holds,
        rejected: store.rejected_rows(id).await?,
        deeds: store.audit(Some(id)).await?,
        late_changes: store.late_changes_of(id).await?,
        late_values: store.late_values(id).await?,
        with_contact: contact,
        expires_at: store.expiry(id).await?,
        now: context.clock.now(),
        zone: &config.institution,
    };
    let sentence = sentence::sentence(&known);
    context.console.result(&sentence);
    let mut told = tell(context, &known);
    told["sentence"] = sentence.into();
    if contact {
        let deed = app.deed("show --contact", None, String::new(), vec![id.to_owned()]);
        // written down before it is told
        app.open().await?.writer().await?.note(deed).await?;
        context.console.result(format_args!("name {}, address {}", timeline.full_name, timeline.email));
        told["contact"] = json!({ "full_name": timeline.full_name, "email": timeline.email });
    }
    context.console.json(&told)?;
    Ok(Conclusion::needing_person(!known.late_changes.is_empty()))
}

/// Tells everything below the sentence, and returns it for scripts.
fn tell(context: &Context, known: &Known<'_>) -> Value {
    let Known { student_id, timeline, zone, .. } = known;
    let masked = masked(&timeline.email);
    let console = &context.console;
    console.result(format_args!(
        "student {student_id}, {masked}, {}; times in {}",
        counted(timeline.qualifications, nouns(&known.qualifications).0),
        zone.time_zone.iana_name().unwrap_or("the configured zone")
    ));
    for it in &known.qualifications {
        console.result(format_args!("{}{}: {}", title(it), attached(it), qualification_state(it)));
    }
    if let Some(at) = known.expires_at {
        let works = if at > known.now { "works until" } else { "worked until" };
        let until = zone.deadline(at);
        console.result(format_args!("the code {works} {until}"));
    }
    let events = events(known);
    for event in &events {
        console.result(format_args!("{}  {}: {}", zone.local_time(event.at), event.word, event.detail));
    }
    for line in standing(timeline, zone) {
        console.result(line);
    }
    for hold in &known.holds {
        let since = zone.local_time(hold.since);
        console.result(format_args!("now: held since {since}, and so not mailed: {}", hold.reason));
    }
    for change in &known.late_changes {
        let what = change.words_of(&known.old_and_new(change));
        console.result(format_args!("now: {what}; {}", change.advice()));
    }
    for row in &known.rejected {
        console
            .result(format_args!("now: line {} of {} was rejected: {}", row.line, row.roster, row.problem));
    }
    let events: Vec<_> = events
        .iter()
        .map(|event| json!({ "at": zone.timestamp(event.at), "event": event.word, "detail": event.detail }))
        .collect();
    let each: Vec<_> = known
        .qualifications
        .iter()
        .map(|it| {
            let mut each =
                json!({ "course_name": it.course_name, "type": of(it).word(), "state": qualification_state(it) });
            if let Some(document) = &it.document {
                each["document"] = document.as_str().into();
            }
            if let Some(subjects) = it.subjects {
                each["subjects"] = subjects.into();
            }
            each
        })
        .collect();
    json!({
        "student_id": student_id.as_str(),
        "email": masked,
        "qualifications": timeline.qualifications,
        "qualification_states": each,
        "code_expires": known.expires_at.map(|at| zone.timestamp(at)),
        "held": known.holds.iter().map(|hold| hold.reason.as_str()).collect::<Vec<_>>(),
        "rejected_rows": known.rejected.iter().map(|row| json!({ "roster": row.roster, "line": row.line, "problem": row.problem })).collect::<Vec<_>>(),
        "changed_after_verified": known.late_changes.iter().map(|it| it.words_of(&known.old_and_new(it))).collect::<Vec<_>>(),
        "timeline": events,
        "invitations": timeline.invitations.iter().map(|it| json!({ "id": it.id, "state": it.state.word() })).collect::<Vec<_>>(),
        "messages": timeline.messages.iter().map(|message| story(message, zone)).collect::<Vec<_>>(),
        "submissions": timeline.submissions.iter().map(submission).collect::<Vec<_>>(),
    })
}

fn masked(address: &str) -> String {
    EmailAddress::parse(address).map_or_else(|_| "…".into(), |email| email.masked())
}

/// Of which type it is.
pub(super) fn of(qualification: &QualificationStory) -> CredentialType {
    CredentialType::of_stored(qualification.credential_type.as_deref())
}

/// What these are called, if they are of one type: one of them, and several.
pub(super) fn nouns(qualifications: &[QualificationStory]) -> (&'static str, &'static str) {
    let first = qualifications.first().map(of).unwrap_or_default();
    let is_one_type = qualifications.iter().all(|it| of(it) == first);
    if is_one_type { (first.spec().noun, first.spec().nouns) } else { ("credential", "credentials") }
}

/// What goes with it: `, with a transcript of 24 subjects and a PDF`.
fn attached(qualification: &QualificationStory) -> String {
    let word = qualification.document.as_deref();
    let document = DocumentKind::ALL.into_iter().find(|kind| Some(kind.word()) == word);
    let subjects = qualification.subjects.and_then(|subjects| usize::try_from(subjects).ok());
    Attached::words(subjects, document).map(|words| format!(", with {words}")).unwrap_or_default()
}

/// `Bachelor of Science`, or of another type `Data Literacy (course, 2026-05-02)`.
fn title(qualification: &QualificationStory) -> String {
    let name = &qualification.course_name;
    match (of(qualification), &qualification.conferral_date) {
        (CredentialType::Education, _) => name.clone(),
        (of, None) => format!("{name} ({})", of.spec().noun),
        (of, Some(day)) => format!("{name} ({}, {day})", of.spec().noun),
    }
}

/// How one qualification stands.
fn qualification_state(qualification: &QualificationStory) -> &'static str {
    let is_revoked = qualification.invitation == InvitationState::Revoked;
    match (qualification.submission, qualification.withdrawn_at) {
        (Some(SubmissionState::Verified), _) => "in SEEK Pass",
        (Some(SubmissionState::Superseded), None) if is_revoked => {
            "in SEEK Pass as it was before; the invitation to add it as it is now is revoked"
        }
        (Some(SubmissionState::Superseded), None) => {
            "in SEEK Pass as it was before; invited to add it as it is now"
        }
        (_, Some(_)) => "no longer in the roster",
        (_, None) if is_revoked => "the invitation is revoked",
        (Some(state), None) => state.word(),
        (None, None) => "not asked for yet",
    }
}

/// How things stand now, a line each.
fn standing(timeline: &Timeline, zone: &Institution) -> Vec<String> {
    let mut lines = Vec::new();
    for message in &timeline.messages {
        let next = if message.state == MessageState::Deferred {
            format!(", due {}", zone.local_time(message.due_at))
        } else {
            String::new()
        };
        lines.push(format!("now: email {} is {}{next}", message.id, message.state.words()));
    }
    for submission in &timeline.submissions {
        let trouble = match &submission.trouble {
            Some(trouble) if submission.state == SubmissionState::Waiting => {
                format!(
                    ", tried {}, next {}: {trouble}",
                    counted(submission.attempts, "time"),
                    zone.local_time(submission.due_at)
                )
            }
            _ => String::new(),
        };
        let unknown = submission
            .unknown_status
            .as_ref()
            .map(|word| format!("; SEEK Pass says \"{word}\" of it, which this program does not know"));
        lines.push(format!(
            "now: submission {} is {}{trouble}{}",
            submission.seek_pass_id,
            submission.state.word(),
            unknown.unwrap_or_default()
        ));
    }
    lines.extend(
        timeline.invitations.iter().map(|it| format!("now: invitation {} is {}", it.id, it.state.word())),
    );
    lines
}

fn story(message: &MessageStory, zone: &Institution) -> Value {
    let attempts: Vec<_> = message
        .attempts
        .iter()
        .map(|attempt| {
            json!({
                "number": attempt.number,
                "at": zone.timestamp(attempt.started_at),
                "outcome": attempt.outcome,
                "reply": attempt.reply,
            })
        })
        .collect();
    json!({
        "id": message.id,
        "kind": message.kind,
        "state": message.state.word(),
        "invitation": message.invitation_id,
        "attempts": attempts,
        "bounces": message.bounces.iter().map(|bounce| json!({
            "at": zone.timestamp(bounce.at),
            "kind": bounce.kind,
            "code": bounce.code,
            "reason": bounce.reason,
        })).collect::<Vec<_>>(),
    })
}

fn submission(submission: &SubmissionStory) -> Value {
    json!({
        "id": submission.seek_pass_id,
        "state": submission.state.word(),
        "attempts": submission.attempts,
        "trouble": submission.trouble,
        "unknown_status": submission.unknown_status,
    })
}
