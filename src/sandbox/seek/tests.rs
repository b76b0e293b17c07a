#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::{Endpoint, Fault, SeekPass, Settings, schema, script};

const ADD: &str = "POST /api/partner/v1/add/education.json";
const FORM: &str = "application/x-www-form-urlencoded";
const JSON: &str = "application/json";

/// A stand-in whose clock the test moves, and a token of it.
struct World {
    seek: SeekPass,
    hours: Arc<AtomicI64>,
    token: String,
}

impl World {
    async fn start(faults: impl Fn(Endpoint, usize) -> Fault + Send + Sync + 'static) -> Self {
        let hours = Arc::new(AtomicI64::new(0));
        let clock = Arc::clone(&hours);
        let start: Timestamp = "2026-12-01T00:00:00Z".parse().unwrap();
        let now = move || start + jiff::SignedDuration::from_hours(clock.load(Ordering::SeqCst));
        let seek = SeekPass::start(Settings { script: script(faults), ..Settings::new(now) }).await.unwrap();
        let mut world = Self { seek, hours, token: String::new() };
        world.log_in().await;
        world
    }

    async fn log_in(&mut self) {
        let fields = "grant_type=client_credentials&client_id=sandbox&client_secret=sandbox-secret&scope=write.education";
        let answer = self.ask("POST /api/partner/v1/oauth/token.json", FORM, fields).await;
        self.token = body(&answer)["access_token"].as_str().unwrap().to_owned();
    }

    async fn ask(&self, target: &str, kind: &str, content: &str) -> String {
        let (token, length) = (&self.token, content.len());
        let request = format!(
            "{target} HTTP/1.1\r\nHost: t\r\nConnection: close\r\nAuthorization: Bearer {token}\r\n\
             Content-Type: {kind}\r\nContent-Length: {length}\r\n\r\n{content}"
        );
        let mut stream = TcpStream::connect(self.seek.address()).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        answer
    }

    async fn add(&self, id: &str) -> String {
        self.ask(ADD, JSON, &submission(id).to_string()).await
    }

    async fn status(&self, id: &str) -> Value {
        body(&self.ask(&format!("GET /api/partner/v1/submissions/{id}/status.json"), JSON, "").await)
    }

    fn pass(&self, hours: i64) {
        self.hours.fetch_add(hours, Ordering::SeqCst);
    }
}

fn body(answer: &str) -> Value {
    serde_json::from_str(answer.split_once("\r\n\r\n").unwrap().1).unwrap()
}

fn submission(id: &str) -> Value {
    json!({ "id": id, "document_type": "none", "credential_type": "education", "data": { "credential": {
        "full_name": "Mira Tan", "education_provider": "Northfield University", "course_name": "Bachelor of Science",
        "conferral_year": "2026", "has_majors": true, "majors": ["Statistics"] } } })
}

#[tokio::test]
async fn a_link_lives_48_hours_and_a_status_with_it() {
    let mut world = World::start(|_, _| Fault::None).await;
    let first = world.add("a-1").await;
    assert!(
        first.starts_with("HTTP/1.1 201") && first.contains("\\u0026documentType=none\\u0026content="),
        "{first}"
    );
    let link = body(&first)["redirect_uri"].clone();
    assert!(
        link.as_str()
            .unwrap()
            .starts_with(&format!("{}/partner/add/education#clientId=", world.seek.base_url()))
    );
    assert_eq!(
        world.status("a-1").await,
        json!({ "id": "a-1", "status": "incomplete", "finalized_at": null })
    );

    world.pass(47);
    assert!(world.add("a-1").await.starts_with("HTTP/1.1 401"), "the token is good for an hour");
    world.log_in().await;
    assert_eq!(body(&world.add("a-1").await)["redirect_uri"], link);
    world.pass(1);
    world.log_in().await;
    let lapsed = json!({ "id": "a-1", "status": "canceled", "finalized_at": "2026-12-03T00:00:00Z" });
    assert_eq!(world.status("a-1").await, lapsed);
    assert!(!world.seek.verify("a-1"));
    assert_ne!(body(&world.add("a-1").await)["redirect_uri"], link);
    assert_eq!(
        (world.seek.submissions(), world.seek.ids().len(), world.seek.calls(Endpoint::Add)),
        (2, 3, 4)
    );

    let ids = json!({ "ids": ["a-1", "never sent"] }).to_string();
    let answer = world.ask("POST /api/partner/v1/submissions/status.json", JSON, &ids).await;
    assert_eq!(body(&answer)["credentials"].as_array().unwrap().len(), 1);
    let ids = json!({ "ids": vec!["a-1"; 31] }).to_string();
    let answer = world.ask("POST /api/partner/v1/submissions/status.json", JSON, &ids).await;
    assert!(answer.starts_with("HTTP/1.1 422"), "{answer}");
}

