//! A process that sends beside others: it has messages in hand for as long as its lease lasts, which it keeps alive by itself. The lease is
//! counted by the server's clock, and by its own from the moment before it asked, so that it is never sure for longer than the others.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::SeqCst};
use std::time::Duration;

use jiff::Timestamp;
use sqlx::postgres::PgConnection;
use tokio::sync::Mutex;
use tokio::task::JoinHandle;

use crate::clock::Clock;
use crate::config::Server;
use crate::store::moment::Moment;
use crate::store::postgres::ledger::connect_as;
use crate::store::postgres::lock::{self, Lock};
use crate::store::{DueMessage, Engine, Store, StoreError, Writer};

/// How long the others wait for a process of which they hear nothing.
const LEASE: Duration = Duration::from_mins(1);

/// How often it is heard of.
const BEAT: Duration = Duration::from_secs(5);

/// So long before the others give it up it is no longer sure of itself, and asks.
const MARGIN: Duration = Duration::from_secs(10);

/// How often those who wait for others look.
const LOOK: Duration = Duration::from_millis(250);

/// The number of a node, which is never given again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NodeId(pub(in crate::store) i64);

/// A node, which is heard of as long as this is there.
pub struct Node {
    id: NodeId,
    store: Store,
    writer: Writer,
    lease: Arc<Lease>,
    beat: JoinHandle<()>,
}

struct Lease {
    id: NodeId,
    server: Server,
    clock: Clock,
    /// For nothing else, so that no other work holds it up.
    connection: Mutex<PgConnection>,
    /// By its own monotonic clock, in nanoseconds.
    until: AtomicU64,
    is_over: AtomicBool,
}

impl Store {
    /// Joins those who send; `None` for a ledger in a file, which one run has for itself. What the dead left is seen to before.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be used.
    pub async fn join(&self, writer: &Writer, clock: &Clock) -> Result<Option<Node>, StoreError> {
        let Engine::Postgres(ledger) = &self.0 else { return Ok(None) };
        let server = ledger.server();
        let mut connection = connect_as(server, "gradpass sender").await?;
        let host = nix::unistd::gethostname().unwrap_or_default();
        let name = format!("{}, process {}", host.to_string_lossy(), std::process::id());
        let before = clock.nanoseconds().into();
        let joined = sqlx::query_file!("sql/postgres/queries/nodes/join.sql", name, milliseconds(LEASE));
        let id = NodeId(joined.fetch_one(&mut connection).await?.id);
        let lease = Arc::new(Lease {
            id,
            server: server.clone(),
            clock: clock.clone(),
            connection: Mutex::new(connection),
            until: AtomicU64::new(sure_until(before)),
            is_over: AtomicBool::new(false),
        });
        let beat = tokio::spawn(keep_alive(Arc::clone(&lease)));
        Ok(Some(Node { id, store: self.clone(), writer: writer.clone(), lease, beat }))
    }

    /// Returns once nobody sends any more, for whoever is alone at work: who died is waited for until the lease is over, since nobody can tell
    /// a dead process from one that is only held up. What they left is seen to.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be used.
    pub async fn outlive_senders(&self, writer: &Writer, now: Timestamp) -> Result<(), StoreError> {
        let Engine::Postgres(ledger) = &self.0 else { return Ok(()) };
        let mut is_told = false;
        loop {
            writer.recover(now).await?;
            let names = sqlx::query_file_scalar!("sql/postgres/queries/nodes/alive.sql")
                .fetch_all(&ledger.readers)
                .await?;
            if names.is_empty() {
                return Ok(());
            }
            if !is_told {
                tracing::warn!(
                    "a sender has gone without a word ({}); going on when its lease of {} s is over",
                    names.join("; "),
                    LEASE.as_secs()
                );
                is_told = true;
            }
            look_again().await;
        }
    }
}

impl Node {
    /// Its number.
    #[must_use]
    pub const fn id(&self) -> NodeId {
        self.id
    }

    /// Takes in hand what is due at `until`, and returns what it has got.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written.
    pub async fn claim(
        &self,
        messages: Vec<DueMessage>,
        until: Timestamp,
    ) -> Result<Vec<DueMessage>, StoreError> {
        let ids: Vec<_> = messages.iter().map(|message| message.id).collect();
        let (NodeId(id), until) = (self.id, i64::from(Moment(until)));
        let claimed = self.writer.write(move |connection| {
            Box::pin(async move {
                let Engine::Postgres(connection) = connection else { return Ok((Vec::new(), false)) };
                let claimed =
                    sqlx::query_file_scalar!("sql/postgres/queries/nodes/claim.sql", &ids, id, until)
                        .fetch_all(&mut *connection)
                        .await?;
                let alive = sqlx::query_file!("sql/postgres/queries/nodes/is_alive.sql", id);
                Ok((claimed, alive.fetch_one(connection).await?.is_alive))
            })
        });
        let (mut claimed, is_alive) = claimed.await?;
        self.lease.is_over.fetch_or(!is_alive, SeqCst);
        claimed.sort_unstable();
        Ok(messages.into_iter().filter(|message| claimed.binary_search(&message.id).is_ok()).collect())
    }

    /// Takes the next moment that is free by a limit of all nodes, whose moments are so far `apart`; returns how long to wait for it.
    ///
    /// # Errors
    /// [`StoreError`] when the server cannot be asked.
    pub async fn moment(&self, limit: &str, apart: Duration) -> Result<Duration, StoreError> {
        let apart = i64::try_from(apart.as_micros()).unwrap_or(i64::MAX);
        let mut connection = self.lease.connection.lock().await;
        let slot = sqlx::query_file!("sql/postgres/queries/nodes/slot.sql", limit, apart);
        let slot = slot.fetch_one(&mut *connection).await?;
        Ok(Duration::from_micros(slot.wait.max(0).unsigned_abs()))
    }

