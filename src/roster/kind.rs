//! Files of other kinds than a text table or a workbook, recognised by how they begin and not by their names.

/// What the file is instead of a roster and what to do; `None` when it may be a text table. `first` is its beginning,
/// some kilobytes, in UTF-8 where it is text.
pub(super) fn foreign(first: &[u8]) -> Option<String> {
    // a header may begin with the letters of a signature
    let is_text = first.iter().take(32).all(|byte| matches!(byte, b'\t' | b'\r' | b'\n' | b' '..=b'~'));
    let fits = |signature: &[u8]| {
        first.starts_with(signature) && !(is_text && signature.iter().all(u8::is_ascii_alphanumeric))
    };
    if let Some((_, is)) = BINARY.iter().find(|(signature, _)| fits(signature)) {
        return Some((*is).to_owned());
    }
    if let [_, 0, 0, 0, _, 0, 0, 0, ..] | [0, 0, 0, _, 0, 0, 0, _, ..] = first {
        return Some(UTF_32.to_owned());
    }
    if is_old_stata(first) {
        return Some(STATA.to_owned());
    }
    if first.get(..3).is_some_and(|start| start.iter().all(|byte| matches!(byte, 0x81..=0xA9 | 0xC1..=0xE9)))
    {
        // letters of EBCDIC are no letters of UTF-8, and its line end is none of ours
        if !first.contains(&b'\n') && memchr::memchr_iter(0x6B, first).count() > 2 {
            return Some("is text of a mainframe (EBCDIC); have it converted to UTF-8".into());
        }
    }
    let text = String::from_utf8_lossy(first);
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if text.is_empty() && !first.is_empty() && first.len() < 4096 {
        return Some("is empty; export the roster again".into());
    }
    markup(text).or_else(|| of_lines(text)).map(str::to_owned)
}

const UTF_32: &str = "is text in UTF-32; export it as UTF-8";
const STATA: &str = "is a Stata data set (.dta); export it from Stata as CSV (export delimited)";

/// Signatures of binary formats.
const BINARY: [(&[u8], &str); 30] = [
    (b"%PDF", "is a PDF file; export the roster as CSV"),
    (b"%!PS", "is a PostScript file; export the roster as CSV"),
    (b"\x89PNG", "is a picture; export the roster as CSV"),
    (b"\xff\xd8\xff", "is a picture; export the roster as CSV"),
    (b"GIF8", "is a picture; export the roster as CSV"),
    (b"II*\0", "is a picture; export the roster as CSV"),
    (b"MM\0*", "is a picture; export the roster as CSV"),
    (b"RIFF", "is a picture, a sound or a film; export the roster as CSV"),
    (b"\x1f\x8b", "is a compressed file (gzip); unpack it"),
    (b"\x1f\x9d", "is a compressed file (compress); unpack it"),
    (b"BZh", "is a compressed file (bzip2); unpack it"),
    (b"7z\xbc\xaf\x27\x1c", "is a compressed file (7-Zip); unpack it"),
    (b"Rar!\x1a\x07", "is a compressed file (RAR); unpack it"),
    (b"\xfd7zXZ\0", "is a compressed file (xz); unpack it"),
    (b"\x28\xb5\x2f\xfd", "is a compressed file (Zstandard); unpack it"),
    (b"\x04\x22\x4d\x18", "is a compressed file (LZ4); unpack it"),
    (b"\xff\xfe\0\0", UTF_32),
    (b"\0\0\xfe\xff", UTF_32),
    (b"<stata_dta>", STATA),
    (
        b"\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\xc2\xea\x81\x60",
        "is a SAS data set; export it from SAS as CSV",
    ),
    (b"HEADER RECORD*******LIBRARY", "is a SAS transport file; export it from SAS as CSV"),
    (b"$FL2", "is an SPSS data set (.sav); export it from SPSS as CSV"),
    (b"$FL3", "is an SPSS data set (.zsav); export it from SPSS as CSV"),
    (b"PAR1", "is a Parquet file; export it as CSV"),
    (b"ARROW1", "is an Arrow file; export it as CSV"),
    (b"FEA1", "is a Feather file; export it as CSV"),
    (b"SQLite format 3\0", "is an SQLite database; export the table as CSV"),
    (b"RDX", "is R data; write the table with write.csv"),
    (b"\0\x01\0\0Standard ", "is an Access database; export the table as CSV"),
    (b"PGDMP", "is a PostgreSQL dump; export the table as CSV (\\copy … to … csv header)"),
];

