//! Whether the quotes are closed decides whether a last row without a line end is whole, not its lines.

use std::fmt::Write;

use super::desk::{Desk, HEADER, line, roster_of};

#[test]
fn a_file_that_was_cut_inside_the_quotes_of_its_last_column_is_refused() {
    let desk = Desk::new();
    desk.write(
        "roster.csv",
        "student_id,full_name,email,conferral_year,course_name\ns1,Mira Tan,a@b.example,2026,\"Bachelor of Arts, Bache",
    );
    let ran = desk.gradpass(&["import", "roster.csv"]);
    assert_eq!(ran.code, 2, "{}{}", ran.stdout, ran.stderr);
}

#[test]
fn a_closed_quote_over_several_lines_may_end_the_file() {
    let desk = Desk::new();
    let text = "student_id,full_name,email,conferral_year,course_name,remark\ns1,Mira Tan,a@b.example,2026,Arts,\"sits\nwaits\"";
    assert_eq!(desk.import(text), [1, 0, 0, 0, 0]);
    let desk = Desk::new();
    assert_eq!(desk.import(format!("{text}\n")), [1, 0, 0, 0, 0]);
}

/// A student who is off the list is withdrawn, whatever stands around the table.
#[test]
fn lines_around_the_table_are_no_rows_and_stop_no_withdrawal() {
    let [one, two, three] = [1, 2, 3].map(line);
    let desk = Desk::new();
    assert_eq!(desk.import(roster_of([one.as_str(), &two, &three])), [3, 0, 0, 0, 0]);
    let text = format!(
        "{HEADER}\nVARCHAR2,VARCHAR2,VARCHAR2,CHAR,TEXT,NUMBER,TEXT,TEXT,CHAR\nFaculty of Arts,,,,,,,,\n{one}\nSubtotal,,,,,,,,1\n\
         Page 2 of 2\n{HEADER}\n{two}\nรวม 2 คน\nCONFIDENTIAL - for registry use only\n"
    );
    desk.write("roster.csv", text);
    let ran = desk.gradpass(&["import", "roster.csv"]);
    let said = format!("{}{}", ran.stdout, ran.stderr);
    assert!(said.contains("lines 2, 3, 6, 10 were passed over: they are no rows"), "{said}");
    assert!(ran.code == 0 && said.contains("1 withdrawn"), "{}: {said}", ran.code);
}

#[test]
fn a_count_in_another_language_is_checked() {
    for footer in [
        "Jumlah: 3",
        "Tổng cộng: 3",
        "共3人",
        "รวม 3 คน",
        "3 rows in set (0.00 sec)",
        "T|3",
        "TRAILER,3,20261127",
    ] {
        let desk = Desk::new();
        desk.write("roster.csv", format!("{}{footer}\n", roster_of([line(1).as_str(), &line(2)])));
        let ran = desk.gradpass(&["import", "roster.csv"]);
        assert!(
            ran.code == 2 && ran.stderr.contains("on line 4 that it has 3 rows"),
            "{footer}: {}",
            ran.stderr
        );
    }
}

/// The last cell of a row may be on a line of its own where a line break was lost, and an id alone is somebody's row.
#[test]
fn what_may_be_part_of_a_row_is_not_passed_over() {
    let start =
        "student_id,full_name,email,conferral_year,course_name\ns1,Mira Tan,a@b.example,2026,Bachelor of\n";
    for (text, code) in [
        (format!("{start}Arts\n"), 1),
        (format!("{start}s0002,,,,\n"), 1),
        (start.replace("course_name", "course_name,language") + "Arts in Law\n", 1),
        (format!("{start}smi"), 2),
    ] {
        let desk = Desk::new();
        desk.write("roster.csv", &text);
        let ran = desk.gradpass(&["import", "roster.csv"]);
        assert_eq!(ran.code, code, "{text}: {}", ran.stderr);
    }
}

/// One student under two ids is not invited twice.
#[test]
fn ids_that_differ_in_capitals_only_are_held() {
    let desk = Desk::new();
    let other = line(1).replace("s0000001,Ada", "S0000001,Bea").replace("s0000001@", "bea@");
    desk.write("roster.csv", roster_of([line(1).as_str(), &other, &line(2)]));
    let ran = desk.gradpass(&["import", "roster.csv"]);
    assert!(
        ran.stdout.contains("in its capitals only") || ran.stderr.contains("in its capitals only"),
        "{}",
        ran.stderr
    );
    assert_eq!(desk.query("SELECT student_id FROM hold ORDER BY student_id"), ["S0000001", "s0000001"]);
}

