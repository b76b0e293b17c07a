//! The n-th call of a ledger on a server: the connection is cut before the server sees it or after a commit stood, the server hangs or goes
//! away for good, or the process dies, before the commit stands or after.

use std::thread;

use super::beginnings::{changed, imported_for_two, invited, lapsed, led, nothing, troubled};
use super::{Beginning, sweep};
use crate::effort::is_all;
use crate::scenario::fault_plan::Fault;
use crate::scenario::fault_plan::LedgerFault::{
    self, DiesAfter, DiesBefore, GoesAway, Hangs, Interrupts, LosesAnswer, Refuses,
};
use crate::scenario::model::listing;
use crate::scenario::{Ended, Place, Step};
use crate::world::cluster::cluster;

/// From which moment on each way is tried, and at every how-manieth: a commit, or a statement, of which there are some hundreds. All
/// commits are tried when all is tried; for every change some, the most where somebody might be mailed twice.
fn moments(way: LedgerFault, is_all: bool) -> (usize, usize) {
    match (way, is_all) {
        (Interrupts | GoesAway, true) => (1, 7),
        (Interrupts, false) => (11, 131),
        (GoesAway, false) => (29, 131),
        (_, true) => (1, 1),
        (LosesAnswer, false) => (1, 6),
        (Refuses, false) => (2, 12),
        (DiesBefore, false) => (3, 12),
        (DiesAfter, false) => (4, 12),
        (Hangs, false) => (1, 36),
    }
}

/// Every way, and how many cases there must be at least when all is tried.
fn at_every_call(begin: Beginning, step: &Step, at_least: usize) {
    if cluster().is_none() {
        return;
    }
    let is_all = is_all();
    let cases = thread::scope(|scope| {
        let ways = [Refuses, LosesAnswer, Interrupts, GoesAway, Hangs, DiesBefore, DiesAfter];
        let each = ways.map(|way| {
            scope.spawn(move || {
                sweep(
                    (Place::Server, begin),
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
    let at_least = if is_all { at_least } else { at_least / 10 };
    assert!(all >= at_least, "only {all} cases ran");
}

/// Whoever lost the way to the ledger says so, or made it good by a connection of its own; a slow one does neither.
fn judge(step: &Step, way: LedgerFault, (ended, is_told): (&Ended, bool), case: &str) {
    match (way, ended) {
        (DiesBefore | DiesAfter, ended) => assert_eq!(*ended, Ended::Died, "{case}"),
        (Hangs, ended) => assert_eq!((ended, is_told), (&Ended::Well, false), "{case}"),
        (_, Ended::Well) => {}
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

#[test]
fn of_a_night() {
    at_every_call(led, &Step::Run(changed()), 40);
}

#[test]
fn of_a_retry() {
    at_every_call(troubled, &Step::Retry, 20);
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
