//! Several services on one ledger: one pace, one queue, one breaker.

mod pace;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use gradpass::sandbox::seek::{Endpoint, Fault, healthy, script};
use gradpass::store::RunLock;

use crate::world::{World, process, roster};

#[test]
fn services_share_a_server_and_a_move_waits_for_none_of_them() {
    let Some(world) = World::new().on_server() else { return };
    world.invite(&roster(1..=1));
    let ledger = world.config().database;
    process(async {
        let first = RunLock::take_for_service(&ledger, world.clock.now()).await.unwrap();
        let second = RunLock::take_for_service(&ledger, world.clock.now()).await.unwrap();
        let alone = RunLock::take_without_service(&ledger, "move", world.clock.now()).await.unwrap_err();
        assert!(alone.to_string().contains("gradpass serve, process "), "{alone}");
        drop((first, second));
        let alone = RunLock::take_without_service(&ledger, "move", world.clock.now()).await.unwrap();
        RunLock::take_for_service(&ledger, world.clock.now()).await.unwrap_err();
        drop(alone);
    });
}

#[test]
fn what_seek_pass_asks_of_one_holds_for_all_and_one_finds_out() {
    let Some(world) = World::new().on_server() else { return };
    let seek = world.seek_pass(script(|endpoint, count| match (endpoint, count) {
        // a probe that fails, too
        (Endpoint::Add, 1 | 2) => Fault::Status(429, Some("30".into())),
        _ => Fault::None,
    }));
    world.seek_pass_at(&seek.seek.base_url(), "", "per_second = 1\nburst = 1");
    let codes = world.invite(&roster(1..=6));
    // alone at first, so that nothing else is under way when the answer comes
    let first = world.queue(&codes[..1]);
    let calls = || seek.seek.calls(Endpoint::Add);
    // a queue that nobody has used before is silent for a second
    while calls() == 0 {
        first.drain();
        world.clock.advance(Duration::from_millis(100));
    }
    let one = world.queue(&codes[1..]);
    let other = world.queue(&[]);
    for _ in 0..29 {
        other.drain();
        one.drain();
        world.clock.advance(Duration::from_secs(1));
    }
    assert_eq!(calls(), 1, "all wait");
    world.clock.advance(Duration::from_secs(2));
    other.drain();
    one.drain();
    assert_eq!(calls(), 2, "the other one tried, and nobody else");
    for _ in 0..29 {
        one.drain();
        world.clock.advance(Duration::from_secs(1));
    }
    assert_eq!(calls(), 2, "all wait again");
    for _ in 0..20 {
        world.clock.advance(Duration::from_secs(1));
        other.drain();
        one.drain();
    }
    assert_eq!((calls(), first.links().len() + one.links().len()), (8, 6));
}

#[test]
fn a_probe_that_died_with_its_service_is_followed_by_another() {
    let Some(world) = World::new().on_server() else { return };
    let seek = world.seek_pass(healthy());
    let codes = world.invite(&roster(1..=2));
    let queue = world.queue(&codes);
    queue.drain();
    assert_eq!(queue.links().len(), 2);
    // all were paused, and the service whose probe was to find out has died
    world.change(
        r#"UPDATE pace SET health = '{"paused_until":"2026-11-22T15:00:00Z","probing_until":"2026-11-22T15:30:00Z"}'"#,
    );
    let codes = world.invite(&roster(3..=3));
    let queue = world.queue(&codes);
    queue.drain();
    assert_eq!(queue.links().len(), 0);
    world.clock.advance(Duration::from_mins(30));
    queue.drain();
    assert_eq!((queue.links().len(), seek.seek.submissions()), (1, 3));
}

