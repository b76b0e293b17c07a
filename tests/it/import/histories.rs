//! Longer stories of one graduate among others: whatever the roster did meanwhile, there is one mail at the address
//! that holds now, with a code that works, and none at any other.

use gradpass::report::Exit;
use gradpass::sandbox::relay::{Act, Step, script};

use crate::roster::desk::{Desk, line, roster_of};
use crate::world::exit;

/// Ten others, so that one who is missing is no implausible share, and the lines of the one.
fn with(lines: &[String]) -> String {
    let others: Vec<_> = (11..=20).map(line).collect();
    roster_of(others.iter().chain(lines).map(String::as_str))
}

fn moved() -> String {
    line(1).replace("@mailbox", "@post")
}

fn of_another_award(line: &str) -> String {
    line.replace("BA,Bachelor of Arts", "DIP,Diploma")
}

fn mailed_to_the_one(desk: &Desk) -> Vec<String> {
    desk.mailed().into_iter().filter(|address| address.starts_with("s0000001")).collect()
}

const WORKING: &str = "SELECT count(*) || '' FROM code JOIN invitation ON invitation.id = invitation_id \
                       JOIN graduate ON graduate.id = graduate_id AND student_id = 's0000001' \
                       WHERE retired_at IS NULL AND state = 'open'";

#[test]
fn a_new_address_then_withdrawn_then_back() {
    let desk = Desk::new();
    desk.import(with(&[line(1)]));
    desk.send();
    desk.import(with(&[moved()]));
    desk.import(with(&[]));
    desk.import(with(&[moved()]));
    desk.send();
    assert_eq!(mailed_to_the_one(&desk), ["s0000001@mailbox.example", "s0000001@post.example"]);
    assert_eq!(desk.query(WORKING), ["1"]);
}

#[test]
fn a_new_address_that_came_while_the_invitation_was_withdrawn() {
    let desk = Desk::new();
    desk.import(with(&[line(1)]));
    desk.send();
    desk.import(with(&[]));
    desk.import(with(&[of_another_award(&moved())]));
    desk.send();
    desk.import(with(&[moved(), of_another_award(&moved())]));
    desk.send();
    // both invitations went to the new address, and the code at the old one is void
    let post = "s0000001@post.example";
    assert_eq!(mailed_to_the_one(&desk), ["s0000001@mailbox.example", post, post]);
    assert_eq!(desk.query(WORKING), ["2"]);
}

#[test]
fn back_with_one_more_award_is_one_mail() {
    let desk = Desk::new();
    desk.import(with(&[line(1)]));
    desk.import(with(&[]));
    desk.import(with(&[line(1), of_another_award(&line(1))]));
    desk.send();
    assert_eq!(mailed_to_the_one(&desk), ["s0000001@mailbox.example"]);
}

/// Its code was valid for it all the time, but no mail had told of it.
#[test]
fn an_award_that_was_missing_when_the_mail_left_is_told_of() {
    let desk = Desk::new();
    let both = [line(1), of_another_award(&line(1))];
    desk.import(with(&both));
    desk.import(with(&both[..1]));
    desk.send();
    desk.import(with(&both));
    desk.send();
    assert_eq!(mailed_to_the_one(&desk).len(), 2);
    // told once
    desk.clock.advance(std::time::Duration::from_hours(24));
    desk.import(with(&both[..1]));
    desk.import(with(&both));
    assert_eq!(desk.send().sent, 0);
}

#[test]
fn who_was_refused_and_is_withdrawn_needs_nobody_any_more() {
    let desk = Desk::with_script(script(|moment| {
        let unknown = moment.step == Step::Recipient && moment.argument.contains("s0000001");
        if unknown { Act::Reply("550 5.1.1 unknown".into()) } else { Act::Accept }
    }));
    desk.import(with(&[line(1)]));
    assert_eq!(exit(&desk.send()), Exit::NeedsPerson);
    desk.import(with(&[]));
    assert_eq!(exit(&desk.send()), Exit::Done);
}

/// A dead run's message is in doubt before the next import can replace it, so nobody gets two under two Message-IDs.
#[test]
fn a_new_address_after_a_death_in_the_middle_replaces_what_is_in_doubt() {
    let desk = Desk::new();
    desk.write("roster.csv", with(&[line(1)]));
    assert_eq!(desk.gradpass(&["import", "roster.csv"]).code, 0);
    drop(desk.change_in_the_log("UPDATE message SET state = 'sending', attempts = 1 WHERE invitation_id IN ( \
         SELECT invitation.id FROM invitation JOIN graduate ON graduate.id = graduate_id AND student_id = 's0000001')"));
    desk.write("roster.csv", with(&[moved()]));
    desk.gradpass(&["import", "roster.csv"]);
    let states = "SELECT string_agg(message.state, ' ' ORDER BY message.id) FROM message JOIN invitation ON invitation.id = invitation_id \
                  JOIN graduate ON graduate.id = graduate_id AND student_id = 's0000001'";
    assert_eq!(desk.query(states), ["canceled waiting"]);
}

/// Nobody else waits for a mail that is too large to arrive.
#[test]
fn a_mail_that_cannot_be_composed_stops_nobody_else() {
    let desk = Desk::new();
    let awards: Vec<_> = (1..=50)
        .map(|number| line(1).replace("BA,Bachelor of Arts", &format!("C{number},{}", "ก".repeat(290))))
        .collect();
    desk.import(with(&awards));
    let sent = desk.send();
    assert_eq!((sent.sent, sent.left.refused, sent.left.waiting), (10, 1, 0));
    assert_eq!(exit(&sent), Exit::NeedsPerson);
}
