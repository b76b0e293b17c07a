//! `run`, `send` and `retry`: the nightly way, and doing again what failed.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Result, bail};
use jiff::civil::Time;
use serde_json::json;

use super::check::page;
use super::console::StoppedAfter;
use super::holds::HoldFile;
use super::import::Reader;
use super::{
    Context, bounces, chance, follow_up, import, late_changes, open_ledger, plan, progress, reminders,
    restored,
};
use crate::cli::ImportArguments;
use crate::clock::Clock;
use crate::config::Config;
use crate::email::send::{Sender, Tally, Whom};
use crate::email::session::{Client, Timeouts};
use crate::email::templates::Templates;
use crate::email::{Composer, schedule};
use crate::import::Brakes;
use crate::invitation::key::CodeKey;
use crate::lock::RunLock;
use crate::report::{Conclusion, MailReport, Report};
use crate::shutdown::Shutdown;
use crate::store::Store;

/// How long a run waits for an answer of the page, which is a note at worst.
const PAGE_PATIENCE: Duration = Duration::from_secs(2);

pub(super) async fn execute(
    context: &Context,
    command: &'static str,
    rosters: &[PathBuf],
    (arguments, wanted, until): (&ImportArguments, Option<&str>, Option<Time>),
) -> Result<Conclusion> {
    let prepared = Prepared::new(context)?.until(until);
    if let (Some(settings), "run") = (&prepared.config.seek_pass, command) {
        // for following up, at the end
        settings.client_secret.load()?;
    }
    let hold_file = HoldFile::of(&prepared.config)?;
    let (_lock, store) = open_ledger(context, &prepared.config, command).await?;
    store.refuse_other_key(&prepared.key.fingerprint()).await?;
    let needs_plan = wanted.is_some() || prepared.config.guard.require_approval.is_some();
    let brakes = if needs_plan {
        plan::brakes(&prepared.config, &store, rosters, (arguments, wanted)).await?
    } else {
        Brakes::Stop
    };
    let mut report = Report::default();
    let mut has_whole_roster = false;
    if !rosters.is_empty() {
        let how = (arguments, Reader::Nobody, brakes.clone());
        let imported =
            import::read_guarded(context, &prepared.config, &prepared.key, &store, rosters, how).await?;
        has_whole_roster = imported.is_whole;
        import::note(context, &store, &imported, (arguments, &brakes)).await?;
        report = Report::of_import(&imported, &store).await?;
        for line in report.roster_lines() {
            context.console.result(line);
        }
    }
    hold_file.apply(context, &store, arguments.allow_removals).await?;
    (report.conferred, report.reminders) = make_due(context, &prepared.config, &store).await?;
    restored::quarantine(context, &prepared.config, &store, has_whole_roster).await?;
    if let Err(why) = plan::stop_without_approval(&prepared.config, &store, &brakes).await {
        // what was imported stays
        return Err(StoppedAfter { why, done: json!(report) }.into());
    }
    bounces::tell_refusing(context, &store).await?;
    let config = Arc::clone(&prepared.config);
    let shutdown = super::shutdown()?;
    report.mail = prepared.send(context, &store, Whom::Everybody, shutdown.clone()).await?;
    for line in report.mail_lines() {
        context.console.result(line);
    }
    if command == "run" {
        if config.seek_pass.is_some() {
            report.follow_up = follow_up::ask(context, &config, &store, &shutdown).await?;
            for line in report.follow_up_lines() {
                context.console.result(line);
            }
        }
        report.bounces = bounces::of_config(context, &config, &store).await?;
        report.count_bounced(&store, context.clock.now()).await?;
        for line in report.bounced_lines() {
            context.console.result(line);
        }
        report.people(&store).await?;
        for line in report.people_lines() {
            context.console.result(line);
        }
        context.console.json(&report)?;
    } else {
        context.console.json(&json!({ "mail": report.mail }))?;
    }
    Ok(report.conclusion())
}

/// Makes due what time alone brings: what bounced for a while is tried again, who is conferred by now is invited again, and
/// others are reminded; returns who is conferred, and how many are reminded.
pub(super) async fn make_due(
    context: &Context,
    config: &Config,
    store: &Store,
) -> Result<(Vec<String>, i64)> {
    store.writer().await?.try_bounced_again(context.clock.now()).await?;
    let conferred = late_changes::invite_conferred(context, config, store).await?;
    Ok((conferred, reminders::make(context, config, store).await?))
}

