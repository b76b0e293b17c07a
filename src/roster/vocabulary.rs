//! The words that a roster may use: for an empty cell, for yes and no, for honours. Each list stands here and nowhere
//! else; `gradpass columns` prints them.

mod words;

use std::borrow::Cow;
use std::collections::BTreeMap;

use icu_normalizer::ComposingNormalizerBorrowed;

use super::shapes::Shapes;
use crate::graduate::{EmailAddress, Problem};
use words::LAST_WORDS;
pub use words::{
    ALSO_NAMES, ENDLESS, HONOURS_FILLERS, NO, NO_ID, NO_MAILBOX, NO_MAJOR, NO_NAME, NO_PERSON, NOT_YET,
    NOTHING, PLACEHOLDER_DOMAINS, PLACEHOLDER_MAILBOXES, WITH_HONOURS, WITHOUT_HONOURS, YES,
};

/// What the university's own honours words mean (`[roster.honours]`), by the folded word.
pub type OwnHonours = BTreeMap<String, bool>;

/// Whether a cell says in some program's words that it is empty.
#[must_use]
pub fn is_nothing(value: &str) -> bool {
    let word = bare(value);
    // most cells are longer than any of these words
    word.is_empty() || NOTHING_SHAPES.may_hold(word) && NOTHING.contains(&lower(word).as_ref())
}

/// Whether a cell of an expiry date says that there is none. The last day that databases and spreadsheets know is no day, either.
#[must_use]
pub fn is_endless(value: &str) -> bool {
    let word = lower(bare(value));
    ENDLESS.contains(&word.as_ref()) || word.contains("9999")
}

/// A word without the signs around it that say nothing.
fn bare(value: &str) -> &str {
    let is_outside = |character: char| {
        character.is_whitespace()
            || matches!(
                character,
                '(' | ')' | '[' | ']' | '<' | '>' | '{' | '}' | '"' | '\'' | '.' | ';' | '/' | '-' | '_'
            )
            || matches!(character, '–' | '—' | '―' | '−' | '…')
    };
    value.trim_matches(is_outside)
}

/// What a cell of a name column says, where it may be no name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameWord {
    /// A name as far as anybody can tell.
    Name,
    /// That there is no such name.
    Nothing,
    /// Either: `NULL`, `None`, `nan`.
    Unclear,
}

/// Tells a name from a word that says that there is none.
#[must_use]
pub fn name_word(value: &str) -> NameWord {
    let word = bare(value);
    if !word.is_empty() && !NOTHING_SHAPES.may_hold(word) && !NO_NAME_SHAPES.may_hold(word) {
        return NameWord::Name;
    }
    let folded = lower(word);
    let is_nothing = word.is_empty() || NOTHING.contains(&folded.as_ref());
    let has_brackets = value.contains(['(', '[', '<', '{']);
    if ALSO_NAMES.contains(&folded.as_ref()) {
        let mut letters = word.chars();
        let is_written_as_one =
            letters.next().is_some_and(char::is_uppercase) && letters.all(char::is_lowercase);
        match (is_written_as_one, has_brackets) {
            (true, false) => return NameWord::Name,
            (true, true) | (false, false) => return NameWord::Unclear,
            // (null), (blank)
            (false, true) => {}
        }
    }
    match (is_nothing, has_brackets) {
        (true, false) if !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphabetic()) => {
            NameWord::Unclear
        }
        (true, _) => NameWord::Nothing,
        (false, _) if NO_NAME.contains(&folded.as_ref()) => NameWord::Nothing,
        (false, _) => NameWord::Name,
    }
}

/// Whether a cell without other signs around it may be one of the words that say that there is nothing, or nothing yet.
pub(super) fn may_be_nothing(value: &str) -> bool {
    NOTHING_SHAPES.may_hold(value) || NO_NAME_SHAPES.may_hold(value) || NOT_YET_SHAPES.may_hold(value)
}

/// Whether a cell says that what should be in it is not known yet.
#[must_use]
pub fn is_not_yet(value: &str) -> bool {
    let word = bare(value);
    NOT_YET_SHAPES.may_hold(word) && NOT_YET.contains(&fold(word).as_str())
}

/// Whether a majors column says that there is none.
#[must_use]
pub fn is_no_major(value: &str) -> bool {
    is_nothing(value)
        || NO_MAJOR_SHAPES.may_hold(bare(value)) && NO_MAJOR.contains(&fold(bare(value)).as_str())
}

