//! Old personal data go, and what is left still counts right.

mod bytes;
mod roster;
mod rules;

use gradpass::clock::Clock;
use gradpass::sandbox::relay::{Act, Script, Step, script};
use gradpass::sandbox::seek;
use gradpass::sandbox::seek::{Endpoint, Fault};
use serde_json::Value;
use sqlx::Connection;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};

use crate::world::{SeekThread, World, code, process};

/// A roster whose every value stands nowhere else.
const ROSTER: &str = "\
student_id,full_name,email,date_of_birth,course_code,course_name,majors,honours,conferral_year
Needle01,Zaphod Quillfeather,zaphod.quill@mailbox.example,1977-06-05,QQX1,Bachelor of Haystacks,Strawology,Upper Second,1999
Needle01,Zaphod Quillfeather,zaphod.quill@mailbox.example,1977-06-05,QQX2,Master of Haystacks,Strawology,Upper Second,2001
Needle02,Brünhilde Öxenstråle,brunhilde.ox@mailbox.example,1977-06-05,QQX1,Bachelor of Haystacks,Strawology,Upper Second,1999
Needle03,Jedediah Vortigern,vortigern@mailbox.example,1977-06-05,QQX3,Doctor of Haystacks,Strawology,Upper Second,1999
Needle04,Ottokar Yggdrasil,ottokar.ygg@mailbox.example,1977-06-05,QQX3,Doctor of Haystacks,Strawology,Upper Second,1999
";

/// A world by the clock of the real program.
fn world_with(relay: Script) -> World {
    let mut world = World::with(relay);
    world.clock = Clock::system();
    world
}

/// Graduates to whom happened all that can: the first is verified twice, the second has declined, the third was rejected by
/// SEEK Pass, the fourth was refused by the relay.
fn eventful() -> (World, SeekThread) {
    let world = world_with(script(|moment| match (moment.step, moment.argument) {
        (Step::Recipient, "ottokar.ygg@mailbox.example") => Act::Reply("550 5.1.1 Needleless".into()),
        _ => Act::Accept,
    }));
    let seek = world.seek_pass(seek::script(|endpoint, count| match (endpoint, count) {
        (Endpoint::Add, 4) => Fault::Status(422, None),
        _ => Fault::None,
    }));
    assert_eq!(world.invite(ROSTER).len(), 3);
    let mails = world.relay.messages();
    let code_of = |name: &str| {
        let mail = mails.iter().find(|mail| mail.recipient.iter().any(|address| address.starts_with(name)));
        code(mail.unwrap())
    };
    let service = world.serve();
    let visitor = service.visitor();
    for (name, award) in
        [("zaphod", "qqx1"), ("zaphod", "qqx2"), ("brunhilde", "qqx1"), ("vortigern", "qqx3")]
    {
        visitor.follow_with(&[("code", &code_of(name)), ("qualification", award)]);
    }
    let ids = seek.seek.ids();
    assert!(seek.seek.verify(&ids[0]) && seek.seek.verify(&ids[1]) && seek.seek.cancel(&ids[2]));
    assert_eq!(world.gradpass(&["follow-up"]).code, 1, "one is rejected");
    (world, seek)
}

/// Lets so many days pass, for all that the ledger has written down.
fn pass(world: &World, days: i64) {
    if world.is_on_server() {
        return pass_on_server(world, days);
    }
    let options = SqliteConnectOptions::new().filename(world.ledger());
    process(async {
        let mut ledger = SqliteConnection::connect_with(&options).await.unwrap();
        let columns: Vec<(String, String)> = sqlx::query_as(
            "SELECT tables.name, columns.name FROM sqlite_schema AS tables, pragma_table_info(tables.name) AS columns \
             WHERE tables.type = 'table' AND columns.name LIKE '%\\_at' ESCAPE '\\'",
        )
        .fetch_all(&mut ledger)
        .await
        .unwrap();
        assert!(columns.len() > 15);
        for (table, column) in columns {
            let sql = format!("UPDATE {table} SET {column} = {column} - {days} * 86400000");
            sqlx::query(sqlx::AssertSqlSafe(sql)).execute(&mut ledger).await.unwrap();
        }
        ledger.close().await.unwrap();
    });
}

/// How many the program purges now.
fn purge(world: &World) -> Value {
    let ran = world.gradpass(&["purge", "--json"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    ran.json()["purged"].clone()
}

/// All that is counted.
fn counts(world: &World) -> Vec<Value> {
    let report = &["report", "--html", "report.html", "--csv", "tables"][..];
    let second = &["status", "--batch", "2"][..];
    let has_second = world.count("SELECT count(*) FROM batch") > 1;
    let commands =
        [&["status"][..], &["status", "--batch", "1"], if has_second { second } else { report }, report];
    let mut counts: Vec<_> = commands
        .map(|command| {
            let ran = world.gradpass(&[command, &["--json"]].concat());
            assert_eq!(ran.code, 0, "{ran:?}");
            let mut counted = ran.json();
            // whoever is gone needs nobody any more
            counted["needs_a_person"].take();
            counted
        })
        .into();
    counts.push(std::fs::read_to_string(world.path("tables/gradpass-imports.csv")).unwrap().into());
    counts
}

/// The same for a ledger on a server.
fn pass_on_server(world: &World, days: i64) {
    let columns = world.texts(
        "SELECT format('%I SET %I = %I', columns.table_name, column_name, column_name) \
         FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name) \
         WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND column_name LIKE '%\\_at'",
    );
    assert!(columns.len() > 15);
    for column in columns {
        world.texts(&format!("UPDATE {column} - CAST({days} AS BIGINT) * 86400000 RETURNING ''"));
    }
}

/// The rows of a query of one text column.
fn texts(world: &World, query: &str) -> Vec<String> {
    world.texts(query)
}
