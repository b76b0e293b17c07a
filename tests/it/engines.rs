//! The same on both engines: what is done to a ledger on a server comes to what it comes to in a file, mail by mail and line by line.

use std::fs;
use std::time::Duration;

use gradpass::app;
use gradpass::sandbox::seek::healthy;
use gradpass::store::ReportFigures;

use crate::moving::{elsewhere, world};
use crate::scenario::{Place, promises};
use crate::walk::choices::Walk;
use crate::world::cluster::cluster;
use crate::world::{World, of_each_engine, process, roster, subject};

/// Whatever only looks at a ledger.
const LOOKS: [&[&str]; 24] = [
    &["status"],
    &["status", "--json"],
    &["status", "--batch", "1"],
    &["batches"],
    &["show", "s0001"],
    &["show", "s0002"],
    &["show", "s0003", "--json"],
    &["show", "s0004"],
    &["show", "s0005"],
    &["show", "s0006"],
    &["show", "Ostergard"],
    &["show", "g2@mailbox.example"],
    &["show", "S-0001"],
    &["list", "held"],
    &["list", "submitted"],
    &["list", "sent"],
    &["list", "waiting"],
    &["list", "revoked"],
    &["list", "not-redeemed", "--batch", "1"],
    &["list", "expiring"],
    &["list", "needs-a-person"],
    &["list", "verified"],
    &["list", "withdrawn"],
    &["check"],
];

#[test]
fn whatever_is_asked_of_a_server_is_answered_as_by_a_file() {
    let Some(cluster) = cluster() else { return };
    let world = world();
    let file = LOOKS.map(|look| world.gradpass(look));
    let audit = world.gradpass(&["audit"]).stdout;
    let address = cluster.database();
    let there = world.gradpass(&["move", "--to", &address]);
    assert_eq!(there.code, 0, "{there:?}");
    let server = |look: &[&str]| elsewhere(&world, "GRADPASS_DATABASE_URL", &address, look);
    for (look, file) in LOOKS.iter().zip(&file) {
        let server = server(look);
        // a file has no standby
        let (standby, other): (Vec<_>, Vec<_>) = server
            .stdout
            .split_inclusive('\n')
            .partition(|line| line.contains("standby        none: if the server's disk"));
        assert_eq!(standby.len(), usize::from(*look == ["check"]), "{server:?}");
        let place = |text: &str| text.replace(&address, "gradpass.db");
        assert_eq!(
            (server.code, place(&other.concat()), place(&server.stderr)),
            (file.code, file.stdout.clone(), file.stderr.clone()),
            "{look:?}"
        );
    }
    // the move itself is an act of somebody, and the last
    assert!(server(&["audit"]).stdout.starts_with(audit.trim_end()));
}

/// What came of everything that this does, in words.
fn a_term(world: &World) -> Vec<String> {
    let mut told = Vec::new();
    let seek = world.seek_pass(healthy());
    let codes = world.invite(&roster(1..=8).replace("Graduate 3", "Zoë Østergård"));
    let links = world.redeem_all(&codes[..3]);
    told.push(format!("{} links", links.len()));
    let ids = seek.seek.ids();
    assert!(seek.seek.verify(&ids[0]) && seek.seek.cancel(&ids[1]));
    told.push(format!("{:?}", process(app::follow_up(&world.app())).unwrap()));
    // each engine waits for the pace in its own way
    world.clock.set(World::clock().now() + Duration::from_hours(1));
    // new, changed, moved and withdrawn
    let second = roster([1, 2, 3, 4, 5, 6, 9, 10]).replace("g4@mailbox", "g4@post").replace(
        "Graduate 5,g5@mailbox.example,Bachelor of Arts",
        "Graduate 5,g5@mailbox.example,Bachelor of Law",
    );
    told.push(format!("{:?}", world.import(&second)));
    told.push(format!("{:?}", world.send().sent));
    for command in [
        &["reissue", "s0006"][..],
        &["hold", "s0009", "--why", "a test"],
        &["correct", "s0010", "full_name=Zoë Ten", "--why", "a test"],
        &["release", "s0009"],
        &["revoke", "s0001"],
        &["retry"],
    ] {
        let ran = world.gradpass(command);
        told.push(format!("{command:?} {} {}", ran.code, ran.stdout));
    }
    told.push(format!("{:?}", world.states()));
    told.push(format!("{:?}", world.needs_a_person()));
    let mails = world.relay.messages();
    told.extend(mails.iter().map(|mail| format!("{} {}", mail.recipient[0], subject(mail))));
    // the program has a clock of its own
    let moments = Vec::new();
    let figures = world.look(async |store| store.report_figures().await.unwrap());
    told.push(format!("{:?}", ReportFigures { moments, ..figures }));
    told
}

#[test]
fn a_term_comes_to_the_same() {
    let told: Vec<_> = of_each_engine(World::new).map(|world| a_term(&world)).collect();
    for other in &told[1..] {
        assert_eq!(&told[0], other);
    }
}

