//! Rows held against each other: what says the same is one row, what contradicts holds the graduate.

use gradpass::import::{Imported, Options};

use crate::roster::desk::{Desk, Heard, figures, line, roster_of};

/// Imports the rows; returns what was told.
fn imported(desk: &Desk, rows: &[String]) -> (Imported, Heard) {
    let path = desk.write("roster.csv", roster_of(rows.iter().map(String::as_str)));
    let mut heard = Heard::default();
    let imported = desk.import_with(&[path], &Options::default(), &mut heard).unwrap();
    (imported, heard)
}

fn held(desk: &Desk) -> Vec<String> {
    desk.query("SELECT student_id || ' ' || source || ': ' || reason FROM hold ORDER BY student_id")
}

#[test]
fn the_same_row_twice_counts_once_and_is_a_note() {
    let desk = Desk::new();
    let again =
        line(1).replace("Ada Number 1", " Ada  Number 1 ").replace("@mailbox.example", "@MAILBOX.example");
    let (imported, heard) = imported(&desk, &[line(1), line(2), line(1), again]);
    assert_eq!((heard.0, imported.repeated), (vec![], 2));
    assert_eq!(
        heard.1,
        [
            "roster.csv: line 4, student s0000001: says the same as line 2",
            "roster.csv: line 5, student s0000001: says the same as line 2"
        ]
    );
    assert_eq!(desk.send().sent, 2);
    // the night after there is nothing new
    let again = roster_of([line(1).as_str(), &line(2), &line(1), &line(1)]);
    assert_eq!(desk.import(again)[0], 0);
}

#[test]
fn rows_that_differ_in_the_major_only_are_one_qualification() {
    let desk = Desk::new();
    let major = |major: &str| line(1).replace("2026,", &format!("2026,{major}"));
    let (imported, heard) =
        imported(&desk, &[major("Physics"), line(2), major("Statistics"), major("Physics; Law")]);
    assert_eq!((heard.0, imported.repeated), (vec![], 2));
    assert_eq!(heard.1[0], "roster.csv: line 4, student s0000001: adds its majors to line 2");
    assert!(desk.awards()[0].contains("[Physics; Statistics; Law]"), "{:?}", desk.awards());
    // the same rows are no change on the next night
    let rows = [major("Physics"), line(2), major("Statistics"), major("Physics; Law")];
    let [new, _, changed, ..] = desk.import(roster_of(rows.iter().map(String::as_str)));
    assert_eq!((new, changed), (0, 0));
}

#[test]
fn two_names_under_one_code_are_two_qualifications() {
    let desk = Desk::new();
    let laws = line(1).replace("Bachelor of Arts", "Bachelor of Laws");
    let (_, heard) = imported(&desk, &[line(1), laws]);
    assert_eq!(heard.0, Vec::<String>::new());
    assert_eq!(
        desk.query("SELECT course_name FROM qualification ORDER BY 1"),
        ["Bachelor of Arts", "Bachelor of Laws"]
    );
    assert_eq!(desk.send().sent, 1);
}

#[test]
fn a_student_under_two_names_is_held_and_the_lines_are_told() {
    let desk = Desk::new();
    let other = line(1).replace("Ada", "Eve").replace("BA,Bachelor of Arts", "DIP,Diploma");
    let (imported, heard) = imported(&desk, &[line(1), other, line(2)]);
    assert_eq!(figures(&imported), [1, 0, 0, 0, 2]);
    assert_eq!(
        heard.0,
        [
            "roster.csv: line 2, column 2 (full_name), student s0000001: the name differs from line 3 for the same student; \
             correct one of them; the student is held until the rows agree",
            "roster.csv: line 3, column 2 (full_name), student s0000001: the name differs from line 2 for the same student; \
             correct one of them; the student is held until the rows agree"
        ]
    );
    assert_eq!(
        held(&desk),
        ["s0000001 conflict: rows contradict each other: line 2 of roster.csv, line 3 of roster.csv"]
    );
    assert_eq!(desk.send().sent, 1);
    // once the rows agree she is mailed
    desk.import(roster_of([line(1).as_str(), &line(2)]));
    assert_eq!(held(&desk), Vec::<String>::new());
    assert_eq!(desk.send().sent, 1);
    assert_eq!(desk.mailed(), ["s0000002@mailbox.example", "s0000001@mailbox.example"]);
}

#[test]
fn two_results_of_one_qualification_hold_the_graduate() {
    for other in [line(1).replace("2026", "2025"), line(1).replace(",,,", ",,H1,")] {
        let desk = Desk::new();
        let (imported, heard) = imported(&desk, &[line(1), other]);
        assert_eq!((figures(&imported), heard.0.len()), ([0, 0, 0, 0, 2], 2));
        assert!(heard.0[0].contains("of the same qualification differs from line 3"), "{:?}", heard.0);
        assert_eq!(desk.send().sent, 0);
    }
}

