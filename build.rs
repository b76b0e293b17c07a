//! Lets `sqlx` check every query at build time, on a fresh clone, with no database at hand: applies the
//! migrations and the staging schema to a throw-away database and points the macros at it.

use std::error::Error;
use std::path::{Path, PathBuf};

use sqlx::Connection;
use sqlx::migrate::Migrator;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};

#[expect(
    clippy::disallowed_methods,
    reason = "cargo tells a build script where to write through the environment"
)]
fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed=sql");
    println!("cargo:rerun-if-changed=src/email/templates");

    let database = PathBuf::from(std::env::var("OUT_DIR")?).join("schema.db");
    if database.exists() {
        std::fs::remove_file(&database)?;
    }
    tokio::runtime::Builder::new_current_thread().build()?.block_on(create(&database))?;

    println!("cargo:rustc-env=DATABASE_URL=sqlite:{}", database.display());
    println!("cargo:rustc-env=SQLX_OFFLINE=false");
    Ok(())
}

async fn create(database: &Path) -> Result<(), Box<dyn Error>> {
    let options = SqliteConnectOptions::new().filename(database).create_if_missing(true);
    let mut connection = SqliteConnection::connect_with(&options).await?;
    Migrator::new(Path::new("sql/migrations"))
        .await?
        .run(&mut connection)
        .await
        .map_err(|error| format!("sql/migrations do not apply: {error}"))?;
    let staging = std::fs::read_to_string("sql/staging.sql")?;
    sqlx::raw_sql(sqlx::AssertSqlSafe(staging))
        .execute(&mut connection)
        .await
        .map_err(|error| format!("sql/staging.sql does not apply: {error}"))?;
    connection.close().await?;
    Ok(())
}
