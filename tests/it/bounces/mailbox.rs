//! A mailbox on a server: read, then marked; whatever the server does, nothing is lost and nothing else of a run is held up.

mod commands;

use std::thread;
use std::time::Duration;

use gradpass::bounce::reading::{Counts, ReadingError};
use gradpass::bounce::report::LARGEST;
use gradpass::bounce::source::mailbox::{Mailbox, MailboxError, Timeouts};
use gradpass::config::BounceSource;

use super::{about, begin, mailed, standing};
use crate::world::imap_thread::{Fault, ImapThread, PASSWORD};
use crate::world::{World, process};

/// Far beyond what a healthy server needs.
const PATIENT: Timeouts = Timeouts { logout: Duration::from_mins(2), ..Timeouts::USUAL };

/// The server's answers, in the order in which it is asked: the greeting is 0.
const LOGIN: usize = 2;
const SELECT: usize = 3;
const SEARCH: usize = 4;
const SIZES: usize = 5;
const CONTENTS: usize = 6;
const LOGOUT: usize = 9;

/// Of these, three have bounced; the fifth is for a person.
const SAMPLES: [&str; 6] =
    ["hard/qmail", "soft/exim-quota", "delayed/postfix", "complained/arf", "person/reply", "policy/ptr"];

/// A sample about each mail, and one that is about none.
fn messages(world: &World) -> Vec<Vec<u8>> {
    let mails = world.relay.messages();
    let about = mails.iter().zip(SAMPLES).map(|(mail, sample)| about(mail, sample).into_bytes());
    about.chain([b"Subject: of somebody else\r\n\r\nHello\r\n".to_vec()]).collect()
}

async fn open(world: &World, server: &ImapThread, timeouts: Timeouts) -> Result<Mailbox, MailboxError> {
    let Ok(BounceSource::Mailbox(url)) = BounceSource::parse(server.url().as_ref()) else {
        panic!("a mailbox")
    };
    Mailbox::open(&url, &PASSWORD.into(), &world.clock, timeouts).await
}

async fn reading(world: &World, server: &ImapThread, timeouts: Timeouts) -> Result<Counts, MailboxError> {
    let store = world.open().await.unwrap();
    let mailbox = open(world, server, timeouts).await?;
    let mut reading = begin(world, &store).await.unwrap();
    match reading.read_mailbox(mailbox).await {
        Ok(()) => Ok(reading.into_counts()),
        Err(ReadingError::Mailbox(error)) => Err(error),
        Err(ReadingError::Store(error)) => panic!("{error}"),
    }
}

fn read(world: &World, server: &ImapThread) -> Result<Counts, MailboxError> {
    process(reading(world, server, PATIENT))
}

#[test]
fn what_is_unread_is_read_and_then_marked() {
    let world = mailed(SAMPLES.len());
    let server = ImapThread::start(messages(&world));
    let counts = read(&world, &server).unwrap();
    assert_eq!((counts.read, counts.ours, counts.bounced, counts.foreign), (7, 6, 3, 1));
    let (done, for_a_person) = ("\\Seen", "\\Seen \\Flagged");
    assert_eq!(server.flags(), [done, done, done, done, for_a_person, done, for_a_person]);
    let heard = server.state().heard.join("\n");
    assert!(!heard.contains("EXPUNGE") && !heard.contains("\\Deleted"), "{heard}");
    assert_eq!(read(&world, &server).unwrap().read, 0);
    // somebody marks all as unread: it comes to the same
    let (before, rows) = (standing(&world), world.count("SELECT count(*) FROM bounce"));
    server.state().messages.iter_mut().for_each(|message| message.flags.clear());
    let counts = read(&world, &server).unwrap();
    assert_eq!((counts.read, counts.repeated, counts.bounced), (7, 6, 0));
    assert_eq!((standing(&world), world.count("SELECT count(*) FROM bounce")), (before, rows));
}

