//! What changes after SEEK Pass was told: it is reported by student id until somebody settles it, what was awaited and is
//! conferred is invited again, and nobody else's click counts for the graduate.

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

#[test]
fn who_is_conferred_after_verification_is_invited_again_and_told_so() {
    let awaiting = "n1,Mira Tan,n1@mailbox.example,BA,Bachelor of Arts,2026,History,,yes";
    let conferred = "n1,Mira Tan,n1@mailbox.example,BA,Bachelor of Arts,2026,History,,no";
    let (world, seek, codes) = verified(&[awaiting]);
    let told = seek.seek.credential(&seek.seek.ids()[0]).unwrap();
    assert_eq!(told["awaiting_graduation"], true);
    assert_eq!(night(&world, &[awaiting]).json()["conferred"], serde_json::json!([]));

    world.write("roster.csv", roster(&[conferred]).as_bytes());
    let preview = world.gradpass(&["--json", "run", "--dry-run", "--preview", "preview", "roster.csv"]);
    assert_eq!(
        (preview.json()["conferred"].clone(), preview.code),
        (serde_json::json!(["n1"]), 0),
        "{preview:?}"
    );
    let ran = night(&world, &[conferred]);
    assert_eq!((ran.code, &ran.json()["conferred"]), (0, &serde_json::json!(["n1"])), "{ran:?}");
    let mails = world.relay.messages();
    assert_eq!(mails.len(), 2);
    let text = crate::world::text(&mails[1]);
    assert!(text.contains("Your qualification is conferred now."), "{text}");
    assert!(!text.contains("Congratulations"), "{text}");
    let subject = crate::world::subject(&mails[1]);
    assert_eq!(subject, "Conferred now: your SEEK Pass invitation from Northfield University");
    assert_eq!(world.gradpass(&["run"]).code, 0);
    assert_eq!(world.relay.messages().len(), 2, "once is enough");
    let shown = world.gradpass(&["show", "n1"]).stdout;
    assert!(shown.contains("is invited to add it as it is now"), "{shown}");
    let id = seek.seek.ids()[0].clone();
    for (word, day) in [("redeemed", "2026-11-23"), ("verified", "2026-11-23"), ("superseded", "")] {
        let event = format!("  {word}: Bachelor of Arts, {id}");
        let line = shown.lines().find(|line| line.ends_with(&event));
        assert!(line.is_some_and(|line| line.starts_with(day)), "{word}: {shown}");
    }
    assert!(!shown.contains(&format!("2026-11-23 02:00:00  superseded: Bachelor of Arts, {id}")), "{shown}");

    catch_up(&world);
    let service = world.serve();
    let visitor = service.visitor();
    let new = code(&mails[1]);
    let page = visitor.press(&new);
    assert!(page.body.contains("Your qualification is conferred now."), "{}", page.body);
    assert_eq!(seek.seek.submissions(), 1, "she is told before it is added");
    visitor.arrive_with(&[("code", &new), ("qualification", "ba|bachelor of arts")]);
    let ids = seek.seek.ids();
    assert_eq!(ids.len(), 2);
    let told = seek.seek.credential(&ids[1]).unwrap();
    assert_eq!((&told["awaiting_graduation"], &told["conferral_year"]), (&false.into(), &"2026".into()));
    assert!(seek.seek.verify(&ids[1]));
    assert_eq!(world.gradpass(&["follow-up"]).code, 0);
    assert_eq!(world.count("SELECT count(*) FROM invitation WHERE state = 'verified'"), 1);
    assert!(visitor.press(&codes[0]).body.contains("There is nothing left to do"));
    let status = world.gradpass(&["--json", "status"]).json();
    assert_eq!(
        (&status["submissions"]["verified"], &status["submissions"]["superseded"]),
        (&1.into(), &1.into())
    );
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

/// An email tells of nothing that is settled before it leaves, and of no qualification that it is not about.
#[test]
fn an_update_says_only_what_is_still_true_when_it_leaves() {
    let world = World::new();
    let seek = world.seek_pass(healthy());
    let row = |course: &str, awaiting: &str| {
        format!("n1,Mira Tan,n1@mailbox.example,{course},Bachelor of {course},2026,History,,{awaiting}")
    };
    let codes = world.invite(&roster(&[&row("Arts", "yes"), &row("Laws", "no")]));
    let service = world.serve();
    let visitor = service.visitor();
    let arts = [("code", codes[0].as_str()), ("qualification", "arts|bachelor of arts")];
    visitor.arrive_with(&arts);
    assert!(seek.seek.verify(&seek.seek.ids()[0]));
    assert_eq!(world.gradpass(&["follow-up"]).code, 0);
    let imported = world.import(&roster(&[&row("Arts", "no"), &row("Laws", "no")]));
    assert_eq!(imported.conferred, ["n1"]);
    let subject = || world.gradpass(&["--json", "send", "--dry-run", "--preview", "preview"]);
    assert_eq!(subject().code, 0);
    let text = || {
        let files = std::fs::read_dir(world.path("preview")).unwrap().map(|file| file.unwrap().path());
        let mut texts = files.filter(|file| file.extension().is_some_and(|kind| kind == "txt"));
        std::fs::read_to_string(texts.next().unwrap()).unwrap()
    };
    assert!(text().contains("At least one of your qualifications is conferred now."), "{}", text());

    // she adds it with the code that she has, before the email leaves
    visitor.arrive_with(&arts);
    assert!(seek.seek.verify(&seek.seek.ids()[1]));
    assert_eq!(world.gradpass(&["follow-up"]).code, 0);
    assert_eq!(subject().code, 0);
    assert!(!text().contains("conferred now") && !text().contains("Bachelor of Arts"), "{}", text());
    assert!(text().contains("This email replaces an earlier one from us."), "{}", text());
}

/// Whoever approved the plan of a roster did not approve what its days bring later.
#[test]
fn conferrals_that_come_due_later_wait_for_a_plan_of_their_own() {
    let world = World::new();
    let seek = world.seek_pass(healthy());
    let config = std::fs::read_to_string(world.path("gradpass.toml")).unwrap();
    world.write_private("gradpass.toml", &format!("{config}\n[guard]\nrequire_approval = 2\n"));
    let row = |number| format!("n{number},Mira Tan,n{number}@mailbox.example,Bachelor of Arts,2027-03-01\n");
    let header = "student_id,full_name,email,course_name,conferral_date\n";
    world.write("roster.csv", (header.to_owned() + &[1, 2, 3, 4].map(row).concat()).as_bytes());
    let approve = || {
        let dry = world.gradpass(&["--json", "run", "--dry-run", "roster.csv"]).json();
        let plan = dry["plan"].as_str().unwrap().to_owned();
        assert_eq!(world.gradpass(&["approve", &plan]).code, 0);
    };
    approve();
    assert_eq!(world.gradpass(&["run", "roster.csv"]).code, 0);
    let codes: Vec<_> = world.relay.messages().iter().map(|mail| code(mail)).collect();
    let night = world.clock.now();
    catch_up(&world);
    for code in &codes {
        world.serve().visitor().arrive(code);
    }
    for id in seek.seek.ids() {
        assert!(seek.seek.verify(&id));
    }
    assert_eq!(world.gradpass(&["follow-up"]).code, 0);
    let day = "2027-03-01".to_owned();
    let invited = process(async {
        let writer = world.open().await.unwrap().writer().await.unwrap();
        writer.invite_conferred(day, night).await.unwrap()
    });
    assert_eq!(invited.len(), 4);
    // the day has come for the program's clock, too
    world.change("UPDATE qualification SET conferral_date = '2020-01-01'");
    for command in [&["send"][..], &["run"], &["run", "roster.csv"]] {
        let ran = world.gradpass(command);
        assert_eq!(ran.code, 2, "{command:?}: {ran:?}");
        assert!(ran.stderr.contains("4 people wait for a message, and above 2"), "{ran:?}");
    }
    assert_eq!(world.relay.messages().len(), 4);
    approve();
    assert_eq!(world.gradpass(&["run", "roster.csv"]).code, 0);
    assert_eq!(world.relay.messages().len(), 8);
    assert_eq!(world.gradpass(&["send"]).code, 0);
}

/// Nobody has to send a roster for it: the day comes by itself.
#[test]
fn the_day_of_conferral_is_enough() {
    let world = World::new();
    let seek = world.seek_pass(healthy());
    let roster = "student_id,full_name,email,course_name,conferral_date\n\
                  n1,Mira Tan,n1@mailbox.example,Bachelor of Arts,2026-11-25\n";
    let codes = world.invite(roster);
    world.serve().visitor().arrive(&codes[0]);
    assert!(seek.seek.verify(&seek.seek.ids()[0]));
    assert_eq!(world.gradpass(&["follow-up"]).code, 0);
    let invited = |day: &str| {
        process(async {
            let writer = world.open().await.unwrap().writer().await.unwrap();
            writer.invite_conferred(day.to_owned(), world.clock.now()).await.unwrap()
        })
    };
    assert!(invited("2026-11-24").is_empty());
    assert_eq!(invited("2026-11-25"), ["n1"]);
    assert!(invited("2026-11-25").is_empty());
    assert_eq!(world.send().sent, 1);
}

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

#[test]
fn a_conferral_that_the_roster_takes_back_ends_the_new_invitation() {
    let awaiting = "n1,Mira Tan,n1@mailbox.example,BA,Bachelor of Arts,2026,History,,yes";
    let conferred = "n1,Mira Tan,n1@mailbox.example,BA,Bachelor of Arts,2026,History,,no";
    let (world, seek, codes) = verified(&[awaiting]);
    assert_eq!(night(&world, &[conferred]).json()["conferred"], serde_json::json!(["n1"]));
    assert_eq!(world.relay.messages().len(), 2);
    world.write("roster.csv", roster(&[awaiting]).as_bytes());
    let ran = world.gradpass(&["run", "roster.csv"]);
    let told = "not conferred after all, and so no longer invited to add it again, since SEEK Pass has it as it is: n1\n";
    assert!(ran.code == 0 && ran.stdout.contains(told), "{ran:?}");
    let shown = world.gradpass(&["show", "n1"]).stdout;
    assert!(shown.starts_with("Student n1 has everything in SEEK Pass since 2026-11-2"), "{shown}");
    let service = world.serve();
    for code in [&codes[0], &code(&world.relay.messages()[1])] {
        assert!(service.visitor().press(code).body.contains("There is nothing left to do"));
    }
    assert_eq!(seek.seek.submissions(), 1);
    // once more, and this time for good; what somebody asked for is not taken back
    assert_eq!(night(&world, &[conferred]).json()["conferred"], serde_json::json!(["n1"]));
    night(&world, &[awaiting]);
    assert_eq!(world.gradpass(&["reissue", "n1", "--again", "--why", "lost her account"]).code, 0);
    assert!(!world.gradpass(&["run", "roster.csv"]).stdout.contains("not conferred after all"));
    assert!(world.gradpass(&["show", "n1"]).stdout.contains("is invited to add it as it is now"));
}
