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
    assert_eq!((ran.code, &ran.json()["released"]), (0, &serde_json::json!(["s0001", "s0002"])), "{ran:?}");
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
        ("date_of_birth=", "date_of_birth: missing; write the date after the ="),
        ("student_id=SECRET", "in the roster"),
        ("honours=SECRET", "honours: not a known word"),
        ("conferral_year=SECRET", "conferral_year: not a year"),
        ("conferral_date=2023-01-01 conferral_year=2024", "conferral_date: "),
        ("awaiting_graduation=SECRET", "neither yes nor no"),
        ("conferral_year=", "no row could say so: missing"),
        ("conferral_year=2999", "conferral_year: "),
        ("date_of_birth=2011-02-03", "less than 14 years after the date of birth"),
        ("course_name@SECRET=Bachelor of Arts", "no such course, but Bachelor of Arts"),
        ("email@SECRET=g9@mailbox.example", "is of the student"),
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

/// What the ledger says of the qualification with this name.
fn says(world: &World, name: &str, what: &str) -> bool {
    let query = format!("SELECT count(*) FROM qualification WHERE course_name = '{name}' AND {what}");
    world.count(query.leak()) == 1
}

#[test]
fn a_corrected_qualification_is_what_seek_pass_gets_whatever_the_roster_says() {
    let (world, seek, codes) = invited(2);
    let ran = world.gradpass(&[
        "correct",
        "s0001",
        "course_name=Bachelor of Fine Arts",
        "honours=First Class",
        "majors=Painting; Film",
        "conferral_date=2023-12-05",
        "--why",
        "the faculty rang",
    ]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let right = "honours = 'First Class' AND majors = 'Painting\nFilm' AND conferral_year = 2023 \
                 AND conferral_date = '2023-12-05'";
    assert!(says(&world, "Bachelor of Fine Arts", right));
    // again, although it has another name by now
    let again = world.gradpass(&["correct", "s0001", "majors=Painting", "--why", "rang again"]);
    assert_eq!(again.code, 0, "{again:?}");
    let right = right.replace("\nFilm", "");
    world.write("roster.csv", roster(1..=2).as_bytes());
    for _ in 0..2 {
        let ran = world.gradpass(&["run", "roster.csv", "--json"]);
        let told = ran.json();
        assert_eq!(
            (ran.code, &told["roster"]["new"], &told["roster"]["withdrawn"]),
            (0, &0.into(), &0.into())
        );
        assert!(says(&world, "Bachelor of Fine Arts", &right), "the roster took it away");
    }
    assert_eq!(world.count("SELECT count(*) FROM qualification"), 2);
    world.serve().visitor().arrive(&codes[0]);
    let sent = seek.seek.credential(&seek.seek.ids()[0]).unwrap().to_string();
    assert!(
        sent.contains("Bachelor of Fine Arts") && sent.contains("Painting") && sent.contains("2023"),
        "{sent}"
    );
}

#[test]
fn a_roster_that_says_the_same_ends_the_correction_of_a_qualification() {
    let (world, _seek, _codes) = invited(1);
    let right = ["correct", "s0001", "course_name=Bachelor of Fine Arts", "honours=yes", "--why", "rang"];
    assert_eq!(world.gradpass(&right).code, 0);
    let import = |course: &str, honours: &str| {
        let header = "student_id,full_name,email,course_name,conferral_year,honours\n";
        let row = format!("s0001,Graduate 1,g1@mailbox.example,{course},2024,{honours}\n");
        world.write("roster.csv", (header.to_owned() + &row).as_bytes());
        let ran = world.gradpass(&["import", "roster.csv"]);
        assert_eq!(ran.code, 0, "{ran:?}");
        ran.stderr
    };
    let dropped = |field: &str| format!("the roster says the same as the correction of {field}, which");
    // the name first: what is left is still of the same qualification
    let said = import("Bachelor of Fine Arts", "no");
    assert!(said.contains(&dropped("course_name")) && !said.contains("honours"), "{said}");
    assert!(says(&world, "Bachelor of Fine Arts", "honours = 'Honours'"));
    let said = import("Bachelor of Fine Arts", "yes");
    assert!(said.contains(&dropped("honours")), "{said}");
    assert_eq!(world.count("SELECT count(*) FROM correction"), 0);
    import("Bachelor of Fine Arts", "no");
    assert!(says(&world, "Bachelor of Fine Arts", "honours IS NULL"));
    assert_eq!(world.count("SELECT count(*) FROM qualification"), 1);
}

/// What is submitted goes by the new name with its qualification.
#[test]
fn the_name_of_what_is_in_seek_pass_can_be_corrected() {
    let (world, seek, codes) = invited(1);
    let service = world.serve();
    service.visitor().arrive(&codes[0]);
    assert!(seek.seek.verify(&seek.seek.ids()[0]));
    assert_eq!(world.gradpass(&["follow-up"]).code, 0);
    let ran = world.gradpass(&["correct", "s0001", "course_name=Bachelor of Fine Arts", "--why", "rang"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(
        world.count("SELECT count(*) FROM submission JOIN qualification USING (graduate_id, course_key)"),
        1
    );
    let shown = world.gradpass(&["show", "s0001"]).stdout;
    assert!(shown.contains("Bachelor of Fine Arts: in SEEK Pass"), "{shown}");
    assert_eq!(world.count("SELECT count(*) FROM pragma_foreign_key_check"), 0);
}

const TWO: &str = "\
student_id,full_name,email,course_code,course_name,conferral_year,honours
s0001,Graduate 1,g1@mailbox.example,BA,Bachelor of Arts,2023,no
s0001,Graduate 1,g1@mailbox.example,BSC,Bachelor of Science,2024,no
";

#[test]
fn of_several_qualifications_the_one_that_is_named_is_corrected() {
    let world = World::new();
    world.write("roster.csv", TWO.as_bytes());
    assert_eq!(world.gradpass(&["import", "roster.csv"]).code, 0);
    let correct = |value: &str| world.gradpass(&["correct", "s0001", value, "--why", "rang"]);
    let ran = correct("honours=yes");
    assert!(
        ran.code == 2 && ran.stderr.contains("honours@COURSE=…, where COURSE is one of BA, BSC"),
        "{ran:?}"
    );
    let ran = correct("course_name@BA=Bachelor of Science");
    assert_eq!(ran.code, 0, "under another code it is another: {ran:?}");
    assert_eq!(correct("course_name@ba=Bachelor of Arts").code, 0);
    assert_eq!(correct("honours@bsc=yes").code, 0);
    assert_eq!(correct("honours@Bachelor of Arts=yes").code, 0);
    assert_eq!(correct("honours@BA=no").code, 0);
    world.write("roster.csv", TWO.replace("2023,no", "2022,no").as_bytes());
    assert_eq!(world.gradpass(&["import", "roster.csv"]).code, 0);
    assert!(says(&world, "Bachelor of Arts", "honours IS NULL AND conferral_year = 2022"));
    assert!(says(&world, "Bachelor of Science", "honours = 'Honours'"));
    let audit = world.gradpass(&["audit"]).stdout;
    assert!(audit.contains("s0001: honours@bsc (rang)"), "{audit}");
    // when the roster gives up the course, whoever corrected it hears of it
    world.write("roster.csv", TWO.replace("BSC,Bachelor of Science", "BD,Bachelor of Data").as_bytes());
    let ran = world.gradpass(&["import", "roster.csv"]);
    assert!(ran.stderr.contains("student s0001: honours was corrected of a qualification that"), "{ran:?}");
}

/// The registry renames or renumbers a course, and the correction stays with the qualification.
#[test]
fn a_correction_goes_with_a_course_that_gets_another_code_or_name() {
    for (from, to, name, course) in [
        ("BSC,Bachelor of Science", "BSC26,Bachelor of Science", "Bachelor of Science", "BSC26"),
        ("BSC,Bachelor of Science", "BSC,Bachelor of Data", "Bachelor of Data", "BSC"),
    ] {
        let world = World::new();
        world.write("roster.csv", TWO.as_bytes());
        assert_eq!(world.gradpass(&["import", "roster.csv"]).code, 0);
        for value in ["honours@BSC=yes", "conferral_year@BSC=2022", "honours@BA=yes"] {
            assert_eq!(world.gradpass(&["correct", "s0001", value, "--why", "rang"]).code, 0);
        }
        let renamed = TWO.replace(from, to);
        world.write("roster.csv", renamed.as_bytes());
        let ran = world.gradpass(&["import", "roster.csv"]);
        let said = format!(
            "student s0001: what was corrected of a qualification (conferral_year, honours) stands, though the roster lists \
             it as {course} now"
        );
        assert!(ran.code == 0 && ran.stderr.contains(&said), "{ran:?}");
        assert!(!ran.stderr.contains("does not list"), "{ran:?}");
        let is_right = || says(&world, name, "honours = 'Honours' AND conferral_year = 2022");
        assert!(is_right(), "{to}");
        // every night, until the roster says the same
        for _ in 0..2 {
            let ran = world.gradpass(&["import", "roster.csv"]);
            assert!(ran.code == 0 && !ran.stderr.contains("corrected"), "{ran:?}");
            assert!(is_right(), "{to}");
        }
        world.write("roster.csv", renamed.replace("2024,no", "2022,yes").as_bytes());
        let ran = world.gradpass(&["import", "roster.csv"]);
        assert_eq!(ran.stderr.matches("says the same as the correction").count(), 2, "{ran:?}");
        assert_eq!(world.count("SELECT count(*) FROM correction"), 1, "that of the other one stands");
        assert_eq!(world.count("SELECT count(*) FROM qualification"), 2);
    }
}

/// A corrected name, too, and what SEEK Pass has of it.
#[test]
fn a_corrected_name_goes_with_a_course_that_gets_another_code() {
    let world = World::new();
    world.write("roster.csv", TWO.as_bytes());
    assert_eq!(world.gradpass(&["import", "roster.csv"]).code, 0);
    for value in ["course_name@BSC=Bachelor of Sciences", "honours@BSC=yes"] {
        assert_eq!(world.gradpass(&["correct", "s0001", value, "--why", "rang"]).code, 0);
    }
    let renumbered = TWO.replace("BSC,Bachelor of Science", "BSC26,Bachelor of Sciences");
    world.write("roster.csv", renumbered.as_bytes());
    assert_eq!(world.gradpass(&["import", "roster.csv"]).code, 0);
    assert!(says(&world, "Bachelor of Sciences", "honours = 'Honours' AND course_code = 'BSC26'"));
    let ran = world.gradpass(&["import", "roster.csv"]);
    assert!(ran.stderr.contains("says the same as the correction of course_name"), "{ran:?}");
    assert!(says(&world, "Bachelor of Sciences", "honours = 'Honours' AND withdrawn_at IS NULL"));
    assert_eq!(world.count("SELECT count(*) FROM qualification"), 2);
    assert_eq!(world.count("SELECT count(*) FROM pragma_foreign_key_check"), 0);
}

#[test]
fn what_was_awaited_is_conferred_by_a_correction() {
    let world = World::new();
    let awaited = "student_id,full_name,email,course_name,awaiting_graduation,conferral_year\n\
                   s0001,Graduate 1,g1@mailbox.example,Bachelor of Arts,yes,\n";
    world.write("roster.csv", awaited.as_bytes());
    assert_eq!(world.gradpass(&["import", "roster.csv"]).code, 0);
    let ran = world.gradpass(&["correct", "s0001", "awaiting_graduation=no", "--why", "early ceremony"]);
    assert!(ran.code == 2 && ran.stderr.contains("missing; give the year of conferral"), "{ran:?}");
    let conferred = ["awaiting_graduation=no", "conferral_year=2024"];
    let ran = world.gradpass(&["correct", "s0001", conferred[0], conferred[1], "--why", "early ceremony"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let is_so = "awaiting_graduation = 0 AND conferral_year = 2024";
    assert_eq!(world.gradpass(&["import", "roster.csv"]).code, 0);
    assert!(says(&world, "Bachelor of Arts", is_so));
    // an empty cell says no, as a correction may
    world.write("roster.csv", awaited.replace("yes,", ",2024").as_bytes());
    world.gradpass(&["import", "roster.csv"]);
    assert_eq!(world.count("SELECT count(*) FROM correction"), 0);
}

/// A row whose only mistake is in a cell that was corrected is no mistake; of whom nothing else is known, too.
#[test]
fn a_rejected_row_is_taken_once_its_mistake_is_corrected() {
    let world = World::new();
    let wrong = roster(1..=2).replace("g2@mailbox.example", "g2.mailbox.example");
    world.write("roster.csv", wrong.as_bytes());
    assert_eq!(world.gradpass(&["run", "roster.csv"]).code, 1);
    let right = world.gradpass(&["correct", "s0002", "email=g2@mailbox.example", "--why", "rang"]);
    assert!(
        right.code == 0 && right.stdout.contains("the next import reads the roster with it"),
        "{right:?}"
    );
    assert_eq!(world.gradpass(&["run", "roster.csv"]).code, 0);
    assert_eq!(world.relay.messages()[1].recipient[0].as_str(), "g2@mailbox.example");
    // and a qualification that is in the ledger
    world.write("roster.csv", wrong.replace("2024", "20x4").as_bytes());
    assert_eq!(world.gradpass(&["import", "roster.csv"]).code, 1);
    for student in ["s0001", "s0002"] {
        assert_eq!(world.gradpass(&["correct", student, "conferral_year=2022", "--why", "rang"]).code, 0);
    }
    assert_eq!(world.gradpass(&["import", "roster.csv"]).code, 0);
    assert_eq!(world.count("SELECT count(*) FROM qualification WHERE conferral_year = 2022"), 2);
    // whoever was never taken and is listed no more leaves nothing behind
    world.write("roster.csv", format!("{wrong}s0003,Graduate 3,g3,Bachelor of Arts,2024\n").as_bytes());
    assert_eq!(world.gradpass(&["import", "roster.csv"]).code, 1);
    assert_eq!(world.gradpass(&["correct", "s0003", "full_name=Ola Berg", "--why", "rang"]).code, 0);
    world.write("roster.csv", wrong.as_bytes());
    assert_eq!(world.gradpass(&["import", "roster.csv"]).code, 0);
    assert_eq!(world.count("SELECT count(*) FROM correction WHERE student_id = 's0003'"), 0);
}

/// The same of a qualification's cell, which the ledger has nothing of yet.
#[test]
fn a_row_whose_only_mistake_is_its_honours_is_taken_once_that_is_corrected() {
    let world = World::new();
    let wrong = TWO.replace("2023,no", "2023,perhaps").replace("2024,no", "2024,perhaps");
    world.write("roster.csv", wrong.as_bytes());
    assert_eq!(world.gradpass(&["run", "roster.csv"]).code, 1);
    let correct = |value: &str| world.gradpass(&["correct", "S-0001", value, "--why", "registry mail"]);
    let ran = correct("honours=no");
    assert!(
        ran.code == 2 && ran.stderr.contains("honours@COURSE=…, where COURSE is one of ba, bsc"),
        "{ran:?}"
    );
    let ran = correct("honours@BA=no");
    assert!(ran.code == 0 && ran.stdout.contains("the next import reads the roster with it"), "{ran:?}");
    assert_eq!(world.gradpass(&["run", "roster.csv"]).code, 1, "the other row has its mistake still");
    assert!(says(&world, "Bachelor of Arts", "honours IS NULL"));
    // one is known by now, and one is not
    let ran = correct("honours=yes");
    assert!(ran.code == 2 && ran.stderr.contains("is one of BA, bsc"), "{ran:?}");
    let ran = correct("honours@Bachelor of Science=yes");
    assert!(ran.code == 0 && ran.stdout.contains("that row was not taken so far"), "{ran:?}");
    assert_eq!(world.gradpass(&["run", "roster.csv"]).code, 0);
    assert!(says(&world, "Bachelor of Science", "honours = 'Honours'"));
}

/// What `correct` says of codes and messages is what the next run does.
#[test]
fn a_corrected_address_to_which_no_code_went_says_so() {
    let world = World::new();
    let text = roster(1..=3).replace("g3@mailbox", "g2@mailbox");
    world.write("roster.csv", text.as_bytes());
    assert_eq!(world.gradpass(&["import", "roster.csv"]).code, 1);
    let ran = world.gradpass(&["correct", "s0003", "email=g3@mailbox.example", "--why", "rang us"]);
    assert!(
        ran.stdout.contains("no code went to the old address; the next run mails the invitation"),
        "{ran:?}"
    );
    assert!(ran.stdout.contains("no longer held for sharing the old address: s0002, s0003\n"), "{ran:?}");
    assert_eq!(world.gradpass(&["run"]).code, 0);
    assert_eq!(world.relay.messages().len(), 3);
    let ran = world.gradpass(&["correct", "s0003", "email=g4@mailbox.example", "--why", "rang again"]);
    let said = "codes that went to the old address no longer work; the next run mails a new code";
    assert!(ran.stdout.contains(said), "{ran:?}");
}
