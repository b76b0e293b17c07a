//! The configuration comes from an administrator, by way of copies from mails and web pages.

use std::path::Path;

use gradpass::config::{Config, EXAMPLE};
use mail_parser::MessageParser;

use super::{VALUES, misleads};
use crate::roster::desk::{Desk, line, roster_of};

/// A text as TOML has it, whose escapes are those of JSON.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// The example with one of its lines replaced, as a TOML text of any content.
fn with(before: &str, key: &str, value: &str) -> String {
    let changed = EXAMPLE.replacen(before, &format!("{key} = {}", quoted(value)), 1);
    assert_ne!(changed, EXAMPLE);
    changed
}

#[test]
fn names_and_addresses_are_clean_or_refused() {
    let name = "name = \"Northfield University\"";
    let support = "support_email = \"graduations@northfield.example\"";
    let from = "from = \"Northfield University <graduations@northfield.example>\"";
    let mut taken = 0;
    for value in VALUES {
        for text in [
            with(name, "name", value),
            with(support, "support_email", &format!("{value}@northfield.example")),
            with(support, "support_email", &format!("graduations@{value}northfield.example")),
            with(from, "from", &format!("{value} <graduations@northfield.example>")),
            with(from, "from", value),
        ] {
            let Ok(config) = Config::parse(&text, Path::new("gradpass.toml")) else { continue };
            let from = config.mail.from.name.clone().unwrap_or_default();
            for text in [&config.institution.name, &config.institution.support_email, &from] {
                assert!(!text.contains(misleads) && !text.contains('\n'), "{text:?} of {value:?}");
            }
            taken += 1;
        }
    }
    assert!(taken > VALUES.len() / 2);
}

#[test]
fn whatever_is_taken_makes_a_whole_mail() {
    for value in VALUES {
        let desk = Desk::new();
        let text = std::fs::read_to_string(desk.path("gradpass.toml")).unwrap();
        let name = quoted(value);
        let from = quoted(&format!("{value} <graduations@northfield.example>"));
        let text = text.replace("name = \"Northfield University\"", &format!("name = {name}")).replace(
            "from = \"Northfield University <graduations@northfield.example>\"",
            &format!("from = {from}"),
        );
        if Config::parse(&text, Path::new("gradpass.toml")).is_err() {
            continue;
        }
        desk.write("gradpass.toml", text);
        let institution = desk.config().institution.name;
        desk.import(roster_of([line(1).as_str()]));
        assert_eq!(desk.send().sent, 1, "{value:?}");
        let mail = &desk.relay.messages()[0];
        let parsed = MessageParser::default().parse(&mail.data).unwrap();
        let subject = format!("Your SEEK Pass invitation from {institution}");
        assert_eq!(parsed.subject(), Some(subject.as_str()), "{value:?}");
        let from: Vec<_> = parsed.from().unwrap().iter().collect();
        assert_eq!((from.len(), from[0].address()), (1, Some("graduations@northfield.example")), "{value:?}");
        assert!(parsed.header("Bcc").is_none());
    }
}

/// Where a password may stand by mistake, and as what.
#[test]
fn no_error_repeats_a_value() {
    let secrets = [
        "password = 20002\nusername = \"u\"",
        "password = [\"hunter2\"]",
        "password = { file = \"hunter2\" }",
        "password = \"hunter2",
        "password = hunter2",
        "password = 20002-hunter",
        "password = \"hunter2\" hunter2",
        "password = \"hun\\qter2\"",
        "password = 'hunter2\n'",
        "password = \"hunter2\"\npassword = \"hunter2\"",
        "password = 2000-20-02",
        "password_file = 20002",
        "username = 20002",
        "username = \"u:hunter2\"",
        "password = \"hunter2\"",
        "connections = \"hunter2\"",
        "linger_minutes = \"hunter2\"",
        "linger_minutes = -20002",
        "per_second = 2000220002200022",
        "templates = [\"hunter2\"]",
    ];
    for lines in secrets {
        let text = EXAMPLE.replacen("connections = 4", lines, 1);
        let error = Config::parse(&text, Path::new("gradpass.toml")).unwrap_err().to_string();
        assert!(error.starts_with("configuration gradpass.toml: "), "{error}");
        assert!(!error.contains("hunter2") && !error.contains("20002"), "{lines}: {error}");
    }
    for (line, other) in [
        ("relay = \"smtp://localhost:25\"", "relay = \"smtp://u:hunter2@localhost:25\""),
        ("relay = \"smtp://localhost:25\"", "relay = \"hunter2\""),
        ("listen = \"127.0.0.1:8080\"", "listen = \"hunter2\""),
        ("# trusted_proxies = [\"127.0.0.1\"]", "trusted_proxies = [\"hunter2\"]"),
        (
            "public_url = \"https://seekpass.northfield.example\"",
            "public_url = \"https://u:hunter2@x.example\"",
        ),
        ("# encoding = \"windows-1252\"", "encoding = \"hunter2\""),
        ("time_zone = \"Australia/Melbourne\"", "time_zone = \"hunter2\""),
    ] {
        let text = EXAMPLE.replacen(line, other, 1);
        let error = Config::parse(&text, Path::new("gradpass.toml")).unwrap_err().to_string();
        assert!(!error.contains("hunter2"), "{error}");
    }
}
