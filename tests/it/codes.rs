//! Codes are unique because the ledger says so, whatever the random source does, and belong to one key.

use std::collections::BTreeSet;

use gradpass::sandbox::relay::{Act, Step, script};
use gradpass::store::StoreError;

use crate::world::{World, code, roster};

fn codes(world: &World) -> Vec<String> {
    world.relay.messages().iter().map(|mail| code(mail)).collect()
}

#[test]
fn a_random_source_that_repeats_itself_makes_no_code_twice() {
    let world = World::new();
    world.import(&roster(1..=5));
    world.seed.set(42);
    assert_eq!(world.send().sent, 5);
    world.import(&roster(1..=9));
    // the same source again: its first five codes are all taken
    world.seed.set(42);
    assert_eq!(world.send().sent, 4);

    let codes = codes(&world);
    let distinct: BTreeSet<_> = codes.iter().collect();
    assert_eq!((codes.len(), distinct.len()), (9, 9));
    assert_eq!(world.count("SELECT count(*) FROM code"), 9);

    // the same source does repeat itself in another ledger, else this test would show nothing
    let other = World::new();
    other.import(&roster(1..=5));
    other.seed.set(42);
    other.send();
    assert_eq!(self::codes(&other), codes[..5]);
}

#[test]
fn several_connections_share_one_source_and_no_code() {
    let world = World::new();
    world.mail("connections = 4");
    world.import(&roster(1..=60));
    assert_eq!(world.send().sent, 60);
    assert_eq!(codes(&world).into_iter().collect::<BTreeSet<_>>().len(), 60);
}

/// The mail that was in doubt may have arrived: its code goes on working beside the new one.
#[test]
fn a_code_that_was_mailed_before_stays() {
    let world = World::with(script(|moment| match moment.step {
        Step::Content if moment.count == 1 => Act::HangUpAfterAccepting,
        _ => Act::Accept,
    }));
    world.import(&roster(1..=1));
    assert_eq!(world.send().left.in_doubt, 1);
    assert_eq!(world.retry().1.sent, 1);
    let codes = codes(&world);
    assert_eq!(codes.len(), 2);
    assert_ne!(codes[0], codes[1]);
    assert_eq!(world.count("SELECT count(*) FROM code WHERE retired_at IS NULL"), 2);
    assert_eq!(world.count("SELECT count(DISTINCT invitation_id) FROM code"), 1);
}

#[test]
fn another_key_is_refused_before_anybody_is_mailed() {
    let world = World::new();
    world.import(&roster(1..=2));
    assert_eq!(world.send().sent, 2);
    world.import(&roster(1..=3));
    world.write_private("code.key", &format!("{}\n", "08".repeat(32)));
    let refused = world.try_send();
    let is_other = |error: &anyhow::Error| error.to_string() == StoreError::OtherKey.to_string();
    assert!(refused.as_ref().is_err_and(is_other), "{refused:?}");
    assert_eq!(world.relay.messages().len(), 2);
    assert_eq!(world.relay.connections(), 1);

    let ran = world.gradpass(&["send"]);
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(ran.stderr.contains("the key file is not the one"), "{ran:?}");
    world.write_private("code.key", &format!("{}\n", "07".repeat(32)));
    assert_eq!(world.send().sent, 1);
}
