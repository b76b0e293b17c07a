//! `bounces`: what mail systems sent back.

use std::io::stdin;
use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow};
use serde_json::json;

use super::Context;
use crate::app;
use crate::bounce::classify::Kind;
use crate::bounce::reading::Counts;
use crate::bounce::source;
use crate::config::BounceSource;
use crate::plural::{counted, named};
use crate::report::Conclusion;

/// Where mail systems tell a program whom a message was sent to, apart from its headers: Postfix, Exim, `OpenSMTPD`,
/// Courier, qmail.
const TOLD: [&str; 8] = [
    "RECIPIENT",
    "ORIGINAL_RECIPIENT",
    "EXTENSION",
    "LOCAL_PART_SUFFIX",
    "LOCAL_PART",
    "DTLINE",
    "EXT",
    "DEFAULT",
];

pub(super) async fn execute(
    context: &Context,
    sources: &[PathBuf],
    recipient: Option<String>,
) -> Result<Conclusion> {
    let is_pipe = sources == [Path::new("-")];
    let read = read_all(context, sources, recipient).await;
    if !is_pipe {
        return read;
    }
    // whatever else than 0 and 75 a program ends with, the mail system sends a bounce of the bounce
    match read {
        Ok(_) => Ok(Conclusion::DONE),
        Err(error) => {
            context.console.failure(&error, Conclusion::LEFT_OVER.exit());
            Ok(Conclusion::LEFT_OVER)
        }
    }
}

async fn read_all(context: &Context, sources: &[PathBuf], recipient: Option<String>) -> Result<Conclusion> {
    let app = context.app()?;
    let parse = |text: &PathBuf| BounceSource::parse(text).map_err(|problem| anyhow!("SOURCE: {problem}"));
    let sources = sources.iter().map(parse).collect::<Result<Vec<_>>>()?;
    let recipients = recipients(recipient);
    let read = app::bounces(&app, &sources, || source::piped(stdin().lock(), recipients.clone())).await?;
    let report = &read.report;
    context.console.json(
        &json!({ "bounces": read.counts, "bounced": report.bounced, "needs_a_person": report.needs_a_person }),
    )?;
    Ok(read.conclusion())
}

/// Whom the message was sent to, as somebody told.
#[expect(clippy::disallowed_methods, reason = "mail systems tell it in the environment, and nowhere else")]
fn recipients(recipient: Option<String>) -> Vec<String> {
    let told = TOLD.iter().filter_map(|name| std::env::var(name).ok());
    // some are only a part of the local part
    let addresses = recipient.into_iter().chain(told);
    addresses.map(|told| if told.contains('@') { told } else { format!("{told}@") }).collect()
}

/// What was read, for people.
pub(super) fn lines(counts: &Counts) -> Vec<String> {
    let kinds = counts.kinds.iter().filter(|(_, number)| **number > 0);
    let kinds: Vec<_> = kinds.map(|(kind, number)| format!("{number} {}", kind.replace('_', "-"))).collect();
    let kinds = if kinds.is_empty() { String::new() } else { format!(" ({})", kinds.join(", ")) };
    let Counts { read, ours, bounced, repeated, noted, forged, by_address, foreign, unreadable, .. } = counts;
    let mut lines = vec![format!(
        "bounces: {} read, {ours} about our mail{kinds}; {bounced} bounced by it, {repeated} told before",
        counted(*read, "message")
    )];
    if *noted > 0 {
        lines.push(format!(
            "{noted} of them change nothing: an older mail or address, or the graduate has come to the page since"
        ));
    }
    if forged + by_address > 0 {
        lines.push(format!(
            "not believed: {forged} with a mark that is not ours, {by_address} that name a graduate's address and prove \
             nothing"
        ));
    }
    if foreign + unreadable > 0 {
        lines.push(format!("not about our mail: {foreign}; no message at all: {unreadable}"));
    }
    let of = |kind: Kind| counts.students.get(kind.word()).into_iter().flatten().cloned().collect::<Vec<_>>();
    for (kind, words) in [
        (Kind::Policy, "the receiving system does not want our mail; ask your mail administrator"),
        (Kind::Complained, "complained of the mail; talk to them before anything else is mailed"),
        (Kind::Person, "wrote back; read their mail"),
        (Kind::Challenge, "have a machine that wants the sender confirmed"),
    ] {
        let students = of(kind);
        if !students.is_empty() {
            lines.push(format!("{words}: {}", named(&students)));
        }
    }
    lines
}
