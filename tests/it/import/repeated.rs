//! The same roster again invites nobody twice.

use gradpass::import::Options;

use crate::roster::desk::{Desk, Heard, figures, line, roster_of, sample};

#[test]
fn the_same_file_twice_changes_nothing() {
    let desk = Desk::new();
    let roster = std::fs::read(sample("graduates.csv")).unwrap();
    assert_eq!(desk.import(&roster), [11, 0, 0, 0, 0]);
    let waiting = desk.everything();
    assert_eq!(desk.import(&roster), [0, 11, 0, 0, 0]);
    assert_eq!(desk.everything(), waiting);
    assert_eq!(desk.send().sent, 10);
    let sent = desk.everything();
    assert_eq!(desk.import(&roster), [0, 11, 0, 0, 0]);
    assert_eq!(desk.everything(), sent);
    assert_eq!(desk.send().sent, 0);
}

#[test]
fn the_same_rows_in_another_file_change_nothing() {
    let desk = Desk::new();
    desk.import_with(&[sample("graduates.csv")], &Options::default(), &mut Heard::default()).unwrap();
    desk.send();
    let awards = desk.awards();
    let text = std::fs::read_to_string(sample("graduates.csv")).unwrap();
    let (header, rows) = text.split_once('\n').unwrap();
    let reversed: Vec<_> = rows.lines().rev().collect();
    assert_eq!(desk.import(format!("{header}\n{}\n", reversed.join("\n"))), [0, 11, 0, 0, 0]);
    for name in ["graduates-utf16le.csv", "graduates-utf8-bom.csv", "graduates.xlsx", "graduates.csv"] {
        let imported = desk.import_with(&[sample(name)], &Options::default(), &mut Heard::default()).unwrap();
        assert_eq!(figures(&imported), [0, 11, 0, 0, 0], "{name}");
    }
    assert_eq!(desk.awards(), awards);
    assert_eq!(desk.send().sent, 0);
}

#[test]
fn other_settings_read_the_same_file_anew() {
    let desk = Desk::new();
    let text =
        "student_id,full_name,Other,email,course_name,conferral_year\ns1,Mira,Lea,a@b.example,Arts,2026\n";
    assert_eq!(desk.import(text), [1, 0, 0, 0, 0]);
    desk.configure("[roster.columns]\nfull_name = \"Other\"");
    assert_eq!(desk.import(text), [0, 0, 1, 0, 0]);
    assert_eq!(desk.query("SELECT full_name FROM graduate"), ["Lea"]);
}

/// Whom an addition left alone, the same file as the whole roster withdraws.
#[test]
fn a_file_as_an_addition_is_another_import_than_the_same_as_the_whole() {
    let desk = Desk::new();
    let lines: Vec<_> = (1..=20).map(line).collect();
    desk.import(roster_of(lines.iter().map(String::as_str)));
    desk.write("part.csv", roster_of(lines[1..].iter().map(String::as_str)));
    for (arguments, withdrawn) in [(&["import", "--add", "part.csv"][..], 0), (&["import", "part.csv"], 1)] {
        let ran = desk.gradpass(arguments);
        assert!(ran.stdout.contains(&format!("; {withdrawn} withdrawn")), "{arguments:?}: {ran:?}");
    }
}

#[test]
fn a_file_with_mistakes_tells_them_every_time() {
    let desk = Desk::new();
    let roster = roster_of([line(1).as_str(), &line(2).replace('@', " ")]);
    assert_eq!(desk.import(&roster), [1, 0, 0, 0, 1]);
    desk.write("roster.csv", &roster);
    for _ in 0..2 {
        let ran = desk.gradpass(&["import", "roster.csv"]);
        assert_eq!(ran.code, 1);
        assert!(ran.stderr.starts_with("roster.csv: line 3, column 3 (email)"), "{}", ran.stderr);
        assert_eq!(
            ran.stdout,
            "roster: 2 rows: 0 new, 1 unchanged, 0 changed, 1 rejected; 0 withdrawn\n\
             needs a person: s0000002; `gradpass show STUDENT_ID` says why\n"
        );
    }
}

#[test]
fn the_program_counts_as_json_what_it_tells_people() {
    let desk = Desk::new();
    desk.write("roster.csv", roster_of([line(1).as_str(), &line(2)]));
    let ran = desk.gradpass(&["--json", "run", "roster.csv"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let zero = r#""follow_up":{"verified":0,"canceled":0,"lapsed":0,"incomplete":0}"#;
    assert_eq!(
        ran.stdout,
        format!(
            "{{\"roster\":{{\"rows\":2,\"new\":2,\"unchanged\":0,\"changed\":0,\"withdrawn\":0,\"rejected\":0}},\
             \"mail\":{{\"sent\":2,\"reminders\":0,\"waiting\":0,\"deferred\":0,\"refused\":0,\"in_doubt\":0,\"bounced\":0}},{zero},\
             \"held\":[],\"columns_not_read\":[],\"honours\":[],\"bounced\":[],\"needs_a_person\":[],\
             \"changed_after_verified\":[],\"conferred\":[],\"reminders\":0}}\n"
        )
    );
    let ran = desk.gradpass(&["--json", "run", "roster.csv"]);
    assert!(ran.stdout.contains("\"new\":0,\"unchanged\":2") && ran.stdout.contains("\"sent\":0"));
}
