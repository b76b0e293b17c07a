//! Where notifications are read from: a place on this machine, or a mailbox on a server.

use std::fmt;
use std::path::{Path, PathBuf};

use percent_encoding::percent_decode_str;

use super::relay::{host_and_port, is_this_machine};

/// What notifications are read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BounceSource {
    /// A file, an mbox, a Maildir or a folder of files.
    Place(PathBuf),
    /// A mailbox on a server.
    Mailbox(MailboxUrl),
}

/// `imaps://user@host:port/MAILBOX` (RFC 5092); `imap://` only on this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailboxUrl {
    /// The login, in ASCII.
    pub user: String,
    /// Name or address.
    pub host: String,
    /// 993 when not given; 143 without TLS.
    pub port: u16,
    /// TLS from the first byte (RFC 8314).
    pub is_encrypted: bool,
    /// As IMAP has it: in ASCII, whatever else in modified UTF-7.
    pub name: String,
}

impl BounceSource {
    /// Reads what somebody wrote; the problem says what would be right, without repeating it.
    ///
    /// # Errors
    /// A problem of an address; any path is one.
    pub fn parse(text: &Path) -> Result<Self, String> {
        match text.to_str().and_then(|text| text.split_once("://")) {
            Some((scheme, rest)) => MailboxUrl::parse(scheme, rest).map(Self::Mailbox),
            None => Ok(Self::Place(text.to_owned())),
        }
    }

    /// The same, of a path that is relative to `folder`.
    pub(super) fn within(self, folder: &Path) -> Self {
        match self {
            Self::Place(path) => Self::Place(folder.join(path)),
            mailbox @ Self::Mailbox(_) => mailbox,
        }
    }
}

impl MailboxUrl {
    fn parse(scheme: &str, rest: &str) -> Result<Self, String> {
        let help = "write a mailbox as imaps://user@host:port/MAILBOX; an @ in the user may stay, what else is no letter or \
                    digit is written as in web addresses";
        let (is_encrypted, usual_port) = match scheme.to_ascii_lowercase().as_str() {
            "imaps" => (true, 993),
            "imap" => (false, 143),
            _ => return Err(help.to_owned()),
        };
        let (server, name) = rest.split_once('/').unwrap_or((rest, ""));
        let (user, server) = server.rsplit_once('@').ok_or(help)?;
        if user.contains(':') {
            return Err("put the password into bounces.password_file, not into the address".to_owned());
        }
        let (host, port) = host_and_port(server, usual_port, help)?;
        if !is_encrypted && !is_this_machine(&host) {
            return Err("imap:// sends the password in clear; write imaps:// (imap:// only on this machine)"
                .to_owned());
        }
        let decoded = |text: &str| {
            match percent_decode_str(text).decode_utf8() {
            Ok(text) if text.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic()) => Ok(text.into_owned()),
            _ => Err("user and mailbox are ASCII; other writings in a mailbox's name stand as IMAP has them, such as \
                      R&APw-ckl&AOQ-ufer"
                .to_owned()),
        }
        };
        let (user, name) = (decoded(user)?, decoded(name)?);
        if user.is_empty() {
            return Err(help.to_owned());
        }
        let name = if name.is_empty() { "INBOX".to_owned() } else { name };
        Ok(Self { user, host, port, is_encrypted, name })
    }
}

/// Without the user, who may be a person.
impl fmt::Display for MailboxUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = if self.is_encrypted { "imaps" } else { "imap" };
        let (open, close) = if self.host.contains(':') { ("[", "]") } else { ("", "") };
        write!(formatter, "{scheme}://{open}{}{close}:{}/{}", self.host, self.port, self.name)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    fn mailbox(text: &str) -> MailboxUrl {
        match BounceSource::parse(Path::new(text)).unwrap() {
            BounceSource::Mailbox(url) => url,
            BounceSource::Place(_) => panic!("{text} is a path"),
        }
    }

    #[test]
    fn a_mailbox_is_a_user_a_server_and_a_name() {
        let whole = mailbox(
            "imaps://bounces%40northfield.example@mail.northfield.example:1993/Shared/Undelivered%20mail",
        );
        assert_eq!((whole.user.as_str(), whole.port), ("bounces@northfield.example", 1993));
        assert_eq!(whole.name, "Shared/Undelivered mail");
        let short = mailbox("IMAPS://bounces@northfield.example@mail.northfield.example");
        assert_eq!((&short.user, short.port, short.name.as_str()), (&whole.user, 993, "INBOX"));
        assert_eq!(short.to_string(), "imaps://mail.northfield.example:993/INBOX", "nobody's name");
        assert_eq!(mailbox("imap://b@[::1]/").to_string(), "imap://[::1]:143/INBOX");
        let path = BounceSource::parse(Path::new("/var/mail/b@c")).unwrap();
        assert_eq!(path, BounceSource::Place("/var/mail/b@c".into()));
    }

    #[test]
    fn what_is_wrong_is_told_without_the_value() {
        for (wrong, told) in [
            ("imaps://b:secret@mail.northfield.example/INBOX", "bounces.password_file"),
            ("imap://b@mail.northfield.example/INBOX", "in clear"),
            ("imaps://mail.northfield.example/INBOX", "imaps://user@host:port/MAILBOX"),
            ("imaps://@mail.northfield.example/INBOX", "imaps://user@host:port/MAILBOX"),
            ("imaps://b@/INBOX", "imaps://user@host:port/MAILBOX"),
            ("imaps://b@mail.northfield.example:0/INBOX", "imaps://user@host:port/MAILBOX"),
            ("imaps://b@mail.northfield.example:x/INBOX", "a port that is no number"),
            ("pop3s://b@mail.northfield.example/INBOX", "imaps://user@host:port/MAILBOX"),
            ("imaps://b@mail.northfield.example/Rück", "R&APw-ck"),
            ("imaps://b%0d%0a@mail.northfield.example/INBOX", "ASCII"),
        ] {
            let problem = BounceSource::parse(Path::new(wrong)).unwrap_err();
            assert!(problem.contains(told), "{wrong}: {problem}");
            assert!(!problem.contains("secret") && !problem.contains("northfield"), "{problem}");
        }
    }
}
