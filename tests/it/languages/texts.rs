//! The words themselves: nothing is left in English, and both parts of a mail say the same.

use std::collections::BTreeMap;
use std::path::Path;

use gradpass::config::Question;
use insta::assert_snapshot;

use super::{ALL, mails, parts};
use crate::roster::desk::{Desk, line, roster_of};
use crate::world::NIGHT;

/// The text of HTML, as a reader sees it.
fn seen(html: &str) -> String {
    let body = html.split_once("<body").unwrap().1.split_once('>').unwrap().1;
    let mut text = String::new();
    for part in body.split('<').skip(1) {
        text.push_str(part.split_once('>').unwrap().1);
    }
    [
        ("&nbsp;", " "),
        ("&#x2f;", "/"),
        ("&#x27;", "'"),
        ("&quot;", "\""),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&amp;", "&"),
    ]
    .into_iter()
    .fold(text, |text, (entity, sign)| text.replace(entity, sign))
}

fn without_spaces(text: &str) -> String {
    text.split_whitespace().collect()
}

#[test]
fn both_parts_of_a_mail_say_the_same_in_every_language() {
    let (composer, _) = parts(&ALL, Question::None).unwrap();
    for language in ALL {
        for mail in mails(&composer, language) {
            // the button says in one word what the line above it says
            let button =
                mail.html.rsplit_once("text-decoration:none\">").unwrap().1.split_once('<').unwrap().0;
            let html = without_spaces(&seen(&mail.html)).replacen(&without_spaces(button), "", 1);
            let lines = mail.text.lines().filter(|line| !line.starts_with("---"));
            let text: String = lines.map(|line| without_spaces(line.trim_start_matches("* "))).collect();
            // the link is a button as well
            assert_eq!(html, text, "{}", mail.file);
            let stands_alone = |line: &str| mail.text.lines().any(|it| it.trim() == line);
            assert!(
                stands_alone("7K2M-9QXT-R4WPH") && mail.html.contains(">7K2M-9QXT-R4WPH</p>"),
                "{language}"
            );
            assert!(!mail.subject.contains('\n') && !mail.subject.contains("7K2M"), "{}", mail.subject);
            assert!(mail.subject.contains("SEEK Pass") && mail.text.contains("SEEK Pass"), "{language}");
            for widest in mail.text.lines().filter(|line| line.is_ascii()) {
                assert!(widest.len() <= 72, "{widest}");
            }
        }
    }
}

/// What all languages write alike: names, and the signs around them.
const OF_EVERY_LANGUAGE: [&str; 31] = [
    "Northfield",
    "University",
    "Mira",
    "Tan",
    "SEEK",
    "Pass",
    "OTP",
    "Bachelor",
    "Science",
    "Chemistry",
    "Statistics",
    "First",
    "Class",
    "Honours",
    "Master",
    "Teaching",
    "Mathematics",
    "AEDT",
    "UTC",
    "email",
    "Email",
    "spam",
    "folder",
    "Engineering",
    "Civil",
    "Arts",
    "History",
    "Diploma",
    "Languages",
    "Fran",
    "ais",
];

/// Every word of English texts that no other language has is one that was forgotten.
#[test]
fn nothing_is_left_in_english() {
    let words = |text: &str| -> Vec<String> {
        let is_part = |sign: char| !sign.is_ascii_alphabetic();
        text.split(is_part).filter(|word| word.len() > 2).map(str::to_owned).collect()
    };
    let (composer, pages) = parts(&ALL, Question::DateOfBirth).unwrap();
    let shown = |language: &str| -> BTreeMap<String, String> {
        let pages = pages.samples(language, NIGHT.parse().unwrap()).unwrap();
        let pages = pages.into_iter().map(|(file, _, html)| (file, seen(&html)));
        let mails =
            mails(&composer, language).into_iter().map(|mail| (mail.file, mail.subject + "\n" + &mail.text));
        pages.chain(mails).map(|(file, text)| (file.replacen(language, "", 1), text)).collect()
    };
    let english = shown("en");
    assert!(english.len() > 28, "{:?}", english.keys());
    for language in ["th", "vi", "zh-Hans", "zh-Hant", "id", "ms"] {
        for (file, text) in shown(language) {
            let of_english = words(&english[&file]);
            // codes, addresses and the names of the other languages are Latin, too
            let is_latin = |line: &&str| line.contains("example") || line.contains("7K2M");
            let own: Vec<_> = text.lines().filter(|line| !is_latin(line)).collect();
            let names = ["Bahasa Indonesia", "Bahasa Melayu", "English"];
            let own = names.iter().fold(own.join("\n"), |own, name| own.replace(name, ""));
            for word in words(&own) {
                let is_left = of_english.contains(&word) && !OF_EVERY_LANGUAGE.contains(&word.as_str());
                assert!(!is_left, "{language}{file}: {word} in {own}");
            }
        }
    }
}

