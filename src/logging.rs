//! Logs on stderr through tracing. The rule for every line: student id yes, address only masked, never a
//! name, code, token or link.

use std::io::IsTerminal;
use std::str::FromStr;

use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{Layer, fmt};

/// How log lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

/// Begins logging. `wanted` is the value of `RUST_LOG`, which wins over the number of `-v`.
pub fn init(format: LogFormat, verbosity: u8, wanted: Option<&str>) {
    let level = match verbosity {
        0 => LevelFilter::INFO,
        1 => LevelFilter::DEBUG,
        _ => LevelFilter::TRACE,
    };
    // other crates' lines help nobody at 2 a.m.; RUST_LOG brings them back
    let usual = Targets::new().with_default(LevelFilter::WARN).with_target("gradpass", level);
    let filter = wanted.and_then(|wanted| Targets::from_str(wanted).ok()).unwrap_or(usual);
    let terminal = std::io::stderr().is_terminal();
    let layer = match format {
        LogFormat::Json => fmt::layer().json().with_writer(std::io::stderr).boxed(),
        LogFormat::Text if terminal => fmt::layer()
            .without_time()
            .with_target(false)
            .with_ansi(false)
            .with_writer(std::io::stderr)
            .boxed(),
        LogFormat::Text => {
            fmt::layer().with_target(false).with_ansi(false).with_writer(std::io::stderr).boxed()
        }
    };
    // a second call, in a test, keeps the first
    let _ = tracing_subscriber::registry().with(layer.with_filter(filter)).try_init();
    std::panic::set_hook(Box::new(|panic| {
        // the message of a panic may quote what it was working on, so only the place is told
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!("a fault in gradpass at {place}; please report it with this line");
    }));
}
