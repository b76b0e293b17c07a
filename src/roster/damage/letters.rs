//! Letters where no language has them: what comes out when a text is read in a wrong encoding whose characters are
//! letters too (`JosŽ`, `Àííà`, `JosΘ`).

use icu_properties::props::Script;

use super::characters::{Spot, is_latin, script};
use super::{Kind, places};

const WRONG: &str =
    "has letters that do not go together; it was read in a wrong encoding: export it again as UTF-8";
const CASE: &str = "has a capital inside a word, or a small letter among capitals; it was read in a wrong encoding, or its \
                    case was changed: export it again as UTF-8";
const SCRIPTS: &str = "mixes the letters of two scripts in one word; it was read in a wrong encoding, or typed with a wrong keyboard";

pub(super) fn find(text: &[char], kind: Kind) -> Option<&'static str> {
    let mut run = 0;
    for (place, spot) in Spot::all(text) {
        let is_latin_1 = matches!(spot.character, '\u{c0}'..='\u{ff}')
            && !matches!(spot.character, 'Ä' | 'ä' | 'Ö' | 'ö' | 'Ü' | 'ü' | 'õ' | '×' | '÷');
        run = match (is_latin_1, spot.before) {
            (false, _) => 0,
            (true, Some('\u{c0}'..='\u{ff}')) => run + 1,
            (true, _) => 1,
        };
        if run > 3 {
            return Some(WRONG);
        }
        if mixes_scripts(text, place, spot) {
            return Some(SCRIPTS);
        }
        if places::is_odd(spot) {
            return Some(WRONG);
        }
        match spot.character {
            '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' if is_in_wrong_case(text, place, spot) => {
                return Some(CASE);
            }
            '\u{c0}'..='\u{24f}' if is_misplaced(text, place, spot, kind) => return Some(WRONG),
            '\u{430}'..='\u{45f}' if is_turned_in_case(text, place, spot) => return Some(CASE),
            '\u{391}'..='\u{3a9}' | '\u{400}'..='\u{42f}' if is_capital_inside(text, place, spot) => {
                return Some(CASE);
            }
            'เ' if is_thai_of_utf_8(text, place) => return Some(WRONG),
            _ => {}
        }
    }
    is_all_of_latin_1(text).then_some(WRONG)
}

/// A text in which no letter is plain, and several are of the upper half of ISO 8859-1, or many of that of its siblings: one
/// of another script.
fn is_all_of_latin_1(text: &[char]) -> bool {
    if text.iter().any(|character| character.is_ascii_alphabetic() || *character > '\u{17f}') {
        return false;
    }
    let is_of_siblings = text.iter().any(|character| *character > '\u{ff}');
    if is_of_siblings && text.iter().filter(|character| character.is_alphabetic()).count() < 5 {
        return false;
    }
    // of initials nobody can tell
    if !text.windows(2).any(|pair| pair.iter().all(|character| character.is_alphabetic())) {
        return false;
    }
    let mut letters =
        text.iter().filter(|character| character.is_alphabetic()).flat_map(|letter| letter.to_lowercase());
    letters.next().is_some_and(|first| letters.any(|letter| letter != first))
}

/// UTF-8 of Thai read as Windows-874, some of whose bytes are no character: `เธ` and `เน` over and over.
fn is_thai_of_utf_8(text: &[char], place: usize) -> bool {
    if place.checked_sub(1).is_some_and(|before| text[before] != ' ') {
        return false;
    }
    let word: Vec<char> = text[place..].iter().copied().take_while(|character| *character != ' ').collect();
    let pairs = word.windows(2).filter(|pair| pair[0] == 'เ' && matches!(pair[1], 'ธ' | 'น')).count();
    pairs > 1 && pairs * 3 >= word.len()
}

/// A capital of Greek or Cyrillic behind a small letter, but for `МакКензи`.
fn is_capital_inside(text: &[char], place: usize, spot: Spot) -> bool {
    let is_behind_a_small_one =
        spot.before.is_some_and(|before| before.is_lowercase() && script(before) == script(spot.character));
    let start =
        text[..place].iter().rposition(|letter| !letter.is_alphabetic()).map_or(0, |before| before + 1);
    let first: String = text[start..place].iter().flat_map(|letter| letter.to_lowercase()).collect();
    is_behind_a_small_one
        && !["мак", "фиц", "де", "ди", "ла", "ле", "ван", "аль", "эль"].contains(&first.as_str())
}

