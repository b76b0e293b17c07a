//! Rosters whose names were read in a wrong encoding before they were written, and encodings that change from one night to
//! the next.

use encoding_rs::{BIG5, EUC_KR, GBK, WINDOWS_874, WINDOWS_1250, WINDOWS_1252};

use super::desk::Desk;

const HEADER: &str = "student_id,full_name,email,course_name,conferral_year\n";

fn roster(names: &[&str]) -> String {
    let rows = names
        .iter()
        .enumerate()
        .map(|(number, name)| format!("s{number},{name},p{number}@post.example,Bachelor of Arts,2026\n"));
    format!("{HEADER}{}", rows.collect::<String>())
}

#[test]
fn names_of_another_encoding_are_not_taken_and_not_told() {
    let desk = Desk::new();
    let western = roster(&["Ada Quill", "Ana Magalhães", "Irène Bénard", "Rui Conceição", "Bjørn Sørli"]);
    let (bytes, _, _) = WINDOWS_1252.encode(&western);
    desk.write("roster.csv", WINDOWS_1250.decode(&bytes).0.as_bytes());
    let ran = desk.gradpass(&["import", "roster.csv"]);
    assert!([1, 2].contains(&ran.code), "{}", ran.stderr);
    assert!(
        ran.stderr.contains("roster.csv: ") && ran.stderr.contains("export it again as UTF-8"),
        "{}",
        ran.stderr
    );
    assert!(!ran.stderr.contains("Irčne"), "{}", ran.stderr);
    assert_eq!(
        desk.query("SELECT full_name FROM graduate WHERE full_name <> 'Ada Quill'"),
        <[String; 0]>::default()
    );
    desk.write("roster.csv", western);
    assert_eq!(desk.gradpass(&["import", "roster.csv"]).code, 0);
}

#[test]
fn a_few_names_that_look_right_are_not_taken_where_most_are_damaged() {
    let desk = Desk::new();
    desk.write("roster.csv", roster(&["Ada Quill", "JosÃ© Ruiz", "ZoÃ« Lee", "Muńo Paz", "RenÃ© Roy"]));
    let ran = desk.gradpass(&["run", "roster.csv"]);
    assert_eq!(ran.code, 2, "{}", ran.stderr);
    assert!(ran.stderr.contains("of 4 rows with letters beyond ASCII 3 were read"), "{}", ran.stderr);
    assert!(ran.stderr.contains("line 3, column 2 (full_name), student s1"), "{}", ran.stderr);
}

#[test]
fn east_asian_names_of_another_encoding_are_mistakes() {
    for (written, read, name) in
        [(GBK, BIG5, "王志强"), (GBK, EUC_KR, "王志强"), (EUC_KR, GBK, "김지훈"), (BIG5, GBK, "洪俊賢")]
    {
        let desk = Desk::new();
        let (bytes, _, _) = written.encode(name);
        let (damaged, _, _) = read.decode(&bytes);
        desk.write("roster.csv", roster(&["Ada Quill", &damaged]));
        let ran = desk.gradpass(&["import", "roster.csv"]);
        let pair = format!("{} as {}", written.name(), read.name());
        assert_eq!(ran.code, 1, "{pair}: {}", ran.stderr);
        assert!(ran.stderr.contains("line 3, column 2 (full_name), student s1: "), "{pair}: {}", ran.stderr);
        assert_eq!(desk.query("SELECT full_name FROM graduate"), ["Ada Quill"], "{pair}");
    }
}

/// The registry exports in another encoding than the night before.
#[test]
fn a_roster_in_another_encoding_than_the_one_that_is_set_is_not_read_wrongly() {
    let thai = ["สมชาย ใจดี", "อรุณี พงษ์ไพบูลย์", "ณัฐวุฒิ ศรีสุข", "กนกวรรณ ทองดี"];
    let desk = Desk::new();
    desk.configure("[roster]\nencoding = \"windows-874\"");
    desk.write("roster.csv", WINDOWS_874.encode(&roster(&thai)).0);
    assert_eq!(desk.gradpass(&["import", "roster.csv"]).code, 0);
    // UTF-8 is UTF-8, whatever is set
    desk.write("roster.csv", roster(&thai));
    let ran = desk.gradpass(&["import", "roster.csv"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(desk.query("SELECT full_name FROM graduate ORDER BY id"), thai);
    for (encoding, names) in [
        (BIG5, ["陳大文", "黃詠詩", "李嘉欣", "張志明"]),
        (GBK, ["王志强", "李秀兰", "张建华", "刘桂英"]),
        (WINDOWS_1252, ["José García", "Zoë Müller", "Renée Lefèvre", "François Noël"]),
    ] {
        desk.write("late.csv", encoding.encode(&roster(&names).replace("\ns", "\nt")).0);
        let ran = desk.gradpass(&["import", "--add", "late.csv"]);
        assert_eq!(ran.code, 2, "{}: {}", encoding.name(), ran.stderr);
        assert!(ran.stderr.contains("late.csv") && ran.stderr.contains("UTF-8"), "{}", ran.stderr);
    }
    assert_eq!(desk.query("SELECT full_name FROM graduate ORDER BY id"), thai);
}
