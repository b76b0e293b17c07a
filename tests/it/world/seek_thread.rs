//! The stand-in SEEK Pass beside the test.

use std::sync::mpsc;
use std::thread;

use gradpass::sandbox::seek::{SeekPass, Settings};
use tokio::sync::oneshot;

use super::process;

/// SEEK Pass on a thread of its own, so that it answers while a test waits.
pub struct SeekThread {
    pub seek: SeekPass,
    _stop: oneshot::Sender<()>,
}

impl SeekThread {
    pub fn start(settings: Settings) -> Self {
        let (ready, started) = mpsc::channel();
        let (stop, stopped) = oneshot::channel();
        thread::spawn(move || {
            process(async move {
                ready.send(SeekPass::start(settings).await.unwrap()).unwrap();
                // the world is gone
                let _ = stopped.await;
            });
        });
        Self { seek: started.recv().unwrap(), _stop: stop }
    }
}
