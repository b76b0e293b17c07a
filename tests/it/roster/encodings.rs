//! The happy roster in every encoding brings the same graduates and the same mails.

use gradpass::config::RosterSettings;
use gradpass::import::Options;
use gradpass::roster::{Decoding, Roster};

use super::desk::{Desk, Heard, figures, sample};

/// What the ledger holds after the import of a sample, and what the import told.
fn imported(name: &str) -> (Vec<String>, Vec<String>) {
    let desk = Desk::new();
    let mut heard = Heard::default();
    let imported = desk.import_with(&[sample(name)], &Options::default(), &mut heard).unwrap();
    assert_eq!(figures(&imported)[1..], [0, 0, 0, 0], "{name}: {:?}", heard.0);
    (desk.awards(), heard.0)
}

#[test]
fn the_happy_roster_is_read_as_it_is_written() {
    let (awards, heard) = imported("graduates.csv");
    insta::assert_snapshot!(awards.join("\n"));
    assert!(heard.is_empty());
}

#[test]
fn every_marked_encoding_and_the_workbook_bring_the_same_graduates() {
    let (expected, _) = imported("graduates.csv");
    for name in ["graduates-utf8-bom.csv", "graduates-utf16le.csv", "graduates-utf16be.csv", "graduates.xlsx"]
    {
        let (awards, heard) = imported(name);
        assert_eq!(awards, expected, "{name}");
        assert!(heard.is_empty(), "{name}: {heard:?}");
    }
}

#[test]
fn every_encoding_brings_the_same_mails() {
    let mut expected = None;
    for name in ["graduates.csv", "graduates-utf16be.csv", "graduates.xlsx"] {
        let desk = Desk::new();
        desk.import_with(&[sample(name)], &Options::default(), &mut Heard::default()).unwrap();
        assert_eq!(desk.send().sent, 10);
        // key, codes and clock are the same at each desk, and so is every byte
        let mails: Vec<_> = desk.relay.messages().iter().map(|message| message.data.clone()).collect();
        assert_eq!(expected.get_or_insert_with(|| mails.clone()), &mails, "{name}");
    }
}

#[test]
fn a_guessed_encoding_is_told_with_examples_of_names() {
    let desk = Desk::new();
    let text = "student_id,full_name,email,course_name,conferral_year\n\
                s1,Zoë Brontë,zoe@post.example,Arts,2026\ns2,Seán O’Brien,sean@post.example,Arts,2026\n";
    let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(text);
    let path = desk.write("roster.csv", bytes);
    let mut heard = Heard::default();
    desk.import_with(&[path], &Options::default(), &mut heard).unwrap();
    assert_eq!(heard.0, ["roster.csv: windows-1252: Zoë Brontë · Seán O’Brien"]);
    assert_eq!(desk.query("SELECT full_name FROM graduate ORDER BY id"), ["Zoë Brontë", "Seán O’Brien"]);

    // cron's mail may be kept for years: it shows letters, no names
    let ran = desk.gradpass(&["import", "--strict", "roster.csv"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    std::fs::remove_file(desk.ledger()).unwrap();
    let ran = desk.gradpass(&["import", "roster.csv"]);
    assert_eq!(
        ran.stderr,
        "roster.csv: read as windows-1252, which is a guess, since it is not UTF-8\n  names in it have letters like: áë’\n"
    );
}

#[test]
fn the_configured_encoding_is_used() {
    for (label, encoding) in [
        ("iso-8859-2", encoding_rs::ISO_8859_2),
        ("gb18030", encoding_rs::GB18030),
        ("big5", encoding_rs::BIG5),
    ] {
        let name = if label == "iso-8859-2" { "Łukasz Żółw" } else { "李 欣" };
        let desk = Desk::new();
        desk.configure(&format!("[roster]\nencoding = \"{label}\""));
        let text = format!(
            "student_id,full_name,email,course_name,conferral_year\ns1,{name},a@b.example,Arts,2026\n"
        );
        assert_eq!(desk.import(encoding.encode(&text).0), [1, 0, 0, 0, 0], "{label}");
        assert_eq!(desk.query("SELECT full_name FROM graduate"), [name], "{label}");
    }
}

#[test]
fn unmarked_utf16_is_read_where_it_is_configured_and_named_where_not() {
    let text = "student_id,full_name,email,course_name,conferral_year\r\ns1,Zoë,a@b.example,Arts,2026\r\n";
    let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let desk = Desk::new();
    let path = desk.write("roster.csv", &bytes);
    let roster = Roster::open(&path, &RosterSettings::default()).unwrap();
    assert_eq!(roster.inspection.decoding, Decoding::Guessed(encoding_rs::UTF_16LE));
    let guess = roster.inspection.guess.unwrap();
    assert_eq!(guess.config_line(), "encoding = \"utf-16le\"");
    desk.configure("[roster]\nencoding = \"utf-16le\"");
    assert_eq!(desk.import(&bytes), [1, 0, 0, 0, 0]);
    assert_eq!(desk.query("SELECT full_name FROM graduate"), ["Zoë"]);
}
