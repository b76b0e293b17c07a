//! `serve`: everything that the redemption page needs.

use std::sync::Arc;

use anyhow::{Result, bail};

use super::App;
use crate::invitation::key::CodeKey;
use crate::redemption::AppState;
use crate::store::Store;

/// Everything that can be wrong before the first graduate comes.
///
/// # Errors
/// When the configuration has no SEEK Pass, or the key, the texts or the ledger cannot be used.
pub async fn service(app: &App, store: &Store) -> Result<Arc<AppState>> {
    let Some(settings) = &app.config.seek_pass else {
        bail!("configuration {}: [seek_pass] is missing; the page needs it", app.config_path.display());
    };
    let key = CodeKey::read(&app.config.key_file)?;
    let writer = store.service_writer().await?;
    store.remember_key(&writer, key.fingerprint()).await?;
    // services on one server mean the same by an hour, whatever their machines do
    let clock = if store.is_shared() { app.clock.led() } else { app.clock.clone() };
    let random = (&clock, (app.rng)()?);
    Ok(Arc::new(AppState::new((store.clone(), writer), key, &app.config, settings, random)?))
}
