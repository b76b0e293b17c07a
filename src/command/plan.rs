//! `approve`, and what an approved plan lets pass.

use std::path::PathBuf;

use anyhow::{Result, anyhow, bail};
use serde_json::json;

use super::{Context, hand, import, open_ledger};
use crate::cli::ImportArguments;
use crate::config::Config;
use crate::import::Brakes;
use crate::plan::Plan;
use crate::report::Conclusion;
use crate::store::Store;

pub(super) async fn approve(
    context: &Context,
    id: &str,
    (by, why): (Option<&str>, Option<&str>),
) -> Result<Conclusion> {
    let plan = Plan::parse(id)?;
    let by = by.map(|by| hand::words("--by", by)).transpose()?;
    let why = why.map(hand::reason).transpose()?;
    let config = context.config()?;
    let (_lock, store) = open_ledger(context, &config, "approve").await?;
    let outdated = plan.outdated(&config, &store).await?;
    if !outdated.is_empty() {
        bail!(
            "nothing was approved: no dry run over this ledger as it is now made plan {}, since {} changed or it is of another \
             ledger; look at what a run would do with `gradpass run --dry-run --preview DIR ROSTER`, and approve that plan",
            plan.id(),
            outdated.join(" and ")
        );
    }
    let by = by.unwrap_or_else(|| context.operator.clone());
    let what = format!("plan {}, approved by {by}", plan.id());
    let deed = context.deed("approve", why.as_deref(), what, Vec::new());
    let is_new = store.writer().await?.approve(plan.id().to_owned(), by.clone(), deed).await?;
    let approvals = store.approvals(plan.id()).await?;
    let missing = missing(&config, &approvals);
    match (missing, is_new) {
        (0, false) => context.console.result(format_args!(
            "plan {} is approved already: {} did so before, and nothing new was written down",
            plan.id(),
            context.operator
        )),
        (0, true) => context.console.result(format_args!(
            "plan {} is approved by {by}; a run over the same rosters, with nothing changed meanwhile, follows it, and \
             `gradpass run --plan` of anything else refuses",
            plan.id()
        )),
        (_, true) => context.console.result(format_args!(
            "plan {} is approved by {by}; guard.two_persons wants another person, with a login of their own, to do the same",
            plan.id()
        )),
        (_, false) => bail!(
            "{} has approved plan {} already; guard.two_persons wants another person, with a login of their own",
            context.operator,
            plan.id()
        ),
    }
    // as it stands in the ledger
    let by =
        approvals.into_iter().find(|(operator, _)| *operator == context.operator).map_or(by, |(_, by)| by);
    context.console.json(&json!({ "plan": plan.id(), "approved_by": by, "approvals_missing": missing }))?;
    Ok(Conclusion::DONE)
}

/// How many people have still to approve a plan before it passes.
const fn missing(config: &Config, approvals: &[(String, String)]) -> usize {
    let needed: usize = if config.guard.two_persons { 2 } else { 1 };
    needed.saturating_sub(approvals.len())
}

/// How many people have still to approve this one.
pub(super) async fn still_missing(config: &Config, store: &Store, plan: &Plan) -> Result<usize> {
    Ok(missing(config, &store.approvals(plan.id()).await?))
}

/// What makes a plan pass, for whoever has just seen it.
pub(super) fn how_it_passes(config: &Config, plan: &Plan, missing: usize) -> String {
    let (id, by_whom) = (plan.id(), "each with a login of their own");
    match (missing, config.guard.two_persons) {
        (0, _) => format!("plan {id}; it is approved, and a run over the same rosters follows it"),
        (1, true) => format!(
            "plan {id}; one person approved it, and `gradpass approve {id} --by NAME` of another, {by_whom}, lets \
             exactly this pass"
        ),
        (_, true) => format!(
            "plan {id}; `gradpass approve {id} --by NAME` of two people, {by_whom}, lets exactly this pass"
        ),
        _ => format!("plan {id}; `gradpass approve {id} --by NAME` lets exactly this pass"),
    }
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
        match still_missing(config, store, &wanted).await? {
            0 => {}
            1 if config.guard.two_persons => bail!(
                "nothing was done: only one person approved plan {}, and guard.two_persons wants another, with a login of \
                 their own, to `gradpass approve {} --by NAME`",
                wanted.id(),
                wanted.id()
            ),
            _ => bail!(
                "nothing was done: plan {} is not approved; `gradpass approve {} --by NAME` does that",
                wanted.id(),
                wanted.id()
            ),
        }
    }
    Ok(match still_missing(config, store, &plan).await? {
        0 => Brakes::Approved(plan.id().to_owned()),
        _ => Brakes::Stop,
    })
}

/// Why a run would wait for an approved plan, if it would.
pub(super) async fn wants_approval(config: &Config, store: &Store) -> Result<Option<String>> {
    let Some(most) = config.guard.require_approval else { return Ok(None) };
    let people = store.people_without_approval().await?;
    let is_more = people > i64::from(most);
    Ok(is_more.then(|| {
        format!(
            "{people} people would be mailed, and above {most} guard.require_approval wants an approved plan"
        )
    }))
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
            "nobody was mailed: {} for a message, and above {most} guard.require_approval wants an approved \
             plan. Look at it with `gradpass run --dry-run --preview DIR ROSTER`, then `gradpass approve PLAN --by NAME`{}, and \
             run again",
            if people == 1 { "1 person waits".to_owned() } else { format!("{people} people wait") },
            if config.guard.two_persons { ", each of two people" } else { "" }
        ));
    }
    Ok(())
}
