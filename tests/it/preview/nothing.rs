//! A dry run writes no row and speaks to no relay.

use std::collections::BTreeMap;

use crate::roster::desk::{Desk, line, roster_of, sample};

/// Every file of the desk's folder with its content; an empty log of the ledger is none.
fn snapshot(desk: &Desk) -> BTreeMap<String, Vec<u8>> {
    std::fs::read_dir(desk.folder.path())
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.file_type().unwrap().is_file())
        .map(|entry| (entry.file_name().into_string().unwrap(), std::fs::read(entry.path()).unwrap()))
        // -shm is an index over the log and holds nothing of its own
        .filter(|(name, content)| !(name.ends_with("-shm") || name.ends_with("-wal") && content.is_empty()))
        .collect()
}

#[test]
fn no_ledger_comes_into_being() {
    let desk = Desk::new();
    std::fs::copy(sample("graduates.csv"), desk.path("graduates.csv")).unwrap();
    let before = snapshot(&desk);
    for arguments in [
        ["run", "--dry-run", "graduates.csv"].as_slice(),
        &["run", "--dry-run", "--preview", "preview", "graduates.csv"],
        &["run", "--dry-run", "missing.csv"],
        &["run", "--dry-run"],
    ] {
        desk.gradpass(arguments);
        assert!(snapshot(&desk) == before, "{arguments:?}");
    }
    assert_eq!(desk.relay.connections(), 0);
}

#[test]
fn not_a_byte_of_the_ledger_changes() {
    let desk = Desk::new();
    desk.write("first.csv", roster_of([line(1).as_str(), &line(2), &line(3)]));
    assert_eq!(desk.gradpass(&["run", "first.csv"]).code, 0);
    let connections = desk.relay.connections();
    let moved = line(2).replace("@mailbox", "@post");
    desk.write("second.csv", roster_of([line(1).as_str(), &moved, &line(4)]));
    let before = snapshot(&desk);
    let ran = desk.gradpass(&["--json", "run", "--dry-run", "--preview", "preview", "second.csv"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let told = ran.json();
    assert_eq!(
        told["roster"].to_string(),
        r#"{"changed":1,"new":1,"rejected":0,"rows":3,"unchanged":1,"withdrawn":1}"#
    );
    assert_eq!(told["mail"]["waiting"], 2);
    assert!(snapshot(&desk) == before);
    assert_eq!(desk.relay.connections(), connections);
    // the real run then finds everything as the dry run did
    let ran = desk.gradpass(&["--json", "run", "second.csv"]);
    assert_eq!(ran.json()["roster"], told["roster"]);
    assert_eq!(ran.json()["mail"]["sent"], 2);
}

#[test]
fn a_log_that_was_never_put_into_the_ledger_stays_as_it_is() {
    let desk = Desk::new();
    desk.import(roster_of([line(1).as_str(), &line(2)]));
    // what a run that was killed leaves: a ledger with its log beside it
    let killed = Desk::new();
    let writer = desk.change_in_the_log(
        "UPDATE qualification SET course_name = 'Arts', fingerprint = 0 WHERE graduate_id = 1",
    );
    for end in ["", "-wal"] {
        std::fs::copy(desk.path(&format!("gradpass.db{end}")), killed.path(&format!("gradpass.db{end}")))
            .unwrap();
    }
    drop(writer);
    killed.write("third.csv", roster_of([line(1).as_str(), &line(2), &line(3)]));
    let before = snapshot(&killed);
    assert!(before.contains_key("gradpass.db-wal"), "there is no log to look at");
    let ran = killed.gradpass(&["--json", "run", "--dry-run", "third.csv"]);
    assert_eq!(ran.json()["roster"]["changed"], 1, "{}", ran.stderr);
    assert!(snapshot(&killed) == before);
}

#[test]
fn no_copy_of_the_ledger_is_left_behind() {
    let desk = Desk::new();
    desk.write("roster.csv", roster_of([line(1).as_str()]));
    desk.write("broken.csv", "x");
    std::fs::create_dir(desk.path("temporary")).unwrap();
    for (roster, code) in [("roster.csv", 0), ("broken.csv", 2)] {
        let mut command = desk.command(&["run", "--dry-run", roster]);
        let ran = crate::world::Ran::of(command.env("TMPDIR", desk.path("temporary")));
        assert_eq!(ran.code, code, "{}", ran.stderr);
        assert_eq!(std::fs::read_dir(desk.path("temporary")).unwrap().count(), 0);
    }
}
