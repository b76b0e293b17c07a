//! Faults at every moment: each store call, each answer of the relay and of SEEK Pass is spoilt in every way in turn,
//! until a run comes to its end before the moment. After each the story goes on in health, and every promise is checked.

#![expect(clippy::print_stdout, reason = "how many cases ran is told, and a failing one is named")]

mod beginnings;
mod full_disk;
mod store;
mod wire;

use crate::story::fate::Trouble;
use crate::story::{Ended, Step, Story, promises};

/// How a story begins, before the trouble comes.
type Beginning = fn() -> Story;

/// Takes a step from the same beginning, with the trouble at the first of these moments, and at every so-manieth from there on,
/// until it comes no more; returns how many cases ran.
fn sweep(
    begin: Beginning,
    step: &Step,
    (first, stride): (usize, usize),
    trouble: impl Fn(usize) -> Trouble,
    judge: impl Fn(&Ended, &str),
) -> usize {
    let cases = (first..).step_by(stride).take_while(|at| {
        let mut story = begin();
        let trouble = trouble(*at);
        let case = format!("{step:?}, {trouble:?}");
        let ended = story.takes(step, Some(trouble));
        if !story.fate.has_struck() {
            assert_eq!(ended, Ended::Well, "{case}: there was no trouble");
            return false;
        }
        judge(&ended, &case);
        // said only when one of the checks fails
        println!("{case}: {ended:?}");
        promises::fulfilled(&mut story);
        true
    });
    cases.count()
}
