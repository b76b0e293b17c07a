//! The configuration, as its administrator meets it: mistakes all at once, secrets where they are needed and nowhere else.

pub(super) mod warnings;

use std::fs;

use gradpass::sandbox::relay::healthy;
use gradpass::sandbox::seek;
use serde_json::Value;

use crate::world::{Ran, World, roster};

/// Every command that reads the configuration.
const COMMANDS: [&[&str]; 32] = [
    &["config", "show"],
    &["import", "roster.csv"],
    &["send"],
    &["follow-up"],
    &["bounces", "roster.csv"],
    &["run", "roster.csv"],
    &["run", "--dry-run", "roster.csv"],
    &["retry"],
    &["serve"],
    &["status"],
    &["show", "s0001"],
    &["reissue", "s0001"],
    &["revoke", "s0001"],
    &["purge"],
    &["init"],
    &["send", "--dry-run"],
    &["preview", "--mail-to", "officer@northfield.example"],
    &["retry", "s0001"],
    &["approve", "00000000-00000000-00000000-00000000"],
    &["report", "--html", "report.html"],
    &["list", "held"],
    &["batches"],
    &["hold", "s0001", "--why", "test"],
    &["release", "s0001"],
    &["unlock", "s0001"],
    &["correct", "s0001", "language=en", "--why", "test"],
    &["audit"],
    &["purge", "--dry-run"],
    &["show", "s0001", "--contact"],
    &["import", "--add", "roster.csv"],
    &["run", "--plan", "00000000-00000000-00000000-00000000", "roster.csv"],
    &["move", "--to", "postgres://gradpass@localhost/gradpass?host=/nowhere"],
];

/// Changes the configuration as an administrator does, in an editor.
fn edit(world: &World, changes: &[(&str, &str)]) {
    let mut text = fs::read_to_string(world.path("gradpass.toml")).unwrap();
    for (from, to) in changes {
        assert!(text.contains(from), "{from} in {text}");
        text = text.replace(from, to);
    }
    world.write_private("gradpass.toml", &text);
}

/// The lines of `check` that do not say ok.
fn complaints(world: &World) -> (i32, Vec<String>) {
    let ran = world.gradpass(&["check"]);
    let lines = ran.stdout.lines().filter(|line| !line.starts_with("ok    "));
    (ran.code, lines.map(str::to_owned).collect())
}

#[test]
fn every_command_tells_every_mistake_in_a_line_each() {
    let world = World::new();
    edit(
        &world,
        &[
            ("Australia/Melbourne\"", "Australia/Nowhere\"\nlanguages = [\"en\", \"fil\"]"),
            ("[database]\npath", "[databas]\npath"),
            ("connections = 1", "conections = 1\nper_day = \"many\"\nreply_to = “help@northfield.example”"),
            ("https://seekpass", "http://seekpass"),
        ],
    );
    let mistakes = [
        "gradpass.toml: line 4: institution.time_zone: not a known time zone; write it like Australia/Melbourne",
        "gradpass.toml: line 7: databas: unknown; there are the tables institution, database, code, roster, guard, mail, \
         bounces, reminders, web, seek_pass",
        "gradpass.toml: line 14: mail.conections: unknown; [mail] has helo, relay, username, password, password_file, oauth, \
         client_certificate, client_key, client_key_file, from, reply_to, envelope_sender, connections, per_second, per_minute, per_day, \
         templates, linger_minutes",
        "gradpass.toml: line 15: mail.per_day: is text in quotes, and should be a whole number above 0",
        "gradpass.toml: line 16: mail.reply_to: has typographic quotes, as word processors write them; write straight \
         ones: \"…\"",
        "gradpass.toml: line 18: web.public_url: http:// sends codes in clear; write https:// (http:// only on this \
         machine, for a trial)",
        "gradpass.toml: database.path: missing",
        "gradpass.toml: institution.languages: has fil, whose words are not built in as those of en, id, ms, th, vi, zh-Hans, \
         zh-Hant are; set mail.templates to a folder with fil/texts.ftl",
    ];
    for command in COMMANDS {
        let ran = world.gradpass(command);
        let lines: Vec<_> = ran.stderr.lines().collect();
        assert_eq!(
            (ran.code, lines),
            (2, mistakes.map(|it| format!("error: configuration {it}")).iter().map(String::as_str).collect()),
            "{command:?}"
        );
    }
    let (code, lines) = complaints(&world);
    assert_eq!((code, lines), (2, mistakes.map(|it| format!("FAIL  configuration  {it}")).to_vec()));
}

