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

/// As they come out of Windows editors, word processors and web pages.
#[test]
fn a_mark_at_the_beginning_is_no_mistake_and_typographic_quotes_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("gradpass.toml");
    let utf_16: Vec<u8> = format!("\u{feff}{EXAMPLE}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    for bytes in
        [format!("\u{feff}{EXAMPLE}").into_bytes(), utf_16, EXAMPLE.replace('\n', "\r\n").into_bytes()]
    {
        std::fs::write(&path, bytes).unwrap();
        Config::read(&path).unwrap();
    }
    Config::parse(&format!("\u{feff}{EXAMPLE}"), &path).unwrap();

    let latin = EXAMPLE.replacen("Northfield", "Northf@ld", 1).into_bytes();
    let latin: Vec<u8> = latin.into_iter().map(|byte| if byte == b'@' { 0xf6 } else { byte }).collect();
    std::fs::write(&path, latin).unwrap();
    let error = Config::read(&path).unwrap_err().to_string();
    assert!(error.ends_with("gradpass.toml: line 6: is not UTF-8; save the file as UTF-8"), "{error}");

    let name = "name = \"Northfield University\"";
    for spoilt in [
        "“Northfield University”",
        "„Northfield University“",
        "‘Northfield University’",
        "\"Northfield University”",
        "«Northfield University»",
    ] {
        let text = EXAMPLE.replacen(name, &format!("name = {spoilt}"), 1);
        let error = Config::parse(&text, Path::new("gradpass.toml")).unwrap_err().to_string();
        let expected = "configuration gradpass.toml: line 6: institution.name: has typographic quotes, as word processors \
                        write them; write straight ones: \"…\"";
        assert_eq!(error, expected, "{spoilt}");
    }
    // inside of straight ones they are a text as any other
    let text = EXAMPLE.replacen(name, "name = \"The “Northfield” University\"", 1);
    assert_eq!(Config::parse(&text, &path).unwrap().institution.name, "The “Northfield” University");
}

#[test]
fn codes_and_secrets_go_in_clear_only_to_this_machine() {
    let read = |page: &str, seek_pass: &str| {
        let text = EXAMPLE.replacen("https://seekpass.northfield.example", page, 1);
        let table = "client_id = \"x\"\nclient_secret = \"y\"\n";
        let text = format!("{text}\n[seek_pass]\nbase_url = \"{seek_pass}\"\n{table}");
        Config::parse(&text, Path::new("gradpass.toml")).map_err(|error| error.to_string())
    };
    let https = "https://seekpass.northfield.example";
    for here in [
        "http://127.0.0.1:8080",
        "http://localhost",
        "http://LOCALHOST:9/x/",
        "http://[::1]:8080/",
        "http://127.9.9.9",
    ] {
        read(here, here).unwrap();
    }
    for there in [
        "http://seekpass.northfield.example",
        "http://localhost.evil.example",
        "http://127.0.0.1.evil.example/",
        "http://10.0.0.1:8080",
        "http://[2001:db8::1]/",
    ] {
        let page = read(there, https).unwrap_err();
        assert!(page.contains("web.public_url: http:// sends codes in clear; write https://"), "{page}");
        let seek_pass = read(https, there).unwrap_err();
        let said = "seek_pass.base_url: http:// sends the secret of your account in clear";
        assert!(seek_pass.contains(said), "{seek_pass}");
    }
}

/// A bracket that is missing makes the rest of the file a part of one value: that is one mistake and not twenty.
#[test]
fn what_follows_from_one_mistake_is_not_told() {
    for (from, to, count) in [
        ("domains = [\"northfield.example\"]", "domains = [\"northfield.example\"", 1),
        ("[mail]", "[mail", 1),
        ("time_zone = \"", "time_zone = ", 1),
        ("valid_days = 90", "valid_days = 90\nvalid_days = 91", 1),
        ("valid_days = 90", "valid_days = 0", 1),
        ("\nfrom = ", "\nusername = \"x\"\npassword = \"x\"\npassword_file = \"x\"\nfrom = ", 1),
        ("[mail]", "[roster.columns]\nstudnt_id = \"x\"\nemail = 7\n[mail]", 2),
    ] {
        let text = EXAMPLE.replacen(from, to, 1);
        assert_ne!(text, EXAMPLE);
        let error = Config::parse(&text, Path::new("gradpass.toml")).unwrap_err().to_string();
        assert_eq!(error.lines().count(), count, "{error}");
    }
}
