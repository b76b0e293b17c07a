//! The stand-in relay beside the test.

use std::sync::mpsc;
use std::thread;

use gradpass::sandbox::relay::{Relay, RelayHandle, Script, Settings};
use tokio::sync::oneshot;

use super::process;

/// The relay on a thread of its own, so that it answers while a test waits for the program. One thread, so that a
/// script which waits holds the whole relay still.
pub(super) struct RelayThread {
    pub(super) handle: RelayHandle,
    _stop: oneshot::Sender<()>,
}

impl RelayThread {
    pub(super) fn start(settings: Settings, script: Script) -> Self {
        let (ready, started) = mpsc::channel();
        let (stop, stopped) = oneshot::channel();
        thread::spawn(move || {
            process(async move {
                let relay = Relay::start_with(settings, script).await.unwrap();
                ready.send(relay.handle()).unwrap();
                // the world is gone
                let _ = stopped.await;
            });
        });
        Self { handle: started.recv().unwrap(), _stop: stop }
    }
}
