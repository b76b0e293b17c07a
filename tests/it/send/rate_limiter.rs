//! The pace and the day's budget, by a clock that only moves when the program waits.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use gradpass::clock::Clock;
use gradpass::email::send::Stop;
use gradpass::report::Exit;
use gradpass::sandbox::relay::{Act, Step, script};
use jiff::Timestamp;

use crate::world::{NIGHT, World, exit, roster};

/// The times at which the relay heard MAIL, in milliseconds after the beginning.
fn mails_at(settings: &str, graduates: usize) -> Vec<i128> {
    let clock = Clock::fixed(NIGHT.parse().unwrap());
    let start = clock.now();
    let heard = Arc::new(Mutex::new(Vec::new()));
    let mut world = World::with({
        let (clock, heard) = (clock.clone(), Arc::clone(&heard));
        script(move |moment| {
            if moment.step == Step::Mail {
                heard.lock().unwrap().push(clock.now().duration_since(start).as_millis());
            }
            Act::Accept
        })
    });
    world.clock = clock;
    world.mail(&format!("connections = 1\n{settings}"));
    world.import(&roster(1..=graduates));
    let sent = world.send();
    assert_eq!(exit(&sent), Exit::Done);
    let heard = heard.lock().unwrap().clone();
    assert_eq!(heard.len(), graduates);
    heard
}

#[test]
fn without_a_limit_nobody_waits() {
    assert_eq!(mails_at("", 4), [0, 0, 0, 0]);
}

#[test]
fn messages_a_second_are_spread_evenly() {
    assert_eq!(mails_at("per_second = 4", 6), [0, 250, 500, 750, 1000, 1250]);
}

#[test]
fn messages_a_minute_are_spread_evenly() {
    assert_eq!(mails_at("per_minute = 30", 4), [0, 2000, 4000, 6000]);
}

#[test]
fn the_slower_of_two_limits_holds() {
    assert_eq!(mails_at("per_second = 10\nper_minute = 20", 4), [0, 3000, 6000, 9000]);
}

/// The budget is a day's in Melbourne, over all runs, and a recipient whom the relay does not take costs nothing.
#[test]
fn the_day_has_a_budget() {
    let mut world = World::with(script(|moment| match moment.step {
        Step::Recipient if moment.argument == "g2@mailbox.example" => Act::Reply("550 5.1.1 unknown".into()),
        _ => Act::Accept,
    }));
    world.mail("connections = 1\nper_day = 5");
    world.import(&roster(1..=9));
    let at = |time: &str| Clock::fixed(time.parse::<Timestamp>().unwrap());
    let run = |world: &World| {
        let sent = world.send();
        (sent.sent, sent.left.waiting, sent.stopped.clone(), exit(&sent))
    };

    assert_eq!(run(&world), (5, 3, Some(Stop::Budget), Exit::NeedsPerson));
    assert_eq!(run(&world), (0, 3, Some(Stop::Budget), Exit::NeedsPerson));
    // another day in London, the same in Melbourne
    world.clock = at("2026-11-23T23:59:59.999+11:00");
    assert_eq!(run(&world), (0, 3, Some(Stop::Budget), Exit::NeedsPerson));
    world.clock.advance(Duration::from_millis(1));
    assert_eq!(run(&world), (3, 0, None, Exit::NeedsPerson));

    let days = world.look(async |store| {
        (store.begun_on("2026-11-23").await.unwrap(), store.begun_on("2026-11-24").await.unwrap())
    });
    assert_eq!(days, (5, 3));
    assert_eq!(world.relay.messages().len(), 8);
}
