//! Which signs a text has, found with one look at its bytes: so that only what may be wrong is looked for.

/// A set of kinds of signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Signs(u32);

impl Signs {
    /// Letters, spaces, `-` and `'`: what most cells are made of.
    pub(super) const PLAIN: Self = Self(1);
    pub(super) const DIGIT: Self = Self(1 << 1);
    pub(super) const BEYOND_ASCII: Self = Self(1 << 2);
    pub(super) const QUESTION_MARK: Self = Self(1 << 3);
    pub(super) const AMPERSAND: Self = Self(1 << 4);
    pub(super) const BACKSLASH: Self = Self(1 << 5);
    pub(super) const PERCENT: Self = Self(1 << 6);
    pub(super) const EQUALS: Self = Self(1 << 7);
    pub(super) const PLUS: Self = Self(1 << 8);
    pub(super) const TILDE: Self = Self(1 << 9);
    pub(super) const UNDERSCORE: Self = Self(1 << 10);
    pub(super) const LESS: Self = Self(1 << 11);
    pub(super) const AT: Self = Self(1 << 12);
    /// `. : /`, which every link has.
    pub(super) const LINK: Self = Self(1 << 13);
    pub(super) const QUOTE: Self = Self(1 << 14);
    /// Any of `()[]{}`.
    pub(super) const BRACKET: Self = Self(1 << 15);
    pub(super) const COMMA: Self = Self(1 << 16);
    pub(super) const BACKTICK: Self = Self(1 << 17);
    /// What may be punctuation or a symbol beyond ASCII: by the first byte in UTF-8, so letters too.
    pub(super) const PUNCTUATION: Self = Self(1 << 19);
    /// `! # $ * ; > ^ |`
    pub(super) const OTHER: Self = Self(1 << 18);

    pub(super) fn of(text: &str) -> Self {
        Self(text.bytes().fold(0, |signs, byte| signs | KINDS[usize::from(byte)].0))
    }

    /// Whether any of `others` is there.
    pub(super) const fn have(self, others: Self) -> bool {
        self.0 & others.0 != 0
    }

    pub(super) const fn are_within(self, others: Self) -> bool {
        self.0 & !others.0 == 0
    }

    pub(super) const fn or(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }
}

const KINDS: [Signs; 256] = {
    let mut kinds = [Signs::OTHER; 256];
    let mut byte = u8::MAX;
    while byte > 0 {
        kinds[byte as usize] = kind(byte);
        byte -= 1;
    }
    kinds
};

const fn kind(byte: u8) -> Signs {
    match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b' ' | b'-' | b'\'' => Signs::PLAIN,
        b'0'..=b'9' => Signs::DIGIT,
        b'?' => Signs::QUESTION_MARK,
        b'&' => Signs::AMPERSAND,
        b'\\' => Signs::BACKSLASH,
        b'%' => Signs::PERCENT,
        b'=' => Signs::EQUALS,
        b'+' => Signs::PLUS,
        b'~' => Signs::TILDE,
        b'_' => Signs::UNDERSCORE,
        b'<' => Signs::LESS,
        b'@' => Signs::AT,
        b'.' | b':' | b'/' => Signs::LINK,
        b'"' => Signs::QUOTE,
        b'(' | b')' | b'[' | b']' | b'{' | b'}' => Signs::BRACKET,
        b',' => Signs::COMMA,
        b'`' => Signs::BACKTICK,
        0xc2 | 0xe2 | 0xe3 | 0xef => Signs::BEYOND_ASCII.or(Signs::PUNCTUATION),
        0x80.. => Signs::BEYOND_ASCII,
        _ => Signs::OTHER,
    }
}
