//! `follow-up`: how the submissions ended, what mail systems sent back, and who is reminded.

use anyhow::{Result, bail};
use serde_json::json;

use super::console::StoppedAfter;
use super::holds::HoldFile;
use super::run::Prepared;
use super::{Context, bounces, open_ledger, reminders};
use crate::config::Config;
use crate::follow_up;
use crate::outbox::rate_limiter::RateLimiter;
use crate::report::{Conclusion, FollowUpReport, Report};
use crate::seek::{SeekPass, Timeouts};
use crate::shutdown::Shutdown;
use crate::store::Store;

pub(super) async fn execute(context: &Context) -> Result<Conclusion> {
    let config = context.config()?;
    let prepared = if config.reminders.are_sent() {
        Some((Prepared::new(context)?, HoldFile::of(&config)?))
    } else {
        None
    };
    if config.seek_pass.is_none() && config.bounces.source.is_none() && prepared.is_none() {
        bail!("configuration {}: [seek_pass] is missing", context.config_path().display());
    }
    let (_lock, store) = open_ledger(context, &config, "follow-up").await?;
    let shutdown = super::shutdown()?;
    let follow_up = ask(context, &config, &store, &shutdown).await?;
    let mut report = Report { follow_up, ..Report::default() };
    if config.seek_pass.is_some() {
        for line in report.follow_up_lines() {
            context.console.result(line);
        }
    }
    // before anybody is reminded whom the mail before did not reach
    report.bounces = bounces::of_config(context, &config, &store).await?;
    let mut mail = json!({});
    if let Some(prepared) = prepared {
        let sent = reminders::send(context, prepared, &store, shutdown).await;
        (report.reminders, report.mail) = sent.map_err(|why| StoppedAfter {
            why,
            done: json!({ "follow_up": report.follow_up, "bounces": report.bounces }),
        })?;
        for line in report.mail_lines() {
            context.console.result(line);
        }
        mail = json!(report.mail);
    }
    report.count_bounced(&store, context.clock.now()).await?;
    report.people(&store).await?;
    for line in report.bounced_lines().into_iter().chain(report.people_lines()) {
        context.console.result(line);
    }
    mail["bounced"] = json!(report.mail.bounced);
    let mut told = json!({
        "follow_up": report.follow_up,
        "mail": mail,
        "reminders": report.reminders,
        "bounced": report.bounced,
        "needs_a_person": report.needs_a_person,
        "changed_after_verified": report.changed_after_verified,
    });
    if let Some(bounces) = &report.bounces {
        told["bounces"] = json!(bounces);
    }
    context.console.json(&told)?;
    Ok(report.conclusion())
}

/// Asks for what is unfinished; without a SEEK Pass in the configuration nothing can be.
pub(super) async fn ask(
    context: &Context,
    config: &Config,
    store: &Store,
    shutdown: &Shutdown,
) -> Result<FollowUpReport> {
    let Some(settings) = &config.seek_pass else { return Ok(FollowUpReport::default()) };
    let seek_pass = SeekPass::new(settings, &context.clock, Timeouts::USUAL)?;
    let pace = RateLimiter::of_status_calls(settings, &context.clock);
    let writer = store.writer().await?;
    let found = follow_up::follow_up(store, &writer, &seek_pass, &pace, &context.clock, shutdown).await?;
    let rejected = store.rejected_submissions().await?;
    Ok(FollowUpReport::new(found, rejected))
}
