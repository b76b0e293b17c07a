//! The configuration file as TOML has it, before any value is checked.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::num::NonZeroU32;
use std::path::PathBuf;

use secrecy::SecretString;
use serde::Deserialize;

use super::Question;
use crate::roster::Column;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    pub(super) institution: InstitutionTable,
    pub(super) database: DatabaseTable,
    pub(super) code: CodeTable,
    #[serde(default)]
    pub(super) roster: RosterTable,
    pub(super) mail: MailTable,
    pub(super) web: WebTable,
    pub(super) seek_pass: Option<SeekPassTable>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct InstitutionTable {
    pub(super) name: String,
    pub(super) support_email: String,
    pub(super) time_zone: String,
    #[serde(default)]
    pub(super) domains: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DatabaseTable {
    pub(super) path: PathBuf,
    #[serde(default = "one_year")]
    pub(super) retention_days: u16,
}

const fn one_year() -> u16 {
    365
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CodeTable {
    pub(super) key_file: PathBuf,
    #[serde(default = "ninety")]
    pub(super) valid_days: u16,
}

const fn ninety() -> u16 {
    90
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct RosterTable {
    pub(super) encoding: Option<String>,
    pub(super) delimiter: Option<String>,
    #[serde(default)]
    pub(super) columns: BTreeMap<Column, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MailTable {
    pub(super) relay: String,
    pub(super) username: Option<String>,
    pub(super) password: Option<SecretString>,
    pub(super) password_file: Option<PathBuf>,
    pub(super) from: String,
    pub(super) reply_to: Option<String>,
    #[serde(default = "four")]
    pub(super) connections: NonZeroU32,
    pub(super) per_second: Option<NonZeroU32>,
    pub(super) per_minute: Option<NonZeroU32>,
    pub(super) per_day: Option<NonZeroU32>,
    pub(super) templates: Option<PathBuf>,
    #[serde(default)]
    pub(super) linger_minutes: u32,
}

const fn four() -> NonZeroU32 {
    NonZeroU32::MIN.saturating_add(3)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WebTable {
    #[serde(default = "port_8080")]
    pub(super) listen: SocketAddr,
    pub(super) public_url: String,
    #[serde(default)]
    pub(super) trusted_proxies: Vec<String>,
    #[serde(default)]
    pub(super) question: Question,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SeekPassTable {
    pub(super) base_url: String,
    pub(super) client_id: String,
    pub(super) client_secret: Option<SecretString>,
    pub(super) client_secret_file: Option<PathBuf>,
    #[serde(default = "gradpass")]
    pub(super) id_prefix: String,
    #[serde(default = "five")]
    pub(super) per_second: NonZeroU32,
    #[serde(default = "five")]
    pub(super) burst: NonZeroU32,
}

const fn five() -> NonZeroU32 {
    NonZeroU32::MIN.saturating_add(4)
}

const fn port_8080() -> SocketAddr {
    SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8080)
}

fn gradpass() -> String {
    "gradpass".to_owned()
}
