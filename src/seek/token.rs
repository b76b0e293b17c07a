//! The partner account's token, by OAuth client credentials (RFC 6749 §4.4).

use std::sync::Arc;

use reqwest::StatusCode;
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;

use super::answer::said;
use super::wire;
use crate::clock::Clock;
use crate::config::{SecretError, SeekPassSettings};
use crate::http::token::{Fetched, MOST, Tokens, grant};
use crate::http::{Http, Outcome, Pause, Trouble, complaint};

/// The partner account.
pub(super) struct Account {
    client_id: String,
    client_secret: SecretString,
    clock: Clock,
    pub(super) tokens: Tokens,
}

impl Account {
    pub(super) fn new(settings: &SeekPassSettings, clock: &Clock) -> Result<Self, SecretError> {
        Ok(Self {
            client_id: settings.client_id.clone(),
            client_secret: settings.client_secret.load()?,
            clock: clock.clone(),
            tokens: Tokens::new(clock),
        })
    }

    /// A token that is good now; refused when SEEK Pass does not know the partner account.
    pub(super) async fn token(&self, http: &Http) -> Fetched {
        self.tokens.get(self.fetch(http)).await
    }

    async fn fetch(&self, http: &Http) -> Fetched {
        let secret = self.client_secret.expose_secret();
        let form = [
            ("grant_type", "client_credentials"),
            ("client_id", &self.client_id),
            ("client_secret", secret),
            ("scope", &wire::scopes()),
        ];
        let asked = self.clock.now();
        let answer = match http.post(wire::TOKEN, MOST, |request| request.form(&form)).await {
            Ok(answer) => answer,
            Err(silence) => return silence.outcome(wire::TOKEN).without_doubt(),
        };
        let (status, sent) = (answer.status, json!({ "client_id": self.client_id, "client_secret": secret }));
        let body = answer.body.as_deref().unwrap_or_default();
        if let Some(why) = refusal(status, body) {
            let said = said(status, wire::TOKEN, &complaint::told(body, &sent));
            return Outcome::Refused(Trouble::for_all(format!("{why}: {said}"), Pause::Growing));
        }
        let everybody = |trouble: Trouble| Trouble { pause: Some(Pause::Growing), ..trouble };
        let granted = match answer.outcome(wire::TOKEN, &sent, self.clock.now()) {
            Outcome::Accepted(body) => grant(&body, asked),
            Outcome::TryLater(trouble) => return Outcome::TryLater(trouble),
            Outcome::Unknown(trouble) if !status.is_redirection() => {
                return Outcome::TryLater(everybody(trouble));
            }
            // not there, or elsewhere: no other try will find it
            Outcome::Refused(trouble) | Outcome::Unknown(trouble) => {
                return Outcome::Refused(everybody(trouble));
            }
        };
        match granted {
            Ok(token) => Outcome::Accepted(Arc::new(token)),
            Err(unusable) => {
                let words = format!("{}, but it holds {unusable}", said(status, wire::TOKEN, ""));
                Outcome::TryLater(Trouble::for_all(words, Pause::Growing))
            }
        }
    }
}

/// Why the account gets no token, if that is what an answer says (RFC 6749 §5.2), with what to do.
fn refusal(status: StatusCode, body: &[u8]) -> Option<String> {
    let is = |code| status.is_client_error() && complaint::is_code(body, code);
    if is("invalid_scope") || is("insufficient_scope") {
        let scopes = wire::scopes();
        Some(format!("SEEK Pass does not grant this account the scope {scopes}; ask SEEK Pass to add it"))
    } else if is("unauthorized_client") {
        Some(
            "SEEK Pass does not let this account ask for tokens; ask SEEK Pass to allow client_credentials"
                .into(),
        )
    } else if is("unsupported_grant_type") {
        Some("SEEK Pass gives no tokens for client_credentials here; check seek_pass.base_url".into())
    } else if is("invalid_client") || matches!(status.as_u16(), 400 | 401 | 403) {
        Some("SEEK Pass refuses client_id or client_secret; check [seek_pass]".into())
    } else {
        None
    }
}
