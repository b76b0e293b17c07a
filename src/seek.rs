//! The client of SEEK Pass's partner API, version 1: a credential goes out, a link comes back, statuses are asked for.
//!
//! It calls and tells what the call came to. When to call, how often and under which id is for others to decide; a
//! repeated id is safe, since within 48 hours it leads to the same link.

mod answer;
mod status;
mod token;
pub mod wire;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use reqwest::RequestBuilder;
use serde_json::Value;

pub use self::status::{Status, UnknownStatus};
use self::token::{Account, is_about_the_scope};
pub use self::wire::Link;
use crate::clock::Clock;
use crate::config::{SecretError, SeekPassSettings};
use crate::credential::{Credential, CredentialType};
pub use crate::http::{Failure, Outcome, Pause, Timeouts};
use crate::http::{Http, HttpError};

/// How many submissions one call may ask about, as the partner guide says.
pub const MOST_IDS: usize = 30;

/// The largest answer to an add call that is read, in bytes.
const MOST_OF_A_LINK: usize = 64 * 1024;
/// The largest answer about statuses that is read, in bytes.
const MOST_OF_STATUSES: usize = 256 * 1024;

/// Why there is no client.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// The secret of the account cannot be had.
    #[error(transparent)]
    Secret(#[from] SecretError),
    /// The base URL is none.
    #[error("seek_pass.base_url is no web address: {0}")]
    BaseUrl(String),
    /// The program has not installed what TLS needs.
    #[error("no TLS provider is installed")]
    NoTls,
    /// TLS cannot be set up, most likely for want of root certificates.
    #[error("the connection to SEEK Pass cannot be set up: {0:?}")]
    Http(reqwest::Error),
}

impl From<HttpError> for ClientError {
    fn from(error: HttpError) -> Self {
        match error {
            HttpError::Address(problem) => Self::BaseUrl(problem),
            HttpError::NoTls => Self::NoTls,
            HttpError::Setup(error) => Self::Http(error),
        }
    }
}

/// The partner account at SEEK Pass, cheap to clone; clones share connections and token.
#[derive(Clone)]
pub struct SeekPass(Arc<Shared>);

struct Shared {
    http: Http,
    account: Account,
    clock: Clock,
    /// The types of credentials whose scopes may be asked for to ask for statuses.
    in_use: Mutex<Vec<CredentialType>>,
}

impl SeekPass {
    /// A client for this account; nothing is called yet.
    ///
    /// # Errors
    /// A [`ClientError`]; also when no TLS provider was installed, even if the base URL has no TLS.
    pub fn new(settings: &SeekPassSettings, clock: &Clock, timeouts: Timeouts) -> Result<Self, ClientError> {
        let http = Http::new(&settings.base_url, timeouts)?;
        let account = Account::new(settings, clock)?;
        let in_use = Mutex::new(vec![CredentialType::Education]);
        Ok(Self(Arc::new(Shared { http, account, clock: clock.clone(), in_use })))
    }

    /// Says which types of credentials the ledger holds: only for these is a token fetched to ask for statuses.
    pub fn uses(&self, types: Vec<CredentialType>) {
        if !types.is_empty() {
            *self.0.in_use.lock().unwrap_or_else(PoisonError::into_inner) = types;
        }
    }

    /// Whether a token for credentials of this type can be had: refused when SEEK Pass does not know the account, does not
    /// grant it the scope, or is not at this address.
    pub async fn sign_in(&self, of: CredentialType) -> Outcome<()> {
        self.0.account.token(&self.0.http, of).await.and_then(|_| Outcome::Accepted(()))
    }

    /// Whether there is a token already, so that a call would not begin with fetching one.
    #[must_use]
    pub fn is_signed_in(&self, of: CredentialType) -> bool {
        self.0.account.tokens(of).at_hand().is_some()
    }

