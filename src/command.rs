//! The commands: each asks [`crate::app`] for the work, and tells people on stderr and scripts on stdout.

mod audit;
mod bounces;
mod check;
mod columns;
mod config;
mod console;
mod correct;
#[cfg(feature = "demo")]
mod demo;
mod dry_run;
mod find;
mod follow_up;
mod help_desk;
mod hold;
mod import;
mod init;
mod list;
mod move_ledger;
mod plan;
mod progress;
mod purge;
mod report;
mod retry;
mod run;
mod serve;
mod settle;
mod show;
mod specimens;
mod status;
mod table;
mod told;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Result, anyhow};
use rand::SeedableRng;
use rand::rngs::{StdRng, SysRng};

use crate::app::{App, Night, Reissue, Way, conclusion_of};
use crate::cli::{Cli, Command, ConfigCommand};
use crate::clock::Clock;
use crate::config::{Config, Environment};
use crate::email::session::Timeouts;
use crate::last_run::LastRun;
use crate::report::{Conclusion, Exit};
use crate::shutdown::Shutdown;
use crate::store::Watch;
use console::Console;
pub use console::tell_misuse;
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

    /// What the work is done with, by the configuration.
    fn app(&self) -> Result<App> {
        Ok(self.app_with(self.config()?))
    }

    fn app_with(&self, config: Config) -> App {
        App {
            config: Arc::new(config),
            config_path: self.config_path.clone(),
            clock: self.clock.clone(),
            operator: self.operator.clone(),
            timeouts: Timeouts::RFC_5321,
            rng: Box::new(rng),
            shutdown: Box::new(shutdown),
            watch: Watch::default(),
            audience: Box::new(self.console),
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
        Command::Send { until, .. } => run::send(&context, until).await,
        Command::Run { rosters, options, dry_run: false, plan, until, .. } => {
            run::execute(&context, &Night { rosters, arguments: options, plan, until }).await
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
        Command::Hold { who, why } => hold::hold(&context, &who, &why).await,
        Command::Release { who, why } => hold::release(&context, &who, why.as_deref()).await,
        Command::Correct { student_id, values, why } => {
            correct::execute(&context, &student_id, &values, &why).await
        }
        Command::Unlock { student_id, why } => help_desk::unlock(&context, &student_id, why.as_deref()).await,
        Command::Audit { csv } => audit::execute(&context, csv.as_deref()).await,
        Command::Reissue { student_id, now, again, why } => {
            help_desk::reissue(&context, &student_id, Reissue { now, again, why: why.as_deref() }).await
        }
        Command::Settle { who, why } => settle::execute(&context, &who, &why).await,
        Command::Revoke { student_id, why } => help_desk::revoke(&context, &student_id, why.as_deref()).await,
        Command::Purge { dry_run, why } => purge::execute(&context, dry_run, why.as_deref()).await,
        Command::Move { to, from, password_file } => match to.map(Way::To).or(from.map(Way::From)) {
            Some(way) => move_ledger::execute(&context, &way, password_file).await,
            None => Err(anyhow!("give --to PLACE or --from PLACE")),
        },
        #[cfg(feature = "demo")]
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

/// The first SIGTERM or Ctrl-C finishes what is in hand, the second ends at once.
fn shutdown() -> Result<Shutdown> {
    Ok(Shutdown::on_signals(|| std::process::exit(Conclusion::LEFT_OVER.exit() as i32))?)
}

/// A generator for codes, seeded by the operating system (RFC 4086 §7).
fn rng() -> Result<StdRng> {
    Ok(StdRng::try_from_rng(&mut SysRng)?)
}
