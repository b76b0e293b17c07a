//! The commands: each puts the parts together, and tells people on stderr and scripts on stdout.

mod audit;
mod bounces;
mod check;
mod columns;
mod config;
mod console;
mod correct;
mod demo;
mod dry_run;
mod find;
mod follow_up;
mod hand;
mod help_desk;
mod holds;
mod import;
mod init;
mod late_changes;
mod list;
mod plan;
mod progress;
mod purge;
mod reminders;
mod report;
mod restored;
mod retry;
mod run;
mod serve;
mod show;
mod specimens;
mod status;
mod table;

use std::path::{Path, PathBuf};

use anyhow::Result;
use rand::SeedableRng;
use rand::rngs::{StdRng, SysRng};

use crate::bounce::source::mailbox::MailboxError;
use crate::cli::{Cli, Command, ConfigCommand, ImportArguments};
use crate::clock::Clock;
use crate::config::{Config, Environment};
use crate::email::session::Trouble;
use crate::last_run::LastRun;
use crate::lock::{LockError, RunLock};
use crate::report::{Conclusion, Exit};
use crate::shutdown::Shutdown;
use crate::store::{Deed, Store, StoreError, is_busy};
pub use console::tell_misuse;
use console::{Console, StoppedAfter};
pub use init::built_in;

/// Where the package puts the configuration.
const INSTALLED_CONFIG: &str = "/etc/gradpass/gradpass.toml";

/// What every command is given.
pub struct Context {
    clock: Clock,
    console: Console,
    config_path: PathBuf,
    /// What stands over the configuration file.
    environment: Environment,
    /// Login name of whoever called.
    operator: String,
}

impl Context {
    fn config(&self) -> Result<Config> {
        Ok(Config::read_with(&self.config_path, &self.environment)?)
    }

    fn config_path(&self) -> &Path {
        &self.config_path
    }

    /// The university's day.
    fn today(&self, config: &Config) -> jiff::civil::Date {
        self.clock.now().to_zoned(config.institution.time_zone.clone()).date()
    }

    /// What the operator does now, for the audit.
    fn deed(&self, act: &str, why: Option<&str>, what: String, students: Vec<String>) -> Deed {
        Deed {
            at: self.clock.now(),
            operator: self.operator.clone(),
            act: act.to_owned(),
            why: why.map(ToOwned::to_owned),
            what,
            students,
        }
    }
}

/// Carries out a command for whoever has this login name; an error has been told to people when this returns.
pub async fn execute(cli: Cli, clock: Clock, operator: String, environment: Environment) -> Exit {
    let console = Console::new(cli.json);
    let config_path = cli.config.unwrap_or_else(|| usual_config(Path::new(INSTALLED_CONFIG)));
    let context = Context { clock, console, config_path, environment, operator };
    let is_run = matches!(cli.command, Command::Run { dry_run: false, .. });
    let done = match cli.command {
        Command::Init { templates: Some(folder) } => init::write_templates(&context, &folder),
        Command::Init { templates: None } => init::execute(&context),
        Command::Check => check::execute(&context).await,
        Command::Config { command: ConfigCommand::Show } => config::show(&context),
        Command::Columns { transcripts: true, .. } => columns::transcripts(&context),
        Command::Columns { credential_type, .. } => columns::execute(&context, credential_type),
        Command::Import { rosters, options } => import::execute(&context, &rosters, &options).await,
        Command::Send { dry_run: true, preview, until } => {
            dry_run::due(&context, preview.as_deref(), until).await
        }
        Command::Preview { mail_to, student_ids } => {
            specimens::execute(&context, &mail_to, &student_ids).await
        }
        Command::Send { until, .. } => {
            run::execute(&context, "send", &[], (&ImportArguments::default(), None, until)).await
        }
        Command::Run { rosters, options, dry_run: false, plan, until, .. } => {
            run::execute(&context, "run", &rosters, (&options, plan.as_deref(), until)).await
        }
        Command::Approve { plan, by, why } => {
            plan::approve(&context, &plan, (by.as_deref(), why.as_deref())).await
        }
        Command::Run { rosters, options, preview, until, .. } => {
            dry_run::execute(&context, &rosters, &options, (preview.as_deref(), until)).await
        }
        Command::Bounces { sources, recipient } => bounces::execute(&context, &sources, recipient).await,
        Command::FollowUp => follow_up::execute(&context).await,
        Command::Serve => serve::execute(&context).await,
        Command::Retry { student_ids, batch, why } if student_ids.is_empty() => {
            retry::everybody(&context, batch, why.as_deref()).await
        }
        Command::Retry { student_ids, why, .. } => {
            retry::students(&context, &student_ids, why.as_deref()).await
        }
        Command::Status { batch } => status::execute(&context, batch).await,
        Command::Report { html, csv } => report::execute(&context, &html, csv.as_deref()).await,
        Command::List { states, batch, csv } => list::execute(&context, &states, batch, csv.as_deref()).await,
        Command::Batches => list::batches(&context).await,
        Command::Show { who, contact } => show::execute(&context, &who, contact).await,
        Command::Hold { who, why } => hand::hold(&context, &who, &why).await,
        Command::Release { who, why } => hand::release(&context, &who, why.as_deref()).await,
        Command::Correct { student_id, values, why } => {
            correct::execute(&context, &student_id, &values, &why).await
        }
        Command::Unlock { student_id, why } => help_desk::unlock(&context, &student_id, why.as_deref()).await,
        Command::Audit { csv } => audit::execute(&context, csv.as_deref()).await,
        Command::Reissue { student_id, now, again, why } => {
            let wanted = help_desk::Reissue { now, again, why: why.as_deref() };
            help_desk::reissue(&context, &student_id, wanted).await
        }
        Command::Settle { who, why } => late_changes::settle(&context, &who, &why).await,
        Command::Revoke { student_id, why } => help_desk::revoke(&context, &student_id, why.as_deref()).await,
        Command::Purge { dry_run, why } => purge::execute(&context, dry_run, why.as_deref()).await,
        Command::Demo { once } => demo::execute(&context, once).await,
    };
    let conclusion = done.unwrap_or_else(|error| {
        let conclusion = conclusion_of(&error);
        context.console.failure(&error, conclusion.exit());
        conclusion
    });
    let exit = conclusion.exit();
    if is_run {
        remember(&context, exit);
    }
    exit
}

