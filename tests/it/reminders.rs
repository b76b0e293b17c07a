//! Reminders: who gets one and when, who never does, and how a graduate asks for no more.

mod opt_out;
mod too_late;

use std::fs;
use std::time::Duration;

use gradpass::clock::Clock;
use gradpass::follow_up::{self, Found};
use gradpass::outbox::rate_limiter::RateLimiter;
use gradpass::sandbox::seek::healthy;
use gradpass::seek::{SeekPass, Timeouts};
use gradpass::shutdown::Shutdown;
use gradpass::store::Deed;

use crate::bounces;
use crate::world::{SeekThread, World, code, process, roster, subject};

const AFTER: &str = "after_days = [7, 21]";

/// So many are invited, with these lines in `[reminders]`; their codes.
fn invited(graduates: usize, lines: &str) -> (World, SeekThread, Vec<String>) {
    let world = World::new();
    let seek = world.seek_pass(healthy());
    with_reminders(&world, lines);
    let codes = world.invite(&roster(1..=graduates));
    (world, seek, codes)
}

fn with_reminders(world: &World, lines: &str) {
    let text = fs::read_to_string(world.path("gradpass.toml")).unwrap();
    world.write_private("gradpass.toml", &format!("{text}\n[reminders]\n{lines}\n"));
}

fn days_pass(world: &World, days: u64) {
    world.clock.advance(Duration::from_hours(24 * days));
}

/// A night: the subjects of what is mailed in it.
fn night(world: &World) -> Vec<String> {
    let before = world.relay.messages().len();
    world.remind();
    assert_eq!(world.send().left.waiting, 0);
    world.relay.messages()[before..].iter().map(|mail| subject(mail)).collect()
}

/// Asks SEEK Pass how submissions ended.
fn follow_up(world: &World) -> Found {
    process(async {
        let config = world.config();
        let settings = config.seek_pass.as_ref().unwrap();
        let store = world.open().await.unwrap();
        let writer = store.writer().await.unwrap();
        let seek_pass = SeekPass::new(settings, &world.clock, Timeouts::USUAL).unwrap();
        let pace = RateLimiter::of_status_calls(settings, &world.clock);
        let shutdown = Shutdown::by_hand().1;
        follow_up::follow_up(&store, &writer, &seek_pass, &pace, &world.clock, &shutdown).await.unwrap()
    })
}

fn deed(act: &str, student: &str, world: &World) -> Deed {
    crate::world::deed(act, &[student], world.clock.now())
}

#[test]
fn each_comes_on_its_day_with_a_new_code_and_older_ones_work() {
    let (world, _seek, first) = invited(1, AFTER);
    let mut codes = first;
    for (days, due) in [(6, 0), (1, 1), (13, 0), (1, 1), (1, 0), (30, 0)] {
        days_pass(&world, days);
        let mailed = night(&world);
        assert_eq!(mailed, vec!["A reminder: your SEEK Pass invitation from Northfield University"; due]);
        if due > 0 {
            codes.push(code(world.relay.messages().last().unwrap()));
        }
    }
    codes.sort();
    codes.dedup();
    assert_eq!(codes.len(), 3);
    let service = world.serve();
    for code in &codes {
        service.visitor().arrive(code);
    }
}

#[test]
fn at_most_so_many_and_none_once_the_code_is_over() {
    let (world, _seek, _) = invited(1, "after_days = [7, 21]\nat_most = 1");
    days_pass(&world, 7);
    assert_eq!(night(&world).len(), 1);
    days_pass(&world, 14);
    assert!(night(&world).is_empty());

    // a new address brings the invitation anew, and no more reminders than before
    for (lines, due) in [(AFTER, 1), ("after_days = [7, 21]\nat_most = 1", 0)] {
        let (world, _seek, _) = invited(1, lines);
        days_pass(&world, 7);
        assert_eq!(night(&world).len(), 1);
        world.import(&roster([1]).replace("g1@", "moved@"));
        assert_eq!(night(&world).len(), 1, "the invitation");
        days_pass(&world, 7);
        assert_eq!(night(&world).len(), due);
    }

    let (world, _seek, _) = invited(1, AFTER);
    days_pass(&world, 100);
    assert!(night(&world).is_empty(), "the code works no more, and the invitation is over");
}

