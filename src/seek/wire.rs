//! What goes over the wire, version 1 of the partner API: paths, bodies, and answers as plain functions of bytes.
//!
//! Whatever differs between the types of credentials stands in their files ([`crate::credential::TypeSpec`]); what differs
//! between versions is in this file.

use std::collections::BTreeMap;
use std::fmt;

use reqwest::Url;
use serde_json::{Value, json};

use super::Status;
use crate::credential::Credential;
use crate::http;
pub use crate::http::Unusable;

/// Where tokens come from, below the base URL.
pub const TOKEN: &str = "api/partner/v1/oauth/token.json";
/// Where the statuses of submissions are asked for, below the base URL.
pub const STATUSES: &str = "api/partner/v1/submissions/status.json";
/// The body of an add call: personal, never for a log.
#[must_use]
pub fn submission(id: &str, credential: &Credential) -> Value {
    let mut data = json!({ "credential": credential });
    if let Some(document) = credential.document() {
        data["document"] = document.content().into();
    }
    json!({
        "id": id,
        "document_type": credential.document_type(),
        "credential_type": credential.credential_type().spec().name,
        "data": data,
    })
}

/// The body of a call for the statuses of submissions.
#[must_use]
pub fn question(ids: &[String]) -> Value {
    json!({ "ids": ids })
}

/// Where a graduate is sent. Whoever opens it first and logs in owns the credential, so it is as secret as a code; it
/// is passed on as it came.
#[derive(Clone, PartialEq, Eq)]
pub struct Link(String);

impl Link {
    /// The longest link that is believed, in bytes: it has to fit into a header.
    pub const LONGEST: usize = 4096;

    /// Takes a link as SEEK Pass gave it, or as it was kept.
    ///
    /// # Errors
    /// [`Unusable`] when it is no absolute web address that a `Location` header can carry.
    pub fn parse(link: &str) -> Result<Self, Unusable> {
        if link.len() > Self::LONGEST {
            return Err(Unusable("a redirect_uri that is too long"));
        }
        let is_web = ["http://", "https://"].iter().any(|scheme| {
            link.get(..scheme.len()).is_some_and(|beginning| beginning.eq_ignore_ascii_case(scheme))
        });
        if !is_web || !link.bytes().all(|byte| byte.is_ascii_graphic()) || Url::parse(link).is_err() {
            return Err(Unusable("a redirect_uri that is no web address"));
        }
        Ok(Self(link.to_owned()))
    }

    /// The link itself: for the graduate's browser, never for a log.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Debug output ends up in logs and panics, so it says nothing.
impl fmt::Debug for Link {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Link(…)")
    }
}

/// The link in the answer to an add call; whatever else is in it does not matter.
///
/// # Errors
/// [`Unusable`] when there is none.
pub fn link(answer: &[u8]) -> Result<Link, Unusable> {
    match http::json(answer)?.get("redirect_uri") {
        None => Err(Unusable("no redirect_uri")),
        Some(Value::String(link)) => Link::parse(link),
        Some(_) => Err(Unusable("a redirect_uri that is no text")),
    }
}

/// The statuses in an answer, by submission id. Entries without an id are passed over, words that nobody knows are
/// [`Status::Unknown`].
///
/// # Errors
/// [`Unusable`] when there is no list of them.
pub fn statuses(answer: &[u8]) -> Result<BTreeMap<String, Status>, Unusable> {
    let answer = http::json(answer)?;
    let Some(entries) = answer.get("credentials").and_then(Value::as_array) else {
        return Err(Unusable("no list of credentials"));
    };
    Ok(entries
        .iter()
        .filter_map(|entry| Some((entry.get("id")?.as_str()?.to_owned(), Status::of(entry))))
        .collect())
}

#[cfg(test)]
mod tests;
