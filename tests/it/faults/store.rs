//! The n-th store call of a ledger in a file and of one on a server: it fails, is broken off, hangs, or the process dies of it, before or after
//! it stands. The way to a server is cut besides, before the server saw the call or after a commit stood, or for good.

use std::thread;

use super::beginnings::{
    aged, changed, conferred, corrected, held, imported, imported_for_two, invited, lapsed, led, nothing,
    silent, troubled, verified,
};
use super::{Beginning, sweep};
use crate::effort::is_all;
use crate::scenario::fault_plan::LedgerFault::{
    self, DiesAfter, DiesBefore, GoesAway, Hangs, Interrupts, LosesAnswer, Refuses,
};
use crate::scenario::fault_plan::{Fault, Kind};
use crate::scenario::model::listing;
use crate::scenario::{Ended, Place, Step};
use crate::world::cluster::cluster;

/// From which moment on each way is tried, and at every how-manieth; `None` for what happens to a server alone. In a file statements are broken
/// off between their instructions, of which there are thousands; the way to a server is cut in front of a statement, of which there are some
/// hundreds. A call fails, or the process dies before or after it: some calls in one of these ways for every change, and every call in all of them
/// when all is tried.
fn moments(place: Place, way: LedgerFault, is_all: bool) -> Option<(usize, usize)> {
    Some(match (place, way, is_all) {
        (Place::File, LosesAnswer | GoesAway, _) => return None,
        (Place::File, Interrupts, true) => (1, 797),
        (Place::File, Interrupts, false) => (1, 1597),
        (Place::File, Hangs, true) | (Place::Server, LosesAnswer, false) => (1, 3),
        (Place::Server, Interrupts | GoesAway, true) => (1, 7),
        (_, _, true) => (1, 1),
        (Place::File, Refuses, false) => (1, 6),
        (Place::File, DiesBefore, false) => (3, 6),
        (Place::File, DiesAfter, false) => (5, 6),
        (Place::Server, Interrupts, false) => (11, 67),
        (Place::Server, GoesAway, false) => (29, 67),
        (Place::Server, Refuses, false) => (2, 6),
        (Place::Server, DiesBefore, false) => (3, 9),
        (Place::Server, DiesAfter, false) => (4, 6),
        (_, Hangs, false) => (1, 18),
    })
}

/// The places that there are here.
fn places() -> impl Iterator<Item = Place> {
    [Some(Place::File), cluster().map(|_| Place::Server)].into_iter().flatten()
}

/// Every way at every call in every place, and how many cases there must be at least in each.
fn at_every_call(begin: Beginning, step: &Step, at_least: usize) {
    let is_all = is_all();
    let at_least = if is_all { at_least } else { at_least / 6 };
    thread::scope(|scope| {
        for place in places() {
            scope.spawn(move || {
                let cases = in_place(place, begin, step, is_all);
                println!("{place:?}, {step:?}: {cases:?} cases");
                let all: usize = cases.iter().sum();
                assert!(all >= at_least, "{place:?}: only {all} cases ran");
            });
        }
    });
}

/// How many cases of each way there were in one place. How many moments there are shows a step in health.
fn in_place(place: Place, begin: Beginning, step: &Step, is_all: bool) -> [usize; 7] {
    let mut healthy = begin(place);
    healthy.does(step);
    let last = |way: LedgerFault| match (place, way.kind()) {
        // they are counted only where one is broken off
        (Place::File, Kind::Statement) => usize::MAX,
        (_, kind) => healthy.faults.moments(kind),
    };
    thread::scope(|scope| {
        let ways = [Refuses, LosesAnswer, Interrupts, GoesAway, Hangs, DiesBefore, DiesAfter];
        let each = ways.map(|way| (way, last(way))).map(|(way, last)| {
            scope.spawn(move || {
                let Some((first, stride)) = moments(place, way, is_all) else { return 0 };
                sweep(
                    (place, begin),
                    step,
                    (first..=last).step_by(stride),
                    |at| Fault::Ledger(way, at),
                    |ended, is_told, case| judge(place, (step, way), (ended, is_told), case),
                )
            })
        });
        each.map(|cases| cases.join().unwrap())
    })
}

