//! What has happened before the fault comes.

use std::time::Duration;

use gradpass::sandbox::relay::Act;

use crate::scenario::fault_plan::{Fault, PeerFault};
use crate::scenario::model::{AWAITED, Entry, Roster, listing};
use crate::scenario::{Place, Scenario, Step};

pub fn nothing(place: Place) -> Scenario {
    Scenario::new(place, 1, "")
}

/// Three are in the ledger, and nobody is mailed.
pub fn imported(place: Place) -> Scenario {
    let mut scenario = nothing(place);
    scenario.does(&Step::Import(listing(1..=3)));
    scenario
}

/// The same with two connections to the relay.
pub fn imported_for_two(place: Place) -> Scenario {
    let mut scenario = Scenario::new(place, 2, "");
    scenario.does(&Step::Import(listing(1..=3)));
    scenario
}

/// All three have their mails.
pub fn invited(place: Place) -> Scenario {
    let mut scenario = imported(place);
    scenario.does(&Step::Send);
    scenario
}

/// One is in doubt, one refused, one mailed.
pub fn troubled(place: Place) -> Scenario {
    let mut scenario = imported(place);
    // connect, EHLO, MAIL, RCPT, DATA, content
    scenario.takes(&Step::Send, Some(Fault::Relay(PeerFault::Heard(Act::HangUpAfterAccepting), 6)));
    let refusal = Act::Reply("550 5.1.1 no such user".into());
    scenario.takes(&Step::Send, Some(Fault::Relay(PeerFault::Heard(refusal), 4)));
    let states: Vec<_> = scenario.world.states().into_iter().collect();
    assert_eq!(states, [("in_doubt".into(), 1), ("refused".into(), 1), ("sent".into(), 1)]);
    scenario
}

/// All three were led to SEEK Pass: one finishes there, one declines, one does nothing yet.
pub fn led(place: Place) -> Scenario {
    let mut scenario = invited(place);
    scenario.does(&Step::Press(vec![1, 2, 3]));
    scenario.finishes(1);
    scenario.declines(2);
    scenario
}

/// The same, and the 48 hours are over.
pub fn lapsed(place: Place) -> Scenario {
    let scenario = led(place);
    scenario.world.clock.advance(Duration::from_hours(50));
    scenario
}

/// Two are to be reminded, one of them of what she did not finish, and one has a reminder that makes no sense any more.
pub fn silent(place: Place) -> Scenario {
    let mut scenario = invited(place);
    scenario.does(&Step::Press(vec![1]));
    scenario.world.clock.advance(Duration::from_hours(24 * 8));
    scenario.does(&Step::FollowUp);
    scenario.does(&Step::Remind);
    scenario.does(&Step::OptOut(3));
    scenario
}

/// Nobody is mailed, and one is held.
pub fn held(place: Place) -> Scenario {
    let mut scenario = imported(place);
    scenario.does(&Step::Hold(2));
    scenario.does(&Step::Send);
    scenario
}

/// All three have their mails, two were corrected, and one of these is held.
pub fn corrected(place: Place) -> Scenario {
    let mut scenario = invited(place);
    scenario.does(&Step::Correct(1, 2022));
    scenario.does(&Step::Correct(2, 2023));
    scenario.does(&Step::Hold(1));
    scenario
}

/// Two have it in SEEK Pass, and of one of them the roster says something else by now.
pub fn verified(place: Place) -> Scenario {
    let mut scenario = led(place);
    scenario.finishes(3);
    scenario.does(&Step::FollowUp);
    let mut roster = listing(1..=3);
    roster.insert(3, Entry { address: 0, year: 2023 });
    scenario.does(&Step::Import(roster));
    scenario
}

/// Three have it in SEEK Pass, two of them as awaited, and it is conferred by now.
pub fn conferred(place: Place) -> Scenario {
    let mut scenario = nothing(place);
    let mut roster = listing(1..=3);
    for number in [1, 2] {
        roster.insert(number, Entry { address: 0, year: AWAITED });
    }
    scenario.does(&Step::Import(roster));
    scenario.does(&Step::Send);
    scenario.does(&Step::Press(vec![1, 2, 3]));
    (1..=3).for_each(|number| scenario.finishes(number));
    scenario.does(&Step::FollowUp);
    scenario.world.clock.advance(Duration::from_hours(24 * 28));
    scenario
}

/// One has it in SEEK Pass and one has declined, for longer than they are to be kept.
pub fn aged(place: Place) -> Scenario {
    let mut scenario = led(place);
    scenario.does(&Step::FollowUp);
    scenario.world.clock.advance(Duration::from_hours(24 * 40));
    scenario
}

/// One moved, one was corrected, one is gone, one is new.
pub fn changed() -> Roster {
    let mut roster = listing([1, 2, 4]);
    roster.insert(1, Entry { address: 1, year: 2024 });
    roster.insert(2, Entry { address: 0, year: 2023 });
    roster
}
