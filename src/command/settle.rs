//! `settle`: what changed of graduates after SEEK Pass was told is told no more.

use anyhow::{Result, bail};
use serde_json::json;

use super::Context;
use super::console::reason;
use crate::app::{self, Settled};
use crate::plural::named;
use crate::report::Conclusion;

pub(super) async fn execute(context: &Context, who: &[String], why: &str) -> Result<Conclusion> {
    let why = reason(why)?;
    let Settled { changes, nothing_of } = app::settle(&context.app()?, who, &why).await?;
    if changes.is_empty() {
        bail!("nothing of these students changed after SEEK Pass was told that is not settled");
    }
    if !nothing_of.is_empty() {
        context.console.say(format_args!("nothing to settle of {}", named(&nothing_of)));
    }
    for change in &changes {
        context.console.result(format_args!(
            "student {}: settled, and told no more unless it changes again: {}",
            change.student_id, change.what
        ));
    }
    let ids: Vec<_> = changes.iter().map(|change| change.student_id.as_str()).collect();
    context.console.json(&json!({ "settled": ids }))?;
    Ok(Conclusion::DONE)
}
