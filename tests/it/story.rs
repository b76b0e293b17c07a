//! A story: a world in which one thing is done after the other, each a process that may be troubled or die, and a
//! model of what must be true. [`promises`] holds the two against each other.

pub mod fate;
pub mod model;
mod post;
mod press;
pub mod promises;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::Arc;

use anyhow::{Result, ensure};
use gradpass::follow_up;
use gradpass::import::{Guard, ImportError, Options};
use gradpass::invitation::MessageState;
use gradpass::invitation::key::CodeKey;
use gradpass::outbox::rate_limiter::RateLimiter;
use gradpass::roster::{self, Correction, Placed};
use gradpass::sandbox::{relay, seek};
use gradpass::seek::{SeekPass, Timeouts};
use gradpass::shutdown::Shutdown;
use gradpass::store::{Deed, Store};
use gradpass::submission::SubmissionState;

use jiff::{SignedDuration, Timestamp};

use crate::world::{self, PATIENT, SeekThread, Strict, World, process};
use fate::{Fate, Trouble};
use model::{Model, Roster, csv, student};
use post::Post;
use promises::Ledger;

/// Of the data of graduates with whom nothing happens any more.
const RETENTION: SignedDuration = SignedDuration::from_hours(24 * 30);

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
    /// Some plan.
    Approve(usize),
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

pub struct Story {
    pub world: World,
    pub seek: SeekThread,
    pub fate: Arc<Fate>,
    pub model: Model,
    /// What did not come to its end and does not by itself: the operator does it again before anything like it.
    pub pending: Option<Step>,
    connections: usize,
    post: Post,
    /// When the service died, and whatever waited may have left unnoticed.
    deaths: Vec<Timestamp>,
    /// Messages whose graduates are purged, under the middle of their Message-ID.
    purged: BTreeSet<String>,
    /// As it was after the last step.
    ledger: Ledger,
    /// Of each graduate, what was superseded before the step that is to be done.
    superseded: BTreeMap<usize, usize>,
}

impl Story {
    /// With so many connections to the relay, and these lines in `[mail]`.
    pub fn new(connections: usize, mail: &str) -> Self {
        // the scripts are there before the world's clock
        let clock = World::clock();
        let fate = Fate::new(clock.clone());
        let relay = Arc::clone(&fate);
        let mut world = World::with(relay::script(move |_| relay.relay()));
        world.clock = clock;
        world.timeouts = PATIENT;
        *world.watch.get_mut() = fate.watch();
        let asked = Arc::clone(&fate);
        let seek = world.seek_pass(seek::script(move |_, _| asked.seek()));
        let text = fs::read_to_string(world.path("gradpass.toml")).unwrap();
        let text = text
            .replace("connections = 1", &format!("connections = {connections}\n{mail}"))
            .replace("[mail]", "valid_days = 3650\n[reminders]\nafter_days = [7, 21]\n[mail]");
        world.write("gradpass.toml", text.as_bytes());
        Self {
            world,
            seek,
            fate,
            model: Model::default(),
            pending: None,
            connections,
            post: Post::default(),
            deaths: Vec::new(),
            purged: BTreeSet::new(),
            ledger: Ledger::default(),
            superseded: BTreeMap::new(),
        }
    }

    /// Does it in health; anything but a good end is a surprise.
    pub fn does(&mut self, step: &Step) {
        assert_eq!(self.takes(step, None), Ended::Well, "{step:?}");
    }

