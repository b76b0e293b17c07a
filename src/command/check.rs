//! `check`: everything that a night could fail on, one line each.

mod ledger;

use std::time::Duration;

use anyhow::Result;
use lettre::transport::smtp::extension::ClientId;
use serde_json::{Value, json};

use super::Context;
use crate::app::{App, conclusion_of, hold_file, open_mailbox, page};
use crate::bounce::source;
use crate::config::{BounceSource, Config, ConfigError, Proof, is_full};
use crate::credential::CredentialType;
use crate::email::reply::{About, about};
use crate::email::return_path::ReturnPath;
use crate::email::session::{Client, Offer, Timeouts as RelayTimeouts};
use crate::email::templates::Templates;
use crate::invitation::key::CodeKey;
use crate::plural::counted;
use crate::redemption::pages::Pages;
use crate::report::Conclusion;
use crate::roster::Transcripts;
use crate::seek::{Outcome, SeekPass, Timeouts};
use crate::store::Store;

/// How long the public page may take to answer.
const PAGE_PATIENCE: Duration = Duration::from_secs(5);

/// What has been found so far.
struct Findings<'a> {
    context: &'a Context,
    conclusion: Conclusion,
    list: Vec<Value>,
}

impl Findings<'_> {
    fn good(&mut self, name: &str, detail: impl std::fmt::Display) {
        self.tell("ok", name, &detail.to_string());
    }

    fn warning(&mut self, name: &str, detail: impl std::fmt::Display) {
        self.tell("note", name, &detail.to_string());
    }

    /// A night could not run.
    fn bad(&mut self, name: &str, detail: impl std::fmt::Display) {
        self.conclusion.could_not_run = true;
        self.tell("FAIL", name, &detail.to_string());
    }

    /// It does not work now, and may do so later.
    fn away(&mut self, name: &str, detail: impl std::fmt::Display) {
        self.conclusion.is_left_over = true;
        self.tell("FAIL", name, &detail.to_string());
    }

    fn tell(&mut self, verdict: &str, name: &str, detail: &str) {
        self.context.console.result(format_args!("{verdict:<5} {name:<14} {detail}"));
        self.list.push(json!({ "name": name, "verdict": verdict.to_lowercase(), "detail": detail }));
    }
}

pub(super) async fn execute(context: &Context) -> Result<Conclusion> {
    let mut findings = Findings { context, conclusion: Conclusion::DONE, list: Vec::new() };
    let config = match Config::read_with(&context.config_path, &context.environment) {
        Ok(config) => config,
        Err(ConfigError::Mistakes { path, mistakes }) => {
            for mistake in mistakes {
                let detail = format!("{}: {mistake}", path.display());
                findings.bad("configuration", detail);
            }
            return finish(&findings);
        }
        Err(error) => {
            findings.bad("configuration", error);
            return finish(&findings);
        }
    };
    let app = context.app_with(config);
    let config = &app.config;
    findings.good("configuration", app.config_path.display());
    let exposed = config.exposed(&app.config_path);
    for concern in config.untouched().into_iter().chain(exposed) {
        let detail = format!("{}: {}", concern.key, concern.problem);
        if concern.is_grave {
            findings.bad("configuration", detail);
        } else {
            findings.warning("configuration", detail);
        }
    }
    key(&mut findings, config);
    if let Some(path) = &config.roster.hold_file {
        match hold_file::read(path) {
            Ok(students) => findings.good("hold file", counted(students.len(), "student")),
            Err(error) => findings.bad("hold file", error),
        }
    }
    if let Some(path) = &config.roster.transcripts {
        match Transcripts::open(path, &config.roster) {
            Ok(file) => findings.good("transcripts", file.name()),
            Err(error) => findings.bad("transcripts", error),
        }
    }
    match Templates::load(config.mail.templates.as_deref(), &config.institution.languages) {
        Ok(templates) => findings.good("templates", templates.languages().join(", ")),
        Err(error) => findings.bad("templates", error),
    }
    match Pages::load(config.mail.templates.as_deref(), &config.institution, &config.web) {
        Ok(pages) => findings.good("pages", pages.languages().join(", ")),
        Err(error) => findings.bad("pages", error),
    }
    ledger::check(&mut findings, &app).await?;
    name_for_the_relay(&mut findings, config);
    relay(&mut findings, config).await;
    mailbox(&mut findings, &app).await;
    seek_pass(&mut findings, config).await;
    public_page(&mut findings, &config.web.public_url).await;
    sending_domain(&mut findings, config);
    finish(&findings)
}

