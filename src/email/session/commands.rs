//! What is written to the relay in one piece.

use lettre::Address;
use lettre::transport::smtp::commands::{Mail, Rcpt};

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
pub(super) struct Content<'a> {
    pub(super) content: &'a str,
    pub(super) next: Option<Envelope<'a>>,
}

impl std::fmt::Display for Content<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut lines = self.content.split("\r\n.");
        formatter.write_str(lines.next().unwrap_or_default())?;
        for line in lines {
            formatter.write_str("\r\n..")?;
            formatter.write_str(line)?;
        }
        formatter.write_str("\r\n.\r\n")?;
        self.next.as_ref().map_or(Ok(()), |next| next.fmt(formatter))
    }
}
