//! The mail as the relay gets it: whole, as a snapshot, and taken apart by a parser that is not ours.

use std::sync::Arc;

use gradpass::invitation::code::Code;
use gradpass::sandbox::relay::{Act, Delivered, Step, script};
use insta::assert_snapshot;
use mail_parser::MessageParser;

use crate::world::{World, code, message_id, roster};

const HEADER: &str = "student_id,full_name,email,course_name,conferral_year,conferral_date,awaiting_graduation,\
                      majors,honours\n";

/// The mails that a roster of these rows brings, in the order of the graduates.
fn mails(rows: &[&str]) -> Vec<Arc<Delivered>> {
    let world = World::new();
    world.import(&format!("{HEADER}{}\n", rows.join("\n")));
    world.send();
    world.relay.messages()
}

/// A mail as a snapshot shows it: its envelope, then its lines, after a check that each ends as SMTP wants it.
fn shown(mail: &Delivered) -> String {
    let text = String::from_utf8(mail.data.clone()).unwrap();
    assert!(text.is_ascii(), "seven bits are enough for every relay");
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count(), "no bare line feed");
    assert_eq!(text.matches('\r').count(), text.matches("\r\n").count(), "no bare carriage return");
    assert!(text.lines().all(|line| line.len() <= 998), "RFC 5322 §2.1.1");
    format!(
        "MAIL FROM:<{}> RCPT TO:<{}>\n{}",
        mail.sender,
        mail.recipient.concat(),
        text.replace("\r\n", "\n")
    )
}

#[test]
fn one_qualification() {
    let mails = mails(&["s1,Mira Tan,mira.tan@mailbox.example,Bachelor of Science,2024,,,,"]);
    assert_snapshot!(shown(&mails[0]));
}

#[test]
fn several_qualifications() {
    let mails = mails(&[
        "s1,Seán O’Brien,sean@alumni.northfield.example,Bachelor of Arts,2024,,,History; Philosophy,",
        "s1,Seán O’Brien,sean@alumni.northfield.example,Bachelor of Laws (Honours),2026,2026-07-12,,,First Class Honours",
    ]);
    assert_eq!(mails.len(), 1, "one invitation lists both");
    assert_snapshot!(shown(&mails[0]));
}

#[test]
fn awaiting_graduation() {
    let mails =
        mails(&["s1,Mira Tan,mira.tan@mailbox.example,Master of Teaching,,2026-12-14,yes,Mathematics,"]);
    assert_snapshot!(shown(&mails[0]));
}

#[test]
fn names_in_other_scripts() {
    let mails = mails(&[
        "s1,Nguyễn Thị Hồng,hong@mailbox.example,Bachelor of Nursing,2024,,,,",
        "s2,李欣怡,xinyi@mailbox.example,Bachelor of Commerce,2024,,,,",
        "s3,สมชาย ใจดี,somchai@mailbox.example,Bachelor of Arts,2024,,,,",
    ]);
    let [vietnamese, chinese, thai] = mails.as_slice() else { panic!("three mails") };
    assert_snapshot!("vietnamese_name", shown(vietnamese));
    assert_snapshot!("chinese_name", shown(chinese));
    assert_snapshot!("thai_name", shown(thai));
}

