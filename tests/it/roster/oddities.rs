//! Files of a kind that nobody exports on purpose: no panic, and a clear outcome.

use gradpass::import::Options;

use super::desk::{Desk, HEADER, Heard, figures, line};

#[test]
fn bare_carriage_returns_end_lines() {
    let desk = Desk::new();
    let text = format!("{HEADER}\r{}\r{}\r", line(1), line(2));
    assert_eq!(desk.import(text), [2, 0, 0, 0, 0]);
}

#[test]
fn a_last_line_without_an_end_is_a_row() {
    for end in ["\n", "\r\n", "\r"] {
        let desk = Desk::new();
        let text = format!("{HEADER}{end}{}{end}{}", line(1), line(2));
        assert_eq!(desk.import(text), [2, 0, 0, 0, 0], "{end:?}");
    }
}

#[test]
fn a_nul_spoils_its_row_only() {
    let desk = Desk::new();
    desk.write(
        "roster.csv",
        format!("{HEADER}\n{}\n{}\n{}\n", line(1), line(2).replace("Ada", "A\0da"), line(3)),
    );
    let ran = desk.gradpass(&["import", "roster.csv"]);
    assert_eq!(
        (ran.code, ran.stderr.as_str()),
        (
            1,
            "roster.csv: line 3, column 2 (full_name), student s0000002: contains a NUL character; export the roster again as text\n"
        )
    );
    assert_eq!(desk.awards().len(), 2);
}

#[test]
fn a_lone_nul_is_an_empty_cell() {
    // as bcp writes an empty text
    let desk = Desk::new();
    let row = line(1).replace(",,,", ",\0,\0,\0");
    assert_eq!(desk.import(format!("{HEADER}\r\n{row}\r\n")), [1, 0, 0, 0, 0]);
    let held = desk.awards();
    let other = Desk::new();
    other.import(format!("{HEADER}\r\n{}\r\n", line(1)));
    assert_eq!(held, other.awards());
}

#[test]
fn ctrl_z_at_the_end_is_no_row() {
    for end in ["\u{1a}", "\u{1a}\u{1a}\0", "\u{1a}\r\n"] {
        let desk = Desk::new();
        assert_eq!(desk.import(format!("{HEADER}\r\n{}\r\n{end}", line(1))), [1, 0, 0, 0, 0], "{end:?}");
        let desk = Desk::new();
        let text: Vec<u8> = format!("\u{feff}{HEADER}\r\n{}\r\n\u{1a}", line(1))
            .encode_utf16()
            .flat_map(u16::to_be_bytes)
            .collect();
        assert_eq!(desk.import(text), [1, 0, 0, 0, 0]);
    }
}

#[test]
fn a_text_that_is_named_like_a_workbook_is_read_as_text() {
    for (name, between) in [("roster.xls", "\t"), ("roster.xlsx", ",")] {
        let desk = Desk::new();
        let path = desk.write(name, format!("{HEADER}\n{}\n", line(1)).replace(',', between));
        let imported = desk.import_with(&[path], &Options::default(), &mut Heard::default()).unwrap();
        assert_eq!(figures(&imported), [1, 0, 0, 0, 0], "{name}");
    }
}

#[test]
fn a_cell_of_ten_megabytes_spoils_its_row_only() {
    let desk = Desk::new();
    let large = "x".repeat(10 << 20);
    desk.write(
        "roster.csv",
        format!("{HEADER}\n{}\n{}\n{}\n", line(1), line(2).replace("Ada", &large), line(3)),
    );
    let ran = desk.gradpass(&["import", "roster.csv", "--rejects", "rejects.csv"]);
    assert_eq!(
        (ran.code, ran.stderr.lines().next().unwrap()),
        (
            1,
            "roster.csv: line 3, column 2 (full_name), student s0000002: longer than 300 characters; is a quote left open?"
        )
    );
    assert_eq!(desk.awards().len(), 2);
}

#[test]
fn a_quote_that_swallows_more_than_a_record_can_be_refuses_the_file() {
    let desk = Desk::new();
    let row = format!("{}\n", line(3));
    let rest = row.repeat((14 << 20) / row.len());
    desk.write("roster.csv", format!("{HEADER}\n{}\n{}\n{rest}", line(1), line(2).replace("Ada", "\"Ada")));
    let ran = desk.gradpass(&["import", "roster.csv"]);
    assert_eq!(
        (ran.code, ran.stderr.as_str()),
        (
            2,
            "error: roster.csv: has a row of more than 12 MB on or after line 3, so a quote is probably not closed; \
             close it, or export the roster again\n"
        )
    );
}

#[test]
fn a_quote_closed_by_a_later_one_is_a_mistake_on_its_line() {
    let desk = Desk::new();
    let text = format!(
        "{HEADER}\n{}\n{}\n{}\n{}\n",
        line(1),
        line(2).replace("Ada", "\"Ada"),
        line(3).replace("Bachelor of Arts", "\"Bachelor of Arts\""),
        line(4)
    );
    desk.write("roster.csv", text);
    let ran = desk.gradpass(&["import", "roster.csv"]);
    assert_eq!(ran.code, 1);
    assert!(ran.stderr.starts_with("roster.csv: line 3"), "{}", ran.stderr);
}

#[test]
fn a_hundred_thousand_columns_are_read_or_refused() {
    let desk = Desk::new();
    let more = |sign: &str| sign.repeat(100_000);
    desk.write("known.csv", format!("{HEADER}{}\n{}{}\n", more(",x"), line(1), more(",")));
    assert_eq!(desk.gradpass(&["import", "known.csv"]).code, 0);
    desk.write("row.csv", format!("{HEADER}\n{}{}\n", line(1), more(",") + "x"));
    let ran = desk.gradpass(&["import", "row.csv"]);
    assert_eq!(
        (ran.code, ran.stderr.as_str()),
        (1, "row.csv: line 2: has 100009 columns where the header has 9\n")
    );
}

#[test]
fn a_line_of_twenty_megabytes_is_refused() {
    let desk = Desk::new();
    desk.write("roster.csv", "x".repeat(20 << 20));
    let ran = desk.gradpass(&["import", "roster.csv"]);
    assert_eq!(ran.code, 2);
    assert_eq!(
        ran.stderr,
        "error: roster.csv: has a row of more than 12 MB on or after line 1, so a quote is probably not closed; close \
         it, or export the roster again\n"
    );
}