#[test]
fn it_logs_in_as_the_server_knows_it() {
    let world = mailed(1);
    let server = ImapThread::start([]);
    for capabilities in ["AUTH=PLAIN SASL-IR", "AUTH=plain", "AUTH=CRAM-MD5", ""] {
        server.state().capabilities = capabilities;
        read(&world, &server).unwrap_or_else(|error| panic!("{capabilities}: {error}"));
    }
    server.state().capabilities = "LOGINDISABLED";
    let error = read(&world, &server).unwrap_err();
    assert!(!error.is_temporary && error.to_string().contains("takes no password"), "{error}");
}

/// Whatever the server does at whichever answer: it is told what it is, what was marked is in the ledger, and the next
/// reading comes to what an undisturbed one does.
#[test]
fn whatever_the_server_does_and_whenever_reading_again_comes_to_the_same() {
    let faults = [
        Fault::CutBefore,
        Fault::CutAfter,
        Fault::Half,
        Fault::No,
        Fault::NotNow,
        Fault::Bad,
        Fault::Bye,
        Fault::Silence,
        Fault::Says(b"\x00\xff no IMAP {7}\r\n".to_vec()),
    ];
    let sweep = |fault: &Fault| {
        let undisturbed = || {
            let world = mailed(SAMPLES.len());
            let server = ImapThread::start(messages(&world));
            (world, server)
        };
        let (world, server) = undisturbed();
        read(&world, &server).unwrap();
        let (expected, flags) = (standing(&world), server.flags());
        let rows = world.count("SELECT count(*) FROM bounce");
        assert_eq!((expected[0].as_str(), rows), ("bounced 3", 6));
        for at in 0.. {
            let (world, server) = undisturbed();
            server.state().fault = Some((at, fault.clone()));
            let hasty = Duration::from_millis(500);
            let timeouts = match at {
                _ if *fault != Fault::Silence => PATIENT,
                ..=SEARCH => Timeouts { opening: hasty, ..PATIENT },
                LOGOUT => Timeouts { logout: hasty, ..PATIENT },
                _ => Timeouts { command: hasty, ..PATIENT },
            };
            let ended = process(reading(&world, &server, timeouts));
            if server.state().fault.is_some() {
                assert_eq!(at, LOGOUT + 1, "every command was tried");
                return;
            }
            let case = format!("{fault:?} at {at}: {:?}", ended.as_ref().err());
            let refuses = matches!(fault, Fault::No | Fault::Bad);
            match at {
                LOGOUT => assert!(ended.is_ok(), "{case}"),
                // then they are asked for one by one
                CONTENTS if refuses || *fault == Fault::NotNow => assert!(ended.is_ok(), "{case}"),
                LOGIN | SELECT if refuses => assert!(!ended.unwrap_err().is_temporary, "{case}"),
                _ => assert!(ended.unwrap_err().is_temporary, "{case}"),
            }
            assert!(*fault != Fault::Bye || at == LOGOUT || case.contains("(BYE)"), "{case}");
            // all but the last are ours
            let marked = server.flags()[..6].iter().filter(|flags| !flags.is_empty()).count();
            let written = world.count("SELECT count(*) FROM bounce");
            assert!(
                usize::try_from(written).unwrap() >= marked,
                "{case}: {marked} marked, {written} written"
            );
            read(&world, &server).unwrap();
            assert_eq!(standing(&world), expected, "{case}");
            assert_eq!(world.count("SELECT count(*) FROM bounce"), rows, "{case}");
            assert_eq!(server.flags(), flags, "{case}");
        }
    };
    thread::scope(|scope| faults.iter().for_each(|fault| drop(scope.spawn(|| sweep(fault)))));
}

