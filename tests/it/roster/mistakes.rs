//! Every mistake of a roster at once, with line and column, and nothing personal among the words.

use super::desk::{Desk, HEADER, line, sample};

#[test]
fn each_mistake_of_the_sample_is_told_with_its_place() {
    let desk = Desk::new();
    desk.write("mistakes.csv", std::fs::read(sample("mistakes.csv")).unwrap());
    let ran = desk.gradpass(&["import", "mistakes.csv", "--rejects", "rejects.csv"]);
    assert_eq!(ran.code, 1);
    assert_eq!(
        ran.stdout,
        "roster: 49 rows: 3 new, 0 unchanged, 0 changed, 46 rejected; 0 withdrawn\n\
         held, and so not mailed: s9000001, s9000042, s9000044\n\
         needs a person: s9000001, s9000005, s9000006, s9000007, s9000009, s9000010, s9000011, s9000012, s9000013, \
         s9000014, s9000015, s9000016, s9000017, s9000018, s9000019, s9000020, s9000021, s9000022, s9000023, s9000024 \
         and 19 more; `gradpass show STUDENT_ID` says why, and `gradpass list needs-a-person` lists them all\n\
         needs a person: 4 rejected rows without a readable student id; `gradpass list rejected` says which\n"
    );
    insta::assert_snapshot!("mistakes", ran.stderr);
    insta::assert_snapshot!("rejects", std::fs::read_to_string(desk.path("rejects.csv")).unwrap());
    // the good rows went on
    assert_eq!(desk.query("SELECT student_id FROM graduate"), ["s9000001", "s9000042", "s9000050"]);
    // a line each, however many mistakes a row has
    let listed = desk.gradpass(&["list", "rejected"]).stdout;
    assert_eq!(listed.lines().filter(|line| line.starts_with("(no readable id)")).count(), 4, "{listed}");
}

#[test]
fn strict_imports_nothing_and_still_tells_every_mistake() {
    let desk = Desk::new();
    desk.write("mistakes.csv", std::fs::read(sample("mistakes.csv")).unwrap());
    let loose = desk.gradpass(&["import", "mistakes.csv", "--rejects", "loose.csv"]);
    std::fs::remove_file(desk.ledger()).unwrap();
    let strict = desk.gradpass(&["import", "mistakes.csv", "--strict", "--rejects", "strict.csv"]);
    assert_eq!((strict.code, strict.stdout.as_str()), (2, ""));
    let ending = "error: nothing was imported: --strict wants no mistake, and 46 of 49 rows have one\n";
    let list = strict.stderr.strip_suffix(ending).unwrap();
    assert!(loose.stderr.starts_with(list));
    let rejects = |name| std::fs::read(desk.path(name)).unwrap();
    assert_eq!(rejects("strict.csv"), rejects("loose.csv"));
}

#[test]
fn strict_leaves_the_ledger_alone() {
    let desk = Desk::new();
    desk.import(format!("{HEADER}\n{}\n", line(1)));
    let before = desk.everything();
    desk.write("roster.csv", format!("{HEADER}\n{}\n{}x\n", line(1), line(2).replace('@', " ")));
    assert_eq!(desk.gradpass(&["run", "roster.csv", "--strict"]).code, 2);
    assert_eq!(desk.everything(), before);
}

#[test]
fn a_row_with_several_mistakes_tells_all_of_them() {
    let desk = Desk::new();
    desk.write("roster.csv", format!("{HEADER}\ns1,,no-at-sign,,,26,,,Latin!\n"));
    let ran = desk.gradpass(&["import", "roster.csv"]);
    assert_eq!(
        ran.stderr,
        "roster.csv: line 2, column 2 (full_name), student s1: missing; the credential and the mail need the graduate's \
         name\n\
         roster.csv: line 2, column 3 (email), student s1: has no @; write it as name@domain\n\
         roster.csv: line 2, column 9 (language), student s1: not a language that is known; write its tag, such as en, vi or zh-Hans\n\
         roster.csv: line 2, column 5 (course_name), student s1: missing; the credential needs the name of the award\n\
         roster.csv: line 2, column 6 (conferral_year), student s1: not a year of conferral; write four digits, like 2026\n"
    );
}

#[test]
fn a_mistake_in_a_workbook_has_the_row_of_the_sheet() {
    let desk = Desk::new();
    desk.configure("[roster.columns]\nmajors = \"email\"\nemail = \"majors\"");
    desk.write("graduates.xlsx", std::fs::read(sample("graduates.xlsx")).unwrap());
    let ran = desk.gradpass(&["import", "graduates.xlsx"]);
    assert_eq!(ran.code, 1);
    let second = ran.stderr.lines().find(|line| line.contains("s0000002")).unwrap();
    assert_eq!(
        second,
        "graduates.xlsx: sheet Graduates, cell J3 (majors), student s0000002: has no @; write it as name@domain"
    );
}

#[test]
fn nothing_personal_is_told() {
    let desk = Desk::new();
    // every value of every row is a secret that must not come back
    let values = ["Quetzal", "quetzal", "Xochitl", "xochitl.example", "1999-09-09", "Zweitname"];
    let text = "student_id,full_name,email,course_name,conferral_year,date_of_birth\n\
                s1,=Quetzal,quetzal@xochitl.example,Xochitl,2026,1999-09-09\n\
                s2,Quetzal Zweitname,quetzal xochitl.example,Xochitl,2026,1999-09-09\n\
                s3,Quetzal,quetzal@xochitl.example,=Xochitl,2026,1999-09-09\n\
                s4,Quetzal,quetzal@xochitl.example,Xochitl,2026,1999-09-09x\n\
                s5,Quetzal,quetzal@xochitl.example,Xochitl,2026\n\
                s6,Quetzal,quetzal@xochitl.example,Xochitl,2026,1999-09-09\n\
                s7,Quetzal,quetzal@xochitl.example,Xochitl,2026,1999-09-09\n\
                s6,Zweitname,quetzal@xochitl.example,Xochitl,2026,1999-09-09\n\
                quetzal@xochitl.example,Quetzal,s8,Xochitl,2026,1999-09-09\n";
    desk.write("roster.csv", text);
    for arguments in
        [vec!["-vv", "run", "roster.csv"], vec!["-vv", "--json", "run", "--dry-run", "roster.csv"]]
    {
        let ran = desk.gradpass(&arguments);
        assert!(ran.stderr.lines().count() >= 8, "{}", ran.stderr);
        for value in values {
            assert!(!ran.stderr.contains(value), "{value} in {}", ran.stderr);
        }
        assert!(!ran.stdout.contains("uetzal"), "{}", ran.stdout);
    }
}
