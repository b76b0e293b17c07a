//! The guard against a roster that lost an implausible share.

use gradpass::import::{Guard, ImportError, Options};

use crate::roster::desk::{Desk, Heard, figures, line, roster_of};
use crate::world::Ran;

fn roster(numbers: impl IntoIterator<Item = usize>) -> String {
    let lines: Vec<_> = numbers.into_iter().map(line).collect();
    roster_of(lines.iter().map(String::as_str))
}

fn allowing() -> Options {
    Options { allow_removals: true, ..Options::default() }
}

#[test]
fn more_than_a_tenth_and_more_than_three_is_refused() {
    for (held, lost, refused) in [
        (4, 3, true),
        (2, 1, false),
        (10, 3, false),
        (10, 4, true),
        (40, 4, false),
        (40, 5, true),
        (49, 4, false),
        (49, 5, true),
    ] {
        let desk = Desk::new();
        desk.import(roster(1..=held));
        let before = desk.everything();
        let path = desk.write("roster.csv", roster(lost + 1..=held));
        let result =
            desk.import_with(std::slice::from_ref(&path), &Options::default(), &mut Heard::default());
        if !refused {
            assert_eq!(result.unwrap().merged.withdrawn, i64::try_from(lost).unwrap(), "{lost} of {held}");
            continue;
        }
        assert!(matches!(result, Err(ImportError::Implausible { .. })), "{lost} of {held}");
        assert_eq!(desk.everything(), before, "{lost} of {held}");
        let imported = desk.import_with(&[path], &allowing(), &mut Heard::default()).unwrap();
        assert_eq!(imported.merged.withdrawn, i64::try_from(lost).unwrap());
    }
}

