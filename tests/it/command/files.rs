//! What `init` writes, and who may read the files.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use gradpass::last_run::LastRun;

use crate::world::{World, roster};

fn mode(world: &World, name: &str) -> u32 {
    fs::metadata(world.path(name)).unwrap().permissions().mode() & 0o777
}

/// A world without configuration and key.
fn empty() -> World {
    let world = World::new();
    fs::remove_file(world.path("gradpass.toml")).unwrap();
    fs::remove_file(world.path("code.key")).unwrap();
    world
}

#[test]
fn init_writes_a_configuration_that_works_and_a_key() {
    let world = empty();
    let ran = world.gradpass(&["init", "--json"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(ran.json(), serde_json::json!({ "config": true, "key": true }));
    assert!(ran.stderr.contains("gradpass check"), "what to do next: {ran:?}");
    assert_eq!(mode(&world, "code.key"), 0o600);
    let key = fs::read_to_string(world.path("code.key")).unwrap();
    assert_eq!(key.trim().len(), 64);
    assert!(key.trim().chars().all(|digit| digit.is_ascii_hexdigit()));
    // the example is read as it stands: only the relay of the example is not there
    world.config();

    let other = empty();
    other.gradpass(&["init"]);
    assert_ne!(fs::read_to_string(other.path("code.key")).unwrap(), key, "every key is another");
}

#[test]
fn init_overwrites_nothing() {
    let world = World::new();
    let read = |name: &str| fs::read_to_string(world.path(name)).unwrap();
    let (config, key) = (read("gradpass.toml"), read("code.key"));
    let ran = world.gradpass(&["init", "--json"]);
    assert_eq!((ran.code, ran.json()), (0, serde_json::json!({ "config": false, "key": false })));
    assert_eq!((read("gradpass.toml"), read("code.key")), (config, key));

    fs::remove_file(world.path("code.key")).unwrap();
    let ran = world.gradpass(&["init", "--json"]);
    assert_eq!((ran.code, ran.json()), (0, serde_json::json!({ "config": false, "key": true })));
}

/// The ledger holds names and addresses: it and everything beside it is its owner's alone.
#[test]
fn only_the_owner_reads_what_a_run_leaves() {
    let world = World::new();
    world.write("roster.csv", (roster(1..=2) + "s9,Somebody,no address,Bachelor of Arts,2024\n").as_bytes());
    let ran = world.gradpass(&["run", "--rejects", "rejects.csv", "roster.csv"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    for file in fs::read_dir(world.folder.path()).unwrap() {
        let name = file.unwrap().file_name().into_string().unwrap();
        if !["gradpass.toml", "roster.csv"].contains(&name.as_str()) {
            assert_eq!(mode(&world, &name), 0o600, "{name}");
        }
    }
}

#[test]
fn init_writes_the_texts_to_edit_and_they_pass_the_check() {
    let world = World::new();
    let ran = world.gradpass(&["init", "--templates", "texts"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (0, ""));
    assert!(ran.stderr.contains("set templates = \"texts\" below [mail]"), "{ran:?}");
    let config = fs::read_to_string(world.path("gradpass.toml")).unwrap();
    world.write_private("gradpass.toml", &config.replace("[mail]\n", "[mail]\ntemplates = \"texts\"\n"));
    let subject = fs::read_to_string(world.path("texts/en/subject.txt.j2")).unwrap();
    world.write("texts/en/subject.txt.j2", b"Your own words\n");
    world.write("roster.csv", roster(1..=1).as_bytes());
    assert_eq!(world.gradpass(&["run", "roster.csv"]).code, 0);
    assert!(String::from_utf8_lossy(&world.relay.messages()[0].data).contains("Subject: Your own words"));
    // what was edited is not written over; what was deleted comes back
    fs::remove_file(world.path("texts/en/body.txt.j2")).unwrap();
    let ran = world.gradpass(&["init", "--templates", "texts", "--json"]);
    assert_eq!((ran.code, &ran.json()["written"]), (0, &1.into()));
    assert_ne!(fs::read_to_string(world.path("texts/en/subject.txt.j2")).unwrap(), subject);
    // neither a configuration nor a key comes of it
    let empty = empty();
    assert_eq!(empty.gradpass(&["init", "--templates", "texts"]).code, 0);
    assert!(!empty.path("gradpass.toml").exists() && !empty.path("code.key").exists());
}

/// `serve` tells the last run's end to the monitoring; the run may not even have come as far as the ledger.
#[test]
fn how_a_run_ended_stands_beside_the_ledger() {
    let world = World::new();
    let of = |arguments: &[&str]| {
        let code = world.gradpass(arguments).code;
        (code, LastRun::read(&world.config().database).map(|run| i32::from(run.exit)))
    };
    world.write("roster.csv", roster(1..=1).as_bytes());
    assert_eq!(of(&["run", "--dry-run", "roster.csv"]), (0, None), "a dry run leaves nothing");
    assert_eq!(of(&["run", "not-there.csv"]), (2, Some(2)));
    assert_eq!(of(&["run", "roster.csv"]), (0, Some(0)));
    assert_eq!(of(&["send"]), (0, Some(0)));
}