/// Whether the id column holds a word that is no id.
#[must_use]
pub fn is_no_id(value: &str) -> bool {
    let value = value.trim();
    NO_ID_SHAPES.may_hold(value) && NO_ID.contains(&lower(value).as_ref())
        || value.starts_with('0') && value.bytes().all(|byte| byte == b'0')
}

/// Whether a name says something about the student instead, also in brackets behind the name or as its last word.
#[must_use]
pub fn is_no_person(name: &str) -> bool {
    // "Test", "Deceased" and the like are Latin words, and the whole name, its last word, or the whole content of a bracket
    let may_be_said = |word: &[u8]| {
        LAST_WORD_SHAPES.may_hold_bytes(word)
            || word.eq_ignore_ascii_case(b"use")
            || word.eq_ignore_ascii_case(b"none")
    };
    let is_said = |word: &&str| name.eq_ignore_ascii_case(word);
    let may_be = NO_PERSON_SHAPES.may_hold(name) && (!name.is_ascii() || NO_PERSON.iter().any(is_said))
        || name.as_bytes().split(|byte| *byte == b' ').any(may_be_said)
        || matches!(name.as_bytes(), [b'z' | b'Z', b'z' | b'Z', ..])
        || name.bytes().filter(|byte| matches!(byte, b'(' | b'[' | b'/' | b',')).count() > 0;
    if !may_be {
        return false;
    }
    let folded = fold(name);
    let is_one = |text: &str| NO_PERSON.contains(&text.trim());
    let in_brackets = |(open, close): (char, char)| {
        let inner = folded.split_once(open).and_then(|(_, rest)| rest.split_once(close));
        inner.is_some_and(|(inner, _)| {
            is_one(inner) || matches!(inner.trim(), "test" | "hold" | "dec'd" | "withdrawn")
        })
    };
    let mut words = folded.split(' ');
    is_one(&folded)
        || [('(', ')'), ('[', ']')].into_iter().any(in_brackets)
        || folded.starts_with("zztest")
        || folded.ends_with(" do not use")
        || matches!(
            words.clone().next_back(),
            Some("deceased" | "tba" | "tbc" | "tbd" | "undefined" | "unknown")
        )
        || words.all(|word| LAST_WORDS.contains(&word) && !ALSO_NAMES.contains(&word))
        || has_nothing_in_it(name)
}

/// `Ana NULL` and `N/A Tan`: a program joined a name with none; `Ana Null` and `ANA NULL` are names.
fn has_nothing_in_it(name: &str) -> bool {
    let has_small_letters = || name.contains(char::is_lowercase);
    name.contains([' ', ','])
        && name.split([' ', ',']).any(|word| match word {
            "null" | "nan" => true,
            "NULL" | "NaN" => has_small_letters(),
            _ => word.eq_ignore_ascii_case("n/a") || word.eq_ignore_ascii_case("#n/a"),
        })
        || name.ends_with(" None")
}

/// Whether an address stands for no mailbox.
#[must_use]
pub fn is_placeholder(address: &EmailAddress) -> bool {
    let local = address.address().user();
    let letters = || local.bytes().filter(u8::is_ascii_alphabetic).map(|it| it.to_ascii_lowercase());
    let host = address.domain();
    let ending = memchr::memrchr(b'.', host.as_bytes()).map_or(host, |dot| &host[dot + 1..]);
    let may_be = letters().next().is_some_and(|first| PLACEHOLDER_SHAPES.may_begin(first, letters().count()));
    may_be && PLACEHOLDER_MAILBOXES.iter().any(|mailbox| letters().eq(mailbox.bytes()))
        || local.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("xxx."))
        || local.eq_ignore_ascii_case("n/a")
        || PLACEHOLDER_DOMAIN_SHAPES.may_hold(ending) && PLACEHOLDER_DOMAINS.contains(&ending)
        || is_one_letter(local, host)
        || is_nothing_twice(local, host)
        || matches!(local.as_bytes(), [b'n' | b'N' | b'd' | b'D', b'o' | b'O', ..]) && says_no_mailbox(local)
        || matches!(host.as_bytes(), [b'n' | b'd', ..])
            && NO_MAILBOX.contains(&host.split('.').next().unwrap_or_default())
}

/// `na@na.na`, `nil@nil.com`.
fn is_nothing_twice(local: &str, host: &str) -> bool {
    host.as_bytes().get(local.len()) == Some(&b'.')
        && host.get(..local.len()).is_some_and(|label| label.eq_ignore_ascii_case(local))
        && is_nothing(local)
}

