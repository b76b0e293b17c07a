//! Text that was written in one encoding of Chinese, Japanese or Korean and read in another: nearly every pair of bytes
//! is a character in all of them, so that `王志强` comes out as `珙羚퓻` or `卼祩ッ`.
//!
//! It has characters that are in hardly any name, and read in the right encoding it is a name as most are. A rare name is
//! not a usual one by chance.

use std::sync::LazyLock;

use encoding_rs::{BIG5, EUC_JP, EUC_KR, Encoding, GBK, SHIFT_JIS};
use fixedbitset::FixedBitSet;

use crate::graduate::is_everyday;

const DAMAGED: &str =
    "has characters that are in hardly any name; it was read in a wrong encoding: export it again as UTF-8";
const HALF_WIDTH: &str = "has kana of half width where no word has them; it was read in a wrong encoding: export it again as UTF-8";

/// From how much on a text is looked at more closely: one rare character, or three that are no name's.
const ODD: u32 = 3;

/// What a character counts that is not of those that are taught first; a text of these alone is no name.
const RARE: u32 = 3;

/// Characters of usual names, each of [`Names`] on a line.
const LISTS: &str = include_str!("east_asian.txt");

static NAMES: LazyLock<Names> = LazyLock::new(Names::new);

static ENCODINGS: [&Encoding; 5] = [GBK, BIG5, SHIFT_JIS, EUC_JP, EUC_KR];

struct Names {
    chinese_family: FixedBitSet,
    chinese_given: FixedBitSet,
    japanese: FixedBitSet,
    korean_family: FixedBitSet,
    korean_given: FixedBitSet,
}

impl Names {
    fn new() -> Self {
        let mut lines = LISTS.lines().filter(|line| !line.starts_with('#')).map(|line| {
            let mut characters = FixedBitSet::with_capacity(1 << 16);
            line.chars().for_each(|character| characters.grow_and_insert(character as usize));
            characters
        });
        let mut next = || lines.next().unwrap_or_default();
        Self {
            chinese_family: next(),
            chinese_given: next(),
            japanese: next(),
            korean_family: next(),
            korean_given: next(),
        }
    }

    fn all(&self) -> [&FixedBitSet; 5] {
        [&self.chinese_family, &self.chinese_given, &self.japanese, &self.korean_family, &self.korean_given]
    }

    fn has(&self, character: char) -> bool {
        self.all().iter().any(|list| list.contains(character as usize))
    }

    fn begins_a_name(&self, character: char) -> bool {
        [&self.chinese_family, &self.japanese, &self.korean_family]
            .iter()
            .any(|list| list.contains(character as usize))
    }

    /// Whether a text is a name as most are: of Chinese or Korean with a usual family name, of Japanese in usual characters.
    fn is_usual(&self, text: &str) -> bool {
        let name: Vec<char> =
            text.chars().filter(|character| !matches!(character, ' ' | '\u{3000}')).collect();
        let Some((first, given)) = name.split_first() else { return false };
        let is_short = matches!(name.len(), 2..=4);
        let is_chinese = is_short
            && self.chinese_family.contains(*first as usize)
            && given.iter().all(|character| {
                self.chinese_given.contains(*character as usize)
                    || self.chinese_family.contains(*character as usize)
            });
        let is_korean = is_short
            && self.korean_family.contains(*first as usize)
            && given.iter().all(|character| self.korean_given.contains(*character as usize));
        let kana = name.iter().filter(|character| is_kana(**character)).count();
        let is_japanese = matches!(name.len(), 3..=8)
            && (kana == name.len() || kana + 2 <= name.len())
            && name
                .iter()
                .all(|character| is_kana(*character) || self.japanese.contains(*character as usize));
        is_chinese || is_korean || is_japanese
    }
}

pub(super) fn find(text: &[char]) -> Option<&'static str> {
    if !text.iter().any(|character| *character >= '\u{2e80}') {
        return None;
    }
    if text.iter().any(|character| is_half_width(*character)) && has_odd_half_width(text) {
        return Some(HALF_WIDTH);
    }
    match oddity(text) {
        (odd, _) if odd < ODD => return None,
        (odd, count) if count > 2 && odd >= RARE * count => return Some(DAMAGED),
        _ => {}
    }
    let text: String = text.iter().collect();
    let is_misread = ENCODINGS.iter().any(|read| {
        let (bytes, _, is_lossy) = read.encode(&text);
        !is_lossy
            && ENCODINGS.iter().filter(|written| written != &read).any(|written| {
                let (right, is_damaged) = written.decode_without_bom_handling(&bytes);
                !is_damaged && right != text && NAMES.is_usual(&right)
            })
    });
    is_misread.then_some(DAMAGED)
}

