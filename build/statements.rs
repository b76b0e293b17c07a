//! Describes every statement of `sql` for sqlx's macros, in the form in which they keep descriptions for a build without a
//! database. Left to themselves they ask one database for all statements of a crate; a description names the engine that it is
//! of. A statement that its tables do not know is an error here, also one that no macro is ever asked about.

use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::json;
use sha2::{Digest, Sha256};
use sqlx::migrate::Migrator;
use sqlx::sqlite::SqliteConnection;
use sqlx::{AssertSqlSafe, Connection, Database, Describe, Executor, SqlSafeStr, Sqlite};

/// What the ledger is made of.
const MIGRATIONS: &str = "sql/migrations";
/// What an import has beside it.
const STAGING: &str = "sql/staging.sql";
/// One statement a file.
const QUERIES: &str = "sql/queries";

/// Writes a description of each into a folder, which holds nothing else then. Returns what is wrong with those that cannot be
/// described, each with its file.
pub async fn describe(folder: &Path) -> Result<Vec<String>, Box<dyn Error>> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder)?;
    let mut ledger = ledger().await?;
    let mut wrong = Vec::new();
    for file in files(Path::new(QUERIES))? {
        let statement = fs::read_to_string(&file)?;
        match ledger.describe(AssertSqlSafe(statement.clone()).into_sql_str()).await {
            Ok(described) => write(folder, &statement, &described)?,
            Err(error) => wrong.push(format!("{}: {error}", file.display())),
        }
    }
    ledger.close().await?;
    Ok(wrong)
}

/// Every table, with nothing in it.
async fn ledger() -> Result<SqliteConnection, Box<dyn Error>> {
    let mut ledger = SqliteConnection::connect("sqlite::memory:").await?;
    let migrations = Migrator::new(Path::new(MIGRATIONS)).await?;
    migrations.run(&mut ledger).await.map_err(|error| format!("{MIGRATIONS} do not apply: {error}"))?;
    let staging = sqlx::raw_sql(AssertSqlSafe(fs::read_to_string(STAGING)?));
    staging.execute(&mut ledger).await.map_err(|error| format!("{STAGING} does not apply: {error}"))?;
    Ok(ledger)
}

/// As sqlx-macros reads it: named by the hash of the statement's text, which its calls have as well.
fn write(folder: &Path, statement: &str, described: &Describe<Sqlite>) -> Result<(), Box<dyn Error>> {
    let mut hash = String::new();
    for byte in Sha256::digest(statement) {
        write!(hash, "{byte:02x}")?;
    }
    let description =
        json!({ "db_name": Sqlite::NAME, "query": statement, "describe": described, "hash": hash });
    Ok(fs::write(folder.join(format!("query-{hash}.json")), description.to_string())?)
}

/// All of a folder and of those in it, in their order.
fn files(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut paths =
        fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<std::io::Result<Vec<_>>>()?;
    paths.sort();
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            files.append(&mut self::files(&path)?);
        } else if path.extension().is_some_and(|kind| kind == "sql") {
            files.push(path);
        }
    }
    Ok(files)
}
