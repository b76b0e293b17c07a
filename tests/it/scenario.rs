//! A scenario: a world in which one thing is done after the other, each a process that may be troubled or die, and a
//! model of what must be true. [`promises`] holds the two against each other.

pub mod fault_plan;
mod kept;
pub mod model;
mod perform;
mod post;
mod press;
pub mod promises;
mod seen;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::Arc;

use gradpass::app::{self, Reader};
use gradpass::cli::ImportArguments;
use gradpass::import::ImportError;
use gradpass::invitation::MessageState;
use gradpass::report::MailReport;
use gradpass::sandbox::{relay, seek};
use jiff::Timestamp;

use crate::world::{PATIENT, SeekThread, World, process};
use fault_plan::{Fault, FaultPlan};
use model::{Model, Roster, student};
use post::Post;
use promises::Ledger;
use seen::Seen;

/// What scenarios change of the usual configuration: rosters change as they like, and what is old goes soon.
const SETTINGS: [(&str, &str); 2] = [
    ("[code]", "retention_days = 30\n[code]"),
    (
        "[mail]",
        "valid_days = 3650\n[guard]\nchanges = 1.0\ngrowth = 1e9\n[reminders]\nafter_days = [7, 21]\n[mail]",
    ),
];

/// What can be done; each is a command, or the service visited by some graduates.
#[derive(Debug, Clone)]
pub enum Step {
    /// Whatever it says is meant (`--allow-removals`).
    Import(Roster),
    Send,
    /// `run`: the roster, the mails, the follow-up.
    Run(Roster),
    Retry,
    /// These graduates press the button with their last working codes.
    Press(Vec<usize>),
    FollowUp,
    Reissue(usize),
    Revoke(usize),
    Hold(usize),
    Release(usize),
    /// The year of her award.
    Correct(usize, u16),
    /// What a `send` would do now.
    Approve,
    Unlock(usize),
    /// What changed of her after SEEK Pass was told.
    Settle(usize),
    /// `reissue --again`
    Again(usize),
    /// Whatever was awaited and is conferred by now.
    Confer,
    /// Whoever is due to be reminded.
    Remind,
    /// She asks for no more reminders.
    OptOut(usize),
    Purge,
}

/// How it ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ended {
    Well,
    /// With this sentence.
    Badly(String),
    Died,
}

/// Where the ledger is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    File,
    Server,
}

pub struct Scenario {
    pub world: World,
    pub seek: SeekThread,
    pub faults: Arc<FaultPlan>,
    connections: usize,
    pub progress: Progress,
}

/// What is known of what happened so far.
#[derive(Clone, Default)]
pub struct Progress {
    pub model: Model,
    /// What did not come to its end and does not by itself: the operator does it again before anything like it.
    pub pending: Option<Step>,
    post: Post,
    /// When the service died, and whatever waited may have left unnoticed.
    deaths: Vec<Timestamp>,
    /// Messages whose graduates are purged, under the middle of their Message-ID.
    purged: BTreeSet<String>,
    /// As they were after the last step.
    seen: Seen,
    ledger: Ledger,
    /// Of each graduate, what was superseded before the step that is to be done.
    superseded: BTreeMap<usize, usize>,
}

impl Scenario {
    /// With so many connections to the relay, and these lines in `[mail]`. On a server, which has to be there then, faults of its
    /// disk and of the way there come by a proxy.
    pub fn new(place: Place, connections: usize, mail: &str) -> Self {
        // the scripts are there before the world's clock
        let clock = World::clock();
        let faults = FaultPlan::new(clock.clone());
        let relay = Arc::clone(&faults);
        let mut world = World::with(relay::script(move |_| relay.relay()));
        if place == Place::Server {
            world = world.on_server_through(&faults).unwrap();
        }
        world.clock = clock;
        world.timeouts = PATIENT;
        *world.watch.get_mut() = faults.watch();
        let asked = Arc::clone(&faults);
        let seek = world.seek_pass(seek::script(move |_, _| asked.seek()));
        let text = fs::read_to_string(world.path("gradpass.toml")).unwrap();
        let text = text.replace("connections = 1", &format!("connections = {connections}\n{mail}"));
        let text = SETTINGS.iter().fold(text, |text, (before, after)| text.replace(before, after));
        world.write("gradpass.toml", text.as_bytes());
        Self { world, seek, faults, connections, progress: Progress::default() }
    }

