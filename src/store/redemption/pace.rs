//! The pace towards SEEK Pass over all services on one server, and who takes what waits.
//!
//! The row of the account is a turnstile: whoever has locked it takes the next slots of the server's clock and the graduates who
//! asked first, in one transaction. So the order of asking is the order of leaving, and slots are never closer than the pace. What is
//! taken has a lease; a service that dies or hangs loses it, and others go on. No transaction of the turnstile waits for anything but
//! the row: submissions that somebody is writing to are passed over.

use std::sync::Arc;
use std::time::Duration;

use governor::clock::Reference as _;
use governor::nanos::Nanos;
use jiff::Timestamp;
use sqlx::postgres::PgConnection;
use sqlx::sqlite::SqliteConnection;
use tokio::sync::Mutex;

use super::slots::{LATENESS, Pace, Progress};
use crate::clock::Clock;
use crate::store::postgres::ledger::{Ledger, connect_as};
use crate::store::{Engine, Store, StoreError};

/// How long only the service that took a submission tries it, in microseconds: longer than a call that ends well.
const LEASE: i64 = 20_000_000;

/// Whoever is frozen in the middle of his turn holds all others up: the server ends it. A turn is one to two milliseconds.
const SESSION: &str =
    "SET idle_in_transaction_session_timeout = '1s'; SET lock_timeout = '10s'; SET statement_timeout = '20s'";

/// A clock that goes faster than ours by so much from one turn to the next was set forward, in microseconds.
const SET_FORWARD: i128 = 20_000;

/// The turnstile of one account at SEEK Pass.
pub struct SharedPace {
    ledger: Arc<Ledger>,
    account: String,
    pace: Pace,
    clock: Clock,
    /// The time of the server; its own where there is none.
    server: Option<Clock>,
    session: Mutex<Session>,
}

#[derive(Default)]
struct Session {
    connection: Option<PgConnection>,
    /// The clocks at the last turn.
    latest: Option<Reading>,
}

/// A moment in which a submission may leave, by the clock of this process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot {
    from: Nanos,
    until: Nanos,
}

impl Slot {
    /// How long until it begins.
    #[must_use]
    pub fn wait(&self, clock: &Clock) -> Duration {
        self.from.duration_since(clock.nanoseconds()).into()
    }

    /// Whether it has not been missed.
    #[must_use]
    pub fn is_open(&self, clock: &Clock) -> bool {
        clock.nanoseconds() <= self.until
    }
}

/// A submission that this service alone tries for now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leased {
    /// Its number.
    pub id: i64,
    /// Until when, by the server's clock.
    pub until: i64,
    /// When it leaves.
    pub slot: Slot,
}

/// What a turn came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Draw {
    /// These, in order.
    Leased(Vec<Leased>),
    /// Nothing is due, or nobody may go.
    Nothing,
    /// All slots until then are taken.
    Later(Duration),
}

/// What somebody who has a turn makes of what is known of SEEK Pass.
pub struct Admission {
    /// How many may go.
    pub most: usize,
    /// What is known once at least one goes.
    pub health: String,
}

impl Store {
    /// The turnstile in front of SEEK Pass, of a ledger that several services share. `server` is its time, for tests.
    #[must_use]
    pub fn shared_pace(
        &self,
        account: &str,
        pace: Pace,
        clock: &Clock,
        server: Option<Clock>,
    ) -> Option<SharedPace> {
        let Engine::Postgres(ledger) = &self.0 else { return None };
        Some(SharedPace {
            ledger: Arc::clone(ledger),
            account: account.to_owned(),
            pace,
            clock: clock.clone(),
            server,
            session: Mutex::default(),
        })
    }
}

impl SharedPace {
    /// The most that one turn takes.
    #[must_use]
    pub fn most_at_once(&self) -> usize {
        usize::try_from(self.pace.most_at_once()).unwrap_or(1)
    }

