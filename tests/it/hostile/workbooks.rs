//! Workbooks that no spreadsheet would write: small files that would fill the memory, and sheets that are spoilt.

use std::io::{Cursor, Write};

use gradpass::config::RosterSettings;
use gradpass::roster::Roster;
use proptest::prelude::*;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::properties::cases;
use crate::roster::desk::Desk;

/// A workbook whose first sheet is this XML.
fn workbook(sheet: &str, strings: &str) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006";
    let relation = |id: &str, kind: &str, target: &str| {
        format!("<Relationship Id=\"{id}\" Type=\"{office}/{kind}\" Target=\"{target}\"/>")
    };
    let relations =
        |list: &str| format!("<Relationships xmlns=\"{package}/relationships\">{list}</Relationships>");
    for (name, text) in [
        ("[Content_Types].xml", format!("<Types xmlns=\"{package}/content-types\"/>")),
        ("_rels/.rels", relations(&relation("r1", "officeDocument", "xl/workbook.xml"))),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{main}\" xmlns:r=\"{office}\"><sheets><sheet name=\"A\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            relations(
                &(relation("r1", "worksheet", "worksheets/sheet1.xml")
                    + &relation("r2", "sharedStrings", "sharedStrings.xml")),
            ),
        ),
        ("xl/worksheets/sheet1.xml", format!("<worksheet xmlns=\"{main}\">{sheet}</worksheet>")),
        ("xl/sharedStrings.xml", format!("<sst xmlns=\"{main}\">{strings}</sst>")),
    ] {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn cell(place: &str, text: &str) -> String {
    format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
}

/// A row of texts, from column A on.
fn row(number: usize, texts: &[&str]) -> String {
    let columns = texts.iter().zip('A'..);
    let cells: Vec<_> = columns.map(|(text, column)| cell(&format!("{column}{number}"), text)).collect();
    format!("<row r=\"{number}\">{}</row>", cells.concat())
}

fn header() -> String {
    row(1, &["student_id", "full_name", "email", "course_name", "conferral_year"])
}

#[test]
fn a_workbook_of_this_kind_is_read() {
    let values = row(2, &["s1", "Ada Lovelace", "ada@mailbox.example", "Arts", "2024"]);
    let desk = Desk::new();
    assert_eq!(
        desk.import(workbook(&format!("<sheetData>{}{values}</sheetData>", header()), "")),
        [1, 0, 0, 0, 0]
    );
}

/// Two thousand cells in their last columns are more than thirty million with those before them.
#[test]
fn a_sheet_that_would_fill_the_memory_is_refused() {
    let rows = |column: &str| -> Vec<_> {
        (2..=2_000)
            .map(|row| format!("<row r=\"{row}\">{}</row>", cell(&format!("{column}{row}"), "x")))
            .collect()
    };
    let wide = format!("<row r=\"1\">{}</row>", cell("XFD1", "x"));
    for (sheet, place) in [(header() + &rows("XFD").concat(), "XFD2"), (wide + &rows("A").concat(), "XFD1")] {
        let desk = Desk::new();
        desk.write("roster.xlsx", workbook(&format!("<sheetData>{sheet}</sheetData>"), ""));
        let ran = desk.gradpass(&["import", "roster.xlsx"]);
        let words = format!(
            "error: roster.xlsx: has something in cell {place} of sheet \"A\", right of the 1024 columns that are read; \
             clear it\n"
        );
        assert_eq!((ran.code, ran.stderr), (2, words));
    }
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn any_sheet_is_refused_or_read(
        places in prop::collection::vec("([A-Z]{0,4}[0-9]{0,11}|[ -~]{0,6})", 0..6),
        kind in prop::sample::select(["s", "n", "b", "d", "e", "str", "inlineStr", "x"].as_slice()),
        value in "(-?[0-9]{1,30}(\\.[0-9]{1,9})?(e[0-9]{1,4})?|[ -;=?-~]{0,12})",
        style in "[0-9]{0,12}",
        spoilt in prop::option::of((any::<prop::sample::Index>(), any::<u8>())),
    ) {
        let places: Vec<_> = places.iter().map(|place| place.replace(['<', '&', '"'], "")).collect();
        let value = value.replace('&', "");
        let cell = |place| format!("<c r=\"{place}\" s=\"{style}\" t=\"{kind}\"><v>{value}</v></c>");
        let cells: Vec<_> = places.iter().map(cell).collect();
        let size = format!("<dimension ref=\"A1:{}\"/>", places.concat());
        let sheet = format!("{size}<sheetData>{}<row>{}</row></sheetData>", header(), cells.concat());
        let mut bytes = workbook(&sheet, "<si><t>a</t></si><si/>");
        if let Some((place, byte)) = spoilt {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        let mut file = tempfile::Builder::new().suffix(".xlsx").tempfile().unwrap();
        file.write_all(&bytes).unwrap();
        if let Ok(mut roster) = Roster::open(file.path(), &RosterSettings::default()) {
            while let Ok(Some(_)) = roster.next_record() {}
        }
    }
}