    /// Does it in health; anything but a good end is a surprise.
    pub fn does(&mut self, step: &Step) {
        assert_eq!(self.takes(step, None), Ended::Well, "{step:?}");
    }

    /// Does it, possibly with a fault, and checks what must be true at once.
    pub fn takes(&mut self, step: &Step, fault: Option<Fault>) -> Ended {
        let mails = self.expects(step);
        let before = matches!(step, Step::Purge).then(|| Snapshot::of(self));
        let faults = Arc::clone(&self.faults);
        let done = faults.inject(fault, self.perform(step));
        let seen = Seen::of(self);
        assert!(seen.is_some() || !matches!(done, Some(Ok(_))), "{step:?} is done and left no ledger");
        self.progress.seen = seen.unwrap_or_default();
        if let Some(Ok(Some(mail))) = &done {
            self.is_reported(step, mail, mails);
        }
        let ended = match done {
            Some(Ok(_)) => Ended::Well,
            Some(Err(error)) => Ended::Badly(format!("{error}")),
            None => Ended::Died,
        };
        if ended == Ended::Well {
            self.has_done(step, mails);
        }
        if ended == Ended::Died {
            self.let_the_relay_finish();
            if matches!(step, Step::Press(_)) {
                self.progress.deaths.push(self.world.clock.now());
            }
        }
        if let Some(before) = before {
            self.has_purged(&before);
        }
        if ended == Ended::Well {
            promises::corrections_stand(self);
        }
        promises::nobody_held_is_mailed(self);
        promises::reminders_are_wanted(self, mails);
        self.progress.ledger = promises::hold(self, matches!(step, Step::Retry));
        ended
    }

    /// Takes note of what is meant from now on; returns how many mails there are.
    pub fn expects(&mut self, step: &Step) -> usize {
        let mails = self.world.relay.messages().len();
        match step {
            Step::Import(roster) | Step::Run(roster) => {
                self.may_confer();
                self.progress.model.imports(roster, mails, self.world.clock.now());
                self.progress.pending = Some(Step::Import(roster.clone()));
            }
            Step::Send => self.may_confer(),
            Step::Reissue(number) => {
                self.progress.model.tries_to_reissue(*number);
                self.progress.pending = Some(step.clone());
            }
            Step::Correct(number, _) => {
                self.progress.model.tries_to_correct(*number, self.world.clock.now());
                self.progress.pending = Some(step.clone());
            }
            Step::Release(number) => {
                self.progress.model.tries_to_release(*number);
                self.progress.pending = Some(step.clone());
            }
            Step::Again(number) => {
                self.may_confer();
                self.progress.model.tries_again(*number, self.world.clock.now());
                self.progress.pending = Some(step.clone());
            }
            Step::Confer => {
                self.may_confer();
                self.progress.pending = Some(step.clone());
            }
            Step::Revoke(_) | Step::Hold(_) | Step::Approve | Step::Unlock(_) | Step::Settle(_) => {
                self.progress.pending = Some(step.clone());
            }
            Step::Remind | Step::OptOut(_) | Step::Retry | Step::Press(_) | Step::FollowUp | Step::Purge => {}
        }
        mails
    }

    /// Whoever has it in SEEK Pass as awaited, and is conferred by now, may be invited again by what is done next.
    fn may_confer(&mut self) {
        if self.progress.pending.is_none() {
            self.progress.superseded = self.progress.seen.superseded();
        }
        self.progress.model.may_confer(self.world.clock.now());
    }

