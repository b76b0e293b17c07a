//! What may be told of an answer that complains: it may repeat what it was sent, and that is personal.
//!
//! A member is named only if its name is one of those that were sent, or the other side could put a value there. Of the
//! words around it only plain small ones stay that resemble nothing in the values; in doubt there is a `…`.

use std::collections::BTreeSet;

use serde_json::Value;

use super::wire;

/// Complaints that are told at most.
const MOST: usize = 5;
/// Characters of a complaint, beyond which it is no sentence for an operator.
const LONGEST: usize = 100;

/// The complaints in an answer to what was `sent`, in a form fit for a log; empty when there are none.
///
/// It knows `errors: [{member, problem}]`, and `error` with `error_description` (RFC 6749 §5.2).
pub(super) fn told(answer: &[u8], sent: &Value) -> String {
    let Ok(answer) = wire::json(answer) else { return String::new() };
    let mut known = Sent::default();
    known.gather(sent);
    let text = |name| answer.get(name).and_then(Value::as_str);
    let mut told = Vec::new();
    told.extend(text("error").map(|words| known.plain(words)));
    told.extend(text("error_description").map(|words| known.plain(words)));
    let errors = answer.get("errors").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    told.extend(errors.iter().take(MOST).map(|error| {
        let text = |name| error.get(name).and_then(Value::as_str).unwrap_or_default();
        format!("{} {}", known.member(text("member")), known.plain(text("problem")))
    }));
    if errors.len() > MOST {
        told.push(format!("and {} more", errors.len() - MOST));
    }
    told.join(", ")
}

/// What was sent, taken apart.
#[derive(Default)]
struct Sent {
    members: BTreeSet<String>,
    /// The words of all values, in lower case.
    words: BTreeSet<String>,
}

impl Sent {
    fn gather(&mut self, value: &Value) {
        match value {
            Value::String(text) => {
                let text = text.to_lowercase();
                let words = text.split(|it: char| !it.is_alphanumeric()).filter(|word| !word.is_empty());
                self.words.extend(words.map(str::to_owned));
            }
            Value::Array(values) => values.iter().for_each(|value| self.gather(value)),
            Value::Object(members) => {
                for (name, value) in members {
                    self.members.insert(name.clone());
                    self.gather(value);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    /// A path such as `data.credential.majors[0]`, if every step of it was sent.
    fn member(&self, path: &str) -> String {
        let is_known = |step: &str| {
            let (name, index) = step.split_once('[').unwrap_or((step, "]"));
            let digits = index.strip_suffix(']').unwrap_or("?");
            self.members.contains(name) && digits.len() < 4 && digits.bytes().all(|it| it.is_ascii_digit())
        };
        if path.split('.').all(is_known) { path.to_owned() } else { "…".to_owned() }
    }

    fn plain(&self, words: &str) -> String {
        // another spelling of a name in another script (Nguyễn, Nguyen) could not be recognised
        let recognisable = self.words.iter().all(|word| word.is_ascii());
        if words.len() > LONGEST || !recognisable {
            return "…".to_owned();
        }
        let told = words.split_whitespace().map(|word| if self.is_plain(word) { word } else { "…" });
        let mut told: Vec<_> = told.collect();
        told.dedup_by(|word, before| word == before && *word == "…");
        told.join(" ")
    }

    fn is_plain(&self, word: &str) -> bool {
        let bare = word.trim_end_matches([',', '.', ';', ':']);
        let small =
            !bare.is_empty() && bare.bytes().all(|it| it.is_ascii_lowercase() || b"_-'".contains(&it));
        small && !self.words.iter().any(|own| alike(own, bare))
    }
}

/// Whether one is a part of the other; one or two letters count only as the whole word, or all would be alike.
fn alike(own: &str, word: &str) -> bool {
    let holds = |whole: &str, part: &str| part.len() > 2 && whole.contains(part);
    own == word || holds(word, own) || holds(own, word)
}

#[cfg(test)]
mod tests {
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
            "unprocessable_entity, data.credential.conferral_year must be a string … not after this …, \
             data.credential.majors[0] is blank"
        );
        let answer = json!({ "error": "invalid_scope", "error_description": "the scope is unknown." });
        assert_eq!(heard(&answer), "invalid_scope, the scope is unknown.");
        let many = vec![json!({ "member": "id", "problem": "is taken" }); 7];
        assert!(heard(&json!({ "errors": many })).ends_with("id is taken, and 2 more"));
    }

    #[test]
    fn no_value_is_repeated() {
        for words in [
            "Mira",
            "mira",
            "MIRA",
            "mira,",
            "mira-yeardley",
            "miras",
            "yeard",
            "law",
            "lawful",
            "2026",
            "M.",
            "science",
            "<b>",
            "a@b.example",
            "Someone",
            "x/y",
        ] {
            for answer in [
                json!({ "error": words }),
                json!({ "error": "bad", "error_description": words }),
                json!({ "errors": [{ "member": words, "problem": words }] }),
                json!({ "errors": [{ "member": format!("data.{words}"), "problem": format!("{words} {words}") }] }),
                json!({ "errors": [{ "member": format!("majors[{words}]"), "problem": words }] }),
            ] {
                let told = heard(&answer).replace("bad, ", "");
                assert!(["…", "… …"].contains(&told.as_str()), "{words}: {told}");
            }
        }
        // it may come transliterated
        let answer = json!({ "error": "nguyen is no name" }).to_string();
        assert_eq!(told(answer.as_bytes(), &sent("Nguyễn Thị Hồng")), "…");
        assert_eq!(told(answer.as_bytes(), &sent("Mira Tan")), "nguyen is no name");
        let long = "is wrong ".repeat(20);
        assert_eq!(heard(&json!({ "error": long })), "…");
    }

    #[test]
    fn what_is_no_complaint_says_nothing() {
        for answer in
            ["", "<html>Mira</html>", "\"Mira\"", "[\"Mira\"]", "{\"errors\":\"Mira\"}", "{\"error\":[1]}"]
        {
            assert_eq!(told(answer.as_bytes(), &sent("Mira Tan")), "", "{answer}");
        }
        assert_eq!(heard(&json!({ "errors": ["Mira", { "full_name": "Mira" }, 7] })), "… , … , … ");
    }

    proptest! {
        #[test]
        fn a_name_never_comes_through(
            name in "[A-Za-z]{3,12} [A-Za-z]{3,12}",
            around in "[ a-z.,'-]{0,30}",
            answer in "[\\[\\]{}\",:a-z0-9\\\\]{0,80}",
        ) {
            let echo = format!("{around} {} {name}{around}", name.to_lowercase());
            let body = json!({ "error": echo, "errors": [{ "member": echo, "problem": echo }] }).to_string();
            let told_words = told(body.as_bytes(), &sent(&name)).to_lowercase();
            for word in name.to_lowercase().split(' ') {
                prop_assert!(!told_words.contains(word), "{word}: {told_words}");
            }
            let _ = told(answer.as_bytes(), &sent(&name));
        }
    }
}
