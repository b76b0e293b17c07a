//! Faults that the program once had, each with the test that keeps it away.

use std::os::unix::fs::PermissionsExt;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

use gradpass::report::Exit;
use gradpass::sandbox::relay::{Act, Relay, Step, script};
use gradpass::shutdown::Shutdown;
use tokio::runtime::Builder;
use tokio::task::block_in_place;
use tokio::time::timeout;

use crate::world::{Ran, World, code, exit, process, roster};

/// A content filter names the link that it does not like: the ledger keeps that answer, and the code in it.
#[test]
fn a_code_in_the_words_of_the_relay_is_not_kept() {
    let healthy = World::new();
    healthy.import(&roster(1..=1));
    healthy.send();
    // the same random source makes the same code
    let code = code(&healthy.relay.messages()[0]);
    let answer = format!("554 5.7.1 link https://seekpass.northfield.example/r/{code} ({code}) is on a list");
    let world = World::with(script(move |moment| match moment.step {
        Step::Content => Act::Reply(answer.clone()),
        _ => Act::Accept,
    }));
    world.import(&roster(1..=1));
    assert_eq!(world.send().left.refused, 1);
    assert_eq!(world.count("SELECT count(*) FROM attempt WHERE reply LIKE '554 5.7.1 link%'"), 1);
    let bytes: Vec<_> = ["gradpass.db", "gradpass.db-wal"]
        .into_iter()
        .flat_map(|name| std::fs::read(world.path(name)).unwrap_or_default())
        .collect();
    assert!(!String::from_utf8_lossy(&bytes).contains(&code), "the code is readable in the ledger");
}

/// Relays name the mailbox without its domain, too: sendmail's `zaphod... User unknown`.
#[test]
fn a_mailbox_in_the_words_of_the_relay_is_masked() {
    let world = World::with(script(|moment| match moment.step {
        Step::Recipient => Act::Reply("550 5.1.1 zaphod.quill... User unknown (ZAPHOD.QUILL)".into()),
        _ => Act::Accept,
    }));
    let text = "student_id,full_name,email,course_name,conferral_year\n\
                s1,Zaphod Quill,zaphod.quill@mailbox.example,Bachelor of Arts,2024\n";
    world.write("roster.csv", text.as_bytes());
    let ran = world.gradpass(&["run", "roster.csv"]);
    assert_eq!(ran.code, 1);
    assert!(!ran.stderr.to_lowercase().contains("zaphod"), "{ran:?}");
}

/// One connection of two is granted, late refused is the other: its message goes over the next connection.
#[test]
fn a_connection_refused_after_the_others_are_done_stops_nothing() {
    let is_done = Arc::new((Mutex::new(false), Condvar::new()));
    let refused = AtomicBool::new(false);
    let relay_runtime = Builder::new_multi_thread().worker_threads(3).enable_all().build().unwrap();
    let relay = relay_runtime
        .block_on(Relay::start(script({
            let is_done = Arc::clone(&is_done);
            move |moment| match moment.step {
                Step::Connect if moment.count == 2 => {
                    let (done, changed) = &*is_done;
                    // the thread's other tasks go on elsewhere, the first connection's among them
                    block_in_place(|| {
                        let limit = Duration::from_secs(20);
                        let waited = changed.wait_timeout_while(done.lock().unwrap(), limit, |done| !*done);
                        assert!(!waited.unwrap().1.timed_out(), "the first connection never said goodbye");
                    });
                    refused.store(true, SeqCst);
                    Act::Reply("421 4.7.0 too many connections".into())
                }
                Step::Quit => {
                    *is_done.0.lock().unwrap() = true;
                    is_done.1.notify_all();
                    Act::Accept
                }
                _ => Act::Accept,
            }
        })))
        .unwrap();
    let mut world = World::new();
    world.relay_at(relay.address());
    world.mail("connections = 2");
    world.import(&roster(1..=2));
    let sent = world.send();
    assert_eq!((sent.sent, sent.left.waiting, &sent.stopped), (2, 0, &None), "{sent:?}");
    assert_eq!(exit(&sent), Exit::Done);
}

/// A third of a second is no whole number of the fixed clock's milliseconds: it stands still and the pace waits for
/// ever. Only tests use that clock, so nobody outside is concerned.
#[test]
fn a_pace_that_is_no_whole_number_of_milliseconds_ends() {
    let world = World::new();
    world.mail("connections = 1\nper_second = 3");
    world.import(&roster(1..=4));
    let began = world.clock.now();
    let sent =
        process(async { timeout(Duration::from_secs(5), world.sending(Shutdown::by_hand().1, None)).await });
    assert_eq!(sent.unwrap().unwrap().sent, 4);
    assert!((999..=1003).contains(&(world.clock.now().duration_since(began).as_millis())));
}

/// It may hold the relay's password and SEEK Pass's secret.
#[test]
fn init_writes_a_configuration_that_only_its_owner_reads() {
    let world = World::new();
    std::fs::remove_file(world.path("gradpass.toml")).unwrap();
    assert_eq!(world.gradpass(&["init"]).code, 0);
    let mode = std::fs::metadata(world.path("gradpass.toml")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

/// Into a file or a pager, where nobody tells how wide the terminal is.
#[test]
fn help_fits_into_eighty_columns_without_a_terminal() {
    let world = World::new();
    for command in ["init", "check", "import", "send", "run", "retry", "status", "demo"] {
        let ran = Ran::of(world.command(&[command, "--help"]).env_remove("COLUMNS"));
        let widest = ran.stdout.lines().map(|line| line.chars().count()).max().unwrap();
        assert!(widest <= 80, "{command}: {widest} columns");
    }
}
