//! Notifications repeat, and come in any order: the ledger comes to the same.

use super::{about, mailed, read, standing};

const SAMPLES: [&str; 5] =
    ["delayed/postfix", "soft/exim-quota", "expired/sendmail", "hard/qmail", "complained/arf"];

/// Every order of a few things.
fn permutations(things: &[&'static str]) -> Vec<Vec<&'static str>> {
    let Some((first, rest)) = things.split_first() else { return vec![Vec::new()] };
    let mut all = Vec::new();
    for shorter in permutations(rest) {
        for at in 0..=shorter.len() {
            let mut longer = shorter.clone();
            longer.insert(at, first);
            all.push(longer);
        }
    }
    all
}

#[test]
fn every_order_comes_to_the_same() {
    let orders = permutations(&SAMPLES);
    assert_eq!(orders.len(), 120);
    let world = mailed(120);
    let mails = world.relay.messages();
    let mut all = Vec::new();
    for (mail, order) in mails.iter().zip(&orders) {
        // each of them twice
        all.extend(order.iter().chain(order).map(|sample| about(mail, sample)));
    }
    let counts = read(&world, &all);
    assert_eq!((counts.ours, counts.bounced, counts.repeated), (1200, 120, 600));
    let after = standing(&world);
    assert_eq!(after[0], "bounced 120");
    assert!(after[1..].iter().all(|line| line.ends_with(" hard 5.1.1 no such mailbox")), "{after:?}");
    assert_eq!(world.count("SELECT count(*) FROM bounce"), 600);
    // and once more from the beginning
    let again = read(&world, &all);
    assert_eq!((again.bounced, again.noted, again.repeated), (0, 0, 1200));
    assert_eq!(standing(&world), after);
}