#[test]
fn a_name_arrives_as_the_university_wrote_it() {
    let long_words = "Wolfeschlegelsteinhausenbergerdorff ".repeat(6);
    let thai = "กาญจนา สมบูรณ์ ".repeat(14);
    let first = |text: &str, characters: usize| text.chars().take(characters).collect::<String>();
    let names = [
        "Mira Tan".to_owned(),
        "Mononym".to_owned(),
        "D'Arcy O'Brien".to_owned(),
        "Seán O’Brien".to_owned(),
        r#"William "Bill" Smith"#.to_owned(),
        "Smith, John (Jack), Jr.".to_owned(),
        "Tan Ah Kow @ Tan Siew Lan".to_owned(),
        "Ravi s/o Kumar".to_owned(),
        "Łukasz Żółć-Śmigły".to_owned(),
        "Nguyễn Thị Minh Khai".to_owned(),
        "李欣怡".to_owned(),
        "สมชาย ใจดี".to_owned(),
        "عبد الرحمن بن محمد".to_owned(),
        "x".repeat(200),
        "Großmann".repeat(25),
        "ก".repeat(200),
        first(&long_words, 200).trim().to_owned(),
        first(&thai, 200).trim().to_owned(),
        "O'Neil, \"Q\" ".repeat(16).trim().to_owned(),
    ];
    let rows: Vec<_> = names
        .iter()
        .enumerate()
        .map(|(number, name)| {
            let quoted = name.replace('"', "\"\"");
            format!("s{number:02},\"{quoted}\",g{number}@mailbox.example,Bachelor of Arts,2024,,,,")
        })
        .collect();
    let rows: Vec<_> = rows.iter().map(String::as_str).collect();
    let mails = mails(&rows);
    assert_eq!(mails.len(), names.len());
    for (number, (mail, name)) in mails.iter().zip(&names).enumerate() {
        shown(mail);
        let parsed = MessageParser::default().parse(&mail.data).unwrap();
        let to: Vec<_> = parsed.to().unwrap().iter().collect();
        assert_eq!(to.len(), 1, "one recipient: {name}");
        assert_eq!(to[0].name(), Some(name.as_str()));
        let address = format!("g{number}@mailbox.example");
        assert_eq!(
            (to[0].address(), mail.recipient.as_slice()),
            (Some(address.as_str()), &[address.clone()][..])
        );
        let text = parsed.body_text(0).unwrap();
        assert!(text.contains(&format!("Hello {name},")), "the text greets {name}");
    }
}

#[test]
fn the_code_stands_alone_and_is_the_same_in_both_parts() {
    let world = World::new();
    world.import(&roster(1..=1));
    world.send();
    let mail = &world.relay.messages()[0];
    let code = code(mail);
    assert!(Code::parse(&code).is_ok());
    let parsed = MessageParser::default().parse(&mail.data).unwrap();
    assert_eq!(parsed.subject(), Some("Your SEEK Pass invitation from Northfield University"));
    let html = parsed.body_html(0).unwrap();
    let link = format!("https://seekpass.northfield.example/r/{code}");
    assert!(html.contains(&format!(">{code}</p>")), "one piece of text, selected in one gesture");
    assert_eq!(html.matches(&format!("href=\"{link}\"")).count(), 2);
    let text = parsed.body_text(0).unwrap();
    assert_eq!(text.lines().filter(|line| line.trim() == link).count(), 1, "the link has a line of its own");
    // nowhere else: not in a header, not in a preview text
    assert_eq!(text.matches(&code).count(), 2);
    assert_eq!(html.matches(&code).count(), 4);
    let headers = &mail.data[..mail.data.windows(4).position(|end| end == b"\r\n\r\n").unwrap()];
    assert!(!String::from_utf8_lossy(headers).contains(&code));
}

#[test]
fn a_second_try_is_the_same_message_with_another_code() {
    let world = World::with(script(|moment| match (moment.step, moment.count) {
        (Step::Content, 1) => Act::HangUpAfterAccepting,
        _ => Act::Accept,
    }));
    world.import(&roster(1..=2));
    world.send();
    world.retry();
    let messages = world.relay.messages();
    let to = |address: &str| -> Vec<_> {
        messages.iter().filter(|mail| mail.recipient == [address]).cloned().collect()
    };
    let (first, second) = (to("g1@mailbox.example"), to("g2@mailbox.example"));
    assert_eq!((first.len(), second.len()), (2, 1));
    assert_eq!(message_id(&first[0]), message_id(&first[1]));
    assert_ne!(message_id(&first[0]), message_id(&second[0]));
    assert!(message_id(&first[0]).ends_with("@northfield.example"));
    let (old, new) = (code(&first[0]), code(&first[1]));
    assert_ne!(old, new);
    let strip = |mail: &Delivered, code: &str| shown(mail).replace(code, "CODE");
    assert_eq!(strip(&first[0], &old), strip(&first[1], &new), "nothing else differs in the same second");
    assert_eq!(world.count("SELECT count(*) FROM code WHERE retired_at IS NULL"), 3, "the old code stays");
}