/// Stata's formats 113 to 115: release, byte order (1 or 2), file type 1, and a zero.
fn is_old_stata(first: &[u8]) -> bool {
    matches!(first, [0x69 | 0x6c | 0x6e..=0x73, 1 | 2, 1, 0, ..])
}

/// Formats whose first word says what they are.
fn markup(text: &str) -> Option<&'static str> {
    let begins = |word: &str| text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    let has = |word: &str| text.contains(word);
    if text.starts_with("PK\u{3}\u{4}") {
        return Some(
            "has a line before its workbook, as some web pages add when it is downloaded; open it in Excel and \
             save it as .xlsx",
        );
    }
    if begins("<?xml") || begins("<Workbook") {
        return Some(if has("urn:schemas-microsoft-com:office:spreadsheet") {
            "is an XML spreadsheet of Excel 2003; open it in Excel and save it as .xlsx"
        } else if has("urn:oasis:names:tc:opendocument") {
            "is a flat OpenDocument file; open it in LibreOffice and save it as .xlsx"
        } else if has("http://www.w3.org/1999/xhtml") || has("<html") {
            web_page(text)
        } else {
            "is an XML file; export the roster as CSV"
        });
    }
    if begins("<") {
        let tags =
            ["<!doctype html", "<html", "<table", "<head", "<body", "<meta", "<style", "<div", "<!--", "<p"];
        return Some(if tags.into_iter().any(begins) {
            web_page(text)
        } else {
            "is an XML file; export the roster as CSV"
        });
    }
    if begins("MIME-Version:") {
        return Some(if has("application/x-mimearchive") || has("multipart/related") || has("text/html") {
            "is a web page that Excel opens (MHTML); open it in Excel and save it as .xlsx"
        } else {
            EMAIL
        });
    }
    let words = [
        ("ID;P", "is a SYLK file; open it in Excel and save it as .xlsx"),
        ("TABLE\r\n0,1", "is a DIF file; open it in Excel and save it as .xlsx"),
        ("TABLE\n0,1", "is a DIF file; open it in Excel and save it as .xlsx"),
        ("{\\rtf", "is an RTF document; export the roster as CSV"),
        ("BEGIN:VCARD", "is a list of contacts (vCard); export the roster as CSV"),
        ("BEGIN:VCALENDAR", "is a calendar; export the roster as CSV"),
        ("-----BEGIN PGP", "is encrypted or signed (OpenPGP); decrypt it first"),
        ("RDA3", "is R data; write the table with write.csv"),
        ("RDX3", "is R data; write the table with write.csv"),
        ("Received:", EMAIL),
        ("Return-Path:", EMAIL),
        ("Delivered-To:", EMAIL),
        ("From:", EMAIL),
        ("CREATE TABLE", SQL),
        ("INSERT INTO", SQL),
        ("-- MySQL dump", SQL),
        ("-- MariaDB dump", SQL),
        ("--\n-- PostgreSQL database dump", SQL),
    ];
    if let Some((_, is)) = words.into_iter().find(|(word, _)| begins(word)) {
        return Some(is);
    }
    is_json(text).then_some("is JSON; export the roster as CSV")
}

/// A web page with a table is opened by Excel; one without may ask for a password.
fn web_page(text: &str) -> &'static str {
    let text = text.to_ascii_lowercase();
    if text.contains("<table") || text.contains("office:excel") || text.contains("<style") {
        "is a web page (HTML), which Excel opens when it is named .xls; open it in Excel and save it as .xlsx"
    } else {
        "is a web page (HTML), perhaps one that asks for a login; export the roster again as CSV"
    }
}

