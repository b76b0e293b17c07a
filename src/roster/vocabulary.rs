//! The words that a roster may use: for an empty cell, for yes and no, for honours. Each list stands here and nowhere
//! else; `gradpass columns` prints them.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::shapes::Shapes;
use crate::graduate::{EmailAddress, Problem};

/// What exports write for an empty cell, in lower case.
pub const NOTHING: &[&str] = &[
    "null",
    "(null)",
    "<null>",
    "[null]",
    "\\n",
    "nil",
    "none",
    "(none)",
    "n/a",
    "#n/a",
    "(n/a)",
    "na",
    "n.a.",
    "n.a",
    "n/k",
    "nan",
    "undefined",
    "blank",
    "(blank)",
    "empty",
    "(empty)",
    "not applicable",
    "not available",
    "not provided",
    "not given",
    "not specified",
    "not recorded",
    "no data",
    "unknown",
    "-",
    "--",
    "---",
    "–",
    "—",
    "―",
    "−",
    ".",
    "..",
    "...",
    "…",
    "_",
    "/",
    "ไม่มี",
    "无",
    "無",
    "없음",
    "なし",
];

/// Words that mean yes, in lower case.
pub const YES: &[&str] = &["yes", "y", "true", "t", "1", "1.0", "x", "ya", "có", "ใช่", "是"];

/// Words that mean no, in lower case.
pub const NO: &[&str] =
    &["no", "n", "false", "f", "0", "0.0", "-", "tidak", "tiada", "không", "ไม่", "ไม่ใช่", "否", "不是"];

/// What stands for a given or family name in the export of somebody who has only one name, in lower case.
pub const NO_NAME: &[&str] =
    &["fnu", "lnu", "x", "xx", "xxx", "no given name", "no family name", "no surname"];

/// Words of an honours column that mean honours, without the words in [`HONOURS_FILLERS`]. `2:1` counts as `21`.
pub const WITH_HONOURS: &[&str] = &[
    "first",
    "1st",
    "1",
    "i",
    "h1",
    "second",
    "2nd",
    "ii",
    "h2",
    "upper second",
    "second upper",
    "2nd upper",
    "2a",
    "21",
    "2i",
    "iia",
    "ii a",
    "ii i",
    "h2a",
    "second a",
    "second 1",
    "second i",
    "ii 1",
    "2 1",
    "lower second",
    "second lower",
    "2nd lower",
    "2b",
    "22",
    "2ii",
    "iib",
    "ii b",
    "ii ii",
    "h2b",
    "second b",
    "second 2",
    "second ii",
    "ii 2",
    "2 2",
    "third",
    "3rd",
    "h3",
];

/// Words of an honours column that mean none, without the words in [`HONOURS_FILLERS`].
pub const WITHOUT_HONOURS: &[&str] = &[
    "pass",
    "ordinary",
    "general",
    "unclassified",
    "without",
    "non",
    "not",
    "not awarded",
    "none",
    "nein",
    "keine",
    "not applicable",
];

/// Words that say nothing by themselves about the class; alone they mean honours.
pub const HONOURS_FILLERS: &[&str] =
    &["honours", "honors", "hons", "hon", "class", "division", "div", "degree", "with", "level"];

/// What stands in a majors column for none, in lower case.
pub const NO_MAJOR: &[&str] =
    &["no major", "no majors", "undeclared", "not declared", "none declared", "no specialisation"];

/// What a total line or a repeated header puts where an id should be, in lower case.
pub const NO_ID: &[&str] = &[
    "0",
    "yes",
    "no",
    "true",
    "false",
    "total",
    "totals",
    "subtotal",
    "sum",
    "count",
    "average",
    "student_id",
    "studentid",
    "student id",
    "id",
    "test",
    "tba",
    "tbc",
    "tbd",
    "pending",
    "new",
    "various",
];

