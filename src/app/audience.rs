//! Who is told what a command does while it does it. What came of it in the end, the command returns.

use std::any::Any;
use std::path::Path;
use std::sync::Arc;

use super::Correction;
use crate::bounce::reading;
use crate::clock::Clock;
use crate::config::Concern;
use crate::email::schedule::Finish;
use crate::email::send::Counters;
use crate::import::{self, Imported};
use crate::report::Report;
use crate::store::{LockError, MailFigures, RefusingDomain, Retried, Standby, StoreError};

/// Something that happens; lists are of student ids.
#[derive(Debug)]
pub enum Event<'a> {
    /// A setting works and should not stay so.
    Exposed(&'a Concern),
    /// Rosters were read into the ledger.
    Read {
        /// What was noticed of their rows.
        imported: &'a Imported,
        /// A sentence for each language that rows ask for and that is not switched on.
        other_languages: &'a [String],
        /// Where the rejected rows are, if any was.
        rejects: Option<&'a Path>,
        /// The file of subjects, if rows were rejected for it.
        subjects: Option<&'a Path>,
        /// That file was named for this import.
        are_subjects_named: bool,
    },
    /// The same in figures, once the import is over.
    Imported(&'a Report),
    /// Another night imports, and is waited for.
    WaitsForImport(&'a LockError),
    /// Another night has imported the same rosters at the same time, so that this one only sends.
    ImportedByAnother {
        /// The number of its import.
        batch: i64,
    },
    /// So many students stand in the hold file, and no roster has listed any of them.
    HoldFileOfStrangers {
        /// The file's name.
        name: &'a str,
        /// How many.
        students: usize,
    },
    /// These are not conferred after all, and no longer invited again.
    NotConferredAfterAll(&'a [String]),
    /// These are conferred now, and invited again.
    Conferred(&'a [String]),
    /// So many graduates are to be reminded, one at least.
    RemindersDue(i64),
    /// The ledger was restored from a backup: so many messages are in doubt until somebody says `retry`.
    Quarantined {
        /// How many.
        messages: u64,
        /// Whether a whole roster was read since.
        has_whole_roster: bool,
    },
    /// A mail domain is left alone, since it refuses all mail of ours.
    DomainPaused(&'a RefusingDomain),
    /// When everybody will have been mailed.
    Pace(&'a Finish),
    /// Mails leave, and what is written of them may be lost with the server.
    NotKept(Standby),
    /// Mails leave, and `[seek_pass]` is missing.
    NoSeekPass,
    /// Mails leave, and the page does not answer.
    NoPage {
        /// Where it should.
        url: &'a str,
        /// What was found there.
        problem: &'a str,
    },
    /// What failed is tried again.
    Retried {
        /// How many.
        retried: Retried,
        /// What was refused or in doubt before.
        figures: &'a MailFigures,
        /// The ledger was restored, so that the messages have new Message-IDs.
        is_restored: bool,
    },
    /// The mails have left and stand in the ledger; that this sending has ended does not.
    EndNotCounted(&'a StoreError),
    /// The mails have left and stand in the ledger; part of that is in the write-ahead log beside its file.
    LogStays(&'a StoreError),
    /// The mails have left.
    Mailed(&'a Report),
    /// SEEK Pass was asked how submissions ended.
    FollowedUp(&'a Report),
    /// What mail systems sent back cannot be read.
    BouncesNotRead(&'a anyhow::Error),
    /// What mail systems sent back was read.
    BouncesRead(&'a reading::Counts),
    /// What a student has in SEEK Pass can be added again.
    Reopened {
        /// The student id.
        student: &'a str,
        /// How many qualifications.
        qualifications: usize,
    },
    /// A correction stands.
    Corrected(&'a Correction),
    /// The data of so many graduates are removed; the file is still to be written anew.
    Purged {
        /// How many.
        graduates: usize,
        /// The day since which nothing had happened with them.
        before: jiff::civil::Date,
    },
}

/// Whoever is told.
pub trait Audience {
    /// Something happens.
    fn tell(&self, event: &Event<'_>);

    /// Who is told how a roster is read.
    fn reader(&self) -> Box<dyn import::Audience + '_>;

    /// So many messages are due, and counted while they are tried. The sending ends when what is returned is dropped.
    fn sending(&self, _clock: &Clock, _due: i64, _counters: &Arc<Counters>) -> Box<dyn Any> {
        Box::new(())
    }
}
