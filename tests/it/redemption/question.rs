//! The second question.

use gradpass::sandbox::seek::healthy;
use reqwest::StatusCode;

use crate::world::World;

const ROSTER: &str = "\
student_id,full_name,email,course_name,conferral_year,date_of_birth
AB-12,Mira Tan,mira@mailbox.example,Bachelor of Arts,2023,1999-03-27
";

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
