//! Rosters after a purge, and purges that die.

use gradpass::invitation::key::CodeKey;
use gradpass::sandbox::relay::healthy;
use gradpass::store::Store;
use serde_json::json;

use super::{counts, pass, purge, world_with};
use crate::world::{World, process, roster};

/// Graduates who were purged, and one who was mailed since.
fn purged(graduates: usize) -> World {
    let world = world_with(healthy());
    world.invite(&roster(1..=graduates));
    pass(&world, 1000);
    world.invite(&roster(1..=graduates + 1));
    assert_eq!(purge(&world), graduates);
    world
}

#[test]
fn who_was_purged_and_is_still_in_the_roster_is_not_invited_again() {
    let world = purged(20);
    let counted = counts(&world);
    let mails = world.relay.messages().len();
    // other bytes than the last roster, and another address: both are the university's, and change nothing
    world.write("roster.csv", (roster(1..=21).replace("g7@", "g7.new@") + "\n").as_bytes());
    let dry = world.gradpass(&["run", "--dry-run", "roster.csv", "--json"]).json();
    let ran = world.gradpass(&["run", "roster.csv", "--json"]);
    let figures =
        json!({ "rows": 21, "new": 0, "unchanged": 21, "changed": 0, "withdrawn": 0, "rejected": 0 });
    assert_eq!((ran.code, &ran.json()["roster"]), (0, &figures), "{ran:?}");
    assert_eq!((&dry["roster"], &dry["mail"]["waiting"]), (&figures, &json!(0)));
    assert_eq!(world.relay.messages().len(), mails);
    let after = counts(&world);
    assert_eq!(after[0]["mail"], counted[0]["mail"]);
    assert_eq!(after[0]["graduates"], counted[0]["graduates"]);
    assert_eq!(world.count("SELECT unchanged FROM batch ORDER BY id DESC LIMIT 1"), 21);
    assert_eq!(world.count("SELECT count(*) FROM graduate"), 1);
}

#[test]
fn a_new_award_of_somebody_who_was_purged_is_a_new_invitation() {
    let world = purged(20);
    let mails = world.relay.messages().len();
    let text = roster(1..=21) + "s0007,Graduate 7,g7@mailbox.example,Master of Arts,2026\n";
    world.write("roster.csv", text.as_bytes());
    let ran = world.gradpass(&["run", "roster.csv", "--json"]);
    assert_eq!((ran.code, &ran.json()["roster"]["new"]), (0, &json!(1)), "{ran:?}");
    let new = &world.relay.messages()[mails..];
    assert_eq!(new.len(), 1);
    let mail = String::from_utf8_lossy(&new[0].data).into_owned();
    assert!(mail.contains("Master of Arts") && !mail.contains("Bachelor of Arts"));
}

#[test]
fn the_guard_counts_neither_the_purged_nor_their_rows() {
    let world = purged(20);
    // nobody of the purged is missed, and the one who is left is no implausible share
    world.import(&roster(21..=21));
    assert_eq!(world.count("SELECT withdrawn FROM batch ORDER BY id DESC LIMIT 1"), 0);
    let world = purged(20);
    world.invite(&roster(1..=40));
    world.write("roster.csv", roster(1..=20).as_bytes());
    let ran = world.gradpass(&["import", "roster.csv"]);
    assert!(ran.code == 2 && ran.stderr.contains("lacks 20 of the 20"), "{ran:?}");
}

#[test]
fn reissue_lets_the_next_roster_invite_anew() {
    let world = purged(20);
    let mails = world.relay.messages().len();
    let shown = world.gradpass(&["show", "S-0007"]);
    assert!(shown.code == 2 && shown.stderr.contains("were removed by `gradpass purge`"), "{shown:?}");
    let ran = world.gradpass(&["reissue", "S-0007"]);
    assert!(ran.code == 0 && ran.stdout.contains("next import"), "{ran:?}");
    // the very same bytes as before
    world.write("roster.csv", roster(1..=21).as_bytes());
    assert_eq!(world.gradpass(&["run", "roster.csv"]).code, 0);
    assert_eq!(world.relay.messages().len(), mails + 1);
    assert_eq!(world.gradpass(&["show", "s0007"]).code, 0);
    assert_eq!(world.gradpass(&["reissue", "s9999"]).code, 2);
}

#[test]
fn another_key_would_invite_everybody_again_and_is_refused() {
    let world = purged(3);
    let before = counts(&world);
    world.write_private("code.key", &format!("{}\n", "08".repeat(32)));
    world.write("roster.csv", roster(1..=5).as_bytes());
    let ran = world.gradpass(&["import", "roster.csv"]);
    assert!(ran.code == 2 && ran.stderr.contains("key"), "{ran:?}");
    assert_eq!(counts(&world), before);
}

#[test]
fn a_purge_that_died_is_finished_by_the_next_one() {
    let world = world_with(healthy());
    world.invite(&roster(1..=60));
    pass(&world, 1000);
    let counted = counts(&world);
    let now = world.clock.now();
    let first = process(async {
        let store = Store::open(&world.ledger().into()).await.unwrap();
        let key = CodeKey::read(&world.path("code.key")).unwrap();
        let page = store.purgeable(&key, now, 0).await.unwrap();
        let count = i64::try_from(page.len()).unwrap();
        store.writer().await.unwrap().purge(page).await.unwrap();
        count
    });
    assert!((1..60).contains(&first));
    assert_eq!(counts(&world), counted);
    assert_eq!(purge(&world), 60 - first);
    assert_eq!(counts(&world), counted);
    world.write("roster.csv", (roster(1..=60) + "\n").as_bytes());
    assert_eq!(world.gradpass(&["run", "roster.csv", "--json"]).json()["roster"]["unchanged"], 60);
    assert_eq!(world.relay.messages().len(), 60);
}
