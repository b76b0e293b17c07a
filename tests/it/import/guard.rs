//! The guard against a roster that lost an implausible share.

use gradpass::import::{ImportError, Options};

use crate::roster::desk::{Desk, Heard, figures, line, roster_of};

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
        (4, 3, false),
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
        assert!(matches!(result, Err(ImportError::Shrunken { .. })), "{lost} of {held}");
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
    assert_eq!(
        ran.stderr,
        "error: nothing was imported: the roster lacks 10 of the 20 qualifications that the ledger holds. If that is \
         right, run again with --allow-removals; if it is only a part of the roster, name all its parts in one run\n"
    );
    assert!(desk.mailed().is_empty());
    assert_eq!(desk.gradpass(&["run", "--dry-run", "part.csv"]).code, 2);
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
    // SEEK Pass is not told the code, so that another one alone is no change
    for (from, to, unchanged) in [("BA,", "BA26,", 20), ("Bachelor of Arts", "Bachelor of the Arts", 0)] {
        let desk = Desk::new();
        desk.import(roster(1..=20));
        desk.send();
        assert_eq!(
            desk.import(roster(1..=20).replace(from, to)),
            [0, unchanged, 20 - unchanged, 0, 0],
            "{to}"
        );
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
