//! Several qualifications: the graduate sees each with its state and adds them one by one.

use gradpass::sandbox::seek::healthy;
use reqwest::StatusCode;

use crate::world::World;

const ROSTER: &str = "\
student_id,full_name,email,course_code,course_name,conferral_year
s1,Mira Tan,mira@mailbox.example,BA,Bachelor of Arts,2023
s1,Mira Tan,mira@mailbox.example,MSC,Master of Science,2024
";

#[test]
fn each_is_added_by_itself_and_the_last_closes_the_invitation() {
    let world = World::new();
    let seek = world.seek_pass(healthy());
    let codes = world.invite(ROSTER);
    let service = world.serve();
    let graduate = service.visitor();
    let code = codes[0].as_str();

    let list = graduate.press(code);
    assert_eq!(list.status, StatusCode::OK);
    assert!(list.body.contains("Bachelor of Arts") && list.body.contains("Master of Science"));
    assert!(seek.seek.ids().is_empty(), "nothing was chosen yet");
    assert_eq!(world.count("SELECT count(*) FROM invitation WHERE opened_at IS NOT NULL"), 1);

    let first = graduate.arrive_with(&[("code", code), ("qualification", "ba")]);
    let second = graduate.arrive_with(&[("code", code), ("qualification", "msc")]);
    assert_ne!(first, second);
    assert_eq!(graduate.arrive_with(&[("code", code), ("qualification", "ba")]), first);
    // what is not hers is only the list again
    assert_eq!(graduate.submit(&[("code", code), ("qualification", "phd")]).status, StatusCode::OK);
    let ids = seek.seek.ids();
    assert_eq!(ids.len(), 2);
    assert_eq!(seek.seek.credential(&ids[1]).unwrap()["course_name"], "Master of Science");

    assert!(seek.seek.verify(&ids[0]));
    assert_eq!(world.gradpass(&["follow-up"]).code, 0);
    assert_eq!(world.count("SELECT count(*) FROM invitation WHERE state = 'verified'"), 0);
    assert_eq!(graduate.submit(&[("code", code), ("qualification", "ba")]).status, StatusCode::OK);
    assert!(seek.seek.verify(&ids[1]));
    assert_eq!(world.gradpass(&["follow-up"]).code, 0);
    assert_eq!(world.count("SELECT count(*) FROM invitation WHERE state = 'verified'"), 1);
    let done = graduate.press(code);
    assert!(done.body.contains("There is nothing left to do"), "{}", done.body);
    assert_eq!(seek.seek.submissions(), 2);
}
