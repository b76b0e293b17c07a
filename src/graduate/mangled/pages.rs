//! Which byte a character was read from, in each of the encodings.

use std::sync::LazyLock;

use encoding_rs::{
    BIG5, EUC_KR, Encoding, GBK, IBM866, ISO_8859_2, ISO_8859_15, KOI8_R, MACINTOSH, SHIFT_JIS, WINDOWS_874,
    WINDOWS_1250, WINDOWS_1251, WINDOWS_1252, WINDOWS_1253, WINDOWS_1254, WINDOWS_1255, WINDOWS_1256,
    WINDOWS_1257, WINDOWS_1258,
};
use oem_cp::code_table::{
    DECODING_TABLE_CP437, DECODING_TABLE_CP850, DECODING_TABLE_CP852, DECODING_TABLE_CP858,
};

pub(super) static SINGLE_BYTE: LazyLock<SingleBytePages> = LazyLock::new(SingleBytePages::new);
pub(super) static EAST_ASIAN: LazyLock<[EastAsianPage; 4]> =
    LazyLock::new(|| [GBK, BIG5, SHIFT_JIS, EUC_KR].map(EastAsianPage::new));

/// Whether a Chinese, Japanese or Korean character is of those that are taught first: the first levels of GB 2312,
/// Big5 and JIS X 0208, all kana, the syllables of KS X 1001. What comes out by chance is mostly of the others.
pub(crate) fn is_everyday(character: char) -> bool {
    let [gbk, big5, shift_jis, euc_kr] = &*EAST_ASIAN;
    let within = |page: &EastAsianPage, codes: std::ops::RangeInclusive<u16>| {
        page.code(character).is_some_and(|code| codes.contains(&code))
    };
    let is_of_gb_2312 =
        within(gbk, 0xb0a1..=0xd7f9) && gbk.code(character).is_some_and(|code| code & 0xff > 0xa0);
    is_of_gb_2312
        || within(big5, 0xa440..=0xc67e)
        || within(shift_jis, 0x829f..=0x8396)
        || within(shift_jis, 0x889f..=0x9872)
        || (within(euc_kr, 0xb0a1..=0xc8fe) && euc_kr.code(character).is_some_and(|code| code & 0xff > 0xa0))
}

/// The bytes from 128 on as characters.
type Page = [char; 128];

/// All encodings of one byte a character.
pub(super) struct SingleBytePages {
    pages: Vec<Page>,
    /// By character, up to [`LAST`].
    classes: Vec<Class>,
}

/// What a character is in UTF-8, if it was a byte: one bit for each page.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Class {
    /// The first of a character of two bytes (RFC 3629 §4).
    pub leads_two: u32,
    pub leads_three: u32,
    pub leads_four: u32,
    pub continues: u32,
}

/// Behind the block elements and squares of DOS no page has letters that begin a character of UTF-8, but for the two
/// ligatures of Mac OS.
const LAST: char = '\u{25ff}';

/// A byte that no page has and no UTF-8 begins with.
const NONE: u8 = 0xff;

impl SingleBytePages {
    fn new() -> Self {
        let known = [
            WINDOWS_1252,
            WINDOWS_1250,
            WINDOWS_1251,
            WINDOWS_1253,
            WINDOWS_1254,
            WINDOWS_1255,
            WINDOWS_1256,
            WINDOWS_1257,
            WINDOWS_1258,
            WINDOWS_874,
            ISO_8859_2,
            ISO_8859_15,
            MACINTOSH,
            KOI8_R,
            IBM866,
        ];
        let mut pages: Vec<_> = known.into_iter().map(page).collect();
        pages.extend([
            DECODING_TABLE_CP437,
            DECODING_TABLE_CP850,
            DECODING_TABLE_CP852,
            DECODING_TABLE_CP858,
            // ISO 8859-1 as it is written, with the control characters that browsers leave out
            std::array::from_fn(|byte| char::from(high(byte))),
        ]);
        let mut classes = vec![Class::default(); LAST as usize + 1];
        for (number, page) in pages.iter().enumerate() {
            for (byte, character) in (128..=u8::MAX).zip(page) {
                let Some(class) = classes.get_mut(*character as usize) else { continue };
                let bit = 1 << number;
                match byte {
                    // in Mac OS Roman; it parts words far more often than it begins a letter
                    0xc2.. if *character == '\u{a0}' => {}
                    0x80..=0xbf => class.continues |= bit,
                    0xc2..=0xdf => class.leads_two |= bit,
                    0xe0..=0xef => class.leads_three |= bit,
                    0xf0..=0xf4 => class.leads_four |= bit,
                    _ => {}
                }
            }
        }
        Self { pages, classes }
    }

