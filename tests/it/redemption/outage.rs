//! A SEEK Pass that is not well is left in peace, and the queue goes on in order.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use gradpass::sandbox::seek::{Endpoint, Fault, script};

use crate::world::{World, roster};

#[test]
fn a_broken_seek_pass_is_tried_by_one_probe_at_a_time() {
    for fault in [Fault::Status(503, None), Fault::Status(500, None), Fault::DropAfterReading, Fault::Html502]
    {
        let world = World::new();
        let is_down = Arc::new(AtomicBool::new(true));
        let (down, broken) = (Arc::clone(&is_down), fault.clone());
        let seek = world.seek_pass(script(move |endpoint, _| {
            if endpoint == Endpoint::Add && down.load(Ordering::SeqCst) {
                broken.clone()
            } else {
                Fault::None
            }
        }));
        world.seek_pass_at(&seek.seek.base_url(), "", "per_second = 2\nburst = 1");
        let codes = world.invite(&roster(1..=40));
        let queue = world.queue(&codes);
        // five minutes of it
        for _ in 0..300 {
            queue.drain();
            world.clock.advance(Duration::from_secs(1));
        }
        // those under way before it was noticed, then pauses of 1, 2, 4 … 60 seconds
        let calls = seek.seek.calls(Endpoint::Add);
        assert!((8..=22).contains(&calls), "{calls} calls for {fault:?}");
        assert_eq!(queue.links().len(), 0);

        is_down.store(false, Ordering::SeqCst);
        for _ in 0..180 {
            queue.drain();
            world.clock.advance(Duration::from_secs(1));
        }
        assert_eq!((queue.links().len(), seek.seek.submissions()), (40, 40), "{fault:?}");
        assert_eq!(world.count("SELECT count(*) FROM submission"), 40);
    }
}

#[test]
fn everybody_waits_as_long_as_seek_pass_asks_and_goes_on_in_order() {
    let world = World::new();
    let seek = world.seek_pass(script(|endpoint, count| match (endpoint, count) {
        (Endpoint::Add, 4) => Fault::Status(429, Some("30".into())),
        _ => Fault::None,
    }));
    world.seek_pass_at(&seek.seek.base_url(), "", "per_second = 1\nburst = 1");
    let codes = world.invite(&roster(1..=12));
    let queue = world.queue(&codes);
    let mut noticed = None;
    for second in 0..80 {
        queue.drain();
        let calls = seek.seek.calls(Endpoint::Add);
        if calls == 4 {
            let since = *noticed.get_or_insert(second);
            assert!(second - since <= 31, "nobody goes on");
        }
        if let Some(since) = noticed.filter(|_| calls > 4) {
            assert!(second - since >= 29, "called again after {} seconds", second - since);
            noticed = Some(i32::MIN / 2);
        }
        world.clock.advance(Duration::from_secs(1));
    }
    assert_eq!(queue.links().len(), 12);
    // in order of arrival, but for the four that may be under way at the same time and overtake each other
    for (place, id) in seek.seek.ids().iter().enumerate() {
        let asked = queue.ids.iter().position(|asked| asked == id).unwrap();
        assert!(asked.abs_diff(place) < 4, "number {asked} came as number {place}");
    }
}

#[test]
fn after_ten_refusals_the_rest_is_put_off_and_goes_on_by_itself() {
    let world = World::new();
    let seek = world.seek_pass(script(|endpoint, count| match (endpoint, count) {
        (Endpoint::Add, ..=13) => Fault::Status(422, None),
        _ => Fault::None,
    }));
    world.seek_pass_at(&seek.seek.base_url(), "", "per_second = 1\nburst = 1");
    let codes = world.invite(&roster(1..=30));
    let queue = world.queue(&codes);
    for _ in 0..300 {
        queue.drain();
        world.clock.advance(Duration::from_secs(1));
    }
    assert_eq!(queue.links().len(), 20);
    assert_eq!(world.count("SELECT count(*) FROM submission WHERE state = 'rejected'"), 10);
}

#[test]
fn refusals_one_after_the_other_are_about_us() {
    let world = World::new();
    let is_wrong = Arc::new(AtomicBool::new(true));
    let wrong = Arc::clone(&is_wrong);
    let seek = world.seek_pass(script(move |endpoint, _| {
        let is_refused = endpoint == Endpoint::Add && wrong.load(Ordering::SeqCst);
        if is_refused { Fault::Status(404, None) } else { Fault::None }
    }));
    world.seek_pass_at(&seek.seek.base_url(), "", "per_second = 1\nburst = 1");
    let codes = world.invite(&roster(1..=40));
    let queue = world.queue(&codes);
    for _ in 0..300 {
        queue.drain();
        world.clock.advance(Duration::from_secs(1));
    }
    assert_eq!(world.count("SELECT count(*) FROM submission WHERE state = 'rejected'"), 10);
    assert!(seek.seek.calls(Endpoint::Add) <= 25, "{} calls", seek.seek.calls(Endpoint::Add));
    is_wrong.store(false, Ordering::SeqCst);
    assert_eq!(world.retry_submissions(), 10);
    for _ in 0..180 {
        queue.drain();
        world.clock.advance(Duration::from_secs(1));
    }
    assert_eq!((queue.links().len(), seek.seek.submissions()), (40, 40));
}
