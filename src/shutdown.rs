//! The wish to stop: the first SIGTERM or Ctrl-C finishes what is in hand, the second ends at once.

use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

/// Tells whether stopping is wished. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Shutdown(watch::Receiver<bool>);

/// Wishes it; for tests and for the parts that stop each other.
pub struct Trigger(watch::Sender<bool>);

impl Trigger {
    /// From now on, stopping is wished.
    pub fn stop(&self) {
        self.0.send_replace(true);
    }
}

impl Shutdown {
    /// A wish that can be made by hand.
    #[must_use]
    pub fn by_hand() -> (Trigger, Self) {
        let (sender, receiver) = watch::channel(false);
        (Trigger(sender), Self(receiver))
    }

    /// Listens to SIGTERM and Ctrl-C.
    ///
    /// # Errors
    /// What the system says when it has no signals to give.
    pub fn on_signals(again: impl Fn() + Send + 'static) -> std::io::Result<Self> {
        let (sender, receiver) = watch::channel(false);
        let mut terminate = signal(SignalKind::terminate())?;
        let mut interrupt = signal(SignalKind::interrupt())?;
        tokio::spawn(async move {
            loop {
                tokio::select! {
                    _ = terminate.recv() => {}
                    _ = interrupt.recv() => {}
                }
                if sender.send_replace(true) {
                    again();
                }
            }
        });
        Ok(Self(receiver))
    }

    /// Whether stopping is wished.
    #[must_use]
    pub fn is_wished(&self) -> bool {
        *self.0.borrow()
    }

    /// Waits until stopping is wished.
    pub async fn wished(&mut self) {
        // a sender that is gone can wish nothing any more
        if self.0.wait_for(|wished| *wished).await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}