#[test]
fn config_show_tells_every_value_and_where_it_came_from() {
    let world = World::with_login(healthy());
    world.seek_pass_at("http://127.0.0.1:9", "question = \"student_id\"", "");
    let ran = world.gradpass(&["config", "show"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    let said: Vec<Vec<&str>> = ran.stdout.lines().map(|line| line.split_whitespace().collect()).collect();
    for line in [
        "institution.name \"Northfield University\" gradpass.toml:2",
        "database.retention_days 365 default",
        "mail.username \"graduations\" gradpass.toml:13",
        "mail.password not set",
        "mail.password_file \"relay-password\" gradpass.toml:14",
        "mail.per_day not set",
        "web.listen \"127.0.0.1:8080\" default",
        "web.question \"student_id\" gradpass.toml:18",
        "seek_pass.client_secret (hidden) gradpass.toml:22",
        "seek_pass.per_second 5 default",
    ] {
        let line: Vec<_> = line.split_whitespace().collect();
        assert!(said.contains(&line), "{line:?} in {}", ran.stdout);
    }
    let shown = world.gradpass(&["config", "show", "--json"]);
    let settings = shown.json()["settings"].as_array().unwrap().clone();
    assert_eq!(settings.len(), said.len());
    let of = |key: &str| settings.iter().find(|it| it["key"] == key).unwrap().clone();
    assert_eq!(
        of("mail.connections"),
        serde_json::json!({ "key": "mail.connections", "value": "1", "line": 15, "origin": "gradpass.toml:15" })
    );
    assert_eq!(
        (&of("mail.linger_minutes")["line"], &of("mail.per_day")["value"]),
        (&Value::Null, &Value::Null)
    );
    for text in [&ran.stdout, &shown.stdout] {
        assert!(!text.contains("sandbox-secret") && !text.contains("right-password"), "{text}");
    }
}

/// A container or a systemd service has settings of its own over the file, and secrets in no file that stays.
#[test]
fn the_environment_stands_over_the_file_and_a_credential_over_both() {
    let world = World::with_login(healthy());
    let _seek = world.seek_pass(seek::healthy());
    world.write("roster.csv", roster(1..=1).as_bytes());
    edit(&world, &[("password_file = \"relay-password\"", "password_file = \"not-there\"")]);
    fs::create_dir(world.path("credentials")).unwrap();
    world.write_private("credentials/gradpass.mail.password", "right-password\n");
    let with = |arguments: &[&str]| {
        let mut command = world.command(arguments);
        for (name, value) in [
            ("CREDENTIALS_DIRECTORY", "credentials"),
            ("GRADPASS_MAIL_PASSWORD", "wrong-password"),
            ("GRADPASS_MAIL_CONNECTIONS", "2"),
            ("GRADPASS_INSTITUTION_NAME", "2020"),
            ("GRADPASS_INSTITUTION_DOMAINS", "[\"northfield.example\", \"alumni.northfield.example\"]"),
            ("GRADPASS_GUARD_TWO_PERSONS", "false"),
            ("GRADPASS_ROSTER_HONOURS", "{ Distinction = true }"),
        ] {
            command.env(name, value);
        }
        Ran::of(&mut command)
    };
    let ran = with(&["config", "show"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    let said: Vec<_> =
        ran.stdout.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    for line in [
        "mail.password (hidden) credential gradpass.mail.password",
        "mail.password_file \"not-there\" gradpass.toml:14",
        "mail.connections 2 environment GRADPASS_MAIL_CONNECTIONS",
        "institution.name 2020 environment GRADPASS_INSTITUTION_NAME",
        "institution.domains [\"northfield.example\", \"alumni.northfield.example\"] environment \
         GRADPASS_INSTITUTION_DOMAINS",
        "guard.two_persons false environment GRADPASS_GUARD_TWO_PERSONS",
        "roster.honours.Distinction true environment GRADPASS_ROSTER_HONOURS",
    ] {
        assert!(said.iter().any(|it| it == line), "{line} is not in\n{}", ran.stdout);
    }
    assert!(!ran.stdout.contains("-password\n"), "{}", ran.stdout);
    assert_eq!(with(&["run", "roster.csv"]).code, 0, "the password of the credential is the right one");
    assert!(
        String::from_utf8_lossy(&world.relay.messages()[0].data).contains("2020"),
        "the name of the environment is the one mailed"
    );
    let ran = world.gradpass(&["run", "roster.csv"]);
    assert_eq!(ran.code, 2, "without them the file's password is missing: {ran:?}");
}

#[test]
fn a_mistake_in_the_environment_is_told_by_the_name_of_its_variable() {
    let world = World::new();
    let mut command = world.command(&["config", "show"]);
    for (name, value) in [
        ("GRADPASS_MAIL_CONNECTIONS", "four-of-them"),
        ("GRADPASS_MAIL_RELAI", "smtp://relay.northfield.example"),
        ("GRADPASS_ROSTER_COLUMNS", "Matriculation No"),
        ("GRADPASS_SEEK_PASS_CLIENT_ID", "northfield"),
    ] {
        command.env(name, value);
    }
    let ran = Ran::of(&mut command);
    assert_eq!(ran.code, 2);
    let said: Vec<_> = ran
        .stderr
        .lines()
        .map(|line| line.strip_prefix("error: configuration gradpass.toml: ").unwrap())
        .collect();
    assert_eq!(
        said,
        [
            "environment GRADPASS_MAIL_CONNECTIONS: is text, and should be a whole number above 0",
            "environment GRADPASS_ROSTER_COLUMNS: is a table; write it as { name = \"value\" }",
            "seek_pass.base_url: missing",
            "seek_pass.client_secret_file: missing",
            "environment GRADPASS_MAIL_RELAI: no key of this name; it is GRADPASS_MAIL_RELAY, or the credential \
             gradpass.mail.relay, for `relay` of [mail]",
        ]
    );
}

/// An officer who may look needs no password of the relay and no secret of SEEK Pass; who acts is told what is missing.
#[test]
fn who_only_looks_needs_no_secret() {
    let world = World::with_login(healthy());
    let seek = world.seek_pass(seek::healthy());
    edit(&world, &[("client_secret = \"sandbox-secret\"", "client_secret_file = \"seek-secret\"")]);
    edit(&world, &[("[web]\n", "[web]\nquestion = \"student_id\"\n")]);
    world.write_private("seek-secret", "sandbox-secret\n");
    world.write("roster.csv", roster(1..=2).as_bytes());
    assert_eq!(world.gradpass(&["run", "roster.csv"]).code, 0);
    world.write("roster.csv", roster(1..=3).as_bytes());
    for (file, key, acting) in [
        ("relay-password", "mail.password_file", &[&["send"][..], &["run", "roster.csv"], &["retry"]][..]),
        (
            "seek-secret",
            "seek_pass.client_secret_file",
            &[&["run", "roster.csv"], &["follow-up"], &["serve"]],
        ),
    ] {
        for is_empty in [false, true] {
            let secret = fs::read_to_string(world.path(file)).unwrap();
            let problem = if is_empty {
                world.write_private(file, "\n");
                format!("{key}: {file} is empty; write the secret into it")
            } else {
                fs::remove_file(world.path(file)).unwrap();
                format!("{key}: cannot read {file}: No such file or directory (os error 2)")
            };
            for looking in [
                &["status"][..],
                &["show", "s0001"],
                &["show", "s0001", "--contact"],
                &["config", "show"],
                &["columns"],
                &["run", "--dry-run", "roster.csv"],
                &["run", "--dry-run", "--preview", "preview", "roster.csv"],
                &["send", "--dry-run"],
                &["purge", "--dry-run"],
                &["report", "--html", "report.html"],
                &["list", "held", "rejected"],
                &["batches"],
                &["audit"],
                // nor does whoever says what a person said
                &["hold", "s0002", "--why", "test"],
                &["release", "s0002"],
                &["correct", "s0002", "language=en", "--why", "test"],
                &["unlock", "s0002"],
            ] {
                let ran = world.gradpass(looking);
                assert_eq!(ran.code, 0, "{looking:?}: {ran:?}");
            }
            let plan = world.gradpass(&["--json", "run", "--dry-run", "roster.csv"]).json()["plan"].clone();
            assert_eq!(world.gradpass(&["approve", plan.as_str().unwrap()]).code, 0);
            for command in acting {
                let ran = world.gradpass(command);
                assert_eq!((ran.code, ran.stderr), (2, format!("error: {problem}\n")), "{command:?}");
            }
            let (code, lines) = complaints(&world);
            assert!(
                code == 2 && lines.iter().any(|it| it.starts_with("FAIL ") && it.ends_with(&problem)),
                "{lines:?}"
            );
            world.write_private(file, &secret);
        }
    }
    // nobody was mailed meanwhile, and nothing is in the way now
    assert_eq!(world.relay.messages().len(), 2);
    assert_eq!(world.gradpass(&["run", "roster.csv"]).code, 0);
    assert_eq!(world.relay.messages().len(), 3);
    drop(seek);
}

#[test]
fn what_is_empty_or_nothing_is_a_mistake() {
    let world = World::new();
    world.seek_pass_at("https://seekpass.example", "", "");
    let config = fs::read_to_string(world.path("gradpass.toml")).unwrap();
    let client_id = config.lines().find(|line| line.starts_with("client_id")).unwrap().to_owned();
    edit(&world, &[(&client_id, "client_id = \" \""), ("[web]", "[reminders]\nat_most = 0\n[web]")]);
    let (code, lines) = complaints(&world);
    let all = lines.join("\n");
    assert_eq!(code, 2, "{all}");
    assert!(
        all.contains("reminders.at_most: give 1 or more; without after_days nobody is reminded"),
        "{all}"
    );
    assert!(all.contains("seek_pass.client_id: is empty"), "{all}");
}
