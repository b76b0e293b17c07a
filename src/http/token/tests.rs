#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::json;

use super::*;

const ASKED: i64 = 1_795_446_000;

fn asked() -> Timestamp {
    Timestamp::constant(ASKED, 0)
}

/// After how many seconds a token is renewed.
fn renewed_after(answer: &Value) -> i64 {
    let token = grant(answer.to_string().as_bytes(), asked()).unwrap();
    token.renew_at.as_second() - ASKED
}

/// The claims {"iat":…,"exp":…} as services write them.
fn jwt(claims: &str) -> String {
    format!("eyJhbGciOiJIUzUxMiJ9.{}.c2lnbmF0dXJl", URL_SAFE_NO_PAD.encode(claims))
}

#[test]
fn a_token_is_renewed_a_little_before_it_expires() {
    let told = |expires_in: Value| json!({ "access_token": "opaque", "expires_in": expires_in });
    let inside = |claims: &str| json!({ "access_token": jwt(claims) });
    for (answer, expected) in [
        (told(3600.into()), 3540),
        (told("3600".into()), 3540),
        (told(100.into()), 90),
        (told(2.into()), 1),
        (told(u64::MAX.into()), 86_340),
        // what cannot be meant is not told
        (told(0.into()), 270),
        (told((-5).into()), 270),
        (told("soon".into()), 270),
        (told(Value::Null), 270),
        (json!({ "access_token": "opaque" }), 270),
        (json!({ "access_token": "a.b.c" }), 270),
        (inside("{\"iat\":1000,\"exp\":4600}"), 3540),
        (inside(&format!("{{\"exp\":{}}}", ASKED + 1000)), 940),
        (inside("{\"iat\":4600,\"exp\":1000}"), 270),
        (inside(&format!("{{\"iat\":{},\"exp\":{}}}", i64::MIN, i64::MAX)), 270),
        (inside("{\"iat\":\"now\"}"), 270),
        (json!({ "access_token": jwt("{\"iat\":0,\"exp\":9999}"), "expires_in": 100 }), 90),
    ] {
        assert_eq!(renewed_after(&answer), expected, "{answer}");
    }
}

#[test]
fn an_answer_without_a_token_is_none() {
    let long = "x".repeat(LARGEST + 1);
    for (token, words) in [
        (json!(null), "no access_token"),
        (json!(7), "no access_token"),
        (json!(""), "an access_token that fits into no header"),
        (json!("a b"), "an access_token that fits into no header"),
        (json!("a\r\nX: y"), "an access_token that fits into no header"),
        (json!(long), "an access_token that fits into no header"),
    ] {
        let answer = json!({ "access_token": token }).to_string();
        assert_eq!(grant(answer.as_bytes(), asked()).unwrap_err().to_string(), words);
    }
    assert_eq!(grant(b"<html>", asked()).unwrap_err().to_string(), "a page of HTML");
}

#[test]
fn a_token_is_never_shown() {
    let token = grant(b"{\"access_token\":\"very.private.token\"}", asked()).unwrap();
    assert!(!format!("{token:?}").contains("private"), "{token:?}");
    assert_eq!(token.expose(), "very.private.token");
}

proptest! {
    #[test]
    fn no_bytes_panic(bytes in vec(any::<u8>(), 0..200), token in ".{0,60}|[A-Za-z0-9._-]{0,60}", life in any::<i64>()) {
        let _ = grant(&bytes, asked());
        let answer = json!({ "access_token": token, "expires_in": life }).to_string();
        let _ = grant(answer.as_bytes(), asked());
    }

    #[test]
    fn claims_are_read_as_they_were_written(iat in 0..i64::from(u32::MAX), life in 1..86_400_i64) {
        let answer = json!({ "access_token": jwt(&format!("{{\"iat\":{iat},\"exp\":{}}}", iat + life)) });
        let after = renewed_after(&answer);
        prop_assert!(after <= life && after >= life - 60 - 1, "{life}: {after}");
    }
}