fn finish(findings: &Findings<'_>) -> Result<Conclusion> {
    findings.context.console.json(&json!({ "checks": findings.list }))?;
    Ok(findings.conclusion)
}

fn key(findings: &mut Findings<'_>, config: &Config) {
    match CodeKey::read(&config.key_file) {
        Ok(_) => findings.good("key", config.key_file.display()),
        Err(error) => findings.bad("key", error),
    }
}

/// Relays on this machine ask for no name.
fn name_for_the_relay(findings: &mut Findings<'_>, config: &Config) {
    if let ClientId::Domain(name) = &config.mail.helo
        && !is_full(name)
        && !config.mail.relay.is_loopback()
    {
        findings.warning(
            "name",
            format_args!(
                "this machine calls itself {name}, and many a relay refuses a name without a domain (504 5.5.2 Helo command \
                 rejected: need fully-qualified hostname); set mail.helo"
            ),
        );
    }
}

async fn relay(findings: &mut Findings<'_>, config: &Config) {
    let client = match Client::new(&config.mail, &findings.context.clock, RelayTimeouts::RFC_5321) {
        Ok(client) => client,
        Err(error) => return findings.bad("relay", error),
    };
    match client.sign_in().await {
        Outcome::Accepted(()) => {}
        Outcome::Refused(trouble) => return findings.bad("relay", trouble.words),
        Outcome::TryLater(trouble) | Outcome::Unknown(trouble) => {
            return findings.away("relay", trouble.words);
        }
    }
    match client.connect().await {
        Ok(mut session) => {
            // to ourselves, and taken back before any content: what a relay has against a sender it says only now
            let sender = ReturnPath::new(config).of("check".to_owned());
            let offer = session.offer(&sender, &config.mail.from.email).await;
            session.reset().await;
            session.quit().await;
            let login = match config.mail.login.as_ref().map(|login| &login.proof) {
                Some(Proof::Password(_)) => "the login works, and it takes mail from the sender",
                Some(Proof::OAuth(_)) => "the login with a token works, and it takes mail from the sender",
                None => "it takes mail from the sender; no login is configured",
            };
            let relay = &config.mail.relay;
            match offer {
                Offer::Taken => findings.good("relay", format_args!("{relay}: {login}")),
                // a sender that takes no answers has no mailbox, and may send all the same
                Offer::Answered(outcome) if about(outcome.reply()) == About::Recipient => findings.warning(
                    "relay",
                    format_args!(
                        "{relay}: {login}, who cannot be mailed there, so that answers are lost: {}",
                        outcome.reply()
                    ),
                ),
                Offer::Answered(outcome) => findings.away(
                    "relay",
                    format_args!(
                        "{relay}: it does not take mail from the sender to itself: {}",
                        outcome.reply()
                    ),
                ),
                Offer::NotWelcome(words) => {
                    findings.away("relay", format_args!("{relay}: {words}"));
                }
                Offer::Later(reply) => findings.away(
                    "relay",
                    format_args!("{relay}: it takes nothing from the sender at the moment: {reply}"),
                ),
                Offer::Lost(why) | Offer::Unheard(why) => {
                    findings.away("relay", format_args!("{relay}: the connection broke: {why}"));
                }
            }
        }
        Err(trouble) => findings.away("relay", trouble),
    }
}

