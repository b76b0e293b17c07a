//! `audit`: who did what by hand, when and why.

use std::path::Path;

use anyhow::Result;
use serde_json::json;

use super::{Context, table};
use crate::plural::{counted, named};
use crate::report::Conclusion;
use crate::store::{Deed, Store};

pub(super) async fn execute(context: &Context, csv: Option<&Path>) -> Result<Conclusion> {
    let app = context.app()?;
    let config = &app.config;
    let store = Store::open_read_only(&config.database).await?;
    let deeds = store.audit(None).await?;
    let timestamp = |deed: &Deed| config.institution.timestamp(deed.at);
    if let Some(path) = csv {
        let rows = deeds.iter().map(|deed| {
            let Deed { operator, act, why, what, students, .. } = deed;
            [
                timestamp(deed),
                operator.clone(),
                act.clone(),
                students.join(" "),
                what.clone(),
                why.clone().unwrap_or_default(),
            ]
        });
        let path =
            table::write(path, app.today(), &["at", "operator", "act", "students", "what", "why"], rows)?;
        let lines = counted(deeds.len(), "line");
        table::exported(&app, "audit", &lines).await?;
        context.console.say(format_args!("{lines} written to {}.", path.display()));
    } else {
        for deed in &deeds {
            let at = config.institution.local_time(deed.at);
            context.console.result(format_args!("{at}  {}", sentence(deed)));
        }
        if !deeds.is_empty() {
            context.console.say(config.institution.times_in());
        }
    }
    let entries: Vec<_> = deeds
        .iter()
        .map(|deed| {
            let Deed { operator, act, why, what, students, .. } = deed;
            json!({ "at": timestamp(deed), "operator": operator, "act": act, "students": students, "what": what, "why": why })
        })
        .collect();
    context.console.json(&json!({ "audit": entries }))?;
    Ok(Conclusion::DONE)
}

/// What was done, by whom, to whom and why.
pub(super) fn sentence(deed: &Deed) -> String {
    let Deed { operator, act, why, what, students, .. } = deed;
    let to = if students.is_empty() { String::new() } else { format!(": {}", named(students)) };
    let what = if what.is_empty() { String::new() } else { format!(": {what}") };
    let why = why.as_ref().map(|why| format!(" ({why})")).unwrap_or_default();
    format!("{act} by {operator}{to}{what}{why}")
}
