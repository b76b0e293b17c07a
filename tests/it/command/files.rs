//! What `init` writes, and who may read the files.

use std::fs;
use std::os::unix::fs::PermissionsExt;

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
