//! The command line: what can be asked for.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use jiff::civil::Time;

use crate::credential::CredentialType;
use crate::email::schedule::time_of_day;
use crate::logging::LogFormat;
use crate::store::Standing;

/// Invites graduates to add their verified credentials to SEEK Pass
#[derive(Debug, Parser)]
#[command(version, propagate_version = true, max_term_width = 80)]
pub struct Cli {
    /// Configuration file [default: gradpass.toml; where there is none, /etc/gradpass/gradpass.toml]
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Print one JSON object on stdout
    #[arg(long, global = true)]
    pub json: bool,
    /// How log lines look
    #[arg(long, global = true, default_value = "text", value_name = "FORMAT")]
    pub log_format: LogFormat,
    /// Log more; twice for everything (`RUST_LOG` sets levels too)
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    pub verbose: u8,
    /// What to do
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Write a commented configuration and a key file
    Init {
        /// Write the texts of mails and pages into this folder instead, to be edited
        #[arg(long, value_name = "DIR")]
        templates: Option<PathBuf>,
    },
    /// Check configuration, key, templates, ledger, relay and SEEK Pass, one line each
    Check,
    /// Look at the configuration
    Config {
        /// What to do with it
        #[command(subcommand)]
        command: ConfigCommand,
    },
    /// Print what a roster may hold: columns, spellings, formats, vocabulary
    Columns {
        /// Of rosters of this type: education, english or microcredential
        #[arg(long = "type", value_name = "TYPE", default_value = "education")]
        credential_type: CredentialType,
        /// Of the file of subjects, for transcripts
        #[arg(long, conflicts_with = "credential_type")]
        transcripts: bool,
    },
    /// Read rosters into the ledger
    Import {
        /// The registry's exports: CSV in any usual encoding, or a workbook
        #[arg(required = true)]
        rosters: Vec<PathBuf>,
        /// How to read it
        #[command(flatten)]
        options: ImportArguments,
    },
    /// Send what is due
    Send {
        /// Send nothing; tell what is due
        #[arg(long)]
        dry_run: bool,
        /// With --dry-run: write the emails into this folder, to be looked at
        #[arg(long, value_name = "DIR", requires = "dry_run")]
        preview: Option<PathBuf>,
        /// Begin no message from this time of the university's day on
        #[arg(long, value_name = "HH:MM", value_parser = time_of_day)]
        until: Option<Time>,
    },
    /// Send specimens of emails, whose codes do not work, through the relay to yourself
    Preview {
        /// Where they go
        #[arg(long, value_name = "ADDRESS")]
        mail_to: String,
        /// Whose emails; without any, the three oddest that are due, else those of the latest graduates
        #[arg(value_name = "STUDENT_ID")]
        student_ids: Vec<String>,
    },
    /// Ask SEEK Pass how submissions ended, read what mail systems sent back, and send the reminders that are due
    FollowUp,
    /// Read what mail systems sent back: a file, an mbox, a Maildir, a folder, an IMAP mailbox, or - for standard input
    ///
    /// From an alias or a .forward it ends with 0 once the message is in the ledger, and with 75, upon which the mail
    /// system tries again, when the ledger cannot be used.
    Bounces {
        /// Files, `imaps://user@host/MAILBOX` with the password of the configuration, or - for one message as a mail system
        /// hands it over
        #[arg(required = true, value_name = "SOURCE")]
        sources: Vec<PathBuf>,
        /// With -: whom the message was sent to, where the mail system does not say it itself
        #[arg(long, value_name = "ADDRESS")]
        recipient: Option<String>,
    },
    /// Import, send and follow up: the nightly line for cron
    Run {
        /// The registry's exports; without any, only what is due is sent
        rosters: Vec<PathBuf>,
        /// How to read them
        #[command(flatten)]
        options: ImportArguments,
        /// Send and store nothing; tell what would happen
        #[arg(long)]
        dry_run: bool,
        /// With --dry-run: write the emails into this folder, to be looked at
        #[arg(long, value_name = "DIR", requires = "dry_run")]
        preview: Option<PathBuf>,
        /// Follow exactly this approved plan, or do nothing
        #[arg(long, value_name = "ID", conflicts_with = "dry_run")]
        plan: Option<String>,
        /// Begin no message from this time of the university's day on
        #[arg(long, value_name = "HH:MM", value_parser = time_of_day)]
        until: Option<Time>,
    },
    /// Let exactly this plan of a dry run pass the guards
    Approve {
        /// As the dry run printed it
        plan: String,
        /// Who approves it
        #[arg(long, value_name = "NAME")]
        by: Option<String>,
        /// Why, for the audit
        #[arg(long, value_name = "TEXT")]
        why: Option<String>,
    },
    /// Do again what was refused, deferred, rejected, bounced or is in doubt
    Retry {
        /// Only of these students; case and punctuation do not matter
        student_ids: Vec<String>,
        /// Only what this import brought
        #[arg(long, value_name = "N", conflicts_with = "student_ids")]
        batch: Option<i64>,
        /// Why, for the audit
        #[arg(long, value_name = "TEXT")]
        why: Option<String>,
    },
    /// The redemption page, and the submissions to SEEK Pass
    Serve,
    /// Counts by state
    Status {
        /// Only what this import brought
        #[arg(long, value_name = "N")]
        batch: Option<i64>,
    },
    /// How far the graduates came, drawn, on one page to print or to mail
    Report {
        /// Write the page here; an earlier report is replaced
        #[arg(long, value_name = "FILE")]
        html: PathBuf,
        /// Write its tables as CSV into this folder, too
        #[arg(long, value_name = "DIR")]
        csv: Option<PathBuf>,
    },
    /// Who stands so, by student id
    List {
        /// What to list; several are listed one after the other
        #[arg(required = true, value_name = "STATE")]
        states: Vec<Standing>,
        /// Only of this import: whom it brought a message, changed, withdrew or rejected
        #[arg(long, value_name = "N")]
        batch: Option<i64>,
        /// Write it into this CSV file
        #[arg(long, value_name = "FILE")]
        csv: Option<PathBuf>,
    },
    /// Print every import with its number
    Batches,
    /// One graduate's story, without the code
    Show {
        /// A student id in any case and punctuation, an address, a code, or a name
        #[arg(value_name = "ID|ADDRESS|CODE|NAME")]
        who: String,
        /// Tell name and address, too; it is written into the audit
        #[arg(long)]
        contact: bool,
    },
    /// Mail one graduate, or those of a list, nothing until somebody releases them
    Hold {
        /// A student id, or a file with one a line
        #[arg(value_name = "ID|FILE")]
        who: String,
        /// Why, for the help desk and the audit
        #[arg(long, value_name = "TEXT")]
        why: String,
    },
    /// End what `hold` began
    Release {
        /// A student id, or a file with one a line
        #[arg(value_name = "ID|FILE")]
        who: String,
        /// Why, for the audit
        #[arg(long, value_name = "TEXT")]
        why: Option<String>,
    },
    /// Let one graduate answer the page's second question again, who was locked out by wrong answers
    Unlock {
        /// As in the roster; case and punctuation do not matter
        student_id: String,
        /// Why, for the audit
        #[arg(long, value_name = "TEXT")]
        why: Option<String>,
    },
    /// Correct what the roster says of one graduate, until the roster says the same
    Correct {
        /// As in the roster; case and punctuation do not matter
        student_id: String,
        /// The column and what is right, as a roster would have it: `full_name`, `email`, `date_of_birth`, `language`; of the
        /// qualification `course_name`, `honours`, `majors`, `conferral_year`, `conferral_date`, `awaiting_graduation`; where
        /// there are several qualifications, with the code or the name of the course: `honours@BA=yes`
        #[arg(required = true, value_name = "FIELD[@COURSE]=VALUE")]
        values: Vec<String>,
        /// Why, for the audit
        #[arg(long, value_name = "TEXT")]
        why: String,
    },
    /// Print who did what by hand, the latest last
    Audit {
        /// Write it into this CSV file
        #[arg(long, value_name = "FILE")]
        csv: Option<PathBuf>,
    },
    /// Mail one graduate a new code
    Reissue {
        /// As in the roster; case and punctuation do not matter
        student_id: String,
        /// Mail it at once, and nobody else
        #[arg(long)]
        now: bool,
        /// Also what is in SEEK Pass already: as it is now, under a new id
        #[arg(long, requires = "why")]
        again: bool,
        /// Why, for the audit
        #[arg(long, value_name = "TEXT")]
        why: Option<String>,
    },
    /// Settle what changed of graduates after SEEK Pass was told: it is told no more
    Settle {
        /// Student ids, or files with one a line
        #[arg(required = true, value_name = "ID|FILE")]
        who: Vec<String>,
        /// Why, for the audit
        #[arg(long, value_name = "TEXT")]
        why: String,
    },
    /// Take one graduate's invitation back: its codes stop working
    Revoke {
        /// As in the roster; case and punctuation do not matter
        student_id: String,
        /// Why, for the audit
        #[arg(long, value_name = "TEXT")]
        why: Option<String>,
    },
    /// Remove the personal data of graduates whose retention is over
    Purge {
        /// Remove nothing; tell how many would go
        #[arg(long)]
        dry_run: bool,
        /// Why, for the audit
        #[arg(long, value_name = "TEXT")]
        why: Option<String>,
    },
    /// Move the ledger from its file to a PostgreSQL server, or back
    ///
    /// Every row goes into a ledger that is empty: all of them, or none. The ledger that was left is as it was, and counts as a
    /// copy from then on: what waits in it is in doubt if somebody goes on with it. So far no other command works with a ledger on
    /// a server, so do not move the one of tonight's run.
    Move {
        /// Where the ledger of the configuration goes: `postgres://user@host/database`, or a file
        #[arg(long, value_name = "PLACE", required_unless_present = "from", conflicts_with = "from")]
        to: Option<String>,
        /// What comes into the place that the configuration names: the same
        #[arg(long, value_name = "PLACE")]
        from: Option<String>,
        /// The file with the password of the server in PLACE
        #[arg(long, value_name = "FILE")]
        password_file: Option<PathBuf>,
    },
    #[cfg(feature = "demo")]
    /// Show the whole way with stand-ins on this machine: sample roster, inbox, page
    Demo {
        /// Walk it unattended and end
        #[arg(long)]
        once: bool,
    },
}

