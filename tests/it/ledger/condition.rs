//! What is wrong with the file is told in a sentence, with 2, and nothing of it is changed.

use std::fs;

use sqlx::Connection;
use sqlx::sqlite::SqliteConnection;

use crate::world::{Ran, World, process, roster};

/// Every command that opens the ledger.
const COMMANDS: [&[&str]; 28] = [
    &["run", "roster.csv"],
    &["run", "--dry-run", "roster.csv"],
    &["import", "roster.csv"],
    &["send"],
    &["send", "--dry-run"],
    &["follow-up"],
    &["bounces", "roster.csv"],
    &["preview", "--mail-to", "officer@northfield.example"],
    &["retry"],
    &["retry", "s0001"],
    &["approve", "00000000-00000000-00000000-00000000"],
    &["serve"],
    &["status"],
    &["report", "--html", "report.html"],
    &["list", "held"],
    &["batches"],
    &["show", "s0001"],
    &["hold", "s0001", "--why", "test"],
    &["release", "s0001"],
    &["unlock", "s0001"],
    &["correct", "s0001", "language=en", "--why", "test"],
    &["audit"],
    &["reissue", "s0001"],
    &["revoke", "s0001"],
    &["purge"],
    &["purge", "--dry-run"],
    &["check"],
    &["move", "--to", "postgres://gradpass@localhost/gradpass?host=/nowhere"],
];

fn invited() -> World {
    let world = World::new();
    // that nothing listens there is not what any of them complains of
    world.seek_pass_at("http://127.0.0.1:9", "question = \"student_id\"", "");
    world.write("roster.csv", roster(1..=40).as_bytes());
    assert_eq!(world.gradpass(&["import", "roster.csv"]).code, 0);
    assert_eq!(world.gradpass(&["send"]).code, 0);
    world
}

/// `check` says it on stdout, among what is well.
fn says(ran: &Ran, words: &str) -> bool {
    ran.stderr.contains(words) || ran.stdout.contains(words)
}

#[test]
fn one_of_a_newer_gradpass_is_left_alone() {
    let world = invited();
    world.change(
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
         VALUES (9999, 'of next year', 1, x'00', 0)",
    );
    let before = fs::read(world.ledger()).unwrap();
    for command in COMMANDS {
        let ran = world.gradpass(command);
        assert!(ran.code == 2 && says(&ran, "newer gradpass"), "{command:?}: {ran:?}");
    }
    assert!(fs::read(world.ledger()).unwrap() == before);
}

#[test]
fn what_is_no_ledger_is_left_alone() {
    let world = invited();
    let other = "CREATE TABLE somebody_elses (row TEXT)";
    fs::remove_file(world.ledger()).unwrap();
    world.change(other);
    let others = fs::read(world.ledger()).unwrap();
    for bytes in [b"student_id,full_name\n".repeat(400), others] {
        fs::write(world.ledger(), &bytes).unwrap();
        for command in COMMANDS {
            let ran = world.gradpass(command);
            assert!(ran.code == 2 && says(&ran, "not a gradpass ledger"), "{command:?}: {ran:?}");
        }
        assert!(fs::read(world.ledger()).unwrap() == bytes);
    }
}

/// Every page in turn is overwritten, and cut off: it may go unnoticed by who does not look at that page, but nobody
/// falls over it, and `check` finds it.
#[test]
fn damage_is_told() {
    let world = invited();
    // no page is free
    world.change("VACUUM");
    let sound = fs::read(world.ledger()).unwrap();
    let size = usize::from(u16::from_be_bytes([sound[16], sound[17]]));
    let damaged = (0..sound.len() / size).flat_map(|page| {
        let mut overwritten = sound.clone();
        overwritten[page * size..(page + 1) * size].fill(0xa5);
        [overwritten, sound[..page * size].to_vec()]
    });
    let mut told = 0;
    for (case, bytes) in damaged.enumerate().filter(|(_, bytes)| !bytes.is_empty()) {
        for command in [&["run", "roster.csv"][..], &["status"], &["show", "s0001"], &["check"]] {
            for companion in ["gradpass.db-wal", "gradpass.db-shm"] {
                let _ = fs::remove_file(world.path(companion));
            }
            fs::write(world.ledger(), &bytes).unwrap();
            let ran = world.gradpass(command);
            let is_told = says(&ran, "damaged") || says(&ran, "backup");
            assert!(ran.code == 0 || ran.code == 2 && is_told, "{case}, {command:?}: {ran:?}");
            assert!(command != ["check"] || ran.code == 2, "{case} is not found: {ran:?}");
            told += usize::from(ran.code == 2);
        }
    }
    assert!(told > 100, "{told}");
}

