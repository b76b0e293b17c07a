//! The token: fetched once for all by OAuth client credentials (RFC 6749 §4.4), kept, renewed before it expires.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use reqwest::StatusCode;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};
use tokio::sync::Mutex;

use super::answer::said;
use super::complaint;
use super::http::Http;
use super::outcome::{Outcome, Pause, Trouble};
use super::wire::{self, Unusable};
use crate::clock::Clock;
use crate::config::{SecretError, SeekPassSettings};

/// The lifetime of a token that does not tell it.
const UNTOLD: Duration = Duration::from_mins(5);
/// No token is kept for longer, whatever it says.
const LONGEST: Duration = Duration::from_hours(24);
/// The longest token that is believed, in bytes: it has to fit into a header.
const LARGEST: usize = 16 * 1024;
/// The largest answer that is read, in bytes.
const MOST: usize = 64 * 1024;

/// A token and when to have the next one.
#[derive(Debug)]
pub(super) struct Token {
    secret: SecretString,
    renew_at: Timestamp,
}

impl Token {
    /// For the `Authorization` header, never for a log.
    pub(super) fn expose(&self) -> &str {
        self.secret.expose_secret()
    }
}

/// What fetching a token came to; never [`Outcome::Unknown`].
type Fetched = Outcome<Arc<Token>>;

/// The token of the partner account.
pub(super) struct Tokens {
    client_id: String,
    client_secret: SecretString,
    clock: Clock,
    /// The token that is used now.
    current: std::sync::Mutex<Option<Arc<Token>>>,
    /// What the last fetch came to; whoever holds it is the one that fetches.
    last: Mutex<Option<Fetched>>,
    /// How many fetches have ended.
    rounds: AtomicU64,
}

impl Tokens {
    pub(super) fn new(settings: &SeekPassSettings, clock: &Clock) -> Result<Self, SecretError> {
        Ok(Self {
            client_id: settings.client_id.clone(),
            client_secret: settings.client_secret.load()?,
            clock: clock.clone(),
            current: std::sync::Mutex::default(),
            last: Mutex::new(None),
            rounds: AtomicU64::new(0),
        })
    }

    /// A token that is good now. Whoever comes while it is fetched waits, and shares what that fetch comes to.
    ///
    /// Refused when SEEK Pass does not know the partner account.
    pub(super) async fn get(&self, http: &Http) -> Fetched {
        if let Some(token) = self.at_hand() {
            return Outcome::Accepted(token);
        }
        let round = self.rounds.load(Ordering::Acquire);
        let mut last = self.last.lock().await;
        let waited = self.rounds.load(Ordering::Acquire) != round;
        match &*last {
            Some(shared) if waited => return shared.clone(),
            _ => {
                if let Some(token) = self.at_hand() {
                    return Outcome::Accepted(token);
                }
            }
        }
        let fetched = self.fetch(http).await;
        if let Outcome::Accepted(token) = &fetched {
            *self.current() = Some(Arc::clone(token));
        }
        *last = Some(fetched.clone());
        self.rounds.fetch_add(1, Ordering::Release);
        fetched
    }

    /// A token that is good now, if there is one already.
    pub(super) fn at_hand(&self) -> Option<Arc<Token>> {
        self.current().as_ref().filter(|token| self.clock.now() < token.renew_at).map(Arc::clone)
    }

    /// Forgets a token that was refused, unless another has taken its place.
    pub(super) fn forget(&self, refused: &Arc<Token>) {
        self.current().take_if(|token| Arc::ptr_eq(token, refused));
    }

    fn current(&self) -> MutexGuard<'_, Option<Arc<Token>>> {
        // a token is replaced whole
        self.current.lock().unwrap_or_else(PoisonError::into_inner)
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

/// The token in an answer that was `asked` for at that time; all members but `access_token` are optional.
fn grant(answer: &[u8], asked: Timestamp) -> Result<Token, Unusable> {
    let answer = wire::json(answer)?;
    let Some(token) = answer.get("access_token").and_then(Value::as_str) else {
        return Err(Unusable("no access_token"));
    };
    if token.is_empty() || token.len() > LARGEST || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(Unusable("an access_token that fits into no header"));
    }
    let told = answer.get("expires_in").and_then(seconds).or_else(|| within(token, asked));
    let lifetime = told.map_or(UNTOLD, |lifetime| lifetime.min(LONGEST));
    // clocks differ and calls take time: early enough, but not most of a short life
    let margin = (lifetime / 10).min(Duration::from_mins(1));
    let renew_at = asked.checked_add(lifetime.saturating_sub(margin)).unwrap_or(Timestamp::MAX);
    Ok(Token { secret: SecretString::from(token), renew_at })
}

/// A lifetime in seconds, which some servers write as text; none where there is nothing to live.
fn seconds(value: &Value) -> Option<Duration> {
    let seconds = value.as_u64().or_else(|| value.as_str()?.parse().ok())?;
    (seconds > 0).then(|| Duration::from_secs(seconds))
}

/// The lifetime inside a JWT (RFC 7519 §4.1). Its signature is not ours to verify; the span between its own two times
/// is right even where clocks differ.
fn within(token: &str, asked: Timestamp) -> Option<Duration> {
    let claims = decode(token.split('.').nth(1)?)?;
    let claims: Value = serde_json::from_slice(&claims).ok()?;
    let time = |name| claims.get(name).and_then(Value::as_i64);
    let lifetime = time("exp")?.checked_sub(time("iat").unwrap_or(asked.as_second()))?;
    u64::try_from(lifetime).ok().filter(|seconds| *seconds > 0).map(Duration::from_secs)
}

/// Base64 for URLs without padding (RFC 4648 §5), as JWTs have it.
fn decode(text: &str) -> Option<Vec<u8>> {
    let (mut bytes, mut held, mut bits) = (Vec::new(), 0_u16, 0);
    for symbol in text.bytes() {
        let value = match symbol {
            b'A'..=b'Z' => symbol - b'A',
            b'a'..=b'z' => symbol - b'a' + 26,
            b'0'..=b'9' => symbol - b'0' + 52,
            b'-' => 62,
            b'_' => 63,
            _ => return None,
        };
        held = held << 6 | u16::from(value);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push((held >> bits).to_le_bytes()[0]);
            held &= (1 << bits) - 1;
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests;
