//! One task owns the write connection and commits in groups: whoever waits for a mark shares the disk's sync
//! with the others that wait.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use sqlx::Connection;
use sqlx::sqlite::SqliteConnection;
use tokio::sync::{mpsc, oneshot};

use super::{StoreError, is_busy};

/// The most writes that share one commit.
const LARGEST_GROUP: usize = 128;

/// How long somebody else may hold the write lock.
const PATIENCE: Duration = Duration::from_secs(30);

type Work<'c> = Pin<Box<dyn Future<Output = Result<(), sqlx::Error>> + Send + 'c>>;
type Job = Box<dyn for<'c> FnOnce(&'c mut SqliteConnection) -> Work<'c> + Send>;
type Verdict = Result<(), Arc<sqlx::Error>>;

/// The way to the write connection. Cheap to clone; the task ends with the last clone.
#[derive(Clone)]
pub struct Writer(mpsc::Sender<(Job, oneshot::Sender<Verdict>)>);

impl Writer {
    pub(super) fn start(connection: SqliteConnection) -> Self {
        let (sender, receiver) = mpsc::channel(LARGEST_GROUP);
        tokio::spawn(run(connection, receiver));
        Self(sender)
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
        let job: Job = Box::new(move |connection| {
            Box::pin(async move {
                let value = work(connection).await?;
                // whoever asked may have gone; the write stands all the same
                let _ = value_sender.send(value);
                Ok(())
            })
        });
        let gone = || StoreError::Writer(Arc::new(sqlx::Error::WorkerCrashed));
        self.0.send((job, verdict_sender)).await.map_err(|_| gone())?;
        verdict.await.map_err(|_| gone())?.map_err(StoreError::Writer)?;
        value.await.map_err(|_| gone())
    }
}

async fn run(mut connection: SqliteConnection, mut jobs: mpsc::Receiver<(Job, oneshot::Sender<Verdict>)>) {
    let mut group = Vec::with_capacity(LARGEST_GROUP);
    while jobs.recv_many(&mut group, LARGEST_GROUP).await > 0 {
        let (works, waiting): (Vec<_>, Vec<_>) = group.drain(..).unzip();
        let verdict = commit(&mut connection, works).await.map_err(Arc::new);
        for sender in waiting {
            let _ = sender.send(verdict.clone());
        }
    }
    let _ = connection.close().await;
}

async fn commit(connection: &mut SqliteConnection, works: Vec<Job>) -> Result<(), sqlx::Error> {
    begin(connection).await?;
    match work(connection, works).await {
        Ok(()) => Ok(()),
        Err(error) => {
            // nothing of the group stands; a transaction that `SQLite` has ended itself cannot be ended again
            let _ = sqlx::query("ROLLBACK").execute(connection).await;
            Err(error)
        }
    }
}

async fn work(connection: &mut SqliteConnection, works: Vec<Job>) -> Result<(), sqlx::Error> {
    for work in works {
        work(connection).await?;
    }
    sqlx::query("COMMIT").execute(connection).await?;
    Ok(())
}

/// Waits for the write lock by looking every millisecond: `SQLite`'s own waiting sleeps for longer and longer, up to
/// a tenth of a second, and misses the moments in which an import gives way.
#[expect(clippy::disallowed_methods, reason = "another process holds the lock, in real time")]
async fn begin(connection: &mut SqliteConnection) -> Result<(), sqlx::Error> {
    for _ in 0..PATIENCE.as_millis() {
        match sqlx::query("BEGIN IMMEDIATE").execute(&mut *connection).await {
            Err(error) if is_busy(&error) => tokio::time::sleep(Duration::from_millis(1)).await,
            begun => return begun.map(|_| ()),
        }
    }
    sqlx::query("BEGIN IMMEDIATE").execute(connection).await.map(|_| ())
}
