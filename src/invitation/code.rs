//! The secret that proves an invitation: 60 random bits as 12 symbols, and one symbol that tells a typing
//! mistake from a guess.
//!
//! The alphabet is Crockford's Base32: 32 symbols without I, L, O and U. The check symbol is a weighted sum
//! over GF(32), so every single wrong symbol and every swap of two neighbours is seen, whatever the symbols.

use std::fmt;

use rand::{CryptoRng, RngExt};

use crate::typed::plain;

pub(super) const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const SYMBOLS: usize = 12;

/// A code in clear. It exists from its making until its mail is handed over, and never in a log.
#[derive(Clone, PartialEq, Eq)]
pub struct Code([u8; SYMBOLS + 1]);

/// Why an input is no code; neither reason costs the person anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Typo {
    /// Too few or too many symbols.
    #[error("a code has 13 letters and digits")]
    Length,
    /// A symbol that codes do not have.
    #[error("a code has letters and digits only")]
    Symbol,
    /// The check symbol does not fit: something was mistyped.
    #[error("there is a typing mistake in it")]
    Mistyped,
}

impl Code {
    /// The symbols, for the keyed hash only.
    pub(super) const fn symbols(&self) -> &[u8] {
        &self.0
    }

    /// A new code from a cryptographic random source.
    pub fn random(rng: &mut impl CryptoRng) -> Self {
        let mut symbols = [0; SYMBOLS + 1];
        for symbol in &mut symbols[..SYMBOLS] {
            // 256 is a multiple of 32, so five bits of a random byte are unbiased
            *symbol = rng.random::<u8>() & 31;
        }
        symbols[SYMBOLS] = check_symbol(&symbols[..SYMBOLS]);
        Self(symbols)
    }

    /// Reads what a person typed or pasted. Case, spaces, dashes and any other sign do not matter, O is 0, I and L are
    /// 1; around the code there may be the whole link, a label such as `Your code:`, or any other words.
    ///
    /// Where in a longer text the code is, its shape tells and not its check symbol: the last part of a link, or groups of
    /// letters and digits that make 4-4-5, a digit among them. So the check symbol finds as many mistakes as in a code alone,
    /// but where other words happen to have that shape, too.
    ///
    /// # Errors
    /// A [`Typo`], found without a look at the ledger.
    pub fn parse(input: &str) -> Result<Self, Typo> {
        let text = plain(input).to_ascii_uppercase();
        // as links stand inside other links
        let text = text.replace("%2F", "/");
        let text = text.rsplit_once(BEFORE_CODE).map_or(&*text, |(_, rest)| end_of_link(rest));
        let groups: Vec<&str> =
            text.split(|it: char| !it.is_ascii_alphanumeric()).filter(|it| !it.is_empty()).collect();
        let length: usize = groups.iter().map(|group| group.len()).sum();
        if length == SYMBOLS + 1 {
            return Self::of(&groups.concat());
        }
        let shaped = (0..groups.len()).filter_map(|at| shaped(&groups[at..]));
        let (codes, words): (Vec<_>, Vec<_>) =
            shaped.partition(|it| it.bytes().any(|byte| byte.is_ascii_digit()));
        let mut read: Vec<_> = codes.iter().map(|it| Self::of(it)).collect();
        if read.is_empty() {
            // hardly one code in a hundred has letters only
            read = words.iter().map(|it| Self::of(it)).filter(|it| *it != Err(Typo::Symbol)).collect();
        }
        if read.iter().any(Result::is_ok) {
            read.retain(Result::is_ok);
        }
        read.dedup();
        match &read[..] {
            [one] => one.clone(),
            [Err(typo), ..] => Err(*typo),
            [] if text.chars().filter(|it| it.is_alphanumeric()).count() == SYMBOLS + 1 => Err(Typo::Symbol),
            // none, or several
            _ => Err(Typo::Length),
        }
    }

