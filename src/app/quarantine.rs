//! A ledger that was restored from a backup does not know whom later nights mailed. Nobody is mailed twice without a
//! person's word: what waits is in doubt until somebody says `retry`.

use anyhow::Result;

use super::{App, Event};
use crate::store::Store;

/// Holds back what waits in a ledger that is older than the mails sent with it; returns how many messages. Until a whole
/// roster was read since it was restored, it may be short of graduates whom the forgotten nights mailed: it stays behind.
pub(super) async fn quarantine(app: &App, store: &Store, has_whole_roster: bool) -> Result<u64> {
    let Some(goes_on_with) = store.lags_behind().await? else { return Ok(0) };
    let held = store.writer().await?.quarantine(goes_on_with, has_whole_roster).await?;
    store.remember_sending(goes_on_with).await?;
    if held > 0 {
        app.tell(&Event::Quarantined { messages: held, has_whole_roster });
    }
    Ok(held)
}

/// What [`quarantine`] would do, done to a dry run's copy of the ledger.
pub(crate) async fn quarantine_in_copy(app: &App, copy: &Store) -> Result<()> {
    if let Some(number) = copy.lags_behind().await? {
        let held = copy.writer().await?.quarantine(number, true).await?;
        if held > 0 {
            app.tell(&Event::Quarantined { messages: held, has_whole_roster: true });
        }
    }
    Ok(())
}