#[tokio::test]
async fn the_page_behind_the_link_finishes_a_submission() {
    let world = World::start(|_, _| Fault::None).await;
    let link = body(&world.add("a-1").await)["redirect_uri"].as_str().unwrap().to_owned();
    let content = link.rsplit_once("content=").unwrap().1;
    assert!(
        world.ask("GET /partner/add/education", FORM, "").await.contains("Finish in SEEK Pass (stand-in)")
    );
    let answer = world.ask("POST /sandbox/finish", FORM, "content=unknown").await;
    assert!(answer.starts_with("HTTP/1.1 404"), "{answer}");
    let answer = world.ask("POST /sandbox/finish", FORM, &format!("content={content}&choice=finish")).await;
    assert!(answer.contains("Added to SEEK Pass"), "{answer}");
    assert_eq!(world.status("a-1").await["status"], "verified");
    assert!(!world.seek.cancel("a-1"));
}

#[tokio::test]
async fn it_says_what_is_put_in_its_mouth() {
    let world = World::start(|_, _| Fault::None).await;
    world.add("a-1").await;
    for status in ["revoked", "never heard of"] {
        assert!(world.seek.say("a-1", status) && !world.seek.say("a-2", status));
        assert_eq!(world.status("a-1").await["status"], status);
    }
    for (body, kind) in
        [("[\"is wrong\"]", "application/json"), ("is wrong", "text/plain"), ("<p>is wrong", "text/html")]
    {
        let refuses = move |endpoint, _| match endpoint {
            Endpoint::Add => Fault::Refusal(422, body.to_owned()),
            _ => Fault::None,
        };
        let world = World::start(refuses).await;
        let answer = world.add("a-1").await;
        assert!(
            answer.starts_with(&format!("HTTP/1.1 422 Unprocessable Entity\r\ncontent-type: {kind}")),
            "{answer}"
        );
        assert!(answer.ends_with(body), "{answer}");
        assert_eq!(world.seek.submissions(), 0);
    }
}

#[tokio::test]
async fn faults_do_the_work_or_not_as_they_say() {
    use Fault::{DropAfterReading, Empty, Hang, Html502, Huge, Slow, Status, Truncated};
    let pause = Duration::from_millis(200);
    for (fault, expected, made) in [
        (
            Status(429, Some("7".to_owned())),
            "HTTP/1.1 429 Too Many Requests\r\ncontent-type: application/json\r\nretry-after: 7",
            0,
        ),
        (Html502, "HTTP/1.1 502", 0),
        (Slow(pause / 10), "HTTP/1.1 201", 1),
        (Truncated, "HTTP/1.1 201", 1),
        (Empty, "HTTP/1.1 201", 1),
        (Huge, "HTTP/1.1 201", 1),
        (DropAfterReading, "", 1),
        (Hang, "", 0),
    ] {
        let chosen = fault.clone();
        let on_add = move |endpoint, _| if endpoint == Endpoint::Add { chosen.clone() } else { Fault::None };
        let world = World::start(on_add).await;
        let answer = timeout(if fault == Hang { pause } else { pause * 100 }, world.add("a-1")).await;
        assert_eq!(answer.is_err(), fault == Hang, "{fault:?}");
        let answer = answer.unwrap_or_default();
        assert!(answer.starts_with(expected), "{fault:?}: {answer}");
        assert_eq!(answer.is_empty(), expected.is_empty(), "{fault:?}: {answer}");
        match fault {
            Truncated => assert!(answer.contains("redirect_uri") && !answer.ends_with('}'), "{answer}"),
            Empty => assert!(answer.ends_with("\r\n\r\n"), "{answer}"),
            Huge => assert!(answer.len() > 16_000_000),
            _ => {}
        }
        assert_eq!((world.seek.submissions(), world.seek.add_calls().len()), (made, 1), "{fault:?}");
    }
}

