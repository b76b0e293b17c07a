//! How a ledger on a server is opened, and what is looked at before.

use std::str::FromStr;
use std::time::Duration;

use secrecy::ExposeSecret;
use sqlx::migrate::{MigrateError, Migrator};
use sqlx::postgres::{PgConnectOptions, PgConnection, PgPool, PgPoolOptions};
use sqlx::{ConnectOptions, Connection as _};

use crate::config::{Database, Server};
use crate::credential::CredentialType;
use crate::store::error::is_away;
use crate::store::sqlite::generation::GenerationFile;
use crate::store::{Connection, Engine, Staging, Store, StoreError, Writer};

static MIGRATIONS: Migrator = sqlx::migrate!("sql/postgres/migrations");

/// From this version on there is everything that statements need, and its makers still mend it.
const OLDEST: i64 = 14;

/// An open ledger on a server.
#[derive(Debug)]
pub(in crate::store) struct Ledger {
    server: Server,
    pub(in crate::store) readers: PgPool,
    pub(in crate::store) generation: GenerationFile,
    /// One for all that is done through this ledger: a connection costs a server a process. A ledger that is looked at has none.
    writer: Option<Writer>,
}

/// The tables of a database, as this program sees them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Version {
    None,
    /// There are tables, but none of ours.
    Foreign,
    Older,
    Ours,
    Newer,
    /// Made by other migrations of the same numbers.
    Altered,
}

impl Ledger {
    /// Makes the tables, or brings them up to date. Of two that begin at once the second waits, and finds it done.
    pub(in crate::store) async fn open(server: &Server) -> Result<Self, StoreError> {
        let mut connection = connect(server, "gradpass writer", Purpose::ToWrite).await?;
        match Version::of(&mut connection).await.map_err(|error| unusable(server, &error))? {
            Version::Foreign => return Err(no_ledger(server, NOT_OURS)),
            Version::Newer => return Err(no_ledger(server, NEWER)),
            Version::Altered => return Err(no_ledger(server, ALTERED)),
            Version::Ours => {}
            // the migrations know by themselves which are missing, under a lock of the database
            Version::None | Version::Older => {
                MIGRATIONS.run(&mut connection).await.map_err(|error| migration_error(server, &error))?;
            }
        }
        let writer = Writer::start(Engine::Postgres(connection), Engine::Postgres(server.clone())).await?;
        Self::with(server, Some(writer))
    }

    /// Refuses tables that are older or newer than this program's.
    pub(in crate::store) async fn open_read_only(server: &Server) -> Result<Self, StoreError> {
        let mut connection = connect(server, "gradpass", Purpose::ToLook).await?;
        match Version::of(&mut connection).await.map_err(|error| unusable(server, &error))? {
            Version::Ours => {}
            Version::None => return Err(StoreError::Missing(Database::Server(server.clone()))),
            Version::Foreign => return Err(no_ledger(server, NOT_OURS)),
            Version::Older => return Err(no_ledger(server, OLDER)),
            Version::Newer => return Err(no_ledger(server, NEWER)),
            Version::Altered => return Err(no_ledger(server, ALTERED)),
        }
        let _ = connection.close().await;
        Self::with(server, None)
    }

    /// Readers connect when something is asked.
    fn with(server: &Server, writer: Option<Writer>) -> Result<Self, StoreError> {
        let readers = PgPoolOptions::new()
            .max_connections(2)
            .acquire_timeout(Duration::from_secs(30))
            .connect_lazy_with(options(server)?);
        let generation = GenerationFile::of(&Database::Server(server.clone()));
        Ok(Self { server: server.clone(), readers, generation, writer })
    }

    /// Where it is.
    pub(in crate::store) const fn server(&self) -> &Server {
        &self.server
    }

