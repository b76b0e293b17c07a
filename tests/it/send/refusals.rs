//! What is about one graduate is about nobody else; what is about the sender stops the run.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::time::Duration;

use gradpass::email::send::Stop;
use gradpass::report::Exit;
use gradpass::sandbox::relay::{Act, Step, healthy, script};
use jiff::SignedDuration;

use crate::world::{World, exit, roster};

/// Minutes from one attempt to the next (RFC 5321 §4.5.4.1), as the operator's guide promises them.
const REST: [u64; 11] = [10, 30, 60, 180, 360, 720, 720, 720, 720, 720, 720];

#[test]
fn one_refused_and_one_deferred_of_four_hundred() {
    let world = World::with(script(|moment| match (moment.step, moment.argument) {
        (Step::Recipient, "g7@mailbox.example") => Act::Reply("550 5.1.1 no such user".into()),
        (Step::Recipient, "g9@mailbox.example") => Act::Reply("451 4.2.1 greylisted".into()),
        _ => Act::Accept,
    }));
    world.mail("connections = 4");
    world.import(&roster(1..=400));
    let sent = world.send();
    assert_eq!((sent.sent, sent.left.deferred, sent.left.refused), (398, 1, 1));
    assert_eq!((sent.left.waiting, sent.left.in_doubt, &sent.stopped), (0, 0, &None));
    assert_eq!(exit(&sent), Exit::NeedsPerson);

    let mut recipients: Vec<_> = world.relay.messages().iter().map(|mail| mail.recipient.concat()).collect();
    recipients.sort();
    recipients.dedup();
    assert_eq!(recipients.len(), 398, "nobody has two");
    assert!(world.relay.peak_connections() <= 4, "never more connections than configured");
}

#[test]
fn a_connection_is_used_a_thousand_times_and_then_renewed() {
    let world = World::new();
    world.import(&roster(1..=1001));
    assert_eq!(world.send().sent, 1001);
    let first = world.relay.messages().iter().filter(|mail| mail.session == 1).count();
    assert_eq!((first, world.relay.connections()), (1000, 2));
    assert_eq!(world.relay.peak_connections(), 1);
}

#[test]
fn a_relay_that_is_down_fails_nobody() {
    let mut world = World::new();
    let nobody_listens = {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        listener.local_addr().unwrap()
    };
    world.relay_at(nobody_listens);
    world.import(&roster(1..=5));
    let sent = world.send();
    assert!(matches!(sent.stopped, Some(Stop::Failure(_))), "{sent:?}");
    assert_eq!((sent.sent, sent.left.refused, sent.left.waiting), (0, 0, 5));
    assert_eq!(exit(&sent), Exit::Later);

    let SocketAddr::V4(healthy) = world.relay.address() else { panic!("IPv4") };
    world.relay_at(healthy.into());
    assert_eq!(world.send().sent, 5);
}

#[test]
fn deferred_at_the_recipient_rests_longer_each_time() {
    rests_longer_each_time(Step::Recipient);
}

#[test]
fn deferred_after_the_content_rests_longer_each_time() {
    rests_longer_each_time(Step::Content);
}

fn rests_longer_each_time(step: Step) {
    let world = World::with(script(move |moment| {
        if moment.step == step { Act::Reply("451 4.3.0 try later".into()) } else { Act::Accept }
    }));
    world.import(&roster(1..=1));
    for minutes in REST {
        let sent = world.send();
        assert_eq!((sent.left.deferred, sent.left.refused, exit(&sent)), (1, 0, Exit::Later));
        let rest = sent.left.next_due.unwrap().duration_since(world.clock.now());
        assert_eq!(rest.unsigned_abs(), Duration::from_mins(minutes));

        // a moment too early nothing is tried
        let heard = world.relay.commands().len();
        world.clock.advance(Duration::from_millis(minutes * 60_000 - 1));
        let sent = world.send();
        assert_eq!((sent.left.deferred, exit(&sent)), (1, Exit::Later));
        assert_eq!(world.relay.commands().len(), heard, "not due yet");
        world.clock.advance(Duration::from_millis(1));
    }
    let sent = world.send();
    assert_eq!((sent.left.deferred, sent.left.refused, exit(&sent)), (0, 1, Exit::NeedsPerson));
    let mails = world.relay.commands().iter().filter(|line| line.contains("MAIL FROM")).count();
    assert_eq!(mails, REST.len() + 1);
}

#[test]
fn a_run_may_linger_for_what_was_deferred() {
    let world = World::with(script(|moment| match moment.step {
        Step::Recipient if moment.count == 2 => Act::Reply("451 4.2.1 greylisted".into()),
        _ => Act::Accept,
    }));
    world.mail("connections = 1\nlinger_minutes = 10");
    world.import(&roster(1..=3));
    let began = world.clock.now();
    let sent = world.send();
    assert_eq!((sent.sent, sent.left.deferred, exit(&sent)), (3, 0, Exit::Done));
    assert_eq!(world.clock.now().duration_since(began), SignedDuration::from_mins(10));
}

#[test]
fn fewer_connections_than_configured_are_enough() {
    static OPEN: AtomicUsize = AtomicUsize::new(0);
    let world = World::with(script(|moment| match moment.step {
        Step::Connect if OPEN.load(SeqCst) == 2 => Act::Reply("421 4.7.0 too many connections".into()),
        Step::Connect => {
            OPEN.fetch_add(1, SeqCst);
            Act::Accept
        }
        Step::Quit => {
            OPEN.fetch_sub(1, SeqCst);
            Act::Accept
        }
        _ => Act::Accept,
    }));
    world.mail("connections = 5");
    world.import(&roster(1..=40));
    let sent = world.send();
    assert_eq!((sent.sent, sent.left.waiting, &sent.stopped), (40, 0, &None));
    assert_eq!(exit(&sent), Exit::Done);
    assert_eq!(world.relay.messages().len(), 40);
}

#[test]
fn without_anything_due_the_relay_is_left_alone() {
    let world = World::new();
    world.import(&roster(1..=1));
    assert_eq!(world.send().sent, 1);
    assert_eq!(exit(&world.send()), Exit::Done);
    assert_eq!(world.relay.connections(), 1);
}

#[test]
fn the_login_is_used() {
    let world = World::with_login(healthy());
    world.import(&roster(1..=2));
    assert_eq!(world.send().sent, 2);
    assert!(world.relay.commands().iter().any(|line| line == "1 AUTH PLAIN ***"));
}

#[test]
fn a_wrong_password_stops_the_run() {
    let world = World::with_login(healthy());
    world.write_private("relay-password", "wrong-password\n");
    world.import(&roster(1..=2));
    let sent = world.send();
    let Some(Stop::Failure(why)) = &sent.stopped else { panic!("{sent:?}") };
    assert!(why.contains("535") && !why.contains("wrong-password"), "{why}");
    assert_eq!((sent.sent, sent.left.refused, sent.left.waiting), (0, 0, 2));
    assert_eq!(exit(&sent), Exit::Later);
}
