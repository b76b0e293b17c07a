//! From the file's tables to settings that can work.

use std::net::IpAddr;
use std::path::{Path, PathBuf};

use jiff::tz::TimeZone;
use lettre::message::Mailbox;
use secrecy::SecretString;

use super::file::{File, InstitutionTable, MailTable, RosterTable, SeekPassTable};
use super::{
    Config, ConfigError, Encryption, Institution, MailSettings, Question, RelayUrl, RosterSettings,
    SeekPassSettings, WebSettings,
};
use crate::graduate::{EmailAddress, clean};

/// Turns what was read into what can work, naming the key where it cannot.
pub(super) struct Check<'a> {
    pub(super) path: &'a Path,
    pub(super) folder: PathBuf,
}

impl Check<'_> {
    pub(super) fn config(&self, file: File) -> Result<Config, ConfigError> {
        if !(1..=3650).contains(&file.code.valid_days) {
            return Err(self.value("code.valid_days", "give 1 to 3650 days"));
        }
        if !(1..=36_500).contains(&file.database.retention_days) {
            return Err(self.value("database.retention_days", "give 1 to 36500 days"));
        }
        Ok(Config {
            institution: self.institution(&file.institution)?,
            database: self.folder.join(file.database.path),
            retention_days: file.database.retention_days,
            key_file: self.folder.join(file.code.key_file),
            valid_days: file.code.valid_days,
            roster: self.roster(file.roster, file.web.question)?,
            mail: self.mail(file.mail)?,
            web: WebSettings {
                listen: file.web.listen,
                public_url: self.web_address("web.public_url", &file.web.public_url)?,
                trusted_proxies: file
                    .web
                    .trusted_proxies
                    .iter()
                    .map(|text| self.network(text))
                    .collect::<Result<_, _>>()?,
                question: file.web.question,
            },
            seek_pass: file.seek_pass.map(|table| self.seek_pass(table)).transpose()?,
        })
    }

    fn institution(&self, table: &InstitutionTable) -> Result<Institution, ConfigError> {
        let support_email = EmailAddress::parse(&table.support_email)
            .map_err(|problem| self.value("institution.support_email", &problem.0))?;
        let mut domains = Vec::new();
        for domain in &table.domains {
            let ascii = idna::domain_to_ascii_strict(domain.trim())
                .map_err(|_| self.value("institution.domains", "has an entry that is no domain"))?;
            domains.push(ascii);
        }
        Ok(Institution {
            name: self.one_line("institution.name", &table.name)?,
            support_email: support_email.as_str().to_owned(),
            time_zone: TimeZone::get(&table.time_zone).map_err(|_| {
                self.value(
                    "institution.time_zone",
                    "not a known time zone; write it like Australia/Melbourne",
                )
            })?,
            domains,
        })
    }

    fn roster(&self, table: RosterTable, question: Question) -> Result<RosterSettings, ConfigError> {
        let encoding = match &table.encoding {
            None => None,
            Some(label) => Some(encoding_rs::Encoding::for_label(label.as_bytes()).ok_or_else(|| {
                self.value("roster.encoding", "not a known encoding; write windows-1252, utf-8 or utf-16le")
            })?),
        };
        let delimiter = match table.delimiter.as_deref() {
            None => None,
            Some("tab" | "\t") => Some(b'\t'),
            Some(text) if text.len() == 1 && text.is_ascii() && !"\"\r\n ".contains(text) => {
                Some(text.as_bytes()[0])
            }
            Some(_) => {
                return Err(self.value("roster.delimiter", "give one sign such as , or ; or the word tab"));
            }
        };
        let date_of_birth_required = question == Question::DateOfBirth;
        Ok(RosterSettings {
            encoding,
            delimiter,
            headers: table.columns,
            date_of_birth_required,
            ..RosterSettings::default()
        })
    }

    fn mail(&self, table: MailTable) -> Result<MailSettings, ConfigError> {
        let relay = RelayUrl::parse(&table.relay).map_err(|problem| self.value("mail.relay", &problem))?;
        let password = self.secret("mail.password_file", table.password, table.password_file.as_deref())?;
        let login = match (table.username, password) {
            (Some(username), Some(password)) => Some((username, password)),
            (None, None) => None,
            (Some(_), None) => {
                return Err(self.value("mail.username", "has no password; set mail.password_file"));
            }
            (None, Some(_)) => return Err(self.value("mail.password_file", "has no mail.username beside it")),
        };
        if login.is_some() && relay.encryption == Encryption::None && !relay.is_loopback() {
            return Err(self.value(
                "mail.relay",
                "a password goes in clear only to this machine; use smtp+starttls:// or smtps://",
            ));
        }
        if table.connections.get() > 100 {
            return Err(self.value("mail.connections", "more than 100 connections; a relay takes 1 to 20"));
        }
        let templates = table.templates.map(|folder| self.folder.join(folder));
        Ok(MailSettings {
            relay,
            login,
            from: self.mailbox("mail.from", &table.from)?,
            reply_to: table.reply_to.map(|text| self.mailbox("mail.reply_to", &text)).transpose()?,
            connections: table.connections,
            per_second: table.per_second,
            per_minute: table.per_minute,
            per_day: table.per_day,
            templates,
            linger_minutes: table.linger_minutes,
        })
    }

    fn mailbox(&self, key: &'static str, text: &str) -> Result<Mailbox, ConfigError> {
        let problem = "not an address; write it as Name <name@domain>";
        if text.contains(char::is_control) {
            return Err(self.value(key, problem));
        }
        let mailbox: Mailbox = text.parse().map_err(|_| self.value(key, problem))?;
        let address =
            EmailAddress::parse(mailbox.email.as_ref()).map_err(|problem| self.value(key, &problem.0))?;
        let name = mailbox.name.map(|name| self.one_line(key, &name)).transpose()?;
        Ok(Mailbox::new(name, address.address().clone()))
    }

    /// A name as mails and pages show it.
    fn one_line(&self, key: &'static str, text: &str) -> Result<String, ConfigError> {
        let text = clean(text).map_err(|problem| self.value(key, &problem.0))?;
        if text.is_empty() { Err(self.value(key, "must be one line of text")) } else { Ok(text.into_owned()) }
    }

    fn network(&self, text: &str) -> Result<(IpAddr, u8), ConfigError> {
        let problem = || self.value("web.trusted_proxies", "write addresses like 127.0.0.1 or 10.0.0.0/8");
        let (address, bits) =
            text.split_once('/').map_or((text, None), |(address, bits)| (address, Some(bits)));
        let address: IpAddr = address.parse().map_err(|_| problem())?;
        let most = if address.is_ipv4() { 32 } else { 128 };
        let bits = bits.map_or(Ok(most), str::parse).map_err(|_| problem())?;
        if bits > most { Err(problem()) } else { Ok((address, bits)) }
    }

    fn web_address(&self, key: &'static str, text: &str) -> Result<String, ConfigError> {
        let rest = text
            .strip_prefix("https://")
            .or_else(|| text.strip_prefix("http://"))
            .ok_or_else(|| self.value(key, "must begin with https:// (http:// only for a trial)"))?;
        if rest.is_empty()
            || rest.starts_with('/')
            || !rest.chars().all(|it| it.is_ascii_graphic() && !"?#<>\"'\\@".contains(it))
        {
            return Err(self.value(key, "not a web address; write it like https://seekpass.uni.example"));
        }
        Ok(format!("{}/", text.trim_end_matches('/')))
    }

    /// A secret given in the file or in a file of its own, not both.
    fn secret(
        &self,
        key: &'static str,
        inline: Option<SecretString>,
        file: Option<&Path>,
    ) -> Result<Option<SecretString>, ConfigError> {
        let Some(file) = file else { return Ok(inline) };
        if inline.is_some() {
            return Err(self.value(key, "given here and in a file of its own; keep one"));
        }
        let path = self.folder.join(file);
        let text = std::fs::read_to_string(&path)
            .map_err(|error| self.value(key, &format!("cannot read {}: {error}", path.display())))?;
        Ok(Some(SecretString::from(text.trim_end_matches(['\r', '\n']))))
    }

    fn seek_pass(&self, table: SeekPassTable) -> Result<SeekPassSettings, ConfigError> {
        let secret = self.secret(
            "seek_pass.client_secret_file",
            table.client_secret,
            table.client_secret_file.as_deref(),
        )?;
        let fits =
            |character: char| character.is_ascii_alphanumeric() || character == '-' || character == '_';
        if table.id_prefix.is_empty() || table.id_prefix.len() > 32 || !table.id_prefix.chars().all(fits) {
            return Err(self.value("seek_pass.id_prefix", "give 1 to 32 letters, digits, - or _"));
        }
        Ok(SeekPassSettings {
            base_url: self.web_address("seek_pass.base_url", &table.base_url)?,
            client_id: table.client_id,
            client_secret: secret.ok_or_else(|| self.value("seek_pass.client_secret_file", "missing"))?,
            id_prefix: table.id_prefix,
            per_second: table.per_second,
            burst: table.burst,
        })
    }

    fn value(&self, key: &'static str, problem: &str) -> ConfigError {
        ConfigError::Value { path: self.path.to_owned(), key, problem: problem.to_owned() }
    }
}
