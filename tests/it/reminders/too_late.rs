//! What happens after a reminder was made and before it is sent: asked once more when it is marked as being sent.

use std::fs;
use std::time::Duration;

use gradpass::clock::Clock;
use gradpass::graduate::StudentId;
use gradpass::invitation::key::CodeKey;
use gradpass::sandbox::seek::healthy;
use reqwest::Method;

use super::{AFTER, days_pass, deed, follow_up, invited, with_reminders};
use crate::bounces;
use crate::world::{World, process, roster, subject};

#[test]
fn whoever_presses_the_button_between_the_making_and_the_sending_gets_none() {
    let (world, _seek, codes) = invited(2, AFTER);
    days_pass(&world, 7);
    assert_eq!([world.remind(), world.remind()], [2, 0], "made once");
    let service = world.serve();
    service.visitor().arrive(&codes[0]);
    drop(service);
    let before = world.relay.messages().len();
    let sent = world.send();
    assert_eq!((sent.sent, sent.left.waiting), (1, 0), "and nothing is left over");
    assert_eq!(world.relay.messages()[before].recipient, ["g2@mailbox.example"]);
    assert_eq!(world.states()["canceled"], 1);
}

#[test]
fn nobody_is_reminded_to_whom_something_happened_meanwhile() {
    let (world, seek, codes) =
        invited(9, &format!("{AFTER}\n[bounces]\naddress = \"bounces@northfield.example\""));
    let invitations = world.relay.messages();
    days_pass(&world, 7);
    assert_eq!(world.remind(), 9);
    let token = CodeKey::read(&world.config().key_file).unwrap();
    let invitation = |number: usize| {
        let of = format!("s{number:04}");
        world.look(async |store| {
            store.timeline(&StudentId::parse(&of).unwrap()).await.unwrap().unwrap().invitations[0].id
        })
    };
    let service = world.serve();
    let visitor = service.visitor();
    visitor.arrive(&codes[0]);
    assert!(seek.seek.verify(&seek.seek.ids()[0]));
    visitor.get(&format!("/r/{}", codes[1]));
    visitor.press(&codes[1]);
    let path = format!("/opt-out/{}", token.opt_out_token(invitation(3)));
    assert_eq!(visitor.method(Method::POST, &path).status, 200);
    drop(service);
    assert_eq!(follow_up(&world).verified, 1);
    process(async {
        let writer = world.open().await.unwrap().writer().await.unwrap();
        writer.hold(deed("hold", "s0004", &world)).await.unwrap();
        writer.revoke(deed("revoke", "s0005", &world)).await.unwrap();
    });
    let notifications = [
        bounces::about(&invitations[5], "hard/exim-unknown"),
        bounces::about(&invitations[6], "complained/arf"),
    ];
    assert_eq!(bounces::read(&world, &notifications).bounced, 1);
    world.import(&roster([1, 2, 3, 4, 5, 6, 7, 9]));

    let before = world.relay.messages().len();
    let sent = world.send();
    let mails = world.relay.messages();
    let reminded: Vec<_> = mails[before..].iter().map(|mail| mail.recipient.concat()).collect();
    assert_eq!(reminded, ["g9@mailbox.example"]);
    assert_eq!((sent.reminders, sent.left.waiting), (1, 0));
    assert_eq!(world.states()["bounced"], 1, "as if no reminder had waited");
}

#[test]
fn nobody_is_reminded_of_a_code_that_is_over() {
    let (world, _seek, _) = invited(1, AFTER);
    days_pass(&world, 7);
    assert_eq!(world.remind(), 1);
    days_pass(&world, 90);
    let sent = world.send();
    assert_eq!((sent.sent, sent.left.waiting), (0, 0));
}

#[test]
fn a_new_address_is_invited_anew_though_a_reminder_waits() {
    let (world, _seek, _) = invited(1, AFTER);
    days_pass(&world, 7);
    assert_eq!(world.remind(), 1);
    world.import(&roster([1]).replace("g1@", "moved@"));
    let before = world.relay.messages().len();
    assert_eq!(world.send().sent, 1);
    assert_eq!(
        subject(&world.relay.messages()[before]),
        "Your SEEK Pass invitation from Northfield University"
    );
}

/// What the forgotten nights mailed, and what graduates did in them, a restored ledger does not know.
#[test]
fn a_restored_ledger_reminds_nobody_by_itself_whom_it_mailed_before() {
    let mut world = World::new();
    // the program runs by the system's clock
    world.clock = Clock::fixed(Clock::system().now() - Duration::from_hours(24 * 3));
    let _seek = world.seek_pass(healthy());
    with_reminders(&world, AFTER);
    world.invite(&roster(1..=2));
    world.write("roster.csv", roster(1..=3).as_bytes());
    world.look(async |store| store.copy_to(&world.path("backup.db")).await.unwrap());
    assert_eq!(world.gradpass(&["run", "roster.csv"]).code, 0);
    for suffix in ["", "-wal", "-shm"] {
        let _ = fs::remove_file(world.path(&format!("gradpass.db{suffix}")));
    }
    fs::copy(world.path("backup.db"), world.ledger()).unwrap();
    let ran = world.gradpass(&["run", "roster.csv"]);
    assert!(ran.code == 1 && ran.stderr.contains("restored from a backup"), "{ran:?}");

    days_pass(&world, 7);
    assert_eq!((world.remind(), world.send().sent), (2, 0));
    assert_eq!(world.states()["in_doubt"], 3, "both, and who was new in the forgotten night");
    assert_eq!(world.retry().1.reminders, 2, "by a person's word");
}
