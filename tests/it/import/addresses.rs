//! A new address, before and after the mail.

use gradpass::sandbox::relay::{Act, Step, script};

use crate::roster::desk::{Desk, line, roster_of};

const RETIRED: &str =
    "SELECT CASE WHEN retired_at IS NULL THEN 'valid' ELSE 'retired' END FROM code ORDER BY made_at";

fn moved(number: usize) -> String {
    line(number).replace("@mailbox", "@post")
}

fn states(desk: &Desk) -> Vec<String> {
    desk.query("SELECT state FROM message ORDER BY id")
}

#[test]
fn before_the_mail_the_same_message_goes_to_the_new_address() {
    let desk = Desk::new();
    desk.import(roster_of([line(1).as_str(), &line(2)]));
    assert_eq!(desk.import(roster_of([moved(1).as_str(), &line(2)])), [0, 1, 1, 0, 0]);
    assert_eq!(states(&desk), ["waiting", "waiting"]);
    desk.send();
    assert_eq!(desk.mailed(), ["s0000001@post.example", "s0000002@mailbox.example"]);
}

#[test]
fn after_the_mail_there_is_a_new_one_and_the_old_code_is_void() {
    let desk = Desk::new();
    desk.import(roster_of([line(1).as_str(), &line(2)]));
    desk.send();
    assert_eq!(desk.import(roster_of([moved(1).as_str(), &line(2)])), [0, 1, 1, 0, 0]);
    assert_eq!(states(&desk), ["sent", "sent", "waiting"]);
    let voided = "SELECT student_id FROM code JOIN invitation ON invitation.id = code.invitation_id
                  JOIN graduate ON graduate.id = graduate_id WHERE retired_at IS NOT NULL";
    assert_eq!(desk.query(voided), ["s0000001"]);
    assert_eq!(desk.send().sent, 1);
    assert_eq!(desk.mailed()[2..], ["s0000001@post.example"]);
    assert_eq!(desk.query(RETIRED).iter().filter(|it| *it == "valid").count(), 2);
    assert_eq!(desk.query("SELECT count(*) || '' FROM invitation"), ["2"]);
    // once only
    desk.import(roster_of([line(2).as_str(), &moved(1)]));
    assert_eq!(desk.send().sent, 0);
}

#[test]
fn several_awards_of_one_invitation_bring_one_new_mail() {
    let desk = Desk::new();
    let other = |line: String| line.replace("BA,Bachelor of Arts", "DIP,Diploma");
    desk.import(roster_of([line(1).as_str(), &other(line(1))]));
    desk.send();
    assert_eq!(desk.import(roster_of([moved(1).as_str(), &other(moved(1))])), [0, 0, 2, 0, 0]);
    assert_eq!(desk.send().sent, 1);
    assert_eq!(desk.mailed(), ["s0000001@mailbox.example", "s0000001@post.example"]);
}

#[test]
fn what_never_arrived_at_the_old_address_is_replaced() {
    for (step, act, state) in [
        (Step::Recipient, Act::Reply("450 4.2.1 later".into()), "deferred"),
        (Step::Recipient, Act::Reply("550 5.1.1 who?".into()), "refused"),
        (Step::Content, Act::HangUp, "in_doubt"),
    ] {
        let answer = act.clone();
        let desk = Desk::with_script(script(move |moment| {
            if moment.step == step && moment.count == 1 { answer.clone() } else { Act::Accept }
        }));
        desk.import(roster_of([line(1).as_str()]));
        desk.send();
        assert_eq!(states(&desk), [state]);
        desk.import(roster_of([moved(1).as_str()]));
        assert_eq!(states(&desk), ["canceled", "waiting"], "{state}");
        desk.send();
        assert_eq!(states(&desk), ["canceled", "sent"], "{state}");
        assert_eq!(desk.mailed(), ["s0000001@post.example"], "{state}");
    }
}

#[test]
fn a_new_name_is_taken_over_without_a_new_mail() {
    let desk = Desk::new();
    desk.import(roster_of([line(1).as_str(), &line(2)]));
    desk.send();
    let renamed = line(1).replace("Ada", "Eve");
    assert_eq!(desk.import(roster_of([renamed.as_str(), &line(2)])), [0, 1, 1, 0, 0]);
    assert_eq!(desk.query("SELECT full_name FROM graduate ORDER BY id"), ["Eve Number 1", "Ada Number 2"]);
    assert_eq!(desk.send().sent, 0);
    assert_eq!(desk.query(RETIRED), ["valid", "valid"]);
}
