//! From nothing to a session: connection, protection, what the relay offers, login.

use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use lettre::transport::smtp::commands::{Ehlo, Quit, Starttls};
use lettre::transport::smtp::extension::ClientId;
use secrecy::{ExposeSecret, SecretString};
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::answers::Failure;
use super::connection::Connection;
use super::login::{Proof, log_in};
use super::offers::Offers;
use super::tls::Tls;
use super::token::TokenServer;
use super::{ConnectError, Session, Timeouts};
use crate::clock::Clock;
use crate::config::{self, Encryption, MailSettings, Protocol, RelayUrl, SecretError};
use crate::http::Outcome;
use crate::http::token::{Fetched, Token};

/// The relay, as everybody who sends in this run reaches it.
pub struct Client {
    relay: RelayUrl,
    /// How we name ourselves.
    helo: ClientId,
    tls: Option<Tls>,
    login: Option<Login>,
    timeouts: Timeouts,
    clock: Clock,
    /// What the slowest opening of a session took.
    slowest: Mutex<Option<Duration>>,
}

/// How to log in, where the relay wants it.
struct Login {
    username: String,
    with: With,
}

enum With {
    Password(SecretString),
    Token(Box<TokenServer>),
}

/// Why there is no client.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// A secret cannot be had.
    #[error(transparent)]
    Secret(#[from] SecretError),
    /// TLS cannot be set up, most likely for want of root certificates.
    #[error("relay {0}: TLS cannot be set up: {1}")]
    Tls(RelayUrl, String),
    /// The certificate that we show, or its key, is none.
    #[error("{0}")]
    Certificate(String),
    /// The token server cannot be asked at all.
    #[error("mail.oauth.token_url: {0}")]
    TokenServer(String),
}

/// Why there is no session.
struct NotOpen {
    trouble: ConnectError,
    /// The relay says that the password or the token is wrong (535, RFC 4954 §6).
    is_wrong_proof: bool,
}

impl From<ConnectError> for NotOpen {
    fn from(trouble: ConnectError) -> Self {
        Self { trouble, is_wrong_proof: false }
    }
}

impl Client {
    /// A client for this relay; nothing is connected yet.
    ///
    /// # Errors
    /// A [`ClientError`], which waiting does not help.
    pub fn new(settings: &MailSettings, clock: &Clock, timeouts: Timeouts) -> Result<Self, ClientError> {
        let relay = settings.relay.clone();
        let login = match &settings.login {
            Some(config::Login { username, proof }) => {
                let with = match proof {
                    config::Proof::Password(password) => With::Password(password.load()?),
                    config::Proof::OAuth(oauth) => With::Token(Box::new(TokenServer::new(oauth, clock)?)),
                };
                Some(Login { username: username.clone(), with })
            }
            None => None,
        };
        let tls = match relay.encryption {
            Encryption::None => None,
            Encryption::StartTls | Encryption::Tls => Some(Tls::new(&relay, settings.certificate.as_ref())?),
        };
        let (helo, clock) = (settings.helo.clone(), clock.clone());
        Ok(Self { relay, helo, tls, login, timeouts, clock, slowest: Mutex::default() })
    }

    /// Whether a token can be had, where the login is by one: refused when the account is not known.
    pub async fn sign_in(&self) -> Outcome<()> {
        match self.token_server() {
            Some(server) => server.token().await.and_then(|_| Outcome::Accepted(())),
            None => Outcome::Accepted(()),
        }
    }

    /// Connects, protects the connection as configured, and logs in; once more with a new token, if the relay no longer
    /// takes the one at hand.
    ///
    /// # Errors
    /// [`ConnectError`] with what the relay said; never with a password or a token.
    pub async fn connect(&self) -> Result<Session, ConnectError> {
        let Some(server) = self.token_server() else {
            return self.open(None).await.map_err(|not_open| not_open.trouble);
        };
        let mut may_be_old = server.tokens.at_hand().is_some();
        loop {
            let token = given(server.token().await)?;
            match self.open(Some(&token)).await {
                Ok(session) => return Ok(session),
                Err(not_open) if not_open.is_wrong_proof && may_be_old => server.tokens.forget(&token),
                Err(not_open) => return Err(not_open.trouble),
            }
            may_be_old = false;
        }
    }

    fn token_server(&self) -> Option<&TokenServer> {
        match &self.login.as_ref()?.with {
            With::Token(server) => Some(server),
            With::Password(_) => None,
        }
    }

    async fn open(&self, token: Option<&Token>) -> Result<Session, NotOpen> {
        let began = self.now();
        let open = async {
            let (mut connection, offers) = self.reach().await?;
            if let Err(not_open) = self.log_in(&mut connection, &offers, token).await {
                // whatever it says to that
                let _ = timeout(self.timeouts.quit, connection.command(Quit)).await;
                return Err(not_open);
            }
            Ok((connection, offers))
        };
        let (connection, offers) = self.patiently(open).await?;
        let took = self.now().saturating_sub(began);
        let mut slowest = self.slowest.lock().unwrap_or_else(PoisonError::into_inner);
        *slowest = Some(slowest.unwrap_or_default().max(took));
        drop(slowest);
        Ok(Session { connection, offers, timeouts: self.timeouts, asked: false, broken: false })
    }

