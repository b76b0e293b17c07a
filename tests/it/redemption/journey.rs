//! The whole way of one graduate.

use gradpass::sandbox::seek::Endpoint;
use insta::assert_snapshot;
use reqwest::StatusCode;
use serde_json::json;

use super::invited;

#[test]
fn from_the_link_in_the_mail_to_verified() {
    let (world, seek, codes) = invited(1);
    let service = world.serve();
    let graduate = service.visitor();

    let page = graduate.get(&format!("/r/{}", codes[0]));
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains(&format!("value=\"{}\"", codes[0])), "{}", page.body);
    assert_eq!(seek.seek.calls(Endpoint::Add), 0, "opening the link changes nothing");

    let link = graduate.arrive(&codes[0]);
    let ids = seek.seek.ids();
    assert_eq!(ids.len(), 1);
    assert_eq!(link, seek.seek.redirect_uri(&ids[0]).unwrap());
    let (prefix, uuid) = ids[0].split_once('-').unwrap();
    assert_eq!(prefix, "north");
    assert_eq!(uuid::Uuid::parse_str(uuid).unwrap().get_version_num(), 4);
    assert_eq!(
        seek.seek.credential(&ids[0]).unwrap(),
        json!({
            "full_name": "Graduate 1",
            "education_provider": "Northfield University",
            "course_name": "Bachelor of Arts",
            "conferral_year": "2024",
            "awaiting_graduation": false,
            "has_majors": false,
            "majors": [],
            "with_honours": false,
        })
    );

    // again, typed by hand on another device
    let again = service.visitor().arrive(&codes[0].to_lowercase().replace('-', " "));
    assert_eq!(again, link);
    assert_eq!(seek.seek.calls(Endpoint::Add), 1, "the link is known");

    assert!(seek.seek.verify(&ids[0]));
    let ran = world.gradpass(&["--json", "follow-up"]);
    let found = json!({ "verified": 1, "canceled": 0, "lapsed": 0, "incomplete": 0 });
    assert_eq!((ran.code, ran.json()["follow_up"].clone()), (0, found), "{}", ran.stderr);
    let done = graduate.press(&codes[0]);
    assert_eq!(done.status, StatusCode::OK);
    assert!(done.body.contains("There is nothing left to do"), "{}", done.body);
    assert_eq!(world.count("SELECT count(*) FROM invitation WHERE state = 'verified'"), 1);
    assert_eq!(world.count("SELECT count(*) FROM submission WHERE link IS NOT NULL"), 0, "links end with it");
}

#[test]
fn the_help_desk_sees_the_story() {
    let (world, seek, codes) = invited(1);
    {
        let service = world.serve();
        world.clock.advance(std::time::Duration::from_hours(1));
        service.visitor().arrive(&codes[0]);
    }
    assert!(seek.seek.verify(&seek.seek.ids()[0]));
    assert_eq!(world.gradpass(&["follow-up"]).code, 0);
    let shown = world.gradpass(&["show", "s0001"]);
    assert_eq!(shown.code, 0);
    let id = &seek.seek.ids()[0];
    // what the system's clock wrote, and chance
    let story: Vec<_> = shown
        .stdout
        .lines()
        .map(|line| line.replace(id.as_str(), "north-UUID"))
        .map(|line| if line.contains("verified:") { format!("TIME{}", &line[19..]) } else { line })
        .collect();
    assert_snapshot!(story.join("\n"));
    assert!(!shown.stdout.contains(&codes[0]));
}
