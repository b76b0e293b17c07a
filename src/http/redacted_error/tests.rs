use proptest::prelude::*;
use serde_json::json;

use super::*;

fn sent(name: &str) -> Value {
    json!({ "id": "northfield-1", "data": { "credential": {
        "full_name": name, "course_name": "Master of Data Science", "conferral_year": "2026", "majors": ["Law"] } } })
}

fn heard(answer: &Value) -> String {
    told(answer.to_string().as_bytes(), &sent("Mira Yeardley"))
}

#[test]
fn members_that_were_sent_are_named_with_what_is_wrong() {
    let answer = json!({ "error": "unprocessable_entity", "errors": [
        { "member": "data.credential.conferral_year", "problem": "must be a string YYYY, not after this year" },
        { "member": "data.credential.majors[0]", "problem": "is blank" },
    ] });
    assert_eq!(
        heard(&answer),
        "unprocessable_entity, data.credential.conferral_year must be a string YYYY, not after this year, \
         data.credential.majors[0] is blank"
    );
    let answer = json!({ "error": "invalid_scope", "error_description": "the scope is unknown." });
    assert_eq!(heard(&answer), "invalid_scope, the scope is unknown");
    let many: Vec<_> =
        (0..7).map(|it| json!({ "member": format!("majors[{it}]"), "problem": "is taken" })).collect();
    assert!(heard(&json!({ "errors": many })).ends_with("majors[4] is taken, and 2 more"));
}

#[test]
fn texts_maps_and_nested_errors_give_their_reason() {
    let member = "data.credential.full_name";
    for (shape, answer, expected) in [
        ("a list of texts", json!({ "errors": ["Full name can't be blank"] }), "Full name can't be blank"),
        (
            "the same with typographic signs",
            json!({ "errors": ["Full name can’t be blank"] }),
            "Full name can't be blank",
        ),
        ("a text", json!({ "errors": "is invalid" }), "is invalid"),
        (
            "a map of fields",
            json!({ "errors": { "full_name": ["is too short", "is invalid"] } }),
            "full_name is too short, full_name is invalid",
        ),
        (
            "a map of paths",
            json!({ "errors": { member: "is invalid" } }),
            "data.credential.full_name is invalid",
        ),
        (
            "a map in a map",
            json!({ "errors": { "credential": { "full_name": ["is invalid"] } } }),
            "credential.full_name is invalid",
        ),
        (
            "Rails details",
            json!({ "errors": { "full_name": [{ "error": "too_long", "count": 255 }] } }),
            "full_name too_long",
        ),
        ("Rails", json!({ "status": 422, "error": "Unprocessable Content" }), "Unprocessable Content"),
        (
            "a message",
            json!({ "message": "Validation failed: Full name is too long (maximum is 255 characters)" }),
            "Validation failed: Full name is too long (maximum is 255 characters)",
        ),
        (
            "messages",
            json!({ "statusCode": 400, "message": ["full_name should not be empty"], "error": "Bad Request" }),
            "Bad Request, full_name should not be empty",
        ),
        (
            "a nested error",
            json!({ "error": { "code": "VALIDATION_FAILED", "message": "Request is invalid", "details": [{ "field": member, "reason": "is required" }] } }),
            "VALIDATION_FAILED, Request is invalid, data.credential.full_name is required",
        ),
        (
            "nested texts",
            json!({ "error": { "code": "invalid_request", "details": ["is required"] } }),
            "invalid_request, is required",
        ),
    ] {
        assert_eq!(heard(&answer), expected, "{shape}");
    }
}