const EMAIL: &str = "is an email; save the roster that is attached to it";
const SQL: &str = "is a file of SQL statements; export the table as CSV";

/// An object or a list of them, also one on each line; a header in brackets is none.
fn is_json(text: &str) -> bool {
    let mut signs = text.chars().filter(|sign| !sign.is_whitespace());
    match (signs.next(), signs.next()) {
        (Some('{'), Some('"' | '}')) => {
            text.contains("\":") || text.contains("\" :") || text.starts_with("{}")
        }
        (Some('['), Some('{' | '[' | ']')) => true,
        (Some('['), Some('"')) => {
            text.lines().next().is_some_and(|line| line.trim_end().ends_with([']', ',']))
        }
        _ => false,
    }
}

/// Tables that are drawn for reading.
fn of_lines(text: &str) -> Option<&'static str> {
    let lines: Vec<&str> = text.lines().map(str::trim_end).filter(|line| !line.is_empty()).take(4).collect();
    let is_drawn = |line: &str, signs: &str| line.len() > 2 && line.chars().all(|sign| signs.contains(sign));
    let (first, second) = (*lines.first()?, lines.get(1).copied().unwrap_or_default());
    if first.starts_with('+') && is_drawn(first, "+-=") {
        return Some("is a table drawn with lines, as mysql prints it; export it as CSV (mysql --batch)");
    }
    if first.starts_with(['┌', '╔', '╭']) {
        return Some("is a table drawn with lines; export it as CSV");
    }
    if first.contains('|') && second.contains("--") {
        if second.contains('|') && is_drawn(second, "|-: ") {
            return Some("is a Markdown table; export it as CSV");
        }
        if second.contains('+') && is_drawn(second, "-+ ") {
            return Some("is a table drawn for reading, as psql prints it; export it as CSV (psql --csv)");
        }
    }
    is_of_fixed_width(&lines)
        .then_some("has columns of fixed width, with spaces between them; export it as CSV (or with tabs)")
}

