//! A mailbox on a server, by IMAP (RFC 3501): what is unread there, oldest first, in pieces that memory holds. What was read
//! is marked only when it is in the ledger; nothing is deleted.

mod connection;

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use imap_proto::{AttributeValue, Capability, MailboxDatum, Response, ResponseCode};
use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};

use super::{MOST, Raw};
use crate::bounce::reading::Fate;
use crate::bounce::report::LARGEST;
use crate::clock::Clock;
use crate::config::MailboxUrl;
use connection::{Connection, Done, Lost};

/// So many messages are asked for, and share a commit.
const GROUP: usize = 100;

/// So many bytes of them, unless one is longer by itself.
const AT_ONCE: usize = 4 * LARGEST;

/// How long each may take.
#[derive(Debug, Clone, Copy)]
pub struct Timeouts {
    /// Connecting, TLS, login, opening the mailbox and looking for what is unread, together.
    pub opening: Duration,
    /// Each command then.
    pub command: Duration,
    /// LOGOUT, after which nothing matters any more.
    pub logout: Duration,
    /// All of it, by the clock; what is left is read the next time.
    pub whole: Duration,
}

impl Timeouts {
    /// Long enough for a slow server, and short against a night.
    pub const USUAL: Self = Self {
        opening: Duration::from_mins(2),
        command: Duration::from_mins(2),
        logout: Duration::from_secs(5),
        whole: Duration::from_mins(30),
    };
}

/// Why a mailbox cannot be read. Neither the user nor anything that the server said is repeated.
#[derive(Debug, thiserror::Error)]
#[error("{place}: {problem}")]
pub struct MailboxError {
    place: String,
    problem: String,
    /// It may pass: the next reading goes on.
    pub is_temporary: bool,
}

/// The same, before it is said where.
enum Failure {
    Later(String),
    Refused(&'static str),
}

impl From<Lost> for Failure {
    fn from(Lost(why): Lost) -> Self {
        Self::Later(why)
    }
}

/// A mailbox that is open.
pub struct Mailbox {
    place: String,
    connection: Connection,
    timeouts: Timeouts,
    clock: Clock,
    until: Timestamp,
    /// Unread and not asked for yet, by UID.
    unread: VecDeque<u32>,
    /// The next of them, with their sizes in bytes.
    next: VecDeque<(u32, usize)>,
    /// What was given last.
    given: Vec<u32>,
    /// Messages that are there, and that the server did not give.
    withheld: usize,
}

impl Mailbox {
    /// Connects, logs in, opens the mailbox, and looks for what is unread there.
    ///
    /// # Errors
    /// A [`MailboxError`]: for a while while the server is away, and else when it refuses the login or the mailbox.
    pub async fn open(
        url: &MailboxUrl,
        password: &SecretString,
        clock: &Clock,
        timeouts: Timeouts,
    ) -> Result<Self, MailboxError> {
        let place = url.to_string();
        let opening = async {
            let mut connection = Connection::open(url).await?;
            if !connection.greeting().await? {
                log_in(&mut connection, &url.user, password).await?;
            }
            select(&mut connection, &url.name).await?;
            let unread = search(&mut connection).await?;
            Ok((connection, unread))
        };
        match within(timeouts.opening, opening).await {
            Ok((connection, unread)) => Ok(Self {
                place,
                connection,
                timeouts,
                clock: clock.clone(),
                until: clock.now() + timeouts.whole,
                unread: unread.into(),
                next: VecDeque::new(),
                given: Vec::new(),
                withheld: 0,
            }),
            Err(failure) => Err(failure.at(&place)),
        }
    }

    /// How many messages are unread and were not given yet.
    #[must_use]
    pub fn unread(&self) -> usize {
        self.unread.len() + self.next.len()
    }

    /// The next messages, no more of each than is looked at; none when all were given. No more than a certain number at
    /// once: the rest the next time.
    ///
    /// # Errors
    /// A [`MailboxError`] when there is no answer, or the time is over.
    pub async fn next(&mut self) -> Result<Option<Vec<Raw>>, MailboxError> {
        let given = self.give().await.map_err(|failure| failure.at(&self.place))?;
        if given.is_empty() {
            return Ok(None);
        }
        let (uids, messages) = given.into_iter().map(|(uid, bytes)| (uid, Raw::from(bytes))).unzip();
        self.given = uids;
        Ok(Some(messages))
    }

    /// Marks what was given last as read, and flags what somebody should read. What it says has to be in the ledger by now.
    ///
    /// # Errors
    /// A [`MailboxError`] when the server did not say that they are marked; then they may be read once more, which does no
    /// harm.
    pub async fn mark(&mut self, fates: &[Fate]) -> Result<(), MailboxError> {
        for (fate, flags) in [(Fate::Done, r"\Seen"), (Fate::ForAPerson, r"\Seen \Flagged")] {
            let of_fate = self.given.iter().zip(fates).filter(|(_, of)| **of == fate);
            let uids: Vec<_> = of_fate.map(|(uid, _)| *uid).collect();
            if !uids.is_empty() {
                let command = format!("UID STORE {} +FLAGS.SILENT ({flags})", set(&uids));
                let marked = self.command(&command, |_| ()).await.and_then(|done| taken(done, "UID STORE"));
                marked.map_err(|failure| failure.at(&self.place))?;
            }
        }
        Ok(())
    }

