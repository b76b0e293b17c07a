//! A cell's value as its text on the screen, or why it has none that can be trusted.

use std::borrow::Cow;

use super::format::{Dates, Format};
use super::moment;
use super::sheet::Value;

/// What is said of a formula that only a spreadsheet program could work out.
pub(super) const NOT_CALCULATED: &str =
    "holds a formula that was never calculated; open the workbook in a spreadsheet program and save it";

/// The number from which on Excel keeps zeros for its last digits.
const SIXTEEN_DIGITS: f64 = 1e15;

/// The text of a cell, or the problem it has.
pub(super) fn shown<'a>(value: Value<'a>, format: &Format, dates: Dates) -> Result<Cow<'a, str>, String> {
    match value {
        Value::Text(text) => format.text(text),
        Value::Number(number) if number.is_finite() => format.number(number, dates).map(Cow::Owned),
        Value::Number(_) => Err("holds no number; type its value again".into()),
        Value::Moment(written) => Ok(Cow::Owned(moment::written(written, format.shows()))),
        Value::Yes(yes) => Ok(Cow::Borrowed(if yes { "TRUE" } else { "FALSE" })),
        Value::Error(word) => Err(error(word)),
        Value::NotCalculated => Err(NOT_CALCULATED.into()),
    }
}

/// Says which error a cell shows; only words that can be one are repeated.
fn error(word: &str) -> String {
    let is_word = |word: &str| {
        word.len() <= 20
            && word.bytes().all(|byte| byte.is_ascii_uppercase() || b"#/!?_:0123456789".contains(&byte))
    };
    let word = if is_word(word) && is_error(word) { word } else { "an error" };
    format!("shows {word}; fix the formula")
}

/// Whether a text is what spreadsheet programs show for an error.
pub(super) fn is_error(text: &str) -> bool {
    let ends = |end: char| text.ends_with(end);
    (text.starts_with('#') && (ends('!') || ends('?') || text == "#N/A" || text == "#GETTING_DATA"))
        || text.strip_prefix("Err:").is_some_and(|code| code.bytes().all(|byte| byte.is_ascii_digit()))
}

/// A number without any dress: no thousands, no exponent, no more digits than a spreadsheet program shows.
pub(super) fn plain(number: f64) -> Result<String, String> {
    if number.abs() >= SIXTEEN_DIGITS {
        return Err(
            "is a number of more than 15 digits, and Excel keeps only 15; store it as text, from the \
                    system that it is from"
                .into(),
        );
    }
    if number.fract() == 0.0 {
        // most of them, and without the work that fractions make
        #[expect(clippy::cast_possible_truncation, reason = "it has no more than 15 digits")]
        return Ok((number as i64).to_string());
    }
    // 0.1 + 0.2 is shown as 0.3
    let rounded: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    Ok(rounded.to_string())
}

/// A share as it is shown: `85%`.
pub(super) fn percent(share: f64) -> Result<String, String> {
    Ok(plain(share * 100.0)? + "%")
}

/// What a number's digits behind the point are on the screen, where that is not what its value has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::roster) enum Decimals {
    /// With zeros: `6.0`.
    Shown(String),
    /// Fewer than it has, so that nobody sees what is read.
    Cut,
}

/// A plain number or share with so many digits behind the point; `None` where it has just these.
pub(super) fn decimals(plain: &str, places: usize) -> Option<Decimals> {
    let (digits, sign) = plain.strip_suffix('%').map_or((plain, ""), |digits| (digits, "%"));
    let has = digits.split_once('.').map_or(0, |(_, behind)| behind.len());
    if has > places {
        return Some(Decimals::Cut);
    }
    let point = if has == 0 { "." } else { "" };
    (has < places).then(|| Decimals::Shown(format!("{digits}{point}{}{sign}", "0".repeat(places - has))))
}

/// The same of the text that a program showed for the number, in the signs of whatever country.
pub(super) fn decimals_shown(shown: &str, plain: &str) -> Option<Decimals> {
    let is_share = plain.ends_with('%');
    let shown = shown.trim();
    let has_end = shown.ends_with('%') == is_share;
    let is_number = |text: &str| {
        text.chars().any(|sign| sign.is_ascii_digit())
            && text
                .chars()
                .all(|sign| sign.is_ascii_digit() || " .,'’-\u{a0}\u{202f}\u{2009}%".contains(sign))
    };
    if !has_end || !is_number(shown) {
        return None;
    }
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let (all, own) = (digits(shown), digits(plain));
    if all == own {
        return None;
    }
    let behind = shown.rsplit_once(['.', ',']).map_or("", |(_, behind)| behind);
    match decimals(plain, digits(behind).len()) {
        Some(Decimals::Shown(text)) if digits(&text) == all => Some(Decimals::Shown(text)),
        // zeros before it are of an id
        _ if all.trim_start_matches('0') == own.trim_start_matches('0') => None,
        _ => Some(Decimals::Cut),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_plain() {
        for (number, text) in [
            (2026.0, "2026"),
            (-0.0, "0"),
            (0.1 + 0.2, "0.3"),
            (2_025.999_999_999_999_8, "2026"),
            (1e-7, "0.0000001"),
            (999_999_999_999_999.0, "999999999999999"),
            (-12.5, "-12.5"),
        ] {
            assert_eq!(plain(number).as_deref(), Ok(text));
        }
        for number in [1e15, 20_260_012_345_678_901.0, -1e300] {
            assert!(plain(number).is_err_and(|problem| problem.contains("15 digits")));
        }
    }

    #[test]
    fn decimals_are_found_in_the_signs_of_any_country() {
        let text = |text: &str| Some(Decimals::Shown(text.to_owned()));
        for (shown, plain, expected) in [
            ("6.0", "6", text("6.0")),
            ("6,0", "6", text("6.0")),
            ("1.234,50", "1234.5", text("1234.50")),
            ("1,234", "1234", None),
            ("6.5", "6.5", None),
            ("-6,50", "-6.5", text("-6.50")),
            ("85.0%", "85%", text("85.0%")),
            ("85 %", "85%", None),
            ("7.3", "7.25", Some(Decimals::Cut)),
            ("8", "7.5", Some(Decimals::Cut)),
            ("81%", "81.25%", Some(Decimals::Cut)),
            ("007", "7", None),
            ("S7", "7", None),
            ("###", "7", None),
            ("", "7", None),
        ] {
            assert_eq!(decimals_shown(shown, plain), expected, "{shown}");
        }
    }

    #[test]
    fn an_error_is_named_and_nothing_else_is() {
        assert_eq!(error("#SPILL!"), "shows #SPILL!; fix the formula");
        assert_eq!(error("#N/A"), "shows #N/A; fix the formula");
        assert_eq!(error("#Ada Lovelace!"), "shows an error; fix the formula");
        assert!(is_error("#NAME?") && is_error("Err:502") && !is_error("#1 Street") && !is_error("#N/A yet"));
    }
}
