//! The follow-up: 30 a call, by id, whatever is missing or new.

use std::time::Duration;

use gradpass::clock::Clock;
use gradpass::sandbox::seek::{Endpoint, Fault, script};
use serde_json::json;

use super::invited;
use crate::world::{World, roster};

#[test]
fn statuses_come_thirty_a_call_and_end_what_has_ended() {
    let (world, seek, codes) = invited(65);
    let service = world.serve();
    for code in &codes {
        service.visitor().arrive(code);
    }
    let ids = seek.seek.ids();
    for id in &ids[..10] {
        assert!(seek.seek.verify(id));
    }
    for id in &ids[10..13] {
        assert!(seek.seek.cancel(id));
    }
    let ran = world.gradpass(&["--json", "run"]);
    let found = json!({ "verified": 10, "canceled": 3, "lapsed": 0, "incomplete": 52 });
    assert_eq!((ran.code, ran.json()["follow_up"].clone()), (0, found), "{}", ran.stderr);
    assert_eq!(seek.seek.calls(Endpoint::Statuses), 3);

    // the stand-in forgets what nobody finished
    world.clock.advance(Duration::from_hours(49));
    let status = world.gradpass(&["--json", "status"]).json();
    assert_eq!(status["submissions"]["incomplete"], 52);
    assert_eq!(status["invitations"], json!({ "open": 55, "verified": 10 }));
}

#[test]
fn a_seek_pass_that_is_down_is_asked_again_later() {
    for fault in [
        Fault::Status(500, None),
        Fault::Status(429, Some("5".into())),
        Fault::Status(403, None),
        Fault::Html502,
        Fault::DropAfterReading,
        Fault::Truncated,
        Fault::Huge,
        Fault::Empty,
    ] {
        let world = World::new();
        let spoiled = fault.clone();
        let seek = world.seek_pass(script(move |endpoint, count| match (endpoint, count) {
            (Endpoint::Statuses, 1) => spoiled.clone(),
            _ => Fault::None,
        }));
        let codes = world.invite(&roster(1..=2));
        let service = world.serve();
        service.visitor().arrive(&codes[0]);
        assert!(seek.seek.verify(&seek.seek.ids()[0]));
        let ran = world.gradpass(&["--json", "follow-up"]);
        assert_eq!(ran.code, 75, "{fault:?}: {}", ran.stdout);
        assert!(ran.json()["follow_up"]["stopped"].is_string());
        let ran = world.gradpass(&["--json", "follow-up"]);
        assert_eq!((ran.code, &ran.json()["follow_up"]["verified"]), (0, &json!(1)), "{fault:?}");
    }
}

#[test]
fn one_id_that_seek_pass_does_not_like_does_not_hide_the_others() {
    let mut world = World::new();
    // the program has the clock of the machine, and its 48 hours run from the world's
    world.clock = Clock::fixed(Clock::system().now());
    // the list is refused, and of the single ids the second
    let seek = world.seek_pass(script(|endpoint, count| match (endpoint, count) {
        (Endpoint::Statuses, 1 | 3) => Fault::Status(422, None),
        _ => Fault::None,
    }));
    let codes = world.invite(&roster(1..=3));
    let service = world.serve();
    for code in &codes {
        service.visitor().arrive(code);
    }
    for id in seek.seek.ids() {
        assert!(seek.seek.verify(&id));
    }
    let ran = world.gradpass(&["--json", "follow-up"]);
    let found = json!({ "verified": 2, "canceled": 0, "lapsed": 0, "incomplete": 1 });
    assert_eq!((ran.code, ran.json()["follow_up"].clone()), (0, found), "{}", ran.stderr);
    assert_eq!(seek.seek.calls(Endpoint::Statuses), 4);
}

#[test]
fn a_seek_pass_that_refuses_every_question_ends_the_asking() {
    let world = World::new();
    let seek = world.seek_pass(script(|endpoint, _| match endpoint {
        Endpoint::Statuses => Fault::Status(403, None),
        _ => Fault::None,
    }));
    let codes = world.invite(&roster(1..=3));
    let service = world.serve();
    for code in &codes {
        service.visitor().arrive(code);
    }
    let ran = world.gradpass(&["--json", "follow-up"]);
    assert_eq!(ran.code, 75, "{}", ran.stdout);
    assert_eq!(seek.seek.calls(Endpoint::Statuses), 4);
}
