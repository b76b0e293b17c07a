//! The login (RFC 4954), by the strongest mechanism that both sides have.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::answers::Failure;
use super::connection::Connection;
use crate::invitation::concealed;

/// A way to log in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mechanism {
    /// User and password in one piece (RFC 4616).
    Plain,
    /// The same one after the other, which no standard describes.
    Login,
}

impl Mechanism {
    /// The strongest first.
    const ALL: [Self; 2] = [Self::Plain, Self::Login];

    /// As EHLO and AUTH have it.
    const fn name(self) -> &'static str {
        match self {
            Self::Plain => "PLAIN",
            Self::Login => "LOGIN",
        }
    }

    /// What is said with AUTH, and what to each challenge.
    fn words(self, username: &str, password: &str) -> (Option<String>, Vec<String>) {
        match self {
            Self::Plain => (Some(format!("\0{username}\0{password}")), Vec::new()),
            Self::Login => (None, vec![username.to_owned(), password.to_owned()]),
        }
    }
}

/// Logs in at a relay that offers these mechanisms. No failure repeats the password.
pub(super) async fn log_in(
    connection: &mut Connection,
    offered: &[String],
    username: &str,
    password: &str,
) -> Result<(), Failure> {
    let is_offered = |mechanism: &Mechanism| offered.iter().any(|name| name == mechanism.name());
    let Some(mechanism) = Mechanism::ALL.into_iter().find(is_offered) else {
        return Err(Failure::Lost(
            "the relay offers no login with a password, neither PLAIN nor LOGIN".into(),
        ));
    };
    let (first, then) = mechanism.words(username, password);
    let first = first.map(|words| STANDARD.encode(words));
    let then: Vec<_> = then.into_iter().map(|words| STANDARD.encode(words)).collect();
    let secrets: Vec<_> =
        [password].into_iter().chain(first.as_deref()).chain(then.iter().map(String::as_str)).collect();
    let conceal = |failure| match failure {
        Failure::Reply(code, words) => Failure::Reply(code, concealed(&words, &secrets)),
        lost @ Failure::Lost(_) => lost,
    };
    let begin = [Some("AUTH"), Some(mechanism.name()), first.as_deref()];
    let begin = begin.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let mut reply = connection.command(begin + "\r\n").await.map_err(conceal)?;
    for words in &then {
        if !reply.has_code(334) {
            break;
        }
        reply = connection.command(format!("{words}\r\n")).await.map_err(conceal)?;
    }
    if reply.has_code(235) {
        Ok(())
    } else {
        Err(Failure::Lost("an answer to AUTH that SMTP does not know".into()))
    }
}
