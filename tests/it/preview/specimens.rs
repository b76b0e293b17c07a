//! Specimens go through the real relay to the officer, and nothing of the ledger changes.

use std::net::{Ipv4Addr, TcpListener};

use gradpass::sandbox::relay::{Act, Step, script};
use mail_parser::MessageParser;

use super::{files, index};
use crate::roster::desk::{Desk, line, roster_of};
use crate::world::World;

const OFFICER: &str = "officer@northfield.example";

/// Student ids are told by the names in the specimens; subjects too.
fn sent(desk: &Desk) -> Vec<(String, String)> {
    let told = |data: &[u8]| {
        let parsed = MessageParser::default().parse(data).unwrap();
        let text = parsed.body_text(0).unwrap().into_owned();
        let name = text.lines().find_map(|line| line.trim().strip_prefix("Hello ")).unwrap().to_owned();
        assert_eq!(parsed.to().unwrap().first().unwrap().address(), Some(OFFICER));
        (name.trim_end_matches(',').to_owned(), parsed.subject().unwrap().to_owned())
    };
    let messages = desk.relay.messages();
    assert!(messages.iter().all(|message| message.recipient == [OFFICER]));
    messages.iter().map(|message| told(&message.data)).collect()
}

#[test]
fn the_oddest_that_are_due_are_sent_to_the_officer_and_nothing_is_written() {
    let desk = Desk::new();
    let mut lines: Vec<_> =
        (1..=5).map(|number| line(number).replace("2026,,,", "2026,History,H1,")).collect();
    lines[3] = lines[3].replace("Ada Number 4", "Seán O’Brien");
    desk.import(roster_of(lines.iter().map(String::as_str)));
    let before = desk.everything();
    let ran = desk.gradpass(&["--json", "preview", "--mail-to", OFFICER]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let specimens = sent(&desk);
    assert_eq!(specimens.len(), 3);
    assert_eq!(
        specimens[0],
        ("Seán O’Brien".into(), "[Specimen] Your SEEK Pass invitation from Northfield University".into())
    );
    assert_eq!(ran.json()["specimens"], serde_json::json!(["s0000004", "s0000001", "s0000002"]));
    assert_eq!(desk.everything(), before);
    // the graduates get theirs all the same
    assert_eq!(desk.send().sent, 5);
}

#[test]
fn one_who_was_mailed_can_be_shown_again_with_another_code_and_message_id() {
    let desk = Desk::new();
    desk.import(roster_of([line(1).as_str(), &line(2)]));
    desk.send();
    let before = desk.everything();
    // however the id is written
    assert_eq!(desk.gradpass(&["preview", "--mail-to", OFFICER, "S-0000002"]).code, 0);
    let messages = desk.relay.messages();
    let (real, specimen) = (&messages[1], &messages[2]);
    assert_eq!(
        (real.recipient.join(""), specimen.recipient.join("")),
        ("s0000002@mailbox.example".into(), OFFICER.into())
    );
    assert_ne!(crate::world::code(real), crate::world::code(specimen));
    let id = |data: &[u8]| MessageParser::default().parse(data).unwrap().message_id().unwrap().to_owned();
    assert_ne!(id(&real.data), id(&specimen.data));
    assert_eq!(desk.everything(), before);
    // without a name it is the latest, since nothing is due
    assert_eq!(desk.gradpass(&["preview", "--mail-to", OFFICER]).code, 0);
    assert_eq!(desk.relay.messages().len(), 5);
}

#[test]
fn nobody_is_shown_who_is_not_there_and_no_address_is_repeated() {
    let desk = Desk::new();
    assert_eq!(desk.gradpass(&["preview", "--mail-to", OFFICER]).code, 2);
    desk.import(roster_of([line(1).as_str()]));
    for arguments in
        [["preview", "--mail-to", OFFICER, "s0000009"], ["preview", "--mail-to", "nonsense", "s0000001"]]
    {
        let ran = desk.gradpass(&arguments);
        assert_eq!(ran.code, 2, "{}", ran.stderr);
        assert!(!ran.stderr.contains("nonsense"), "{}", ran.stderr);
    }
    assert!(desk.relay.messages().is_empty());
}

#[test]
fn a_relay_that_does_not_want_the_officer_is_told() {
    let desk = Desk::with_script(script(|moment| match moment.step {
        Step::Recipient => Act::Reply("550 5.1.1 unknown".into()),
        _ => Act::Accept,
    }));
    desk.import(roster_of([line(1).as_str()]));
    let ran = desk.gradpass(&["preview", "--mail-to", OFFICER]);
    assert_eq!(ran.code, 1);
    assert!(ran.stderr.contains("s0000001: the relay refused the specimen: 550"), "{}", ran.stderr);
}

#[test]
fn what_is_due_can_be_shown_without_a_roster() {
    let desk = Desk::new();
    desk.import(roster_of([line(1).as_str(), &line(2)]));
    desk.send();
    let lines = [line(1), line(2), line(3)];
    desk.import(roster_of(lines.iter().map(String::as_str)));
    let before = desk.everything();
    let ran = desk.gradpass(&["send", "--dry-run", "--preview", "preview"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(ran.stdout.lines().next(), Some("mail: 1 email would be sent now"));
    assert!(files(&desk).iter().any(|name| name == "0001-s0000003.eml"));
    assert!(index(&desk).contains("s0000003@mailbox.example"));
    assert_eq!(desk.everything(), before);
    assert_eq!(desk.relay.messages().len(), 2);
}

#[test]
fn a_relay_that_is_down_is_for_later() {
    let mut world = World::new();
    world.import(&roster_of([line(1).as_str()]));
    let nobody_listens = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap();
    world.relay_at(nobody_listens);
    let ran = world.gradpass(&["preview", "--mail-to", OFFICER]);
    assert_eq!(ran.code, 75, "{}", ran.stderr);
    assert!(ran.stderr.starts_with("error: "), "{}", ran.stderr);
}
