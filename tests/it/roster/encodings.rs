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
    // nobody looks at it: nothing is imported, and the line that settles it is named
    let ran = desk.gradpass(&["run", "roster.csv"]);
    assert_eq!((ran.code, ran.stderr.contains("encoding = \"windows-1252\"")), (2, true), "{}", ran.stderr);
    assert!(!ran.stderr.contains("Zo"), "{}", ran.stderr);
    let mut heard = Heard::default();
    let options = Options { allow_guess: true, ..Options::default() };
    desk.import_with(&[path], &options, &mut heard).unwrap();
    assert_eq!(heard.0, ["roster.csv: windows-1252: Zoë Brontë · Seán O’Brien"]);
    assert_eq!(desk.query("SELECT full_name FROM graduate ORDER BY id"), ["Zoë Brontë", "Seán O’Brien"]);

    // cron's mail may be kept for years: it shows letters, no names
    let more = format!("{text}s3,Chloë Dé,chloe@post.example,Arts,2026\n");
    desk.write("roster.csv", encoding_rs::WINDOWS_1252.encode(&more).0);
    let ran = desk.gradpass(&["run", "roster.csv"]);
    assert_eq!(ran.code, 0, "what was imported so once is no guess any more: {}", ran.stderr);
    assert!(
        ran.stderr.starts_with(
            "roster.csv: read as windows-1252, which is a guess, since it is not UTF-8\n  names in it have letters like: áéë’\n"
        ),
        "{}",
        ran.stderr
    );
}

