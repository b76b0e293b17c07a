//! Death in the middle: whatever moment it comes at, at most one message a connection is in doubt, a later run leaves
//! those alone, and only `retry` sends them again.

use std::collections::BTreeMap;
use std::process::Child;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Mutex, mpsc};
use std::thread;
use std::time::Duration;

use gradpass::report::Exit;
use gradpass::sandbox::relay::{Act, Script, Settings, Step, script};
use gradpass::shutdown::Shutdown;
use tokio::sync::mpsc as channel;

use crate::effort::some_of;
use crate::world::{World, code, exit, message_id, relays, roster, runtime};

/// A run that died.
pub struct Death {
    pub world: World,
    /// The moment at which it died; `None` when it came to its end before.
    pub at: Option<Step>,
}

/// Sends, and dies at the so-manieth moment of the relay: the relay stands still until nothing of the run is left.
fn die_at(moment_of_death: usize, relay: Settings, connections: usize, graduates: usize) -> Death {
    die_in(|script| World::at(relay, script), moment_of_death, connections, graduates)
}

/// The same in any world with a relay that follows this script.
pub fn die_in(
    world: impl FnOnce(Script) -> World,
    moment_of_death: usize,
    connections: usize,
    graduates: usize,
) -> Death {
    let (reached, mut death) = channel::unbounded_channel();
    let (bury, buried) = mpsc::channel();
    let (moments, buried) = (AtomicUsize::new(0), Mutex::new(buried));
    let decide = script(move |moment| {
        if moments.fetch_add(1, SeqCst) + 1 == moment_of_death {
            reached.send(moment.step).unwrap();
            buried.lock().unwrap().recv().unwrap();
        }
        Act::Accept
    });
    let world = world(decide);
    world.mail(&format!("connections = {connections}"));
    world.import(&roster(1..=graduates));
    let run = runtime();
    let at = run.block_on(async {
        tokio::select! {
            biased;
            step = death.recv() => step,
            sent = world.sending(Shutdown::by_hand().1, None) => {
                assert_eq!(exit(&sent.unwrap()), Exit::Done);
                None
            }
        }
    });
    drop(run);
    // the run may have ended before
    let _ = bury.send(());
    Death { world, at }
}

/// What must hold after a death, whenever it came.
pub fn goes_on(world: &World, graduates: usize, at_most_in_doubt: i64, case: &str) -> i64 {
    let all = i64::try_from(graduates).unwrap();
    let sent = world.send();
    let in_doubt = sent.left.in_doubt;
    assert!(in_doubt <= at_most_in_doubt, "{case}: {in_doubt} in doubt");
    let states = world.states();
    let count = |state: &str| states.get(state).copied().unwrap_or(0);
    assert_eq!((count("sent"), count("in_doubt")), (all - in_doubt, in_doubt), "{case}: {states:?}");
    assert_eq!(exit(&sent), if in_doubt == 0 { Exit::Done } else { Exit::NeedsPerson }, "{case}");
    let once = copies(world);
    assert!(once.values().all(|mails| *mails == 1), "{case}: nobody is mailed twice without a person's word");

    // a run never sends them again by itself
    world.clock.advance(Duration::from_hours(24 * 30));
    assert_eq!((world.send().sent, world.send().left.in_doubt), (0, in_doubt), "{case}");
    assert_eq!(copies(world), once, "{case}");

    let (again, sent) = world.retry();
    assert_eq!((again, sent.sent), (in_doubt.cast_unsigned(), in_doubt), "{case}");
    assert_eq!(exit(&sent), Exit::Done, "{case}");
    let twice = copies(world);
    assert_eq!(twice.len(), graduates, "{case}: nobody is forgotten");
    let doubled = twice.values().filter(|mails| **mails == 2).count();
    assert!(doubled <= usize::try_from(in_doubt).unwrap(), "{case}: {doubled} have two");
    assert!(twice.values().all(|mails| *mails <= 2), "{case}");
    in_doubt
}

pub fn copies(world: &World) -> BTreeMap<String, usize> {
    let mut copies = BTreeMap::new();
    for mail in world.relay.messages() {
        *copies.entry(mail.recipient.concat()).or_default() += 1;
    }
    copies
}