    /// Reads 13 letters and digits.
    fn of(text: &str) -> Result<Self, Typo> {
        let mut symbols = [0; SYMBOLS + 1];
        for (symbol, letter) in symbols.iter_mut().zip(text.bytes()) {
            let value = match letter {
                b'O' => 0,
                b'I' | b'L' => 1,
                letter => ALPHABET.iter().position(|it| *it == letter).ok_or(Typo::Symbol)?,
            };
            *symbol = u8::try_from(value).map_err(|_| Typo::Symbol)?;
        }
        if check_symbol(&symbols[..SYMBOLS]) != symbols[SYMBOLS] {
            return Err(Typo::Mistyped);
        }
        Ok(Self(symbols))
    }

    /// The code as the mail shows it: `7K2M-9QXT-R4WPH`.
    #[must_use]
    pub fn grouped(&self) -> String {
        let symbol = |value: &u8| char::from(ALPHABET[usize::from(*value & 31)]);
        let mut text = String::with_capacity(SYMBOLS + 3);
        for (position, value) in self.0.iter().enumerate() {
            if position == 4 || position == 8 {
                text.push('-');
            }
            text.push(symbol(value));
        }
        text
    }
}

/// Debug output ends up in logs and panics, so it says nothing.
impl fmt::Debug for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Code(…)")
    }
}

/// What stands before the code at the end of a link from the mail.
const BEFORE_CODE: &str = "/R/";

/// The part of a link's path that begins here.
fn end_of_link(text: &str) -> &str {
    text.split(|it: char| it.is_whitespace() || "/?#&\"'<>".contains(it)).next().unwrap_or_default()
}

/// The 13 letters and digits at the beginning of these groups, where they are grouped as a code is.
fn shaped(groups: &[&str]) -> Option<String> {
    let mut text = String::new();
    for group in groups {
        text.push_str(group);
        match text.len() {
            4 | 8 => {}
            13 => return Some(text),
            _ => return None,
        }
    }
    None
}

/// Horner's rule in GF(32) with the generator 2: each position has a weight of its own, none of them zero.
fn check_symbol(symbols: &[u8]) -> u8 {
    symbols.iter().fold(0, |sum, symbol| doubled(sum ^ symbol))
}

