//! A random walk: whatever is done in whatever order, whatever goes wrong, the promises hold and the scenario comes to a
//! good end. Each walk follows from its seed, which is told when it fails; `WALKS=1000` walks so many instead of the few
//! of every day, and `WALK_FROM=17` begins with that seed.

#![expect(clippy::print_stdout, reason = "how many cases ran is told, and a failing one is named")]

pub mod choices;

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::thread;

use crate::effort::setting;
use crate::scenario::{Place, promises};
use choices::Walk;

/// Walks of every day.
const WALKS: u64 = 12;

/// Steps of a walk.
const STEPS: usize = 32;

#[test]
fn every_promise_holds_on_every_walk() {
    let (from, walks) = (setting("WALK_FROM").unwrap_or(1), setting("WALKS").unwrap_or(WALKS));
    let troubled: usize = thread::scope(|scope| {
        let lanes = [0, 1].map(|lane| {
            scope.spawn(move || (from..from + walks).filter(|seed| seed % 2 == lane).map(walk).sum::<usize>())
        });
        lanes.map(|lane| lane.join().unwrap_or_else(|panic| resume_unwind(panic))).iter().sum()
    });
    println!("{walks} walks of {STEPS} steps, something went wrong in {troubled}");
    assert!(troubled as u64 >= walks, "hardly anything went wrong: {troubled}");
}

/// Walks once; returns in how many steps something went wrong.
fn walk(seed: u64) -> usize {
    let mut walk = Walk::new(Place::File, seed);
    let walked = catch_unwind(AssertUnwindSafe(|| {
        for _ in 0..STEPS {
            walk.step();
        }
        promises::fulfilled(&mut walk.scenario);
    }));
    match walked {
        Ok(()) => walk.troubled,
        Err(panic) => fail(seed, &walk, panic),
    }
}

fn fail(seed: u64, walk: &Walk, panic: Box<dyn Any + Send>) -> ! {
    println!("the walk of seed {seed} failed after these steps:\n{}", walk.diary.join("\n"));
    resume_unwind(panic)
}
