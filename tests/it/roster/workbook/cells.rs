//! What is in a cell, as it is shown, or why nobody can say.

use super::book::{Book, header, one_row, row, text};

/// A cell with this style.
fn number(style: usize, value: &str) -> String {
    format!("<c s=\"{style}\"><v>{value}</v></c>")
}

fn cell(xml: &str) -> String {
    xml.to_owned()
}

/// The texts of cells behind the needed ones.
fn shown(book: Book, cells: &[String]) -> Vec<String> {
    book.sheet("Roster", &one_row(cells)).only_row().split_off(5)
}

#[test]
fn numbers_are_shown_by_their_format() {
    let formats = vec!["00000000", "&quot;S&quot;00000000", "000-000", "#,##0", "0.00E+00", "0.00", "0.0%"];
    let book = Book { formats, ..Book::default() };
    let cells = [number(1, "123456"), number(2, "4711"), number(3, "12345"), number(4, "1234567")];
    let more = [
        number(5, "1234567890123"),
        number(6, "2026"),
        number(0, "0.30000000000000004"),
        number(0, "1E-7"),
        number(7, "0.855"),
    ];
    let expected =
        ["00123456", "S00004711", "012-345", "1234567", "1234567890123", "2026", "0.3", "0.0000001", "85.5%"];
    assert_eq!(shown(book, &[cells.as_slice(), more.as_slice()].concat()), expected);
}

#[test]
fn days_are_days_in_both_systems() {
    let formats = vec!["yyyy-mm-dd", "d/m/yyyy h:mm", "yyyy", "[$-411]ge.m.d", "h:mm"];
    let cells = |first: f64| {
        let value = |style, more: f64| number(style, &(first + more).to_string());
        [value(1, 0.0), value(2, 0.25), value(3, 0.0), value(4, 0.0), value(0, 0.0), number(5, "0.75")]
    };
    let same = ["2026-06-30", "2026-06-30 06:00:00", "2026", "2026-06-30"];
    let book = Book { formats: formats.clone(), ..Book::default() };
    assert_eq!(shown(book, &cells(46_203.0)), [same.as_slice(), &["46203", "18:00:00"]].concat());
    let book = Book { formats, properties: "<workbookPr date1904=\"1\"/>", ..Book::default() };
    assert_eq!(shown(book, &cells(44_741.0)), [same.as_slice(), &["44741", "18:00:00"]].concat());
}

#[test]
fn texts_are_shown_without_what_is_written_about_them() {
    let cells = [
        cell("<c t=\"inlineStr\"><is><r><t>Rich </t></r><r><rPr><b/></rPr><t>text</t></r></is></c>"),
        cell(
            "<c t=\"inlineStr\"><is><t>山田</t><rPh sb=\"0\" eb=\"2\"><t>ヤマダ</t></rPh><phoneticPr fontId=\"1\"/></is></c>",
        ),
        cell("<c t=\"inlineStr\"><is><t>two_x000D_&#10;lines _x005F_x000D_</t></is></c>"),
        cell(
            "<c t=\"inlineStr\"><is><t>Law &amp; Arts &#x2013; A</t></is><extLst><ext uri=\"x\"/></extLst></c>",
        ),
        cell("<c t=\"str\"><f>A1&amp;\"x\"</f><v>a_x0041_</v></c>"),
        cell("<c t=\"b\"><v>1</v></c>"),
        cell("<c t=\"d\"><v>2026-06-30T00:00:00</v></c>"),
        text("1.23457E+12"),
    ];
    let expected = [
        "Rich text",
        "山田",
        "two\nlines _x000D_",
        "Law & Arts – A",
        "aA",
        "TRUE",
        "2026-06-30",
        "1.23457E+12",
    ];
    assert_eq!(shown(Book::default(), &cells), expected);
}

const NOT_CALCULATED: &str =
    "holds a formula that was never calculated; open the workbook in a spreadsheet program and save it";

#[test]
fn cells_that_show_no_value_are_named() {
    let cells = [
        cell("<c t=\"e\"><f>VLOOKUP(1,2,3)</f><v>#N/A</v></c>"),
        cell("<c t=\"e\"><v>#SPILL!</v></c>"),
        cell("<c t=\"str\"><f>A1</f><v>#REF!</v></c>"),
        number(0, "20260012345678901"),
        cell("<c><f>A1</f></c>"),
        cell("<c t=\"str\"><f>A1</f><v></v></c>"),
        cell("<c><f>1-1</f><v>0</v></c>"),
        number(1, "5"),
        cell("<c t=\"s\"><v>7</v></c>"),
    ];
    let book = || Book { formats: vec![";;;"], ..Book::default() }.sheet("Roster", &one_row(&cells));
    let read = book().read().unwrap();
    let faults = |read: &super::Read| -> Vec<(String, String)> { read.faults.clone() };
    let said = |cell: &str, problem: &str| (cell.to_owned(), problem.to_owned());
    let hides = "has a number format that hides its value; choose the format General";
    let long = "is a number of more than 15 digits, and Excel keeps only 15; store it as text, from the system that it is from";
    assert_eq!(
        faults(&read),
        [
            said("F2", "shows #N/A; fix the formula"),
            said("G2", "shows #SPILL!; fix the formula"),
            said("H2", "shows #REF!; fix the formula"),
            said("I2", long),
            said("J2", NOT_CALCULATED),
            said("M2", hides),
            said("N2", "points to a text that the workbook lacks; save it again"),
        ]
    );
    assert_eq!(read.rows[0].1[5..], ["", "", "", "", "", "", "0", "", ""]);
    // a writer that calculates nothing says so, and its zeros are none
    let read = Book { calculation: "<calcPr fullCalcOnLoad=\"1\"/>", ..book() }.read().unwrap();
    for cell in ["J2", "K2", "L2"] {
        assert!(read.faults.contains(&said(cell, NOT_CALCULATED)), "{cell}");
    }
}

/// A row with nothing but errors is no blank row.
#[test]
fn a_row_of_errors_is_a_row() {
    let errors = row(3, "", &[cell("<c t=\"e\"><v>#REF!</v></c>")]);
    let read = Book::default().sheet("Roster", &(one_row(&[]) + &errors)).read().unwrap();
    assert_eq!(read.rows[1], (3, vec![String::new(); 5]));
    assert_eq!(read.faults[0].0, "A3");
}

#[test]
fn the_same_cell_twice_is_not_chosen_from() {
    let twice = row(2, "", &["<c r=\"A2\"><v>1</v></c><c r=\"A2\"><v>2</v></c>".into()]);
    let read = Book::default().sheet("Roster", &(header(1) + &twice)).read().unwrap();
    assert_eq!(read.faults.len(), 1);
    assert_eq!(read.faults[0].0, "A2");
}
