//! Limits of relays: whatever they count, a run waits or goes on over another connection, and everybody is mailed.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock};

use gradpass::clock::Clock;
use gradpass::email::send::Stop;
use gradpass::report::Exit;
use gradpass::sandbox::relay::{Act, Moment, Step, script};
use jiff::{SignedDuration, Timestamp};

use crate::world::{HASTY, World, exit, roster};

const CONNECTIONS: [usize; 3] = [1, 4, 16];

/// A limit as Postfix's anvil counts: from the first on, and all anew a minute later.
struct Minute {
    most: usize,
    /// Since when, and how many.
    counted: Mutex<(Timestamp, usize)>,
}

impl Minute {
    fn of(most: usize) -> Self {
        Self { most, counted: Mutex::new((Timestamp::MIN, 0)) }
    }

    fn is_over(&self, now: Timestamp) -> bool {
        let mut counted = self.counted.lock().unwrap();
        if now.duration_since(counted.0) >= SignedDuration::from_mins(1) {
            *counted = (now, 0);
        }
        counted.1 += 1;
        counted.1 > self.most
    }
}

/// A world whose relay knows what time it is.
fn world(
    connections: usize,
    decide: impl Fn(&Moment<'_>, Timestamp) -> Act + Send + Sync + 'static,
) -> World {
    let clock = Arc::new(OnceLock::<Clock>::new());
    let world = World::with({
        let clock = Arc::clone(&clock);
        script(move |moment| decide(moment, clock.get().unwrap().now()))
    });
    clock.set(world.clock.clone()).unwrap();
    world.mail(&format!("connections = {connections}"));
    world
}

/// Mails so many through it: nobody is left over, or mailed twice. Returns the seconds that were waited.
fn mail_everybody(world: &World, graduates: usize) -> i64 {
    world.import(&roster(1..=graduates));
    let began = world.clock.now();
    let sent = world.send();
    assert_eq!(
        (sent.left.waiting, sent.left.deferred, sent.left.refused, sent.left.in_doubt),
        (0, 0, 0, 0),
        "{sent:?}"
    );
    assert_eq!((exit(&sent), &sent.stopped), (Exit::Done, &None));
    assert_eq!(world.relay.messages().len(), graduates);
    world.clock.now().duration_since(began).as_secs()
}

#[test]
fn a_relay_that_screens_a_new_client_is_called_once_more() {
    let world = world(1, |moment, _| match moment.step {
        Step::Recipient if moment.session == 1 => {
            Act::Reply("450 4.3.2 Service currently unavailable".into())
        }
        _ => Act::Accept,
    });
    mail_everybody(&world, 30);
    assert_eq!(world.relay.connections(), 2);
}

#[test]
fn a_limit_of_messages_a_minute_is_waited_for() {
    for (step, reply) in [
        (Step::Recipient, "450 4.7.1 Error: too many recipients from 192.0.2.7"),
        (Step::Mail, "450 4.7.1 Error: too much mail from 192.0.2.7"),
    ] {
        for connections in CONNECTIONS {
            let minute = Minute::of(40);
            let world = world(connections, move |moment, now| {
                if moment.step == step && minute.is_over(now) {
                    Act::Reply(reply.into())
                } else {
                    Act::Accept
                }
            });
            // of each minute's messages some may be reminded of it for the second time
            let waited = mail_everybody(&world, 150);
            assert!((3 * 60..=5 * 61).contains(&waited), "{waited} s, {reply}, {connections}");
        }
    }
}

#[test]
fn a_limit_of_connections_a_minute_is_waited_for() {
    for connections in [1, 4] {
        let (minute, carried) = (Minute::of(4), Mutex::new(HashMap::<usize, usize>::new()));
        let world = world(connections, move |moment, now| match moment.step {
            Step::Connect if minute.is_over(now) => Act::Reply("421 4.7.0 too many connections".into()),
            Step::Mail => {
                let mut carried = carried.lock().unwrap();
                let carried = carried.entry(moment.session).or_default();
                *carried += 1;
                if *carried > 10 { Act::Reply("421 4.7.0 bye".into()) } else { Act::Accept }
            }
            _ => Act::Accept,
        });
        assert_eq!(mail_everybody(&world, 100), 2 * 61, "{connections}");
    }
}

#[test]
fn a_connection_that_takes_no_more_is_followed_by_another_at_once() {
    for connections in CONNECTIONS {
        let carried = Mutex::new(HashMap::<usize, usize>::new());
        let world = world(connections, move |moment, _| {
            if moment.step != Step::Mail {
                return Act::Accept;
            }
            let mut carried = carried.lock().unwrap();
            let carried = carried.entry(moment.session).or_default();
            *carried += 1;
            if *carried > 10 {
                Act::Reply("452 4.5.3 Too many recipients: Too many messages sent".into())
            } else {
                Act::Accept
            }
        });
        assert_eq!(mail_everybody(&world, 100), 0, "{connections}");
    }
}

#[test]
fn who_was_put_off_beside_others_is_tried_again_behind_them() {
    for connections in CONNECTIONS {
        let world = world(connections, |moment, _| match moment.step {
            Step::Recipient if moment.count % 20 == 10 => {
                Act::Reply("450 4.7.1 Error: too many recipients from 192.0.2.7".into())
            }
            _ => Act::Accept,
        });
        assert!(mail_everybody(&world, 100) <= 2, "{connections}");
    }
}

/// One who is put off for us whenever tried, while everybody else is taken: the run ends all the same.
#[test]
fn who_is_always_put_off_stays_waiting() {
    let world = world(4, |moment, _| match (moment.step, moment.argument) {
        (Step::Recipient, "g5@mailbox.example") => {
            Act::Reply("450 4.7.1 Error: too many recipients from 192.0.2.7".into())
        }
        _ => Act::Accept,
    });
    world.import(&roster(1..=30));
    let sent = world.send();
    assert_eq!((sent.sent, sent.left.waiting, exit(&sent)), (29, 1, Exit::Later));
    let Some(Stop::Failure(why)) = &sent.stopped else { panic!("{sent:?}") };
    assert!(why.contains("put off a message") && why.contains("too many recipients"), "{why}");
}

/// As where more call at once than the relay lines up: the network says that there is a connection, and nobody greets.
#[test]
fn a_session_that_nobody_greets_is_not_waited_for() {
    let mut world = world(4, |moment, _| match moment.step {
        Step::Connect if moment.session == 4 => Act::Silence,
        _ => Act::Accept,
    });
    world.timeouts.another = HASTY.another;
    mail_everybody(&world, 30);
}

#[test]
fn a_connection_that_was_not_granted_is_asked_for_again() {
    let mut world = world(2, |moment, _| match (moment.step, moment.count) {
        (Step::Connect, 2) => Act::Reply("421 4.7.0 too many connections".into()),
        // meanwhile
        (Step::Content, 1) => Act::Wait(3 * HASTY.another),
        _ => Act::Accept,
    });
    world.timeouts.another = HASTY.another;
    mail_everybody(&world, 30);
    assert_eq!((world.relay.connections(), world.relay.peak_connections()), (3, 2));
}

/// The second session opens no more; the first was greeted at once.
#[test]
fn a_session_that_is_not_greeted_as_others_were_is_opened_once_more() {
    let mut world = world(1, |moment, _| match (moment.step, moment.session, moment.count) {
        (Step::Mail, 1, 11) => Act::Reply("421 4.7.0 bye".into()),
        (Step::Connect, 2, _) => Act::Silence,
        _ => Act::Accept,
    });
    world.timeouts.another = HASTY.another;
    mail_everybody(&world, 30);
    assert_eq!(world.relay.connections(), 3);
}

/// A login that is refused in the middle is not tried again and again, or the account is locked.
#[test]
fn a_login_that_no_longer_works_is_not_waited_for() {
    let world = World::with_login(script(|moment| match moment.step {
        Step::Mail if moment.count == 3 => Act::Reply("421 4.7.0 bye".into()),
        Step::Auth if moment.count > 1 => Act::Reply("535 5.7.8 no".into()),
        _ => Act::Accept,
    }));
    world.import(&roster(1..=5));
    let began = world.clock.now();
    let sent = world.send();
    assert_eq!((sent.sent, sent.left.waiting, exit(&sent)), (2, 3, Exit::Later));
    assert_eq!(world.clock.now(), began);
}
