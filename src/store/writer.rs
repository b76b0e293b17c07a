//! One task owns the write connection and commits in groups: whoever waits for a mark shares the disk's sync
//! with the others that wait.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use tokio::sync::{mpsc, oneshot};

use crate::config::Server;
use crate::store::batched::{step, turn};
use crate::store::postgres::ledger::mend;
use crate::store::sqlite::write_gate::WriteGate;
use crate::store::{Connection, Engine, StoreError};

/// The most writes that share one commit.
const LARGEST_GROUP: usize = 128;

type Work<'c> = Pin<Box<dyn Future<Output = Result<(), sqlx::Error>> + Send + 'c>>;
type Writing = Box<dyn for<'c> FnOnce(&'c mut Connection) -> Work<'c> + Send>;
pub(in crate::store) type Verdict<T> = Result<T, Arc<sqlx::Error>>;

/// What the task is asked for.
pub(in crate::store) enum Job {
    Write(Writing, oneshot::Sender<Verdict<()>>),
    Step(step::Waiting),
    Turn(turn::Waiting),
}

/// What a writer needs beside its connection: of a file, the gate before it; of a server, the way there, should the connection break.
pub(in crate::store) type Place = Engine<WriteGate, Server>;

/// The way to the write connection. Cheap to clone; the task ends with the last clone.
#[derive(Debug, Clone)]
pub struct Writer(pub(in crate::store) mpsc::Sender<Job>);

impl Writer {
    pub(in crate::store) async fn start(
        mut connection: Connection,
        place: Place,
    ) -> Result<Self, sqlx::Error> {
        if let Engine::Sqlite(connection) = &mut connection {
            turn::TURN.create(connection).await?;
            step::STEPS.create(connection).await?;
        }
        let (sender, receiver) = mpsc::channel(LARGEST_GROUP);
        tokio::spawn(run(connection, place, receiver));
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
                &'c mut Connection,
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

async fn run(mut connection: Connection, place: Place, mut jobs: mpsc::Receiver<Job>) {
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
        let _guard = match &place {
            Engine::Sqlite(write_gate) => Some(write_gate.enter().await),
            Engine::Postgres(server) => {
                mend(server, &mut connection).await;
                None
            }
        };
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

async fn commit(connection: &mut Connection, writings: Vec<Writing>) -> Result<(), sqlx::Error> {
    connection.begin().await?;
    let written = write(connection, writings).await;
    if written.is_err() {
        connection.roll_back().await;
    }
    written
}

async fn write(connection: &mut Connection, writings: Vec<Writing>) -> Result<(), sqlx::Error> {
    for writing in writings {
        writing(connection).await?;
    }
    connection.commit().await
}
