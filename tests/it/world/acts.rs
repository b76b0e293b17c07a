//! What the program does, done through its library, each as a process of its own.

use std::path::Path;
use std::sync::Arc;

use gradpass::email::Composer;
use gradpass::email::send::{SendError, Sender, Sent, Tally, Whom};
use gradpass::email::session::Client;
use gradpass::email::templates::Templates;
use gradpass::import::{self, Audience, Guard, ImportError, Imported, Options};
use gradpass::invitation::Outcome;
use gradpass::invitation::key::CodeKey;
use gradpass::shutdown::Shutdown;
use gradpass::store::{Answered, ReminderRule, Store, StoreError, Turn};
use rand::SeedableRng;
use rand::rngs::StdRng;

use super::{Strict, World, deed, process};

/// For tests in which rosters change as they like.
pub fn anything_goes() -> Options {
    let guard =
        Guard { removals: 1.0, changes: 1.0, growth: 1e9, require_approval: None, two_persons: false };
    Options { guard, ..Options::default() }
}

impl World {
    /// Imports a roster as the program does; a mistake in it is a surprise.
    pub fn import(&self, roster: &str) -> Imported {
        let path = self.write("roster.csv", roster.as_bytes());
        let imported = self.import_file(&path, &mut Strict);
        assert_eq!(imported.rejected, 0, "rows were rejected");
        imported
    }

    pub fn import_file(&self, path: &Path, audience: &mut dyn Audience) -> Imported {
        process(async {
            let store = self.open().await.unwrap();
            self.importing(&store, path, &anything_goes(), audience).await.unwrap()
        })
    }

    /// The import itself, as the program does it.
    pub async fn importing(
        &self,
        store: &Store,
        path: &Path,
        options: &Options,
        audience: &mut dyn Audience,
    ) -> Result<Imported, ImportError> {
        let config = self.config();
        let now = self.clock.now();
        let today = now.to_zoned(config.institution.time_zone.clone()).date();
        let at = (today, now);
        let key = CodeKey::read(&config.key_file).unwrap();
        import::import(store, &[path.to_owned()], &config.roster, options, &key, at, audience).await
    }

    /// The ledger, opened for a run.
    pub async fn open(&self) -> Result<Store, StoreError> {
        let watch = self.watch.borrow().clone();
        Store::open_watched(&self.ledger(), watch).await
    }

    /// Sends what is due.
    pub fn send(&self) -> Sent {
        self.try_send().unwrap()
    }

    pub fn try_send(&self) -> Result<Sent, SendError> {
        process(async { self.sender(Shutdown::by_hand().1).await.send().await })
    }

    /// Makes due what bounced for a while, as a run does, and sends.
    pub fn send_again(&self) -> Sent {
        process(async {
            let sender = self.sender(Shutdown::by_hand().1).await;
            sender.writer.try_bounced_again(self.clock.now()).await.unwrap();
            sender.send().await.unwrap()
        })
    }

    /// Makes the reminders that are due, as a run does, and takes back those that make no sense any more; how many it made.
    pub fn remind(&self) -> i64 {
        process(async {
            let store = self.open().await.unwrap();
            self.reminding(&store).await.unwrap()
        })
    }

    pub async fn reminding(&self, store: &Store) -> Result<i64, StoreError> {
        let config = self.config();
        let now = self.clock.now();
        let rule = ReminderRule {
            moments: config.reminders.moments(now, &config.institution.time_zone),
            at_most: config.reminders.at_most,
            now,
        };
        store.writer().await?.remind(store, &rule).await
    }

    /// The relay's answer to a message that is being sent: it took it.
    pub fn answers(&self, message: i64) {
        process(async {
            let writer = self.open().await.unwrap().writer().await.unwrap();
            let answered = Answered::new(message, 1, &Outcome::Accepted("250 ok".into()), self.clock.now());
            writer.take(Turn { answered: Some(answered), begins: None }).await.unwrap();
        });
    }

    /// Student ids of those for whom a person has to do something.
    pub fn needs_a_person(&self) -> Vec<String> {
        self.look(async |store| store.needs_person().await.unwrap())
    }

    /// Sends until the trigger of the test is pulled.
    pub fn send_until(&self, shutdown: Shutdown) -> Sent {
        process(async { self.sender(shutdown).await.send().await }).unwrap()
    }

    /// What `gradpass retry` does: how many are tried again, and how that went.
    pub fn retry(&self) -> (u64, Sent) {
        process(async {
            let sender = self.sender(Shutdown::by_hand().1).await;
            sender.writer.recover(self.clock.now()).await.unwrap();
            let again = sender.writer.retry(deed("retry", &[], self.clock.now()), None).await.unwrap();
            (again.messages, sender.send().await.unwrap())
        })
    }

    /// What `gradpass retry` does with submissions: how many wait again.
    pub fn retry_submissions(&self) -> u64 {
        process(async {
            let store = self.open().await.unwrap();
            let writer = store.writer().await.unwrap();
            writer.retry(deed("retry", &[], self.clock.now()), None).await.unwrap().submissions
        })
    }

    pub async fn sender(&self, shutdown: Shutdown) -> Sender {
        self.try_sender(shutdown).await.unwrap()
    }

    pub async fn try_sender(&self, shutdown: Shutdown) -> Result<Sender, StoreError> {
        let config = self.config();
        let store = self.open().await?;
        let templates =
            Templates::load(config.mail.templates.as_deref(), &config.institution.languages).unwrap();
        let seed = self.seed.get();
        self.seed.set(seed + 1);
        Ok(Sender {
            writer: store.writer().await?,
            store,
            composer: Composer::new(templates, &config),
            key: CodeKey::read(&config.key_file).unwrap(),
            client: Client::new(&config.mail, &self.clock, self.timeouts).unwrap(),
            config: Arc::new(config),
            clock: self.clock.clone(),
            chance: StdRng::seed_from_u64(seed),
            whom: Whom::Everybody,
            until: None,
            shutdown,
            tally: Arc::new(Tally::default()),
        })
    }
}
