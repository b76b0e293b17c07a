//! Statuses are asked for by the list, and matched by id.

use std::collections::BTreeMap;
use std::time::Duration;

use gradpass::sandbox::seek::{Endpoint, Fault, script};
use gradpass::seek::{MOST_IDS, Outcome, Pause, Status};
use serde_json::json;

use super::account::{Account, HASTY, PATIENT, Server, accepted, credential, reply, trouble};

fn ids(ids: &[&str]) -> Vec<String> {
    ids.iter().map(|id| (*id).to_owned()).collect()
}

#[tokio::test]
async fn statuses_are_told_of_the_submissions_that_are_known() {
    let account = Account::new().await;
    for id in ["a", "b", "c", "d"] {
        accepted(account.client.add(id, &credential()).await);
    }
    account.clock.advance(Duration::from_mins(10));
    let at = Some(account.clock.now());
    assert!(account.seek.verify("a") && account.seek.cancel("b"));
    let found = accepted(account.client.statuses(&ids(&["a", "b", "c", "never sent"])).await);
    let expected =
        [("a", Status::Verified { at }), ("b", Status::Canceled { at }), ("c", Status::Incomplete)];
    assert_eq!(found, expected.map(|(id, status)| (id.to_owned(), status)).into());
    assert_eq!(account.seek.calls(Endpoint::Statuses), 1);
}

#[tokio::test]
async fn what_was_taken_back_is_told_as_that_and_a_new_word_as_itself() {
    let account = Account::new().await;
    for (id, status) in
        [("a", "revoked"), ("b", "unshared"), ("c", "suspended"), ("d", "Zaphod Quillfeather")]
    {
        accepted(account.client.add(id, &credential()).await);
        assert!(account.seek.verify(id) && account.seek.say(id, status));
    }
    let at = Some(account.clock.now());
    let mut found = accepted(account.client.statuses(&ids(&["a", "b", "c", "d"])).await);
    for (id, shown) in [("c", "suspended"), ("d", "…")] {
        let Some(Status::Unknown(word)) = found.remove(id) else { panic!("{id}: {found:?}") };
        assert_eq!(word.as_str(), shown);
    }
    let expected = [("a", Status::Revoked { at }), ("b", Status::Unshared { at })];
    assert_eq!(found, expected.map(|(id, status)| (id.to_owned(), status)).into());
}

#[tokio::test]
async fn only_as_many_are_asked_for_as_one_call_takes() {
    let account = Account::new().await;
    let thirty = vec!["a".to_owned(); MOST_IDS];
    assert_eq!(accepted(account.client.statuses(&thirty).await), BTreeMap::new());
    assert_eq!(account.seek.calls(Endpoint::Statuses), 1);
    let outcome = account.client.statuses(&[thirty, ids(&["b"])].concat()).await;
    assert!(matches!(outcome, Outcome::Refused(_)), "{outcome:?}");
    assert_eq!(accepted(account.client.statuses(&[]).await), BTreeMap::new());
    assert_eq!(account.seek.calls(Endpoint::Statuses), 1);
}

#[tokio::test]
async fn only_the_ids_that_were_asked_for_are_believed() {
    let body = json!({ "credentials": [
        { "id": "a", "status": "lost", "more": 1 }, { "id": "z", "status": "verified" }, null,
    ] });
    let server = Server::answering(move |_| reply("200 OK", "", &body.to_string())).await;
    let found = accepted(server.client(PATIENT).statuses(&ids(&["a", "b"])).await);
    let Some((id, Status::Unknown(word))) = found.first_key_value() else { panic!("{found:?}") };
    assert_eq!((found.len(), id.as_str(), word.as_str()), (1, "a", "lost"));
    let requests = server.requests();
    let request = requests.first().unwrap();
    assert!(request.starts_with("POST /api/partner/v1/submissions/status.json "), "{request}");
    assert!(request.contains("content-type: application/json"), "{request}");
    assert!(request.ends_with("\r\n\r\n{\"ids\":[\"a\",\"b\"]}"), "{request}");
}

#[tokio::test]
async fn a_question_is_never_in_doubt() {
    let seven = Some(Pause::For(Duration::from_secs(7)));
    for (fault, refused, pause) in [
        (Fault::Status(429, Some("7".to_owned())), false, seven),
        (Fault::Status(503, None), false, Some(Pause::Growing)),
        (Fault::Status(500, None), false, None),
        (Fault::Status(404, None), true, None),
        (Fault::Html502, false, None),
        (Fault::Hang, false, None),
        (Fault::DropAfterReading, false, None),
        (Fault::Truncated, false, None),
        (Fault::Huge, false, None),
        (Fault::Empty, false, None),
    ] {
        let chosen = fault.clone();
        let faults = move |endpoint, count| {
            if (endpoint, count) == (Endpoint::Statuses, 1) { chosen.clone() } else { Fault::None }
        };
        let timeouts = if fault == Fault::Hang { HASTY } else { PATIENT };
        let account = Account::start(|settings| settings.script = script(faults), timeouts).await;
        accepted(account.client.add("a", &credential()).await);
        let outcome = account.client.statuses(&ids(&["a"])).await;
        match (&outcome, refused) {
            (Outcome::TryLater(_), false) | (Outcome::Refused(_), true) => {}
            _ => panic!("{fault:?}: {outcome:?}"),
        }
        assert_eq!(trouble(outcome).pause, pause, "{fault:?}");
        let found = accepted(account.client.statuses(&ids(&["a"])).await);
        assert_eq!(found, [("a".to_owned(), Status::Incomplete)].into(), "{fault:?}");
    }
}

#[tokio::test]
async fn a_token_that_was_refused_is_replaced() {
    let account = Account::new().await;
    accepted(account.client.add("a", &credential()).await);
    account.seek.revoke_tokens();
    assert_eq!(accepted(account.client.statuses(&ids(&["a"])).await).len(), 1);
    assert_eq!((account.seek.calls(Endpoint::Token), account.seek.calls(Endpoint::Statuses)), (2, 2));
}
