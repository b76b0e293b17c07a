//! The n-th answer of the relay and of SEEK Pass: the process is dead before it hears of it, and the other side has done
//! what it was asked for or has not. What else either may answer is tried in `send::sweep` and `redemption::faults`; of
//! the status calls here.

use std::fmt::Debug;
use std::thread;

use gradpass::sandbox::relay::Act;
use gradpass::sandbox::seek;

use super::beginnings::{changed, imported_for_two, invited, lapsed, led, troubled};
use super::{Beginning, sweep};
use crate::effort::{is_all, stride};
use crate::scenario::fault_plan::{Fault, PeerFault};
use crate::scenario::{Ended, Place, Step};

/// Tries each of these at every answer, and how many cases there must be at least.
fn at_every_answer<T: Clone + Debug + Send>(
    begin: Beginning,
    step: &Step,
    what: Vec<PeerFault<T>>,
    of_peer: fn(PeerFault<T>, usize) -> Fault,
    at_least: usize,
) {
    let cases: Vec<_> = thread::scope(|scope| {
        let each = what.into_iter().zip(1..).map(|(fault, number)| {
            // not the same moments in each way
            let first = if is_all() { 1 } else { 1 + number % 2 };
            scope.spawn(move || {
                let dies = matches!(fault, PeerFault::Unheard(_));
                let judge = |ended: &Ended, _, case: &str| {
                    assert_eq!(*ended == Ended::Died, dies, "{case}: {ended:?}");
                };
                sweep(
                    (Place::File, begin),
                    step,
                    (first..).step_by(stride(2)),
                    |at| of_peer(fault.clone(), at),
                    judge,
                )
            })
        });
        let each: Vec<_> = each.collect();
        each.into_iter().map(|cases| cases.join().unwrap()).collect()
    });
    println!("{step:?}: {cases:?} cases");
    let all = cases.iter().sum::<usize>() * stride(2);
    assert!(all >= at_least, "only {all} cases ran");
}

/// It took the mail, or it did not.
fn dead_for_the_relay(begin: Beginning, step: &Step, at_least: usize) {
    let acts = vec![PeerFault::Unheard(Act::Accept), PeerFault::Unheard(Act::HangUp)];
    at_every_answer(begin, step, acts, Fault::Relay, at_least);
}

/// It did what it was asked for, or it did not.
fn dead_for_seek_pass(begin: Beginning, step: &Step, at_least: usize) {
    let faults =
        vec![PeerFault::Unheard(seek::Fault::None), PeerFault::Unheard(seek::Fault::Status(503, None))];
    at_every_answer(begin, step, faults, Fault::Seek, at_least);
}

#[test]
fn death_while_a_night_is_mailed() {
    dead_for_the_relay(led, &Step::Run(changed()), 22);
}

#[test]
fn death_while_two_connections_mail() {
    dead_for_the_relay(imported_for_two, &Step::Send, 28);
}

#[test]
fn death_in_a_retry() {
    dead_for_the_relay(troubled, &Step::Retry, 20);
}

#[test]
fn death_while_graduates_redeem() {
    dead_for_seek_pass(invited, &Step::Press(vec![1, 2]), 6);
}

#[test]
fn death_while_graduates_redeem_again() {
    dead_for_seek_pass(lapsed, &Step::Press(vec![1, 2, 3]), 6);
}

#[test]
fn death_while_a_status_is_asked_for() {
    dead_for_seek_pass(lapsed, &Step::FollowUp, 4);
}

#[test]
fn whatever_is_answered_about_a_status() {
    let faults = vec![
        seek::Fault::Status(429, Some("1".into())),
        seek::Fault::Status(500, None),
        seek::Fault::Status(401, None),
        seek::Fault::Status(400, None),
        seek::Fault::Html502,
        seek::Fault::DropAfterReading,
        seek::Fault::Truncated,
        seek::Fault::Huge,
        seek::Fault::Empty,
    ];
    let faults = faults.into_iter().map(PeerFault::Heard).collect();
    at_every_answer(lapsed, &Step::FollowUp, faults, Fault::Seek, 18);
}