    /// Takes a turn: the submissions that waited longest, with their slots. `admit` sees what is known of SEEK Pass, and says how
    /// many go. Returns what is known afterwards, too.
    ///
    /// # Errors
    /// [`StoreError`] when the server cannot be asked; what was taken then, if anything, is free again after its lease.
    pub async fn take(
        &self,
        now: Timestamp,
        admit: impl Fn(&str) -> Admission + Send,
    ) -> Result<(Draw, String), StoreError> {
        let mut session = self.session.lock().await;
        let mut connection = self.connection(&mut session).await?;
        let (taken, health, reading) = self.turn(&mut connection, (session.latest, now), &admit).await?;
        *session = Session { connection: Some(connection), latest: Some(reading) };
        Ok((taken, health))
    }

    async fn turn(
        &self,
        connection: &mut PgConnection,
        (before, now): (Option<Reading>, Timestamp),
        admit: &(impl Fn(&str) -> Admission + Send),
    ) -> Result<(Draw, String, Reading), sqlx::Error> {
        let account = &self.account;
        sqlx::raw_sql("BEGIN").execute(&mut *connection).await?;
        let row = sqlx::query_file!("sql/postgres/queries/pace/lock.sql", account)
            .fetch_one(&mut *connection)
            .await?;
        let reading = self.read_clock(connection).await?;
        let stood = Progress { next: row.next, epoch: row.epoch };
        let mut progress = stood;
        progress.settle(self.pace, reading.server, row.began);
        if before.is_some_and(|before| reading.was_set_forward_since(&before)) {
            progress.be_silent(reading.server);
        }
        let Admission { most, health } = admit(&row.health);
        let wait = progress.wait(reading.server);
        let until = reading.server + LEASE;
        let mut ids = Vec::new();
        if wait.is_none() && most > 0 {
            let most = i64::try_from(most).unwrap_or(i64::MAX).min(self.pace.most_at_once());
            let due = now.as_millisecond();
            let taking = sqlx::query_file_scalar!(
                "sql/postgres/queries/pace/take.sql",
                due,
                reading.server,
                until,
                most
            );
            ids = taking.fetch_all(&mut *connection).await?;
        }
        let slots = progress.take(self.pace, reading.server, ids.len());
        let health = if ids.is_empty() { row.health } else { health };
        if progress != stood || !ids.is_empty() {
            let Progress { next, epoch } = progress;
            sqlx::query_file!("sql/postgres/queries/pace/advance.sql", account, next, epoch, health)
                .execute(&mut *connection)
                .await?;
        }
        sqlx::raw_sql("COMMIT").execute(&mut *connection).await?;
        let leased: Vec<_> = ids
            .into_iter()
            .zip(slots)
            .map(|(id, slot)| Leased { id, until, slot: reading.slot(slot) })
            .collect();
        let taken = match wait {
            _ if !leased.is_empty() => Draw::Leased(leased),
            Some(wait) if most > 0 => Draw::Later(Duration::from_micros(wait.unsigned_abs())),
            _ => Draw::Nothing,
        };
        Ok((taken, health, reading))
    }

    /// Changes what is known of SEEK Pass, for all services.
    ///
    /// # Errors
    /// [`StoreError`] when the server cannot be asked.
    pub async fn change_health(&self, change: impl FnOnce(&str) -> String + Send) -> Result<(), StoreError> {
        let mut session = self.session.lock().await;
        let mut connection = self.connection(&mut session).await?;
        let account = &self.account;
        sqlx::raw_sql("BEGIN").execute(&mut connection).await?;
        let row = sqlx::query_file!("sql/postgres/queries/pace/lock.sql", account)
            .fetch_one(&mut connection)
            .await?;
        let health = change(&row.health);
        sqlx::query_file!("sql/postgres/queries/pace/health.sql", account, health)
            .execute(&mut connection)
            .await?;
        sqlx::raw_sql("COMMIT").execute(&mut connection).await?;
        session.connection = Some(connection);
        Ok(())
    }