/// Everything that can be wrong before anybody is mailed.
pub(super) struct Prepared {
    pub(super) config: Arc<Config>,
    pub(super) client: Client,
    pub(super) key: CodeKey,
    pub(super) templates: Templates,
    /// No message is begun from this time of the day on.
    until: Option<Time>,
}

impl Prepared {
    /// Of what works and should not stay so, each is told in a line; in the example's name nobody is mailed.
    pub(super) fn new(context: &Context) -> Result<Self> {
        let config = context.config()?;
        let path = context.config_path();
        if let Some(untouched) = config.untouched().filter(|concern| concern.is_grave) {
            bail!("configuration {}: {}: {}", path.display(), untouched.key, untouched.problem);
        }
        for concern in config.exposed(path) {
            context.console.say(format_args!("note: {}: {}", concern.key, concern.problem));
        }
        Self::with(config, &context.clock)
    }

    pub(super) fn with(config: Config, clock: &Clock) -> Result<Self> {
        let client = Client::new(&config.mail, clock, Timeouts::RFC_5321)?;
        let key = CodeKey::read(&config.key_file)?;
        let templates = Templates::load(config.mail.templates.as_deref(), &config.institution.languages)?;
        Ok(Self { config: Arc::new(config), client, key, templates, until: None })
    }

    fn until(self, until: Option<Time>) -> Self {
        Self { until, ..self }
    }

    /// Sends what is due, with a bar for people and a line now and then for logs.
    pub(super) async fn send(
        self,
        context: &Context,
        store: &Store,
        whom: Whom,
        shutdown: Shutdown,
    ) -> Result<MailReport> {
        let figures = store.mail_figures(None, context.clock.now()).await?;
        let (config, writer) = (self.config, store.writer().await?);
        let now = context.clock.now().to_zoned(config.institution.time_zone.clone());
        let used = store.begun_on(&now.date().to_string()).await?;
        let finish = schedule::finish(&config.mail, figures.due, (&now, used), self.until);
        let finish = finish.filter(|_| whom == Whom::Everybody);
        if let Some(finish) =
            finish.as_ref().filter(|it| it.nights > 1 || it.at.duration_since(&now).as_mins() > 0)
        {
            context.console.say(format_args!("At this pace {}.", finish.words()));
        }
        let is_anything_to_go = figures.waiting + figures.deferred > 0;
        if figures.due > 0 && config.seek_pass.is_none() {
            context.console.say(
                "note: [seek_pass] is missing from the configuration: the mails leave, but nobody can redeem a code \
                 before it is there and `gradpass serve` runs",
            );
        }
        if figures.due > 0
            && config.seek_pass.is_some()
            && let Err(problem) = page::look(&config.web.public_url, PAGE_PATIENCE).await
        {
            context.console.say(format_args!(
                "note: {}: {problem}; the mails leave, but nobody can redeem a code before `gradpass serve` answers there",
                config.web.public_url
            ));
        }
        if is_anything_to_go {
            restored::count(&config, store, &writer).await?;
        }
        let tally = Arc::new(Tally::default());
        let bar = progress::begin(&context.console, &context.clock, figures.due, &tally);
        let sender = Sender {
            store: store.clone(),
            writer: writer.clone(),
            composer: Composer::new(self.templates, &config),
            key: self.key,
            client: self.client,
            config: Arc::clone(&config),
            clock: context.clock.clone(),
            chance: chance()?,
            whom,
            until: self.until.map(|until| schedule::next(until, &now)),
            shutdown,
            tally,
        };
        let sent = sender.send().await;
        bar.end();
        let sent = sent?;
        if is_anything_to_go && let Err(error) = restored::count(&config, store, &writer).await {
            // its begin was counted: only a backup from the middle of this run would pass for a newer one
            tracing::warn!("the end of this sending was not written down: {error}");
        }
        drop(writer);
        if let Err(error) = store.checkpoint(RunLock::is_served(&config.database)).await {
            // everything is written down; only the ledger's file is not whole by itself yet
            tracing::warn!("the write-ahead log stays beside the ledger: {error}");
        }
        let mailed_by = finish.map(|finish| config.institution.local_time(finish.at.timestamp()));
        Ok(MailReport { mailed_by, ..(&sent).into() })
    }
}
