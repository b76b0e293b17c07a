//! What proves nothing changes nothing, and is counted.

use std::fs;

use gradpass::sandbox::relay::Delivered;

use super::{about, mailed, read, standing};
use crate::world::message_id;

/// The same mail with a sender and a Message-ID that somebody made up.
fn forged(mail: &Delivered, sender: &str, tag: &str) -> Delivered {
    let data = String::from_utf8(mail.data.clone())
        .unwrap()
        .replace(message_id(mail).split('@').next().unwrap(), tag);
    Delivered { sender: sender.to_owned(), data: data.into_bytes(), ..mail.clone() }
}

#[test]
fn a_forged_notification_changes_nothing_and_is_counted() {
    let world = mailed(2);
    let mails = world.relay.messages();
    let before = standing(&world);
    // that of the other's message with this one's number, and so on
    let token = mails[1].sender.replace("bounces+2", "bounces+1");
    let tried = [
        about(&forged(&mails[0], &token, "zzzzzzzzzz"), "hard/postfix-unknown"),
        about(&forged(&mails[0], "bounces+100000000000@northfield.example", "0000000000"), "hard/qmail"),
        about(&forged(&mails[0], "somebody@elsewhere.example", "0000000000"), "hard/exim-unknown"),
    ];
    let counts = read(&world, &tried);
    assert_eq!((counts.read, counts.ours, counts.forged, counts.bounced), (3, 0, 3, 0));
    let bare = about(&forged(&mails[0], "somebody@elsewhere.example", "x"), "hard/exchange-5.1.10");
    let bare = bare.replace("<x@northfield.example>", "<x@elsewhere.example>");
    let counts =
        read(&world, &[bare.clone(), bare.replace(&mails[0].recipient[0], "nobody@elsewhere.example")]);
    assert_eq!((counts.ours, counts.forged, counts.by_address, counts.foreign), (0, 0, 1, 1));
    assert_eq!(standing(&world), before);
    assert_eq!(world.count("SELECT count(*) FROM bounce"), 0);
}

#[test]
fn a_message_id_proves_as_much_as_a_token() {
    let world = mailed(2);
    let mails = world.relay.messages();
    let plain = Delivered { sender: "graduations@northfield.example".into(), ..(*mails[0]).clone() };
    for sample in ["hard/postfix-unknown", "hard/exim-old-prose", "hard/opensmtpd-unknown"] {
        let counts = read(&world, &[about(&plain, sample)]);
        assert_eq!((counts.ours, counts.kinds["hard"]), (1, 1), "{sample}");
    }
    assert_eq!(standing(&world), ["bounced 1", "sent 1", "s0001 hard 5.1.1 no such mailbox"]);
}

/// What a part hides from whoever looks at bytes alone.
#[test]
fn a_message_id_is_found_in_an_encoded_part() {
    let world = mailed(1);
    let tag = message_id(&world.relay.messages()[0]);
    let (before, after) = tag.split_at(4);
    let text = format!(
        "From: MAILER-DAEMON@x.example\nTo: somebody@x.example\nSubject: failure notice\n\
         Content-Transfer-Encoding: quoted-printable\n\n\
         The following addresses failed:\n\nuser unknown\n\n--- Below this line is a copy of the message.\n\n\
         Message-ID: <{before}=\n{after}>\n"
    );
    let counts = read(&world, &[text]);
    assert_eq!((counts.ours, counts.kinds["hard"]), (1, 1));
}

#[test]
fn two_messages_in_one_are_for_a_person() {
    let world = mailed(2);
    let mails = world.relay.messages();
    let tag = message_id(&mails[1]);
    let mixed = forged(&mails[0], &mails[0].sender, tag.split('@').next().unwrap());
    let counts = read(&world, &[about(&mixed, "hard/postfix-unknown")]);
    assert_eq!((counts.ours, counts.kinds["person"], counts.bounced), (1, 1, 0));
    assert_eq!(standing(&world), ["sent 2"]);
}

#[test]
fn after_a_restore_old_tokens_are_known_and_forgotten_ones_are_not() {
    let world = mailed(2);
    let mails = world.relay.messages();
    // as if the ledger had been restored when there was one message, and the second number was given again
    world.change("INSERT INTO restoration (number, last_message) VALUES (7, 1)");
    world.change("UPDATE sending SET restored = 7");
    let counts = read(&world, &[about(&mails[0], "hard/qmail"), about(&mails[1], "hard/qmail")]);
    assert_eq!((counts.ours, counts.forged), (1, 1));
    assert_eq!(standing(&world), ["bounced 1", "sent 1", "s0001 hard 5.1.1 no such mailbox"]);
}

#[test]
fn a_token_may_come_back_in_another_form() {
    let world = mailed(1);
    let mail = world.relay.messages()[0].clone();
    let token = mail.sender.split('@').next().unwrap();
    for address in [
        format!("{}@NORTHFIELD.EXAMPLE", token.to_uppercase()),
        format!("SRS0=HHH=TT=northfield.example={token}@forwarder.example"),
        format!("prvs=0123456789={token}@northfield.example"),
        format!("\"Bounces\" <{token}@northfield.example>"),
    ] {
        let text = format!(
            "From: MAILER-DAEMON@x.example\nTo: {address}\nSubject: failure notice\n\nuser unknown: gone\n"
        );
        assert_eq!(read(&world, &[text]).ours, 1, "{address}");
    }
}

#[test]
fn nothing_of_a_sample_is_kept_but_a_code_and_words_of_ours() {
    let world = mailed(1);
    let mail = world.relay.messages()[0].clone();
    for (_, path) in super::samples() {
        read(&world, &[about(&mail, &super::name(&path))]);
    }
    let ledger = String::from_utf8_lossy(&fs::read(world.ledger()).unwrap()).to_lowercase();
    let wal = fs::read(world.path("gradpass.db-wal")).unwrap_or_default();
    let wal = String::from_utf8_lossy(&wal).to_lowercase();
    for raw in ["recipient table", "abcd-efgh-jkmn7", "elsewhere@other.example", "192.0.2.25", "mx.mailbox"] {
        assert!(!ledger.contains(raw) && !wal.contains(raw), "{raw}");
    }
}