#[tokio::test]
async fn wrong_credentials_get_no_token_and_a_stopped_stand_in_hangs_up() {
    let world = World::start(|_, _| Fault::None).await;
    let right =
        "grant_type=client_credentials&client_id=sandbox&client_secret=sandbox-secret&scope=write.education";
    for (from, to, expected) in [
        ("sandbox-secret", "other", "invalid_client"),
        ("write.education", "write.universal", "invalid_scope"),
        ("write.education", "write.education write.universal", "invalid_scope"),
        ("write.education", "", "invalid_scope"),
        ("client_credentials", "password", "unsupported_grant_type"),
    ] {
        let answer = world.ask("POST /api/partner/v1/oauth/token.json", FORM, &right.replace(from, to)).await;
        assert_eq!(body(&answer), json!({ "error": expected }));
    }
    world.seek.revoke_tokens();
    assert!(world.add("a-1").await.starts_with("HTTP/1.1 401"));

    let mut idle = TcpStream::connect(world.seek.address()).await.unwrap();
    idle.write_all(b"GET /partner/add/education HTTP/1.1\r\nHost: t\r\n\r\n").await.unwrap();
    idle.read_exact(&mut [0]).await.unwrap();
    drop(world);
    let closed = timeout(Duration::from_secs(5), idle.read_to_end(&mut Vec::new())).await;
    closed.unwrap().unwrap();
}

#[test]
fn the_schema_names_members_and_no_values() {
    let credential = |name: &str, value: Value| {
        let mut body = submission("a-1");
        body["data"]["credential"][name] = value;
        body
    };
    assert!(schema::check(&submission("a-1"), schema::Kind::Education, 2026).is_ok());
    let mut awaiting = credential("conferral_year", Value::Null);
    awaiting["data"]["credential"]["awaiting_graduation"] = true.into();
    assert!(schema::check(&awaiting, schema::Kind::Education, 2026).is_ok());

    let mut wrong = vec![
        (submission(" "), "id"),
        (credential("nickname", "Secret".into()), "nickname"),
        (credential("full_name", 7.into()), "full_name"),
        (credential("conferral_year", 2026.into()), "conferral_year"),
        (credential("conferral_year", "2027".into()), "conferral_year"),
        (credential("conferral_year", Value::Null), "conferral_year"),
        (credential("awaiting_graduation", true.into()), "conferral_year"),
        (credential("majors", json!([])), "has_majors"),
        (credential("has_majors", "Secret".into()), "has_majors"),
        (credential("with_honours", Value::Null), "with_honours"),
        (
            credential("transcript", json!({ "overall": { "issuance_date": "Secret" }, "subjects": [] })),
            "issuance_date",
        ),
        (credential("partner_chain", json!([{ "name": "" }])), "partner_chain[0].name"),
    ];
    let mut document = submission("a-1");
    document["data"]["document"] = "Secret".into();
    wrong.push((document, "data.document"));
    for (body, member) in wrong {
        let problems = json!(schema::check(&body, schema::Kind::Education, 2026).unwrap_err());
        assert!(problems.to_string().contains(&format!("{member}\"")), "{member}: {problems}");
        assert!(!problems.to_string().contains("Secret"), "{problems}");
    }
}
