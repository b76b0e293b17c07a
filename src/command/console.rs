//! The only place that prints: people's text on stderr, results on stdout.

use std::fmt::Display;
use std::io::{IsTerminal, Write, stderr, stdout};

use serde::Serialize;

/// Where a command tells what it did.
pub struct Console {
    json: bool,
}

impl Console {
    pub(super) const fn new(json: bool) -> Self {
        Self { json }
    }

    /// Whether a person is watching.
    #[expect(clippy::unused_self, reason = "a question to the console")]
    pub(super) fn is_watched(&self) -> bool {
        stderr().is_terminal()
    }

    /// A line for people. A reader that has gone is no failure.
    #[expect(clippy::unused_self, reason = "said to the console")]
    pub(super) fn say(&self, line: impl Display) {
        let _ = writeln!(stderr(), "{line}");
    }

    /// A line of the result, unless the result is JSON.
    pub(super) fn result(&self, line: impl Display) {
        if !self.json {
            let _ = writeln!(stdout(), "{line}");
        }
    }

    /// The result as JSON, if that is wanted.
    pub(super) fn json(&self, value: &impl Serialize) -> anyhow::Result<()> {
        if self.json {
            let text = serde_json::to_string(value)?;
            let _ = writeln!(stdout(), "{text}");
        }
        Ok(())
    }

    /// Why the command could not run; several reasons have a line each.
    pub(super) fn failure(&self, error: &anyhow::Error) {
        for line in error.to_string().lines() {
            self.say(format_args!("error: {line}"));
        }
    }
}
