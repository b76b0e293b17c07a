//! What would stop the run that a dry run is about, and how it would pass.

use std::path::Path;

use anyhow::Result;
use serde_json::json;

use crate::app;
use crate::config::Config;
use crate::import::Imported;
use crate::plan::Plan;
use crate::report::Report;
use crate::store::Store;

/// What would stop a run, and whether an approved plan lets it pass.
pub(super) struct Stops {
    pub(super) problems: Vec<String>,
    pub(super) approvals_missing: usize,
}

impl Stops {
    pub(super) async fn of(config: &Config, store: &Store, imported: &Imported, plan: &Plan) -> Result<Self> {
        let found = imported.guesses.iter().chain(&imported.implausible).cloned();
        Ok(Self {
            problems: found.chain(app::wants_approval(config, store).await?).collect(),
            approvals_missing: app::still_missing(config, store, plan).await?,
        })
    }

    pub(super) fn write_plan(&self, folder: &Path, plan: &Plan, report: &Report) -> Result<()> {
        let plan = json!({
            "plan": plan.id(),
            "roster": report.roster,
            "messages": report.mail.waiting,
            "held": report.held,
            "a_run_would_stop": self.problems,
            "approvals_missing": self.approvals_missing,
        });
        Ok(std::fs::write(folder.join("plan.json"), format!("{plan:#}\n"))?)
    }

    pub(super) const fn is_stopped(&self) -> bool {
        !self.problems.is_empty() && self.approvals_missing > 0
    }

    pub(super) fn lines(&self) -> Vec<String> {
        let what = if self.is_stopped() { "a run would stop here" } else { "approved, and so a run goes on" };
        self.problems.iter().map(|problem| format!("{what}: {problem}")).collect()
    }
}