#[test]
fn the_program_says_what_to_do() {
    let desk = Desk::new();
    desk.import(roster(1..=20));
    desk.write("part.csv", roster(1..=10));
    let ran = desk.gradpass(&["run", "part.csv"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    insta::assert_snapshot!(ran.stderr);
    assert!(desk.mailed().is_empty());
    let dry = desk.gradpass(&["run", "--dry-run", "part.csv"]);
    assert_eq!((dry.code, dry.stdout.contains("a run would stop here: the roster lacks 10")), (1, true));
    let ran = desk.gradpass(&["import", "part.csv", "--allow-removals"]);
    assert_eq!(ran.stdout, "roster: 10 rows: 0 new, 10 unchanged, 0 changed, 0 rejected; 10 withdrawn\n");
}

#[test]
fn the_parts_of_a_roster_in_one_run_are_one_roster() {
    let desk = Desk::new();
    desk.import(roster(1..=20));
    let parts = [desk.write("one.csv", roster(1..=10)), desk.write("two.csv", roster(11..=21))];
    let imported = desk.import_with(&parts, &Options::default(), &mut Heard::default()).unwrap();
    assert_eq!(figures(&imported), [1, 20, 0, 0, 0]);
    assert_eq!(desk.query("SELECT roster FROM batch ORDER BY id"), ["roster.csv", "one.csv, two.csv"]);
}

#[test]
fn rejected_rows_are_not_lost_ones() {
    let desk = Desk::new();
    desk.import(roster(1..=20));
    assert_eq!(desk.import(roster(1..=20).replace('@', " ")), [0, 0, 0, 0, 20]);
    assert_eq!(desk.query("SELECT DISTINCT state FROM invitation"), ["open"]);
}

#[test]
fn other_qualifications_for_the_same_students_are_a_loss_too() {
    let desk = Desk::new();
    desk.import(roster(1..=20));
    let before = desk.everything();
    desk.write("roster.csv", roster(1..=20).replace("BA,Bachelor of Arts", "DIP,Diploma"));
    assert_eq!(desk.gradpass(&["import", "roster.csv"]).code, 2);
    assert_eq!(desk.everything(), before);
}

/// A registry renames a course, or gives it another code: it is the same qualification, and nobody is invited again.
#[test]
fn another_code_or_another_name_is_the_same_qualification() {
    for (from, to) in [("BA,", "BA26,"), ("Bachelor of Arts", "Bachelor of the Arts")] {
        let desk = Desk::new();
        desk.import(roster(1..=20));
        desk.send();
        let path = desk.write("roster.csv", roster(1..=20).replace(from, to));
        let options = Options { guard: Guard { changes: 1.0, ..Guard::default() }, ..Options::default() };
        let imported = desk.import_with(&[path], &options, &mut Heard::default()).unwrap();
        assert_eq!(figures(&imported), [0, 0, 20, 0, 0], "{to}");
        assert_eq!(desk.send().sent, 0, "{to}");
        assert_eq!(desk.query("SELECT count(*) || '' FROM qualification WHERE withdrawn_at IS NULL"), ["20"]);
    }
}

/// With two that would fit, nobody can tell: one is new, and the other no longer listed.
#[test]
fn a_qualification_that_fits_two_is_neither() {
    let desk = Desk::new();
    let other = |name: &str| line(1).replace("Bachelor of Arts", name);
    let all = |names: [&str; 2]| roster_of([line(2).as_str(), &other(names[0]), &other(names[1])]);
    desk.import(all(["Bachelor of Arts", "Bachelor of Laws"]));
    assert_eq!(desk.import(all(["Diploma", "Certificate"])), [2, 1, 0, 2, 0]);
}

/// Runs the program over a ledger of twenty graduates; what the ledger holds must stay as it is.
fn stopped(desk: &Desk, arguments: &[&str]) -> String {
    let before = desk.everything();
    let ran = desk.gradpass(arguments);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{}", ran.stderr);
    assert_eq!(desk.everything(), before, "nothing is written");
    ran.stderr
}

fn twenty() -> Desk {
    let desk = Desk::new();
    desk.write("roster.csv", roster(1..=20));
    assert_eq!(desk.gradpass(&["run", "roster.csv"]).code, 0);
    desk
}

#[test]
fn an_address_column_that_slipped_by_a_row_stops_the_run() {
    let desk = twenty();
    let shifted: Vec<_> = (1..=20)
        .map(|number| line(number).replace(&format!("s{number:07}@"), &format!("s{:07}@", number + 1)))
        .collect();
    desk.write("roster.csv", roster_of(shifted.iter().map(String::as_str)));
    let told = stopped(&desk, &["run", "roster.csv"]);
    assert!(
        told.contains("20 of 20 graduates would get another address (such as s0000001, s0000002,"),
        "{told}"
    );
    assert_eq!(desk.relay.messages().len(), 20);
    // as an additional list, too, which is held against the ledger: nobody is held by what was not imported
    let told = stopped(&desk, &["run", "--add", "roster.csv"]);
    assert!(
        told.contains("20 of 20 graduates would get another address") && !told.contains("held"),
        "{told}"
    );
    assert!(desk.query("SELECT student_id FROM hold").is_empty());
}

#[test]
fn other_names_and_other_results_for_many_stop_the_run() {
    for (from, to, words) in [("Ada", "Eve", "another name"), (",2026,", ",2025,", "another result")] {
        let desk = twenty();
        desk.write("roster.csv", roster(1..=20).replace(from, to));
        let told = stopped(&desk, &["run", "roster.csv"]);
        assert!(told.contains(&format!("20 of 20 graduates would get {words} (such as s0000001")), "{told}");
    }
    // a few are corrected any night
    let desk = twenty();
    let few: Vec<_> = (1..=20)
        .map(|number| if number < 4 { line(number).replace("Ada", "Eve") } else { line(number) })
        .collect();
    desk.write("roster.csv", roster_of(few.iter().map(String::as_str)));
    assert_eq!(desk.gradpass(&["run", "roster.csv"]).code, 0);
}

#[test]
fn a_roster_that_lost_its_filter_stops_the_run_and_an_additional_list_does_not() {
    let desk = twenty();
    desk.write("roster.csv", roster(1..=200));
    let told = stopped(&desk, &["run", "roster.csv"]);
    assert!(
        told.contains("180 students are new, where the ledger knows 20") && told.contains("--add"),
        "{told}"
    );
    desk.write("late.csv", roster(21..=21));
    let told = stopped(&desk, &["run", "late.csv"]);
    assert!(
        told.contains("lacks 20 of the 20 qualifications") && told.contains("run again with --add"),
        "{told}"
    );
    let ran = desk.gradpass(&["run", "--add", "late.csv"]);
    assert_eq!(
        (ran.code, ran.stdout.lines().next()),
        (0, Some("roster: 1 row: 1 new, 0 unchanged, 0 changed, 0 rejected; 0 withdrawn"))
    );
    assert_eq!(desk.query("SELECT DISTINCT state FROM invitation"), ["open"]);
}

fn plan_of(told: &str) -> String {
    told.lines().find_map(|line| line.strip_prefix("plan ")).unwrap().split(';').next().unwrap().to_owned()
}

#[test]
fn exactly_the_approved_plan_passes_the_guards() {
    let desk = twenty();
    desk.write("roster.csv", roster(1..=200));
    let dry = desk.gradpass(&["run", "--dry-run", "--preview", "preview", "roster.csv"]);
    assert_eq!(dry.code, 1, "{}", dry.stderr);
    assert!(dry.stdout.contains("a run would stop here: 180 students are new"), "{}", dry.stdout);
    let plan = plan_of(&dry.stdout);
    assert!(std::fs::read_to_string(desk.path("preview/plan.json")).unwrap().contains(&plan));
    // what no dry run of this ledger can have made is approved by nobody
    for unknown in ["00000000-00000000-00000000-00000000", &format!("{}-00000000", &plan[..26])] {
        let told = stopped(&desk, &["approve", unknown, "--by", "Registrar"]);
        assert!(
            told.contains(&format!("no dry run over this ledger as it is now made plan {unknown}, since "))
                && told.contains("the ledger changed"),
            "{told}"
        );
    }
    assert!(stopped(&desk, &["approve", "12345", "--by", "Registrar"]).contains("that is no plan id"));
    // not approved yet
    let told = stopped(&desk, &["run", "--plan", &plan, "roster.csv"]);
    assert!(told.contains("is not approved"), "{told}");
    let approved = desk.gradpass(&["approve", &plan, "--by", "Registrar"]);
    assert!(
        approved.code == 0
            && approved.stdout.starts_with(&format!("plan {plan} is approved by Registrar"))
            && approved.stdout.ends_with("`gradpass run --plan` of anything else refuses\n"),
        "{approved:?}"
    );
    // another roster is another plan
    desk.write("other.csv", roster(1..=201));
    let told = stopped(&desk, &["run", "--plan", &plan, "other.csv"]);
    assert!(told.contains("since the rosters changed"), "{told}");
    let ran = desk.gradpass(&["run", "--plan", &plan, "roster.csv"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(desk.relay.messages().len(), 200);
    // and it passes once: the ledger is another one now
    let told = stopped(&desk, &["run", "--plan", &plan, "roster.csv"]);
    assert!(told.contains("since the ledger changed"), "{told}");
    assert_eq!(desk.gradpass(&["approve", &plan, "--by", "Dean"]).code, 2, "nor is it approved again");
}

#[test]
fn a_large_mailing_waits_for_an_approved_plan_where_the_university_wants_it() {
    let desk = Desk::new();
    desk.configure("[guard]\nrequire_approval = 10");
    desk.write("roster.csv", roster(1..=20));
    let ran = desk.gradpass(&["run", "roster.csv"]);
    assert_eq!(ran.code, 2, "{}", ran.stdout);
    assert!(
        ran.stderr.contains("20 people wait for a message, and above 10 guard.require_approval"),
        "{}",
        ran.stderr
    );
    assert_eq!(desk.gradpass(&["send"]).code, 2);
    assert_eq!(desk.relay.messages().len(), 0);
    let plan = plan_of(&desk.gradpass(&["run", "--dry-run", "roster.csv"]).stdout);
    assert_eq!(desk.gradpass(&["approve", &plan, "--by", "Registrar"]).code, 0);
    assert_eq!(desk.gradpass(&["run", "roster.csv"]).code, 0);
    assert_eq!(desk.relay.messages().len(), 20);
    // ten more are few enough
    desk.write("roster.csv", roster(1..=30));
    assert_eq!(desk.gradpass(&["run", "roster.csv"]).code, 0);
}

/// The same, typed by somebody with this login name; `sudo` says whose.
fn by(desk: &Desk, who: &str, arguments: &[&str]) -> Ran {
    Ran::of(desk.command(arguments).env("SUDO_USER", who).env("USER", "gradpass"))
}

#[test]
fn two_people_release_where_the_university_wants_it() {
    let desk = Desk::new();
    desk.configure("[guard]\nrequire_approval = 10\ntwo_persons = true");
    desk.write("roster.csv", roster(1..=20));
    let plan = plan_of(&by(&desk, "ola", &["run", "--dry-run", "roster.csv"]).stdout);
    let first = by(&desk, "ola", &["approve", &plan, "--by", "Registrar"]);
    assert!(first.code == 0 && first.stdout.contains("wants another person"), "{first:?}");
    // whoever starts the run, and whatever name is given: it is one person
    let again = by(&desk, "ola", &["approve", &plan, "--by", "Dean"]);
    assert!(again.code == 2 && again.stderr.contains("ola has approved plan"), "{again:?}");
    for who in ["ola", "mira"] {
        let ran = by(&desk, who, &["run", "--plan", &plan, "roster.csv"]);
        assert!(ran.code == 2 && ran.stderr.contains("only one person approved"), "{ran:?}");
    }
    for who in ["ola", "mira"] {
        let ran = by(&desk, who, &["run", "roster.csv"]);
        assert!(ran.code == 2 && ran.stderr.contains("--by NAME`, each of two people,"), "{ran:?}");
        // nor by another way
        assert_eq!(by(&desk, who, &["send"]).code, 2);
        assert_eq!(by(&desk, who, &["retry"]).code, 2);
        assert_eq!(desk.relay.messages().len(), 0);
    }
    // what was imported meanwhile made it another plan
    let plan = plan_of(&by(&desk, "ola", &["run", "--dry-run", "roster.csv"]).stdout);
    for who in ["ola", "mira"] {
        assert_eq!(desk.relay.messages().len(), 0);
        let approved = by(&desk, who, &["approve", &plan, "--json"]);
        assert_eq!(approved.code, 0, "{approved:?}");
        assert_eq!(approved.json()["approvals_missing"], u32::from(who == "ola"));
    }
    assert_eq!(by(&desk, "ola", &["run", "roster.csv"]).code, 0);
    assert_eq!(desk.relay.messages().len(), 20);
    assert_eq!(
        desk.query("SELECT operator FROM audit WHERE act = 'approve' ORDER BY id"),
        ["ola", "ola", "mira"]
    );
    let ran = by(&desk, "ola", &["run", "--allow-removals", "roster.csv"]);
    assert!(ran.code == 2 && ran.stderr.contains("guard.two_persons is set"), "{ran:?}");
    // what one alone may not let pass, a plan of two does: an id that is a known one's but for its capitals
    desk.write("late.csv", roster(21..=21).replace("s0000021,", "S0000020,"));
    let late = ["run", "--add", "--allow-removals", "late.csv"];
    assert_eq!(by(&desk, "ola", &late).code, 2);
    let plan = plan_of(&by(&desk, "ola", &[&late[..], &["--dry-run"]].concat()).stdout);
    for who in ["ola", "mira"] {
        assert_eq!(by(&desk, who, &["approve", &plan]).code, 0);
    }
    let ran = by(&desk, "ola", &[&late[..], &["--plan", &plan]].concat());
    assert!(ran.code == 0 && desk.relay.messages().len() == 21, "{ran:?}");
}

/// Twenty among three hundred are less than a tenth, and still nobody's new address.
#[test]
fn an_address_column_that_slipped_for_a_few_stops_the_run_at_any_share() {
    let desk = Desk::new();
    desk.write("roster.csv", roster(1..=60));
    assert_eq!(desk.gradpass(&["run", "roster.csv"]).code, 0);
    let swapped = roster(1..=60)
        .replace("s0000007@", "x@")
        .replace("s0000008@", "s0000007@")
        .replace("x@", "s0000008@");
    assert_ne!(swapped, roster(1..=60));
    desk.write("roster.csv", swapped);
    let said = stopped(&desk, &["run", "roster.csv"]);
    assert!(
        said.contains(
            "2 graduates would get the address of another one, who would get yet another (s0000007, s0000008)"
        ),
        "{said}"
    );
    // nor does one get the other's, where only the second has a new one
    let taken = roster(1..=60).replace("s0000008@", "new@").replace("s0000007@", "s0000008@");
    desk.write("roster.csv", taken);
    let said = stopped(&desk, &["run", "roster.csv"]);
    assert!(
        said.contains(
            "1 graduate would get the address of another one, who would get yet another (s0000007)"
        ),
        "{said}"
    );
    // a new one may be right
    let moved = roster(1..=60).replace("s0000007@", "new@");
    desk.write("roster.csv", moved);
    assert_eq!(desk.gradpass(&["run", "roster.csv"]).code, 0);
}

/// However small the ledger is: most of what it knows does not change in a night.
#[test]
fn what_changes_for_most_stops_the_run_at_any_size() {
    for (column, noun) in [(2, "address"), (1, "name")] {
        let desk = Desk::new();
        desk.write("roster.csv", roster(1..=3));
        assert_eq!(desk.gradpass(&["run", "roster.csv"]).code, 0);
        let changed = |count: usize| {
            let rows = roster(1..=3);
            let change = |(number, row): (usize, &str)| {
                let mut cells: Vec<_> = row.split(',').map(ToOwned::to_owned).collect();
                if (1..=count).contains(&number) {
                    cells[column] = cells[column].replacen(|it: char| it.is_ascii_lowercase(), "q", 1);
                }
                cells.join(",") + "\n"
            };
            rows.lines().enumerate().map(change).collect::<String>()
        };
        desk.write("roster.csv", changed(2));
        let said = stopped(&desk, &["run", "roster.csv"]);
        assert!(said.contains(&format!("2 of 3 graduates would get another {noun}")), "{said}");
        desk.write("roster.csv", changed(1));
        assert_eq!(desk.gradpass(&["run", "roster.csv"]).code, 0, "one may");
    }
}

/// `--add` is the word of one.
#[test]
fn an_addition_out_of_proportion_wants_two_people_where_the_university_wants_them() {
    for two_persons in [false, true] {
        let desk = Desk::new();
        desk.configure(&format!("[guard]\ntwo_persons = {two_persons}"));
        desk.write("roster.csv", roster(1..=5));
        assert_eq!(desk.gradpass(&["run", "roster.csv"]).code, 0);
        desk.write("more.csv", roster(6..=40));
        if two_persons {
            let said = stopped(&desk, &["run", "--add", "more.csv"]);
            assert!(said.contains("35 students are new, where the ledger knows 5"), "{said}");
            assert!(!said.contains("run again with --add"), "{said}");
        } else {
            assert_eq!(desk.gradpass(&["run", "--add", "more.csv"]).code, 0);
            assert_eq!(desk.relay.messages().len(), 40);
        }
    }
}
