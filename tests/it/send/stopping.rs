//! Stopping in the middle, and two runs at the same time.

use std::io::read_to_string;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};

use gradpass::email::send::Stop;
use gradpass::report::Exit;
use gradpass::sandbox::relay::{Act, Step, script};
use gradpass::store::RunLock;
use serde_json::Value;

use crate::world::{World, exit, process, relays, roster, trigger};

#[test]
fn what_is_in_hand_is_finished_and_the_rest_waits() {
    for relay in relays() {
        // asked to stop at any step of the third message: before DATA and after it
        for step in [Step::Mail, Step::Recipient, Step::Data, Step::Content] {
            let (trigger, shutdown) = trigger();
            let world = World::at(relay.clone(), {
                let trigger = Arc::clone(&trigger);
                script(move |moment| {
                    if moment.step == step && moment.count == 3 {
                        trigger.stop();
                    }
                    Act::Accept
                })
            });
            world.import(&roster(1..=8));
            let sent = world.send_until(shutdown);
            // what was only offered, behind the content of the second, is not in hand yet
            let done = if relay.pipelining && step != Step::Data && step != Step::Content { 2 } else { 3 };
            let case = format!("asked at {step:?}, {relay:?}");
            assert_eq!((sent.sent, sent.left.waiting, sent.left.in_doubt), (done, 8 - done, 0), "{case}");
            assert_eq!(sent.stopped, Some(Stop::Asked));
            assert_eq!(exit(&sent), Exit::Later);
            assert_eq!(world.relay.commands().last().unwrap(), "1 QUIT");

            let sent = world.send();
            assert_eq!((sent.sent, exit(&sent)), (8 - done, Exit::Done), "{case}");
            let mut recipients: Vec<_> =
                world.relay.messages().iter().map(|mail| mail.recipient.concat()).collect();
            recipients.sort();
            recipients.dedup();
            assert_eq!((recipients.len(), world.relay.messages().len()), (8, 8), "nobody has two: {case}");
        }
    }
}

/// SIGTERM, as a service manager or a shutdown of the machine sends it.
#[test]
fn the_program_ends_in_good_order_when_it_is_asked_to() {
    let child = Arc::new(Mutex::new(None::<Child>));
    let world = World::with({
        let child = Arc::clone(&child);
        script(move |moment| {
            if moment.step == Step::Content && moment.count == 2 {
                let process = child.lock().unwrap().as_ref().unwrap().id().to_string();
                assert!(Command::new("kill").args(["-TERM", &process]).status().unwrap().success());
            }
            Act::Accept
        })
    });
    world.write("roster.csv", roster(1..=40).as_bytes());
    assert_eq!(world.gradpass(&["import", "roster.csv"]).code, 0);
    {
        let mut place = child.lock().unwrap();
        let mut program = world.command(&["send", "--json"]);
        *place = Some(program.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap());
    }
    let stdout = child.lock().unwrap().as_mut().unwrap().stdout.take().unwrap();
    let report: Value = serde_json::from_str(&read_to_string(stdout).unwrap()).unwrap();
    let ended = child.lock().unwrap().take().unwrap().wait().unwrap();
    assert_eq!(ended.code(), Some(75));
    let figure = |name: &str| report["mail"][name].as_u64().unwrap();
    // one more may have been in hand before the signal was heard, and none is in doubt
    assert!((2..40).contains(&figure("sent")), "{report}");
    assert_eq!((figure("waiting"), figure("in_doubt")), (40 - figure("sent"), 0), "{report}");
    assert_eq!(world.relay.messages().len(), usize::try_from(figure("sent")).unwrap());
    assert_eq!(report["mail"]["stopped"], "it was asked to stop");
    assert_eq!(world.gradpass(&["send"]).code, 0);
    assert_eq!(world.relay.messages().len(), 40);
}

#[test]
fn a_second_run_says_who_is_at_work() {
    let world = World::new();
    world.import(&roster(1..=2));
    let held = process(RunLock::take(&world.ledger().into(), "run", world.clock.now())).unwrap();
    for command in [&["send"][..], &["run"], &["retry"], &["import", "roster.csv"]] {
        let ran = world.gradpass(command);
        assert_eq!(ran.code, 75, "{command:?}: {ran:?}");
        let holder = format!("gradpass run, process {}, since 2026-11-22T15:00:00Z", std::process::id());
        assert!(ran.stderr.contains(&holder), "{command:?}: {ran:?}");
    }
    // looking is always possible
    assert_eq!(world.gradpass(&["status"]).code, 0);
    assert!(world.relay.messages().is_empty());
    drop(held);
    assert_eq!(world.gradpass(&["send"]).code, 0);
    assert_eq!(world.relay.messages().len(), 2);
}
