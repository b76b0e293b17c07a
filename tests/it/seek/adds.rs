//! A credential goes out as the partner guide says, and its link comes back.

use std::time::Duration;

use gradpass::clock::Clock;
use gradpass::seek::{ClientError, SeekPass};
use jiff::Timestamp;
use serde_json::json;

use super::account::{
    Account, PATIENT, SECRET, Server, accepted, assert_link, client, credential, reply, together,
};

#[tokio::test]
async fn a_credential_is_submitted_and_its_link_comes_back() {
    let account = Account::new().await;
    // a clone on a task of its own, as a web server has it
    let client = account.client.clone();
    let adding = tokio::spawn(async move { client.add("northfield-1", &credential()).await });
    let link = accepted(adding.await.unwrap());
    assert_link(&account, "northfield-1", &link);
    let content = link.as_str().rsplit_once("#clientId=sandbox&documentType=none&content=");
    assert_eq!(
        content.map(|(base, _)| base.to_owned()),
        Some(account.seek.base_url() + "/partner/add/education")
    );
    let expected = json!({
        "full_name": "Zaphod Quillfeather", "education_provider": "Northfield University",
        "course_name": "Bachelor of Xenobiology", "conferral_year": "2026", "awaiting_graduation": false,
        "has_majors": true, "majors": ["Vogonology"], "with_honours": true,
    });
    assert_eq!(account.seek.credential("northfield-1"), Some(expected));
    assert_eq!(account.calls(), (1, 1));
}

#[tokio::test]
async fn the_same_id_leads_to_the_same_link_for_48_hours() {
    let account = Account::new().await;
    let first = accepted(account.client.add("northfield-1", &credential()).await);
    account.clock.advance(Duration::from_hours(47));
    assert_eq!(accepted(account.client.add("northfield-1", &credential()).await), first);
    assert_eq!(account.seek.submissions(), 1);
    account.clock.advance(Duration::from_hours(1));
    assert_ne!(accepted(account.client.add("northfield-1", &credential()).await), first);
    assert_ne!(accepted(account.client.add("northfield-2", &credential()).await), first);
    assert_eq!(account.seek.submissions(), 3);
}

#[tokio::test]
async fn fifty_at_once_ask_for_one_token() {
    let account = Account::new().await;
    let ids: Vec<_> = (0..50).map(|number| format!("northfield-{number}")).collect();
    let credential = credential();
    let links = together(ids.iter().map(|id| account.client.add(id, &credential))).await;
    for (id, link) in ids.iter().zip(links) {
        assert_link(&account, id, &accepted(link));
    }
    assert_eq!(account.calls(), (1, 50));
    assert_eq!(account.seek.submissions(), 50);
}

#[tokio::test]
async fn the_requests_are_those_of_the_guide() {
    let link = "{\"redirect_uri\":\"https://seek.example/#x\"}";
    let server =
        Server::answering(|_| reply("201 Created", "Content-Type: application/json\r\n", link)).await;
    accepted(server.client(PATIENT).add("northfield-1", &credential()).await);
    let requests = server.all_requests();
    let [token, add] = &requests[..] else { panic!("{requests:?}") };
    let (head, body) = token.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("POST /api/partner/v1/oauth/token.json HTTP/1.1\r\n"), "{head}");
    assert!(head.contains("content-type: application/x-www-form-urlencoded"), "{head}");
    assert!(!head.to_lowercase().contains("authorization"), "{head}");
    let form = format!(
        "grant_type=client_credentials&client_id=sandbox&client_secret={SECRET}&scope=write.education"
    );
    assert_eq!(body, form);

    let (head, body) = add.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("POST /api/partner/v1/add/education.json HTTP/1.1\r\n"), "{head}");
    for line in [
        "content-type: application/json",
        "accept: application/json",
        "authorization: Bearer token-of-the-server",
    ] {
        assert!(head.lines().any(|it| it == line), "{line}: {head}");
    }
    let body: serde_json::Value = serde_json::from_str(body).unwrap();
    let members: Vec<_> = body.as_object().unwrap().keys().collect();
    assert_eq!(members, ["credential_type", "data", "document_type", "id"]);
    assert_eq!((&body["credential_type"], &body["document_type"]), (&json!("education"), &json!("none")));
    assert_eq!(body["data"].as_object().unwrap().len(), 1);
}

#[test]
fn a_base_url_that_is_none_makes_no_client() {
    let clock = Clock::fixed(Timestamp::UNIX_EPOCH);
    let made = |base: &str| -> Result<SeekPass, ClientError> { client(base, SECRET, &clock, PATIENT) };
    let error = made("https://[").err().map(|error| error.to_string()).unwrap_or_default();
    assert!(error.contains("seek_pass.base_url"), "{error}");
    assert!(made("https://seek.example").is_ok());
}
