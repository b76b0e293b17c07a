//! The partner account's tokens, by OAuth client credentials (RFC 6749 §4.4): one for each type of credential, with the scope of
//! that type alone. So only scopes in use are asked for, and one that is not granted stops nobody else.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use reqwest::StatusCode;
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;

use super::answer::said;
use super::wire;
use crate::clock::Clock;
use crate::config::{SecretError, SeekPassSettings};
use crate::credential::CredentialType;
use crate::http::token::{Fetched, MOST, Tokens, grant};
use crate::http::{Failure, Http, Outcome, Pause, redacted_error};

/// So long nobody asks again for a scope that is not granted.
const WITHHELD: Duration = Duration::from_mins(1);

/// The partner account.
pub(super) struct Account {
    client_id: String,
    client_secret: SecretString,
    clock: Clock,
    by_type: [OfType; CredentialType::ALL.len()],
}

/// What the account has for one type of credential.
struct OfType {
    tokens: Tokens,
    /// SEEK Pass does not grant its scope: until when nobody asks again, and in which words.
    withheld: Mutex<Option<(Timestamp, String)>>,
}

impl Account {
    pub(super) fn new(settings: &SeekPassSettings, clock: &Clock) -> Result<Self, SecretError> {
        Ok(Self {
            client_id: settings.client_id.clone(),
            client_secret: settings.client_secret.load()?,
            clock: clock.clone(),
            by_type: CredentialType::ALL
                .map(|_| OfType { tokens: Tokens::new(clock), withheld: Mutex::default() }),
        })
    }

    /// The tokens for a type.
    pub(super) const fn tokens(&self, of: CredentialType) -> &Tokens {
        &self.by_type[of as usize].tokens
    }

    /// A token for credentials of this type that is good now; refused when SEEK Pass does not know the partner account, or
    /// does not grant it the scope.
    pub(super) async fn token(&self, http: &Http, of: CredentialType) -> Fetched {
        if let Some(words) = self.withheld(of) {
            return Outcome::Refused(Failure::for_all(words, Pause::OfType(WITHHELD)));
        }
        self.tokens(of).get(self.fetch(http, of)).await
    }

    /// A token of any type, as asking for statuses needs no scope (SEEK Pass declares none for it): one that is at hand, or
    /// one of a type that is `in_use`.
    pub(super) async fn any_token(
        &self,
        http: &Http,
        in_use: &[CredentialType],
    ) -> (CredentialType, Fetched) {
        let at_hand =
            |of: &CredentialType| self.tokens(*of).at_hand().map(|token| (*of, Outcome::Accepted(token)));
        if let Some(found) = CredentialType::ALL.iter().find_map(at_hand) {
            return found;
        }
        let mut last = None;
        for of in in_use.iter().copied() {
            let fetched = self.token(http, of).await;
            let is_of_type =
                matches!(&fetched, Outcome::Refused(Failure { pause: Some(Pause::OfType(_)), .. }));
            last = Some((of, fetched));
            if !is_of_type {
                break;
            }
        }
        match last {
            Some(found) => found,
            None => (CredentialType::Education, self.token(http, CredentialType::Education).await),
        }
    }

    fn withheld(&self, of: CredentialType) -> Option<String> {
        let withheld = self.by_type[of as usize].withheld.lock().unwrap_or_else(PoisonError::into_inner);
        let standing = withheld.as_ref().filter(|(until, _)| self.clock.now() < *until);
        standing.map(|(_, words)| words.clone())
    }

    /// SEEK Pass does not let the account add credentials of this type.
    pub(super) fn withhold(&self, of: CredentialType, said: &str) -> Failure {
        let (scope, nouns) = (of.spec().scope, of.spec().nouns);
        let words = format!(
            "SEEK Pass does not grant this account the scope {scope}; ask SEEK Pass to add it: {said}; until then {nouns} wait, \
             and nothing else does"
        );
        let until = self.clock.now().checked_add(WITHHELD).unwrap_or(Timestamp::MAX);
        let mut withheld = self.by_type[of as usize].withheld.lock().unwrap_or_else(PoisonError::into_inner);
        // once, and not every minute
        if withheld.is_none() {
            tracing::warn!("{words}");
        }
        *withheld = Some((until, words.clone()));
        Failure::for_all(words, Pause::OfType(WITHHELD))
    }

    async fn fetch(&self, http: &Http, of: CredentialType) -> Fetched {
        let scope = of.spec().scope;
        let secret = self.client_secret.expose_secret();
        let form = [
            ("grant_type", "client_credentials"),
            ("client_id", &self.client_id),
            ("client_secret", secret),
            ("scope", scope),
        ];
        let asked = self.clock.now();
        let answer = match http.post(wire::TOKEN, MOST, |request| request.form(&form)).await {
            Ok(answer) => answer,
            Err(silence) => return silence.outcome(wire::TOKEN).without_doubt(),
        };
        let (status, sent) = (answer.status, json!({ "client_id": self.client_id, "client_secret": secret }));
        let body = answer.body.as_deref().unwrap_or_default();
        if is_about_the_scope(status, body) {
            let said = said(status, wire::TOKEN, &redacted_error::told(body, &sent));
            return Outcome::Refused(self.withhold(of, &said));
        }
        if let Some(why) = refusal(status, body) {
            let said = said(status, wire::TOKEN, &redacted_error::told(body, &sent));
            return Outcome::Refused(Failure::for_all(format!("{why}: {said}"), Pause::Growing));
        }
        let everybody = |trouble: Failure| Failure { pause: Some(Pause::Growing), ..trouble };
        let granted = match answer.outcome(wire::TOKEN, &sent, self.clock.now()) {
            Outcome::Accepted(body) if is_granted_less(&body, scope) => {
                let said = said(status, wire::TOKEN, "with a token for less");
                return Outcome::Refused(self.withhold(of, &said));
            }
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
                Outcome::TryLater(Failure::for_all(words, Pause::Growing))
            }
        }
    }
}

/// Whether an answer says that the account lacks the scope (RFC 6749 §5.2; RFC 6750 §3.1).
pub(super) fn is_about_the_scope(status: StatusCode, body: &[u8]) -> bool {
    let is = |code| redacted_error::is_code(body, code);
    status.is_client_error() && (is("invalid_scope") || is("insufficient_scope"))
}

/// Whether a token comes without the scope it was asked for: `scope` is there where it is another one (RFC 6749 §5.1).
fn is_granted_less(body: &[u8], scope: &str) -> bool {
    let answer = crate::http::json(body).ok();
    let granted = answer.as_ref().and_then(|answer| answer.get("scope")?.as_str());
    granted.is_some_and(|granted| !granted.split(' ').any(|granted| granted == scope))
}

/// Why the account gets no token, if that is what an answer says (RFC 6749 §5.2), with what to do.
fn refusal(status: StatusCode, body: &[u8]) -> Option<String> {
    let is = |code| status.is_client_error() && redacted_error::is_code(body, code);
    if is("unauthorized_client") {
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
