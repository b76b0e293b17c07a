//! Students whom the ledger does not know, by the thousand: more than one step of a merge takes, before and behind those
//! whom it knows.

use crate::roster::desk::{Desk, line, roster_of};

#[test]
fn a_new_year_over_an_old_ledger_comes_to_the_same_as_one_roster_into_an_empty_one() {
    let known: Vec<_> = (1200..=1202).map(line).collect();
    // in no order, and some have two awards
    let second = |number| line(number).replace("BA,Bachelor of Arts", "LLB,Bachelor of Laws");
    let all: Vec<_> = (1..=2500).rev().map(line).chain((1..=2500).step_by(10).map(second)).collect();
    let roster = roster_of(all.iter().map(String::as_str));

    let at_once = Desk::new();
    assert_eq!(at_once.import(&roster), [2750, 0, 0, 0, 0]);
    let desk = Desk::new();
    desk.import(roster_of(known.iter().map(String::as_str)));
    assert_eq!(desk.import(&roster), [2747, 3, 0, 0, 0]);

    assert_eq!(desk.awards(), at_once.awards());
    let each_once = "SELECT concat_ws(' ', (SELECT count(*) FROM graduate),
        (SELECT count(DISTINCT graduate_id) FROM invitation), (SELECT count(*) FROM invitation),
        (SELECT count(DISTINCT invitation_id) FROM message), (SELECT count(*) FROM message))";
    assert_eq!(desk.query(each_once), ["2500 2500 2500 2500 2500"]);
    assert_eq!(at_once.query(each_once), ["2500 2500 2500 2500 2500"]);
}