/// Written by another program, and sound as far as `SQLite` can tell.
#[test]
fn a_number_that_is_no_time_is_told() {
    let world = invited();
    for (change, command) in [
        ("UPDATE batch SET started_at = 9223372036854775807", &["batches"][..]),
        ("UPDATE invitation SET created_at = -9223372036854775807", &["show", "s0001"]),
        ("UPDATE message SET state = 'waiting', due_at = 9223372036854775807", &["send"]),
    ] {
        world.change(change);
        let ran = world.gradpass(command);
        assert!(ran.code == 2 && ran.stderr.contains("is no time"), "{command:?}: {ran:?}");
        assert!(ran.stderr.contains("restore the ledger from your backup"), "{ran:?}");
    }
}

/// Who only looks changes no table.
#[test]
fn one_of_an_older_gradpass_is_not_read() {
    let world = invited();
    world.change("DELETE FROM _sqlx_migrations");
    for command in [&["status"][..], &["show", "s0001"], &["list", "held"], &["audit"]] {
        let ran = world.gradpass(command);
        assert!(ran.code == 2 && ran.stderr.contains("older gradpass"), "{command:?}: {ran:?}");
    }
}

/// A service and the first imports begin at the same moment: each finds the tables whole.
#[test]
fn the_tables_are_made_once() {
    for _ in 0..16 {
        let world = World::new();
        let open = || {
            let path = world.ledger();
            std::thread::spawn(move || {
                process(async { gradpass::store::Store::open(&path.into()).await.map(|_| ()) })
            })
        };
        let opened: Vec<_> = [(); 6].map(|()| open()).into_iter().map(|it| it.join().unwrap()).collect();
        assert!(opened.iter().all(Result::is_ok), "{opened:?}");
    }
}

/// Whoever made the file has not come to its tables yet.
#[test]
fn one_without_tables_is_none_yet() {
    let world = World::new();
    fs::write(world.ledger(), b"").unwrap();
    let ran = world.gradpass(&["status"]);
    assert!(ran.code == 2 && ran.stderr.contains("there is no ledger"), "{ran:?}");
}

/// Nothing is imported under a key that is not the ledger's, nor while the hold file cannot be read.
#[test]
fn what_would_stop_the_mails_stops_the_import_before() {
    let world = invited();
    world.write("more.csv", roster(1..=41).as_bytes());
    let config = fs::read_to_string(world.path("gradpass.toml")).unwrap();
    world.write_private("gradpass.toml", &format!("{config}[roster]\nhold_file = \"hold.csv\"\n"));
    for command in [&["run", "more.csv"][..], &["import", "more.csv"], &["run", "--dry-run", "more.csv"]] {
        let ran = world.gradpass(command);
        assert!(ran.code == 2 && ran.stderr.contains("hold.csv"), "{command:?}: {ran:?}");
    }
    world.write_private("gradpass.toml", &config);
    world.write_private("code.key", &"0".repeat(64));
    for command in [&["run", "more.csv"][..], &["import", "more.csv"]] {
        let ran = world.gradpass(command);
        assert!(ran.code == 2 && ran.stderr.contains("not the one"), "{command:?}: {ran:?}");
    }
    assert_eq!(world.count("SELECT count(*) FROM graduate"), 40);
}

/// A service that starts beside a long import does not wait for its lock.
#[test]
fn one_that_is_up_to_date_is_opened_while_somebody_writes() {
    let world = invited();
    process(async {
        let mut writing =
            SqliteConnection::connect(&format!("sqlite:{}", world.ledger().display())).await.unwrap();
        sqlx::query("BEGIN IMMEDIATE").execute(&mut writing).await.unwrap();
        // else it waits for half a minute, and gives up
        let opened = gradpass::store::Store::open(&world.ledger().into()).await;
        assert!(opened.is_ok(), "{opened:?}");
    });
}
