//! The index as a desk: each message beside the change it comes from, and all that a person should look at before mail goes.

use std::fmt::Write as _;

use super::{dry_run, index};
use crate::roster::desk::{Desk, HEADER, line, roster_of};

/// What the index says of a student's message: its piece of HTML.
fn entry(index: &str, student_id: &str) -> String {
    let entries = index.split("<li data-change=").skip(1);
    let is_of = |entry: &&str| entry.contains(&format!("<p class=\"id\">{student_id}</p>"));
    entries.map(|entry| entry.split("</details>").next().unwrap()).find(is_of).unwrap().to_owned()
}

/// The rows of the section of this name, tags taken out.
fn section(index: &str, id: &str) -> Vec<String> {
    let section = index.split(&format!("<section id=\"{id}\">")).nth(1).unwrap();
    let section = section.split("</section>").next().unwrap();
    section.lines().map(text).filter(|line| !line.is_empty()).collect()
}

fn text(html: &str) -> String {
    let mut text = String::new();
    for piece in html.split('<') {
        let words = piece.split_once('>').map_or(piece, |(_, words)| words);
        let _ = write!(text, "{} ", words.replace("&#x2f;", "/"));
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn each_message_stands_beside_the_change_it_comes_from() {
    let desk = Desk::new();
    desk.import(roster_of([line(1).as_str(), &line(2), &line(3)]));
    desk.send();
    assert_eq!(desk.gradpass(&["reissue", "s0000003"]).code, 0);
    let more = line(1).replace("BA,Bachelor of Arts", "DIP,Diploma of Languages");
    let roster = [line(1), more, line(2).replace("@mailbox", "@post"), line(3), line(4)];
    desk.write("roster.csv", roster_of(roster.iter().map(String::as_str)));
    assert_eq!(dry_run(&desk, "roster.csv"), 0);
    let index = index(&desk);
    for (student_id, word, words) in [
        ("s0000001", "more", "<p>one more qualification</p>"),
        ("s0000002", "address", "<p>changed address: s…@m… → s…@p…</p>"),
        ("s0000003", "replacement", "<p>replaces an earlier email</p>"),
        ("s0000004", "new", "<p>new</p>"),
    ] {
        let entry = entry(&index, student_id);
        assert!(entry.starts_with(&format!("\"{word}\"")) && entry.contains(words), "{student_id}: {entry}");
    }
}

#[test]
fn each_message_is_shown_on_phone_and_desktop_in_light_and_dark_with_its_text() {
    let desk = Desk::new();
    desk.write(
        "roster.csv",
        roster_of(["s0000001,Ada Lovelace,ada@mailbox.example,BA,Arts,2026,History;Law,H1,"]),
    );
    assert_eq!(dry_run(&desk, "roster.csv"), 0);
    let entry = entry(&index(&desk), "s0000001");
    for look in ["phone light", "phone dark", "desktop light", "desktop dark"] {
        let frame = format!("<figure class=\"{look}\" data-src=\"0001-s0000001.html\">");
        assert!(entry.contains(&frame), "{look}: {entry}");
    }
    // and on a page of its own, which needs no script
    assert!(entry.contains("<a href=\"0001-s0000001.looks.html\">views</a>"), "{entry}");
    let looks = std::fs::read_to_string(desk.path("preview/0001-s0000001.looks.html")).unwrap();
    assert!(!looks.contains("<script") && looks.contains("s0000001"), "{looks}");
    for look in ["phone light", "phone dark", "desktop light", "desktop dark"] {
        let frame = format!("<iframe class=\"{look}\" sandbox ");
        let frame = looks.split(&frame).nth(1).unwrap_or_else(|| panic!("{look}: {looks}"));
        assert!(frame.split('>').next().unwrap().ends_with(" src=\"0001-s0000001.html\""), "{look}: {frame}");
    }
    let said = text(&entry);
    for words in [
        "Ada Lovelace",
        "ada@mailbox.example",
        "Arts · BA · History; Law · H1 · 2026",
        "Your SEEK Pass invitation from Northfield University",
        "Hello Ada Lovelace,",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    let said = text(&index(&desk));
    assert!(said.contains("From: Northfield University"), "{said}");
}

#[test]
fn addresses_that_look_wrong_are_named() {
    let desk = Desk::new();
    desk.write(
        "roster.csv",
        roster_of([
            line(1).replace("mailbox.example", "gmial.com").as_str(),
            &line(2).replace("s0000002@", "registry@"),
            &line(3).replace("mailbox.example", "alumni.northfield.example"),
            &line(4),
            &line(5),
        ]),
    );
    assert_eq!(dry_run(&desk, "roster.csv"), 0);
    let said = section(&index(&desk), "addresses");
    for row in [
        "s0000001 s0000001@gmial.com probably gmail.com",
        "s0000002 registry@mailbox.example read by an office, and not by one person",
        "1 gmial.com probably gmail.com",
        "1 alumni.northfield.example own domain",
        "3 mailbox.example",
    ] {
        assert!(said.iter().any(|line| line == row), "{row}: {said:#?}");
    }
    assert!(!said.iter().any(|line| line.starts_with("s0000004")));
}

#[test]
fn who_is_rejected_held_or_withdrawn_is_listed_with_the_reason() {
    let desk = Desk::new();
    desk.import(roster_of([line(1).as_str(), &line(2), &line(3)]));
    let roster = [line(1), line(3), line(4).replace("s0000004@mailbox.example", "none"), line(5), line(6)];
    let mut lines = vec![format!("{HEADER},hold,shoe_size")];
    lines.extend(
        roster
            .iter()
            .map(|line| format!("{line},{},38", if line.starts_with("s0000005") { "Y" } else { "" })),
    );
    desk.write("roster.csv", lines.join("\n") + "\n");
    assert_eq!(dry_run(&desk, "roster.csv"), 1);
    let index = index(&desk);
    let has = |id: &str, row: &str| {
        let said = section(&index, id);
        assert!(said.iter().any(|line| line.starts_with(row)), "{row}: {said:#?}");
    };
    has("rows", "roster.csv 4 s0000004 ");
    has("people", "s0000005 ");
    has("people", "s0000002 Bachelor of Arts");
    has("roster", "shoe_size");
    // a dry run without any of them says so, and one is told as one
    let desk = Desk::new();
    desk.write("roster.csv", roster_of([line(1).as_str()]));
    assert_eq!(dry_run(&desk, "roster.csv"), 0);
    let said = super::index(&desk);
    for words in [
        "No row is rejected.",
        "Nobody is held.",
        "Nobody would be withdrawn.",
        "Every column is read.",
        "<strong>1</strong> <span class=\"soft\">email now</span>",
        "<strong>0</strong> <span class=\"soft\">emails later</span>",
    ] {
        assert!(said.contains(words), "{words}");
    }
}

#[test]
fn words_of_honours_are_counted_with_how_they_are_sent() {
    let desk = Desk::new();
    let roster: Vec<_> = ["H1", "H1", "Pass", "Nil", ""]
        .iter()
        .enumerate()
        .map(|(number, word)| line(number + 1).replace("2026,,,", &format!("2026,,{word},")))
        .collect();
    desk.write("roster.csv", roster_of(roster.iter().map(String::as_str)));
    dry_run(&desk, "roster.csv");
    let said = section(&index(&desk), "roster");
    assert!(said.iter().any(|line| line == "2 H1 with honours"), "{said:#?}");
    assert!(said.iter().any(|line| line == "1 Pass without honours"), "{said:#?}");
}

#[test]
fn the_pages_are_there_in_the_universitys_wording() {
    let desk = Desk::new();
    desk.configure("templates = \"templates\"");
    desk.write("templates/en/pages/style.css", "body { color: #102030 }");
    desk.write(
        "templates/en/pages/verified.html.j2",
        "{% extends \"layout.html.j2\" %}{% block title %}Well done{% endblock %}{% block content %}<p>All of it.</p>{% endblock %}",
    );
    desk.write("roster.csv", roster_of([line(1).as_str()]));
    assert_eq!(dry_run(&desk, "roster.csv"), 0);
    let read = |name: &str| std::fs::read_to_string(desk.path("preview/pages").join(name)).unwrap();
    let verified = read("en-verified.html");
    assert!(verified.contains("<h1>Well done</h1>") && verified.contains("href=\"style.css\""), "{verified}");
    assert_eq!(read("style.css"), "body { color: #102030 }");
    for page in ["code", "qualifications", "waiting", "problem-code", "problem-too-many"] {
        assert!(read(&format!("en-{page}.html")).contains("Northfield University"), "{page}");
    }
    // each in a frame, light and dark, without a script
    let index = index(&desk);
    for scheme in ["light", "dark"] {
        let frame = format!("<iframe class=\"phone {scheme}\" sandbox loading=\"lazy\"");
        let frames = index.split(&frame).skip(1);
        let is_of = |frame: &str| frame.split('>').next().unwrap().ends_with("src=\"pages/en-code.html\"");
        assert!(frames.into_iter().any(is_of), "{scheme}");
    }
    // nothing is asked beside the code, so no page asks it
    assert!(!desk.path("preview/pages/en-answer-missing.html").exists());
}

#[test]
fn only_the_script_of_the_index_may_run() {
    let desk = Desk::new();
    desk.write("roster.csv", roster_of([line(1).as_str()]));
    let mut nonces = Vec::new();
    for _ in 0..2 {
        dry_run(&desk, "roster.csv");
        let index = index(&desk);
        let nonce = index.split("<script nonce=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        assert!(index.contains(&format!(
            "default-src 'none'; style-src 'unsafe-inline'; script-src 'nonce-{nonce}'; "
        )));
        // the tools need it, and stay away without it
        assert!(index.contains("<div class=\"tools\" hidden>"));
        nonces.push(nonce);
    }
    assert_ne!(nonces[0], nonces[1]);
}