/// `xxxxx@`, `aaa@aaa.aaa`.
fn is_one_letter(local: &str, host: &str) -> bool {
    let [first, rest @ ..] = local.as_bytes() else { return false };
    let is_one = rest.len() > 1 && first.is_ascii_alphabetic() && rest.iter().all(|byte| byte == first);
    is_one && (first.eq_ignore_ascii_case(&b'x') || host.bytes().all(|byte| byte == *first || byte == b'.'))
}

/// `no_email_1234`, `no-mail.tan`; not `noe.maillard`, whose first words are no such words.
fn says_no_mailbox(local: &str) -> bool {
    let mut begun = String::new();
    let words = local.split(|character: char| !character.is_ascii_alphabetic());
    words.filter(|word| !word.is_empty()).take(3).any(|word| {
        begun.push_str(&word.to_ascii_lowercase());
        NO_MAILBOX.contains(&begun.as_str())
    })
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
    // 2:1 and 2.1 are one word, II/A and (Upper Division) several; any other sign, such as ?, says something else
    let is_part = |character: char| character.is_alphanumeric() || character == ':' || character == '.';
    if !folded.chars().all(|character| is_part(character) || " -–—()[],;/'&".contains(character)) {
        return None;
    }
    let words: Vec<String> = folded
        .split(|character| !is_part(character))
        .map(|word| word.replace([':', '.'], ""))
        .filter(|word| !word.is_empty())
        .collect();
    let (fillers, mut rest): (Vec<_>, Vec<_>) =
        words.iter().map(String::as_str).partition(|word| HONOURS_FILLERS.contains(word));
    let says_honours = fillers.iter().any(|word| word.starts_with("hon"));
    // First Class Honours (H1) says it twice
    let is_grade = |word: &&str| matches!(*word, "h1" | "h2" | "h2a" | "h2b" | "h3" | "21" | "22");
    if rest.len() > 1 && rest.last().is_some_and(is_grade) {
        rest.pop();
    } else if rest.len() > 1 && rest.first().is_some_and(is_grade) {
        rest.remove(0);
    }
    let rest = rest.join(" ");
    if rest.is_empty() {
        return says_honours.then_some(true);
    }
    // Division 1, Level 1 and First Degree count something else
    let is_bare =
        matches!(rest.as_str(), "1" | "i" | "ii" | "first" | "1st" | "second" | "2nd" | "third" | "3rd");
    if is_bare && !fillers.is_empty() && !says_honours && !fillers.contains(&"class") {
        return None;
    }
    if WITH_HONOURS.contains(&rest.as_str()) || (says_honours && matches!(rest.as_str(), "2" | "3" | "iii")) {
        return Some(true);
    }
    let denies = matches!(rest.as_str(), "no" | "non" | "not" | "without" | "none" | "not awarded");
    // "Honours Pass" says both
    (denies || (!says_honours && WITHOUT_HONOURS.contains(&rest.as_str()))).then_some(false)
}

/// A word as it is looked up: lower case, one space between words, and each letter in the one way in which Unicode writes it.
#[must_use]
pub fn fold(value: &str) -> String {
    let folded = value.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    if folded.is_ascii() {
        return folded;
    }
    ComposingNormalizerBorrowed::new_nfkc().normalize(&folded).into_owned()
}

static NOTHING_SHAPES: Shapes = Shapes::of(NOTHING);
static NO_NAME_SHAPES: Shapes = Shapes::of(NO_NAME);
static PLACEHOLDER_SHAPES: Shapes = Shapes::of(PLACEHOLDER_MAILBOXES);
static PLACEHOLDER_DOMAIN_SHAPES: Shapes = Shapes::of(PLACEHOLDER_DOMAINS);
static NO_PERSON_SHAPES: Shapes = Shapes::of(NO_PERSON);
static LAST_WORD_SHAPES: Shapes = Shapes::of(LAST_WORDS);
static NOT_YET_SHAPES: Shapes = Shapes::of(NOT_YET);
static NO_ID_SHAPES: Shapes = Shapes::of(NO_ID);
static NO_MAJOR_SHAPES: Shapes = Shapes::of(NO_MAJOR);

fn lower(value: &str) -> Cow<'_, str> {
    if value.bytes().any(|byte| byte.is_ascii_uppercase() || !byte.is_ascii()) {
        Cow::Owned(value.to_lowercase())
    } else {
        Cow::Borrowed(value)
    }
}

#[cfg(test)]
mod tests;
