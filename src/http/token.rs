//! Tokens of OAuth (RFC 6749): fetched once for all, kept, renewed before they expire.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, MutexGuard, PoisonError};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use tokio::sync::Mutex;

use super::{Outcome, Unusable};
use crate::clock::Clock;

/// The lifetime of a token that does not tell it.
const UNTOLD: Duration = Duration::from_mins(5);
/// No token is kept for longer, whatever it says.
const LONGEST: Duration = Duration::from_hours(24);
/// The longest token that is believed, in bytes: it has to fit into a header.
const LARGEST: usize = 16 * 1024;
/// The largest answer about a token that is read, in bytes.
pub(crate) const MOST: usize = 64 * 1024;

/// A token and when to have the next one.
#[derive(Debug)]
pub(crate) struct Token {
    secret: SecretString,
    renew_at: Timestamp,
}

impl Token {
    /// For who has to be shown it, never for a log.
    pub(crate) fn expose(&self) -> &str {
        self.secret.expose_secret()
    }
}

/// What fetching a token came to; never [`Outcome::Unknown`].
pub(crate) type Fetched = Outcome<Arc<Token>>;

/// The tokens of one account, of which one is used at a time.
pub(crate) struct Tokens {
    clock: Clock,
    /// The token that is used now.
    current: std::sync::Mutex<Option<Arc<Token>>>,
    /// What the last fetch came to; whoever holds it is the one that fetches.
    last: Mutex<Option<Fetched>>,
    /// How many fetches have ended.
    rounds: AtomicU64,
}

impl Tokens {
    pub(crate) fn new(clock: &Clock) -> Self {
        Self {
            clock: clock.clone(),
            current: std::sync::Mutex::default(),
            last: Mutex::new(None),
            rounds: AtomicU64::new(0),
        }
    }

    /// A token that is good now; `fetch` is asked where none is at hand. Whoever comes while it is fetched waits, and shares
    /// what that fetch comes to.
    ///
    /// Refused when the account is not known.
    pub(crate) async fn get(&self, fetch: impl Future<Output = Fetched>) -> Fetched {
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
        let fetched = fetch.await;
        if let Outcome::Accepted(token) = &fetched {
            *self.current() = Some(Arc::clone(token));
        }
        *last = Some(fetched.clone());
        self.rounds.fetch_add(1, Ordering::Release);
        fetched
    }

    /// A token that is good now, if there is one already.
    pub(crate) fn at_hand(&self) -> Option<Arc<Token>> {
        self.current().as_ref().filter(|token| self.clock.now() < token.renew_at).map(Arc::clone)
    }

    /// Forgets a token that was refused, unless another has taken its place.
    pub(crate) fn forget(&self, refused: &Arc<Token>) {
        self.current().take_if(|token| Arc::ptr_eq(token, refused));
    }

    fn current(&self) -> MutexGuard<'_, Option<Arc<Token>>> {
        // a token is replaced whole
        self.current.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The token in an answer that was `asked` for at that time; all members but `access_token` are optional.
pub(crate) fn grant(answer: &[u8], asked: Timestamp) -> Result<Token, Unusable> {
    let answer = super::json(answer)?;
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
    let claims = URL_SAFE_NO_PAD.decode(token.split('.').nth(1)?).ok()?;
    let claims: Value = serde_json::from_slice(&claims).ok()?;
    let time = |name| claims.get(name).and_then(Value::as_i64);
    let lifetime = time("exp")?.checked_sub(time("iat").unwrap_or(asked.as_second()))?;
    u64::try_from(lifetime).ok().filter(|seconds| *seconds > 0).map(Duration::from_secs)
}

#[cfg(test)]
mod tests;
