//! `gradpass bounces` from outside: sources, exit codes, and what the other commands tell afterwards.

use std::fs;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::process::Stdio;

use gradpass::bounce::classify::Kind;

use super::{about, in_mbox, name, samples, with_bounces};
use crate::world::{Ran, World, roster};

/// So many mailed by the program itself, whose clock is the system's.
fn mailed(graduates: usize, bounces: &str) -> World {
    let world = World::new();
    with_bounces(&world, bounces);
    world.write("roster.csv", roster(1..=graduates).as_bytes());
    let ran = world.gradpass(&["run", "roster.csv"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    world
}

const ADDRESS: &str = "address = \"bounces@northfield.example\"";

fn piped(world: &World, message: &str, environment: &[(&str, &str)]) -> Ran {
    let mut command = world.command(&["--json", "bounces", "-"]);
    command
        .envs(environment.iter().copied())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // it may have ended without reading
    let _ = child.stdin.take().unwrap().write_all(message.as_bytes());
    let output = child.wait_with_output().unwrap();
    Ran {
        code: output.status.code().unwrap(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// Each sample about another graduate, all in one mbox.
#[test]
fn an_mbox_with_every_sample() {
    let samples = samples();
    let world = mailed(samples.len(), ADDRESS);
    let mails = world.relay.messages();
    let all = mails.iter().zip(&samples).map(|(mail, (_, path))| in_mbox(&about(mail, &name(path))));
    let mbox: String = all.collect();
    world.write("mbox", mbox.as_bytes());
    let ran = world.gradpass(&["--json", "bounces", "mbox"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    let told = &ran.json()["bounces"];
    assert_eq!(told["read"], samples.len());
    assert_eq!(told["ours"], samples.len());
    let mut bounced = 0;
    for kind in Kind::ALL {
        let of_kind = samples.iter().filter(|(word, _)| word == kind.word()).count();
        assert_eq!(told[kind.word()], of_kind, "{}", kind.word());
        assert!(of_kind > 0, "no sample of {}", kind.word());
        bounced += if kind.is_failure() { of_kind } else { 0 };
    }
    assert_eq!(told["bounced"], bounced);

    let again = world.gradpass(&["--json", "bounces", "mbox"]).json();
    assert_eq!(
        (&again["bounces"]["bounced"], &again["bounces"]["repeated"]),
        (&0.into(), &samples.len().into())
    );

    assert_eq!(world.gradpass(&["list", "bounced", "--csv", "bounced.csv"]).code, 0);
    let csv = fs::read_to_string(world.path("bounced.csv")).unwrap();
    let mut lines = csv.lines();
    assert_eq!(
        lines.next().unwrap().trim_start_matches('\u{feff}'),
        "student_id,state,since,reason,kind,code"
    );
    assert_eq!(lines.count(), bounced);
    for word in [
        "no such mailbox,hard,\"=\"\"5.1.1\"\"\"",
        ",soft,\"=\"\"5.2.2\"\"\"",
        "tried again by the first run after",
        ",policy,\"=\"\"5.7.1\"\"\"",
    ] {
        assert!(csv.contains(word), "{word}: {csv}");
    }
    let status = world.gradpass(&["--json", "status"]).json();
    assert_eq!(status["mail"]["bounced"], bounced);
    let hard = samples.iter().position(|(word, _)| word == "hard").unwrap();
    let shown = world.gradpass(&["show", &format!("s{:04}", hard + 1)]);
    assert!(
        shown.stdout.contains("was mailed, but the email came back: no such mailbox."),
        "{}",
        shown.stdout
    );
    assert!(shown.stdout.contains("bounced: email"), "{}", shown.stdout);
    assert_eq!(world.gradpass(&["report", "--html", "report.html"]).code, 0);
    assert!(
        fs::read_to_string(world.path("report.html")).unwrap().contains("Bounced: mailed, and not reached")
    );
    let audit = world.gradpass(&["audit"]).stdout;
    assert!(audit.contains("bounces by"), "{audit}");
    let run = world.gradpass(&["--json", "run"]);
    assert_eq!((run.code, &run.json()["mail"]["bounced"]), (1, &bounced.into()));
}

#[test]
fn without_a_token_the_message_id_is_enough() {
    let samples = samples();
    let world = mailed(samples.len(), "delimiter = \"+\"");
    let mails = world.relay.messages();
    let (mut with_id, mut bounces) = (0, Vec::new());
    for (mail, (_, path)) in mails.iter().zip(&samples) {
        with_id += usize::from(fs::read_to_string(path).unwrap().contains("MESSAGETAG"));
        let file = format!("{}.eml", mail.recipient[0]);
        world.write(&file, about(mail, &name(path)).as_bytes());
        bounces.push(file);
    }
    let files: Vec<_> = ["--json", "bounces"].into_iter().chain(bounces.iter().map(String::as_str)).collect();
    let told = &world.gradpass(&files).json()["bounces"];
    assert_eq!((&told["read"], &told["ours"]), (&samples.len().into(), &with_id.into()));
}

#[test]
fn a_maildir_is_moved_on_once_it_is_read() {
    let world = mailed(3, &format!("{ADDRESS}\nsource = \"Maildir\""));
    let mails = world.relay.messages();
    for folder in ["new", "cur", "tmp"] {
        fs::create_dir_all(world.path("Maildir").join(folder)).unwrap();
    }
    world.write("Maildir/new/1.x", about(&mails[0], "hard/qmail").as_bytes());
    world.write("Maildir/new/2.x", about(&mails[1], "person/reply").as_bytes());
    world.write("Maildir/new/3.x", b"\x00\xff");
    let ran = world.gradpass(&["--json", "run"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    let told = ran.json();
    assert_eq!((&told["bounces"]["ours"], &told["mail"]["bounced"]), (&2.into(), &1.into()));
    assert_eq!(told["needs_a_person"], serde_json::json!(["s0001"]));
    let mut names: Vec<_> = fs::read_dir(world.path("Maildir/cur"))
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, ["1.x:2,S", "2.x:2,F", "3.x:2,F"]);
    assert_eq!(fs::read_dir(world.path("Maildir/new")).unwrap().count(), 0);
    let told = world.gradpass(&["--json", "follow-up"]).json();
    assert_eq!((&told["bounces"]["read"], &told["mail"]["bounced"]), (&0.into(), &1.into()));
}

#[test]
fn a_pipe_ends_with_0_for_anything_read() {
    let world = mailed(2, ADDRESS);
    let mails = world.relay.messages();
    let bounce = about(&mails[0], "hard/postfix-unknown");
    let ran = piped(&world, &format!("From MAILER-DAEMON Mon Nov 23 02:00:05 2026\n{bounce}"), &[]);
    assert_eq!((ran.code, &ran.json()["bounces"]["hard"]), (0, &1.into()), "{ran:?}");
    for nonsense in ["", "\n", "nonsense", "Subject: x\n\ny", "From x\n"] {
        let ran = piped(&world, nonsense, &[]);
        assert_eq!((ran.code, &ran.json()["bounces"]["ours"]), (0, &0.into()), "{nonsense:?} {ran:?}");
    }
    // no header tells whom it was sent to
    let bare =
        "From: MAILER-DAEMON@x.example\nSubject: failure notice\n\nNo such user: it could not be delivered\n";
    assert_eq!(piped(&world, bare, &[]).json()["bounces"]["foreign"], 1);
    assert_eq!(piped(&world, bare, &[("RECIPIENT", &mails[1].sender)]).json()["bounces"]["ours"], 1);
    let token = mails[1].sender.trim_start_matches("bounces+").split('@').next().unwrap();
    let ran = piped(&world, bare, &[("EXTENSION", token)]);
    assert_eq!(ran.json()["bounces"]["repeated"], 1, "{ran:?}");
}

#[test]
fn a_pipe_is_asked_to_come_again_when_the_ledger_is_away() {
    let world = mailed(1, ADDRESS);
    let bounce = about(&world.relay.messages()[0], "hard/postfix-unknown");
    fs::rename(world.ledger(), world.path("away.db")).unwrap();
    let ran = piped(&world, &bounce, &[]);
    assert_eq!(ran.code, 75, "{ran:?}");
    assert!(!world.ledger().exists(), "and no empty one is made");
    world.write("bounce.eml", bounce.as_bytes());
    assert_eq!(world.gradpass(&["bounces", "bounce.eml"]).code, 2);
    fs::rename(world.path("away.db"), world.ledger()).unwrap();
    fs::rename(world.path("code.key"), world.path("away.key")).unwrap();
    assert_eq!(piped(&world, &bounce, &[]).code, 75);
    world.write_private("code.key", &format!("{}\n", "08".repeat(32)));
    assert_eq!(piped(&world, &bounce, &[]).code, 75, "another key would call it forged");
    fs::rename(world.path("away.key"), world.path("code.key")).unwrap();
    assert_eq!(piped(&world, &bounce, &[]).code, 0);
    assert_eq!(world.gradpass(&["bounces", "nowhere.mbox"]).code, 2);
}

/// A run holds its lock for hours; a mail system does not wait so long.
#[test]
fn a_pipe_works_beside_a_run() {
    let world = mailed(1, ADDRESS);
    let lock = fs::File::open(world.path("gradpass.db.lock")).unwrap();
    lock.try_lock().unwrap();
    let ran = piped(&world, &about(&world.relay.messages()[0], "hard/postfix-unknown"), &[]);
    assert_eq!((ran.code, &ran.json()["bounces"]["bounced"]), (0, &1.into()), "{ran:?}");
}

/// What a pipe takes nobody else has.
#[test]
fn what_people_write_back_is_kept_for_a_person() {
    let world = mailed(1, &format!("{ADDRESS}\naside = \"aside\""));
    let mail = world.relay.messages()[0].clone();
    let kept = || fs::read_dir(world.path("aside/new")).map_or(0, Iterator::count);
    assert_eq!(piped(&world, &about(&mail, "hard/qmail"), &[]).code, 0);
    assert_eq!(kept(), 0, "it holds the code");
    let reply = about(&mail, "person/reply");
    for message in [reply.as_str(), "Subject: of somebody else\n\nHello\n"] {
        assert_eq!(piped(&world, message, &[]).code, 0);
    }
    assert_eq!(kept(), 2);
    let files: Vec<_> =
        fs::read_dir(world.path("aside/new")).unwrap().map(|file| file.unwrap().path()).collect();
    assert!(files.iter().any(|file| fs::read_to_string(file).unwrap() == reply));
    for (path, mode) in [(&world.path("aside/new"), 0o700), (&files[0], 0o600)] {
        assert_eq!(fs::metadata(path).unwrap().permissions().mode() & 0o777, mode);
    }
    fs::remove_dir_all(world.path("aside")).unwrap();
    world.write("aside", b"no folder");
    assert_eq!(piped(&world, &reply, &[]).code, 75, "rather once more than never");
}
