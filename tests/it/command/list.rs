//! `list` and `batches`: who stands how, by student id.

use gradpass::sandbox::relay::{Act, Step, script};

use crate::world::{Ran, World, roster};

/// The ids of a list.
fn ids(ran: &Ran) -> Vec<String> {
    assert_eq!(ran.code, 0, "{ran:?}");
    let listed = ran.json()["listed"].as_array().unwrap().clone();
    listed.iter().map(|one| one["student_id"].as_str().unwrap().to_owned()).collect()
}

fn list(world: &World, states: &[&str]) -> Vec<String> {
    ids(&world.gradpass(&[&["list", "--json"], states].concat()))
}

/// One who is held, one refused, one rejected, two mailed, and one who waits.
fn desk() -> World {
    let world = World::with(script(|moment| match moment.step {
        Step::Recipient if moment.argument.contains("g2@") => Act::Reply("550 5.1.1 unknown".into()),
        _ => Act::Accept,
    }));
    let text = roster(1..=5).replace("g4@mailbox.example", "none");
    world.write("roster.csv", text.as_bytes());
    world.gradpass(&["import", "roster.csv"]);
    world.gradpass(&["hold", "s0003", "--why", "=1+1"]);
    assert_eq!(world.gradpass(&["send"]).code, 1);
    world
}

#[test]
fn each_state_lists_who_is_in_it() {
    let world = desk();
    for (state, students) in [
        ("held", vec!["s0003"]),
        ("rejected", vec!["s0004"]),
        ("refused", vec!["s0002"]),
        ("waiting", vec!["s0003"]),
        ("sent", vec!["s0001", "s0005"]),
        ("not-redeemed", vec!["s0001", "s0005"]),
        ("needs-a-person", vec!["s0002", "s0004"]),
        ("in-doubt", vec![]),
        ("deferred", vec![]),
        ("verified", vec![]),
        ("expired", vec![]),
    ] {
        assert_eq!(list(&world, &[state]), students, "{state}");
    }
    assert_eq!(list(&world, &["held", "refused"]), ["s0003", "s0002"]);
    world.gradpass(&["revoke", "s0005"]);
    assert_eq!(
        (list(&world, &["revoked"]), list(&world, &["not-redeemed"])),
        (vec!["s0005".into()], vec!["s0001".into()])
    );
    let lines = world.gradpass(&["list", "needs-a-person"]).stdout;
    assert!(lines.contains("s0002  needs-a-person since") && lines.contains("550 5.1.1"), "{lines}");
    assert!(lines.contains("line 5 of roster.csv"), "{lines}");
    assert!(!lines.contains('@') && !lines.contains("Graduate"), "ids only: {lines}");
}

#[test]
fn a_list_of_one_batch_leaves_out_the_others() {
    let world = desk();
    world.write("roster.csv", roster(1..=6).as_bytes());
    world.gradpass(&["run", "roster.csv"]);
    assert_eq!(list(&world, &["sent"]), ["s0001", "s0004", "s0005", "s0006"]);
    assert_eq!(list(&world, &["sent", "--batch", "2"]), ["s0004", "s0006"]);

    // messages are listed as `status` counts them; of another one a change, a withdrawal, and a row that it could not take and that is known since the first
    let third = roster(1..=5).replace("Graduate 4", "Ada Four").replace("g5@mailbox.example", "none");
    world.write("roster.csv", third.as_bytes());
    world.gradpass(&["run", "roster.csv"]);
    assert!(list(&world, &["sent", "--batch", "3"]).is_empty());
    assert_eq!(list(&world, &["withdrawn", "--batch", "3"]), ["s0006"]);
    for state in ["rejected", "needs-a-person"] {
        assert_eq!(list(&world, &[state, "--batch", "3"]), ["s0005"], "{state}");
    }
    assert!(list(&world, &["rejected", "--batch", "1"]).is_empty());
    let is_told = |batch: &str| {
        let ran = world.gradpass(&["list", "rejected", "--batch", batch]);
        ran.stderr.contains("note: a rejected row is kept until a later import has it again")
    };
    assert_eq!(["1", "2", "3"].map(is_told), [true, true, false], "rows of before may be gone");
    assert_eq!(list(&world, &["sent", "--batch", "1"]), ["s0001", "s0005"]);
    for batch in ["1", "2", "3"] {
        let sent = list(&world, &["sent", "--batch", batch]).len();
        assert_eq!(
            world.gradpass(&["--json", "status", "--batch", batch]).json()["mail"]["sent"],
            sent,
            "{batch}"
        );
    }
    let at = world.gradpass(&["--json", "batches"]).json()["batches"][0]["at"].as_str().unwrap().to_owned();
    assert!(at.ends_with("+11:00") && at.parse::<jiff::Timestamp>().is_ok(), "{at}");
}