#[test]
fn a_dry_run_shows_a_guess_and_says_that_a_run_would_stop() {
    let desk = Desk::new();
    let text =
        "student_id,full_name,email,course_name,conferral_year\ns1,Zoë Brontë,zoe@post.example,Arts,2026\n";
    desk.write("roster.csv", encoding_rs::WINDOWS_1252.encode(text).0);
    let ran = desk.gradpass(&["run", "--dry-run", "--preview", "preview", "roster.csv"]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert!(
        ran.stdout.contains("a run would stop here: ") && ran.stdout.contains("windows-1252"),
        "{}",
        ran.stdout
    );
    let index = std::fs::read_to_string(desk.path("preview/index.html")).unwrap();
    assert!(index.contains("Zoë Brontë"), "the officer sees the names");
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

const SHORT_HEADER: &str = "student_id,full_name,email,course_name,conferral_year\r\n";

/// A roster of these names, as bytes.
fn roster_of_names<'a>(names: impl IntoIterator<Item = &'a [u8]>) -> Vec<u8> {
    let mut roster = SHORT_HEADER.as_bytes().to_vec();
    for (at, name) in names.into_iter().enumerate() {
        roster.extend_from_slice(format!("s{at},").as_bytes());
        roster.extend_from_slice(name);
        roster.extend_from_slice(format!(",p{at}@mailbox.example,Bachelor of Arts,2026\r\n").as_bytes());
    }
    roster
}

/// Encoding, names in it, and what the first of them is.
const LEGACY: [(&str, &[&[u8]], &str); 9] = [
    (
        "windows-874",
        &[
            b"\xca\xc1\xaa\xd2\xc2 \xe3\xa8\xb4\xd5",
            b"\xcd\xc3\xd8\xb3\xd5 \xbe\xa7\xc9\xec\xe4\xbe\xba\xd9\xc5\xc2\xec",
            b"\xb3\xd1\xb0\xc7\xd8\xb2\xd4 \xc8\xc3\xd5\xca\xd8\xa2",
        ],
        "สมชาย ใจดี",
    ),
    (
        "big5",
        &[
            b"\xb3\xaf\xa4j\xa4\xe5",
            b"\xa7\xf5\xaaY\xa9\xc9",
            b"\xb6\xc0\xa7\xd3\xb1j",
            b"\xa6\xf3\xb6\xae\xc4\xd3",
        ],
        "陳大文",
    ),
    (
        "gbk",
        &[
            b"\xcd\xf5\xce\xb0",
            b"\xc0\xee\xd0\xc0\xe2\xf9",
            b"\xd5\xc5\xc3\xf4",
            b"\xc5\xb7\xd1\xf4\xc4\xc8\xc4\xc8",
        ],
        "王伟",
    ),
    ("euc-kr", &[b"\xb1\xe8\xb9\xce\xc1\xd8", b"\xc0\xcc\xbc\xad\xbf\xac"], "김민준"),
    ("shift_jis", &[b"\x8eR\x93c\x91\xbe\x98Y", b"\x8d\xb2\x93\xa1\x89\xd4\x8eq"], "山田太郎"),
    (
        "windows-1258",
        &[b"Nguy\xea\xden Thi\xf2 H\xf4\xccng", b"Tr\xfd\xf5ng V\xe3n \xd0\xfd\xecc"],
        "Nguyễn Thị Hồng",
    ),
    (
        "windows-1250",
        &[b"\xa3ukasz \xafak", b"Micha\xb3 W\xf3jcik", b"Ji\xf8\xed Dvo\xf8\xe1k"],
        "Łukasz Żak",
    ),
    ("macintosh", &[b"Jos\x8e Garc\x92a", b"Zo\x91 M\x9fller", b"Fran\x8dois Lef\x8fvre"], "José García"),
    (
        "koi8-u",
        &[b"\xe1\xce\xce\xc1 \xe9\xd7\xc1\xce\xcf\xd7\xc1", b"\xe9\xd7\xc1\xce \xf0\xc5\xd4\xd2\xcf\xd7"],
        "Анна Иванова",
    ),
];

#[test]
fn what_the_guess_asks_for_makes_the_names_right() {
    for (encoding, names, first) in LEGACY {
        let desk = Desk::new();
        let bytes = roster_of_names(names.iter().copied());
        let path = desk.write("roster.csv", &bytes);
        let guess = Roster::open(&path, &RosterSettings::default()).unwrap().inspection.guess.unwrap();
        assert_eq!(guess.encoding, encoding, "{guess:?}");
        assert_eq!(guess.config_line(), format!("encoding = \"{encoding}\""));
        assert!(guess.problem().contains(&guess.config_line()), "{}", guess.problem());
        assert!(guess.alternatives[0].examples[0].chars().next() == first.chars().next(), "{guess:?}");

        desk.configure(&format!("[roster]\n{}", guess.config_line()));
        assert_eq!(desk.import(&bytes), [names.len().try_into().unwrap(), 0, 0, 0, 0], "{encoding}");
        assert_eq!(desk.query("SELECT full_name FROM graduate ORDER BY id LIMIT 1"), [first], "{encoding}");
    }
}

#[test]
fn a_configured_encoding_that_cannot_be_meant_is_refused() {
    let gbk = LEGACY[2].1;
    let desk = Desk::new();
    desk.configure("[roster]\nencoding = \"big5\"");
    desk.write("roster.csv", roster_of_names(gbk.iter().copied()));
    let ran = desk.gradpass(&["import", "roster.csv"]);
    assert_eq!(ran.code, 2);
    assert_eq!(
        ran.stderr,
        "error: roster.csv: is not Big5, which roster.encoding asks for; it looks like gbk (simplified Chinese). Correct \
         roster.encoding, or export the roster as UTF-8\n"
    );
}

#[test]
fn a_bad_byte_in_utf8_costs_its_row_and_no_other() {
    let names: [&[u8]; 4] =
        ["Nguyễn Thị Hồng".as_bytes(), b"Jos\xe9 Garc\xeda", "Trương Văn Đức".as_bytes(), "Zoë".as_bytes()];
    // also when the configuration knows an encoding for what is no UTF-8
    for more in ["", "[roster]\nencoding = \"windows-1252\""] {
        let desk = Desk::new();
        desk.configure(more);
        let path = desk.write("roster.csv", roster_of_names(names));
        let inspection = Roster::open(&path, &desk.config().roster).unwrap().inspection;
        let bad: Vec<_> = inspection.bad_lines.iter().map(|bad| (bad.line, bad.byte)).collect();
        assert_eq!(inspection.decoding, Decoding::Utf8WithBadBytes);
        let mut heard = Heard::default();
        let imported = desk.import_with(&[path], &Options::default(), &mut heard).unwrap();
        assert_eq!(figures(&imported), [3, 0, 0, 0, 1]);
        assert_eq!(heard.0.len(), 1);
        let (line, byte) = bad[0];
        let line_3 = std::fs::read(desk.path("roster.csv")).unwrap();
        let line_3 = line_3.split(|byte| *byte == b'\n').nth(2).unwrap().to_vec();
        assert_eq!((bad.len(), line, line_3[byte - 1]), (1, 3, 0xe9));
        let said =
            format!("is not UTF-8, as the rest of the file is: byte {byte} of line 3; export it again");
        assert!(heard.0[0].contains("full_name") && heard.0[0].contains(&said), "{:?}", heard.0);
        assert_eq!(
            desk.query("SELECT full_name FROM graduate ORDER BY id"),
            ["Nguyễn Thị Hồng", "Trương Văn Đức", "Zoë"]
        );
    }
}

#[test]
fn text_in_seven_bits_is_not_taken_for_names() {
    let desk = Desk::new();
    for (name, encoding) in [(&b"Jos+AOk Garc+AO0-a"[..], "UTF-7"), (b"~{MuN0~}", "HZ-GB-2312")] {
        desk.write("roster.csv", roster_of_names([name]));
        let ran = desk.gradpass(&["import", "roster.csv"]);
        assert_eq!(ran.code, 2);
        assert_eq!(
            ran.stderr,
            format!("error: roster.csv: is {encoding}, which is not read; export the roster as UTF-8\n")
        );
    }
    desk.configure("[roster]\nencoding = \"iso-2022-jp\"");
    assert_eq!(desk.import(roster_of_names([&b"\x1b$B;3EDB@O:\x1b(B"[..]])), [1, 0, 0, 0, 0]);
    assert_eq!(desk.query("SELECT full_name FROM graduate"), ["山田太郎"]);
}
