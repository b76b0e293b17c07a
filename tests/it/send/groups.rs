//! Commands in groups (RFC 2920): the next message is offered behind the content of the last one, in the same breath,
//! where the relay says that it may be, and nowhere else. Its content waits for the mark all the same.

use std::sync::{Arc, Mutex};

use gradpass::invitation::MessageState;
use gradpass::report::Exit;
use gradpass::sandbox::relay::{Act, Answers, Settings, Step, script};
use gradpass::store::Store;

use crate::world::{World, exit, relays, roster};

fn relay(pipelining: bool) -> Settings {
    Settings { pipelining, answers: Answers::Together, ..Settings::default() }
}

/// At every moment of a run, at most one message a connection is `sending`, and at DATA it is that one.
#[test]
fn the_ledger_is_before_the_content_and_one_message_a_connection_ahead() {
    for settings in relays() {
        let seen = Arc::new(Mutex::new(Vec::new()));
        let ledger = Arc::new(Mutex::new(None));
        let world = World::at(settings.clone(), {
            let (seen, ledger) = (Arc::clone(&seen), Arc::clone(&ledger));
            script(move |moment| {
                if let Some(path) = ledger.lock().unwrap().clone() {
                    let sending = sending(path);
                    seen.lock().unwrap().push((moment.step, sending));
                }
                Act::Accept
            })
        });
        world.import(&roster(1..=12));
        *ledger.lock().unwrap() = Some(world.ledger());
        assert_eq!(exit(&world.send()), Exit::Done);
        let seen = seen.lock().unwrap();
        assert_eq!(seen.iter().filter(|(step, _)| *step == Step::Content).count(), 12);
        for (step, sending) in seen.iter() {
            match step {
                Step::Data | Step::Content => assert_eq!(*sending, 1, "{step:?} {settings:?}"),
                _ => assert!(*sending <= 1, "{step:?} {settings:?}"),
            }
        }
    }
}

/// How many messages are `sending`, asked from another thread while the run is at work.
fn sending(ledger: std::path::PathBuf) -> i64 {
    std::thread::spawn(move || {
        crate::world::process(async {
            let states =
                Store::open_read_only(&ledger.into()).await.unwrap().messages_by_state(None).await.unwrap();
            states.get(&MessageState::Sending).copied().unwrap_or(0)
        })
    })
    .join()
    .unwrap()
}

#[test]
fn a_message_is_two_waits_with_groups_and_four_without() {
    for (pipelining, waits) in [(true, 2), (false, 4)] {
        let world = World::at(relay(pipelining), script(|_| Act::Accept));
        world.import(&roster(1..=20));
        assert_eq!(exit(&world.send()), Exit::Done);
        // hello, and the offer of the first message
        let at_most = 20 * waits + 6;
        let heard = world.relay.waves();
        assert!(
            (20 * waits..=at_most).contains(&heard),
            "{heard} answers were waited for, in groups: {pipelining}"
        );
    }
}

#[test]
fn the_next_recipient_is_refused_behind_a_content_that_was_taken() {
    let world = World::at(
        relay(true),
        script(|moment| match (moment.step, moment.argument) {
            (Step::Recipient, "g2@mailbox.example") => Act::Reply("550 5.1.1 no such user".into()),
            (Step::Recipient, "g3@mailbox.example") => Act::Reply("451 4.2.1 greylisted".into()),
            _ => Act::Accept,
        }),
    );
    world.import(&roster(1..=5));
    let sent = world.send();
    assert_eq!((sent.sent, sent.left.refused, sent.left.deferred), (3, 1, 1));
    assert_eq!(world.relay.connections(), 1);
}

#[test]
fn a_content_is_refused_with_the_next_message_offered_behind_it() {
    let world = World::at(
        relay(true),
        script(|moment| match (moment.step, moment.count) {
            (Step::Content, 2) => Act::Reply("554 5.7.1 looks like spam".into()),
            _ => Act::Accept,
        }),
    );
    world.import(&roster(1..=4));
    let sent = world.send();
    assert_eq!((sent.sent, sent.left.refused, sent.left.in_doubt), (3, 1, 0));
    assert_eq!(world.relay.connections(), 1);
    // the next message is not begun before it is known whether the refusal is about everybody
    let resets = world.relay.commands().iter().filter(|line| line.ends_with("RSET")).count();
    assert_eq!(resets, 1);
}
