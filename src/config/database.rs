//! Where the ledger is.

use std::fmt;
use std::path::{Path, PathBuf};

/// Where the ledger is, and with it which engine keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Database {
    /// One `SQLite` file.
    File(PathBuf),
}

impl Database {
    /// The file that is the ledger.
    #[must_use]
    pub fn file(&self) -> Option<&Path> {
        match self {
            Self::File(path) => Some(path),
        }
    }

    /// A file of this machine that belongs to the ledger and is no part of it, by what it is about.
    #[must_use]
    pub fn companion(&self, about: &str) -> PathBuf {
        match self {
            Self::File(path) => path.with_extension(about),
        }
    }
}

/// As messages name it.
impl fmt::Display for Database {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => path.display().fmt(formatter),
        }
    }
}

impl From<PathBuf> for Database {
    fn from(path: PathBuf) -> Self {
        Self::File(path)
    }
}
