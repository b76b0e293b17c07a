//! The login with a token: fetched once, renewed, replaced when the relay no longer takes it; what is in its way is told
//! without it.

mod account;
mod token_server;

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use gradpass::clock::Clock;
use gradpass::email::send::Stop;
use gradpass::report::Exit;
use gradpass::sandbox::relay::{Act, RelayHandle, Step, healthy, script};

use crate::world::{Ran, World, exit, roster};
use token_server::{TokenServer, granted};

fn logins(world: &World) -> usize {
    world.relay.commands().iter().filter(|line| line.contains("AUTH")).count()
}

#[test]
fn a_token_is_fetched_once_for_all_connections() {
    for (mechanisms, taken) in [("PLAIN XOAUTH2", "XOAUTH2"), ("XOAUTH2 OAUTHBEARER LOGIN", "OAUTHBEARER")] {
        let server = TokenServer::numbering();
        let world = server.world(mechanisms, healthy());
        server.configure(&world, "connections = 4", "scope = \"https://outlook.office365.com/.default\"");
        world.import(&roster(1..=250));
        let sent = world.send();
        assert_eq!((sent.sent, exit(&sent)), (250, Exit::Done), "{sent:?}");
        let asked = server.asked();
        assert_eq!(
            asked,
            ["client_id=mailer&client_secret=private-secret&grant_type=client_credentials\
              &scope=https%3A%2F%2Foutlook.office365.com%2F.default"]
        );
        assert!(world.relay.commands().contains(&format!("1 AUTH {taken} ***")));
        assert!(world.relay.connections() >= 4);
    }
}

#[test]
fn a_refresh_token_stands_for_the_consent_of_a_person() {
    let server = TokenServer::numbering();
    let world = server.world("XOAUTH2", healthy());
    server.configure(&world, "connections = 1", "refresh_token = \"private-consent\"");
    world.import(&roster(1..=1));
    assert_eq!(world.send().sent, 1);
    assert_eq!(
        server.asked(),
        [
            "client_id=mailer&client_secret=private-secret&grant_type=refresh_token&refresh_token=private-consent"
        ]
    );
}

/// A world whose relay hangs up at the second message, after something happened.
fn interrupted(server: &TokenServer, happens: fn(&RelayHandle, &Clock)) -> World {
    let place: Arc<OnceLock<(RelayHandle, Clock)>> = Arc::default();
    let world = server.world("XOAUTH2", {
        let place = Arc::clone(&place);
        script(move |moment| {
            if moment.step == Step::Mail && moment.count == 2 {
                let (relay, clock) = place.get().unwrap();
                happens(relay, clock);
                return Act::HangUp;
            }
            Act::Accept
        })
    });
    assert!(place.set((world.relay.clone(), world.clock.clone())).is_ok());
    world
}

#[test]
fn a_token_is_kept_as_long_as_it_is_good_and_renewed_before_it_expires() {
    for (minutes, fetched) in [(0, 1), (58, 1), (59, 2)] {
        let server = TokenServer::numbering();
        let world = interrupted(
            &server,
            match minutes {
                0 => |_, _| {},
                58 => |_, clock| clock.advance(Duration::from_mins(58)),
                _ => |relay, clock| {
                    relay.expect_secret("private-token-2");
                    clock.advance(Duration::from_mins(59));
                },
            },
        );
        world.import(&roster(1..=3));
        assert_eq!(exit(&world.send()), Exit::Done, "{minutes}");
        assert_eq!(server.asked().len(), fetched, "{minutes}");
        // nobody was shown a token that was known to be old
        assert_eq!(logins(&world), 2, "{minutes}");
    }
}

#[test]
fn a_token_that_the_relay_no_longer_takes_is_replaced_once() {
    let server = TokenServer::numbering();
    let world = interrupted(&server, |relay, _| relay.expect_secret("private-token-2"));
    world.import(&roster(1..=3));
    assert_eq!(exit(&world.send()), Exit::Done);
    assert_eq!(
        (server.asked().len(), logins(&world)),
        (2, 3),
        "the first, the old one once more, the new one"
    );

    let server = TokenServer::numbering();
    let world = interrupted(&server, |relay, _| relay.expect_secret("another"));
    world.import(&roster(1..=3));
    let sent = world.send();
    assert_eq!((sent.sent, sent.left.waiting, exit(&sent)), (1, 2, Exit::Later), "{sent:?}");
    // a run that has sent something tries to connect twice, as after any trouble
    assert_eq!((server.asked().len(), logins(&world)), (3, 5));
}

#[test]
fn a_fresh_token_that_the_relay_does_not_take_stops_the_run() {
    for mechanisms in ["XOAUTH2", "OAUTHBEARER"] {
        let server = TokenServer::numbering();
        let world = server.world(mechanisms, healthy());
        world.relay.expect_secret("another");
        world.import(&roster(1..=2));
        let sent = world.send();
        let Some(Stop::Failure(why)) = &sent.stopped else { panic!("{sent:?}") };
        assert!(
            why.ends_with(
                "the login was refused: 535 5.7.8 user name or password is wrong (status 401); the token server gave the \
                 token: check mail.username and mail.oauth.scope, and whether that mailbox may be used so"
            ),
            "{why}"
        );
        assert_eq!((sent.left.waiting, exit(&sent), server.asked().len()), (2, Exit::Later, 1));
        let checked = world.gradpass(&["check"]);
        assert_eq!(checked.code, 75);
        assert!(checked.stdout.contains(why), "{}", checked.stdout);
    }
}

