//! Whatever a relay says at any step, every message is in a known state, nobody is lost, and its words are harmless.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};

use gradpass::sandbox::relay::{Act, Step, script};
use proptest::prelude::*;

use crate::properties::cases;
use crate::world::{HASTY, World, roster};

const STEPS: [Step; 9] = [
    Step::Connect,
    Step::Ehlo,
    Step::Auth,
    Step::Mail,
    Step::Recipient,
    Step::Data,
    Step::Content,
    Step::Reset,
    Step::Quit,
];

/// Codes with any text, several lines, codes that there are not, no code at all.
fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        "[2-5][0-9]{2} \\PC{0,60}",
        "[2-5][0-9]{2} [ -~]{0,2000}",
        "(250-[ -~]{0,30}\r\n){0,4}[2-5]50 [ -~]{0,30}",
        "[0-9]{0,4}[ -]?[ -~]{0,30}",
        "[2-5][0-9]{2} g[1-3]@mailbox\\.example <g[1-3]@mailbox.example> \u{1b}\\[31m\u{202e}[A-Z]{3}",
        "\\PC{0,40}",
        "250-\r\n",
    ]
}

proptest! {
    #![proptest_config(cases(40))]

    #[test]
    fn any_reply_leaves_every_message_in_a_known_state(
        step in prop::sample::select(STEPS.as_slice()),
        words in words(),
        at in 1..4_usize,
    ) {
        let armed = Arc::new(AtomicBool::new(true));
        let count = Arc::new(AtomicUsize::new(0));
        let mut world = World::with_login({
            let armed = Arc::clone(&armed);
            script(move |moment| {
                let is_the_one = moment.step == step && count.fetch_add(1, SeqCst) + 1 == at;
                if armed.load(SeqCst) && is_the_one { Act::Reply(words.clone()) } else { Act::Accept }
            })
        });
        world.timeouts = HASTY;
        world.import(&roster(1..=3));
        world.send();
        let known = ["waiting", "deferred", "refused", "in_doubt", "sent"];
        let states = world.states();
        prop_assert!(states.keys().all(|state| known.contains(&state.as_str())), "{states:?}");
        prop_assert_eq!(states.values().sum::<i64>(), 3);
        let harmful = "SELECT count(*) FROM attempt WHERE reply LIKE '%@%' OR reply LIKE '%' || char(27) || '%'
                       OR length(reply) > 400";
        prop_assert_eq!(world.count(harmful), 0);

        armed.store(false, SeqCst);
        world.clock.advance(std::time::Duration::from_hours(24));
        world.send();
        world.retry();
        prop_assert_eq!(world.states(), [("sent".to_owned(), 3)].into());
    }
}