    /// Says goodbye.
    ///
    /// # Errors
    /// A [`MailboxError`] when the server kept messages to itself; everything else was read.
    pub async fn close(mut self) -> Result<(), MailboxError> {
        // nothing depends on the answer
        let _ =
            tokio::time::timeout(self.timeouts.logout, self.connection.command("LOGOUT", None, |_| ())).await;
        match self.withheld {
            0 => Ok(()),
            withheld => {
                Err(Failure::Later(format!("the server does not hand over {withheld} of its messages"))
                    .at(&self.place))
            }
        }
    }

    async fn give(&mut self) -> Result<Vec<(u32, Vec<u8>)>, Failure> {
        loop {
            if self.next.is_empty() && self.unread.is_empty() {
                return Ok(Vec::new());
            }
            if self.clock.now() >= self.until {
                let minutes = self.timeouts.whole.as_secs() / 60;
                return Err(Failure::Later(format!(
                    "{} messages are left after {minutes} minutes",
                    self.unread()
                )));
            }
            if self.next.is_empty() {
                self.next = self.sizes().await?.into();
                continue;
            }
            let mut bytes = 0;
            let mut uids = Vec::new();
            while let Some((uid, size)) = self.next.front().copied()
                && (uids.is_empty() || bytes + size <= AT_ONCE)
            {
                self.next.pop_front();
                bytes += size;
                uids.push(uid);
            }
            let given = self.contents(&uids).await?;
            self.withheld += uids.len() - given.len();
            if !given.is_empty() {
                return Ok(given.into_iter().collect());
            }
        }
    }

    /// The next messages with as many bytes as are wanted of them.
    async fn sizes(&mut self) -> Result<Vec<(u32, usize)>, Failure> {
        let uids: Vec<_> = self.unread.drain(..GROUP.min(self.unread.len())).collect();
        let mut sizes = BTreeMap::new();
        let hear = |response: Option<Response<'_>>| {
            let Some(Response::Fetch(_, attributes)) = response else { return };
            let size = attributes.iter().find_map(|attribute| match attribute {
                AttributeValue::Rfc822Size(size) => usize::try_from(*size).ok(),
                _ => None,
            });
            if let (Some(uid), Some(size)) = (asked(&attributes, &uids), size) {
                sizes.insert(uid, size.min(LARGEST));
            }
        };
        let command = format!("UID FETCH {} (UID RFC822.SIZE)", set(&uids));
        taken(self.command(&command, hear).await?, "UID FETCH")?;
        self.withheld += uids.len() - sizes.len();
        Ok(sizes.into_iter().collect())
    }

    /// Messages, as far as the server gives them: one that it has lost must not keep back the others.
    async fn contents(&mut self, uids: &[u32]) -> Result<BTreeMap<u32, Vec<u8>>, Failure> {
        let mut given = BTreeMap::new();
        let done = self.content(uids, &mut given).await?;
        if done != Done::Yes && uids.len() > 1 {
            for uid in uids {
                if !given.contains_key(uid) {
                    self.content(&[*uid], &mut given).await?;
                }
            }
        }
        Ok(given)
    }

    async fn content(&mut self, uids: &[u32], given: &mut BTreeMap<u32, Vec<u8>>) -> Result<Done, Failure> {
        let hear = |response: Option<Response<'_>>| {
            let Some(Response::Fetch(_, mut attributes)) = response else { return };
            let Some(uid) = asked(&attributes, uids) else { return };
            for attribute in &mut attributes {
                if let AttributeValue::BodySection { section: None, data, .. } = attribute
                    && let Some(data) = data.take()
                {
                    given.insert(uid, data.into_owned());
                }
            }
        };
        let command = format!("UID FETCH {} (UID BODY.PEEK[]<0.{LARGEST}>)", set(uids));
        self.command(&command, hear).await
    }

    async fn command(
        &mut self,
        command: &str,
        hear: impl FnMut(Option<Response<'_>>),
    ) -> Result<Done, Failure> {
        within(self.timeouts.command, async { Ok(self.connection.command(command, None, hear).await?) }).await
    }
}