#[test]
fn a_list_for_a_spreadsheet_runs_no_formula() {
    let world = desk();
    assert_eq!(world.gradpass(&["list", "held", "rejected", "--csv", "who.csv"]).code, 0);
    let table = std::fs::read_to_string(world.path("who.csv")).unwrap();
    let lines: Vec<_> = table.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!((lines.len(), lines[0]), (3, "student_id,state,since,reason"));
    assert!(lines[1].starts_with("s0003,held,") && lines[1].ends_with(",'=1+1"), "{table}");
    // a second one is a file of its own
    assert_eq!(world.gradpass(&["list", "held", "--csv", "who.csv"]).code, 0);
    assert_eq!(std::fs::read_to_string(world.path("who.csv")).unwrap(), table);
}

#[test]
fn what_graduates_do_on_the_page_is_listed() {
    let (world, seek, codes) = crate::redemption::invited(3);
    let service = world.serve();
    service.visitor().arrive(&codes[0]);
    service.visitor().arrive(&codes[1]);
    drop(service);
    assert_eq!(list(&world, &["submitted"]), ["s0001", "s0002"]);
    assert_eq!(list(&world, &["not-redeemed"]), ["s0003"]);
    assert!(seek.seek.verify(&seek.seek.ids()[0]));
    world.gradpass(&["follow-up"]);
    assert_eq!(
        (list(&world, &["verified"]), list(&world, &["submitted"])),
        (vec!["s0001".into()], vec!["s0002".into()])
    );
    world.change("UPDATE submission SET state = 'lapsed', ended_at = 1 WHERE state = 'incomplete'");
    assert_eq!(list(&world, &["lapsed"]), ["s0002"]);
    world.change("UPDATE invitation SET opened_at = 1 WHERE id = 3");
    assert_eq!(list(&world, &["opened"]), ["s0003"]);
}

#[test]
fn codes_that_expire_are_listed_before_and_after() {
    let (world, _seek, _codes) = crate::redemption::invited(2);
    assert!(list(&world, &["expiring", "expired"]).is_empty());
    world.change("UPDATE code SET expires_at = 1 WHERE invitation_id = 1");
    // the program's clock is the system's: in thirteen days of that
    world.change("UPDATE code SET expires_at = (unixepoch() + 13 * 86400) * 1000 WHERE invitation_id = 2");
    assert_eq!(
        (list(&world, &["expired"]), list(&world, &["expiring"])),
        (vec!["s0001".into()], vec!["s0002".into()])
    );
    // with time zone, as the message says it
    assert!(world.gradpass(&["list", "expiring"]).stdout.contains(" (AEDT, UTC+11)"));
    let ran = world.gradpass(&["list", "expiring", "--csv", "-"]);
    assert!(ran.code == 2 && ran.stderr.contains("--csv wants the name of a file"), "{ran:?}");
    let ran = world.gradpass(&["retry", "d-999"]);
    assert!(ran.code == 2 && ran.stderr.contains("no roster has held student d-999"), "{ran:?}");
}

#[test]
fn batches_tell_every_import() {
    let world = desk();
    world.write("more.csv", roster(1..=6).as_bytes());
    world.gradpass(&["import", "more.csv"]);
    let ran = world.gradpass(&["batches"]);
    let lines: Vec<_> = ran.stdout.lines().collect();
    assert_eq!((ran.code, lines.len()), (0, 2), "{ran:?}");
    assert!(
        lines[0].starts_with("1  ") && lines[0].contains("roster.csv (read as UTF-8): 5 rows: 4 new"),
        "{ran:?}"
    );
    assert!(lines[1].starts_with("2  ") && lines[1].contains("more.csv"), "{ran:?}");
    assert_eq!(world.gradpass(&["batches", "--json"]).json()["batches"][1]["new"], 2);
}

/// Who only looks needs no secret, and changes nothing.
#[test]
fn lists_are_read_without_any_secret() {
    let world = desk();
    world.gradpass(&["release", "s0003"]);
    std::fs::remove_file(world.path("code.key")).unwrap();
    for command in [&["list", "sent"][..], &["batches"], &["audit"], &["status"], &["show", "s0001"]] {
        assert_eq!(world.gradpass(command).code, 0, "{command:?}");
    }
}

/// More than twenty are too many for a line.
#[test]
fn a_long_line_says_where_the_rest_is() {
    let world = World::new();
    world.write("roster.csv", roster(1..=22).replace("@mailbox", "@@mailbox").as_bytes());
    let ran = world.gradpass(&["import", "roster.csv"]);
    assert!(
        ran.stdout.contains("and 2 more") && ran.stdout.contains("gradpass list needs-a-person"),
        "{ran:?}"
    );
}

/// What leaves as a file is in the audit, with how much it was.
#[test]
fn an_export_is_written_down() {
    let world = World::new();
    world.import(&roster(1..=3));
    assert_eq!(world.gradpass(&["list", "waiting", "--csv", "waiting.csv"]).code, 0);
    assert_eq!(world.gradpass(&["report", "--html", "report.html", "--csv", "tables"]).code, 0);
    assert_eq!(world.gradpass(&["audit", "--csv", "audit.csv"]).code, 0);
    let audit = world.gradpass(&["audit"]).stdout;
    for what in ["list waiting, 3 lines", "report, 1 page, 9 tables", "audit, 3 lines"] {
        let line = audit.lines().find(|line| line.ends_with(&format!(": {what}")));
        assert!(line.is_some_and(|line| line.contains("export by ")), "{what}: {audit}");
    }
}
