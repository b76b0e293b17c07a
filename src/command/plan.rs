//! `approve`, and what an approved plan lets pass.

use std::path::PathBuf;

use anyhow::{Result, anyhow, bail};
use serde_json::json;

use super::{Context, import, open_ledger};
use crate::cli::ImportArguments;
use crate::config::Config;
use crate::import::Brakes;
use crate::plan::Plan;
use crate::report::Exit;
use crate::store::Store;

pub(super) async fn approve(context: &Context, id: &str, by: Option<String>) -> Result<Exit> {
    let plan = Plan::parse(id)?;
    let config = context.config()?;
    let (_lock, store) = open_ledger(context, &config, "approve").await?;
    let by = by.unwrap_or_else(|| context.operator.clone());
    let writer = store.writer().await?;
    writer.approve(plan.id().to_owned(), by.clone(), context.clock.milliseconds()).await?;
    let what = format!("plan {}, approved by {by}", plan.id());
    writer.note(context.deed("approve", None, what, Vec::new())).await?;
    context.console.result(format_args!(
        "plan {} is approved by {by}; a run over the same rosters, with nothing changed meanwhile, follows it",
        plan.id()
    ));
    context.console.json(&json!({ "plan": plan.id(), "approved_by": by }))?;
    Ok(Exit::Done)
}

/// The plan of a run, with the ledger as it stands.
pub(super) async fn of(
    config: &Config,
    store: &Store,
    rosters: &[PathBuf],
    arguments: &ImportArguments,
) -> Result<Plan> {
    let settings = import::settings(config, arguments);
    Ok(Plan::of(config, (&settings, arguments.add), rosters, store).await?)
}

/// What may stop the run: nothing where its plan was approved. A plan that is named must be this run's, and approved.
pub(super) async fn brakes(
    config: &Config,
    store: &Store,
    rosters: &[PathBuf],
    (arguments, wanted): (&ImportArguments, Option<&str>),
) -> Result<Brakes> {
    let plan = of(config, store, rosters, arguments).await?;
    if let Some(wanted) = wanted {
        let wanted = Plan::parse(wanted)?;
        let differences = plan.differences(&wanted);
        if !differences.is_empty() {
            bail!(
                "nothing was done: this run would not follow plan {}, since {} changed; look at it again with \
                 `gradpass run --dry-run --preview DIR ROSTER`",
                wanted.id(),
                differences.join(" and ")
            );
        }
        if !store.is_approved(wanted.id()).await? {
            bail!(
                "nothing was done: plan {} is not approved; `gradpass approve {} --by NAME` does that",
                wanted.id(),
                wanted.id()
            );
        }
    }
    Ok(if store.is_approved(plan.id()).await? {
        Brakes::Approved(plan.id().to_owned())
    } else {
        Brakes::Stop
    })
}

/// Stops before more people are mailed than may be without an approved plan (`guard.require_approval`).
pub(super) async fn stop_without_approval(config: &Config, store: &Store, brakes: &Brakes) -> Result<()> {
    let Some(most) = config.guard.require_approval else { return Ok(()) };
    if let Brakes::Approved(plan) = brakes {
        // what is left over of it may go on later nights
        store.writer().await?.follow_plan(plan.clone()).await?;
        return Ok(());
    }
    let people = store.people_without_approval().await?;
    if people > i64::from(most) {
        return Err(anyhow!(
            "nobody was mailed: {people} people wait for a message, and above {most} guard.require_approval wants an approved \
             plan. Look at it with `gradpass run --dry-run --preview DIR ROSTER`, then `gradpass approve PLAN --by NAME`, and \
             run again"
        ));
    }
    Ok(())
}
