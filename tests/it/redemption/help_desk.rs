//! Reissue and revoke.

use reqwest::StatusCode;

use super::invited;
use crate::world::code;

#[test]
fn a_reissued_code_works_beside_the_old_one_and_a_revoked_one_never_again() {
    let (world, seek, codes) = invited(2);
    assert_eq!(world.gradpass(&["reissue", "s0001"]).code, 0);
    assert_eq!(world.gradpass(&["send"]).code, 0);
    let mails = world.relay.messages();
    assert_eq!(mails.len(), 3);
    let second = code(&mails[2]);
    let service = world.serve();
    let visitor = service.visitor();
    // the program mailed it by the system's clock, whichever that is
    world.clock.advance(std::time::Duration::from_secs(1));
    assert_eq!(visitor.arrive(&codes[0]), visitor.arrive(&second));

    assert_eq!(world.gradpass(&["revoke", "s0001"]).code, 0);
    for code in [&codes[0], &second] {
        assert_eq!(visitor.press(code).status, StatusCode::NOT_FOUND);
    }
    assert_eq!(world.gradpass(&["run"]).code, 0);
    assert_eq!(world.relay.messages().len(), 3, "nothing is mailed to who was revoked");
    visitor.arrive(&codes[1]);
    assert_eq!(seek.seek.submissions(), 2);

    assert_eq!(world.gradpass(&["reissue", "s0001"]).code, 0);
    assert_eq!(world.gradpass(&["run"]).code, 0);
    let third = code(&world.relay.messages()[3]);
    visitor.arrive(&third);
    assert_eq!(visitor.press(&codes[0]).status, StatusCode::NOT_FOUND);
    assert_eq!(world.gradpass(&["reissue", "s9999"]).code, 2);
    assert_eq!(world.gradpass(&["revoke", "../x"]).code, 2);
    assert_eq!(world.gradpass(&["revoke", "s0002"]).code, 0);
    let again = world.gradpass(&["revoke", "s0002"]);
    assert_eq!(again.code, 2);
    assert!(again.stderr.contains("no open invitation"), "{}", again.stderr);
}

#[test]
fn what_waits_is_not_sent_once_it_is_revoked() {
    use gradpass::sandbox::seek::{Endpoint, Fault, script};
    let world = crate::world::World::new();
    let seek = world.seek_pass(script(|endpoint, count| match (endpoint, count) {
        (Endpoint::Add, 1) => Fault::Status(503, Some("5".into())),
        _ => Fault::None,
    }));
    let codes = world.invite(&crate::world::roster(1..=1));
    let queue = world.queue(&codes);
    queue.drain();
    assert_eq!(world.gradpass(&["revoke", "s0001"]).code, 0);
    for _ in 0..20 {
        world.clock.advance(std::time::Duration::from_secs(1));
        queue.drain();
    }
    assert_eq!((seek.seek.calls(Endpoint::Add), seek.seek.submissions()), (1, 0));
    assert_eq!(world.count("SELECT count(*) FROM submission WHERE state = 'canceled'"), 1);
}

/// A mail that waits when everything is in SEEK Pass is not sent any more, and nothing is left over for it.
#[test]
fn who_is_verified_before_the_reissued_mail_needs_no_mail() {
    let (world, seek, codes) = super::invited(1);
    let service = world.serve();
    service.visitor().arrive(&codes[0]);
    assert_eq!(world.gradpass(&["reissue", "s0001"]).code, 0);
    assert!(seek.seek.verify(&seek.seek.ids()[0]));
    assert_eq!(world.gradpass(&["follow-up"]).code, 0);
    let ran = world.gradpass(&["run", "--json"]);
    assert_eq!((ran.code, &ran.json()["mail"]["waiting"]), (0, &0.into()), "{ran:?}");
    assert_eq!(world.relay.messages().len(), 1);
}

/// Nor one that the relay puts off while its invitation ends.
#[test]
fn what_is_put_off_after_its_invitation_has_ended_is_not_tried_again() {
    use gradpass::invitation::Outcome;
    use gradpass::store::{Answered, Turn};
    let world = crate::world::World::new();
    world.import(&crate::world::roster(1..=2));
    world.change("UPDATE message SET state = 'sending', attempts = 1");
    world.change("UPDATE invitation SET state = 'revoked' WHERE id = 1");
    crate::world::process(async {
        let writer = world.open().await.unwrap().writer().await.unwrap();
        for id in [1, 2] {
            let answered = Answered::new(id, 1, &Outcome::TryLater("451 later".into()), world.clock.now());
            writer.take(Turn { answered: Some(answered), ..Turn::default() }).await.unwrap();
        }
    });
    let states = world.states();
    assert_eq!((states.get("canceled"), states.get("deferred")), (Some(&1), Some(&1)), "{states:?}");
}

/// Nor one that was on its way when its run died.
#[test]
fn what_a_dead_run_had_in_hand_of_an_ended_invitation_is_nobodys_doubt() {
    let world = crate::world::World::new();
    world.import(&crate::world::roster(1..=2));
    world.change("UPDATE message SET state = 'sending', attempts = 1");
    world.change("UPDATE invitation SET state = 'verified' WHERE id = 1");
    assert_eq!(world.send().left.in_doubt, 1);
    let states = world.states();
    assert_eq!((states.get("canceled"), states.get("in_doubt")), (Some(&1), Some(&1)), "{states:?}");
}