    /// What the character may have been.
    pub(super) fn class(&self, character: char) -> Class {
        self.classes.get(character as usize).copied().unwrap_or_default()
    }

    /// The bytes that the characters were read from.
    pub(super) fn bytes(&self, page: usize, part: &str) -> Vec<u8> {
        let page = &self.pages[page];
        let byte = |character: char| match u8::try_from(character) {
            Ok(byte) if byte.is_ascii() => byte,
            _ => (128..).zip(page).find(|(_, known)| **known == character).map_or(NONE, |(byte, _)| byte),
        };
        part.chars().map(byte).collect()
    }
}

/// The byte of a place in a page.
fn high(place: usize) -> u8 {
    128 | u8::try_from(place).unwrap_or_default()
}

fn page(encoding: &'static Encoding) -> Page {
    std::array::from_fn(|byte| {
        let byte = [high(byte)];
        let (text, _) = encoding.decode_without_bom_handling(&byte);
        text.chars().next().unwrap_or(char::REPLACEMENT_CHARACTER)
    })
}

/// An encoding with characters of one byte and of two.
pub(super) struct EastAsianPage {
    /// By character: its bytes, 0 for none.
    codes: Vec<u16>,
}

impl EastAsianPage {
    fn new(encoding: &'static Encoding) -> Self {
        let pairs = (0x81..=0xfe).flat_map(|lead| (0x40..=0xfe).map(move |trail| [lead, trail]));
        // backwards, so that the first of two codes of one character stays; the supplement of Big5, which has some
        // characters again, stands below 0xa100 and gives way
        let (supplement, rest): (Vec<_>, Vec<_>) = pairs.rev().partition(|[lead, _]| *lead < 0xa1);
        let known: Vec<u16> =
            (0x80..0x100).chain([supplement, rest].concat().into_iter().map(u16::from_be_bytes)).collect();
        // one a line: no line feed is part of a character
        let lines: Vec<u8> = known
            .iter()
            .flat_map(|code| code.to_be_bytes().into_iter().skip(usize::from(*code < 0x100)).chain(*b"\n"))
            .collect();
        let (text, _) = encoding.decode_without_bom_handling(&lines);
        let mut codes = vec![0; 1 << 16];
        for (line, code) in text.split('\n').zip(known) {
            let mut characters = line.chars();
            if let (Some(character), None) = (characters.next(), characters.next()) {
                let place = character as usize;
                // Big5 has Chinese characters beyond the basic plane
                if place >= codes.len() {
                    codes.resize(place + 1, 0);
                }
                codes[place] = code;
            }
        }
        codes[char::REPLACEMENT_CHARACTER as usize] = 0;
        Self { codes }
    }

    /// Whether a part of the text begins as UTF-8 does, which hardly any sound one does.
    pub(super) fn may_be_hidden_in(&self, value: &str) -> bool {
        let mut is_inside = false;
        value.chars().any(|character| {
            let begins = !is_inside && !character.is_ascii();
            is_inside = !character.is_ascii();
            begins
                && self.code(character).is_some_and(|code| match code.to_be_bytes() {
                    [0, byte] => matches!(byte, 0xc2..=0xf4),
                    pair => matches!(pair, [0xc2..=0xf4, 0x80..=0xbf]),
                })
        })
    }

    /// The bytes that the characters were read from.
    pub(super) fn bytes(&self, value: &str) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(value.len());
        for character in value.chars() {
            if character.is_ascii() {
                bytes.push(character as u8);
                continue;
            }
            match self.code(character).map(u16::to_be_bytes) {
                None => bytes.push(NONE),
                Some([0, byte]) => bytes.push(byte),
                Some(pair) => bytes.extend(pair),
            }
        }
        bytes
    }

    /// The one or two bytes of a character.
    pub(super) fn code(&self, character: char) -> Option<u16> {
        self.codes.get(character as usize).copied().filter(|code| *code != 0)
    }
}