/// Where bounces are.
async fn mailbox(findings: &mut Findings<'_>, app: &App) {
    let url = match &app.config.bounces.source {
        Some(BounceSource::Mailbox(url)) => url,
        Some(BounceSource::Place(path)) => {
            if let Err(error) = source::open(path) {
                let told =
                    format!("{error}; right if nothing has come back yet, else put right bounces.source");
                findings.warning("bounces", told);
            }
            return;
        }
        None => return,
    };
    match open_mailbox(app, url).await {
        Ok(mailbox) => {
            let unread = counted(mailbox.unread(), "unread message");
            findings.good("bounces", format_args!("{url}: the mailbox opens, {unread}"));
            // nothing of it was read
            let _ = mailbox.close().await;
        }
        Err(error) if conclusion_of(&error).could_not_run => findings.bad("bounces", &error),
        Err(error) => findings.away("bounces", &error),
    }
}

async fn seek_pass(findings: &mut Findings<'_>, config: &Config) {
    let Some(settings) = &config.seek_pass else {
        findings
            .warning("SEEK Pass", "[seek_pass] is missing; mails can be sent, but nobody can redeem a code");
        return;
    };
    let client = match SeekPass::new(settings, &findings.context.clock, Timeouts::USUAL) {
        Ok(client) => client,
        Err(error) => return findings.bad("SEEK Pass", error),
    };
    for of in types_in_use(config).await {
        match client.sign_in(of).await {
            Outcome::Accepted(()) => {
                let scope = of.spec().scope;
                let works = format_args!("{}: the client id and secret work, for {scope}", settings.base_url);
                findings.good("SEEK Pass", works);
            }
            Outcome::Refused(trouble) => findings.bad("SEEK Pass", trouble.words),
            Outcome::TryLater(trouble) | Outcome::Unknown(trouble) => {
                findings.away("SEEK Pass", trouble.words);
            }
        }
    }
}

/// The types of credentials whose scopes a token is asked for: those that the ledger holds, and that of the rosters to come.
async fn types_in_use(config: &Config) -> Vec<CredentialType> {
    let mut types = match Store::open_read_only(&config.database).await {
        Ok(store) => store.types_in_use().await.unwrap_or_default(),
        // there is none yet, or what is wrong with it was told
        Err(_) => Vec::new(),
    };
    types.extend(config.roster.credential_type);
    if types.is_empty() {
        types.push(CredentialType::Education);
    }
    types.sort_unstable();
    types.dedup();
    types
}

/// Whether graduates would find the page. It is a note at worst: the page may be on its way still, or not to be
/// reached from here.
async fn public_page(findings: &mut Findings<'_>, public_url: &str) {
    match page::look(public_url, PAGE_PATIENCE).await {
        Ok(()) => findings.good("public page", format_args!("{public_url}: serve answers there")),
        Err(problem) => findings.warning(
            "public page",
            format_args!(
                "{public_url}: {problem}; start `gradpass serve`, and the proxy in front of it, before mails leave"
            ),
        ),
    }
}

/// Phones fill in a code by themselves where the sender's domain is the page's.
fn sending_domain(findings: &mut Findings<'_>, config: &Config) {
    let from = config.mail.from.email.domain().to_owned();
    let host = config.web.public_url.split('/').nth(2).unwrap_or_default();
    let host = host.split(':').next().unwrap_or_default();
    if host == from || host.ends_with(&format!(".{from}")) {
        findings.good("sending domain", &from);
    } else {
        let advice = format!(
            "mail comes from {from}, the page is on {host}: graduates trust the link more, and phones fill in the \
             code, if the page is below the sender's domain"
        );
        findings.warning("sending domain", advice);
    }
    if !config.institution.owns(&from) {
        let advice =
            format!("{from} is not among institution.domains; is it yours, with SPF, DKIM and DMARC?");
        findings.warning("sending domain", advice);
    }
}
