//! Where the ledger is.

use std::collections::BTreeSet;
use std::fmt;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use reqwest::Url;

use super::Secret;
use super::check::{days, secret};
use super::reader::Table;

/// Where the ledger is, and with it which engine keeps it.
#[derive(Debug, Clone)]
pub enum Database {
    /// One `SQLite` file.
    File(PathBuf),
    /// A database of a PostgreSQL server.
    Server(Server),
}

/// A database of a PostgreSQL server. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Server(Arc<Parts>);

#[derive(Debug)]
struct Parts {
    url: Url,
    password: Option<Secret>,
    /// Where files of this machine are that belong to the ledger: the configuration's folder.
    folder: PathBuf,
}

impl Database {
    /// What somebody names at the command line: an address of a server, or a file. `config` is the configuration's file.
    ///
    /// # Errors
    /// What is wrong with the address.
    pub fn named(place: &str, password_file: Option<PathBuf>, config: &Path) -> Result<Self, String> {
        if !place.contains("://") {
            return Ok(Self::File(place.into()));
        }
        let password = password_file.map(|path| Secret::in_file("--password-file", path));
        Self::server(place, password, config.parent().unwrap_or(Path::new("")))
    }

    /// One on a server; `folder` is the configuration's.
    pub(super) fn server(url: &str, password: Option<Secret>, folder: &Path) -> Result<Self, String> {
        let parts = Parts { url: parse(url)?, password, folder: folder.to_owned() };
        Ok(Self::Server(Server(Arc::new(parts))))
    }

    /// The file that is the ledger, where one is.
    #[must_use]
    pub fn file(&self) -> Option<&Path> {
        match self {
            Self::File(path) => Some(path),
            Self::Server(_) => None,
        }
    }

    /// The password of the server, where it has one.
    #[must_use]
    pub fn password(&self) -> Option<&Secret> {
        match self {
            Self::File(_) => None,
            Self::Server(server) => server.password(),
        }
    }

    /// A file of this machine that belongs to the ledger and is no part of it, by what it is about.
    #[must_use]
    pub fn companion(&self, about: &str) -> PathBuf {
        match self {
            Self::File(path) => path.with_extension(about),
            Self::Server(server) => server.0.folder.join(format!("gradpass.{about}")),
        }
    }
}

impl Server {
    /// Its address, which has no password in it.
    #[must_use]
    pub fn url(&self) -> &Url {
        &self.0.url
    }

    /// The password, where it is not one that lets users of its machine in, or asks for none.
    #[must_use]
    pub fn password(&self) -> Option<&Secret> {
        self.0.password.as_ref()
    }
}

/// As messages name it.
impl fmt::Display for Database {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => path.display().fmt(formatter),
            Self::Server(server) => server.url().fmt(formatter),
        }
    }
}

impl From<PathBuf> for Database {
    fn from(path: PathBuf) -> Self {
        Self::File(path)
    }
}

/// The table `[database]`: where the ledger is, and the days after which data go.
pub(super) fn settings(mut table: Table<'_, '_>, folder: &Path) -> Option<(Database, u16)> {
    let (mut path, mut url): (Option<PathBuf>, Option<String>) =
        (table.optional("path"), table.optional("url"));
    // what is given from outside stands over the file
    match (path.is_some() && table.is_from_outside("path"), url.is_some() && table.is_from_outside("url")) {
        (true, false) => url = None,
        (false, true) => path = None,
        _ => {}
    }
    let password = secret(&mut table, folder, "password", "password_file", "database.password_file");
    let days = days(&mut table, "retention_days", 365, 36_500);
    let database = match (path, url) {
        (Some(path), None) => Some(Database::File(folder.join(path))),
        (None, Some(url)) => table.checked("url", Database::server(&url, password, folder)),
        (Some(_), Some(_)) => {
            table.wrong(
                "url",
                "the ledger is in a file, which path names, or on a server, which url names; keep one",
            );
            None
        }
        (None, None) => {
            table.wrong("path", "missing");
            None
        }
    };
    table.finish();
    Some((database?, days))
}

/// What may stand behind the `?`: nothing that names another machine, or a password.
const PARAMETERS: [&str; 8] =
    ["host", "port", "user", "dbname", "sslmode", "sslrootcert", "sslcert", "sslkey"];

