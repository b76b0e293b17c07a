//! What changes after SEEK Pass was told: it is reported by student id until somebody settles it, what was awaited and is
//! conferred is invited again, and nobody else's click counts for the graduate.

mod conferred;
mod links;

use gradpass::sandbox::seek::healthy;

use crate::world::{Ran, SeekThread, World, code, process};

const HEADER: &str =
    "student_id,full_name,email,course_code,course_name,conferral_year,majors,honours,awaiting_graduation\n";

/// Everything of the roster is in SEEK Pass.
fn verified(rows: &[&str]) -> (World, SeekThread, Vec<String>) {
    let world = World::new();
    let seek = world.seek_pass(healthy());
    let config = std::fs::read_to_string(world.path("gradpass.toml")).unwrap();
    let relaxed = format!("{config}\n[guard]\nremovals = 1.0\nchanges = 1.0\n");
    world.write_private("gradpass.toml", &relaxed);
    let codes = world.invite(&roster(rows));
    {
        let service = world.serve();
        for code in &codes {
            service.visitor().arrive(code);
        }
    }
    for id in seek.seek.ids() {
        assert!(seek.seek.verify(&id));
    }
    assert_eq!(world.gradpass(&["follow-up"]).code, 0);
    (world, seek, codes)
}

fn roster(rows: &[&str]) -> String {
    format!("{HEADER}{}\n", rows.join("\n"))
}

/// A night with this roster.
fn night(world: &World, rows: &[&str]) -> Ran {
    world.write("roster.csv", roster(rows).as_bytes());
    world.gradpass(&["--json", "run", "roster.csv"])
}

/// Gets the message ready for a page by the test's clock, which is behind that of the program.
fn catch_up(world: &World) {
    world.clock.advance(std::time::Duration::from_hours(24 * 30));
}

const SAME: [&str; 9] = [
    "n1,Mira Tan,n1@mailbox.example,BA,Bachelor of Arts,2025,History,,no",
    "n2,Omar Diaz,n2@mailbox.example,BA,Bachelor of Arts,2025,History,,no",
    "n3,Lea Moss,n3@mailbox.example,BA,Bachelor of Arts,2025,History,,no",
    "n4,Ana Cruz,n4@mailbox.example,BA,Bachelor of Arts,2025,History,,no",
    "n5,Jo Park,n5@mailbox.example,BA,Bachelor of Arts,2025,History,,no",
    "n6,Kim Rao,n6@mailbox.example,BA,Bachelor of Arts,2025,History,,no",
    "n7,Eva Holm,n7@mailbox.example,BA,Bachelor of Arts,2025,History,,no",
    "n8,Ida Berg,n8@mailbox.example,BA,Bachelor of Arts,2025,History,,no",
    "n9,Max Lind,n9@mailbox.example,BA,Bachelor of Arts,2025,History,,no",
];

const CHANGED: [&str; 8] = [
    "n1,Mira Tan-Lee,n1@mailbox.example,BA,Bachelor of Arts,2025,History,,no",
    "n2,Omar Diaz,omar@mailbox.example,BA,Bachelor of Arts,2025,History,,no",
    "n3,Lea Moss,n3@mailbox.example,BA,Bachelor of Fine Arts,2025,History,,no",
    "n4,Ana Cruz,n4@mailbox.example,BA,Bachelor of Arts,2024,History,,no",
    "n5,Jo Park,n5@mailbox.example,BA,Bachelor of Arts,2025,History;Law,,no",
    "n6,Kim Rao,n6@mailbox.example,BA,Bachelor of Arts,2025,History,First Class,no",
    "n7,Eva Holm,n7@mailbox.example,BA,Bachelor of Arts,2025,History,,yes",
    // n8 is gone, and of n9 nothing changed but the spelling of the address
    "n9,Max Lind,N9@MAILBOX.example,ba,Bachelor of Arts,2025,History,,no",
];

