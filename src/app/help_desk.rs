//! `reissue`, `revoke` and `unlock`: what the help desk may do for one graduate.

use anyhow::{Result, bail};

use super::hold_file::HoldFile;
use super::mailing::{self, Mailed, Mailing};
use super::{App, late_changes, students};
use crate::config::Question;
use crate::email::send::Whom;
use crate::graduate::StudentId;
use crate::invitation::key::CodeKey;
use crate::report::Conclusion;
use crate::store::{Deed, Hold, Timeline, WrongAnswer};
use crate::submission::SubmissionState;

/// How a code is issued again.
#[derive(Debug, Clone, Copy, Default)]
pub struct Reissue<'a> {
    /// The mail leaves at once.
    pub now: bool,
    /// What is in SEEK Pass already can be added again.
    pub again: bool,
    /// For the audit.
    pub why: Option<&'a str>,
}

/// What became of it.
#[derive(Debug)]
pub enum Reissued {
    /// A new code is due.
    Due,
    /// The mail was to leave at once: how that went, and what it comes to for the exit code.
    Mailed(Box<Mailed>, Conclusion),
    /// The data were purged: the next roster that lists the student invites anew.
    ByNextRoster,
    /// The student is held, and so nothing was done.
    Held(Hold),
    /// There is no invitation to issue again.
    NoInvitation,
    /// Nothing of the student in SEEK Pass can be added again; the state that keeps it, if one does.
    NothingToAddAgain(Option<SubmissionState>),
}

/// Issues a code again.
///
/// # Errors
/// When the student is not known, no mail could be sent, or the ledger cannot be used.
pub async fn reissue(app: &App, student_id: &str, wanted: Reissue<'_>) -> Result<(StudentId, Reissued)> {
    // whatever can be wrong with the mail is wrong before anything is written
    let mailing = if wanted.now { Some(Mailing::new(app)?) } else { None };
    let (mut lock, store) = app.open_ledger("reissue").await?;
    let student = students::one(&store, student_id).await?;
    let id = student.as_str();
    if store.timeline(&student).await?.is_none() {
        let key = CodeKey::read(&app.config.key_file)?;
        if !store.writer().await?.forget_purge(&key, &student).await? {
            return Err(students::unknown(&app.config, &store, &student).await?);
        }
        return Ok((student, Reissued::ByNextRoster));
    }
    HoldFile::of(&app.config)?.apply(app, &store, false).await?;
    if let Some(hold) = store.holds().await?.into_iter().find(|hold| hold.student_id == id) {
        return Ok((student, Reissued::Held(hold)));
    }
    if wanted.again {
        if let Err(reason) = late_changes::again(app, &store, id, wanted.why).await? {
            return Ok((student, Reissued::NothingToAddAgain(reason)));
        }
    } else {
        let deed = app.deed("reissue", wanted.why, String::new(), vec![id.to_owned()]);
        if store.writer().await?.reissue(deed).await? == 0 {
            return Ok((student, Reissued::NoInvitation));
        }
    }
    let Some(mailing) = mailing else { return Ok((student, Reissued::Due)) };
    let students = vec![id.to_owned()];
    lock.let_others_send().await?;
    let mailed = mailing.send(app, &store, Whom::Students(students.clone()), (app.shutdown)()?).await?;
    let conclusion = mailing::conclusion_of_students(&store, &students).await?;
    Ok((student, Reissued::Mailed(Box::new(mailed), conclusion)))
}

/// Revokes the student's open invitations; returns how many there were.
///
/// # Errors
/// When the student is not known, or the ledger cannot be written.
pub async fn revoke(app: &App, student_id: &str, why: Option<&str>) -> Result<(StudentId, u64)> {
    let (_lock, store) = app.open_ledger("revoke").await?;
    let student = students::one(&store, student_id).await?;
    if store.timeline(&student).await?.is_none() {
        return Err(students::unknown(&app.config, &store, &student).await?);
    }
    let deed = app.deed("revoke", why, String::new(), vec![student.as_str().to_owned()]);
    let revoked = store.writer().await?.revoke(deed).await?;
    Ok((student, revoked))
}

/// How a student stands who was unlocked.
#[derive(Debug)]
pub struct Unlocked {
    /// Who.
    pub student: StudentId,
    /// The second question could not be answered.
    pub was_locked: bool,
    /// Wrong answers are forgotten.
    pub is_anything_forgotten: bool,
    /// A wrong answer was ever given.
    pub was_ever_wrong: bool,
}

/// Forgets wrong answers to the second question. It needs no lock: whoever is on the telephone does not wait for a run, and the
/// running service sees the audit.
///
/// # Errors
/// When nothing is asked, the student is not known, or the ledger cannot be written.
pub async fn unlock(app: &App, student_id: &str, why: Option<&str>) -> Result<Unlocked> {
    if app.config.web.question == Question::None {
        bail!("the page asks no second question (web.question), so nobody is locked out of it");
    }
    let store = app.open().await?;
    let student = students::one(&store, student_id).await?;
    let id = student.as_str();
    let Some(timeline) = store.timeline(&student).await? else {
        return Err(students::unknown(&app.config, &store, &student).await?);
    };
    let last = last_wrong_answer(&timeline, &store.audit(Some(id)).await?);
    let was_locked = last.and_then(|last| last.locked_until).is_some_and(|at| at > app.clock.now());
    if last.is_some() {
        let deed = app.deed("unlock", why, String::new(), vec![id.to_owned()]);
        store.writer().await?.note(deed).await?;
    }
    let was_ever_wrong = !timeline.wrong_answers.is_empty();
    Ok(Unlocked { student, was_locked, is_anything_forgotten: last.is_some(), was_ever_wrong })
}

/// The last wrong answer to the second question since somebody unlocked it.
pub(crate) fn last_wrong_answer(timeline: &Timeline, deeds: &[Deed]) -> Option<WrongAnswer> {
    let last = timeline.wrong_answers.last()?;
    let is_unlocked = deeds.iter().any(|deed| deed.act == "unlock" && deed.at >= last.at);
    (!is_unlocked).then_some(*last)
}
