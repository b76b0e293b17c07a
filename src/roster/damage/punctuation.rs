//! Question marks, quotes, brackets and other punctuation that a right text would not have so.

use super::{Kind, Signs};

const LOST: &str = "has a ? where a letter was lost in an earlier conversion; export it again as UTF-8";
const UNPAIRED_QUOTE: &str = "has a quotation mark without its other half; close or remove it";
const WHOLLY_QUOTED: &str = "is wholly in quotation marks; remove them";
const UNPAIRED_BRACKET: &str = "has a bracket without its other half; close or remove it";
const NO_NAME: &str =
    "has a sign in it that is in no name (such as + = < > | ~ ^ $ * # % _ ;); give the name alone";
const STRAY: &str = "begins or ends with a sign that is no part of a name (- . ,); remove it";
const NUMBER: &str = "has a number in it; is this the name column?";

pub(super) fn find(text: &str, kind: Kind, signs: Signs) -> Option<&'static str> {
    let beyond = Signs::PUNCTUATION;
    if signs.have(Signs::QUESTION_MARK) && has_lost_letters(text, kind) {
        return Some(LOST);
    }
    if signs.have(Signs::QUOTE.or(beyond)) {
        match quotes(text) {
            Quotes::Unpaired => return Some(UNPAIRED_QUOTE),
            Quotes::Whole if kind != Kind::Word => return Some(WHOLLY_QUOTED),
            Quotes::Whole | Quotes::Paired => {}
        }
    }
    if signs.have(Signs::BRACKET.or(beyond)) && has_unpaired_bracket(text) {
        return Some(UNPAIRED_BRACKET);
    }
    if kind != Kind::Name {
        return None;
    }
    if signs.have(NOT_IN_NAMES) && text.contains(is_in_no_name) {
        return Some(NO_NAME);
    }
    if signs.have(Signs::DIGIT) && holds_a_number(text) {
        return Some(NUMBER);
    }
    let ends = text.starts_with(',') || text.ends_with([',', '，', '、']);
    let mut words = text.split(' ');
    let (first, last) = (words.next(), words.next_back());
    if ends || (last.is_some() && [first, last].into_iter().flatten().any(is_stray)) {
        return Some(STRAY);
    }
    None
}

/// Of a title one `?` at the end of a question is right.
fn has_lost_letters(text: &str, kind: Kind) -> bool {
    let is_question = || {
        let ends = text.ends_with('?') && text.matches('?').count() == 1;
        ends && text.contains(' ') && !text.ends_with(" ?") && !is_torn_word(text)
    };
    kind != Kind::Title || !is_question()
}

/// `Kinh t?`: one letter that is no word before the ?, or a word of Vietnamese, whose last letter it may have been.
fn is_torn_word(text: &str) -> bool {
    let last = text.trim_end_matches('?').rsplit(' ').next().unwrap_or_default();
    let is_one_letter = last.chars().count() == 1 && last != "I";
    is_one_letter
        || text
            .contains(|letter| matches!(letter, 'ơ' | 'Ơ' | 'ư' | 'Ư' | 'đ' | 'Đ' | '\u{1ea0}'..='\u{1ef9}'))
}

enum Quotes {
    Paired,
    Whole,
    Unpaired,
}

/// „These“, “these”, ”these”, «these», »these«, 「these」 and "these".
fn quotes(text: &str) -> Quotes {
    let mut open: Option<char> = None;
    let (mut pairs, mut closed_last) = (0, false);
    let mut before = None;
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        closed_last = false;
        // Hebrew gershayim, typed so in most names
        let is_hebrew =
            |beside: Option<char>| beside.is_some_and(|letter| matches!(letter, '\u{5d0}'..='\u{5f2}'));
        let is_letter = character == '"' && is_hebrew(before) && is_hebrew(characters.peek().copied());
        before = Some(character);
        if is_letter || !"\"“”„‟«»「」『』".contains(character) {
            continue;
        }
        match open {
            Some(opening) if closes(opening, character) => {
                open = None;
                pairs += 1;
                closed_last = true;
            }
            None if !"」』".contains(character) => open = Some(character),
            _ => return Quotes::Unpaired,
        }
    }
    if open.is_some() {
        return Quotes::Unpaired;
    }
    let opens_first = text.starts_with(['"', '“', '”', '„', '«', '»', '「', '『']);
    if pairs == 1 && opens_first && closed_last { Quotes::Whole } else { Quotes::Paired }
}

fn closes(opening: char, closing: char) -> bool {
    match opening {
        '"' => closing == '"',
        '“' | '”' => closing == '”',
        '„' | '‟' => matches!(closing, '“' | '”'),
        '«' => closing == '»',
        '»' => matches!(closing, '«' | '»'),
        '「' => closing == '」',
        _ => closing == '』',
    }
}

/// `1)` and `a)` number what follows.
fn has_unpaired_bracket(text: &str) -> bool {
    // as in most: one pair
    if text.is_ascii()
        && let Some((_, behind)) = text.split_once('(')
        && let Some((inside, rest)) = behind.split_once(')')
        && ![inside, rest].iter().any(|part| part.contains(['(', ')', '[', ']', '{', '}']))
    {
        return false;
    }
    let mut open = Vec::new();
    for (place, character) in text.char_indices() {
        let opening = match character {
            '(' | '（' => {
                open.push('(');
                continue;
            }
            '[' | '［' | '{' | '【' => {
                open.push(character);
                continue;
            }
            ')' | '）' => '(',
            ']' => '[',
            '］' => '［',
            '}' => '{',
            '】' => '【',
            _ => continue,
        };
        let is_number = || text[..place].rsplit(' ').next().is_some_and(|word| word.chars().count() == 1);
        match open.pop() {
            Some(before) if before == opening => {}
            None if character == ')' && is_number() => {}
            _ => return true,
        }
    }
    !open.is_empty()
}

const NOT_IN_NAMES: Signs = Signs::OTHER
    .or(Signs::PLUS)
    .or(Signs::EQUALS)
    .or(Signs::LESS)
    .or(Signs::TILDE)
    .or(Signs::PERCENT)
    .or(Signs::UNDERSCORE);

/// `!` is a letter of Khoekhoe as it is often typed.
fn is_in_no_name(character: char) -> bool {
    "+=<>|~^$*#%_;".contains(character)
}

/// A student id, a date or a telephone number; what tells people of one name apart (`Mei Tan 12`) is none.
fn holds_a_number(text: &str) -> bool {
    let digits = |word: &str| word.bytes().filter(u8::is_ascii_digit).count();
    let is_number = |word: &str| {
        let is_date = digits(word) > 5 && word.bytes().filter(|byte| b"-/.".contains(byte)).count() == 2;
        digits(word) > 6 || (digits(word) > 2 && word.starts_with('0')) || is_date
    };
    digits(text) > 9 || (!text.contains(' ') && digits(text) > 2) || text.split(' ').any(is_number)
}

/// A word of signs alone, such as forms fill in for a missing part of a name.
fn is_stray(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|character| "-.,–—:/".contains(character))
}
