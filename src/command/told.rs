//! What people are told while a command works: the words for every event.

use std::any::Any;
use std::path::Path;
use std::sync::Arc;

use super::console::Console;
use super::{bounces, correct, progress, retry};
use crate::app::{Audience, Event};
use crate::clock::Clock;
use crate::email::send::Counters;
use crate::import::{self, Imported};
use crate::plural::{counted, named};
use crate::roster::{Decoding, Mistake};
use crate::store::RefusingDomain;

impl Audience for Console {
    fn tell(&self, event: &Event<'_>) {
        match *event {
            Event::Exposed(concern) => {
                self.say(format_args!("note: {}: {}", concern.key, concern.problem));
            }
            Event::Read { imported, other_languages, rejects, subjects, are_subjects_named } => {
                let observed = imported.observations.sentences();
                let corrected = what_to_correct(rejects, subjects, are_subjects_named);
                let sentences = observed.into_iter().chain(other_languages.iter().cloned());
                self.say_all(sentences.chain(corrections(imported)).chain(corrected));
            }
            Event::Imported(report) => self.results(report.roster_lines()),
            Event::WaitsForImport(held) => self.say(format_args!("{held}: waiting for its import")),
            Event::ImportedByAnother { batch } => self.result(format_args!(
                "import {batch} of another run, at the same time, was of the same rosters: nothing is imported twice"
            )),
            Event::HoldFileOfStrangers { name, students } => self.say(format_args!(
                "note: the hold file {name} names {} whom no roster has listed; are they student ids?",
                counted(students, "student")
            )),
            Event::NotConferredAfterAll(students) => self.result(format_args!(
                "not conferred after all, and so no longer invited to add it again, since SEEK Pass has it as it is: {}",
                named(students)
            )),
            Event::Conferred(students) => self
                .result(format_args!("conferred now, and invited again to add that: {}", named(students))),
            Event::RemindersDue(made) => {
                self.result(format_args!("reminders: {} due", counted(made, "graduate")));
            }
            Event::Quarantined { messages, has_whole_roster } => {
                self.say(quarantined(messages, has_whole_roster));
            }
            Event::DomainPaused(domain) => self.result(paused(domain)),
            Event::Pace(finish) => self.say(format_args!("At this pace {}.", finish.words())),
            Event::NotKept(standby) => self.say(format_args!("note: standby: {standby}")),
            Event::NoSeekPass => self.say(
                "note: [seek_pass] is missing from the configuration: the mails leave, but nobody can redeem a code \
                 before it is there and `gradpass serve` runs",
            ),
            Event::NoPage { url, problem } => self.say(format_args!(
                "note: {url}: {problem}; the mails leave, but nobody can redeem a code before `gradpass serve` answers there"
            )),
            Event::Retried { retried, figures, is_restored } => {
                self.say_all(retry::lines(retried, figures, is_restored));
            }
            Event::EndNotCounted(error) => {
                tracing::warn!("the end of this sending was not written down: {error}");
            }
            Event::LogStays(error) => tracing::warn!("the write-ahead log stays beside the ledger: {error}"),
            Event::Mailed(report) => self.results(report.mail_lines()),
            Event::FollowedUp(report) => self.results(report.follow_up_lines()),
            Event::BouncesNotRead(error) => self.say(format_args!("bounces: {error:#}")),
            Event::BouncesRead(counts) => self.results(bounces::lines(counts)),
            Event::Reopened { student, qualifications } => self.result(format_args!(
                "student {student}: {} can be added to SEEK Pass again, under a new id; codes mailed before stop working. What is \
                 in SEEK Pass already stays there",
                counted(qualifications, "qualification")
            )),
            Event::Corrected(correction) => self.results(correct::lines(correction)),
            Event::Purged { graduates, before } => self.result(format_args!(
                "purge: the data of {} are removed, with whom nothing had happened since {before}",
                counted(graduates, "graduate")
            )),
        }
    }

    fn reader(&self) -> Box<dyn import::Audience + '_> {
        Box::new(*self)
    }

    fn sending(&self, clock: &Clock, due: i64, counters: &Arc<Counters>) -> Box<dyn Any> {
        Box::new(progress::begin(*self, clock, due, counters))
    }
}

