//! How a relay is set up.

use std::net::{Ipv4Addr, SocketAddr};

/// How answers go out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answers {
    /// Each at once.
    Each,
    /// Together, once there is nothing more to read, as relays do that take commands in groups.
    Together,
    /// A byte at a time, as from far away.
    InPieces,
    /// Each at once, the code alone in its last line (RFC 5321 §4.2).
    Bare,
}

/// How a relay is set up.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where it listens; port 0 takes any free one.
    pub listen: SocketAddr,
    /// User name, and password or token; with them AUTH is offered and MAIL needs it.
    pub credentials: Option<(String, String)>,
    /// What AUTH is offered with: of PLAIN, LOGIN, XOAUTH2 and OAUTHBEARER.
    pub mechanisms: &'static str,
    /// Whether addresses outside ASCII are taken.
    pub smtp_utf8: bool,
    /// Whether it offers DSN.
    pub dsn: bool,
    /// Whether commands are taken in groups (RFC 2920). Where not, a client that does not wait for each answer is
    /// hung up on.
    pub pipelining: bool,
    /// How answers go out.
    pub answers: Answers,
    /// The largest message in bytes, as SIZE announces it.
    pub size: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            credentials: None,
            mechanisms: "PLAIN LOGIN",
            smtp_utf8: true,
            dsn: true,
            pipelining: true,
            answers: Answers::Each,
            size: 1024 * 1024,
        }
    }
}
