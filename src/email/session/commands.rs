//! What is written to the relay in one piece.

use lettre::Address;
use lettre::transport::smtp::commands::{Mail, Rcpt};
use memchr::memmem;

/// Sender and recipient, in one write.
pub(super) struct Envelope<'a> {
    pub(super) sender: &'a Address,
    pub(super) recipient: &'a Address,
}

impl Envelope<'_> {
    pub(super) fn mail(&self) -> Mail {
        Mail::new(Some(self.sender.clone()), Vec::new())
    }

    pub(super) fn rcpt(&self) -> Rcpt {
        Rcpt::new(self.recipient.clone(), Vec::new())
    }
}

impl std::fmt::Display for Envelope<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}{}", self.mail(), self.rcpt())
    }
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
