//! What a command does, without a terminal: each function takes what it needs, tells an [`Audience`] what happens meanwhile, and
//! returns what came of it. `command` reads the arguments and finds the words; the scenarios of the tests call the same functions.

mod audience;
mod bounces;
mod correct;
mod follow_up;
mod help_desk;
pub(crate) mod hold_file;
mod holds;
mod import;
mod late_changes;
mod mailing;
mod move_ledger;
mod night;
pub(crate) mod page;
mod plan;
mod purge;
pub(crate) mod quarantine;
pub(crate) mod reminders;
mod retry;
mod run;
mod service;
pub(crate) mod students;

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Result;
use jiff::civil::Date;
use rand::rngs::StdRng;

use crate::bounce::source::mailbox::MailboxError;
use crate::config::Config;
use crate::email::session::{ConnectError, Timeouts};
use crate::report::{Conclusion, Report};
use crate::shutdown::Shutdown;
use crate::store::{Deed, LockError, RunLock, Store, StoreError, Watch, is_for_later};
pub use audience::{Audience, Event};
pub(crate) use bounces::open_mailbox;
pub use bounces::{BouncesRead, bounces};
pub use correct::{Correction, correct};
#[cfg(feature = "demo")]
pub(crate) use follow_up::ask;
pub use follow_up::follow_up;
pub(crate) use help_desk::last_wrong_answer;
pub use help_desk::{Reissue, Reissued, Unlocked, reissue, revoke, unlock};
pub use holds::{Held, Released, hold, release};
pub use import::{ImportDone, Reader, import};
pub(crate) use import::{other_languages, read, settings};
pub use late_changes::{Settled, invite_conferred, settle};
pub use mailing::{Mailed, Mailing};
pub use move_ledger::{MoveDone, Way, move_ledger};
pub use plan::{Approved, approve, plan};
pub(crate) use plan::{still_missing, wants_approval};
pub use purge::{Purged, purge, purgeable};
pub use reminders::make as make_reminders;
pub use retry::{Retry, retry, retry_students};
pub(crate) use run::make_due;
pub use run::{Night, run, send};
pub use service::service;

use crate::clock::Clock;

/// What every command is given.
pub struct App {
    /// The configuration.
    pub config: Arc<Config>,
    /// Where it was read.
    pub config_path: PathBuf,
    /// Time.
    pub clock: Clock,
    /// Login name of whoever called, for the audit.
    pub operator: String,
    /// How long the relay may take for each answer.
    pub timeouts: Timeouts,
    /// Seeds a generator for codes.
    pub rng: Box<dyn Fn() -> Result<StdRng>>,
    /// Begins to listen for the wish to stop; until then a signal ends the process at once.
    pub shutdown: Box<dyn Fn() -> Result<Shutdown>>,
    /// Looks at every connection to the ledger.
    pub watch: Watch,
    /// Who is told what happens.
    pub audience: Box<dyn Audience>,
}

/// Why a command stopped that had done something before.
#[derive(Debug, thiserror::Error)]
#[error("{why}")]
pub struct StoppedAfter {
    /// Why.
    #[source]
    pub why: anyhow::Error,
    /// What it had done.
    pub done: Box<Report>,
}

impl App {
    /// The university's day.
    #[must_use]
    pub fn today(&self) -> Date {
        self.clock.now().to_zoned(self.config.institution.time_zone.clone()).date()
    }

    /// What the operator does now, for the audit.
    #[must_use]
    pub fn deed(&self, act: &str, why: Option<&str>, what: String, students: Vec<String>) -> Deed {
        Deed {
            at: self.clock.now(),
            operator: self.operator.clone(),
            act: act.to_owned(),
            why: why.map(ToOwned::to_owned),
            what,
            students,
        }
    }

    /// Opens the ledger beside whatever is at work.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be used.
    pub async fn open(&self) -> Result<Store, StoreError> {
        Store::open_watched(&self.config.database, self.watch.clone()).await
    }

