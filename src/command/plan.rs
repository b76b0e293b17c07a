//! `approve`, and how a plan passes.

use anyhow::{Result, bail};
use serde_json::json;

use super::Context;
use super::console::{reason, words};
use crate::app::{self, Approved};
use crate::config::Config;
use crate::plan::Plan;
use crate::report::Conclusion;

pub(super) async fn approve(
    context: &Context,
    id: &str,
    (by, why): (Option<&str>, Option<&str>),
) -> Result<Conclusion> {
    let plan = Plan::parse(id)?;
    let by = by.map(|by| words("--by", by)).transpose()?;
    let why = why.map(reason).transpose()?;
    let app = context.app()?;
    let Approved { by, missing, is_new } = app::approve(&app, &plan, by, why.as_deref()).await?;
    let (id, operator) = (plan.id(), &app.operator);
    context.console.result(match (missing, is_new) {
        (0, false) => format!(
            "plan {id} is approved already: {operator} did so before, and nothing new was written down"
        ),
        (0, true) => format!(
            "plan {id} is approved by {by}; a run over the same rosters, with nothing changed meanwhile, follows it, and \
             `gradpass run --plan` of anything else refuses"
        ),
        (_, true) => format!(
            "plan {id} is approved by {by}; guard.two_persons wants another person, with a login of their own, to do the same"
        ),
        (_, false) => bail!(
            "{operator} has approved plan {id} already; guard.two_persons wants another person, with a login of their own"
        ),
    });
    context.console.json(&json!({ "plan": id, "approved_by": by, "approvals_missing": missing }))?;
    Ok(Conclusion::DONE)
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