/// The part before the @ of mailboxes that stand for no mailbox, without points, dashes, underscores and digits.
pub const PLACEHOLDER_MAILBOXES: &[&str] = &[
    "noemail",
    "noemailaddress",
    "noemailonfile",
    "nomail",
    "noaddress",
    "null",
    "none",
    "unknown",
    "notprovided",
    "notavailable",
    "notapplicable",
    "noreply",
    "donotreply",
    "donotuse",
    "donotcontact",
    "donotemail",
    "placeholder",
    "dummy",
    "fake",
    "invalid",
    "nobody",
    "noone",
    "blank",
    "empty",
    "undefined",
    "changeme",
    "xxx",
    "xxxx",
    "test",
    "testtest",
    "testuser",
    "teststudent",
];

/// Endings of domains that no mail reaches (RFC 6761, RFC 6762), and what exports put there.
pub const PLACEHOLDER_DOMAINS: &[&str] =
    &["invalid", "localhost", "localdomain", "local", "lan", "none", "null", "nowhere", "noemail", "unknown"];

/// What a name column says of a student instead of a name, in lower case.
pub const NO_PERSON: &[&str] = &[
    "deceased",
    "withheld",
    "do not use",
    "do not contact",
    "do not mail",
    "duplicate",
    "test student",
    "test record",
    "test user",
    "test person",
    "test account",
    "dummy student",
    "student test",
    "zztest",
    "zzz test",
    "name withheld",
    "no name",
    "unknown name",
    "true",
    "false",
    "tba",
    "tbc",
    "tbd",
    "to be advised",
];

/// What the university's own honours words mean (`[roster.honours]`), by the folded word.
pub type OwnHonours = BTreeMap<String, bool>;

/// Whether a cell says in some program's words that it is empty.
#[must_use]
pub fn is_nothing(value: &str) -> bool {
    let value = value.trim();
    // most cells are longer than any of these words
    value.is_empty() || NOTHING_SHAPES.may_hold(value) && NOTHING.contains(&lower(value).as_ref())
}

/// Whether a name column says that there is no such name.
#[must_use]
pub fn is_no_name(value: &str) -> bool {
    let value = value.trim();
    is_nothing(value) || NO_NAME_SHAPES.may_hold(value) && NO_NAME.contains(&lower(value).as_ref())
}

/// Whether a majors column says that there is none.
#[must_use]
pub fn is_no_major(value: &str) -> bool {
    is_nothing(value) || (value.len() <= 20 && NO_MAJOR.contains(&fold(value).as_str()))
}

/// Whether the id column holds a word that is no id.
#[must_use]
pub fn is_no_id(value: &str) -> bool {
    value.len() <= 12 && NO_ID.contains(&lower(value.trim()).as_ref())
}

/// Whether a name says something about the student instead, also in brackets behind the name.
#[must_use]
pub fn is_no_person(name: &str) -> bool {
    // "Test", "Deceased" and the like are Latin words, and the whole name or the whole content of a bracket
    let may_be = NO_PERSON_SHAPES.may_hold(name)
        || name.starts_with(['z', 'Z'])
        || name.ends_with(['e', 'E'])
        || name.bytes().any(|byte| matches!(byte, b'(' | b'['));
    if !may_be {
        return false;
    }
    let folded = fold(name);
    let is_one = |text: &str| NO_PERSON.contains(&text.trim());
    let in_brackets = |(open, close): (char, char)| {
        let inner = folded.split_once(open).and_then(|(_, rest)| rest.split_once(close));
        inner.is_some_and(|(inner, _)| is_one(inner) || matches!(inner.trim(), "test" | "hold" | "dec'd"))
    };
    is_one(&folded)
        || [('(', ')'), ('[', ']')].into_iter().any(in_brackets)
        || folded.starts_with("zztest")
        || folded.ends_with(" do not use")
        || folded.ends_with(" (deceased)")
}

/// Whether an address stands for no mailbox.
#[must_use]
pub fn is_placeholder(address: &EmailAddress) -> bool {
    let local = address.as_str().rsplit_once('@').map_or("", |(local, _)| local);
    let letters = || local.bytes().filter(u8::is_ascii_alphabetic).map(|it| it.to_ascii_lowercase());
    let ending = address.domain().rsplit('.').next().unwrap_or_default();
    let may_be = letters().next().is_some_and(|first| PLACEHOLDER_SHAPES.may_begin(first, letters().count()));
    may_be && PLACEHOLDER_MAILBOXES.iter().any(|mailbox| letters().eq(mailbox.bytes()))
        || local.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("xxx."))
        || PLACEHOLDER_DOMAIN_SHAPES.may_hold(ending) && PLACEHOLDER_DOMAINS.contains(&ending)
}

