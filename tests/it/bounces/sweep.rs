//! A reading that dies or fails at any commit: read again, it comes to the same.

use super::{about, mailed, reading, standing};
use crate::scenario::fault_plan::{Fault, FaultPlan, LedgerFault};
use crate::world::{World, process};

const SAMPLES: [&str; 6] =
    ["hard/qmail", "soft/exim-quota", "delayed/postfix", "complained/arf", "person/reply", "policy/ptr"];

fn messages(world: &World) -> Vec<String> {
    world.relay.messages().iter().zip(SAMPLES).map(|(mail, sample)| about(mail, sample)).collect()
}

#[test]
fn whatever_dies_and_whenever_reading_again_comes_to_the_same() {
    let world = mailed(SAMPLES.len());
    process(reading(&world, &messages(&world))).unwrap();
    let (expected, rows) = (standing(&world), world.count("SELECT count(*) FROM bounce"));
    assert_eq!((expected[0].as_str(), rows), ("bounced 3", 6));
    let mut cases = 0;
    for way in [LedgerFault::Refuses, LedgerFault::DiesBefore, LedgerFault::DiesAfter] {
        for at in 1.. {
            let world = mailed(SAMPLES.len());
            let messages = messages(&world);
            let faults = FaultPlan::new(world.clock.clone());
            world.watch.replace(faults.watch());
            let ended = faults.inject(Some(Fault::Ledger(way, at)), reading(&world, &messages));
            if !faults.has_happened() {
                assert!(ended.unwrap().is_ok());
                break;
            }
            assert!(ended.is_none_or(|ended| ended.is_err()), "{way:?} {at}: it is told");
            world.watch.take();
            process(reading(&world, &messages)).unwrap();
            assert_eq!(standing(&world), expected, "{way:?} {at}");
            assert_eq!(world.count("SELECT count(*) FROM bounce"), rows, "{way:?} {at}");
            cases += 1;
        }
    }
    assert!(cases >= 3 * SAMPLES.len(), "only {cases} cases");
}
