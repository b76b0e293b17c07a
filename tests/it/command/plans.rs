//! Plans: a dry run knows whether its plan is approved, and ends as the run would; `approve` says only what it wrote down.

use crate::world::{Ran, World, roster};

/// A world in which more than two people are mailed only by an approved plan.
fn guarded(more: &str) -> World {
    let world = World::new();
    world.mail(&format!("connections = 1\n[guard]\nrequire_approval = 2\n{more}"));
    world.write("roster.csv", roster(1..=3).as_bytes());
    world
}

/// The same, typed by somebody with this login name.
fn by(world: &World, who: &str, arguments: &[&str]) -> Ran {
    Ran::of(world.command(arguments).env("SUDO_USER", who))
}

const DRY: [&str; 3] = ["run", "--dry-run", "roster.csv"];

fn plan_of(world: &World) -> String {
    world.gradpass(&[&["--json"], &DRY[..]].concat()).json()["plan"].as_str().unwrap().to_owned()
}

#[test]
fn a_dry_run_ends_as_the_run_would_and_knows_an_approved_plan() {
    let world = guarded("");
    let dry = world.gradpass(&DRY);
    let stops = "a run would stop here: 3 people would be mailed";
    assert!(dry.code == 1 && dry.stdout.contains(stops), "{dry:?}");
    let plan = plan_of(&world);
    assert!(dry.stdout.contains(&format!("`gradpass approve {plan} --by NAME` lets exactly this pass")));
    // there has to be a ledger to approve it in
    assert_eq!(world.gradpass(&["run", "roster.csv"]).code, 2);
    let plan = plan_of(&world);
    assert_eq!(world.gradpass(&["approve", &plan]).code, 0);
    let dry = world.gradpass(&DRY);
    assert_eq!(dry.code, 0, "{dry:?}");
    assert!(!dry.stdout.contains("would stop") && dry.stdout.contains("it is approved"), "{dry:?}");
    assert!(dry.stdout.contains("approved, and so a run goes on: 3 people would be mailed"), "{dry:?}");
    assert_eq!(world.gradpass(&["run", "roster.csv"]).code, 0);
    let audit = world.gradpass(&["audit"]).stdout;
    assert!(
        audit.contains("3 unchanged, 0 changed, 0 rejected; 0 withdrawn; by the approved plan "),
        "{audit}"
    );
    // rejected rows: the code of the run
    world.write("roster.csv", roster(1..=3).replace("g3@", "g3.").as_bytes());
    assert_eq!((world.gradpass(&DRY).code, world.gradpass(&["run", "roster.csv"]).code), (1, 1));
}

#[test]
fn with_two_persons_the_dry_run_says_how_many_are_still_to_approve() {
    let world = guarded("two_persons = true");
    let stopped = world.gradpass(&["run", "roster.csv"]);
    assert!(stopped.stderr.contains("--by NAME`, each of two people, and run again"), "{stopped:?}");
    let plan = plan_of(&world);
    let told = |code: i32, words: &str| {
        let dry = world.gradpass(&DRY);
        assert!(dry.code == code && dry.stdout.contains(words), "{words}: {dry:?}");
    };
    told(1, "of two people, each with a login of their own");
    assert_eq!(by(&world, "ola", &["approve", &plan]).code, 0);
    told(1, "one person approved it");
    assert_eq!(by(&world, "mira", &["approve", &plan]).code, 0);
    told(0, "it is approved");
}

#[test]
fn a_plan_of_an_addition_is_none_of_a_whole_roster() {
    let world = guarded("");
    assert_eq!(world.gradpass(&["run", "roster.csv"]).code, 2);
    let dry = world.gradpass(&["--json", "run", "--add", "--dry-run", "roster.csv"]).json();
    let plan = dry["plan"].as_str().unwrap();
    assert_eq!(world.gradpass(&["approve", plan]).code, 0);
    let ran = world.gradpass(&["run", "--plan", plan, "roster.csv"]);
    let told =
        format!("would not follow plan {plan}, since the settings or the options such as --add changed;");
    assert!(ran.code == 2 && ran.stderr.contains(&told), "{ran:?}");
    assert_eq!(world.gradpass(&["run", "--add", "--plan", plan, "roster.csv"]).code, 0);
}

#[test]
fn who_approves_again_hears_that_nothing_new_was_written() {
    let world = guarded("");
    world.gradpass(&["import", "roster.csv"]);
    let plan = plan_of(&world);
    let first = by(&world, "ola", &["approve", &plan, "--by", "Ola Registrar", "--why", "looked at all"]);
    assert!(first.stdout.contains("is approved by Ola Registrar"), "{first:?}");
    let again = by(&world, "ola", &["approve", &plan, "--by", "Mary Approver"]);
    assert_eq!(again.code, 0, "{again:?}");
    let said =
        format!("plan {plan} is approved already: ola did so before, and nothing new was written down\n");
    assert_eq!(again.stdout, said);
    let json = by(&world, "ola", &["approve", &plan, "--by", "Mary Approver", "--json"]).json();
    assert_eq!(json["approved_by"], "Ola Registrar");
    let audit = world.gradpass(&["audit"]).stdout;
    assert!(
        audit.contains("approved by Ola Registrar (looked at all)") && !audit.contains("Mary"),
        "{audit}"
    );
    let other = by(&world, "mira", &["approve", &plan, "--by", " "]);
    assert!(other.code == 2 && other.stderr.contains("--by is empty"), "{other:?}");
    assert!(by(&world, "mira", &["approve", &plan]).stdout.contains("is approved by mira"));
}
