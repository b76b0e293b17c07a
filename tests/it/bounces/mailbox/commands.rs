//! The commands that read a mailbox: a run is held up by nothing of it, a wrong setting is told, and nothing of it is printed.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;

use super::SAMPLES;
use crate::bounces::{about, with_bounces};
use crate::world::imap_thread::{Fault, ImapThread, PASSWORD, Stored, USER};
use crate::world::{Ran, World, code, roster};

const ADDRESS: &str = "address = \"bounces@northfield.example\"";

/// What a mailbox is told to the program: the password in a file of its own, the rest in the address.
fn told(world: &World, server: &ImapThread) {
    world.write_private("mailbox-password", &format!("{PASSWORD}\n"));
    with_bounces(
        world,
        &format!("{ADDRESS}\nsource = \"{}\"\npassword_file = \"mailbox-password\"", server.url()),
    );
}

#[test]
fn a_run_reads_a_mailbox_and_an_address_on_the_command_line_is_one() {
    let world = World::new();
    let server = ImapThread::start([]);
    told(&world, &server);
    world.write("roster.csv", roster(1..=3).as_bytes());
    let ran = world.gradpass(&["--json", "run", "roster.csv"]);
    assert_eq!((ran.code, &ran.json()["bounces"]["read"]), (0, &0.into()), "{ran:?}");
    let mails = world.relay.messages();
    let give = |uid: u32, sample: &str, mail: usize| {
        let bytes = about(&mails[mail], sample).into_bytes();
        server.state().messages.push(Stored { uid, bytes, flags: Vec::new() });
    };
    give(1, "hard/qmail", 0);
    let told = world.gradpass(&["--json", "follow-up"]);
    assert_eq!((told.code, &told.json()["bounces"]["hard"]), (1, &1.into()), "{told:?}");
    give(2, "hard/qmail", 1);
    let told = world.gradpass(&["--json", "bounces", &server.url()]);
    let read = &told.json()["bounces"];
    assert_eq!((told.code, &read["read"], &read["bounced"]), (1, &1.into(), &1.into()), "{told:?}");
    assert_eq!(server.flags(), ["\\Seen", "\\Seen"]);
    give(3, "hard/qmail", 2);
    let check = world.gradpass(&["check"]);
    let line =
        format!("ok    bounces        imap://{}/INBOX: the mailbox opens, 1 unread message", server.address);
    assert!(check.stdout.lines().any(|said| said == line), "{}", check.stdout);
    assert_eq!(server.flags()[2], "", "looking marks nothing");
}

/// What a run says of a mailbox, and how it and the others end.
fn ends(world: &World, url: &str) -> (i32, i32, String) {
    let run = world.gradpass(&["--json", "run"]);
    let by_hand = world.gradpass(&["bounces", url]);
    let lines: Vec<_> = run.stderr.lines().filter_map(|line| line.strip_prefix("bounces: ")).collect();
    assert_eq!(lines.len(), 1, "told once, in a line: {}", run.stderr);
    assert_eq!(by_hand.stderr.lines().last().unwrap(), format!("error: {}", lines[0]));
    assert!(run.json()["bounces"]["stopped"].is_string(), "{run:?}");
    let check = world.gradpass(&["check"]);
    let failed = format!("FAIL  bounces        {}", lines[0]);
    assert!(check.stdout.lines().any(|said| said == failed), "{failed}: {}", check.stdout);
    (run.code, by_hand.code, lines[0].to_owned())
}