/// What no server should say, and one may: told as a server in trouble, within bounds; an answer that cannot be read is not taken
/// for an empty mailbox.
#[test]
fn a_server_that_answers_with_more_than_it_was_asked_for_is_left() {
    let world = mailed(1);
    let deep = [b"* 1 FETCH (UID 11 BODYSTRUCTURE ".as_slice(), &b"(".repeat(200_000), b"\r\n"].concat();
    for (at, says, words) in [
        (SIZES, b"* 1 FETCH (UID 11 BODY[]<0> {4294967295}\r\n".to_vec(), "more than it was asked for"),
        (SIZES, b"* 1 FETCH (UID 11 BODY[]<0> {99999999999999999999}\r\n".to_vec(), "ended the connection"),
        (SIZES, deep, "more than it was asked for"),
        (SIZES, b"*".repeat(9 * 1024 * 1024), "more than it was asked for"),
        (SIZES, b"* OK [ALERT]\xc3\xa9\r\n".to_vec(), "ended the connection"),
        (SIZES, b"g6 OK of another\r\n".to_vec(), "ended the connection"),
        (SEARCH, b"* SEARCH 99999999999\r\ng4 OK\r\n".to_vec(), "is no IMAP"),
    ] {
        let server = ImapThread::start(messages(&world));
        let beginning = String::from_utf8_lossy(&says[..40.min(says.len())]).into_owned();
        server.state().fault = Some((at, Fault::Says(says)));
        let error = read(&world, &server).unwrap_err();
        assert!(error.is_temporary && error.to_string().contains(words), "{beginning}: {error}");
        assert!(server.flags().iter().all(String::is_empty), "{beginning}");
    }
}

#[test]
fn large_and_many_messages_come_in_pieces() {
    let world = mailed(2);
    let mails = world.relay.messages();
    let padding = "y".repeat(3 * LARGEST);
    let large = |mail| format!("{}\r\n{padding}", about(mail, "hard/qmail")).into_bytes();
    let small = (0..150).map(|_| b"Subject: x\r\n\r\ny\r\n".to_vec());
    let server = ImapThread::start([large(&mails[0]), large(&mails[1])].into_iter().chain(small));
    let counts = read(&world, &server).unwrap();
    assert_eq!((counts.read, counts.bounced, counts.foreign), (152, 2, 150));
    let heard = server.state().heard.clone();
    let contents: Vec<_> = heard.iter().filter(|line| line.contains("BODY.PEEK[]<0.1048576>")).collect();
    let numbers: Vec<_> = contents.iter().map(|line| line.matches(',').count() + 1).collect();
    assert_eq!(numbers, [100, 52], "two of a megabyte each are not too many");

    let large = (0..5).map(|_| padding.clone().into_bytes());
    let server = ImapThread::start(large.chain([Vec::new()]));
    assert_eq!(read(&world, &server).unwrap().read, 6);
    let heard = server.state().heard.clone();
    let contents = heard.iter().filter(|line| line.contains("BODY.PEEK[]"));
    let numbers: Vec<_> = contents.map(|line| line.matches(',').count() + 1).collect();
    assert_eq!(numbers, [4, 2], "four megabytes at once");
}

#[test]
fn no_more_than_so_many_are_read_at_once_and_no_longer_than_so_long() {
    let world = mailed(1);
    let server = ImapThread::start((0..10_050).map(|_| Vec::new()));
    let error = process(async {
        let mut mailbox = open(&world, &server, PATIENT).await.unwrap();
        assert_eq!(mailbox.unread(), 10_000);
        assert_eq!(mailbox.next().await.unwrap().unwrap().len(), 100);
        assert_eq!(mailbox.unread(), 9_900);
        world.clock.advance(PATIENT.whole);
        mailbox.next().await.err().unwrap()
    });
    assert!(
        error.is_temporary && error.to_string().contains("9900 messages are left after 30 minutes"),
        "{error}"
    );
    assert!(server.flags().iter().all(String::is_empty), "what was not read into the ledger is unread");
}

/// One that the server has lost must not keep back the others, night after night.
#[test]
fn a_message_that_the_server_does_not_give_is_told_and_the_others_are_read() {
    let world = mailed(SAMPLES.len());
    let server = ImapThread::start(messages(&world));
    server.state().lost = vec![12];
    for nights in 1..=2 {
        let error = read(&world, &server).unwrap_err();
        assert!(error.is_temporary && error.to_string().contains("does not hand over 1 of its"), "{error}");
        assert_eq!(server.flags().iter().filter(|flags| flags.is_empty()).count(), 1, "night {nights}");
        assert_eq!(standing(&world)[0], "bounced 2");
    }
    server.state().lost.clear();
    assert_eq!(read(&world, &server).unwrap().bounced, 1);
}
