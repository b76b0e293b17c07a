//! Whatever SEEK Pass answers there is an outcome, its words are harmless, and a link is one that a browser may follow.

use gradpass::seek::{Link, Outcome, wire};
use proptest::collection::vec;
use proptest::prelude::*;

use super::account::{HASTY, Server, credential, reply, trouble};
use crate::properties::cases;
use crate::world::process;

const NAMES: [&str; 20] = [
    "redirect_uri",
    "access_token",
    "expires_in",
    "credentials",
    "id",
    "status",
    "finalized_at",
    "errors",
    "member",
    "problem",
    "error",
    "error_description",
    "message",
    "detail",
    "details",
    "code",
    "source",
    "pointer",
    "loc",
    "full_name",
];

/// Texts that are nearly right, too long, or what was sent.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ -~]{0,30}",
        "\\PC{0,20}",
        prop::sample::select(
            [
                "https://seek.example/x#content=1",
                "http://",
                "https://[",
                "HTTPS://seek.example/\r\nSet-Cookie:a=b",
                "https://séék.example/",
                "verified",
                "canceled",
                "northfield-1",
                "2026-11-23T15:00:00Z",
                "-9999-01-01T00:00:00Z",
                "Zaphod Quillfeather",
                "data.credential.majors[99999999999999999999]",
                "a.e30.c",
                "a.eyJleHAiOi05MjIzMzcyMDM2ODU0Nzc1ODA4fQ.c",
            ]
            .as_slice()
        )
        .prop_map(str::to_owned),
        (1..20_000_usize).prop_map(|length| format!("https://{}", "x".repeat(length))),
    ]
}

/// An answer that has what is looked for, with any text in it, or any JSON.
fn json() -> impl Strategy<Value = String> {
    let with = |name: &str, text: String| serde_json::json!({ name: text }).to_string();
    prop_oneof![
        shapes(),
        text().prop_map(move |text| with("redirect_uri", text)),
        text().prop_map(move |text| with("access_token", text)),
        text().prop_map(move |text| with("error_description", text)),
        text().prop_map(move |text| with("message", text)),
        text(),
    ]
}

/// JSON of every shape, as text: numbers may be larger than any type.
fn shapes() -> impl Strategy<Value = String> {
    let number = prop_oneof![
        any::<i64>().prop_map(|it| it.to_string()),
        any::<f64>().prop_map(|it| format!("{it:e}")),
        Just("1e999".to_owned()),
        (1..400_usize).prop_map(|digits| "9".repeat(digits)),
    ];
    let leaf = prop_oneof![
        Just("null".to_owned()),
        Just("true".to_owned()),
        number,
        text().prop_map(|text| serde_json::Value::from(text).to_string()),
        // deeper than any parser should go
        (1..5000_usize).prop_map(|depth| format!("{}{}", "[".repeat(depth), "]".repeat(depth))),
        (1..300_usize).prop_map(|depth| format!("{}1{}", "{\"id\":".repeat(depth), "}".repeat(depth))),
    ];
    leaf.prop_recursive(4, 24, 6, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..6).prop_map(|values| format!("[{}]", values.join(","))),
            vec((prop::sample::select(NAMES.as_slice()), inner), 0..6).prop_map(|members| {
                let members: Vec<_> =
                    members.iter().map(|(name, value)| format!("\"{name}\":{value}")).collect();
                format!("{{{}}}", members.join(","))
            }),
        ]
    })
}

fn judge_link(link: &Link) -> Result<(), TestCaseError> {
    let text = link.as_str();
    prop_assert!(text.len() <= Link::LONGEST && text.bytes().all(|byte| byte.is_ascii_graphic()));
    prop_assert!(text[..4].eq_ignore_ascii_case("http"));
    prop_assert_eq!(&Link::parse(text).unwrap(), link);
    Ok(())
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn any_json_holds_what_was_asked_for_or_does_not(answer in json()) {
        if let Ok(link) = wire::link(answer.as_bytes()) {
            judge_link(&link)?;
        }
        let _ = wire::statuses(answer.as_bytes());
    }

    #[test]
    fn any_bytes_hold_what_was_asked_for_or_do_not(answer in vec(any::<u8>(), 0..300)) {
        let _ = (wire::link(&answer), wire::statuses(&answer));
    }
}

/// What comes back over the wire, with a status and headers of any kind.
fn answers() -> impl Strategy<Value = Vec<u8>> {
    let status = prop::sample::select(
        [
            "200 OK",
            "201 Created",
            "204 None",
            "302 Found",
            "400 Bad",
            "401 No",
            "422 No",
            "429 Slow",
            "500 Oh",
            "503 Oh",
            "999 ?",
        ]
        .as_slice(),
    );
    let header = prop_oneof![
        "Retry-After: [ -~]{0,30}\r\n",
        "Retry-After: [0-9]{1,40}\r\n",
        "Content-Encoding: (gzip|br|x)\r\n",
        "Location: [ -~]{0,40}\r\n",
        "[A-Za-z-]{1,20}: [ -~]{0,30}\r\n",
    ];
    prop_oneof![
        vec(any::<u8>(), 0..200),
        (status, vec(header, 0..4), json()).prop_map(|(status, headers, body)| reply(
            status,
            &headers.concat(),
            &body
        )),
    ]
}

proptest! {
    #![proptest_config(cases(80))]

    #[test]
    fn any_answer_to_any_call_is_an_outcome(answer in answers(), to_the_token: bool) {
        process(async {
            let server = if to_the_token {
                Server::refusing_tokens(answer).await
            } else {
                Server::answering(move |_| answer.clone()).await
            };
            let client = server.client(HASTY);
            match client.add("northfield-1", &credential()).await {
                Outcome::Accepted(link) => judge_link(&link)?,
                other => prop_assert!(!trouble(other).words.contains(char::is_control)),
            }
            match client.statuses(&["northfield-1".to_owned()]).await {
                Outcome::Accepted(statuses) => prop_assert!(statuses.keys().all(|id| id == "northfield-1")),
                other => prop_assert!(!trouble(other).words.contains(char::is_control)),
            }
            Ok(())
        })?;
    }
}