    /// Waits for a session, less long where others have opened meanwhile.
    async fn patiently<T>(&self, open: impl Future<Output = Result<T, NotOpen>>) -> Result<T, NotOpen> {
        let Timeouts { greeting, another, .. } = self.timeouts;
        let step = greeting.min(another);
        let (mut open, mut waited) = (pin!(open), Duration::ZERO);
        loop {
            if let Ok(opened) = timeout(step, &mut open).await {
                return opened;
            }
            waited += step;
            let slowest = *self.slowest.lock().unwrap_or_else(PoisonError::into_inner);
            if waited >= slowest.map_or(greeting, |slowest| greeting.min(another + 4 * slowest)) {
                let words =
                    format!("relay {}: no answer within {} seconds", self.relay, waited.as_secs_f32());
                return Err(ConnectError { words, may_pass: true }.into());
            }
        }
    }

    /// How long it waits for what.
    #[must_use]
    pub const fn timeouts(&self) -> Timeouts {
        self.timeouts
    }

    fn now(&self) -> Duration {
        self.clock.nanoseconds().into()
    }

    /// A connection as protected as it should be, and what the relay offers on it.
    async fn reach(&self) -> Result<(Connection, Offers), ConnectError> {
        let no_connection = |failure: Failure| self.trouble("no connection", failure);
        let stream = without_delay(&self.relay).await.map_err(|error| no_connection(error.into()))?;
        let mut connection = match (&self.tls, self.relay.encryption) {
            (Some(tls), Encryption::Tls) => {
                Connection::new(tls.protect(stream).await.map_err(|error| no_connection(error.into()))?)
            }
            _ => Connection::new(stream),
        };
        connection.reply().await.map_err(no_connection)?;
        let offers = self.greet(&mut connection).await.map_err(no_connection)?;
        let (Some(tls), Encryption::StartTls) = (&self.tls, self.relay.encryption) else {
            return Ok((connection, offers));
        };
        let failed = |failure| self.trouble("STARTTLS failed", failure);
        if !offers.starttls {
            return Err(failed(Failure::Lost("the relay does not offer it".into())));
        }
        connection.command(Starttls).await.map_err(failed)?;
        let stream = connection.into_stream();
        let stream = stream
            .ok_or_else(|| failed(Failure::Lost("the relay says something in clear behind it".into())))?;
        let protected = tls.protect(stream).await.map_err(|error| failed(error.into()))?;
        let mut connection = Connection::new(protected);
        // what was offered in clear says nothing (RFC 3207 §4.2)
        let offers = self.greet(&mut connection).await.map_err(failed)?;
        Ok((connection, offers))
    }

    async fn greet(&self, connection: &mut Connection) -> Result<Offers, Failure> {
        let hello = match self.relay.protocol {
            Protocol::Smtp => Ehlo::new(self.helo.clone()).to_string(),
            Protocol::Lmtp => format!("LHLO {}\r\n", self.helo),
        };
        connection.command(hello).await.map(|reply| Offers::of(&reply))
    }

    async fn log_in(
        &self,
        connection: &mut Connection,
        offers: &Offers,
        token: Option<&Token>,
    ) -> Result<(), NotOpen> {
        let Some(Login { username, with }) = &self.login else { return Ok(()) };
        let (proof, advice) = match (with, token) {
            (With::Token(_), Some(token)) => (
                Proof::Token(token.expose()),
                "; the token server gave the token: check mail.username and mail.oauth.scope, and whether that mailbox may \
                 be used so",
            ),
            (With::Token(_), None) => return Ok(()),
            (With::Password(password), _) => (Proof::Password(password.expose_secret()), ""),
        };
        log_in(connection, &offers.mechanisms, username, proof).await.map_err(|failure| {
            let is_wrong_proof = matches!(failure, Failure::Reply(535, _));
            let mut trouble = self.trouble("the login was refused", failure);
            trouble.words += advice;
            NotOpen { trouble, is_wrong_proof }
        })
    }

    fn trouble(&self, what: &str, failure: Failure) -> ConnectError {
        let may_pass = failure.may_pass();
        ConnectError { words: format!("relay {}: {what}: {}", self.relay, failure.words()), may_pass }
    }
}

/// The token, or what is in its way.
fn given(fetched: Fetched) -> Result<Arc<Token>, ConnectError> {
    match fetched {
        Outcome::Accepted(token) => Ok(token),
        Outcome::TryLater(trouble) => Err(ConnectError { words: trouble.words, may_pass: true }),
        Outcome::Refused(trouble) | Outcome::Unknown(trouble) => {
            Err(ConnectError { words: trouble.words, may_pass: false })
        }
    }
}

/// A connection that sends at once what is written: waiting for more to send (RFC 896) would cost 40 ms a
/// message against the other side's delayed acknowledgement.
async fn without_delay(relay: &RelayUrl) -> std::io::Result<TcpStream> {
    let stream = TcpStream::connect((relay.host.as_str(), relay.port)).await?;
    stream.set_nodelay(true)?;
    Ok(stream)
}
