//! `correct`: what is right stands at once, and over every roster until that says the same.

use reqwest::StatusCode;

use crate::redemption::invited;
use crate::world::{World, code, roster};

fn name(world: &World) -> bool {
    world.count("SELECT count(*) FROM graduate WHERE full_name = 'Gráinne O’Malley'") == 1
}

#[test]
fn a_corrected_address_gets_a_new_code_and_the_old_one_works_no_more() {
    let (world, _seek, codes) = invited(2);
    let ran = world.gradpass(&["correct", "S-0001", "email=right@mailbox.example", "--why", "rang us"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let audit = world.gradpass(&["audit"]).stdout;
    assert!(audit.contains("s0001: email (rang us)") && !audit.contains("right@"), "{audit}");
    // the roster still has the old one, tonight and tomorrow
    world.write("roster.csv", roster(1..=2).as_bytes());
    for _ in 0..2 {
        assert_eq!(world.gradpass(&["run", "roster.csv"]).code, 0);
    }
    let mails = world.relay.messages();
    assert_eq!((mails.len(), mails[2].recipient[0].as_str()), (3, "right@mailbox.example"));
    let service = world.serve();
    assert_eq!(service.visitor().press(&codes[0]).status, StatusCode::NOT_FOUND);
    world.clock.advance(std::time::Duration::from_secs(1));
    service.visitor().arrive(&code(&mails[2]));
}

#[test]
fn a_correction_stands_over_the_roster_until_that_says_the_same() {
    let (world, _seek, _codes) = invited(2);
    let done = world.gradpass(&["correct", "s0001", "full_name=Gráinne O’Malley", "--why", "deed poll"]);
    assert_eq!((done.code, name(&world)), (0, true), "{done:?}");
    let before = roster(1..=3);
    world.write("roster.csv", before.as_bytes());
    assert_eq!(world.gradpass(&["import", "roster.csv"]).code, 0);
    assert!(name(&world), "an older roster takes it away");
    let after = before.replacen("Graduate 1", "Gráinne O’Malley", 1);
    world.write("roster.csv", after.as_bytes());
    let ran = world.gradpass(&["import", "roster.csv"]);
    assert!(
        ran.stderr.contains("student s0001: the roster says the same as the correction of full_name"),
        "{ran:?}"
    );
    assert_eq!(world.count("SELECT count(*) FROM correction"), 0);
    // from now on the roster is right
    world.write("roster.csv", before.as_bytes());
    world.gradpass(&["import", "roster.csv"]);
    assert!(!name(&world));
}

#[test]
fn the_same_roster_is_read_anew_after_a_correction() {
    let world = World::new();
    world.write("roster.csv", roster(1..=2).as_bytes());
    world.gradpass(&["import", "roster.csv"]);
    world.gradpass(&["correct", "s0001", "full_name=Gráinne O’Malley", "--why", "deed poll"]);
    world.change("UPDATE graduate SET full_name = 'Graduate 1' WHERE id = 1");
    world.gradpass(&["import", "roster.csv"]);
    assert!(name(&world));
}

#[test]
fn a_shared_mailbox_is_resolved_by_a_correction() {
    let world = World::new();
    world.write("roster.csv", roster(1..=2).replace("g2@mailbox", "g1@mailbox").as_bytes());
    assert_eq!(world.gradpass(&["run", "roster.csv"]).code, 1);
    assert_eq!(world.relay.messages().len(), 0);
    let ran = world.gradpass(&["correct", "s0002", "email=g2@mailbox.example", "--why", "rang us", "--json"]);
    assert_eq!((ran.code, ran.json()["released"].as_i64()), (0, Some(2)), "{ran:?}");
    assert_eq!(world.gradpass(&["send"]).code, 0);
    assert_eq!(world.relay.messages().len(), 2);
    // the roster with the mistake in it holds nobody again
    assert_eq!(world.gradpass(&["run", "roster.csv"]).code, 0);
}

#[test]
fn what_no_roster_could_say_is_refused_without_telling_it() {
    let (world, _seek, _codes) = invited(2);
    for (value, says) in [
        ("email=secret.example", "email: has no @"),
        ("email=g2@mailbox.example", "student s0002 has this address"),
        ("full_name==SECRET()", "full_name: "),
        ("date_of_birth=SECRET", "date_of_birth: "),
        ("course_name=SECRET", "in the roster"),
        ("SECRET", "FIELD=VALUE"),
    ] {
        let ran = world.gradpass(&["correct", "s0001", value, "--why", "test"]);
        assert_eq!((ran.code, ran.stderr.contains(says)), (2, true), "{value}: {ran:?}");
        assert!(!ran.stderr.contains("SECRET") && !ran.stderr.contains("secret."), "{ran:?}");
    }
    assert_eq!(world.count("SELECT count(*) FROM correction"), 0);
    assert_eq!(world.gradpass(&["correct", "s0009", "language=en", "--why", "test"]).code, 2);
    let ran =
        world.gradpass(&["correct", "s0001", "date_of_birth=2001-02-03", "language=vi", "--why", "test"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(
        world.count("SELECT count(*) FROM graduate WHERE date_of_birth = '2001-02-03' AND language = 'vi'"),
        1
    );
}
