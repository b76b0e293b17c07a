//! `move`: the ledger from a file to a PostgreSQL server, or back.

use std::path::PathBuf;

use anyhow::Result;
use serde_json::json;

use super::Context;
use crate::app::{self, MoveDone, Way};
use crate::config::Database;
use crate::plural::counted;
use crate::report::Conclusion;

pub(super) async fn execute(
    context: &Context,
    way: &Way,
    password_file: Option<PathBuf>,
) -> Result<Conclusion> {
    let app = context.app()?;
    let MoveDone { moved, from, to } = app::move_ledger(&app, way, password_file).await?;
    context.console.result(format_args!(
        "moved: {}, {}, from {from} to {to}",
        counted(moved.graduates, "graduate"),
        counted(moved.rows, "row")
    ));
    match way {
        Way::To(_) => {
            let key = if let Database::File(_) = &to { "path" } else { "url" };
            let config = app.config_path.display();
            context.console.result(format_args!("set database.{key} in {config} to it now"));
        }
        Way::From(_) => {}
    }
    context.console.result(format_args!(
        "{from} is left as it was; whoever goes on with it is told that it is older than the mails sent with it"
    ));
    context.console.json(&json!({
        "moved": { "graduates": moved.graduates, "rows": moved.rows },
        "from": from.to_string(),
        "to": to.to_string(),
    }))?;
    Ok(Conclusion::DONE)
}
