//! The university's own words over those that are built in, and what the configuration may switch on.

use super::switch_on;
use crate::roster::desk::{Desk, line, roster_of};
use crate::templates::own::mail_to;

fn desk(languages: &[&str], files: &[(&str, &str)]) -> Desk {
    let desk = Desk::new();
    desk.configure("templates = \"templates\"");
    switch_on(&desk, languages);
    std::fs::create_dir_all(desk.path("templates")).unwrap();
    for (name, text) in files {
        desk.write(&format!("templates/{name}"), text);
    }
    desk.write("roster.csv", roster_of([format!("{}th", line(1)).as_str()]));
    desk
}

fn refusal(languages: &[&str], files: &[(&str, &str)]) -> String {
    let ran = desk(languages, files).gradpass(&["run", "--dry-run", "roster.csv"]);
    assert_eq!(ran.code, 2, "{}", ran.stderr);
    ran.stderr.trim_end().to_owned()
}

#[test]
fn one_sentence_is_the_universitys_own_in_both_parts() {
    let own = "mail-greeting = สวัสดี <b>คุณ</b>{ $name }\n";
    let said = refusal(&["en", "th"], &[("th/texts.ftl", own)]);
    assert!(said.ends_with("th/texts.ftl:1: mail-greeting needs as many <b> … </b> as English: 0"), "{said}");
    let desk = desk(&["en", "th"], &[("th/texts.ftl", "mail-greeting = สวัสดีคุณ{ $name }\n")]);
    desk.import(roster_of([format!("{}Thai", line(1)).as_str(), &line(2)]));
    desk.send();
    let [_, text, html] = mail_to(&desk, "s0000001@mailbox.example");
    assert!(text.contains("\nสวัสดีคุณAda Number 1\n") && text.contains("ขอแสดงความนับถือ"), "{text}");
    assert!(html.contains("สวัสดีคุณ<span dir=\"auto\" translate=\"no\">Ada Number 1</span></p>"), "{html}");
    let [_, text, _] = mail_to(&desk, "s0000002@mailbox.example");
    assert!(text.contains("\nHello Ada Number 2,\n"), "{text}");
}

#[test]
fn one_template_of_a_built_in_language_is_the_universitys_own() {
    let own = "{{ t(\"mail-greeting\", name=graduate.name) }}\n\n{{ code }}\n\n{{ link }}\n";
    let desk = desk(&["en", "th"], &[("th/body.txt.j2", own)]);
    desk.import(roster_of([format!("{}th", line(1)).as_str()]));
    desk.send();
    let [subject, text, html] = mail_to(&desk, "s0000001@mailbox.example");
    assert!(text.starts_with("เรียน Ada Number 1\n\n") && subject.starts_with("คำเชิญ"), "{text}");
    assert!(html.contains("ขอแสดงความนับถือ"), "{html}");
    // not switched on, the same file is a language that lacks the rest
    let said = refusal(&["en"], &[("th/body.txt.j2", own)]);
    assert!(said.contains("th/subject.txt.j2: missing; a language needs all six templates"), "{said}");
}

#[test]
fn texts_that_could_not_be_used_are_named_with_their_line() {
    for (name, text, problem) in [
        (
            "th/texts.ftl",
            "\nmail-greting = x\n",
            "th/texts.ftl:2: there is no text mail-greting; is it misspelt?",
        ),
        (
            "th/texts.ftl",
            "mail-greeting = เรียน\n",
            "th/texts.ftl:1: mail-greeting must say { $name }, as English does",
        ),
        ("th/text.ftl", "", "th/text.ftl: texts of a language are in texts.ftl"),
        ("th/texts.ftl", "mail-greeting = { $name\n", "th/texts.ftl:2: not written as Fluent wants it: "),
    ] {
        let said = refusal(&["en", "th"], &[(name, text)]);
        assert!(said.contains(problem), "{said}");
    }
}

/// A language without a compiler: all texts in one file.
#[test]
fn a_new_language_is_one_file_with_every_text() {
    let english = include_str!("../../../src/wording/languages/en.ftl");
    let filipino = english.replace("mail-greeting = Hello { $name },", "mail-greeting = Mahal na { $name },");
    let desk = desk(&["en", "fil"], &[("fil/texts.ftl", &filipino)]);
    desk.import(roster_of([format!("{}Filipino", line(1)).as_str()]));
    desk.send();
    let [_, text, html] = mail_to(&desk, "s0000001@mailbox.example");
    assert!(text.contains("Mahal na Ada Number 1,") && html.contains("<html lang=\"fil\""), "{text}");
    let short = filipino.replace("your-code = Your code\n", "");
    let said = refusal(&["en", "fil"], &[("fil/texts.ftl", &short)]);
    assert!(
        said.ends_with("fil/texts.ftl: your-code is missing; every language has the texts of English"),
        "{said}"
    );
    let said = refusal(&["en", "fil"], &[]);
    assert!(said.ends_with("built in as those of en, id, ms, th, vi, zh-Hans, zh-Hant are"), "{said}");
}

/// Before a native speaker has read it, a language waits in its folder.
#[test]
fn texts_alone_switch_nothing_on() {
    let desk = desk(&["en"], &[("th/texts.ftl", "mail-greeting = สวัสดีคุณ{ $name }\n")]);
    desk.import(roster_of([format!("{}th", line(1)).as_str()]));
    desk.send();
    let [_, text, _] = mail_to(&desk, "s0000001@mailbox.example");
    assert!(text.contains("\nHello Ada Number 1,\n"), "{text}");
}

#[test]
fn the_configuration_names_languages_that_there_are_and_each_once() {
    for (languages, problem) in [
        (&[][..], "institution.languages: names none; give one at least, such as en"),
        (&["th", "th"], "institution.languages: has a language twice"),
        (&["th", "Thai"], "institution.languages: has a language twice"),
        (
            &["Klingon"],
            "institution.languages: not a language that is known; write its tag, such as en, vi or zh-Hans",
        ),
    ] {
        let desk = Desk::new();
        switch_on(&desk, languages);
        let ran = desk.gradpass(&["config", "show"]);
        assert!(ran.code == 2 && ran.stderr.trim_end().ends_with(problem), "{}", ran.stderr);
    }
    let desk = Desk::new();
    switch_on(&desk, &["Bahasa Indonesia", "en"]);
    assert!(desk.gradpass(&["check"]).stdout.contains("id, en"));
}

#[test]
fn the_preview_shows_the_mail_and_the_pages_in_each_language() {
    let desk = desk(&["en", "th", "vi"], &[]);
    assert_eq!(desk.gradpass(&["run", "--dry-run", "--preview", "preview", "roster.csv"]).code, 0);
    let index = std::fs::read_to_string(desk.path("preview/index.html")).unwrap();
    for language in ["en", "th", "vi"] {
        for name in ["invitation", "conferred", "corrected", "replacement", "reminder", "lapsed"] {
            let file = format!("pages/mail-{language}-{name}.html");
            assert!(index.contains(&format!("href=\"{file}\"")), "{file}");
            let html = std::fs::read_to_string(desk.path("preview").join(&file)).unwrap();
            assert!(html.contains(&format!("<html lang=\"{language}\"")), "{file}");
        }
        assert!(index.contains(&format!("href=\"pages/{language}-qualifications.html\"")));
    }
    // the next preview takes their place
    assert_eq!(desk.gradpass(&["run", "--dry-run", "--preview", "preview", "roster.csv"]).code, 0);
}
