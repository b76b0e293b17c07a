//! Who is purged and when, and what cannot run.

use std::fs;

use gradpass::sandbox::relay::{Act, Step, healthy, script};
use gradpass::sandbox::seek::{Endpoint, Fault};

use super::{counts, eventful, pass, purge, world_with};
use crate::world::{World, message_id, process, roster};

/// So many days after the mail, nobody goes; two days later, all do: a code works to the end of its last day.
#[track_caller]
fn goes_after(world: &World, days: i64, graduates: i64) {
    pass(world, days);
    assert_eq!(world.gradpass(&["purge", "--dry-run", "--json"]).json()["purged"], 0, "after {days} days");
    assert_eq!(purge(world), 0, "after {days} days");
    pass(world, 2);
    let counted = counts(world);
    assert_eq!(world.gradpass(&["purge", "--dry-run", "--json"]).json()["purged"], graduates);
    assert_eq!(purge(world), graduates, "after {} days", days + 2);
    assert_eq!(counts(world), counted);
}

#[test]
fn a_year_after_the_last_code_expired() {
    let world = world_with(healthy());
    world.invite(&roster(1..=2));
    goes_after(&world, 90 + 364, 2);
}

#[test]
fn a_year_after_the_end_of_an_invitation() {
    let world = world_with(healthy());
    world.invite(&roster(1..=2));
    pass(&world, 10);
    assert_eq!(world.gradpass(&["revoke", "s0001"]).code, 0);
    world.write("roster.csv", roster(1..=1).as_bytes());
    assert_eq!(world.gradpass(&["import", "roster.csv", "--allow-removals"]).code, 0);
    goes_after(&world, 364, 2);
}

#[test]
fn a_year_after_the_refusal() {
    let world = world_with(script(|moment| match moment.step {
        Step::Recipient => Act::Reply("550 5.1.1 unknown".into()),
        _ => Act::Accept,
    }));
    world.import(&roster(1..=2));
    world.send();
    goes_after(&world, 364, 2);
    assert_eq!(world.gradpass(&["run"]).code, 0, "nothing can be done about it any more");
    assert_eq!(world.gradpass(&["retry", "--json"]).json()["retried"]["messages"], 0);
    assert_eq!(world.gradpass(&["status", "--json"]).json()["mail"]["refused"], 2);
}

#[test]
fn a_year_after_all_is_verified_and_what_is_rejected_needs_nobody_then() {
    let (world, seek) = eventful();
    // verified and refused after a year, the codes of the others live on for ninety days
    goes_after(&world, 364, 2);
    goes_after(&world, 88, 2);
    let asked = seek.seek.calls(Endpoint::Statuses);
    assert_eq!(world.gradpass(&["run"]).code, 0);
    assert_eq!(world.gradpass(&["retry", "--json"]).json()["retried"]["submissions"], 0);
    assert_eq!(seek.seek.calls(Endpoint::Statuses), asked, "nothing is asked of SEEK Pass");
}

#[test]
fn a_year_after_it_was_taken_back() {
    let world = world_with(healthy());
    let seek = world.seek_pass(gradpass::sandbox::seek::healthy());
    let codes = world.invite(&roster(1..=2));
    let service = world.serve();
    for (code, status) in codes.iter().zip(["revoked", "unshared"]) {
        service.visitor().arrive(code);
        let ids = seek.seek.ids();
        assert!(seek.seek.say(ids.last().unwrap(), status));
    }
    drop(service);
    assert_eq!(world.gradpass(&["follow-up"]).code, 0);
    // the codes work again, and live on for ninety days
    goes_after(&world, 90 + 364, 2);
    let states = world.gradpass(&["status", "--json"]).json()["submissions"].clone();
    assert_eq!((&states["revoked"], &states["unshared"]), (&1.into(), &1.into()));
}

#[test]
fn the_configuration_says_how_long() {
    let world = world_with(healthy());
    let sound = fs::read_to_string(world.path("gradpass.toml")).unwrap();
    let keep = |days: &str| {
        let line = format!("path = \"gradpass.db\"\nretention_days = {days}");
        world.write("gradpass.toml", sound.replace("path = \"gradpass.db\"", &line).as_bytes());
    };
    keep("7");
    world.invite(&roster(1..=1));
    goes_after(&world, 90 + 6, 1);
    keep("0");
    let ran = world.gradpass(&["purge"]);
    assert!(ran.code == 2 && ran.stderr.contains("database.retention_days"), "{ran:?}");
}