impl import::Audience for Console {
    fn decoding(&mut self, roster: &str, decoding: Decoding, examples: &[String]) {
        let (name, why) = match decoding {
            Decoding::Configured(encoding) => (encoding.name(), "as roster.encoding says"),
            Decoding::Guessed(encoding) => (encoding.name(), "which is a guess, since it is not UTF-8"),
            _ => return,
        };
        self.say(format_args!("{roster}: read as {name}, {why}"));
        if examples.is_empty() {
            return;
        }
        if self.is_watched() {
            self.say(format_args!("  names in it look like: {}", examples.join(" · ")));
        } else {
            // this may end up in a log, so it shows letters and no names
            let mut letters: Vec<char> = examples.concat().chars().filter(|it| !it.is_ascii()).collect();
            letters.sort_unstable();
            letters.dedup();
            self.say(format_args!("  names in it have letters like: {}", letters.iter().collect::<String>()));
        }
    }

    fn note(&mut self, roster: &str, note: &str) {
        self.say(format_args!("{roster}: {note}"));
    }

    fn nobody_withdrawn(&mut self) {
        self.say("No one was withdrawn: some rejected rows have no readable student id.");
    }

    fn mistake(&mut self, roster: &str, mistake: &Mistake) {
        self.say(format_args!("{roster}: {mistake}"));
    }
}

/// What became of corrections that were made before.
fn corrections(imported: &Imported) -> impl Iterator<Item = String> {
    let dropped = imported.corrections_dropped.iter().map(|(student, column)| {
        format!("student {student}: the roster says the same as the correction of {column}, which is dropped")
    });
    let kept = imported.corrections_kept.iter().map(|kept| {
        format!(
            "student {}: what was corrected of a qualification ({}) stands, though the roster lists it as {} now",
            kept.student_id,
            kept.columns.join(", "),
            kept.course
        )
    });
    let not_met = imported.corrections_not_met.iter().map(|(student, column)| {
        format!(
            "student {student}: {column} was corrected of a qualification that the roster does not list; correct it \
             again if it is listed under another name"
        )
    });
    dropped.chain(kept).chain(not_met)
}

/// Where what was rejected is corrected, and how it is imported then.
fn what_to_correct(
    rejects: Option<&Path>,
    subjects: Option<&Path>,
    are_subjects_named: bool,
) -> Option<String> {
    let again = |subjects: &Path| {
        if are_subjects_named { format!(" with --transcripts {}", subjects.display()) } else { String::new() }
    };
    match (rejects, subjects) {
        (Some(rejects), Some(subjects)) => Some(format!(
            "The rejected rows are in {}; correct subjects in {}, anything else there, and import that file{}.",
            rejects.display(),
            subjects.display(),
            again(subjects)
        )),
        (Some(rejects), None) => Some(format!(
            "The rejected rows are in {}; correct them there and import that file.",
            rejects.display()
        )),
        (None, Some(subjects)) => {
            Some(format!("Correct subjects in {}, and import again{}.", subjects.display(), again(subjects)))
        }
        (None, None) => None,
    }
}

fn quarantined(messages: u64, has_whole_roster: bool) -> String {
    let first = if has_whole_roster { "" } else { "import the newest roster first, then " };
    format!(
        "This ledger is older than the mails that were sent with it: it was restored from a backup, or is a copy. \
         In doubt, since nights that it does not know may have mailed it: {} that waited; nothing of it goes to anybody \
         by itself. Codes mailed in those nights do not work with this ledger. To mail everybody \
         who is in doubt: {first}`gradpass retry`.",
        counted(messages, "message")
    )
}

fn paused(RefusingDomain { domain, refused, waiting }: &RefusingDomain) -> String {
    format!(
        "paused: {domain} refused {} by its policy, so {} for it {} a day; ask your mail administrator, then `gradpass \
         retry` goes on at once",
        counted(*refused, "mail"),
        counted(*waiting, "mail"),
        if *waiting == 1 { "waits" } else { "wait" },
    )
}
