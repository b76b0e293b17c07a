//! Values that pass the import must also pass all that comes after it, and say nothing that nobody may read.

use super::desk::{Desk, HEADER, line};

/// An accent that is written apart, or an invisible character, hides the damage until the text is composed. The
/// name then goes into the ledger and cannot be read out of it: nobody at all is mailed.
#[test]
fn one_damaged_name_does_not_stop_the_mail_of_all() {
    for name in ["A\u{303}\u{a9}", "\u{c3}\u{200b}\u{a9}"] {
        let desk = Desk::new();
        desk.write("roster.csv", format!("{HEADER}\n{}\n{}\n", line(1), line(2).replace("Ada", name)));
        let ran = desk.gradpass(&["run", "roster.csv"]);
        assert!(ran.code < 2, "{name:?}: {}", ran.stderr);
        assert!(desk.mailed().contains(&"s0000001@mailbox.example".to_owned()));
    }
}

/// Either of the two columns is enough.
#[test]
fn an_empty_year_is_that_of_the_date() {
    let desk = Desk::new();
    let text = "student_id,full_name,email,course_name,conferral_year,conferral_date\n\
                s1,Mira Tan,a@b.example,Arts,,2026-07-12\ns2,Lea Tan,b@b.example,Arts,,2027-03-28\n";
    assert_eq!(desk.import(text), [2, 0, 0, 0, 0]);
    assert_eq!(desk.query("SELECT conferral_year || '' FROM qualification"), ["2026", "2027"]);
}

/// Where a column is missing, a name may stand in the place of the student id.
#[test]
fn a_row_of_the_wrong_width_tells_nothing_personal() {
    let desk = Desk::new();
    let text = "student_id,full_name,email,course_name,conferral_year\nQuetzal,q@b.example,Arts,2026\n";
    desk.write("roster.csv", text);
    let ran = desk.gradpass(&["import", "roster.csv"]);
    assert_eq!(ran.code, 1);
    assert!(!ran.stderr.contains("Quetzal"), "{}", ran.stderr);
}

/// What the rejects file puts before a cell to make it harmless must not become a part of the value.
#[test]
fn a_harmless_cell_of_the_rejects_file_is_read_as_it_was() {
    let desk = Desk::new();
    let text = "student_id,full_name,email,course_name,conferral_year,honours,awaiting_graduation\n\
                \"=\"\"00123\"\"\",Mira Tan,-mira@b.example,Arts,26,-,-\n";
    desk.write("roster.csv", text);
    assert_eq!(desk.gradpass(&["import", "roster.csv", "--rejects", "rejects.csv"]).code, 1);
    let rejects = std::fs::read_to_string(desk.path("rejects.csv")).unwrap();
    assert_eq!(desk.import(rejects.replace(",26,", ",2026,")), [1, 0, 0, 0, 0]);
    assert_eq!(
        desk.awards(),
        ["00123 Mira Tan <-mira@b.example> - - arts \"Arts\" 2026 - [] - | open | waiting"]
    );
}

/// In a file of their own, rows that were rejected for what stands in another row look sound.
#[test]
fn rejects_that_nobody_mended_are_rejected_again() {
    let desk = Desk::new();
    let roster = [
        line(1),
        line(2).replace("s0000002@", "s0000001@"),
        line(1).replace("Ada", "Eve").replace("BA,", "BSC,"),
        line(3).replace(",2026,,,", ""),
    ];
    desk.write("roster.csv", format!("{HEADER}\n{}\n", roster.join("\n")));
    let ran = desk.gradpass(&["import", "roster.csv", "--rejects", "rejects.csv"]);
    assert_eq!(
        ran.stdout,
        "roster: 4 rows: 1 new, 0 unchanged, 0 changed, 3 rejected; 0 withdrawn\nheld, and so not mailed: s0000001\n\
         needs a person: s0000001; `gradpass show STUDENT_ID` says why\n\
         needs a person: 1 rejected row without a readable student id; `gradpass list rejected` says which\n"
    );
    let before = desk.awards();
    let ran = desk.gradpass(&["import", "rejects.csv"]);
    assert_eq!(desk.awards(), before, "{}{}", ran.stdout, ran.stderr);
}

/// Where the redemption page asks for the date of birth, a graduate without one could never answer.
#[test]
fn a_date_of_birth_is_missed_where_the_page_asks_for_it() {
    let desk = Desk::new();
    let header = "student_id,full_name,email,course_name,conferral_year";
    let text = format!(
        "{header},date_of_birth\ns1,Mira Tan,a@b.example,Arts,2026,2003-04-09\ns2,Lea Tan,b@b.example,Arts,2026,\n"
    );
    assert_eq!(desk.import(&text), [2, 0, 0, 0, 0]);
    let ask = |question| {
        desk.configure("");
        let config = std::fs::read_to_string(desk.path("gradpass.toml")).unwrap();
        desk.write("gradpass.toml", format!("{config}question = \"{question}\"\n"));
    };
    ask("student_id");
    assert_eq!(desk.import(&text), [0, 2, 0, 0, 0]);

    // the very same file, but now it is read with other eyes
    ask("date_of_birth");
    let ran = desk.gradpass(&["import", "roster.csv"]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert_eq!(
        ran.stderr,
        "roster.csv: line 3, column 6 (date_of_birth), student s2: missing; the page asks for it (web.question)\n"
    );
    // a roster without the column would be nothing but mistakes
    desk.write("without.csv", format!("{header}\ns1,Mira Tan,a@b.example,Arts,2026\n"));
    let ran = desk.gradpass(&["import", "without.csv"]);
    assert_eq!(ran.code, 2, "{}", ran.stderr);
    let words = "is missing column date_of_birth (the page asks for it: web.question); rename the header";
    assert!(ran.stderr.contains(words), "{}", ran.stderr);
}