    /// Submits a credential under an id of ours. An unknown outcome may have made the submission; the same id is to be
    /// sent again, and leads to the same link.
    pub async fn add(&self, id: &str, credential: &Credential) -> Outcome<Link> {
        self.add_in_turn(id, credential, || std::future::ready(())).await
    }

    /// The same, for a caller with a pace: a call that is repeated with a new token waits for its `turn` again.
    pub async fn add_in_turn<T: Future<Output = ()>>(
        &self,
        id: &str,
        credential: &Credential,
        turn: impl Fn() -> T,
    ) -> Outcome<Link> {
        let of = credential.credential_type();
        let (path, body) = (of.spec().path, wire::submission(id, credential));
        self.call((Some(of), path), &body, MOST_OF_A_LINK, turn).await.and_then(|answer| {
            match wire::link(&answer) {
                Ok(link) => Outcome::Accepted(link),
                Err(unusable) => Outcome::Unknown(Failure::new(format!(
                    "SEEK Pass accepted /{path}, but its answer holds {unusable}; the same call again is safe"
                ))),
            }
        })
    }

    /// The statuses of up to [`MOST_IDS`] submissions. An id that SEEK Pass says nothing about is missing from them.
    /// Never unknown, since asking changes nothing.
    pub async fn statuses(&self, ids: &[String]) -> Outcome<BTreeMap<String, Status>> {
        if ids.is_empty() {
            return Outcome::Accepted(BTreeMap::new());
        }
        if ids.len() > MOST_IDS {
            return Outcome::Refused(Failure::new(format!(
                "SEEK Pass takes {MOST_IDS} ids a call, not {}",
                ids.len()
            )));
        }
        let path = wire::STATUSES;
        let answer = self
            .call((None, path), &wire::question(ids), MOST_OF_STATUSES, || std::future::ready(()))
            .await
            .without_doubt();
        answer.and_then(|answer| match wire::statuses(&answer) {
            Ok(mut statuses) => {
                statuses.retain(|id, _| ids.contains(id));
                Outcome::Accepted(statuses)
            }
            Err(unusable) => Outcome::TryLater(Failure::new(format!(
                "SEEK Pass accepted /{path}, but its answer holds {unusable}"
            ))),
        })
    }

    /// Calls with a token for credentials of a type, or with any; and once more with a new one if that is refused.
    async fn call<T: Future<Output = ()>>(
        &self,
        (of, path): (Option<CredentialType>, &str),
        sent: &Value,
        most: usize,
        turn: impl Fn() -> T,
    ) -> Outcome<Vec<u8>> {
        let Shared { http, account, clock, in_use } = &*self.0;
        let mut is_last = false;
        loop {
            let (signed, token) = if let Some(of) = of {
                (of, account.token(http, of).await)
            } else {
                let in_use = in_use.lock().unwrap_or_else(PoisonError::into_inner).clone();
                account.any_token(http, &in_use).await
            };
            let token = match token {
                Outcome::Accepted(token) => token,
                // the account is to blame and not what would have been sent
                Outcome::TryLater(trouble) | Outcome::Refused(trouble) | Outcome::Unknown(trouble) => {
                    return Outcome::TryLater(trouble);
                }
            };
            if is_last {
                turn().await;
            }
            let authorized = |request: RequestBuilder| request.bearer_auth(token.expose()).json(sent);
            match http.post(path, most, authorized).await {
                Ok(answer) if answer.status == 401 && !is_last => account.tokens(signed).forget(&token),
                Ok(answer)
                    if of.is_some()
                        && is_about_the_scope(answer.status, answer.body.as_deref().unwrap_or_default()) =>
                {
                    let said = answer::said(answer.status, path, "");
                    return Outcome::TryLater(account.withhold(signed, &said));
                }
                Ok(answer) => return answer.outcome(path, sent, clock.now()),
                Err(silence) => return silence.outcome(path),
            }
            is_last = true;
        }
    }
}