    /// Whether the others have been told that this one is dead, as far as it has heard.
    #[must_use]
    pub fn is_given_up(&self) -> bool {
        self.lease.is_over.load(SeqCst)
    }

    /// Whether it is still sure that nobody else has its messages. Only where it is not, the server is asked.
    pub async fn holds(&self) -> bool {
        self.lease.is_sure() || self.lease.renew().await
    }

    /// A message that was marked as being sent did not go, since it no longer [`holds`](Self::holds) it: whoever has it now may send it.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written.
    pub async fn unmark(&self, message_id: i64, now: Timestamp) -> Result<(), StoreError> {
        let NodeId(id) = self.id;
        let unmarked = self.writer.write(move |connection| {
            Box::pin(async move {
                if let Engine::Postgres(on) = &mut *connection {
                    let unmarked = sqlx::query_file!("sql/postgres/queries/nodes/unmark.sql", message_id, id);
                    if unmarked.execute(on).await?.rows_affected() > 0 {
                        let (at, outcome, reply) = (Moment(now), "try_later", NOT_SENT);
                        run!(
                            connection,
                            "sql/queries/batched/attempt_end.sql"(message_id, at, outcome, reply)
                        )?;
                    }
                }
                Ok(())
            })
        });
        unmarked.await
    }

    /// Gives back what it has in hand, to take it again or leave it to others.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written.
    pub async fn give_back(&self) -> Result<(), StoreError> {
        self.end(false).await
    }

    /// Comes to its end in order: what it had in hand is anybody's at once.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written; then the others wait for its lease.
    pub async fn leave(&self) -> Result<(), StoreError> {
        self.end(true).await
    }

    async fn end(&self, is_leaving: bool) -> Result<(), StoreError> {
        let NodeId(id) = self.id;
        let ended = self.writer.write(move |connection| {
            Box::pin(async move {
                if let Engine::Postgres(on) = connection {
                    sqlx::query_file!("sql/postgres/queries/nodes/give_back.sql", id)
                        .execute(&mut *on)
                        .await?;
                    if is_leaving {
                        sqlx::query_file!("sql/postgres/queries/nodes/leave.sql", id).execute(on).await?;
                    }
                }
                Ok(())
            })
        });
        ended.await
    }

    /// Waits for others that have messages in hand which were due at `until`: a moment, after which there may be some to take over.
    /// False where nobody has any. It has none itself from here on.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be used.
    pub async fn wait_for_others(&self, until: Timestamp, now: Timestamp) -> Result<bool, StoreError> {
        let Engine::Postgres(ledger) = &self.store.0 else { return Ok(false) };
        // or two would wait for each other
        self.give_back().await?;
        let (NodeId(id), until) = (self.id, i64::from(Moment(until)));
        let others = sqlx::query_file!("sql/postgres/queries/nodes/others.sql", id, until);
        if others.fetch_one(&ledger.readers).await?.messages == 0 {
            return Ok(false);
        }
        look_again().await;
        self.writer.recover(now).await?;
        Ok(true)
    }
}

/// Nobody hears of it any more.
impl Drop for Node {
    fn drop(&mut self) {
        self.beat.abort();
    }
}

/// What the ledger keeps of a try that came to nothing.
const NOT_SENT: &str =
    "nothing was sent: this machine had been held up for longer than the others wait for it";

impl Lease {
    fn is_sure(&self) -> bool {
        u64::from(self.clock.nanoseconds()) < self.until.load(SeqCst) && !self.is_over.load(SeqCst)
    }

    /// Asks for more time; false where it is too late, or the server cannot be asked.
    async fn renew(&self) -> bool {
        let mut connection = self.connection.lock().await;
        if self.is_over.load(SeqCst) {
            return false;
        }
        let before = self.clock.nanoseconds().into();
        let beat = sqlx::query_file!("sql/postgres/queries/nodes/beat.sql", self.id.0, milliseconds(LEASE));
        match beat.execute(&mut *connection).await {
            Ok(done) if done.rows_affected() > 0 => {
                self.until.store(sure_until(before), SeqCst);
                true
            }
            Ok(_) => {
                self.is_over.store(true, SeqCst);
                false
            }
            Err(error) => {
                tracing::warn!("the ledger does not hear of this machine: {error}");
                if let Ok(again) = connect_as(&self.server, "gradpass sender").await {
                    *connection = again;
                    // whoever has been alone at work since may have changed what the messages say
                    let beside = lock::try_beside(&mut connection, Lock::Run).await;
                    self.is_over.store(beside.is_ok_and(|is_taken| !is_taken), SeqCst);
                }
                false
            }
        }
    }
}

async fn keep_alive(lease: Arc<Lease>) {
    while !lease.is_over.load(SeqCst) {
        beat().await;
        lease.renew().await;
    }
}

fn sure_until(before: u64) -> u64 {
    let span = LEASE.saturating_sub(MARGIN).as_nanos();
    before.saturating_add(u64::try_from(span).unwrap_or(0))
}

fn milliseconds(span: Duration) -> i64 {
    i64::try_from(span.as_millis()).unwrap_or(i64::MAX)
}

#[expect(clippy::disallowed_methods, reason = "the server and the other machines work in real time")]
async fn beat() {
    tokio::time::sleep(BEAT).await;
}

#[expect(clippy::disallowed_methods, reason = "the other machines work in real time")]
async fn look_again() {
    tokio::time::sleep(LOOK).await;
}
