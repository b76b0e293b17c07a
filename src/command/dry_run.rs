//! `run --dry-run`: the real import into a throw-away copy of the ledger, and the real composing of what is
//! due there. So it keeps its word: nothing is sent, and nothing of the ledger is written.

mod overview;
mod stops;

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use jiff::Timestamp;
use jiff::civil::Time;
use serde_json::{Value, json};
use stops::Stops;

use super::{Context, import, plan};
use crate::app::hold_file::HoldFile;
use crate::app::reminders::{self, Outlook};
use crate::app::{self, App, Reader, quarantine};
use crate::cli::ImportArguments;
use crate::config::Config;
use crate::email::preview::{About, Change, Overview, PreviewFolder, Reason, Sample};
use crate::email::schedule::{self, Finish};
use crate::email::templates::Templates;
use crate::email::{Composer, MessageContent};
use crate::import::{Brakes, Imported};
use crate::invitation::{code::Code, key::CodeKey};
use crate::plural::{chosen, counted};
use crate::redemption::pages::Pages;
use crate::report::{Conclusion, MailReport, Report};
use crate::roster::Observations;
use crate::store::{DueCursor, DueMessage, ScratchCopy, Sending, Store};
use overview::{OddAddresses, OverviewSource};

/// Domains that the terminal lists; the rest is in the index.
const DOMAINS_TOLD: usize = 15;

pub(super) async fn execute(
    context: &Context,
    rosters: &[PathBuf],
    arguments: &ImportArguments,
    (preview, until): (Option<&Path>, Option<Time>),
) -> Result<Conclusion> {
    if rosters.is_empty() {
        bail!("a dry run needs a roster: gradpass run --dry-run --preview DIR ROSTER");
    }
    unless_stopped(context, rosters, arguments, (preview, until)).await
}

/// `send --dry-run`: the same of what is due without any roster.
pub(super) async fn due(
    context: &Context,
    preview: Option<&Path>,
    until: Option<Time>,
) -> Result<Conclusion> {
    unless_stopped(context, &[], &ImportArguments::default(), (preview, until)).await
}

async fn unless_stopped(
    context: &Context,
    rosters: &[PathBuf],
    arguments: &ImportArguments,
    (preview, until): (Option<&Path>, Option<Time>),
) -> Result<Conclusion> {
    let mut shutdown = super::shutdown()?;
    tokio::select! {
        // the copy of the ledger goes with the work on it, also when that is broken off
        done = show(context, rosters, arguments, (preview, until)) => done,
        () = shutdown.requested() => Ok(Conclusion::LEFT_OVER),
    }
}

