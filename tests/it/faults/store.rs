//! The n-th store call: it fails, is broken off, hangs, or the process dies of it, before or after it stands.

use std::thread;

use super::beginnings::{
    changed, conferred, corrected, held, imported, imported_for_two, invited, lapsed, led, nothing, silent,
    troubled, verified,
};
use super::{Beginning, sweep};
use crate::effort::is_all;
use crate::scenario::fault_plan::Fault;
use crate::scenario::fault_plan::LedgerFault::{
    self, DiesAfter, DiesBefore, GoesAway, Hangs, Interrupts, LosesAnswer, Refuses,
};
use crate::scenario::model::listing;
use crate::scenario::{Ended, Place, Step};

/// From which moment on each way is tried, and at every how-manieth. Statements are broken off between their instructions, of
/// which there are thousands. A call fails, or the process dies before or after it: every other call in one of these ways for
/// every change, and every call in all of them when all is tried.
fn moments(way: LedgerFault, is_all: bool) -> (usize, usize) {
    match (way, is_all) {
        (Interrupts, true) => (1, 797),
        (Interrupts, false) => (1, 1597),
        (Refuses | DiesBefore | DiesAfter, true) => (1, 1),
        (Hangs, true) => (1, 3),
        (Refuses, false) => (1, 6),
        (DiesBefore, false) => (3, 6),
        (DiesAfter, false) => (5, 6),
        (Hangs, false) => (1, 18),
        (LosesAnswer | GoesAway, _) => unreachable!("only a server does"),
    }
}

/// Every way at every call, and how many cases there must be at least.
fn at_every_call(begin: Beginning, step: &Step, at_least: usize) {
    let is_all = is_all();
    let cases = thread::scope(|scope| {
        let ways = [Refuses, Interrupts, Hangs, DiesBefore, DiesAfter];
        let each = ways.map(|way| {
            scope.spawn(move || {
                sweep(
                    (Place::File, begin),
                    step,
                    moments(way, is_all),
                    |at| Fault::Ledger(way, at),
                    |ended, is_told, case| judge(step, way, (ended, is_told), case),
                )
            })
        });
        each.map(|cases| cases.join().unwrap())
    });
    println!("{step:?}: {cases:?} cases");
    let all: usize = cases.iter().sum();
    let at_least = if is_all { at_least } else { at_least / 6 };
    assert!(all >= at_least, "only {all} cases ran");
}

/// A failing call ends the command with a sentence about the ledger, or is told where the mails have left and nothing more is to
/// be done; a slow one does neither.
fn judge(step: &Step, way: LedgerFault, (ended, is_told): (&Ended, bool), case: &str) {
    match (way, ended) {
        (DiesBefore | DiesAfter, ended) => assert_eq!(*ended, Ended::Died, "{case}"),
        (Hangs, ended) => assert_eq!((ended, is_told), (&Ended::Well, false), "{case}"),
        // the service lives on, and the graduate may not have noticed
        (_, Ended::Well) => assert!(is_told || matches!(step, Step::Press(_)), "{case}: and nobody was told"),
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
    let cases =
        sweep((Place::File, imported_for_two), &Step::Send, (1, 1), |at| Fault::Ledger(DiesAfter, at), died);
    assert!(cases >= 8, "only {cases} cases ran");
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
