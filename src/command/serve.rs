//! `serve`: the redemption page, and the submissions to SEEK Pass.

use std::net::SocketAddr;

use anyhow::{Result, bail};
use tokio::net::{TcpListener, TcpSocket};

use super::Context;
use crate::app;
use crate::redemption;
use crate::report::Conclusion;
use crate::store::RunLock;

pub(super) async fn execute(context: &Context) -> Result<Conclusion> {
    let app = context.app()?;
    let config = &app.config;
    let lock = RunLock::take_for_service(&config.database, context.clock.now()).await?;
    let store = app.open().await?;
    let state = app::service(&app, &store).await?;
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
    redemption::serve(listener, state, &context.clock, shutdown).await;
    if let Err(error) = store.checkpoint_alone().await {
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
