//! `purge`: the personal data of graduates go when nothing has happened for `database.retention_days`.
//!
//! What a data protection officer asks of it, and what was chosen:
//!
//! * **Counted from when?** From the last that happened to a graduate: mailed, opened, verified, withdrawn, revoked, the
//!   last code expired. Who has something under way (mail to be sent, a code that works, a submission that is not at
//!   its end) stays, however old. A graduate with several invitations goes with the last of them, whole.
//! * **What goes?** Every row of the graduate: name, address, student id, date of birth, awards, codes, SEEK Pass ids and
//!   links, the relay's and SEEK Pass's words. What stays are counts by batch and state, so that `status` says the same
//!   before and after.
//! * **Still in tomorrow's roster?** Then it stays there at the university's wish, and nobody is invited again for the
//!   same award: the ledger keeps a keyed hash of it, made with the code key. A new award is a new invitation. `reissue`
//!   forgets the hash, for who asks for another code so late.
//! * **Can it still be read?** The ledger's file is written anew at the end, every time, also when the last purge was
//!   killed before it came to that. Backups are the administrator's.

use std::time::Duration;

use anyhow::{Result, bail};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::{Context, hand, open_ledger};
use crate::config::Config;
use crate::invitation::key::CodeKey;
use crate::lock::RunLock;
use crate::plural::counted;
use crate::report::Conclusion;
use crate::store::{Store, StoreError};

/// How long the service is given way between two transactions: time for somebody who looks every millisecond.
const GIVING_WAY: Duration = Duration::from_millis(3);

pub(super) async fn execute(context: &Context, dry_run: bool, why: Option<&str>) -> Result<Conclusion> {
    let why = why.map(hand::reason).transpose()?;
    let config = context.config()?;
    let key = CodeKey::read(&config.key_file)?;
    let before = before(context, &config)?;
    let day = before.to_zoned(config.institution.time_zone.clone()).date();
    if dry_run {
        let store = Store::open_read_only(&config.database).await?;
        store.refuse_other_key(&key.fingerprint()).await?;
        let count = count(&store, &key, before).await?;
        context.console.result(format_args!(
            "purge: the data of {} would be removed, with whom nothing has happened since {day}",
            counted(count, "graduate")
        ));
        context.console.json(&json!({ "dry_run": true, "purged": count, "before": day.to_string() }))?;
        return Ok(Conclusion::DONE);
    }
    if !config.database.exists() {
        return Err(StoreError::Missing(config.database).into());
    }
    let (_lock, store) = open_ledger(context, &config, "purge").await?;
    let (purged, is_whole) = purge(context, &config, &store, &key, before).await?;
    let what = counted(purged, "graduate") + &format!(", with whom nothing had happened since {day}");
    store.writer().await?.note(context.deed("purge", why.as_deref(), what, Vec::new())).await?;
    context.console.result(format_args!(
        "purge: the data of {} are removed, with whom nothing had happened since {day}",
        counted(purged, "graduate")
    ));
    let is_clear = store.vacuum().await?;
    if !is_whole {
        context.console.result("stopped early: it was asked to stop; run it again");
    }
    if !is_clear {
        context.console.result(
            "left over: somebody is reading the ledger, so that its write-ahead log may still hold what was removed; \
             run it again",
        );
    }
    context.console.json(&json!({ "purged": purged, "before": day.to_string() }))?;
    Ok(Conclusion { is_left_over: !is_whole || !is_clear, ..Conclusion::DONE })
}

/// Until when nothing may have happened: days of 24 hours, as a code's are.
fn before(context: &Context, config: &Config) -> Result<Timestamp> {
    let retention = SignedDuration::from_hours(24 * i64::from(config.retention_days));
    let Ok(before) = context.clock.now().checked_sub(retention) else { bail!("the clock is wrong") };
    Ok(before)
}

async fn count(store: &Store, key: &CodeKey, before: Timestamp) -> Result<usize, StoreError> {
    let (mut count, mut last) = (0, 0);
    loop {
        let page = store.purgeable(key, before, last).await?;
        let Some(end) = page.last() else { return Ok(count) };
        last = end.id;
        count += page.len();
    }
}

/// How many were purged, and whether that was all.
async fn purge(
    context: &Context,
    config: &Config,
    store: &Store,
    key: &CodeKey,
    before: Timestamp,
) -> Result<(usize, bool)> {
    let shutdown = super::shutdown()?;
    let writer = store.purger().await?;
    // a ledger without a code yet remembers the key from here on: the hashes are made with it
    store.remember_key(&writer, key.fingerprint()).await?;
    let beside_a_service = RunLock::is_served(&config.database);
    let (mut purged, mut last) = (0, 0);
    loop {
        let page = store.purgeable(key, before, last).await?;
        let Some(end) = page.last() else { return Ok((purged, true)) };
        if shutdown.is_wished() {
            return Ok((purged, false));
        }
        last = end.id;
        purged += page.len();
        writer.purge(page).await?;
        if beside_a_service {
            context.clock.sleep(GIVING_WAY).await;
        }
    }
}
