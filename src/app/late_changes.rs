//! `settle`, `reissue --again`, and the invitations that follow when what was awaited is conferred.

use anyhow::Result;

use super::students::{self, known_or_new, listed};
use super::{App, Event};
use crate::plural::counted;
use crate::store::{LateChange, Store};
use crate::submission::SubmissionState;

/// Invites again whose qualification was verified as awaiting graduation and is conferred by now; returns whom.
///
/// # Errors
/// When the ledger cannot be written.
pub async fn invite_conferred(app: &App, store: &Store) -> Result<Vec<String>> {
    let (today, now) = (app.today().to_string(), app.clock.now());
    let back = store.writer().await?.take_conferrals_back(today.clone()).await?;
    if !back.is_empty() {
        app.tell(&Event::NotConferredAfterAll(&back));
    }
    let students = store.writer().await?.invite_conferred(today, now).await?;
    if !students.is_empty() {
        app.tell(&Event::Conferred(&students));
    }
    Ok(students)
}

/// What was settled.
#[derive(Debug)]
pub struct Settled {
    /// Each change; none where nothing had changed.
    pub changes: Vec<LateChange>,
    /// Student ids of whom nothing had changed.
    pub nothing_of: Vec<String>,
}

/// Settles what changed of these students after SEEK Pass was told: ids, or files with one a line.
///
/// # Errors
/// When one of them is not known, or the ledger cannot be written.
pub async fn settle(app: &App, who: &[String], why: &str) -> Result<Settled> {
    let (_lock, store) = app.open_ledger("settle").await?;
    let mut students = Vec::new();
    for typed in who.iter().map(|who| listed(who)).collect::<Result<Vec<_>>>()?.concat() {
        let (student, is_known) = known_or_new(&store, &typed).await?;
        if !is_known {
            return Err(students::unknown(&app.config, &store, &student).await?);
        }
        students.push(String::from(student));
    }
    let what = counted(students.len(), "student");
    let deed = app.deed("settle", Some(why), what, students.clone());
    let changes = store.writer().await?.settle_changes(deed).await?;
    students.retain(|id| !changes.iter().any(|change| change.student_id == *id));
    Ok(Settled { changes, nothing_of: students })
}

/// Lets the student add again what is in SEEK Pass already; the message is still to be sent. Where there is nothing of the kind, the
/// error is the state that keeps it, if one does.
pub(super) async fn again(
    app: &App,
    store: &Store,
    student: &str,
    why: Option<&str>,
) -> Result<Result<(), Option<SubmissionState>>> {
    let deed = app.deed("reissue --again", why, String::new(), vec![student.to_owned()]);
    let qualifications = store.writer().await?.reissue_again(deed).await?;
    if qualifications > 0 {
        app.tell(&Event::Reopened { student, qualifications });
        return Ok(Ok(()));
    }
    let changes = store.late_changes_of(student).await?;
    let is_there = |state: SubmissionState| {
        changes
            .iter()
            .any(|it| it.state == state && (state != SubmissionState::Incomplete || !it.is_removed()))
    };
    let reasons = [SubmissionState::Misdirected, SubmissionState::Canceled, SubmissionState::Incomplete];
    Ok(Err(reasons.into_iter().find(|state| is_there(*state))))
}