#[test]
fn a_graduate_may_change_services_at_every_click() {
    let Some(world) = World::new().on_server() else { return };
    let is_down = Arc::new(AtomicBool::new(true));
    let down = Arc::clone(&is_down);
    let seek = world.seek_pass(script(move |endpoint, _| {
        if endpoint == Endpoint::Add && down.load(Ordering::SeqCst) {
            Fault::Status(503, Some("1".into()))
        } else {
            Fault::None
        }
    }));
    let codes = world.invite(&roster(1..=3));
    let services = [world.serve(), world.serve()];
    let [one, other] = &services;
    let pages: Vec<_> = codes.iter().map(|code| one.visitor().press(code).waiting_path()).collect();
    // each at the other service: the same page, and her place among all who wait
    let elsewhere = other.visitor().get(&pages[2]);
    assert_eq!(elsewhere.waiting_path(), pages[2]);
    assert_eq!(other.visitor().press(&codes[1]).waiting_path(), pages[1]);
    is_down.store(false, Ordering::SeqCst);
    world.clock.advance(Duration::from_secs(10));
    for (page, code) in pages.iter().zip(&codes) {
        let link = other.visitor().arrive(code);
        assert_eq!(one.visitor().get(page).link(), link);
        assert_eq!(other.visitor().get(page).link(), link);
    }
    assert_eq!(seek.seek.submissions(), 3);
    assert_eq!(world.count("SELECT count(*) FROM submission"), 3);
}

#[test]
fn a_service_that_is_killed_leaves_its_graduates_to_the_others() {
    let Some(world) = World::new().on_server() else { return };
    let is_hanging = Arc::new(AtomicBool::new(true));
    let hanging = Arc::clone(&is_hanging);
    let seek = world.seek_pass(script(move |endpoint, _| {
        if endpoint == Endpoint::Add && hanging.load(Ordering::SeqCst) { Fault::Hang } else { Fault::None }
    }));
    let codes = world.invite(&roster(1..=3));
    let dying = world.serve();
    let pages: Vec<_> = codes.iter().map(|code| dying.visitor().press(code).waiting_path()).collect();
    dying.kill();
    is_hanging.store(false, Ordering::SeqCst);
    // its leases end
    world.clock.advance(Duration::from_secs(25));
    let other = world.serve();
    for (page, code) in pages.iter().zip(&codes) {
        let link = other.visitor().arrive(code);
        assert_eq!(other.visitor().get(page).link(), link);
    }
    assert_eq!((seek.seek.submissions(), world.count("SELECT count(*) FROM submission")), (3, 3));
}

#[test]
fn wrong_codes_and_wrong_answers_count_over_all_services() {
    let Some(world) = World::new().on_server() else { return };
    let seek = world.seek_pass(healthy());
    world.seek_pass_at(&seek.seek.base_url(), "question = \"student_id\"", "");
    let codes = world.invite(&roster(1..=2));
    let services = [world.serve(), world.serve()];
    let at = |turn: usize| services[turn % 2].visitor();
    let tried = |code: &str, answer: &str, turn| {
        at(turn).submit(&[("code", code), ("answer", answer)]).status.as_u16()
    };
    // five wrong answers in turn, and then none at either
    assert_eq!((0..5).map(|turn| tried(&codes[0], "s9999", turn)).collect::<Vec<_>>(), [404; 5]);
    for turn in 0..2 {
        assert_eq!(tried(&codes[0], "s0001", turn), 429);
    }
    assert_eq!(world.gradpass(&["unlock", "s0001"]).code, 0);
    at(0).arrive_with(&[("code", &codes[0]), ("answer", "s0001")]);
    // they were guesses of this address, too: 55 are left to both together
    let unknown = "0000-0000-00000";
    let wrong = (0..70).filter(|turn| tried(unknown, "s0001", *turn) == 404).count();
    assert_eq!(wrong, 55);
    for turn in 0..2 {
        assert_eq!(tried(&codes[1], "s0002", turn), 429, "a right code is not looked at");
    }
    world.clock.advance(Duration::from_mins(10));
    at(1).arrive_with(&[("code", &codes[1]), ("answer", "s0002")]);
}
