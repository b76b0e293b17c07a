//! Reading notifications into the ledger: bytes → facts → whose → what → written down. Whatever dies in between, reading
//! them again comes to the same.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::Serialize;

use super::classify::{Kind, Verdict, classify};
use super::identify::{Identifier, Identity};
use super::report;
use super::source::Raw;
use super::source::mailbox::{Mailbox, MailboxError};
use crate::store::{Addressee, Bounce, Store, StoreError, Taken, Writer};

/// What the messages were that were read. `read` is all; of these `ours`, `forged`, `by_address`, `foreign` and
/// `unreadable`; `ours` is the sum of the kinds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Messages.
    pub read: i64,
    /// About a message of ours, proved by the key.
    pub ours: i64,
    /// How many of each kind.
    #[serde(flatten)]
    pub kinds: BTreeMap<&'static str, i64>,
    /// Messages that have bounced by it.
    pub bounced: i64,
    /// Told before.
    pub repeated: i64,
    /// Not delivered, and nothing changes: an older message or address, or the graduate has come to the page since.
    pub noted: i64,
    /// Looks like ours, and the key says no.
    pub forged: i64,
    /// Names a graduate's address, and proves nothing: anybody can write that.
    pub by_address: i64,
    /// About nothing of ours.
    pub foreign: i64,
    /// No message.
    pub unreadable: i64,
    /// Why the reading stopped early, if it did; the next one goes on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stopped: Option<String>,
    /// Student ids, by kind.
    pub students: BTreeMap<&'static str, BTreeSet<String>>,
}

/// Why a mailbox was not read to its end.
#[derive(Debug)]
pub enum ReadingError {
    /// The ledger cannot be used.
    Store(StoreError),
    /// The mailbox cannot.
    Mailbox(MailboxError),
}

/// Who should see a message after it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// Nobody.
    Done,
    /// Somebody: a person wrote it, or nobody can tell what it is.
    ForAPerson,
}

/// Reads notifications into the ledger.
pub struct Reading {
    store: Store,
    writer: Writer,
    identifier: Identifier,
    now: Timestamp,
    counts: Counts,
}

const CONTRADICTORY: Verdict = Verdict {
    kind: Kind::Person,
    code: None,
    reason: "names two messages of ours, so nobody can tell which it is about",
    is_forwarded: false,
};

/// A message about one of ours.
struct Ours {
    student_id: String,
    verdict: Verdict,
    message_id: i64,
}

impl Reading {
    /// Into this ledger, at `now`.
    #[must_use]
    pub fn new(store: Store, writer: Writer, identifier: Identifier, now: Timestamp) -> Self {
        let kinds = Kind::ALL.map(|kind| (kind.word(), 0)).into();
        Self { store, writer, identifier, now, counts: Counts { kinds, ..Counts::default() } }
    }

    /// What was read so far.
    #[must_use]
    pub fn into_counts(self) -> Counts {
        self.counts
    }

    /// Reads some messages; what they say is in the ledger when this returns.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be used; then nothing of them is written down.
    pub async fn take(&mut self, messages: &[Raw]) -> Result<Vec<Fate>, StoreError> {
        let (mut fates, mut ours, mut foreign) = (Vec::new(), Vec::new(), Vec::new());
        for message in messages {
            self.counts.read += 1;
            let Some(report) = report::read(&message.bytes, &message.recipients) else {
                self.counts.unreadable += 1;
                fates.push(Fate::ForAPerson);
                continue;
            };
            let identity = self.identifier.identify(&report);
            let found = match identity {
                Identity::Ours(message) => self.ours(message, |address| classify(&report, address)).await?,
                Identity::Contradictory(message) => self.ours(message, |_| CONTRADICTORY).await?,
                Identity::Forged | Identity::Foreign => None,
            };
            let is_done = found.as_ref().is_some_and(|one| one.verdict.kind != Kind::Person);
            fates.push(if is_done { Fate::Done } else { Fate::ForAPerson });
            match found {
                Some(one) => ours.push(one),
                None if identity == Identity::Forged => self.counts.forged += 1,
                None => foreign.push(report.clues.mentioned),
            }
        }
        self.count_foreign(&foreign).await?;
        self.write(ours).await?;
        Ok(fates)
    }

    /// Reads what is unread in a mailbox; what it says is in the ledger before it is marked as read.
    ///
    /// # Errors
    /// A [`ReadingError`]; what was marked until then was read.
    pub async fn read_mailbox(&mut self, mut mailbox: Mailbox) -> Result<(), ReadingError> {
        while let Some(messages) = mailbox.next().await.map_err(ReadingError::Mailbox)? {
            let fates = self.take(&messages).await.map_err(ReadingError::Store)?;
            mailbox.mark(&fates).await.map_err(ReadingError::Mailbox)?;
        }
        mailbox.close().await.map_err(ReadingError::Mailbox)
    }

    /// A message of ours, with what is said of it; none where it is gone with its graduate.
    async fn ours(
        &self,
        message_id: i64,
        verdict: impl FnOnce(&str) -> Verdict,
    ) -> Result<Option<Ours>, StoreError> {
        let found = self.store.addressee(message_id).await?;
        Ok(found.map(|Addressee { student_id, email }| Ours {
            student_id,
            verdict: verdict(&email),
            message_id,
        }))
    }

    /// What names a graduate and proves nothing is told apart from what is about nobody of ours.
    async fn count_foreign(&mut self, mentioned: &[Vec<String>]) -> Result<(), StoreError> {
        if mentioned.is_empty() {
            return Ok(());
        }
        let known = self.store.known_addresses(&mentioned.concat()).await?;
        for addresses in mentioned {
            if addresses.iter().any(|address| known.contains(address)) {
                self.counts.by_address += 1;
            } else {
                self.counts.foreign += 1;
            }
        }
        Ok(())
    }

    async fn write(&mut self, ours: Vec<Ours>) -> Result<(), StoreError> {
        if ours.is_empty() {
            return Ok(());
        }
        let bounces = ours.iter().map(|Ours { verdict, message_id, .. }| Bounce {
            message_id: *message_id,
            kind: verdict.kind.word(),
            is_failure: verdict.kind.is_failure(),
            code: verdict.code.map(|code| code.to_string()).unwrap_or_default(),
            reason: verdict.reason,
            is_forwarded: verdict.is_forwarded,
        });
        let taken = self.writer.record_bounces(bounces.collect(), self.now).await?;
        for (one, taken) in ours.into_iter().zip(taken) {
            let kind = one.verdict.kind;
            self.counts.ours += 1;
            *self.counts.kinds.entry(kind.word()).or_default() += 1;
            self.counts.students.entry(kind.word()).or_default().insert(one.student_id);
            match taken {
                Taken::Marked => self.counts.bounced += 1,
                Taken::Repeated => self.counts.repeated += 1,
                Taken::Noted if kind.is_failure() => self.counts.noted += 1,
                Taken::Noted => {}
            }
        }
        Ok(())
    }
}
