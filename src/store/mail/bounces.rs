//! What notifications say of messages, and what follows.

use jiff::{SignedDuration, Timestamp};

use crate::clock::after;
use crate::store::moment::{MaybeMoment, Moment};
use crate::store::{Connection, Store, StoreError, Writer};

/// What comes back of a message that left so long ago changes nothing any more.
const LATEST: SignedDuration = SignedDuration::from_hours(30 * 24);

/// What a notification said of a message of ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bounce {
    /// Of which message.
    pub message_id: i64,
    /// The word of its kind.
    pub kind: &'static str,
    /// Whether the message was not delivered.
    pub is_failure: bool,
    /// The enhanced status code; empty where there is none.
    pub code: String,
    /// In words of ours.
    pub reason: &'static str,
    /// It is about an address to which the graduate's forwards.
    pub is_forwarded: bool,
}

/// What became of a notification in the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// The message has bounced by it.
    Marked,
    /// It is written down, and changes nothing.
    Noted,
    /// It was known.
    Repeated,
}

/// Whose message a notification is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addressee {
    /// The graduate.
    pub student_id: String,
    /// The address, as it stands in the ledger now.
    pub email: String,
}

/// A graduate whom the latest message did not reach.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreached {
    /// Who.
    pub student_id: String,
    /// Since when.
    pub since: Timestamp,
    /// The word of the kind.
    pub kind: String,
    /// The enhanced status code; empty where there is none.
    pub code: String,
    /// In words of ours.
    pub reason: String,
    /// The graduate's address forwards to the one that failed.
    pub is_forwarded: bool,
    /// When it is tried again by itself; none where a person has to do something.
    pub again_at: Option<Timestamp>,
}

impl Unreached {
    /// Why, for the registry.
    #[must_use]
    pub fn words(&self) -> String {
        let forwarded =
            if self.is_forwarded { " (at an address to which the graduate's forwards)" } else { "" };
        format!("{}{forwarded}", self.reason)
    }
}

/// A mail domain that refuses our mail by its policy, and is left alone for a day after it last did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusingDomain {
    /// The domain; of ten graduates at least, so it names nobody.
    pub domain: String,
    /// How many it refused.
    pub refused: i64,
    /// How many messages wait for it.
    pub waiting: i64,
}

/// A number with which the ledger went on after it was restored from a backup.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Restoration {
    /// In the tags of what was sent from then on.
    pub number: i64,
    /// The last message that there was by then.
    pub last_message: i64,
}

impl Store {
    /// Every restoration, the oldest first.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn restorations(&self) -> Result<Vec<Restoration>, StoreError> {
        Ok(ask!(self.readers(), fetch_all, "sql/queries/mail/restoration_list.sql"() as Restoration)?)
    }

    /// The highest number of a message.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn last_message(&self) -> Result<i64, StoreError> {
        Ok(ask!(self.readers(), fetch_one, "sql/queries/mail/message_last.sql"() as { id: i64 })?.id)
    }

    /// Whose message this is; none where it is gone with its graduate.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn addressee(&self, message_id: i64) -> Result<Option<Addressee>, StoreError> {
        Ok(ask!(
            self.readers(),
            fetch_optional,
            "sql/queries/mail/bounce_message.sql"(message_id) as Addressee
        )?)
    }

    /// Which of these addresses, in lower case, are graduates'.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn known_addresses(&self, addresses: &[String]) -> Result<Vec<String>, StoreError> {
        let list = serde_json::json!(addresses).to_string();
        let rows = ask!(
            self.readers(),
            fetch_all,
            "sql/queries/mail/bounce_addresses.sql"(list) as { email: String }
        )?;
        Ok(rows.into_iter().map(|row| row.email).collect())
    }

    /// The domains that are left alone at `now`.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn refusing_domains(&self, now: Timestamp) -> Result<Vec<RefusingDomain>, StoreError> {
        Ok(ask!(
            self.readers(),
            fetch_all,
            "sql/queries/mail/bounce_refusing.sql"(Moment(now)) as RefusingDomain
        )?)
    }

    /// Whom the latest message did not reach, by student id.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn unreached(&self) -> Result<Vec<Unreached>, StoreError> {
        Ok(ask!(self.readers(), fetch_all, "sql/queries/mail/list_bounced.sql"() as Unreached)?)
    }
}

impl Writer {
    /// Writes down what notifications said, all or nothing, and what follows for their messages. Says of each what became of it.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written.
    pub async fn record_bounces(
        &self,
        bounces: Vec<Bounce>,
        now: Timestamp,
    ) -> Result<Vec<Taken>, StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                let mut taken = Vec::with_capacity(bounces.len());
                for bounce in &bounces {
                    taken.push(record(connection, bounce, now).await?);
                }
                Ok(taken)
            })
        })
        .await
    }

    /// Makes new messages of those that bounced for a while and whose time has come; returns how many.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written.
    pub async fn try_bounced_again(&self, now: Timestamp) -> Result<u64, StoreError> {
        self.write(move |connection| {
            Box::pin(async move { run!(connection, "sql/queries/mail/bounce_again.sql"(Moment(now))) })
        })
        .await
    }
}

async fn record(connection: &mut Connection, bounce: &Bounce, now: Timestamp) -> Result<Taken, sqlx::Error> {
    let Bounce { message_id, kind, code, reason, .. } = bounce;
    let is_forwarded = i64::from(bounce.is_forwarded);
    let known = ask!(
        connection,
        fetch_one,
        "sql/queries/mail/bounce_known.sql"(message_id, kind) as { known: bool }
    )?
    .known;
    run!(
        connection,
        "sql/queries/mail/bounce_insert.sql"(message_id, kind, Moment(now), code, reason, is_forwarded)
    )?;
    if !bounce.is_failure {
        return Ok(if known { Taken::Repeated } else { Taken::Noted });
    }
    let earliest = Moment(after(now, -LATEST));
    let marked = run!(connection, "sql/queries/mail/bounce_mark.sql"(message_id, earliest))?;
    let is_marked = marked > 0;
    if is_marked {
        run!(connection, "sql/queries/mail/bounce_cancel_reminder.sql"(message_id))?;
    }
    Ok(match (is_marked, known) {
        (true, _) => Taken::Marked,
        (false, false) => Taken::Noted,
        (false, true) => Taken::Repeated,
    })
}
