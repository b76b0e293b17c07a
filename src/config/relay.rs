//! The relay's address: host, port, and how the connection is protected; and what we call ourselves there.

use std::net::IpAddr;

use lettre::transport::smtp::extension::ClientId;

/// `smtp://host:port`, `smtp+starttls://host:port`, `smtps://host:port` or `lmtp://host:port`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelayUrl {
    /// Name or address.
    pub host: String,
    /// 25, 587, 465 and 24 when not given.
    pub port: u16,
    /// What is spoken.
    pub protocol: Protocol,
    /// How the connection is protected.
    pub encryption: Encryption,
}

/// What is spoken with the relay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protocol {
    /// ESMTP (RFC 5321).
    Smtp,
    /// LMTP (RFC 2033), as servers speak it that keep the mailboxes themselves. For a message to one recipient it differs in the greeting alone.
    Lmtp,
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
        let help =
            "write it as smtp://host:port, smtp+starttls://host:port, smtps://host:port or lmtp://host:port";
        let (scheme, rest) = text.split_once("://").ok_or(help)?;
        let (protocol, encryption, default_port) = match scheme {
            "smtp" => (Protocol::Smtp, Encryption::None, 25),
            "smtp+starttls" => (Protocol::Smtp, Encryption::StartTls, 587),
            "smtps" => (Protocol::Smtp, Encryption::Tls, 465),
            "lmtp" => (Protocol::Lmtp, Encryption::None, 24),
            _ => return Err(help.to_owned()),
        };
        if rest.contains('@') {
            return Err(
                "put the login into mail.username and mail.password_file, not into the address".into()
            );
        }
        let rest = rest.strip_suffix('/').unwrap_or(rest);
        let (host, port) = host_and_port(rest, default_port, help)?;
        Ok(Self { host, port, protocol, encryption })
    }

    /// Whether the relay is this machine, where a password may go in clear.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        is_this_machine(&self.host)
    }
}

/// Whether a host is this machine.
pub(super) fn is_this_machine(host: &str) -> bool {
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// `host`, `host:port` or `[address]:port`; where it is none of these, `help` is the problem.
pub(super) fn host_and_port(text: &str, usual_port: u16, help: &str) -> Result<(String, u16), String> {
    let (host, port) = match text.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((host, port)) => (host, port.strip_prefix(':')),
        None => match text.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (text, None),
        },
    };
    let port = match port {
        Some(digits) => digits.parse().map_err(|_| "has a port that is no number from 1 to 65535")?,
        None => usual_port,
    };
    let fits = |character: char| character.is_ascii_alphanumeric() || ".-_:".contains(character);
    if host.is_empty() || port == 0 || !host.chars().all(fits) {
        return Err(help.to_owned());
    }
    Ok((host.to_owned(), port))
}

/// What a client says of itself (RFC 5321 §4.1.1.1): a full name, or an address in brackets.
pub(super) fn helo(text: &str) -> Result<ClientId, String> {
    let help =
        "give a full name such as mailer.uni.example, or an address as [192.0.2.1] or [IPv6:2001:db8::1]";
    if let Some(literal) = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        let literal = literal.strip_prefix("IPv6:").unwrap_or(literal);
        return match literal.parse().map_err(|_| help.to_owned())? {
            IpAddr::V4(address) => Ok(ClientId::Ipv4(address)),
            IpAddr::V6(address) => Ok(ClientId::Ipv6(address)),
        };
    }
    let name = idna::domain_to_ascii_strict(text).map_err(|_| help.to_owned())?;
    // an address without its brackets is no name
    let is_number =
        name.rsplit('.').next().is_some_and(|last| last.bytes().all(|byte| byte.is_ascii_digit()));
    if is_full(&name) && !is_number { Ok(ClientId::Domain(name)) } else { Err(help.to_owned()) }
}

/// Whether a name has a domain and is none of those that many machines have.
pub(crate) fn is_full(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.contains('.') && !name.starts_with("localhost.") && !name.ends_with(".localdomain")
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_whole_or_an_address_in_brackets() {
        let said = |text: &str| helo(text).map(|name| name.to_string()).ok();
        for right in ["mailer.uni.example", "[192.0.2.1]", "[IPv6:2001:db8::1]"] {
            assert_eq!(said(right).as_deref(), Some(right));
        }
        assert_eq!(said("[2001:db8::1]").as_deref(), Some("[IPv6:2001:db8::1]"));
        assert_eq!(said("Bücher.example").as_deref(), Some("xn--bcher-kva.example"));
        for wrong in [
            "",
            "mailer",
            "localhost",
            "localhost.localdomain",
            "mailer.localdomain",
            "192.0.2",
            "[mailer]",
            "a b.example",
            "a.example\r\nMAIL",
        ] {
            assert_eq!(said(wrong), None, "{wrong}");
        }
    }
}
