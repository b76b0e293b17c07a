//! A plan: what a run over certain rosters would do, under one id that a dry run prints and a second person approves.
//!
//! The id is made of what decides it, each in a group of its own, so that it can be told what is different: the rosters,
//! the settings, the texts, and the ledger as it stands.

use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::config::Config;
use crate::roster::{RosterSettings, named_files};
use crate::store::{Store, StoreError};

/// The id of a plan: four groups of eight hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan(String);

/// What the groups stand for, in their order.
const GROUPS: [&str; 4] =
    ["the rosters", "the settings or the options such as --add", "the texts", "the ledger"];

/// Why there is no plan.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "each says it in its message")]
pub enum PlanError {
    #[error("{}: cannot be read: {source}", path.display())]
    File { path: PathBuf, source: std::io::Error },
    #[error("{0}")]
    Store(#[from] StoreError),
    #[error(
        "that is no plan id; `gradpass run --dry-run ROSTER` prints one, like 0f3a91c2-77b0e6d1-5c2d8e90-1b6a44f7"
    )]
    Shape,
}

impl Plan {
    /// The plan of a run over these rosters, read so, as the ledger stands.
    ///
    /// # Errors
    /// [`PlanError`] when a roster, a text or the ledger cannot be read.
    pub async fn of(
        config: &Config,
        (settings, is_addition): (&RosterSettings, bool),
        rosters: &[PathBuf],
        store: &Store,
    ) -> Result<Self, PlanError> {
        let mut files = Sha256::new();
        for path in rosters {
            digest_file(&mut files, path)?;
            // and the files that its rows name; what is wrong with one is told by the import
            files.update(named_files(path, settings).unwrap_or_default());
        }
        if let Some(path) = settings.transcripts.as_ref().filter(|_| !rosters.is_empty()) {
            // a roster of another type does not need it
            let _ = digest_file(&mut files, path);
        }
        let mut how = Sha256::new();
        let (institution, mail) = (&config.institution, &config.mail);
        let from = mail.from.to_string();
        let reply_to = mail.reply_to.as_ref().map(ToString::to_string);
        how.update(format!(
            "{settings:?} {is_addition} {institution:?} {from} {reply_to:?} {} {} {:?}",
            config.web.public_url, config.valid_days, config.reminders
        ));
        if let Some(path) = &settings.hold_file {
            digest_file(&mut how, path)?;
        }
        let [texts, ledger] = texts_and_ledger(config, store).await?;
        Ok(Self([group(files), group(how), texts, ledger].join("-")))
    }

    /// What of it can no longer come out as planned, whatever the rosters are: the texts, the ledger, or both.
    ///
    /// # Errors
    /// [`PlanError`] when a text or the ledger cannot be read.
    pub async fn outdated(&self, config: &Config, store: &Store) -> Result<Vec<&'static str>, PlanError> {
        let now = texts_and_ledger(config, store).await?;
        let planned = self.0.split('-').zip(GROUPS).skip(GROUPS.len() - now.len());
        Ok(planned.zip(now).filter(|((planned, _), now)| planned != now).map(|((_, name), _)| name).collect())
    }

    /// A plan by the id that a dry run printed.
    ///
    /// # Errors
    /// [`PlanError::Shape`] where it is none.
    pub fn parse(id: &str) -> Result<Self, PlanError> {
        let id = id.trim().to_lowercase();
        let is_group = |group: &str| group.len() == 8 && group.bytes().all(|byte| byte.is_ascii_hexdigit());
        if id.split('-').count() == GROUPS.len() && id.split('-').all(is_group) {
            Ok(Self(id))
        } else {
            Err(PlanError::Shape)
        }
    }

    /// The id.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.0
    }

    /// What is different from another plan, in words; nothing where they are the same.
    #[must_use]
    pub fn differences(&self, other: &Self) -> Vec<&'static str> {
        let groups = self.0.split('-').zip(other.0.split('-')).zip(GROUPS);
        groups.filter(|((one, other), _)| one != other).map(|(_, name)| name).collect()
    }
}

/// The groups that need no roster.
async fn texts_and_ledger(config: &Config, store: &Store) -> Result<[String; 2], PlanError> {
    let mut texts = Sha256::new();
    texts.update(env!("CARGO_PKG_VERSION"));
    if let Some(folder) = &config.mail.templates {
        digest_folder(&mut texts, folder)?;
    }
    let ledger = Sha256::new().chain_update(store.plan_state().await?);
    Ok([texts, ledger].map(group))
}

fn group(digest: Sha256) -> String {
    let bytes: [u8; 32] = digest.finalize().into();
    let [one, two, three, four, ..] = bytes;
    format!("{one:02x}{two:02x}{three:02x}{four:02x}")
}

fn digest_file(digest: &mut Sha256, path: &Path) -> Result<(), PlanError> {
    let failed = |source| PlanError::File { path: path.to_owned(), source };
    let mut file = std::fs::File::open(path).map_err(failed)?;
    let mut own = Sha256::new();
    std::io::copy(&mut file, &mut own).map_err(failed)?;
    digest.update(own.finalize());
    Ok(())
}

/// Every file below the folder, with its name, in one order.
fn digest_folder(digest: &mut Sha256, folder: &Path) -> Result<(), PlanError> {
    let failed = |source| PlanError::File { path: folder.to_owned(), source };
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        paths.push(entry.map_err(failed)?.path());
    }
    paths.sort();
    for path in paths {
        digest.update(path.file_name().unwrap_or_default().as_encoded_bytes());
        if path.is_dir() {
            digest_folder(digest, &path)?;
        } else if path.is_file() {
            digest_file(digest, &path)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_between_two_plans_is_told() -> Result<(), PlanError> {
        let one = Plan::parse("0f3a91c2-77b0e6d1-5c2d8e90-1b6a44f7")?;
        let other = Plan::parse(" 0F3A91C2-77b0e6d1-5c2d8e91-1b6a44f8 ")?;
        assert_eq!(one.differences(&other), ["the texts", "the ledger"]);
        assert!(one.differences(&one).is_empty());
        for id in ["", "0f3a91c2", "0f3a91c2-77b0e6d1-5c2d8e90-1b6a44g7", "a-b-c-d"] {
            assert!(Plan::parse(id).is_err(), "{id}");
        }
        Ok(())
    }
}
