//! Two engines keep ledgers, and the same verbs work on both: a verb asks with `ask!` and changes with `run!`, each with the file
//! of a statement, and does with the rows what is to be done with them, whichever engine gave them.
//!
//! A statement of `sql/queries` is `SQLite`'s, and PostgreSQL's as well wherever it knows the words; where not,
//! `sql/postgres/queries` has another of the same name, with the same arguments and columns. `build.rs` describes both for sqlx, so
//! that both are checked when the program is built.

use sqlx::Connection as _;
use sqlx::postgres::{PgConnection, PgPool};
use sqlx::sqlite::{SqliteConnection, SqlitePool};

use crate::invitation::{InvitationState, MessageState};
use crate::store::moment::Moment;
use crate::store::{postgres, sqlite};
use crate::submission::SubmissionState;

include!(concat!(env!("OUT_DIR"), "/postgres_statements.rs"));

/// Something of one of the two engines.
#[derive(Debug, Clone)]
pub enum Engine<S, P> {
    /// Of `SQLite`.
    Sqlite(S),
    /// Of PostgreSQL.
    Postgres(P),
}

/// A connection to a ledger.
pub type Connection = Engine<SqliteConnection, PgConnection>;

/// Connections that only read.
pub(in crate::store) type Readers<'a> = Engine<&'a SqlitePool, &'a PgPool>;

/// Which of both.
pub type Kind = Engine<(), ()>;

impl Copy for Kind {}

impl<S, P> Engine<&mut S, &mut P> {
    /// The same, for one statement of several.
    pub(in crate::store) fn again(&mut self) -> Engine<&mut S, &mut P> {
        match self {
            Self::Sqlite(on) => Engine::Sqlite(on),
            Self::Postgres(on) => Engine::Postgres(on),
        }
    }
}

impl Connection {
    pub(in crate::store) const fn kind(&self) -> Kind {
        match self {
            Self::Sqlite(_) => Engine::Sqlite(()),
            Self::Postgres(_) => Engine::Postgres(()),
        }
    }

    /// Begins a transaction that writes, when nobody else writes.
    pub(in crate::store) async fn begin(&mut self) -> Result<(), sqlx::Error> {
        match self {
            Self::Sqlite(connection) => sqlite::writing::begin(connection).await,
            Self::Postgres(connection) => postgres::connection::begin(connection).await,
        }
    }

    pub(in crate::store) async fn close(self) -> Result<(), sqlx::Error> {
        match self {
            Self::Sqlite(connection) => connection.close().await,
            Self::Postgres(connection) => connection.close().await,
        }
    }

    /// Begins the transaction of an import into an empty ledger. Nobody else writes into a file from here on, and into a ledger on a server from
    /// [`Connection::go_on_alone`].
    pub(in crate::store) async fn begin_first(&mut self) -> Result<(), sqlx::Error> {
        match self {
            Self::Sqlite(connection) => sqlx::query("BEGIN IMMEDIATE").execute(connection).await.map(|_| ()),
            Self::Postgres(_) => self.begin_staging().await,
        }
    }

    /// In the middle of such a transaction: nobody else writes until it ends.
    pub(in crate::store) async fn go_on_alone(&mut self) -> Result<(), sqlx::Error> {
        match self {
            Self::Sqlite(_) => Ok(()),
            Self::Postgres(connection) => postgres::connection::go_on_alone(connection).await,
        }
    }

    /// Begins a transaction that writes nothing that anybody else sees.
    pub(in crate::store) async fn begin_staging(&mut self) -> Result<(), sqlx::Error> {
        match self {
            Self::Sqlite(connection) => sqlx::query("BEGIN").execute(connection).await.map(|_| ()),
            Self::Postgres(connection) => sqlx::query("BEGIN").execute(connection).await.map(|_| ()),
        }
    }

    /// Ends a transaction.
    pub(in crate::store) async fn commit(&mut self) -> Result<(), sqlx::Error> {
        match self {
            Self::Sqlite(connection) => sqlx::query("COMMIT").execute(connection).await.map(|_| ()),
            Self::Postgres(connection) => sqlx::query("COMMIT").execute(connection).await.map(|_| ()),
        }
    }

