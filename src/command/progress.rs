//! How far a sending is: a bar with rate and time left for people, a log line every 30 s without a terminal.

use std::fmt::Write;
use std::sync::Arc;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressState, ProgressStyle};
use tokio::task::JoinHandle;

use super::console::Console;
use crate::clock::Clock;
use crate::email::send::Counters;

/// Shown until it is dropped.
pub(super) struct Progress {
    bar: ProgressBar,
    ticker: JoinHandle<()>,
}

pub(super) fn begin(console: Console, clock: &Clock, due: i64, counters: &Arc<Counters>) -> Progress {
    let length = u64::try_from(due).unwrap_or(0);
    let watched = console.is_watched() && length > 0;
    let bar = if watched { ProgressBar::new(length) } else { ProgressBar::hidden() };
    if let Ok(style) = ProgressStyle::with_template("sending {bar:30} {pos}/{len}  {rate}/s  {eta} left") {
        // whole messages: nobody needs the fractions
        let rate = |state: &ProgressState, text: &mut dyn Write| {
            let _ = write!(text, "{:.0}", state.per_sec());
        };
        bar.set_style(style.with_key("rate", rate));
    }
    let (clock, counters, ticking) = (clock.clone(), Arc::clone(counters), bar.clone());
    let every = if watched { Duration::from_millis(200) } else { Duration::from_secs(30) };
    let ticker = tokio::spawn(async move {
        loop {
            clock.sleep(every).await;
            let tried = counters.tried();
            if watched {
                ticking.set_position(u64::try_from(tried).unwrap_or(0));
            } else if length > 0 {
                tracing::info!("sending: {tried} of {due} messages tried");
            }
        }
    });
    Progress { bar, ticker }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.ticker.abort();
        self.bar.finish_and_clear();
    }
}
