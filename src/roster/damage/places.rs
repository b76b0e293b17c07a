//! Letters of other scripts than the Latin where no word has them: what comes out when a text is read in a wrong encoding.

use super::characters::Spot;

pub(super) fn is_odd(Spot { before, character, after }: Spot) -> bool {
    let is_ascii_letter = |beside: Option<char>| beside.is_some_and(|beside| beside.is_ascii_alphabetic());
    match character {
        // nobody has written these for a hundred years
        'ฃ' | 'ฅ' => true,
        // stand before their consonant; two of the first are how many type the second
        'เ' | 'แ' | 'โ' | 'ใ' | 'ไ' => !after.is_some_and(|after| matches!(after, 'ก'..='ฮ' | 'เ')),
        // makes these two longer
        'ๅ' => !before.is_some_and(|before| matches!(before, 'ฤ' | 'ฦ')),
        // with a diaeresis, since a vowel stands before them
        'ΐ' | 'ΰ' => !before.is_some_and(char::is_alphabetic),
        // a word is of full width, or is not
        'Ａ'..='Ｚ' | 'ａ'..='ｚ' => is_ascii_letter(before) || is_ascii_letter(after),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Kind, find};

    #[test]
    fn letters_where_no_word_has_them_are_refused() {
        for damaged in ["บดฦฃๆฦยภ", "ฝฏบฃัเ", "ΐπκΰδθι ΐτΰνΰρόεβ", "EugＯie BＯard", "彌Г辦", "化в眏", "ШУДﾞ"]
        {
            assert!(find(damaged, Kind::Name).is_some(), "{damaged} is taken");
        }
        for sound in [
            "เเก้ว ใจดี",
            "ไพโรจน์ โสภณ",
            "ฤๅษี แสงทอง",
            "Μαΐου Ταΰγετος",
            "ＭＥＩ Ｌｉｎｇ",
            "山田 アンナ",
            "金민준",
            "ㄅㄆ王",
        ] {
            assert!(find(sound, Kind::Name).is_none(), "{sound} is refused");
        }
    }
}
