//! The secret that proves an invitation: 60 random bits as 12 symbols, and one symbol that tells a typing
//! mistake from a guess.
//!
//! The alphabet is Crockford's Base32: 32 symbols without I, L, O and U. The check symbol is a weighted sum
//! over GF(32), so every single wrong symbol and every swap of two neighbours is seen, whatever the symbols.

use std::fmt;

use rand::{CryptoRng, RngExt};

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

    /// A new code from a cryptographic source of chance.
    pub fn random(chance: &mut impl CryptoRng) -> Self {
        let mut symbols = [0; SYMBOLS + 1];
        for symbol in &mut symbols[..SYMBOLS] {
            // 256 is a multiple of 32, so five bits of a random byte are unbiased
            *symbol = chance.random::<u8>() & 31;
        }
        symbols[SYMBOLS] = check_symbol(&symbols[..SYMBOLS]);
        Self(symbols)
    }

    /// Reads what a person typed: case, spaces and dashes do not matter, O is 0, I and L are 1.
    ///
    /// # Errors
    /// A [`Typo`], found without a look at the ledger.
    pub fn parse(input: &str) -> Result<Self, Typo> {
        let mut symbols = [0; SYMBOLS + 1];
        let mut length = 0;
        for character in input.chars().filter(|it| !it.is_whitespace() && !is_dash(*it)) {
            let value = match character.to_ascii_uppercase() {
                'O' => 0,
                'I' | 'L' => 1,
                upper => ALPHABET.iter().position(|it| char::from(*it) == upper).ok_or(Typo::Symbol)?,
            };
            *symbols.get_mut(length).ok_or(Typo::Length)? = u8::try_from(value).map_err(|_| Typo::Symbol)?;
            length += 1;
        }
        if length != SYMBOLS + 1 {
            return Err(Typo::Length);
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

const fn is_dash(character: char) -> bool {
    matches!(character, '-' | '_' | '.' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{ad}' | '\u{200b}')
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

    #[test]
    fn a_code_shows_in_no_debug_output() {
        assert_eq!(format!("{:?}", code(1)), "Code(…)");
    }
}
