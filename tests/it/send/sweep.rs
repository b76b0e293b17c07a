//! Every trouble at every step of the session, at every place of a run of three graduates, with relays that take commands
//! in groups and others: nobody is lost, nobody is
//! mailed twice who was not in doubt, and a trouble is about the run or about one graduate as promised.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::thread;
use std::time::Duration;

use gradpass::email::send::Stop;
use gradpass::email::session::Timeouts;
use gradpass::report::Exit;
use gradpass::sandbox::relay::{Act, Settings, Step, script};

use crate::effort::some_of;
use crate::world::{HASTY, PATIENT, World, code, exit, message_id, relays, roster};

/// How a step is spoilt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Spoilt {
    TryLater,
    Refusal,
    Closing,
    HangUp,
    HangUpAfterAccepting,
    Silence,
    Malformed,
}

use Spoilt::{Closing, HangUp, HangUpAfterAccepting, Malformed, Refusal, Silence, TryLater};

const ALL: [Spoilt; 7] = [TryLater, Refusal, Closing, HangUp, HangUpAfterAccepting, Silence, Malformed];

/// What that means for the run, or for the graduate whose turn it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meaning {
    /// The run stops, the rest waits.
    Stops,
    /// Nothing is lost: a new connection carries on.
    Heals,
    Deferred,
    Refused,
    InDoubt,
}

impl Spoilt {
    fn act(self) -> Act {
        match self {
            TryLater => Act::Reply("451 4.3.0 try later".into()),
            Refusal => Act::Reply("550 5.7.1 not today".into()),
            Closing => Act::Reply("421 4.3.2 closing".into()),
            HangUp => Act::HangUp,
            HangUpAfterAccepting => Act::HangUpAfterAccepting,
            Silence => Act::Silence,
            // two codes in one answer (RFC 5321 §4.2.1 wants the same on every line)
            Malformed => Act::Reply("250-one\r\n550 two".into()),
        }
    }

    fn means(self, step: Step, at: usize) -> Meaning {
        match (step, self) {
            // a relay that took somebody has a limit, which is waited for
            (Step::Mail, TryLater) if at > 1 => Meaning::Heals,
            (Step::Connect | Step::Ehlo | Step::Auth, _) | (Step::Mail, TryLater | Refusal) => Meaning::Stops,
            (Step::Mail | Step::Reset | Step::Quit, _) => Meaning::Heals,
            (Step::Recipient | Step::Data | Step::Content, Refusal) => Meaning::Refused,
            (Step::Recipient | Step::Data, _) | (Step::Content, TryLater | Closing) => Meaning::Deferred,
            (Step::Content, _) => Meaning::InDoubt,
        }
    }

    /// Whether the relay keeps a message although the sender never hears of it.
    fn keeps_it(self) -> bool {
        matches!(self, HangUpAfterAccepting | Malformed)
    }
}

#[test]
fn trouble_at_connecting() {
    sweep(Step::Connect, 1);
}

#[test]
fn trouble_at_ehlo() {
    sweep(Step::Ehlo, 1);
}

#[test]
fn trouble_at_the_login() {
    sweep(Step::Auth, 1);
}

#[test]
fn trouble_at_the_sender() {
    sweep(Step::Mail, 3);
}

#[test]
fn trouble_at_the_recipient() {
    sweep(Step::Recipient, 3);
}

#[test]
fn trouble_at_data() {
    sweep(Step::Data, 3);
}

#[test]
fn trouble_after_the_content() {
    sweep(Step::Content, 3);
}

#[test]
fn trouble_at_the_reset() {
    sweep(Step::Reset, 1);
}

#[test]
fn trouble_at_the_goodbye() {
    sweep(Step::Quit, 1);
}

/// Spoils the step in every way, the first time it happens, the second and so on until a run has no such time.
fn sweep(step: Step, times: usize) {
    let ways = |spoilt| {
        let at_each = |relay| (1..=9).take_while(|at| case(&relay, step, spoilt, *at)).count();
        // each step in each way, and each way with each kind of relay at some step
        some_of(relays(), step as usize + spoilt as usize).into_iter().map(at_each).sum::<usize>()
    };
    let cases: usize = thread::scope(|scope| {
        let each: Vec<_> = ALL.into_iter().map(|spoilt| scope.spawn(move || ways(spoilt))).collect();
        each.into_iter().map(|cases| cases.join().unwrap()).sum()
    });
    let kinds = some_of(relays(), 0).len() * ALL.len();
    assert_eq!(cases, kinds * times, "each way at each time that {step:?} happens");
}

