//! Whatever stands in a cell, a setting or an answer is text wherever it comes out: in the mail, in the preview, on the
//! page, in the rejected rows, in errors and logs.

mod cells;
mod ledger;
mod pages;
mod rejected;
mod settings;
mod subjects;
mod workbooks;

use std::collections::BTreeSet;

/// What no registry means to write.
const VALUES: [&str; 42] = [
    "x\r\nBcc: victim@evil.example",
    "x\nBcc: victim@evil.example",
    "x\rBcc: victim@evil.example",
    "x\r\n\r\n<html>",
    "x\r\n.\r\nMAIL FROM:<a@evil.example>",
    "x\u{2028}Bcc: victim@evil.example",
    "x\u{85}Bcc: victim@evil.example",
    "x\0y",
    "x\u{1b}[31m\u{7}y",
    "x\u{202e}elpmaxe",
    "x\u{2066}y\u{2069}",
    "x\u{e0041}\u{e0042}\u{180e}\u{2061}\u{fff9}y",
    "=?utf-8?Q?=0D=0ABcc:_victim=40evil.example?=",
    "=?utf-8?B?DQpCY2M6IHZpY3RpbUBldmlsLmV4YW1wbGU=?= x",
    "x, Mallory <mallory@evil.example>",
    "\"Mallory\" <mallory@evil.example>",
    "x>\" <mallory@evil.example>",
    "Group: x, y;",
    "(comment) x \\",
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "` onfocus=alert(1) autofocus",
    "</p></td></style></title></textarea><b>x",
    "<!-- x",
    "<![CDATA[ x ]]>",
    "&lt;b&gt; &#60;b&#62;",
    "{{ code }}{% raw %}{# x",
    "{{ 7 * 7 }}",
    "javascript:alert(1)",
    "=HYPERLINK(\"http://evil.example\",\"x\")",
    "=cmd|'/c calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "\u{ff1d}1+1",
    "x;=1+1",
    "x\t=1+1",
    "../../../etc/passwd",
    "..\\..\\x%2e%2e%2f%00",
    "x'); DROP TABLE graduate; --",
];

/// The tags of a piece of HTML in their order, each with the names of its attributes: what a value must never change.
fn tags(html: &str) -> Vec<String> {
    let mut tags = Vec::new();
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        rest = &rest[open..];
        let mut quote = None;
        let end = rest.char_indices().find(|(_, sign)| {
            match (quote, sign) {
                (None, '"' | '\'') => quote = Some(*sign),
                (Some(open), sign) if open == *sign => quote = None,
                _ => {}
            }
            quote.is_none() && *sign == '>'
        });
        let tag = &rest[..end.map_or(rest.len(), |(at, _)| at + 1)];
        tags.push(without_values(tag));
        rest = &rest[tag.len()..];
    }
    tags
}

fn without_values(tag: &str) -> String {
    let pieces = tag.split('"').enumerate();
    pieces.filter(|(number, _)| number % 2 == 0).map(|(_, piece)| piece).collect()
}

/// The kinds of tags that there are.
fn kinds(html: &str) -> BTreeSet<String> {
    tags(html).into_iter().collect()
}

/// The kinds of tags in it that are in none of the others.
fn odd<'a>(html: &str, others: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let ordinary: BTreeSet<_> = others.into_iter().flat_map(kinds).collect();
    kinds(html).difference(&ordinary).cloned().collect()
}

/// What a browser shows of escaped text, or sends of an escaped attribute.
fn unescaped(text: &str) -> String {
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#x27;", "'"), ("&#x2f;", "/"), ("&amp;", "&")]
        .into_iter()
        .fold(text.to_owned(), |text, (escape, sign)| text.replace(escape, sign))
}

/// Whether a terminal or an editor would show something else than what is there.
fn misleads(sign: char) -> bool {
    let invisible = ['\u{180e}', '\u{2028}', '\u{2029}', '\u{feff}'];
    (sign.is_control() && sign != '\n')
        || invisible.contains(&sign)
        || ('\u{200b}'..='\u{200f}').contains(&sign)
        || ('\u{202a}'..='\u{202e}').contains(&sign)
        || ('\u{2060}'..='\u{206f}').contains(&sign)
        || ('\u{fff9}'..='\u{fffb}').contains(&sign)
        || ('\u{e0000}'..='\u{e007f}').contains(&sign)
}

/// A roster in which each cell of one column after the other is spoilt by each value, bare and behind a word that is
/// found nowhere else.
struct Spoilt {
    /// Rows of cells, two for each graduate: the spoilt award and a plain one.
    rows: Vec<[[String; 10]; 2]>,
}

const HEADER: &str =
    "student_id,full_name,email,course_code,course_name,conferral_year,majors,honours,language,date_of_birth";
const COLUMNS: usize = 10;

/// Stands in spoilt cells and must be found in no log.
const MARK: &str = "Qzxmark";

impl Spoilt {
    fn new() -> Self {
        let mut rows = Vec::new();
        for column in 0..COLUMNS {
            for value in VALUES {
                for before in ["", if column == 0 { "sid" } else { MARK }] {
                    let number = rows.len();
                    let mut rest = plain(number);
                    let mut first = rest.clone();
                    let cell = match (column, before) {
                        (2, "") => format!("g{number}@{value}.example"),
                        (2, before) => format!("{before}{value}{number}@mailbox.example"),
                        (0, before) => format!("{before}{number}{value}"),
                        (_, before) => format!("{before}{value}"),
                    };
                    first[column].clone_from(&cell);
                    // who it is, and that is the same in both rows
                    if [0, 1, 2, 8, 9].contains(&column) {
                        rest[column] = cell;
                    }
                    rest[3] = "PLAIN".into();
                    rest[4] = "Master of Arts".into();
                    rows.push([first, rest]);
                }
            }
        }
        Self { rows }
    }

    /// Rosters of at most so many graduates.
    fn rosters(&self, graduates: usize) -> impl Iterator<Item = String> + '_ {
        self.rows.chunks(graduates).map(|rows| csv(rows.iter().flatten()))
    }
}

/// The students of whom the import takes every row: nothing that looks damaged or like HTML comes so far.
fn taken(rows: &[[[String; COLUMNS]; 2]]) -> BTreeSet<String> {
    let desk = crate::roster::desk::Desk::new();
    desk.write("roster.csv", csv(rows.iter().flatten()));
    assert_eq!(desk.gradpass(&["import", "roster.csv"]).code, 1);
    desk.query(
        "SELECT student_id FROM graduate WHERE student_id NOT IN (
             SELECT student_id FROM rejected_row WHERE student_id IS NOT NULL
         )",
    )
    .into_iter()
    .collect()
}

/// The cells of a graduate with nothing odd.
fn plain(number: usize) -> [String; COLUMNS] {
    let email = format!("g{number}@mailbox.example");
    let id = format!("s{number:05}");
    [
        &id,
        "Ada Lovelace",
        &email,
        "BA",
        "Bachelor of Arts",
        "2024",
        "History",
        "First Class",
        "en",
        "1999-12-28",
    ]
    .map(str::to_owned)
}

fn csv<'a>(rows: impl IntoIterator<Item = &'a [String; COLUMNS]>) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(HEADER.split(',')).unwrap();
    for row in rows {
        writer.write_record(row).unwrap();
    }
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}
