//! A ledger that was restored from a backup does not know whom later nights mailed. Nobody is mailed twice without a
//! person's word: what waits is in doubt until somebody says `retry`.

use anyhow::Result;

use super::{App, Event};
use crate::config::Config;
use crate::generation::GenerationFile;
use crate::store::{Store, Writer};

/// Holds back what waits in a ledger that is older than the mails sent with it; returns how many messages. Until a whole
/// roster was read since it was restored, it may be short of graduates whom the forgotten nights mailed: it stays behind.
pub(super) async fn quarantine(app: &App, store: &Store, has_whole_roster: bool) -> Result<u64> {
    let generation = GenerationFile::beside(&app.config.database);
    let sending = store.sending().await?;
    let Some(goes_on_with) = generation.is_newer_than(&sending)? else { return Ok(0) };
    let held = store.writer().await?.quarantine(goes_on_with, has_whole_roster).await?;
    generation.remember(&sending.ledger, goes_on_with)?;
    if held > 0 {
        app.tell(&Event::Quarantined { messages: held, has_whole_roster });
    }
    Ok(held)
}

/// What [`quarantine`] would do, done to a dry run's copy of the ledger.
pub(crate) async fn quarantine_in_copy(app: &App, copy: &Store) -> Result<()> {
    let generation = GenerationFile::beside(&app.config.database);
    if let Some(number) = generation.is_newer_than(&copy.sending().await?)? {
        let held = copy.writer().await?.quarantine(number, true).await?;
        if held > 0 {
            app.tell(&Event::Quarantined { messages: held, has_whole_roster: true });
        }
    }
    Ok(())
}

/// Counts a begin or an end of sending, in the ledger first. One that is behind stays so until a whole roster was read.
pub(super) async fn count(config: &Config, store: &Store, writer: &Writer) -> Result<()> {
    let generation = GenerationFile::beside(&config.database);
    let sending = store.sending().await?;
    if generation.is_newer_than(&sending)?.is_none() {
        if sending.number == 0 {
            // whoever dies behind the first count would leave a ledger that looks like a copy without its file
            generation.remember(&sending.ledger, 0)?;
        }
        let number = writer.count_sending().await?;
        generation.remember(&sending.ledger, number)?;
    }
    Ok(())
}
