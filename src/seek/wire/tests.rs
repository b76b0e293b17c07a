#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use jiff::civil::date;
use proptest::collection::vec;
use proptest::prelude::*;

use super::*;
use crate::credential::{Conferral, Details, Qualification};
use crate::graduate::PersonName;

fn credential() -> Credential {
    let award = Qualification {
        course_code: None,
        course_name: "Bachelor of Science".to_owned(),
        conferral: Conferral { year: Some(2026), date: None, awaiting_graduation: false },
        majors: Vec::new(),
        honours: None,
        details: Details::Education,
        attached: None,
    };
    let name = PersonName::parse("Mira Tan").unwrap();
    Credential::of(&name, "Northfield University", &award, date(2026, 11, 23)).unwrap()
}

#[test]
fn a_submission_is_written_as_the_guide_says() {
    let expected = json!({
        "id": "northfield-1", "document_type": "none", "credential_type": "education",
        "data": { "credential": {
            "full_name": "Mira Tan", "education_provider": "Northfield University",
            "course_name": "Bachelor of Science", "conferral_year": "2026", "awaiting_graduation": false,
            "has_majors": false, "majors": [], "with_honours": false,
        } },
    });
    assert_eq!(submission("northfield-1", &credential()), expected);
    assert_eq!(question(&["a".to_owned(), "b".to_owned()]), json!({ "ids": ["a", "b"] }));
}

#[test]
fn a_link_is_taken_as_it_came() {
    let plain =
        "https://app.seekpass.example/partner/add/education#clientId=1&documentType=none&content=a%20b";
    let escaped = plain.replace('&', "\\u0026");
    let answer = format!("{{\"more\":[1],\"redirect_uri\":\"{escaped}\"}}");
    let found = link(answer.as_bytes()).unwrap();
    assert_eq!(found.as_str(), plain);
    assert_eq!(format!("{found:?}"), "Link(…)");
    // upper case, a port, no normalising of dots or of the missing slash
    for link in ["HTTP://127.0.0.1:8080", "https://a.example/x/../y?b=c", "https://[::1]:1/#"] {
        assert_eq!(Link::parse(link).unwrap().as_str(), link);
    }
}

#[test]
fn what_no_browser_should_be_sent_to_is_no_link() {
    let long = format!("https://a.example/{}", "x".repeat(Link::LONGEST));
    for unusable in [
        "",
        "/partner/add",
        "//a.example/",
        "a.example/x",
        "javascript:alert(1)",
        "data:text/html,x",
        "https:a.example",
        "https://",
        "https://a.example:port/",
        "https://a.example/\r\nSet-Cookie: a=b",
        "https://a.example/\n",
        " https://a.example/",
        "https://a.example/a b",
        "https://ä.example/",
        &long,
    ] {
        assert!(Link::parse(unusable).is_err(), "{unusable:?}");
        assert!(link(json!({ "redirect_uri": unusable }).to_string().as_bytes()).is_err(), "{unusable:?}");
    }
    let longest = &long[..Link::LONGEST];
    assert_eq!(Link::parse(longest).unwrap().as_str(), longest);
}

#[test]
fn an_answer_without_a_link_says_what_it_holds_instead() {
    for (answer, words) in [
        ("", "nothing"),
        (" \r\n", "nothing"),
        ("\n<!doctype html><html>", "a page of HTML"),
        ("{\"redirect_uri\":\"https://a.exa", "no whole JSON"),
        ("Bad Gateway", "no whole JSON"),
        ("{}", "no redirect_uri"),
        ("null", "no redirect_uri"),
        ("[{\"redirect_uri\":\"https://a.example\"}]", "no redirect_uri"),
        ("{\"redirect_uri\":null}", "a redirect_uri that is no text"),
        ("{\"redirect_uri\":\"javascript:x\"}", "a redirect_uri that is no web address"),
    ] {
        assert_eq!(link(answer.as_bytes()).unwrap_err().to_string(), words, "{answer}");
    }
}

#[test]
fn statuses_are_matched_by_id_and_oddities_tolerated() {
    let at = "2026-02-03T04:05:06Z";
    let answer = json!({ "page": 1, "credentials": [
        { "id": "a", "status": "verified", "finalized_at": at, "more": {} },
        { "id": "b", "status": "canceled", "finalized_at": null },
        { "id": "c", "status": "incomplete" },
        { "id": "d", "status": "verified", "finalized_at": "yesterday" },
        { "id": "e", "status": "suspended" },
        { "id": "f" },
        { "id": "g", "status": 7 },
        { "id": "h", "status": "revoked", "finalized_at": at },
        { "id": "i", "status": "unshared" },
        { "status": "verified" },
        { "id": 7, "status": "verified" },
        null, "x", [],
    ] });
    let mut found = statuses(answer.to_string().as_bytes()).unwrap();
    let expected = [
        ("a", Status::Verified { at: Some(at.parse().unwrap()) }),
        ("b", Status::Canceled { at: None }),
        ("c", Status::Incomplete),
        ("d", Status::Verified { at: None }),
        ("h", Status::Revoked { at: Some(at.parse().unwrap()) }),
        ("i", Status::Unshared { at: None }),
    ];
    for (id, word) in [("e", "suspended"), ("f", "…"), ("g", "…")] {
        let Some(Status::Unknown(unknown)) = found.remove(id) else { panic!("{id} is known") };
        assert_eq!(unknown.as_str(), word);
    }
    assert_eq!(found, expected.map(|(id, status)| (id.to_owned(), status)).into());
    assert_eq!(statuses(b"{\"credentials\":[]}").unwrap(), BTreeMap::new());
    for unusable in ["", "{}", "[]", "{\"credentials\":{}}", "<html>"] {
        assert!(statuses(unusable.as_bytes()).is_err(), "{unusable}");
    }
}

proptest! {
    #[test]
    fn no_bytes_panic(bytes in vec(any::<u8>(), 0..400)) {
        let _ = (link(&bytes), statuses(&bytes));
    }

    #[test]
    fn no_text_becomes_a_link_that_a_header_cannot_carry(text in "https?://.{0,60}|.{0,60}") {
        let answer = json!({ "redirect_uri": text }).to_string();
        if let Ok(link) = link(answer.as_bytes()) {
            prop_assert_eq!(link.as_str(), &text);
            prop_assert!(reqwest::header::HeaderValue::from_str(link.as_str()).is_ok());
            prop_assert!(text.to_ascii_lowercase().starts_with("http"));
        }
    }

    #[test]
    fn no_json_panics(text in "[\\[\\]{}\",:a-z0-9\\\\]{0,80}", status in ".{0,20}") {
        let _ = (link(text.as_bytes()), statuses(text.as_bytes()));
        let answer = json!({ "credentials": [{ "id": text, "status": status, "finalized_at": status }] });
        prop_assert_eq!(statuses(answer.to_string().as_bytes()).unwrap().len(), 1);
    }
}