#[test]
fn a_server_that_is_away_holds_up_nothing_and_a_wrong_setting_is_told() {
    let world = World::new();
    let server = ImapThread::start([]);
    told(&world, &server);
    world.import(&roster(1..=1));
    let url = server.url();
    server.state().opens = "READ-ONLY";
    let (run, by_hand, words) = ends(&world, &url);
    assert_eq!(world.relay.messages().len(), 1, "the mails left");
    assert_eq!((run, by_hand), (75, 2), "{words}");
    assert!(words.contains("may not mark messages as read"), "{words}");
    server.state().opens = "READ-WRITE";
    server.state().flags = r"\Flagged";
    assert_eq!((ends(&world, &url).0, ends(&world, &url).1), (75, 2));
    server.state().flags = r"\Seen";

    world.write_private("mailbox-password", "wrong-password\n");
    let (run, by_hand, words) = ends(&world, &url);
    assert_eq!((run, by_hand), (75, 2), "{words}");
    assert_eq!(
        words,
        format!(
            "imap://{}/INBOX: the server refuses the login; put right the user in the address, or the password in \
             bounces.password_file",
            server.address
        )
    );
    fs::remove_file(world.path("mailbox-password")).unwrap();
    let (run, by_hand, words) = ends(&world, &url);
    assert_eq!((run, by_hand), (75, 2), "{words}");
    assert!(words.starts_with("bounces.password_file: cannot read"), "{words}");
    world.write_private("mailbox-password", &format!("{PASSWORD}\n"));

    let nowhere = url.replace("INBOX", "Nowhere");
    let ran = world.gradpass(&["bounces", &nowhere]);
    assert!(ran.code == 2 && ran.stderr.contains("no such mailbox"), "{ran:?}");
    let with_password = url.replacen("@northfield", ":hunter2@northfield", 1);
    let ran = world.gradpass(&["bounces", &with_password]);
    assert!(
        ran.code == 2 && ran.stderr.contains("bounces.password_file") && !ran.stderr.contains("hunter2"),
        "{ran:?}"
    );

    drop(server);
    let (run, by_hand, words) = ends(&world, &url);
    assert_eq!((run, by_hand), (75, 75), "{words}");
    assert!(words.ends_with("; the next run reads on"), "{words}");
    assert_eq!(world.gradpass(&["follow-up"]).code, 75);
}

#[test]
fn its_password_is_a_secret_as_the_others_are() {
    let world = World::new();
    let server = ImapThread::start([]);
    told(&world, &server);
    assert!(!world.gradpass(&["check"]).stdout.contains("FAIL"));
    fs::set_permissions(world.path("mailbox-password"), Permissions::from_mode(0o640)).unwrap();
    let check = world.gradpass(&["check"]).stdout;
    let exposed = "FAIL  configuration  bounces.password_file: mailbox-password can be read by others; run: chmod 600 \
                   mailbox-password";
    assert!(check.lines().any(|line| line == exposed), "{check}");

    let text = fs::read_to_string(world.path("gradpass.toml")).unwrap();
    let given = text.replace("password_file = \"mailbox-password\"", "password = \"right-password\"");
    world.write_private("gradpass.toml", &given);
    let shown = world.gradpass(&["config", "show"]).stdout;
    assert!(shown.contains("bounces.password ") && !shown.contains("right-password"), "{shown}");

    world.write_private("gradpass.toml", &text.replace("password_file = \"mailbox-password\"", ""));
    let ran = world.gradpass(&["run"]);
    assert!(
        ran.code == 2 && ran.stderr.contains("bounces.source: has no password; set bounces.password_file"),
        "{ran:?}"
    );
}

#[test]
fn nothing_of_a_mailbox_is_printed_or_logged() {
    let world = World::new();
    let server = ImapThread::start([]);
    told(&world, &server);
    world.write("roster.csv", roster(1..=SAMPLES.len()).as_bytes());
    assert_eq!(world.gradpass(&["run", "roster.csv"]).code, 0);
    let mails = world.relay.messages();
    let all: Vec<_> = mails.iter().zip(SAMPLES).map(|(mail, sample)| about(mail, sample)).collect();
    let mut said = String::new();
    let url = server.url();
    for (fault, command) in [
        (None, &["run"][..]),
        (None, &["follow-up"]),
        (None, &["bounces", &url]),
        (None, &["check"]),
        (Some((2, Fault::No)), &["run"]),
        (Some((3, Fault::No)), &["bounces", &url]),
        (Some((5, Fault::NotNow)), &["bounces", &url]),
        (Some((2, Fault::NotNow)), &["check"]),
    ] {
        let stored = |(uid, text): (u32, &String)| Stored {
            uid,
            bytes: text.replace("ABCD-EFGH-JKMN7", &code(&mails[0])).into_bytes(),
            flags: Vec::new(),
        };
        server.state().messages = (1..).zip(&all).map(stored).collect();
        server.state().answers = 0;
        server.state().fault = fault;
        let ran = Ran::of(world.command(command).env("RUST_LOG", "trace"));
        said += &(ran.stdout + &ran.stderr).to_lowercase();
    }
    for expected in ["bounced", "s0001", "refuses the login", "no such mailbox", "refuses uid fetch"] {
        assert!(said.contains(expected), "{expected}");
    }
    let mut secrets = vec![USER.to_owned(), "mailbox\\password".to_owned(), "because of".to_owned()];
    for mail in &mails {
        let token = mail.sender.trim_start_matches("bounces+").split('@').next().unwrap();
        secrets.extend([code(mail).to_lowercase(), mail.recipient[0].clone(), token.to_owned()]);
    }
    for secret in secrets {
        assert!(!said.contains(&secret), "{secret}");
    }
}
