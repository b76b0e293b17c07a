//! `approve`, and what an approved plan lets pass.

use std::path::PathBuf;

use anyhow::{Result, anyhow, bail};

use super::{App, import};
use crate::cli::ImportArguments;
use crate::config::Config;
use crate::import::Brakes;
use crate::plan::Plan;
use crate::store::Store;

/// How a plan stands after somebody approved it.
#[derive(Debug)]
pub struct Approved {
    /// Who did, in words.
    pub by: String,
    /// How many people have still to approve it.
    pub missing: usize,
    /// Whether this person had not done so before.
    pub is_new: bool,
}

/// Approves a plan, in the name of the operator or of `by`.
///
/// # Errors
/// When no dry run over the ledger as it is now made it.
pub async fn approve(app: &App, plan: &Plan, by: Option<String>, why: Option<&str>) -> Result<Approved> {
    let (_lock, store) = app.open_ledger("approve").await?;
    let outdated = plan.outdated(&app.config, &store).await?;
    if !outdated.is_empty() {
        bail!(
            "nothing was approved: no dry run over this ledger as it is now made plan {}, since {} changed or it is of another \
             ledger; look at what a run would do with `gradpass run --dry-run --preview DIR ROSTER`, and approve that plan",
            plan.id(),
            outdated.join(" and ")
        );
    }
    let by = by.unwrap_or_else(|| app.operator.clone());
    let what = format!("plan {}, approved by {by}", plan.id());
    let deed = app.deed("approve", why, what, Vec::new());
    let is_new = store.writer().await?.approve(plan.id().to_owned(), by.clone(), deed).await?;
    let approvals = store.approvals(plan.id()).await?;
    let missing = missing(&app.config, &approvals);
    // as it stands in the ledger
    let by = approvals.into_iter().find(|(operator, _)| *operator == app.operator).map_or(by, |(_, by)| by);
    Ok(Approved { by, missing, is_new })
}

/// How many people have still to approve a plan before it passes.
const fn missing(config: &Config, approvals: &[(String, String)]) -> usize {
    let needed: usize = if config.guard.two_persons { 2 } else { 1 };
    needed.saturating_sub(approvals.len())
}

/// How many people have still to approve this one.
pub(crate) async fn still_missing(config: &Config, store: &Store, plan: &Plan) -> Result<usize> {
    Ok(missing(config, &store.approvals(plan.id()).await?))
}

/// The plan of a run, with the ledger as it stands.
///
/// # Errors
/// When a roster, a text or the ledger cannot be read.
pub async fn plan(
    app: &App,
    store: &Store,
    rosters: &[PathBuf],
    arguments: &ImportArguments,
) -> Result<Plan> {
    let settings = import::settings(&app.config, arguments);
    Ok(Plan::of(&app.config, (&settings, arguments.add), rosters, store).await?)
}

/// What may stop the run: nothing where its plan was approved. A plan that is named must be this run's, and approved.
pub(super) async fn brakes(
    app: &App,
    store: &Store,
    rosters: &[PathBuf],
    (arguments, wanted): (&ImportArguments, Option<&str>),
) -> Result<Brakes> {
    let config = &app.config;
    let plan = plan(app, store, rosters, arguments).await?;
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
pub(crate) async fn wants_approval(config: &Config, store: &Store) -> Result<Option<String>> {
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
