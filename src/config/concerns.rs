//! What works and should not stay so: secrets that others can read, values of the example that nobody has filled in.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use super::{Config, EXAMPLE};

/// One of them, in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Concern {
    /// With its table.
    pub key: &'static str,
    /// What is wrong and what to do.
    pub problem: String,
    /// Whether it has to be put right before the first message leaves.
    pub is_grave: bool,
}

impl Config {
    /// What more people may read than should: secrets, wherever they are, and the ledger. `path` is the configuration's file.
    #[must_use]
    pub fn exposed(&self, path: &Path) -> Vec<Concern> {
        let mut concerns = Vec::new();
        let secrets = self.mail.secrets().chain(&self.bounces.password).chain(self.database.password());
        let secrets = secrets.chain(self.seek_pass.iter().map(|settings| &settings.client_secret));
        for secret in secrets {
            concerns.extend(secret.file(path).and_then(|file| readable(secret.key(), file, true)));
        }
        let ledger = self.database.file();
        concerns.extend(ledger.and_then(|file| readable("database.path", file, false)));
        concerns.extend(writable("configuration", path));
        concerns
    }

    /// The example's university as it stands in the file that `init` writes. Its graduates would be invited in the name of
    /// a university that does not exist, to a page that nobody can reach. With a relay that is no real one, which is a
    /// program on a high port of this machine, that harms nobody.
    #[must_use]
    pub fn untouched(&self) -> Option<Concern> {
        let example = Self::parse(EXAMPLE, Path::new("")).ok()?;
        let is_untouched = self.institution.name == example.institution.name
            && self.institution.support_email == example.institution.support_email
            && self.web.public_url == example.web.public_url;
        let is_trial = self.mail.relay.is_loopback() && self.mail.relay.port >= 1024;
        is_untouched.then(|| Concern {
            key: "institution.name",
            problem:
                "name, support_email and web.public_url are still those of the example; fill in your own"
                    .to_owned(),
            is_grave: !is_trial,
        })
    }
}

/// A configuration that others may change: they could have every code sent to themselves.
fn writable(key: &'static str, path: &Path) -> Option<Concern> {
    let mode = std::fs::metadata(path).ok()?.permissions().mode();
    let file = path.display();
    (mode & 0o022 != 0).then(|| Concern {
        key,
        problem: format!("{file} can be changed by others; run: chmod go-w {file}"),
        is_grave: false,
    })
}

/// A file that more people than its owner may read.
fn readable(key: &'static str, path: &Path, is_grave: bool) -> Option<Concern> {
    // what is not there is told by who needs it
    let mode = std::fs::metadata(path).ok()?.permissions().mode();
    let file = path.display();
    (mode & 0o077 != 0).then(|| Concern {
        key,
        problem: format!("{file} can be read by others; run: chmod 600 {file}"),
        is_grave,
    })
}
