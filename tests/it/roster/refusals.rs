//! Files that are no roster: one sentence, exit 2, and nothing written.

use super::desk::{Desk, HEADER, line, sample};

fn utf16(text: &str) -> Vec<u8> {
    [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect()
}

/// Name, bytes.
fn files() -> Vec<(&'static str, Vec<u8>)> {
    let good = format!("{HEADER}\n{}\n", line(1));
    let mut odd = utf16(&good);
    odd.pop();
    let mut cut_zip = std::fs::read(sample("graduates.xlsx")).unwrap();
    cut_zip.truncate(3000);
    let ole = [&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1], [0; 504].as_slice()].concat();
    vec![
        ("empty", Vec::new()),
        ("only-a-utf8-mark", b"\xef\xbb\xbf".to_vec()),
        ("only-a-utf16-mark", b"\xff\xfe".to_vec()),
        ("only-line-ends", b"\r\n\n\r\n".to_vec()),
        ("only-delimiters", b",,,\n;;;\n".to_vec()),
        ("header-only", format!("{HEADER}\n").into_bytes()),
        ("header-without-a-line-end", HEADER.into()),
        ("header-and-blank-rows", format!("{HEADER}\n,,,,,,,,\n\n").into_bytes()),
        ("no-header", format!("{}\n{}\n", line(1), line(2)).into_bytes()),
        ("other-table", b"room,building\n1,Old Quad\n".to_vec()),
        ("binary", (0..=255).cycle().take(5000).collect()),
        ("image", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0".to_vec()),
        ("pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n".to_vec()),
        ("web-page", b"<!doctype html>\n<html><body><p>Please log in</p></body></html>\n".to_vec()),
        ("web-page.xls", b"\xef\xbb\xbf\r\n<table><tr><td>student_id</td></tr></table>".to_vec()),
        ("roster.slk", b"ID;PCALCOOO32\nC;X1;Y1;K\"student_id\"\n".to_vec()),
        ("roster.json", b"[{\"student_id\": \"s1\", \"full_name\": \"Ada Number\"}]".to_vec()),
        ("roster.dta", b"<stata_dta><header><release>118</release>".to_vec()),
        ("roster.gz", b"\x1f\x8b\x08\0\0\0\0\0".to_vec()),
        ("roster.md", b"| student_id | full_name |\n|---|---|\n| s1 | Ada Number |\n".to_vec()),
        ("blank-line-before-a-workbook", b"\r\nPK\x03\x04\x14\0\0\0".to_vec()),
        ("utf7", b"student_id,full_name\ns1,Jos+AOk Garc+AO0-a\n".to_vec()),
        (
            "cp850",
            b"student_id,full_name\ns1,Jos\x82 Garc\xa1a\ns2,Ram\xa2n Mu\xa4oz\ns3,Zo\x89 M\x81ller\ns4,Fran\x87ois\n"
                .to_vec(),
        ),
        ("old-excel", ole),
        ("zip-that-is-no-workbook", b"PK\x03\x04\x14\0\0\0\0\0notes.txt".to_vec()),
        ("workbook-cut-off", cut_zip),
        ("utf16-cut-inside-a-character", odd),
        ("marked-utf8-but-damaged", [b"\xef\xbb\xbf", good.as_bytes(), b"\xc3(\n"].concat()),
    ]
}

#[test]
fn what_is_no_roster_gets_one_sentence_and_changes_nothing() {
    let desk = Desk::new();
    std::fs::create_dir(desk.path("folder")).unwrap();
    let mut told = Vec::new();
    let mut tell = |name: &str| {
        let ran = desk.gradpass(&["run", name, "--rejects", "rejects.csv"]);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{name}: {}", ran.stderr);
        assert_eq!(ran.stderr.lines().count(), 1, "{name}: {}", ran.stderr);
        assert!(!desk.path("rejects.csv").exists(), "{name}");
        assert!(!ran.stderr.contains("Ada") && !ran.stderr.contains("mailbox"), "{name}: {}", ran.stderr);
        told.push(ran.stderr);
    };
    for (name, bytes) in files() {
        desk.write(name, bytes);
        tell(name);
    }
    for name in ["folder", "missing", "/dev/null"] {
        tell(name);
    }
    insta::assert_snapshot!(told.concat());
}

#[test]
fn a_refused_file_leaves_the_ledger_as_it_was() {
    let desk = Desk::new();
    desk.import(format!("{HEADER}\n{}\n", line(1)));
    let before = desk.everything();
    for (name, bytes) in files() {
        desk.write(name, bytes);
        assert_eq!(desk.gradpass(&["import", name]).code, 2);
    }
    assert_eq!(desk.everything(), before);
    // one good roster among bad ones changes nothing either
    desk.write("good", format!("{HEADER}\n{}\n{}\n", line(1), line(2)));
    assert_eq!(desk.gradpass(&["run", "good", "binary"]).code, 2);
    assert_eq!(desk.everything(), before);
}

#[test]
fn utf8_that_is_asked_for_is_insisted_on() {
    let desk = Desk::new();
    desk.configure("[roster]\nencoding = \"utf-8\"");
    desk.write("roster.csv", [HEADER.as_bytes(), b"\ns1,Zo\xeb,a@b.example,BA,Arts,2026,,,\n"].concat());
    let ran = desk.gradpass(&["import", "roster.csv"]);
    assert_eq!(
        (ran.code, ran.stderr.as_str()),
        (
            2,
            "error: roster.csv: is not valid UTF-8, which roster.encoding asks for; it looks like windows-1252 \
             (Western European). Export it again as UTF-8\n"
        )
    );
}