/// What to do with the configuration.
#[derive(Debug, Subcommand)]
pub enum ConfigCommand {
    /// Every value and where it came from; secrets are hidden
    Show,
}

/// How to read a roster.
#[derive(Debug, Clone, Default, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own on the command line")]
pub struct ImportArguments {
    /// What the rows are: education (awards), english (English test results) or microcredential (courses); found from the
    /// columns when not given, or `roster.type`
    #[arg(long = "type", value_name = "TYPE")]
    pub credential_type: Option<CredentialType>,
    /// Write the rejected rows, with what is wrong, into this CSV file
    #[arg(long, value_name = "FILE")]
    pub rejects: Option<PathBuf>,
    /// Import nothing if any row has a mistake
    #[arg(long)]
    pub strict: bool,
    /// Import a roster, or a hold file, that lost an implausible share of what the last one held, and ids that differ from
    /// known ones in zeros, capitals or punctuation only
    #[arg(long)]
    pub allow_removals: bool,
    /// Take the roster for an additional list: it adds and changes, and withdraws nobody
    #[arg(long)]
    pub add: bool,
    /// Join the awards with the subjects of this CSV file, for their transcripts; `roster.transcripts` when not given
    #[arg(long, value_name = "FILE")]
    pub transcripts: Option<PathBuf>,
    /// Read this sheet of a workbook
    #[arg(long, value_name = "NAME")]
    pub sheet: Option<String>,
    /// Read the rows of a workbook that a filter hides, too
    #[arg(long)]
    pub include_hidden: bool,
}
