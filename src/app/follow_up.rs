//! `follow-up`: how the submissions ended, what mail systems sent back, and who is reminded.

use anyhow::{Result, bail};

use super::hold_file::HoldFile;
use super::mailing::Mailing;
use super::{App, Event, StoppedAfter, bounces, reminders};
use crate::follow_up;
use crate::outbox::rate_limiter::RateLimiter;
use crate::report::{FollowUpReport, Report};
use crate::seek::{SeekPass, Timeouts};
use crate::shutdown::Shutdown;
use crate::store::Store;

/// Asks how submissions ended, reads what came back, and sends the reminders that are due.
///
/// # Errors
/// When it cannot run; [`StoppedAfter`] where everything was asked and read, and no reminder could be sent.
pub async fn follow_up(app: &App) -> Result<Report> {
    let config = &app.config;
    let reminding =
        if config.reminders.are_sent() { Some((Mailing::new(app)?, HoldFile::of(config)?)) } else { None };
    if config.seek_pass.is_none() && config.bounces.source.is_none() && reminding.is_none() {
        bail!("configuration {}: [seek_pass] is missing", app.config_path.display());
    }
    let (_lock, store) = app.open_to_send("follow-up").await?;
    let shutdown = (app.shutdown)()?;
    let mut report = Report { follow_up: ask(app, &store, &shutdown).await?, ..Report::default() };
    if config.seek_pass.is_some() {
        app.tell(&Event::FollowedUp(&report));
    }
    // before anybody is reminded whom the mail before did not reach
    report.bounces = bounces::of_config(app, &store).await?;
    if let Some(reminding) = reminding {
        match reminders::send(app, reminding, &store, shutdown).await {
            Ok((made, mail)) => (report.reminders, report.mail) = (made, mail),
            Err(why) => return Err(StoppedAfter { why, done: Box::new(report) }.into()),
        }
        app.tell(&Event::Mailed(&report));
    }
    report.count_bounced(&store, app.clock.now()).await?;
    report.people(&store).await?;
    Ok(report)
}

/// Asks for what is unfinished; without a SEEK Pass in the configuration nothing can be.
pub(crate) async fn ask(app: &App, store: &Store, shutdown: &Shutdown) -> Result<FollowUpReport> {
    let Some(settings) = &app.config.seek_pass else { return Ok(FollowUpReport::default()) };
    let seek_pass = SeekPass::new(settings, &app.clock, Timeouts::USUAL)?;
    let pace = RateLimiter::of_status_calls(settings, &app.clock);
    let writer = store.writer().await?;
    let found = follow_up::follow_up(store, &writer, &seek_pass, &pace, &app.clock, shutdown).await?;
    let rejected = store.rejected_submissions().await?;
    Ok(FollowUpReport::new(found, rejected))
}