/// Na, Nil and Null are names; NULL and None nobody can tell.
#[test]
fn a_name_that_looks_like_an_empty_word_is_sent_whole_or_not_at_all() {
    let desk = Desk::new();
    let header = "student_id,given_names,family_name,email,course_name,conferral_year";
    let rows = [
        ("Na", "Li"),
        ("Nil", "Sharma"),
        ("Christopher", "Null"),
        ("X", "Ibrahim"),
        ("Suharto", "N/A"),
        ("NULL", "Tan"),
        ("None", "Ali"),
    ];
    let mut text = format!("{header}\n");
    for (number, (given, family)) in rows.iter().enumerate() {
        writeln!(text, "s{number},{given},{family},m{number}@b.example,Arts,2026").unwrap();
    }
    desk.write("roster.csv", text);
    let ran = desk.gradpass(&["import", "roster.csv"]);
    assert_eq!((ran.code, ran.stderr.matches("or is a name").count()), (1, 2), "{}", ran.stderr);
    let names = desk.query("SELECT full_name FROM graduate ORDER BY student_id");
    assert_eq!(names, ["Na Li", "Nil Sharma", "Christopher Null", "X Ibrahim", "Suharto"]);
}

/// `26/06/30` is 2026 or 2030.
#[test]
fn a_year_of_two_digits_that_may_lead_is_asked_about() {
    let text = "student_id,full_name,email,course_name,conferral_date\ns1,Mira Tan,a@b.example,Arts,26/06/30\ns2,Bea Tan,b@b.example,Arts,26/07/15\n";
    let desk = Desk::new();
    desk.write("roster.csv", text);
    let ran = desk.gradpass(&["import", "roster.csv"]);
    assert_eq!((ran.code, ran.stderr.matches("could stand first or last").count()), (1, 2), "{}", ran.stderr);
    let desk = Desk::new();
    assert_eq!(
        desk.import(text.replace("26/06/30", "30/06/26").replace("26/07/15", "15/07/26")),
        [2, 0, 0, 0, 0]
    );
}

/// A spreadsheet in which the rejected rows were corrected took the zeros from their ids.
#[test]
fn a_corrected_row_whose_id_lost_its_zeros_is_no_new_student() {
    let header = "student_id,full_name,email,course_name,conferral_year";
    let desk = Desk::new();
    desk.write(
        "roster.csv",
        format!("{header}\n0012345,Mira Tan,a@b.example,Arts,2026\n0012346,Bea Tan,none,Arts,2026\n"),
    );
    assert_eq!(desk.gradpass(&["import", "roster.csv"]).code, 1);
    desk.write("rejects.csv", format!("{header},what_is_wrong\n12346,Bea Tan,b@b.example,Arts,2026,\n"));
    let ran = desk.gradpass(&["import", "rejects.csv"]);
    assert!(
        ran.code == 1 && ran.stderr.contains("student 0012346 is known and differs in its leading zeros"),
        "{}",
        ran.stderr
    );
    desk.write("rejects.csv", format!("{header},what_is_wrong\n0012346,Bea Tan,b@b.example,Arts,2026,\n"));
    assert_eq!(desk.gradpass(&["import", "rejects.csv"]).code, 0);
}

/// The night before, no row at all came in.
#[test]
fn zeros_are_missed_where_every_row_was_rejected_before() {
    let header = "student_id,full_name,email,course_name,conferral_year";
    let desk = Desk::new();
    desk.write(
        "roster.csv",
        format!("{header}\n00000001,Mira Tan,none,Arts,2026\n00000002,Bea Tan,none,Arts,2026\n"),
    );
    assert_eq!(desk.gradpass(&["import", "roster.csv"]).code, 1);
    desk.write(
        "rejects.csv",
        format!(
            "{header},what_is_wrong\n1,Mira Tan,a@b.example,Arts,2026,\n2,Bea Tan,b@b.example,Arts,2026,\n"
        ),
    );
    let ran = desk.gradpass(&["import", "rejects.csv"]);
    assert!(
        ran.code == 1 && ran.stderr.contains("student 00000001 is known and differs in its leading zeros"),
        "{}",
        ran.stderr
    );
    assert_eq!(desk.query("SELECT student_id FROM graduate"), <[String; 0]>::default());
}
