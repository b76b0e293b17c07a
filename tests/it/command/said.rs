//! What commands say and write down: who, why, since when, one or several.

use std::os::unix::fs::PermissionsExt as _;

use gradpass::sandbox::relay::{Act, Step, script};

use crate::redemption::invited;
use crate::world::{World, roster};

#[test]
fn every_deed_can_have_its_reason_and_tells_what_let_it_pass() {
    let (world, _seek, _codes) = invited(8);
    world.write("roster.csv", roster(1..=3).as_bytes());
    assert_eq!(world.gradpass(&["import", "roster.csv", "--allow-removals"]).code, 0);
    world.write("late.csv", roster(9..=9).as_bytes());
    assert_eq!(world.gradpass(&["import", "late.csv", "--add"]).code, 0);
    assert_eq!(world.gradpass(&["revoke", "S-0001", "--why", "wrong person"]).code, 0);
    assert_eq!(world.gradpass(&["purge", "--why", "yearly"]).code, 0);
    assert_eq!(world.gradpass(&["preview", "--mail-to", "Officer@northfield.example", "S0002"]).code, 0);
    assert_eq!(world.gradpass(&["list", "held", "sent", "--csv", "who.csv"]).code, 0);
    let audit = world.gradpass(&["audit"]).stdout;
    for told in [
        "5 withdrawn; with --allow-removals",
        "0 withdrawn; with --add",
        ": s0001 (wrong person)",
        "0 graduates, with whom nothing had happened since",
        "(yearly)",
        ": s0002: specimens to O…@n…",
        ": list held sent, ",
    ] {
        assert!(audit.contains(told), "{told}: {audit}");
    }
    assert!(!audit.contains("Officer"), "{audit}");
}

#[test]
fn an_approved_plan_is_written_down_with_its_import() {
    let world = World::new();
    world.write("roster.csv", roster(1..=1).as_bytes());
    world.gradpass(&["run", "roster.csv"]);
    world.write("roster.csv", roster(1..=20).as_bytes());
    let dry = world.gradpass(&["--json", "run", "--dry-run", "roster.csv"]).json();
    let plan = dry["plan"].as_str().unwrap();
    assert_eq!(world.gradpass(&["approve", plan]).code, 0);
    assert_eq!(world.gradpass(&["run", "roster.csv"]).code, 0);
    let audit = world.gradpass(&["audit"]).stdout;
    assert!(audit.contains(&format!("0 withdrawn; by the approved plan {plan}")), "{audit}");
}

/// A message belongs to the import that brought what it tells of.
#[test]
fn who_is_issued_a_code_again_is_no_part_of_a_later_import() {
    let world = World::new();
    world.write("roster.csv", roster(1..=2).as_bytes());
    world.gradpass(&["run", "roster.csv"]);
    world.write("late.csv", roster(3..=3).as_bytes());
    world.gradpass(&["run", "late.csv", "--add"]);
    for student in ["s0001", "s0002"] {
        assert_eq!(world.gradpass(&["reissue", student, "--now"]).code, 0);
    }
    let listed = |batch: &str| {
        let listed = world.gradpass(&["--json", "list", "sent", "--batch", batch]).json()["listed"].clone();
        listed.as_array().unwrap().iter().map(|one| one["student_id"].clone()).collect::<Vec<_>>()
    };
    assert_eq!((listed("1"), listed("2")), (vec!["s0001".into(), "s0002".into()], vec!["s0003".into()]));
    let status = world.gradpass(&["status", "--batch", "1"]).stdout;
    assert!(
        status.starts_with("of import 1 alone\nmessages\n") && !status.contains("last import"),
        "{status}"
    );
    for command in ["retry", "status"] {
        let ran = world.gradpass(&[command, "--batch", "77"]);
        assert!(ran.code == 2 && ran.stderr.contains("there is no import 77"), "{ran:?}");
    }
}

