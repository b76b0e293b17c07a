//! From the file's tables to settings that can work. A function gives none where something of its table is wrong; what
//! that is, the table has kept.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};

use jiff::tz::TimeZone;
use lettre::Address;
use lettre::message::Mailbox;

use super::reader::{Reader, Table};
use super::{
    BounceSettings, BounceSource, Config, Environment, Guard, Institution, MailSettings, Mistake, Question,
    RosterSettings, Secret, SeekPassSettings, Setting, WebSettings,
};
use super::{database, mail, roster};
use crate::graduate::{EmailAddress, Language, clean, languages as built_in};
use crate::invitation::key::LONGEST_TOKEN;
use crate::reminder::Reminders;

const TABLES: [&str; 10] = [
    "institution",
    "database",
    "code",
    "roster",
    "guard",
    "mail",
    "bounces",
    "reminders",
    "web",
    "seek_pass",
];

/// Reminders of one invitation, and not one more.
const MOST_REMINDERS: usize = 10;

/// The settings of a file in `folder`, and every value with its origin; or every mistake.
pub(super) fn config(
    text: &str,
    folder: &Path,
    environment: &Environment,
) -> Result<(Config, Vec<Setting>), Vec<Mistake>> {
    let reader = Reader::new(text, environment)?;
    let config = read(&reader, folder);
    let settings = reader.finish(&TABLES)?;
    // without a mistake nothing is missing
    config.map(|config| (config, settings)).ok_or_else(Vec::new)
}

fn read(reader: &Reader<'_>, folder: &Path) -> Option<Config> {
    let (institution, languages) = institution(reader.table("institution"));
    let database = database::settings(reader.table("database"), folder);
    let code = code(reader.table("code"), folder);
    let mail = mail::settings(reader.table("mail"), folder);
    if let Some(mail) = &mail
        && let Some(problem) = without_words(&languages, mail)
    {
        reader.mistake(None, "institution.languages".to_owned(), problem);
    }
    let bounces = bounces(reader.table("bounces"), folder);
    let reminders = reminders(reader.table("reminders"), code.as_ref().map(|(_, valid_days)| *valid_days));
    let web = web(reader.table("web"));
    let is_asked = web.as_ref().is_some_and(|web| web.question == Question::DateOfBirth);
    let roster = roster::settings(reader.table("roster"), folder);
    let guard = guard(reader.table("guard"));
    let seek_pass = match reader.optional_table("seek_pass") {
        Some(table) => Some(seek_pass(table, folder)?),
        None => None,
    };
    let (database, retention_days) = database?;
    let (key_file, valid_days) = code?;
    let (institution, mail, web) = (institution?, mail?, web?);
    let time_zone = institution.time_zone.clone();
    let roster = RosterSettings {
        institution: institution.name.clone(),
        time_zone,
        date_of_birth_required: is_asked,
        ..roster
    };
    Some(Config {
        institution,
        database,
        retention_days,
        key_file,
        valid_days,
        roster,
        guard,
        mail,
        bounces,
        reminders,
        web,
        seek_pass,
    })
}

/// With the languages, which are known also where something else of the table is wrong.
fn institution(mut table: Table<'_, '_>) -> (Option<Institution>, Vec<Language>) {
    let name = table.parsed("name", one_line);
    let support_email =
        table.parsed("support_email", |text| EmailAddress::parse(text).map_err(|problem| problem.0));
    let time_zone = table.parsed("time_zone", |text| {
        TimeZone::get(text).map_err(|_| "not a known time zone; write it like Australia/Melbourne".to_owned())
    });
    let domains: Vec<String> = table.or("domains", Vec::new());
    let ascii =
        domains.iter().map(|domain| idna::domain_to_ascii_strict(domain.trim())).collect::<Result<_, _>>();
    let domains = table.checked("domains", ascii.map_err(|_| "has an entry that is no domain".to_owned()));
    let languages: Vec<String> = table.or("languages", vec!["en".to_owned()]);
    let languages = table.checked("languages", self::languages(&languages));
    table.finish();
    let known = languages.clone().unwrap_or_default();
    let institution = || {
        Some(Institution {
            name: name?,
            support_email: support_email?.as_str().to_owned(),
            time_zone: time_zone?,
            domains: domains?,
            languages: languages?,
        })
    };
    (institution(), known)
}

