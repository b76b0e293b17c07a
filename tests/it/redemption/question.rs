//! The second question.

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
        world.clock.advance(std::time::Duration::from_mins(61));
        visitor.arrive_with(&[("code", &codes[0]), ("answer", right)]);
    }
}
