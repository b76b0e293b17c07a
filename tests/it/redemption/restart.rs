//! What waits survives the service.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use gradpass::sandbox::seek::{Fault, script};
use reqwest::StatusCode;

use crate::world::{World, roster};

#[test]
fn a_waiting_page_goes_on_after_a_restart() {
    for is_killed in [false, true] {
        let world = World::new();
        let is_down = Arc::new(AtomicBool::new(true));
        let down = Arc::clone(&is_down);
        let seek = world.seek_pass(script(move |_, _| {
            if down.load(Ordering::SeqCst) { Fault::Status(503, Some("1".into())) } else { Fault::None }
        }));
        let codes = world.invite(&roster(1..=3));
        let service = world.serve();
        let pages: Vec<_> = codes.iter().map(|code| service.visitor().press(code).waiting_path()).collect();
        assert_eq!(service.visitor().get(&pages[2]).waiting_path(), pages[2]);
        if is_killed {
            service.kill();
        } else {
            drop(service);
        }
        assert_eq!(world.count("SELECT count(*) FROM submission WHERE state = 'waiting'"), 3);

        is_down.store(false, Ordering::SeqCst);
        world.clock.advance(Duration::from_secs(10));
        let service = world.serve();
        for (page, code) in pages.iter().zip(&codes) {
            // whoever presses again joins what waits, and is told as soon as it is answered
            let link = service.visitor().arrive(code);
            assert_eq!(service.visitor().get(page).link(), link, "killed: {is_killed}");
        }
        assert_eq!(seek.seek.submissions(), 3);
        assert_eq!(world.count("SELECT count(*) FROM submission"), 3);
        let forged = format!("{}0", pages[0]);
        assert_eq!(service.visitor().get(&forged).status, StatusCode::NOT_FOUND);
        assert_eq!(service.visitor().get("/wait/1").status, StatusCode::NOT_FOUND);
    }
}
