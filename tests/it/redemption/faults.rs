//! Whatever SEEK Pass does on the way, the graduate gets her link in the end, and SEEK Pass one submission.

use std::time::Duration;

use gradpass::sandbox::seek::{Endpoint, Fault, script};
use reqwest::StatusCode;

use crate::world::{World, roster};

/// What passes by itself.
fn passing() -> Vec<Fault> {
    vec![
        Fault::Status(429, Some("1".into())),
        Fault::Status(429, None),
        Fault::Status(503, Some("Sun, 22 Nov 2026 15:00:03 GMT".into())),
        Fault::Status(500, None),
        Fault::Status(401, None),
        Fault::Status(408, None),
        Fault::Html502,
        Fault::Slow(Duration::from_millis(20)),
        Fault::DropAfterReading,
        Fault::Truncated,
        Fault::Huge,
        Fault::Empty,
    ]
}

#[test]
fn every_fault_at_every_call_ends_in_one_link() {
    let mut cases = 0;
    for endpoint in [Endpoint::Token, Endpoint::Add] {
        for fault in passing() {
            for spoiled in [1..=1, 2..=2, 1..=2, 1..=4] {
                let world = World::new();
                let (faulty, range) = (fault.clone(), spoiled.clone());
                let seek = world.seek_pass(script(move |at, count| {
                    if at == endpoint && range.contains(&count) { faulty.clone() } else { Fault::None }
                }));
                let codes = world.invite(&roster(1..=2));
                let links = world.redeem_all(&codes);
                let told = format!("{endpoint:?} {fault:?} {spoiled:?}");
                assert_eq!(seek.seek.submissions(), 2, "{told}");
                let mut known: Vec<_> =
                    seek.seek.ids().iter().filter_map(|id| seek.seek.redirect_uri(id)).collect();
                known.sort();
                known.dedup();
                let mut links = links;
                links.sort();
                assert_eq!(links, known, "{told}");
                assert_eq!(world.count("SELECT count(*) FROM submission"), 2, "{told}: no id was changed");
                cases += 1;
            }
        }
    }
    assert_eq!(cases, 96);
}

#[test]
fn what_seek_pass_refuses_is_told_to_the_graduate_and_the_operator() {
    for status in [400, 403, 404, 409, 413, 422] {
        let world = World::new();
        let seek = world.seek_pass(script(move |endpoint, count| match (endpoint, count) {
            (Endpoint::Add, 1) => Fault::Status(status, None),
            _ => Fault::None,
        }));
        let codes = world.invite(&roster(1..=1));
        let service = world.serve();
        let answer = service.visitor().follow(&codes[0]);
        assert_eq!(answer.status, StatusCode::CONFLICT);
        assert!(answer.body.contains("graduations@northfield.example"), "{}", answer.body);
        // pressing again does not repeat a hopeless call
        assert_eq!(service.visitor().follow(&codes[0]).status, StatusCode::CONFLICT);
        assert_eq!(seek.seek.calls(Endpoint::Add), 1);
        let shown = world.gradpass(&["show", "s0001"]).stdout;
        assert!(shown.contains("rejected") && shown.contains(&status.to_string()), "{shown}");
        assert_eq!(world.gradpass(&["run"]).code, 1, "it needs a person");

        assert_eq!(world.retry_submissions(), 1);
        service.visitor().arrive(&codes[0]);
        assert_eq!(seek.seek.submissions(), 1);
        assert_eq!(world.gradpass(&["run"]).code, 0);
    }
}

#[test]
fn a_rejection_stands_for_an_hour() {
    let world = World::new();
    let seek = world.seek_pass(script(move |endpoint, count| match (endpoint, count) {
        (Endpoint::Add, 1) => Fault::Status(422, None),
        _ => Fault::None,
    }));
    let codes = world.invite(&roster(1..=1));
    let service = world.serve();
    assert_eq!(service.visitor().follow(&codes[0]).status, StatusCode::CONFLICT);
    world.clock.advance(Duration::from_mins(59));
    assert_eq!(service.visitor().follow(&codes[0]).status, StatusCode::CONFLICT);
    world.clock.advance(Duration::from_mins(2));
    service.visitor().arrive(&codes[0]);
    assert_eq!(seek.seek.submissions(), 1);
}
