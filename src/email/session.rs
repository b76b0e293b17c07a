//! One SMTP connection, used for many messages, that knows in which phase it is. The phase decides what a
//! failure means (promise 3): before MAIL was taken it is about the run, at RCPT or after DATA about this
//! graduate, and after the content nobody can tell.

mod answers;
mod commands;

use std::time::Duration;

use lettre::Address;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Ehlo, Rset};
use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::response::Response;
use secrecy::ExposeSecret;
use tokio::net::TcpStream;

use super::return_path::Sender;
use crate::config::{Encryption, MailSettings, RelayUrl};
use crate::invitation::Outcome;
use answers::{Failure, by_code, text_of, words};
use commands::Envelope;

/// How long each command may take (RFC 5321 §4.5.3.2).
#[derive(Debug, Clone, Copy)]
pub struct Timeouts {
    /// Connecting, greeting, EHLO, STARTTLS and login together.
    pub greeting: Duration,
    /// MAIL, RCPT and RSET, each.
    pub command: Duration,
    /// MAIL that went behind a content, once the relay has answered that: some relays never hear of it.
    pub behind: Duration,
    /// DATA, until the relay is ready for the content.
    pub data: Duration,
    /// From the first byte of the content to the relay's answer.
    pub content: Duration,
    /// QUIT, after which nothing matters any more.
    pub quit: Duration,
}

impl Timeouts {
    /// The minimums of RFC 5321.
    pub const RFC_5321: Self = Self {
        greeting: Duration::from_mins(5),
        command: Duration::from_mins(5),
        // nothing is lost with it: the message is offered once more by itself
        behind: Duration::from_secs(10),
        data: Duration::from_mins(2),
        content: Duration::from_mins(10),
        quit: Duration::from_secs(5),
    };
}

/// The relay, or what it thinks of us, is the trouble: the run stops and everybody stays waiting.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{0}")]
pub struct Trouble(pub String);

/// The relay's answer to sender and recipient.
#[derive(Debug)]
pub enum Offer {
    /// It waits for the content.
    Taken,
    /// It does not want this recipient, now or at all. The connection may go on.
    Answered(Outcome),
    /// The connection broke before the recipient was named: nothing happened.
    Lost(String),
    /// The relay does not understand what is said behind a content: nothing happened, and the connection cannot go on.
    Unheard(String),
    /// The sender is not welcome at the moment: nothing happened.
    Later(String),
    /// The sender is not welcome.
    Trouble(Trouble),
}

/// An open connection, logged in.
pub struct Session {
    connection: AsyncSmtpConnection,
    timeouts: Timeouts,
    offers: Offers,
    /// An offer has been made whose answers were not read yet.
    asked: bool,
    broken: bool,
}

impl Session {
    /// Connects, protects the connection as configured, and logs in.
    ///
    /// # Errors
    /// [`Trouble`] with what the relay said; never with the password.
    pub async fn open(settings: &MailSettings, timeouts: Timeouts) -> Result<Self, Trouble> {
        let relay = &settings.relay;
        let trouble = |what: &str, error: &Error| Trouble(format!("relay {relay}: {what}: {}", words(error)));
        let login = match &settings.login {
            Some((username, password)) => {
                Some((username, password.load().map_err(|error| Trouble(error.to_string()))?))
            }
            None => None,
        };
        let open = async {
            let hello = settings.helo.clone();
            let tls = || {
                TlsParameters::new(relay.host.clone())
                    .map_err(|error| trouble("TLS cannot be set up", &error))
            };
            let mut connection = if relay.encryption == Encryption::Tls {
                let server = (relay.host.as_str(), relay.port);
                AsyncSmtpConnection::connect_tokio1(server, None, &hello, Some(tls()?), None).await
            } else {
                let stream = without_delay(relay)
                    .await
                    .map_err(|error| Trouble(format!("relay {relay}: no connection: {error}")))?;
                AsyncSmtpConnection::connect_with_transport(Box::new(stream), &hello).await
            }
            .map_err(|error| trouble("no connection", &error))?;
            if relay.encryption == Encryption::StartTls {
                let tls = tls()?;
                connection.starttls(tls, &hello).await.map_err(|error| trouble("STARTTLS failed", &error))?;
            }
            let offers =
                offers(&mut connection, hello).await.map_err(|error| trouble("no second EHLO", &error))?;
            if let Some((username, password)) = login {
                let login = Credentials::new(username.clone(), password.expose_secret().to_owned());
                connection
                    .auth(&[Mechanism::Plain, Mechanism::Login], &login)
                    .await
                    .map_err(|error| trouble("the login was refused", &error))?;
            }
            Ok((connection, offers))
        };
        match tokio::time::timeout(timeouts.greeting, open).await {
            Ok(opened) => {
                let (connection, offers) = opened?;
                Ok(Self { connection, timeouts, offers, asked: false, broken: false })
            }
            Err(_) => Err(Trouble(format!(
                "relay {relay}: no answer within {} seconds",
                timeouts.greeting.as_secs_f32()
            ))),
        }
    }

