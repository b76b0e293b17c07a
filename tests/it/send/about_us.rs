//! A relay that refuses us refuses no graduate.

use gradpass::email::send::{Sent, Stop};
use gradpass::report::{Exit, MailReport, Report};
use gradpass::sandbox::relay::{Act, Answers, Moment, Settings, Step, healthy, script};

use crate::world::{HASTY, World, exit, roster};

const CONNECTIONS: [usize; 3] = [1, 4, 16];

/// A run to so many graduates over so many connections, into a relay that answers like this.
fn send(
    graduates: usize,
    connections: usize,
    decide: impl Fn(&Moment<'_>) -> Act + Send + Sync + 'static,
) -> (World, Sent) {
    let world = World::with(script(decide));
    world.mail(&format!("connections = {connections}"));
    world.import(&roster(1..=graduates));
    let sent = world.send();
    (world, sent)
}

fn no(step: Step, reply: &'static str) -> impl Fn(&Moment<'_>) -> Act + Send + Sync {
    move |moment| if moment.step == step { Act::Reply(reply.into()) } else { Act::Accept }
}

fn why(sent: &Sent) -> &str {
    match &sent.stopped {
        Some(Stop::Failure(why)) => why,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_relay_that_refuses_us_refuses_no_graduate() {
    for connections in CONNECTIONS {
        for (step, reply) in [
            (Step::Recipient, "554 5.7.1 Relay access denied"),
            (Step::Recipient, "553 5.7.1 Sender address rejected: not owned by user registry"),
            (Step::Recipient, "550 5.7.1 mail from you is not wanted"),
            (Step::Recipient, "550 no"),
            (Step::Content, "550 5.7.1 links to that site are not wanted"),
            (Step::Content, "552 5.2.3 Message length exceeds administrative limit"),
        ] {
            let (world, sent) = send(200, connections, no(step, reply));
            assert_eq!(
                (sent.sent, sent.left.waiting, sent.left.deferred, sent.left.refused, sent.left.in_doubt),
                (0, 200, 0, 0, 0),
                "{reply} over {connections}"
            );
            assert_eq!(exit(&sent), Exit::Later);
            assert!(why(&sent).contains(reply), "{}", why(&sent));
            let tried = world.relay.commands().iter().filter(|line| line.contains("RCPT TO")).count();
            // a content that was refused takes back the offer behind it
            assert!(tried <= 20 + 2 * connections, "{tried} tried over {connections}");
        }
    }
}

#[test]
fn in_a_small_roster_it_is_all_of_them() {
    for (graduates, reply, waiting) in [
        (1, "554 5.7.1 Relay access denied", 1),
        (3, "554 5.7.1 Relay access denied", 3),
        (3, "550 no", 3),
        // of one graduate alone nobody can tell
        (1, "550 no", 0),
        (3, "550 5.1.1 User unknown", 0),
    ] {
        let (_world, sent) = send(graduates, 1, no(Step::Recipient, reply));
        assert_eq!(sent.left.waiting, waiting, "{graduates}: {reply}");
        assert_eq!(
            usize::try_from(sent.left.refused).unwrap(),
            graduates - usize::try_from(waiting).unwrap()
        );
        assert_eq!(exit(&sent), if waiting > 0 { Exit::Later } else { Exit::NeedsPerson });
    }
}

#[test]
fn a_relay_that_changes_its_mind_in_the_middle_refuses_nobody() {
    for connections in CONNECTIONS {
        let (_world, sent) = send(100, connections, |moment| match moment.step {
            Step::Recipient if moment.count > 40 => {
                Act::Reply("550 5.7.1 daily sending quota exceeded".into())
            }
            _ => Act::Accept,
        });
        assert_eq!((sent.sent, sent.left.waiting, sent.left.refused), (40, 60, 0), "{connections}");
        assert_eq!(exit(&sent), Exit::Later);
    }
}

/// The last few of a night, while those before them are still on their way over other connections.
#[test]
fn a_limit_that_the_last_ones_meet_refuses_nobody() {
    for connections in CONNECTIONS {
        let (_world, sent) = send(43, connections, |moment| match moment.step {
            Step::Recipient if moment.count > 40 => {
                Act::Reply("550 5.7.1 daily sending quota exceeded".into())
            }
            _ => Act::Accept,
        });
        assert_eq!((sent.sent, sent.left.waiting, sent.left.refused), (40, 3, 0), "{connections}");
        assert_eq!(exit(&sent), Exit::Later);
    }
}

#[test]
fn many_unknown_recipients_are_unknown_recipients() {
    for connections in CONNECTIONS {
        let (_world, sent) = send(200, connections, |moment| {
            let number: usize =
                moment.argument.trim_start_matches('g').split('@').next().unwrap().parse().unwrap_or(0);
            match moment.step {
                Step::Recipient if !number.is_multiple_of(5) => Act::Reply("550 5.1.1 User unknown".into()),
                _ => Act::Accept,
            }
        });
        assert_eq!((sent.sent, sent.left.refused, sent.left.waiting), (40, 160, 0), "{connections}");
        assert_eq!((exit(&sent), &sent.stopped), (Exit::NeedsPerson, &None));
    }
}

#[test]
fn contents_that_some_may_not_have_are_refused_to_them_alone() {
    let (_world, sent) = send(100, 4, |moment| match moment.step {
        Step::Content if moment.count % 10 == 5 => Act::Reply("550 5.7.1 not wanted here".into()),
        _ => Act::Accept,
    });
    assert_eq!((sent.sent, sent.left.refused, sent.left.waiting), (90, 10, 0));
    assert_eq!((exit(&sent), &sent.stopped), (Exit::NeedsPerson, &None));
}

#[test]
fn a_scanner_that_is_away_ends_the_run_after_a_few() {
    for step in [Step::Recipient, Step::Content] {
        let (world, sent) = send(600, 4, no(step, "451 4.7.1 Service unavailable - try again later"));
        assert_eq!((sent.sent, sent.left.refused, sent.left.in_doubt), (0, 0, 0));
        assert_eq!(sent.left.waiting + sent.left.deferred, 600);
        assert_eq!(exit(&sent), Exit::Later);
        assert!(why(&sent).contains("451 4.7.1"), "{}", why(&sent));
        let tried = world.relay.commands().iter().filter(|line| line.contains("RCPT TO")).count();
        assert!(tried < 50, "{tried}");
    }
}

#[test]
fn greylisting_is_about_each_recipient() {
    let (_world, sent) = send(60, 4, no(Step::Recipient, "451 4.7.1 Greylisting in action, come back later"));
    assert_eq!((sent.left.deferred, &sent.stopped, exit(&sent)), (60, &None, Exit::Later));
}

#[test]
fn the_summary_says_how_many_were_told_the_same() {
    let (_world, sent) = send(60, 1, |moment| match moment.step {
        Step::Recipient if moment.count % 3 == 0 => {
            Act::Reply(format!("450 4.2.1 {} is busy", moment.argument))
        }
        Step::Recipient if moment.count == 7 => Act::Reply("550 5.1.1 User unknown".into()),
        _ => Act::Accept,
    });
    let report = Report { mail: MailReport::from(&sent), ..Report::default() };
    insta::assert_snapshot!(report.mail_lines().join("\n"), @r"
    mail: 39 sent, 0 waiting, 20 deferred, 1 refused, 0 in doubt
      20 deferred: 450 4.2.1 <…> is busy
    refused: mend the address in the roster, or run `gradpass retry`
    left over: the next run goes on with them
    ");
}

#[test]
fn check_says_what_the_relay_has_against_the_sender() {
    for (step, reply, said) in [
        (Step::Mail, "530 5.7.0 Must issue a STARTTLS command first", "does not take mail from the sender"),
        (Step::Mail, "450 4.7.1 too much mail", "takes nothing from the sender at the moment"),
        (
            Step::Recipient,
            "553 5.7.1 Sender address rejected",
            "does not take mail from the sender to itself",
        ),
    ] {
        let world = World::with(script(no(step, reply)));
        let ran = world.gradpass(&["check"]);
        assert_eq!(ran.code, 75, "{}", ran.stdout);
        assert!(ran.stdout.contains(said) && ran.stdout.contains(reply), "{}", ran.stdout);
        assert_eq!(world.relay.messages().len(), 0);
    }
}

#[test]
fn the_size_that_the_relay_takes_is_believed() {
    let settings = Settings { size: 2000, ..Settings::default() };
    let world = World::at(settings, healthy());
    world.mail("connections = 4");
    world.import(&roster(1..=40));
    let sent = world.send();
    assert_eq!((sent.sent, sent.left.waiting, sent.left.refused, exit(&sent)), (0, 40, 0, Exit::Later));
    assert!(why(&sent).contains("the relay takes at most 2000 (SIZE)"), "{}", why(&sent));
    assert!(!world.relay.commands().iter().any(|line| line.contains("MAIL")), "none was offered");
}

#[test]
fn a_relay_that_does_not_hear_what_is_said_behind_a_content_is_told_it_by_itself() {
    let unheard = "503 5.5.1 Bad sequence of commands - pipelined after end of DATA";
    for act in [Act::Silence, Act::Reply(unheard.into())] {
        let settings = Settings { answers: Answers::Together, ..Settings::default() };
        let mut world = World::at(settings, {
            let act = act.clone();
            script(move |moment| {
                // the first that is offered behind a content
                if moment.step == Step::Mail && moment.count == 2 { act.clone() } else { Act::Accept }
            })
        });
        world.timeouts.behind = HASTY.behind;
        world.import(&roster(1..=10));
        let sent = world.send();
        assert_eq!((sent.sent, exit(&sent), &sent.stopped), (10, Exit::Done, &None), "{act:?}");
        assert_eq!(world.relay.messages().len(), 10, "nobody has two");
        assert_eq!(world.relay.connections(), 2);
        // greeting, two of EHLO, and three of each message; one less where a message is offered behind another
        assert!(world.relay.waves() >= 3 * 9, "{} waits", world.relay.waves());
    }
}

#[test]
fn what_was_taken_back_is_not_in_the_summary() {
    let (_world, sent) = send(60, 4, no(Step::Recipient, "554 5.7.1 Relay access denied"));
    assert_eq!(sent.replies, Vec::<String>::new());
}

#[test]
fn wrong_addresses_among_them_do_not_hide_a_relay_that_refuses_us() {
    let (_world, sent) = send(100, 1, |moment| match moment.step {
        Step::Recipient if moment.count.is_multiple_of(2) => Act::Reply("550 5.1.1 User unknown".into()),
        Step::Recipient => Act::Reply("554 5.7.1 Relay access denied".into()),
        _ => Act::Accept,
    });
    // five were refused for us, and the four between them for their addresses
    assert_eq!((sent.left.refused, sent.left.waiting), (4, 96));
    assert!(why(&sent).contains("554 5.7.1"), "{}", why(&sent));
}

#[test]
fn check_takes_a_sender_without_a_mailbox() {
    let world = World::with(script(no(Step::Recipient, "550 5.1.1 User unknown")));
    let ran = world.gradpass(&["check"]);
    let line = ran.stdout.lines().find(|line| line.contains("relay ")).unwrap_or_default().to_owned();
    assert!(line.starts_with("note") && line.contains("answers are lost"), "{}", ran.stdout);
}