#[test]
fn standards_frameworks_and_bare_lists_give_theirs() {
    for (shape, answer, expected) in [
        (
            "OAuth",
            json!({ "error": "invalid_client", "error_description": "Client authentication failed.", "error_uri": "https://seek.example/x" }),
            "invalid_client, Client authentication failed",
        ),
        (
            "RFC 9457",
            json!({ "type": "https://seek.example/problems/1", "title": "Your request is not valid.", "status": 422, "detail": "One field is missing", "instance": "/x/7", "errors": [{ "detail": "must be a string", "pointer": "#/data/credential/full_name" }] }),
            "Your request is not valid, … field is missing, data.credential.full_name must be a string",
        ),
        (
            "ASP.NET",
            json!({ "title": "Validation errors occurred.", "errors": { "FullName": ["The FullName field is required."] } }),
            "Validation errors occurred, full_name The FullName field is required",
        ),
        (
            "Laravel",
            json!({ "message": "The given field was invalid.", "errors": { "data.credential.full_name": ["The field is required."] } }),
            "The given field was invalid, data.credential.full_name The field is required",
        ),
        (
            "JSON:API",
            json!({ "errors": [{ "id": "7", "status": "422", "code": "blank", "title": "Invalid Attribute", "detail": "can't be blank", "source": { "pointer": "/data/attributes/full-name" } }] }),
            "data.full_name blank, data.full_name Invalid Attribute, data.full_name can't be blank",
        ),
        (
            "FastAPI",
            json!({ "detail": [{ "type": "missing", "loc": ["body", "data", "credential", "majors", 0], "msg": "Field required", "input": "Mira" }] }),
            "data.credential.majors[0] Field required",
        ),
        ("a detail", json!({ "detail": "Not found." }), "Not found"),
        (
            "Django",
            json!({ "full_name": ["This field is required."], "non_field_errors": ["Invalid data."] }),
            "Invalid data, full_name This field is required",
        ),
        (
            "express-validator",
            json!({ "errors": [{ "type": "field", "msg": "Invalid value", "path": "data.credential.full_name", "location": "body", "value": "Mira" }] }),
            "data.credential.full_name Invalid value",
        ),
        (
            "Google",
            json!({ "error": { "code": 400, "status": "INVALID_ARGUMENT", "message": "Request contains an invalid argument.", "details": [{ "@type": "type.googleapis.com/x", "fieldViolations": [{ "field": "full_name", "description": "is required" }] }] } }),
            "Request contains an invalid argument, full_name is required",
        ),
        (
            "an envelope",
            json!({ "data": null, "meta": { "page": 1 }, "result": { "errors": ["is invalid"] } }),
            "is invalid",
        ),
        ("a bare text", json!("Submission is invalid"), "… is invalid"),
        ("a bare list", json!(["id is taken", "is invalid"]), "id is taken, is invalid"),
        ("a list of objects", json!([{ "message": "id is taken" }]), "id is taken"),
    ] {
        assert_eq!(heard(&answer), expected, "{shape}");
    }
}

#[test]
fn a_text_gives_its_first_lines_and_a_page_its_title() {
    for (answer, expected) in [
        ("Rate limit exceeded", "… limit exceeded"),
        ("  invalid token\r\n\r\ntoken has expired\nat line three", "invalid token, token has expired"),
        ("\u{feff}unknown client", "unknown client"),
        (
            "<html><HEAD><Title lang=en>502 Bad Gateway</Title></HEAD><body>Mira is bad</body></html>",
            "502 Bad Gateway",
        ),
        ("<!doctype html><title>Mira Yeardley</title>", "…"),
        ("<Error><Code>Mira</Code></Error>", ""),
        ("<title>never ends", ""),
        ("{\"error\":\"broke o", ""),
        ("bad \u{1b}[31m", ""),
    ] {
        assert_eq!(told(answer.as_bytes(), &sent("Mira Yeardley")), expected, "{answer}");
    }
    assert_eq!(told(b"caf\xe9 is invalid", &sent("Mira Yeardley")), "");
}