fn languages(texts: &[String]) -> Result<Vec<Language>, String> {
    let languages: Vec<_> = texts
        .iter()
        .map(|text| Language::parse(text))
        .collect::<Result<_, _>>()
        .map_err(|problem| problem.0)?;
    if languages.is_empty() {
        return Err("names none; give one at least, such as en".to_owned());
    }
    let is_repeated = |(at, language): (usize, &Language)| languages[..at].contains(language);
    if languages.iter().enumerate().any(is_repeated) {
        return Err("has a language twice".to_owned());
    }
    Ok(languages)
}

/// Where a language is switched on whose words are nowhere: not built in, and there are no templates of the university's own.
fn without_words(wanted: &[Language], mail: &MailSettings) -> Option<String> {
    let has_words = |language: &&Language| built_in::lookup(&built_in::BUILT_IN, language.as_str()).is_some();
    let other = wanted.iter().find(|language| !has_words(language))?;
    mail.templates.is_none().then(|| {
        format!(
            "has {other}, whose words are not built in as those of {} are; set mail.templates to a folder with {other}/texts.ftl",
            built_in::BUILT_IN.join(", "),
            other = other.as_str()
        )
    })
}

fn code(mut table: Table<'_, '_>, folder: &Path) -> Option<(PathBuf, u16)> {
    let key_file: Option<PathBuf> = table.required("key_file");
    let days = days(&mut table, "valid_days", 90, 3650);
    table.finish();
    Some((folder.join(key_file?), days))
}

pub(super) fn days(table: &mut Table<'_, '_>, key: &'static str, usual: u16, most: u16) -> u16 {
    let days = table.or(key, usual);
    if !(1..=most).contains(&days) {
        table.wrong(key, format!("give 1 to {most} days"));
    }
    days
}

fn guard(mut table: Table<'_, '_>) -> Guard {
    let usual = Guard::default();
    let mut share = |key, usual| {
        let share: f64 = table.or(key, usual);
        if !(0.0..=1.0).contains(&share) {
            table.wrong(key, "give a share from 0 to 1, such as 0.1 for a tenth".to_owned());
        }
        share
    };
    let (removals, changes) = (share("removals", usual.removals), share("changes", usual.changes));
    let growth: f64 = table.or("growth", usual.growth);
    if growth.is_nan() || growth <= 0.0 {
        table.wrong("growth", "give a number above 0, such as 3 for three times as many".to_owned());
    }
    let require_approval = table.optional("require_approval");
    let two_persons = table.or("two_persons", usual.two_persons);
    table.finish();
    Guard { removals, changes, growth, require_approval, two_persons }
}

fn bounces(mut table: Table<'_, '_>, folder: &Path) -> BounceSettings {
    let source = table.optional_parsed("source", |text| BounceSource::parse(Path::new(text)));
    let password = secret(&mut table, folder, "password", "password_file", "bounces.password_file");
    if matches!(source, Some(BounceSource::Mailbox(_))) && password.is_none() {
        table.wrong("source", "has no password; set bounces.password_file");
    }
    let address = table.optional_parsed("address", bare);
    let delimiter = table.or("delimiter", "+".to_owned());
    let is_short = delimiter.is_empty() || delimiter.len() == 1 && "+-=_.".contains(&delimiter);
    if !is_short {
        table.wrong("delimiter", "give one of + - = _ . or nothing");
    }
    let aside: Option<PathBuf> = table.optional("aside");
    // RFC 5321 §4.5.3.1.1
    let room = 64 - LONGEST_TOKEN - delimiter.len().min(1);
    if address.as_ref().is_some_and(|address| address.user().len() > room) {
        table
            .wrong("address", format!("has more than {room} characters before the @, where a token follows"));
    }
    table.finish();
    BounceSettings {
        source: source.map(|source| source.within(folder)),
        password,
        address,
        delimiter,
        aside: aside.map(|aside| folder.join(aside)),
    }
}

