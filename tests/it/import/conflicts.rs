//! Rows held against each other: the first stands, the later one is rejected.

use gradpass::import::Options;

use crate::roster::desk::{Desk, Heard, figures, line, roster_of};

/// Imports the rows; returns the lines and problems that were told.
fn told(desk: &Desk, rows: &[String]) -> Vec<String> {
    let path = desk.write("roster.csv", roster_of(rows.iter().map(String::as_str)));
    let mut heard = Heard::default();
    desk.import_with(&[path], &Options::default(), &mut heard).unwrap();
    heard.0
}

#[test]
fn the_same_row_twice_counts_once() {
    let desk = Desk::new();
    let again =
        line(1).replace("Ada Number 1", " Ada  Number 1 ").replace("@mailbox.example", "@MAILBOX.example");
    assert_eq!(
        told(&desk, &[line(1), line(2), line(1), again]),
        [
            "roster.csv: line 4, student s0000001: the same row as line 2; remove one of them",
            "roster.csv: line 5, student s0000001: the same row as line 2; remove one of them"
        ]
    );
    assert_eq!(desk.send().sent, 2);
}

#[test]
fn the_same_student_under_two_names_is_told() {
    let desk = Desk::new();
    let other = line(1).replace("Ada", "Eve").replace("BA,Bachelor of Arts", "DIP,Diploma");
    assert_eq!(
        told(&desk, &[line(1), other]),
        [
            "roster.csv: line 3, column 2 (full_name), student s0000001: another name than on line 2 for the same \
             student; one of them is wrong"
        ]
    );
    assert_eq!(desk.query("SELECT full_name FROM graduate"), ["Ada Number 1"]);
}

#[test]
fn the_same_award_with_two_results_is_told() {
    let desk = Desk::new();
    let other = line(1).replace("2026", "2025");
    assert_eq!(
        told(&desk, &[line(1), other]),
        [
            "roster.csv: line 3, column 5 (course_name), student s0000001: the same award as on line 2 with another \
             result; one of them is wrong"
        ]
    );
}

#[test]
fn an_address_is_one_students_only() {
    let desk = Desk::new();
    let shared = |number: usize, address: &str| line(number).replace(&format!("s{number:07}@"), address);
    let rows = [line(1), shared(2, "S0000001@"), line(3), shared(4, "s0000003@"), shared(5, "s0000003@")];
    let heard = told(&desk, &rows);
    let places: Vec<_> = heard.iter().map(|told| told.split(';').next().unwrap()).collect();
    assert_eq!(
        places,
        [
            "roster.csv: line 3, column 3 (email), student s0000002: student s0000001 on line 2 has the same address",
            "roster.csv: line 5, column 3 (email), student s0000004: student s0000003 on line 4 has the same address",
            "roster.csv: line 6, column 3 (email), student s0000005: student s0000003 on line 4 has the same address"
        ]
    );
    desk.send();
    assert_eq!(desk.mailed(), ["s0000001@mailbox.example", "s0000003@mailbox.example"]);
}

#[test]
fn several_awards_of_one_student_share_an_address_and_a_mail() {
    let desk = Desk::new();
    let other = line(1).replace("BA,Bachelor of Arts", "DIP,Diploma");
    assert!(told(&desk, &[line(1), other]).is_empty());
    assert_eq!(desk.send().sent, 1);
}

#[test]
fn rows_of_several_rosters_are_held_against_each_other() {
    let desk = Desk::new();
    let paths = [
        desk.write("one.csv", roster_of([line(1).as_str(), &line(2)])),
        desk.write("two.csv", roster_of([line(3).as_str(), &line(2), &line(1).replace("Ada", "Eve")])),
    ];
    let mut heard = Heard::default();
    let imported = desk.import_with(&paths, &Options::default(), &mut heard).unwrap();
    assert_eq!(figures(&imported), [3, 0, 0, 0, 2]);
    assert_eq!(
        heard.0.iter().map(|told| told.split(':').take(2).collect::<String>()).collect::<Vec<_>>(),
        ["two.csv line 3, student s0000002", "two.csv line 4, column 2 (full_name), student s0000001"]
    );
}

#[test]
fn many_conflicts_are_all_told_in_the_order_of_the_file() {
    // more than a page of every query that looks for them
    let desk = Desk::new();
    let rows: Vec<_> = (1..=1200).chain(1..=1200).map(line).collect();
    let heard = told(&desk, &rows);
    assert_eq!(heard.len(), 1200);
    for (position, told) in heard.iter().enumerate() {
        assert!(told.starts_with(&format!("roster.csv: line {}, ", position + 1202)), "{told}");
    }
}
