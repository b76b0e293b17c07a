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

/// What was in SEEK Pass and is there no more ends as that, and can be added again with the same code.
#[test]
fn what_was_taken_back_ends_as_that_and_can_be_added_again() {
    let (world, seek, codes) = invited(3);
    let service = world.serve();
    for code in &codes {
        service.visitor().arrive(code);
    }
    let ids = seek.seek.ids();
    assert!(seek.seek.say(&ids[0], "revoked") && seek.seek.say(&ids[1], "unshared"));
    assert!(seek.seek.verify(&ids[2]));
    let ran = world.gradpass(&["--json", "follow-up"]);
    let found =
        json!({ "verified": 1, "canceled": 0, "lapsed": 0, "incomplete": 0, "revoked": 1, "unshared": 1 });
    assert_eq!((ran.code, ran.json()["follow_up"].clone()), (0, found), "{}", ran.stderr);
    let states = world.gradpass(&["--json", "status"]).json()["submissions"].clone();
    assert_eq!((&states["revoked"], &states["unshared"]), (&json!(1), &json!(1)), "{states}");
    let story = world.gradpass(&["show", "s0001"]).stdout;
    assert!(story.contains(&format!("now: submission {} is revoked\n", ids[0])), "{story}");
    // told once is told
    let ran = world.gradpass(&["follow-up"]);
    assert_eq!(
        ran.stdout.trim(),
        "follow-up: 0 verified, 0 canceled, 0 lapsed, 0 still to be finished",
        "{}",
        ran.stderr
    );
    for code in &codes[..2] {
        service.visitor().arrive(code);
    }
    assert_eq!(seek.seek.submissions(), 5);
    assert!(service.visitor().press(&codes[2]).body.contains("There is nothing left to do"));
}

/// SEEK Pass is not asked about what is verified; but it may have been asked in the moment before.
#[test]
fn what_was_verified_can_be_taken_back() {
    let (world, seek, codes) = invited(1);
    let service = world.serve();
    service.visitor().arrive(&codes[0]);
    let ids = seek.seek.ids();
    assert!(seek.seek.verify(&ids[0]));
    assert_eq!(world.gradpass(&["follow-up"]).code, 0);
    assert_eq!(world.count("SELECT count(*) FROM invitation WHERE state = 'verified'"), 1);
    world.change("UPDATE submission SET told_at = NULL");
    assert!(seek.seek.say(&ids[0], "unshared"));
    let ran = world.gradpass(&["follow-up"]);
    assert!(
        ran.stdout.contains(
            "no longer in SEEK Pass: 0 revoked, 1 unshared by the graduate; the same code adds it again, and `gradpass list \
             revoked unshared` says who\n"
        ),
        "{}",
        ran.stdout
    );
    assert_eq!(world.count("SELECT count(*) FROM invitation WHERE state = 'open'"), 1);
    service.visitor().arrive(&codes[0]);
    assert_eq!(seek.seek.submissions(), 2);
}

#[test]
fn a_word_that_nobody_knows_is_told_and_decides_nothing() {
    let (world, seek, codes) = invited(4);
    let service = world.serve();
    let links: Vec<_> = codes.iter().map(|code| service.visitor().arrive(code)).collect();
    let ids = seek.seek.ids();
    for (id, status) in ids.iter().zip(["suspended", "suspended", "Graduate 3"]) {
        assert!(seek.seek.say(id, status));
    }
    let ran = world.gradpass(&["--json", "follow-up"]);
    let found = json!({
        "verified": 0, "canceled": 0, "lapsed": 0, "incomplete": 4, "unknown": { "suspended": 2, "…": 1 },
    });
    assert_eq!((ran.code, ran.json()["follow_up"].clone()), (0, found), "{}", ran.stderr);
    assert!(ran.stderr.contains("suspended") && ran.stderr.contains(&ids[0]), "{}", ran.stderr);
    assert!(!ran.stderr.contains("Graduate"), "{}", ran.stderr);
    let ran = world.gradpass(&["follow-up"]);
    let line =
        "SEEK Pass says \"suspended\" of 2 submissions, which this program does not know; nothing changes";
    assert!(ran.stdout.lines().any(|it| it == line), "{}", ran.stdout);
    let story = world.gradpass(&["show", "s0001"]).stdout;
    let line = format!("submission {} is incomplete; SEEK Pass says \"suspended\" of it", ids[0]);
    assert!(story.contains(&line), "{story}");
    let told = world.gradpass(&["--json", "show", "s0001"]).json()["submissions"][0].clone();
    assert_eq!((&told["state"], &told["unknown_status"]), (&json!("incomplete"), &json!("suspended")));
    assert_eq!(service.visitor().arrive(&codes[0]), links[0], "its link works on");

    // a word that is known takes its place
    for (id, status) in ids.iter().zip(["incomplete", "verified"]) {
        assert!(seek.seek.say(id, status));
    }
    let ran = world.gradpass(&["--json", "follow-up"]);
    let found = json!({ "verified": 1, "canceled": 0, "lapsed": 0, "incomplete": 3, "unknown": { "…": 1 } });
    assert_eq!((ran.code, ran.json()["follow_up"].clone()), (0, found), "{}", ran.stderr);
    assert_eq!(world.count("SELECT count(*) FROM submission WHERE unknown_status IS NOT NULL"), 1);
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

/// Whoever pressed the button waits for the queue, and the night is the only one that tells an administrator why.
#[test]
fn a_refused_sign_in_is_told_every_night_while_anybody_waits() {
    for (code, status, says) in [
        ("invalid_client", 401, "SEEK Pass refuses client_id or client_secret; check [seek_pass]"),
        ("invalid_scope", 400, "ask SEEK Pass to add it"),
    ] {
        let world = World::new();
        let body = format!("{{\"error\":\"{code}\"}}");
        let seek = world.seek_pass(script(move |endpoint, _| match endpoint {
            Endpoint::Token => Fault::Refusal(status, body.clone()),
            _ => Fault::None,
        }));
        let codes = world.invite(&roster(1..=1));
        assert_eq!(world.gradpass(&["follow-up"]).code, 0, "nobody waits yet");
        assert_eq!(seek.seek.calls(Endpoint::Token), 0);
        let queue = world.queue(&codes);
        queue.drain();
        for command in ["follow-up", "run"] {
            let ran = world.gradpass(&[command]);
            assert_eq!(ran.code, 75, "{command}: {ran:?}");
            assert!(
                ran.stdout.contains("follow-up stopped early: ") && ran.stdout.contains(says),
                "{command}: {ran:?}"
            );
            let ran = world.gradpass(&["--json", command]);
            assert!(ran.json()["follow_up"]["stopped"].as_str().unwrap().contains(says), "{ran:?}");
        }
    }
}
