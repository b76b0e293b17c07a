//! A graduate whom the relay puts off for some minutes is mailed in the same night: within the run, if that lasts, or when it
//! lingers.

use std::time::Duration;

use gradpass::report::Exit;
use gradpass::sandbox::relay::{Act, Script, Step, script};
use jiff::SignedDuration;

use crate::world::{World, exit, roster};

/// A relay that puts off the second recipient once.
fn greylisting(reply: &'static str) -> Script {
    script(move |moment| match moment.step {
        Step::Recipient if moment.count == 2 => Act::Reply(reply.to_owned()),
        _ => Act::Accept,
    })
}

#[test]
fn a_run_that_lasts_comes_back_to_who_was_put_off() {
    let world = World::with(greylisting("451 4.7.1 Greylisted, try again in 300 seconds"));
    // a run of ten minutes
    world.mail("connections = 1\nper_minute = 30");
    world.import(&roster(1..=300));
    let began = world.clock.now();
    let sent = world.send();
    assert_eq!((sent.sent, sent.left.deferred, exit(&sent)), (300, 0, Exit::Done), "{sent:?}");
    let took = world.clock.now().duration_since(began);
    assert!(took < SignedDuration::from_mins(11), "nobody was waited for: {took}");
    assert_eq!(world.relay.messages()[299].recipient, ["g2@mailbox.example"], "the others come first");
}

#[test]
fn a_run_that_is_over_waits_for_nobody_unless_it_lingers() {
    let reply = "451 4.7.1 Greylisted, try again in 300 seconds";
    for (lines, sent, deferred, seconds) in
        [("connections = 1", 2, 1, 0), ("linger_minutes = 5", 2, 1, 0), ("linger_minutes = 6", 3, 0, 315)]
    {
        let world = World::with(greylisting(reply));
        world.mail(&format!("{lines}\n"));
        world.import(&roster(1..=3));
        let began = world.clock.now();
        let ended = world.send();
        assert_eq!((ended.sent, ended.left.deferred), (sent, deferred), "{lines}");
        assert_eq!(world.clock.now().duration_since(began), SignedDuration::from_secs(seconds), "{lines}");
        if deferred > 0 {
            assert_eq!(exit(&ended), Exit::Later);
            let rest = ended.left.next_due.unwrap().duration_since(world.clock.now());
            assert_eq!(rest, SignedDuration::from_secs(315));
            world.clock.advance(Duration::from_secs(315));
            assert_eq!((world.send().sent, exit(&world.send())), (1, Exit::Done));
        }
    }
}

#[test]
fn who_is_put_off_again_and_again_does_not_keep_a_run_at_work() {
    let world = World::with(script(|moment| match (moment.step, moment.argument) {
        (Step::Recipient, "g1@mailbox.example") => Act::Reply("451 4.7.1 Greylisted for 1 minute".into()),
        _ => Act::Accept,
    }));
    world.mail("connections = 1\nper_minute = 30");
    world.import(&roster(1..=120));
    let sent = world.send();
    assert_eq!((sent.sent, sent.left.deferred, exit(&sent)), (119, 1, Exit::Later), "{sent:?}");
    let tried = world.relay.commands().iter().filter(|line| line.contains("<g1@mailbox.example>")).count();
    assert_eq!(tried, 2, "at once, and behind the others");
}