/// Whoever is counted can be listed.
#[test]
fn what_status_counts_of_submissions_a_list_names() {
    let (world, seek, codes) = invited(6);
    let service = world.serve();
    for code in &codes {
        service.visitor().arrive(code);
    }
    drop(service);
    let ids = seek.seek.ids();
    assert!(seek.seek.verify(&ids[0]) && seek.seek.verify(&ids[1]));
    world.gradpass(&["follow-up"]);
    assert!(seek.seek.say(&ids[0], "revoked") && seek.seek.say(&ids[1], "unshared"));
    world.change("UPDATE submission SET told_at = NULL WHERE id <= 2");
    let asked = world.gradpass(&["follow-up"]);
    let line = "1 revoked, 1 unshared by the graduate; the same code adds them again, and `gradpass list revoked unshared` \
                says who\n";
    assert!(asked.stdout.contains(line), "{asked:?}");
    world.change("UPDATE submission SET state = 'rejected', trouble = 'no such year' WHERE id = 3");
    world.change("UPDATE submission SET state = 'replaced' WHERE id = 4");
    world.change("UPDATE submission SET state = 'superseded' WHERE id = 5");
    world.change("UPDATE submission SET state = 'misdirected' WHERE id = 6");
    for (state, told) in [
        ("revoked", "s0001  revoked since "),
        ("unshared", "s0002  unshared since "),
        ("rejected", ": SEEK Pass rejects it: no such year"),
        ("replaced", "s0004  replaced since "),
        ("superseded", "s0005  superseded since "),
        ("misdirected", "s0006  misdirected since "),
    ] {
        let listed = world.gradpass(&["list", state]);
        assert!(listed.stdout.contains(told) && listed.stdout.lines().count() == 1, "{state}: {listed:?}");
        assert_eq!(listed.stderr, "times in Australia/Melbourne\n");
    }
    assert!(world.gradpass(&["list", "revoked"]).stdout.ends_with(": in SEEK Pass\n"));
    let nobody = world.gradpass(&["list", "deferred"]);
    assert_eq!((nobody.stdout.as_str(), nobody.stderr.as_str()), ("", "nobody\n"));
}

#[test]
fn one_is_told_as_one() {
    let world = World::with(script(|moment| match moment.step {
        Step::Recipient => Act::Reply("550 5.1.1 unknown".into()),
        _ => Act::Accept,
    }));
    world.write("roster.csv", roster(1..=1).as_bytes());
    let dry = world.gradpass(&["run", "--dry-run", "--preview", "preview", "roster.csv"]);
    assert_eq!(dry.code, 0, "{dry:?}");
    let index = std::fs::read_to_string(world.path("preview/index.html")).unwrap();
    assert!(index.contains("<h1>Preview: 1 email of ") && index.contains("<h2>The email</h2>"), "{index}");
    let ran = world.gradpass(&["run", "roster.csv"]);
    world.write("other.csv", roster(2..=2).as_bytes());
    let other = world.gradpass(&["run", "other.csv"]);
    assert!(
        other.stderr.contains("the roster lacks the only qualification that the ledger holds (s0001)"),
        "{other:?}"
    );
    assert!(other.stderr.contains("if it is to be withdrawn, run again with --allow-removals"), "{other:?}");
    assert!(ran.stdout.contains("refused: mend the address in the roster"), "{ran:?}");
    let again = world.gradpass(&["retry"]);
    assert!(again.stderr.contains("Tried again: 1 message (1 refused).\n"), "{again:?}");
    world.change("UPDATE message SET state = 'in_doubt'");
    let ran = world.gradpass(&["run"]);
    let told =
        "nobody knows whether 1 email arrived; `gradpass retry` sends it again, and it may then arrive twice";
    assert!(ran.stdout.contains(told), "{ran:?}");
    world.change("UPDATE message SET state = 'deferred', due_at = due_at + 86400000 * 365");
    let ran = world.gradpass(&["run"]);
    assert!(ran.stdout.contains("left over: the next run goes on with it\n"), "{ran:?}");
    // what is due later is neither mailed now nor counted among its domains
    let dry = world.gradpass(&["send", "--dry-run"]);
    assert!(dry.code == 0 && dry.stdout.contains("1 more is due later"), "{dry:?}");
    assert!(!dry.stdout.contains("recipients by domain"), "{dry:?}");
}

