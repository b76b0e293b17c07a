//! A line of subjects that cannot be used: it keeps back the awards that it may be about, and is never dropped.

use super::{HEADER, SEVERAL, with};
use crate::types::{import, told};

/// `SEVERAL` with these lines of subjects: the rejected rows, and what was told.
fn rejected(lines: &str) -> (i64, String) {
    let (world, _seek) = with(&(HEADER.to_owned() + lines));
    let (all, words) = told(&world, SEVERAL, "education");
    (all.rejected, words)
}

/// A transcript would lack it, whatever else the file has of the student.
#[test]
fn a_line_that_cannot_be_used_is_never_dropped() {
    let good = "s1,BA,,History,HIS1,81,A,2022,2023-11-30\n";
    for (line, problem) in [
        ("s1,#REF!,,Law,LAW1,50,F,2022,", "column 2 (course_code): is an error that a spreadsheet shows"),
        ("s1,=A1,,Law,LAW1,50,F,2022,", "column 2 (course_code): looks like a spreadsheet formula"),
        ("s1,B?C,,Law,LAW1,50,F,2022,", "column 2 (course_code): "),
        ("s1,XX,,Law,,50,F,2022,", "column 5 (code): missing; every row needs it"),
        ("s1,XX,,Law,LAW1,50,F,2022,", "no award of the student in the roster has this course_code"),
        ("S-1,BA,,Law,LAW1,50,F,2022,", "is of student S-1, whose id is s1 but for capitals, punctuation"),
        ("s01,,,Law,,50,F,2022,", "column 5 (code): missing; every row needs it"),
    ] {
        let (rejected, words) = rejected(&format!("{good}{line}\n"));
        // nobody knows which of the two awards of s1 it is of
        assert_eq!(rejected, 2, "{line}: {words}");
        for place in ["line 2", "line 3"] {
            let told = format!("roster.csv: {place}, student s1: transcript: subjects.csv: line 3");
            assert!(words.contains(&told) && words.contains(problem), "{line}: {words}");
        }
    }
}

#[test]
fn a_mistake_of_a_line_is_one_of_the_award_that_it_names() {
    for line in [
        "s1,BA,,Law,1E+05,50,F,2022,",
        "s1,BA,,Law,LAW1,8.1E+1,F,2022,",
        "s1,BA,,Law,LAW1,50,N/A,2022,",
        "s1,BA,,\"Law\nof Rome\",LAW1,50,F,2022,",
        "s1,,bachelor of arts,Law,LAW1,50,F,2023-12-01,",
    ] {
        let (rejected, words) = rejected(&format!("s1,BA,,History,HIS1,81,A,2022,2023-11-30\n{line}\n"));
        assert_eq!(rejected, 1, "{line}: {words}");
        let problem = [
            ("E+", "Excel shortened this number"),
            ("N/A", "column 7 (grade): only says that it is empty"),
            ("Rome", "column 4 (subject): contains a line break"),
            ("2023-12-01", "was completed after the issuance_date of its transcript"),
        ];
        let (_, problem) = problem.into_iter().find(|(sign, _)| line.contains(sign)).unwrap();
        assert!(words.contains("line 2, student s1: transcript: subjects.csv: line 3"), "{words}");
        assert!(words.contains(problem), "{words}");
    }
    // of s1's two awards each may be meant
    let (rejected, words) = rejected("s1,BA,Bachelor of Science,Law,LAW1,50,F,2022,2023-11-30\n");
    assert_eq!(rejected, 2, "{words}");
    assert!(words.contains("course_code is of an award with another name than course_name"), "{words}");
}

/// A cell that runs over lines may have swallowed those of other students.
#[test]
fn a_quote_that_swallows_another_students_line_stops_the_import() {
    let (world, _seek) =
        with(&format!("{HEADER}s1,BA,,\"Law,L1,1,A,2022,2023-11-30\ns2,BA,,Art\",L1,1,A,2022,2023-11-30\n"));
    let ran = import(&world, SEVERAL, &[]);
    assert_eq!(ran.code, 2, "{}", ran.stderr);
    assert!(ran.stderr.contains("does not tell whose these subjects are"), "{}", ran.stderr);
}

#[test]
fn students_whom_the_roster_does_not_list_are_told_also_with_a_mistake() {
    let (rejected, words) = rejected("s8,,,Law,,50,F,2022,2023-11-30\ns9,,,Law,L1,50,F,2022,2023-11-30\n");
    assert_eq!(rejected, 0, "{words}");
    assert!(
        words.contains(
            "the subjects of 2 students go with nothing, since the roster does not list them: s8, s9"
        )
    );
}
