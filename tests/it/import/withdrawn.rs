//! What the roster no longer lists is withdrawn, and may come back.

use crate::roster::desk::{Desk, line, roster_of};

fn all(except: &[usize]) -> String {
    let lines: Vec<_> = (1..=10).filter(|number| !except.contains(number)).map(line).collect();
    roster_of(lines.iter().map(String::as_str))
}

fn of(desk: &Desk, number: usize) -> String {
    let id = format!("s{number:07} ");
    desk.awards().into_iter().find(|award| award.starts_with(&id)).unwrap()
}

#[test]
fn before_the_mail_nobody_who_is_withdrawn_is_mailed() {
    let desk = Desk::new();
    desk.import(all(&[]));
    assert_eq!(desk.import(all(&[3])), [0, 9, 0, 1, 0]);
    assert!(of(&desk, 3).ends_with("- gone | withdrawn | canceled"));
    assert_eq!(desk.send().sent, 9);
    assert!(!desk.mailed().contains(&"s0000003@mailbox.example".to_owned()));
    // it counts once
    assert_eq!(desk.import(all(&[3])), [0, 9, 0, 0, 0]);
}

#[test]
fn who_is_back_before_the_mail_is_mailed_once() {
    let desk = Desk::new();
    desk.import(all(&[]));
    desk.import(all(&[3]));
    assert_eq!(desk.import(all(&[])), [0, 9, 1, 0, 0]);
    assert!(of(&desk, 3).ends_with("- | open | canceled waiting"));
    assert_eq!(desk.send().sent, 10);
}

#[test]
fn who_is_back_after_the_mail_keeps_invitation_and_code() {
    let desk = Desk::new();
    desk.import(all(&[]));
    desk.send();
    assert_eq!(desk.import(all(&[3])), [0, 9, 0, 1, 0]);
    assert!(of(&desk, 3).ends_with("- gone | withdrawn | sent"));
    assert_eq!(desk.import(all(&[])), [0, 9, 1, 0, 0]);
    assert!(of(&desk, 3).ends_with("- | open | sent"));
    assert_eq!(desk.query("SELECT count(*) || '' FROM code WHERE retired_at IS NULL"), ["10"]);
    assert_eq!(desk.send().sent, 0);
}

#[test]
fn who_is_back_after_the_others_were_mailed_is_mailed() {
    let desk = Desk::new();
    desk.import(all(&[]));
    desk.import(all(&[3]));
    desk.send();
    desk.import(all(&[]));
    assert_eq!(desk.send().sent, 1);
    assert_eq!(desk.mailed().last().unwrap(), "s0000003@mailbox.example");
}

#[test]
fn one_award_of_two_goes_and_the_mail_lists_the_other() {
    let desk = Desk::new();
    let diploma = line(1).replace("BA,Bachelor of Arts", "DIP,Diploma of Languages");
    desk.import(roster_of([line(1).as_str(), &diploma, &line(2)]));
    assert_eq!(desk.import(roster_of([line(1).as_str(), &line(2)])), [0, 2, 0, 1, 0]);
    assert_eq!(desk.query("SELECT state FROM invitation"), ["open", "open"]);
    assert_eq!(desk.send().sent, 2);
    let mail = String::from_utf8_lossy(&desk.relay.messages()[0].data).into_owned();
    assert!(mail.contains("* Bachelor of Arts") && !mail.contains("Diploma"), "{mail}");
}

#[test]
fn a_rejected_row_of_a_known_student_withdraws_nobody() {
    let desk = Desk::new();
    desk.import(all(&[]));
    desk.send();
    let before = desk.awards();
    for spoilt in [
        all(&[]).replace("s0000003@", "s0000003 "),
        all(&[]).replace(
            ",s0000003@mailbox.example,BA,Bachelor of Arts,2026",
            ",s0000003@mailbox.example,BA,,26",
        ),
        all(&[])
            .replace(",s0000003@mailbox.example,BA,Bachelor of Arts,2026,,,", ",s0000003@mailbox.example"),
    ] {
        assert_eq!(desk.import(spoilt), [0, 9, 0, 0, 1]);
        assert_eq!(desk.awards(), before);
    }
    assert_eq!(desk.send().sent, 0);
}