/// Latin beside Greek or Cyrillic, a letter or two of any other script between two Latin ones, or one at either end of a
/// Latin word.
fn mixes_scripts(text: &[char], place: usize, spot: Spot) -> bool {
    if is_latin(spot.character) {
        return false;
    }
    let [is_behind, is_before] = [spot.before, spot.after].map(|beside| beside.is_some_and(is_latin));
    if !(is_behind || is_before) {
        return is_beside_another_script(spot);
    }
    let Some(own) = script(spot.character) else { return false };
    // ε is how many type the ɛ of Twi and Ewe
    if spot.character == 'ε' && is_behind && !spot.before.is_some_and(|before| "aoAO".contains(before)) {
        return false;
    }
    let is_digit = spot.character.is_numeric() && !spot.character.is_alphabetic();
    let are_two = || {
        let next = spot.after.and_then(script).is_some_and(|next| next == own);
        next && text.get(place + 2).copied().is_some_and(is_latin)
    };
    is_digit
        || matches!(own, Script::Greek | Script::Cyrillic)
        || is_behind && (is_before || are_two())
        || is_single(text, place, own) && !is_surname_beside_latin(spot)
}

/// `彌Г辦`, `化в眏`: but for those of East Asia, which are written in one word, no two scripts stand so.
fn is_beside_another_script(Spot { before, character, .. }: Spot) -> bool {
    let is_east_asian = |script| {
        matches!(
            script,
            Script::Han | Script::Hiragana | Script::Katakana | Script::Hangul | Script::Bopomofo
        )
    };
    let letter = |character: char| script(character).filter(|_| character.is_alphabetic());
    match (before.and_then(letter), letter(character)) {
        (Some(before), Some(own)) => before != own && !(is_east_asian(before) && is_east_asian(own)),
        _ => false,
    }
}

/// Whether no other letter of its script stands beside it.
fn is_single(text: &[char], place: usize, own: Script) -> bool {
    let is_own = |place: Option<usize>| {
        place.and_then(|place| text.get(place)).is_some_and(|beside| script(*beside) == Some(own))
    };
    !is_own(place.checked_sub(1)) && !is_own(place.checked_add(1))
}

/// `李Mary`, `김Kim` and `Mary李`, without a space; `In阺` is Inès read as GBK.
fn is_surname_beside_latin(Spot { before, character, after }: Spot) -> bool {
    const SURNAMES: &str = "王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何林高罗羅郑鄭梁谢謝宋唐许許韩韓冯馮邓鄧曹彭曾肖萧蕭田董袁潘于蒋蔣蔡余杜叶葉程苏蘇魏吕\
        呂丁任沈姚卢盧姜崔钟鐘鍾谭譚陆陸汪范廖石金韦韋贾賈夏付傅方白邹鄒孟熊秦邱江尹薛闫段雷侯龙龍史陶黎贺賀顾顧毛郝龚龔邵万萬钱錢严嚴洪武戴莫孔向汤湯温溫尤冼";
    let is_surname = SURNAMES.contains(character);
    matches!(script(character), Some(Script::Han | Script::Hangul))
        && (after.is_some_and(char::is_uppercase)
            || before.is_some_and(|before| is_surname || before.is_uppercase()))
}

/// `JosŽ`, `MŸller`, `RAMàN`; not `LeÁnne`, `McÉvoy`, `hÓgáin`, `GROßMANN`.
fn is_in_wrong_case(text: &[char], place: usize, Spot { before, character, after }: Spot) -> bool {
    let at = |distance: usize| place.checked_sub(distance).and_then(|place| text.get(place)).copied();
    let is_upper = |character: Option<char>| character.is_some_and(char::is_uppercase);
    let is_lower = |character: Option<char>| character.is_some_and(char::is_lowercase);
    let is_letter = |character: Option<char>| character.is_some_and(char::is_alphabetic);
    if character.is_uppercase() {
        let is_suspect = matches!(character, '\u{c0}'..='\u{17f}') && character != 'İ';
        if is_lower(before) {
            return !is_lower(after) || (is_suspect && !begins_a_second_name(text, place));
        }
        // the second letter of a word, as in MŸller; a word that begins so is one in Irish
        return is_suspect
            && is_upper(before)
            && !is_letter(at(2))
            && is_lower(after)
            && before.is_some_and(|before| before.is_ascii());
    }
    // Ll only: ª and other superscripts are lower case to Unicode
    if !character.is_lowercase() || matches!(character, 'ß' | 'ı' | 'ŉ' | 'ĸ') || !is_upper(before) {
        return false;
    }
    let after_next = text.get(place + 2).copied();
    if is_upper(after) {
        is_upper(at(2)) || is_upper(after_next)
    } else {
        is_upper(at(2)) && !is_letter(after)
    }
}