fn reminders(mut table: Table<'_, '_>, valid_days: Option<u16>) -> Reminders {
    let after_days: Vec<u16> = table.or("after_days", Vec::new());
    let at_most: Option<u32> = table.optional("at_most");
    if at_most == Some(0) {
        table.wrong("at_most", "give 1 or more; without after_days nobody is reminded");
    } else if at_most.is_some() && after_days.is_empty() {
        table.wrong("at_most", "has no effect without after_days, which says when reminders are sent");
    }
    let list_unsubscribe = table.or("list_unsubscribe", false);
    let is_growing = after_days.iter().zip([0].iter().chain(&after_days)).all(|(day, before)| day > before);
    if !is_growing || after_days.len() > MOST_REMINDERS {
        table.wrong(
            "after_days",
            format!("give up to {MOST_REMINDERS} growing numbers of days, such as [7, 21]"),
        );
    } else if after_days.last() >= valid_days.as_ref() && valid_days.is_some() {
        table.wrong(
            "after_days",
            "the last is not below code.valid_days: nobody is reminded of a code that works no more",
        );
    }
    table.finish();
    Reminders { after_days, at_most, list_unsubscribe }
}

fn web(mut table: Table<'_, '_>) -> Option<WebSettings> {
    let listen = table.or("listen", SocketAddr::from((Ipv4Addr::LOCALHOST, 8080)));
    let public_url = table.parsed("public_url", |text| web_address(text, "codes"));
    let proxies: Vec<String> = table.or("trusted_proxies", Vec::new());
    let proxies = proxies.iter().map(|text| network(text)).collect();
    let trusted_proxies = table.checked("trusted_proxies", proxies);
    let question = table.or("question", Question::None);
    table.finish();
    Some(WebSettings { listen, public_url: public_url?, trusted_proxies: trusted_proxies?, question })
}

/// A text that has to be there.
pub(super) fn not_empty(text: &str) -> Result<String, String> {
    if text.trim().is_empty() { Err("is empty".to_owned()) } else { Ok(text.to_owned()) }
}

fn seek_pass(mut table: Table<'_, '_>, folder: &Path) -> Option<SeekPassSettings> {
    let base_url = table.parsed("base_url", |text| web_address(text, "the secret of your account"));
    let client_id = table.parsed("client_id", not_empty);
    let key = "seek_pass.client_secret_file";
    let client_secret = secret(&mut table, folder, "client_secret", "client_secret_file", key);
    if client_secret.is_none() {
        table.wrong("client_secret_file", "missing");
    }
    let account = table.optional::<String>("account");
    if account.as_ref().is_some_and(|account| account.trim().is_empty()) {
        table.wrong("account", "is empty");
    }
    let id_prefix: String = table.or("id_prefix", "gradpass".to_owned());
    let fits = |character: char| character.is_ascii_alphanumeric() || character == '-' || character == '_';
    if id_prefix.is_empty() || id_prefix.len() > 32 || !id_prefix.chars().all(fits) {
        table.wrong("id_prefix", "give 1 to 32 letters, digits, - or _");
    }
    let (per_second, burst) = (table.or("per_second", positive(5)), table.or("burst", positive(5)));
    table.finish();
    Some(SeekPassSettings {
        base_url: base_url?,
        client_id: client_id?,
        client_secret: client_secret?,
        account,
        id_prefix,
        per_second,
        burst,
    })
}

