//! The world of a test: a folder with configuration and key, a clock that stands still, a seeded random source, the
//! stand-in relay on a thread of its own, and the real program.
//!
//! Every call that works on the ledger is a process of its own: it has a runtime which is gone when it returns, and
//! opens the ledger anew. So nothing is carried from one step of a test to the next but what is on disk.

mod acts;
pub mod cluster;
pub mod imap_thread;
pub mod kept;
pub mod ledger;
mod program;
mod proxy;
mod relay_thread;
mod seek_thread;
mod service;
mod serving;

use std::cell::{Cell, RefCell};
use std::future::Future;
use std::net::SocketAddr;
use std::os::unix::fs::OpenOptionsExt;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;
use std::{fs, io::Write};

use gradpass::clock::Clock;
use gradpass::config::Config;
use gradpass::email::send::Sent;
use gradpass::email::session::Timeouts;
use gradpass::import::Audience;
use gradpass::invitation::code::Code;
use gradpass::report::{Exit, Report};
use gradpass::roster::{Decoding, Mistake};
use gradpass::sandbox::relay::{Answers, Delivered, RelayHandle, Script, Settings, healthy};
use gradpass::sandbox::seek;
use gradpass::shutdown::{Shutdown, Trigger};
use gradpass::store::{Deed, Watch};
use jiff::Timestamp;
use mail_parser::MessageParser;
use tempfile::TempDir;
use tokio::runtime::{Builder, Runtime};

pub use acts::{anything_goes, app_of, sending};
use ledger::Looks;
pub use program::Ran;
use proxy::Proxy;
use relay_thread::RelayThread;
pub use seek_thread::SeekThread;
pub use service::{Answer, Visitor};

use crate::scenario::fault_plan::FaultPlan;

/// Two in the night of 23 November 2026, in Melbourne.
pub const NIGHT: &str = "2026-11-23T02:00:00+11:00";

/// Far beyond what a healthy step needs, even on a busy machine: for tests in which nothing is silent.
pub const PATIENT: Timeouts = all(Duration::from_secs(30));

/// For tests in which the relay is silent and every wait is a wait in vain.
pub const HASTY: Timeouts = all(Duration::from_millis(500));

const fn all(span: Duration) -> Timeouts {
    Timeouts {
        greeting: span,
        another: span,
        command: span,
        behind: span,
        data: span,
        content: span,
        quit: span,
    }
}

/// Everything that a test has.
pub struct World {
    pub folder: TempDir,
    pub clock: Clock,
    pub relay: RelayHandle,
    pub timeouts: Timeouts,
    /// Of the next sender's random source; every sender moves it on.
    pub seed: Cell<u64>,
    /// Of the connections to the ledger.
    pub watch: RefCell<Watch>,
    /// Somebody was told that the ledger failed once the mails had left.
    pub is_told_of_ledger: Arc<AtomicBool>,
    /// The address of the database with the ledger; without one it is a file.
    server: Option<String>,
    /// What stands before that server.
    proxy: Option<Proxy>,
    looks: Looks,
    relay_address: SocketAddr,
    login: &'static str,
    _relay: RelayThread,
}

impl World {
    /// A world with a relay in good health, and one connection to it.
    pub fn new() -> Self {
        Self::with(healthy())
    }

    /// A world with a relay that follows a script, and one connection to it.
    pub fn with(script: Script) -> Self {
        Self::start(Settings::default(), script, "")
    }

    /// A world with a relay that is set up so and follows a script, and one connection to it.
    pub fn at(settings: Settings, script: Script) -> Self {
        Self::start(settings, script, "")
    }

    /// A world with a relay that wants `graduations` and `right-password`; the configuration knows them.
    pub fn with_login(script: Script) -> Self {
        Self::with_login_at(&Settings::default(), script)
    }

    /// The same, of a relay that is set up so.
    pub fn with_login_at(settings: &Settings, script: Script) -> Self {
        let credentials = Some(("graduations".to_owned(), "right-password".to_owned()));
        let login = "username = \"graduations\"\npassword_file = \"relay-password\"\n";
        Self::start(Settings { credentials, ..settings.clone() }, script, login)
    }

    /// A clock that stands in that night.
    pub fn clock() -> Clock {
        Clock::fixed(NIGHT.parse::<Timestamp>().unwrap())
    }

