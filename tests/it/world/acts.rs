//! What the program does, done through its library, each as a process of its own.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::time::Duration;

use anyhow::Result;
use gradpass::app::{self, App, Audience, Event, Mailing, Reader};
use gradpass::cli::ImportArguments;
use gradpass::clock::Clock;
use gradpass::config::{Config, Guard};
use gradpass::email::send::{Sent, Whom};
use gradpass::import::{self, Options};
use gradpass::invitation::Outcome;
use gradpass::report::{MailReport, Report};
use gradpass::shutdown::Shutdown;
use gradpass::store::{Answered, Store, StoreError, Turn, Watch};
use jiff::civil::Time;
use rand::SeedableRng;
use rand::rngs::StdRng;

use super::{PATIENT, Strict, World, process};

/// For tests in which rosters change as they like.
const ANYTHING_GOES: Guard =
    Guard { removals: 1.0, changes: 1.0, growth: 1e9, require_approval: None, two_persons: false };

/// The same, for an import by itself.
pub fn anything_goes() -> Options {
    Options { guard: ANYTHING_GOES, ..Options::default() }
}

/// Somebody who takes note only of a ledger that fails once the mails have left, and to whom a mistake in a roster is a surprise.
#[derive(Default)]
struct Listener(Arc<AtomicBool>);

impl Audience for Listener {
    fn tell(&self, event: &Event<'_>) {
        if matches!(event, Event::EndNotCounted(_) | Event::LogStays(_)) {
            self.0.store(true, SeqCst);
        }
    }

    fn reader(&self) -> Box<dyn import::Audience + '_> {
        Box::new(Strict)
    }
}

/// What the program works with, by this configuration and clock.
pub fn app_of(config: Config, clock: Clock, seed: u64) -> App {
    App {
        config_path: config.key_file.with_file_name("gradpass.toml"),
        config: Arc::new(config),
        clock,
        operator: "desk".to_owned(),
        timeouts: PATIENT,
        rng: Box::new(move || Ok(StdRng::seed_from_u64(seed))),
        shutdown: Box::new(|| Ok(Shutdown::by_hand().1)),
        watch: Watch::default(),
        audience: Box::new(Listener::default()),
    }
}

/// Sends what is due, and makes nothing due before.
pub async fn sending(app: &App, shutdown: Shutdown, until: Option<Time>) -> Result<Sent> {
    let mailing = Mailing::new(app)?.until(until);
    let (_lock, store) = app.open_to_send("send").await?;
    Ok(mailing.send(app, &store, Whom::Everybody, shutdown).await?.sent)
}

impl World {
    /// What the program works with in this world; every one has a random source of its own.
    pub fn app(&self) -> App {
        self.app_seeded(self.next_seed())
    }

    /// The same for an act that makes no codes.
    fn app_without_codes(&self) -> App {
        self.app_seeded(self.seed.get())
    }

    fn app_seeded(&self, seed: u64) -> App {
        // whoever died in the act before is given up by now
        self.server_moves_on(Duration::from_secs(61));
        self.app_beside(seed)
    }

    /// The same for somebody at work beside others.
    pub fn app_beside(&self, seed: u64) -> App {
        let (timeouts, watch) = (self.timeouts, self.watch.borrow().clone());
        let audience = Box::new(Listener(Arc::clone(&self.is_told_of_ledger)));
        App { timeouts, watch, audience, ..app_of(self.config(), self.clock.clone(), seed) }
    }

    pub fn next_seed(&self) -> u64 {
        self.seed.replace(self.seed.get() + 1)
    }

    /// Imports a roster, whatever it changes; a mistake in it is a surprise.
    pub fn import(&self, roster: &str) -> Report {
        let rosters = [self.write("roster.csv", roster.as_bytes())];
        let config = Config { guard: ANYTHING_GOES, ..self.config() };
        let app = App { config: Arc::new(config), ..self.app_without_codes() };
        let arguments = ImportArguments::default();
        let report = process(app::import(&app, &rosters, &arguments, Reader::Nobody)).unwrap().report;
        assert_eq!(report.roster.rejected, 0, "rows were rejected");
        report
    }

    /// The ledger, opened for a run.
    pub async fn open(&self) -> Result<Store, StoreError> {
        self.app_without_codes().open().await
    }

    /// Sends what is due, and makes nothing due before.
    pub fn send(&self) -> Sent {
        self.try_send().unwrap()
    }

    pub fn try_send(&self) -> Result<Sent> {
        process(self.sending(Shutdown::by_hand().1, None))
    }

    /// Sends until the trigger of the test is pulled.
    pub fn send_until(&self, shutdown: Shutdown) -> Sent {
        process(self.sending(shutdown, None)).unwrap()
    }

    /// The same as a future; no message is begun from `until` on.
    pub async fn sending(&self, shutdown: Shutdown, until: Option<Time>) -> Result<Sent> {
        sending(&self.app(), shutdown, until).await
    }

    /// `gradpass send`: makes due what time alone brings, and sends.
    pub fn send_again(&self) -> MailReport {
        process(app::send(&self.app(), None)).unwrap().mail
    }

    /// Makes the reminders that are due, as a run does, and takes back those that make no sense any more; how many it made.
    pub fn remind(&self) -> i64 {
        process(async {
            let app = self.app_without_codes();
            app::make_reminders(&app, &app.open().await.unwrap()).await.unwrap()
        })
    }

    /// The relay's answer to a message that is being sent: it took it.
    pub fn answers(&self, message: i64) {
        process(async {
            let writer = self.open().await.unwrap().writer().await.unwrap();
            let answered = Answered::new(message, 1, &Outcome::Accepted("250 ok".into()), self.clock.now());
            writer.take(Turn { answered: Some(answered), ..Turn::default() }).await.unwrap();
        });
    }

    /// Student ids of those for whom a person has to do something.
    pub fn needs_a_person(&self) -> Vec<String> {
        self.look(async |store| store.needs_person().await.unwrap())
    }

    /// `gradpass retry`: how many messages are tried again, and how that went.
    pub fn retry(&self) -> (u64, Sent) {
        let retry = process(app::retry(&self.app(), None, None)).unwrap();
        (retry.retried.messages, retry.mailed.sent)
    }

    /// The same: how many submissions wait again.
    pub fn retry_submissions(&self) -> u64 {
        process(app::retry(&self.app(), None, None)).unwrap().retried.submissions
    }
}
