//! Where the errors stand in a body: nobody knows a service's shape beforehand, so all usual ones are looked through.
//!
//! That is OAuth (RFC 6749 §5.2), problem details (RFC 9457), JSON:API, a list of texts, a map from fields to texts (Rails,
//! Laravel, Django, ASP.NET), nested `error`s with `details`, `detail: [{loc, msg}]` (`FastAPI`), plain text, and the title
//! of a page of HTML.

use serde_json::{Map, Value};

use super::mask::Sent;

/// One error, as the other side worded it: personal until it is masked.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct ErrorText {
    /// What it is about, in whatever way the other side writes a path.
    pub(super) member: Option<String>,
    pub(super) words: String,
}

/// Members that say what is wrong, the shortest first; some hold more errors instead.
const WORDS: [&str; 17] = [
    "error",
    "code",
    "errorcode",
    "errorCode",
    "error_code",
    "title",
    "message",
    "msg",
    "detail",
    "error_description",
    "error_message",
    "errorMessage",
    "faultstring",
    "description",
    "problem",
    "reason",
    "full_message",
];

/// Members that hold errors.
const LISTS: [&str; 16] = [
    "errors",
    "details",
    "messages",
    "full_messages",
    "validation_errors",
    "validationErrors",
    "field_errors",
    "fieldErrors",
    "fieldViolations",
    "violations",
    "issues",
    "invalid_params",
    "invalid-params",
    "non_field_errors",
    "base",
    "fault",
];

/// Members that say what an error is about.
const MEMBERS: [&str; 8] =
    ["member", "field", "attribute", "param", "parameter", "property", "pointer", "loc"];
/// The same, but at the top of an answer they mean something else.
const INNER_MEMBERS: [&str; 3] = ["path", "name", "source"];

/// Lines of a plain text that are looked at.
const LINES: usize = 2;
/// Levels that are looked through.
const DEEPEST: usize = 8;

/// All errors in a body, in its order as far as that matters.
pub(super) fn errors(answer: &[u8], sent: &Sent) -> Vec<ErrorText> {
    let Ok(text) = str::from_utf8(answer) else { return Vec::new() };
    let text = text.trim_start_matches('\u{feff}').trim();
    let mut found = Vec::new();
    match (serde_json::from_str(text), text.chars().next()) {
        (Ok(answer), _) => {
            gather(&answer, &Place { sent, member: None, is_list: false, depth: 0 }, &mut found);
        }
        (Err(_), Some('<')) => found.extend(title(text).map(says)),
        // JSON that broke off
        (Err(_), None | Some('{' | '[' | '"')) => {}
        (Err(_), Some(_)) if text.chars().any(|it| it.is_control() && !it.is_ascii_whitespace()) => {}
        (Err(_), Some(_)) => {
            found.extend(text.lines().filter(|line| !line.trim().is_empty()).take(LINES).map(says));
        }
    }
    found
}

fn says(words: &str) -> ErrorText {
    ErrorText { member: None, words: words.to_owned() }
}

/// Where in an answer something stands.
struct Place<'a> {
    sent: &'a Sent,
    /// What is complained about there.
    member: Option<String>,
    /// Whether it is within a list or map of errors, where every text is one.
    is_list: bool,
    depth: usize,
}

impl Place<'_> {
    fn within(&self, member: Option<String>, is_list: bool) -> Self {
        Self { sent: self.sent, member, is_list, depth: self.depth + 1 }
    }
}

fn gather(value: &Value, place: &Place<'_>, found: &mut Vec<ErrorText>) {
    match value {
        Value::String(words) if place.is_list || place.depth == 0 => {
            found.push(ErrorText { member: place.member.clone(), words: words.clone() });
        }
        Value::Array(values) if place.depth < DEEPEST => {
            let inner = place.within(place.member.clone(), true);
            for value in values {
                gather(value, &inner, found);
            }
        }
        Value::Object(members) if place.depth < DEEPEST => gather_members(members, place, found),
        _ => {}
    }
}

fn gather_members(members: &Map<String, Value>, place: &Place<'_>, found: &mut Vec<ErrorText>) {
    let own = member_of(members, place.depth);
    let is_error = own.is_some() || WORDS.iter().any(|name| members.get(*name).is_some_and(Value::is_string));
    let inner = place.within(own.or_else(|| place.member.clone()), true);
    let before = found.len();
    for name in WORDS.iter().chain(&LISTS) {
        if let Some(value) = members.get(*name) {
            gather(value, &inner, found);
        }
    }
    if is_error {
        if found.len() == before {
            found.push(ErrorText { member: inner.member, words: String::new() });
        }
        return;
    }
    for (name, value) in members {
        let is_known = WORDS.contains(&name.as_str()) || LISTS.contains(&name.as_str());
        if is_known || name.starts_with(['@', '$', '_']) {
            continue;
        }
        let member = place.member.as_ref().map_or_else(|| name.clone(), |outer| format!("{outer}.{name}"));
        let is_field = value.is_array() && place.sent.knows(&member);
        if place.is_list || is_field {
            gather(value, &place.within(Some(member), true), found);
        } else if value.is_object() {
            // an envelope
            gather(value, &place.within(None, false), found);
        }
    }
}

/// What an error object is about.
fn member_of(members: &Map<String, Value>, depth: usize) -> Option<String> {
    let inner: &[&str] = if depth > 0 { &INNER_MEMBERS } else { &[] };
    MEMBERS.iter().chain(inner).find_map(|name| path(members.get(*name)?))
}

/// A path as a text, as a list of steps, or as JSON:API's `source`.
fn path(value: &Value) -> Option<String> {
    match value {
        Value::String(path) if !path.is_empty() => Some(path.clone()),
        Value::Array(steps) => {
            let steps: Option<Vec<_>> = steps
                .iter()
                .map(|step| {
                    step.as_str().map(str::to_owned).or_else(|| step.as_u64().map(|it| it.to_string()))
                })
                .collect();
            steps.filter(|steps| !steps.is_empty()).map(|steps| steps.join("/"))
        }
        Value::Object(source) => ["pointer", "parameter"].iter().find_map(|name| path(source.get(*name)?)),
        _ => None,
    }
}

/// The text of a page's title.
fn title(page: &str) -> Option<&str> {
    // ASCII case changes no length
    let lower = page.to_ascii_lowercase();
    let from = lower.find("<title")?;
    let from = from + lower[from..].find('>')? + 1;
    let to = from + lower[from..].find("</title")?;
    page.get(from..to)
}
