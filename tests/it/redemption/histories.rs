//! Histories in which something is forgotten easily: the roster, the help desk and SEEK Pass each change what another
//! relies on.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use gradpass::sandbox::seek::{Endpoint, Fault, healthy, script};
use reqwest::StatusCode;

use super::invited;
use crate::world::{World, code, roster};

const BOTH: &str = "\
student_id,full_name,email,course_code,course_name,conferral_year
s1,Mira Tan,mira@mailbox.example,BA,Bachelor of Arts,2023
s1,Mira Tan,mira@mailbox.example,MSC,Master of Science,2024
s2,Nobody Else,else@mailbox.example,BA,Bachelor of Arts,2023
s3,Some Body,body@mailbox.example,BA,Bachelor of Arts,2023
";

fn without_master() -> String {
    BOTH.lines().filter(|line| !line.contains("MSC")).collect::<Vec<_>>().join("\n") + "\n"
}

const CORRECTED: &str = "\
student_id,full_name,email,course_name,conferral_year
s0001,Graduate 1,g1@mailbox.example,Bachelor of Arts,2023
";

#[test]
fn what_was_finished_before_a_correction_is_not_added_again() {
    let (world, seek, codes) = invited(1);
    let service = world.serve();
    service.visitor().arrive(&codes[0]);
    assert!(seek.seek.verify(&seek.seek.ids()[0]));
    world.import(CORRECTED);
    let answer = service.visitor().press(&codes[0]);
    assert!(answer.body.contains("There is nothing left to do"), "{}", answer.body);
    assert_eq!(seek.seek.submissions(), 1);
    assert_eq!(world.count("SELECT count(*) FROM invitation WHERE state = 'verified'"), 1);
}

#[test]
fn one_finished_in_another_tab_after_it_was_replaced_counts() {
    let (world, seek, codes) = invited(1);
    let service = world.serve();
    service.visitor().arrive(&codes[0]);
    world.import(CORRECTED);
    service.visitor().arrive(&codes[0]);
    let ids = seek.seek.ids();
    assert_eq!(ids.len(), 2);
    assert!(seek.seek.verify(&ids[0]), "the older link was still open");
    let ran = world.gradpass(&["--json", "follow-up"]);
    assert_eq!((ran.code, &ran.json()["follow_up"]["verified"]), (1, &1.into()), "{}", ran.stderr);
    assert_eq!(world.count("SELECT count(*) FROM submission WHERE state = 'canceled'"), 1);
    assert_eq!(world.count("SELECT count(*) FROM invitation WHERE state = 'verified'"), 1);
    assert!(service.visitor().press(&codes[0]).body.contains("There is nothing left to do"));
}

#[test]
fn nothing_is_added_while_nobody_can_say_how_the_last_one_ended() {
    let world = World::new();
    let is_silent = Arc::new(AtomicBool::new(true));
    let silent = Arc::clone(&is_silent);
    let seek = world.seek_pass(script(move |endpoint, _| {
        let is_silent = endpoint == Endpoint::Statuses && silent.load(Ordering::SeqCst);
        if is_silent { Fault::Status(503, None) } else { Fault::None }
    }));
    let codes = world.invite(&roster(1..=1));
    let service = world.serve();
    service.visitor().arrive(&codes[0]);
    assert!(seek.seek.verify(&seek.seek.ids()[0]));
    world.clock.advance(Duration::from_hours(72));
    let answer = service.visitor().press(&codes[0]);
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(answer.headers.contains_key("retry-after") && answer.body.contains("Nothing is lost"));
    is_silent.store(false, Ordering::SeqCst);
    assert!(service.visitor().press(&codes[0]).body.contains("There is nothing left to do"));
    assert_eq!(seek.seek.submissions(), 1);
}

#[test]
fn an_award_that_is_back_can_be_added() {
    let world = World::new();
    let seek = world.seek_pass(healthy());
    let mails = world.invite(BOTH);
    let service = world.serve();
    let graduate = service.visitor();
    let mira = mails[0].as_str();
    graduate.arrive_with(&[("code", mira), ("qualification", "ba")]);
    world.import(&without_master());
    assert!(seek.seek.verify(&seek.seek.ids()[0]));
    assert_eq!(world.gradpass(&["follow-up"]).code, 0);
    assert_eq!(world.count("SELECT count(*) FROM invitation WHERE state = 'verified'"), 1);
    world.import(BOTH);
    assert_eq!(world.count("SELECT count(*) FROM invitation WHERE state = 'verified'"), 0);
    graduate.arrive_with(&[("code", mira), ("qualification", "msc")]);
    assert_eq!(seek.seek.submissions(), 2);
}

