//! A ledger that was restored from a backup does not know whom later nights mailed. Nobody is mailed twice without a
//! person's word: what waits is in doubt until somebody says `retry`.

use anyhow::Result;

use super::Context;
use crate::config::Config;
use crate::generation::GenerationFile;
use crate::plural::counted;
use crate::store::{Store, Writer};

/// Holds back what waits in a ledger that is older than the mails sent with it; returns how many messages. Until a whole
/// roster was read since it was restored, it may be short of graduates whom the forgotten nights mailed: it stays behind.
pub(super) async fn quarantine(
    context: &Context,
    config: &Config,
    store: &Store,
    has_whole_roster: bool,
) -> Result<u64> {
    let generation = GenerationFile::beside(&config.database);
    let sending = store.sending().await?;
    let Some(goes_on_with) = generation.is_newer_than(&sending)? else { return Ok(0) };
    let held = store.writer().await?.quarantine(goes_on_with, has_whole_roster).await?;
    generation.remember(&sending.ledger, goes_on_with)?;
    if held > 0 {
        tell(context, held, has_whole_roster);
    }
    Ok(held)
}

/// What [`quarantine`] would do, done to a dry run's copy of the ledger.
pub(super) async fn quarantine_in_copy(context: &Context, config: &Config, copy: &Store) -> Result<()> {
    if let Some(number) = GenerationFile::beside(&config.database).is_newer_than(&copy.sending().await?)? {
        let held = copy.writer().await?.quarantine(number, true).await?;
        if held > 0 {
            tell(context, held, true);
        }
    }
    Ok(())
}

fn tell(context: &Context, held: u64, has_whole_roster: bool) {
    let first = if has_whole_roster { "" } else { "import the newest roster first, then " };
    context.console.say(format_args!(
        "This ledger is older than the mails that were sent with it: it was restored from a backup, or is a copy. \
         In doubt, since nights that it does not know may have mailed it: {} that waited; nothing of it goes to anybody \
         by itself. Codes mailed in those nights do not work with this ledger. To mail everybody \
         who is in doubt: {first}`gradpass retry`.",
        counted(held, "message")
    ));
}

/// Counts a begin or an end of sending, in the ledger first. One that is behind stays so until a whole roster was read.
pub(super) async fn count(config: &Config, store: &Store, writer: &Writer) -> Result<()> {
    let generation = GenerationFile::beside(&config.database);
    let sending = store.sending().await?;
    if generation.is_newer_than(&sending)?.is_none() {
        let number = writer.count_sending().await?;
        generation.remember(&sending.ledger, number)?;
    }
    Ok(())
}