    /// A slot for a call that is no submission's first: SEEK Pass wanted another token.
    ///
    /// # Errors
    /// [`StoreError`] when the server cannot be asked.
    pub async fn slot(&self) -> Result<Slot, StoreError> {
        loop {
            let mut session = self.session.lock().await;
            let mut connection = self.connection(&mut session).await?;
            let account = &self.account;
            sqlx::raw_sql("BEGIN").execute(&mut connection).await?;
            let row = sqlx::query_file!("sql/postgres/queries/pace/lock.sql", account)
                .fetch_one(&mut connection)
                .await?;
            let reading = self.read_clock(&mut connection).await?;
            let mut progress = Progress { next: row.next, epoch: row.epoch };
            progress.settle(self.pace, reading.server, row.began);
            let wait = progress.wait(reading.server);
            let slots = progress.take(self.pace, reading.server, usize::from(wait.is_none()));
            let Progress { next, epoch } = progress;
            sqlx::query_file!("sql/postgres/queries/pace/advance.sql", account, next, epoch, row.health)
                .execute(&mut connection)
                .await?;
            sqlx::raw_sql("COMMIT").execute(&mut connection).await?;
            session.connection = Some(connection);
            drop(session);
            if let Some(slot) = slots.first() {
                return Ok(reading.slot(*slot));
            }
            self.clock.sleep(Duration::from_micros(wait.unwrap_or(0).unsigned_abs())).await;
        }
    }

    /// What was taken and not tried is anybody's again.
    ///
    /// # Errors
    /// [`StoreError`] when the server cannot be asked: then it is after the lease.
    pub async fn give_back(&self, leased: &[Leased]) -> Result<(), StoreError> {
        let mut session = self.session.lock().await;
        let mut connection = self.connection(&mut session).await?;
        for same in leased.chunk_by(|one, other| one.until == other.until) {
            let ids: Vec<i64> = same.iter().map(|leased| leased.id).collect();
            sqlx::query_file!("sql/postgres/queries/pace/give_back.sql", &ids, same[0].until)
                .execute(&mut connection)
                .await?;
        }
        session.connection = Some(connection);
        Ok(())
    }

    /// Out of the session until all is well: one that is left in the middle of something is not used again.
    async fn connection(&self, session: &mut Session) -> Result<PgConnection, StoreError> {
        if let Some(connection) = session.connection.take() {
            return Ok(connection);
        }
        let mut connection = connect_as(self.ledger.server(), "gradpass pace").await?;
        sqlx::raw_sql(SESSION).execute(&mut connection).await?;
        sqlx::raw_sql("BEGIN").execute(&mut connection).await?;
        let made = sqlx::query_file!("sql/postgres/queries/pace/open.sql", self.account)
            .execute(&mut connection)
            .await?;
        if made.rows_affected() > 0 {
            // the first service of this account: nobody else has anything under way, and one on a file may have died with something
            run!(
                Engine::<&mut SqliteConnection, _>::Postgres(&mut connection),
                "sql/queries/redemption/submission_recover.sql"()
            )?;
        }
        sqlx::raw_sql("COMMIT").execute(&mut connection).await?;
        Ok(connection)
    }

    async fn read_clock(&self, connection: &mut PgConnection) -> Result<Reading, sqlx::Error> {
        let told = self.server.as_ref().map(|server| server.now().as_microsecond());
        let before = self.clock.nanoseconds();
        let server = sqlx::query_file_scalar!("sql/postgres/queries/pace/clock.sql", told)
            .fetch_one(connection)
            .await?;
        let reading = Reading { before, server, after: self.clock.nanoseconds() };
        if let Ok(server) = Timestamp::from_microsecond(server) {
            self.clock.follow(server, reading.after);
        }
        Ok(reading)
    }
}

/// What the server's clock said, between two looks at ours.
#[derive(Debug, Clone, Copy)]
struct Reading {
    before: Nanos,
    server: i64,
    after: Nanos,
}

impl Reading {
    /// By our clock: never before it begins by the server's, and over before it is too late there, whenever between the two looks the
    /// server's was read.
    fn slot(&self, slot: i64) -> Slot {
        let span = |micros: i64| Nanos::from(Duration::from_micros(micros.max(0).unsigned_abs()));
        Slot {
            from: self.after + span(slot - self.server),
            until: self.before + span(slot - self.server + LATENESS),
        }
    }

    /// More time has gone by there than can have gone by here.
    fn was_set_forward_since(&self, earlier: &Self) -> bool {
        let here = Duration::from(self.after.duration_since(earlier.before)).as_micros();
        i128::from(self.server - earlier.server) > i128::try_from(here).unwrap_or(i128::MAX) + SET_FORWARD
    }
}