#[test]
fn death_at_every_moment_of_one_connection() {
    for relay in some_of(relays(), 0) {
        let mut moments = Vec::new();
        loop {
            let Death { world, at } = die_at(moments.len() + 1, relay.clone(), 1, 3);
            let Some(step) = at else { break };
            moments.push(step);
            let case = format!("death at moment {}, {step:?}, {relay:?}", moments.len());
            let in_doubt = goes_on(&world, 3, 1, &case);
            let is_content = matches!(step, Step::Data | Step::Content);
            // behind a content the next message is offered before the answer to that content is written down
            let may_be =
                relay.pipelining && matches!(step, Step::Mail | Step::Recipient) && moments.len() > 4;
            if !may_be {
                // the mark stands before DATA, and the outcome before the next message is begun
                assert_eq!(in_doubt, i64::from(is_content), "{case}");
            }
        }
        let message = [Step::Mail, Step::Recipient, Step::Data, Step::Content];
        let hello = [Step::Connect, Step::Ehlo];
        let run = [&hello[..], &message, &message, &message, &[Step::Quit]].concat();
        assert_eq!(moments, run, "{relay:?}");
    }
}

#[test]
fn death_at_every_moment_of_three_connections() {
    // one of each kind at a time, and from moment to moment until a run comes to its end before it
    let deaths = |relay: &Settings| {
        (1..)
            .map_while(|moment| {
                let Death { world, at } = die_at(moment, relay.clone(), 3, 7);
                at.map(|step| {
                    goes_on(&world, 7, 3, &format!("death at moment {moment}, {step:?}, {relay:?}"))
                })
            })
            .count()
    };
    let (kinds, deaths) = (some_of(relays(), 2), &deaths);
    thread::scope(|scope| {
        for relay in &kinds {
            // three times hello and goodbye, seven messages of four steps each
            scope.spawn(move || assert!((32..=40).contains(&deaths(relay)), "{relay:?}"));
        }
    });
}

/// The real program, killed by the system while the relay has the third message and has not answered yet.
#[test]
fn the_program_is_killed() {
    let child = Arc::new(Mutex::new(None::<Child>));
    let (killed, wait_for_it) = mpsc::channel();
    let world = World::with({
        let child = Arc::clone(&child);
        script(move |moment| {
            if moment.step == Step::Content && moment.count == 3 {
                let mut child = child.lock().unwrap().take().unwrap();
                child.kill().unwrap();
                child.wait().unwrap();
                killed.send(()).unwrap();
            }
            Act::Accept
        })
    });
    world.write("roster.csv", roster(1..=6).as_bytes());
    assert_eq!(world.gradpass(&["import", "roster.csv"]).code, 0);
    {
        // held until the child is in its place: the relay waits for it there
        let mut place = child.lock().unwrap();
        *place = Some(world.command(&["send"]).spawn().unwrap());
    }
    wait_for_it.recv().unwrap();

    let status = world.gradpass(&["status", "--json"]).json();
    assert_eq!((&status["mail"]["sent"], &status["mail"]["in_doubt"]), (&2.into(), &1.into()), "{status}");
    assert_eq!(status["mail"]["sending"], 0, "nobody is at work");

    let ran = world.gradpass(&["send", "--json"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert_eq!(ran.json()["mail"]["sent"], 3);
    assert_eq!(ran.json()["mail"]["in_doubt"], 1);
    let ran = world.gradpass(&["retry", "--json"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(ran.json()["retried"]["in_doubt"], 1);
    assert_eq!(ran.json()["mail"]["sent"], 1);

    let copies = copies(&world);
    assert_eq!(copies.len(), 6);
    assert_eq!(copies["g3@mailbox.example"], 2);
    let messages = world.relay.messages();
    let third: Vec<_> = messages.iter().filter(|mail| mail.recipient == ["g3@mailbox.example"]).collect();
    assert_eq!(message_id(third[0]), message_id(third[1]), "a mail system can drop the copy");
    assert_ne!(code(third[0]), code(third[1]), "each mail has a code of its own, and both work");
}
