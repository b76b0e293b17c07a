//! Answers that no stand-in gives: of another type, with a link that nobody should follow, or without an end.

use std::time::Duration;

use gradpass::seek::{Link, Outcome, Pause};

use super::account::{HASTY, PATIENT, STALL, Server, accepted, credential, reply, trouble};

const LINK: &str =
    "{\"redirect_uri\":\"https://seek.example/partner/add/education#clientId=1\\u0026content=2\"}";

async fn outcome_of(answer: Vec<u8>) -> Outcome<Link> {
    let server = Server::answering(move |_| answer.clone()).await;
    let outcome = server.client(PATIENT).add("northfield-1", &credential()).await;
    assert_eq!(server.requests().len(), 1, "{outcome:?}");
    outcome
}

#[tokio::test]
async fn a_link_is_a_link_whatever_the_headers_say() {
    for (status, headers) in [
        ("201 Created", "Content-Type: application/json; charset=utf-8\r\n"),
        ("200 OK", "Content-Type: text/html\r\n"),
        ("202 Accepted", ""),
        ("299 Whatever", "Content-Type: ?\r\nRetry-After: 7\r\n"),
    ] {
        let link = accepted(outcome_of(reply(status, headers, LINK)).await);
        assert_eq!(
            link.as_str(),
            "https://seek.example/partner/add/education#clientId=1&content=2",
            "{status}"
        );
    }
    let chunked = "HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n";
    let (first, second) = LINK.split_at(20);
    let chunks =
        format!("{chunked}{:x}\r\n{first}\r\n{:x}\r\n{second}\r\n0\r\n\r\n", first.len(), second.len());
    accepted(outcome_of(chunks.into()).await);
}

#[tokio::test]
async fn what_holds_no_usable_link_is_unknown() {
    let with = |link: &str| serde_json::json!({ "redirect_uri": link, "id": 7 }).to_string();
    let long = with(&format!("https://seek.example/{}", "x".repeat(10_000)));
    for (body, words) in [
        ("", "nothing"),
        ("<!doctype html><title>Maintenance</title>", "a page of HTML"),
        ("OK", "no whole JSON"),
        ("{\"redirect_uri\":\"https://seek.example/", "no whole JSON"),
        ("{\"link\":\"https://seek.example/\"}", "no redirect_uri"),
        (&with("javascript:alert(1)"), "no web address"),
        (&with("https://seek.example/\nSet-Cookie: a=b"), "no web address"),
        (&with("/partner/add/education"), "no web address"),
        (&long, "too long"),
    ] {
        let outcome = outcome_of(reply("201 Created", "Content-Type: application/json\r\n", body)).await;
        assert!(matches!(outcome, Outcome::Unknown(_)), "{words}: {outcome:?}");
        let trouble = trouble(outcome);
        assert!(trouble.words.contains(words) && trouble.pause.is_none(), "{words}: {trouble}");
        assert!(!trouble.words.contains("seek.example") && !trouble.words.contains("alert"), "{trouble}");
    }
}

#[tokio::test]
async fn a_body_without_an_end_is_cut_off() {
    let endless = format!("HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n{}", {
        let chunk = "x".repeat(0x4000);
        format!("4000\r\n{chunk}\r\n").repeat(8)
    });
    let outcome = outcome_of([endless.as_bytes(), STALL].concat()).await;
    assert!(matches!(outcome, Outcome::Unknown(_)), "{outcome:?}");
    assert!(trouble(outcome).words.contains("larger than 64 KiB"));
}

#[tokio::test]
async fn a_body_that_stalls_is_not_waited_for() {
    let stalled = async |beginning: &str| {
        let answer = [beginning.as_bytes(), STALL].concat();
        let server = Server::answering(move |_| answer.clone()).await;
        let (client, credential) = (server.client(HASTY), credential());
        let add = client.add("northfield-1", &credential);
        tokio::time::timeout(Duration::from_mins(1), add).await.unwrap()
    };
    let outcome =
        stalled("HTTP/1.1 201 Created\r\nContent-Length: 200\r\n\r\n{\"redirect_uri\":\"https://seek.").await;
    assert!(matches!(outcome, Outcome::Unknown(_)), "{outcome:?}");
    assert!(trouble(outcome).words.contains("201 Created"));

    // a status that says it all needs no body
    let outcome =
        stalled("HTTP/1.1 429 Too Many Requests\r\nRetry-After: 7\r\nContent-Length: 200\r\n\r\n").await;
    assert!(matches!(outcome, Outcome::TryLater(_)), "{outcome:?}");
    assert_eq!(trouble(outcome).pause, Some(Pause::For(Duration::from_secs(7))));
}

#[tokio::test]
async fn what_is_no_http_is_unknown() {
    for answer in ["", "SSH-2.0-OpenSSH_9.9\r\n", "HTTP/1.1 abc\r\n\r\n", "HTTP/1.1 201 Created\r\nBroken"] {
        let outcome = outcome_of(answer.into()).await;
        assert!(matches!(outcome, Outcome::Unknown(_)), "{answer}: {outcome:?}");
        assert!(trouble(outcome).words.contains("no answer"), "{answer}");
    }
}
