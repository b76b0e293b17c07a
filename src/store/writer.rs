//! One task owns the write connection and commits in groups: whoever waits for a mark shares the disk's sync
//! with the others that wait.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use sqlx::sqlite::SqliteConnection;
use sqlx::{Connection, Sqlite, Transaction};
use tokio::sync::{mpsc, oneshot};

use super::StoreError;

/// The most writes that share one commit.
const LARGEST_GROUP: usize = 128;

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
    let mut transaction: Transaction<'_, Sqlite> = connection.begin_with("BEGIN IMMEDIATE").await?;
    for work in works {
        work(&mut transaction).await?;
    }
    transaction.commit().await
}