/// Three lines without any delimiter whose gaps of two spaces or more share a place.
fn is_of_fixed_width(lines: &[&str]) -> bool {
    if lines.len() < 3 || lines.iter().any(|line| line.contains([',', ';', '\t', '|'])) {
        return false;
    }
    let gaps = |line: &str| -> Vec<usize> {
        let signs: Vec<char> = line.chars().collect();
        (2..signs.len())
            .filter(|at| signs[at - 2] == ' ' && signs[at - 1] == ' ' && signs[*at] != ' ')
            .collect()
    };
    let first = gaps(lines[0]);
    lines[1..].iter().all(|line| gaps(line).iter().filter(|gap| first.contains(gap)).count() >= 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is(first: &[u8]) -> String {
        let sentence = foreign(first).unwrap_or_else(|| "a text table;".into());
        sentence.split(';').next().unwrap_or_default().to_owned()
    }

    #[test]
    fn web_pages_are_recognised_after_a_mark_and_blank_lines() {
        for page in [
            "<!DOCTYPE html>\n<p>Please log in",
            "\u{feff}\r\n<table><tr><td>student_id</td>",
            "\n\n<HTML xmlns:x=\"urn:schemas-microsoft-com:office:excel\">",
            "<?xml version=\"1.0\"?>\n<html xmlns=\"http://www.w3.org/1999/xhtml\">",
        ] {
            assert!(is(page.as_bytes()).starts_with("is a web page (HTML)"), "{page}");
        }
        assert_eq!(
            is(b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n"),
            "is a web page that Excel opens (MHTML)"
        );
        assert_eq!(is(b"MIME-Version: 1.0\r\nSubject: roster\r\n"), "is an email");
    }

    #[test]
    fn text_formats_are_told_apart() {
        for (text, expected) in [
            (
                "<?xml version=\"1.0\"?>\n<Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">",
                "is an XML spreadsheet of Excel 2003",
            ),
            ("<?xml version=\"1.0\"?>\n<students><student/></students>", "is an XML file"),
            ("ID;PCALCOOO32\nC;X1;Y1;K\"student_id\"\n", "is a SYLK file"),
            ("TABLE\r\n0,1\r\n\"EXCEL\"\r\n", "is a DIF file"),
            ("{\\rtf1\\ansi", "is an RTF document"),
            ("[\n  {\"student_id\": \"s1\"}\n]", "is JSON"),
            ("{\"student_id\":\"s1\"}\n{\"student_id\":\"s2\"}\n", "is JSON"),
            ("[[\"student_id\",\"email\"]]", "is JSON"),
            ("| student_id | email |\n|------------|:-----:|\n| s1 | a |\n", "is a Markdown table"),
            (
                " student_id | email \n------------+-------\n s1         | a\n(1 row)\n",
                "is a table drawn for reading, as psql prints it",
            ),
            (
                "+------------+-------+\n| student_id | email |\n+------------+-------+\n",
                "is a table drawn with lines, as mysql prints it",
            ),
            (
                "student_id  full_name     email\ns1          Mei Tan       a@b.example\ns2          Kim Lee       c@d.example\n",
                "has columns of fixed width, with spaces between them",
            ),
            ("Received: from relay.example\r\n", "is an email"),
            ("BEGIN:VCARD\r\nVERSION:4.0\r\n", "is a list of contacts (vCard)"),
            ("INSERT INTO graduates VALUES", "is a file of SQL statements"),
            (" \r\n\t\n", "is empty"),
            (
                "\r\nPK\u{3}\u{4}\u{14}\0",
                "has a line before its workbook, as some web pages add when it is downloaded",
            ),
        ] {
            assert_eq!(is(text.as_bytes()), expected, "{text}");
        }
    }

    #[test]
    fn binary_formats_are_told_apart() {
        for (bytes, expected) in [
            (&b"%PDF-1.7\n%\xe2\xe3"[..], "is a PDF file"),
            (b"\x1f\x8b\x08\0", "is a compressed file (gzip)"),
            (b"<stata_dta><header><release>118", "is a Stata data set (.dta)"),
            (b"\x72\x02\x01\x00\x05\x00", "is a Stata data set (.dta)"),
            (b"$FL2@(#) SPSS DATA FILE", "is an SPSS data set (.sav)"),
            (b"PAR1\x15\x04", "is a Parquet file"),
            (b"SQLite format 3\0\x10", "is an SQLite database"),
            (b"s\0\0\0t\0\0\0", "is text in UTF-32"),
            (
                b"\xa2\xa3\xa4\x84\x85\x95\xa3\x6d\x89\x84\x6b\x95\x81\x6b\x85\x6b\x25",
                "is text of a mainframe (EBCDIC)",
            ),
        ] {
            assert_eq!(is(bytes), expected);
        }
    }

    #[test]
    fn rosters_are_no_other_kind() {
        for text in [
            "student_id,full_name,email\ns1,Mei Tan,a@b.example\n",
            "student_id|full_name|email\ns1|Mei Tan|a@b.example\n",
            "student_id\tfull_name\nID;P\tx\n",
            "ID,PN\n1,2\n",
            "PAR1 score,RDX\n1,2\n",
            "Table,Seat\n1,2\n",
            "From,To\na,b\n",
            "\"student_id\",\"name\"\n\"{x\",\"y\"\n",
            "[student_id],[name]\n1,2\n",
            "Title of the list\n\nstudent_id,name\ns1,A\n",
            "rolls, of all graduates  of 2026\nstudent_id,  name\ns1,A\n",
        ] {
            assert_eq!(foreign(text.as_bytes()), None, "{text}");
        }
        // a small header, and letters of other encodings
        assert_eq!(foreign(b"student_id,full_name\ns1,Jos\xe9\n"), None);
        assert_eq!(foreign(b"\xc5\xc6\xc7,\xc8\xc9,a,b,c\n1,2,3,4,5\n"), None);
    }
}
