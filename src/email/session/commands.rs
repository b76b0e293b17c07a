//! What is written to the relay in one piece.

use lettre::Address;
use lettre::transport::smtp::commands::{Mail, Rcpt};
use lettre::transport::smtp::extension::{MailParameter, RcptParameter};
use memchr::memmem;

use crate::email::return_path::Sender;

/// Sender and recipient, in one write.
pub(super) struct Envelope<'a> {
    pub(super) sender: &'a Sender,
    pub(super) recipient: &'a Address,
    /// Whether the relay can be told how to notify (RFC 3461).
    pub(super) notifies: bool,
}

impl Envelope<'_> {
    pub(super) fn mail(&self) -> Mail {
        let mut parameters = Vec::new();
        if let Some(id) = self.id() {
            // what comes back holds the code, if it holds more than the headers
            parameters.push(mail_parameter("RET", "HDRS"));
            parameters.push(mail_parameter("ENVID", id));
        }
        Mail::new(Some(self.sender.address.clone()), parameters)
    }

    pub(super) fn rcpt(&self) -> Rcpt {
        let notify = RcptParameter::Other { keyword: "NOTIFY".into(), value: Some("FAILURE,DELAY".into()) };
        let parameters = self.id().map(|_| notify).into_iter().collect();
        Rcpt::new(self.recipient.clone(), parameters)
    }

    fn id(&self) -> Option<&str> {
        self.sender.id.as_deref().filter(|_| self.notifies)
    }
}

impl std::fmt::Display for Envelope<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}{}", self.mail(), self.rcpt())
    }
}

fn mail_parameter(keyword: &str, value: &str) -> MailParameter {
    MailParameter::Other { keyword: keyword.into(), value: Some(value.into()) }
}

/// A message's content with the dots of its lines doubled and the final dot (RFC 5321 §4.5.2), and what is said
/// behind it, as one write.
pub(super) fn content(content: &str, next: Option<Envelope<'_>>) -> String {
    let mut written = String::with_capacity(content.len() + 1024);
    let mut rest = 0;
    for line_end in memmem::find_iter(content.as_bytes(), "\r\n.") {
        let dot = line_end + 2;
        written.push_str(&content[rest..dot]);
        written.push('.');
        rest = dot;
    }
    written.push_str(&content[rest..]);
    written.push_str("\r\n.\r\n");
    if let Some(next) = next {
        written.push_str(&next.to_string());
    }
    written
}
