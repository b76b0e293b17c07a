//! From the roster to SEEK Pass, in the words of the wire.

use serde_json::json;

use super::{AWARDS, COURSES, RESULTS, imported, invite, world};

#[test]
fn a_test_result_arrives_as_the_guide_draws_it() {
    let (world, seek) = world();
    imported(&world, RESULTS, "english");
    let codes = invite(&world);
    let service = world.serve();
    let link = service.visitor().arrive(&codes[0].1);
    assert!(link.contains("/partner/add/englishProficiency#"), "{link}");
    assert!(link.contains("documentType=english_assessment"), "{link}");
    let ids = seek.seek.ids();
    assert_eq!(
        seek.seek.credential(&ids[0]).unwrap(),
        json!({
            "full_name": "Mira Y. Tan", "test_provider": "Example Tests Ltd", "test_name": "Example English Test",
            "completion_date": "2025-05-02", "expiry_date": "2027-05-02",
            "test_scores": {
                "cefr_scores": { "combined": "C1", "reading": "C1", "writing": "B2+" },
                "overall": { "score": "7.5", "scale": "9" },
                "subskills": [
                    { "skill": "Reading", "score": "8.0" },
                    { "skill": "Grammar", "score": "64" },
                    { "skill": "Vocabulary", "score": "70" },
                ],
                "partner_chain": [{ "name": "Example Network" }, { "name": "Example Hub" }],
            },
        })
    );
    assert_eq!(seek.seek.scopes(), ["write.english_proficiency"], "nothing else is in use");
}

#[test]
fn a_course_arrives_with_the_university_for_an_issuer_where_it_names_none() {
    let (world, seek) = world();
    imported(&world, COURSES, "microcredential");
    let codes = invite(&world);
    let service = world.serve();
    let told: Vec<_> = ["mira@mailbox.example", "suharto@mailbox.example"]
        .into_iter()
        .map(|address| {
            let (_, code) = codes.iter().find(|(to, _)| to == address).unwrap();
            let link = service.visitor().arrive(code);
            assert!(
                link.contains("/partner/add/microcredential#") && link.contains("documentType=none"),
                "{link}"
            );
            seek.seek.credential(seek.seek.ids().last().unwrap()).unwrap()
        })
        .collect();
    assert_eq!(
        told,
        [
            json!({
                "full_name": "Mira Tan", "issuer_name": "Northfield University", "microcredential_name": "Data Literacy",
                "issue_date": "2025-03-14", "assessment_result": "85%",
            }),
            json!({
                "full_name": "Suharto", "issuer_name": "ABC Management Academy", "microcredential_name": "First Aid",
                "issue_date": "2025-04-01",
            }),
        ]
    );
    assert_eq!(seek.seek.scopes(), ["write.microcredential"]);
}

/// One mail and one page, a submission for each.
#[test]
fn who_holds_several_types_has_one_invitation_for_them() {
    let (world, seek) = world();
    imported(&world, AWARDS, "education");
    imported(&world, RESULTS, "english");
    imported(&world, COURSES, "microcredential");
    let codes = invite(&world);
    assert_eq!(codes.len(), 3);
    let (_, code) = codes.iter().find(|(to, _)| to == "mira@mailbox.example").unwrap();
    let service = world.serve();
    let graduate = service.visitor();
    let page = graduate.press(code);
    for words in ["Your credentials", "Bachelor of Arts", "Example English Test", "Data Literacy"] {
        assert!(page.body.contains(words), "{words}: {}", page.body);
    }
    let keys: Vec<_> = page
        .body
        .split("name=\"qualification\" value=\"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap().replace("&#x2f;", "/"))
        .collect();
    assert_eq!(keys.len(), 3);
    for key in &keys {
        graduate.arrive_with(&[("code", code), ("qualification", key)]);
    }
    let ids = seek.seek.ids();
    let names: Vec<_> = ids
        .iter()
        .map(|id| {
            let told = seek.seek.credential(id).unwrap();
            let named = ["course_name", "test_name", "microcredential_name"];
            named.iter().find_map(|name| told[*name].as_str()).unwrap().to_owned()
        })
        .collect();
    assert_eq!(names.len(), 3);
    for name in ["Bachelor of Arts", "Data Literacy", "Example English Test"] {
        assert!(names.iter().any(|told| told == name), "{name}");
    }
    // each credential has the name of its own roster
    let of = |field: &str| {
        ids.iter().map(|id| seek.seek.credential(id).unwrap()).find(|told| !told[field].is_null()).unwrap()
    };
    assert_eq!(of("test_name")["full_name"], "Mira Y. Tan");
    assert_eq!(of("course_name")["full_name"], "Mira Tan");

    for id in &ids {
        assert!(seek.seek.verify(id));
    }
    assert_eq!(world.gradpass(&["follow-up"]).code, 0);
    assert_eq!(world.count("SELECT count(*) FROM invitation WHERE state = 'verified'"), 1);
}
