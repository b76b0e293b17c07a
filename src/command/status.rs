//! `status`: counts by state, for the officer and the help desk.

use anyhow::Result;
use serde_json::json;

use super::Context;
use crate::lock::RunLock;
use crate::report::Exit;
use crate::store::Store;

/// In the order of a message's life.
const STATES: [(&str, &str); 7] = [
    ("waiting", "not mailed yet"),
    ("sending", "being mailed now"),
    ("deferred", "put off by the relay; tried again by later runs"),
    ("sent", "taken by the relay"),
    ("in_doubt", "nobody knows whether it arrived; `gradpass retry` sends it again"),
    ("refused", "refused by the relay; mend the address, or `gradpass retry`"),
    ("canceled", "not sent: withdrawn from the roster, or replaced after a new address"),
];

pub(super) async fn execute(context: &Context, batch: Option<i64>) -> Result<Exit> {
    let config = context.config()?;
    let store = Store::open_to_look(&config.database).await?;
    let mut messages = store.messages_by_state(batch).await?;
    if !RunLock::is_held(&config.database) {
        // nobody is sending, so whoever did has died
        let orphans = messages.remove("sending").unwrap_or(0);
        *messages.entry("in_doubt".into()).or_default() += orphans;
    }
    let count = |state: &str| messages.get(state).copied().unwrap_or(0);
    let graduates = store.graduates().await?;
    let invitations = store.invitations_by_state().await?;
    let latest = store.latest_batch().await?;
    context.console.result(format_args!("graduates  {graduates:>9}"));
    context.console.result("messages");
    for (state, meaning) in STATES {
        context.console.result(format_args!(
            "  {:<8} {:>9}  {meaning}",
            state.replace('_', " "),
            count(state)
        ));
    }
    if let Some(batch) = &latest {
        let ended = if batch.is_finished { "" } else { "; it did not end, import the roster again" };
        context.console.result(format_args!(
            "last import  number {}: {} rows, {} rejected{ended}",
            batch.id, batch.rows, batch.rejected
        ));
    }
    let mail: serde_json::Map<_, _> =
        STATES.iter().map(|(state, _)| ((*state).to_owned(), json!(count(state)))).collect();
    context.console.json(&json!({
        "graduates": graduates,
        "invitations": invitations,
        "mail": mail,
        "last_batch": latest.map(|batch| batch.id),
    }))?;
    Ok(Exit::Done)
}
