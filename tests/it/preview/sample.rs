//! Of many messages, the preview shows those that go wrong.

use super::{dry_run, index, mails};
use crate::roster::desk::{Desk, HEADER};

const LANGUAGES: [&str; 3] = ["vi", "th", "zh-Hans"];

/// Eleven hundred graduates, which are several pages of the ledger, nearly all of them alike; what is odd comes late.
fn roster() -> String {
    let mut rows = vec![HEADER.to_owned()];
    for number in 1..=1100 {
        let name = match number {
            1095 => format!("Ada {} Long", "Ng".repeat(120)),
            1096 => format!("Ada {}", "Ng".repeat(140)),
            1089 => "O’Brien".into(),
            1099 => "Suharto".into(),
            _ => format!("Ada Number {number}"),
        };
        let language = match number {
            1091 => LANGUAGES[0],
            1092 => LANGUAGES[1],
            1093 => LANGUAGES[2],
            _ => "",
        };
        rows.push(format!(
            "s{number:07},{name},s{number:07}@mailbox.example,BA,Arts,2026,History,H1,{language}"
        ));
        if number == 1097 {
            rows.push(format!("s{number:07},{name},s{number:07}@mailbox.example,LLB,Laws,2026,,,{language}"));
        }
    }
    rows.join("\n") + "\n"
}

#[test]
fn two_hundred_of_many_and_the_odd_ones_among_them() {
    let desk = Desk::new();
    desk.configure("templates = \"templates\"");
    for language in LANGUAGES {
        for (name, text) in crate::templates::own::language(language, "Hi") {
            desk.write(&format!("templates/{name}"), text);
        }
    }
    desk.write("roster.csv", roster());
    dry_run(&desk, "roster.csv");
    let shown: Vec<_> = mails(&desk);
    assert_eq!(shown.len(), 200);
    for (number, why) in [
        (1095, "long name"),
        (1096, "long name"),
        (1091, "its language"),
        (1092, "its language"),
        (1093, "its language"),
        (1097, "several qualifications"),
        (1099, "one-word name"),
        (1089, "one-word name"),
    ] {
        assert!(shown.iter().any(|name| name.ends_with(&format!("s{number:07}.eml"))), "{number}, {why}");
    }
    let index = index(&desk);
    assert!(index.contains("The oddest 200 of 1100 emails"));
    // each graduate once
    let mut ids: Vec<_> = shown.iter().map(|name| &name[5..]).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 200);
}

#[test]
fn two_hundred_are_shown_whole_in_their_order() {
    let desk = Desk::new();
    let text = roster();
    let rows: Vec<_> = text.lines().take(201).collect();
    desk.write("roster.csv", rows.join("\n") + "\n");
    dry_run(&desk, "roster.csv");
    let shown: Vec<_> = mails(&desk);
    let expected: Vec<_> = (1..=200).map(|number| format!("{number:04}-s{number:07}.eml")).collect();
    assert_eq!(shown, expected);
    assert!(index(&desk).contains("All 200 emails"));
}
