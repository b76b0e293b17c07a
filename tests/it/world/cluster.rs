//! One PostgreSQL for all tests of this process, with a new database for each that asks. It is in a folder of its own, reached by
//! a socket there, forgets everything at the end, and ends with the process, however that ends.

use std::io::{BufRead, BufReader};
use std::os::unix::fs::chown;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use gradpass::config::Database;
use gradpass::store::Store;
use nix::unistd::{User, geteuid};
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{AssertSqlSafe, Connection, Executor};

use super::process;

/// Whoever reads from us hears nothing more once we have gone: then it stops the server and clears up.
const SCRIPT: &str = r#"
set -e
"$0/initdb" --pgdata "$1/data" --username postgres --auth trust --encoding UTF8 --locale C --no-sync >"$1/log" 2>&1
"$0/pg_ctl" --pgdata "$1/data" --log "$1/log" --wait start >>"$1/log" 2>&1 -o "-c listen_addresses= \
    -c unix_socket_directories=$1 -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=1000 \
    -c shared_buffers=16MB -c autovacuum=off -c jit=off -c max_wal_size=4GB -c checkpoint_timeout=1h"
echo ready
read -r _ || true
"$0/pg_ctl" --pgdata "$1/data" --mode immediate stop >>"$1/log" 2>&1
rm -rf "$1"
"#;

/// A server that is at work.
pub struct Cluster {
    folder: PathBuf,
    databases: AtomicUsize,
    /// The name of a database that has the tables.
    template: OnceLock<String>,
    /// What it reads is open as long as this process is there.
    _server: Child,
}

/// The server, or `None` where PostgreSQL is not installed: then it is said once, and whoever asked passes. In CI it has to be.
#[expect(clippy::print_stderr, reason = "whoever reads the tests' output should know")]
pub fn cluster() -> Option<&'static Cluster> {
    static CLUSTER: OnceLock<Option<Cluster>> = OnceLock::new();
    let cluster = CLUSTER.get_or_init(|| {
        let Some(programs) = programs() else {
            assert!(
                std::env::var_os("CI").is_none(),
                "PostgreSQL is not installed: apt-get install postgresql"
            );
            eprintln!("PostgreSQL is not installed: what is about it was not tested");
            return None;
        };
        Some(Cluster::start(&programs))
    });
    cluster.as_ref()
}

/// Where `initdb` and the others are: on the path, else where Debian has them, the newest.
fn programs() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut debian: Vec<_> =
        std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten().collect();
    debian.sort_by_key(|version| {
        version.file_name().to_str().and_then(|name| name.parse::<u32>().ok()).unwrap_or_default()
    });
    let debian = debian.iter().rev().map(|version| version.path().join("bin"));
    std::env::split_paths(&path).chain(debian).find(|folder| folder.join("initdb").exists())
}

impl Cluster {
    fn start(programs: &Path) -> Self {
        let folder = tempfile::Builder::new().prefix("gradpass-pg-").tempdir().unwrap().keep();
        // it does not run as root
        let mut shell = if geteuid().is_root() {
            // a user that the package makes
            let postgres = User::from_name("postgres").unwrap().unwrap();
            chown(&folder, Some(postgres.uid.as_raw()), Some(postgres.gid.as_raw())).unwrap();
            let mut shell = Command::new("runuser");
            shell.args(["-u", "postgres", "--", "sh"]);
            shell
        } else {
            Command::new("sh")
        };
        shell.current_dir("/").args(["-c", SCRIPT]).arg(programs).arg(&folder);
        let mut server = shell.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(server.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let log = || std::fs::read_to_string(folder.join("log")).unwrap_or_default();
        assert_eq!(line, "ready\n", "{}", log());
        Self { folder, databases: AtomicUsize::new(0), template: OnceLock::new(), _server: server }
    }

    /// Where its socket is.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The address of a new database with nothing in it.
    pub fn database(&self) -> String {
        self.copy_of("template1")
    }

    /// The address of a new database that has the tables, and nothing in them.
    pub fn ledger(&self) -> String {
        let template = self.template.get_or_init(|| {
            let address = self.database();
            let database = Database::named(&address, None, Path::new("")).unwrap();
            process(Store::open(&database)).unwrap();
            name(&address).to_owned()
        });
        self.copy_of(template)
    }

    /// The address of a new database with all that is in another; nobody may be at work on that.
    pub fn copy(&self, address: &str) -> String {
        self.copy_of(name(address))
    }

    /// A database gets all that is in another in place of what is in it, whoever is at work on it.
    pub fn replace(&self, address: &str, by: &str) {
        let (name, template) = (name(address), name(by));
        self.does(&[
            format!("DROP DATABASE {name} WITH (FORCE)"),
            format!("CREATE DATABASE {name} TEMPLATE {template}"),
        ]);
    }

    fn does(&self, statements: &[String]) {
        process(async {
            let mut server = self.connect("postgres").await;
            for statement in statements {
                server.execute(AssertSqlSafe(statement.clone())).await.unwrap();
            }
            server.close().await.unwrap();
        });
    }

    fn copy_of(&self, template: &str) -> String {
        let name = format!("ledger{}", self.databases.fetch_add(1, Ordering::Relaxed));
        self.does(&[format!("CREATE DATABASE {name} TEMPLATE {template}")]);
        format!("postgres://postgres@localhost/{name}?host={}", self.folder.display())
    }

    async fn connect(&self, database: &str) -> PgConnection {
        let options = PgConnectOptions::new_without_pgpass();
        let options = options.socket(&self.folder).username("postgres").database(database);
        PgConnection::connect_with(&options).await.unwrap()
    }

    /// A connection to one that [`Cluster::database`] made.
    pub async fn look(&self, address: &str) -> PgConnection {
        self.connect(name(address)).await
    }
}

/// The name of the database in an address.
fn name(address: &str) -> &str {
    address.rsplit('/').find_map(|part| part.split_once('?')).map_or("", |(name, _)| name)
}

/// The same database by a socket in another folder.
pub fn by_way_of(address: &str, folder: &Path) -> String {
    let database = address.split_once("?host=").map_or(address, |(database, _)| database);
    format!("{database}?host={}", folder.display())
}
