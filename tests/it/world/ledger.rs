//! Looks at the ledger, and changes of it that no command makes.

use std::collections::BTreeMap;
use std::fs;
use std::sync::Mutex;
use std::thread;
use std::time::Duration;

use gradpass::config::Database;
use gradpass::store::Store;
use sqlx::postgres::PgConnection;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, Connection};
use tokio::runtime::Runtime;

use super::{World, process, runtime};

/// The ledger's function for the time, in place of which there comes a table; a ledger without tables has no clock yet.
const SERVER_CLOCK: &str = "DO $$ BEGIN
    IF to_regproc('server_now') IS NULL THEN RETURN; END IF;
    IF to_regclass('test_clock') IS NULL THEN
        CREATE TABLE test_clock AS SELECT server_now() AS now;
        EXECUTE 'CREATE OR REPLACE FUNCTION server_now() RETURNS BIGINT LANGUAGE sql STABLE AS ''SELECT now FROM test_clock''';
    END IF;
    UPDATE test_clock SET now = now + SPAN;
END $$";

/// [`World::server_moves_on`], for whoever has its address alone.
pub fn move_server(address: &str, span: Duration) {
    process(async { move_clock(&mut PgConnection::connect(address).await.unwrap(), span).await });
}

async fn move_clock(ledger: &mut PgConnection, span: Duration) {
    let change = AssertSqlSafe(SERVER_CLOCK.replace("SPAN", &span.as_millis().to_string()));
    sqlx::raw_sql(change).execute(ledger).await.unwrap();
}

/// The test's own ways to a server, past every fault, each with the runtime that it lives in. Where much is asked they are kept from one look to
/// the next: most of what a look costs is its connection.
#[derive(Default)]
pub struct Looks {
    are_kept: bool,
    connection: Mutex<Option<(PgConnection, Runtime)>>,
    store: Mutex<Option<(Store, Runtime)>>,
}

impl Looks {
    pub fn kept() -> Self {
        Self { are_kept: true, ..Self::default() }
    }

    /// Ends those that are kept.
    pub fn end(&self) {
        self.connection.lock().unwrap().take();
        self.store.lock().unwrap().take();
    }

    /// Asks the server whatever there are no verbs for.
    fn ask<T>(&self, address: &str, ask: impl AsyncFnOnce(&mut PgConnection) -> T) -> T {
        let connect = async || PgConnection::connect(address).await.ok();
        self.by(&self.connection, connect, ask).unwrap()
    }

    /// Looks by what is there, or is made now; `None` where it cannot be made.
    fn by<W, T>(
        &self,
        way: &Mutex<Option<(W, Runtime)>>,
        make: impl AsyncFnOnce() -> Option<W>,
        look: impl AsyncFnOnce(&mut W) -> T,
    ) -> Option<T> {
        let there = way.lock().unwrap().take();
        let (mut it, runtime) = if let Some(there) = there {
            there
        } else {
            let runtime = runtime();
            (runtime.block_on(make())?, runtime)
        };
        let seen = runtime.block_on(look(&mut it));
        if self.are_kept {
            *way.lock().unwrap() = Some((it, runtime));
        }
        Some(seen)
    }
}

impl World {
    /// A figure of the ledger that no function of the store tells.
    pub fn count(&self, query: &'static str) -> i64 {
        let [figure] = self.counts([query]);
        figure
    }