/// A failing call ends the command with a sentence about the ledger, or is told where the mails have left and nothing more is to
/// be done, or is made good by another connection to the server; a slow one does neither.
fn judge(place: Place, (step, way): (&Step, LedgerFault), (ended, is_told): (&Ended, bool), case: &str) {
    match (way, ended) {
        (DiesBefore | DiesAfter, ended) => assert_eq!(*ended, Ended::Died, "{case}"),
        (Hangs, ended) => assert_eq!((ended, is_told), (&Ended::Well, false), "{case}"),
        // the service lives on, and the graduate may not have noticed
        (_, Ended::Well) => {
            let may_be_well = place == Place::Server || matches!(step, Step::Press(_));
            assert!(is_told || may_be_well, "{case}: and nobody was told");
        }
        (_, Ended::Badly(words)) => {
            assert!(words.contains("ledger") || matches!(step, Step::Press(_)), "{case}: {words}");
        }
        (_, Ended::Died) => panic!("{case}: it died of an error"),
    }
}

#[test]
fn of_the_first_import() {
    at_every_call(nothing, &Step::Import(listing(1..=3)), 20);
}

#[test]
fn of_a_sending_over_two_connections() {
    at_every_call(imported_for_two, &Step::Send, 20);
}

/// Nobody has been mailed before: a ledger that has counted its first sending, and has no file beside it yet that says so, is no
/// copy of another one. So every call is tried here, whatever is tried elsewhere.
#[test]
fn the_first_sending_may_die_at_any_call() {
    let died = |ended: &Ended, _, case: &str| assert_eq!(*ended, Ended::Died, "{case}");
    for place in places() {
        let after = |at| Fault::Ledger(DiesAfter, at);
        let cases = sweep((place, imported_for_two), &Step::Send, 1.., after, died);
        assert!(cases >= 8, "{place:?}: only {cases} cases ran");
    }
}

#[test]
fn of_a_night() {
    at_every_call(led, &Step::Run(changed()), 40);
}

#[test]
fn of_a_retry() {
    at_every_call(troubled, &Step::Retry, 24);
}

#[test]
fn of_redeeming() {
    at_every_call(invited, &Step::Press(vec![1, 2]), 16);
}

#[test]
fn of_redeeming_again_after_48_hours() {
    at_every_call(lapsed, &Step::Press(vec![1, 2, 3]), 20);
}

#[test]
fn of_a_follow_up() {
    at_every_call(lapsed, &Step::FollowUp, 6);
}

#[test]
fn of_a_reissue() {
    at_every_call(led, &Step::Reissue(3), 6);
}

#[test]
fn of_a_revocation() {
    at_every_call(led, &Step::Revoke(3), 6);
}

#[test]
fn of_a_hold() {
    at_every_call(imported, &Step::Hold(2), 6);
}

#[test]
fn of_a_release() {
    at_every_call(held, &Step::Release(2), 6);
}

#[test]
fn of_a_correction() {
    at_every_call(led, &Step::Correct(3, 2022), 6);
}

/// The night after, which brings a roster that disagrees with one correction and agrees with another.
#[test]
fn of_a_night_over_corrections() {
    at_every_call(corrected, &Step::Run(changed()), 40);
}

#[test]
fn of_a_settlement() {
    at_every_call(verified, &Step::Settle(3), 6);
}

/// Of whom something changed, and of whom nothing did.
#[test]
fn of_a_reissue_of_what_is_verified() {
    at_every_call(verified, &Step::Again(3), 6);
    at_every_call(verified, &Step::Again(1), 6);
}

#[test]
fn of_what_is_conferred() {
    at_every_call(conferred, &Step::Confer, 6);
}

#[test]
fn of_reminders() {
    at_every_call(lapsed, &Step::Remind, 3);
    at_every_call(silent, &Step::Remind, 6);
    at_every_call(silent, &Step::Send, 20);
}

#[test]
fn of_opting_out() {
    at_every_call(silent, &Step::OptOut(2), 6);
}

#[test]
fn of_an_approval() {
    at_every_call(imported, &Step::Approve, 6);
}

/// Two are at their ends for longer than they are to be kept.
#[test]
fn of_a_purge() {
    at_every_call(aged, &Step::Purge, 6);
}
