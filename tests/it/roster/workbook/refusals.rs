//! Archives that are no workbooks, and workbooks that cannot be read.

use gradpass::config::RosterSettings;

use super::book::{Book, one_row, read_bytes, zipped};

fn refused(bytes: &[u8]) -> String {
    read_bytes(bytes, &RosterSettings::default()).unwrap_err()
}

#[test]
fn other_archives_are_called_what_they_are() {
    let other = "is no workbook but another Office document; save the list as .xlsx or as CSV UTF-8";
    for (name, sentence) in [
        ("roster.csv", "is a zip archive; unpack it and name the roster in it"),
        ("Index/Document.iwa", "is a Numbers document; export it as Excel (.xlsx) or as CSV"),
        ("word/document.xml", other),
        ("ppt/presentation.xml", other),
    ] {
        assert_eq!(refused(&zipped(&[(name.into(), "x".into())])), sentence);
    }
}

const DAMAGED: &str = "is a workbook that is damaged or cut off; export it again, or save it anew as .xlsx";

/// Without its checksum, one letter of an address would be another.
#[test]
fn a_damaged_letter_is_found() {
    let bytes = Book::default().sheet("Roster", &one_row(&[])).bytes();
    let place = bytes.windows(3).position(|letters| letters == b"ada").unwrap();
    let mut damaged = bytes.clone();
    damaged[place] = b'e';
    assert_eq!(refused(&damaged), DAMAGED);
    assert_eq!(refused(&bytes[..bytes.len() / 2]), DAMAGED);
}

/// Rows that are not in order would change places with the header.
#[test]
fn rows_in_another_order_are_refused() {
    let rows = super::book::header(5) + &super::book::graduate(2, "", &[]);
    assert_eq!(refused(&Book::default().sheet("Roster", &rows).bytes()), DAMAGED);
}

#[test]
fn a_workbook_with_a_password_is_said_to_have_one() {
    let bytes = std::fs::read("tests/it/roster/workbooks/password.xlsx").unwrap();
    assert_eq!(refused(&bytes), "is protected with a password; save it without one");
}

#[test]
fn a_row_that_would_fill_the_memory_is_refused() {
    let long = "x".repeat(1 << 20);
    let row = one_row(&vec![super::book::text(&long); 20]);
    let said = refused(&Book::default().sheet("Roster", &row).bytes());
    assert_eq!(said, "has more in row 2 than a roster can have; clear what does not belong there");
}