    fn has_done(&mut self, step: &Step, mails: usize) {
        match step {
            Step::Import(roster) | Step::Run(roster) => {
                self.progress.model.has_imported(roster);
                self.has_conferred(None);
            }
            Step::Send => return self.has_conferred(None),
            Step::Hold(number) => self.progress.model.has_held(*number, mails),
            Step::Correct(number, year) => self.progress.model.has_corrected(*number, *year),
            Step::OptOut(number) => return self.progress.model.has_opted_out(*number, mails),
            Step::Release(_) | Step::Unlock(_) | Step::Approve => {}
            Step::Settle(number) => {
                let id = model::student_id(*number);
                let left = self.world.look(async |store| store.late_changes_of(&id).await.unwrap());
                assert!(left.is_empty(), "graduate {number} is settled: {left:?}");
            }
            Step::Again(_) => self.has_conferred(Some(mails)),
            Step::Confer => self.has_conferred(None),
            Step::Reissue(number) => self.progress.model.has_reissued(*number),
            Step::Revoke(number) => self.progress.model.revokes(*number, mails, self.world.clock.now()),
            Step::Remind | Step::Retry | Step::Press(_) | Step::FollowUp | Step::Purge => return,
        }
        self.progress.pending = None;
    }

    /// Whoever can add it again since the step began does so with a code of a mail from this place on, where one is named.
    fn has_conferred(&mut self, void_before: Option<usize>) {
        for (number, superseded) in self.progress.seen.superseded() {
            if superseded > self.progress.superseded.get(&number).copied().unwrap_or(0) {
                self.progress.model.can_add_again(number, void_before);
                let is_told = |state| matches!(state, MessageState::Waiting | MessageState::Sent);
                let messages = &self.progress.seen.timelines[&number].messages;
                assert!(messages.iter().any(|it| is_told(it.state)), "graduate {number} is told of it");
            }
        }
    }

    /// What is reported of the mails is what the relay took and what the ledger holds.
    fn is_reported(&self, step: &Step, mail: &MailReport, mails: usize) {
        let taken = self.world.relay.messages().len() - mails;
        // a relay may keep what it did not answer for, and no other way round
        assert!(usize::try_from(mail.sent).unwrap() <= taken, "{} reported and {taken} taken", mail.sent);
        let left = &self.progress.seen.mail;
        // what is verified by now is mailed to nobody
        if !matches!(step, Step::Run(_)) {
            let reported = [mail.waiting, mail.deferred, mail.refused, mail.in_doubt];
            let is_left = [left.waiting, left.deferred, left.refused, left.in_doubt];
            assert_eq!(reported, is_left, "the report says what the ledger holds");
        }
    }

    /// A roster that lost too many is refused when nobody says that it is meant, and nothing is changed.
    pub fn refuses(&self, roster: &Roster) {
        let rosters = [self.file(roster)];
        let counted =
            || (self.world.states(), self.world.count("SELECT sum(withdrawn_at IS NULL) FROM qualification"));
        let app = self.world.app();
        // what a dead run left behind is in doubt from here on
        process(app.open_ledger("import")).unwrap();
        let before = counted();
        let arguments = ImportArguments::default();
        let refused = process(app::import(&app, &rosters, &arguments, Reader::Nobody)).unwrap_err();
        let is_implausible = matches!(refused.downcast_ref(), Some(ImportError::Implausible { .. }));
        assert!(is_implausible, "{refused:?}");
        assert_eq!(before, counted(), "a refused roster has changed something");
    }

    /// However the purge ended: who is gone from the ledger is purged, and everything is counted as before.
    fn has_purged(&mut self, before: &Snapshot) {
        let after = Snapshot::of(self);
        assert_eq!(before.messages, after.messages, "what was purged is still counted");
        for &number in before.known.difference(&after.known) {
            self.progress.model.purges(number);
            self.progress.purged.extend(self.progress.ledger.tags_of(number));
        }
    }
}

/// What a purge may change, and what it may not.
struct Snapshot {
    /// The graduates whom the ledger knows.
    known: BTreeSet<usize>,
    /// As `status` counts them.
    messages: i64,
}

impl Snapshot {
    fn of(scenario: &Scenario) -> Self {
        let looked = scenario.world.try_look(async |store| {
            let mut known = BTreeSet::new();
            for &number in scenario.progress.model.0.keys() {
                known.extend(store.timeline(&student(number)).await.unwrap().map(|_| number));
            }
            (known, store.messages_by_state(None).await.unwrap().values().sum())
        });
        let (known, messages) = looked.unwrap_or_default();
        Self { known, messages }
    }
}