#[test]
fn a_deadline_is_written_as_its_reader_writes_one() {
    let (composer, pages) = parts(&ALL, Question::None).unwrap();
    for (language, deadline, time) in [
        ("en", "21 February 2027, 23:59 (AEDT, UTC+11)", "02:12 (AEDT, UTC+11)"),
        ("id", "21 Februari 2027 pukul 23.59 (AEDT, UTC+11)", "02.12 (AEDT, UTC+11)"),
        ("ms", "21 Februari 2027, jam 23:59 (AEDT, UTC+11)", "jam 02:12 (AEDT, UTC+11)"),
        ("th", "21 กุมภาพันธ์ พ.ศ. 2570 เวลา 23:59 น. (AEDT, UTC+11)", "02:12 น. (AEDT, UTC+11)"),
        ("vi", "23:59 ngày 21 tháng 2 năm 2027 (AEDT, UTC+11)", "02:12 (AEDT, UTC+11)"),
        ("zh-Hans", "2027年2月21日 23:59（AEDT, UTC+11）", "02:12（AEDT, UTC+11）"),
        ("zh-Hant", "2027年2月21日 23:59（AEDT, UTC+11）", "02:12（AEDT, UTC+11）"),
    ] {
        let unbroken = |text: &str| without_spaces(text).contains(&without_spaces(deadline));
        for mail in mails(&composer, language) {
            assert!(unbroken(&mail.text) && unbroken(&mail.html), "{deadline} in {}", mail.text);
        }
        let pages = pages.samples(language, NIGHT.parse().unwrap()).unwrap();
        let (_, _, html) = pages.iter().find(|(file, ..)| file.ends_with("too-many.html")).unwrap();
        assert!(html.contains(&format!("<strong>{time}</strong>")), "{html}");
    }
    // a Thai reader sees the year that SEEK Pass will show, too
    let thai = mails(&composer, "th").remove(0).text;
    assert!(thai.contains("พ.ศ. 2570 (ค.ศ. 2027)"), "{thai}");
}

/// English has two forms, the others one; a text that counts exactly says so with a number.
#[test]
fn plural_forms_are_those_of_the_language() {
    let (composer, _) = parts(&ALL, Question::None).unwrap();
    let [one, several] = [("conferred", 1), ("invitation", 0)].map(|(name, _)| {
        let find = |mail: &super::SampleMail| mail.file.ends_with(&format!("{name}.html"));
        mails(&composer, "en").into_iter().find(find).unwrap().text
    });
    assert!(
        one.contains("Add your qualification to") && one.contains("Your qualification is conferred now.")
    );
    assert!(
        several.contains("Add your qualifications to") && several.contains("Majors: Chemistry; Statistics")
    );
    assert!(several.contains("Major: Mathematics"));
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/wording/languages");
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        let is_english = path.ends_with("en.ftl");
        assert_eq!(text.contains("[one]"), is_english, "{}: only English has a form for one", path.display());
    }
}

#[test]
fn every_mail_and_page_says_which_language_it_is_in() {
    let (composer, pages) = parts(&ALL, Question::None).unwrap();
    for language in ALL {
        let lang = format!("<html lang=\"{language}\" dir=\"ltr\">");
        for mail in mails(&composer, language) {
            assert!(mail.html.contains(&lang), "{}", mail.html);
            let inside = format!("aria-labelledby=\"title\" lang=\"{language}\"");
            assert!(mail.html.contains(&inside), "webmail drops <html>: {}", mail.html);
        }
        for (file, _, html) in pages.samples(language, NIGHT.parse().unwrap()).unwrap() {
            assert!(html.contains(&lang), "{file}");
            for other in ALL {
                let is_current = format!("<strong lang=\"{other}\" aria-current=\"true\">");
                assert_eq!(html.contains(&is_current), other == language, "{file}: {other}");
            }
        }
    }
}

#[test]
fn whole_mails() {
    let (composer, _) = parts(&ALL, Question::None).unwrap();
    for language in ALL {
        for mail in mails(&composer, language) {
            let name = mail.file.trim_end_matches(".html").replace('-', "_");
            // all kinds of one language besides English, whose mails are shown elsewhere
            if language == "th" || (mail.file.ends_with("-invitation.html") && language != "en") {
                assert_snapshot!(name, format!("Subject: {}\n\n{}\n{}", mail.subject, mail.text, mail.html));
            }
        }
    }
}

/// What a graduate gets by the column of the roster.
#[test]
fn the_roster_says_which_language_in_the_words_of_registries() {
    let desk = Desk::new();
    super::switch_on(&desk, &["id", "en", "ms", "th", "vi", "zh-Hans", "zh-Hant"]);
    let wanted = [
        ("Thai", "คำเชิญ SEEK Pass จาก"),
        ("th-TH", "คำเชิญ SEEK Pass จาก"),
        ("Bahasa Melayu", "Jemputan SEEK Pass anda"),
        ("Vietnamese", "Thư mời SEEK Pass từ"),
        ("Chinese (Traditional)", "Northfield University 的 SEEK Pass 邀請"),
        ("zh-HK", "Northfield University 的 SEEK Pass 邀請"),
        ("Chinese", "Northfield University 的 SEEK Pass 邀请"),
        ("zh-SG", "Northfield University 的 SEEK Pass 邀请"),
        ("English", "Your SEEK Pass invitation"),
        // none, and one that is not switched on: the first of the list
        ("", "Undangan SEEK Pass Anda"),
        ("Japanese", "Undangan SEEK Pass Anda"),
    ];
    let rows: Vec<_> =
        wanted.iter().enumerate().map(|(at, (language, _))| format!("{}{language}", line(at + 1))).collect();
    desk.import(roster_of(rows.iter().map(String::as_str)));
    assert_eq!(desk.send().sent, i64::try_from(wanted.len()).unwrap());
    for (at, (language, subject)) in wanted.iter().enumerate() {
        let [said, ..] = crate::templates::own::mail_to(&desk, &format!("s{:07}@mailbox.example", at + 1));
        assert!(said.starts_with(subject), "{language}: {said}");
    }
}
