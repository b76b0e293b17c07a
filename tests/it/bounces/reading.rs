//! What follows from a bounce, and what does not.

use std::time::Duration;

use gradpass::sandbox::relay::healthy;

use super::{about, mailed, read, standing, with_bounces};
use crate::world::{World, code, roster};

const DAY: Duration = Duration::from_hours(24);

#[test]
fn an_address_that_cannot_be_used_is_told_with_its_reason() {
    let world = mailed(3);
    let mails = world.relay.messages();
    let counts = read(&world, &[about(&mails[1], "hard/exim-unknown")]);
    assert_eq!((counts.ours, counts.bounced, counts.kinds["hard"]), (1, 1, 1));
    assert_eq!(standing(&world), ["bounced 1", "sent 2", "s0002 hard 5.1.1 no such mailbox"]);
    // nothing is tried again by itself, however long it takes
    for _ in 0..20 {
        world.clock.advance(DAY);
        assert_eq!(world.send_again().sent, 0);
    }
}

#[test]
fn a_corrected_address_is_mailed_anew_and_the_old_code_is_retired() {
    let world = mailed(1);
    let old = world.relay.messages()[0].clone();
    read(&world, &[about(&old, "hard/postfix-unknown")]);
    assert_eq!(world.count("SELECT count(*) FROM code WHERE retired_at IS NULL"), 1, "the code still works");
    let ran = world.gradpass(&["correct", "s0001", "email=g1@post.example", "--why", "a typo"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(world.count("SELECT count(*) FROM code WHERE retired_at IS NULL"), 0);
    // made by the program's own clock
    world.change("UPDATE message SET due_at = 0 WHERE state = 'waiting'");
    assert_eq!(world.send().sent, 1);
    let new = world.relay.messages()[1].clone();
    assert_eq!(new.recipient, ["g1@post.example"]);
    assert_eq!(standing(&world), ["bounced 1", "sent 1"]);
    // what still comes of the old address changes nothing
    let counts = read(&world, &[about(&old, "soft/postfix-quota")]);
    assert_eq!((counts.ours, counts.bounced, counts.noted), (1, 0, 1));
    assert_eq!(standing(&world), ["bounced 1", "sent 1"]);
}

#[test]
fn a_full_mailbox_is_tried_three_times_more_and_then_needs_a_person() {
    let world = mailed(1);
    for (again, days) in [(0, 1), (1, 3), (2, 7_u64)] {
        let mail = world.relay.messages().pop().unwrap();
        assert_eq!(world.relay.messages().len(), again + 1);
        assert_eq!(read(&world, &[about(&mail, "soft/exim-quota")]).bounced, 1);
        assert_eq!(world.needs_a_person(), Vec::<String>::new());
        world.clock.advance(Duration::from_secs(days * 86_400 - 1));
        assert_eq!(world.send_again().sent, 0, "not yet");
        world.clock.advance(Duration::from_secs(1));
        assert_eq!(world.send_again().sent, 1);
    }
    let mails = world.relay.messages();
    assert_eq!(
        mails.iter().map(|mail| mail.sender.as_str()).collect::<std::collections::BTreeSet<_>>().len(),
        4
    );
    read(&world, &[about(&mails[3], "soft/exim-quota")]);
    assert_eq!(world.needs_a_person(), ["s0001"]);
    world.clock.advance(DAY * 30);
    assert_eq!(world.send_again().sent, 0);
    // all codes work, whichever mail arrives at last
    assert_eq!(world.count("SELECT count(*) FROM code WHERE retired_at IS NULL"), 4);
}

#[test]
fn who_complained_is_not_tried_again() {
    let world = mailed(1);
    let mail = world.relay.messages()[0].clone();
    read(&world, &[about(&mail, "soft/exim-quota"), about(&mail, "complained/arf")]);
    assert_eq!(world.needs_a_person(), ["s0001"]);
    world.clock.advance(DAY * 2);
    assert_eq!(world.send_again().sent, 0);
}

#[test]
fn a_dry_run_shows_what_is_tried_again() {
    let world = mailed(1);
    read(&world, &[about(&world.relay.messages()[0], "soft/exim-quota")]);
    // days ago, by the clock of the program
    world.change("UPDATE bounce SET at = 0");
    let shown = world.gradpass(&["--json", "send", "--dry-run"]);
    assert_eq!(shown.json()["mail"]["waiting"], 1, "{shown:?}");
    assert_eq!(world.count("SELECT count(*) FROM message"), 1, "and writes nothing");
    assert_eq!(world.gradpass(&["--json", "send"]).json()["mail"]["sent"], 1);
}

#[test]
fn what_expired_is_tried_once_more() {
    let world = mailed(1);
    read(&world, &[about(&world.relay.messages()[0], "expired/opensmtpd")]);
    world.clock.advance(DAY);
    assert_eq!(world.send_again().sent, 1);
    read(&world, &[about(&world.relay.messages()[1], "expired/opensmtpd")]);
    assert_eq!(world.needs_a_person(), ["s0001"]);
}

#[test]
fn a_refusal_of_us_waits_for_a_persons_word() {
    let world = mailed(2);
    let mails = world.relay.messages();
    read(&world, &[about(&mails[0], "policy/gmail-dmarc"), about(&mails[1], "hard/qmail")]);
    assert_eq!(world.needs_a_person(), ["s0001", "s0002"]);
    let (again, sent) = world.retry();
    assert_eq!((again, sent.sent), (1, 1), "not to the address that cannot be used");
    let ran = world.gradpass(&["retry", "s0002"]);
    assert_eq!(ran.code, 0, "unless somebody says so: {ran:?}");
    assert_eq!(world.relay.messages().len(), 4);
}

#[test]
fn who_has_come_to_the_page_is_never_undone() {
    let world = World::new();
    let _seek = world.seek_pass(gradpass::sandbox::seek::script(|_, _| gradpass::sandbox::seek::Fault::None));
    with_bounces(&world, "address = \"bounces@northfield.example\"");
    world.import(&roster([1]));
    world.send();
    let mail = world.relay.messages()[0].clone();
    world.serve().visitor().arrive(&code(&mail));
    let counts = read(&world, &[about(&mail, "hard/postfix-unknown")]);
    assert_eq!((counts.bounced, counts.noted), (0, 1));
    assert_eq!(standing(&world), ["sent 1"]);
}

#[test]
fn an_older_message_or_one_of_long_ago_changes_nothing() {
    let world = mailed(2);
    assert_eq!(world.gradpass(&["reissue", "s0001"]).code, 0);
    world.change("UPDATE message SET due_at = 0 WHERE state = 'waiting'");
    assert_eq!(world.send().sent, 1);
    let mails = world.relay.messages();
    world.clock.advance(DAY * 29);
    assert_eq!(read(&world, &[about(&mails[0], "hard/postfix-unknown")]).noted, 1);
    assert_eq!(read(&world, &[about(&mails[2], "hard/postfix-unknown")]).bounced, 1);
    world.clock.advance(DAY * 2);
    assert_eq!(read(&world, &[about(&mails[1], "hard/postfix-unknown")]).noted, 1);
    assert_eq!(standing(&world), ["bounced 1", "sent 2", "s0001 hard 5.1.1 no such mailbox"]);
}

#[test]
fn a_notification_may_be_faster_than_the_relays_answer() {
    for ends in ["it dies", "it goes on"] {
        let world = mailed(1);
        let mail = world.relay.messages()[0].clone();
        world.change("UPDATE message SET state = 'sending', sent_at = NULL");
        world.change("UPDATE attempt SET outcome = NULL, ended_at = NULL, reply = NULL");
        assert_eq!(read(&world, &[about(&mail, "hard/postfix-unknown")]).noted, 1);
        assert_eq!(standing(&world), ["sending 1"], "only its session moves it");
        if ends == "it dies" {
            world.send();
        } else {
            world.answers(1);
        }
        assert_eq!(standing(&world), ["bounced 1", "s0001 hard 5.1.1 no such mailbox"], "{ends}");
    }
}

#[test]
fn what_is_in_doubt_and_comes_back_was_taken() {
    let world = mailed(1);
    world.change("UPDATE message SET state = 'in_doubt', sent_at = NULL");
    read(&world, &[about(&world.relay.messages()[0], "hard/qmail")]);
    assert_eq!(standing(&world), ["bounced 1", "s0001 hard 5.1.1 no such mailbox"]);
}

#[test]
fn a_bounce_goes_with_its_graduate() {
    let world = mailed(1);
    let mail = world.relay.messages()[0].clone();
    read(&world, &[about(&mail, "hard/qmail")]);
    // the program's clock is the system's
    world.change("UPDATE bounce SET at = 0");
    for statement in [
        "UPDATE message SET sent_at = 0",
        "UPDATE attempt SET started_at = 0, ended_at = 0",
        "UPDATE code SET made_at = 0, expires_at = 1",
        "UPDATE invitation SET created_at = 0",
    ] {
        world.change(statement);
    }
    assert_eq!(world.gradpass(&["purge"]).code, 0);
    assert_eq!(world.count("SELECT count(*) FROM bounce"), 0);
    assert_eq!(
        world.count("SELECT number FROM purged_count WHERE what = 'message' AND state = 'bounced'"),
        1
    );
    let counts = read(&world, &[about(&mail, "hard/qmail")]);
    assert_eq!((counts.ours, counts.foreign, counts.forged), (0, 1, 0));
}

#[test]
fn a_ledger_without_bounces_says_nothing_of_them() {
    let world = World::with(healthy());
    world.import(&roster([1]));
    world.send();
    assert_eq!(standing(&world), ["sent 1"]);
}

#[test]
fn a_domain_that_refuses_us_is_left_alone_for_a_day_or_until_somebody_says_retry() {
    let world = mailed(11);
    let mails = world.relay.messages();
    let refused = |number: usize| about(&mails[number], "policy/gmail-dmarc");
    read(&world, &(0..9).map(refused).collect::<Vec<_>>());
    world.import(&roster(1..=12));
    assert_eq!(world.send().sent, 1, "nine may be chance");
    read(&world, &[refused(9)]);
    let more = roster(1..=14).replace("g14@mailbox.example", "g14@post.example");
    world.import(&more);
    let sent = world.send();
    assert_eq!((sent.sent, sent.left.waiting), (1, 1), "another domain is not meant");
    let paused = world.look(async |store| store.refusing_domains(world.clock.now()).await.unwrap());
    let told: Vec<_> = paused.iter().map(|it| (it.domain.as_str(), it.refused, it.waiting)).collect();
    assert_eq!(told, [("mailbox.example", 10, 1)]);
    world.clock.advance(DAY);
    assert_eq!(world.send().sent, 1);

    let world = mailed(11);
    let mails = world.relay.messages();
    read(&world, &mails.iter().take(10).map(|mail| about(mail, "policy/gmail-dmarc")).collect::<Vec<_>>());
    world.import(&roster(1..=12));
    assert_eq!(world.send().sent, 0);
    assert_eq!(world.retry().1.sent, 11);
}
