//! A secret of the configuration. It is read from its file when it is needed and not before, so that commands which only
//! look need neither the relay's password nor SEEK Pass's.

use std::path::{Path, PathBuf};

use secrecy::{ExposeSecret, SecretString};

/// A secret, or where it is.
#[derive(Debug, Clone)]
pub struct Secret {
    key: &'static str,
    place: Place,
}

#[derive(Debug, Clone)]
enum Place {
    /// In the configuration's file.
    Given(SecretString),
    /// In a file of its own.
    File(PathBuf),
    /// In a variable or a credential.
    Outside(SecretString),
}

/// Why a secret cannot be had: the key, what, and what to do.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{key}: {problem}")]
pub struct SecretError {
    key: &'static str,
    problem: String,
}

impl Secret {
    pub(super) const fn given(key: &'static str, secret: SecretString) -> Self {
        Self { key, place: Place::Given(secret) }
    }

    pub(super) const fn from_outside(key: &'static str, secret: SecretString) -> Self {
        Self { key, place: Place::Outside(secret) }
    }

    pub(super) const fn in_file(key: &'static str, path: PathBuf) -> Self {
        Self { key, place: Place::File(path) }
    }

    /// The secret itself, from its file if it is in one: the file's text without the line end.
    ///
    /// # Errors
    /// A [`SecretError`] when the file cannot be read or holds nothing.
    pub fn load(&self) -> Result<SecretString, SecretError> {
        let path = match &self.place {
            Place::Given(secret) | Place::Outside(secret) => return Ok(secret.clone()),
            Place::File(path) => path,
        };
        let problem = |problem: String| SecretError { key: self.key, problem };
        let text = std::fs::read_to_string(path)
            .map(SecretString::from)
            .map_err(|error| problem(format!("cannot read {}: {error}", path.display())))?;
        let secret = text.expose_secret().trim_end_matches(['\r', '\n']);
        if secret.is_empty() {
            return Err(problem(format!("{} is empty; write the secret into it", path.display())));
        }
        Ok(SecretString::from(secret))
    }

    /// The key that says where it is.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        self.key
    }

    /// The file that holds it, where one does; `config` is the configuration's.
    #[must_use]
    pub fn file<'a>(&'a self, config: &'a Path) -> Option<&'a Path> {
        match &self.place {
            Place::Given(_) => Some(config),
            Place::File(path) => Some(path),
            Place::Outside(_) => None,
        }
    }
}

/// For a stand-in: a secret that no file holds.
impl From<&str> for Secret {
    fn from(secret: &str) -> Self {
        Self::given("", secret.into())
    }
}
