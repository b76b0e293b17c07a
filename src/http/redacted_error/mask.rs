//! What may be repeated of the words of somebody who knows what was sent.
//!
//! A member is named only if its name is one of those that were sent: the other side could put a value there. Of the
//! words around it stay plain small ones that resemble nothing in the values, and others only from the vocabulary of error
//! messages; in doubt there is a `…`.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

/// Bytes of one error, beyond which it is no sentence for an operator.
const LONGEST: usize = 100;
/// Letters of a word; longer ones are no English, but may be a secret.
const LONGEST_WORD: usize = 40;
/// Steps of a path.
const MOST_STEPS: usize = 8;

/// What stands around a word.
const PUNCTUATION: [char; 14] = [',', '.', ';', ':', '!', '?', '(', ')', '[', ']', '{', '}', '"', '\''];

/// Words of error messages that may begin with a capital, and stay where the values were in another script. What is
/// somebody's name in any language (may, will, min, an, to) is left out.
const VOCABULARY: &str = "\
    accepted access account again allowed already and are argument array attribute attributes audience authentication \
    authorization authorized bad be because been before between blank body boolean but can't cannot character \
    characters client conflict contact contain contains content could credential credentials data date dd deprecated \
    detail details didn't document does doesn't don't duplicate element elements empty endpoint entity environment \
    equal error errors exactly exceeded exist exists expected expired failed failure field fields forbidden format \
    found from future gateway grant granted greater has have header included incorrect input insufficient integer \
    internal invalid is isn't issuer item items json key later least length less limit list maintenance malformed many \
    match matches maximum media message method minimum missing mm more most must name not null number object \
    occurred of only or parameter parameters partner past permission permissions please present processed property \
    quota reached reason received record request requested requests required reserved resource response schema scope \
    scopes secret server service short should signature something status string submitted support supported taken \
    temporarily text than that the this timeout token too type unable unacceptable unauthenticated unauthorized \
    unavailable unexpected unique unknown unprocessable unrecognised unrecognized unsupported url valid validation value \
    values version wait was when while with wrong year your yyyy";

/// Steps of a path that name no member.
const NO_MEMBERS: [&str; 6] = ["$", "#", "body", "attributes", "params", "root"];
/// What a small number may count, so that it is a limit and no part of a date.
const COUNTED: [&str; 8] =
    ["character", "characters", "item", "items", "element", "elements", "bytes", "seconds"];
/// What stands before a limit.
const LIMITS: [&str; 5] = ["than", "least", "most", "maximum", "minimum"];

/// What was sent, taken apart.
#[derive(Default)]
pub(super) struct Sent {
    /// The names of members, by their letters alone.
    members: BTreeMap<String, String>,
    /// The words in the names of members.
    naming: BTreeSet<String>,
    /// The words of all values, in lower case.
    words: BTreeSet<String>,
}

impl Sent {
    pub(super) fn of(value: &Value) -> Self {
        let mut sent = Self::default();
        sent.gather(value);
        sent
    }

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
                    self.members.insert(letters(name), name.clone());
                    self.naming.extend(name.split('_').map(str::to_owned));
                    self.gather(value);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    /// Whether it is the path of a member that was sent.
    pub(super) fn knows(&self, path: &str) -> bool {
        self.path(path).is_some()
    }

    /// A path such as `data.credential.majors[0]`, if every step of it was sent.
    pub(super) fn member(&self, path: &str) -> String {
        self.path(path).unwrap_or_else(|| "…".to_owned())
    }

    /// The path in our spelling, whether it came as `data.credential`, `/data/credential`, `$.data.credential` or with
    /// `fullName`, `full-name` or `Full name` at its end.
    fn path(&self, path: &str) -> Option<String> {
        let mut told = String::new();
        let steps: Vec<_> = path.split(['.', '/', '[', ']']).filter(|step| !step.is_empty()).collect();
        if steps.len() > MOST_STEPS {
            return None;
        }
        for step in steps {
            let is_index = step.len() < 4 && step.bytes().all(|it| it.is_ascii_digit());
            if is_index && !told.is_empty() {
                told.extend(["[", step, "]"]);
            } else if let Some(name) = self.members.get(&letters(step)) {
                told.push_str(if told.is_empty() { "" } else { "." });
                told.push_str(name);
            } else if !NO_MEMBERS.contains(&step) {
                return None;
            }
        }
        (!told.is_empty()).then_some(told)
    }

