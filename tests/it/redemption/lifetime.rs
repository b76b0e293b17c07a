//! A code outlives its first use: the same link within 48 hours, a new one afterwards, none once it is verified.

use std::time::Duration;

use gradpass::sandbox::seek::{Endpoint, Fault, script};

use super::invited;
use crate::world::{World, roster};

const HOUR: Duration = Duration::from_hours(1);

#[test]
fn the_same_link_within_48_hours_and_a_new_one_after() {
    let (world, seek, codes) = invited(1);
    let service = world.serve();
    let graduate = service.visitor();
    let first = graduate.arrive(&codes[0]);
    world.clock.advance(HOUR * 47);
    assert_eq!(graduate.arrive(&codes[0]), first);
    assert_eq!(seek.seek.calls(Endpoint::Add), 1);
    world.clock.advance(HOUR * 2);
    let second = graduate.arrive(&codes[0]);
    assert_ne!(second, first);
    let ids = seek.seek.ids();
    assert!(ids.len() == 2 && ids[0] != ids[1], "after the 48 hours the id is another");
    assert_eq!(world.count("SELECT count(*) FROM submission WHERE state = 'lapsed'"), 1);
    assert_eq!(world.count("SELECT count(*) FROM submission WHERE state = 'incomplete'"), 1);
}

#[test]
fn what_was_verified_unnoticed_is_not_added_twice() {
    let (world, seek, codes) = invited(1);
    let service = world.serve();
    service.visitor().arrive(&codes[0]);
    assert!(seek.seek.verify(&seek.seek.ids()[0]));
    // no follow-up ran
    world.clock.advance(HOUR * 72);
    let answer = service.visitor().press(&codes[0]);
    assert!(answer.body.contains("There is nothing left to do"), "{}", answer.body);
    assert_eq!(seek.seek.submissions(), 1);
    assert_eq!(world.count("SELECT count(*) FROM invitation WHERE state = 'verified'"), 1);
}

#[test]
fn a_corrected_roster_goes_out_under_another_id() {
    let (world, seek, codes) = invited(1);
    let service = world.serve();
    let first = service.visitor().arrive(&codes[0]);
    world.import(
        "student_id,full_name,email,course_name,conferral_year\n\
         s0001,Graduate 1,g1@mailbox.example,Bachelor of Arts,2023\n",
    );
    let second = service.visitor().arrive(&codes[0]);
    assert_ne!(first, second);
    let ids = seek.seek.ids();
    assert_ne!(ids[0], ids[1], "a known id keeps its first data");
    assert_eq!(seek.seek.credential(&ids[1]).unwrap()["conferral_year"], "2023");
    assert_eq!(world.count("SELECT count(*) FROM submission WHERE state = 'replaced'"), 1);
}

#[test]
fn who_declined_can_change_her_mind() {
    let (world, seek, codes) = invited(1);
    let service = world.serve();
    let first = service.visitor().arrive(&codes[0]);
    assert!(seek.seek.cancel(&seek.seek.ids()[0]));
    let ran = world.gradpass(&["--json", "follow-up"]);
    assert_eq!((ran.code, &ran.json()["follow_up"]["canceled"]), (0, &1.into()));
    assert_ne!(service.visitor().arrive(&codes[0]), first);
    assert_eq!(seek.seek.submissions(), 2);
}

/// Its 48 hours run from when the new id was made, not from when the graduate asked: else a death before the answer is
/// written down would make a third id of it.
#[test]
fn an_id_that_took_another_ones_place_is_kept_after_a_death() {
    let world = World::new();
    let seek = world.seek_pass(script(|endpoint, count| match (endpoint, count) {
        (Endpoint::Add, 1) => Fault::Status(503, Some("1".into())),
        _ => Fault::None,
    }));
    let codes = world.invite(&roster(1..=1));
    let service = world.serve();
    service.visitor().press(&codes[0]).waiting_path();
    drop(service);
    world.clock.advance(HOUR * 49);
    // what the first service may have sent is forgotten by now
    let service = world.serve();
    let link = service.visitor().arrive(&codes[0]);
    drop(service);
    assert_eq!(world.count("SELECT count(*) FROM submission WHERE state = 'replaced'"), 1);

    world.change("UPDATE submission SET state = 'waiting', sent_at = NULL, accepted_at = NULL, link = NULL WHERE id = 2");
    let service = world.serve();
    assert_eq!(service.visitor().arrive(&codes[0]), link);
    assert_eq!((seek.seek.submissions(), world.count("SELECT count(*) FROM submission")), (1, 2));
}
