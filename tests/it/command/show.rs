//! `show`: whoever calls is found by whatever they say, and the first line can be read aloud.

use crate::redemption::invited;
use crate::world::{World, roster};

/// The sentence that comes first.
fn sentence(world: &World, who: &str) -> String {
    let ran = world.gradpass(&["show", who]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(
        world.gradpass(&["show", who, "--json"]).json()["sentence"],
        *ran.stdout.lines().next().unwrap()
    );
    ran.stdout.lines().next().unwrap().to_owned()
}

/// Cut off or mistyped, it is not told back.
#[test]
fn a_code_that_is_not_whole_is_not_told_back() {
    let (world, _seek, codes) = invited(1);
    for left_out in 1..=3 {
        let typed = &codes[0][..codes[0].len() - left_out];
        let ran = world.gradpass(&["show", typed]);
        assert!(ran.code == 2 && !ran.stderr.contains(typed) && !ran.stdout.contains(typed), "{ran:?}");
        assert!(ran.stderr.contains("that looks like a code with a typing mistake"), "{ran:?}");
    }
}

#[test]
fn a_graduate_is_found_by_id_address_code_or_name() {
    let (world, _seek, codes) = invited(3);
    for who in [
        "s0002",
        "S-0002",
        " s 0002 ",
        "G2@Mailbox.example",
        &codes[1],
        &codes[1].to_lowercase(),
        "graduate 2",
    ] {
        let ran = world.gradpass(&["show", who]);
        assert!(ran.stdout.starts_with("Student s0002 was invited on "), "{who}: {ran:?}");
        assert!(!ran.stdout.contains(&codes[1]) && !ran.stdout.contains("Graduate 2"), "{ran:?}");
    }
    let ran = world.gradpass(&["show", "Graduate", "--json"]);
    assert_eq!(ran.json()["students"], serde_json::json!(["s0001", "s0002", "s0003"]));
    // of another ledger
    let other = invited(4).2;
    for who in [other[3].as_str(), "nobody@mailbox.example", "Nobody Else"] {
        let ran = world.gradpass(&["show", who]);
        assert_eq!(ran.code, 2);
        assert!(!ran.stderr.contains(who), "what was typed is not told back: {ran:?}");
    }
}

/// On the telephone nobody spells accents.
/// The ledger folds the capitals of ASCII alone, and so does whoever looks.
#[test]
fn an_id_with_a_letter_beyond_ascii_is_found_in_other_punctuation() {
    let world = World::new();
    world.write("roster.csv", roster(1..=1).replace("s0001", "\u{c9}-0001").as_bytes());
    assert_eq!(world.gradpass(&["import", "roster.csv"]).code, 0);
    assert!(sentence(&world, "\u{c9}0001").starts_with("Student \u{c9}-0001 is not invited yet"));
}

#[test]
fn a_name_is_found_without_its_accents_and_marks() {
    let world = World::new();
    let names = ["Nguyễn Thị Ánh", "Seán O’Neill", "Đặng Văn Nam", "Anne-Marie Dvořák", "Mira Tan"];
    let row = |(number, name)| format!("n{number},{name},n{number}@mailbox.example,Bachelor of Arts,2024\n");
    let rows: String = (1..).zip(names).map(row).collect();
    let text = format!("student_id,full_name,email,course_name,conferral_year\n{rows}");
    world.write("roster.csv", text.as_bytes());
    assert_eq!(world.gradpass(&["import", "roster.csv"]).code, 0);
    for (typed, number) in [
        ("Nguyen", 1),
        ("nguyễn thị ánh", 1),
        ("oneill", 2),
        ("O'Neill", 2),
        ("SEAN O NEILL", 2),
        ("dang", 3),
        ("anne marie dvorak", 4),
        ("mira-tan", 5),
    ] {
        let ran = world.gradpass(&["show", typed]);
        assert!(ran.stdout.starts_with(&format!("Student n{number} ")), "{typed}: {ran:?}");
    }
    let several = world.gradpass(&["show", "AN", "--json"]).json();
    assert_eq!(several["students"], serde_json::json!(["n1", "n2", "n3", "n4", "n5"]));
    assert_eq!(world.gradpass(&["show", "Nguyenne"]).code, 2);
}

#[test]
fn the_first_sentence_says_how_a_graduate_stands() {
    let (world, seek, codes) = invited(3);
    assert!(sentence(&world, "s0001").ends_with("and has not used the code yet."));
    let service = world.serve();
    service.visitor().arrive(&codes[0]);
    assert!(sentence(&world, "s0001").contains("is still to finish in SEEK Pass"));
    assert!(seek.seek.verify(&seek.seek.ids()[0]));
    world.gradpass(&["follow-up"]);
    assert!(sentence(&world, "s0001").contains("has everything in SEEK Pass since"));
    world.gradpass(&["revoke", "s0002"]);
    assert!(sentence(&world, "s0002").contains("was revoked on"));
    world.gradpass(&["hold", "s0003", "--why", "asked to wait"]);
    assert!(sentence(&world, "s0003").contains("was invited before, but is held since"));
    world.gradpass(&["release", "s0003"]);
    world.change("UPDATE code SET expires_at = 1");
    assert!(sentence(&world, "s0003").contains("the code expired on"));
    let story = world.gradpass(&["show", "s0003"]).stdout;
    assert!(story.contains("  held: by ") && story.contains("  released: by "), "{story}");
    assert!(story.contains("Bachelor of Arts: not asked for yet"), "{story}");
    world.write("roster.csv", roster([1, 2, 4]).as_bytes());
    world.gradpass(&["import", "roster.csv"]);
    assert!(sentence(&world, "s0003").contains("the roster lists nothing since"));
    assert!(sentence(&world, "s0004").contains("is not invited yet"));
}

/// Nothing is promised that a revoked, withdrawn or expired invitation does not keep.
#[test]
fn who_can_add_nothing_more_is_told_so_whatever_is_in_seek_pass() {
    let (world, seek, codes) = invited(2);
    let service = world.serve();
    service.visitor().arrive(&codes[0]);
    service.visitor().arrive(&codes[1]);
    for id in seek.seek.ids() {
        assert!(seek.seek.verify(&id));
    }
    world.gradpass(&["follow-up"]);
    assert_eq!(world.gradpass(&["reissue", "s0001", "--again", "--why", "lost her account"]).code, 0);
    assert!(sentence(&world, "s0001").ends_with("and is invited to add it as it is now."));
    world.gradpass(&["revoke", "S-0001"]);
    let said = sentence(&world, "s0001");
    assert!(
        said.contains("and has no invitation any more: it was revoked on ") && !said.contains("is invited"),
        "{said}"
    );
    let told = world.gradpass(&["show", "s0001"]).stdout;
    let line =
        "Bachelor of Arts: in SEEK Pass as it was before; the invitation to add it as it is now is revoked";
    assert!(told.contains(line), "{told}");
    // gone from the roster, and settled
    world.write("roster.csv", roster([1]).as_bytes());
    world.gradpass(&["import", "roster.csv", "--allow-removals"]);
    world.gradpass(&["settle", "s0002", "--why", "told SEEK Pass"]);
    let said = sentence(&world, "s0002");
    assert!(
        said.contains("has a qualification in SEEK Pass since ")
            && said.ends_with(", which the roster no longer lists."),
        "{said}"
    );
}

/// What ended is told in words that are true of it.
#[test]
fn the_ends_of_a_submission_are_sentences() {
    let (world, seek, codes) = invited(3);
    let service = world.serve();
    for code in &codes {
        service.visitor().arrive(code);
    }
    drop(service);
    let ids = seek.seek.ids();
    assert!(seek.seek.verify(&ids[0]) && seek.seek.say(&ids[1], "canceled"));
    world.gradpass(&["follow-up"]);
    assert!(seek.seek.say(&ids[0], "unshared"));
    world.change("UPDATE submission SET told_at = NULL WHERE id = 1");
    world.gradpass(&["follow-up"]);
    assert!(
        sentence(&world, "s0001").starts_with("Student s0001 shares nothing in SEEK Pass any more since ")
    );
    assert!(sentence(&world, "s0002").starts_with("Student s0002 declined in SEEK Pass on "));
    world.gradpass(&["correct", "s0003", "email=new@mailbox.example", "--why", "rang"]);
    let shown = world.gradpass(&["show", "s0003"]);
    let said = "Student s0003 was invited before, and another email is on its way; but something changed after SEEK Pass was told \
                (address).\n";
    assert!(shown.code == 1 && shown.stdout.starts_with(said), "{shown:?}");
}

#[test]
fn who_was_rejected_hears_of_line_and_file() {
    let world = World::new();
    world.write("roster.csv", roster(1..=2).replace("g2@mailbox.example", "none").as_bytes());
    world.gradpass(&["run", "roster.csv"]);
    let ran = world.gradpass(&["show", "S0002"]);
    let said = "student s0002 is not invited, since line 3 of roster.csv was rejected: column 3 (email)";
    assert!(ran.code == 0 && ran.stdout.starts_with(said), "{ran:?}");
    world.gradpass(&["hold", "new-77", "--why", "opted out"]);
    let ran = world.gradpass(&["show", "new-77"]);
    assert!(
        ran.code == 0
            && ran.stdout.starts_with("student new-77 is not invited: no roster has listed the student")
            && ran.stdout.contains("now: held since")
            && ran.stdout.contains("hold by "),
        "{ran:?}"
    );
    for (id, rejected, held) in [("s0002", 1, 0), ("new-77", 0, 1)] {
        let told = world.gradpass(&["show", id, "--json"]).json();
        let count = |member: &str| told[member].as_array().unwrap().len();
        assert_eq!((count("rejected_rows"), count("held")), (rejected, held), "{told}");
        assert_eq!((told["student_id"].as_str(), told["qualifications"].as_i64()), (Some(id), Some(0)));
    }
    let ran = world.gradpass(&["show", "s0009"]);
    assert!(ran.code == 2 && ran.stdout.is_empty(), "{ran:?}");
}

#[test]
fn name_and_address_are_told_when_asked_and_that_is_written_down() {
    let (world, _seek, _codes) = invited(1);
    let ran = world.gradpass(&["show", "s0001"]);
    assert!(!ran.stdout.contains("Graduate 1") && !ran.stdout.contains("g1@mailbox.example"), "{ran:?}");
    assert!(!world.gradpass(&["audit"]).stdout.contains("show"));
    let ran = world.gradpass(&["show", "s0001", "--contact"]);
    assert!(ran.stdout.contains("name Graduate 1, address g1@mailbox.example"), "{ran:?}");
    let audit = world.gradpass(&["audit"]).stdout;
    assert!(
        audit.contains("show --contact by ") && audit.contains("s0001") && !audit.contains("Graduate"),
        "{audit}"
    );
}

/// The roster spells a known id in another way, which is a bad row: the student is who was known before.
#[test]
fn a_bad_row_that_spells_a_known_id_in_another_way_is_of_the_known_student() {
    let world = World::new();
    world.write("roster.csv", roster(1..=2).replace("s0001", "K-001").as_bytes());
    assert_eq!(world.gradpass(&["run", "roster.csv"]).code, 0);
    world.write("roster.csv", roster(1..=2).replace("s0001", "k001").as_bytes());
    assert_eq!(world.gradpass(&["run", "roster.csv"]).code, 1);
    for typed in ["k001", "K001", "K-001", "k 001"] {
        let said = sentence(&world, typed);
        assert!(said.starts_with("Student K-001 was invited on "), "{typed}: {said}");
    }
    assert_eq!(world.gradpass(&["reissue", "k001"]).code, 0);
}

#[test]
fn the_sentence_tells_a_later_email_and_a_hold() {
    let (world, _seek, codes) = invited(2);
    assert_eq!(world.gradpass(&["reissue", "s0001", "--now"]).code, 0);
    let said = sentence(&world, "s0001");
    assert!(
        said.contains(", was mailed again on ") && said.ends_with(", and has not used the code yet."),
        "{said}"
    );
    world.serve().visitor().arrive(&codes[1]);
    assert_eq!(world.gradpass(&["hold", "s0002", "--why", "rang"]).code, 0);
    let said = sentence(&world, "s0002");
    assert!(said.starts_with("Student s0002 submitted on "), "{said}");
    assert!(
        said.ends_with("still to finish in SEEK Pass; no mail goes to the student, who is held."),
        "{said}"
    );
}
