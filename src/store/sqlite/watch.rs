//! A look at every connection before it is used, so that the tests can let the ledger fail at any call.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use sqlx::sqlite::SqliteConnection;

type Looking<'c> = Pin<Box<dyn Future<Output = Result<(), sqlx::Error>> + Send + 'c>>;
type Look = dyn for<'c> Fn(&'c mut SqliteConnection) -> Looking<'c> + Send + Sync;

/// Is shown each connection that an open ledger makes, and may put `SQLite`'s own hooks on it. The program watches
/// nothing ([`Watch::default`]); the tests refuse a commit with it, interrupt a statement, or end a process in between.
#[derive(Clone, Default)]
pub struct Watch(Option<Arc<Look>>);

impl Watch {
    /// Shows each connection to `look`; its error is as one of connecting.
    pub fn new(
        look: impl for<'c> Fn(&'c mut SqliteConnection) -> Looking<'c> + Send + Sync + 'static,
    ) -> Self {
        Self(Some(Arc::new(look)))
    }

    pub(in crate::store) async fn see(&self, connection: &mut SqliteConnection) -> Result<(), sqlx::Error> {
        match &self.0 {
            Some(look) => look(connection).await,
            None => Ok(()),
        }
    }
}

impl fmt::Debug for Watch {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(if self.0.is_some() { "Watch(on)" } else { "Watch(off)" })
    }
}
