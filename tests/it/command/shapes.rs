//! What scripts read: the objects on stdout.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};

use gradpass::sandbox::relay::{Act, Step, healthy, script};
use gradpass::sandbox::seek;
use serde_json::{Value, json};

use crate::world::{World, roster};

fn follow_up() -> Value {
    json!({ "verified": 0, "canceled": 0, "lapsed": 0, "incomplete": 0 })
}

/// Lists that are told beside the counts.
fn nobody() -> Value {
    json!({ "held": [], "bounced": [], "columns_not_read": [], "honours": [], "needs_a_person": [], "changed_after_verified": [], "conferred": [] })
}

fn everything(roster: &Value, mail: &Value) -> Value {
    let mut told = nobody();
    told["roster"] = roster.clone();
    told["mail"] = mail.clone();
    told["follow_up"] = follow_up();
    told["reminders"] = 0.into();
    told
}

#[test]
fn import_counts_the_rows() {
    let world = World::new();
    world.write("roster.csv", roster(1..=3).as_bytes());
    let figures = |new: i64, unchanged: i64| {
        let rest = json!({ "rows": 3, "changed": 0, "withdrawn": 0, "rejected": 0 });
        let mut roster = rest;
        roster["new"] = new.into();
        roster["unchanged"] = unchanged.into();
        let mut told = nobody();
        told["roster"] = roster;
        told
    };
    for expected in [figures(3, 0), figures(0, 3)] {
        let ran = world.gradpass(&["import", "roster.csv", "--json"]);
        assert_eq!((ran.code, ran.json()), (0, expected));
        assert_eq!(ran.stdout.lines().count(), 1, "one object on one line");
    }
}

#[test]
fn run_tells_everything_in_one_object() {
    let world = World::new();
    world.write("roster.csv", roster(1..=3).as_bytes());
    let ran = world.gradpass(&["run", "roster.csv", "--json"]);
    let roster = json!({ "rows": 3, "new": 3, "unchanged": 0, "changed": 0, "withdrawn": 0, "rejected": 0 });
    let mail = json!({ "sent": 3, "waiting": 0, "deferred": 0, "refused": 0, "in_doubt": 0, "bounced": 0, "reminders": 0 });
    assert_eq!(ran.json(), everything(&roster, &mail));
    assert_eq!((ran.code, ran.stdout.lines().count()), (0, 1));

    // the same night again: nobody gets a second mail
    let ran = world.gradpass(&["run", "roster.csv", "--json"]);
    let roster = json!({ "rows": 3, "new": 0, "unchanged": 3, "changed": 0, "withdrawn": 0, "rejected": 0 });
    let mail = json!({ "sent": 0, "waiting": 0, "deferred": 0, "refused": 0, "in_doubt": 0, "bounced": 0, "reminders": 0 });
    assert_eq!(ran.json(), everything(&roster, &mail));
    assert_eq!((ran.code, world.relay.messages().len()), (0, 3));
}

#[test]
fn run_and_send_without_a_roster_send_what_is_due() {
    let world = World::new();
    world.write("roster.csv", roster(1..=2).as_bytes());
    world.gradpass(&["import", "roster.csv"]);
    let ran = world.gradpass(&["send", "--json"]);
    let mail = json!({ "sent": 2, "waiting": 0, "deferred": 0, "refused": 0, "in_doubt": 0, "bounced": 0, "reminders": 0 });
    assert_eq!((ran.code, ran.json()), (0, json!({ "mail": mail })));

    let ran = world.gradpass(&["run", "--json"]);
    assert_eq!(ran.code, 0);
    assert_eq!(ran.json()["roster"]["rows"], 0);
    assert_eq!(ran.json()["mail"]["sent"], 0);
}

