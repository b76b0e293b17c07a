//! A mail filter plays with the link before the graduate comes.

use std::time::Duration;

use gradpass::last_run::LastRun;
use gradpass::sandbox::seek::{self, Endpoint};
use reqwest::{Method, StatusCode};

use super::invited;
use crate::world::{World, roster};

/// Everything in the ledger that redemption could change.
const TRACES: &str = "SELECT (SELECT count(*) FROM submission) + (SELECT count(*) FROM invitation WHERE opened_at IS NOT NULL)";

#[test]
fn looking_changes_nothing_and_even_a_scanner_that_presses_costs_one_submission() {
    let (world, seek, codes) = invited(1);
    let service = world.serve();
    let link = format!("/r/{}", codes[0]);
    for scanner in [
        service.visitor(),
        service.visitor().with("purpose", "prefetch").with("sec-purpose", "prefetch;prerender"),
        service.visitor().with("user-agent", "SafeLinks").with("sec-fetch-site", "cross-site"),
    ] {
        assert_eq!(scanner.get(&link).status, StatusCode::OK);
        assert_eq!(scanner.get(&format!("{link}/")).body, scanner.get(&link).body, "with a slash behind it");
        let head = scanner.method(Method::HEAD, &link);
        assert_eq!((head.status, head.body.as_str()), (StatusCode::OK, ""));
        for method in [Method::PUT, Method::DELETE, Method::PATCH, Method::POST, Method::OPTIONS] {
            assert_eq!(scanner.method(method, &link).status, StatusCode::METHOD_NOT_ALLOWED);
        }
        // a reload, or a bookmark, of where the form leads
        for path in ["/redeem".to_owned(), format!("/redeem?code={}", codes[0])] {
            assert_eq!(scanner.get(&path).link(), "/");
        }
        for method in [Method::PUT, Method::DELETE, Method::OPTIONS] {
            assert_eq!(scanner.method(method, "/redeem").status, StatusCode::METHOD_NOT_ALLOWED);
        }
    }
    assert_eq!((world.count(TRACES), seek.seek.calls(Endpoint::Token)), (0, 0));
    // another site's page cannot press for her
    for (name, value) in [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("origin", "https://evil.example"),
        ("origin", "null"),
        ("referer", "https://evil.example/"),
    ] {
        let answer = service.visitor().with(name, value).press(&codes[0]);
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{name}: {value}");
    }
    assert_eq!((world.count(TRACES), seek.seek.calls(Endpoint::Add)), (0, 0));

    // it submits the form as the page has it
    let scanned = service.visitor().with("sec-fetch-site", "same-origin").arrive(&codes[0]);
    let graduate = service.visitor().with("origin", "https://seekpass.northfield.example");
    assert_eq!(graduate.get(&link).status, StatusCode::OK);
    assert_eq!(graduate.arrive(&codes[0]), scanned);
    assert_eq!(seek.seek.submissions(), 1);
}

#[test]
fn every_answer_keeps_to_itself() {
    let (world, _seek, codes) = invited(1);
    let service = world.serve();
    let visitor = service.visitor();
    let answers = [
        visitor.get("/"),
        visitor.get(&format!("/r/{}", codes[0])),
        visitor.get("/r/%ff%fe"),
        visitor.get("/nowhere"),
        visitor.get("/wait/1-x"),
        visitor.get("/style.css"),
        visitor.get("/healthz"),
        visitor.get("/metrics"),
        visitor.get("/redeem"),
        visitor.press("typo"),
        visitor.press("0000-0000-00000"),
        visitor.submit(&[("code", &"x".repeat(100_000))]),
        service.visitor().with("sec-fetch-site", "cross-site").press(&codes[0]),
        visitor.press(&codes[0]),
    ];
    for answer in answers {
        let header = |name: &str| answer.headers.get(name).map(|value| value.to_str().unwrap().to_owned());
        let policy = header("content-security-policy").unwrap();
        for rule in ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"]
        {
            assert!(policy.contains(rule), "{policy}");
        }
        assert!(!policy.contains("unsafe") && !policy.contains("script-src"), "{policy}");
        assert_eq!(header("referrer-policy").unwrap(), "same-origin");
        assert_eq!(header("x-content-type-options").unwrap(), "nosniff");
        assert!(header("set-cookie").is_none() && header("server").is_none());
        assert!(header("strict-transport-security").is_some(), "the page is seen over https");
        let is_style = header("content-type").is_some_and(|kind| kind.starts_with("text/css"));
        assert!(is_style || header("cache-control").unwrap().contains("no-store"), "{answer:?}");
        assert!(!answer.body.contains("<script") && !answer.body.contains("Graduate 1"), "{}", answer.body);
        let location = header("location").unwrap_or_default();
        assert!(!location.contains(&codes[0]) && !location.contains("/r/"));
    }
}

