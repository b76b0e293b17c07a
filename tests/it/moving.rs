//! `move`: a ledger goes from a file to a PostgreSQL server and back, whole or not at all.

mod schemas;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use gradpass::sandbox::seek::healthy;
use gradpass::store::RunLock;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, Connection, Row};

use crate::world::cluster::{Cluster, cluster};
use crate::world::{Ran, World, process, roster};

/// All rows of all tables of a file, as `SQLite` quotes them.
fn rows(file: &Path) -> BTreeMap<String, Vec<String>> {
    let options = SqliteConnectOptions::new().filename(file).read_only(true);
    process(async {
        let mut ledger = SqliteConnection::connect_with(&options).await.unwrap();
        let columns: Vec<(String, String)> = sqlx::query_as(
            "SELECT tables.name, group_concat('quote(\"' || columns.name || '\")', ' || '','' || ') \
             FROM sqlite_schema AS tables, pragma_table_info(tables.name) AS columns \
             WHERE tables.type = 'table' AND tables.name <> '_sqlx_migrations' GROUP BY tables.name",
        )
        .fetch_all(&mut ledger)
        .await
        .unwrap();
        let mut all = BTreeMap::new();
        for (table, columns) in columns {
            let select = AssertSqlSafe(format!("SELECT {columns} FROM \"{table}\""));
            let mut rows: Vec<String> = sqlx::query_scalar(select).fetch_all(&mut ledger).await.unwrap();
            // the order of arrival is told by what the program says of it
            rows.sort();
            all.insert(table, rows);
        }
        all
    })
}

/// A world in which something of nearly everything has happened.
pub fn world() -> World {
    let world = World::new();
    let _seek = world.seek_pass(healthy());
    let codes = world.invite(&roster(1..=6).replace("Graduate 3", "Zoë Østergård"));
    world.redeem_all(&codes[..2]);
    for command in [
        &["hold", "s0002", "--why", "a test"][..],
        &["correct", "s0004", "language=en", "--why", "a test"],
        &["reissue", "s0005"],
        &["revoke", "s0006"],
    ] {
        assert_eq!(world.gradpass(command).code, 0, "{command:?}");
    }
    // of messages that are purged: their numbers are never given again
    world.change("UPDATE sqlite_sequence SET seq = seq + 5 WHERE name IN ('message', 'submission')");
    world.change("INSERT INTO mail_day VALUES ('a tab\t, a line\nand \\ of a hostile hand', 7)");
    world
}

/// The program with a ledger other than the configuration's.
pub fn elsewhere(world: &World, variable: &str, place: &str, arguments: &[&str]) -> Ran {
    Ran::of(world.command(arguments).env(variable, place))
}

fn count(cluster: &Cluster, address: &str, query: &'static str) -> i64 {
    process(async { sqlx::query(query).fetch_one(&mut cluster.look(address).await).await.unwrap().get(0) })
}

#[test]
fn a_ledger_goes_to_a_server_and_back_whole() {
    let Some(cluster) = cluster() else { return };
    let world = world();
    let before = rows(&world.ledger());
    let address = cluster.database();
    let there = world.gradpass(&["move", "--to", &address, "--json"]);
    assert_eq!(there.code, 0, "{there:?}");
    assert_eq!(there.json()["moved"]["graduates"], 6);
    let back = elsewhere(&world, "GRADPASS_DATABASE_URL", &address, &["move", "--to", "back.db"]);
    assert_eq!(back.code, 0, "{back:?}");
    assert!(back.stdout.contains("moved: 6 graduates, "), "{back:?}");
    assert!(back.stdout.contains("set database.path in "), "{back:?}");

    let mut after = rows(&world.path("back.db"));
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
    for (table, rows) in &before {
        let now = after.remove(table).unwrap();
        match table.as_str() {
            // each of the two is an act of somebody, and a step of the sending
            "audit" => assert_eq!(now.len(), rows.len() + 2),
            "sending" => assert_ne!(&now, rows),
            _ => assert_eq!(&now, rows, "{table}"),
        }
    }
    let shown = |file| {
        ["s0001", "s0002", "s0005"]
            .map(|student| elsewhere(&world, "GRADPASS_DATABASE_PATH", file, &["show", student]).stdout)
    };
    assert_eq!(shown("back.db"), shown("gradpass.db"));
}

#[test]
fn whoever_goes_on_with_the_ledger_that_was_left_mails_nobody_twice() {
    let Some(cluster) = cluster() else { return };
    let world = World::new();
    world.write("roster.csv", roster(1..=2).as_bytes());
    assert_eq!(world.gradpass(&["run", "roster.csv"]).code, 0);
    world.write("roster.csv", roster(1..=3).as_bytes());
    assert_eq!(world.gradpass(&["import", "roster.csv"]).code, 0);
    let address = cluster.database();
    let there = world.gradpass(&["move", "--to", &address]);
    assert!(there.code == 0 && there.stdout.contains("set database.url in "), "{there:?}");
    assert!(world.gradpass(&["check"]).stdout.contains("older than the mails that were sent with it"));
    let left = world.gradpass(&["run", "roster.csv"]);
    assert_eq!((left.code, world.relay.messages().len()), (1, 2), "{left:?}");

    let back = elsewhere(&world, "GRADPASS_DATABASE_URL", &address, &["move", "--to", "back.db"]);
    assert_eq!(back.code, 0, "{back:?}");
    let goes_on = elsewhere(&world, "GRADPASS_DATABASE_PATH", "back.db", &["run", "roster.csv"]);
    assert_eq!((goes_on.code, world.relay.messages().len()), (0, 3), "{goes_on:?}");
    // numbers of messages stand in mails: none is given again
    assert_eq!(world.count("SELECT max(id) FROM message"), 3);
}