    /// Names sender and recipient. Nothing of the message has left yet.
    pub async fn offer(&mut self, sender: &Sender, recipient: &Address) -> Offer {
        let limit = self.timeouts.command;
        let offer = Envelope { sender, recipient, notifies: self.offers.notifies };
        if self.offers.pipelining {
            let mail = self.command(limit, offer).await;
            return self.answered(mail).await;
        }
        if let Err(failure) = self.command(limit, offer.mail()).await {
            return self.no_sender(failure);
        }
        let recipient = self.command(limit, offer.rcpt()).await;
        self.recipient(recipient)
    }

    /// Sends the content of a message that was offered and taken, and waits for the relay's word on it. The next
    /// message's sender and recipient may be named in the same breath, where the relay [`pipelines`](Self::pipelines).
    pub async fn content(&mut self, content: &str, next: Option<(&Sender, &Address)>) -> Outcome {
        match self.command(self.timeouts.data, Data).await {
            Ok(reply) if reply.has_code(354) => {}
            Ok(_) => {
                self.broken = true;
                return Outcome::TryLater("an answer to DATA that SMTP does not know".into());
            }
            Err(failure) => return self.answer(failure),
        }
        let next =
            next.map(|(sender, recipient)| Envelope { sender, recipient, notifies: self.offers.notifies });
        self.asked = next.is_some();
        match self.command(self.timeouts.content, commands::content(content, next)).await {
            Ok(reply) => Outcome::Accepted(text_of(&reply)),
            Err(Failure::Reply(code, reply)) => {
                self.broken |= code == 421;
                self.asked &= code != 421;
                by_code(code, reply)
            }
            Err(Failure::Lost(why)) => {
                self.broken = true;
                self.asked = false;
                Outcome::Unknown(why)
            }
        }
    }

    /// Whether the relay was asked for the next message behind the content of the last one, and its
    /// [`answers`](Self::answers) are still to come.
    #[must_use]
    pub const fn is_asked(&self) -> bool {
        self.asked
    }

    /// The relay's answers to what was offered behind a content.
    pub async fn answers(&mut self) -> Offer {
        self.asked = false;
        let unheard = |why: String| Offer::Unheard(format!("{why} to what was said behind a content"));
        match tokio::time::timeout(self.timeouts.behind, self.connection.read_response()).await {
            Err(_) => {
                self.broken = true;
                unheard(format!("no answer within {} seconds", self.timeouts.behind.as_secs_f32()))
            }
            Ok(answer) => match answer.map_err(Failure::from) {
                Err(Failure::Reply(503, reply)) => {
                    self.broken = true;
                    unheard(reply)
                }
                mail => self.answered(mail).await,
            },
        }
    }

    /// The answers to sender and recipient that were named together.
    async fn answered(&mut self, mail: Result<Response, Failure>) -> Offer {
        if let Err(Failure::Lost(_) | Failure::Reply(421, _)) = mail {
            return mail.map_or_else(|failure| self.no_sender(failure), |_| Offer::Taken);
        }
        let recipient = self.reply(self.timeouts.command).await;
        match mail {
            Ok(_) => self.recipient(recipient),
            Err(failure) => self.no_sender(failure),
        }
    }

    fn recipient(&mut self, answer: Result<Response, Failure>) -> Offer {
        match answer {
            Ok(_) => Offer::Taken,
            Err(failure) => Offer::Answered(self.answer(failure)),
        }
    }