#[test]
fn every_change_of_what_is_in_seek_pass_is_told_every_night_until_it_is_settled() {
    let (world, seek, _) = verified(&SAME);
    let first = night(&world, &CHANGED);
    let everybody = ["n1", "n2", "n3", "n4", "n5", "n6", "n7", "n8"];
    assert_eq!(first.code, 1, "{first:?}");
    assert_eq!(first.json()["changed_after_verified"], serde_json::json!(everybody));
    for (id, what, old_and_new) in [
        ("n1", "name", " (`show --contact` tells it)"),
        ("n2", "address", " n…@m… → o…@m…"),
        ("n3", "course name", " Bachelor of Arts → Bachelor of Fine Arts"),
        ("n4", "conferral year", " 2025 → 2024"),
        ("n5", "majors", " History → History; Law"),
        ("n6", "honours", " none → First Class"),
        ("n7", "awaiting graduation again", ""),
        ("n8", "no longer in the roster", ""),
    ] {
        let shown = world.gradpass(&["show", id]);
        assert_eq!(shown.code, 1);
        let advice = if id == "n8" {
            "ask SEEK Pass to revoke it, then".into()
        } else {
            format!("`gradpass reissue {id} --again")
        };
        let told = format!("in SEEK Pass, and this changed since: {what}{old_and_new}; {advice}");
        assert!(shown.stdout.contains(&told), "{id}: {}", shown.stdout);
        let first = shown.stdout.lines().next().unwrap();
        assert!(
            first.ends_with(&format!("; but something changed after SEEK Pass was told ({what}).")),
            "{first}"
        );
    }
    assert!(!world.gradpass(&["show", "n9"]).stdout.contains("changed since"));
    assert!(!world.gradpass(&["show", "n1"]).stdout.contains("Mira Tan"));
    let with_name = world.gradpass(&["show", "n1", "--contact"]).stdout;
    assert!(with_name.contains("this changed since: name Mira Tan → Mira Tan-Lee;"), "{with_name}");
    // since it was noticed, and not since it was verified
    let noticed = noticed_at(&world);
    let listed = world.gradpass(&["--json", "list", "changed-after-verified"]).json()["listed"].clone();
    for one in listed.as_array().unwrap() {
        assert_eq!(one["since"], noticed, "{one}");
    }

    // the next nights say it again, with a roster and without
    assert_eq!(night(&world, &CHANGED).code, 1);
    let bare = world.gradpass(&["run"]);
    assert_eq!(bare.code, 1);
    assert!(
        bare.stdout.contains("student n1: Bachelor of Arts is in SEEK Pass, and this changed since: name")
    );
    let status = world.gradpass(&["--json", "status"]);
    assert_eq!(status.code, 1);
    let status = status.json();
    assert_eq!(status["changed_after_verified"], serde_json::json!(everybody));
    assert_eq!(status["needs_a_person"], serde_json::json!(everybody));
    let listed = world.gradpass(&["list", "changed-after-verified"]).stdout;
    assert_eq!(listed.lines().count(), everybody.len(), "{listed}");
    let withdrawn = world.gradpass(&["list", "withdrawn"]).stdout;
    assert!(withdrawn.starts_with("n8  withdrawn since ") && withdrawn.lines().count() == 1, "{withdrawn}");
    assert_eq!(world.gradpass(&["report", "--html", "report.html", "--csv", "tables"]).code, 1);
    let table = std::fs::read_to_string(world.path("tables/gradpass-changed-after-verified.csv")).unwrap();
    assert!(table.contains("n3,Bachelor of Fine Arts,course name,"), "{table}");

    // settled by a person, by the roster, and by asking the graduate
    let settled = world.gradpass(&["settle", "N-8", "--why", "SEEK Pass took it back by phone"]);
    assert_eq!(settled.code, 0, "{settled:?}");
    let mended: Vec<_> = [SAME[0]].into_iter().chain(CHANGED[1..].iter().copied()).collect();
    let after = night(&world, &mended);
    assert_eq!(after.json()["changed_after_verified"], serde_json::json!(everybody[1..7]));
    assert_eq!(world.gradpass(&["settle", "n8", "--why", "again"]).code, 2, "nothing is left to settle");
    let nobody = world.gradpass(&["settle", "n99", "--why", "again"]);
    assert!(nobody.code == 2 && nobody.stderr.contains("no roster has held student n99"), "{nobody:?}");
    assert_eq!(seek.seek.submissions(), 9, "nobody was invited again unasked");
    assert!(world.gradpass(&["audit"]).stdout.contains("SEEK Pass took it back by phone"));

    // what is settled is told again when it changes again
    assert_eq!(world.gradpass(&["settle", "n4", "--why", "2024 is right"]).code, 0);
    let changed: Vec<_> = mended
        .iter()
        .map(|row| {
            row.replace(
                "n4@mailbox.example,BA,Bachelor of Arts,2024",
                "n4@mailbox.example,BA,Bachelor of Arts,2023",
            )
        })
        .collect();
    let changed: Vec<_> = changed.iter().map(String::as_str).collect();
    let again = night(&world, &changed);
    assert_eq!(again.json()["changed_after_verified"], serde_json::json!(everybody[1..7]));
    let listed = world.gradpass(&["--json", "list", "changed-after-verified"]).json()["listed"].clone();
    let since: Vec<_> = listed.as_array().unwrap().iter().map(|one| one["since"].clone()).collect();
    assert_eq!(
        (&since[0], &since[2]),
        (&noticed, &noticed_at(&world)),
        "n2 of the first night, n4 of the last"
    );
}

