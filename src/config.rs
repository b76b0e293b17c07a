//! The configuration file: TOML, read once, unknown keys refused, every value checked before anything runs.
//!
//! Relative paths are relative to the file's own folder, so that cron's working directory does not matter.

mod check;
mod file;
mod relay;

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};

use jiff::tz::TimeZone;
use lettre::message::Mailbox;
use secrecy::SecretString;
use serde::Deserialize;

use crate::roster::Column;
use check::Check;
use file::File;
pub use relay::{Encryption, RelayUrl};

/// The commented example that `init` writes.
pub const EXAMPLE: &str = include_str!("config/example.toml");

/// Why the configuration is of no use: where, what, and what to do.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("configuration {path}: {source}; `gradpass init` writes one")]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// Not TOML, an unknown key, or a value of the wrong kind; the text names line and column.
    #[error("configuration {path}: {message}")]
    Syntax {
        /// The file.
        path: PathBuf,
        /// The parser's words.
        message: String,
    },
    /// A value that cannot work.
    #[error("configuration {path}: {key}: {problem}")]
    Value {
        /// The file.
        path: PathBuf,
        /// The key, with its table.
        key: &'static str,
        /// What is wrong and what would be right.
        problem: String,
    },
}

/// Everything the program is told by its administrator, checked.
#[derive(Debug)]
pub struct Config {
    /// Who invites.
    pub institution: Institution,
    /// The ledger's file.
    pub database: PathBuf,
    /// How many days personal data are kept after the last that happened to a graduate's invitations.
    pub retention_days: u16,
    /// The key of the codes' keyed hash, mode 0600.
    pub key_file: PathBuf,
    /// How many days a code works after its mail.
    pub valid_days: u16,
    /// How to read the roster.
    pub roster: RosterSettings,
    /// How to send.
    pub mail: MailSettings,
    /// The redemption page.
    pub web: WebSettings,
    /// The SEEK Pass partner account; needed from the first redemption on.
    pub seek_pass: Option<SeekPassSettings>,
}

/// The university.
#[derive(Debug, Clone)]
pub struct Institution {
    /// As graduates know it.
    pub name: String,
    /// Whom a graduate asks.
    pub support_email: String,
    /// Where its days begin and end.
    pub time_zone: TimeZone,
    /// Its own mail domains, in lower case, whose filters must let SEEK Pass's mail through.
    pub domains: Vec<String>,
}

impl Institution {
    /// Whether a mail domain is the university's own, or below one that is.
    #[must_use]
    pub fn owns(&self, domain: &str) -> bool {
        self.domains.iter().any(|own| {
            domain.strip_suffix(own.as_str()).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
        })
    }
}

/// How to read the roster.
#[derive(Debug, Clone, Default)]
pub struct RosterSettings {
    /// For a file that is neither marked nor valid UTF-8; guessed when not given.
    pub encoding: Option<&'static encoding_rs::Encoding>,
    /// Found from the header when not given.
    pub delimiter: Option<u8>,
    /// The sheet of a workbook; chosen by its header when not given.
    pub sheet: Option<String>,
    /// Rows that a filter hides are read, too.
    pub include_hidden: bool,
    /// Headers that differ from the accepted spellings.
    pub headers: BTreeMap<Column, String>,
    /// Whether the redemption page asks for the date of birth (`web.question`), so that nobody may be without.
    pub date_of_birth_required: bool,
}

/// How to send.
#[derive(Debug)]
pub struct MailSettings {
    /// The university's relay.
    pub relay: RelayUrl,
    /// The login, where the relay wants one.
    pub login: Option<(String, SecretString)>,
    /// The sender that graduates see, and the envelope's.
    pub from: Mailbox,
    /// Where answers go, when not to the sender.
    pub reply_to: Option<Mailbox>,
    /// How many connections at the same time.
    pub connections: NonZeroU32,
    /// Messages a second, over all connections.
    pub per_second: Option<NonZeroU32>,
    /// Messages a minute, over all connections.
    pub per_minute: Option<NonZeroU32>,
    /// Messages a day of the university's calendar, over all runs.
    pub per_day: Option<NonZeroU32>,
    /// The university's own templates, one folder a language.
    pub templates: Option<PathBuf>,
    /// How long a run waits for messages that the relay deferred.
    pub linger_minutes: u32,
}

/// The redemption page.
#[derive(Debug, Clone)]
pub struct WebSettings {
    /// Where the service listens, behind the university's reverse proxy.
    pub listen: SocketAddr,
    /// Where graduates find the page; ends in `/`.
    pub public_url: String,
    /// Proxies whose `X-Forwarded-For` is believed: an address and how many of its leading bits count.
    pub trusted_proxies: Vec<(IpAddr, u8)>,
    /// What the page asks beside the code.
    pub question: Question,
}

/// What the redemption page asks beside the code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Question {
    /// The code is enough.
    #[default]
    None,
    /// The date of birth in the roster.
    DateOfBirth,
    /// The student id.
    StudentId,
}

/// The SEEK Pass partner account.
#[derive(Debug)]
pub struct SeekPassSettings {
    /// Of the environment; SEEK Pass names it, nothing is assumed.
    pub base_url: String,
    /// Of the partner.
    pub client_id: String,
    /// Of the partner.
    pub client_secret: SecretString,
    /// Stands before the UUID of every submission.
    pub id_prefix: String,
    /// Submissions a second.
    pub per_second: NonZeroU32,
    /// Submissions at once after a pause.
    pub burst: NonZeroU32,
}

impl Config {
    /// Reads and checks the file.
    ///
    /// # Errors
    /// A [`ConfigError`] that names the file and the line or key.
    pub fn read(path: &Path) -> Result<Self, ConfigError> {
        let text = std::fs::read_to_string(path)
            .map_err(|source| ConfigError::Io { path: path.to_owned(), source })?;
        Self::parse(&text, path)
    }

    /// Checks the text of a file at `path`.
    ///
    /// # Errors
    /// As [`Config::read`].
    pub fn parse(text: &str, path: &Path) -> Result<Self, ConfigError> {
        let file: File = toml::from_str(text).map_err(|error| ConfigError::Syntax {
            path: path.to_owned(),
            message: redacted(text, &error),
        })?;
        let folder = path.parent().unwrap_or(Path::new("")).to_owned();
        Check { path, folder }.config(file)
    }
}

/// The parser's words with line and column, but without the quoted line, which may hold a password, and without the
/// value of a wrong kind, which may be one.
fn redacted(text: &str, error: &toml::de::Error) -> String {
    let message = without_value(error.message());
    let Some(span) = error.span() else { return message };
    let before = text.get(..span.start).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    format!("line {line}, column {column}: {message}")
}

/// ``invalid type: integer `20002`, expected a string`` as `invalid type: integer, expected a string`.
fn without_value(message: &str) -> String {
    let tells_it = message.starts_with("invalid type: ") || message.starts_with("invalid value: ");
    match message.rsplit_once(", expected ") {
        Some((found, expected)) if tells_it => {
            let kind = found.split(['`', '"']).next().unwrap_or_default().trim_end();
            format!("{kind}, expected {expected}")
        }
        _ => message.to_owned(),
    }
}
