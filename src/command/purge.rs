//! `purge`: old personal data go.

use anyhow::Result;
use serde_json::json;

use super::Context;
use super::console::reason;
use crate::app;
use crate::plural::counted;
use crate::report::Conclusion;

pub(super) async fn execute(context: &Context, dry_run: bool, why: Option<&str>) -> Result<Conclusion> {
    let why = why.map(reason).transpose()?;
    let app = context.app()?;
    if dry_run {
        let (count, day) = app::purgeable(&app).await?;
        context.console.result(format_args!(
            "purge: the data of {} would be removed, with whom nothing has happened since {day}",
            counted(count, "graduate")
        ));
        context.console.json(&json!({ "dry_run": true, "purged": count, "before": day.to_string() }))?;
        return Ok(Conclusion::DONE);
    }
    let purged = app::purge(&app, why.as_deref()).await?;
    if !purged.is_whole {
        context.console.result("stopped early: it was asked to stop; run it again");
    }
    if !purged.is_clear {
        context.console.result(
            "left over: somebody is reading the ledger, so that its write-ahead log may still hold what was removed; \
             run it again",
        );
    }
    context.console.json(&json!({ "purged": purged.graduates, "before": purged.before.to_string() }))?;
    Ok(purged.conclusion())
}
