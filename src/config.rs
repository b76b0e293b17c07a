//! The configuration file: TOML, read once, unknown keys refused, every value checked before anything runs, and all that is
//! wrong told at once. Secrets stay where they are until they are needed ([`Secret`]). What [`Environment`] gives stands over the file.
//!
//! Relative paths are relative to the file's own folder, so that cron's working directory does not matter.

mod check;
mod concerns;
mod database;
mod environment;
mod guard;
mod mail;
mod mailbox;
mod reader;
mod relay;
mod roster;
mod secret;
mod syntax;

use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use lettre::Address;
use serde::{Deserialize, Serialize};

use crate::graduate::Language;
use crate::reminder::Reminders;
pub use crate::roster::RosterSettings;
pub use concerns::Concern;
pub use database::{Database, Server};
pub use environment::Environment;
pub use guard::Guard;
pub use mail::{Certificate, Login, MailSettings, OAuthSettings, Proof};
pub use mailbox::{BounceSource, MailboxUrl};
pub(crate) use relay::is_full;
pub use relay::{Encryption, Protocol, RelayUrl};
pub use secret::{Secret, SecretError};

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
    /// Everything that is wrong with it, a line each.
    #[error("{}", lines(path, mistakes))]
    Mistakes {
        /// The file.
        path: PathBuf,
        /// In the order of the file.
        mistakes: Vec<Mistake>,
    },
}

fn lines(path: &Path, mistakes: &[Mistake]) -> String {
    let lines: Vec<_> = mistakes.iter().map(|it| format!("configuration {}: {it}", path.display())).collect();
    lines.join("\n")
}

/// Something wrong in the file. Its text never repeats a value, which may be a password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// From 1; none for what is missing with its whole table.
    pub line: Option<usize>,
    /// From 1, where the text is not TOML.
    pub column: Option<usize>,
    /// With its table.
    pub key: Option<String>,
    /// What is wrong and what would be right.
    pub problem: String,
}

impl fmt::Display for Mistake {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(line) = self.line {
            write!(formatter, "line {line}")?;
            if let Some(column) = self.column {
                write!(formatter, ", column {column}")?;
            }
            write!(formatter, ": ")?;
        }
        if let Some(key) = &self.key {
            write!(formatter, "{key}: ")?;
        }
        write!(formatter, "{}", self.problem)
    }
}

/// A key with its value and where that came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// With its table.
    pub key: String,
    /// As TOML has it; a secret is hidden. None where nothing is set and nothing is usual.
    pub value: Option<String>,
    /// Where it came from.
    pub origin: Origin,
}

/// Where a value came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// The file, on this line.
    Line(usize),
    /// A variable of the environment, by its name.
    Variable(String),
    /// A credential that systemd handed over, by its name.
    Credential(String),
    /// Nothing is set, and this is usual.
    Default,
    /// Nothing is set, and nothing is usual.
    Nowhere,
}

impl Origin {
    /// The line, of what stands in the file.
    #[must_use]
    pub const fn line(&self) -> Option<usize> {
        match self {
            Self::Line(line) => Some(*line),
            _ => None,
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Line(line) => write!(formatter, "line {line}"),
            Self::Variable(name) => write!(formatter, "environment {name}"),
            Self::Credential(name) => write!(formatter, "credential {name}"),
            Self::Default => formatter.write_str("default"),
            Self::Nowhere => formatter.write_str("not set"),
        }
    }
}

/// Everything the program is told by its administrator, checked.
#[derive(Debug)]
pub struct Config {
    /// Who invites.
    pub institution: Institution,
    /// Where the ledger is.
    pub database: Database,
    /// How many days personal data are kept after the last that happened to a graduate's invitations.
    pub retention_days: u16,
    /// The key of the codes' keyed hash, mode 0600.
    pub key_file: PathBuf,
    /// How many days a code works after its mail.
    pub valid_days: u16,
    /// How to read the roster.
    pub roster: RosterSettings,
    /// What is plausible.
    pub guard: Guard,
    /// How to send.
    pub mail: MailSettings,
    /// Where notifications of mail systems come to.
    pub bounces: BounceSettings,
    /// Who is reminded, and when.
    pub reminders: Reminders,
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
    /// Those of mails and pages, at least one; the first is for whoever's own is not among them.
    pub languages: Vec<Language>,
}

impl Institution {
    /// A moment in the university's time zone, for lists and reports.
    #[must_use]
    pub fn local_time(&self, at: Timestamp) -> String {
        at.to_zoned(self.time_zone.clone()).strftime("%Y-%m-%d %H:%M:%S").to_string()
    }

    /// The same for scripts and tables, with the offset from UTC (RFC 3339).
    #[must_use]
    pub fn timestamp(&self, at: Timestamp) -> String {
        at.to_zoned(self.time_zone.clone()).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
    }

