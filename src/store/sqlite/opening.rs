//! How a connection to the ledger is opened, and what is looked at before.

use std::path::Path;
use std::time::Duration;

use sqlx::migrate::Migrator;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection};

use crate::config::Database;
use crate::store::error::{NOT_OURS, migration_error, unusable};
use crate::store::{StoreError, Watch};

static MIGRATIONS: Migrator = sqlx::migrate!("sql/migrations");

/// The tables of a ledger, as this program sees them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Version {
    /// Whoever made the file has not come to its tables yet.
    None,
    Older,
    Ours,
    Newer,
}

impl Version {
    async fn of(connection: &mut SqliteConnection, path: &Path) -> Result<Self, StoreError> {
        let unusable = |error| unusable(path, &error);
        let tables = sqlx::query_scalar::<_, i64>("SELECT count(*) FROM sqlite_schema");
        if tables.fetch_one(&mut *connection).await.map_err(unusable)? == 0 {
            return Ok(Self::None);
        }
        let applied =
            sqlx::query_scalar("SELECT version FROM _sqlx_migrations WHERE success ORDER BY version");
        let applied: Vec<i64> = applied.fetch_all(connection).await.map_err(unusable)?;
        let ours: Vec<i64> = MIGRATIONS.iter().map(|migration| migration.version).collect();
        Ok(if applied.iter().any(|version| !ours.contains(version)) {
            Self::Newer
        } else if applied.len() < ours.len() {
            Self::Older
        } else {
            Self::Ours
        })
    }
}

/// Whether its tables are as they should be. Nothing is written: whoever waits for the lock of a long import could only look
/// as well.
pub(in crate::store) async fn is_up_to_date(
    connection: &mut SqliteConnection,
    path: &Path,
) -> Result<bool, StoreError> {
    if Version::of(connection, path).await? != Version::Ours {
        return Ok(false);
    }
    // there is nothing left to do for them: they compare what was done
    MIGRATIONS.run(connection).await.map_err(|error| migration_error(path, &error))?;
    Ok(true)
}

/// Makes the tables, or brings them up to date, in one transaction: of two that begin at once, such as a service and the
/// first import, the second finds it done.
pub(in crate::store) async fn migrate(
    connection: &mut SqliteConnection,
    path: &Path,
) -> Result<(), StoreError> {
    if is_up_to_date(connection, path).await? {
        return Ok(());
    }
    let begun = connection.begin_with("BEGIN IMMEDIATE").await;
    let mut transaction = begun.map_err(|error| unusable(path, &error))?;
    MIGRATIONS.run(&mut *transaction).await.map_err(|error| migration_error(path, &error))?;
    transaction.commit().await.map_err(|error| unusable(path, &error))
}

/// Refuses a ledger whose tables are older or newer than this program's.
pub(in crate::store) async fn is_of_this_version(
    connection: &mut SqliteConnection,
    path: &Path,
) -> Result<(), StoreError> {
    let problem = match Version::of(connection, path).await? {
        Version::Ours => return Ok(()),
        Version::None => return Err(StoreError::Missing(Database::File(path.to_owned()))),
        Version::Older => "was written by an older gradpass; any import or send brings it up to date",
        Version::Newer => "was written by a newer gradpass; use that one",
    };
    Err(StoreError::of_file(path, problem))
}

/// The file comes into being readable by its owner only, since it holds names and addresses; `SQLite` gives
/// its companions (-wal, -shm) the same mode. One that is there is left alone: to close it would let go of the locks that
/// this process has on it (`SQLite`, How To Corrupt, section 2.2).
pub(in crate::store) fn create_private(path: &Path) -> Result<(), StoreError> {
    use std::os::unix::fs::OpenOptionsExt;
    match std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => {
            Err(StoreError::of_file(path, format!("cannot be written: {error}")))
        }
        _ => Ok(()),
    }
}

/// Looks before anything is written: another program's database would get our tables.
///
/// Whether the file has a log already, as every ledger has that was opened once.
pub(in crate::store) async fn not_somebody_elses(
    connection: &mut SqliteConnection,
    path: &Path,
) -> Result<bool, StoreError> {
    let look = async {
        let foreign = sqlx::query_file!("sql/queries/sqlite/foreign_tables.sql")
            .fetch_one(&mut *connection)
            .await?
            .tables;
        let journal: String = sqlx::query_scalar("PRAGMA journal_mode").fetch_one(connection).await?;
        Ok((foreign, journal))
    };
    match look.await {
        Ok((0, journal)) => Ok(journal == "wal"),
        Ok(_) => Err(StoreError::of_file(path, NOT_OURS)),
        Err(error) => Err(unusable(path, &error)),
    }
}

pub(in crate::store) fn writing(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(30))
        .disable_statement_logging()
}

/// For a ledger that nobody needs after this process: each page is written once, and nothing waits for the disk.
pub(in crate::store) fn fleeting(path: &Path) -> SqliteConnectOptions {
    writing(path).journal_mode(SqliteJournalMode::Truncate).synchronous(SqliteSynchronous::Off)
}

pub(in crate::store) fn reading(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .read_only(true)
        .busy_timeout(Duration::from_secs(30))
        .disable_statement_logging()
}

pub(in crate::store) async fn connect(
    options: &SqliteConnectOptions,
    path: &Path,
    watch: &Watch,
) -> Result<SqliteConnection, StoreError> {
    let connecting = async {
        let mut connection = SqliteConnection::connect_with(options).await?;
        watch.see(&mut connection).await?;
        Ok(connection)
    };
    connecting.await.map_err(|error| unusable(path, &error))
}
