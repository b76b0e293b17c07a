//! Several senders on one ledger: whatever moment one of them dies or stands still at, nobody is mailed twice and nobody is forgotten.
//! The server's clock is the test's.

use std::pin::pin;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::{Mutex, mpsc};
use std::thread;
use std::time::Duration;

use gradpass::app::{self, Night, Reader, conclusion_of};
use gradpass::cli::ImportArguments;
use gradpass::email::send::Stop;
use gradpass::report::{Conclusion, Exit};
use gradpass::sandbox::relay::{Act, Script, Settings, Step, script};
use gradpass::shutdown::Shutdown;
use gradpass::store::{DueCursor, RunLock};
use sqlx::Connection;
use sqlx::postgres::PgConnection;
use tokio::sync::mpsc as channel;

use crate::doubt::{Death, copies, die_in, goes_on};
use crate::effort::{some_of, stride};
use crate::world::cluster::cluster;
use crate::world::ledger::move_server;
use crate::world::{World, app_of, exit, process, relays, roster, runtime, sending};

/// Longer than the others wait for a sender of whom they hear nothing.
const LEASE_AND_MORE: Duration = Duration::from_secs(61);

fn on_server(relay: &Settings) -> impl FnOnce(Script) -> World {
    |script| World::at(relay.clone(), script).on_server().unwrap()
}

#[test]
fn a_sender_dies_at_every_moment_and_others_go_on() {
    if cluster().is_none() {
        return;
    }
    let deaths = |relay: &Settings, connections: usize| {
        (1..)
            .step_by(stride(2))
            .map_while(|moment| {
                let Death { world, at } = die_in(on_server(relay), moment, connections, 5);
                at.map(|step| {
                    let case = format!("death at moment {moment}, {step:?}, {connections}, {relay:?}");
                    goes_on(&world, 5, i64::try_from(connections).unwrap(), &case)
                })
            })
            .count()
    };
    let (kinds, deaths) = (some_of(relays(), 0), &deaths);
    thread::scope(|scope| {
        for (relay, connections) in kinds.iter().zip([1, 2].into_iter().cycle()) {
            scope.spawn(move || assert!(deaths(relay, connections) * stride(2) >= 22, "{relay:?}"));
        }
    });
}

#[test]
fn who_has_sent_all_waits_for_what_a_dead_one_had_in_hand() {
    if cluster().is_none() {
        return;
    }
    // before the second of three is begun
    let Death { world, at } =
        die_in(on_server(&Settings { pipelining: false, ..Settings::default() }), 7, 1, 3);
    assert_eq!(at, Some(Step::Mail));
    // the second comes so much later that its own lease is not over with that of the first
    world.server_moves_on(Duration::from_secs(40));
    let (app, address) = (world.app_beside(9), world.server());
    // once the second one has joined, and finds nothing but what the first one has in hand
    let clock = thread::spawn(move || {
        process(async {
            let mut ledger = PgConnection::connect(&address).await.unwrap();
            let mut nodes = 0_i64;
            while nodes < 2 {
                let count = sqlx::query_scalar("SELECT count(*) FROM node");
                nodes = count.fetch_one(&mut ledger).await.unwrap();
            }
        });
        move_server(&address, Duration::from_secs(30));
    });
    let sent = process(sending(&app, Shutdown::by_hand().1, None)).unwrap();
    clock.join().unwrap();
    assert_eq!(
        (sent.left.waiting, sent.left.in_doubt),
        (0, 0),
        "the first was sent, and the answer was kept"
    );
    assert_eq!(copies(&world).len(), 3);
    assert!(copies(&world).values().all(|mails| *mails == 1));
}