/// When the last roster was imported, as `batches` tells it.
fn noticed_at(world: &World) -> serde_json::Value {
    let batches = world.gradpass(&["--json", "batches"]).json()["batches"].clone();
    let last = batches.as_array().unwrap().iter().max_by_key(|batch| batch["batch"].as_i64());
    last.unwrap()["at"].clone()
}

#[test]
fn a_changed_name_is_told_while_the_graduate_is_still_to_finish() {
    let world = World::new();
    let seek = world.seek_pass(healthy());
    let codes = world.invite(&roster(&SAME[..1]));
    world.serve().visitor().arrive(&codes[0]);
    world.import(&roster(&CHANGED[..1]));
    let listed = world.gradpass(&["list", "changed-after-verified"]).stdout;
    assert!(listed.contains("was submitted to SEEK Pass, and this changed since: name"), "{listed}");
    // the same code gives her the right one, in the place of the old one
    world.serve().visitor().arrive(&codes[0]);
    assert_eq!(seek.seek.submissions(), 2);
    assert_eq!(world.gradpass(&["list", "changed-after-verified"]).stdout, "");
}

/// Whoever has one of several qualifications in SEEK Pass, or one as it was before, is in every one of the counts.
#[test]
fn lists_status_and_report_count_the_same_graduates_as_verified() {
    let of_two = SAME[0].replace(",BA,Bachelor of Arts,", ",LLB,Bachelor of Laws,");
    let (world, seek, _) = verified(&SAME[..3]);
    assert_eq!(night(&world, &[SAME[0], &of_two, SAME[1], SAME[2], SAME[3]]).code, 0);
    assert_eq!(world.gradpass(&["reissue", "n2", "--again", "--why", "lost her account"]).code, 0);
    let agreed = || {
        let listed = world.gradpass(&["--json", "list", "verified"]).json()["listed"].clone();
        let listed = listed.as_array().unwrap().clone();
        let ids: Vec<_> = listed.iter().map(|one| one["student_id"].as_str().unwrap().to_owned()).collect();
        let status = world.gradpass(&["--json", "status"]).json();
        assert_eq!(status["graduates_verified"], ids.len());
        let report = world.gradpass(&["--json", "report", "--html", "report.html"]).json();
        assert_eq!(report["funnel"]["verified"], ids.len());
        (ids, listed)
    };
    let (ids, listed) = agreed();
    assert_eq!(ids, ["n1", "n2", "n3"]);
    assert_eq!(listed[0]["reason"], "Bachelor of Arts");
    // the time of the verification, whatever came after it
    assert_eq!(listed[0]["since"], listed[1]["since"]);
    let told = world.gradpass(&["status"]).stdout;
    assert!(told.starts_with("graduates            4  3 with a qualification in SEEK Pass\n"), "{told}");
    assert!(seek.seek.say(&seek.seek.ids()[2], "revoked"));
    world.change("UPDATE submission SET told_at = NULL");
    assert_eq!(world.gradpass(&["follow-up"]).code, 0);
    assert_eq!(agreed().0, ["n1", "n2"]);
}

