//! Rows that are hidden, blank, far away or wide.

use super::book::{Book, graduate, header, one_row, row, text};
use super::include_hidden;

const ASK: &str = "show or delete what is hidden (Data > Clear filter, or Unhide rows) and save the workbook, or say \
                   --include-hidden if those graduates are to be invited, too";

#[test]
fn hidden_rows_are_read_only_when_that_is_asked_for() {
    for hidden in ["hidden=\"1\"", "hidden=\"true\"", "hidden='1'", "ht=\"0\" customHeight=\"1\""] {
        let rows = header(1) + &graduate(2, "", &[]) + &graduate(3, hidden, &[]) + &graduate(4, "", &[]);
        let book = Book::default().sheet("Roster", &rows);
        let refused = format!("sheet \"Roster\" has a hidden row, 3: {ASK}");
        assert_eq!(book.read(), Err(refused), "{hidden}");
        let read = book.read_with(&include_hidden()).unwrap();
        assert_eq!(read.rows.len(), 3);
        assert_eq!(
            read.notes,
            ["sheet \"Roster\" has a hidden row, 3; read all the same, as --include-hidden asks"]
        );
    }
}

#[test]
fn hidden_rows_are_counted() {
    let hidden = graduate(3, "hidden=\"1\"", &[]) + &graduate(4, "hidden=\"1\"", &[]);
    let book = Book::default().sheet("Roster", &(one_row(&[]) + &hidden));
    assert_eq!(book.read(), Err(format!("sheet \"Roster\" has 2 hidden rows, the first is 3: {ASK}")));
}

/// A hidden row above the header or without a value is no graduate, and most rows of some writers say that they are not hidden.
#[test]
fn hidden_rows_that_hold_no_graduate_do_not_matter() {
    let rows = row(1, "hidden=\"1\"", &[text("internal name")])
        + &header(2)
        + &graduate(3, "hidden=\"0\"", &[])
        + &graduate(4, "hidden=\"false\"", &[])
        + &row(5, "hidden=\"1\"", &[text(" "), "<c s=\"1\"/>".into()]);
    let read = Book::default().sheet("Roster", &rows).read().unwrap();
    let lines: Vec<_> = read.rows.iter().map(|(line, _)| *line).collect();
    assert_eq!(lines, [3, 4]);
    assert_eq!(read.notes, ["row 1 of sheet \"Roster\" is above the header and is not read"]);
}

#[test]
fn hidden_columns_are_read_and_named() {
    let columns =
        "<cols><col min=\"2\" max=\"3\" hidden=\"1\"/><col min=\"40\" max=\"16384\" hidden=\"1\"/></cols>";
    let sheet = format!("{columns}<sheetData>{}</sheetData>", one_row(&[]));
    let read = Book::default().sheet_of("visible", "worksheet", "Roster", &sheet).read().unwrap();
    assert_eq!(read.rows[0].1[1], "Ada Lovelace");
    assert_eq!(
        read.notes,
        ["columns B (full_name), C (email) of sheet \"Roster\" are hidden; read all the same"]
    );
}

#[test]
fn blanks_and_colours_far_away_are_nothing() {
    let far =
        ["<c r=\"XFD2\" s=\"1\"/>".into(), "<c r=\"XFC2\" t=\"inlineStr\"><is><t> </t></is></c>".to_owned()];
    let rows =
        header(1) + &graduate(2, "", &far) + &row(1_048_576, "", &["<c r=\"C1048576\" s=\"1\"/>".into()]);
    let read = Book::default().sheet("Roster", &rows).read().unwrap();
    assert_eq!(read.rows.len(), 1);
    assert_eq!(read.rows[0].1.len(), 5);
}

#[test]
fn a_remark_beside_the_table_and_one_below_are_kept() {
    let rows = header(1)
        + &graduate(2, "", &["<c/>".into(), text("call back")])
        + &row(1_048_576, "", &[text("s0009"), text("see above")]);
    let read = Book::default().sheet("Roster", &rows).read().unwrap();
    assert_eq!(read.rows[0].1[5..], ["", "call back"]);
    assert_eq!(read.rows[1], (1_048_576, ["s0009", "see above", "", "", ""].map(String::from).to_vec()));
}

#[test]
fn what_is_too_far_away_is_named() {
    let far = "<c r=\"XFD2\" t=\"inlineStr\"><is><t>x</t></is></c>".to_owned();
    let refused =
        "has something in cell XFD2 of sheet \"Roster\", right of the 1024 columns that are read; clear it";
    assert_eq!(Book::default().sheet("Roster", &one_row(&[far])).read(), Err(refused.into()));
}
