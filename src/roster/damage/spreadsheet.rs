//! What spreadsheets leave behind: formulas, errors, and ids that they took for numbers, dates or truth values.

use super::Kind;

const FORMULA: &str = "looks like a spreadsheet formula; give the text itself";

/// A cell that shows an error or a truth value.
pub(super) fn damage_of_a_word(text: &str, kind: Kind) -> Option<&'static str> {
    if kind != Kind::Word && matches!(text, "TRUE" | "FALSE") {
        return Some("is a yes or no of a spreadsheet (TRUE, FALSE); is this the right column?");
    }
    if text.starts_with('#') && ERRORS.contains(&text) {
        return Some("is an error that a spreadsheet shows; correct the formula and export again");
    }
    None
}

const ERRORS: [&str; 14] = [
    "#N/A",
    "#N/A!",
    "#NA",
    "#REF!",
    "#VALUE!",
    "#NAME?",
    "#DIV/0!",
    "#NULL!",
    "#NUM!",
    "#SPILL!",
    "#CALC!",
    "#FIELD!",
    "#GETTING_DATA",
    "#BLOCKED!",
];

/// A formula, or a sign before a text that a spreadsheet would take for the beginning of one.
pub(super) fn formula(text: &str, kind: Kind) -> Option<&'static str> {
    let sign = text.chars().next()?;
    let behind = &text[sign.len_utf8()..];
    match sign {
        '=' => Some(FORMULA),
        '@' if kind != Kind::Word || behind.contains('(') => Some(FORMULA),
        '+' | '-' if is_calculation(behind) => Some(FORMULA),
        '+' | '-' if kind == Kind::Title && behind.starts_with(char::is_alphabetic) => {
            Some("begins with a + or - that is no part of it; remove the sign")
        }
        '\'' if kind == Kind::Title && !behind.contains('\'') => {
            Some("begins with an apostrophe, by which spreadsheets mark text; remove it")
        }
        '|' if kind == Kind::Name => Some(FORMULA),
        _ => None,
    }
}

/// `SUM(A1)` or `A1*2`.
fn is_calculation(text: &str) -> bool {
    let name = text.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || b"_.$!".contains(byte)).count();
    let letters = text.bytes().take_while(u8::is_ascii_uppercase).count();
    let is_function = name > 0 && text.as_bytes().get(name) == Some(&b'(');
    let is_cell = (1..=3).contains(&letters)
        && letters < name
        && text.as_bytes()[letters..name].iter().all(u8::is_ascii_digit)
        && text.as_bytes().get(name).is_none_or(|byte| b"+-*/&,:".contains(byte));
    is_function || is_cell
}

/// What a spreadsheet made of a student id, if the id looks as if one had; an id that only might be is none.
pub(in crate::roster) fn damage_of_an_id(text: &str) -> Option<&'static str> {
    let bytes = text.as_bytes();
    // most ids are letters and digits, of which a spreadsheet makes nothing else than words
    if bytes.iter().all(u8::is_ascii_alphanumeric) && !matches!(bytes.len(), 4 | 5) {
        return None;
    }
    if !bytes.is_empty() && bytes.iter().all(|byte| *byte == b'#') {
        return Some("the column was too narrow to show the number (#####); widen it and export again");
    }
    if ERRORS.contains(&text) {
        return Some("is an error that a spreadsheet shows; correct the formula and export again");
    }
    if ["true", "false"].contains(&text.to_ascii_lowercase().as_str()) {
        return Some("is a yes or no of a spreadsheet (TRUE, FALSE); is this the student id column?");
    }
    if let Some(problem) = damage_of_a_number(text) {
        return Some(problem);
    }
    if is_date(text) {
        return Some(
            "is a date: a spreadsheet may have made it of an id; format the column as text and export again",
        );
    }
    if text.split_once('.').is_some_and(|(whole, rest)| {
        // some write ids as 00.123 and 2026.12; a spreadsheet, the number 12345.678
        let is_long = whole.len() > 4 && !whole.starts_with('0');
        are_digits(whole) && are_digits(rest) && (is_long || rest.bytes().all(|byte| byte == b'0'))
    }) {
        return Some(
            "is a number with decimals, as a spreadsheet writes it, so its leading zeros may be lost; export the column as \
             text",
        );
    }
    if has_thousands(text) {
        return Some("is written with thousands separators; format the column as text and export again");
    }
    None
}

/// What a spreadsheet made of a long number, or of a code that looks like one (`1E5`).
pub(in crate::roster) fn damage_of_a_number(text: &str) -> Option<&'static str> {
    is_shortened(text).then_some("Excel shortened this number; format the column as text and export again")
}

fn are_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// `1.23457E+12`, and the comma of other countries; `12E45` is an id like another.
fn is_shortened(text: &str) -> bool {
    let Some((number, exponent)) = text.split_once(['E', 'e']) else { return false };
    let decimals = number.strip_prefix('-').unwrap_or(number).split_once(['.', ',']);
    let is_decimal = decimals.is_some_and(|(whole, rest)| are_digits(whole) && are_digits(rest));
    let signed = exponent.strip_prefix(['+', '-']);
    match signed {
        Some(digits) => are_digits(digits) && (is_decimal || are_digits(number)),
        None => is_decimal && are_digits(exponent),
    }
}

/// A day or month with a name (`12-Jan`, `Jan-24`), or three numbers that can be a day (`12/01/2026`, `2026-05-01`).
fn is_date(text: &str) -> bool {
    // with a time behind it, as a database or Excel writes it
    let day = match text.split_once([' ', 'T']) {
        Some((day, time)) if time.contains(':') => day,
        _ => text,
    };
    let Some(sign) = day.chars().find(|sign| "-/. ".contains(*sign)) else { return false };
    let parts: Vec<&str> = day.split(sign).collect();
    let is_month = |part: &str| MONTHS.iter().any(|month| month.eq_ignore_ascii_case(part));
    let number =
        |part: &str| if are_digits(part) && part.len() <= 4 { part.parse::<u16>().ok() } else { None };
    match parts[..] {
        [one, other] if sign != '.' => {
            let is_short = |part: &str| number(part).is_some_and(|_| matches!(part.len(), 1 | 2 | 4));
            (is_month(one) && is_short(other)) || (is_month(other) && is_short(one))
        }
        [one, two, three] => {
            if is_month(two) {
                return number(one).is_some() && number(three).is_some();
            }
            let (Some(first), Some(second), Some(third)) = (number(one), number(two), number(three)) else {
                return false;
            };
            let is_day = |number| (1..=31).contains(&number);
            let has_month = |one, other| is_day(one) && is_day(other) && (one <= 12 || other <= 12);
            let is_year = |part: &str, year| part.len() == 4 && (1900..2700).contains(&year);
            (is_year(three, third) && has_month(first, second))
                || (is_year(one, first) && has_month(second, third))
        }
        _ => false,
    }
}

const MONTHS: [&str; 24] = [
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
    "Sept",
    "January",
    "February",
    "March",
    "April",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// `1,234` or `12,345,678`.
fn has_thousands(text: &str) -> bool {
    let mut groups = text.split(',');
    let first = groups.next().unwrap_or_default();
    let rest: Vec<&str> = groups.collect();
    are_digits(first)
        && first.len() <= 3
        && !rest.is_empty()
        && rest.iter().all(|group| group.len() == 3 && are_digits(group))
}
