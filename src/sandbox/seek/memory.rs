//! What the stand-in remembers: tokens, submissions and who called when.

use std::collections::HashMap;
use std::io;
use std::time::Instant;

use jiff::{SignedDuration, Timestamp};
use rand::rngs::{StdRng, SysRng};
use rand::{Rng, RngExt, SeedableRng};
use serde_json::Value;

use super::schema::{Kind, Submitted};
use super::{Endpoint, Shared};

/// How long SEEK Pass keeps what nobody finished.
const LIFETIME: SignedDuration = SignedDuration::from_hours(48);

/// How a submission was finished.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    Verified,
    Canceled,
}

/// One request of SEEK Pass, behind one link.
#[derive(Clone)]
pub(super) struct Submission {
    pub(super) credential: Value,
    pub(super) document_type: String,
    pub(super) document: Option<String>,
    kind: Kind,
    content: String,
    pub(super) made: Timestamp,
    end: Option<(End, Timestamp)>,
    /// A status that was put in the stand-in's mouth.
    said: Option<(String, Timestamp)>,
}

impl Submission {
    /// The status as the API words it, and since when it is final.
    pub(super) fn status(&self, now: Timestamp) -> (&str, Option<Timestamp>) {
        if let Some((status, at)) = &self.said {
            return (status, Some(*at));
        }
        match self.end {
            Some((End::Verified, at)) => ("verified", Some(at)),
            Some((End::Canceled, at)) => ("canceled", Some(at)),
            None if self.lapsed(now) => ("canceled", self.made.checked_add(LIFETIME).ok()),
            None => ("incomplete", None),
        }
    }

    /// Whether its 48 hours are over, whatever came of it.
    fn lapsed(&self, now: Timestamp) -> bool {
        now.duration_since(self.made) >= LIFETIME
    }

    /// Whether its id is free for a new submission.
    fn forgotten(&self, now: Timestamp) -> bool {
        self.lapsed(now) && !matches!(self.end, Some((End::Verified, _)))
    }
}

/// What a token is good for.
#[derive(Clone)]
pub(super) struct Granted {
    pub(super) expires: Timestamp,
    pub(super) scopes: Vec<String>,
}

/// Everything the stand-in remembers.
pub(super) struct Memory {
    /// Each token.
    pub(super) tokens: HashMap<String, Granted>,
    pub(super) calls: HashMap<Endpoint, usize>,
    pub(super) add_calls: Vec<Instant>,
    pub(super) ids: Vec<String>,
    pub(super) made: usize,
    submissions: HashMap<String, Submission>,
    random: StdRng,
}

impl Memory {
    pub(super) fn new() -> io::Result<Self> {
        let random = StdRng::try_from_rng(&mut SysRng).map_err(io::Error::other)?;
        Ok(Self {
            tokens: HashMap::new(),
            calls: HashMap::new(),
            add_calls: Vec::new(),
            ids: Vec::new(),
            made: 0,
            submissions: HashMap::new(),
            random,
        })
    }

    /// The same memory once more, with chance of its own.
    pub(super) fn copied(&self, random: StdRng) -> Self {
        Self {
            tokens: self.tokens.clone(),
            calls: self.calls.clone(),
            add_calls: self.add_calls.clone(),
            ids: self.ids.clone(),
            made: self.made,
            submissions: self.submissions.clone(),
            random,
        }
    }

    /// A source of chance for another memory.
    pub(super) fn other_random(&mut self) -> StdRng {
        StdRng::from_rng(&mut self.random)
    }

    pub(super) fn submission(&self, id: &str) -> Option<&Submission> {
        self.submissions.get(id)
    }

    /// Takes an accepted add call; the submission is a new one unless the id is still known.
    pub(super) fn add(&mut self, (kind, submitted): (Kind, &Submitted<'_>), now: Timestamp) -> &Submission {
        let id = submitted.id;
        self.ids.push(id.to_owned());
        if self.submissions.get(id).is_some_and(|known| known.forgotten(now)) {
            self.submissions.remove(id);
        }
        let (made, random) = (&mut self.made, &mut self.random);
        self.submissions.entry(id.to_owned()).or_insert_with(|| {
            *made += 1;
            Submission {
                credential: submitted.credential.clone(),
                document_type: submitted.document_type.to_owned(),
                document: submitted.document.map(str::to_owned),
                kind,
                content: uuid(random),
                made: now,
                end: None,
                said: None,
            }
        })
    }

    /// Moves an unfinished submission on.
    pub(super) fn finish(&mut self, id: &str, end: End, now: Timestamp) -> bool {
        match self.submissions.get_mut(id) {
            Some(submission) if submission.end.is_none() && !submission.lapsed(now) => {
                submission.end = Some((end, now));
                true
            }
            _ => false,
        }
    }

    /// Puts a status in the stand-in's mouth.
    pub(super) fn say(&mut self, id: &str, status: &str, now: Timestamp) -> bool {
        let submission = self.submissions.get_mut(id);
        submission.map(|submission| submission.said = Some((status.to_owned(), now))).is_some()
    }

    /// The id behind a link's `content`.
    pub(super) fn behind(&self, content: &str) -> Option<String> {
        let mut submissions = self.submissions.iter();
        submissions.find(|(_, submission)| submission.content == content).map(|(id, _)| id.clone())
    }

    /// Makes a token in the shape of the guide's sample: a JWT with `iat` and `exp`, its signature of no meaning.
    pub(super) fn new_token(&mut self, now: Timestamp, lifetime: SignedDuration, scopes: &str) -> String {
        let expires = now.checked_add(lifetime).unwrap_or(Timestamp::MAX);
        let claims = format!("{{\"iat\":{},\"exp\":{}}}", now.as_second(), expires.as_second());
        let mut signature = [0; 64];
        self.random.fill_bytes(&mut signature);
        let parts = [&b"{\"alg\":\"HS512\"}"[..], claims.as_bytes(), &signature].map(base64url);
        let token = parts.join(".");
        let scopes = scopes.split(' ').map(str::to_owned).collect();
        self.tokens.insert(token.clone(), Granted { expires, scopes });
        token
    }
}

impl Shared {
    /// The link of a submission, everything behind the `#`.
    pub(super) fn link(&self, submission: &Submission) -> String {
        let Submission { document_type, kind, content, .. } = submission;
        let kind = kind.of_link();
        let (base, client) = (self.public_url(), &self.settings.client_id);
        format!("{base}/partner/add/{kind}#clientId={client}&documentType={document_type}&content={content}")
    }
}

/// A random UUID, version 4.
fn uuid(random: &mut StdRng) -> String {
    let bits = random.random::<u128>();
    let hex = format!("{:032x}", bits & !(0xf << 76) & !(0xc << 60) | 0x4 << 76 | 0x8 << 60);
    [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-")
}

/// Base64 for URLs, without padding: not worth a crate for the one token of a stand-in.
fn base64url(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let group =
            chunk.iter().chain(&[0; 2]).take(3).fold(0, |group, byte| group << 8 | usize::from(*byte));
        for index in 0..=chunk.len() {
            text.push(char::from(ALPHABET[group >> (18 - 6 * index) & 63]));
        }
    }
    text
}
