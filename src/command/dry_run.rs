//! `run --dry-run`: the real import into a throw-away copy of the ledger, and the real composing of every
//! message that is due there. So it keeps its word: nothing is sent, and nothing of the ledger is written.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use serde_json::json;

use super::{Context, chance, import};
use crate::cli::ImportArguments;
use crate::config::Config;
use crate::email::preview::{Oddest, Overview, PreviewFolder};
use crate::email::templates::Templates;
use crate::email::{Composer, Letter};
use crate::invitation::code::{Code, CodeKey};
use crate::report::Exit;
use crate::report::{MailReport, Report};
use crate::store::{DueCursor, Store};

/// Domains that the terminal lists; the rest is in the index.
const DOMAINS_TOLD: usize = 15;

pub(super) async fn execute(
    context: &Context,
    rosters: &[PathBuf],
    arguments: &ImportArguments,
    preview: Option<&Path>,
) -> Result<Exit> {
    if rosters.is_empty() {
        bail!("a dry run needs a roster: gradpass run --dry-run --preview DIR ROSTER");
    }
    let config = context.config()?;
    let key = CodeKey::read(&config.key_file)?;
    let composer = Composer::new(Templates::load(config.mail.templates.as_deref())?, &config);
    let mut folder = preview.map(PreviewFolder::prepare).transpose()?;

    let copy = tempfile::Builder::new()
        .prefix("gradpass-dry-run-")
        .permissions(std::fs::Permissions::from_mode(0o700))
        .tempdir()?;
    let copy_path = copy.path().join("ledger.db");
    if config.database.exists() {
        Store::open_to_look(&config.database).await?.copy_to(&copy_path).await?;
    }
    let store = Store::open(&copy_path).await?;
    let mut report = Report::default();
    let imported = import::read(context, &config, &store, rosters, arguments).await?;
    report.roster = (&imported).into();

    let now = context.clock.now();
    let mut oddest = Oddest::default();
    let mut cursor = DueCursor::new(now.as_millisecond());
    loop {
        let page = store.due_messages(&mut cursor).await?;
        if page.is_empty() {
            break;
        }
        for message in &page {
            oddest.look(message, composer.language(&message.graduate));
        }
    }
    let messages = i64::try_from(oddest.seen())?;
    let figures = store.mail_figures(None, now.as_millisecond()).await?;
    report.mail = MailReport {
        waiting: messages,
        deferred: figures.waiting + figures.deferred - messages,
        in_doubt: figures.in_doubt,
        ..MailReport::default()
    };
    let domains: Vec<_> = store
        .recipients_by_domain()
        .await?
        .into_iter()
        .map(|(domain, count)| {
            let own = config.institution.owns(&domain);
            (domain, count, own)
        })
        .collect();
    let mut lines = vec![report.roster_line(), format!("mail: {messages} emails would be sent now")];
    if report.mail.deferred > 0 {
        lines.push(format!("{} more are due later", report.mail.deferred));
    }
    lines.extend(budget_line(&config, messages));
    if figures.in_doubt > 0 {
        lines.push(format!("{} are in doubt and wait for `gradpass retry`", figures.in_doubt));
    }
    for line in &lines {
        context.console.result(line);
    }
    tell_domains(context, &domains);

    // every chosen mail is composed even without a folder, so that a template that fails, fails here
    let mut chance = chance()?;
    for (why, message) in oddest.into_messages() {
        let code = Code::random(&mut chance);
        let letter = Letter {
            graduate: &message.graduate,
            qualifications: &message.qualifications,
            code: &code,
            message_tag: &key.message_tag(message.id),
            at: now,
        };
        let composed = composer.compose(&letter)?;
        let language = composer.language(&message.graduate);
        let own = config.institution.owns(message.graduate.email.domain());
        if let Some(folder) = &mut folder {
            folder.write(&message, &composed, (language, own, why))?;
        }
    }
    if let Some(folder) = folder {
        let made =
            now.to_zoned(config.institution.time_zone.clone()).strftime("%-d %B %Y, %H:%M %Z").to_string();
        let overview = Overview {
            institution: config.institution.name.clone(),
            made,
            messages,
            lines,
            readings: import::readings(rosters, &config)?,
            domains: domains.clone(),
        };
        let (index, written) = folder.finish(&overview)?;
        context.console.say(format_args!("{written} emails to look at: {}", index.display()));
    }
    let domains: Vec<_> = domains
        .iter()
        .map(|(domain, messages, own)| json!({ "domain": domain, "messages": messages, "own": own }))
        .collect();
    context.console.json(&json!({
        "dry_run": true,
        "roster": report.roster,
        "mail": report.mail,
        "follow_up": report.follow_up,
        "domains": domains,
    }))?;
    Ok(if report.roster.rejected > 0 { Exit::NeedsPerson } else { Exit::Done })
}

fn budget_line(config: &Config, messages: i64) -> Option<String> {
    let limit = i64::from(config.mail.per_day?.get());
    (messages > limit).then(|| {
        format!(
            "with mail.per_day = {limit} they take {} nights",
            messages.div_euclid(limit) + i64::from(messages % limit > 0)
        )
    })
}

fn tell_domains(context: &Context, domains: &[(String, i64, bool)]) {
    if domains.is_empty() {
        return;
    }
    context
        .console
        .result("recipients by domain (* your own: its filters must let SEEK Pass's mail through)");
    for (domain, messages, own) in domains.iter().take(DOMAINS_TOLD) {
        context.console.result(format_args!("  {messages:>8} {} {domain}", if *own { '*' } else { ' ' }));
    }
    let (rest, more) =
        domains.iter().skip(DOMAINS_TOLD).fold((0, 0), |(sum, count), it| (sum + it.1, count + 1));
    if more > 0 {
        context.console.result(format_args!("  {rest:>8}   in {more} more domains"));
    }
}