/// Whom a run would invite again is a part of its plan: who approved it did not approve another email.
#[test]
fn a_plan_from_before_a_verification_is_not_followed_after_it() {
    let world = World::new();
    let seek = world.seek_pass(healthy());
    let row = |awaiting: &str| {
        format!("n1,Mira Tan,n1@mailbox.example,BA,Bachelor of Arts,2026,History,,{awaiting}")
    };
    let codes = world.invite(&roster(&[&row("yes")]));
    world.serve().visitor().arrive(&codes[0]);
    world.write("roster.csv", roster(&[&row("no")]).as_bytes());
    let dry = world.gradpass(&["--json", "run", "--dry-run", "roster.csv"]);
    assert_eq!(dry.json()["conferred"], serde_json::json!([]), "it is not verified yet");
    let plan = dry.json()["plan"].as_str().unwrap().to_owned();
    assert_eq!(world.gradpass(&["approve", &plan, "--by", "Ann Lee"]).code, 0);
    assert!(seek.seek.verify(&seek.seek.ids()[0]));
    assert_eq!(world.gradpass(&["follow-up"]).code, 0);
    let ran = world.gradpass(&["run", "--plan", &plan, "roster.csv"]);
    assert_eq!((ran.code, world.relay.messages().len()), (2, 1), "{ran:?}");
    assert!(ran.stderr.contains("the ledger changed"), "{}", ran.stderr);
}

/// Nobody waits for the next import to hear what a correction comes to.
#[test]
fn a_correction_of_what_is_in_seek_pass_says_what_follows() {
    let row = "n1,Mira Tan,n1@mailbox.example,BA,Bachelor of Arts,2026,History,,yes";
    let (world, _seek, _codes) = verified(&[row]);
    let ran = world.gradpass(&["correct", "n1", "awaiting_graduation=no", "--why", "the senate met"]);
    let told = "conferred now, and invited again to add that: n1\n";
    assert!(ran.code == 0 && ran.stdout.ends_with(told), "{ran:?}");
    let (world, _seek, _codes) = verified(&[row]);
    let ran =
        world.gradpass(&["--json", "correct", "n1", "awaiting_graduation=no", "--why", "the senate met"]);
    assert_eq!(ran.json()["conferred"], serde_json::json!(["n1"]));
    let row = "n1,Mira Tan,n1@mailbox.example,BA,Bachelor of Arts,2025,History,,no";
    let (world, _seek, _codes) = verified(&[row]);
    let ran = world.gradpass(&["correct", "n1", "full_name=Mira Tan-Lee", "--why", "married"]);
    let told = "student n1: Bachelor of Arts is in SEEK Pass, and this changed since: name; `gradpass reissue n1 --again --why \
                TEXT` invites anew, `gradpass settle n1 --why TEXT` ends it\n";
    assert!(ran.code == 0 && ran.stdout.ends_with(told), "{ran:?}");
}

/// SEEK Pass is told no course codes.
#[test]
fn another_course_code_is_nothing_to_tell_of_what_is_still_to_finish() {
    let world = World::new();
    let _seek = world.seek_pass(healthy());
    let codes = world.invite(&roster(&SAME[..1]));
    world.serve().visitor().arrive(&codes[0]);
    let ran = night(&world, &[&SAME[0].replace(",BA,", ",B-ARTS,")]);
    assert_eq!((ran.code, &ran.json()["roster"]["changed"]), (0, &1.into()), "{ran:?}");
}

#[test]
fn a_correction_is_added_again_when_somebody_asks_for_it() {
    let (world, seek, codes) = verified(&SAME[..2]);
    assert_eq!(night(&world, &[CHANGED[0], SAME[1]]).code, 1);
    assert_eq!(world.gradpass(&["reissue", "n1"]).code, 2, "all of it is in SEEK Pass");
    assert_eq!(world.gradpass(&["reissue", "n1", "--again"]).code, 2, "a reason is needed");
    let again = world.gradpass(&["reissue", "n1", "--again", "--now", "--why", "married name"]);
    assert_eq!(again.code, 0, "{again:?}");
    let mails = world.relay.messages();
    assert_eq!(mails.len(), 3);
    assert_eq!(
        crate::world::subject(&mails[2]),
        "Corrected: your SEEK Pass invitation from Northfield University"
    );
    assert!(crate::world::text(&mails[2]).contains("We corrected what we say about you."));
    assert_eq!(world.gradpass(&["run"]).code, 0, "it is settled by that");

    catch_up(&world);
    let service = world.serve();
    let visitor = service.visitor();
    assert_eq!(visitor.press(&codes[0]).status, reqwest::StatusCode::NOT_FOUND, "the earlier code is void");
    let new = code(&mails[2]);
    assert!(visitor.press(&new).body.contains("We corrected this qualification."));
    visitor.arrive_with(&[("code", &new), ("qualification", "ba|bachelor of arts")]);
    let last = seek.seek.ids().pop().unwrap();
    assert_eq!(seek.seek.credential(&last).unwrap()["full_name"], "Mira Tan-Lee");
    // of whom nothing changed, everything can be added again
    assert_eq!(world.gradpass(&["reissue", "n2", "--again", "--why", "lost her account"]).code, 0);
    assert_eq!(world.gradpass(&["run"]).code, 0);
    assert_eq!(world.relay.messages().len(), 4);
}