#[test]
fn who_waits_is_held_when_the_roster_begins_to_contradict_itself() {
    let desk = Desk::new();
    desk.import(roster_of([line(1).as_str(), &line(2)]));
    imported(&desk, &[line(1), line(1).replace("Ada", "Eve"), line(2)]);
    assert_eq!(desk.send().sent, 1);
    assert_eq!(desk.mailed(), ["s0000002@mailbox.example"]);
    // she is not withdrawn for it, and nothing of her changed
    assert_eq!(desk.query("SELECT full_name FROM graduate ORDER BY 1"), ["Ada Number 1", "Ada Number 2"]);
    assert_eq!(desk.query("SELECT DISTINCT state FROM invitation"), ["open"]);
}

fn sharing(number: usize, address: &str) -> String {
    line(number).replace(&format!("s{number:07}@"), address)
}

#[test]
fn an_address_of_several_students_holds_all_of_them() {
    let desk = Desk::new();
    let rows = [
        line(1),
        sharing(2, "S0000001@"),
        line(3),
        sharing(4, "s0000003@"),
        sharing(5, "s0000003@"),
        line(6),
    ];
    let (imported, heard) = imported(&desk, &rows);
    assert_eq!((figures(&imported), heard.0), ([6, 0, 0, 0, 0], vec![]));
    let places: Vec<_> = heard.1.iter().map(|told| told.split(';').next().unwrap()).collect();
    assert_eq!(
        places,
        [
            "roster.csv: line 2, student s0000001: has the same address as student s0000002 on line 3",
            "roster.csv: line 3, student s0000002: has the same address as student s0000001 on line 2",
            "roster.csv: line 4, student s0000003: has the same address as student s0000004 on line 5",
            "roster.csv: line 5, student s0000004: has the same address as student s0000003 on line 4",
            "roster.csv: line 6, student s0000005: has the same address as student s0000003 on line 4",
        ]
    );
    desk.send();
    assert_eq!(desk.mailed(), ["s0000006@mailbox.example"]);
    // with addresses of their own they are mailed
    let rows: Vec<_> = (1..=6).map(line).collect();
    desk.import(roster_of(rows.iter().map(String::as_str)));
    assert_eq!((held(&desk).len(), desk.send().sent), (0, 5));
}

#[test]
fn siblings_share_an_address_when_both_rows_or_the_configuration_say_so() {
    let desk = Desk::new();
    let shared = "student_id,full_name,email,course_name,conferral_year,shared_address\n\
                  s1,Ada Quill,quill@post.example,Bachelor of Arts,2026,yes\n\
                  s2,Abe Quill,quill@post.example,Bachelor of Arts,2026,yes\n";
    desk.import(shared);
    assert_eq!(desk.send().sent, 2);
    // one of them alone does not decide for both
    let desk = Desk::new();
    desk.import(shared.replace("2026,yes\ns2", "2026,\ns2"));
    assert_eq!((desk.send().sent, held(&desk).len()), (0, 2));
    desk.configure("[roster]\nshared_addresses = \"allow\"");
    desk.import(shared.replace("2026,yes\ns2", "2026,\ns2"));
    assert_eq!((held(&desk).len(), desk.send().sent), (0, 2));
}

#[test]
fn ids_that_differ_in_leading_zeros_only_hold_both() {
    let desk = Desk::new();
    let numbered = |id: &str, number: usize| line(number).replacen(&format!("s{number:07}"), id, 1);
    let rows = [numbered("00048530", 1), numbered("48530", 2), numbered("00048531", 3)];
    let (_, heard) = imported(&desk, &rows);
    assert_eq!(heard.1.len(), 2, "{:?}", heard.1);
    desk.send();
    assert_eq!(desk.mailed(), ["s0000003@mailbox.example"]);
    // and so on the next night, over a ledger that holds them
    desk.import(roster_of([rows[0].as_str(), &rows[1], &rows[2], &line(4)]));
    assert_eq!((desk.send().sent, held(&desk).len()), (1, 2));
}

#[test]
fn ids_that_differ_in_capitals_or_punctuation_only_hold_both() {
    let desk = Desk::new();
    let numbered = |id: &str, number: usize| line(number).replacen(&format!("s{number:07}"), id, 1);
    let ids = ["N-1", "n1", "q-1", "Q1", "Ab7", "aB7", "12-3", "1-23"];
    let rows: Vec<_> = ids.iter().enumerate().map(|(at, id)| numbered(id, at + 1)).collect();
    let (_, heard) = imported(&desk, &rows);
    assert_eq!(heard.1.len(), 6, "{:?}", heard.1);
    let told = "student N-1: the id differs from that of student n1 in its punctuation only; both are held until one is corrected";
    assert!(heard.1.iter().any(|note| note.ends_with(told)), "{:?}", heard.1);
    desk.send();
    assert_eq!(desk.mailed().len(), 2);
}