/// Reads a yes or a no.
///
/// # Errors
/// A [`Problem`] that lists the words that are taken.
pub fn yes_or_no(value: &str) -> Result<bool, Problem> {
    known(value).ok_or_else(|| {
        Problem::new("neither yes nor no; write yes or no (also taken: true, false, 1, 0, y, n)")
    })
}

fn known(value: &str) -> Option<bool> {
    let word = lower(value.trim());
    let is_in = |words: &[&str]| words.contains(&word.as_ref());
    if is_in(YES) {
        Some(true)
    } else if is_in(NO) {
        Some(false)
    } else {
        None
    }
}

/// What the cell of an honours column means; an empty one means none.
///
/// # Errors
/// A [`Problem`] for a word that is in no list: SEEK Pass would be told something that nobody decided.
pub fn honours(value: &str, own: &OwnHonours) -> Result<bool, Problem> {
    if let Some(meaning) = own.get(&fold(value)) {
        return Ok(*meaning);
    }
    if is_nothing(value) {
        return Ok(false);
    }
    known(value).or_else(|| class(value)).ok_or_else(|| {
        Problem::new(
            "not a known word for honours; say in the configuration what it means, under [roster.honours]: \
             \"the word\" = true or false",
        )
    })
}

/// What a class of honours means, however it is written: `Second Class Honours (Upper Division)`, `H2A`, `2:1`.
fn class(value: &str) -> Option<bool> {
    let folded = fold(value);
    // 2:1 and 2.1 are one word, II/A and (Upper Division) several
    let is_part = |character: char| character.is_alphanumeric() || character == ':' || character == '.';
    let words: Vec<String> = folded
        .split(|character| !is_part(character))
        .map(|word| word.replace([':', '.'], ""))
        .filter(|word| !word.is_empty())
        .collect();
    let (fillers, rest): (Vec<_>, Vec<_>) =
        words.iter().map(String::as_str).partition(|word| HONOURS_FILLERS.contains(word));
    let says_honours = fillers.iter().any(|word| word.starts_with("hon"));
    let rest = rest.join(" ");
    if rest.is_empty() {
        return says_honours.then_some(true);
    }
    if WITH_HONOURS.contains(&rest.as_str()) || (says_honours && matches!(rest.as_str(), "2" | "3" | "iii")) {
        return Some(true);
    }
    let denies = matches!(rest.as_str(), "no" | "non" | "not" | "without" | "none" | "not awarded");
    // "Honours Pass" says both
    (denies || (!says_honours && WITHOUT_HONOURS.contains(&rest.as_str()))).then_some(false)
}

