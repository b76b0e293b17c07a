//! Settings from outside the file: variables of the environment, and the credentials that systemd hands to a service.
//!
//! | | name | of `[mail] relay` |
//! |---|---|---|
//! | variable | `GRADPASS_TABLE_KEY` | `GRADPASS_MAIL_RELAY` |
//! | credential | `gradpass.TABLE.KEY`, a file in `$CREDENTIALS_DIRECTORY` | `gradpass.mail.relay` |
//!
//! A table below another has both names: `GRADPASS_MAIL_OAUTH_SCOPE`, `gradpass.mail.oauth.scope`.
//!
//! A credential stands over a variable, and both over the file. A text is given as it is; a number, `true`, a list or a table
//! as TOML has it.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fmt;
use std::path::Path;

use super::Origin;

const VARIABLE: &str = "GRADPASS_";
const CREDENTIAL: &str = "gradpass.";

/// What was given, by table and key as a variable has them: `MAIL_RELAY`.
#[derive(Clone, Default)]
pub struct Environment(BTreeMap<String, Given>);

/// One setting from outside.
#[derive(Clone)]
pub(super) struct Given {
    pub(super) origin: Origin,
    /// Or why it cannot be had.
    pub(super) text: Result<String, String>,
}

impl Environment {
    /// What these variables say, and the credentials in the folder that one of them names.
    pub fn of(variables: impl Iterator<Item = (OsString, OsString)>) -> Self {
        let mut given = BTreeMap::new();
        let mut folder = None;
        for (name, value) in variables {
            let Some(name) = name.to_str() else { continue };
            if name == "CREDENTIALS_DIRECTORY" {
                folder = Some(value);
            } else if let Some(key) = name.strip_prefix(VARIABLE) {
                let text = value.into_string().map_err(|_| "is not UTF-8".to_owned());
                given.insert(key.to_owned(), Given { origin: Origin::Variable(name.to_owned()), text });
            }
        }
        if let Some(folder) = folder {
            given.extend(credentials(Path::new(&folder)));
        }
        Self(given)
    }

    /// What was given for a key of a table.
    pub(super) fn get(&self, table: &str, key: &str) -> Option<&Given> {
        self.0.get(&name(table, key))
    }

    /// Whether anything was given for a table.
    pub(super) fn has(&self, table: &str) -> bool {
        self.0.keys().any(|key| key.starts_with(&name(table, "")))
    }

    /// What is for none of these keys, which have their table before them: `mail.relay`.
    pub(super) fn unknown(&self, known: &[String]) -> impl Iterator<Item = &Origin> {
        let known: Vec<_> = known.iter().filter_map(|key| key.split_once('.')).collect();
        let is_known = move |given: &String| known.iter().any(|(table, key)| *given == name(table, key));
        self.0.iter().filter(move |(key, _)| !is_known(key)).map(|(_, given)| &given.origin)
    }
}

/// No value is told: it may be a secret.
impl fmt::Debug for Environment {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_set().entries(self.0.values().map(|given| given.origin.to_string())).finish()
    }
}

fn name(table: &str, key: &str) -> String {
    format!("{table}_{key}").replace('.', "_").to_uppercase()
}

/// Credentials of this program. A folder that cannot be listed is as one without any: whoever needs one is told that it is
/// missing.
fn credentials(folder: &Path) -> Vec<(String, Given)> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let ours = entries.filter_map(|entry| {
        let name = entry.file_name().into_string().ok()?;
        let key = name.strip_prefix(CREDENTIAL)?.replace('.', "_").to_uppercase();
        let text = std::fs::read_to_string(entry.path());
        let text = text.map(|text| text.trim_end_matches(['\r', '\n']).to_owned());
        let text = text.map_err(|error| format!("cannot be read: {error}"));
        Some((key, Given { origin: Origin::Credential(name), text }))
    });
    ours.collect()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    #[test]
    fn a_credential_stands_over_a_variable_and_what_is_not_ours_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("gradpass.mail.password"), "from the credential\n").unwrap();
        std::fs::write(folder.path().join("other.password"), "of another service").unwrap();
        let variables = [
            ("GRADPASS_MAIL_PASSWORD", "from the variable"),
            ("GRADPASS_SEEK_PASS_BASE_URL", "https://seek-pass.example"),
            ("HOME", "/root"),
            ("CREDENTIALS_DIRECTORY", folder.path().to_str().unwrap()),
        ];
        let environment =
            Environment::of(variables.into_iter().map(|(name, value)| (name.into(), value.into())));
        let text = |table, key| environment.get(table, key).unwrap().text.clone().unwrap();
        assert_eq!(text("mail", "password"), "from the credential");
        assert_eq!(text("seek_pass", "base_url"), "https://seek-pass.example");
        assert!(environment.has("seek_pass") && !environment.has("web"));
        let unknown: Vec<_> =
            environment.unknown(&["mail.password".into()]).map(ToString::to_string).collect();
        assert_eq!(unknown, ["environment GRADPASS_SEEK_PASS_BASE_URL"]);
        let told = format!("{environment:?}");
        assert_eq!(
            told,
            r#"{"credential gradpass.mail.password", "environment GRADPASS_SEEK_PASS_BASE_URL"}"#
        );
    }
}
