//! Reminders: made when they are due, sent by `run`, `send` and `follow-up`, and foretold.

use anyhow::Result;
use jiff::Timestamp;

use super::hold_file::HoldFile;
use super::mailing::Mailing;
use super::{App, Event, plan, quarantine};
use crate::email::send::Whom;
use crate::import::Brakes;
use crate::plural::counted;
use crate::report::MailReport;
use crate::shutdown::Shutdown;
use crate::store::{ReminderRule, Store};

fn rule(app: &App) -> ReminderRule {
    let (now, config) = (app.clock.now(), &app.config);
    ReminderRule {
        moments: config.reminders.moments(now, &config.institution.time_zone),
        at_most: config.reminders.at_most,
        now,
    }
}

/// Makes the reminders that are due, and takes back those that make no sense any more; returns how many were made.
///
/// # Errors
/// When the ledger cannot be written.
pub async fn make(app: &App, store: &Store) -> Result<i64> {
    let made = store.writer().await?.remind(store, &rule(app)).await?;
    if made > 0 {
        app.tell(&Event::RemindersDue(made));
    }
    Ok(made)
}

/// The reminders of a follow-up: how many were made, and how their sending ended. Nothing else is mailed.
pub(super) async fn send(
    app: &App,
    (mailing, hold_file): (Mailing, HoldFile),
    store: &Store,
    shutdown: Shutdown,
) -> Result<(i64, MailReport)> {
    hold_file.apply(app, store, false).await?;
    let made = make(app, store).await?;
    quarantine::quarantine(app, store, false).await?;
    plan::stop_without_approval(&app.config, store, &Brakes::Stop).await?;
    let mail: MailReport = mailing.send(app, store, Whom::Reminded, shutdown).await?.into();
    // what else waits is for `run` and `send`
    let waiting = store.reminder_figures().await?.waiting;
    Ok((made, MailReport { waiting, deferred: 0, refused: 0, in_doubt: 0, ..mail }))
}

/// Whom of those mailed so far a reminder reaches if they do not use the invitation before, for people.
pub(crate) struct Outlook {
    /// `2 graduates`: now.
    pub(crate) due: String,
    /// `3 graduates from 2026-12-05 to 2026-12-19`, or nobody.
    pub(crate) later: String,
}

/// How many reminders are due and will be, and when; none where nobody is reminded.
pub(crate) async fn outlook(app: &App, store: &Store) -> Result<Option<Outlook>> {
    let config = &app.config;
    if !config.reminders.are_sent() {
        return Ok(None);
    }
    let outlook = store.reminder_outlook(&rule(app)).await?;
    let zone = &config.institution.time_zone;
    let day = |number, sent_at: Option<Timestamp>| config.reminders.day(number, sent_at?, zone);
    let first = outlook.iter().filter_map(|it| day(it.number, it.first_sent_at)).min();
    let last = outlook.iter().filter_map(|it| day(it.number, it.last_sent_at)).max();
    let due: i64 = outlook.iter().map(|it| it.due).sum();
    let later: i64 = outlook.iter().map(|it| it.later).sum();
    let later = match (first, last) {
        (Some(first), Some(last)) if first == last => format!("{} on {first}", counted(later, "graduate")),
        (Some(first), Some(last)) => format!("{} from {first} to {last}", counted(later, "graduate")),
        _ => "nobody".to_owned(),
    };
    Ok(Some(Outlook { due: counted(due, "graduate"), later }))
}
