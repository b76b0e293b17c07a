//! Whether the ledger is sound, can be written, belongs to the key and knows all that was sent; and who is to be mailed.

use anyhow::Result;
use jiff::Timestamp;

use super::Findings;
use crate::app::App;
use crate::app::reminders::{self, Outlook};
use crate::config::Config;
use crate::invitation::key::CodeKey;
use crate::plural::counted;
use crate::store::{Standby, Store, StoreError};

pub(super) async fn check(findings: &mut Findings<'_>, app: &App) -> Result<()> {
    let config = &app.config;
    let store = match Store::open_read_only(&config.database).await {
        Ok(store) => store,
        Err(StoreError::Missing(database)) => {
            match Store::why_not_made(&database) {
                Some(problem) => findings.bad("ledger", format_args!("{database}: {problem}")),
                None => {
                    findings.good("ledger", format_args!("{database}: none yet; the first import makes it"));
                }
            }
            return Ok(());
        }
        Err(error) => {
            findings.bad("ledger", error);
            return Ok(());
        }
    };
    match store.condition().await {
        Ok(None) => {}
        Ok(Some(problem)) => {
            findings.bad("ledger", problem);
            return Ok(());
        }
        Err(error) => return Err(error.into()),
    }
    let graduates = store.graduates().await?;
    findings.good("ledger", format_args!("{}: sound, {}", config.database, counted(graduates, "graduate")));
    if let Some(standby) = store.standby().await? {
        if standby == Standby::Synchronous {
            findings.good("standby", standby);
        } else {
            findings.warning("standby", standby);
        }
    }
    if store.lags_behind().await?.is_some() {
        findings.warning(
            "ledger",
            "older than the mails that were sent with it, so from a backup, or a copy: a run with the newest roster \
             puts what waits in doubt, and `gradpass retry` sends it",
        );
    }
    if let Ok(key) = CodeKey::read(&config.key_file)
        && !store.knows_key(&key.fingerprint()).await?
    {
        findings.bad("key", StoreError::OtherKey);
    }
    let unread = store.latest_batch().await?.map(|batch| batch.unread).unwrap_or_default();
    if !unread.is_empty() {
        let unread: Vec<_> = unread.lines().collect();
        findings.warning(
            "columns",
            format_args!(
                "the last import did not read {}; name what you need under [roster.columns]",
                unread.join(", ")
            ),
        );
    }
    if let Some(Outlook { due, later }) = reminders::outlook(app, &store).await? {
        findings
            .good("reminders", format_args!("{due} due now, {later} later, unless they use the invitation"));
    }
    recipients(findings, config, &store).await
}

async fn recipients(findings: &mut Findings<'_>, config: &Config, store: &Store) -> Result<()> {
    let domains = store.recipients_by_domain(Timestamp::MAX).await?;
    let to_go: i64 = domains.iter().map(|(_, messages)| messages).sum();
    let own: Vec<_> = domains.iter().filter(|(domain, _)| config.institution.owns(domain)).collect();
    if to_go > 0 {
        let top: Vec<_> =
            domains.iter().take(5).map(|(domain, messages)| format!("{domain} {messages}")).collect();
        findings.good("recipients", format_args!("{} to go: {}", counted(to_go, "email"), top.join(", ")));
    }
    if !own.is_empty() {
        let own: Vec<_> = own.iter().map(|(domain, messages)| format!("{domain} {messages}")).collect();
        findings.warning(
            "own domains",
            format_args!("{}: let SEEK Pass's one-time-password mail through", own.join(", ")),
        );
    }
    Ok(())
}