#[test]
fn whatever_is_under_way_stays_however_old() {
    let world = world_with(script(|moment| match (moment.step, moment.argument) {
        (Step::Recipient, "g2@mailbox.example") => Act::Reply("451 4.2.1 greylisted".into()),
        _ => Act::Accept,
    }));
    let seek = world.seek_pass(gradpass::sandbox::seek::script(|endpoint, count| match (endpoint, count) {
        (Endpoint::Add, 2) => Fault::Status(503, None),
        _ => Fault::None,
    }));
    // one deferred, one who is still to finish at SEEK Pass, one in the queue
    world.import(&roster(1..=4));
    world.send();
    let codes: Vec<_> = world.relay.messages().iter().map(|mail| crate::world::code(mail)).collect();
    let queue = world.queue(&[codes[0].clone(), codes[1].clone()]);
    queue.drain();
    drop(queue);
    assert_eq!(seek.seek.submissions(), 1);
    // and one not mailed yet
    world.import(&roster(1..=5));
    pass(&world, 5000);
    assert_eq!(purge(&world), 1, "only the one whose code has expired");
    assert!(world.gradpass(&["show", "s0004"]).code == 2);
    for student in ["s0001", "s0002", "s0003", "s0005"] {
        assert_eq!(world.gradpass(&["show", student]).code, 0, "{student}");
    }
}

#[test]
fn nothing_is_known_any_more() {
    let world = world_with(healthy());
    let codes = world.invite(&roster(1..=1));
    pass(&world, 1000);
    let ran = world.gradpass(&["purge"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    assert!(ran.stdout.starts_with("purge: the data of 1 graduate are removed"), "{ran:?}");
    let ran = world.gradpass(&["show", "s0001"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    assert!(ran.stderr.contains("nothing is known of student s0001 any more"), "{ran:?}");
    assert!(world.gradpass(&["revoke", "s0001"]).stderr.contains("removed by `gradpass purge`"));
    let ran = world.gradpass(&["show", "s0002"]);
    assert!(ran.stderr.contains("no roster has held"), "{ran:?}");
    drop(codes);
}

#[test]
fn no_row_of_a_purged_graduate_is_left() {
    let (world, _seek) = eventful();
    world.change("INSERT INTO wrong_answer SELECT id, 0, NULL FROM invitation");
    world.change("INSERT INTO bounce SELECT id, 'hard', 0, '', '', 0 FROM message");
    world.change("INSERT INTO change SELECT id, NULL, 0, 'name' FROM graduate");
    world.change("INSERT INTO submission_past SELECT id, 'canceled', 0 FROM submission");
    pass(&world, 1000);
    assert_eq!(purge(&world), 4);
    let kept = [
        "_sqlx_migrations",
        // what was done by hand; to whom stands in a table of its own
        "audit",
        "batch",
        "code_key",
        "mail_day",
        "purged_award",
        "purged_count",
        "purged_reach",
        "restoration",
        "sending",
        "sqlite_sequence",
    ];
    let others = format!(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT IN ('{}')",
        kept.join("','")
    );
    assert_eq!(super::texts(&world, &others).len(), 16);
    for table in super::texts(&world, &others) {
        assert_eq!(
            super::texts(&world, &format!("SELECT 'a row' FROM {table}")),
            Vec::<String>::new(),
            "{table}"
        );
    }
}

#[test]
fn it_waits_for_other_runs_and_needs_ledger_and_key() {
    let world = world_with(healthy());
    let ran = world.gradpass(&["purge"]);
    assert!(ran.code == 2 && ran.stderr.contains("there is no ledger"), "{ran:?}");
    assert!(!world.ledger().exists());
    world.invite(&roster(1..=2));
    pass(&world, 1000);
    let lock =
        process(gradpass::store::RunLock::take(&world.ledger().into(), "test", world.clock.now())).unwrap();
    assert_eq!(world.gradpass(&["purge"]).code, 75);
    drop(lock);
    world.write_private("code.key", &format!("{}\n", "08".repeat(32)));
    let ran = world.gradpass(&["purge"]);
    assert!(ran.code == 2 && ran.stderr.contains("key"), "{ran:?}");
    assert_eq!(world.gradpass(&["purge", "--dry-run"]).code, 2);
    world.write_private("code.key", &format!("{}\n", "07".repeat(32)));
    assert_eq!(purge(&world), 2);
}

/// The number of a submission is in the address of a waiting page, that of a message in its Message-ID: who kept an old
/// one must not meet somebody else there.
#[test]
fn no_number_is_given_twice() {
    let (world, seek) = eventful();
    let old: Vec<_> = world.relay.messages().iter().map(|mail| message_id(mail)).collect();
    let highest = world.count("SELECT max(id) FROM submission");
    pass(&world, 1000);
    assert_eq!(purge(&world), 4);
    let codes = world.invite(&roster(1..=3));
    let new: Vec<_> = world.relay.messages()[old.len()..].iter().map(|mail| message_id(mail)).collect();
    assert_eq!(new.len(), 3);
    assert!(new.iter().all(|id| !old.contains(id)), "{old:?} {new:?}");
    world.serve().visitor().arrive(&codes[0]);
    assert!(world.count("SELECT min(id) FROM submission") > highest);
    assert_eq!(seek.seek.submissions(), 4);
}
