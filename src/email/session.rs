//! One SMTP connection, used for many messages, that knows in which phase it is. The phase decides what a
//! failure means (promise 3): before MAIL was taken it is about the run, at RCPT or after DATA about this
//! graduate, and after the content nobody can tell.

use std::error::Error as _;
use std::time::Duration;

use lettre::Address;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt, Rset};
use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::response::Response;
use secrecy::ExposeSecret;
use tokio::net::TcpStream;

use crate::config::{Encryption, MailSettings, RelayUrl};
use crate::invitation::Outcome;

/// How long each command may take (RFC 5321 §4.5.3.2).
#[derive(Debug, Clone, Copy)]
pub struct Timeouts {
    /// Connecting, greeting, EHLO, STARTTLS and login together.
    pub greeting: Duration,
    /// MAIL, RCPT and RSET, each.
    pub command: Duration,
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
    /// The sender is not welcome.
    Trouble(Trouble),
}

/// An open connection, logged in.
pub struct Session {
    connection: AsyncSmtpConnection,
    timeouts: Timeouts,
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
        let open = async {
            let hello = ClientId::default();
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
            if let Some((username, password)) = &settings.login {
                let login = Credentials::new(username.clone(), password.expose_secret().to_owned());
                connection
                    .auth(&[Mechanism::Plain, Mechanism::Login], &login)
                    .await
                    .map_err(|error| trouble("the login was refused", &error))?;
            }
            Ok(connection)
        };
        match tokio::time::timeout(timeouts.greeting, open).await {
            Ok(opened) => Ok(Self { connection: opened?, timeouts, broken: false }),
            Err(_) => Err(Trouble(format!(
                "relay {relay}: no answer within {} seconds",
                timeouts.greeting.as_secs_f32()
            ))),
        }
    }

    /// Names sender and recipient. Nothing of the message has left yet.
    pub async fn offer(&mut self, sender: &Address, recipient: &Address) -> Offer {
        let limit = self.timeouts.command;
        let mail = Mail::new(Some(sender.clone()), Vec::new());
        match self.command(limit, mail).await {
            Ok(_) => {}
            Err(Failure::Reply(421, _)) => {
                return self.lost("the relay closed the connection (421)");
            }
            Err(Failure::Reply(_, reply)) => {
                return Offer::Trouble(Trouble(format!(
                    "the relay does not take mail from the sender: {reply}"
                )));
            }
            Err(Failure::Lost(why)) => return self.lost(&why),
        }
        match self.command(limit, Rcpt::new(recipient.clone(), Vec::new())).await {
            Ok(_) => Offer::Taken,
            Err(failure) => Offer::Answered(self.answer(failure)),
        }
    }

    /// Sends the content of a message that was offered and taken, and waits for the relay's word on it.
    pub async fn content(&mut self, content: &str) -> Outcome {
        match self.command(self.timeouts.data, Data).await {
            Ok(reply) if reply.has_code(354) => {}
            Ok(_) => {
                self.broken = true;
                return Outcome::TryLater("an answer to DATA that SMTP does not know".into());
            }
            Err(failure) => return self.answer(failure),
        }
        match self.command(self.timeouts.content, Content(content)).await {
            Ok(reply) => Outcome::Accepted(text_of(&reply)),
            Err(Failure::Reply(code, reply)) => {
                self.broken |= code == 421;
                by_code(code, reply)
            }
            Err(Failure::Lost(why)) => {
                self.broken = true;
                Outcome::Unknown(why)
            }
        }
    }

    /// Takes back an offer, so that the connection can carry the next one.
    pub async fn reset(&mut self) {
        if !self.broken && self.command(self.timeouts.command, Rset).await.is_err() {
            self.broken = true;
        }
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
        match tokio::time::timeout(limit, self.connection.command(command)).await {
            Ok(answer) => Ok(answer?),
            Err(_) => Err(Failure::Lost(format!("no answer within {} seconds", limit.as_secs_f32()))),
        }
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

/// A message's content with the dots of its lines doubled and the final dot (RFC 5321 §4.5.2), as one write.
struct Content<'a>(&'a str);

impl std::fmt::Display for Content<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut lines = self.0.split("\r\n.");
        formatter.write_str(lines.next().unwrap_or_default())?;
        for line in lines {
            formatter.write_str("\r\n..")?;
            formatter.write_str(line)?;
        }
        formatter.write_str("\r\n.\r\n")
    }
}

/// A command that was not carried out.
enum Failure {
    /// The relay said no: code and text.
    Reply(u16, String),
    /// There is no answer, and no connection any more.
    Lost(String),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        match error.status() {
            Some(code) => Self::Reply(code.into(), words(&error)),
            None => Self::Lost(words(&error)),
        }
    }
}

fn by_code(code: u16, reply: String) -> Outcome {
    if (500..600).contains(&code) { Outcome::Refused(reply) } else { Outcome::TryLater(reply) }
}

fn text_of(reply: &Response) -> String {
    let text = reply.message().collect::<Vec<_>>().join(" ");
    masked(&format!("{} {text}", u16::from(reply.code())))
}

/// An error in the relay's words, code first, without the address that relays like to repeat.
fn words(error: &Error) -> String {
    let source = error.source().map(ToString::to_string).unwrap_or_default();
    match error.status() {
        Some(code) => masked(&format!("{} {source}", u16::from(code))),
        None if source.is_empty() => masked(&error.to_string()),
        None => masked(&source),
    }
}

/// Addresses in a relay's words are personal, and their length is the relay's whim.
fn masked(text: &str) -> String {
    let word = |word: &str| {
        if word.contains('@') || word.contains("://") { "<…>".to_owned() } else { word.to_owned() }
    };
    let text = text.split_whitespace().map(word).collect::<Vec<_>>().join(" ");
    text.chars().filter(|character| !character.is_control()).take(300).collect()
}
