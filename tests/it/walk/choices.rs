//! What happens next on a walk, by its random source.

use std::collections::BTreeMap;
use std::time::Duration;

use gradpass::sandbox::relay::Act;
use gradpass::sandbox::seek;
use jiff::Timestamp;
use jiff::civil::Date;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};

use crate::scenario::fault_plan::{Fault, LedgerFault, PeerFault};
use crate::scenario::model::{AWAITED, Entry, Roster};
use crate::scenario::{Ended, Place, Scenario, Step};

/// Graduates of the university.
const GRADUATES: usize = 8;

/// Mails of a day of the university's calendar.
const PER_DAY: usize = 6;

/// Just before summer time ends, and begins, in Melbourne.
const CLOCK_CHANGES: [&str; 2] = ["2027-04-04T01:58:00+11:00", "2027-10-03T01:58:00+10:00"];

pub struct Walk {
    pub scenario: Scenario,
    /// Steps in which something went wrong so far.
    pub troubled: usize,
    /// What happened so far.
    pub diary: Vec<String>,
    rng: StdRng,
    roster: Roster,
    mailed: BTreeMap<Date, usize>,
}

impl Walk {
    pub fn new(place: Place, seed: u64) -> Self {
        let mut rng = StdRng::seed_from_u64(seed);
        let mail = format!("per_day = {PER_DAY}");
        let scenario = Scenario::new(place, rng.random_range(1..=3), &mail);
        scenario.world.seed.set(seed);
        let mut walk = Self {
            scenario,
            troubled: 0,
            diary: Vec::new(),
            rng,
            roster: Roster::new(),
            mailed: BTreeMap::new(),
        };
        walk.change_the_roster();
        walk.take(&Step::Import(walk.roster.clone()));
        walk
    }

    /// Time passes, and something is done.
    pub fn step(&mut self) {
        self.let_time_pass();
        // an unfinished import may wait; what the help desk began it does again at once
        if let Some(pending) = self.scenario.progress.pending.clone()
            && (!matches!(pending, Step::Import(_)) || self.rng.random_bool(0.5))
        {
            return self.take(&pending);
        }
        let is_whole = self.scenario.progress.pending.is_none();
        let anybody = self.anybody();
        // whoever is purged is unknown to the help desk, and invited anew by `reissue`
        let is_known = is_whole && !self.scenario.progress.model.0[&anybody].is_purged;
        match self.rng.random_range(0..27) {
            0 | 1 if is_whole => {
                self.change_the_roster();
                self.take(&Step::Import(self.roster.clone()));
            }
            2 if is_whole => {
                self.change_the_roster();
                self.take(&Step::Run(self.roster.clone()));
            }
            3 | 4 if is_whole => {
                let numbers = (0..self.rng.random_range(1..5)).map(|_| self.anybody()).collect();
                self.take(&Step::Press(numbers));
            }
            5 if is_known => self.take(&Step::Reissue(anybody)),
            6 if is_known => self.take(&Step::Revoke(anybody)),
            7 => self.take(&Step::Retry),
            8 => self.take(&Step::FollowUp),
            9 => {
                self.diary.push(format!("graduate {anybody} finishes or declines"));
                if self.rng.random_bool(0.7) {
                    self.scenario.finishes(anybody);
                } else {
                    self.scenario.declines(anybody);
                }
            }
            10 | 11 if is_whole => self.take(&Step::Purge),
            14 | 15 if is_whole => self.take(&Step::Hold(anybody)),
            16 if is_whole => self.take(&Step::Release(anybody)),
            17 | 18 if is_whole && anybody < GRADUATES => {
                let year = self.rng.random_range(2022..=2024);
                self.take(&Step::Correct(anybody, year));
            }
            19 if is_whole => {
                let is_plan = self.rng.random_bool(0.5);
                self.take(&if is_plan { Step::Approve } else { Step::Unlock(anybody) });
            }
            20 if is_known => self.take(&Step::Settle(anybody)),
            21 if is_known => self.take(&Step::Again(anybody)),
            22 if is_whole => self.take(&Step::Confer),
            23..=25 if is_whole => self.take(&Step::Remind),
            26 if is_whole => self.take(&Step::OptOut(anybody)),
            _ => self.take(&Step::Send),
        }
    }

    fn take(&mut self, step: &Step) {
        let fault = self.rng.random_bool(0.5).then(|| self.fault(step));
        self.diary.push(format!("{} {step:?}, {fault:?}", self.scenario.world.clock.now()));
        let (day, mails) = (self.today(), self.scenario.world.relay.messages().len());
        let is_healthy = fault.is_none();
        let ended = self.scenario.takes(step, fault);
        self.troubled += usize::from(self.scenario.faults.has_happened());
        self.diary.push(format!("  {ended:?}"));
        assert!(!is_healthy || ended == Ended::Well, "{ended:?} in health");
        if day == self.today() {
            let mailed = self.mailed.entry(day).or_default();
            *mailed += self.scenario.world.relay.messages().len() - mails;
            assert!(*mailed <= PER_DAY, "{mailed} mails on {day}");
        }
    }