/// Of some students as of everybody; who is held is not tried, and stays what she is.
#[test]
fn retry_of_one_says_how_many_may_get_the_mail_twice() {
    let world = World::with(script(|moment| match moment.step {
        Step::Content if moment.count == 1 => Act::HangUpAfterAccepting,
        _ => Act::Accept,
    }));
    world.write("roster.csv", roster(1..=1).as_bytes());
    assert_eq!(world.gradpass(&["run", "roster.csv"]).code, 1);
    assert_eq!(world.gradpass(&["hold", "s0001", "--why", "rang"]).code, 0);
    let ran = world.gradpass(&["retry", "S-0001"]);
    let told =
        "nothing was tried again: held, and so not mailed: s0001; `gradpass show` says why, and what ends it";
    assert!(ran.code == 2 && ran.stderr.contains(told), "{ran:?}");
    assert!(world.gradpass(&["list", "in-doubt"]).stdout.starts_with("s0001 "));
    assert_eq!(world.gradpass(&["release", "s0001"]).code, 0);
    let ran = world.gradpass(&["retry", "s0001", "--json"]);
    let told = "Tried again: 1 message (1 in doubt). Up to 1 graduate may get the mail twice, with the same Message-ID.\n";
    assert!(ran.code == 0 && ran.stderr.contains(told), "{ran:?}");
    let retried = json!({ "messages": 1, "refused": 0, "in_doubt": 1, "submissions": 0 });
    assert_eq!(ran.json()["retried"], retried);
}

#[test]
fn retry_and_status_count() {
    let world = World::new();
    world.write("roster.csv", roster(1..=2).as_bytes());
    world.gradpass(&["run", "roster.csv"]);
    let ran = world.gradpass(&["retry", "--json"]);
    let mail = json!({ "sent": 0, "waiting": 0, "deferred": 0, "refused": 0, "in_doubt": 0, "bounced": 0, "reminders": 0 });
    let retried = json!({ "messages": 0, "refused": 0, "in_doubt": 0, "submissions": 0 });
    assert_eq!((ran.code, ran.json()), (0, json!({ "retried": retried, "mail": mail })));

    let ran = world.gradpass(&["status", "--json"]);
    let mail = json!({
        "waiting": 0, "sending": 0, "deferred": 0, "sent": 2, "in_doubt": 0, "bounced": 0, "refused": 0, "canceled": 0,
    });
    let submissions = json!({
        "waiting": 0, "incomplete": 0, "verified": 0, "canceled": 0, "lapsed": 0, "revoked": 0, "unshared": 0,
        "rejected": 0, "replaced": 0, "superseded": 0, "misdirected": 0,
    });
    let status = json!({
        "graduates": 2, "graduates_verified": 0, "invitations": { "open": 2 }, "mail": mail, "submissions": submissions, "last_batch": 1,
        "held": [], "bounced": [], "needs_a_person": [], "changed_after_verified": [],
        "reminders": { "sent": 0, "waiting": 0, "opted_out": 0 },
    });
    assert_eq!((ran.code, ran.json()), (0, status));
    let ran = world.gradpass(&["status", "--json", "--batch", "7"]);
    assert_eq!((ran.code, &ran.json()["error"]["text"]), (2, &"there is no import 7".into()));
}

#[test]
fn retry_of_one_batch_leaves_the_others_alone() {
    let is_mended = Arc::new(AtomicBool::new(false));
    let world = World::with({
        let is_mended = Arc::clone(&is_mended);
        script(move |moment| match moment.step {
            Step::Recipient if !is_mended.load(SeqCst) => Act::Reply("550 5.1.1 unknown".into()),
            _ => Act::Accept,
        })
    });
    for graduates in [1, 3] {
        world.write("roster.csv", roster(1..=graduates).as_bytes());
        assert_eq!(world.gradpass(&["run", "roster.csv"]).code, 1);
    }
    is_mended.store(true, SeqCst);
    let ran = world.gradpass(&["retry", "--batch", "2", "--json"]);
    assert_eq!(
        ran.json()["retried"],
        json!({ "messages": 2, "refused": 2, "in_doubt": 0, "submissions": 0 }),
        "{ran:?}"
    );
    assert_eq!(ran.json()["mail"]["sent"], 2);
    let refused = |batch: &str| {
        world.gradpass(&["status", "--json", "--batch", batch]).json()["mail"]["refused"].clone()
    };
    assert_eq!((refused("1"), refused("2")), (json!(1), json!(0)));
    let audit = world.gradpass(&["audit"]).stdout;
    assert!(audit.contains("s0002, s0003: 2 messages, 0 submissions of import 2"), "{audit}");
    let story = world.gradpass(&["show", "s0002"]).stdout;
    assert!(story.contains("  retried: by ") && !story.contains("2 messages"), "{story}");
    assert_eq!(world.gradpass(&["retry", "--json"]).json()["mail"]["sent"], 1);
}

