//! Damaged text is a mistake of its row and is never passed on: letters lost to `?`, escapes of other programs, signs
//! that are in no name, text of one encoding read as another.
//!
//! A text comes here as [`clean`](crate::graduate::clean) leaves it, which has refused U+FFFD, control characters, line
//! breaks and UTF-8 that was read in another encoding. A right name in any script must pass: where damage cannot be
//! told from a name, it passes too.

mod characters;
mod east_asian;
mod escapes;
mod letters;
pub(super) mod misread;
mod places;
mod punctuation;
mod signs;
mod spreadsheet;
mod words;

use crate::graduate::Problem;
use signs::Signs;

pub(super) use spreadsheet::{damage_of_a_number, damage_of_an_id};

/// What a cell holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// The name of a person, or a part of one.
    Name,
    /// The name of a course, a major.
    Title,
    /// Honours, a code: anything short.
    Word,
}

/// Looks for damage in a text that is not empty.
///
/// # Errors
/// A [`Problem`] that says what is wrong and what to do, without the text.
pub(super) fn check(text: &str, kind: Kind) -> Result<(), Problem> {
    find(text, kind).map_or(Ok(()), |problem| Err(Problem::new(problem)))
}

/// Whether a cell is of letters of ASCII, with single spaces, hyphens and apostrophes between them: as most are, in which only
/// a word can tell of damage.
pub(super) fn is_usual(cell: &str) -> bool {
    let is_outside = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphabetic);
    let bytes = cell.as_bytes();
    is_outside(bytes.first())
        && is_outside(bytes.last())
        && Signs::of(cell).are_within(Signs::PLAIN)
        && !bytes.windows(2).any(|pair| pair == b"  ")
        && !matches!(cell, "TRUE" | "FALSE")
}

/// The same of a code: letters and digits only, the first a letter.
pub(super) fn is_usual_code(cell: &str) -> bool {
    let bytes = cell.as_bytes();
    bytes.len() <= 64
        && bytes.first().is_some_and(u8::is_ascii_alphabetic)
        && bytes.iter().all(u8::is_ascii_alphanumeric)
}

/// Looks for damage that can be seen only before [`clean`](crate::graduate::clean): it makes a space of the no-break
/// space, which is `á` of DOS read as Windows-1252 (`B tori`). A no-break space between names passes.
///
/// # Errors
/// As [`check`].
pub(super) fn check_raw(value: &str) -> Result<(), Problem> {
    if value.is_ascii() || !value.contains('\u{a0}') || !letters::has_lost_letter(value) {
        return Ok(());
    }
    Err(Problem::new(
        "has a no-break space inside a word, where a letter was; it was read in a wrong encoding: export it again as UTF-8",
    ))
}

/// Whether a mistake is of those that a wrong encoding makes.
pub(super) fn is_of_encoding(problem: &str) -> bool {
    problem.ends_with("export it again as UTF-8")
}

fn find(text: &str, kind: Kind) -> Option<&'static str> {
    let signs = Signs::of(text);
    let plain =
        if kind == Kind::Name { Signs::PLAIN } else { Signs::PLAIN.or(Signs::DIGIT).or(Signs::COMMA) };
    if signs.are_within(plain)
        && text.starts_with(is_letter)
        && (kind != Kind::Name || text.ends_with(is_letter))
    {
        return spreadsheet::damage_of_a_word(text, kind);
    }
    spreadsheet::damage_of_a_word(text, kind)
        .or_else(|| spreadsheet::formula(text, kind))
        .or_else(|| escapes::find(text, kind, signs))
        .or_else(|| punctuation::find(text, kind, signs))
        .or_else(|| if signs.have(Signs::BEYOND_ASCII) { beyond_ascii(text, kind) } else { None })
        .or_else(|| no_letter(text, kind))
}

fn is_letter(character: char) -> bool {
    character.is_ascii_alphabetic()
}

fn beyond_ascii(text: &str, kind: Kind) -> Option<&'static str> {
    let mut characters = Vec::with_capacity(text.len());
    characters.extend(text.chars());
    characters::find(&characters, kind)
        .or_else(|| letters::find(&characters, kind))
        .or_else(|| words::find(text))
        .or_else(|| if kind == Kind::Name { east_asian::find(&characters) } else { None })
        .or_else(|| misread::find(text))
}

fn no_letter(text: &str, kind: Kind) -> Option<&'static str> {
    let has_letter = text.chars().any(char::is_alphabetic);
    match kind {
        Kind::Name if !has_letter => Some("has no letter in it; is this the name column?"),
        Kind::Title if !has_letter => Some("has no letter in it; give its name in words"),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