#[test]
fn a_renumbered_course_makes_no_second_qualification_of_one_that_is_verified() {
    let (world, seek, _) = verified(&SAME[..2]);
    let config = std::fs::read_to_string(world.path("gradpass.toml")).unwrap();
    world.write_private("gradpass.toml", config.split("[guard]").next().unwrap());
    let recoded = SAME[0].replace(",BA,", ",BA26,");
    // in an additional list nobody can tell whether it is the same one
    world.write("roster.csv", roster(&[&recoded]).as_bytes());
    let asked = world.gradpass(&["run", "--add", "roster.csv"]);
    assert_eq!(asked.code, 1, "{asked:?}");
    assert!(
        asked
            .stderr
            .contains("SEEK Pass has a qualification of this name of the same student under the code BA;"),
        "{}",
        asked.stderr
    );
    // nor where its name changed, too
    let both = recoded.replace("Bachelor of Arts", "Bachelor of Fine Arts");
    let asked = night(&world, &[&both, SAME[1]]);
    assert_eq!(asked.code, 1, "{asked:?}");
    assert!(
        asked.stderr.contains("which the roster lists no more; if this is the same one"),
        "{}",
        asked.stderr
    );
    assert_eq!(world.relay.messages().len(), 2);
    // in the whole roster it takes the place of the old one, and a person is asked whether that is right
    let ran = night(&world, &[&recoded, SAME[1]]);
    assert_eq!((ran.code, &ran.json()["changed_after_verified"]), (1, &serde_json::json!(["n1"])), "{ran:?}");
    assert!(world.gradpass(&["show", "n1"]).stdout.contains("this changed since: course code"));
    assert_eq!(world.count("SELECT count(*) FROM qualification WHERE course_code = 'BA26'"), 1);
    assert_eq!(world.count("SELECT count(*) FROM qualification"), 2);
    assert_eq!((world.relay.messages().len(), seek.seek.submissions()), (2, 2), "nobody is mailed for it");
    world.write("same.txt", b"n1\n");
    assert_eq!(world.gradpass(&["settle", "same.txt", "--why", "the code alone changed"]).code, 0);
    assert_eq!(night(&world, &[&recoded, SAME[1]]).code, 0);
}

/// Of whom is still to finish, what is advised works: the button, and not another id.
#[test]
fn who_is_still_to_finish_is_told_of_every_change_and_of_the_button() {
    let awaiting = "n1,Mira Tan,n1@mailbox.example,BA,Bachelor of Arts,2025,History,,yes";
    let conferred = "n1,Mira Tan,n1@mailbox.example,BA,Bachelor of Arts,2025,History,,no";
    let world = World::new();
    let seek = world.seek_pass(healthy());
    let codes = world.invite(&roster(&[awaiting]));
    world.serve().visitor().arrive(&codes[0]);
    world.write("roster.csv", roster(&[conferred]).as_bytes());
    let ran = world.gradpass(&["run", "roster.csv"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    let told = "student n1: Bachelor of Arts was submitted to SEEK Pass, and this changed since: conferred now; the button on \
                the page, pressed again with the same code, sends it as it is now";
    assert!(ran.stdout.contains(told), "{ran:?}");
    let shown = world.gradpass(&["show", "n1"]).stdout;
    assert!(
        shown.lines().next().unwrap().ends_with("changed after SEEK Pass was told (conferred now)."),
        "{shown}"
    );
    let again = world.gradpass(&["reissue", "n1", "--again", "--why", "y"]);
    assert!(
        again.code == 2 && again.stderr.contains("n1 is still to finish in SEEK Pass: the button"),
        "{again:?}"
    );
    // settled, it is told no more, and nobody is invited again for it
    assert_eq!(world.gradpass(&["settle", "n1", "--why", "she knows"]).code, 0);
    assert_eq!(world.gradpass(&["run", "roster.csv"]).code, 0);
    world.serve().visitor().arrive(&codes[0]);
    assert_eq!(seek.seek.submissions(), 2);
    assert_eq!(seek.seek.credential(&seek.seek.ids()[1]).unwrap()["awaiting_graduation"], false);
}