#[test]
fn a_ledger_goes_into_an_empty_one_only_and_not_while_somebody_is_at_work() {
    let Some(cluster) = cluster() else { return };
    let world = World::new();
    world.invite(&roster(1..=2));
    let address = cluster.database();
    let lock = process(RunLock::take(&world.ledger().into(), "run", world.clock.now())).unwrap();
    let held = world.gradpass(&["move", "--to", &address]);
    assert_eq!(held.code, 75, "{held:?}");
    drop(lock);
    assert_eq!(world.gradpass(&["move", "--to", &address]).code, 0);
    for place in [&address[..], "gradpass.db"] {
        let full = elsewhere(&world, "GRADPASS_DATABASE_URL", &address, &["move", "--from", place]);
        assert_eq!(full.code, 2, "{full:?}");
    }
    let full = elsewhere(&world, "GRADPASS_DATABASE_URL", &address, &["move", "--from", "gradpass.db"]);
    assert!(full.stderr.contains("is not empty: a ledger is moved into an empty one only"), "{full:?}");
    assert_eq!(count(cluster, &address, "SELECT count(*) FROM graduate"), 2);
}

#[test]
fn what_a_server_does_not_take_leaves_nothing_there_and_the_ledger_as_it_was() {
    let Some(cluster) = cluster() else { return };
    let world = World::new();
    world.invite(&roster(1..=2));
    // the last of the tables; PostgreSQL has no text with this character
    world.change("INSERT INTO purged_award VALUES ('a' || char(0), 'b')");
    let before = rows(&world.ledger());
    let address = cluster.database();
    let ran = world.gradpass(&["move", "--to", &address]);
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(ran.stderr.contains("nothing was moved"), "{ran:?}");
    for table in
        ["SELECT count(*) FROM graduate", "SELECT count(*) FROM message", "SELECT number FROM sending"]
    {
        assert_eq!(count(cluster, &address, table), 0, "{table}");
    }
    assert_eq!(rows(&world.ledger()), before);
    assert!(!world.gradpass(&["check"]).stdout.contains("older than the mails"));
}

#[test]
fn what_nobody_could_know_of_the_old_ledger_is_not_moved() {
    let Some(cluster) = cluster() else { return };
    let world = World::new();
    world.invite(&roster(1..=2));
    // where the file is that makes a copy of the ledger that is left
    fs::remove_file(world.path("gradpass.witness")).unwrap();
    fs::create_dir(world.path("gradpass.witness")).unwrap();
    let address = cluster.database();
    let ran = world.gradpass(&["move", "--to", &address]);
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(ran.stderr.contains("gradpass.witness"), "{ran:?}");
    assert_eq!(count(cluster, &address, "SELECT count(*) FROM graduate"), 0);
    fs::remove_dir(world.path("gradpass.witness")).unwrap();
    assert_eq!(world.gradpass(&["move", "--to", &address]).code, 0);
    assert_eq!(count(cluster, &address, "SELECT count(*) FROM graduate"), 2);
}

#[test]
fn a_server_that_is_away_is_for_later_and_one_that_is_no_ledger_is_left_alone() {
    let Some(cluster) = cluster() else { return };
    let world = World::new();
    world.invite(&roster(1..=2));
    let away = world.gradpass(&["move", "--to", "postgres:///gradpass?host=/nowhere"]);
    assert_eq!(away.code, 75, "{away:?}");
    let address = cluster.database();
    process(async {
        let mut other = cluster.look(&address).await;
        sqlx::query("CREATE TABLE theirs (id BIGINT)").execute(&mut other).await.unwrap();
    });
    let foreign = world.gradpass(&["move", "--to", &address]);
    assert_eq!(foreign.code, 2, "{foreign:?}");
    assert!(foreign.stderr.contains("none of gradpass's"), "{foreign:?}");
    let missing = address.replace("/ledger", "/nowhere");
    let missing = world.gradpass(&["move", "--to", &missing]);
    assert!(missing.code == 2 && missing.stderr.contains("createdb"), "{missing:?}");
    for address in [
        "postgres://u:s3cret@localhost/g",
        "postgres://localhost/g?password=s3cret",
        "mysql://u:s3cret@localhost/g",
    ] {
        let wrong = world.gradpass(&["move", "--to", address]);
        assert_eq!(wrong.code, 2, "{wrong:?}");
        assert!(wrong.stderr.contains("--to: the address ") && !wrong.stderr.contains("s3cret"), "{wrong:?}");
    }
    let same = world.gradpass(&["move", "--to", "other.db"]);
    assert!(same.code == 2 && same.stderr.contains("are of one kind"), "{same:?}");
}
