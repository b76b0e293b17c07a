//! The relay's address: host, port, and how the connection is protected.

use std::net::IpAddr;

/// `smtp://host:port`, `smtp+starttls://host:port` or `smtps://host:port`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelayUrl {
    /// Name or address.
    pub host: String,
    /// 25, 587 and 465 when not given.
    pub port: u16,
    /// How the connection is protected.
    pub encryption: Encryption,
}

/// How a connection is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encryption {
    /// Not at all.
    None,
    /// In clear first, then STARTTLS or nothing (RFC 3207).
    StartTls,
    /// TLS from the first byte (RFC 8314).
    Tls,
}

impl RelayUrl {
    /// Reads the address; the problem says what would be right, without repeating it.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let help = "write it as smtp://host:port, smtp+starttls://host:port or smtps://host:port";
        let (scheme, rest) = text.split_once("://").ok_or(help)?;
        let (encryption, default_port) = match scheme {
            "smtp" => (Encryption::None, 25),
            "smtp+starttls" => (Encryption::StartTls, 587),
            "smtps" => (Encryption::Tls, 465),
            _ => return Err(help.to_owned()),
        };
        if rest.contains('@') {
            return Err(
                "put the login into mail.username and mail.password_file, not into the address".into()
            );
        }
        let rest = rest.strip_suffix('/').unwrap_or(rest);
        let (host, port) = match rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
            Some((host, port)) => (host, port.strip_prefix(':')),
            None => match rest.split_once(':') {
                Some((host, port)) => (host, Some(port)),
                None => (rest, None),
            },
        };
        let port = match port {
            Some(digits) => {
                digits.parse().map_err(|_| "has a port that is no number from 1 to 65535".to_owned())?
            }
            None => default_port,
        };
        let fits = |character: char| character.is_ascii_alphanumeric() || ".-_:".contains(character);
        if host.is_empty() || port == 0 || !host.chars().all(fits) {
            return Err(help.to_owned());
        }
        Ok(Self { host: host.to_owned(), port, encryption })
    }

    /// Whether the relay is this machine, where a password may go in clear.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        self.host == "localhost" || self.host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
    }
}

impl std::fmt::Display for RelayUrl {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.host.contains(':') {
            write!(formatter, "[{}]:{}", self.host, self.port)
        } else {
            write!(formatter, "{}:{}", self.host, self.port)
        }
    }
}
