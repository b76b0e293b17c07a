//! How a connection to the ledger is opened, and what is looked at before.

use std::path::Path;
use std::time::Duration;

use sqlx::migrate::Migrator;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection};

use super::error::{NOT_OURS, migration_error, unusable};
use super::{StoreError, Watch};

static MIGRATIONS: Migrator = sqlx::migrate!("sql/migrations");

/// Makes the tables, or brings them up to date, in one transaction: of two that begin at once, such as a service and the
/// first import, the second finds it done.
pub(super) async fn migrate(connection: &mut SqliteConnection, path: &Path) -> Result<(), StoreError> {
    let begun = connection.begin_with("BEGIN IMMEDIATE").await;
    let mut transaction = begun.map_err(|error| unusable(path, &error))?;
    MIGRATIONS.run(&mut *transaction).await.map_err(|error| migration_error(path, &error))?;
    transaction.commit().await.map_err(|error| unusable(path, &error))
}

/// Refuses a ledger whose tables are older or newer than this program's.
pub(super) async fn is_of_this_version(
    connection: &mut SqliteConnection,
    path: &Path,
) -> Result<(), StoreError> {
    let tables: i64 = sqlx::query_scalar("SELECT count(*) FROM sqlite_schema")
        .fetch_one(&mut *connection)
        .await
        .map_err(|error| unusable(path, &error))?;
    if tables == 0 {
        // whoever made the file has not come to its tables yet
        return Err(StoreError::Missing(path.to_owned()));
    }
    let applied: Vec<i64> =
        sqlx::query_scalar("SELECT version FROM _sqlx_migrations WHERE success ORDER BY version")
            .fetch_all(connection)
            .await
            .map_err(|error| unusable(path, &error))?;
    let ours: Vec<i64> = MIGRATIONS.iter().map(|migration| migration.version).collect();
    let problem = if applied.iter().any(|version| !ours.contains(version)) {
        "was written by a newer gradpass; use that one"
    } else if applied.len() < ours.len() {
        "was written by an older gradpass; any import or send brings it up to date"
    } else {
        return Ok(());
    };
    Err(StoreError::Unusable { path: path.to_owned(), problem: problem.into() })
}

/// The file comes into being readable by its owner only, since it holds names and addresses; `SQLite` gives
/// its companions (-wal, -shm) the same mode.
pub(super) fn create_private(path: &Path) -> Result<(), StoreError> {
    use std::os::unix::fs::OpenOptionsExt;
    let made = std::fs::OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(path);
    made.map(|_| ()).map_err(|error| StoreError::Unusable {
        path: path.to_owned(),
        problem: format!("cannot be written: {error}"),
    })
}

/// Looks before anything is written: another program's database would get our tables.
pub(super) async fn not_somebody_elses(path: &Path) -> Result<(), StoreError> {
    let look = async {
        let mut connection = SqliteConnection::connect_with(&reading(path)).await?;
        let foreign =
            sqlx::query_file!("sql/queries/foreign_tables.sql").fetch_one(&mut connection).await?.tables;
        connection.close().await?;
        Ok(foreign)
    };
    match look.await {
        Ok(0) => Ok(()),
        Ok(_) => Err(StoreError::Unusable { path: path.to_owned(), problem: NOT_OURS.into() }),
        Err(error) => Err(unusable(path, &error)),
    }
}

pub(super) fn writing(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(30))
        .disable_statement_logging()
}

/// For a ledger that nobody needs after this process: each page is written once, and nothing waits for the disk.
pub(super) fn fleeting(path: &Path) -> SqliteConnectOptions {
    writing(path).journal_mode(SqliteJournalMode::Truncate).synchronous(SqliteSynchronous::Off)
}

pub(super) fn reading(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .read_only(true)
        .busy_timeout(Duration::from_secs(30))
        .disable_statement_logging()
}

pub(super) async fn connect(
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