/// One stands still at the so-manieth moment of the relay, for longer than the others wait, and they send; then it wakes. Returns where it
/// stood still, if it came to that moment.
fn frozen_at(moment_of_frost: usize, relay: &Settings) -> Option<Step> {
    let (reached, mut frost) = channel::unbounded_channel();
    let (seen, frozen) = mpsc::channel();
    let (moments, frozen) = (AtomicUsize::new(0), Mutex::new(frozen));
    let world = on_server(relay)(script(move |moment| {
        if moments.fetch_add(1, SeqCst) + 1 == moment_of_frost {
            reached.send(moment.step).unwrap();
            frozen.lock().unwrap().recv().unwrap();
        }
        Act::Accept
    }));
    world.import(&roster(1..=4));
    world.server_moves_on(Duration::ZERO);
    let (config, clock) = (world.config(), World::clock());
    let (stands, standing) = mpsc::channel();
    let (thaw, thawed) = mpsc::channel::<()>();
    let slow = thread::spawn(move || {
        runtime().block_on(async {
            let app = app_of(config, clock.clone(), 7);
            let mut sending = pin!(sending(&app, Shutdown::by_hand().1, None));
            tokio::select! {
                biased;
                step = frost.recv() => {
                    seen.send(()).unwrap();
                    stands.send(step).unwrap();
                    // nothing of this process moves meanwhile
                    thawed.recv().unwrap();
                    clock.advance(LEASE_AND_MORE);
                    sending.await.ok()
                }
                sent = &mut sending => {
                    stands.send(None).unwrap();
                    Some(sent.unwrap())
                }
            }
        })
    });
    let step = standing.recv().unwrap();
    let case = format!("frozen at moment {moment_of_frost}, {step:?}, {relay:?}");
    if step.is_some() {
        world.server_moves_on(LEASE_AND_MORE);
        let fast = process(sending(&world.app_beside(8), Shutdown::by_hand().1, None)).unwrap();
        assert!(fast.left.in_doubt <= 1, "{case}: {fast:?}");
        assert_eq!(fast.left.waiting, 0, "{case}: {fast:?}");
        thaw.send(()).unwrap();
    }
    let woken = slow.join().unwrap();
    // what did not go, and was in doubt until it woke
    let in_doubt = world.send().left.in_doubt;
    let copies = copies(&world);
    assert!(copies.values().all(|mails| *mails == 1), "{case}: {copies:?}");
    if let Some(woken) = woken {
        assert_eq!((woken.left.in_doubt, in_doubt), (0, 0), "{case}: it knows what became of its own");
        assert_eq!(copies.len(), 4, "{case}: nobody is forgotten");
        assert_eq!(world.states().get("sent"), Some(&4), "{case}");
    } else {
        // it stood still while it wrote, so that the server has ended its transaction, with what it had to say
        assert!(in_doubt <= 1 && copies.len() >= 3, "{case}: {in_doubt} in doubt, {copies:?}");
    }
    step
}

#[test]
fn a_sender_that_stood_still_wakes_and_sends_nothing_twice() {
    if cluster().is_none() {
        return;
    }
    let kinds = some_of(relays(), 0);
    // where one stood still while it wrote, the others wait as long as the server does
    thread::scope(|scope| {
        for relay in &kinds {
            scope.spawn(move || {
                let moments = (1..).step_by(stride(2)).map_while(|moment| frozen_at(moment, relay)).count();
                // hello, four messages of four steps each, goodbye
                assert_eq!(moments, if stride(2) == 1 { 19 } else { 10 }, "{relay:?}");
            });
        }
    });
}

#[test]
fn nobody_gets_more_than_the_days_budget_out_of_two() {
    let Some(world) = World::new().on_server() else { return };
    world.mail("connections = 1\nper_day = 5");
    world.import(&roster(1..=8));
    let (first, second) = (world.app_beside(7), world.app_beside(8));
    let (first, second) = process(async {
        tokio::join!(
            sending(&first, Shutdown::by_hand().1, None),
            sending(&second, Shutdown::by_hand().1, None)
        )
    });
    let (first, second) = (first.unwrap(), second.unwrap());
    assert_eq!((first.sent + second.sent, copies(&world).len()), (5, 5));
    assert_eq!([first.stopped, second.stopped], [Some(Stop::Budget), Some(Stop::Budget)]);
    // what they had in hand is anybody's at once
    world.clock.advance(Duration::from_hours(24));
    let rest = process(sending(&world.app_beside(9), Shutdown::by_hand().1, None)).unwrap();
    assert_eq!((rest.sent, rest.left.waiting), (3, 0));
    assert_eq!(world.count("SELECT count(*) FROM node"), 0);
    assert_eq!(world.count("SELECT count(*) FROM claim"), 0);
}

#[test]
fn the_pace_goes_on_from_one_machine_to_the_next() {
    let Some(world) = World::new().on_server() else { return };
    world.mail("connections = 1\nper_minute = 30");
    world.import(&roster(1..=3));
    // from here on the server's clock stands still, and each machine has its own
    world.server_moves_on(Duration::ZERO);
    let waited = |seed| {
        let clock = World::clock();
        let app = app_of(world.config(), clock.clone(), seed);
        let sent = process(sending(&app, Shutdown::by_hand().1, None)).unwrap();
        assert_eq!((sent.sent, sent.left.waiting), (3, 0));
        clock.now().duration_since(World::clock().now()).as_secs()
    };
    // 0, 2 and 4 seconds from where the server's clock stands
    assert_eq!(waited(7), 6);
    process(app::import(
        &world.app_beside(8),
        &[world.write("roster.csv", roster(1..=6).as_bytes())],
        &ImportArguments::default(),
        Reader::Nobody,
    ))
    .unwrap();
    // 6, 8 and 10
    assert_eq!(waited(9), 24);
}

#[test]
fn a_second_machine_takes_the_ledger_for_what_it_is_and_a_restored_dump_for_a_copy() {
    let Some(world) = World::new().on_server() else { return };
    world.invite(&roster(1..=2));
    let witness = world.path("gradpass.witness");
    let lags = || world.look(async |store| store.lags_behind().await.unwrap());
    assert_eq!(lags(), None);
    // a machine that has not sent yet
    std::fs::remove_file(&witness).unwrap();
    assert_eq!(lags(), None);
    world.import(&roster(1..=3));
    assert_eq!((world.send().sent, witness.exists()), (1, true));
    // what is in another database is another ledger, for each of them
    let copied = World::new().on_server_at(cluster().unwrap().copy(&world.server()));
    assert!(copied.look(async |store| store.lags_behind().await.unwrap()).is_some());
    assert_eq!(copied.relay.messages().len(), 0);
}