    /// Takes the lock and opens the ledger for whoever is alone at work. What a dead run left behind is in doubt from here on, before
    /// an import can touch it.
    ///
    /// # Errors
    /// When another run is at work, or the ledger cannot be used.
    pub async fn open_ledger(&self, command: &str) -> Result<(RunLock, Store)> {
        let lock = RunLock::take(&self.config.database, command, self.clock.now()).await?;
        let store = self.recovered().await?;
        store.outlive_senders(&store.writer().await?, self.clock.now()).await?;
        Ok((lock, store))
    }

    /// The same for whoever only sends: on a server beside others that do.
    ///
    /// # Errors
    /// When somebody is alone at work, or the ledger cannot be used.
    pub async fn open_to_send(&self, command: &str) -> Result<(RunLock, Store)> {
        let lock = RunLock::take_to_send(&self.config.database, command, self.clock.now()).await?;
        Ok((lock, self.recovered().await?))
    }

    async fn recovered(&self) -> Result<Store> {
        let store = self.open().await?;
        store.writer().await?.recover(self.clock.now()).await?;
        Ok(store)
    }

    fn tell(&self, event: &Event<'_>) {
        self.audience.tell(event);
    }
}

/// What an error comes to: a lock held by somebody else, or a server that is away, is for later; anything else waiting does
/// not help.
#[must_use]
pub fn conclusion_of(error: &anyhow::Error) -> Conclusion {
    let is_later = |error: &StoreError| match error {
        StoreError::Database(error) => is_for_later(error),
        StoreError::Writer(error) => is_for_later(error),
        StoreError::Unreachable { .. } => true,
        _ => false,
    };
    // so whatever wraps an error of the ledger has it as its source, and not its sentence alone
    let later = error.chain().any(|cause| {
        matches!(cause.downcast_ref(), Some(LockError::Held(_)))
            || cause.downcast_ref::<StoreError>().is_some_and(is_later)
            || cause.downcast_ref::<sqlx::Error>().is_some_and(is_for_later)
            || cause.downcast_ref::<MailboxError>().is_some_and(|error| error.is_temporary)
            || cause.is::<ConnectError>()
    });
    if later { Conclusion::LEFT_OVER } else { Conclusion::COULD_NOT_RUN }
}

#[cfg(test)]
mod tests {
    use anyhow::{Error, anyhow};

    use super::*;
    use crate::email::send::SendError;
    use crate::import::ImportError;
    use crate::plan::PlanError;
    use crate::store::MoveError;

    #[test]
    fn a_reason_to_wait_is_one_also_when_something_was_done_before() {
        let held = || Error::from(LockError::Held("somebody".to_owned()));
        let after = |why| Error::from(StoppedAfter { why, done: Box::default() });
        assert_eq!([held(), after(held())].map(|error| conclusion_of(&error)), [Conclusion::LEFT_OVER; 2]);
        assert_eq!(conclusion_of(&after(anyhow!("a plan is wanted"))), Conclusion::COULD_NOT_RUN);
    }

    /// Wherever it is noticed.
    #[test]
    fn a_server_that_has_gone_is_for_later() {
        let gone = || sqlx::Error::Io(std::io::ErrorKind::BrokenPipe.into());
        let away = || {
            let ledger = std::path::PathBuf::from("gradpass.db").into();
            StoreError::Unreachable { ledger, problem: "does not answer".to_owned() }
        };
        for how in [|gone| StoreError::Database(gone), |gone| StoreError::Writer(Arc::new(gone))] {
            for error in [away(), how(gone())].map(SendError::from) {
                assert_eq!(conclusion_of(&Error::from(error)), Conclusion::LEFT_OVER);
            }
            for error in [away(), how(gone())].map(ImportError::from) {
                assert_eq!(conclusion_of(&Error::from(error)), Conclusion::LEFT_OVER);
            }
            for error in [away(), how(gone())].map(PlanError::from) {
                assert_eq!(conclusion_of(&Error::from(error)), Conclusion::LEFT_OVER);
            }
            for error in [away(), how(gone())].map(LockError::from) {
                assert_eq!(conclusion_of(&Error::from(error)), Conclusion::LEFT_OVER);
            }
            for error in [away(), how(gone())].map(MoveError::from) {
                assert_eq!(conclusion_of(&Error::from(error)), Conclusion::LEFT_OVER);
            }
        }
    }
}