#[test]
fn retry_of_one_student_leaves_the_others_alone() {
    let is_mended = Arc::new(AtomicBool::new(false));
    let world = World::with({
        let is_mended = Arc::clone(&is_mended);
        script(move |moment| match moment.step {
            Step::Recipient if !is_mended.load(SeqCst) => Act::Reply("550 5.1.1 unknown".into()),
            _ => Act::Accept,
        })
    });
    world.write("roster.csv", roster(1..=3).as_bytes());
    assert_eq!(world.gradpass(&["run", "roster.csv"]).code, 1);
    is_mended.store(true, SeqCst);
    let ran = world.gradpass(&["retry", "S-0002", "--json"]);
    assert_eq!(
        ran.json()["retried"],
        json!({ "messages": 1, "refused": 1, "in_doubt": 0, "submissions": 0 }),
        "{ran:?}"
    );
    assert_eq!((ran.json()["mail"]["sent"].clone(), world.relay.messages().len()), (json!(1), 1));
    assert_eq!(world.relay.messages()[0].recipient[0], "g2@mailbox.example");
    let again = world.gradpass(&["retry", "s0002"]);
    assert_eq!((again.code, again.stderr.contains("nothing of these students")), (2, true), "{again:?}");
    assert!(world.gradpass(&["audit"]).stdout.contains("s0002: 1 message, 0 submissions"));
}

#[test]
fn people_read_lines_and_scripts_get_nothing_else() {
    let world = World::new();
    let _seek = world.seek_pass(seek::healthy());
    world.write("roster.csv", roster(1..=2).as_bytes());
    let ran = world.gradpass(&["run", "roster.csv"]);
    assert_eq!(
        ran.stdout,
        "roster: 2 rows: 2 new, 0 unchanged, 0 changed, 0 rejected; 0 withdrawn\n\
         mail: 2 sent, 0 waiting, 0 deferred, 0 refused, 0 in doubt\n\
         follow-up: 0 verified, 0 canceled, 0 lapsed, 0 still to be finished\n"
    );
    // cron mails what is written: but for the page, which no test has behind its address, there is no warning
    assert_eq!(ran.stderr, super::config::warnings::NO_PAGE);
}

