//! `run` and `send`: the nightly way.

use anyhow::Result;
use jiff::civil::Time;
use serde_json::json;

use super::Context;
use super::console::with_done;
use crate::app::{self, Night};
use crate::report::Conclusion;

pub(super) async fn execute(context: &Context, night: &Night) -> Result<Conclusion> {
    let done = app::run(&context.app()?, night).await;
    let report = done.map_err(|error| with_done(error, |done| json!(done)))?;
    context.console.results(report.bounced_lines().into_iter().chain(report.people_lines()));
    context.console.json(&report)?;
    Ok(report.conclusion())
}

pub(super) async fn send(context: &Context, until: Option<Time>) -> Result<Conclusion> {
    let done = app::send(&context.app()?, until).await;
    let report = done.map_err(|error| with_done(error, |done| json!(done)))?;
    context.console.json(&json!({ "mail": report.mail }))?;
    Ok(report.conclusion())
}