#[test]
fn no_value_is_repeated() {
    for words in [
        "Mira",
        "mira",
        "MIRA",
        "mira,",
        "mira-yeardley",
        "MiraYeardley",
        "miras",
        "yeard",
        "law",
        "lawful",
        "2026",
        "M.",
        "science",
        "<b>",
        "a@b.example",
        "https://seek.example/x#content=1",
        "1999-03-27",
        "27/3/1999",
        "eyJhbGciOiJIUzUxMiJ9.e30.c2ln",
        "Someone",
        "x/y",
    ] {
        for answer in [
            json!({ "error": words }),
            json!({ "error": "bad", "error_description": words }),
            json!({ "errors": [{ "member": words, "problem": words }] }),
            json!({ "errors": [{ "member": format!("data.{words}"), "problem": format!("{words} {words}") }] }),
            json!({ "errors": [{ "member": format!("majors[{words}]"), "problem": words }] }),
            json!({ "errors": { words: [words] } }),
            json!({ "errors": [words] }),
            json!({ "error": { "code": words, "message": words } }),
            json!({ "detail": [{ "loc": ["body", words], "msg": words }] }),
            json!(words),
        ] {
            let told = heard(&answer).replace("bad, ", "");
            assert!(["…", "… …"].contains(&told.as_str()), "{words}: {told}");
        }
    }
    // two short words in a row
    assert_eq!(told(b"{\"error\":\"wuli is taken\"}", &sent("Li Wu")), "… is taken");
    assert_eq!(told(b"{\"error\":\"wu_is_taken\"}", &sent("Li Wu")), "…");
    // numbers are told where they are limits
    let limits = json!({ "errors": ["is too long (maximum is 60 characters)", "must be greater than 0", "12 is bad", "on 27 March"] });
    assert_eq!(
        heard(&limits),
        "is too long (maximum is 60 characters), must be greater than 0, … is bad, on …"
    );
    assert_eq!(told(b"is longer than 60", &sent("Unit 60")), "is longer than …");
}

/// It may come transliterated: then only words of error messages are sure to be no name.
#[test]
fn a_name_in_another_script_leaves_what_every_error_says() {
    for (name, words, expected) in [
        ("Nguyễn Thị Hồng", "nguyen thi hong is not a valid name", "… is not … valid name"),
        ("สมชาย ใจดี", "Full name can't be blank", "Full name can't be blank"),
        ("สมชาย ใจดี", "somchai jaidee is taken", "… is taken"),
        ("Mira Tan", "nguyen is no name", "nguyen is no name"),
    ] {
        let answer = json!({ "error": words }).to_string();
        assert_eq!(told(answer.as_bytes(), &sent(name)), expected, "{words}");
    }
}

#[test]
fn long_errors_are_cut_between_words() {
    let told = heard(&json!({ "error": "is wrong ".repeat(20) }));
    assert!(told.starts_with("is wrong is wrong") && told.ends_with("wrong …") && told.len() < 110, "{told}");
    let texts: Vec<_> = (0..9).map(|it| format!("{} {}", "is wrong ".repeat(8), "x".repeat(it))).collect();
    let told = heard(&json!({ "errors": texts }));
    assert!(told.ends_with("and 7 more") && told.len() < 220, "{told}");
    // a word that is cut in two would not be recognised
    for length in 90..110 {
        let words = format!("{} mira yeardley", "x ".repeat(length / 2));
        let told = heard(&json!({ "error": words }));
        assert!(!told.contains("mi") && !told.contains("ye"), "{told}");
    }
}

#[test]
fn what_is_no_error_says_nothing() {
    for answer in [
        "",
        "null",
        "7",
        "{}",
        "[]",
        "{\"error\":[1]}",
        "{\"errors\":null}",
        "{\"redirect_uri\":\"Mira\"}",
        "{\"id\":\"northfield-1\",\"data\":{\"credential\":{\"full_name\":\"Mira\"}}}",
    ] {
        assert_eq!(told(answer.as_bytes(), &sent("Mira Tan")), "", "{answer}");
    }
    assert_eq!(heard(&json!({ "errors": ["Mira", { "full_name": "Mira" }, 7] })), "…, full_name …");
}

#[test]
fn a_code_is_found_wherever_it_stands() {
    for answer in [
        "{\"error\":\"invalid_scope\"}",
        "{\"error\":{\"code\":\"invalid_scope\",\"message\":\"x\"}}",
        "{\"errors\":[\"invalid_scope\"]}",
        "{\"errors\":[{\"code\":\"invalid_scope\"}]}",
        "invalid_scope\n",
    ] {
        assert!(is_code(answer.as_bytes(), "invalid_scope"), "{answer}");
    }
    for answer in [
        "{\"error\":\"invalid_scopes\"}",
        "{\"error\":\"no invalid_scope\"}",
        "{\"scope\":\"invalid_scope\"}",
        "",
    ] {
        assert!(!is_code(answer.as_bytes(), "invalid_scope"), "{answer}");
    }
}

