//! The rejected rows: a file to mend and to import again.

use std::os::unix::fs::PermissionsExt;

use gradpass::import::Options;

use super::desk::{Desk, HEADER, Heard, figures, line, sample};

#[test]
fn mended_rows_are_added_and_nobody_is_withdrawn() {
    let desk = Desk::new();
    let mut roster: Vec<_> = (1..=20).map(line).collect();
    roster[4] = roster[4].replace('@', " at ");
    roster[9] = roster[9].replace("2026", "26");
    desk.write("roster.csv", format!("{HEADER}\n{}\n", roster.join("\n")));
    let ran = desk.gradpass(&["import", "roster.csv", "--rejects", "rejects.csv"]);
    assert_eq!(
        ran.stdout,
        "roster: 20 rows: 18 new, 0 unchanged, 0 changed, 2 rejected; 0 withdrawn\n\
         needs a person: s0000005, s0000010; `gradpass show STUDENT_ID` says why\n"
    );
    assert!(
        ran.stderr
            .ends_with("The rejected rows are in rejects.csv; correct them there and import that file.\n")
    );
    let before = desk.awards();

    let rejects = std::fs::read_to_string(desk.path("rejects.csv")).unwrap();
    assert_eq!(rejects.lines().count(), 3);
    // as Excel saves it again, with the complaint left in its column; one row is mended
    desk.write("rejects.csv", rejects.replace(" at mailbox", "@mailbox"));
    let ran = desk.gradpass(&["import", "rejects.csv", "--rejects", "rest.csv"]);
    assert_eq!(
        ran.stdout,
        "roster: 2 rows: 1 new, 0 unchanged, 0 changed, 1 rejected; 0 withdrawn\n\
         needs a person: s0000010; `gradpass show STUDENT_ID` says why\n"
    );
    let after = desk.awards();
    assert_eq!(after.len(), 19);
    assert!(before.iter().all(|award| after.contains(award)));

    // what is still wrong comes back with one complaint, the new one
    let rest = std::fs::read_to_string(desk.path("rest.csv")).unwrap();
    assert_eq!(
        rest,
        format!(
            "\u{feff}{HEADER},what_is_wrong\r\n{},\
             \"conferral_year: not a year of conferral; write four digits, like 2026\"\r\n",
            line(10).replace("2026", "26")
        )
    );
    desk.write("rest.csv", rest.replace(",26,", ",2026,"));
    assert_eq!(desk.gradpass(&["import", "rest.csv"]).code, 0);

    // the whole roster, mended too, has nothing new
    let whole: Vec<_> = (1..=20).map(line).collect();
    assert_eq!(desk.import(format!("{HEADER}\n{}\n", whole.join("\n"))), [0, 20, 0, 0, 0]);
}

