//! What spreadsheet programs and exports leave in cells: formulas, links, escapes, spoilt ids.

use super::*;

#[test]
fn escapes_are_refused() {
    are_damaged(
        Name,
        &[
            "O&#39;Brien Se&aacute;n",
            "Se&#225;n O&apos;Brien",
            "Mei Ling&nbsp;Tan",
            "O&#x27;Brien",
            "Se&aacuten&amp",
            "TAN &AMP; LIM",
            "O\\'Brien",
            "Jos\\u00e9",
            "Mei\\nTan",
            "Jos%C3%A9 Garc%C3%ADa",
            "Mei%20Tan",
            "Jos=C3=A9",
            "=?UTF-8?Q?Jos=C3=A9?=",
            "_x000D_Mira Tan",
            "Mira_x000d_Tan",
            "Jos+AOk- Garc+AO0-a",
            "Jos+AOk Garc+AO0-a",
            "~{MuN0~}",
            "Jos{\\'e}",
            "<b>Mira</b> Tan",
            "Jos{e}",
            "CDATA[Ana Tan]",
            "<![CDATA[Ana Tan]]>",
            "M\\\"uller",
            "Path\"Finder\"\" Lee",
        ],
    );
    are_damaged(
        Title,
        &[
            "Arts &amp; Law",
            "Finance &amp",
            "Finance &#38",
            "Arts &eacute;t",
            "Bachelor of Arts\\nin Law",
            "Bachelor of Arts; \\Honours\\\" stream\"",
            "Arts\\u0026 Law",
            "Bachelor%20of%20Arts",
            "Informatique =C3=A0 distance",
            "Arts_x000D_",
            "<p>Arts</p>",
            "Arts<br/>Law",
            "G+AOk-nie",
            "~{MuN0~}",
            "CDATA[Arts]",
            "Bachelor of Arts ™",
            "=?utf-8?B?QXJ0cw==?=",
            "{\\'E}tudes",
            "[\"Finance\",\"Law\"]",
            "{\"name\":\"Law\"}",
            "Ends with backslash \\",
        ],
    );
    are_sound(
        Title,
        &[
            "Arts & Science",
            "R&D; Management",
            "Q&A Methods",
            "AT&T Studies",
            "100% Online",
            "50%50 Law",
            "Commerce\\Law",
            "Commerce \\ Law",
            "C++",
            "Finance + Accounting",
            "Finance +Accounting",
            "Finance +Law-Arts",
            "5+1 Teaching",
            "LGBTIQ+ Studies",
            "Law_Arts",
            "Maths (x = 20)",
            "Cost < Benefit",
            "100%Design",
            "Physics ~ Chemistry",
            "A+ Grade",
            "~60 Credits",
        ],
    );
}

#[test]
fn formulas_and_links_are_refused() {
    are_damaged(
        Name,
        &[
            "=HYPERLINK(\"x\")",
            "@SUM(1)",
            "+A1",
            "|cmd",
            "#N/A",
            "TRUE",
            "FALSE",
            "Mira Tan mira4@post.example",
            "mei.tan@mailbox.example",
            "Mei Ling Tan <mei@mailbox.example>",
            "https://tan.example",
            "www.tan.example",
            "-SUM(A1)",
        ],
    );
    are_damaged(
        Title,
        &[
            "=A1",
            "+SUM(A1)",
            "-A1*2",
            "@Arts",
            "-Bachelor",
            "+Music",
            "'Bachelor",
            "#REF!",
            "TRUE",
            "Arts (see www.arts.example)",
            "arts@uni.example",
        ],
    );
    are_damaged(Word, &["=1+1", "#VALUE!", "+A1", "@SUM(A1)", "Pr?d"]);
    are_sound(
        Word,
        &[
            "2:1",
            "H1",
            "First Class",
            "A*",
            "-",
            "+1",
            "BSC_HONS",
            "12345",
            "IIA",
            "TRUE",
            "Sehr gut mit Üç",
            "@home",
            "BE-H",
            "<50",
            "1e",
            "1ª",
        ],
    );
}

#[test]
fn ids_that_a_spreadsheet_spoilt_are_refused() {
    for id in [
        "1.23457E+12",
        "2.02612E+10",
        "1,23457E+12",
        "1.2E5",
        "12E+45",
        "1e+05",
        "12-Jan",
        "Jan-24",
        "1-May-2026",
        "12/01/2026",
        "2026-05-01",
        "2026-05-01 00:00:00",
        "01.02.2026",
        "TRUE",
        "false",
        "10023.0",
        "10023.00",
        "10023.01",
        "44927.5",
        "12345.678",
        "1,234",
        "12,345,678",
        "#####",
        "#N/A",
        "January 2026",
    ] {
        assert!(damage_of_an_id(id).is_some(), "{id} was taken");
    }
    for id in [
        "S1234567A",
        "2024/0012",
        "10-023",
        "ABC.12",
        "20240012",
        "E12345",
        "12E45",
        "12E4",
        "12.34",
        "1-2-3",
        "2024-001",
        "99-99-9999",
        "1234,5",
        "A-Jan",
        "Jan",
        "MAY-X",
        "12-JANE",
        "#1",
        "2024.1",
        "12/34/5678",
        "10.1.2",
        "1",
        "s0012",
        "00.0012",
        "U2312345F",
    ] {
        assert_eq!(damage_of_an_id(id), None, "{id}");
    }
}