/// An address that cannot give anything away: no password in it, and names and addresses of graduates go in clear to this
/// machine only.
fn parse(text: &str) -> Result<Url, String> {
    let mut url =
        Url::parse(text).map_err(|_| "is none; write it as postgres://user@host/database".to_owned())?;
    if !["postgres", "postgresql"].contains(&url.scheme()) {
        return Err("is no PostgreSQL server's; write it as postgres://user@host/database".into());
    }
    let pairs: Vec<_> = url.query_pairs().into_owned().collect();
    let given = |key: &str| pairs.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str());
    if url.password().is_some() || given("password").is_some() {
        return Err(
            "has a password in it; write that into a file of its own, which password_file names".into()
        );
    }
    let mut seen = BTreeSet::new();
    for (name, _) in &pairs {
        if !PARAMETERS.contains(&name.as_str()) {
            return Err(format!("may have {} behind the ?, and nothing else", PARAMETERS.join(", ")));
        }
        // of two, one would be looked at here and the other be used
        if !seen.insert(name) {
            return Err(format!("has {name} twice"));
        }
    }
    if url.path().trim_matches('/').is_empty() {
        return Err("names no database: postgres://user@host/database".into());
    }
    let host = given("host").or(url.host_str()).unwrap_or_default().to_owned();
    if host.is_empty() {
        return Err(
            "names no host: postgres://user@host/database, or postgres:///database?host=/run/postgresql"
                .into(),
        );
    }
    if is_here(&host) {
        return Ok(url);
    }
    match given("sslmode") {
        Some("disable" | "allow" | "prefer") => {
            Err("names and addresses go in clear only to this machine; use sslmode=verify-full".into())
        }
        Some(_) => Ok(url),
        None => {
            url.query_pairs_mut().append_pair("sslmode", "verify-full");
            Ok(url)
        }
    }
}

/// A socket, or an address of this machine.
fn is_here(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    host.starts_with('/')
        || host.to_lowercase().starts_with("%2f")
        || host == "localhost"
        || address.is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    #[test]
    fn what_goes_over_a_network_is_encrypted_and_for_the_right_server() {
        let address = |text: &str| parse(text).map(String::from);
        for here in [
            "postgres://gradpass@localhost/gradpass",
            "postgresql://gradpass@127.0.0.1:5433/gradpass",
            "postgres://gradpass@[::1]/gradpass",
            "postgres:///gradpass?host=/run/postgresql",
        ] {
            assert_eq!(address(here).unwrap(), here);
        }
        let remote = "postgres://gradpass@db.uni.example/gradpass";
        assert_eq!(address(remote).unwrap(), format!("{remote}?sslmode=verify-full"));
        for chosen in ["require", "verify-ca", "verify-full"] {
            let chosen = format!("{remote}?sslmode={chosen}");
            assert_eq!(address(&chosen).unwrap(), chosen);
        }
        for wrong in [
            "postgres://gradpass@db.uni.example/gradpass?sslmode=prefer",
            "postgres://gradpass:secret@localhost/gradpass",
            "postgres://localhost/gradpass?password=secret",
            "postgres://localhost/gradpass?hostaddr=192.0.2.1",
            "postgres://localhost/gradpass?host=localhost&host=db.uni.example",
            "postgres://gradpass@db.uni.example/gradpass?ssl-mode=disable",
            "postgres://gradpass@localhost/",
            "postgres:///gradpass",
            "mysql://gradpass@localhost/gradpass",
            "postgres",
        ] {
            let problem = address(wrong).unwrap_err();
            assert!(!problem.contains("secret"), "{problem}");
        }
    }

    #[test]
    fn a_place_without_a_scheme_is_a_file() {
        let config = Path::new("/etc/gradpass/gradpass.toml");
        let place = Database::named("/srv/ledger.db", None, config).unwrap();
        assert_eq!(place.file(), Some(Path::new("/srv/ledger.db")));
        assert_eq!(place.companion("witness"), Path::new("/srv/ledger.witness"));
        let server = Database::named("postgres://localhost/g", None, config).unwrap();
        assert_eq!(server.companion("witness"), Path::new("/etc/gradpass/gradpass.witness"));
        assert_eq!(server.to_string(), "postgres://localhost/g");
    }
}