    pub(in crate::store) async fn writer(&self) -> Result<Writer, StoreError> {
        if let Some(writer) = &self.writer {
            return Ok(writer.clone());
        }
        let connection = connect_as(&self.server, "gradpass writer").await?;
        Ok(Writer::start(Engine::Postgres(connection), Engine::Postgres(self.server.clone())).await?)
    }

    /// A connection of its own for one import, whose temporary tables go with it.
    pub(in crate::store) async fn staging(&self, of: CredentialType) -> Result<Staging, StoreError> {
        let mut connection = connect_as(&self.server, "gradpass import").await?;
        // a plan for any range of students is none for a small one, and what a step asks for is mostly in memory: to walk through whole
        // tables for each would take longer and longer
        let settings = "SET plan_cache_mode = force_custom_plan; SET random_page_cost = 1.1";
        sqlx::raw_sql(settings).execute(&mut connection).await?;
        sqlx::raw_sql(include_str!("../../../sql/postgres/staging.sql")).execute(&mut connection).await?;
        Ok(Staging::on(Engine::Postgres(connection), None, of))
    }
}

/// Connects a writer anew where the server has gone away meanwhile. What stood there before it did is not known to whoever waited, who
/// was told that it failed.
pub(in crate::store) async fn mend(server: &Server, connection: &mut Connection) {
    let Engine::Postgres(broken) = connection else { return };
    if broken.ping().await.is_ok() {
        return;
    }
    match connect_as(server, "gradpass writer").await {
        Ok(again) => *broken = again,
        Err(error) => tracing::warn!("the ledger cannot be written: {error}"),
    }
}

impl Store {
    /// What is wrong with a ledger on a server; `None` when it can be written.
    pub(in crate::store) async fn condition_of_server(&self) -> Result<Option<String>, StoreError> {
        let Engine::Postgres(ledger) = &self.0 else { return Ok(None) };
        let about =
            sqlx::query_file!("sql/postgres/queries/opening/rights.sql").fetch_one(&ledger.readers).await?;
        let database = Database::Server(ledger.server.clone());
        Ok(if about.is_standby {
            Some(format!("{database}: {STANDBY}"))
        } else if !about.may_write {
            Some(format!("{database}: cannot be written by this user: it has to own the tables"))
        } else {
            None
        })
    }

    /// Gives room back that deleted rows took, so that nothing that was deleted can be read in the server's files once its log is
    /// recycled.
    pub(in crate::store) async fn vacuum_server(&self) -> Result<bool, StoreError> {
        if let Engine::Postgres(ledger) = &self.0 {
            let mut connection = connect_as(&ledger.server, "gradpass purge").await?;
            sqlx::query("VACUUM FULL").execute(&mut connection).await?;
            connection.close().await?;
        }
        Ok(true)
    }
}

const STANDBY: &str = "is a standby, which cannot be written; name the primary in database.url";
const ALTERED: &str = "has tables that this gradpass did not make; check database.url";
const NOT_OURS: &str = "has tables, but none of gradpass's; name an empty database in database.url";
const OLDER: &str = "was written by an older gradpass; `gradpass run` brings it up to date";
const NEWER: &str = "was written by a newer gradpass; use that one";

impl Version {
    async fn of(connection: &mut PgConnection) -> Result<Self, sqlx::Error> {
        if !sqlx::query_file!("sql/postgres/queries/opening/has_ours.sql")
            .fetch_one(&mut *connection)
            .await?
            .has_ours
        {
            let tables = sqlx::query_file_scalar!("sql/postgres/queries/opening/tables_count.sql");
            return Ok(if tables.fetch_one(connection).await? == 0 { Self::None } else { Self::Foreign });
        }
        let applied = sqlx::query_file!("sql/postgres/queries/opening/versions_applied.sql")
            .fetch_all(connection)
            .await?;
        let known = |version| MIGRATIONS.iter().find(|migration| migration.version == version);
        Ok(if applied.iter().any(|it| known(it.version).is_none()) {
            Self::Newer
        } else if applied.iter().any(|it| known(it.version).is_none_or(|ours| *ours.checksum != *it.checksum))
        {
            Self::Altered
        } else if applied.is_empty() {
            // whoever makes the tables has not come to them yet
            Self::None
        } else if applied.len() < MIGRATIONS.iter().len() {
            Self::Older
        } else {
            Self::Ours
        })
    }
}

