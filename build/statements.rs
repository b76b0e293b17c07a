//! Describes every statement of `sql` for sqlx's macros, in the form in which they keep descriptions for a build without a
//! database. Left to themselves they ask one database for all statements of a crate; a description names the engine that it is
//! of. A statement that its tables do not know is an error here, also one that no macro is ever asked about.
//!
//! `SQLite`'s are described in every build. PostgreSQL's stand in a file, since nobody needs a server to build: who has one names it
//! in [`SERVER`], and has the file written anew (`just describe`).

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use sqlx::migrate::Migrator;
use sqlx::postgres::PgConnection;
use sqlx::sqlite::SqliteConnection;
use sqlx::{AssertSqlSafe, Connection, Database, Executor, Postgres, SqlSafeStr, Sqlite};

/// The variable that names a server.
pub const SERVER: &str = "DESCRIBE_POSTGRES";

/// What the ledger is made of.
const MIGRATIONS: &str = "sql/migrations";
/// What an import has beside it.
const STAGING: &str = "sql/staging.sql";
/// One statement a file.
const QUERIES: &str = "sql/queries";
/// Those that no other engine has.
const OF_SQLITE: &str = "sql/queries/sqlite/";

const POSTGRES_MIGRATIONS: &str = "sql/postgres/migrations";
const POSTGRES_STAGING: &str = "sql/postgres/staging.sql";
const POSTGRES_QUERIES: &str = "sql/postgres/queries";
/// Their descriptions, by the files.
const DESCRIBED: &str = "sql/postgres/described.json";

/// A statement with what sqlx says of it.
type Described = BTreeMap<String, Value>;

/// Writes the description of each into a folder, which holds nothing else then, and into `macros` what makes PostgreSQL's of the
/// name of a statement. Returns what is wrong with those that cannot be described, each with its file.
pub async fn describe(
    folder: &Path,
    macros: &Path,
    server: Option<&str>,
) -> Result<Vec<String>, Box<dyn Error>> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder)?;
    let (sqlite, mut wrong) = of_sqlite().await?;
    if let Some(server) = server {
        let (described, wrong_there) = of_postgres(server, &sqlite).await?;
        wrong.extend(wrong_there);
        fs::write(DESCRIBED, serde_json::to_string_pretty(&described)? + "\n")?;
    }
    let (postgres, stale) = known_of_postgres()?;
    wrong.extend(stale);
    fs::write(macros, macros_of(&postgres))?;
    for (engine, all) in [(Sqlite::NAME, sqlite), (Postgres::NAME, postgres)] {
        for described in all.values() {
            write(folder, engine, described)?;
        }
    }
    Ok(wrong)
}

/// Those of `SQLite`, by a ledger with nothing in it.
pub async fn of_sqlite() -> Result<(Described, Vec<String>), Box<dyn Error>> {
    let mut ledger = SqliteConnection::connect("sqlite::memory:").await?;
    let migrations = Migrator::new(Path::new(MIGRATIONS)).await?;
    migrations.run(&mut ledger).await.map_err(|error| format!("{MIGRATIONS} do not apply: {error}"))?;
    let staging = sqlx::raw_sql(AssertSqlSafe(fs::read_to_string(STAGING)?));
    staging.execute(&mut ledger).await.map_err(|error| format!("{STAGING} does not apply: {error}"))?;
    let (mut all, mut wrong) = (Described::new(), Vec::new());
    for (file, statement) in statements(QUERIES)? {
        if is_compiled_at_every_use(&statement) {
            wrong.push(format!("{file}: SQLite compiles it at every use; write LIMIT CAST($1 AS BIGINT)"));
        }
        match ledger.describe(AssertSqlSafe(statement.clone()).into_sql_str()).await {
            Ok(about) => drop(all.insert(file, json!({ "query": statement, "describe": about }))),
            Err(error) => wrong.push(format!("{file}: {error}")),
        }
    }
    ledger.close().await?;
    Ok((all, wrong))
}

/// Whether a limit of the statement is nothing but a parameter: `SQLite` plans for its value, and so once more whenever one is given. An
/// expression it takes as it comes, and of this one PostgreSQL still knows the type.
fn is_compiled_at_every_use(statement: &str) -> bool {
    let words: Vec<_> = statement.split_whitespace().collect();
    words.windows(2).any(|pair| pair[0].eq_ignore_ascii_case("LIMIT") && pair[1].starts_with(['$', '?']))
}

/// Those of PostgreSQL, by tables in a schema of their own, of which nothing is left on the server. A statement that `SQLite` has,
/// too, gives the same columns.
pub async fn of_postgres(
    server: &str,
    sqlite: &Described,
) -> Result<(Described, Vec<String>), Box<dyn Error>> {
    let mut connection = PgConnection::connect(server).await?;
    let mut ledger = connection.begin().await?;
    ledger.execute("CREATE SCHEMA describing; SET LOCAL search_path TO describing").await?;
    // as sqlx makes it
    ledger
        .execute(
            "CREATE TABLE _sqlx_migrations (version BIGINT PRIMARY KEY, success BOOLEAN NOT NULL, checksum BYTEA NOT NULL)",
        )
        .await?;
    for (file, migration) in statements(POSTGRES_MIGRATIONS)? {
        let applied = sqlx::raw_sql(AssertSqlSafe(migration)).execute(&mut *ledger).await;
        applied.map_err(|error| format!("{file} does not apply: {error}"))?;
    }
    ledger.execute(AssertSqlSafe(fs::read_to_string(POSTGRES_STAGING)?)).await?;
    let (mut all, mut wrong) = (Described::new(), Vec::new());
    for (file, statement) in statements_of_postgres()? {
        ledger.execute("SAVEPOINT before").await?;
        let described = match ledger.describe(AssertSqlSafe(statement.clone()).into_sql_str()).await {
            Ok(about) => same_columns(serde_json::to_value(about)?, sqlite.get(&shared(&file))),
            Err(error) => {
                ledger.execute("ROLLBACK TO before").await?;
                Err(error.to_string())
            }
        };
        match described {
            Ok(about) => drop(all.insert(file, json!({ "query": statement, "describe": about }))),
            Err(error) => wrong.push(format!("{file}: {error}")),
        }
    }
    ledger.rollback().await?;
    Ok((all, wrong))
}

