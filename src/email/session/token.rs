//! The token for the relay, by OAuth client credentials (RFC 6749 §4.4) as Microsoft 365 gives them, or by a refresh token
//! (§6) as Google does.

use std::sync::Arc;

use reqwest::StatusCode;
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;

use super::client::ClientError;
use crate::clock::Clock;
use crate::config::OAuthSettings;
use crate::http::token::{Fetched, MOST, Tokens, grant};
use crate::http::{Failure, Http, HttpError, NoResponse, Outcome, Pause, Timeouts, redacted_error};

/// Where tokens come from.
pub(super) struct TokenServer {
    http: Http,
    client_id: String,
    client_secret: SecretString,
    refresh_token: Option<SecretString>,
    scope: Option<String>,
    clock: Clock,
    pub(super) tokens: Tokens,
}

impl TokenServer {
    pub(super) fn new(settings: &OAuthSettings, clock: &Clock) -> Result<Self, ClientError> {
        let http = Http::new(&settings.token_url, Timeouts::USUAL).map_err(|error| {
            ClientError::TokenServer(match error {
                HttpError::Address(problem) => format!("is no web address: {problem}"),
                HttpError::NoTls => "no TLS provider is installed".to_owned(),
                HttpError::Setup(error) => format!("the connection cannot be set up: {error:?}"),
            })
        })?;
        let refresh_token = settings.refresh_token.as_ref();
        Ok(Self {
            http,
            client_id: settings.client_id.clone(),
            client_secret: settings.client_secret.load()?,
            refresh_token: refresh_token.map(crate::config::Secret::load).transpose()?,
            scope: settings.scope.clone(),
            clock: clock.clone(),
            tokens: Tokens::new(clock),
        })
    }

    /// A token that is good now; refused when no other try would bring one.
    pub(super) async fn token(&self) -> Fetched {
        self.tokens.get(self.fetch()).await
    }

    async fn fetch(&self) -> Fetched {
        let mut form = vec![
            ("client_id", self.client_id.as_str()),
            ("client_secret", self.client_secret.expose_secret()),
        ];
        match &self.refresh_token {
            Some(token) => {
                form.extend([("grant_type", "refresh_token"), ("refresh_token", token.expose_secret())]);
            }
            None => form.push(("grant_type", "client_credentials")),
        }
        form.extend(self.scope.as_deref().map(|scope| ("scope", scope)));
        let asked = self.clock.now();
        let answer = match self.http.post("", MOST, |request| request.form(&form)).await {
            Ok(answer) => answer,
            Err(NoResponse::NotSent(why) | NoResponse::Lost(why)) => {
                let words = format!("the token server (mail.oauth.token_url) cannot be asked: {why}");
                return Outcome::TryLater(Failure::new(words));
            }
        };
        let (status, body) = (answer.status, answer.body.as_deref().unwrap_or_default());
        let (number, reason) = (status.as_u16(), status.canonical_reason().unwrap_or("without a name"));
        let said = format!("the token server (mail.oauth.token_url) answered {number} {reason}");
        if status.is_success() {
            let granted = match answer.body {
                Ok(body) => grant(&body, asked).map_err(|unusable| format!("it holds {unusable}")),
                Err(why) => Err(format!("its body {why}")),
            };
            return match granted {
                Ok(token) => Outcome::Accepted(Arc::new(token)),
                Err(why) => Outcome::TryLater(Failure::new(format!("{said}, but {why}"))),
            };
        }
        // what it repeats of these is not told
        let sent = json!({
            "client_id": self.client_id,
            "client_secret": self.client_secret.expose_secret(),
            "refresh_token": self.refresh_token.as_ref().map(ExposeSecret::expose_secret),
        });
        let errors = redacted_error::told(body, &sent);
        let errors = if errors.is_empty() { errors } else { format!(" ({errors})") };
        match advice(status, body) {
            Some(advice) => {
                let words = format!("{said}{errors}; {advice}");
                Outcome::Refused(Failure::for_all(words, Pause::Growing))
            }
            None => Outcome::TryLater(Failure::new(format!("{said}{errors}; everybody waits"))),
        }
    }
}

/// What to do about an answer that no other try would change (RFC 6749 §5.2).
fn advice(status: StatusCode, body: &[u8]) -> Option<&'static str> {
    if matches!(status.as_u16(), 408 | 425 | 429) || !(status.is_client_error() || status.is_redirection()) {
        return None;
    }
    let is = |code| redacted_error::is_code(body, code);
    Some(if is("invalid_scope") {
        "check mail.oauth.scope"
    } else if is("invalid_grant") {
        "the refresh token is no longer good; have another one made"
    } else if is("invalid_client") || matches!(status.as_u16(), 400 | 401 | 403) {
        "check client_id and the secret of [mail.oauth], which may have expired"
    } else {
        "check mail.oauth.token_url"
    })
}