fn options(server: &Server) -> Result<PgConnectOptions, StoreError> {
    let unusable = |problem: String| no_ledger(server, problem);
    let mut options = PgConnectOptions::from_str(server.url().as_str())
        .map_err(|error| unusable(format!("is no address of a server: {error}")))?
        .application_name("gradpass")
        .disable_statement_logging();
    if let Some(password) = server.password() {
        let password = password.load().map_err(|error| unusable(error.to_string()))?;
        options = options.password(password.expose_secret());
    }
    Ok(options)
}

/// A connection under a name by which `pg_stat_activity` knows it.
pub(in crate::store) async fn connect_as(server: &Server, name: &str) -> Result<PgConnection, StoreError> {
    let options = options(server)?.application_name(name);
    PgConnection::connect_with(&options).await.map_err(|error| unusable(server, &error))
}

/// What a connection is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Purpose {
    ToLook,
    ToWrite,
}

/// A connection to a server that is new enough, keeps text as we do, and takes what is to be written.
async fn connect(server: &Server, name: &str, purpose: Purpose) -> Result<PgConnection, StoreError> {
    let mut connection = connect_as(server, name).await?;
    let about = sqlx::query_file!("sql/postgres/queries/opening/server_about.sql");
    let about = about.fetch_one(&mut connection).await.map_err(|error| unusable(server, &error))?;
    if about.version < OLDEST {
        let problem = format!("is on PostgreSQL {}; gradpass needs {OLDEST} or newer", about.version);
        return Err(no_ledger(server, problem));
    }
    if about.encoding != "UTF8" {
        let problem = format!(
            "is in the encoding {}; make the database anew: createdb --encoding UTF8 --template template0",
            about.encoding
        );
        return Err(no_ledger(server, problem));
    }
    if about.is_standby && purpose == Purpose::ToWrite {
        return Err(no_ledger(server, STANDBY));
    }
    Ok(connection)
}

fn no_ledger(server: &Server, problem: impl Into<String>) -> StoreError {
    StoreError::Unusable { ledger: Database::Server(server.clone()), problem: problem.into() }
}

/// In words that say what to do. What the server says of itself has no row in it.
fn unusable(server: &Server, error: &sqlx::Error) -> StoreError {
    let ledger = Database::Server(server.clone());
    let code = error.as_database_error().and_then(sqlx::error::DatabaseError::code);
    // https://www.postgresql.org/docs/current/errcodes-appendix.html
    let problem = match code.as_deref() {
        Some("28P01" | "28000") => {
            format!(
                "does not let us in: {error}; check user and database.password_file, and pg_hba.conf of the server"
            )
        }
        Some("3D000") => format!("{error}; make it: createdb --encoding UTF8 --template template0"),
        Some("42501") => {
            format!("{error}; the user has to own the database, or may make tables in its schema")
        }
        Some(_) if is_away(error) => return StoreError::Unreachable { ledger, problem: error.to_string() },
        None if is_away(error) => {
            return StoreError::Unreachable { ledger, problem: format!("does not answer: {error}") };
        }
        _ => error.to_string(),
    };
    StoreError::Unusable { ledger, problem }
}

fn migration_error(server: &Server, error: &MigrateError) -> StoreError {
    match error {
        MigrateError::VersionMissing(_) => no_ledger(server, NEWER),
        MigrateError::VersionMismatch(_) => no_ledger(server, ALTERED),
        MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => unusable(server, error),
        other => no_ledger(server, format!("cannot be brought up to date: {other}")),
    }
}
