//! `list` and `batches`: who, and when; student ids and never a name or an address.

use std::path::Path;

use anyhow::Result;
use clap::ValueEnum;
use serde_json::json;

use super::{Context, table};
use crate::app::students::known_batch;
use crate::config::Institution;
use crate::plural::counted;
use crate::report::Conclusion;
use crate::store::{Listed, PastBatch, Standing, Store};

pub(super) async fn execute(
    context: &Context,
    states: &[Standing],
    batch: Option<i64>,
    csv: Option<&Path>,
) -> Result<Conclusion> {
    let app = context.app()?;
    let config = &app.config;
    let store = Store::open_read_only(&config.database).await?;
    let mut listed = Vec::new();
    let is_sending = store.is_run_at_work().await;
    if let Some(batch) = batch {
        known_batch(&store, batch).await?;
        if states.contains(&Standing::Rejected)
            && store.latest_batch().await?.is_some_and(|last| last.id != batch)
        {
            context.console.say(
                "note: a rejected row is kept until a later import has it again, or lists everybody anew",
            );
        }
    }
    for state in states {
        listed.extend(store.listed(*state, batch, is_sending, context.clock.now()).await?);
    }
    let zone = &config.institution;
    let has_bounces = states.contains(&Standing::Bounced);
    let rows = || {
        listed.iter().map(|one| {
            let mut row = vec![
                one.student_id.clone(),
                word(one.standing),
                zone.timestamp(one.since),
                reason(one, zone),
            ];
            if has_bounces {
                let bounce = one.bounce.as_ref();
                row.push(bounce.map(|it| it.kind.clone()).unwrap_or_default());
                row.push(bounce.map(|it| it.code.clone()).unwrap_or_default());
            }
            row
        })
    };
    let header =
        &["student_id", "state", "since", "reason", "kind", "code"][..if has_bounces { 6 } else { 4 }];
    if let Some(path) = csv {
        let path = table::write(path, app.today(), header, rows())?;
        let lines = counted(listed.len(), "line");
        let mut what = states.iter().map(|state| word(*state)).collect::<Vec<_>>().join(" ");
        if let Some(batch) = batch {
            what = format!("{what} of import {batch}");
        }
        table::exported(&app, &format!("list {what}"), &lines).await?;
        context.console.say(format_args!("{lines} written to {}.", path.display()));
    } else {
        for one in &listed {
            context.console.result(line(one, zone));
        }
        context.console.say(match listed.len() {
            0 => "nobody".to_owned(),
            _ => zone.times_in(),
        });
    }
    let rows: Vec<_> = rows()
        .map(|row| header.iter().zip(row).map(|(name, cell)| ((*name).to_owned(), json!(cell))).collect())
        .map(serde_json::Value::Object)
        .collect();
    context.console.json(&json!({ "listed": rows }))?;
    Ok(Conclusion::DONE)
}

pub(super) async fn batches(context: &Context) -> Result<Conclusion> {
    let config = context.config()?;
    let zone = &config.institution;
    let batches = Store::open_read_only(&config.database).await?.batches().await?;
    for batch in &batches {
        let PastBatch { id, roster, row_count, new, unchanged, changed, withdrawn, rejected, .. } = batch;
        let ended =
            if batch.finished_at.is_some() { "" } else { "; it did not end, import the roster again" };
        let how = match batch.decoding.replace('\n', ", ") {
            // of an older gradpass
            unknown if unknown.is_empty() => String::new(),
            how => format!(" (read as {how})"),
        };
        context.console.result(format_args!(
            "{id}  {}  {roster}{how}: {}: {new} new, {unchanged} unchanged, {changed} changed, {rejected} \
             rejected; {withdrawn} withdrawn{ended}",
            zone.local_time(batch.started_at),
            counted(*row_count, "row")
        ));
    }
    if !batches.is_empty() {
        context.console.say(zone.times_in());
    }
    let told: Vec<_> = batches
        .iter()
        .map(|batch| {
            json!({
                "batch": batch.id,
                "at": zone.timestamp(batch.started_at),
                "ended": batch.finished_at.map(|at| zone.timestamp(at)),
                "files": batch.roster,
                "read_as": batch.decoding.lines().collect::<Vec<_>>(),
                "rows": batch.row_count,
                "new": batch.new,
                "unchanged": batch.unchanged,
                "changed": batch.changed,
                "withdrawn": batch.withdrawn,
                "rejected": batch.rejected,
            })
        })
        .collect();
    context.console.json(&json!({ "batches": told }))?;
    Ok(Conclusion::DONE)
}

fn line(one: &Listed, zone: &Institution) -> String {
    let since = match one.standing {
        Standing::Expiring => {
            format!("until {}", zone.deadline(one.since))
        }
        _ => format!("since {}", zone.local_time(one.since)),
    };
    let id = if one.student_id.is_empty() { "(no readable id)" } else { &one.student_id };
    let bounce = one.bounce.as_ref().map(|it| [it.kind.as_str(), it.code.as_str()].join(" "));
    let how = bounce.map(|how| format!(" ({})", how.trim_end())).unwrap_or_default();
    let reason = reason(one, zone);
    let reason = if reason.is_empty() { reason } else { format!(": {reason}") };
    format!("{id}  {}{how} {since}{reason}", word(one.standing))
}

/// Why, and when it is tried again by itself.
fn reason(one: &Listed, zone: &Institution) -> String {
    match one.bounce.as_ref().and_then(|bounce| bounce.again_at) {
        Some(at) => format!("{}; tried again by the first run after {}", one.reason, zone.local_time(at)),
        None => one.reason.clone(),
    }
}

fn word(standing: Standing) -> String {
    standing.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned())
}