    /// Ends a transaction of which nothing is to stand; one that the engine has ended itself cannot be ended again.
    pub(in crate::store) async fn roll_back(&mut self) {
        match self {
            Self::Sqlite(connection) => drop(sqlx::query("ROLLBACK").execute(connection).await),
            Self::Postgres(connection) => drop(sqlx::query("ROLLBACK").execute(connection).await),
        }
    }
}

/// What a statement gives: `ask!(on, fetch_all, "file"(arguments) as Row)`, where `on` is a connection or connections that read.
/// Instead of the name of a row there may stand its columns, `as { id: i64 }`, or `as _` for the only column.
macro_rules! ask {
    ($on:expr, $fetch:ident, $file:tt($($argument:expr),* $(,)?) as { $($column:ident: $type:ty),* $(,)? }) => {{
        struct Row {
            $($column: $type),*
        }
        ask!($on, $fetch, $file($($argument),*) as Row)
    }};
    ($on:expr, $fetch:ident, $file:tt($($argument:expr),* $(,)?) as _) => {
        match $on {
            $crate::store::engine::Engine::Sqlite(on) => {
                sqlx::query_file_scalar!($file, $($argument),*).$fetch(on).await
            }
            $crate::store::engine::Engine::Postgres(on) => {
                postgres_scalar!($file $($crate::store::engine::Argument::sent(&$argument)),*).$fetch(on).await
            }
        }
    };
    ($on:expr, $fetch:ident, $file:tt($($argument:expr),* $(,)?) as $row:path) => {
        match $on {
            $crate::store::engine::Engine::Sqlite(on) => {
                sqlx::query_file_as!($row, $file, $($argument),*).$fetch(on).await
            }
            $crate::store::engine::Engine::Postgres(on) => {
                postgres_rows!($file $row; $($crate::store::engine::Argument::sent(&$argument)),*).$fetch(on).await
            }
        }
    };
}

/// Carries a statement out, and says how many rows it changed: `run!(connection, "file"(arguments))`.
macro_rules! run {
    ($connection:expr, $file:tt($($argument:expr),* $(,)?)) => {
        match $connection {
            $crate::store::engine::Engine::Sqlite(on) => {
                sqlx::query_file!($file, $($argument),*).execute(on).await.map(|done| done.rows_affected())
            }
            $crate::store::engine::Engine::Postgres(on) => {
                postgres_run!($file $($crate::store::engine::Argument::sent(&$argument)),*)
                    .execute(on)
                    .await
                    .map(|done| done.rows_affected())
            }
        }
    };
}

/// A value as PostgreSQL is sent it, which holds the types of a statement's arguments against its columns.
pub(in crate::store) trait Argument {
    /// Of this type.
    type Sent;
    fn sent(self) -> Self::Sent;
}

/// Each as what it becomes.
macro_rules! sent {
    ($($given:ty => $sent:ty: |$value:ident| $as:expr;)*) => {
        $(impl<'a> Argument for &'a $given {
            type Sent = $sent;
            fn sent(self) -> Self::Sent {
                let $value = self;
                $as
            }
        })*
    };
}

sent! {
    i64 => i64: |number| *number;
    i16 => i64: |number| i64::from(*number);
    bool => bool: |is| *is;
    str => &'a str: |text| text;
    String => &'a str: |text| text;
    Vec<u8> => &'a [u8]: |bytes| bytes;
    [u8] => &'a [u8]: |bytes| bytes;
    Moment => i64: |moment| (*moment).into();
    MessageState => &'static str: |state| state.word();
    InvitationState => &'static str: |state| state.word();
    SubmissionState => &'static str: |state| state.word();
}

impl<'b, T: ?Sized> Argument for &&'b T
where
    &'b T: Argument,
{
    type Sent = <&'b T as Argument>::Sent;
    fn sent(self) -> Self::Sent {
        (*self).sent()
    }
}

impl<'a, T> Argument for &'a Option<T>
where
    &'a T: Argument,
{
    type Sent = Option<<&'a T as Argument>::Sent>;
    fn sent(self) -> Self::Sent {
        self.as_ref().map(Argument::sent)
    }
}