#[test]
fn an_invitation_whose_rest_is_withdrawn_is_done() {
    let world = World::new();
    let seek = world.seek_pass(healthy());
    let mails = world.invite(BOTH);
    let service = world.serve();
    service.visitor().arrive_with(&[("code", &mails[0]), ("qualification", "ba")]);
    assert!(seek.seek.verify(&seek.seek.ids()[0]));
    assert_eq!(world.gradpass(&["follow-up"]).code, 0);
    assert_eq!(world.count("SELECT count(*) FROM invitation WHERE state = 'verified'"), 0);
    world.import(&without_master());
    assert_eq!(world.count("SELECT count(*) FROM invitation WHERE state = 'verified'"), 1);
    let moved = without_master().replace("mira@mailbox", "mira@post");
    world.import(&moved);
    assert_eq!(world.send().sent, 0, "who is done gets no mail");
}

#[test]
fn a_stranger_s_link_is_not_the_graduate_s() {
    let (world, seek, codes) = invited(1);
    let service = world.serve();
    let stranger = service.visitor().arrive(&codes[0]);
    assert_eq!(world.gradpass(&["revoke", "s0001"]).code, 0);
    assert_eq!(world.gradpass(&["reissue", "s0001"]).code, 0);
    assert_eq!(world.gradpass(&["send"]).code, 0);
    let second = code(&world.relay.messages()[1]);
    assert_ne!(service.visitor().arrive(&second), stranger);

    // the same for an address that was wrong
    let moved = roster(1..=1).replace("g1@mailbox", "g1@post");
    let third = world.invite(&moved);
    assert_ne!(service.visitor().arrive(&third[0]), stranger);
    assert_eq!(seek.seek.submissions(), 3);
}

#[test]
fn what_is_revoked_while_its_call_is_under_way_is_not_handed_out_and_not_forgotten() {
    let world = World::new();
    let folder = world.folder.path().to_owned();
    let seek = world.seek_pass(script(move |endpoint, count| {
        if (endpoint, count) == (Endpoint::Add, 1) {
            // SEEK Pass has the request, and has not answered yet
            let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_gradpass"));
            let revoked = program.current_dir(&folder).args(["revoke", "s0001"]).output().unwrap();
            assert!(revoked.status.success(), "{revoked:?}");
        }
        Fault::None
    }));
    let codes = world.invite(&roster(1..=1));
    let service = world.serve();
    let answer = service.visitor().follow(&codes[0]);
    assert!(!answer.headers.contains_key("location"), "{answer:?}");
    drop(service);
    assert_eq!(world.count("SELECT count(*) FROM submission WHERE state = 'canceled' AND link IS NULL"), 1);
    // the stand-in made it all the same, and whoever finishes it does not do so for the graduate
    assert!(seek.seek.verify(&seek.seek.ids()[0]));
    let ran = world.gradpass(&["--json", "follow-up"]);
    assert_eq!((ran.code, &ran.json()["follow_up"]["verified"]), (1, &0.into()), "{}", ran.stderr);
    assert_eq!(ran.json()["changed_after_verified"], serde_json::json!(["s0001"]));
}

#[test]
fn a_rejected_one_beside_a_finished_one_is_not_tried_again() {
    let world = World::new();
    let seek = world.seek_pass(script(|endpoint, count| match (endpoint, count) {
        (Endpoint::Add, 2) => Fault::Status(422, None),
        _ => Fault::None,
    }));
    let codes = world.invite(&roster(1..=1));
    let service = world.serve();
    service.visitor().arrive(&codes[0]);
    world.import(CORRECTED);
    assert_eq!(service.visitor().follow(&codes[0]).status, StatusCode::CONFLICT);
    assert_eq!(world.gradpass(&["run"]).code, 1);
    assert!(seek.seek.verify(&seek.seek.ids()[0]), "in the other tab");
    let ran = world.gradpass(&["--json", "follow-up"]);
    // what she finished is what the roster said before: that is told, and the rejected one no more
    assert_eq!((ran.code, &ran.json()["follow_up"]["rejected"]), (1, &serde_json::Value::Null), "{ran:?}");
    assert_eq!(ran.json()["changed_after_verified"], serde_json::json!(["s0001"]));
    assert_eq!(world.retry_submissions(), 0);
    assert_eq!(world.gradpass(&["retry"]).code, 0);
    assert!(service.visitor().press(&codes[0]).body.contains("There is nothing left to do"));
}

#[test]
fn two_that_were_finished_are_told_once() {
    let (world, seek, codes) = invited(1);
    let service = world.serve();
    service.visitor().arrive(&codes[0]);
    world.import(CORRECTED);
    service.visitor().arrive(&codes[0]);
    for id in seek.seek.ids() {
        assert!(seek.seek.verify(&id));
    }
    let ran = world.gradpass(&["--json", "follow-up"]);
    assert_eq!((ran.code, &ran.json()["follow_up"]["verified"]), (1, &1.into()), "{}", ran.stderr);
    assert_eq!(world.gradpass(&["follow-up"]).code, 1, "the name in SEEK Pass is not the roster's");
    assert_eq!(seek.seek.calls(Endpoint::Statuses), 2, "the correction asked once, and then one follow-up");
}
