//! Which sheet is the roster.

use gradpass::config::RosterSettings;
use gradpass::roster::Transcripts;

use super::book::{Book, graduate, header, one_row, row, text};
use super::on_sheet;

fn notes() -> String {
    row(1, "", &[text("Exported for the registrar")])
}

#[test]
fn the_sheet_with_a_roster_header_is_read_and_the_others_are_named() {
    let titles = row(1, "", &[text("Graduates 2026")]) + &header(4) + &graduate(5, "", &[]);
    let book = Book::default()
        .sheet_of("visible", "chartsheet", "Chart", "")
        .sheet("Empty", "")
        .sheet("Notes", &notes())
        .hidden("hidden", "Last year", &one_row(&[]))
        .hidden("veryHidden", "Codes", &notes())
        .sheet("Roster", &titles);
    let read = book.read_with(&on_sheet("roster")).unwrap();
    assert_eq!(read.sheet, "Roster");
    assert_eq!(
        read.notes,
        [
            "sheet \"Notes\" has no header of a roster and is not read",
            "sheet \"Last year\" is hidden and is not read",
            "sheet \"Codes\" is hidden and is not read",
            "rows 1 to 3 of sheet \"Roster\" are above the header and are not read",
        ]
    );
    // the same without its name
    let book = Book::default().sheet("Notes", &notes()).hidden("hidden", "Old", &one_row(&[]));
    let read = book.sheet("Roster", &one_row(&[])).read().unwrap();
    assert_eq!((read.sheet.as_str(), read.rows.len(), read.notes.len()), ("Roster", 1, 2));
}

#[test]
fn of_several_rosters_the_officer_says_which() {
    let book = Book::default().sheet("Arts", &one_row(&[])).sheet("Law", &one_row(&[]));
    let refused = "has a roster on each of the sheets \"Arts\", \"Law\"; name the one to be read with --sheet NAME \
                   (roster.sheet in the configuration), or put all rows on one sheet";
    assert_eq!(book.read(), Err(refused.into()));
    let read = book.read_with(&on_sheet(" LAW ")).unwrap();
    assert_eq!(read.sheet, "Law");
    assert_eq!(read.notes, ["sheet \"Arts\" has a header of a roster, too, and is not read"]);
    let unknown = book.read_with(&on_sheet("Science"));
    assert_eq!(unknown, Err("has no worksheet \"Science\"; its sheets are \"Arts\", \"Law\"".into()));
}

#[test]
fn a_hidden_sheet_is_read_only_by_its_name() {
    let book = Book::default().sheet("Cover", &notes()).hidden("veryHidden", "Data", &one_row(&[]));
    let refused = "has a roster only on the hidden sheet \"Data\"; show that sheet and save the workbook, or name it with \
                   --sheet NAME (roster.sheet in the configuration)";
    assert_eq!(book.read(), Err(refused.into()));
    assert_eq!(book.read_with(&on_sheet("Data")).unwrap().sheet, "Data");
}

#[test]
fn a_workbook_without_a_sheet_of_cells_is_said_to_be_one() {
    let book = Book::default().sheet_of("visible", "chartsheet", "Chart", "");
    assert_eq!(book.read(), Err("has no sheet with cells; put the roster on a worksheet".into()));
}

/// The sheet of the roster is none of theirs, unless it is asked for a name.
#[test]
fn of_several_sheets_of_subjects_the_named_one_is_read() {
    let cells = ["student_id", "subject", "code", "grade", "completion_date", "issuance_date"].map(text);
    let subjects =
        row(1, "", &cells) + &row(2, "", &["s1", "Law", "L1", "A", "2022", "2023-11-30"].map(text));
    let one = Book::default().sheet("Subjects", &subjects);
    let two = Book::default().sheet("Old", &subjects).sheet("New", &subjects);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("subjects.xlsx");
    for (book, named, read) in [
        (&one, Some("Graduates"), Ok("Subjects")),
        (&two, Some("new"), Ok("New")),
        (&two, None, Err("name the one to be read with --sheet NAME")),
        (&two, Some("Graduates"), Err("name the one to be read with --sheet NAME")),
    ] {
        std::fs::write(&path, book.bytes()).unwrap();
        let settings = named.map_or_else(RosterSettings::default, on_sheet);
        match (Transcripts::open(&path, &settings), read) {
            (Ok(file), Ok(sheet)) => assert_eq!(file.sheet(), Some(sheet)),
            (Err(error), Err(problem)) => assert!(error.problem.contains(problem), "{error}"),
            _ => panic!("{named:?}"),
        }
    }
}
