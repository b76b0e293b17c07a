//! A night that is too short: who comes first, when it ends, and how many there will be.

use std::time::Duration;

use gradpass::email::send::Stop;
use gradpass::report::Exit;
use gradpass::sandbox::relay::{Act, Step, script};
use gradpass::shutdown::Shutdown;
use jiff::civil::time;

use crate::world::{World, exit, process, roster};

const HEADER: &str = "student_id,full_name,email,course_name,conferral_year,priority\n";

fn row(number: usize, priority: &str) -> String {
    format!("s{number:04},Graduate {number},g{number}@mailbox.example,Bachelor of Arts,2024,{priority}\n")
}

/// The graduates in the order of their mails.
fn mailed(world: &World) -> Vec<String> {
    let number = |recipient: &String| recipient.split('@').next().unwrap().to_owned();
    world.relay.messages().iter().map(|mail| number(&mail.recipient[0])).collect()
}

#[test]
fn no_message_is_begun_once_its_time_is_over() {
    for connections in [1, 3] {
        let world = World::new();
        world.mail(&format!("connections = {connections}\nper_minute = 30"));
        world.import(&roster(1..=10));
        let sent = process(world.sending(Shutdown::by_hand().1, Some(time(2, 0, 7, 0)))).unwrap();
        // while one of several waits for the relay, the others move the clock on
        assert!(if connections == 1 { sent.sent == 4 } else { (1..=4).contains(&sent.sent) }, "{sent:?}");
        assert_eq!((sent.left.waiting, &sent.stopped), (10 - sent.sent, &Some(Stop::Until)));
        assert_eq!(exit(&sent), Exit::Later);
        assert_eq!(world.count("SELECT count(*) FROM attempt"), sent.sent);
        let again = world.send();
        assert_eq!(
            (again.sent, again.left.waiting),
            (10 - sent.sent, 0),
            "the next night goes on with the others"
        );
    }
}

#[test]
fn a_night_that_ends_with_its_last_message_has_not_stopped_early() {
    let clock = World::clock();
    let mut world = World::with({
        let clock = clock.clone();
        script(move |moment| {
            if moment.step == Step::Content {
                clock.advance(Duration::from_secs(5));
            }
            Act::Accept
        })
    });
    world.clock = clock;
    world.import(&roster(1..=2));
    let until = world.clock.now() + Duration::from_secs(7);
    let sent = process(world.sending(Shutdown::by_hand().1, Some(time(2, 0, 7, 0)))).unwrap();
    assert!(world.clock.now() > until);
    assert_eq!((sent.sent, &sent.stopped, exit(&sent)), (2, &None, Exit::Done));
}

#[test]
fn whoever_has_a_priority_comes_in_its_order_and_the_others_in_the_middle() {
    let world = World::new();
    let rows = [row(1, ""), row(2, "9"), row(3, "5"), row(4, "1"), row(5, "2"), row(6, "1")];
    world.import(&format!("{HEADER}{}", rows.concat()));
    world.send();
    assert_eq!(mailed(&world), ["g4", "g6", "g5", "g1", "g3", "g2"]);
}

#[test]
fn a_priority_that_changes_counts_for_what_is_still_to_go() {
    let world = World::new();
    world.mail("connections = 1\nper_day = 2");
    let roster = |rows: &[String]| format!("{HEADER}{}", rows.concat());
    world.import(&roster(&[row(1, "3"), row(2, ""), row(3, ""), row(4, "3"), row(5, "")]));
    assert_eq!(world.send().stopped, Some(Stop::Budget));
    let changed = world.import(&roster(&[row(1, "3"), row(2, ""), row(3, ""), row(4, "3"), row(5, "1")]));
    assert_eq!(changed.roster.changed, 1);
    world.clock.advance(Duration::from_hours(24));
    world.send();
    assert_eq!(mailed(&world), ["g1", "g4", "g5", "g2"]);
}

#[test]
fn a_first_import_of_a_thousand_keeps_the_order_over_pages() {
    let world = World::new();
    let rows: String = (1..=1200).map(|number| row(number, if number % 2 == 0 { "1" } else { "" })).collect();
    world.import(&format!("{HEADER}{rows}"));
    assert_eq!(world.send().sent, 1200);
    let numbers: Vec<usize> = mailed(&world).iter().map(|it| it[1..].parse().unwrap()).collect();
    assert!(numbers[..600].iter().all(|number| number % 2 == 0) && numbers[..600].is_sorted());
    assert!(numbers[600..].iter().all(|number| number % 2 == 1) && numbers[600..].is_sorted());
}

#[test]
fn a_priority_that_is_none_is_a_mistake_of_its_cell() {
    let world = World::new();
    let roster = format!("{HEADER}{}{}", row(1, "0"), row(2, "first"));
    world.write("roster.csv", roster.as_bytes());
    let ran = world.gradpass(&["import", "roster.csv"]);
    let problem = "is no priority; give a number from 1 (mailed first) to 9 (last)";
    assert_eq!(ran.stderr.matches(problem).count() + ran.stdout.matches(problem).count(), 2, "{ran:?}");
}

#[test]
fn it_is_told_when_everybody_will_have_been_mailed() {
    let world = World::new();
    world.mail("connections = 1\nper_day = 2");
    world.import(&roster(1..=5));
    let dry = world.gradpass(&["send", "--dry-run", "--until", "06:00"]);
    assert!(dry.stdout.contains("at this pace everybody will have been mailed by "), "{dry:?}");
    assert!(dry.stdout.contains(", after 3 nights"), "{dry:?}");
    let ran = world.gradpass(&["--json", "send"]);
    assert!(ran.stderr.contains("At this pace everybody will have been mailed by "), "{ran:?}");
    assert_eq!(ran.code, 75);
    assert!(ran.json()["mail"]["mailed_by"].is_string());
    let wrong = world.gradpass(&["send", "--until", "6 in the morning"]);
    assert!(wrong.code == 2 && wrong.stderr.contains("write a time of day like 06:00"), "{wrong:?}");
}
