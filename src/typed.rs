//! What people type or paste into the page: the same letters and digits, in whatever form their keyboard and their
//! clipboard gave them.

use icu_normalizer::ComposingNormalizerBorrowed;

/// The zero of each script whose digits are typed; the nine others follow it (Unicode, general category Nd).
const ZEROS: [char; 15] = [
    '\u{660}', '\u{6f0}', '\u{966}', '\u{9e6}', '\u{a66}', '\u{ae6}', '\u{b66}', '\u{be6}', '\u{c66}',
    '\u{ce6}', '\u{d66}', '\u{e50}', '\u{ed0}', '\u{1040}', '\u{17e0}',
];

/// The text with full-width and other forms of letters as the ordinary ones (Unicode NFKC), digits of other scripts as
/// 0 to 9, and what is invisible gone.
#[must_use]
pub fn plain(text: &str) -> String {
    let ordinary = ComposingNormalizerBorrowed::new_nfkc().normalize(text);
    ordinary.chars().filter(|character| !is_invisible(*character)).map(western).collect()
}

/// A digit of any of the scripts as one of 0 to 9; anything else as it is.
fn western(character: char) -> char {
    let digit = |zero: &char| u32::from(character).checked_sub(u32::from(*zero)).filter(|value| *value < 10);
    ZEROS.iter().find_map(digit).and_then(|value| char::from_digit(value, 10)).unwrap_or(character)
}

/// Of no width, or a direction: comes along when somebody copies from a mail or a chat.
const fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_a_letter_and_a_digit_is_the_same() {
        for typed in
            ["Ab 0123456789", "Ａｂ　０１２３４５６７８９", "Ab ๐๑๒๓๔๕๖๗๘๙", "Ab ٠١٢٣٤٥٦٧٨٩", "Ab ០១២៣៤៥៦៧៨៩"]
        {
            assert_eq!(plain(typed), "Ab 0123456789");
        }
        assert_eq!(plain("\u{feff}7\u{200b}K\u{2066}2\u{ad}M\u{fe0f}\u{2069}"), "7K2M");
        assert_eq!(plain("é\u{e49}"), "é\u{e49}", "letters and marks of other scripts stay");
    }
}