async fn show(
    context: &Context,
    rosters: &[PathBuf],
    arguments: &ImportArguments,
    (preview, until): (Option<&Path>, Option<Time>),
) -> Result<Conclusion> {
    let app = context.app()?;
    let config = &app.config;
    let key = CodeKey::read(&config.key_file)?;
    let (composer, pages) = wording(config)?;
    let folder = preview.map(PreviewFolder::prepare).transpose()?;

    let begun = context.clock.now();
    // the copy of the ledger goes with its folder
    let ScratchCopy { folder: _copy, original: before, store } =
        Store::scratch_copy(&config.database).await?;
    store.writer().await?.recover(begun).await?;
    // as a run would find the ledger
    let plan = app::plan(&app, &store, rosters, arguments).await?;
    let imported = if rosters.is_empty() {
        Imported::default()
    } else {
        let how = (arguments, Reader::Person, Brakes::Tell);
        app::read(&app, &key, &store, rosters, how).await?
    };
    HoldFile::of(config)?.apply(&app, &store, arguments.allow_removals).await?;
    let (conferred, reminded) = app::make_due(&app, &store).await?;
    quarantine::quarantine_in_copy(&app, &store).await?;
    // the import has made its messages due a moment later
    let now = context.clock.now();
    let (sample, odd_addresses) = look_at_all(&store, &composer, now).await?;
    let messages = i64::try_from(sample.seen())?;
    let left = store.mail_figures(None, now).await?;
    let mail = MailReport {
        waiting: messages,
        deferred: left.waiting + left.deferred - messages,
        refused: left.refused,
        in_doubt: left.in_doubt,
        ..MailReport::default()
    };
    let report =
        Report { mail, conferred, reminders: reminded, ..Report::of_import(&imported, &store).await? };
    let domains = domains(config, &store, now).await?;
    let finish = finish(config, &store, messages, (now, until)).await?;
    let mut lines = lines(&report, finish.as_ref(), !rosters.is_empty());
    if let Some(Outlook { later, .. }) = reminders::outlook(&app, &store).await? {
        lines.push(format!(
            "reminders later: {later} of those mailed before, and whoever is mailed now; none to who has used the invitation"
        ));
    }
    let stops = Stops::of(config, &store, &imported, &plan).await?;
    let mut stop_lines = stops.lines();
    stop_lines.push(plan::how_it_passes(config, &plan, stops.approvals_missing));
    let mut notes: Vec<_> = stop_lines.iter().cloned().chain(mail_notes(&report, finish.as_ref())).collect();
    lines.extend(stop_lines);
    for line in &lines {
        context.console.result(line);
    }
    tell_domains(context, &domains);
    // the words of honours have a table of their own
    let observations = Observations { honours: Vec::new(), ..imported.observations.clone() };
    notes.extend(observations.sentences());
    notes.extend(app::other_languages(config, &imported));
    let mails = Mails { app: &app, composer: &composer, key: &key, sending: store.sending().await?, now };
    let mut chosen = Vec::new();
    let mut overview = Overview::default();
    if folder.is_some() {
        let (has_roster, report) = (!rosters.is_empty(), &report);
        let source =
            OverviewSource { config, composer: &composer, store: &store, report, has_roster, begun, now };
        overview = Overview {
            notes,
            readings: import::readings(rosters, &app::settings(config, arguments))?,
            ..source.overview(odd_addresses, &domains, &pages, &mut (app.rng)()?).await?
        };
        for (why, message) in sample.into_messages() {
            let change = source.change(&message, before.as_ref()).await?;
            chosen.push((why, change, message));
        }
    } else {
        chosen.extend(sample.into_messages().into_iter().map(|(why, message)| (why, Change::New, message)));
    }
    if let Some((index, written)) = mails.write(&chosen, folder, (&overview, pages.style()))? {
        context.console.say(format_args!("{} to look at: {}", counted(written, "email"), index.display()));
    }
    if let Some(folder) = preview {
        stops.write_plan(folder, &plan, &report)?;
    }
    context.console.json(&json!({
        "dry_run": true,
        "plan": plan.id(),
        "a_run_would_stop": stops.problems,
        "approvals_missing": stops.approvals_missing,
        "roster": report.roster,
        "mail": report.mail,
        "follow_up": report.follow_up,
        "domains": as_json(&domains),
        "held": report.held,
        "columns_not_read": report.columns_not_read,
        "honours": report.honours,
        "needs_a_person": report.needs_a_person,
        "changed_after_verified": report.changed_after_verified,
        "conferred": report.conferred,
        "reminders": report.reminders,
    }))?;
    Ok(Conclusion::needing_person(stops.is_stopped() || report.needs_person()))
}

/// What mails and pages are made of.
fn wording(config: &Config) -> Result<(Composer, Pages)> {
    let folder = config.mail.templates.as_deref();
    let templates = Templates::load(folder, &config.institution.languages)?;
    Ok((Composer::new(templates, config), Pages::load(folder, &config.institution, &config.web)?))
}

async fn look_at_all(store: &Store, composer: &Composer, now: Timestamp) -> Result<(Sample, OddAddresses)> {
    let (mut sample, mut odd_addresses) = (Sample::default(), OddAddresses::default());
    let mut cursor = DueCursor::new(now);
    let mut page = store.due_page(&mut cursor).await?;
    while let Some(this) = page {
        // the next page is on its way meanwhile
        let (next, looked) = tokio::join!(store.due_page(&mut cursor), async {
            for message in &this.parse().await? {
                sample.look(message, composer.language(&message.graduate), composer.usual_language());
                odd_addresses.look(message);
            }
            anyhow::Ok(())
        });
        looked?;
        page = next?;
    }
    Ok((sample, odd_addresses))
}

/// The mails that are worth a look.
struct Mails<'a> {
    app: &'a App,
    composer: &'a Composer,
    key: &'a CodeKey,
    sending: Sending,
    now: Timestamp,
}