#[test]
fn the_file_is_for_its_owner_only_and_formulas_in_it_are_harmless() {
    let desk = Desk::new();
    let cells =
        ["=cmd|'/c calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "=HYPERLINK(\"\"http://x.example\"\")"];
    let rows: Vec<_> = cells
        .iter()
        .enumerate()
        .map(|(number, cell)| format!("s{number},Mira Tan,no-at-sign,BA,Arts,2026,\"{cell}\",-1.5,en"))
        .collect();
    desk.write("roster.csv", format!("{HEADER}\n{}\n", rows.join("\n")));
    let ran = desk.gradpass(&["import", "roster.csv", "--rejects", "rejects.csv"]);
    assert_eq!(ran.code, 1);
    let mode = std::fs::metadata(desk.path("rejects.csv")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let mut reader = csv::Reader::from_path(desk.path("rejects.csv")).unwrap();
    let records: Vec<_> = reader.records().map(Result::unwrap).collect();
    assert_eq!(records.len(), cells.len());
    for (record, cell) in records.iter().zip(cells) {
        // a tab may be taken for the end of a cell
        let cell = cell.replace("\"\"", "\"").replace("\t=", "\t'=");
        assert_eq!(&record[6], &format!("'{cell}"));
        // a number runs nothing and stays a number
        assert_eq!(&record[7], "-1.5");
    }
}

#[test]
fn rejects_of_every_encoding_are_utf8_and_can_be_imported() {
    for name in ["graduates-utf16be.csv", "graduates.xlsx"] {
        let desk = Desk::new();
        // no name fits: each row is rejected for the language column that is asked for
        desk.configure("[roster.columns]\nlanguage = \"course_name\"\ncourse_name = \"course_code\"");
        let options = Options { rejects: Some(desk.path("rejects.csv")), ..Options::default() };
        let imported = desk.import_with(&[sample(name)], &options, &mut Heard::default()).unwrap();
        assert_eq!(figures(&imported), [0, 0, 0, 0, 11], "{name}");
        desk.configure("");
        let rejects = std::fs::read(desk.path("rejects.csv")).unwrap();
        assert_eq!(desk.import(rejects), [11, 0, 0, 0, 0], "{name}");
        let plain = Desk::new();
        plain.import(std::fs::read(sample("graduates.csv")).unwrap());
        assert_eq!(desk.awards(), plain.awards(), "{name}");
    }
}

#[test]
fn a_rejects_file_that_cannot_be_written_stops_the_import() {
    let desk = Desk::new();
    desk.write("roster.csv", format!("{HEADER}\n{}\n{}\n", line(1), line(2).replace('@', " ")));
    let nowhere = "nothing was imported: the rejected rows cannot be written to nowhere/rejects.csv: \
                   No such file or directory (os error 2)";
    let overwrites = |name| format!("the rejected rows would overwrite {name}; name another file");
    for (name, words) in [
        ("roster.csv", overwrites("roster.csv")),
        ("../roster.csv", overwrites("../roster.csv")),
        ("gradpass.db", overwrites("gradpass.db")),
        ("nowhere/rejects.csv", nowhere.to_owned()),
    ] {
        let folder = desk.path("").file_name().unwrap().to_string_lossy().into_owned();
        let name = name.replace("../", &format!("../{folder}/"));
        let words = words.replace("../", &format!("../{folder}/"));
        let ran = desk.gradpass(&["import", "roster.csv", "--rejects", &name]);
        let error = format!("error: {words}\n");
        assert!(ran.code == 2 && ran.stderr.ends_with(&error), "{}", ran.stderr);
    }
    assert_eq!(desk.query("SELECT count(*) || '' FROM graduate"), ["0"]);
    assert_eq!(std::fs::read_to_string(desk.path("roster.csv")).unwrap().lines().count(), 3);
}

#[test]
fn rows_of_several_rosters_go_into_one_rejects_file() {
    let desk = Desk::new();
    desk.write("one.csv", format!("{HEADER}\n{}\n{}\n", line(1), line(2).replace('@', " ")));
    desk.write("two.csv", format!("{HEADER}\n{}\n{}\n", line(3).replace("2026", ""), line(4)));
    desk.write("three.csv", format!("{HEADER}\n{}\n", line(1).replace("Ada", "Eve")));
    let ran =
        desk.gradpass(&["run", "--dry-run", "one.csv", "two.csv", "three.csv", "--rejects", "rejects.csv"]);
    assert_eq!(ran.code, 1);
    let rejects = std::fs::read_to_string(desk.path("rejects.csv")).unwrap();
    let ids: Vec<_> = rejects.lines().skip(1).map(|line| &line[..8]).collect();
    assert_eq!(ids, ["s0000001", "s0000002", "s0000003", "s0000001"]);
    let places: Vec<_> = ran.stderr.lines().map(|line| line.split(", student").next().unwrap()).collect();
    assert_eq!(
        places[..4],
        [
            "one.csv: line 2, column 2 (full_name)",
            "one.csv: line 3, column 3 (email)",
            "two.csv: line 2, column 6 (conferral_year)",
            "three.csv: line 2, column 2 (full_name)"
        ]
    );
}
