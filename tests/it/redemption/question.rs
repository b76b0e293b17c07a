//! The second question.

use std::time::Duration;

use gradpass::sandbox::seek::healthy;
use reqwest::StatusCode;

use crate::world::World;

const ROSTER: &str = "\
student_id,full_name,email,course_name,conferral_year,date_of_birth
AB-12,Mira Tan,mira@mailbox.example,Bachelor of Arts,2023,1999-03-27
";

/// One who was born on the third of April; no writing of another day is taken.
#[test]
fn a_date_of_birth_is_taken_as_people_write_it() {
    let world = World::new();
    let seek = world.seek_pass(healthy());
    world.seek_pass_at(&seek.seek.base_url(), "question = \"date_of_birth\"", "");
    let codes = world.invite(&ROSTER.replace("1999-03-27", "1999-04-03"));
    let service = world.serve();
    let visitor = service.visitor();
    let press = |answer: &str| visitor.submit(&[("code", &codes[0]), ("answer", answer)]);
    for answer in ["4/3/1999X", "3 Foo 1999", "3/4/99"] {
        assert_eq!(press(answer).status, StatusCode::UNPROCESSABLE_ENTITY, "{answer}");
    }
    // each counts once, although it can be read in two ways: five, and no sixth
    for answer in ["5/4/1999", "4/5/1999", "3/4/1998"] {
        assert_eq!(press(answer).status, StatusCode::NOT_FOUND, "{answer}");
    }
    for answer in [
        "3/4/1999",
        "04/03/1999",
        "1999-04-03",
        "3 Apr 1999",
        "April 3rd, 1999",
        "๓ เม.ย. ๒๕๔๒",
        "３．４．１９９９",
    ] {
        visitor.arrive_with(&[("code", &codes[0]), ("answer", answer)]);
    }
    for answer in ["1999-03-04", "4 March 1999"] {
        assert_eq!(press(answer).status, StatusCode::NOT_FOUND, "{answer}");
    }
    let closed = press("3/4/1999");
    assert_eq!(closed.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(
        closed.body.contains("from <strong>03:01 (AEDT, UTC+11)</strong>, in about 60 minutes"),
        "{}",
        closed.body
    );
}

#[test]
fn a_forwarded_mail_is_not_enough() {
    for (question, right, wrong, shapeless) in
        [("date_of_birth", "27/3/1999", "28/3/1999", "27 March"), ("student_id", "ab-12", "AB-13", "what?")]
    {
        let world = World::new();
        let seek = world.seek_pass(healthy());
        world.seek_pass_at(&seek.seek.base_url(), &format!("question = \"{question}\""), "");
        let codes = world.invite(ROSTER);
        let service = world.serve();
        let visitor = service.visitor();
        let page = visitor.get(&format!("/r/{}", codes[0]));
        assert!(page.body.contains("name=\"answer\""), "{}", page.body);
        let press = |answer: &str| visitor.submit(&[("code", &codes[0]), ("answer", answer)]);

        // neither costs anything, however often
        for _ in 0..10 {
            assert_eq!(press("").status, StatusCode::UNPROCESSABLE_ENTITY);
            assert_eq!(press(shapeless).status, StatusCode::UNPROCESSABLE_ENTITY);
        }
        // a wrong answer is answered as a wrong code is
        let refused = press(wrong);
        let unknown = visitor.submit(&[("code", "0000-0000-00000"), ("answer", right)]);
        assert_eq!((refused.status, refused.body), (unknown.status, unknown.body));
        assert!(seek.seek.ids().is_empty());
        visitor.arrive_with(&[("code", &codes[0]), ("answer", right)]);
        // and whoever has the mail cannot try all days of a life
        for _ in 0..4 {
            assert_eq!(press(wrong).status, StatusCode::NOT_FOUND);
        }
        assert_eq!(press(wrong).status, StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(press(right).status, StatusCode::TOO_MANY_REQUESTS);
        world.clock.advance(Duration::from_mins(61));
        visitor.arrive_with(&[("code", &codes[0]), ("answer", right)]);
    }
}

/// The help desk, in a process of its own beside the service, lets one student in again; the service is not started anew.
#[test]
fn who_is_locked_out_can_be_unlocked_while_the_service_runs() {
    let world = World::new();
    let seek = world.seek_pass(healthy());
    world.seek_pass_at(&seek.seek.base_url(), "question = \"date_of_birth\"", "");
    let two = format!("{ROSTER}AB-13,Ola Berg,ola@mailbox.example,Bachelor of Arts,2023,1999-03-27\n");
    let codes = world.invite(&two);
    let service = world.serve();
    let visitor = service.visitor();
    let press =
        |code: usize, answer: &str| visitor.submit(&[("code", &codes[code]), ("answer", answer)]).status;
    let lock = |code: usize, wrong_answers: u32| {
        for _ in 0..wrong_answers {
            assert_eq!(press(code, "1999-03-28"), StatusCode::NOT_FOUND);
        }
        assert_eq!(press(code, "1999-03-27"), StatusCode::TOO_MANY_REQUESTS);
    };
    lock(0, 5);
    lock(1, 5);
    // by the clock of the program, which is far ahead of that of the test, the lock is long over
    let locked = world.count("SELECT count(*) FROM wrong_answer WHERE locked_until IS NOT NULL");
    assert_eq!(locked, 2);
    let unlocked = world.gradpass(&["unlock", "ab12", "--why", "rang from home", "--json"]);
    let told = serde_json::json!({ "student_id": "AB-12", "unlocked": true });
    assert_eq!((unlocked.code, unlocked.json()), (0, told), "{unlocked:?}");
    // the other one stays locked, and whoever was unlocked has the usual tries and no more
    assert_eq!(press(1, "1999-03-27"), StatusCode::TOO_MANY_REQUESTS);
    lock(0, 5);
    let again = world.gradpass(&["unlock", "AB-12"]);
    assert_eq!(
        (again.code, again.stdout.as_str()),
        (
            0,
            "student AB-12 was not locked, and has given no wrong answer since the last `gradpass unlock`; nothing was done\n"
        )
    );
    // as the clock of the program has it
    world.change("UPDATE wrong_answer SET locked_until = 32503680000000, at = 32503676400000 WHERE rowid = (SELECT max(rowid) FROM wrong_answer)");
    let told = world.gradpass(&["unlock", "AB-12"]).stdout;
    assert!(told.contains("can answer the second question again, at once"), "{told}");
    visitor.arrive_with(&[("code", &codes[0]), ("answer", "1999-03-27")]);
    world.clock.advance(Duration::from_mins(61));
    visitor.arrive_with(&[("code", &codes[1]), ("answer", "1999-03-27")]);

    let shown = world.gradpass(&["show", "AB-12"]);
    let events = shown.stdout.lines().filter(|line| line.contains("  unlocked: by "));
    assert_eq!(events.clone().count(), 2, "{shown:?}");
    assert!(events.clone().any(|line| line.ends_with(": rang from home")), "{shown:?}");
    let count = |words: &str| shown.stdout.matches(words).count();
    assert_eq!(
        (count("  wrong answer: "), count("  locked: the page asks again after ")),
        (10, 2),
        "{shown:?}"
    );
    assert_eq!(world.count("SELECT count(*) FROM audit WHERE act = 'unlock'"), 2);
}

/// It is written down only where it does something.
#[test]
fn nothing_is_unlocked_where_nothing_is_asked_or_nobody_known() {
    let world = World::new();
    world.invite(ROSTER);
    let ran = world.gradpass(&["unlock", "AB-12"]);
    assert!(ran.code == 2 && ran.stderr.contains("asks no second question"), "{ran:?}");
    let seek = world.seek_pass(healthy());
    world.seek_pass_at(&seek.seek.base_url(), "question = \"student_id\"", "");
    for unknown in ["AB-99", "../x"] {
        assert_eq!(world.gradpass(&["unlock", unknown]).code, 2);
    }
    assert_eq!(world.count("SELECT count(*) FROM audit WHERE act <> 'import'"), 0);
}