    /// The words that may be repeated, one `…` in place of others.
    pub(super) fn plain(&self, words: &str) -> String {
        let words = words.replace('’', "'");
        let words: Vec<_> = words
            .split_whitespace()
            .filter(|word| word.contains(|it: char| !it.is_ascii_punctuation()))
            .collect();
        let mut told: Vec<String> = Vec::new();
        let mut length = 0;
        for (index, word) in words.iter().enumerate() {
            let before = index.checked_sub(1).and_then(|before| words.get(before)).copied();
            let shown = if self.is_plain(word) || self.is_limit(before, word, words.get(index + 1).copied()) {
                (*word).to_owned()
            } else {
                self.path(bare(word)).unwrap_or_else(|| "…".to_owned())
            };
            length += shown.len() + 1;
            if length > LONGEST {
                told.push("…".to_owned());
                break;
            }
            told.push(shown);
        }
        told.dedup_by(|word, before| word == before && *word == "…");
        told.join(" ")
    }

    fn is_plain(&self, word: &str) -> bool {
        let bare = bare(word);
        let is_word = !bare.is_empty()
            && bare.len() <= LONGEST_WORD
            && bare.bytes().all(|it| it.is_ascii_alphabetic() || b"_-'".contains(&it));
        if !is_word || self.resembles(&bare.to_ascii_lowercase()) {
            return false;
        }
        // another spelling of a name in another script (Nguyễn, Nguyen) could not be recognised
        let is_recognisable = self.words.iter().all(|word| word.is_ascii());
        let is_small = !bare.bytes().any(|it| it.is_ascii_uppercase());
        (is_small && is_recognisable) || humps(bare).iter().all(|hump| self.is_usual(hump))
    }

    fn is_usual(&self, word: &str) -> bool {
        self.naming.contains(word) || VOCABULARY.split(' ').any(|usual| usual == word)
    }

    /// Whether a word in lower case has a value in it, or could be a part of one. The usual words of errors are parts
    /// of too many (`field` of Northfield); one or two letters count only as the whole word, or all would be alike.
    fn resembles(&self, word: &str) -> bool {
        let holds = |whole: &str, part: &str| part.len() > 2 && whole.contains(part);
        let is_part = |part: &str| !self.is_usual(part) && self.words.iter().any(|own| holds(own, part));
        self.words.iter().any(|own| holds(word, own))
            || word.split(['_', '-']).any(|part| self.words.contains(part) || is_part(part))
            || self.is_row(&letters(word))
    }

    /// Whether a word is nothing but values in a row, as `wuli` is of Wu and Li.
    fn is_row(&self, word: &str) -> bool {
        let mut reached = vec![false; word.len() + 1];
        reached[0] = !word.is_empty();
        for from in 0..word.len() {
            let Some(rest) = word.as_bytes().get(from..).filter(|_| reached[from]) else { continue };
            for own in self.words.iter().filter(|own| rest.starts_with(own.as_bytes())) {
                reached[from + own.len()] = true;
            }
        }
        reached[word.len()]
    }

    /// Whether it is a small number that limits something, or the status at the beginning of a text.
    fn is_limit(&self, before: Option<&str>, word: &str, after: Option<&str>) -> bool {
        let number = bare(word);
        let is_number = (1..=3).contains(&number.len()) && number.bytes().all(|it| it.is_ascii_digit());
        if !is_number || self.words.contains(number) {
            return false;
        }
        match before {
            None => number.len() == 3 && number.starts_with(['4', '5']),
            Some(before) => {
                LIMITS.contains(&bare(before)) || after.is_some_and(|after| COUNTED.contains(&bare(after)))
            }
        }
    }
}

fn bare(word: &str) -> &str {
    word.trim_matches(PUNCTUATION)
}

/// What a name is compared by, however its words are joined.
fn letters(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|it| it.to_ascii_lowercase()).collect()
}

/// The words of `InvalidScope`, `INVALID_SCOPE` or `invalid-scope`, in lower case.
fn humps(name: &str) -> Vec<String> {
    let mut humps = vec![String::new()];
    let mut was_small = false;
    for letter in name.chars() {
        if "_-".contains(letter) || (was_small && letter.is_ascii_uppercase()) {
            humps.push(String::new());
        }
        was_small = letter.is_ascii_lowercase();
        if let Some(hump) = humps.last_mut().filter(|_| !"_-".contains(letter)) {
            hump.push(letter.to_ascii_lowercase());
        }
    }
    humps.retain(|hump| !hump.is_empty());
    humps
}
