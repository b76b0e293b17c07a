//! One task owns the write connection and commits in groups: whoever waits for a mark shares the disk's sync
//! with the others that wait.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use sqlx::Connection;
use sqlx::sqlite::SqliteConnection;
use tokio::sync::{mpsc, oneshot};

use crate::store::sqlite::write_gate::WriteGate;
use crate::store::{StoreError, batched::step, batched::turn, is_busy};

/// The most writes that share one commit.
const LARGEST_GROUP: usize = 128;

/// How long somebody else may hold the write lock.
const LONGEST_WAIT: Duration = Duration::from_secs(30);

type Work<'c> = Pin<Box<dyn Future<Output = Result<(), sqlx::Error>> + Send + 'c>>;
type Writing = Box<dyn for<'c> FnOnce(&'c mut SqliteConnection) -> Work<'c> + Send>;
pub(in crate::store) type Verdict<T> = Result<T, Arc<sqlx::Error>>;

/// What the task is asked for.
pub(in crate::store) enum Job {
    Write(Writing, oneshot::Sender<Verdict<()>>),
    Step(step::Waiting),
    Turn(turn::Waiting),
}

/// The way to the write connection. Cheap to clone; the task ends with the last clone.
#[derive(Clone)]
pub struct Writer(pub(in crate::store) mpsc::Sender<Job>);

impl Writer {
    pub(in crate::store) async fn start(
        mut connection: SqliteConnection,
        write_gate: WriteGate,
    ) -> Result<Self, sqlx::Error> {
        turn::TURN.create(&mut connection).await?;
        step::STEPS.create(&mut connection).await?;
        let (sender, receiver) = mpsc::channel(LARGEST_GROUP);
        tokio::spawn(run(connection, write_gate, receiver));
        Ok(Self(sender))
    }

    /// Does `work` in a transaction shared with others, and returns once it is durable.
    ///
    /// # Errors
    /// [`StoreError::Writer`] when it, or another of its group, failed: then nothing of the group was written.
    pub async fn write<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: for<'c> FnOnce(
                &'c mut SqliteConnection,
            ) -> Pin<Box<dyn Future<Output = Result<T, sqlx::Error>> + Send + 'c>>
            + Send
            + 'static,
    {
        let (value_sender, value) = oneshot::channel();
        let (verdict_sender, verdict) = oneshot::channel();
        let writing: Writing = Box::new(move |connection| {
            Box::pin(async move {
                let value = work(connection).await?;
                // whoever asked may have gone; the write stands all the same
                let _ = value_sender.send(value);
                Ok(())
            })
        });
        self.hand(Job::Write(writing, verdict_sender)).await?;
        verdict.await.map_err(|_| Self::gone())?.map_err(StoreError::Writer)?;
        value.await.map_err(|_| Self::gone())
    }

    pub(in crate::store) async fn hand(&self, job: Job) -> Result<(), StoreError> {
        self.0.send(job).await.map_err(|_| Self::gone())
    }

    pub(in crate::store) fn gone() -> StoreError {
        StoreError::Writer(Arc::new(sqlx::Error::WorkerCrashed))
    }
}

async fn run(mut connection: SqliteConnection, write_gate: WriteGate, mut jobs: mpsc::Receiver<Job>) {
    let mut group = Vec::with_capacity(LARGEST_GROUP);
    while jobs.recv_many(&mut group, LARGEST_GROUP).await > 0 {
        let (mut writings, mut waiting) = (Vec::new(), Vec::new());
        let (mut steps, mut turns) = (Vec::new(), Vec::new());
        for job in group.drain(..) {
            match job {
                Job::Write(work, sender) => {
                    writings.push(work);
                    waiting.push(sender);
                }
                Job::Step(step) => steps.push(step),
                Job::Turn(turn) => turns.push(turn),
            }
        }
        let _guard = write_gate.enter().await;
        if !writings.is_empty() {
            let verdict = commit(&mut connection, writings).await.map_err(Arc::new);
            for sender in waiting {
                let _ = sender.send(verdict.clone());
            }
        }
        step::take(&mut connection, steps).await;
        turn::take(&mut connection, turns).await;
    }
    let _ = connection.close().await;
}

async fn commit(connection: &mut SqliteConnection, writings: Vec<Writing>) -> Result<(), sqlx::Error> {
    begin(connection).await?;
    let written = write(connection, writings).await;
    if written.is_err() {
        roll_back(connection).await;
    }
    written
}

/// Begins a transaction that has the write lock, for a connection whose own waiting is turned off.
pub(in crate::store) async fn begin(connection: &mut SqliteConnection) -> Result<(), sqlx::Error> {
    let mut patience = BusyRetry::default();
    loop {
        match sqlx::query("BEGIN IMMEDIATE").execute(&mut *connection).await {
            Err(error) if patience.is_left(&error).await => {}
            begun => return begun.map(|_| ()),
        }
    }
}

async fn write(connection: &mut SqliteConnection, writings: Vec<Writing>) -> Result<(), sqlx::Error> {
    for writing in writings {
        writing(connection).await?;
    }
    sqlx::query("COMMIT").execute(connection).await.map(|_| ())
}

/// Nothing of the group stands; a transaction that `SQLite` has ended itself cannot be ended again.
pub(in crate::store) async fn roll_back(connection: &mut SqliteConnection) {
    let _ = sqlx::query("ROLLBACK").execute(connection).await;
}

/// Waits for the write lock by looking every millisecond: `SQLite`'s own waiting sleeps for longer and longer, up to a
/// tenth of a second.
#[derive(Default)]
pub(in crate::store) struct BusyRetry {
    looks: u128,
}

impl BusyRetry {
    /// Whether somebody else held the lock and may have let go of it by now.
    #[expect(clippy::disallowed_methods, reason = "another process holds the lock, in real time")]
    pub(in crate::store) async fn is_left(&mut self, error: &sqlx::Error) -> bool {
        if !is_busy(error) || self.looks >= LONGEST_WAIT.as_millis() {
            return false;
        }
        self.looks += 1;
        tokio::time::sleep(Duration::from_millis(1)).await;
        true
    }
}
