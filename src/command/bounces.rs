//! `bounces`: what mail systems sent back. It takes no lock: a mail system hands over a message at any time, also in the
//! middle of a run.

use std::io::stdin;
use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow};
use serde_json::json;

use super::Context;
use crate::bounce::classify::Kind;
use crate::bounce::identify::Identifier;
use crate::bounce::reading::{Fate, Reading, ReadingError, Tally};
use crate::bounce::source::mailbox::{Mailbox, Timeouts};
use crate::bounce::source::{self, Raw, SourceError};
use crate::config::{BounceSource, Config, MailboxUrl};
use crate::invitation::key::CodeKey;
use crate::plural::{counted, named};
use crate::report::{Conclusion, Report};
use crate::store::{RefusingDomain, Store, StoreError};

/// Messages that share one commit.
const GROUP: usize = 100;

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
    let config = context.config()?;
    let parse = |text: &PathBuf| BounceSource::parse(text).map_err(|problem| anyhow!("SOURCE: {problem}"));
    let sources = sources.iter().map(parse).collect::<Result<Vec<_>>>()?;
    let pipe = BounceSource::Place("-".into());
    if !config.database.exists() {
        return Err(StoreError::Missing(config.database).into());
    }
    let store = Store::open(&config.database).await?;
    let mut reading = begin(context, &config, &store).await?;
    for source in &sources {
        if *source == pipe {
            let message = [source::piped(stdin().lock(), recipients(recipient.clone()))?];
            let fates = reading.take(&message).await?;
            if let (Some(maildir), true) = (&config.bounces.aside, fates.contains(&Fate::ForAPerson)) {
                // as a Maildir wants it: no other message has this name
                let name = format!("{}.{}.gradpass", context.clock.now().as_nanosecond(), std::process::id());
                message[0].set_aside(maildir, &name)?;
            }
        } else {
            read(context, &config, &mut reading, source).await?;
        }
    }
    let tally = reading.into_tally();
    let mut report = Report::default();
    report.people(&store).await?;
    for line in lines(&tally) {
        context.console.result(line);
    }
    context.console.json(
        &json!({ "bounces": tally, "bounced": report.bounced, "needs_a_person": report.needs_a_person }),
    )?;
    if tally.bounced > 0 && sources != [pipe] {
        let what = format!("{} bounced of {} read", tally.bounced, counted(tally.read, "message"));
        let failures = tally.students.iter().filter(|(kind, _)| Kind::of(kind).is_some_and(Kind::is_failure));
        let students = failures.flat_map(|(_, students)| students.iter().cloned()).collect();
        store.writer().await?.note(context.deed("bounces", None, what, students)).await?;
    }
    let needs_person = store.mail_figures(None, context.clock.now()).await?.bounced_for_good() > 0;
    Ok(Conclusion::needing_person(needs_person))
}

/// Reads what `[bounces] source` names, where it does; a source that cannot be read is told, and stops nothing else.
pub(super) async fn of_config(context: &Context, config: &Config, store: &Store) -> Result<Option<Tally>> {
    let Some(source) = &config.bounces.source else { return Ok(None) };
    let mut reading = begin(context, config, store).await?;
    let mut stopped = None;
    if let Err(error) = read(context, config, &mut reading, source).await {
        context.console.say(format_args!("bounces: {error:#}"));
        // a mail system makes a mailbox with the first message in it
        let is_missing = error.downcast_ref::<SourceError>().is_some_and(SourceError::is_missing);
        stopped = (!is_missing).then(|| format!("{error:#}"));
    }
    let tally = Tally { stopped, ..reading.into_tally() };
    for line in lines(&tally) {
        context.console.result(line);
    }
    Ok(Some(tally))
}

/// Tells which mail domains are left alone, since they refuse all mail of ours.
pub(super) async fn tell_refusing(context: &Context, store: &Store) -> Result<()> {
    for RefusingDomain { domain, refused, waiting } in store.refusing_domains(context.clock.now()).await? {
        context.console.result(format_args!(
            "paused: {domain} refused {} by its policy, so {} for it {} a day; ask your mail administrator, then `gradpass \
             retry` goes on at once",
            counted(refused, "mail"),
            counted(waiting, "mail"),
            if waiting == 1 { "waits" } else { "wait" },
        ));
    }
    Ok(())
}

async fn begin(context: &Context, config: &Config, store: &Store) -> Result<Reading> {
    let key = CodeKey::read(&config.key_file)?;
    store.refuse_other_key(&key.fingerprint()).await?;
    let identifier = Identifier::new(config, store, key).await?;
    Ok(Reading::new(store.clone(), store.writer().await?, identifier, context.clock.now()))
}

/// Reads a source.
async fn read(
    context: &Context,
    config: &Config,
    reading: &mut Reading,
    source: &BounceSource,
) -> Result<()> {
    match source {
        BounceSource::Place(path) => read_place(reading, path).await,
        BounceSource::Mailbox(url) => {
            let mailbox = open_mailbox(context, config, url).await?;
            reading.read_mailbox(mailbox).await.map_err(|error| match error {
                ReadingError::Store(error) => error.into(),
                ReadingError::Mailbox(error) => error.into(),
            })
        }
    }
}

/// Opens a mailbox on a server, with the configured password.
pub(super) async fn open_mailbox(context: &Context, config: &Config, url: &MailboxUrl) -> Result<Mailbox> {
    let password = config.bounces.password.as_ref();
    let password =
        password.ok_or_else(|| anyhow!("bounces.password_file is missing in the configuration"))?;
    Ok(Mailbox::open(url, &password.load()?, &context.clock, Timeouts::USUAL).await?)
}

/// Reads a place; what was read is in the ledger before it is let go of.
async fn read_place(reading: &mut Reading, path: &Path) -> Result<()> {
    let mut messages = source::open(path)?;
    loop {
        let group = messages.by_ref().take(GROUP).collect::<Result<Vec<Raw>, _>>()?;
        if group.is_empty() {
            return Ok(());
        }
        let fates = reading.take(&group).await?;
        for (message, fate) in group.into_iter().zip(fates) {
            message.settle(fate)?;
        }
    }
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
fn lines(tally: &Tally) -> Vec<String> {
    let kinds = tally.kinds.iter().filter(|(_, number)| **number > 0);
    let kinds: Vec<_> = kinds.map(|(kind, number)| format!("{number} {}", kind.replace('_', "-"))).collect();
    let kinds = if kinds.is_empty() { String::new() } else { format!(" ({})", kinds.join(", ")) };
    let Tally { read, ours, bounced, repeated, noted, forged, by_address, foreign, unreadable, .. } = tally;
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
    let of = |kind: Kind| tally.students.get(kind.word()).into_iter().flatten().cloned().collect::<Vec<_>>();
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