/// A word as it is looked up: lower case, one space between words.
#[must_use]
pub fn fold(value: &str) -> String {
    value.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

static NOTHING_SHAPES: Shapes = Shapes::of(NOTHING);
static NO_NAME_SHAPES: Shapes = Shapes::of(NO_NAME);
static PLACEHOLDER_SHAPES: Shapes = Shapes::of(PLACEHOLDER_MAILBOXES);
static PLACEHOLDER_DOMAIN_SHAPES: Shapes = Shapes::of(PLACEHOLDER_DOMAINS);
static NO_PERSON_SHAPES: Shapes = Shapes::of(NO_PERSON);

fn lower(value: &str) -> Cow<'_, str> {
    if value.bytes().any(|byte| byte.is_ascii_uppercase() || !byte.is_ascii()) {
        Cow::Owned(value.to_lowercase())
    } else {
        Cow::Borrowed(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_for_an_empty_cell_are_none_in_any_case() {
        for word in [
            "",
            "  ",
            "NULL",
            "\\N",
            "(null)",
            "N/A",
            "#N/A",
            "n.a.",
            "None",
            "nil",
            "NaN",
            "-",
            "--",
            "Not Applicable",
            "—",
        ] {
            assert!(is_nothing(word), "{word}");
        }
        for word in ["Nilsson", "Nan Li", "Null-Modem", "0", "No", "TBA", "Anna"] {
            assert!(!is_nothing(word), "{word}");
        }
    }

    #[test]
    fn honours_know_a_closed_vocabulary() {
        let own = OwnHonours::new();
        for word in [
            "First Class",
            "first class honours",
            "H1",
            "Upper Second",
            "2:1",
            "2.1",
            "IIA",
            "II/A",
            "with Honours",
            "Honours",
            "yes",
            "Hons",
            "Second Class Upper",
            "Second Class Honours (Upper Division)",
            "Honours Class 1",
            "H2B",
            "Third Class Honors",
            "2A",
            "1",
            "1.0",
            "First",
            "Class II Division 1",
            "Second Class Honours Division A",
        ] {
            assert_eq!(honours(word, &own), Ok(true), "{word}");
        }
        for word in [
            "",
            "Pass",
            "Ordinary",
            "Unclassified",
            "Without Honours",
            "No",
            "Non-Honours",
            "N/A",
            "0",
            "0.0",
            "Not awarded",
            "none",
            "FALSE",
            ".",
            "Keine",
            "No Honours",
            "Pass degree",
            "Ordinary Degree",
            "Tidak",
            "Không",
            "ไม่มี",
            "无",
            "Honours not awarded",
        ] {
            assert_eq!(honours(word, &own), Ok(false), "{word}");
        }
        for word in [
            "Merit",
            "Distinction",
            "TBA",
            "Honours Pass",
            "2",
            "Fail",
            "Cum Laude",
            "First pass",
            "Aegrotat",
            "with",
            "Class",
        ] {
            assert!(honours(word, &own).is_err(), "{word}");
        }
    }

    #[test]
    fn the_university_says_what_its_own_words_mean() {
        let own = OwnHonours::from([("distinction".to_owned(), false), ("pass".to_owned(), true)]);
        assert_eq!(honours(" Distinction ", &own), Ok(false));
        assert_eq!(honours("PASS", &own), Ok(true));
    }

    #[test]
    fn placeholders_are_told_from_mailboxes() {
        let is_placeholder = |text| EmailAddress::parse(text).map(|address| is_placeholder(&address));
        for text in [
            "noemail@northfield.example",
            "no.email@uni.example",
            "NULL@post.example",
            "noreply@northfield.example",
            "none@none.none",
            "xxx.quin@post.example",
            "rae@post.example.invalid",
            "sol@localhost.localdomain",
            "test1@uni.example",
            "no-email-123@uni.example",
        ] {
            assert_eq!(is_placeholder(text), Ok(true), "{text}");
        }
        for text in [
            "nan@uni.example",
            "o'gil@post.example",
            "na@uni.example",
            "nobodyknows@uni.example",
            "testa@uni.example",
        ] {
            assert_eq!(is_placeholder(text), Ok(false), "{text}");
        }
    }

    #[test]
    fn a_word_about_a_student_is_no_name() {
        for name in [
            "DECEASED",
            "Anna Holm (Deceased)",
            "Mei Ling Tan (withheld)",
            "Test Student",
            "ZZTEST DO NOT USE",
        ] {
            assert!(is_no_person(name), "{name}");
        }
        for name in [
            "Anna Holm",
            "陳大文 (CHAN Tai Man)",
            "Testa Rossi",
            "Robert (Bob) King",
            "Tess Testud",
            "Ada Test",
        ] {
            assert!(!is_no_person(name), "{name}");
        }
    }

    #[test]
    fn yes_and_no_are_known_in_the_words_of_spreadsheets() {
        for (word, meaning) in [
            ("Y", true),
            ("TRUE", true),
            ("1.0", true),
            ("ya", true),
            ("N", false),
            ("0", false),
            ("ไม่", false),
        ] {
            assert_eq!(yes_or_no(word), Ok(meaning), "{word}");
        }
        assert!(yes_or_no("maybe").is_err());
    }
}