    fn start(settings: Settings, script: Script, login: &'static str) -> Self {
        // as main does; a second one keeps the first
        let _ = rustls::crypto::ring::default_provider().install_default();
        let relay = RelayThread::start(settings, script);
        let world = Self {
            folder: tempfile::tempdir().unwrap(),
            clock: Self::clock(),
            server: on_servers().then(|| cluster::cluster().unwrap().database()),
            proxy: None,
            looks: Looks::default(),
            relay_address: relay.handle.address(),
            relay: relay.handle.clone(),
            timeouts: PATIENT,
            seed: Cell::new(1),
            watch: RefCell::default(),
            is_told_of_ledger: Arc::default(),
            login,
            _relay: relay,
        };
        world.write_private("code.key", &format!("{}\n", "07".repeat(32)));
        world.write_private("relay-password", "right-password\n");
        world.mail("connections = 1");
        world
    }

    /// Writes the configuration with these lines in `[mail]`.
    pub fn mail(&self, lines: &str) {
        let text = format!(
            r#"[institution]
name = "Northfield University"
support_email = "graduations@northfield.example"
time_zone = "Australia/Melbourne"
domains = ["northfield.example"]
[database]
{}
[code]
key_file = "code.key"
[mail]
relay = "smtp://{}"
from = "Northfield University <graduations@northfield.example>"
{}{lines}
[web]
public_url = "https://seekpass.northfield.example"
"#,
            self.database(),
            self.relay_address,
            self.login
        );
        self.write_private("gradpass.toml", &text);
    }

    /// The same world with its ledger on a server; `None` where there is no PostgreSQL.
    pub fn on_server(mut self) -> Option<Self> {
        self.server = Some(cluster::cluster()?.database());
        self.mail("connections = 1");
        Some(self)
    }

    /// The same, with what a plan of faults does to the way there.
    pub fn on_server_through(mut self, faults: &Arc<FaultPlan>) -> Option<Self> {
        let cluster = cluster::cluster()?;
        self.proxy = Some(Proxy::start(cluster.folder(), Arc::clone(faults)));
        self.server = Some(cluster.ledger());
        self.looks = Looks::kept();
        self.mail("connections = 1");
        Some(self)
    }

    /// The same world with its ledger in this database.
    pub fn on_server_at(mut self, address: String) -> Self {
        self.server = Some(address);
        self.mail("connections = 1");
        self
    }

    /// The address of the database with the ledger.
    pub fn server(&self) -> String {
        self.server.clone().unwrap()
    }

    pub fn is_on_server(&self) -> bool {
        self.server.is_some()
    }

    /// The line of the configuration that says where the ledger is.
    pub fn database(&self) -> String {
        match &self.server {
            Some(address) => {
                let address = match &self.proxy {
                    Some(proxy) => cluster::by_way_of(address, proxy.folder()),
                    None => address.clone(),
                };
                format!("url = \"{address}\"")
            }
            None => "path = \"gradpass.db\"".to_owned(),
        }
    }

    /// Adds SEEK Pass to the configuration, with these lines in `[web]` and `[seek_pass]`.
    pub fn seek_pass_at(&self, base_url: &str, web: &str, seek_pass: &str) {
        self.mail("connections = 1");
        let before = fs::read_to_string(self.path("gradpass.toml")).unwrap();
        let text = format!(
            "{before}{web}\n[seek_pass]\nbase_url = \"{base_url}\"\nclient_id = \"sandbox\"\n\
             client_secret = \"sandbox-secret\"\nid_prefix = \"north\"\n{seek_pass}\n"
        );
        self.write_private("gradpass.toml", &text);
    }

    /// The stand-in SEEK Pass by the world's clock, and the configuration for it.
    pub fn seek_pass(&self, script: seek::Script) -> SeekThread {
        let clock = self.clock.clone();
        let seek = SeekThread::start(seek::Settings { script, ..seek::Settings::new(move || clock.now()) });
        self.seek_pass_at(&seek.seek.base_url(), "", "per_second = 100\nburst = 100");
        seek
    }

    /// Imports this roster, mails everybody, and returns the codes in the order of the roster.
    pub fn invite(&self, roster: &str) -> Vec<String> {
        let before = self.relay.messages().len();
        self.import(roster);
        assert_eq!(self.send().left.waiting, 0);
        let mut mails = self.relay.messages().split_off(before);
        mails.sort_by_key(|mail| roster.find(mail.recipient[0].as_str()));
        mails.iter().map(|mail| code(mail)).collect()
    }

