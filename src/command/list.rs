//! `list` and `batches`: who, and when; student ids and never a name or an address.

use std::path::Path;

use anyhow::{Result, bail};
use clap::ValueEnum;
use jiff::Timestamp;
use serde_json::json;

use super::{Context, table};
use crate::config::Institution;
use crate::lock::RunLock;
use crate::report::{Exit, counted};
use crate::store::{Listed, PastBatch, Standing, Store};

pub(super) async fn execute(
    context: &Context,
    states: &[Standing],
    batch: Option<i64>,
    csv: Option<&Path>,
) -> Result<Exit> {
    let config = context.config()?;
    let store = Store::open_read_only(&config.database).await?;
    let mut listed = Vec::new();
    let is_sending = RunLock::is_held(&config.database);
    for state in states {
        listed.extend(store.listed(*state, is_sending, context.clock.milliseconds()).await?);
    }
    if let Some(batch) = batch {
        if !store.batches().await?.iter().any(|past| past.id == batch) {
            bail!("there is no import {batch}; `gradpass batches` lists them");
        }
        let students = store.students_of_batch(batch).await?;
        listed.retain(|one| students.contains(&one.student_id));
    }
    let zone = &config.institution;
    let rows = || {
        listed.iter().map(|one| {
            [one.student_id.clone(), word(one.standing), time(zone, one.since), one.reason.clone()]
        })
    };
    if let Some(path) = csv {
        let header = ["student_id", "state", "since", "reason"];
        let path = table::write(path, context.today(&config), header, rows())?;
        let lines = counted(listed.len(), "line");
        table::exported(context, &config, "list", &lines).await?;
        context.console.say(format_args!("{lines} written to {}.", path.display()));
    } else {
        for one in &listed {
            context.console.result(line(one, zone));
        }
    }
    let rows: Vec<_> = rows()
        .map(|[id, state, since, reason]| {
            json!({ "student_id": id, "state": state, "since": since, "reason": reason })
        })
        .collect();
    context.console.json(&json!({ "listed": rows }))?;
    Ok(Exit::Done)
}

pub(super) async fn batches(context: &Context) -> Result<Exit> {
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
            time(zone, batch.started_at),
            counted(*row_count, "row")
        ));
    }
    let told: Vec<_> = batches
        .iter()
        .map(|batch| {
            json!({
                "batch": batch.id,
                "at": time(zone, batch.started_at),
                "ended": batch.finished_at.map(|at| time(zone, at)),
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
    Ok(Exit::Done)
}

fn line(one: &Listed, zone: &Institution) -> String {
    let until = if matches!(one.standing, Standing::Expiring) { "until" } else { "since" };
    let id = if one.student_id.is_empty() { "(no readable id)" } else { &one.student_id };
    let reason = if one.reason.is_empty() { String::new() } else { format!(": {}", one.reason) };
    format!("{id}  {} {until} {}{reason}", word(one.standing), time(zone, one.since))
}

fn word(standing: Standing) -> String {
    standing.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned())
}

fn time(zone: &Institution, milliseconds: i64) -> String {
    zone.local_time(Timestamp::from_millisecond(milliseconds).unwrap_or(Timestamp::MIN))
}
