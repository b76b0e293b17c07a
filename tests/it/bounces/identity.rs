//! What a message carries so that whatever comes back about it can be told from a forgery.

use gradpass::config::Config;
use gradpass::invitation::key::CodeKey;
use gradpass::sandbox::relay::{Settings, healthy};

use super::with_bounces;
use crate::world::{World, relays, roster};

/// The key of every world.
fn key() -> CodeKey {
    CodeKey::new([7; 32])
}

#[test]
fn every_message_has_a_sender_of_its_own() {
    for settings in relays() {
        let world = World::at(settings, healthy());
        with_bounces(&world, "address = \"bounces@northfield.example\"");
        world.import(&roster(1..=5));
        world.send();
        let mails = world.relay.messages();
        assert_eq!(mails.len(), 5);
        for mail in mails {
            let token =
                mail.sender.strip_prefix("bounces+").unwrap().strip_suffix("@northfield.example").unwrap();
            let number = key().message_of(token, 0).unwrap();
            assert_eq!(mail.recipient, [format!("g{number}@mailbox.example")]);
            assert_eq!(
                mail.parameters,
                [format!("RET=HDRS ENVID={token}"), "NOTIFY=FAILURE,DELAY".to_owned()]
            );
            assert!(
                String::from_utf8_lossy(&mail.data).contains("From: \"Northfield University\" <graduations@")
            );
        }
    }
}

#[test]
fn a_relay_that_does_not_offer_it_is_not_asked() {
    let world = World::at(Settings { dsn: false, ..Settings::default() }, healthy());
    with_bounces(&world, "address = \"bounces@northfield.example\"\ndelimiter = \"-\"");
    world.import(&roster([1]));
    world.send();
    let mails = world.relay.messages();
    assert!(mails[0].sender.starts_with("bounces-1"), "{}", mails[0].sender);
    assert_eq!(mails[0].parameters, ["", ""]);
}

#[test]
fn without_a_word_about_bounces_the_envelope_is_as_ever() {
    let world = World::new();
    world.import(&roster([1]));
    world.send();
    let mails = world.relay.messages();
    assert_eq!(
        (mails[0].sender.as_str(), &mails[0].parameters),
        ("graduations@northfield.example", &[const { String::new() }; 2])
    );
}

#[test]
fn the_envelopes_sender_may_be_another_one() {
    let world = World::new();
    world.mail("connections = 1\nenvelope_sender = \"returns@northfield.example\"");
    world.import(&roster([1]));
    world.send();
    let mails = world.relay.messages();
    assert_eq!(mails[0].sender, "returns@northfield.example");
    assert!(mails[0].parameters[0].starts_with("RET=HDRS ENVID=1"));
}

#[test]
fn a_token_must_fit() {
    let world = World::new();
    let refused = |lines: &str| {
        world.mail("");
        let text = std::fs::read_to_string(world.path("gradpass.toml")).unwrap();
        let text = format!("{text}\n[bounces]\n{lines}\n");
        Config::parse(&text, &world.path("gradpass.toml")).map(|_| ()).map_err(|error| error.to_string())
    };
    let long = "b".repeat(39);
    assert!(
        refused(&format!("address = \"{long}@northfield.example\""))
            .unwrap_err()
            .contains("more than 38 characters")
    );
    assert_eq!(refused(&format!("address = \"{long}@northfield.example\"\ndelimiter = \"\"")), Ok(()));
    assert!(refused("delimiter = \"++\"").unwrap_err().contains("+ - = _ ."));
    assert!(
        refused("addres = \"x\"")
            .unwrap_err()
            .contains("[bounces] has source, password, password_file, address, delimiter, aside")
    );
}