    fn let_time_pass(&mut self) {
        let clock = &self.scenario.world.clock;
        let span = match self.rng.random_range(0..11) {
            0..4 => Duration::ZERO,
            4 | 5 => Duration::from_mins(self.rng.random_range(1..600)),
            6 | 7 => Duration::from_hours(24),
            8 => Duration::from_hours(49),
            9 => Duration::from_hours(24 * 31),
            _ => {
                let changes = CLOCK_CHANGES.map(|at| at.parse::<Timestamp>().unwrap());
                let next = changes.iter().find(|at| **at > clock.now());
                next.map_or(Duration::from_hours(1), |at| at.duration_since(clock.now()).unsigned_abs())
            }
        };
        clock.advance(span);
    }

    /// Some are gone or back, some have moved, some were corrected; now and then most are missing.
    fn change_the_roster(&mut self) {
        let before = self.roster.clone();
        for number in 1..=GRADUATES {
            let entry = self.scenario.progress.model.0.get(&number).map(|graduate| graduate.entry);
            let mut entry = entry.unwrap_or(Entry { address: 0, year: 2024 });
            if self.rng.random_bool(0.1) {
                entry.address = self.rng.random_range(0..3);
            }
            if self.rng.random_bool(0.1) {
                entry.year = self.rng.random_range(2022..=2024);
            }
            // one is to be conferred
            if number == GRADUATES {
                entry.year = AWAITED;
            }
            let is_listed = self.roster.contains_key(&number) != self.rng.random_bool(0.2);
            if is_listed {
                self.roster.insert(number, entry);
            } else {
                self.roster.remove(&number);
            }
        }
        if self.roster.is_empty() || self.rng.random_bool(0.1) {
            let number = self.rng.random_range(1..=GRADUATES);
            let entry = self
                .roster
                .get(&number)
                .copied()
                .unwrap_or(Entry { address: 0, year: if number == GRADUATES { AWAITED } else { 2024 } });
            self.roster = Roster::from([(number, entry)]);
        }
        let is_known =
            |number: &usize| !self.scenario.progress.model.0.get(number).is_some_and(|it| it.is_purged);
        let lost =
            before.keys().filter(|number| is_known(number) && !self.roster.contains_key(number)).count();
        if lost > 3 {
            self.diary.push(format!("a roster without {lost} of {} is refused", before.len()));
            self.scenario.refuses(&self.roster);
        }
    }

    /// One that may well come in this step.
    fn fault(&mut self, step: &Step) -> Fault {
        let rng = &mut self.rng;
        let (talks_to_the_relay, talks_to_seek_pass) = match step {
            Step::Run(_) | Step::FollowUp => (true, true),
            Step::Send | Step::Retry => (true, false),
            Step::Press(_) => (false, true),
            Step::Import(_)
            | Step::Reissue(_)
            | Step::Revoke(_)
            | Step::Hold(_)
            | Step::Release(_)
            | Step::Correct(..)
            | Step::Approve
            | Step::Unlock(_)
            | Step::Settle(_)
            | Step::Again(_)
            | Step::Confer
            | Step::Remind
            | Step::OptOut(_)
            | Step::Purge => (false, false),
        };
        if talks_to_the_relay && rng.random_bool(0.5) {
            let act = match rng.random_range(0..5) {
                0 => Act::Accept,
                1 => Act::Reply("451 4.3.0 try later".into()),
                2 => Act::Reply("550 5.7.1 not today".into()),
                3 => Act::HangUp,
                _ => Act::HangUpAfterAccepting,
            };
            let fault = if rng.random() { PeerFault::Unheard(act) } else { PeerFault::Heard(act) };
            return Fault::Relay(fault, rng.random_range(1..=14));
        }
        if talks_to_seek_pass && rng.random_bool(0.5) {
            let fault = match rng.random_range(0..5) {
                0 => seek::Fault::None,
                1 => seek::Fault::Status(503, None),
                2 => seek::Fault::Status(422, None),
                3 => seek::Fault::Truncated,
                _ => seek::Fault::DropAfterReading,
            };
            let fault = if rng.random() { PeerFault::Unheard(fault) } else { PeerFault::Heard(fault) };
            return Fault::Seek(fault, rng.random_range(1..=4));
        }
        let ways = [
            LedgerFault::Refuses,
            LedgerFault::Interrupts,
            LedgerFault::Hangs,
            LedgerFault::DiesBefore,
            LedgerFault::DiesAfter,
        ];
        let way = *ways.choose(rng).unwrap();
        let at = if way == LedgerFault::Interrupts { 3000 } else { 14 };
        Fault::Ledger(way, rng.random_range(1..=at))
    }

    /// One whom the ledger may know.
    fn anybody(&mut self) -> usize {
        let known: Vec<_> = self.scenario.progress.model.0.keys().copied().collect();
        *known.choose(&mut self.rng).unwrap()
    }

    fn today(&self) -> Date {
        let zone = self.scenario.world.config().institution.time_zone;
        self.scenario.world.clock.now().to_zoned(zone).date()
    }
}
