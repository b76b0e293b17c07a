//! Rows that no import could have written, but somebody's hand: they are mailed to nobody and stop nobody else.

use std::time::Duration;

use gradpass::sandbox::seek::{Endpoint, Fault, script};

use crate::roster::desk::{Desk, line, roster_of};
use crate::world::{World, roster};

#[test]
fn a_row_that_was_spoilt_in_the_ledger_is_passed_over() {
    let desk = Desk::new();
    desk.configure("");
    let lines: Vec<_> = (1..=6).map(line).collect();
    desk.import(roster_of(lines.iter().map(String::as_str)));
    for spoil in [
        "UPDATE graduate SET full_name = 'Ada' || char(13, 10) || 'Bcc: victim@evil.example' WHERE id = 1 RETURNING ''",
        "UPDATE graduate SET full_name = 'Ada' || char(0) || '\"]' WHERE id = 2 RETURNING ''",
        "UPDATE graduate SET email = 'a@b.example,c@d.example' WHERE id = 3 RETURNING ''",
        "UPDATE graduate SET language = '../en' WHERE id = 4 RETURNING ''",
        "UPDATE qualification SET withdrawn_at = 1 WHERE graduate_id = 5 RETURNING ''",
    ] {
        assert_eq!(desk.query(spoil), [""]);
    }
    desk.send();
    assert_eq!(desk.mailed(), ["s0000006@mailbox.example"]);
    assert_eq!(desk.query("SELECT group_concat(id) FROM message WHERE state = 'waiting'"), ["1,2,3,4,5"]);
}

/// Its number for when the graduate asked is no time.
#[test]
fn a_submission_that_was_spoilt_in_the_ledger_is_a_persons() {
    let world = World::new();
    let seek = world.seek_pass(script(|endpoint, count| match (endpoint, count) {
        (Endpoint::Add, 1) => Fault::Status(503, Some("1".into())),
        _ => Fault::None,
    }));
    let codes = world.invite(&roster(1..=2));
    let service = world.serve();
    service.visitor().press(&codes[0]).waiting_path();
    drop(service);
    world.change("UPDATE submission SET asked_at = -9223372036854775807");
    world.clock.advance(Duration::from_hours(1));
    let service = world.serve();
    service.visitor().arrive(&codes[1]);
    drop(service);
    assert_eq!(seek.seek.submissions(), 1);
    assert_eq!(world.count("SELECT count(*) FROM submission WHERE state = 'rejected' AND id = 1"), 1);
}
