//! `hold`, `release` and `audit`: who is not mailed because somebody said so, and who said it.

use crate::world::{World, roster};

/// Three graduates in the ledger, and nobody mailed yet.
fn desk() -> World {
    let world = World::new();
    world.write("roster.csv", roster(1..=3).as_bytes());
    assert_eq!(world.gradpass(&["import", "roster.csv"]).code, 0);
    world
}

fn sent(world: &World) -> usize {
    world.gradpass(&["send"]);
    world.relay.messages().len()
}

#[test]
fn nobody_mails_who_is_held_until_somebody_releases() {
    let world = desk();
    let ran = world.gradpass(&["hold", "S-0002", "--why", "asked to wait"]);
    assert_eq!((ran.code, ran.stdout.contains("s0002")), (0, true), "{ran:?}");
    assert_eq!(sent(&world), 2);
    // a roster says nothing of it, and takes nothing of it away
    assert_eq!(world.gradpass(&["run", "roster.csv", "--allow-removals"]).code, 0);
    world.write("roster.csv", roster(1..=4).as_bytes());
    assert_eq!(world.gradpass(&["run", "roster.csv"]).code, 0);
    assert_eq!(world.relay.messages().len(), 3);
    let shown = world.gradpass(&["show", "s0002"]);
    assert!(shown.stdout.contains("asked to wait"), "{shown:?}");

    let ran = world.gradpass(&["release", "s 0002", "--why", "is back"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(sent(&world), 4);
    let again = world.gradpass(&["release", "s0002"]);
    assert_eq!((again.code, again.stderr.contains("is not held")), (2, true), "{again:?}");
}

#[test]
fn a_list_is_held_with_who_is_not_listed_yet() {
    let world = desk();
    world.write("opted-out.txt", b"s0001\nS0003\nnew-77\n");
    let ran = world.gradpass(&["hold", "opted-out.txt", "--why", "opted out", "--json"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(ran.json()["held"], serde_json::json!(["s0001", "s0003", "new-77"]));
    assert_eq!(ran.json()["not_listed_yet"], serde_json::json!(["new-77"]));
    assert_eq!(sent(&world), 1);
    let text = roster(1..=3).replace("s0002", "new-77");
    world.write("roster.csv", text.as_bytes());
    world.gradpass(&["run", "roster.csv"]);
    assert_eq!(world.relay.messages().len(), 1, "who was held beforehand is not mailed");
}

#[test]
fn a_list_is_released_as_it_was_held() {
    let world = desk();
    world.write("opted-out.txt", b"s0001\nS0003\nnew-77\n");
    assert_eq!(world.gradpass(&["hold", "opted-out.txt", "--why", "opted out"]).code, 0);
    assert_eq!(world.gradpass(&["release", "s0003"]).code, 0);
    let ran = world.gradpass(&["release", "opted-out.txt", "--why", "they asked again"]);
    assert_eq!(
        (ran.code, ran.stdout.as_str()),
        (0, "released, and the next run mails what is due: s0001, new-77\nstudent s0003 is not held\n"),
        "{ran:?}"
    );
    assert_eq!(sent(&world), 3);
    let audit = world.gradpass(&["audit", "--json"]).json();
    let last = audit["audit"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(last["students"], serde_json::json!(["new-77", "s0001"]), "only whom it released: {last}");
    let again = world.gradpass(&["release", "opted-out.txt"]);
    assert_eq!((again.code, again.stderr.matches("is not held").count()), (2, 3), "{again:?}");
    world.write("nobody.txt", b"# none\n");
    let nobody = world.gradpass(&["release", "nobody.txt"]);
    assert!(nobody.code == 2 && nobody.stderr.contains("nobody.txt lists nobody"), "{nobody:?}");
}

/// Cron sets neither.
#[test]
fn who_has_no_name_in_the_environment_is_named_by_the_system() {
    let world = desk();
    let mut command = world.command(&["hold", "s0001", "--why", "asked to wait"]);
    command.env_remove("USER").env_remove("LOGNAME").env_remove("SUDO_USER");
    assert_eq!(crate::world::Ran::of(&mut command).code, 0);
    let id = std::process::Command::new("id").arg("-un").output().unwrap();
    let name = String::from_utf8(id.stdout).unwrap();
    let audit = world.gradpass(&["audit"]).stdout;
    assert!(audit.contains(&format!("hold by {}:", name.trim())), "{audit}");
}

#[test]
fn a_release_says_who_else_holds() {
    let world = World::new();
    let text = roster(1..=2).replace("g2@mailbox", "g1@mailbox");
    world.write("roster.csv", text.as_bytes());
    assert_eq!(world.gradpass(&["import", "roster.csv"]).code, 1);
    world.gradpass(&["hold", "s0001", "--why", "asked to wait"]);
    let ran = world.gradpass(&["release", "s0001"]);
    assert_eq!(ran.code, 0);
    assert!(ran.stdout.contains("still not mailed: held because several students"), "{ran:?}");
    assert_eq!(sent(&world), 0);
}

#[test]
fn an_id_that_may_be_two_is_asked_about() {
    let world = World::new();
    let text = roster(1..=2).replace("s0001", "1-23").replace("s0002", "12-3");
    world.write("roster.csv", text.as_bytes());
    world.gradpass(&["import", "roster.csv"]);
    let ran = world.gradpass(&["hold", "1 23", "--why", "which"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("1-23 or 12-3"), "{ran:?}");
    assert_eq!(world.gradpass(&["hold", "12-3", "--why", "this one"]).code, 0, "written as it is, it is one");
    assert_eq!(sent(&world), 1);
}

#[test]
fn the_audit_tells_who_did_what_to_whom_and_why() {
    let world = desk();
    let by = |name: &str, arguments: &[&str]| {
        let mut command = world.command(arguments);
        command.env("USER", name).env_remove("SUDO_USER");
        assert_eq!(crate::world::Ran::of(&mut command).code, 0, "{arguments:?}");
    };
    by("kim", &["hold", "s0001", "--why", "=cmd asked to wait"]);
    by("lee", &["release", "s0001"]);
    by("lee", &["send"]);
    by("lee", &["reissue", "s0002"]);
    by("lee", &["revoke", "s0003"]);
    let mut sudo = world.command(&["import", "roster.csv"]);
    sudo.env("USER", "root").env("SUDO_USER", "mo");
    assert_eq!(crate::world::Ran::of(&mut sudo).code, 0);

    let told = world.gradpass(&["audit", "--json"]).json();
    let told: Vec<_> = told["audit"]
        .as_array()
        .unwrap()
        .iter()
        .skip(1)
        .map(|entry| {
            let text = |member: &str| entry[member].as_str().unwrap_or_default().to_owned();
            (text("operator"), text("act"), entry["students"].to_string())
        })
        .collect();
    let entry = |who: &str, act: &str, students: &str| (who.to_owned(), act.to_owned(), students.to_owned());
    assert_eq!(
        told,
        [
            entry("kim", "hold", r#"["s0001"]"#),
            entry("lee", "release", r#"["s0001"]"#),
            entry("lee", "reissue", r#"["s0002"]"#),
            entry("lee", "revoke", r#"["s0003"]"#),
            entry("mo", "import", "[]"),
        ]
    );
    let lines = world.gradpass(&["audit"]).stdout;
    assert_eq!(lines.lines().count(), 6);
    let last = lines.lines().last().unwrap();
    assert!(last.contains("import by mo: import 1, 3 rows"), "{lines}");
    assert!(!lines.contains("Graduate") && !lines.contains('@'), "ids only: {lines}");

    assert_eq!(world.gradpass(&["audit", "--csv", "audit.csv"]).code, 0);
    let table = std::fs::read_to_string(world.path("audit.csv")).unwrap();
    assert_eq!(table.lines().count(), 7);
    assert!(table.contains(",'=cmd asked to wait"), "safe for a spreadsheet: {table}");
}

/// A purge takes the ids and the words about a graduate, and leaves that something was done.
#[test]
fn a_purge_takes_the_ids_out_of_the_audit() {
    let world = desk();
    assert_eq!(world.gradpass(&["hold", "s0001", "--why", "Graduate 1 asked"]).code, 0);
    assert_eq!(world.gradpass(&["revoke", "s0001"]).code, 0);
    world.change("UPDATE invitation SET created_at = 0");
    world.change("UPDATE message SET due_at = 0");
    let ran = world.gradpass(&["purge"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let audit = world.gradpass(&["audit"]).stdout;
    assert!(audit.contains("hold") && audit.contains("purge"), "{audit}");
    assert!(!audit.contains("s0001") && !audit.contains("Graduate 1"), "{audit}");
    // who is held by hand is not mailed when a roster brings something new of her, and why is gone
    world.write("roster.csv", roster(1..=3).replace("Bachelor of Arts", "Master of Arts").as_bytes());
    world.gradpass(&["run", "--allow-removals", "roster.csv"]);
    assert!(
        world.relay.messages().iter().all(|message| !message.recipient.concat().contains("g1@")),
        "she is held"
    );
    let held = world.gradpass(&["list", "held"]).stdout;
    assert!(
        held.starts_with("s0001 ") && held.ends_with(": by hand, before the data were purged\n"),
        "{held}"
    );
}

/// Whoever opted out before the roster lists them is typed as the help desk heard it.
#[test]
fn a_hold_in_another_spelling_is_the_one_of_the_student_that_the_roster_brings() {
    let world = World::new();
    world.write("hold.csv", b"ab.1\n");
    let config = std::fs::read_to_string(world.path("gradpass.toml")).unwrap();
    world.write_private("gradpass.toml", &format!("{config}[roster]\nhold_file = \"hold.csv\"\n"));
    assert_eq!(world.gradpass(&["hold", "ab2", "--why", "opted out"]).code, 0);
    let header = "student_id,full_name,email,course_name,conferral_year\n";
    let row = |id: &str, name: &str| format!("{id},{name},{id}@mailbox.example,Bachelor of Arts,2025\n");
    let roster =
        [header, &row("AB-1", "Mira Tan"), &row("AB-2", "Omar Diaz"), &row("AB-3", "Lea Moss")].concat();
    world.write("roster.csv", roster.as_bytes());
    for night in 0..2 {
        let ran = world.gradpass(&["--json", "run", "roster.csv"]);
        assert_eq!(ran.json()["held"], serde_json::json!(["AB-1", "AB-2"]), "night {night}: {ran:?}");
    }
    assert_eq!(world.relay.messages().len(), 1);
    assert_eq!(world.gradpass(&["release", "ab2"]).code, 0);
    assert_eq!(world.gradpass(&["run", "roster.csv"]).code, 0);
    assert_eq!(world.relay.messages().len(), 2, "released, and not held again by the spelling of before");
}

/// A file name that was mistyped is no student.
#[test]
fn a_list_that_is_not_there_holds_nobody() {
    let world = desk();
    for name in ["optout.csv", "opt outs.TXT", "lists/optout.xlsx"] {
        let ran = world.gradpass(&["hold", name, "--why", "opted out"]);
        assert!(ran.code == 2 && ran.stderr.contains(&format!("there is no file {name}")), "{ran:?}");
    }
    assert_eq!(world.count("SELECT count(*) FROM hold"), 0);
}

/// The column of the ids is found by its header, and who is no student any more crowds nobody out.
#[test]
fn a_hold_file_holds_whom_it_names() {
    let world = desk();
    let config = std::fs::read_to_string(world.path("gradpass.toml")).unwrap();
    world.write_private("gradpass.toml", &format!("{config}[roster]\nhold_file = \"hold.csv\"\n"));
    let former: Vec<_> = (0..100).map(|number| format!("Old,old{number}\n")).collect();
    world.write("hold.csv", format!("Name,student_id\nCy,s0003\n{}", former.concat()).as_bytes());
    let ran = world.gradpass(&["run", "roster.csv"]);
    assert!(ran.stdout.contains("held, and so not mailed: s0003\n"), "{ran:?}");
    assert_eq!(world.relay.messages().len(), 2);
    // an export that failed
    for (text, left) in [
        ("", "none of 101 students"),
        ("student_id\n", "none of 101 students"),
        ("s0003\nold1\n", "2 of 101 students"),
    ] {
        world.write("hold.csv", text.as_bytes());
        for command in [&["run", "roster.csv"][..], &["send"], &["run", "--dry-run", "roster.csv"]] {
            let ran = world.gradpass(command);
            let told = format!(
                "the hold file hold.csv lists {left} whom it held, so nobody is mailed; if the others are to be mailed again, \
                 `gradpass run --allow-removals` says so"
            );
            assert!(ran.code == 2 && ran.stderr.contains(&told), "{ran:?}");
        }
        assert_eq!((world.relay.messages().len(), world.count("SELECT count(*) FROM hold")), (2, 101));
    }
    world.write("hold.csv", b"Cy\nNobody\n");
    let ran = world.gradpass(&["run", "--allow-removals", "roster.csv"]);
    assert_eq!(world.relay.messages().len(), 3);
    assert!(
        ran.stderr.contains("the hold file hold.csv names 2 students whom no roster has listed"),
        "{ran:?}"
    );
}