    /// From now on the configuration names another relay.
    pub fn relay_at(&mut self, address: SocketAddr) {
        self.relay_address = address;
        self.mail("connections = 1");
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn ledger(&self) -> PathBuf {
        self.path("gradpass.db")
    }

    /// Puts a file into the world's folder.
    pub fn write(&self, name: &str, bytes: &[u8]) -> PathBuf {
        fs::write(self.path(name), bytes).unwrap();
        self.path(name)
    }

    pub fn write_private(&self, name: &str, text: &str) {
        let mut options = fs::OpenOptions::new();
        let file = options.write(true).create(true).truncate(true).mode(0o600).open(self.path(name));
        file.unwrap().write_all(text.as_bytes()).unwrap();
    }

    pub fn config(&self) -> Config {
        Config::read(&self.path("gradpass.toml")).unwrap()
    }
}

/// `ON_SERVERS=1`: every world has its ledger on a server, but for what is about files.
fn on_servers() -> bool {
    std::env::var_os("ON_SERVERS").is_some()
}

/// A world for each engine, made by `world`.
pub fn of_each_engine(world: impl Fn() -> World) -> impl Iterator<Item = World> {
    [Some(world()), world().on_server()].into_iter().flatten()
}

/// Runs as a process does: whatever it left running ends with it.
pub fn process<T>(work: impl Future<Output = T>) -> T {
    runtime().block_on(work)
}

pub fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

/// What somebody at the desk does to these students.
pub fn deed(act: &str, students: &[&str], at: Timestamp) -> Deed {
    Deed {
        at,
        operator: "desk".into(),
        act: act.into(),
        why: None,
        what: String::new(),
        students: students.iter().map(|student| (*student).to_owned()).collect(),
    }
}

/// The exit code with which a program that only sent would end.
pub fn exit(sent: &Sent) -> Exit {
    Report { mail: sent.into(), ..Report::default() }.conclusion().exit()
}

/// The ways in which relays take commands and answer them: in groups or not, each answer at once, together, in pieces, and
/// with the code alone.
pub fn relays() -> [Settings; 5] {
    let relay = |pipelining, answers| Settings { pipelining, answers, ..Settings::default() };
    [
        relay(false, Answers::Each),
        relay(true, Answers::Each),
        relay(true, Answers::Together),
        relay(true, Answers::InPieces),
        relay(true, Answers::Bare),
    ]
}

/// A wish to stop that anybody may make.
pub fn trigger() -> (Arc<Trigger>, Shutdown) {
    let (trigger, shutdown) = Shutdown::by_hand();
    (Arc::new(trigger), shutdown)
}

/// A roster of so many graduates with one qualification each: `s0001`, `g1@mailbox.example` and so on.
pub fn roster(numbers: impl IntoIterator<Item = usize>) -> String {
    let mut text = "student_id,full_name,email,course_name,conferral_year\n".to_owned();
    for number in numbers {
        let row = format!("s{number:04},Graduate {number},g{number}@mailbox.example,Bachelor of Arts,2024\n");
        text.push_str(&row);
    }
    text
}

/// The subject of a mail, as it is shown.
pub fn subject(mail: &Delivered) -> String {
    MessageParser::default().parse(&mail.data).unwrap().subject().unwrap().to_owned()
}

/// The text part of a mail, with its line ends as spaces.
pub fn text(mail: &Delivered) -> String {
    let parsed = MessageParser::default().parse(&mail.data).unwrap();
    parsed.body_text(0).unwrap().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The code in a mail: the line of its text part that is nothing else.
pub fn code(mail: &Delivered) -> String {
    let parsed = MessageParser::default().parse(&mail.data).unwrap();
    let text = parsed.body_text(0).unwrap();
    // as it is written: of lines that could be meant as a code there is one in thirty-two of its length
    let is_code = |line: &&str| Code::parse(line).is_ok_and(|code| code.grouped() == *line);
    let codes: Vec<_> = text.lines().map(str::trim).filter(is_code).collect();
    assert_eq!(codes.len(), 1, "one line is the code and nothing else");
    codes[0].to_owned()
}

/// The Message-ID of a mail, without its brackets.
pub fn message_id(mail: &Delivered) -> String {
    MessageParser::default().parse(&mail.data).unwrap().message_id().unwrap().to_owned()
}

/// A reader of the roster to whom every mistake is a surprise.
pub struct Strict;

impl Audience for Strict {
    fn decoding(&mut self, _: &str, _: Decoding, _: &[String]) {}

    fn mistake(&mut self, _: &str, mistake: &Mistake) {
        panic!("a mistake in the roster: {mistake}");
    }
}
