//! `report`: the page for the dean, and its tables.

use std::path::Path;

use anyhow::Result;
use serde_json::{Map, json};

use super::{Context, table};
use crate::plural::counted;
use crate::report::Conclusion;
use crate::report_page::{ReportPage, STEPS, Source};
use crate::store::{Standing, Store};

pub(super) async fn execute(context: &Context, html: &Path, csv: Option<&Path>) -> Result<Conclusion> {
    let app = context.app()?;
    let config = &app.config;
    let store = Store::open_read_only(&config.database).await?;
    let now = context.clock.now().to_zoned(config.institution.time_zone.clone());
    let late_changes = store.late_changes().await?;
    let is_sending = store.is_run_at_work().await;
    let needs_person = store.listed(Standing::NeedsAPerson, None, is_sending, now.timestamp()).await?;
    let page = ReportPage::draw(&Source {
        institution: &config.institution.name,
        now: &now,
        figures: &store.report_figures().await?,
        unreached: &store.unreached().await?,
        holds: &store.holds().await?,
        needs_person: &needs_person,
        late_changes: &late_changes,
    })?;
    let tables = page.write(html, csv)?;
    // the page has student ids, too
    let files = format!("1 page, {}", counted(tables.len(), "table"));
    table::exported(&app, "report", &files).await?;
    let steps = STEPS.iter().enumerate().map(|(step, name)| (*name, page.funnel.at_least(step)));
    let told: Vec<_> = steps.clone().map(|(name, number)| format!("{number} {name}")).collect();
    context.console.result(format_args!("graduates: {}", told.join(", ")));
    context.console.result(format_args!("report: {}", html.display()));
    for path in &tables {
        context.console.result(format_args!("table: {}", path.display()));
    }
    let funnel: Map<_, _> = steps.map(|(name, number)| (name.to_owned(), json!(number))).collect();
    context.console.json(&json!({ "funnel": funnel, "html": html, "csv": tables }))?;
    Ok(Conclusion::needing_person(!late_changes.is_empty()))
}
