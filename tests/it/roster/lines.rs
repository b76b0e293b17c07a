//! The line of a mistake is the line that an editor shows.

use super::desk::{Desk, HEADER, line};

#[test]
fn the_line_of_a_mistake_is_the_line_in_the_file() {
    let wrong = line(9).replace('@', " ");
    for (end, rows) in [
        ("\n", vec![line(1), wrong.clone()]),
        ("\r\n", vec![line(1), line(2), wrong.clone()]),
        ("\n", vec![line(1), String::new(), ",,,,,,,,".into(), wrong.clone()]),
        ("\r\n", vec![String::new(), line(1), String::new(), String::new(), wrong.clone()]),
        ("\n", vec![format!("{},", line(1)).replace("Ada", "\"Ada\nB\""), wrong.clone()]),
        ("\r", vec![line(1), line(2), wrong.clone()]),
    ] {
        let text = format!("{HEADER}{end}{}{end}", rows.join(end));
        let expected = text.replace("\r\n", "\n").replace('\r', "\n");
        let expected = expected.lines().position(|line| *line == wrong).unwrap() + 1;
        let desk = Desk::new();
        desk.write("roster.csv", &text);
        let ran = desk.gradpass(&["import", "roster.csv"]);
        let told = ran.stderr.lines().find(|line| line.contains("s0000009")).unwrap();
        assert!(
            told.starts_with(&format!("roster.csv: line {expected}, column 3 (email)")),
            "{text:?}: {told}"
        );
    }
}

#[test]
fn excels_first_line_counts_as_a_line() {
    let desk = Desk::new();
    desk.write("roster.csv", format!("sep=,\n{HEADER}\n{}\n", line(9).replace('@', " ")));
    let ran = desk.gradpass(&["import", "roster.csv"]);
    assert!(ran.stderr.starts_with("roster.csv: line 3, column 3 (email)"), "{}", ran.stderr);
}

#[test]
fn a_bare_carriage_return_inside_a_line_ends_none() {
    let desk = Desk::new();
    let broken = line(9).replace(" Number", "\rNumber");
    desk.write("roster.csv", format!("{HEADER}\n{broken}\n{}\n{}\n", line(2), line(8).replace('@', " ")));
    let ran = desk.gradpass(&["import", "roster.csv"]);
    let lines: Vec<_> = ran.stderr.lines().filter_map(|line| line.split(", student").next()).collect();
    assert_eq!(
        lines,
        ["roster.csv: line 2, column 2 (full_name)", "roster.csv: line 4, column 3 (email)"],
        "{}",
        ran.stderr
    );
    assert_eq!(desk.awards().len(), 1);
}
