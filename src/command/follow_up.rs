//! `follow-up`: how the submissions ended, what mail systems sent back, and who is reminded.

use anyhow::Result;
use serde_json::json;

use super::Context;
use super::console::with_done;
use crate::app;
use crate::report::Conclusion;

pub(super) async fn execute(context: &Context) -> Result<Conclusion> {
    let app = context.app()?;
    let report = app::follow_up(&app).await.map_err(|error| {
        with_done(error, |done| json!({ "follow_up": done.follow_up, "bounces": done.bounces }))
    })?;
    context.console.results(report.bounced_lines().into_iter().chain(report.people_lines()));
    let mut mail = if app.config.reminders.are_sent() { json!(report.mail) } else { json!({}) };
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