/// The configuration where nobody names one: that of the folder, else the one of the package.
fn usual_config(installed: &Path) -> PathBuf {
    let here = Path::new("gradpass.toml");
    if !here.exists() && installed.exists() { installed.to_owned() } else { here.to_owned() }
}

/// Writes down how a run ended, for the metrics of `serve`. Without a configuration that works nobody knows where; then the
/// run before stays the last one, and grows old.
fn remember(context: &Context, exit: Exit) {
    let Ok(config) = context.config() else { return };
    let run = LastRun { ended: context.clock.now(), exit: exit as u8 };
    if let Err(error) = run.write(&config.database) {
        tracing::warn!("how this run ended is not written down for the metrics: {error}");
    }
}

/// What an error comes to: a lock held by somebody else, or a server that is away, is for later; anything else waiting does
/// not help.
fn conclusion_of(error: &anyhow::Error) -> Conclusion {
    // whatever was done before
    let error = error.downcast_ref::<StoppedAfter>().map_or(error, |stopped| &stopped.why);
    let later = error.chain().any(|cause| {
        matches!(cause.downcast_ref::<LockError>(), Some(LockError::Held(_)))
            || match cause.downcast_ref::<StoreError>() {
                Some(StoreError::Database(error)) => is_busy(error),
                Some(StoreError::Writer(error)) => is_busy(error),
                _ => false,
            }
            || cause.downcast_ref::<sqlx::Error>().is_some_and(is_busy)
            || cause.downcast_ref::<MailboxError>().is_some_and(|error| error.is_temporary)
            || cause.is::<Trouble>()
    });
    if later { Conclusion::LEFT_OVER } else { Conclusion::COULD_NOT_RUN }
}

/// Takes the lock and opens the ledger for a run. What a dead run left behind is in doubt from here on, before
/// an import can touch it.
async fn open_ledger(context: &Context, config: &Config, command: &str) -> Result<(RunLock, Store)> {
    let lock = RunLock::take(&config.database, command, context.clock.now())?;
    let store = Store::open(&config.database).await?;
    store.writer().await?.recover(context.clock.now()).await?;
    Ok((lock, store))
}

/// The first SIGTERM or Ctrl-C finishes what is in hand, the second ends at once.
fn shutdown() -> Result<Shutdown> {
    Ok(Shutdown::on_signals(|| std::process::exit(Conclusion::LEFT_OVER.exit() as i32))?)
}

/// A generator for codes, seeded by the operating system (RFC 4086 §7).
fn chance() -> Result<StdRng> {
    Ok(StdRng::try_from_rng(&mut SysRng)?)
}

#[cfg(test)]
mod tests {
    use anyhow::{Error, anyhow};

    use super::*;

    #[test]
    fn a_reason_to_wait_is_one_also_when_something_was_done_before() {
        let held = || Error::from(LockError::Held("somebody".to_owned()));
        let after = |why| Error::from(StoppedAfter { why, done: serde_json::json!({}) });
        assert_eq!([held(), after(held())].map(|error| conclusion_of(&error)), [Conclusion::LEFT_OVER; 2]);
        assert_eq!(conclusion_of(&after(anyhow!("a plan is wanted"))), Conclusion::COULD_NOT_RUN);
    }
}
