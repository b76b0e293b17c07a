//! What was awaited is conferred: a new invitation, and what it says.

use super::*;

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
