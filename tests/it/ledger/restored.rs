//! A ledger from a backup does not know whom later nights mailed: it mails nobody by itself who may have been.

use std::collections::BTreeMap;
use std::fs;
use std::sync::Arc;

use gradpass::sandbox::relay::{Act, Delivered, Step, healthy, script};

use crate::world::{World, code, message_id, roster};

/// Two are mailed before the backup, one waits in it, and one comes to the roster afterwards.
struct Restored {
    world: World,
    /// Mailed by the nights after the backup.
    forgotten: BTreeMap<String, Arc<Delivered>>,
}

const BEFORE: usize = 3;
const AFTER: usize = 4;

impl Restored {
    fn new() -> Self {
        let world = World::with(script(|moment| match (moment.step, moment.session) {
            // the first night the relay does not want the third
            (Step::Recipient, 1) if moment.argument == "g3@mailbox.example" => {
                Act::Reply("451 4.2.1 later".into())
            }
            _ => Act::Accept,
        }));
        world.write("roster.csv", roster(1..=BEFORE).as_bytes());
        assert_eq!(world.gradpass(&["run", "roster.csv"]).code, 75);
        assert_eq!(world.relay.messages().len(), 2);
        fs::copy(world.ledger(), world.path("backup.db")).unwrap();

        // as if hours had gone by
        world.change("UPDATE message SET due_at = 0");
        world.write("roster.csv", roster(1..=AFTER).as_bytes());
        let ran = world.gradpass(&["run", "roster.csv"]);
        assert_eq!(ran.code, 0, "{ran:?}");
        let forgotten: BTreeMap<_, _> = world
            .relay
            .messages()
            .split_off(2)
            .into_iter()
            .map(|mail| (mail.recipient[0].clone(), mail))
            .collect();
        assert_eq!(forgotten.len(), 2);
        let restored = Self { world, forgotten };
        restored.restore();
        restored
    }

    /// As docs/runbook.md says.
    fn restore(&self) {
        for suffix in ["", "-wal", "-shm"] {
            let _ = fs::remove_file(self.world.path(&format!("gradpass.db{suffix}")));
        }
        fs::copy(self.world.path("backup.db"), self.world.ledger()).unwrap();
        self.world.change("UPDATE message SET due_at = 0");
    }

    /// Mailed since it was restored.
    fn mails(&self) -> Vec<Arc<Delivered>> {
        self.world.relay.messages().split_off(AFTER)
    }

    /// A person has said `retry`: whoever was mailed by the forgotten nights has a code that works now, in a mail that
    /// no mail system takes for a copy.
    fn all_are_mailed_anew(&self) {
        let mails = self.mails();
        assert_eq!(mails.len(), 2, "the third and the fourth");
        for mail in &mails {
            let first = &self.forgotten[&mail.recipient[0]];
            assert_ne!(message_id(mail), message_id(first));
            assert_ne!(code(mail), code(first));
        }
        assert_eq!(self.world.gradpass(&["run", "roster.csv"]).code, 0);
        assert_eq!(self.mails().len(), 2);
    }
}

