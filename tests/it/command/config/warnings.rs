//! What would go wrong once mails leave is told by `check`, and by the run itself.

use std::fs::{self, Permissions};
use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::fs::PermissionsExt;

use gradpass::sandbox::relay::healthy;
use gradpass::sandbox::seek;

use super::{complaints, edit};
use crate::world::{World, roster};

/// No test of a run is behind a proxy with a name.
pub(in crate::command) const NO_PAGE: &str = "note: https://seekpass.northfield.example/: names that end in .example lead nowhere; the \
    mails leave, but nobody can redeem a code before `gradpass serve` answers there\n";

#[test]
fn what_others_can_read_is_told_with_the_command_that_closes_it() {
    let world = World::with_login(healthy());
    let _seek = world.seek_pass(seek::healthy());
    world.write("roster.csv", roster(1..=1).as_bytes());
    let ran = world.gradpass(&["run", "roster.csv"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, NO_PAGE));
    for (file, key, verdict, code) in [
        ("relay-password", "mail.password_file", "FAIL", 2),
        ("gradpass.toml", "seek_pass.client_secret", "FAIL", 2),
        ("gradpass.db", "database.path", "note", 0),
    ] {
        let of = |mode| fs::set_permissions(world.path(file), Permissions::from_mode(mode)).unwrap();
        of(0o640);
        let said = format!("{key}: {file} can be read by others; run: chmod 600 {file}");
        let (ended, lines) = complaints(&world);
        assert!(lines.contains(&format!("{verdict}  configuration  {said}")), "{lines:?}");
        assert_eq!(ended, code);
        let ran = world.gradpass(&["run", "roster.csv"]);
        assert_eq!((ran.code, ran.stderr), (0, format!("note: {said}\n")));
        of(0o600);
    }
    fs::set_permissions(world.path("code.key"), Permissions::from_mode(0o644)).unwrap();
    let (code, lines) = complaints(&world);
    assert!(
        code == 2
            && lines.iter().any(|it| it
                == "FAIL  key            key file code.key can be read by others; run: chmod 600 code.key"),
        "{lines:?}"
    );
}

#[test]
fn nobody_is_mailed_in_the_name_of_the_example() {
    let mut world = World::new();
    let _seek = world.seek_pass(seek::healthy());
    world.write("roster.csv", roster(1..=1).as_bytes());
    let said = "institution.name: name, support_email and web.public_url are still those of the example; fill in your own";
    // with a relay for trials it is a note
    let (code, lines) = complaints(&world);
    assert!(code == 0 && lines.contains(&format!("note  configuration  {said}")), "{lines:?}");
    // with what may be a real one it is not
    let address = world.relay.address().to_string();
    for relay in ["localhost:25", "mail.northfield.example:2525"] {
        edit(&world, &[(&format!("smtp://{address}"), &format!("smtp://{relay}"))]);
        for command in [&["run", "roster.csv"][..], &["send"], &["retry"]] {
            let ran = world.gradpass(command);
            assert_eq!(
                (ran.code, ran.stderr),
                (2, format!("error: configuration gradpass.toml: {said}\n")),
                "{command:?}"
            );
        }
        // looking at the mails is what one does before everything is filled in
        assert_eq!(world.gradpass(&["run", "--dry-run", "roster.csv"]).code, 0);
        let (code, lines) = complaints(&world);
        assert!(code == 2 && lines.contains(&format!("FAIL  configuration  {said}")), "{lines:?}");
        edit(&world, &[(&format!("smtp://{relay}"), &format!("smtp://{address}"))]);
    }
    // one that is filled in is enough to see that somebody was there
    edit(
        &world,
        &[
            (&format!("smtp://{address}"), "smtp://localhost:25"),
            ("Northfield University\"\n", "Southfield University\"\n"),
        ],
    );
    assert!(!complaints(&world).1.iter().any(|line| line.contains("example; fill in")));
    world.relay_at(address.parse().unwrap());
    assert_eq!(world.gradpass(&["run", "roster.csv"]).code, 0);
}

#[test]
fn mails_whose_codes_nobody_can_redeem_are_told() {
    let world = World::new();
    world.write("roster.csv", roster(1..=2).as_bytes());
    let note = "note: [seek_pass] is missing from the configuration: the mails leave, but nobody can redeem a code before it \
                is there and `gradpass serve` runs\n";
    let ran = world.gradpass(&["run", "roster.csv"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, note));
    let ran = world.gradpass(&["run", "roster.csv"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "nothing left");
    let (_, lines) = complaints(&world);
    assert!(
        lines.iter().any(|line| line.starts_with("note  SEEK Pass      [seek_pass] is missing")),
        "{lines:?}"
    );
}

#[test]
fn check_looks_for_the_page_where_graduates_would() {
    let world = World::new();
    let seek = world.seek_pass(seek::healthy());
    world.import(&roster(1..=1));
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let address = listener.local_addr().unwrap();
    edit(
        &world,
        &[
            ("https://seekpass.northfield.example", &format!("http://{address}")),
            ("[web]\n", &format!("[web]\nlisten = \"{address}\"\n")),
        ],
    );
    let page = || {
        let (code, lines) = complaints(&world);
        assert_eq!(code, 0, "a note at worst: {lines:?}");
        lines.iter().find_map(|line| line.strip_prefix("note  public page    ").map(str::to_owned))
    };
    let advice = "start `gradpass serve`, and the proxy in front of it, before mails leave";
    let said = |problem: &str| Some(format!("http://{address}/: {problem}; {advice}"));
    drop(listener);
    assert_eq!(page(), said("Connection refused (os error 111)"));
    let told = "Connection refused (os error 111); the mails leave, but nobody can redeem a code";
    world.write("roster.csv", roster(1..=2).as_bytes());
    let ran = world.gradpass(&["run", "roster.csv"]);
    assert!(ran.code == 0 && ran.stderr.contains(told), "{ran:?}");
    let serving = world.serving(&[], None);
    assert_eq!(page(), None);
    world.write("roster.csv", roster(1..=3).as_bytes());
    let ran = world.gradpass(&["run", "roster.csv"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    drop(serving);
    // what is there is something else
    let seek_address = seek.seek.base_url();
    edit(
        &world,
        &[(&format!("public_url = \"http://{address}\""), &format!("public_url = \"{seek_address}\""))],
    );
    let there = page().unwrap();
    assert!(there.contains("something else than serve answers there (404 Not Found at healthz)"), "{there}");
}