    /// The same of some.
    pub fn counts<const N: usize>(&self, queries: [&'static str; N]) -> [i64; N] {
        if let Some(address) = &self.server {
            return self.looks.ask(address, async |ledger| {
                let mut figures = [0; N];
                for (figure, query) in figures.iter_mut().zip(queries) {
                    // a sum is a number of another type there
                    let query = AssertSqlSafe(format!("SELECT CAST(({query}) AS BIGINT)"));
                    *figure = sqlx::query_scalar(query).fetch_one(&mut *ledger).await.unwrap();
                }
                figures
            });
        }
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

    /// The rows of a query of one text column.
    pub fn texts(&self, query: &str) -> Vec<String> {
        let query = AssertSqlSafe(query.to_owned());
        if let Some(address) = &self.server {
            return self
                .looks
                .ask(address, async |ledger| sqlx::query_scalar(query).fetch_all(ledger).await.unwrap());
        }
        let options = SqliteConnectOptions::new().filename(self.ledger());
        process(async {
            let mut ledger = SqliteConnection::connect_with(&options).await.unwrap();
            let rows = sqlx::query_scalar(query).fetch_all(&mut ledger).await.unwrap();
            ledger.close().await.unwrap();
            rows
        })
    }

    /// Changes the ledger by hand.
    pub fn change(&self, statement: &'static str) {
        if let Some(address) = &self.server {
            return self.looks.ask(address, async |ledger| {
                let done = sqlx::query(statement).execute(ledger).await.unwrap();
                assert!(done.rows_affected() > 0 || !statement.starts_with("UPDATE"), "{statement}");
            });
        }
        let options = SqliteConnectOptions::new().filename(self.ledger()).create_if_missing(true);
        process(async {
            let mut ledger = SqliteConnection::connect_with(&options).await.unwrap();
            let done = sqlx::query(statement).execute(&mut ledger).await.unwrap();
            assert!(done.rows_affected() > 0 || !statement.starts_with("UPDATE"), "{statement}");
            ledger.close().await.unwrap();
        });
    }

    /// Moves the clock of the server on, where there is one. From the first time on it stands still but for that.
    pub fn server_moves_on(&self, span: Duration) {
        if let Some(address) = &self.server {
            let looks = &self.looks;
            let moves = || looks.ask(address, async |ledger| move_clock(ledger, span).await);
            // whoever asks may be at work in a runtime
            thread::scope(|scope| scope.spawn(moves).join().unwrap());
        }
    }

    /// All that is kept: of a file every byte, of a server every row.
    pub fn at_rest(&self) -> String {
        if let Some(address) = &self.server {
            return self.looks.ask(address, async |ledger| {
                let rows: Vec<String> = sqlx::query_scalar(
                    "SELECT query_to_xml('SELECT * FROM ' || quote_ident(tablename), TRUE, FALSE, '')::text \
                     FROM pg_tables WHERE schemaname = 'public' AND tablename <> '_sqlx_migrations' ORDER BY tablename",
                )
                .fetch_all(ledger)
                .await
                .unwrap();
                rows.concat()
            });
        }
        // the ledger itself last: a log that is gone by then went into it
        let files = ["gradpass.db-wal", "gradpass.db-shm", "gradpass.db"].map(|name| self.path(name));
        let bytes: Vec<_> = files.iter().flat_map(|file| fs::read(file).unwrap_or_default()).collect();
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// Messages by state, as `status` counts them.
    pub fn states(&self) -> BTreeMap<String, i64> {
        let states = self.look(async |store| store.messages_by_state(None).await.unwrap());
        states.into_iter().map(|(state, number)| (state.word().to_owned(), number)).collect()
    }

    /// The same, unless the ledger is not whole yet.
    pub fn try_look<T>(&self, looking: impl AsyncFnOnce(Store) -> T) -> Option<T> {
        let open = async |database| Store::open_read_only(&database).await.ok();
        let Some(address) = &self.server else {
            return process(async { Some(looking(open(self.config().database).await?).await) });
        };
        let database = Database::named(address, None, &self.path("gradpass.toml")).unwrap();
        let look = async |store: &mut Store| looking(store.clone()).await;
        self.looks.by(&self.looks.store, async || open(database).await, look)
    }

    /// A read-only look at the ledger.
    pub fn look<T>(&self, looking: impl AsyncFnOnce(Store) -> T) -> T {
        self.try_look(looking).unwrap()
    }
}
