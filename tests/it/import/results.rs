//! Another result, and a new qualification.

use crate::roster::desk::{Desk, line, roster_of};

fn diploma(number: usize) -> String {
    line(number).replace("BA,Bachelor of Arts", "DIP,Diploma of Languages")
}

fn text_of(mail: &[u8]) -> String {
    let parsed = mail_parser::MessageParser::default().parse(mail).unwrap();
    parsed.body_text(0).unwrap().into_owned()
}

#[test]
fn another_result_before_the_mail_stands_in_the_mail() {
    let desk = Desk::new();
    desk.import(roster_of([line(1).as_str()]));
    let better = line(1).replace("2026,,", "2025,History; Greek,First Class");
    assert_eq!(desk.import(roster_of([better.as_str()])), [0, 0, 1, 0, 0]);
    assert_eq!(desk.send().sent, 1);
    let text = text_of(&desk.relay.messages()[0].data);
    for words in ["Majors: History; Greek", "Honours: First Class", "Conferred: 2025"] {
        assert!(text.contains(words), "{text}");
    }
}

#[test]
fn another_result_after_the_mail_is_kept_and_nobody_is_mailed_again() {
    let desk = Desk::new();
    desk.import(roster_of([line(1).as_str(), &line(2)]));
    desk.send();
    let better =
        line(1).replace("Bachelor of Arts", "Bachelor of Fine Arts").replace("2026,,,", "2026,Art,H1,");
    assert_eq!(desk.import(roster_of([better.as_str(), &line(2)])), [0, 1, 1, 0, 0]);
    assert_eq!(desk.send().sent, 0);
    assert_eq!(
        desk.awards()[0],
        "s0000001 Ada Number 1 <s0000001@mailbox.example> - - ba|bachelor of fine arts \"Bachelor of Fine Arts\" 2026 - [Art] H1 | open | sent"
    );
}

#[test]
fn a_new_qualification_before_the_mail_joins_the_invitation() {
    let desk = Desk::new();
    desk.import(roster_of([line(1).as_str()]));
    assert_eq!(desk.import(roster_of([line(1).as_str(), &diploma(1)])), [1, 1, 0, 0, 0]);
    assert_eq!(desk.query("SELECT count(*) || '' FROM invitation"), ["1"]);
    assert_eq!(desk.send().sent, 1);
    let text = text_of(&desk.relay.messages()[0].data);
    assert!(text.contains("* Bachelor of Arts") && text.contains("* Diploma of Languages"), "{text}");
}

#[test]
fn a_new_qualification_after_the_mail_gets_an_invitation_and_a_mail_of_its_own() {
    let desk = Desk::new();
    desk.import(roster_of([line(1).as_str()]));
    desk.send();
    assert_eq!(desk.import(roster_of([line(1).as_str(), &diploma(1)])), [1, 1, 0, 0, 0]);
    assert_eq!(desk.query("SELECT state FROM invitation"), ["open", "open"]);
    assert_eq!(desk.send().sent, 1);
    let text = text_of(&desk.relay.messages()[1].data);
    assert!(!text.contains("Bachelor of Arts") && text.contains("* Diploma of Languages"), "{text}");
    // the first code stays good
    assert_eq!(desk.query("SELECT count(*) || '' FROM code WHERE retired_at IS NULL"), ["2"]);
}

#[test]
fn a_new_qualification_and_a_new_address_after_the_mail_make_one_mail() {
    let desk = Desk::new();
    desk.import(roster_of([line(1).as_str()]));
    desk.send();
    let moved = |line: String| line.replace("@mailbox", "@post");
    assert_eq!(desk.import(roster_of([moved(line(1)).as_str(), &moved(diploma(1))])), [1, 0, 1, 0, 0]);
    assert_eq!(desk.send().sent, 1);
    let text = text_of(&desk.relay.messages()[1].data);
    assert!(text.contains("* Bachelor of Arts") && text.contains("* Diploma of Languages"), "{text}");
}

#[test]
fn without_course_codes_the_name_tells_awards_apart() {
    let desk = Desk::new();
    let row = |name: &str| format!("s1,Mira Tan,mira@post.example,,{name},2026,,,");
    desk.import(roster_of([row("Bachelor of Arts").as_str(), &row("Bachelor of Laws")]));
    assert_eq!(desk.awards().len(), 2);
    let shouted = roster_of([row("BACHELOR OF ARTS").as_str(), &row("Bachelor of Laws")]);
    assert_eq!(desk.import(shouted), [0, 1, 1, 0, 0]);
    assert_eq!(desk.awards().len(), 2);
}
