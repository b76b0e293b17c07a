//! `run` and `send`: the nightly way.

use std::path::PathBuf;

use anyhow::Result;
use jiff::civil::Time;

use super::hold_file::HoldFile;
use super::mailing::Mailing;
use super::night::{self, Opened};
use super::{
    App, Event, Reader, StoppedAfter, bounces, follow_up, import, late_changes, plan, quarantine, reminders,
};
use crate::cli::ImportArguments;
use crate::email::send::Whom;
use crate::import::Brakes;
use crate::report::Report;
use crate::shutdown::Shutdown;
use crate::store::{RunLock, Store};

/// What a night is given.
#[derive(Debug, Clone, Default)]
pub struct Night {
    /// The registry's exports; without any, only what is due is sent.
    pub rosters: Vec<PathBuf>,
    /// How they are read.
    pub arguments: ImportArguments,
    /// The id of an approved plan, which is followed exactly.
    pub plan: Option<String>,
    /// No message is begun from this time of the university's day on.
    pub until: Option<Time>,
}

/// `run`: imports, sends and follows up.
///
/// # Errors
/// When it cannot run; [`StoppedAfter`] where the import stands, and a plan has to be approved before anybody is mailed.
pub async fn run(app: &App, night: &Night) -> Result<Report> {
    let mailing = Mailing::new(app)?.until(night.until);
    if let Some(settings) = &app.config.seek_pass {
        // for following up, at the end
        settings.client_secret.load()?;
    }
    let AfterMail { _lock, store, shutdown, mut report } =
        import_and_send(app, "run", mailing, night).await?;
    if app.config.seek_pass.is_some() {
        report.follow_up = follow_up::ask(app, &store, &shutdown).await?;
        app.tell(&Event::FollowedUp(&report));
    }
    report.bounces = bounces::of_config(app, &store).await?;
    report.count_bounced(&store, app.clock.now()).await?;
    report.people(&store).await?;
    Ok(report)
}

/// `send`: sends what is due, and begins no message from `until` on.
///
/// # Errors
/// As [`run`].
pub async fn send(app: &App, until: Option<Time>) -> Result<Report> {
    let mailing = Mailing::new(app)?.until(until);
    Ok(import_and_send(app, "send", mailing, &Night::default()).await?.report)
}

/// How far `run` and `send` are the same.
struct AfterMail {
    _lock: RunLock,
    store: Store,
    shutdown: Shutdown,
    report: Report,
}

async fn import_and_send(
    app: &App,
    command: &str,
    mailing: Mailing,
    Night { rosters, arguments, plan, .. }: &Night,
) -> Result<AfterMail> {
    let hold_file = HoldFile::of(&app.config)?;
    let Opened { mut lock, store, others } = night::open(app, command, !rosters.is_empty()).await?;
    store.refuse_other_key(&mailing.key.fingerprint()).await?;
    let by_another = night::imported_by(others, app, &store, (rosters, arguments)).await?;
    let needs_plan = plan.is_some() || app.config.guard.require_approval.is_some();
    let brakes = if let Some(batch) = &by_another {
        // what lets the other one pass lets this one
        batch.plan.clone().map_or(Brakes::Stop, Brakes::Approved)
    } else if needs_plan {
        plan::brakes(app, &store, rosters, (arguments, plan.as_deref())).await?
    } else {
        Brakes::Stop
    };
    let mut report = Report::default();
    let mut has_whole_roster = false;
    if !rosters.is_empty() && by_another.is_none() {
        let how = (arguments, Reader::Nobody, brakes.clone());
        let imported = import::read_guarded(app, &mailing.key, &store, rosters, how).await?;
        has_whole_roster = imported.is_whole;
        import::note(app, &store, &imported, (arguments, &brakes)).await?;
        report = Report::of_import(&imported, &store).await?;
        app.tell(&Event::Imported(&report));
    }
    hold_file.apply(app, &store, arguments.allow_removals).await?;
    (report.conferred, report.reminders) = make_due(app, &store).await?;
    quarantine::quarantine(app, &store, has_whole_roster).await?;
    if let Err(why) = plan::stop_without_approval(&app.config, &store, &brakes).await {
        // what was imported stays
        return Err(StoppedAfter { why, done: Box::new(report) }.into());
    }
    bounces::tell_refusing(app, &store).await?;
    let shutdown = (app.shutdown)()?;
    lock.let_others_send().await?;
    report.mail = mailing.send(app, &store, Whom::Everybody, shutdown.clone()).await?.into();
    app.tell(&Event::Mailed(&report));
    Ok(AfterMail { _lock: lock, store, shutdown, report })
}

/// Makes due what time alone brings: what bounced for a while is tried again, who is conferred by now is invited again, and
/// others are reminded; returns who is conferred, and how many are reminded.
pub(crate) async fn make_due(app: &App, store: &Store) -> Result<(Vec<String>, i64)> {
    store.writer().await?.try_bounced_again(app.clock.now()).await?;
    let conferred = late_changes::invite_conferred(app, store).await?;
    Ok((conferred, reminders::make(app, store).await?))
}