    /// The last second before a moment, in words, as the email has a deadline.
    #[must_use]
    pub fn deadline(&self, at: Timestamp) -> String {
        let last = at.checked_sub(SignedDuration::from_secs(1)).unwrap_or(at);
        let last = last.to_zoned(self.time_zone.clone());
        format!("{} ({})", last.strftime("%-d %B %Y, %H:%M"), zone(&last))
    }

    /// Which zone [`Institution::local_time`] is in, beside a list of such times.
    #[must_use]
    pub fn times_in(&self) -> String {
        format!("times in {}", self.time_zone.iana_name().unwrap_or("the configured zone"))
    }

    /// Whether a mail domain is the university's own, or below one that is.
    #[must_use]
    pub fn owns(&self, domain: &str) -> bool {
        self.domains.iter().any(|own| {
            domain.strip_suffix(own.as_str()).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
        })
    }
}

/// Where notifications of mail systems come to.
#[derive(Debug, Clone)]
pub struct BounceSettings {
    /// What a run reads them from.
    pub source: Option<BounceSource>,
    /// Of mailboxes on a server.
    pub password: Option<Secret>,
    /// Where they are sent to, with a token between this address's parts.
    pub address: Option<Address>,
    /// What stands between the local part and the token.
    pub delimiter: String,
    /// The Maildir that keeps what came through a pipe and a person should read.
    pub aside: Option<PathBuf>,
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize)]
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
    pub client_secret: Secret,
    /// Names the account for which the pace is agreed, where that is not one client at one address.
    pub account: Option<String>,
    /// Stands before the UUID of every submission.
    pub id_prefix: String,
    /// Submissions a second.
    pub per_second: NonZeroU32,
    /// Submissions at once after a pause.
    pub burst: NonZeroU32,
}

impl SeekPassSettings {
    /// Names the account that a pace is agreed for, whichever university uses it.
    #[must_use]
    pub fn account(&self) -> String {
        self.account.clone().unwrap_or_else(|| format!("{} {}", self.base_url, self.client_id))
    }
}

impl Config {
    /// Reads and checks the file alone.
    ///
    /// # Errors
    /// A [`ConfigError`] that names the file and, of everything that is wrong, the line and the key.
    pub fn read(path: &Path) -> Result<Self, ConfigError> {
        Self::read_with(path, &Environment::default())
    }

    /// Reads and checks the file, with what the environment gives over it.
    ///
    /// # Errors
    /// As [`Config::read`].
    pub fn read_with(path: &Path, environment: &Environment) -> Result<Self, ConfigError> {
        checked(&text_of(path)?, path, environment).map(|(config, _)| config)
    }

    /// Checks the text of a file at `path`.
    ///
    /// # Errors
    /// As [`Config::read`].
    pub fn parse(text: &str, path: &Path) -> Result<Self, ConfigError> {
        checked(text, path, &Environment::default()).map(|(config, _)| config)
    }

    /// Every value of the file at `path` and of the environment, and those that are usual for keys which neither has.
    ///
    /// # Errors
    /// As [`Config::read`].
    pub fn settings(path: &Path, environment: &Environment) -> Result<Vec<Setting>, ConfigError> {
        checked(&text_of(path)?, path, environment).map(|(_, settings)| settings)
    }
}

fn checked(
    text: &str,
    path: &Path,
    environment: &Environment,
) -> Result<(Config, Vec<Setting>), ConfigError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let folder = path.parent().unwrap_or(Path::new(""));
    check::config(text, folder, environment)
        .map_err(|mistakes| ConfigError::Mistakes { path: path.to_owned(), mistakes })
}

/// The file's text, also if an editor saved it as UTF-16 with its mark.
fn text_of(path: &Path) -> Result<String, ConfigError> {
    let bytes = std::fs::read(path).map_err(|source| ConfigError::Io { path: path.to_owned(), source })?;
    let (text, encoding, is_damaged) = encoding_rs::UTF_8.decode(&bytes);
    if !is_damaged {
        return Ok(text.into_owned());
    }
    let before = text.split('\u{fffd}').next().unwrap_or_default();
    let problem = format!("is not {}; save the file as UTF-8", encoding.name());
    let line = Some(before.matches('\n').count() + 1);
    let mistakes = vec![Mistake { line, column: None, key: None, problem }];
    Err(ConfigError::Mistakes { path: path.to_owned(), mistakes })
}

/// The time zone of a deadline, for readers in others: `AEDT, UTC+11`, or `UTC+5:30` where it has no letters of its own.
pub(crate) fn zone(at: &jiff::Zoned) -> String {
    let seconds = at.offset().seconds();
    let (hours, minutes) = (seconds.abs() / 3600, seconds.abs() / 60 % 60);
    let sign = if seconds < 0 { '-' } else { '+' };
    let minutes = if minutes == 0 { String::new() } else { format!(":{minutes:02}") };
    let offset = if seconds == 0 { "UTC".to_owned() } else { format!("UTC{sign}{hours}{minutes}") };
    match at.strftime("%Z").to_string() {
        name if name.starts_with(|first: char| first.is_ascii_alphabetic()) && name != offset => {
            format!("{name}, {offset}")
        }
        _ => offset,
    }
}