#[test]
fn check_tells_one_line_each() {
    let world = World::with_login(healthy());
    let seek = world.seek_pass(seek::healthy());
    let ran = world.gradpass(&["check"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let names: Vec<_> = ran.stdout.lines().map(|line| line[6..20].trim()).collect();
    assert_eq!(
        names,
        [
            "configuration",
            "configuration",
            "key",
            "templates",
            "pages",
            "ledger",
            "relay",
            "SEEK Pass",
            "public page",
            "sending domain"
        ]
    );
    // the university of these tests is the example's, and its page is nowhere
    let notes: Vec<_> = ran.stdout.lines().filter(|line| !line.starts_with("ok    ")).collect();
    assert!(notes.len() == 2 && notes.iter().all(|line| line.starts_with("note  ")), "{ran:?}");
    assert!(world.relay.messages().is_empty());
    assert!(!world.ledger().exists(), "looking makes nothing");
    let checks = world.gradpass(&["check", "--json"]).json();
    assert_eq!(checks["checks"].as_array().unwrap().len(), 10);
    assert_eq!(seek.seek.calls(seek::Endpoint::Token), 2, "a token was asked for");
    assert!(world.relay.commands().iter().any(|line| line.contains("AUTH")), "the login was tried");
}

#[test]
fn the_demo_walks_by_itself() {
    let world = World::new();
    let ran = world.gradpass(&["demo", "--once", "--json"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let (sent, delivered) = (&ran.json()["mail"]["sent"], &ran.json()["delivered"]);
    assert_eq!(sent, delivered);
    assert!(sent.as_i64().unwrap() > 0);
    assert_eq!(ran.json()["redeemed"], 1);
    assert_eq!(ran.json()["follow_up"]["verified"], 1);
    assert_eq!(ran.json()["status"]["submissions"]["verified"], 1);
    assert_eq!(ran.json()["status"]["submissions"]["incomplete"], 0);
    assert!(!world.ledger().exists(), "nothing is kept, and no real configuration is used");
    assert!(world.relay.commands().is_empty());
}

#[test]
fn help_fits_into_eighty_columns() {
    let world = World::new();
    let commands = [
        "init",
        "check",
        "import",
        "send",
        "follow-up",
        "run",
        "retry",
        "serve",
        "status",
        "show",
        "purge",
        "move",
        "demo",
    ];
    let each = commands.iter().flat_map(|command| [vec![*command, "-h"], vec![*command, "--help"]]);
    for arguments in each.chain([vec!["-h"], vec!["--help"]]) {
        let ran = crate::world::Ran::of(world.command(&arguments).env("COLUMNS", "80"));
        assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
        for line in ran.stdout.lines() {
            assert!(line.chars().count() <= 80, "{arguments:?}: {line}");
        }
        assert!(commands.iter().all(|it| arguments[0] != "-h" || ran.stdout.contains(it)), "{}", ran.stdout);
    }
}

/// One of something is one, wherever it is told; and a column that nobody reads is.
#[test]
fn one_is_one_and_not_several() {
    let world = World::new();
    let text =
        roster(1..=1).replacen("student_id", "Notes to self,student_id", 1).replacen("s0001", "x,s0001", 1);
    world.write("roster.csv", text.as_bytes());
    let dry = world.gradpass(&["run", "--dry-run", "--preview", "preview", "roster.csv"]);
    assert!(dry.stdout.contains("mail: 1 email would be sent now"), "{dry:?}");
    assert!(dry.stderr.contains("1 email to look at: "), "{dry:?}");
    assert_eq!(world.gradpass(&["import", "roster.csv"]).code, 0);
    let check = world.gradpass(&["check"]).stdout;
    assert!(check.contains("sound, 1 graduate\n") && check.contains("1 email to go: "), "{check}");
    assert!(check.contains("note  columns        the last import did not read Notes to self"), "{check}");
    assert_eq!(world.gradpass(&["send"]).code, 0);
    let status = world.gradpass(&["status"]).stdout;
    assert!(status.contains("last import  number 1: 1 row, 0 rejected"), "{status}");
    world.change("UPDATE message SET state = 'in_doubt'");
    let ran = world.gradpass(&["retry"]);
    let said = "Tried again: 1 message (1 in doubt). Up to 1 graduate may get";
    assert!(ran.stderr.starts_with(said), "{ran:?}");
    world.change("UPDATE message SET state = 'in_doubt'");
    let ran = world.gradpass(&["retry", "s0001"]);
    assert!(ran.stderr.starts_with(said), "{ran:?}");
    let audit = world.gradpass(&["audit", "--csv", "audit.csv"]);
    assert!(audit.stderr.contains("lines written to audit.csv"), "{audit:?}");
    assert!(world.gradpass(&["revoke", "s0001"]).stdout.contains("student s0001: 1 invitation revoked."));
}
