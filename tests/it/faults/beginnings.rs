//! What has happened before the trouble comes.

use std::time::Duration;

use gradpass::sandbox::relay::Act;

use crate::story::fate::{Strike, Trouble};
use crate::story::model::{AWAITED, Entry, Roster, listing};
use crate::story::{Step, Story};

pub fn nothing() -> Story {
    Story::new(1, "")
}

/// Three are in the ledger, and nobody is mailed.
pub fn imported() -> Story {
    let mut story = nothing();
    story.does(&Step::Import(listing(1..=3)));
    story
}

/// The same with two connections to the relay.
pub fn imported_for_two() -> Story {
    let mut story = Story::new(2, "");
    story.does(&Step::Import(listing(1..=3)));
    story
}

/// All three have their mails.
pub fn invited() -> Story {
    let mut story = imported();
    story.does(&Step::Send);
    story
}

/// One is in doubt, one refused, one mailed.
pub fn troubled() -> Story {
    let mut story = imported();
    // connect, EHLO, MAIL, RCPT, DATA, content
    story.takes(&Step::Send, Some(Trouble::Relay(Strike::Does(Act::HangUpAfterAccepting), 6)));
    let refusal = Act::Reply("550 5.1.1 no such user".into());
    story.takes(&Step::Send, Some(Trouble::Relay(Strike::Does(refusal), 4)));
    let states: Vec<_> = story.world.states().into_iter().collect();
    assert_eq!(states, [("in_doubt".into(), 1), ("refused".into(), 1), ("sent".into(), 1)]);
    story
}

/// All three were led to SEEK Pass: one finishes there, one declines, one does nothing yet.
pub fn led() -> Story {
    let mut story = invited();
    story.does(&Step::Press(vec![1, 2, 3]));
    story.finishes(1);
    story.declines(2);
    story
}

/// The same, and the 48 hours are over.
pub fn lapsed() -> Story {
    let story = led();
    story.world.clock.advance(Duration::from_hours(50));
    story
}

/// Two are to be reminded, one of them of what she did not finish, and one has a reminder that makes no sense any more.
pub fn silent() -> Story {
    let mut story = invited();
    story.does(&Step::Press(vec![1]));
    story.world.clock.advance(Duration::from_hours(24 * 8));
    story.does(&Step::FollowUp);
    story.does(&Step::Remind);
    story.does(&Step::OptOut(3));
    story
}

/// Nobody is mailed, and one is held.
pub fn held() -> Story {
    let mut story = imported();
    story.does(&Step::Hold(2));
    story.does(&Step::Send);
    story
}

/// All three have their mails, two were corrected, and one of these is held.
pub fn corrected() -> Story {
    let mut story = invited();
    story.does(&Step::Correct(1, 2022));
    story.does(&Step::Correct(2, 2023));
    story.does(&Step::Hold(1));
    story
}

/// Two have it in SEEK Pass, and of one of them the roster says something else by now.
pub fn verified() -> Story {
    let mut story = led();
    story.finishes(3);
    story.does(&Step::FollowUp);
    let mut roster = listing(1..=3);
    roster.insert(3, Entry { address: 0, year: 2023 });
    story.does(&Step::Import(roster));
    story
}

/// Three have it in SEEK Pass, two of them as awaited, and it is conferred by now.
pub fn conferred() -> Story {
    let mut story = nothing();
    let mut roster = listing(1..=3);
    for number in [1, 2] {
        roster.insert(number, Entry { address: 0, year: AWAITED });
    }
    story.does(&Step::Import(roster));
    story.does(&Step::Send);
    story.does(&Step::Press(vec![1, 2, 3]));
    (1..=3).for_each(|number| story.finishes(number));
    story.does(&Step::FollowUp);
    story.world.clock.advance(Duration::from_hours(24 * 28));
    story
}

/// One moved, one was corrected, one is gone, one is new.
pub fn changed() -> Roster {
    let mut roster = listing([1, 2, 4]);
    roster.insert(1, Entry { address: 1, year: 2024 });
    roster.insert(2, Entry { address: 0, year: 2023 });
    roster
}
