//! The key file of the codes' keyed hash: whoever has it and the ledger can test guesses, so it is private, and
//! without it no code that was mailed can be recognised.

use std::fs;
use std::io;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;

use hmac::{Hmac, Mac};
use rand::{CryptoRng, RngExt};
use secrecy::{ExposeSecret, SecretBox};
use sha2::Sha256;
use subtle::ConstantTimeEq;

use super::code::{ALPHABET, Code};
use crate::graduate::StudentId;
use crate::hexadecimal;

/// Symbols of the middle of a Message-ID.
pub const MESSAGE_TAG: usize = 10;

/// Symbols that prove a token in an envelope: 60 bits.
const TOKEN_TAG: usize = 12;

/// The most symbols of such a token: as many as the largest number needs stand in front of its tag.
pub const LONGEST_TOKEN: usize = 13 + TOKEN_TAG;

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
    pub fn create(path: &Path, rng: &mut impl CryptoRng) -> Result<(), KeyError> {
        use io::Write as _;
        let digits = hexadecimal::digits(&rng.random::<[u8; 32]>()) + "\n";
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
        self.sign(b"code", code.symbols()).to_vec()
    }

    /// Names the key without telling it, so that a ledger can refuse another one.
    #[must_use]
    pub fn fingerprint(&self) -> Vec<u8> {
        self.sign(b"fingerprint", &[])[..16].to_vec()
    }

    /// Names a budget of guesses without telling whose it is.
    #[must_use]
    pub fn budget_name(&self, whose: &str) -> String {
        hexadecimal::digits(&self.sign(b"budget", whose.as_bytes())[..16])
    }

    /// A stable tag for a message, which cannot be guessed: the middle of its Message-ID. A ledger that was `restored`
    /// from a backup gives numbers again and has forgotten codes, so no mail system may take its mails for copies.
    #[must_use]
    pub fn message_tag(&self, message_id: i64, restored: i64) -> String {
        match restored {
            0 => self.tag(b"message", message_id, MESSAGE_TAG),
            restored => self.tag(format!("message {restored}").as_bytes(), message_id, MESSAGE_TAG),
        }
    }

    /// What the envelope of a message carries, so that a notification about it proves which one it is: the message's
    /// number and a tag. Only letters and digits, in lower case, since mail systems fold case; `restored` as in
    /// [`CodeKey::message_tag`].
    #[must_use]
    pub fn envelope_token(&self, message_id: i64, restored: i64) -> String {
        let mut number = message_id.unsigned_abs();
        let mut symbols = Vec::new();
        while number > 0 || symbols.is_empty() {
            symbols.push(char::from(ALPHABET[usize::from((number & 31) as u8)]).to_ascii_lowercase());
            number >>= 5;
        }
        symbols.iter().rev().collect::<String>() + &self.envelope_tag(message_id, restored)
    }

    /// The message that a token names, if it is one of ours.
    #[must_use]
    pub fn message_of(&self, token: &str, restored: i64) -> Option<i64> {
        let (number, tag) = token.split_at_checked(token.len().checked_sub(TOKEN_TAG)?)?;
        if number.is_empty() || number.len() > LONGEST_TOKEN - TOKEN_TAG {
            return None;
        }
        let digit = |byte: u8| ALPHABET.iter().position(|symbol| *symbol == byte.to_ascii_uppercase());
        let value = number.bytes().try_fold(0_i64, |value, byte| {
            value.checked_mul(32)?.checked_add(i64::try_from(digit(byte)?).ok()?)
        })?;
        is_same(&self.envelope_tag(value, restored), tag).then_some(value)
    }

    fn envelope_tag(&self, message_id: i64, restored: i64) -> String {
        self.tag(format!("envelope {restored}").as_bytes(), message_id, TOKEN_TAG)
    }

    /// What stands behind a submission's number in the address of its waiting page, so that nobody can look at
    /// another's: 80 bits.
    #[must_use]
    pub fn waiting_tag(&self, submission_id: i64) -> String {
        self.tag(b"waiting", submission_id, 16)
    }

    /// The end of the address on which the graduate of an invitation asks for no more reminders: 80 bits prove that we gave it out.
    #[must_use]
    pub fn opt_out_token(&self, invitation_id: i64) -> String {
        format!("{invitation_id}-{}", self.tag(b"opt-out", invitation_id, 16))
    }

    /// The invitation that such an end names, if it is one of ours.
    #[must_use]
    pub fn opting_out(&self, token: &str) -> Option<i64> {
        let invitation_id = token.split_once('-')?.0.parse().ok()?;
        is_same(&self.opt_out_token(invitation_id), token).then_some(invitation_id)
    }

    /// What is left of a purged graduate: tells whether a student id is meant, in whatever case and punctuation, and tells
    /// nobody the student id.
    #[must_use]
    pub fn purged_student(&self, student_id: &str) -> String {
        hexadecimal::digits(&self.sign(b"purged student", StudentId::folded(student_id).as_bytes()))
    }

    /// The same of one award of the graduate.
    #[must_use]
    pub fn purged_award(&self, student_id: &str, course_key: &str) -> String {
        // no student id holds a line break
        let award = format!("{student_id}\n{course_key}");
        hexadecimal::digits(&self.sign(b"purged award", award.as_bytes()))
    }

    fn tag(&self, purpose: &[u8], number: i64, symbols: usize) -> String {
        let signature = self.sign(purpose, &number.to_be_bytes());
        let symbol = |byte: &u8| char::from(ALPHABET[usize::from(byte & 31)]).to_ascii_lowercase();
        signature.iter().take(symbols).map(symbol).collect()
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

/// Compares in constant time: whoever measures it learns nothing of the right tag.
#[must_use]
pub fn is_same(tag: &str, other: &str) -> bool {
    tag.as_bytes().ct_eq(other.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use rand::SeedableRng;
    use rand::rngs::StdRng;

    use super::*;

    #[test]
    fn a_token_names_its_message_and_no_other() {
        let key = CodeKey::new([7; 32]);
        for id in [0, 1, 31, 32, 1_000_000, i64::MAX] {
            let token = key.envelope_token(id, 0);
            assert!(token.len() <= LONGEST_TOKEN, "{token}");
            assert!(token.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_lowercase()), "{token}");
            assert_eq!(key.message_of(&token, 0), Some(id));
            assert_eq!(key.message_of(&token, 3), None, "of a ledger that was restored since");
            assert_eq!(CodeKey::new([8; 32]).message_of(&token, 0), None);
            for at in 0..token.len() {
                let mut forged = token.clone().into_bytes();
                forged[at] = if forged[at] == b'0' { b'1' } else { b'0' };
                let forged = String::from_utf8(forged).unwrap();
                assert_eq!(key.message_of(&forged, 0), None, "{token} {forged}");
            }
        }
        for nonsense in ["", "é", "short", "00000000000ü", "zzzzzzzzzzzzzzzzzzzzzzzzz", "u00000000000000"] {
            assert_eq!(key.message_of(nonsense, 0), None);
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
}
