//! Which language a graduate is written in.

use super::own::{desk, language, mail_to};
use crate::roster::desk::{Desk, line, roster_of};

fn with(tags: &[(&str, &str)]) -> Desk {
    let files: Vec<_> = tags.iter().flat_map(|(tag, greeting)| language(tag, greeting)).collect();
    let files: Vec<_> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    desk(&files)
}

/// The first words of the mails to graduates with these languages.
fn greetings(desk: &Desk, wanted: &[&str]) -> Vec<String> {
    let rows: Vec<_> =
        wanted.iter().enumerate().map(|(position, tag)| format!("{}{tag}", line(position + 1))).collect();
    desk.import(roster_of(rows.iter().map(String::as_str)));
    assert_eq!(desk.send().sent, i64::try_from(wanted.len()).unwrap());
    (1..=wanted.len())
        .map(|number| {
            let [subject, ..] = mail_to(desk, &format!("s{number:07}@mailbox.example"));
            subject.split(':').next().unwrap().to_owned()
        })
        .collect()
}

const ENGLISH: &str = "Your SEEK Pass invitation from Northfield University";

#[test]
fn one_language_is_added_and_the_others_stay_english() {
    let desk = with(&[("vi", "Xin chào")]);
    let wanted = ["vi", "VI", "vi-VN", "", "en", "th", "en-AU"];
    assert_eq!(
        greetings(&desk, &wanted),
        ["Xin chào", "Xin chào", "Xin chào", ENGLISH, ENGLISH, ENGLISH, ENGLISH]
    );
    let [_, text, html] = mail_to(&desk, "s0000001@mailbox.example");
    assert!(text.starts_with("Xin chào Ada Number 1") && html.starts_with("<p>Xin chào Ada Number 1</p>"));
}

#[test]
fn a_language_falls_back_from_its_script_to_its_name_to_english() {
    let wanted = ["zh-Hans", "zh_Hans", "zh-hant", "zh", "zh-Hans"];
    let both = with(&[("zh-Hans", "您好"), ("zh", "你好")]);
    assert_eq!(greetings(&both, &wanted), ["您好", "您好", "你好", "你好", "您好"]);
    let general = with(&[("zh", "你好")]);
    assert_eq!(greetings(&general, &wanted), ["你好"; 5]);
    let script_only = with(&[("zh-Hans", "您好")]);
    // zh alone means simplified characters, and who reads the one script need not read the other
    assert_eq!(greetings(&script_only, &wanted), ["您好", "您好", ENGLISH, "您好", "您好"]);
    let none = with(&[]);
    assert_eq!(greetings(&none, &wanted), [ENGLISH; 5]);
}

#[test]
fn the_universitys_english_is_the_fallback_too() {
    let desk = with(&[("en", "Hello")]);
    assert_eq!(greetings(&desk, &["zh-Hans", ""]), ["Hello", "Hello"]);
}
