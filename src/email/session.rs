//! One SMTP connection, used for many messages, that knows in which phase it is. The phase decides what a
//! failure means (promise 3): before MAIL was taken it is about the run, at RCPT or after DATA about this
//! graduate, and after the content nobody can tell.

mod answers;
mod client;
mod commands;
mod connection;
mod login;
mod offers;
mod tls;
mod token;

use std::future::Future;
use std::time::Duration;

use lettre::Address;
use lettre::transport::smtp::commands::{Data, Quit, Rset};
use lettre::transport::smtp::response::Response;

use super::return_path::Sender;
use crate::invitation::Outcome;
use answers::{Failure, by_code, text_of};
pub use client::{Client, ClientError};
use commands::Envelope;
use connection::Connection;
use offers::Offers;

/// How long each command may take (RFC 5321 §4.5.3.2).
#[derive(Debug, Clone, Copy)]
pub struct Timeouts {
    /// Connecting, greeting, EHLO, STARTTLS and login together.
    pub greeting: Duration,
    /// The same of a further session, beyond four times as long as the slowest before it took; and how long to wait before
    /// one is asked for again that was not granted.
    pub another: Duration,
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
        // a relay that is called by more at once than it lines up (OpenSMTPD: 5) loses some of the calls, and never greets them
        another: Duration::from_secs(10),
        command: Duration::from_mins(5),
        // nothing is lost with it: the message is offered once more by itself
        behind: Duration::from_secs(3),
        data: Duration::from_mins(2),
        content: Duration::from_mins(10),
        quit: Duration::from_secs(5),
    };
}

/// Why there is no connection that could be used: the relay, or what it thinks of us, is the trouble.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{words}")]
pub struct ConnectError {
    /// What the relay said, or what was seen of it.
    pub words: String,
    /// It may be over in a minute: no answer, or one that asks to come again (4xx).
    pub may_pass: bool,
}

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
    NotWelcome(String),
}

/// An open connection, logged in.
pub struct Session {
    connection: Connection,
    timeouts: Timeouts,
    offers: Offers,
    /// An offer has been made whose answers were not read yet.
    asked: bool,
    broken: bool,
}

impl Session {
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
    /// message's sender and recipient may be named in the same breath, where the relay [`pipelines`](Self::pipelines). `may_go` is asked
    /// when the relay is ready for the content; where it says no, nothing of it leaves, and the connection cannot go on (`None`).
    pub async fn content(
        &mut self,
        content: &str,
        next: Option<(&Sender, &Address)>,
        may_go: impl Future<Output = bool>,
    ) -> Option<Outcome> {
        match self.command(self.timeouts.data, Data).await {
            Ok(reply) if reply.has_code(354) => {}
            Ok(_) => {
                self.broken = true;
                return Some(Outcome::TryLater("an answer to DATA that SMTP does not know".into()));
            }
            Err(failure) => return Some(self.answer(failure)),
        }
        if !may_go.await {
            self.broken = true;
            return None;
        }
        let next =
            next.map(|(sender, recipient)| Envelope { sender, recipient, notifies: self.offers.notifies });
        self.asked = next.is_some();
        Some(match self.command(self.timeouts.content, commands::content(content, next)).await {
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
        })
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
        match tokio::time::timeout(self.timeouts.behind, self.connection.reply()).await {
            Err(_) => {
                self.broken = true;
                unheard(format!("no answer within {} seconds", self.timeouts.behind.as_secs_f32()))
            }
            Ok(answer) => match answer {
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
                Offer::NotWelcome(format!("the relay does not take mail from the sender: {reply}"))
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
            let _ = tokio::time::timeout(self.timeouts.quit, self.connection.command(Quit)).await;
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
        within(limit, self.connection.reply()).await
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

async fn within<T>(limit: Duration, answer: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    let late = |_| Failure::Lost(format!("no answer within {} seconds", limit.as_secs_f32()));
    tokio::time::timeout(limit, answer).await.map_err(late)?
}