/// Says who we are, in the way that the server knows (RFC 3501 §6.2, RFC 4959).
async fn log_in(connection: &mut Connection, user: &str, password: &SecretString) -> Result<(), Failure> {
    let (mut takes_plain, mut takes_it_at_once, mut takes_no_login) = (false, false, false);
    let hear = |response: Option<Response<'_>>| {
        let Some(Response::Capabilities(capabilities)) = response else { return };
        for capability in capabilities {
            match capability {
                Capability::Auth(way) => takes_plain |= way.eq_ignore_ascii_case("PLAIN"),
                Capability::Atom(atom) => {
                    takes_it_at_once |= atom.eq_ignore_ascii_case("SASL-IR");
                    takes_no_login |= atom.eq_ignore_ascii_case("LOGINDISABLED");
                }
                Capability::Imap4rev1 => {}
            }
        }
    };
    let done = connection.command("CAPABILITY", None, hear).await?;
    taken(done, "CAPABILITY")?;
    let password = password.expose_secret();
    let plain = BASE64_STANDARD.encode(format!("\0{user}\0{password}"));
    let done = if takes_plain && takes_it_at_once {
        connection.command(&format!("AUTHENTICATE PLAIN {plain}"), None, |_| ()).await?
    } else if takes_plain {
        connection.command("AUTHENTICATE PLAIN", Some(&plain), |_| ()).await?
    } else if takes_no_login {
        return Err(Failure::Refused("the server takes no password here"));
    } else {
        let (Some(user), Some(password)) = (quoted(user), quoted(password)) else {
            return Err(Failure::Refused("the server takes only passwords in ASCII"));
        };
        connection.command(&format!("LOGIN {user} {password}"), None, |_| ()).await?
    };
    match done {
        Done::Yes | Done::ReadOnly => Ok(()),
        Done::NotNow => Err(Failure::Later("the server takes no logins at the moment".to_owned())),
        Done::No => Err(Failure::Refused(
            "the server refuses the login; put right the user in the address, or the password in bounces.password_file",
        )),
    }
}

async fn select(connection: &mut Connection, name: &str) -> Result<(), Failure> {
    let name = quoted(name).unwrap_or_default();
    let mut can_be_marked = true;
    let hear = |response: Option<Response<'_>>| {
        if let Some(Response::Data { outcome, .. }) = response
            && let Some(ResponseCode::PermanentFlags(flags)) = outcome.code
        {
            can_be_marked = flags.iter().any(|flag| flag.eq_ignore_ascii_case(r"\Seen"));
        }
    };
    match connection.command(&format!("SELECT {name}"), None, hear).await? {
        Done::Yes if can_be_marked => Ok(()),
        Done::Yes | Done::ReadOnly => Err(Failure::Refused(
            "the login may not mark messages as read there, so that all of them would be read again each time",
        )),
        Done::NotNow => Err(Failure::Later("the server does not open the mailbox at the moment".to_owned())),
        Done::No => Err(Failure::Refused("the server has no such mailbox, or the login may not open it")),
    }
}

/// What is unread, by UID, oldest first.
async fn search(connection: &mut Connection) -> Result<Vec<u32>, Failure> {
    let (mut unread, mut is_garbled) = (Vec::new(), false);
    let hear = |response: Option<Response<'_>>| match response {
        Some(Response::MailboxData(MailboxDatum::Search(uids))) => unread.extend(uids),
        Some(_) => {}
        // it may have been the messages
        None => is_garbled = true,
    };
    taken(connection.command("UID SEARCH UNSEEN", None, hear).await?, "UID SEARCH")?;
    if is_garbled {
        return Err(Failure::Later("the answer to UID SEARCH is no IMAP".to_owned()));
    }
    unread.sort_unstable();
    unread.dedup();
    unread.truncate(MOST);
    Ok(unread)
}

/// The UID that a response is about, where it was asked for.
fn asked(attributes: &[AttributeValue<'_>], uids: &[u32]) -> Option<u32> {
    let uid = |attribute: &AttributeValue<'_>| match attribute {
        AttributeValue::Uid(uid) => Some(*uid),
        _ => None,
    };
    attributes.iter().find_map(uid).filter(|uid| uids.contains(uid))
}

fn set(uids: &[u32]) -> String {
    uids.iter().map(u32::to_string).collect::<Vec<_>>().join(",")
}

/// A text as a quoted string, which has no other characters than these (RFC 3501 §9).
fn quoted(text: &str) -> Option<String> {
    let fits = text.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic());
    fits.then(|| format!("\"{}\"", text.replace('\\', r"\\").replace('"', "\\\"")))
}

/// A command that nothing of the settings speaks against is refused for a while.
fn taken(done: Done, command: &str) -> Result<(), Failure> {
    if done == Done::Yes { Ok(()) } else { Err(Failure::Later(format!("the server refuses {command}"))) }
}

async fn within<T>(limit: Duration, answer: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    let late = |_| Failure::Later(format!("no answer within {} seconds", limit.as_secs_f32()));
    tokio::time::timeout(limit, answer).await.map_err(late)?
}

impl Failure {
    fn at(self, place: &str) -> MailboxError {
        let place = place.to_owned();
        match self {
            Self::Later(why) => {
                MailboxError { place, problem: format!("{why}; the next run reads on"), is_temporary: true }
            }
            Self::Refused(why) => MailboxError { place, problem: why.to_owned(), is_temporary: false },
        }
    }
}
