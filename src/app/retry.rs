//! `retry`: what was refused, rejected or came into doubt is tried again, of everybody or of some students.

use anyhow::{Result, bail};

use super::hold_file::HoldFile;
use super::mailing::{self, Mailed, Mailing};
use super::students::{self, known_or_new};
use super::{App, Event, plan};
use crate::email::send::Whom;
use crate::import::Brakes;
use crate::plural::named;
use crate::report::{Conclusion, Report};
use crate::store::{MailFigures, Retried, Standing, Store};

/// What a retry came to.
#[derive(Debug)]
pub struct Retry {
    /// How many are tried again.
    pub retried: Retried,
    /// What was refused or in doubt before.
    pub figures: MailFigures,
    /// How the mails went.
    pub mailed: Mailed,
    /// What it comes to for the exit code.
    pub conclusion: Conclusion,
}

/// Of everybody, or of what one import brought.
///
/// # Errors
/// When it cannot run, or a plan has to be approved before anybody is mailed.
pub async fn retry(app: &App, batch: Option<i64>, why: Option<&str>) -> Result<Retry> {
    let mailing = Mailing::new(app)?;
    let hold_file = HoldFile::of(&app.config)?;
    let (_lock, store) = app.open_to_send("retry").await?;
    store.refuse_other_key(&mailing.key.fingerprint()).await?;
    if let Some(batch) = batch {
        students::known_batch(&store, batch).await?;
    }
    let now = app.clock.now();
    hold_file.apply(app, &store, false).await?;
    let figures = store.mail_figures(batch, now).await?;
    let deed = app.deed("retry", why, String::new(), Vec::new());
    let retried = store.writer().await?.retry(deed, batch).await?;
    let mailed = send(app, mailing, &store, Whom::Everybody, (retried, &figures)).await?;
    let conclusion = Report { mail: (&mailed.sent).into(), ..Report::default() }.conclusion();
    Ok(Retry { retried, figures, mailed, conclusion })
}

/// Sends what is due now.
async fn send(
    app: &App,
    mailing: Mailing,
    store: &Store,
    whom: Whom,
    (retried, figures): (Retried, &MailFigures),
) -> Result<Mailed> {
    // a restored ledger has new Message-IDs
    let is_restored = store.sending().await?.restored != 0;
    app.tell(&Event::Retried { retried, figures, is_restored });
    plan::stop_without_approval(&app.config, store, &Brakes::Stop).await?;
    mailing.send(app, store, whom, (app.shutdown)()?).await
}

/// The same, of some students only; nobody else is mailed.
///
/// # Errors
/// When one of them is held or unknown, or there is nothing to try again; else as [`retry`].
pub async fn retry_students(app: &App, typed: &[String], why: Option<&str>) -> Result<Retry> {
    let mailing = Mailing::new(app)?;
    let hold_file = HoldFile::of(&app.config)?;
    let (_lock, store) = app.open_to_send("retry").await?;
    store.refuse_other_key(&mailing.key.fingerprint()).await?;
    hold_file.apply(app, &store, false).await?;
    let mut students = Vec::new();
    for typed in typed {
        let (student, is_known) = known_or_new(&store, typed).await?;
        if !is_known {
            return Err(students::unknown(&app.config, &store, &student).await?);
        }
        students.push(String::from(student));
    }
    let is_meant = |id: &String| students.contains(id);
    let held: Vec<_> =
        store.holds().await?.into_iter().map(|hold| hold.student_id).filter(is_meant).collect();
    if !held.is_empty() {
        bail!(
            "nothing was tried again: held, and so not mailed: {}; `gradpass show` says why, and what ends it",
            named(&held)
        );
    }
    let now = app.clock.now();
    let mut figures = MailFigures::default();
    for (state, number) in
        [(Standing::Refused, &mut figures.refused), (Standing::InDoubt, &mut figures.in_doubt)]
    {
        let listed = store.listed(state, None, false, now).await?;
        *number = i64::try_from(listed.iter().filter(|one| is_meant(&one.student_id)).count())?;
    }
    let deed = app.deed("retry", why, String::new(), students.clone());
    let retried = store.writer().await?.retry_students(deed).await?;
    if retried.is_nothing() {
        bail!(
            "nothing of these students was refused, deferred, rejected or in doubt; `gradpass show` tells how they stand"
        );
    }
    let whom = Whom::Students(students.clone());
    let mailed = send(app, mailing, &store, whom, (retried, &figures)).await?;
    let conclusion = mailing::conclusion_of_students(&store, &students).await?;
    Ok(Retry { retried, figures, mailed, conclusion })
}
