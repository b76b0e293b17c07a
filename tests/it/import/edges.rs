//! Where two of the import's moves meet.

use gradpass::import::Options;
use gradpass::sandbox::relay::{Act, Step, script};

use crate::roster::desk::{Desk, Heard, line, roster_of};

fn all(except: &[usize]) -> String {
    let lines: Vec<_> = (1..=10).filter(|number| !except.contains(number)).map(line).collect();
    roster_of(lines.iter().map(String::as_str))
}

/// Whether it was tried before does not matter.
#[test]
fn who_is_withdrawn_while_deferred_and_comes_back_is_mailed() {
    let desk = Desk::with_script(script(|moment| {
        let later =
            moment.step == Step::Recipient && moment.argument.contains("s0000003") && moment.count <= 10;
        if later { Act::Reply("450 4.2.1 later".into()) } else { Act::Accept }
    }));
    desk.import(all(&[]));
    assert_eq!(desk.send().sent, 9);
    desk.import(all(&[3]));
    desk.import(all(&[]));
    desk.clock.advance(std::time::Duration::from_hours(24));
    desk.send();
    assert!(desk.mailed().contains(&"s0000003@mailbox.example".to_owned()), "{:?}", desk.awards()[2]);
}

/// A relay that treats the first mail to the third so, after its content.
fn first_content_to_the_third(act: Act) -> Desk {
    Desk::with_script(script(move |moment| {
        let is_first =
            moment.step == Step::Content && moment.argument.contains("s0000003") && moment.count <= 10;
        if is_first { act.clone() } else { Act::Accept }
    }))
}

/// The code in a mail that the relay did not take is nobody's.
#[test]
fn who_was_refused_is_withdrawn_and_comes_back_is_mailed() {
    for answer in ["550 5.7.1 not today", "451 4.3.0 later"] {
        let desk = first_content_to_the_third(Act::Reply(answer.into()));
        desk.import(all(&[]));
        assert_eq!(desk.send().sent, 9);
        desk.import(all(&[3]));
        desk.import(all(&[]));
        assert_eq!(desk.send().sent, 1);
        assert_eq!(desk.mailed()[9..], ["s0000003@mailbox.example"]);
    }
}

/// Nobody knows whether she has a mail, and no run sends her another by itself.
#[test]
fn who_is_in_doubt_is_withdrawn_and_comes_back_is_in_doubt_again() {
    for act in [Act::HangUp, Act::HangUpAfterAccepting] {
        let desk = first_content_to_the_third(act);
        desk.import(all(&[]));
        // the one connection is gone with it
        assert_eq!(desk.send().left.in_doubt, 1);
        let third = || desk.mailed().iter().filter(|address| address.contains("s0000003")).count();
        let arrived = third();
        desk.import(all(&[3]));
        let sent = desk.send();
        assert_eq!((sent.left.in_doubt, sent.left.waiting), (0, 0));
        desk.import(all(&[]));
        assert_eq!((desk.send().left.in_doubt, third()), (1, arrived));
        let (again, sent) = desk.retry();
        assert_eq!((again, sent.sent, third()), (1, 1, arrived + 1));
    }
}

/// The code that went to the old address works no longer.
#[test]
fn who_is_back_with_another_address_after_the_mail_is_mailed_there() {
    let desk = Desk::new();
    desk.import(all(&[]));
    desk.send();
    desk.import(all(&[3]));
    desk.import(all(&[]).replace("s0000003@mailbox", "s0000003@post"));
    assert_eq!(desk.send().sent, 1);
    assert_eq!(desk.mailed()[10..], ["s0000003@post.example"]);
    assert_eq!(desk.query("SELECT count(*) || '' FROM code WHERE retired_at IS NOT NULL"), ["1"]);
}

/// Also where no row of the student is known already.
#[test]
fn a_new_address_in_a_row_of_a_new_award_alone_voids_the_old_code() {
    let desk = Desk::new();
    desk.import(roster_of([line(1).as_str()]));
    desk.send();
    let diploma = line(1).replace("BA,Bachelor of Arts", "DIP,Diploma").replace("@mailbox", "@post");
    // the row of the known award has a mistake, so only the new one is merged
    let roster = roster_of([line(1).replace("2026", "26").as_str(), &diploma]);
    assert_eq!(desk.import(roster), [1, 0, 0, 0, 1]);
    assert_eq!(
        desk.query("SELECT CASE WHEN retired_at IS NULL THEN 'valid' ELSE 'retired' END FROM code"),
        ["retired"]
    );
}

/// A graduate has one language, whichever row comes first.
#[test]
fn two_languages_of_one_student_are_no_change_every_night() {
    let desk = Desk::new();
    let rows =
        [format!("{}vi", line(1)), format!("{}en", line(1).replace("BA,Bachelor", "DIP,Diploma")), line(2)];
    desk.import(roster_of([rows[0].as_str(), &rows[1], &rows[2]]));
    assert_eq!(desk.import(roster_of([rows[2].as_str(), &rows[0], &rows[1]]))[1..3], [3, 0]);
}

/// Nobody can say whose row it is, so nobody can say who is missing.
#[test]
fn a_row_whose_student_cannot_be_read_withdraws_nobody() {
    for spoilt in [
        all(&[]).replace("s0000003,", "s000 0003,"),
        all(&[]).replace("Ada Number 3,", "\"Ada Number 3,").replace("Ada Number 5,", "\"Ada Number 5\","),
    ] {
        let desk = Desk::new();
        desk.import(all(&[]));
        desk.send();
        let [.., withdrawn, rejected] = desk.import(&spoilt);
        assert_eq!((withdrawn, rejected), (0, 1), "{spoilt}");
    }
}

#[test]
fn a_conflict_with_a_row_of_another_file_names_the_file() {
    let desk = Desk::new();
    let paths = [
        desk.write("one.csv", roster_of([line(1).as_str()])),
        desk.write("two.csv", roster_of([line(2).as_str(), &line(3), &line(1).replace("Ada", "Eve")])),
    ];
    let mut heard = Heard::default();
    desk.import_with(&paths, &Options::default(), &mut heard).unwrap();
    assert!(heard.0[1].starts_with("two.csv: line 4") && heard.0[1].contains("one.csv"), "{}", heard.0[1]);
}