    fn no_sender(&mut self, failure: Failure) -> Offer {
        match failure {
            Failure::Reply(421, _) => self.lost("the relay closed the connection (421)"),
            Failure::Reply(400..=499, reply) => Offer::Later(reply),
            Failure::Reply(_, reply) => {
                Offer::Trouble(Trouble(format!("the relay does not take mail from the sender: {reply}")))
            }
            Failure::Lost(why) => self.lost(&why),
        }
    }

    /// Takes back an offer, so that the connection can carry the next one.
    pub async fn reset(&mut self) {
        if !self.broken && self.command(self.timeouts.command, Rset).await.is_err() {
            self.broken = true;
        }
    }

    /// Whether the relay takes commands in groups, so that messages may follow each other without a pause.
    #[must_use]
    pub const fn pipelines(&self) -> bool {
        self.offers.pipelining
    }

    /// The size in bytes that the relay says it takes, where it says one (SIZE, RFC 1870).
    #[must_use]
    pub const fn size(&self) -> Option<usize> {
        self.offers.size
    }

    /// Whether the connection can carry another message.
    #[must_use]
    pub const fn is_usable(&self) -> bool {
        !self.broken
    }

    /// Says goodbye, if there is anybody to say it to.
    pub async fn quit(mut self) {
        if !self.broken {
            let _ = tokio::time::timeout(self.timeouts.quit, self.connection.quit()).await;
        }
    }

    async fn command(
        &mut self,
        limit: Duration,
        command: impl std::fmt::Display,
    ) -> Result<Response, Failure> {
        within(limit, self.connection.command(command)).await
    }

    async fn reply(&mut self, limit: Duration) -> Result<Response, Failure> {
        within(limit, self.connection.read_response()).await
    }

    /// What a failure before any content means for this graduate: at worst another try later.
    fn answer(&mut self, failure: Failure) -> Outcome {
        match failure {
            Failure::Reply(code, reply) => {
                self.broken |= code == 421;
                by_code(code, reply)
            }
            Failure::Lost(why) => {
                self.broken = true;
                Outcome::TryLater(why)
            }
        }
    }

    fn lost(&mut self, why: &str) -> Offer {
        self.broken = true;
        Offer::Lost(why.to_owned())
    }
}

/// A connection that sends at once what is written: waiting for more to send (RFC 896) would cost 40 ms a
/// message against the other side's delayed acknowledgement.
async fn without_delay(relay: &RelayUrl) -> std::io::Result<TcpStream> {
    let stream = TcpStream::connect((relay.host.as_str(), relay.port)).await?;
    stream.set_nodelay(true)?;
    Ok(stream)
}

/// What the relay offers beyond what lettre asks for.
#[derive(Clone, Copy, Default)]
struct Offers {
    /// It takes commands in groups (PIPELINING, RFC 2920).
    pipelining: bool,
    /// It can be told how to notify (DSN, RFC 3461).
    notifies: bool,
    /// It says how large a message may be (SIZE, RFC 1870); 0 there means any size.
    size: Option<usize>,
}

/// Asks what the relay offers. lettre forgets what it does not know of the answer to its EHLO, and a client may say EHLO
/// again at any time (RFC 5321 §4.1.4); from a relay that refuses it nothing is wanted.
async fn offers(connection: &mut AsyncSmtpConnection, hello: ClientId) -> Result<Offers, Error> {
    match connection.command(Ehlo::new(hello)).await {
        Ok(reply) => {
            let has = |keyword: &str| reply.message().any(|line| line.trim().eq_ignore_ascii_case(keyword));
            let limit =
                |line: &str| line.trim().to_ascii_uppercase().strip_prefix("SIZE ")?.trim().parse().ok();
            let size = reply.message().find_map(limit).filter(|limit| *limit > 0);
            Ok(Offers { pipelining: has("PIPELINING"), notifies: has("DSN"), size })
        }
        Err(error) if error.is_permanent() => Ok(Offers::default()),
        Err(error) => Err(error),
    }
}

async fn within<T>(limit: Duration, answer: impl Future<Output = Result<T, Error>>) -> Result<T, Failure> {
    match tokio::time::timeout(limit, answer).await {
        Ok(answer) => Ok(answer?),
        Err(_) => Err(Failure::Lost(format!("no answer within {} seconds", limit.as_secs_f32()))),
    }
}