#[test]
fn the_nightly_run_mails_nobody_who_may_have_been_mailed() {
    let restored = Restored::new();
    let world = &restored.world;
    let ran = world.gradpass(&["run", "--json", "roster.csv"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.stderr.contains("restored from a backup") && ran.stderr.contains("2 messages"), "{ran:?}");
    assert_eq!(ran.json()["mail"]["in_doubt"], 2);
    assert!(restored.mails().is_empty());

    // the night after goes on as usual, with those who are new
    world.write("roster.csv", roster(1..=AFTER + 1).as_bytes());
    let ran = world.gradpass(&["run", "roster.csv"]);
    assert!(ran.code == 1 && !ran.stderr.contains("restored"), "{ran:?}");
    let new: Vec<_> = restored.mails().into_iter().map(|mail| mail.recipient[0].clone()).collect();
    assert_eq!(new, ["g5@mailbox.example"]);
    let ran = world.gradpass(&["retry", "--json"]);
    assert_eq!((ran.code, &ran.json()["retried"]["in_doubt"]), (0, &2.into()), "{ran:?}");
    assert!(ran.stderr.contains("may get the mail twice.\n"), "their Message-IDs are new: {ran:?}");
    assert_eq!(restored.mails().len(), 3);
}

#[test]
fn it_may_be_imported_first_and_sent_afterwards() {
    let restored = Restored::new();
    let ran = restored.world.gradpass(&["import", "roster.csv"]);
    assert!(ran.code == 1 && ran.stderr.contains("2 messages"), "{ran:?}");
    assert_eq!(restored.world.gradpass(&["send"]).code, 1);
    assert!(restored.mails().is_empty());
    assert_eq!(restored.world.gradpass(&["retry"]).code, 0);
    restored.all_are_mailed_anew();
}

/// Without the newest roster it does not know all whom the forgotten nights mailed, so it stays on its guard.
#[test]
fn sending_without_a_roster_leaves_it_on_its_guard() {
    let restored = Restored::new();
    let world = &restored.world;
    let ran = world.gradpass(&["send"]);
    assert!(
        ran.code == 1 && ran.stderr.contains("1 message that waited") && ran.stderr.contains("newest roster"),
        "{ran:?}"
    );
    // nor does it after the mended rest of a roster, which lists only a few
    world.write(
        "rest.csv",
        (roster(1..=1)
            .replace("conferral_year", "conferral_year,what_is_wrong")
            .replace("2024", "2024,mended"))
        .as_bytes(),
    );
    let ran = world.gradpass(&["import", "rest.csv"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    // a person may have the one mailed who is known
    assert_eq!(world.gradpass(&["retry"]).code, 0);
    assert_eq!(restored.mails().len(), 1);
    let ran = world.gradpass(&["run", "roster.csv"]);
    assert!(ran.code == 1 && ran.stderr.contains("1 message that waited"), "{ran:?}");
    assert_eq!(world.gradpass(&["retry"]).code, 0);
    restored.all_are_mailed_anew();
}

/// It may be restored again, and from the same backup: the numbers go on, so its mails are no copies of each other.
#[test]
fn it_may_be_restored_twice() {
    let restored = Restored::new();
    let run_and_retry = || {
        assert_eq!(restored.world.gradpass(&["run", "roster.csv"]).code, 1);
        assert_eq!(restored.world.gradpass(&["retry"]).code, 0);
    };
    run_and_retry();
    restored.restore();
    run_and_retry();
    let mut ids: Vec<_> = restored.mails().iter().map(|mail| message_id(mail)).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 4);
}

/// On another machine nobody knows what was sent since.
#[test]
fn a_copy_in_another_folder_is_held_back_too() {
    let restored = Restored::new();
    fs::remove_file(restored.world.path("gradpass.witness")).unwrap();
    let check = restored.world.gradpass(&["check"]);
    assert!(check.code == 0 && check.stdout.contains("older than the mails"), "{check:?}");
    let dry = restored.world.gradpass(&["run", "--dry-run", "roster.csv"]);
    assert!(
        dry.stdout.contains("0 emails would be sent now") && dry.stderr.contains("2 messages"),
        "{dry:?}"
    );
    assert_eq!(restored.world.gradpass(&["run", "roster.csv"]).code, 1);
    assert!(restored.mails().is_empty());
}

/// Whoever begins anew with an empty ledger means it; and one that has nobody waiting has nothing to say.
#[test]
fn an_empty_ledger_and_one_that_is_done_go_on_as_usual() {
    let world = World::with(healthy());
    world.write("roster.csv", roster(1..=2).as_bytes());
    assert_eq!(world.gradpass(&["run", "roster.csv"]).code, 0);
    fs::copy(world.ledger(), world.path("backup.db")).unwrap();
    fs::remove_file(world.path("gradpass.witness")).unwrap();
    let ran = world.gradpass(&["run", "roster.csv"]);
    assert!(ran.code == 0 && !ran.stderr.contains("restored"), "{ran:?}");
    fs::remove_file(world.ledger()).unwrap();
    let ran = world.gradpass(&["run", "roster.csv"]);
    assert!(ran.code == 0 && !ran.stderr.contains("restored"), "{ran:?}");
    assert_eq!(world.relay.messages().len(), 4);
}
