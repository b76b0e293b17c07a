//! Looks at the ledger, and changes of it that no command makes.

use std::collections::BTreeMap;

use gradpass::store::Store;
use sqlx::Connection;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};

use super::{World, process};

impl World {
    /// A figure of the ledger that no function of the store tells.
    pub fn count(&self, query: &'static str) -> i64 {
        let [figure] = self.counts([query]);
        figure
    }

    /// The same of some.
    pub fn counts<const N: usize>(&self, queries: [&'static str; N]) -> [i64; N] {
        let options = SqliteConnectOptions::new().filename(self.ledger()).read_only(true);
        process(async {
            let mut ledger = SqliteConnection::connect_with(&options).await.unwrap();
            let mut figures = [0; N];
            for (figure, query) in figures.iter_mut().zip(queries) {
                *figure = sqlx::query_scalar(query).fetch_one(&mut ledger).await.unwrap();
            }
            figures
        })
    }

    /// Changes the ledger by hand.
    pub fn change(&self, statement: &'static str) {
        let options = SqliteConnectOptions::new().filename(self.ledger()).create_if_missing(true);
        process(async {
            let mut ledger = SqliteConnection::connect_with(&options).await.unwrap();
            let done = sqlx::query(statement).execute(&mut ledger).await.unwrap();
            assert!(done.rows_affected() > 0 || !statement.starts_with("UPDATE"), "{statement}");
            ledger.close().await.unwrap();
        });
    }

    /// Messages by state, as `status` counts them.
    pub fn states(&self) -> BTreeMap<String, i64> {
        let states = self.look(async |store| store.messages_by_state(None).await.unwrap());
        states.into_iter().map(|(state, number)| (state.word().to_owned(), number)).collect()
    }

    /// The same, unless the ledger is not whole yet.
    pub fn try_look<T>(&self, looking: impl AsyncFnOnce(Store) -> T) -> Option<T> {
        process(async { Some(looking(Store::open_read_only(&self.ledger().into()).await.ok()?).await) })
    }

    /// A read-only look at the ledger.
    pub fn look<T>(&self, looking: impl AsyncFnOnce(Store) -> T) -> T {
        process(async { looking(Store::open_read_only(&self.ledger().into()).await.unwrap()).await })
    }
}
