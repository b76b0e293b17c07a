//! `[mail]`: the relay, how to log in there, who sends, and how fast.

use std::num::NonZeroU32;
use std::path::{Path, PathBuf};

use lettre::Address;
use lettre::message::Mailbox;
use lettre::transport::smtp::extension::ClientId;

use super::check::{bare, mailbox, not_empty, positive, secret, service_address};
use super::reader::Table;
use super::relay::{self, RelayUrl};
use super::{Encryption, Secret};

/// How to send.
#[derive(Debug)]
pub struct MailSettings {
    /// The university's relay.
    pub relay: RelayUrl,
    /// How we name ourselves to it.
    pub helo: ClientId,
    /// The login, where the relay wants one.
    pub login: Option<Login>,
    /// The certificate that we show to the relay.
    pub certificate: Option<Certificate>,
    /// The sender that graduates see, and the envelope's where nothing else is said.
    pub from: Mailbox,
    /// The envelope's sender, where it is another one.
    pub envelope_sender: Option<Address>,
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

/// How to log in at the relay.
#[derive(Debug)]
pub struct Login {
    /// As the relay knows us.
    pub username: String,
    /// What shows that it is us.
    pub proof: Proof,
}

/// What shows to the relay that it is us.
#[derive(Debug)]
pub enum Proof {
    /// A password.
    Password(Secret),
    /// A token, and where it comes from.
    OAuth(OAuthSettings),
}

/// Where tokens for the relay come from (RFC 6749).
#[derive(Debug)]
pub struct OAuthSettings {
    /// Who gives them.
    pub token_url: String,
    /// Of the client that we are there.
    pub client_id: String,
    /// Of the same.
    pub client_secret: Secret,
    /// What stands for a person's consent, where the client's own credentials are not enough.
    pub refresh_token: Option<Secret>,
    /// What the token has to be good for.
    pub scope: Option<String>,
}

/// A certificate to be shown.
#[derive(Debug)]
pub struct Certificate {
    /// The file with it and those that lead to its authority, in PEM.
    pub chain: PathBuf,
    /// Its private key, in PEM.
    pub key: Secret,
}

impl MailSettings {
    /// Everything of it that nobody else should read.
    pub(crate) fn secrets(&self) -> impl Iterator<Item = &Secret> {
        let of_login = self.login.iter().flat_map(|login| match &login.proof {
            Proof::Password(password) => vec![password],
            Proof::OAuth(oauth) => {
                std::iter::once(&oauth.client_secret).chain(&oauth.refresh_token).collect()
            }
        });
        of_login.chain(self.certificate.iter().map(|certificate| &certificate.key))
    }
}

pub(super) fn settings(mut table: Table<'_, '_>, folder: &Path) -> Option<MailSettings> {
    let helo = table.optional_parsed("helo", relay::helo);
    let relay = table.parsed("relay", RelayUrl::parse);
    let login = login(&mut table, folder);
    let certificate = certificate(&mut table, folder);
    let from = table.parsed("from", mailbox);
    let reply_to = table.optional_parsed("reply_to", mailbox);
    let envelope_sender = table.optional_parsed("envelope_sender", bare);
    let connections = table.or("connections", positive(4));
    let (per_second, per_minute) = (table.optional("per_second"), table.optional("per_minute"));
    let per_day = table.optional("per_day");
    let templates: Option<PathBuf> = table.optional("templates");
    let linger_minutes = table.or("linger_minutes", 0);
    if let Some(relay) = &relay
        && relay.encryption == Encryption::None
    {
        if login.is_some() && !relay.is_loopback() {
            table.wrong(
                "relay",
                "a password or a token goes in clear only to this machine; use smtp+starttls:// or smtps://",
            );
        }
        if certificate.is_some() {
            table.wrong(
                "client_certificate",
                "a certificate is shown only where the connection is protected; use smtp+starttls:// or smtps://",
            );
        }
    }
    if connections.get() > 100 {
        table.wrong("connections", "more than 100 connections; a relay takes 1 to 20");
    }
    table.finish();
    Some(MailSettings {
        relay: relay?,
        helo: helo.unwrap_or_default(),
        login,
        certificate,
        from: from?,
        reply_to,
        envelope_sender,
        connections,
        per_second,
        per_minute,
        per_day,
        templates: templates.map(|templates| folder.join(templates)),
        linger_minutes,
    })
}

fn login(table: &mut Table<'_, '_>, folder: &Path) -> Option<Login> {
    let username: Option<String> = table.optional("username");
    let password = secret(table, folder, "password", "password_file", "mail.password_file");
    let oauth = table.optional_table("oauth", "mail.oauth");
    let proof = match (password, oauth) {
        (Some(password), None) => Proof::Password(password),
        (None, Some(oauth)) => Proof::OAuth(self::oauth(oauth, folder)?),
        (Some(_), Some(oauth)) => {
            self::oauth(oauth, folder);
            table.wrong("password_file", "given beside [mail.oauth]; keep one");
            return None;
        }
        (None, None) => {
            if username.is_some() {
                table.wrong("username", "has no password; set mail.password_file, or [mail.oauth]");
            }
            return None;
        }
    };
    if username.is_none() {
        let (key, problem) = match proof {
            Proof::Password(_) => ("password_file", "has no mail.username beside it"),
            Proof::OAuth(_) => ("oauth", "has no mail.username beside it: whose mailbox is it?"),
        };
        table.wrong(key, problem);
    }
    Some(Login { username: username?, proof })
}

fn oauth(mut table: Table<'_, '_>, folder: &Path) -> Option<OAuthSettings> {
    let token_url = table.parsed("token_url", |text| service_address(text, "the secret of your account"));
    let client_id = table.parsed("client_id", not_empty);
    let key = "mail.oauth.client_secret_file";
    let client_secret = secret(&mut table, folder, "client_secret", "client_secret_file", key);
    if client_secret.is_none() {
        table.wrong("client_secret_file", "missing");
    }
    let key = "mail.oauth.refresh_token_file";
    let refresh_token = secret(&mut table, folder, "refresh_token", "refresh_token_file", key);
    let scope = table.optional("scope");
    table.finish();
    Some(OAuthSettings {
        token_url: token_url?,
        client_id: client_id?,
        client_secret: client_secret?,
        refresh_token,
        scope,
    })
}

fn certificate(table: &mut Table<'_, '_>, folder: &Path) -> Option<Certificate> {
    let chain: Option<PathBuf> = table.optional("client_certificate");
    let key = secret(table, folder, "client_key", "client_key_file", "mail.client_key_file");
    match (chain, key) {
        (Some(chain), Some(key)) => Some(Certificate { chain: folder.join(chain), key }),
        (None, None) => None,
        (Some(_), None) => {
            table.wrong("client_certificate", "has no mail.client_key_file beside it");
            None
        }
        (None, Some(_)) => {
            table.wrong("client_key_file", "has no mail.client_certificate beside it");
            None
        }
    }
}
