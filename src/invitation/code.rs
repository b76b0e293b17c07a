//! The secret that proves an invitation: 60 random bits as 12 symbols, and one symbol that tells a typing
//! mistake from a guess.
//!
//! The alphabet is Crockford's Base32: 32 symbols without I, L, O and U. The check symbol is a weighted sum
//! over GF(32), so every single wrong symbol and every swap of two neighbours is seen, whatever the symbols.

use std::fmt;
use std::fs;
use std::io;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;

use hmac::{Hmac, Mac};
use rand::{CryptoRng, RngExt};
use secrecy::{ExposeSecret, SecretBox};
use sha2::Sha256;

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
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

/// The key of the keyed hash (HMAC-SHA-256) under which the ledger knows codes.
pub struct CodeKey(SecretBox<[u8; 32]>);

/// Why a key file is of no use; each says what to do.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// No such file, or it cannot be read or written.
    #[error("key file {path}: {source}; `gradpass init` makes one")]
    Io {
        /// The file.
        path: String,
        /// What the system said.
        source: io::Error,
    },
    /// Others may read it.
    #[error("key file {0} can be read by others; run: chmod 600 {0}")]
    Readable(String),
    /// Not 64 hexadecimal digits.
    #[error("key file {0} does not hold a key of 64 hexadecimal digits; restore it from your backup")]
    Length(String),
}

impl CodeKey {
    /// The key in these bytes.
    #[must_use]
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(SecretBox::new(Box::new(bytes)))
    }

    /// Makes a key file of mode 0600; an existing one is never touched.
    ///
    /// # Errors
    /// A [`KeyError`] when it exists already or cannot be written.
    pub fn create(path: &Path, chance: &mut impl CryptoRng) -> Result<(), KeyError> {
        use fmt::Write as _;
        use io::Write as _;
        let mut digits = String::with_capacity(65);
        for byte in chance.random::<[u8; 32]>() {
            let _ = write!(digits, "{byte:02x}");
        }
        digits.push('\n');
        fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(path)
            .and_then(|mut file| file.write_all(digits.as_bytes()).and_then(|()| file.sync_all()))
            .map_err(|source| KeyError::Io { path: path.display().to_string(), source })
    }

    /// Reads a key file.
    ///
    /// # Errors
    /// A [`KeyError`] when it is missing, readable by others, or not a key.
    pub fn read(path: &Path) -> Result<Self, KeyError> {
        let name = path.display().to_string();
        let io = |source| KeyError::Io { path: name.clone(), source };
        let mode = fs::metadata(path).map_err(io)?.permissions().mode();
        if mode & 0o077 != 0 {
            return Err(KeyError::Readable(name));
        }
        let text = fs::read_to_string(path).map_err(io)?;
        let digits = text.trim();
        let mut bytes = [0; 32];
        if digits.len() != 64 || !digits.is_ascii() {
            return Err(KeyError::Length(name));
        }
        for (position, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&digits[position * 2..position * 2 + 2], 16)
                .map_err(|_| KeyError::Length(name.clone()))?;
        }
        Ok(Self::new(bytes))
    }

    /// The keyed hash of a code: all that the ledger holds of it.
    #[must_use]
    pub fn hash(&self, code: &Code) -> Vec<u8> {
        self.sign(b"code", &code.0).to_vec()
    }

    /// Names the key without telling it, so that a ledger can refuse another one.
    #[must_use]
    pub fn fingerprint(&self) -> Vec<u8> {
        self.sign(b"fingerprint", &[])[..16].to_vec()
    }

    /// A stable tag for a message, which cannot be guessed: the middle of its Message-ID.
    #[must_use]
    pub fn message_tag(&self, message_id: i64) -> String {
        self.sign(b"message", &message_id.to_be_bytes())[..10]
            .iter()
            .map(|byte| char::from(ALPHABET[usize::from(byte & 31)]).to_ascii_lowercase())
            .collect()
    }

    fn sign(&self, purpose: &[u8], value: &[u8]) -> [u8; 32] {
        #[expect(clippy::expect_used, reason = "HMAC takes a key of any length (RFC 2104)")]
        let mut mac = Hmac::<Sha256>::new_from_slice(self.0.expose_secret()).expect("a key of any length");
        mac.update(purpose);
        mac.update(&[0]);
        mac.update(value);
        mac.finalize().into_bytes().into()
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

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
    fn the_key_file_is_private_and_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("code.key");
        assert!(matches!(CodeKey::read(&path), Err(KeyError::Io { .. })));
        CodeKey::create(&path, &mut StdRng::seed_from_u64(1)).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        let first = CodeKey::read(&path).unwrap().fingerprint();
        assert!(CodeKey::create(&path, &mut StdRng::seed_from_u64(2)).is_err());
        assert_eq!(CodeKey::read(&path).unwrap().fingerprint(), first);

        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        assert!(matches!(CodeKey::read(&path), Err(KeyError::Readable(_))));
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        fs::write(&path, "abcd").unwrap();
        assert!(matches!(CodeKey::read(&path), Err(KeyError::Length(_))));
    }

    #[test]
    fn a_code_shows_in_no_debug_output() {
        assert_eq!(format!("{:?}", code(1)), "Code(…)");
    }
}
