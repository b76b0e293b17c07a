//! What SEEK Pass complains about reaches the operator, in whatever shape it comes, and without what was sent.

use gradpass::sandbox::seek::{Endpoint, Fault};
use gradpass::seek::{Failure, Outcome};
use serde_json::json;

use super::account::{Account, NAME, credential, trouble};

async fn refused(status: u16, body: &str) -> Failure {
    let body = body.to_owned();
    let account = Account::with(move |endpoint, _| match endpoint {
        Endpoint::Add => Fault::Refusal(status, body.clone()),
        _ => Fault::None,
    })
    .await;
    let outcome = account.client.add("northfield-1", &credential()).await;
    assert!(matches!(outcome, Outcome::Refused(_)), "{outcome:?}");
    trouble(outcome)
}

#[tokio::test]
async fn the_reason_is_told_whatever_its_shape() {
    let path = "data.credential.conferral_year";
    for (body, reason) in [
        (json!({ "errors": ["Conferral year can't be blank"] }).to_string(), "Conferral year can't be blank"),
        (json!({ "errors": { "conferral_year": ["is invalid"] } }).to_string(), "conferral_year is invalid"),
        (json!({ "message": "Conferral year is invalid" }).to_string(), "Conferral year is invalid"),
        (
            json!({ "error": { "code": "invalid_request", "details": [{ "field": path, "message": "is required" }] } })
                .to_string(),
            "invalid_request, data.credential.conferral_year is required",
        ),
        (
            json!({ "errors": [{ "detail": "is invalid", "source": { "pointer": format!("/{}", path.replace('.', "/")) } }] })
                .to_string(),
            "data.credential.conferral_year is invalid",
        ),
        (json!("the conferral year is invalid").to_string(), "the conferral year is invalid"),
        ("the conferral year is invalid\n".to_owned(), "the conferral year is invalid"),
        ("<html><title>400 Bad Request</title></html>".to_owned(), "400 Bad Request"),
    ] {
        let words = refused(422, &body).await.words;
        assert!(words.contains(&format!("education.json ({reason}); it will not take this")), "{body}: {words}");
    }
    let words = refused(422, "").await.words;
    assert!(words.contains("education.json; it will not take this"), "{words}");
}

#[tokio::test]
async fn what_was_sent_is_repeated_in_no_shape() {
    let value = format!("{NAME} {} of xenobiology is invalid", NAME.to_lowercase());
    for body in [
        json!({ "errors": [value] }).to_string(),
        json!({ "errors": { "full_name": [value], NAME: [value] } }).to_string(),
        json!({ "error": { "code": NAME, "message": value, "details": [value] } }).to_string(),
        json!({ "detail": [{ "loc": ["body", NAME], "msg": value, "input": NAME }] }).to_string(),
        json!({ "full_name": [value], "message": value }).to_string(),
        json!(value).to_string(),
        format!("<title>{value}</title>"),
        value.clone(),
    ] {
        let words = refused(422, &body).await.words;
        assert!(words.contains("… is invalid"), "{body}: {words}");
    }
}
