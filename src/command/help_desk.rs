//! `reissue` and `revoke`: what the help desk may do for one graduate.

use anyhow::{Result, bail};
use serde_json::json;

use super::{Context, open_ledger};
use crate::graduate::StudentId;
use crate::report::Exit;

pub(super) async fn reissue(context: &Context, student_id: &str) -> Result<Exit> {
    let student_id = parse(student_id)?;
    let config = context.config()?;
    let (_lock, store) = open_ledger(context, &config, "reissue").await?;
    if store.timeline(&student_id).await?.is_none() {
        bail!("no roster has held student {student_id}; check the id for a typing mistake");
    }
    let made = store.writer().await?.reissue(&student_id, context.clock.milliseconds()).await?;
    if made == 0 {
        bail!(
            "student {student_id} has no invitation to issue again; `gradpass show {student_id}` tells why"
        );
    }
    context
        .console
        .result(format_args!("student {student_id}: the next run, or `gradpass send`, mails a new code"));
    context.console.json(&json!({ "student_id": student_id.as_str(), "messages": made }))?;
    Ok(Exit::Done)
}

pub(super) async fn revoke(context: &Context, student_id: &str) -> Result<Exit> {
    let student_id = parse(student_id)?;
    let config = context.config()?;
    let (_lock, store) = open_ledger(context, &config, "revoke").await?;
    if store.timeline(&student_id).await?.is_none() {
        bail!("no roster has held student {student_id}; check the id for a typing mistake");
    }
    let revoked = store.writer().await?.revoke(&student_id, context.clock.milliseconds()).await?;
    if revoked == 0 {
        bail!(
            "student {student_id} has no open invitation to revoke; `gradpass show {student_id}` tells why"
        );
    }
    context.console.result(format_args!(
        "student {student_id}: {revoked} invitation(s) revoked. What is in SEEK Pass already stays there"
    ));
    context.console.json(&json!({ "student_id": student_id.as_str(), "revoked": revoked }))?;
    Ok(Exit::Done)
}

fn parse(student_id: &str) -> Result<StudentId> {
    StudentId::parse(student_id).map_err(|_| anyhow::anyhow!("that is no student id"))
}
