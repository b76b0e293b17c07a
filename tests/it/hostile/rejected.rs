//! The rejected rows: no cell that a spreadsheet would run, and every cell as it was when they come back.

use super::{HEADER, Spoilt, VALUES, csv, plain};
use crate::roster::desk::Desk;

/// Where a spreadsheet may see a cell begin: it may take a semicolon or a tab for the delimiter, whatever we wrote.
fn runs(cell: &str) -> bool {
    let formula = ['=', '+', '-', '@', '\t', '\r', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];
    let begins = |piece: &str| piece.starts_with(formula) && piece.parse::<f64>().is_err();
    // a text that spreadsheets show as it is
    let is_text =
        cell.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')).is_some_and(|it| !it.contains('"'));
    if is_text {
        return false;
    }
    begins(cell) || cell.split([';', '\t', '\n', '\r']).any(begins)
}

#[test]
fn no_cell_of_it_is_a_formula() {
    let desk = Desk::new();
    let mut rows = Vec::new();
    for [mut first, _] in Spoilt::new().rows {
        first[5] = "26".into();
        rows.push(first);
    }
    // what stands over the columns comes from the same hand
    let roster = csv(&rows);
    let (header, rest) = roster.split_once('\n').unwrap();
    let odd = "\"=cmd|'/c calc'!A0\",\"+a;=b\"";
    let rest = csv_with(rest, 2);
    desk.write("roster.csv", format!("{header},{odd}\n{rest}"));
    assert_eq!(desk.gradpass(&["import", "roster.csv", "--rejects", "rejects.csv"]).code, 1);
    let bytes = std::fs::read(desk.path("rejects.csv")).unwrap();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(&bytes[3..]);
    let mut count = 0;
    for record in reader.records().map(Result::unwrap) {
        for cell in &record {
            assert!(!runs(cell), "{cell:?}");
        }
        count += 1;
    }
    assert_eq!(count, rows.len() + 1);
}

/// Every record with so many empty cells more.
fn csv_with(rows: &str, more: usize) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(rows.as_bytes());
    for mut record in reader.records().map(Result::unwrap) {
        (0..more).for_each(|_| record.push_field(""));
        writer.write_record(&record).unwrap();
    }
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

#[test]
fn mended_rows_hold_what_they_held() {
    let mut rows = Vec::new();
    for (number, value) in VALUES.into_iter().enumerate() {
        let mut row = plain(number);
        row[6] = value.into();
        rows.push(row);
    }
    let whole = Desk::new();
    whole.write("roster.csv", csv(&rows));
    assert_eq!(whole.gradpass(&["import", "roster.csv"]).code, 1);

    let desk = Desk::new();
    let spoilt: Vec<_> = rows
        .iter()
        .cloned()
        .map(|mut row| {
            row[5] = "26".into();
            row
        })
        .collect();
    desk.write("roster.csv", csv(&spoilt));
    assert_eq!(desk.gradpass(&["import", "roster.csv", "--rejects", "rejects.csv"]).code, 1);
    let rejects = std::fs::read_to_string(desk.path("rejects.csv")).unwrap();
    assert!(rejects.starts_with(&format!("\u{feff}{HEADER},what_is_wrong")));
    desk.write("mended.csv", rejects.replace(",26,", ",2024,"));
    assert_eq!(desk.gradpass(&["import", "mended.csv"]).code, 1);
    assert!(desk.awards().len() > 5, "{}", desk.awards().len());
    assert_eq!(desk.awards(), whole.awards());
}