/// KOI8-R read as Windows-1251: a small letter before capitals.
fn is_turned_in_case(text: &[char], place: usize, spot: Spot) -> bool {
    let is_letter = |beside: char| matches!(beside, '\u{400}'..='\u{4ff}');
    let is_first = !spot.before.is_some_and(is_letter) && spot.after.is_some_and(is_letter);
    is_first
        && text[place + 1..]
            .iter()
            .take_while(|letter| is_letter(**letter))
            .all(|letter| letter.is_uppercase())
}

/// Whether a capital inside a word begins the second part of a name, behind a part that is written so.
fn begins_a_second_name(text: &[char], place: usize) -> bool {
    const FIRST: [&str; 20] = [
        "mc", "mac", "de", "di", "la", "le", "del", "fitz", "van", "von", "jo", "mary", "ann", "al", "el",
        "h", "n", "t", "ó", "dell",
    ];
    let start =
        text[..place].iter().rposition(|letter| !letter.is_alphabetic()).map_or(0, |before| before + 1);
    let first: String = text[start..place].iter().flat_map(|letter| letter.to_lowercase()).collect();
    FIRST.contains(&first.as_str()) && "ÁÉÍÓÄÖÜÅØÆÇÑÞÐ".contains(text[place])
}

/// Letters that only certain neighbours have.
fn is_misplaced(text: &[char], place: usize, Spot { before, character, after }: Spot, kind: Kind) -> bool {
    let ends = || !after.is_some_and(char::is_alphabetic);
    let behind = |word: &str| text[place + 1..].iter().take(word.chars().count()).copied().eq(word.chars());
    let is_inside = || before.is_some_and(char::is_alphabetic);
    match character {
        // the apostrophe of Windows-1252 as Mac OS Roman and DOS have it: OíBrien, OÆBrien; and the other way round
        'í' if after.is_some_and(char::is_uppercase) => true,
        'Æ' | 'Õ' if is_inside() && after.is_some_and(char::is_uppercase) => {
            text.get(place + 2).is_some_and(|next| next.is_lowercase())
        }
        // German ß: never first, and not behind these
        'ß' => before.is_none_or(|before| {
            let is_second = || !place.checked_sub(2).is_some_and(|place| text[place].is_alphabetic());
            !before.is_alphabetic()
                || "bcdfgjkmpqsvwxzBCDFGJKMPQSVWXZ".contains(before)
                || ("hlnrtHLNRT".contains(before) && is_second())
        }),
        // ends no word of Icelandic
        'þ' | 'Þ' if is_inside() => ends() || (kind == Kind::Name && is_turkish(text, place)),
        'Þ' if kind == Kind::Name && !is_inside() => is_turkish_at_first(&text[place + 1..]),
        // Ewe, between vowels
        'ƒ' => ![before, after]
            .iter()
            .all(|beside| beside.is_some_and(|beside| "aeiouɛɔAEIOUƐƆ".contains(beside))),
        // ươ of Windows-1258; ı of Windows-1254, which stands between consonants
        'ý' => after == Some('õ') || is_dotless_i_twice(text),
        // the acute accent of Windows-1258, behind its vowel
        'ì' | 'Ì' if before.is_some_and(|before| "aeiouyâêôãýõAEIOUYÂÊÔÃÝÕ".contains(before)) =>
        {
            // Quì
            let is_after_q = || place.checked_sub(2).is_some_and(|place| matches!(text[place], 'q' | 'Q'));
            !(matches!(before, Some('u' | 'U')) && is_after_q())
        }
        // Á, whose second byte is no character of Windows-1252
        'Ã' if kind == Kind::Name && !is_inside() => after.is_some_and(char::is_alphabetic),
        // aitė, ienė of Windows-1257
        'ë' if ends() => ["ait", "ien"]
            .iter()
            .any(|ending| place > 3 && text[place - 3..place].iter().copied().eq(ending.chars())),
        // ński, ić, íř, ček, áč, ič, Če, Św of Windows-1250
        'ñ' => behind("sk") || has_caron(text, place, character),
        'æ' => ends() && before == Some('i'),
        'ø' => after == Some('í'),
        'è' => {
            let is_behind_an_acute = before.is_some_and(|before| "áíýé".contains(before));
            behind("ek")
                || is_behind_an_acute
                || (ends() && before == Some('i'))
                || has_caron(text, place, character)
        }
        'È' => behind("e") || has_caron(text, place, character),
        'Œ' => behind("w"),
        // ú of Mac OS Roman, ś of Windows-1250: French œ stands behind a consonant or first, and never last
        'œ' => ends() || before.is_some_and(|before| "aeiouyAEIOUY".contains(before)),
        // Ø of Mac OS Roman, Ó too
        'ÿ' => !is_inside() && !ends(),
        'î' => kind == Kind::Name && !is_inside() && ends(),
        // ğ of Windows-1254
        'ð' => {
            behind("lu") && before == Some('o')
                || has_letter(text, place, |letter| "çÇ".contains(letter))
                || has_caron(text, place, character)
        }
        'Ò' | 'Ï' | 'ì' | 'ò' | 'ù' | 'ï' | 'ê' | 'ã' | 'û' => has_caron(text, place, character),
        _ => false,
    }
}

