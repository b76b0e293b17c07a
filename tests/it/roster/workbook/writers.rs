//! Workbooks as real programs write them (`../workbooks/README.md`).

use std::path::PathBuf;

use gradpass::config::RosterSettings;

use super::{Read, include_hidden, read};

fn file(name: &str) -> PathBuf {
    PathBuf::from("tests/it/roster/workbooks").join(name)
}

fn read_all(name: &str) -> Read {
    read(&file(name), &include_hidden()).unwrap_or_else(|problem| panic!("{name}: {problem}"))
}

#[test]
fn the_same_roster_comes_out_of_every_program() {
    let expected = [
        ["00123456", "Nguyễn Thị Hồng", "hong@mailbox.example", "Arts", "2026", "2026-06-30", "Thai"],
        [
            "00004711",
            "สมชาย ใจดี",
            "somchai@mailbox.example",
            "Arts & <b>",
            "2026",
            "2026-07-04",
            "Law\nHistory",
        ],
        ["S01", "陳大文", "chan@mailbox.example", "Law; \"Hons\"", "2025", "2025-12-12", ""],
        ["20261234", "Zoë O’Brien", "zoe@mailbox.example", "Law", "2025", "2025-12-12", ""],
    ];
    for name in [
        "exceljs.xlsx",
        "gnumeric.ods",
        "libreoffice.ods",
        "libreoffice.xls",
        "sheetjs.xls",
        "sheetjs.xlsb",
        "writeexcel.xls",
        "xlsxwriter-1904.xlsx",
        "xlwt.xls",
    ] {
        let Read { sheet, notes, rows, .. } = read_all(name);
        assert_eq!(sheet, "Roster", "{name}");
        for (row, expected) in rows.iter().zip(expected) {
            assert_eq!(row.1, expected, "{name}");
        }
        assert!(rows.len() >= 4, "{name}");
        assert!(notes.contains(&"sheet \"Old\" is hidden and is not read".into()), "{name}: {notes:?}");
        let column = "column E (conferral_year) of sheet \"Roster\" is hidden; read all the same";
        assert!(notes.contains(&column.into()), "{name}: {notes:?}");
        // SheetJS hides no rows of an .xls
        if name != "sheetjs.xls" {
            let refused = read(&file(name), &RosterSettings::default()).unwrap_err();
            assert!(refused.starts_with("sheet \"Roster\" has a hidden row, 3:"), "{name}: {refused}");
        }
    }
}

/// Excel 95 has no letters beyond its code page; those of western Europe are right.
#[test]
fn a_workbook_of_excel_95_is_read_in_its_code_page() {
    let rows = read_all("gnumeric-95.xls").rows;
    assert_eq!(rows[3].1[..2], ["20261234", "Zoë O’Brien"]);
}

#[test]
fn formulas_that_no_program_calculated_are_named() {
    let problem =
        "holds a formula that was never calculated; open the workbook in a spreadsheet program and save it";
    for name in ["exceljs.xlsx", "writeexcel.xls", "xlsxwriter-1904.xlsx", "xlwt.xls"] {
        assert_eq!(read_all(name).faults[0], ("A6".into(), problem.into()), "{name}");
    }
}
