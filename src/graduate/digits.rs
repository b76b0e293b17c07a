//! Decimal digits of other scripts, as keyboards in East and South-East Asia type them.

use std::borrow::Cow;

/// Where the ten digits of a script begin (Unicode, general category Nd), for the scripts of SEEK Pass's countries and
/// their neighbours.
const ZEROS: [char; 10] = [
    '\u{660}',  // Arabic-Indic
    '\u{6f0}',  // Extended Arabic-Indic
    '\u{966}',  // Devanagari
    '\u{9e6}',  // Bengali
    '\u{be6}',  // Tamil
    '\u{e50}',  // Thai
    '\u{ed0}',  // Lao
    '\u{1040}', // Myanmar
    '\u{17e0}', // Khmer
    '\u{ff10}', // full-width
];

/// The text with its decimal digits in ASCII.
#[must_use]
pub fn ascii_digits(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|character| digit(character).unwrap_or(character)).collect())
}

fn digit(character: char) -> Option<char> {
    let value = ZEROS.iter().find_map(|zero| {
        let value = u32::from(character).checked_sub(u32::from(*zero))?;
        (value < 10).then_some(value)
    })?;
    char::from_digit(value, 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_of_other_scripts_become_ascii_and_nothing_else_changes() {
        assert_eq!(ascii_digits("๓๐/๐๖/๒๕๖๙ é"), "30/06/2569 é");
        assert_eq!(ascii_digits("００１２３４５６"), "00123456");
        assert_eq!(ascii_digits("2026"), "2026");
    }
}
