//! A scope that SEEK Pass does not grant stops its own type, and nothing else.

use gradpass::sandbox::seek::{self, Endpoint};

use super::{AWARDS, RESULTS, imported, invite, world};
use crate::world::{SeekThread, World};

fn world_with(scopes: &[&str]) -> (World, SeekThread) {
    let world = World::new();
    let clock = world.clock.clone();
    let scopes = scopes.iter().map(|scope| (*scope).to_owned()).collect();
    let seek = SeekThread::start(seek::Settings { scopes, ..seek::Settings::new(move || clock.now()) });
    world.seek_pass_at(&seek.seek.base_url(), "", "per_second = 100\nburst = 100");
    (world, seek)
}

#[test]
fn the_type_without_a_scope_waits_and_the_others_go_on() {
    let (world, seek) = world_with(&["write.education"]);
    imported(&world, RESULTS, "english");
    let results = invite(&world);
    imported(&world, AWARDS, "education");
    let awards = invite(&world);
    let service = world.serve();
    let waiting = service.visitor().press(&results[0].1);
    assert!(waiting.body.contains("http-equiv=\"refresh\""), "{}", waiting.body);
    for (_, code) in &awards {
        service.visitor().arrive(code);
    }
    assert_eq!(seek.seek.submissions(), 2);
    drop(service);
    assert_eq!(world.count("SELECT count(*) FROM submission WHERE state = 'waiting'"), 1);
    let trouble = "SELECT count(*) FROM submission WHERE trouble LIKE \
                   '%does not grant this account the scope write.english_proficiency; ask%until then English test results wait%'";
    assert_eq!(world.count(trouble), 1);
    let page = world.serve().visitor().press(&results[0].1).body;
    let told = "does not answer at the moment. We keep trying, but we cannot say how long it will take.";
    assert!(page.contains(told), "{page}");

    let check = world.gradpass(&["check"]);
    assert_eq!(check.code, 2, "{}", check.stdout);
    assert!(check.stdout.contains("for write.education"), "{}", check.stdout);
    assert!(
        check.stdout.contains("FAIL  SEEK Pass      SEEK Pass does not grant this account the scope"),
        "{}",
        check.stdout
    );
    // what waits in vain is told by the nightly run, too
    let follow_up = world.gradpass(&["follow-up"]);
    assert_eq!(follow_up.code, 75, "{}", follow_up.stdout);
    let told =
        "SEEK Pass does not grant this account the scope write.english_proficiency; ask SEEK Pass to add it";
    assert!(follow_up.stdout.contains(told), "{}", follow_up.stdout);
    // what could be asked for was
    assert!(!follow_up.stdout.contains("stopped early"), "{}", follow_up.stdout);
}

#[test]
fn only_scopes_in_use_are_asked_for() {
    let (world, seek) = world();
    imported(&world, AWARDS, "education");
    let awards = invite(&world);
    let service = world.serve();
    service.visitor().arrive(&awards[0].1);
    assert_eq!(seek.seek.scopes(), ["write.education"]);
    imported(&world, RESULTS, "english");
    let results = invite(&world);
    service.visitor().arrive(&results[0].1);
    assert_eq!(seek.seek.scopes(), ["write.education", "write.english_proficiency"]);
    assert_eq!(seek.seek.calls(Endpoint::Token), 2);
    // statuses are asked for with a token that is there
    assert_eq!(world.gradpass(&["follow-up"]).code, 0);
    assert_eq!(seek.seek.scopes(), ["write.education", "write.english_proficiency"]);
}