/// One case; `false` when the step did not happen so often.
fn case(relay: &Settings, step: Step, spoilt: Spoilt, at: usize) -> bool {
    let Settings { pipelining, answers, .. } = relay;
    let case = format!("{spoilt:?} at {step:?} number {at}, in groups: {pipelining}, answers: {answers:?}");
    let (armed, struck) = (Arc::new(AtomicBool::new(true)), Arc::new(AtomicBool::new(false)));
    let mut world = World::with_login_at(relay, {
        let (armed, struck) = (Arc::clone(&armed), Arc::clone(&struck));
        script(move |moment| {
            if !armed.load(SeqCst) {
                Act::Accept
            } else if moment.step == step && moment.count == at {
                struck.store(true, SeqCst);
                spoilt.act()
            } else if step == Step::Reset && moment.step == Step::Recipient && moment.count == 1 {
                // a reset only follows a refusal
                Act::Reply("550 5.1.1 no such user".into())
            } else {
                Act::Accept
            }
        })
    });
    if spoilt == Silence {
        world.timeouts = hasty_at(step);
    }
    world.import(&roster(1..=3));

    let sent = world.send();
    if !struck.load(SeqCst) {
        return false;
    }
    let meaning = spoilt.means(step, at);
    let before = if step == Step::Ehlo { 0 } else { i64::try_from(at).unwrap() - 1 };
    let refused_for_the_reset = i64::from(step == Step::Reset);
    let (expected, ends) = match meaning {
        Meaning::Stops => (states(&[("sent", before), ("waiting", 3 - before)]), Exit::Later),
        Meaning::Heals if step == Step::Reset => (states(&[("refused", 1), ("sent", 2)]), Exit::NeedsPerson),
        Meaning::Heals => (states(&[("sent", 3)]), Exit::Done),
        Meaning::Deferred => (states(&[("deferred", 1), ("sent", 2)]), Exit::Later),
        Meaning::Refused => (states(&[("refused", 1), ("sent", 2)]), Exit::NeedsPerson),
        // the only session ends with the doubt, so that no second message can come into it
        Meaning::InDoubt => {
            (states(&[("in_doubt", 1), ("sent", before), ("waiting", 2 - before)]), Exit::NeedsPerson)
        }
    };
    assert_eq!(world.states(), expected, "{case}: after the spoilt run");
    assert_eq!(exit(&sent), ends, "{case}: {sent:?}");
    let stops = matches!(sent.stopped, Some(Stop::Failure(_)));
    assert_eq!(stops, matches!(meaning, Meaning::Stops | Meaning::InDoubt), "{case}: {sent:?}");

    // the next night: what waits and what was put off goes, what a person must look at stays
    armed.store(false, SeqCst);
    world.timeouts = PATIENT;
    world.clock.advance(Duration::from_hours(24));
    let sent = world.send();
    let (expected, ends) = match meaning {
        Meaning::InDoubt => (states(&[("in_doubt", 1), ("sent", 2)]), Exit::NeedsPerson),
        Meaning::Refused => (states(&[("refused", 1), ("sent", 2)]), Exit::NeedsPerson),
        Meaning::Heals if step == Step::Reset => (states(&[("refused", 1), ("sent", 2)]), Exit::NeedsPerson),
        _ => (states(&[("sent", 3)]), Exit::Done),
    };
    assert_eq!(world.states(), expected, "{case}: after the healthy run");
    assert_eq!(exit(&sent), ends, "{case}: {sent:?}");

    let (again, sent) = world.retry();
    let for_a_person = u64::from(matches!(meaning, Meaning::InDoubt | Meaning::Refused));
    assert_eq!(again, for_a_person + refused_for_the_reset.cast_unsigned(), "{case}: tried again");
    assert_eq!(world.states(), states(&[("sent", 3)]), "{case}: after the retry");
    assert_eq!(exit(&sent), Exit::Done, "{case}: {sent:?}");

    let twice = (meaning == Meaning::InDoubt && spoilt.keeps_it()).then_some(at);
    each_has_one_but(&world, twice, &case);
    true
}

/// Does not wait long for the step that is silent, and for the others as long as a busy machine may need.
fn hasty_at(step: Step) -> Timeouts {
    match step {
        Step::Connect | Step::Ehlo | Step::Auth => Timeouts { greeting: HASTY.greeting, ..PATIENT },
        Step::Mail | Step::Recipient | Step::Reset => {
            Timeouts { command: HASTY.command, behind: HASTY.behind, ..PATIENT }
        }
        Step::Data => Timeouts { data: HASTY.data, ..PATIENT },
        Step::Content => Timeouts { content: HASTY.content, ..PATIENT },
        Step::Quit => Timeouts { quit: HASTY.quit, ..PATIENT },
    }
}

/// Every graduate has one mail, but for the one who was in doubt: two, which a mail program can tell for copies.
fn each_has_one_but(world: &World, twice: Option<usize>, case: &str) {
    let messages = world.relay.messages();
    for number in 1..=3 {
        let address = format!("g{number}@mailbox.example");
        let mails: Vec<_> = messages.iter().filter(|mail| mail.recipient == [address.as_str()]).collect();
        let copies = if twice == Some(number) { 2 } else { 1 };
        assert_eq!(mails.len(), copies, "{case}: mails of {address}");
        let ids: BTreeSet<_> = mails.iter().map(|mail| message_id(mail)).collect();
        assert_eq!(ids.len(), 1, "{case}: one Message-ID");
    }
    let codes: BTreeSet<_> = messages.iter().map(|mail| code(mail)).collect();
    assert_eq!(codes.len(), messages.len(), "{case}: every mail has a code of its own");
}

fn states(counts: &[(&str, i64)]) -> BTreeMap<String, i64> {
    counts
        .iter()
        .filter(|(_, messages)| *messages > 0)
        .map(|(state, messages)| ((*state).to_owned(), *messages))
        .collect()
}
