//! Faults at every moment: each store call, each answer of the relay and of SEEK Pass is spoilt in every way in turn,
//! until a run comes to its end before the moment. After each the scenario goes on in health, and every promise is checked.

#![expect(clippy::print_stdout, reason = "how many cases ran is told, and a failing one is named")]

mod beginnings;
mod full_disk;
mod store;
mod wire;

use std::sync::atomic::Ordering::SeqCst;

use crate::scenario::fault_plan::Fault;
use crate::scenario::{Ended, Place, Scenario, Step, promises};

/// How a scenario begins, before the fault comes.
type Beginning = fn(Place) -> Scenario;

/// Takes a step from the same beginning, with the fault at each of these moments until it comes no more; returns how many cases ran. What is judged is how it ended, and whether somebody was told meanwhile
/// that the ledger failed.
fn sweep(
    (place, begin): (Place, Beginning),
    step: &Step,
    moments: impl Iterator<Item = usize>,
    fault: impl Fn(usize) -> Fault,
    judge: impl Fn(&Ended, bool, &str),
) -> usize {
    let mut scenario = begin(place);
    let beginning = scenario.keep();
    let cases = moments.take_while(|at| {
        scenario.go_back(&beginning);
        let fault = fault(*at);
        let case = format!("{place:?}, {step:?}, {fault:?}");
        scenario.world.is_told_of_ledger.store(false, SeqCst);
        let ended = scenario.takes(step, Some(fault));
        let is_told = scenario.world.is_told_of_ledger.load(SeqCst);
        if !scenario.faults.has_happened() {
            assert_eq!(ended, Ended::Well, "{case}: there was no fault");
            return false;
        }
        judge(&ended, is_told, &case);
        // said only when one of the checks fails
        println!("{case}: {ended:?}");
        promises::fulfilled(&mut scenario);
        true
    });
    cases.count()
}
