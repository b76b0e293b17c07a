//! Stand-ins for what a developer's machine does not have: the university's mail relay and SEEK Pass.
//!
//! They speak the real protocols over loopback, remember what they were given, and fail on demand at a chosen
//! moment. `gradpass demo` shows the whole way with them, and the integration tests run the real program against
//! them. No other command reaches them, and they never talk to the world.

pub mod inbox;
mod look;
pub mod relay;
pub mod seek;

use std::time::Duration;

/// Waits in real time: a stand-in is the world outside, it does not live by the program's clock.
#[expect(clippy::disallowed_methods, reason = "the Clock is the program's, not the world's")]
async fn pause(span: Duration) {
    tokio::time::sleep(span).await;
}