#[test]
fn services_on_one_server_count_the_ledger_once_a_minute_for_all() {
    let Some(world) = World::new().on_server() else { return };
    let _seek = world.seek_pass(seek::healthy());
    world.invite(&roster(1..=2));
    let services = [world.serve(), world.serve()];
    let sent = |count: usize| {
        let line = format!("gradpass_messages{{state=\"sent\"}} {count}");
        services.each_ref().map(|service| service.visitor().get("/metrics").body.lines().any(|it| it == line))
    };
    assert_eq!(sent(2), [true; 2]);
    world.change("UPDATE message SET state = 'refused' WHERE id = 1");
    world.server_moves_on(Duration::from_secs(59));
    assert_eq!(sent(2), [true; 2]);
    world.server_moves_on(Duration::from_secs(1));
    assert_eq!(sent(1), [true; 2]);
}

#[test]
fn the_metrics_are_for_the_university_only() {
    let (world, _seek, codes) = invited(2);
    let service = world.serve();
    service.visitor().arrive(&codes[0]);
    service.visitor().press("0000-0000-00000");
    let metrics = service.visitor().get("/metrics").body;
    for line in [
        "gradpass_invitations{state=\"open\"} 2",
        "gradpass_messages{state=\"sent\"} 2",
        "gradpass_submissions{state=\"incomplete\"} 1",
        "gradpass_page_total{event=\"linked\"} 1",
        "gradpass_page_total{event=\"wrong_code\"} 1",
        "gradpass_seek_pass_calls_total{outcome=\"accepted\"} 1",
        "gradpass_oldest_waiting_seconds 0",
        "gradpass_seek_pass_breaker{state=\"closed\"} 1",
        "gradpass_seek_pass_breaker{state=\"open\"} 0",
        // what nobody has seen yet is zero, and not missing
        "gradpass_messages{state=\"in_doubt\"} 0",
        "gradpass_submissions{state=\"misdirected\"} 0",
        "gradpass_bounced_graduates{kind=\"hard\"} 0",
    ] {
        assert!(metrics.lines().any(|it| it == line), "{line} is not in\n{metrics}");
    }
    assert!(!metrics.contains("last_run"), "there was none: {metrics}");
    LastRun { ended: "2027-01-15T08:00:00Z".parse().unwrap(), exit: 75 }
        .write(&world.config().database)
        .unwrap();
    let metrics = service.visitor().get("/metrics").body;
    for line in ["gradpass_last_run_timestamp_seconds 1800000000", "gradpass_last_run_exit_code 75"] {
        assert!(metrics.lines().any(|it| it == line), "{line} is not in\n{metrics}");
    }
    let outside = service.visitor().with("x-forwarded-for", "203.0.113.9").get("/metrics");
    assert_eq!(outside.status, StatusCode::NOT_FOUND);
    assert_eq!(service.visitor().get("/healthz").body, "ok\n");
}

#[test]
fn a_request_without_one_host_goes_no_further() {
    use std::io::{Read, Write};
    let (world, _seek, _codes) = invited(1);
    let service = world.serve();
    for (hosts, status) in [("Host: a\r\n", "200"), ("", "400"), ("Host: a\r\nHost: b\r\n", "400")] {
        let mut stream = std::net::TcpStream::connect(service.address).unwrap();
        write!(stream, "GET / HTTP/1.1\r\n{hosts}Connection: close\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert_eq!(answer[9..12], *status, "{hosts:?}");
        assert!(answer.contains("content-security-policy"), "{answer}");
    }
}
