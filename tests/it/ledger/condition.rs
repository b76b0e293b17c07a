//! What is wrong with the file is told in a sentence, with 2, and nothing of it is changed.

use std::fs;

use sqlx::migrate::Migrator;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions, Connection};

use crate::world::{Ran, World, process, roster};

/// Every command that opens the ledger.
const COMMANDS: [&[&str]; 27] = [
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

/// A ledger of the first gradpass that had submissions, with somebody in every state.
#[test]
fn an_older_one_keeps_everything() {
    let world = World::new();
    let older = tempfile::tempdir().unwrap();
    for migration in ["0001_ledger.sql", "0002_submission.sql"] {
        let path = format!("{}/sql/migrations/{migration}", env!("CARGO_MANIFEST_DIR"));
        fs::copy(path, older.path().join(migration)).unwrap();
    }
    let options = SqliteConnectOptions::new().filename(world.ledger()).create_if_missing(true);
    process(async {
        let mut ledger: SqliteConnection = options.connect().await.unwrap();
        Migrator::new(older.path()).await.unwrap().run(&mut ledger).await.unwrap();
        sqlx::raw_sql(include_str!("of_0002.sql")).execute(&mut ledger).await.unwrap();
        ledger.close().await.unwrap();
    });
    let looked = world.gradpass(&["status"]);
    assert!(looked.code == 2 && looked.stderr.contains("older gradpass"), "{looked:?}");

    // one waits, one is mailed, one is refused, one in doubt, one put off; the roster is the same
    world.write("roster.csv", roster(1..=5).as_bytes());
    let ran = world.gradpass(&["run", "--json", "roster.csv"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    let told = ran.json();
    assert_eq!((&told["roster"]["unchanged"], &told["roster"]["new"]), (&5.into(), &0.into()), "{told}");
    let mail = serde_json::json!({ "sent": 2, "waiting": 0, "deferred": 0, "refused": 1, "in_doubt": 1, "bounced": 0 });
    assert_eq!(told["mail"], mail);
    let mut mailed: Vec<_> =
        world.relay.messages().into_iter().map(|mail| mail.recipient[0].clone()).collect();
    mailed.sort_unstable();
    assert_eq!(mailed, ["g1@mailbox.example", "g5@mailbox.example"]);
    let status = world.gradpass(&["status", "--json"]).json();
    assert_eq!(
        (&status["submissions"]["verified"], &status["submissions"]["incomplete"]),
        (&1.into(), &1.into())
    );
    assert_eq!((&status["invitations"]["verified"], &status["graduates"]), (&1.into(), &5.into()));
    assert_eq!(world.gradpass(&["check"]).code, 0);
    // new numbers go on after the old ones
    assert_eq!(world.gradpass(&["reissue", "s0003"]).code, 0);
    assert_eq!(world.count("SELECT max(id) FROM message"), 7);
}

/// A number is in the address of a waiting page: when a ledger gets new tables, those of purged rows are not given again.
#[test]
fn an_older_one_gives_no_number_twice() {
    let world = World::new();
    let older = tempfile::tempdir().unwrap();
    let migrations = format!("{}/sql/migrations", env!("CARGO_MANIFEST_DIR"));
    for migration in fs::read_dir(migrations).unwrap().map(|it| it.unwrap().path()) {
        let name = migration.file_name().unwrap();
        if name.to_str().unwrap() < "0007" {
            fs::copy(&migration, older.path().join(name)).unwrap();
        }
    }
    let options = SqliteConnectOptions::new().filename(world.ledger()).create_if_missing(true);
    process(async {
        let mut ledger: SqliteConnection = options.connect().await.unwrap();
        Migrator::new(older.path()).await.unwrap().run(&mut ledger).await.unwrap();
        let purged = "\
            PRAGMA foreign_keys = OFF;
            INSERT INTO submission (id, seek_pass_id, graduate_id, course_key, digest, state, asked_at, due_at)
            VALUES (41, 'northfield-1', 1, 'n:ba', x'00', 'verified', 0, 0);
            DELETE FROM submission;";
        sqlx::raw_sql(purged).execute(&mut ledger).await.unwrap();
        ledger.close().await.unwrap();
    });
    let seek = world.seek_pass(gradpass::sandbox::seek::healthy());
    let codes = world.invite(&roster(1..=1));
    world.serve().visitor().arrive(&codes[0]);
    assert_eq!((world.count("SELECT max(id) FROM submission"), seek.seek.submissions()), (42, 1));
}