#[test]
fn two_nights_at_once_import_once_and_share_the_sending() {
    let Some(world) = World::new().on_server() else { return };
    let night =
        Night { rosters: vec![world.write("roster.csv", roster(1..=9).as_bytes())], ..Night::default() };
    let (first, second) = (world.app_beside(7), world.app_beside(8));
    let (first, second) =
        process(async { tokio::join!(app::run(&first, &night), app::run(&second, &night)) });
    let (first, second) = (first.unwrap(), second.unwrap());
    assert_eq!([first.conclusion().exit(), second.conclusion().exit()], [Exit::Done; 2]);
    assert_eq!(first.mail.sent + second.mail.sent, 9);
    assert_eq!(world.count("SELECT count(*) FROM batch"), 1);
    assert_eq!(copies(&world).len(), 9);
}

#[test]
fn a_night_beside_senders_imports_nothing_new() {
    let Some(world) = World::new().on_server() else { return };
    let rosters = vec![world.write("roster.csv", roster(1..=3).as_bytes())];
    let night = Night { rosters, ..Night::default() };
    process(app::run(&world.app_beside(7), &night)).unwrap();
    let sends = process_that_sends(&world);
    // the very same roster is known; another one has to wait
    let report = sends(&night).unwrap();
    assert_eq!(report.conclusion(), Conclusion::DONE);
    world.write("roster.csv", roster(1..=4).as_bytes());
    let held = sends(&night).unwrap_err();
    assert!(held.to_string().starts_with("another run is at work (gradpass send, process "), "{held}");
    assert_eq!(conclusion_of(&held), Conclusion::LEFT_OVER);
    assert_eq!(world.count("SELECT count(*) FROM graduate"), 3);
}

/// The script of a relay that says when the first content is there, and goes on when it is told to.
fn stops_at_the_first_content() -> (Script, channel::UnboundedReceiver<()>, mpsc::Sender<()>) {
    let (reached, asked) = channel::unbounded_channel();
    let (go_on, waiting) = mpsc::channel();
    let waiting = Mutex::new(waiting);
    let decide = script(move |moment| {
        if moment.step == Step::Content && moment.count == 1 {
            reached.send(()).unwrap();
            waiting.lock().unwrap().recv().unwrap();
        }
        Act::Accept
    });
    (decide, asked, go_on)
}

/// It looks once more, when nobody else has anything in hand any more.
#[test]
fn what_another_one_gives_back_at_the_last_moment_is_sent() {
    let (decide, mut asked, go_on) = stops_at_the_first_content();
    let Some(world) = World::with(decide).on_server() else { return };
    world.import(&roster(1..=3));
    let (app, other) = (world.app_beside(7), world.app_beside(8));
    let sent = process(async {
        let store = other.open().await.unwrap();
        let writer = store.writer().await.unwrap();
        let node = store.join(&writer, &other.clock).await.unwrap().unwrap();
        let now = other.clock.now();
        let due = store.due_messages(&mut DueCursor::new(now)).await.unwrap();
        assert_eq!(node.claim(due[..2].to_vec(), now).await.unwrap().len(), 2);
        // while the first one sends the only one that is free
        let gives_back = async {
            asked.recv().await.unwrap();
            node.leave().await.unwrap();
            go_on.send(()).unwrap();
        };
        tokio::join!(sending(&app, Shutdown::by_hand().1, None), gives_back).0.unwrap()
    });
    assert_eq!((sent.sent, sent.left.waiting, copies(&world).len()), (3, 0, 3));
}

/// A night, while somebody else sends.
fn process_that_sends(world: &World) -> impl Fn(&Night) -> anyhow::Result<gradpass::report::Report> {
    move |night| {
        process(async {
            let app = world.app_beside(8);
            let _sends = RunLock::take_to_send(&app.config.database, "send", app.clock.now()).await?;
            app::run(&app, night).await
        })
    }
}

#[test]
fn who_is_held_meanwhile_is_not_mailed() {
    let (decide, mut asked, go_on) = stops_at_the_first_content();
    let Some(world) = World::with(decide).on_server() else { return };
    world.import(&roster(1..=3));
    let (app, desk) = (world.app_beside(7), world.app_beside(8));
    let sent = process(async {
        let hold = async {
            asked.recv().await.unwrap();
            let writer = desk.open().await.unwrap().writer().await.unwrap();
            let deed = desk.deed("hold", Some("a test"), String::new(), vec!["s0003".to_owned()]);
            writer.hold(deed).await.unwrap();
            go_on.send(()).unwrap();
        };
        tokio::join!(sending(&app, Shutdown::by_hand().1, None), hold).0.unwrap()
    });
    assert_eq!((sent.sent, exit(&sent)), (2, Exit::Done));
    assert!(!copies(&world).contains_key("g3@mailbox.example"));
}