/// How far a text is from a name, none for usual names; and how many of its characters are East Asian.
fn oddity(text: &[char]) -> (u32, u32) {
    let names = &*NAMES;
    let is_east_asian = |character: char| is_han(character) || is_kana(character) || is_hangul(character);
    let mut odd = 0;
    let mut count = 0;
    for character in text.iter().copied().filter(|character| is_east_asian(*character)) {
        let is_of_names = is_kana(character) || names.has(character);
        odd += match () {
            () if is_of_names => 0,
            () if is_everyday(character) => 1,
            () => RARE,
        };
        odd += u32::from(count == 0 && !is_kana(character) && !names.begins_a_name(character));
        count += 1;
    }
    let scripts = text.windows(2).filter(|pair| {
        is_east_asian(pair[0]) && is_east_asian(pair[1]) && is_hangul(pair[0]) != is_hangul(pair[1])
    });
    let scripts = u32::try_from(scripts.count()).unwrap_or(0);
    (if count < 2 { 0 } else { odd + 2 * scripts }, count)
}

/// Marks of half width behind a kana that they do not belong to, small ones at the beginning, points inside, and
/// characters of other scripts beside them.
fn has_odd_half_width(text: &[char]) -> bool {
    text.iter().enumerate().any(|(place, character)| {
        let before = place.checked_sub(1).map(|before| text[before]);
        let is_first = !before.is_some_and(is_half_width);
        match character {
            '｡' | '｢' | '｣' | '､' | 'ｦ' => true,
            'ｧ'..='ｰ' | 'ﾝ' if is_first => true,
            'ﾞ' => !before.is_some_and(|before| matches!(before, 'ｳ' | 'ｶ'..='ﾄ' | 'ﾊ'..='ﾎ')),
            'ﾟ' => !before.is_some_and(|before| matches!(before, 'ﾊ'..='ﾎ')),
            'ｧ'..='ｮ' => before == Some('ｰ'),
            _ if is_half_width(*character) => {
                let after = text.get(place + 1).copied();
                [before, after]
                    .into_iter()
                    .flatten()
                    .any(|beside| is_han(beside) || is_hangul(beside) || beside.is_ascii_lowercase())
            }
            _ => false,
        }
    })
}

const fn is_half_width(character: char) -> bool {
    matches!(character, '\u{ff61}'..='\u{ff9f}')
}

const fn is_han(character: char) -> bool {
    matches!(character, '々' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

const fn is_kana(character: char) -> bool {
    matches!(character, '\u{3041}'..='\u{30ff}')
}

const fn is_hangul(character: char) -> bool {
    matches!(character, '\u{ac00}'..='\u{d7a3}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_found(text: &str) -> bool {
        find(&text.chars().collect::<Vec<_>>()).is_some()
    }

    #[test]
    fn names_read_in_another_encoding_are_found() {
        for (name, damaged) in [
            ("王志强", "珙羚퓻"),
            ("王志强", "卼祩ッ"),
            ("中村大輔", "拞懞戝曘"),
            ("김지훈", "辫瘤绕"),
            ("佐藤翔太", "뜴뱻猜뫞"),
            ("洪俊賢", "瑇玊藉"),
            ("高橋亮", "ｹ筝ｶﾎｼ"),
            ("森拓也", "𣶻𡟸𣇉"),
            ("小川直樹", "𡢢韠𠗠𤦧"),
            ("趙志強", "ｻｯｧﾓｱj"),
            ("고성민", "ｰ晴ｺｹﾎ"),
        ] {
            assert!(is_found(damaged), "{name} as {damaged} is taken");
        }
    }

    #[test]
    fn names_are_none_however_rare() {
        for name in [
            "王伟",
            "逄龑",
            "龍應台",
            "陳大文",
            "歐陽娜娜",
            "亓官雪",
            "渡邉美穂",
            "髙橋凜",
            "﨑山 樹",
            "栁田 麗",
            "김민준",
            "독고 영재",
            "제갈 룡",
            "李Mary",
            "ﾀﾅｶ ﾀﾛｳ",
            "ﾜﾀﾅﾍﾞ ﾕｳｷ",
            "ｼﾞｪｰﾝ",
            "ｵｰｽﾄﾗﾘｱ ﾌﾞｯｼｭ",
            "司馬懿",
            "張懿曈",
            "鍾曉芸",
            "仉督",
            "靐龘",
            "김金",
            "ヴァレリー",
        ] {
            assert!(!is_found(name), "{name} is refused");
        }
    }
}