#[test]
fn a_new_student_who_is_a_known_one_without_zeros_is_a_mistake() {
    let desk = Desk::new();
    let numbered = |id: &str, number: usize| line(number).replacen(&format!("s{number:07}"), id, 1);
    let whole: Vec<_> = (1..=30).map(|number| numbered(&format!("{number:08}"), number)).collect();
    desk.import(roster_of(whole.iter().map(String::as_str)));
    desk.send();
    // a spreadsheet took the zeros of eight of them
    let mut spoilt = whole.clone();
    (0..8).for_each(|at| spoilt[at] = numbered(&(at + 1).to_string(), at + 1));
    let path = desk.write("roster.csv", roster_of(spoilt.iter().map(String::as_str)));
    let mut heard = Heard::default();
    let imported = desk.import_with(&[path], &Options::default(), &mut heard).unwrap();
    assert_eq!(figures(&imported), [0, 22, 0, 0, 8]);
    assert_eq!(
        heard.0[0],
        "roster.csv: line 2, column 1 (student_id), student 1: student 00000001 is known and differs in its leading zeros \
         only; a spreadsheet may have removed them, so write the id as it was"
    );
    assert_eq!(desk.send().sent, 0, "nobody is mailed twice");
}

/// On its own or beside the known one, in a whole roster or an additional list.
#[test]
fn a_new_student_who_is_a_known_one_but_for_capitals_or_punctuation_is_a_mistake() {
    let numbered = |id: &str, number: usize| line(number).replacen(&format!("s{number:07}"), id, 1);
    for (known, new) in
        [("K-001", "k-001"), ("k001", "K001"), ("K-001", "K001"), ("K001", "k-001"), ("2024/77", "202477")]
    {
        for is_addition in [true, false] {
            let desk = Desk::new();
            desk.import(roster_of([numbered(known, 1).as_str(), &line(2)]));
            let mut rows = vec![numbered(new, 3)];
            if !is_addition {
                rows.extend([numbered(known, 1), line(2)]);
            }
            let path = desk.write("late.csv", roster_of(rows.iter().map(String::as_str)));
            let mut heard = Heard::default();
            let options = Options { is_addition, ..Options::default() };
            let imported = desk.import_with(&[path], &options, &mut heard).unwrap();
            assert_eq!((imported.rejected, imported.merged.new), (1, 0), "{known} {new} {is_addition}");
            assert_eq!(
                heard.0[0],
                format!(
                    "late.csv: line 2, column 1 (student_id), student {new}: student {known} is known and differs in capitals \
                     or punctuation only; write the id as it was, or if this is another student, run again with \
                     --allow-removals"
                )
            );
        }
    }
    // ids of the usual length, which differ where the punctuation stands, are those of different people
    let desk = Desk::new();
    desk.import(roster_of([numbered("12-3", 1).as_str(), &line(2)]));
    desk.import(roster_of([numbered("12-3", 1).as_str(), &line(2), &numbered("1-23", 3)]));
    assert_eq!(desk.send().sent, 3);
}

#[test]
fn a_new_id_for_the_name_and_address_of_somebody_who_is_missing_is_asked_about() {
    let desk = Desk::new();
    let whole: Vec<_> = (1..=30).map(line).collect();
    desk.import(roster_of(whole.iter().map(String::as_str)));
    desk.send();
    let renumbered = whole.join("\n").replacen("s0000002,", "x77,", 1);
    let path = desk.write("roster.csv", roster_of([renumbered.as_str()]));
    let mut heard = Heard::default();
    let imported = desk.import_with(std::slice::from_ref(&path), &Options::default(), &mut heard).unwrap();
    assert_eq!(figures(&imported), [0, 29, 0, 0, 1]);
    assert!(
        heard.0[0].contains("has the name and the address of student s0000002, who is missing"),
        "{:?}",
        heard.0
    );
    assert_eq!(desk.send().sent, 0);
    // the registry did give out a new id
    let options = Options { allow_removals: true, ..Options::default() };
    let imported = desk.import_with(&[path], &options, &mut Heard::default()).unwrap();
    assert_eq!(figures(&imported), [1, 29, 0, 1, 0]);
}

#[test]
fn several_qualifications_of_one_student_share_an_address_and_a_message() {
    let desk = Desk::new();
    let other = line(1).replace("BA,Bachelor of Arts", "DIP,Diploma");
    let (_, heard) = imported(&desk, &[line(1), other]);
    assert_eq!((heard.0, heard.1), (vec![], vec![]));
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
    assert_eq!((imported.rejected, imported.merged.new), (2, 2));
    assert_eq!(heard.1, ["two.csv: line 3, student s0000002: says the same as line 3 of one.csv"]);
    assert!(
        heard.0[0].contains("one.csv: line 2, ") && heard.0[0].contains("line 4 of two.csv"),
        "{:?}",
        heard.0
    );
    assert!(
        heard.0[1].contains("two.csv: line 4, ") && heard.0[1].contains("line 2 of one.csv"),
        "{:?}",
        heard.0
    );
}

#[test]
fn many_repeated_rows_are_all_told() {
    // more than a page of every query that looks for them
    let desk = Desk::new();
    let rows: Vec<_> = (1..=1200).chain(1..=1200).map(line).collect();
    let (imported, heard) = imported(&desk, &rows);
    assert_eq!((heard.0.len(), heard.1.len(), imported.repeated), (0, 1200, 1200));
    assert_eq!(heard.1[1199], "roster.csv: line 2401, student s0001200: says the same as line 1201");
}
