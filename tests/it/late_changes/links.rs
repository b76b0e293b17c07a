//! Links from before a change, a revocation or another link: whose they are when somebody finishes them.

use super::*;

#[test]
fn who_finishes_from_an_old_address_does_not_finish_for_the_graduate() {
    let world = World::new();
    let seek = world.seek_pass(healthy());
    let codes = world.invite(&roster(&SAME[..1]));
    world.serve().visitor().arrive(&codes[0]);
    let moved = SAME[0].replace("n1@", "mira@");
    // told from the night on that brought the new address, until somebody settles it
    for _ in 0..2 {
        let ran = night(&world, &[&moved]);
        assert!(
            ran.code == 1 && ran.json()["changed_after_verified"] == serde_json::json!(["n1"]),
            "{ran:?}"
        );
    }
    let ran = world.gradpass(&["run", "roster.csv"]);
    let told = "student n1: Bachelor of Arts was submitted to SEEK Pass, and this changed since: address; the link at the old \
                address counts for nobody, and only a code that went to the new one adds it; told until SEEK Pass says that the \
                old link is over; `gradpass settle n1 --why TEXT` ends it\n";
    assert!(ran.stdout.contains(told), "{ran:?}");
    let shown = world.gradpass(&["show", "n1"]).stdout;
    assert!(shown.contains("this changed since: address n…@m… → m…@m…;"), "{shown}");
    let again = world.gradpass(&["reissue", "n1", "--again", "--why", "y"]);
    assert!(again.code == 2 && again.stderr.contains("from the old address counts for nobody"), "{again:?}");
    assert_eq!(world.gradpass(&["settle", "n1", "--why", "she knows"]).code, 0);
    assert_eq!(night(&world, &[&moved]).code, 0);
    let stranger = seek.seek.ids()[0].clone();
    assert!(seek.seek.verify(&stranger));
    let told = world.gradpass(&["follow-up"]);
    assert_eq!(told.code, 1, "{told:?}");
    assert!(told.stdout.contains("follow-up: 0 verified"), "{}", told.stdout);
    assert!(told.stdout.contains("finished by whoever had the link at the old address"), "{}", told.stdout);
    assert_eq!(world.gradpass(&["run"]).code, 1, "until somebody settles it");
    let shown = world.gradpass(&["show", "n1"]).stdout;
    for word in ["redeemed", "submitted", "canceled", "misdirected"] {
        assert!(shown.contains(&format!("  {word}: Bachelor of Arts, {stranger}")), "{word}: {shown}");
    }

    catch_up(&world);
    let new = code(&world.relay.messages()[1]);
    world.serve().visitor().arrive(&new);
    let hers = seek.seek.ids()[1].clone();
    assert!(seek.seek.verify(&hers));
    let told = world.gradpass(&["--json", "follow-up"]);
    assert_eq!((told.code, &told.json()["follow_up"]["verified"]), (1, &1.into()), "{told:?}");
    assert_eq!(world.gradpass(&["settle", "n1", "--why", "SEEK Pass removed it"]).code, 0);
    assert_eq!(world.gradpass(&["run"]).code, 0);
}

/// The link at the old address ends by itself: nobody needs to settle it.
#[test]
fn an_old_link_that_seek_pass_ends_is_told_no_more() {
    let world = World::new();
    let seek = world.seek_pass(healthy());
    let codes = world.invite(&roster(&SAME[..1]));
    world.serve().visitor().arrive(&codes[0]);
    let moved = SAME[0].replace("n1@", "mira@");
    assert_eq!(night(&world, &[&moved]).code, 1);
    assert!(seek.seek.cancel(&seek.seek.ids()[0]));
    assert_eq!(world.gradpass(&["follow-up"]).code, 0);
    assert_eq!(night(&world, &[&moved]).code, 0);
    let first = world.gradpass(&["show", "n1"]).stdout.lines().next().unwrap().to_owned();
    assert!(first.contains(", opened the page on ") && first.contains(", was mailed again on "), "{first}");
}

