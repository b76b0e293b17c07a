//! `bounces`: what mail systems sent back. It takes no lock: a mail system hands over a message at any time, also in the
//! middle of a run.

use std::path::Path;

use anyhow::{Result, anyhow};

use super::{App, Event};
use crate::bounce::classify::Kind;
use crate::bounce::identify::Identifier;
use crate::bounce::reading::{Counts, Fate, Reading, ReadingError};
use crate::bounce::source::mailbox::{Mailbox, Timeouts};
use crate::bounce::source::{self, Raw, SourceError};
use crate::config::{BounceSource, MailboxUrl};
use crate::invitation::key::CodeKey;
use crate::plural::counted;
use crate::report::{Conclusion, Report};
use crate::store::Store;

/// Messages that share one commit.
const GROUP: usize = 100;

/// What the reading of sources came to.
#[derive(Debug)]
pub struct BouncesRead {
    /// What the messages were.
    pub counts: Counts,
    /// Who has bounced and who needs a person, as it stands in the ledger now.
    pub report: Report,
    /// Somebody whom the latest message did not reach is not tried again by itself.
    pub are_any_for_good: bool,
}

impl BouncesRead {
    /// What it comes to for the exit code.
    #[must_use]
    pub const fn conclusion(&self) -> Conclusion {
        Conclusion::needing_person(self.are_any_for_good)
    }
}

/// Reads these sources; where one is `-`, the message that `from_pipe` reads.
///
/// # Errors
/// When a source or the ledger cannot be used; what was read until then is in the ledger.
pub async fn bounces(
    app: &App,
    sources: &[BounceSource],
    from_pipe: impl Fn() -> Result<Raw, SourceError>,
) -> Result<BouncesRead> {
    let config = &app.config;
    let pipe = BounceSource::Place("-".into());
    Store::find(&config.database).await?;
    let store = app.open().await?;
    let mut reading = begin(app, &store).await?;
    for source in sources {
        if *source == pipe {
            let message = [from_pipe()?];
            let fates = reading.take(&message).await?;
            if let (Some(maildir), true) = (&config.bounces.aside, fates.contains(&Fate::ForAPerson)) {
                // as a Maildir wants it: no other message has this name
                let name = format!("{}.{}.gradpass", app.clock.now().as_nanosecond(), std::process::id());
                message[0].set_aside(maildir, &name)?;
            }
        } else {
            read(app, &mut reading, source).await?;
        }
    }
    let counts = reading.into_counts();
    let mut report = Report::default();
    report.people(&store).await?;
    app.tell(&Event::BouncesRead(&counts));
    if counts.bounced > 0 && sources != [pipe] {
        let what = format!("{} bounced of {} read", counts.bounced, counted(counts.read, "message"));
        let failures =
            counts.students.iter().filter(|(kind, _)| Kind::of(kind).is_some_and(Kind::is_failure));
        let students = failures.flat_map(|(_, students)| students.iter().cloned()).collect();
        store.writer().await?.note(app.deed("bounces", None, what, students)).await?;
    }
    let figures = store.mail_figures(None, app.clock.now()).await?;
    Ok(BouncesRead { counts, report, are_any_for_good: figures.bounced_for_good() > 0 })
}

/// Reads what `[bounces] source` names, where it does; a source that cannot be read is told, and stops nothing else.
pub(super) async fn of_config(app: &App, store: &Store) -> Result<Option<Counts>> {
    let Some(source) = &app.config.bounces.source else { return Ok(None) };
    let mut reading = begin(app, store).await?;
    let mut stopped = None;
    if let Err(error) = read(app, &mut reading, source).await {
        app.tell(&Event::BouncesNotRead(&error));
        // a mail system makes a mailbox with the first message in it
        let is_missing = error.downcast_ref::<SourceError>().is_some_and(SourceError::is_missing);
        stopped = (!is_missing).then(|| format!("{error:#}"));
    }
    let counts = Counts { stopped, ..reading.into_counts() };
    app.tell(&Event::BouncesRead(&counts));
    Ok(Some(counts))
}

/// Tells which mail domains are left alone, since they refuse all mail of ours.
pub(super) async fn tell_refusing(app: &App, store: &Store) -> Result<()> {
    for domain in store.refusing_domains(app.clock.now()).await? {
        app.tell(&Event::DomainPaused(&domain));
    }
    Ok(())
}

async fn begin(app: &App, store: &Store) -> Result<Reading> {
    let key = CodeKey::read(&app.config.key_file)?;
    store.refuse_other_key(&key.fingerprint()).await?;
    let identifier = Identifier::new(&app.config, store, key).await?;
    Ok(Reading::new(store.clone(), store.writer().await?, identifier, app.clock.now()))
}

/// Reads a source.
async fn read(app: &App, reading: &mut Reading, source: &BounceSource) -> Result<()> {
    match source {
        BounceSource::Place(path) => read_place(reading, path).await,
        BounceSource::Mailbox(url) => {
            let mailbox = open_mailbox(app, url).await?;
            reading.read_mailbox(mailbox).await.map_err(|error| match error {
                ReadingError::Store(error) => error.into(),
                ReadingError::Mailbox(error) => error.into(),
            })
        }
    }
}

/// Opens a mailbox on a server, with the configured password.
pub(crate) async fn open_mailbox(app: &App, url: &MailboxUrl) -> Result<Mailbox> {
    let password = app.config.bounces.password.as_ref();
    let password =
        password.ok_or_else(|| anyhow!("bounces.password_file is missing in the configuration"))?;
    Ok(Mailbox::open(url, &password.load()?, &app.clock, Timeouts::USUAL).await?)
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
