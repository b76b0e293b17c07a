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
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use super::{App, Event};
use crate::invitation::key::CodeKey;
use crate::plural::counted;
use crate::report::Conclusion;
use crate::store::{Store, StoreError};

/// How long the service is given way between two transactions: time for somebody who looks every millisecond.
const GIVING_WAY: Duration = Duration::from_millis(3);

/// What a purge came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Purged {
    /// How many graduates' data went.
    pub graduates: usize,
    /// The day since which nothing had happened with them.
    pub before: Date,
    /// Nobody is left whose data should go.
    pub is_whole: bool,
    /// Nothing of them can be read in any file of the ledger.
    pub is_clear: bool,
}

impl Purged {
    /// What it comes to for the exit code.
    #[must_use]
    pub const fn conclusion(&self) -> Conclusion {
        Conclusion { is_left_over: !self.is_whole || !self.is_clear, ..Conclusion::DONE }
    }
}

/// How many graduates' data `purge` would remove, and the day since which nothing has happened with them.
///
/// # Errors
/// When the key or the ledger cannot be read.
pub async fn purgeable(app: &App) -> Result<(usize, Date)> {
    let key = CodeKey::read(&app.config.key_file)?;
    let (before, day) = before(app)?;
    let store = Store::open_read_only(&app.config.database).await?;
    store.refuse_other_key(&key.fingerprint()).await?;
    Ok((count(&store, &key, before).await?, day))
}

/// Removes them.
///
/// # Errors
/// When the key or the ledger cannot be used.
pub async fn purge(app: &App, why: Option<&str>) -> Result<Purged> {
    let key = CodeKey::read(&app.config.key_file)?;
    let (moment, before) = before(app)?;
    Store::find(&app.config.database).await?;
    let (_lock, store) = app.open_ledger("purge").await?;
    let (graduates, is_whole) = remove(app, &store, &key, moment).await?;
    let what = counted(graduates, "graduate") + &format!(", with whom nothing had happened since {before}");
    store.writer().await?.note(app.deed("purge", why, what, Vec::new())).await?;
    app.tell(&Event::Purged { graduates, before });
    let is_clear = store.vacuum().await?;
    Ok(Purged { graduates, before, is_whole, is_clear })
}

/// Until when nothing may have happened: days of 24 hours, as a code's are. With the university's day of it.
fn before(app: &App) -> Result<(Timestamp, Date)> {
    let retention = SignedDuration::from_hours(24 * i64::from(app.config.retention_days));
    let Ok(before) = app.clock.now().checked_sub(retention) else { bail!("the clock is wrong") };
    Ok((before, before.to_zoned(app.config.institution.time_zone.clone()).date()))
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
async fn remove(app: &App, store: &Store, key: &CodeKey, before: Timestamp) -> Result<(usize, bool)> {
    let shutdown = (app.shutdown)()?;
    let writer = store.purger().await?;
    // a ledger without a code yet remembers the key from here on: the hashes are made with it
    store.remember_key(&writer, key.fingerprint()).await?;
    let beside_a_service = store.is_served().await;
    let (mut purged, mut last) = (0, 0);
    loop {
        let page = store.purgeable(key, before, last).await?;
        let Some(end) = page.last() else { return Ok((purged, true)) };
        if shutdown.is_requested() {
            return Ok((purged, false));
        }
        last = end.id;
        purged += page.len();
        writer.purge(page).await?;
        if beside_a_service {
            app.clock.sleep(GIVING_WAY).await;
        }
    }
}