/// A stranger had the message: what he began counts for nobody, whether he finishes it before or after a new code is mailed.
#[test]
fn who_finishes_after_a_revocation_does_not_finish_for_the_graduate() {
    for is_reissued_before in [true, false] {
        let world = World::new();
        let seek = world.seek_pass(healthy());
        let codes = world.invite(&roster(&SAME[..1]));
        world.serve().visitor().arrive(&codes[0]);
        assert_eq!(world.gradpass(&["revoke", "n1", "--why", "a stranger has the message"]).code, 0);
        let reissue = || assert_eq!(world.gradpass(&["reissue", "n1", "--now"]).code, 0);
        if is_reissued_before {
            reissue();
        }
        assert!(seek.seek.verify(&seek.seek.ids()[0]));
        let told = world.gradpass(&["run"]);
        let line = "finished with a link from before the invitation was revoked; ask SEEK Pass to revoke it; if the graduate \
                    has not added it by now, `gradpass reissue n1` mails a code for that; `gradpass settle n1 --why TEXT` ends it\n";
        assert!(told.code == 1 && told.stdout.contains(line), "{told:?}");
        assert!(told.stdout.contains("0 verified"), "{told:?}");
        assert!(world.gradpass(&["list", "misdirected"]).stdout.starts_with("n1 "));
        if !is_reissued_before {
            let again = world.gradpass(&["reissue", "n1", "--again", "--why", "y"]);
            assert!(
                again.code == 2 && again.stderr.contains("`gradpass reissue n1` mails a code"),
                "{again:?}"
            );
            let shown = world.gradpass(&["show", "n1"]).stdout;
            assert!(
                shown.starts_with("Student n1 has no invitation any more: it was revoked on "),
                "{shown}"
            );
            reissue();
        }
        let shown = world.gradpass(&["show", "n1"]).stdout;
        assert!(
            shown.starts_with("Student n1 can still add the qualification; somebody finished it"),
            "{shown}"
        );
        catch_up(&world);
        let new = code(world.relay.messages().last().unwrap());
        world.serve().visitor().arrive(&new);
        assert!(seek.seek.verify(&seek.seek.ids()[1]));
        assert_eq!(world.gradpass(&["--json", "follow-up"]).json()["follow_up"]["verified"], 1);
        assert_eq!(world.gradpass(&["settle", "n1", "--why", "SEEK Pass removed it"]).code, 0);
        assert_eq!(world.gradpass(&["run"]).code, 0);
    }
}

#[test]
fn whose_earlier_link_was_finished_has_everything() {
    let world = World::new();
    let seek = world.seek_pass(healthy());
    let codes = world.invite(&roster(&SAME[..1]));
    world.serve().visitor().arrive(&codes[0]);
    let renamed = SAME[0].replace("Mira Tan", "Mira Tan-Lee");
    assert_eq!(night(&world, &[&renamed]).code, 1);
    world.serve().visitor().arrive(&codes[0]);
    assert!(seek.seek.submissions() == 2 && seek.seek.verify(&seek.seek.ids()[0]));
    world.gradpass(&["follow-up"]);
    let shown = world.gradpass(&["show", "n1"]).stdout;
    let first = shown.lines().next().unwrap();
    assert!(first.starts_with("Student n1 has everything in SEEK Pass since "), "{shown}");
    assert!(first.ends_with("; but something changed after SEEK Pass was told (name)."), "{shown}");
}

/// The help desk mails one graduate by day, and not the ten thousand of the night.
#[test]
fn reissue_now_mails_one_graduate_and_says_that_it_replaces_the_earlier_email() {
    let world = World::new();
    world.invite(&roster(&SAME[..1]));
    world.import(&roster(&SAME));
    let now = world.gradpass(&["reissue", "n1", "--now"]);
    assert_eq!(now.code, 0, "{now:?}");
    let mails = world.relay.messages();
    assert_eq!(mails.len(), 2, "the eight who wait are not mailed");
    assert_eq!(
        crate::world::subject(&mails[1]),
        "A new code for your SEEK Pass invitation from Northfield University (replaces our earlier email)"
    );
    assert!(crate::world::text(&mails[1]).contains("This email replaces an earlier one from us."));
    assert_eq!(world.gradpass(&["hold", "n2", "--why", "a debt"]).code, 0);
    let held = world.gradpass(&["reissue", "n2", "--now"]);
    assert_eq!(held.code, 2);
    assert!(held.stderr.contains("is held by `gradpass hold`, and so not mailed: a debt"), "{}", held.stderr);
    assert_eq!(world.relay.messages().len(), 2);
}