impl Mails<'_> {
    /// Composes every chosen mail, also without a folder, so that a template that fails, fails here.
    fn write(
        &self,
        chosen: &[(Reason, Change, DueMessage)],
        mut folder: Option<PreviewFolder>,
        (overview, style): (&Overview, &str),
    ) -> Result<Option<(PathBuf, usize)>> {
        let mut rng = (self.app.rng)()?;
        for (why, change, message) in chosen {
            let code = Code::random(&mut rng);
            let content = MessageContent {
                occasion: message.occasion,
                graduate: &message.graduate,
                qualifications: &message.qualifications,
                code: &code,
                message_tag: &self.key.message_tag(message.id, self.sending.restored),
                opt_out_token: &self.key.opt_out_token(message.invitation_id),
                at: self.now,
            };
            let mail = self.composer.compose(&content)?;
            let language = self.composer.language(&message.graduate);
            let own_domain = self.app.config.institution.owns(message.graduate.email.domain());
            if let Some(folder) = &mut folder {
                let about = About { language, own_domain, why: *why, change: change.clone() };
                folder.write(message, &mail, &about)?;
            }
        }
        Ok(folder.map(|folder| folder.finish(overview, style)).transpose()?)
    }
}

async fn domains(config: &Config, store: &Store, now: Timestamp) -> Result<Vec<(String, i64, bool)>> {
    let counts = store.recipients_by_domain(now).await?;
    let marked = |(domain, messages): (String, i64)| {
        let own = config.institution.owns(&domain);
        (domain, messages, own)
    };
    Ok(counts.into_iter().map(marked).collect())
}

fn as_json(domains: &[(String, i64, bool)]) -> Vec<Value> {
    let one = |(domain, messages, own): &(String, i64, bool)| json!({ "domain": domain, "messages": messages, "own": own });
    domains.iter().map(one).collect()
}

fn lines(report: &Report, finish: Option<&Finish>, has_roster: bool) -> Vec<String> {
    let mail = &report.mail;
    let mut lines = if has_roster { report.roster_lines() } else { Vec::new() };
    lines.push(format!("mail: {} would be sent now", counted(mail.waiting, "email")));
    lines.extend(report.people_lines_of_dry_run());
    if mail.deferred > 0 {
        lines.push(format!("{} more {} due later", mail.deferred, chosen(mail.deferred, "is", "are")));
    }
    lines.extend(mail_notes(report, finish));
    lines
}

/// When everybody would have been mailed.
async fn finish(
    config: &Config,
    store: &Store,
    messages: i64,
    (now, until): (Timestamp, Option<Time>),
) -> Result<Option<Finish>> {
    let now = now.to_zoned(config.institution.time_zone.clone());
    let used = store.begun_on(&now.date().to_string()).await?;
    Ok(schedule::finish(&config.mail, messages, (&now, used), until))
}

/// How long the mail takes, and what waits for a person.
fn mail_notes(report: &Report, finish: Option<&Finish>) -> Vec<String> {
    let (mail, mut lines) = (&report.mail, Vec::new());
    lines.extend(finish.map(|finish| format!("at this pace {}", finish.words())));
    if mail.refused + mail.in_doubt > 0 {
        let wait = chosen(mail.refused + mail.in_doubt, "waits", "wait");
        let kinds = [(mail.refused, "refused"), (mail.in_doubt, "in doubt")];
        let kinds =
            kinds.iter().filter(|(number, _)| *number > 0).map(|(number, what)| format!("{number} {what}"));
        lines.push(format!("{} {wait} for a person", kinds.collect::<Vec<_>>().join(" and ")));
    }
    lines
}

fn tell_domains(context: &Context, domains: &[(String, i64, bool)]) {
    if domains.is_empty() {
        return;
    }
    context.console.result("recipients by domain (* your own: its filters must let SEEK Pass's mail in)");
    for (domain, messages, own) in domains.iter().take(DOMAINS_TOLD) {
        context.console.result(format_args!("  {messages:>8} {} {domain}", if *own { '*' } else { ' ' }));
    }
    let (rest, more) =
        domains.iter().skip(DOMAINS_TOLD).fold((0, 0), |(sum, count), it| (sum + it.1, count + 1));
    if more > 0 {
        context.console.result(format_args!("  {rest:>8}   in {}", counted(more, "more domain")));
    }
}
