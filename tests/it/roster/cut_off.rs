//! A file that ends in the middle of a row was cut off: nothing of it is imported.

use std::fmt::Write;
use std::io::Write as _;

use gradpass::config::RosterSettings;
use gradpass::roster::Roster;

use super::desk::{Desk, HEADER, line};
use crate::world::roster;

#[test]
fn a_file_that_was_cut_off_is_refused() {
    let start = format!("{HEADER}\n{}\n", line(1));
    for (text, words) in [
        (
            format!("{start}s0000002,Bea Num"),
            "ends in the middle of line 3; the file was cut off, export it again",
        ),
        (
            format!("{start}s0000002,\"King, J"),
            "ends in the middle of line 3; the file was cut off, export it again",
        ),
        (
            start.replace("Ada", "\"Ada"),
            "has a quote on line 2 that is never closed; close it, or export the roster again",
        ),
    ] {
        let desk = Desk::new();
        desk.write("roster.csv", &text);
        let ran = desk.gradpass(&["run", "roster.csv", "--rejects", "rejects.csv"]);
        assert_eq!((ran.code, ran.stderr), (2, format!("error: roster.csv: {words}\n")), "{text}");
        assert!(desk.query("SELECT student_id FROM graduate").is_empty() && desk.mailed().is_empty());
        assert!(!desk.path("rejects.csv").exists());
    }
}

#[test]
fn a_quote_that_swallows_the_rest_refuses_the_file() {
    let desk = Desk::new();
    let mut text = format!("{HEADER}\n{}\n{}\n", line(1), line(2).replace("Ada", "\"Ada"));
    for number in 3..100 {
        writeln!(text, "{}", line(number)).unwrap();
    }
    desk.write("roster.csv", text);
    let ran = desk.gradpass(&["import", "roster.csv"]);
    assert_eq!(
        (ran.code, ran.stderr.as_str()),
        (
            2,
            "error: roster.csv: has a quote on line 3 that is never closed; close it, or export the roster again\n"
        )
    );
}

/// The registry's export goes on writing while the night reads: what was read may be half of the old and half of the new.
#[test]
fn a_roster_that_is_written_while_it_is_read_is_refused() {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(roster(1..=3).as_bytes()).unwrap();
    let mut read = Roster::open(file.path(), &RosterSettings::default()).unwrap();
    read.next_record().unwrap().unwrap();
    file.write_all(b"s0004,Graduate 4,g4@mailbox.example,Bachelor of Arts,2024\n").unwrap();
    let refused = loop {
        match read.next_record() {
            Ok(record) => assert!(record.is_some(), "its end was taken for whole"),
            Err(refused) => break refused.to_string(),
        }
    };
    assert!(refused.contains("was written while it was read"), "{refused}");
}