/// Whether a þ inside a name is ş: behind a vowel, and before other letters than in Icelandic (Eyþór, Dósóþeus, Aþena).
fn is_turkish(text: &[char], place: usize) -> bool {
    let (before, after) = (text[place - 1], text.get(place + 1).copied());
    let is_behind_a_vowel = "aeıiouüyýöAEIİOUÜYÝÖ".contains(before);
    let is_icelandic = after.is_some_and(|after| "óorúuýyjvöÓORÚUÝYJVÖ".contains(after));
    let is_athena = before == 'A' && after == Some('e');
    is_behind_a_vowel && !is_icelandic && !is_athena
}

/// Whether a Þ before a or e is Ş: but for these, no name of Icelandic begins so.
fn is_turkish_at_first(rest: &[char]) -> bool {
    const ICELANDIC: [&str; 9] = ["ey", "eó", "engil", "eng", "eb", "eist", "eof", "alía", "angbrand"];
    let begins = |word: &str| rest.iter().take(word.chars().count()).copied().eq(word.chars());
    (begins("a") || begins("e")) && rest.len() > 2 && !ICELANDIC.into_iter().any(begins)
}

fn is_dotless_i_twice(text: &[char]) -> bool {
    let is_consonant = |letter: char| "bcçdfgðhjklmnpqrsþtvwxyzY".contains(letter.to_ascii_lowercase());
    let spots =
        text.windows(3).filter(|spot| spot[1] == 'ý' && is_consonant(spot[0]) && is_consonant(spot[2]));
    spots.count() > 1
}

/// Whether the word has `š` or `ž`, or `ý` with a grave: languages that have both are none.
fn has_caron(text: &[char], place: usize, character: char) -> bool {
    has_letter(text, place, |letter| {
        "šžŠŽ".contains(letter) || (letter == 'ý' && "èìòùï".contains(character))
    })
}

/// Whether the word around a place has such a letter.
fn has_letter(text: &[char], place: usize, fits: impl Fn(char) -> bool) -> bool {
    let start =
        text[..place].iter().rposition(|letter| !letter.is_alphabetic()).map_or(0, |before| before + 1);
    text[start..].iter().take_while(|letter| letter.is_alphabetic()).any(|letter| fits(*letter))
}

/// Whether a no-break space stands inside a word: behind its first letter or two, or before its last;
/// small letters after it that are no word of their own.
pub(super) fn has_lost_letter(value: &str) -> bool {
    const WORDS: [&str; 37] = [
        "a", "b", "c", "d", "e", "i", "o", "s", "y", "bt", "le", "of", "na", "af", "al", "ap", "av", "bin",
        "da", "de", "del", "den", "der", "di", "do", "dos", "du", "el", "ibn", "kızı", "kyzy", "la", "oğlu",
        "qızı", "uulu", "van", "von",
    ];
    let parts: Vec<&str> = value.split('\u{a0}').collect();
    parts.windows(2).any(|pair| {
        let is_no_letter = |character: char| !character.is_alphabetic();
        let begun = pair[0].rsplit(is_no_letter).next().unwrap_or_default();
        let rest = pair[1].split(is_no_letter).next().unwrap_or_default();
        let is_begun = begun.is_ascii() && begun.starts_with(|letter: char| letter.is_ascii_uppercase());
        let is_rest = rest.starts_with(|letter: char| letter.is_ascii_lowercase()) && !WORDS.contains(&rest);
        is_begun && is_rest && (begun.len() <= 2 && rest.len() > 1 || rest.len() <= 2)
    })
}