    /// Does it, possibly in trouble, and checks what must be true at once.
    pub fn takes(&mut self, step: &Step, trouble: Option<Trouble>) -> Ended {
        let mails = self.expects(step);
        let before = matches!(step, Step::Purge).then(|| Standing::of(self));
        let fate = Arc::clone(&self.fate);
        let done = fate.befall(trouble, self.perform(step));
        let ended = match done {
            Some(Ok(())) => Ended::Well,
            Some(Err(error)) => Ended::Badly(format!("{error}")),
            None => Ended::Died,
        };
        if ended == Ended::Well {
            self.has_done(step, mails);
        }
        if ended == Ended::Died {
            self.let_the_relay_finish();
            if matches!(step, Step::Press(_)) {
                self.deaths.push(self.world.clock.now());
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
        self.ledger = promises::hold(self, matches!(step, Step::Retry));
        ended
    }

    /// Takes note of what is meant from now on; returns how many mails there are.
    pub fn expects(&mut self, step: &Step) -> usize {
        let mails = self.world.relay.messages().len();
        match step {
            Step::Import(roster) | Step::Run(roster) => {
                self.model.imports(roster, mails, self.world.clock.now());
                self.pending = Some(Step::Import(roster.clone()));
            }
            Step::Reissue(number) => {
                self.model.tries_to_reissue(*number);
                self.pending = Some(step.clone());
            }
            Step::Correct(number, _) => {
                self.model.tries_to_correct(*number, self.world.clock.now());
                self.pending = Some(step.clone());
            }
            Step::Release(number) => {
                self.model.tries_to_release(*number);
                self.pending = Some(step.clone());
            }
            Step::Again(_) | Step::Confer => {
                if self.pending.is_none() {
                    self.superseded = self.superseded();
                }
                let now = self.world.clock.now();
                let whom: Vec<_> = match step {
                    Step::Again(number) => vec![*number],
                    _ => self.superseded.keys().copied().collect(),
                };
                for number in whom {
                    self.model.tries_again(number, now);
                }
                self.pending = Some(step.clone());
            }
            Step::Revoke(_) | Step::Hold(_) | Step::Approve(_) | Step::Unlock(_) | Step::Settle(_) => {
                self.pending = Some(step.clone());
            }
            Step::Remind => self.model.tries_to_remind(),
            Step::OptOut(_) | Step::Send | Step::Retry | Step::Press(_) | Step::FollowUp | Step::Purge => {}
        }
        mails
    }

    fn has_done(&mut self, step: &Step, mails: usize) {
        match step {
            Step::Import(roster) | Step::Run(roster) => self.model.has_imported(roster),
            Step::Hold(number) => self.model.has_held(*number, mails),
            Step::Correct(number, year) => self.model.has_corrected(*number, *year),
            Step::Approve(number) => {
                let plan = plan(*number);
                let approvals = self.world.look(async |store| store.approvals(&plan).await.unwrap());
                assert_eq!(approvals.len(), 1, "one person approved it, however often");
            }
            Step::OptOut(number) => return self.model.has_opted_out(*number, mails),
            Step::Release(_) | Step::Unlock(_) => {}
            Step::Settle(number) => {
                let id = model::student_id(*number);
                let left = self.world.look(async |store| store.late_changes_of(&id).await.unwrap());
                assert!(left.is_empty(), "graduate {number} is settled: {left:?}");
            }
            Step::Again(_) | Step::Confer => {
                for (number, superseded) in self.superseded() {
                    if superseded > self.superseded.get(&number).copied().unwrap_or(0) {
                        let void_before = matches!(step, Step::Again(_)).then_some(mails);
                        self.model.can_add_again(number, void_before);
                        let timeline =
                            self.world.look(async |store| store.timeline(&student(number)).await.unwrap());
                        let is_due =
                            timeline.unwrap().messages.iter().any(|it| it.state == MessageState::Waiting);
                        assert!(is_due, "graduate {number} is told of it");
                    }
                }
            }
            Step::Reissue(number) => self.model.has_reissued(*number),
            Step::Revoke(number) => self.model.revokes(*number, mails, self.world.clock.now()),
            Step::Remind | Step::Send | Step::Retry | Step::Press(_) | Step::FollowUp | Step::Purge => return,
        }
        self.pending = None;
    }

    /// How many submissions of each graduate are to be added again.
    fn superseded(&self) -> BTreeMap<usize, usize> {
        let of = |number: &usize| {
            let timeline = self.world.look(async |store| store.timeline(&student(*number)).await.unwrap());
            let submissions = timeline.map(|timeline| timeline.submissions).unwrap_or_default();
            (*number, submissions.iter().filter(|it| it.state == SubmissionState::Superseded).count())
        };
        self.model.0.keys().map(of).collect()
    }

    /// The commands, as `gradpass` puts them together.
    async fn perform(&self, step: &Step) -> Result<()> {
        let world = &self.world;
        let now = world.clock.now();
        let store = world.open().await?;
        let writer = store.writer().await?;
        if !matches!(step, Step::Press(_)) {
            writer.recover(now).await?;
        }
        match step {
            Step::Import(roster) => {
                self.import(&store, roster).await?;
                store.checkpoint(false).await?;
            }
            Step::Send => self.send(&store).await?,
            Step::Run(roster) => {
                self.import(&store, roster).await?;
                self.send(&store).await?;
                self.follow_up(&store).await?;
            }
            Step::Retry => {
                writer.retry(world::deed("retry", &[], now), None).await?;
                self.send(&store).await?;
            }
            Step::Press(numbers) => self.press(&store, numbers).await?,
            Step::FollowUp => self.follow_up(&store).await?,
            Step::Reissue(number) => {
                writer.reissue(deed("reissue", *number, now)).await?;
            }
            Step::Revoke(number) => {
                writer.revoke(deed("revoke", *number, now)).await?;
            }
            Step::Hold(number) => writer.hold(deed("hold", *number, now)).await?,
            Step::Release(number) => {
                writer.release(deed("release", *number, now)).await?;
            }
            Step::Correct(number, year) => self.correct(&store, *number, *year).await?,
            Step::Approve(number) => {
                writer.approve(plan(*number), "Registrar".into(), deed("approve", *number, now)).await?;
            }
            Step::Unlock(number) => writer.note(deed("unlock", *number, now)).await?,
            Step::Settle(number) => {
                writer.settle_changes(deed("settle", *number, now)).await?;
            }
            Step::Again(number) => {
                writer.reissue_again(deed("reissue --again", *number, now)).await?;
            }
            Step::Confer => {
                let zone = world.config().institution.time_zone;
                let today = world.clock.now().to_zoned(zone).date().to_string();
                writer.invite_conferred(today, now).await?;
            }
            Step::Remind => {
                world.reminding(&store).await?;
            }
            Step::OptOut(number) => {
                let timeline = store.timeline(&student(*number)).await?;
                for invitation in timeline.iter().flat_map(|timeline| &timeline.invitations) {
                    writer.opt_out(invitation.id, world.clock.now()).await?;
                }
            }
            Step::Purge => self.purge(&store).await?,
        }
        Ok(())
    }

    async fn correct(&self, store: &Store, number: usize, year: u16) -> Result<()> {
        let known = store.correctable(&student(number)).await?;
        let Some((graduate, [qualification])) =
            known.as_ref().map(|(graduate, listed)| (graduate, listed.as_slice()))
        else {
            return Ok(());
        };
        let correction = Correction::ConferralYear(Some(year.cast_signed()));
        let now = self.world.clock.now();
        let today = now.to_zoned(self.world.config().institution.time_zone).date();
        let right = roster::corrected(graduate, qualification, &[&correction], today)?;
        let key = qualification.course_key();
        let placed = Placed { course_key: Some(key.clone()), correction };
        let deed = deed("correct", number, now);
        store.writer().await?.correct(deed, vec![placed], vec![(key, right)]).await?;
        Ok(())
    }

    /// A roster that lost too many is refused when nobody says that it is meant, and nothing is changed.
    pub fn refuses(&self, roster: &Roster) {
        let path = self.world.write("roster.csv", csv(roster).as_bytes());
        let before =
            (self.world.states(), self.world.count("SELECT sum(withdrawn_at IS NULL) FROM qualification"));
        let refused = process(async {
            let store = self.world.open().await.unwrap();
            self.world.importing(&store, &path, &Options::default(), &mut Strict).await
        });
        assert!(matches!(refused, Err(ImportError::Implausible { .. })), "{refused:?}");
        let after =
            (self.world.states(), self.world.count("SELECT sum(withdrawn_at IS NULL) FROM qualification"));
        assert_eq!(before, after, "a refused roster has changed something");
    }

    async fn import(&self, store: &Store, roster: &Roster) -> Result<()> {
        let path = self.world.write("roster.csv", csv(roster).as_bytes());
        // stories change what they like
        let guard =
            Guard { removals: 1.0, changes: 1.0, growth: 1e9, require_approval: None, two_persons: false };
        let options = Options { allow_removals: true, guard, ..Options::default() };
        self.world.importing(store, &path, &options, &mut Strict).await?;
        Ok(())
    }

    async fn send(&self, store: &Store) -> Result<()> {
        let sender = self.world.try_sender(Shutdown::by_hand().1).await?;
        let mails = self.world.relay.messages().len();
        let sent = sender.send().await?;
        let taken = self.world.relay.messages().len() - mails;
        // a relay may keep what it did not answer for, and no other way round
        ensure!(sent.sent <= i64::try_from(taken)?, "{} reported and {taken} taken", sent.sent);
        let figures = store.mail_figures(None, self.world.clock.now()).await?;
        assert_eq!(sent.left, figures, "the report says what the ledger holds");
        Ok(store.checkpoint(false).await?)
    }

    async fn purge(&self, store: &Store) -> Result<()> {
        let key = CodeKey::read(&self.world.path("code.key"))?;
        let before = self.world.clock.now().checked_sub(RETENTION)?;
        let writer = store.purger().await?;
        store.remember_key(&writer, key.fingerprint()).await?;
        let mut last = 0;
        while let page = store.purgeable(&key, before, last).await?
            && let Some(end) = page.last()
        {
            last = end.id;
            writer.purge(page).await?;
        }
        ensure!(store.vacuum().await?, "somebody reads the ledger");
        Ok(())
    }

    /// However the purge ended: who is gone from the ledger is purged, and everything is counted as before.
    fn has_purged(&mut self, before: &Standing) {
        let after = Standing::of(self);
        assert_eq!(before.messages, after.messages, "what was purged is still counted");
        for &number in before.known.difference(&after.known) {
            self.model.purges(number);
            self.purged.extend(self.ledger.tags_of(number));
        }
    }

    async fn follow_up(&self, store: &Store) -> Result<()> {
        let config = self.world.config();
        let settings = config.seek_pass.as_ref().unwrap();
        let clock = &self.world.clock;
        let seek_pass = SeekPass::new(settings, clock, Timeouts::USUAL)?;
        let pace = RateLimiter::of_status_calls(settings, clock);
        let writer = store.writer().await?;
        let shutdown = Shutdown::by_hand().1;
        follow_up::follow_up(store, &writer, &seek_pass, &pace, clock, &shutdown).await?;
        Ok(())
    }
}

/// What a purge may change, and what it may not.
struct Standing {
    /// The graduates whom the ledger knows.
    known: BTreeSet<usize>,
    /// As `status` counts them.
    messages: i64,
}

impl Standing {
    fn of(story: &Story) -> Self {
        let looked = story.world.try_look(async |store| {
            let mut known = BTreeSet::new();
            for &number in story.model.0.keys() {
                known.extend(store.timeline(&student(number)).await.unwrap().map(|_| number));
            }
            (known, store.messages_by_state(None).await.unwrap().values().sum())
        });
        let (known, messages) = looked.unwrap_or_default();
        Self { known, messages }
    }
}

/// The id of some plan.
fn plan(number: usize) -> String {
    format!("{number:08}-00000000-00000000-00000000")
}

/// What the help desk does to one graduate.
fn deed(act: &str, number: usize, now: Timestamp) -> Deed {
    world::deed(act, &[student(number).as_str()], now)
}
