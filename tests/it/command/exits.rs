//! How the program ends, and what it says when it cannot run.

use std::fs;
use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::fs::PermissionsExt;

use gradpass::sandbox::relay::{Act, Step, healthy, script};

use crate::world::{World, roster};

/// A world whose relay answers so to every RCPT.
fn answering(answer: &'static str) -> World {
    let world = World::with(script(move |moment| match moment.step {
        Step::Recipient => Act::Reply(answer.to_owned()),
        _ => Act::Accept,
    }));
    world.write("roster.csv", roster(1..=2).as_bytes());
    world
}

/// Ends with 2 and these words on stderr, and nothing on stdout.
fn cannot_run(world: &World, arguments: &[&str], words: &[&str]) {
    let ran = world.gradpass(arguments);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{arguments:?}: {ran:?}");
    for words in words {
        assert!(ran.stderr.contains(words), "{arguments:?} does not say {words:?}: {ran:?}");
    }
}

#[test]
fn everything_done_is_zero() {
    let world = answering("250 2.1.5 ok");
    assert_eq!(world.gradpass(&["run", "roster.csv"]).code, 0);
}

#[test]
fn refused_addresses_and_rejected_rows_need_a_person() {
    let world = answering("550 5.1.1 unknown");
    assert_eq!(world.gradpass(&["run", "roster.csv"]).code, 1);

    let world = answering("250 2.1.5 ok");
    world.write("roster.csv", (roster(1..=2) + "s9,Somebody,no address,Bachelor of Arts,2024\n").as_bytes());
    let ran = world.gradpass(&["import", "roster.csv"]);
    assert_eq!(ran.code, 1);
    assert!(ran.stderr.contains("line 4") && ran.stderr.contains("email"), "{ran:?}");
    assert_eq!(world.gradpass(&["run", "roster.csv"]).code, 1, "still rejected, and the others are mailed");
    assert_eq!(world.relay.messages().len(), 2);
}

/// The line and the code say the same, of whatever is left from earlier nights.
#[test]
fn whoever_needs_a_person_does_so_in_every_command_that_says_it() {
    let world = answering("250 2.1.5 ok");
    world.seek_pass_at("http://127.0.0.1:9", "", "per_second = 100\nburst = 100");
    let rows = roster(1..=2).replace("g2@", "g2.") + ",Somebody,g3@mailbox.example,Bachelor of Arts,20x4\n";
    world.write("roster.csv", rows.as_bytes());
    assert_eq!(world.gradpass(&["run", "roster.csv"]).code, 1);
    for command in ["run", "follow-up", "status"] {
        let ran = world.gradpass(&[command]);
        assert_eq!(ran.code, i32::from(command != "status"), "{ran:?}");
        assert!(ran.stdout.contains("needs a person: s0002;"), "{ran:?}");
        assert!(
            ran.stdout.contains(
                "needs a person: 1 rejected row without a readable student id; `gradpass list rejected`"
            ),
            "{ran:?}"
        );
    }
    // the row without an id alone, too
    world.write("roster.csv", rows.replace("g2.", "g2@").as_bytes());
    assert_eq!(world.gradpass(&["run", "roster.csv"]).code, 1);
    assert_eq!(world.gradpass(&["run"]).code, 1);
    // until the rejected rows come again with what was missing
    world.write("roster.csv", rows.replace("g2.", "g2@").as_bytes());
    world.gradpass(&["import", "roster.csv", "--rejects", "rejected.csv"]);
    let rejected = std::fs::read_to_string(world.path("rejected.csv")).unwrap();
    assert_eq!(rejected.matches(",Somebody,").count(), 1, "{rejected}");
    let corrected = rejected.replace(",Somebody,", "s0003,Somebody,").replace("20x4", "2024");
    world.write("rejected.csv", corrected.as_bytes());
    let ran = world.gradpass(&["run", "rejected.csv"]);
    assert_eq!(ran.code, 0, "{ran:?}");
}

#[test]
fn what_is_left_over_is_for_later() {
    let world = answering("451 4.2.1 greylisted");
    assert_eq!(world.gradpass(&["run", "roster.csv"]).code, 75);
    // not due yet, so still left over
    assert_eq!(world.gradpass(&["send"]).code, 75);

    let mut world = answering("250 2.1.5 ok");
    let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap();
    world.relay_at(free);
    let ran = world.gradpass(&["run", "roster.csv", "--json"]);
    assert_eq!(ran.code, 75);
    assert_eq!((&ran.json()["mail"]["waiting"], &ran.json()["mail"]["refused"]), (&2.into(), &0.into()));
    assert_eq!(world.gradpass(&["check"]).code, 75);
}

#[test]
fn a_person_comes_before_later() {
    let world = World::with(script(|moment| match (moment.step, moment.argument) {
        (Step::Recipient, "g1@mailbox.example") => Act::Reply("550 5.1.1 unknown".into()),
        (Step::Recipient, _) => Act::Reply("451 4.2.1 greylisted".into()),
        _ => Act::Accept,
    }));
    world.write("roster.csv", roster(1..=2).as_bytes());
    assert_eq!(world.gradpass(&["run", "roster.csv"]).code, 1);
}