#[test]
fn never_whoever_is_held_revoked_withdrawn_bounced_verified_or_at_it() {
    let (world, seek, codes) =
        invited(7, &format!("{AFTER}\n[bounces]\naddress = \"bounces@northfield.example\""));
    let service = world.serve();
    service.visitor().arrive(&codes[0]);
    assert!(seek.seek.verify(&seek.seek.ids()[0]));
    drop(service);
    assert_eq!(follow_up(&world).verified, 1);
    process(async {
        let writer = world.open().await.unwrap().writer().await.unwrap();
        writer.hold(deed("hold", "s0002", &world)).await.unwrap();
        writer.revoke(deed("revoke", "s0003", &world)).await.unwrap();
    });
    world.import(&roster([1, 2, 3, 5, 6, 7]));
    let mails = world.relay.messages();
    let bounce = bounces::about(&mails[4], "hard/exim-unknown");
    assert_eq!(bounces::read(&world, &[bounce]).bounced, 1);
    days_pass(&world, 7);
    let service = world.serve();
    service.visitor().arrive(&codes[5]);
    drop(service);
    let before = world.relay.messages().len();
    assert_eq!(world.remind(), 1);
    assert_eq!(world.send().reminders, 1);
    let mails = world.relay.messages();
    let reminded: Vec<_> = mails[before..].iter().map(|mail| mail.recipient.concat()).collect();
    assert_eq!(reminded, ["g7@mailbox.example"]);
}

#[test]
fn whoever_has_just_looked_at_the_page_is_left_in_peace_for_a_day() {
    let world = World::new();
    let _seek = world.seek_pass(healthy());
    with_reminders(&world, AFTER);
    let one = roster([1]);
    let other = one.lines().last().unwrap().replace("Bachelor", "Master");
    let codes = world.invite(&format!("{one}{other}\n"));
    days_pass(&world, 7);
    assert_eq!(world.remind(), 1);
    let service = world.serve();
    // she is asked which of the two, and chooses none
    assert_eq!(service.visitor().press(&codes[0]).status, 200);
    drop(service);
    assert_eq!((world.send().sent, night(&world).len()), (0, 0));
    days_pass(&world, 1);
    assert_eq!(night(&world).len(), 1);
}

#[test]
fn what_was_begun_and_not_finished_has_its_own_words_and_what_was_declined_has_none() {
    let (world, seek, codes) = invited(2, AFTER);
    let service = world.serve();
    service.visitor().arrive(&codes[1]);
    assert!(seek.seek.cancel(&seek.seek.ids()[0]));
    service.visitor().arrive(&codes[0]);
    drop(service);
    days_pass(&world, 7);
    assert_eq!(night(&world), [""; 0], "nobody has asked SEEK Pass yet, and both may be at it");
    let found = follow_up(&world);
    assert_eq!((found.lapsed, found.canceled), (1, 1));
    assert_eq!(night(&world), ["Not finished yet: your SEEK Pass invitation from Northfield University"]);
    assert_eq!(world.relay.messages().last().unwrap().recipient, ["g1@mailbox.example"]);
}

/// She declined nothing: it was taken from her, since a stranger had her link.
#[test]
fn who_had_begun_before_a_revocation_and_is_invited_again_is_reminded() {
    let (world, _seek, codes) = invited(1, AFTER);
    world.serve().visitor().arrive(&codes[0]);
    process(async {
        let writer = world.open().await.unwrap().writer().await.unwrap();
        writer.revoke(deed("revoke", "s0001", &world)).await.unwrap();
        writer.reissue(deed("reissue", "s0001", &world)).await.unwrap();
    });
    assert_eq!(world.send().sent, 1);
    days_pass(&world, 7);
    assert_eq!(night(&world).len(), 1);
}