/// Multiplication by x modulo x⁵ + x² + 1.
const fn doubled(value: u8) -> u8 {
    let shifted = value << 1;
    if shifted & 32 == 0 { shifted } else { shifted ^ 0b10_0101 }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rand::SeedableRng;
    use rand::rngs::StdRng;

    use super::*;

    fn code(seed: u64) -> Code {
        Code::random(&mut StdRng::seed_from_u64(seed))
    }

    proptest! {
        #[test]
        fn a_code_is_read_back_however_it_is_typed(seed: u64) {
            let code = code(seed);
            let shown = code.grouped();
            let typed = shown.to_lowercase().replace('-', " ").replace('0', "o").replace('1', "l");
            prop_assert_eq!(Code::parse(&shown), Ok(code.clone()));
            prop_assert_eq!(Code::parse(&format!("\u{a0}{typed}\n")), Ok(code));
        }

        #[test]
        fn one_wrong_symbol_is_a_typing_mistake(seed: u64, position in 0..13_usize, other in 1..32_u8) {
            let mut wrong = code(seed);
            wrong.0[position] = (wrong.0[position] + other) & 31;
            prop_assert_eq!(Code::parse(&wrong.grouped()), Err(Typo::Mistyped));
        }

        #[test]
        fn two_neighbours_swapped_are_a_typing_mistake(seed: u64, position in 0..12_usize) {
            let right = code(seed);
            let mut wrong = right.clone();
            wrong.0.swap(position, position + 1);
            prop_assume!(wrong != right);
            prop_assert_eq!(Code::parse(&wrong.grouped()), Err(Typo::Mistyped));
        }

        #[test]
        fn no_input_panics(input: String) {
            let _ = Code::parse(&input);
        }
    }

    /// What stands around a code when it is pasted; {} is the code.
    const AROUND: [&str; 24] = [
        "https://seekpass.northfield.example/r/{}",
        "https://seekpass.northfield.example/r/{}/",
        "https://www.northfield.example/seekpass/r/{}?utm_source=mail#top",
        "HTTPS://DATA.GRAD.NORTH.EXAMPLE/R/{}",
        "<https://seekpass.northfield.example/r/{}>",
        "https://filter.example/?url=https%3A%2F%2Fseekpass.northfield.example%2Fr%2F{}&data=05%7C02",
        "/r/{}",
        "Open this link: https://seekpass.northfield.example/r/{} Your code",
        "Your code: {}",
        "Your code\r\n---------\r\n\r\nValid until 14 December 2026:\r\n\r\n    {}\r\n",
        "code={}",
        "Kode Anda {}",
        "您的代码：{}。",
        "代码{}",
        "รหัสของคุณ {}",
        "\"{}\"",
        "'{}'",
        "“{}”",
        "„{}“",
        "«\u{a0}{}\u{a0}»",
        "「{}」",
        "({})",
        "[**{}**]",
        "\u{200b}\u{2068}{}\u{2069}\u{feff}.",
    ];

    /// How the code itself may look.
    fn looks(shown: &str) -> Vec<String> {
        let wide = |it: char| {
            if it.is_ascii_graphic() { char::from_u32(u32::from(it) + 0xfee0).unwrap_or(it) } else { it }
        };
        vec![
            shown.to_owned(),
            shown.replace('-', ""),
            shown.replace('-', " "),
            shown.replace('-', "\u{2011}"),
            shown.replace('-', "-\n"),
            shown.to_lowercase().replace('-', " – "),
            shown.chars().map(wide).collect(),
            shown.replace('-', "\u{200b}-\u{2060}"),
        ]
    }

    proptest! {
        #[test]
        fn a_code_is_found_in_whatever_is_pasted_with_it(seed: u64) {
            let code = code(seed);
            for around in AROUND {
                for look in looks(&code.grouped()) {
                    // a link has no spaces in it
                    if look.contains(char::is_whitespace) && around.to_lowercase().replace("%2f", "/").contains("/r/") {
                        continue;
                    }
                    let pasted = around.replace("{}", &look);
                    prop_assert_eq!(Code::parse(&pasted), Ok(code.clone()), "{}", pasted);
                }
            }
        }

        /// The check symbol is as good there as it is for a code alone.
        #[test]
        fn one_wrong_symbol_is_a_typing_mistake_there_too(seed: u64, position in 0..13_usize, other in 1..32_u8) {
            let mut wrong = code(seed);
            wrong.0[position] = (wrong.0[position] + other) & 31;
            for around in AROUND {
                let pasted = around.replace("{}", &wrong.grouped());
                prop_assert_eq!(Code::parse(&pasted), Err(Typo::Mistyped), "{}", pasted);
            }
        }

        #[test]
        fn one_symbol_more_or_less_is_no_code(seed: u64, position in 0..13_usize) {
            let shown = code(seed).grouped().replace('-', "");
            let (less, more) = (shown.clone(), shown.clone());
            let less: String = less.chars().enumerate().filter(|(at, _)| *at != position).map(|(_, it)| it).collect();
            let more = format!("{}7{}", &more[..position], &more[position..]);
            for around in AROUND {
                for wrong in [&less, &more] {
                    let pasted = around.replace("{}", wrong);
                    prop_assert_eq!(Code::parse(&pasted), Err(Typo::Length), "{}", pasted);
                }
            }
        }
    }

    #[test]
    fn two_codes_are_none() {
        let (one, other) = (code(1).grouped(), code(2).grouped());
        assert_eq!(Code::parse(&format!("{one} or {other}")), Err(Typo::Length));
        assert_eq!(Code::parse(&format!("{one} or {one}")), Ok(code(1)));
    }

    #[test]
    fn a_sign_that_no_code_has_is_told_from_a_wrong_length() {
        for typed in ["7K2M-9QXT-R4WPU", "7K2М-9QXT-R4WPH", "Your code: 7K2M-9QXT-R4WPU"] {
            assert_eq!(Code::parse(typed), Err(Typo::Symbol), "{typed}");
        }
        for typed in ["", "7K2M", "Your code", "7K2M-9QXT-R4WP!", "7K2M-9QXT-R4WPHH"] {
            assert_eq!(Code::parse(typed), Err(Typo::Length), "{typed}");
        }
    }

    #[test]
    fn a_code_shows_in_no_debug_output() {
        assert_eq!(format!("{:?}", code(1)), "Code(…)");
    }
}
