//! Enhanced status codes (RFC 3463) and the three digits of a reply (RFC 5321 §4.2), found in any text.

use std::fmt;

/// An enhanced status code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code {
    class: u8,
    subject: u16,
    detail: u16,
}

impl Code {
    /// The last code in a text: what the farthest system said stands behind what was made of it.
    #[must_use]
    pub fn last_in(text: &str) -> Option<Self> {
        let parts = |word: &str| {
            let mut numbers = word.split('.');
            let (class, subject, detail) = (numbers.next()?, numbers.next()?, numbers.next()?);
            let number = |digits: &str| digits.parse::<u16>().ok().filter(|_| digits.len() <= 3);
            let code = Self {
                class: u8::try_from(number(class)?).ok().filter(|class| [2, 4, 5].contains(class))?,
                subject: number(subject)?,
                detail: number(detail)?,
            };
            // four numbers are an address
            numbers.next().is_none_or(str::is_empty).then_some(code)
        };
        let is_digit_or_dot = |it: char| it.is_ascii_digit() || it == '.';
        let words = text.split(|it: char| !is_digit_or_dot(it) && !it.is_alphabetic() && it != '_');
        words.filter_map(|word| parts(word.trim_matches(|it: char| it == '.'))).next_back()
    }

    /// Whether it begins with these numbers, such as `5.7`.
    #[must_use]
    pub fn is(self, prefix: &str) -> bool {
        let own = [u16::from(self.class), self.subject, self.detail];
        let wanted: Vec<_> = prefix.split('.').map(str::parse::<u16>).collect();
        wanted.len() <= own.len() && wanted.iter().zip(own).all(|(wanted, own)| *wanted == Ok(own))
    }

    /// A class and nothing else: mail systems that know no better write it.
    pub(super) const fn says_nothing(self) -> bool {
        self.subject == 0
    }
}

impl fmt::Display for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}.{}.{}", self.class, self.subject, self.detail)
    }
}

/// The three digits of the first reply in a text that says no.
pub(super) fn basic(text: &str) -> Option<u16> {
    text.split(|it: char| !it.is_alphanumeric() && it != '.').find_map(reply_code)
}

/// Whether a line holds a server's answer.
pub(super) fn is_answer(line: &str) -> bool {
    basic(line).is_some() || Code::last_in(line).is_some_and(|code| !code.is("2"))
}

/// Whether any line does.
pub(super) fn has_answer(text: &str) -> bool {
    text.lines().any(is_answer)
}

fn reply_code(word: &str) -> Option<u16> {
    let is_one =
        word.len() == 3 && word.starts_with(['4', '5']) && word.bytes().all(|byte| byte.is_ascii_digit());
    // RFC 5321 §4.2.1: the second digit is one of these
    word.parse().ok().filter(|number| is_one && matches!(number / 10 % 10, 0..=5) && number % 100 < 60)
}