#[test]
fn wrong_usage_is_told() {
    let world = World::new();
    cannot_run(&world, &["sned"], &["sned", "send"]);
    cannot_run(&world, &["import"], &["ROSTER"]);
    cannot_run(&world, &[], &["Usage"]);
    cannot_run(&world, &["run", "--preview", "out"], &["--dry-run"]);
    cannot_run(&world, &["status"], &["there is no ledger", "import"]);
    cannot_run(&world, &["import", "nowhere.csv"], &["nowhere.csv"]);
}

/// A script that reads stdout hears why, and what to do, in one object.
#[test]
fn json_has_an_error_where_nothing_could_be_done() {
    let world = World::new();
    let error = |arguments: &[&str]| {
        let ran = world.gradpass(arguments);
        assert_eq!(ran.code, 2, "{arguments:?}: {ran:?}");
        let error = ran.json()["error"].clone();
        assert_eq!(error["code"], 2, "{arguments:?}");
        let member = |name: &str| error[name].as_str().unwrap_or_default().to_owned();
        (member("text"), member("hint"))
    };
    for arguments in [
        &["--json", "sned"][..],
        &["--json"],
        &["import", "--json"],
        &["run", "--json", "--preview", "out"],
        &["list", "--json", "lost"],
    ] {
        let (text, hint) = error(arguments);
        assert!(!text.is_empty() && !text.starts_with("error") && !hint.is_empty(), "{text:?} {hint:?}");
    }
    let (text, hint) = error(&["--json", "sned"]);
    assert_eq!(text, "unrecognized subcommand 'sned'");
    assert!(hint.contains("'send'") && hint.contains("Usage: gradpass"), "{hint}");
    for arguments in [
        &["status"][..],
        &["report", "--html", "report.html"],
        &["list", "held"],
        &["batches"],
        &["show", "s0001"],
        &["audit"],
        &["purge", "--dry-run"],
        // from here on there is a ledger
        &["run", "nowhere.csv"],
        &["import", "nowhere.csv"],
        &["follow-up"],
        &["release", "s0001"],
        &["correct", "s0001", "language=en", "--why", "test"],
        &["unlock", "s0001"],
        &["settle", "s0001", "--why", "test"],
        &["reissue", "s0001"],
        &["revoke", "s0001"],
        &["retry", "s0001"],
        &["approve", "no-plan"],
        &["preview", "--mail-to", "nobody"],
        &["serve"],
    ] {
        let arguments: Vec<_> = arguments.iter().copied().chain(["--json"]).collect();
        let (text, _) = error(&arguments);
        assert!(!text.is_empty(), "{arguments:?}");
    }
    let (text, hint) = error(&["approve", "no-plan", "--json"]);
    assert_eq!(text, "that is no plan id");
    assert!(hint.contains("gradpass run --dry-run"), "{hint}");
    // what it is about comes in no list of reasons
    world.write("gradpass.toml", b"");
    let (text, hint) = error(&["--json", "send"]);
    assert!(text.lines().count() > 1 && hint.is_empty(), "{text} {hint}");
    let help = world.gradpass(&["--json", "--help"]);
    assert!(help.code == 0 && help.stdout.contains("Usage"), "{help:?}");
}

#[test]
fn a_configuration_that_cannot_work_is_told_with_its_place() {
    let world = World::new();
    let sound = fs::read_to_string(world.path("gradpass.toml")).unwrap();
    let change = |from: &str, to: &str| {
        assert!(sound.contains(from));
        world.write("gradpass.toml", sound.replace(from, to).as_bytes());
    };
    for command in [&["send"][..], &["run"], &["import", "roster.csv"], &["status"], &["retry"]] {
        change("connections = 1", "conections = 1");
        cannot_run(&world, command, &["gradpass.toml", "line 13", "conections"]);
    }
    change("smtp://", "mailto://");
    cannot_run(&world, &["send"], &["mail.relay", "smtp://host:port"]);
    change("Australia/Melbourne", "Australia/Nowhere");
    cannot_run(&world, &["send"], &["institution.time_zone"]);
    // a slip beside a password does not show the password
    change("connections = 1", "password = \"hunter-2\" 3");
    cannot_run(&world, &["send"], &["line 13"]);
    assert!(!world.gradpass(&["send"]).stderr.contains("hunter-2"));
    fs::remove_file(world.path("gradpass.toml")).unwrap();
    cannot_run(&world, &["send"], &["gradpass.toml", "gradpass init"]);
    cannot_run(&world, &["--config", "elsewhere.toml", "send"], &["elsewhere.toml"]);
}

#[test]
fn a_key_that_cannot_be_used_is_told_before_anybody_is_mailed() {
    let world = World::with(healthy());
    world.write("roster.csv", roster(1..=2).as_bytes());
    assert_eq!(world.gradpass(&["import", "roster.csv"]).code, 0);
    let key = world.path("code.key");
    fs::set_permissions(&key, fs::Permissions::from_mode(0o640)).unwrap();
    cannot_run(&world, &["send"], &["can be read by others", "chmod 600"]);
    fs::set_permissions(&key, fs::Permissions::from_mode(0o600)).unwrap();
    world.write_private("code.key", "0707\n");
    cannot_run(&world, &["send"], &["64 hexadecimal digits"]);
    fs::remove_file(&key).unwrap();
    cannot_run(&world, &["send"], &["code.key", "gradpass init"]);
    assert_eq!(world.gradpass(&["check"]).code, 2);
    assert!(world.relay.messages().is_empty());
}