/// A roster with everything that keeps a row from going straight into an empty ledger, and rows that do.
const FIRST: &str = "student_id,full_name,email,course_name,conferral_year,hold
s1,Mira One,g1@mailbox.example,Bachelor of Arts,2026,
s1,Mira One,g1@mailbox.example,Bachelor of Law,2026,
s2,Mira Two,g2@mailbox.example,Bachelor of Arts,2026,
s2,Mira Two,g2@mailbox.example,Bachelor of Arts,2026,
s3,Mira Three,g3@mailbox.example,Bachelor of Arts,2026,
s3,Mara Three,g33@mailbox.example,Bachelor of Law,2026,
s4,Mira Four,no address,Bachelor of Arts,2026,
s5,Mira Five,g5@mailbox.example,Bachelor of Arts,2026,a fee is not paid
s6,Mira Six,g6@mailbox.example,Bachelor of Arts,2026,
s7,Mira Seven,g6@mailbox.example,Bachelor of Arts,2026,
s8,Mira\\Eight,g8@mailbox.example,Bachelor of Arts,2026,
0009,Mira Nine,g9@mailbox.example,Bachelor of Arts,2026,
9,Mira Ninth,g99@mailbox.example,Bachelor of Arts,2026,
s10,Mira Ten,g10@mailbox.example,Bachelor of Arts,2026,
";

/// Without the words that have six digits.
fn without_times(text: &str) -> String {
    let is_short = |word: &&str| word.chars().filter(char::is_ascii_digit).count() < 6;
    text.split_inclusive([' ', '\n']).filter(is_short).collect()
}

#[test]
fn a_first_import_comes_to_the_same() {
    let told = of_each_engine(World::new).map(|world| {
        // others join, whose numbers go on behind the first
        let second = FIRST.replace("g10@mailbox", "g10@post")
            + "s11,Mira Eleven,g11@mailbox.example,Bachelor of Arts,2026,\n";
        let looks: [&[&str]; 4] =
            [&["list", "waiting"], &["list", "held"], &["show", "s1"], &["show", "s11"]];
        let look = || looks.map(|look| world.gradpass(look).stdout).concat();
        let import = |roster: &str| {
            world.write("roster.csv", roster.as_bytes());
            let ran = world.gradpass(&["import", "roster.csv"]);
            assert_eq!(ran.code, 1, "{ran:?}");
            ran.stdout + &ran.stderr
        };
        [import(FIRST), look(), import(FIRST), import(&second), look()].map(|text| without_times(&text))
    });
    let told: Vec<_> = told.collect();
    assert!(told[0][0].contains("14 rows: 9 new"), "{}", told[0][0]);
    for other in &told[1..] {
        assert_eq!(&told[0], other);
    }
}

#[test]
fn a_dry_run_writes_nothing_on_a_server_and_the_run_keeps_its_word() {
    let Some(world) = World::new().on_server() else { return };
    world.write("first.csv", roster(1..=3).as_bytes());
    assert_eq!(world.gradpass(&["run", "first.csv"]).code, 0);
    world.write("second.csv", roster(1..=5).as_bytes());
    let count = || world.count("SELECT (SELECT count(*) FROM graduate) + (SELECT count(*) FROM message)");
    let before = count();
    let dry = world.gradpass(&["run", "--dry-run", "--preview", "preview", "second.csv"]);
    assert_eq!((dry.code, count(), world.relay.messages().len()), (0, before, 3), "{dry:?}");
    let mails = fs::read_dir(world.path("preview")).unwrap().flatten();
    let mails = mails.filter(|file| file.path().extension().is_some_and(|kind| kind == "eml"));
    assert_eq!(mails.count(), 2);
    let run = world.gradpass(&["run", "second.csv"]);
    assert!(run.stderr.contains("note: standby: none: if the server's disk is lost"), "{run:?}");
    assert_eq!((run.code, world.relay.messages().len()), (0, 5), "{run:?}");
}

#[test]
fn one_run_works_at_a_time_on_a_server() {
    let Some(world) = World::new().on_server() else { return };
    world.invite(&roster(1..=2));
    process(async {
        let held = world.app().open_ledger("send").await.unwrap();
        let second = world.app().open_ledger("send").await.map(|_| ()).unwrap_err();
        assert!(
            second.to_string().starts_with("another run is at work (gradpass send, process "),
            "{second}"
        );
        drop(held);
    });
    process(async { world.app().open_ledger("send").await.map(|_| ()).unwrap() });
}

#[test]
fn every_promise_holds_on_a_walk_over_a_server() {
    if cluster().is_none() {
        return;
    }
    let mut walk = Walk::new(Place::Server, 3);
    for _ in 0..24 {
        walk.step();
    }
    promises::fulfilled(&mut walk.scenario);
}
