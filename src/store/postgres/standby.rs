//! Whether a standby confirms what is committed. Without one, what the primary alone had is gone when it is: a mark that is lost is a
//! second mail, and a redemption that is lost a graduate who was told something else.

use std::fmt;

use crate::store::{Engine, Store, StoreError};

/// How a server is replicated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standby {
    /// Every commit waits until a standby has it.
    Synchronous,
    /// A standby follows, some time behind.
    Asynchronous,
    /// Commits wait for a standby, and none is there.
    Missing,
    /// There is none.
    None,
}

impl Standby {
    /// Commits wait for standbys that are named, and so many follow, of which so many are known to be waited for or may be.
    const fn of(are_named: bool, standbys: i64, waited_for: i64) -> Self {
        match (are_named, standbys, waited_for) {
            (true, _, 1..) => Self::Synchronous,
            (true, ..) => Self::Missing,
            (false, 1.., _) => Self::Asynchronous,
            (false, ..) => Self::None,
        }
    }

    /// Whether nothing that stood is lost with the primary.
    #[must_use]
    pub const fn keeps_everything(self) -> bool {
        matches!(self, Self::Synchronous | Self::Missing)
    }
}

/// As `check` says it.
impl fmt::Display for Standby {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Synchronous => "a synchronous standby has everything that is written",
            Self::Asynchronous => {
                "the standby is asynchronous: if it takes over, what it has not heard of is lost, and mailed a second time; \
                 set synchronous_standby_names"
            }
            Self::Missing => {
                "synchronous_standby_names is set, and no standby follows: whatever is written waits until one does"
            }
            Self::None => {
                "none: if the server's disk is lost, what was written since its last backup is mailed a second time; add a standby, \
                 and name it in synchronous_standby_names"
            }
        })
    }
}

impl Store {
    /// How the server is replicated; `None` for a file.
    ///
    /// # Errors
    /// [`StoreError`] when that cannot be asked.
    pub async fn standby(&self) -> Result<Option<Standby>, StoreError> {
        let Engine::Postgres(ledger) = &self.0 else { return Ok(None) };
        let found =
            sqlx::query_file!("sql/postgres/queries/opening/standbys.sql").fetch_one(&ledger.readers).await?;
        Ok(Some(Standby::of(found.are_named, found.standbys, found.synchronous + found.unknown)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commits_wait_for_those_who_are_named() {
        for (are_named, standbys, waited_for, standby) in [
            (true, 2, 1, Standby::Synchronous),
            (true, 1, 0, Standby::Missing),
            (true, 0, 0, Standby::Missing),
            (false, 1, 0, Standby::Asynchronous),
            (false, 1, 1, Standby::Asynchronous),
            (false, 0, 0, Standby::None),
        ] {
            assert_eq!(Standby::of(are_named, standbys, waited_for), standby);
        }
    }
}