#[test]
fn the_program_foretells_them_and_its_follow_up_sends_them_and_nothing_else() {
    let mut world = World::new();
    world.clock = Clock::fixed(Clock::system().now() - Duration::from_hours(24 * 8));
    let _seek = world.seek_pass(healthy());
    with_reminders(&world, AFTER);
    world.invite(&roster(1..=2));
    world.import(&roster(1..=3));
    let check = world.gradpass(&["check"]);
    assert!(check.stdout.contains("reminders      2 graduates due now, nobody later"), "{check:?}");
    let dry = world.gradpass(&["--json", "send", "--dry-run", "--preview", "preview"]);
    assert_eq!(dry.json()["reminders"], 2, "{dry:?}");
    assert!(
        fs::read_to_string(world.path("preview/index.html")).unwrap().contains("A reminder: your SEEK Pass")
    );
    let follow_up = world.gradpass(&["--json", "follow-up"]);
    assert_eq!(follow_up.code, 0, "{follow_up:?}");
    assert_eq!(follow_up.json()["reminders"], 2);
    assert_eq!(follow_up.json()["mail"]["sent"], 2);
    assert_eq!(world.relay.messages().len(), 4, "the third is for `run`");
    assert!(world.gradpass(&["status"]).stdout.contains("reminders    2 sent, 0 waiting, 0 opted out"));
    assert_eq!(world.gradpass(&["report", "--html", "report.html"]).code, 0);
    let report = fs::read_to_string(world.path("report.html")).unwrap();
    assert!(report.contains("2 reminders were sent; 0 graduates asked for no more."), "{report}");
    let check = world.gradpass(&["check"]);
    assert!(check.stdout.contains("reminders      0 graduates due now, 2 graduates on "), "{check:?}");
    let run = world.gradpass(&["--json", "run"]);
    assert_eq!((run.code, run.json()["mail"]["sent"].as_i64()), (0, Some(1)), "{run:?}");
}

#[test]
fn a_follow_up_reads_first_whom_the_mail_before_did_not_reach() {
    let mut world = World::new();
    world.clock = Clock::fixed(Clock::system().now() - Duration::from_hours(24 * 8));
    let address = "address = \"bounces@northfield.example\"";
    with_reminders(&world, &format!("{AFTER}\n[bounces]\n{address}\nsource = \"mbox\""));
    world.invite(&roster(1..=2));
    let bounce = bounces::about(&world.relay.messages()[0], "hard/exim-unknown");
    world.write("mbox", bounces::in_mbox(&bounce).as_bytes());
    let follow_up = world.gradpass(&["--json", "follow-up"]);
    let told = follow_up.json();
    assert_eq!((&told["mail"]["sent"], &told["mail"]["bounced"]), (&1.into(), &1.into()), "{follow_up:?}");
    assert_eq!(world.relay.messages()[2].recipient, ["g2@mailbox.example"]);
}

#[test]
fn more_than_the_university_lets_pass_wait_for_an_approved_plan() {
    let mut world = World::new();
    world.clock = Clock::fixed(Clock::system().now() - Duration::from_hours(24 * 8));
    with_reminders(&world, &format!("{AFTER}\n[guard]\nrequire_approval = 1"));
    world.invite(&roster(1..=2));
    let stopped = world.gradpass(&["--json", "follow-up"]);
    // scripts are told of what was done before
    let told = stopped.json();
    assert_eq!(
        (&told["follow_up"]["verified"], &told["error"]["code"]),
        (&0.into(), &2.into()),
        "{stopped:?}"
    );
    let why = "2 people wait for a message, and above 1 guard.require_approval";
    assert!(stopped.code == 2 && stopped.stderr.contains(why), "{stopped:?}");
    assert_eq!(world.relay.messages().len(), 2);
    let dry = world.gradpass(&["send", "--dry-run", "--json"]);
    let plan = dry.json()["plan"].as_str().unwrap().to_owned();
    assert_eq!(world.gradpass(&["approve", &plan, "--by", "Registrar"]).code, 0);
    assert_eq!(world.gradpass(&["send"]).code, 0);
    assert_eq!(world.relay.messages().len(), 4);
}

#[test]
fn what_cannot_be_a_rule_is_a_mistake() {
    let world = World::new();
    with_reminders(&world, "after_days = [7, 7]");
    let checked = world.gradpass(&["check"]);
    assert!(
        checked.stdout.contains("reminders.after_days: give up to 10 growing numbers of days"),
        "{checked:?}"
    );
    world.mail("connections = 1");
    with_reminders(&world, "after_days = [7, 90]");
    let checked = world.gradpass(&["check"]);
    assert!(
        checked.stdout.contains("reminders.after_days: the last is not below code.valid_days"),
        "{checked:?}"
    );
}