/// A secret given as such or in a file of its own, not both in one place. `path` is the key of the latter, with its table.
pub(super) fn secret(
    table: &mut Table<'_, '_>,
    folder: &Path,
    key: &'static str,
    file_key: &'static str,
    path: &'static str,
) -> Option<Secret> {
    let (given, file) = (table.hidden(key), table.optional::<PathBuf>(file_key));
    let is_outside = |table: &Table<'_, '_>, key| table.is_from_outside(key);
    match (given, file) {
        (Some(_), Some(file)) if is_outside(table, file_key) && !is_outside(table, key) => {
            Some(Secret::in_file(path, folder.join(file)))
        }
        (Some(given), file) => {
            let name = path.strip_suffix("_file").unwrap_or(path);
            if is_outside(table, key) {
                return Some(Secret::from_outside(name, given));
            }
            if file.is_some() {
                table.wrong(file_key, "given here and in a file of its own; keep one");
            }
            Some(Secret::given(name, given))
        }
        (None, Some(file)) => Some(Secret::in_file(path, folder.join(file))),
        (None, None) => None,
    }
}

pub(super) const fn positive(number: u32) -> NonZeroU32 {
    NonZeroU32::MIN.saturating_add(number - 1)
}

pub(super) fn mailbox(text: &str) -> Result<Mailbox, String> {
    let problem = || "not an address; write it as Name <name@domain>".to_owned();
    if text.contains(char::is_control) {
        return Err(problem());
    }
    let mailbox: Mailbox = text.parse().map_err(|_| problem())?;
    let address = EmailAddress::parse(mailbox.email.as_ref()).map_err(|problem| problem.0)?;
    let name = mailbox.name.map(|name| one_line(&name)).transpose()?;
    Ok(Mailbox::new(name, address.address().clone()))
}

/// An address without a name.
pub(super) fn bare(text: &str) -> Result<Address, String> {
    EmailAddress::parse(text).map(|address| address.address().clone()).map_err(|problem| problem.0)
}

/// A name as mails and pages show it.
fn one_line(text: &str) -> Result<String, String> {
    let text = clean(text).map_err(|problem| problem.0)?;
    if text.is_empty() { Err("must be one line of text".to_owned()) } else { Ok(text.into_owned()) }
}

fn network(text: &str) -> Result<(IpAddr, u8), String> {
    let problem = || "write addresses like 127.0.0.1 or 10.0.0.0/8".to_owned();
    let (address, bits) = text.split_once('/').map_or((text, None), |(address, bits)| (address, Some(bits)));
    let address: IpAddr = address.parse().map_err(|_| problem())?;
    let most = if address.is_ipv4() { 32 } else { 128 };
    let bits = bits.map_or(Ok(most), str::parse).map_err(|_| problem())?;
    if bits > most { Err(problem()) } else { Ok((address, bits)) }
}

/// The address of a web page, ending in `/`.
fn web_address(text: &str, what: &str) -> Result<String, String> {
    service_address(text, what).map(|address| format!("{}/", address.trim_end_matches('/')))
}

/// An address on the web. In clear, where everybody on the way could read `what`, only on this machine.
pub(super) fn service_address(text: &str, what: &str) -> Result<String, String> {
    let (is_in_clear, rest) = match (text.strip_prefix("https://"), text.strip_prefix("http://")) {
        (Some(rest), _) => (false, rest),
        (_, Some(rest)) => (true, rest),
        _ => return Err("must begin with https:// (http:// only on this machine, for a trial)".to_owned()),
    };
    let fits = |it: char| it.is_ascii_graphic() && !"?#<>\"'\\@".contains(it);
    if rest.is_empty() || rest.starts_with('/') || !rest.chars().all(fits) {
        return Err("not a web address; write it like https://seekpass.uni.example".to_owned());
    }
    if is_in_clear && !is_loopback(rest.split('/').next().unwrap_or_default()) {
        return Err(format!(
            "http:// sends {what} in clear; write https:// (http:// only on this machine, for a trial)"
        ));
    }
    Ok(text.to_owned())
}

/// Whether a host, with or without a port, is this machine.
fn is_loopback(host: &str) -> bool {
    let bare = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    bare.eq_ignore_ascii_case("localhost")
        || bare.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}