/// The statements of PostgreSQL: its own, and those of `SQLite` that it understands as they are. These begin with its name, since
/// sqlx knows a description by the text of its statement alone.
fn statements_of_postgres() -> std::io::Result<Vec<(String, String)>> {
    let mut all = statements(POSTGRES_QUERIES)?;
    let own: Vec<_> = all.iter().map(|(file, _)| shared(file)).collect();
    for (file, statement) in statements(QUERIES)? {
        if !file.starts_with(OF_SQLITE) && !own.contains(&file) {
            all.push((file, format!("-- PostgreSQL.\n{statement}")));
        }
    }
    Ok(all)
}

/// The name by which the program asks for a statement of PostgreSQL, which is that of `SQLite`'s.
fn shared(file: &str) -> String {
    file.replace(POSTGRES_QUERIES, QUERIES)
}

/// A description whose columns are held against those that `SQLite` gives by the same name. What may be NULL is known from
/// `SQLite`, since PostgreSQL does not say it of views and expressions.
fn same_columns(mut about: Value, sqlite: Option<&Value>) -> Result<Value, String> {
    let Some(sqlite) = sqlite.map(|sqlite| &sqlite["describe"]) else { return Ok(about) };
    let columns = |about: &Value| about["columns"].as_array().cloned().unwrap_or_default();
    let (given, known) = (columns(&about), columns(sqlite));
    let names = |columns: &[Value]| columns.iter().map(|column| column["name"].clone()).collect::<Vec<_>>();
    if names(&given) != names(&known) {
        return Err(format!("gives {:?}, and SQLite's {:?}", names(&given), names(&known)));
    }
    for (given, known) in given.iter().zip(&known) {
        let name = known["name"].as_str().unwrap_or_default();
        let is = given["type_info"].as_str().unwrap_or_default();
        let read_as = name.split_once(':').map_or("", |(_, kind)| kind.trim());
        let should = match (read_as, known["type_info"].as_str().unwrap_or_default()) {
            ("bool", _) => "Bool",
            ("i64" | "Moment" | "MaybeMoment", _) | ("", "Integer") => "Int8",
            ("Vec<u8>", _) | ("", "Blob") => "Bytea",
            _ => "Text",
        };
        if is != should {
            return Err(format!("column {name} is {is}, and is read as {should}"));
        }
    }
    about["nullable"] = sqlite["nullable"].clone();
    Ok(about)
}

/// Macros that stand for sqlx's own where PostgreSQL is asked: each takes the name of a statement of `SQLite`.
fn macros_of(postgres: &Described) -> String {
    let mut macros = String::new();
    for (name, with, call) in [
        ("postgres_run", "", "query!("),
        ("postgres_rows", "$row:path; ", "query_as!($row, "),
        ("postgres_scalar", "", "query_scalar!("),
    ] {
        let _ = writeln!(macros, "macro_rules! {name} {{");
        for (file, described) in postgres {
            let (file, statement) = (shared(file), described["query"].as_str().unwrap_or_default());
            let _ = writeln!(
                macros,
                "    ({file:?} {with}$($argument:expr),*) => {{ ::sqlx::{call}{statement:?}, $($argument),*) }};"
            );
        }
        macros.push_str("}\n");
    }
    macros
}

/// Those of PostgreSQL as they were described last. Without a server nobody can say anything of a statement that is another
/// one now.
pub fn known_of_postgres() -> Result<(Described, Vec<String>), Box<dyn Error>> {
    let mut described: Described = serde_json::from_str(&fs::read_to_string(DESCRIBED)?)?;
    let (mut all, mut wrong) = (Described::new(), Vec::new());
    for (file, statement) in statements_of_postgres()? {
        match described.remove(&file) {
            Some(about) if about["query"] == statement => drop(all.insert(file, about)),
            _ => wrong.push(format!("{file}: is not as it was described; run: just describe")),
        }
    }
    wrong.extend(
        described.into_keys().map(|file| format!("{DESCRIBED}: there is no {file}; run: just describe")),
    );
    Ok((all, wrong))
}

/// As sqlx-macros reads it: named by the hash of the statement's text, which its calls have as well.
fn write(folder: &Path, engine: &str, described: &Value) -> Result<(), Box<dyn Error>> {
    let statement = described["query"].as_str().unwrap_or_default();
    let mut hash = String::new();
    for byte in Sha256::digest(statement) {
        write!(hash, "{byte:02x}")?;
    }
    let description =
        json!({ "db_name": engine, "query": statement, "describe": described["describe"], "hash": hash });
    Ok(fs::write(folder.join(format!("query-{hash}.json")), description.to_string())?)
}

/// Every file of a folder and of those in it, with its text, in their order.
fn statements(folder: impl Into<PathBuf>) -> std::io::Result<Vec<(String, String)>> {
    let folder = folder.into();
    let mut paths =
        fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<std::io::Result<Vec<_>>>()?;
    paths.sort();
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            files.append(&mut statements(path)?);
        } else if path.extension().is_some_and(|kind| kind == "sql") {
            files.push((path.display().to_string(), fs::read_to_string(&path)?));
        }
    }
    Ok(files)
}
