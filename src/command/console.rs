//! The only place that prints: people's text on stderr, results on stdout.

use std::fmt::Display;
use std::io::{IsTerminal, Write, stderr, stdout};

use anyhow::{Result, anyhow, bail};
use clap::error::ErrorKind;
use serde::Serialize;
use serde_json::json;

use crate::app::StoppedAfter;
use crate::graduate::clean;
use crate::report::{Conclusion, Exit, Report};

/// Where a command tells what it did.
#[derive(Debug, Clone, Copy)]
pub struct Console {
    json: bool,
}

impl Console {
    pub(super) const fn new(json: bool) -> Self {
        Self { json }
    }

    /// Whether a person is watching.
    #[expect(clippy::unused_self, reason = "a question to the console")]
    pub(super) fn is_watched(self) -> bool {
        stderr().is_terminal()
    }

    /// A line for people. A reader that has gone is no failure.
    #[expect(clippy::unused_self, reason = "said to the console")]
    pub(super) fn say(self, line: impl Display) {
        let _ = writeln!(stderr(), "{line}");
    }

    /// A line of the result, unless the result is JSON.
    pub(super) fn result(self, line: impl Display) {
        if !self.json {
            let _ = writeln!(stdout(), "{line}");
        }
    }

    /// Lines of the result.
    pub(super) fn results(self, lines: impl IntoIterator<Item = impl Display>) {
        for line in lines {
            self.result(line);
        }
    }

    /// Lines for people.
    pub(super) fn say_all(self, lines: impl IntoIterator<Item = impl Display>) {
        for line in lines {
            self.say(line);
        }
    }

    /// The result as JSON, if that is wanted.
    pub(super) fn json(self, value: &impl Serialize) -> Result<()> {
        if self.json {
            let text = serde_json::to_string(value)?;
            let _ = writeln!(stdout(), "{text}");
        }
        Ok(())
    }

    /// Why the command could not run, and with what it ends; several reasons have a line each. What is to be done stands
    /// behind the last semicolon of a sentence.
    pub(super) fn failure(self, error: &anyhow::Error, exit: Exit) {
        let text = error.to_string();
        for line in text.lines() {
            self.say(format_args!("error: {line}"));
        }
        if self.json {
            let done = error.downcast_ref::<DoneBefore>().map(|it| it.done.clone());
            let (what, hint) = match text.rsplit_once("; ") {
                Some((what, hint)) if !text.contains('\n') => (what, Some(hint)),
                _ => (text.as_str(), None),
            };
            print_failure(exit, (what, hint), done);
        }
    }
}

/// An error of a command that had done something before; scripts are told of that as well.
#[derive(Debug, thiserror::Error)]
#[error("{why}")]
pub(super) struct DoneBefore {
    #[source]
    why: anyhow::Error,
    /// A JSON object.
    done: serde_json::Value,
}

/// The same error; where something was done before, with what scripts are told of it.
pub(super) fn with_done(
    error: anyhow::Error,
    tell: impl FnOnce(&Report) -> serde_json::Value,
) -> anyhow::Error {
    match error.downcast_ref::<StoppedAfter>().map(|stopped| tell(&stopped.done)) {
        Some(done) => DoneBefore { why: error, done }.into(),
        None => error,
    }
}

/// What stands behind an option in somebody's own words, in a line, as it is shown.
pub(super) fn words(option: &str, typed: &str) -> Result<String> {
    let typed = clean(typed).map_err(|problem| anyhow!("{option} {problem}"))?;
    if typed.is_empty() {
        bail!("{option} is empty; say it in a few words");
    }
    Ok(typed.chars().take(300).collect())
}

/// The reason of a deed, for the audit.
pub(super) fn reason(why: &str) -> Result<String> {
    words("--why", why)
}

/// Why the command line is none, for scripts; people are told by clap.
pub fn tell_misuse(error: &clap::Error) {
    if !error.use_stderr() {
        return;
    }
    let told = error.to_string();
    let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (what, usage) = match error.kind() {
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => ("a command is missing", "gradpass --help"),
        _ => told.split_once("\n\n").unwrap_or((&told, "gradpass --help")),
    };
    print_failure(
        Conclusion::COULD_NOT_RUN.exit(),
        (&line(what.trim_start_matches("error: ")), Some(&line(usage))),
        None,
    );
}

/// The one JSON object of a command that could not run.
fn print_failure(exit: Exit, (text, hint): (&str, Option<&str>), done: Option<serde_json::Value>) {
    let mut told = done.unwrap_or_else(|| json!({}));
    told["error"] = json!({ "code": exit as i32, "text": text, "hint": hint });
    let _ = writeln!(stdout(), "{told}");
}