#[test]
fn a_hold_says_what_ends_it_and_a_deadline_reads_as_in_the_email() {
    let world = World::new();
    world.write("roster.csv", roster(1..=3).replace("g2@", "g1@").as_bytes());
    world.gradpass(&["run", "roster.csv"]);
    let ran = world.gradpass(&["reissue", "s0001"]);
    assert!(
        ran.code == 2 && ran.stderr.contains("`gradpass correct`, gives each of them another address"),
        "{ran:?}"
    );
    assert!(!ran.stderr.contains("gradpass release"), "{ran:?}");
    world.gradpass(&["hold", "s0003", "--why", "rang"]);
    let ran = world.gradpass(&["reissue", "s0003"]);
    assert!(ran.stderr.contains("rang; `gradpass release` ends it"), "{ran:?}");
    let told = world.gradpass(&["show", "s0003"]).stdout;
    let text = crate::world::text(&world.relay.messages()[0]);
    let until = told.lines().find_map(|line| line.strip_prefix("the code works until ")).unwrap();
    assert!(until.contains(", UTC+1") && text.contains(until.split(" (").next().unwrap()), "{until}: {text}");
}

#[test]
fn a_run_that_waits_for_approval_tells_scripts_of_its_import() {
    let world = World::new();
    world.mail("connections = 1\n[guard]\nrequire_approval = 1");
    world.write("roster.csv", roster(1..=3).as_bytes());
    let ran = world.gradpass(&["--json", "run", "roster.csv"]);
    assert_eq!(ran.code, 2, "{ran:?}");
    let told = ran.json();
    assert_eq!(
        (&told["error"]["code"], &told["roster"]["new"], &told["mail"]["sent"]),
        (&2.into(), &3.into(), &0.into())
    );
}

#[test]
fn a_configuration_that_others_may_change_gets_a_note() {
    let world = World::new();
    world.write("roster.csv", roster(1..=1).as_bytes());
    let note = "gradpass.toml can be changed by others; run: chmod go-w ";
    assert!(!world.gradpass(&["run", "roster.csv"]).stderr.contains(note));
    std::fs::set_permissions(world.path("gradpass.toml"), std::fs::Permissions::from_mode(0o666)).unwrap();
    let ran = world.gradpass(&["run", "roster.csv"]);
    assert!(ran.code == 0 && ran.stderr.contains(note), "{ran:?}");
    assert!(world.gradpass(&["check"]).stdout.contains(note));
}

#[test]
fn unlock_says_since_when_nothing_was_answered_wrong() {
    let world = World::new();
    let text = roster(1..=1)
        .replace("conferral_year\n", "conferral_year,date_of_birth\n")
        .replace("2024\n", "2024,2001-02-03\n");
    world.seek_pass_at("http://127.0.0.1:9", "question = \"date_of_birth\"", "per_second = 100\nburst = 100");
    world.write("roster.csv", text.as_bytes());
    world.gradpass(&["import", "roster.csv"]);
    let said = || world.gradpass(&["unlock", "S-0001"]).stdout;
    assert_eq!(said(), "student s0001 was not locked, and has given no wrong answer; nothing was done\n");
    world.change("INSERT INTO wrong_answer (invitation_id, at, locked_until) VALUES (1, 1, NULL)");
    assert!(said().contains("wrong answers until now are forgotten"));
    assert!(said().contains("no wrong answer since the last `gradpass unlock`"));
}
