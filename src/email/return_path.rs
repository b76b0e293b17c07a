//! Where notifications about a message come back to: the envelope's sender, which the sender that graduates see need not
//! be. With `[bounces] address` every message has a sender of its own (variable envelope return paths, VERP), so that
//! whatever comes back proves which message it is about.

use lettre::Address;

use crate::config::Config;

/// The senders of envelopes.
#[derive(Debug, Clone)]
pub struct ReturnPath {
    plain: Address,
    /// What stands around a token, where there is one in each.
    around: Option<(String, String)>,
    asks: bool,
}

/// The sender of one envelope.
#[derive(Debug, Clone)]
pub struct Sender {
    /// Where notifications go.
    pub address: Address,
    /// Names the message in notifications (ENVID, RFC 3461), which are then asked for in short.
    pub id: Option<String>,
}

impl ReturnPath {
    /// As the configuration has it: without a word about it, the sender that graduates see.
    #[must_use]
    pub fn new(config: &Config) -> Self {
        let bounces = config.bounces.address.as_ref();
        let own = config.mail.envelope_sender.as_ref();
        Self {
            plain: own.or(bounces).unwrap_or(&config.mail.from.email).clone(),
            around: bounces.map(|address| {
                (format!("{}{}", address.user(), config.bounces.delimiter), address.domain().to_owned())
            }),
            asks: bounces.or(own).is_some(),
        }
    }

    /// The sender of what is about no message of the ledger.
    #[must_use]
    pub const fn plain(&self) -> &Address {
        &self.plain
    }

    /// The sender of the message with this token.
    #[must_use]
    pub fn of(&self, token: String) -> Sender {
        let tagged =
            self.around.as_ref().map(|(before, domain)| Address::new(format!("{before}{token}"), domain));
        Sender {
            // the configuration was checked to leave room for any token
            address: tagged.and_then(Result::ok).unwrap_or_else(|| self.plain.clone()),
            id: self.asks.then_some(token),
        }
    }
}
