//! `serve`: the redemption page, and the submissions to SEEK Pass.

use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::{Result, bail};
use tokio::net::{TcpListener, TcpSocket};

use super::{Context, chance};
use crate::config::Config;
use crate::invitation::key::CodeKey;
use crate::lock::RunLock;
use crate::redemption::{self, AppState};
use crate::report::Conclusion;
use crate::store::Store;

pub(super) async fn execute(context: &Context) -> Result<Conclusion> {
    let config = Arc::new(context.config()?);
    let lock = RunLock::take_for_service(&config.database, context.clock.now())?;
    let store = Store::open(&config.database).await?;
    let desk = desk(context, &config, &store).await?;
    let listener = match listen(config.web.listen) {
        Ok(listener) => listener,
        Err(error) => bail!("web.listen = \"{}\": {error}", config.web.listen),
    };
    let shutdown = super::shutdown()?;
    context.console.say(format_args!(
        "listening on http://{}/, seen as {}",
        listener.local_addr()?,
        config.web.public_url
    ));
    redemption::serve(listener, desk, &context.clock, shutdown).await;
    if let Err(error) = store.checkpoint(false).await {
        tracing::warn!("the write-ahead log stays beside the ledger: {error}");
    }
    drop(lock);
    Ok(Conclusion::DONE)
}

/// As many connections may wait as come at once when results are out: the usual 128 are tried again a second later.
fn listen(address: SocketAddr) -> std::io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    // a service that was just stopped leaves connections behind
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(4096)
}

/// Everything that can be wrong before the first graduate comes.
pub(super) async fn desk(context: &Context, config: &Arc<Config>, store: &Store) -> Result<Arc<AppState>> {
    let Some(settings) = &config.seek_pass else {
        bail!("configuration {}: [seek_pass] is missing; the page needs it", context.config_path().display());
    };
    let key = CodeKey::read(&config.key_file)?;
    let writer = store.service_writer().await?;
    store.remember_key(&writer, key.fingerprint()).await?;
    Ok(Arc::new(AppState::new((store.clone(), writer), key, config, settings, (&context.clock, chance()?))?))
}
