//! Whatever comes over a connection, the service answers with a page of its own or hangs up, and nothing is redeemed but
//! by a right code from our own page.

use std::cell::Cell;
use std::io::{Read, Write};
use std::net::TcpStream;

use gradpass::sandbox::seek::{Endpoint, healthy};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use crate::properties::cases;
use crate::world::World;

/// Every status that the service or its HTTP has an answer for; 5xx is none of them.
const STATUSES: [&str; 13] =
    ["200", "204", "303", "400", "403", "404", "405", "408", "413", "414", "422", "429", "431"];

/// Names and values of a form, percent signs wherever they fall.
fn form() -> impl Strategy<Value = Vec<u8>> {
    let name =
        prop::sample::select(["code", "answer", "qualification", "Code", "", "code[]", "x"].as_slice());
    let value = prop_oneof![
        "[ -~]{0,40}",
        "\\PC{0,20}",
        "(%[0-9a-f]{2}|%[ -~]?|\\+|&|=|;){0,20}",
        prop::sample::select(["CODE", "code+CODE", "ba", "master", "1999-12-28"].as_slice())
            .prop_map(str::to_owned),
        (1..10_000_usize).prop_map(|length| "%00".repeat(length)),
    ];
    prop_oneof![
        vec((name, value), 0..5).prop_map(|fields| {
            let fields: Vec<_> = fields.iter().map(|(name, value)| format!("{name}={value}")).collect();
            fields.join("&").into_bytes()
        }),
        vec(any::<u8>(), 0..200),
    ]
}

fn headers() -> impl Strategy<Value = String> {
    let header = prop_oneof![
        "Accept-Language: [ -~]{0,60}\r\n",
        "Accept-Language: ([a-z]{2}(-[A-Z]{2})?;q=[0-9.]{1,5}, ){0,20}\r\n",
        "X-Forwarded-For: [0-9a-f:., x\\[\\]]{0,60}\r\n",
        "Origin: [ -~]{0,30}\r\n",
        "Sec-Fetch-Site: (cross-site|same-site|[ -~]{0,10})\r\n",
        "Content-Type: [ -~]{0,40}\r\n",
        "(Host|Expect|Transfer-Encoding|Content-Length|Connection|Upgrade): [ -~]{0,20}\r\n",
        "[A-Za-z-]{1,20}: [\u{e9}\u{202e}\u{0}-\u{7}]{0,5}\r\n",
        "[ -~]{0,30}\r\n",
    ];
    vec(header, 0..5).prop_map(|headers| headers.concat())
}

fn lines() -> impl Strategy<Value = String> {
    let path = prop_oneof![
        prop::sample::select(
            ["/redeem", "/", "/r/CODE", "/metrics", "/healthz", "/style.css", "*", "//x"].as_slice()
        )
        .prop_map(str::to_owned),
        "/(r|wait|redeem)/[!-~]{0,40}",
        "/wait/-?[0-9]{1,30}-[0-9a-f]{0,20}(\\?still)?",
        "[!-~]{0,40}",
        (1..20_000_usize).prop_map(|length| format!("/r/{}", "x".repeat(length))),
    ];
    let method = prop::sample::select(
        ["POST", "POST", "POST", "GET", "HEAD", "PUT", "OPTIONS", "TRACE", "X"].as_slice(),
    );
    (method, path).prop_map(|(method, path)| format!("{method} {path} HTTP/1.1"))
}

#[test]
fn whatever_comes_is_answered_and_redeems_nothing() {
    let world = World::new();
    let seek = world.seek_pass(healthy());
    let header = "student_id,full_name,email,course_code,course_name,conferral_year\n";
    let row =
        |course| format!("s1,Zaphod Quillfeather,z@mailbox.example,{course},Bachelor of R&D & Arts,2024\n");
    let code = &world.invite(&format!("{header}{}{}", row("ba"), row("ma")))[0];
    let service = world.serve();
    let pages = Cell::new(0);
    let mut runner = TestRunner::new(cases(600));
    let requests = (lines(), headers(), form(), any::<bool>());
    runner
        .run(&requests, |(line, headers, form, is_form)| {
            let body = String::from_utf8_lossy(&form).replace("CODE", code).into_bytes();
            let kind = if is_form { "Content-Type: application/x-www-form-urlencoded\r\n" } else { "" };
            let mut request =
                format!("{line}\r\nHost: a\r\n{kind}Content-Length: {}\r\n{headers}\r\n", body.len())
                    .replace("CODE", code)
                    .into_bytes();
            request.extend(&body);
            let mut stream = TcpStream::connect(service.address).unwrap();
            // it may have hung up already
            let _ = stream.write_all(&request);
            let _ = stream.shutdown(std::net::Shutdown::Write);
            let mut answer = Vec::new();
            let _ = stream.read_to_end(&mut answer);
            let answer = String::from_utf8_lossy(&answer);
            if answer.is_empty() {
                return Ok(());
            }
            let status = answer.get(9..12).unwrap_or_default();
            prop_assert!(answer.starts_with("HTTP/1.1 ") && STATUSES.contains(&status), "{answer}");
            prop_assert!(!answer.contains("Quillfeather") && !answer.contains("mailbox"), "{answer}");
            if answer.contains("<!doctype html>") {
                let body = answer.split_once("\r\n\r\n").unwrap().1;
                let odd = body.contains("<script") || body.contains("<b>Arts") || body.contains(" onerror");
                prop_assert!(!odd, "{answer}");
                prop_assert!(answer.contains("content-security-policy: default-src 'none'"), "{answer}");
                pages.set(pages.get() + 1);
            }
            Ok(())
        })
        .unwrap();
    assert!(pages.get() > 100, "{} pages were looked at", pages.get());
    assert_eq!(service.visitor().get("/healthz").body, "ok\n");
    // each award once at most, by its right name and a right code
    assert!(seek.seek.calls(Endpoint::Add) <= 2 && world.count("SELECT count(*) FROM submission") <= 2);
    assert_eq!(service.visitor().press(code).body.matches("<form").count(), 2, "the code still works");
}