/// Every shape, with the same text at every place where somebody might echo a value.
fn bodies(echo: &str) -> Vec<String> {
    [
        json!({ "error": echo, "errors": [{ "member": echo, "problem": echo }] }),
        json!({ "errors": [echo, [echo]], "message": echo }),
        json!({ "errors": { "full_name": [echo], echo: [echo, { "error": echo, "value": echo }] } }),
        json!({ "error": { "code": echo, "message": echo, "details": [{ "field": echo, "reason": echo }, echo] } }),
        json!({ "type": echo, "title": echo, "detail": echo, "instance": echo, "errors": [{ "detail": echo, "pointer": echo }] }),
        json!({ "errors": [{ "id": echo, "code": echo, "title": echo, "detail": echo, "source": { "pointer": echo } }] }),
        json!({ "detail": [{ "loc": ["body", echo], "msg": echo, "input": echo, "ctx": { "error": echo } }] }),
        json!({ "full_name": [echo], echo: [echo], "data": { "credential": { "full_name": echo } } }),
        json!([{ "path": [echo, 0], "message": echo }, echo]),
        json!(echo),
    ]
    .iter()
    .map(Value::to_string)
    .chain([echo.to_owned(), format!("<html><title>{echo}</title>{echo}")])
    .collect()
}

proptest! {
    #[test]
    fn a_name_never_comes_through(
        name in "[A-Za-z]{4,12} [A-Za-z]{4,12}",
        around in "[ a-z.,'-]{0,30}",
        shape in 0..4,
    ) {
        let echoed = match shape {
            0 => name.to_lowercase(),
            1 => name.to_uppercase(),
            2 => name.replace(' ', ""),
            _ => name.replace(' ', "_"),
        };
        for body in bodies(&format!("{around} {echoed} {name}{around}")) {
            let told = told(body.as_bytes(), &sent(&name)).to_lowercase();
            for word in name.to_lowercase().split(' ') {
                prop_assert!(!told.contains(word), "{word}: {told}");
            }
        }
    }

    #[test]
    fn what_looks_like_an_address_a_date_or_a_secret_never_comes_through(
        value in "[a-z]{2,8}@[a-z]{2,8}\\.example|[12][0-9]{3}-[01][0-9]-[0-3][0-9]|[0-3][0-9]/[01][0-9]/[12][0-9]{3}\
            |https?://[a-z]{2,8}\\.example/[a-z]{1,9}|[A-Za-z0-9]{12}\\.[A-Za-z0-9]{12}\\.[A-Za-z0-9]{12}|[0-9a-f]{7}[0-9][0-9a-f]{24}|[a-z]{41,60}",
        around in "[ a-z]{0,20}",
    ) {
        for body in bodies(&format!("{around} {value} {around}")) {
            let told = told(body.as_bytes(), &sent("Mira Yeardley"));
            prop_assert!(!told.contains(&value), "{told}");
            prop_assert!(!told.contains(['@', '/']), "{told}");
        }
    }

    #[test]
    fn whatever_comes_is_short_and_printable(
        bytes in proptest::collection::vec(any::<u8>(), 0..300),
        text in "\\PC{0,80}|[ -~\\n\\t\\x1b]{0,300}",
        json in "[\\[\\]{}\",:a-z0-9\\\\]{0,80}",
    ) {
        let bodies = bodies(&text).into_iter().map(String::into_bytes).chain([bytes, json.into_bytes()]);
        for body in bodies {
            let told = told(&body, &sent("Mira Yeardley"));
            prop_assert!(told.len() <= LONGEST + 20, "{told}");
            prop_assert!(told.chars().all(|it| it.is_ascii_graphic() || " …".contains(it)), "{told}");
        }
    }
}
