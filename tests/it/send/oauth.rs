//! The login with a token: fetched once, renewed, replaced when the relay no longer takes it; what is in its way is told
//! without it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::{Arc, Mutex, OnceLock};
use std::thread;
use std::time::Duration;

use gradpass::clock::Clock;
use gradpass::email::send::Stop;
use gradpass::report::Exit;
use gradpass::sandbox::relay::{Act, RelayHandle, Script, Settings, Step, healthy, script};

use crate::world::{Ran, World, exit, roster};

/// A token server, and what it was asked.
struct TokenServer {
    address: SocketAddr,
    asked: Arc<Mutex<Vec<String>>>,
}

impl TokenServer {
    /// One that answers the first, the second, … question with this status line and body. It ends with the test.
    fn start(answer: impl Fn(usize) -> (&'static str, String) + Send + 'static) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let (address, asked) = (listener.local_addr().unwrap(), Arc::new(Mutex::new(Vec::new())));
        let heard = Arc::clone(&asked);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = BufReader::new(stream.unwrap());
                let (mut line, mut length) = (String::new(), 0);
                while stream.read_line(&mut line).unwrap() > 2 {
                    let header = line.to_ascii_lowercase();
                    length = header
                        .strip_prefix("content-length: ")
                        .map_or(length, |it| it.trim().parse().unwrap());
                    line.clear();
                }
                let mut form = vec![0; length];
                stream.read_exact(&mut form).unwrap();
                let number = {
                    let mut heard = heard.lock().unwrap();
                    heard.push(String::from_utf8(form).unwrap());
                    heard.len()
                };
                let (status, body) = answer(number);
                let beginning = format!(
                    "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                    body.len()
                );
                stream.get_mut().write_all((beginning + &body).as_bytes()).unwrap();
            }
        });
        Self { address, asked }
    }

    /// One that gives `private-token-1`, `private-token-2` and so on, each for an hour.
    fn numbering() -> Self {
        Self::start(|number| ("200 OK", granted(number)))
    }

    fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }

    /// A world whose relay takes `private-token-1`, by these mechanisms, and whose configuration says where it is to be had.
    fn world(&self, mechanisms: &'static str, script: Script) -> World {
        let credentials = Some(("graduations".to_owned(), "private-token-1".to_owned()));
        let world = World::at(Settings { credentials, mechanisms, ..Settings::default() }, script);
        self.configure(&world, "connections = 1", "");
        world
    }

    /// Writes the configuration with these lines in `[mail]` and `[mail.oauth]`.
    fn configure(&self, world: &World, mail: &str, oauth: &str) {
        world.write_private("oauth-secret", "private-secret\n");
        world.mail(&format!(
            "{mail}\nusername = \"graduations\"\n[mail.oauth]\ntoken_url = \"http://{}/tenant/token\"\n\
             client_id = \"mailer\"\nclient_secret_file = \"oauth-secret\"\n{oauth}",
            self.address
        ));
    }
}

fn logins(world: &World) -> usize {
    world.relay.commands().iter().filter(|line| line.contains("AUTH")).count()
}

fn granted(number: usize) -> String {
    format!("{{\"access_token\":\"private-token-{number}\",\"token_type\":\"Bearer\",\"expires_in\":3600}}")
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

#[test]
fn what_is_wrong_with_the_account_is_told_by_line_and_key() {
    let server = TokenServer::numbering();
    let world = server.world("XOAUTH2", healthy());
    let right = std::fs::read_to_string(world.path("gradpass.toml")).unwrap();
    let url = format!("token_url = \"http://{}/tenant/token\"", server.address);
    for (from, to, told) in [
        (
            "username = \"graduations\"\n",
            "",
            "mail.oauth: has no mail.username beside it: whose mailbox is it?",
        ),
        ("username", "password = \"x\"\nusername", "mail.password_file: given beside [mail.oauth]; keep one"),
        (url.as_str(), "", "mail.oauth.token_url: missing"),
        (
            url.as_str(),
            "token_url = \"http://login.example/token\"",
            "mail.oauth.token_url: http:// sends the secret of your account in clear; write https:// (http:// only on this \
             machine, for a trial)",
        ),
        ("client_id = \"mailer\"", "client = \"mailer\"", "mail.oauth.client_id: missing"),
        (
            "client_id = \"mailer\"",
            "client = \"mailer\"",
            "mail.oauth.client: unknown; [mail.oauth] has token_url, client_id, client_secret, client_secret_file, \
             refresh_token, refresh_token_file, scope",
        ),
        ("client_secret_file = \"oauth-secret\"", "", "mail.oauth.client_secret_file: missing"),
        (
            &format!("smtp://{}", world.relay.address()),
            "smtp://relay.example",
            "mail.relay: a password or a token goes in clear only to this machine; use smtp+starttls:// or smtps://",
        ),
    ] {
        assert!(right.contains(from), "{from} in {right}");
        world.write_private("gradpass.toml", &right.replacen(from, to, 1));
        let ran = world.gradpass(&["status"]);
        assert_eq!(ran.code, 2, "{told}");
        assert!(ran.stderr.contains(told), "{told} in {}", ran.stderr);
    }
    world.write_private("gradpass.toml", &right.replace("[mail.oauth]", "oauth = 7\n[other]"));
    let ran = world.gradpass(&["status"]);
    assert!(
        ran.stderr.contains("mail.oauth: is a table; write [mail.oauth] on a line of its own"),
        "{}",
        ran.stderr
    );
}

#[test]
fn the_account_may_come_from_the_environment_and_its_secret_from_a_credential() {
    let server = TokenServer::numbering();
    let world = server.world("XOAUTH2", healthy());
    world.mail("connections = 1");
    std::fs::create_dir(world.path("credentials")).unwrap();
    world.write_private("credentials/gradpass.mail.oauth.client_secret", "private-secret\n");
    let mut command = world.command(&["check"]);
    for (name, value) in [
        ("CREDENTIALS_DIRECTORY", "credentials".to_owned()),
        ("GRADPASS_MAIL_USERNAME", "graduations".to_owned()),
        ("GRADPASS_MAIL_OAUTH_TOKEN_URL", format!("http://{}/", server.address)),
        ("GRADPASS_MAIL_OAUTH_CLIENT_ID", "mailer".to_owned()),
    ] {
        command.env(name, value);
    }
    let ran = Ran::of(&mut command);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(
        server.asked(),
        ["client_id=mailer&client_secret=private-secret&grant_type=client_credentials"]
    );
}

#[test]
fn a_secret_of_the_account_that_others_can_read_is_told() {
    use std::os::unix::fs::PermissionsExt;
    let server = TokenServer::numbering();
    let world = server.world("XOAUTH2", healthy());
    std::fs::set_permissions(world.path("oauth-secret"), std::fs::Permissions::from_mode(0o640)).unwrap();
    let checked = world.gradpass(&["check"]);
    let told = "FAIL  configuration  mail.oauth.client_secret_file: oauth-secret can be read by others; run: chmod 600 oauth-secret";
    assert!(checked.code == 2 && checked.stdout.contains(told), "{}", checked.stdout);
}