#[test]
fn a_relay_that_takes_passwords_alone_is_not_shown_a_token() {
    let server = TokenServer::numbering();
    let world = server.world("PLAIN LOGIN", healthy());
    world.import(&roster(1..=1));
    let sent = world.send();
    let Some(Stop::Failure(why)) = &sent.stopped else { panic!("{sent:?}") };
    assert!(why.contains("the relay offers neither OAUTHBEARER nor XOAUTH2 here"), "{why}");
    assert_eq!(logins(&world), 0);
}

/// Whatever the token server does, everybody stays waiting, and `check` says what to do.
#[test]
fn a_token_server_that_gives_none_costs_nobody() {
    let wrong = "{\"error\":\"invalid_client\",\"error_description\":\"AADSTS7000222: private-secret of mailer is expired.\"}";
    let said = |what: &str| format!("the token server (mail.oauth.token_url) answered {what}");
    for (status, body, code, told) in [
        (
            "401 Unauthorized",
            wrong,
            2,
            said(
                "401 Unauthorized (invalid_client, … of … is expired); check client_id and the secret of [mail.oauth], which may have expired",
            ),
        ),
        (
            "400 Bad Request",
            "{\"error\":\"invalid_scope\"}",
            2,
            said("400 Bad Request (invalid_scope); check mail.oauth.scope"),
        ),
        (
            "400 Bad Request",
            "{\"error\":\"invalid_grant\"}",
            2,
            said(
                "400 Bad Request (invalid_grant); the refresh token is no longer good; have another one made",
            ),
        ),
        ("404 Not Found", "", 2, said("404 Not Found; check mail.oauth.token_url")),
        ("302 Found", "", 2, said("302 Found; check mail.oauth.token_url")),
        ("429 Too Many Requests", "", 75, said("429 Too Many Requests; everybody waits")),
        ("503 Service Unavailable", "", 75, said("503 Service Unavailable; everybody waits")),
        ("200 OK", "<html>", 75, said("200 OK, but it holds a page of HTML")),
        (
            "200 OK",
            "{\"access_token\":\"\"}",
            75,
            said("200 OK, but it holds an access_token that fits into no header"),
        ),
    ] {
        let server = TokenServer::start(move |_| (status, body.to_owned()));
        let world = server.world("XOAUTH2", healthy());
        world.import(&roster(1..=2));
        let sent = world.send();
        assert_eq!(sent.stopped, Some(Stop::Failure(told.clone())), "{status} {body}");
        assert_eq!(
            (sent.left.waiting, sent.left.refused, exit(&sent)),
            (2, 0, Exit::Later),
            "{status} {body}"
        );
        assert_eq!(world.relay.connections(), 0, "the relay is not kept waiting for a token");
        let checked = world.gradpass(&["check"]);
        assert_eq!(checked.code, code, "{status} {body}: {}", checked.stdout);
        assert!(checked.stdout.contains(&format!("FAIL  relay          {told}\n")), "{}", checked.stdout);
        assert_eq!(server.asked().len(), 2);
    }
    let server = TokenServer { address: nobody(), asked: Arc::default() };
    let world = server.world("XOAUTH2", healthy());
    let checked = world.gradpass(&["check"]);
    assert_eq!(checked.code, 75);
    assert!(
        checked
            .stdout
            .contains("FAIL  relay          the token server (mail.oauth.token_url) cannot be asked: "),
        "{}",
        checked.stdout
    );
}

fn nobody() -> SocketAddr {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap()
}

#[test]
fn check_says_that_the_token_works_in_a_line() {
    let server = TokenServer::numbering();
    let world = server.world("XOAUTH2", healthy());
    let checked = world.gradpass(&["check"]);
    assert_eq!(checked.code, 0, "{}", checked.stdout);
    let lines: Vec<_> = checked.stdout.lines().filter(|line| line.contains(" relay ")).collect();
    assert!(lines.len() == 1 && lines[0].starts_with("ok    relay "), "{lines:?}");
    assert!(
        lines[0].ends_with(": the login with a token works, and it takes mail from the sender"),
        "{lines:?}"
    );
}

/// At the noisiest levels there are, when all is well and when the relay repeats what it was shown.
#[test]
fn neither_token_nor_secret_is_printed_or_logged() {
    for (arguments, level) in
        [(&["-vv"][..], None), (&[], Some("trace")), (&["--log-format", "json"], Some("trace"))]
    {
        for is_refused in [false, true] {
            let server = TokenServer::start(|_| ("200 OK", granted(1)));
            let world = server.world(
                "XOAUTH2",
                script(move |moment| match moment.step {
                    Step::Auth if is_refused => Act::Reply("535 5.7.8 private-token-1 is no good".into()),
                    _ => Act::Accept,
                }),
            );
            server.configure(&world, "connections = 1", "refresh_token = \"private-consent\"");
            world.write("roster.csv", roster(1..=2).as_bytes());
            let mut said = String::new();
            for command in [&["check"][..], &["config", "show"], &["run", "roster.csv"]] {
                let mut program = world.command(&[arguments, command].concat());
                if let Some(level) = level {
                    program.env("RUST_LOG", level);
                }
                let ran = Ran::of(&mut program);
                let expected = if is_refused && command[0] != "config" { 75 } else { 0 };
                assert_eq!(ran.code, expected, "{command:?}: {}", ran.stderr);
                said += &(ran.stdout + &ran.stderr);
            }
            // `check` has one before it connects, and so another when that is refused
            assert_eq!(server.asked().len(), if is_refused { 3 } else { 2 });
            assert!(said.contains("mail.oauth.client_secret_file"), "{said}");
            // the last is the beginning of what AUTH XOAUTH2 carries
            for secret in [
                "private-token",
                "private-secret",
                "private-consent",
                "dXNlcj1ncmFkdWF0aW9ucwFhdXRoPUJlYXJlci",
            ] {
                assert!(!said.contains(secret), "{arguments:?} {level:?} tells {secret}");
            }
        }
    }
}
