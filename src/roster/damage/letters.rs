//! Letters where no language has them: what comes out when a text is read in a wrong encoding whose characters are
//! letters too (`JosŽ`, `Àííà`, `JosΘ`).

use icu_properties::props::Script;

use super::Kind;
use super::characters::{Spot, is_latin, script};

const WRONG: &str =
    "has letters that do not go together; it was read in a wrong encoding: export it again as UTF-8";
const CASE: &str = "has a capital inside a word, or a small letter among capitals; it was read in a wrong encoding, or its \
                    case was changed: export it again as UTF-8";
const SCRIPTS: &str =
    "mixes the letters of two scripts in one word; it was read in a wrong encoding, or typed with a wrong keyboard";

pub(super) fn find(text: &[char], kind: Kind) -> Option<&'static str> {
    let mut run = 0;
    for (place, spot) in Spot::all(text) {
        let is_latin_1 = matches!(spot.character, '\u{c0}'..='\u{ff}') && !"ÄäÖöÜüõ×÷".contains(spot.character);
        run = match (is_latin_1, spot.before) {
            (false, _) => 0,
            (true, Some('\u{c0}'..='\u{ff}')) => run + 1,
            (true, _) => 1,
        };
        if run > 3 {
            return Some(WRONG);
        }
        if mixes_scripts(spot) {
            return Some(SCRIPTS);
        }
        if matches!(spot.character, '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' | '\u{400}'..='\u{4ff}') {
            if is_in_wrong_case(text, place, spot) {
                return Some(CASE);
            }
            if is_misplaced(text, place, spot, kind) {
                return Some(WRONG);
            }
        }
    }
    is_all_of_latin_1(text).then_some(WRONG)
}

/// A text in which no letter is plain, and all are of the upper half of ISO 8859-1: one of another script.
fn is_all_of_latin_1(text: &[char]) -> bool {
    let mut letters = text.iter().filter(|character| character.is_alphabetic());
    let Some(first) = letters.next() else { return false };
    let fits = |letter: &char| matches!(letter, '\u{c0}'..='\u{ff}');
    let mut differs = false;
    fits(first)
        && letters.all(|letter| {
            differs |= !letter.to_lowercase().eq(first.to_lowercase());
            fits(letter)
        })
        && differs
}

/// Latin beside Greek or Cyrillic, a letter of any other script between two Latin ones.
fn mixes_scripts(spot: Spot) -> bool {
    let beside = [spot.before, spot.after].into_iter().flatten();
    let beside_latin = beside.filter(|beside| is_latin(*beside)).count();
    if beside_latin == 0 || is_latin(spot.character) {
        return false;
    }
    let is_digit = spot.character.is_numeric() && !spot.character.is_alphabetic();
    script(spot.character)
        .is_some_and(|own| beside_latin == 2 || is_digit || matches!(own, Script::Greek | Script::Cyrillic))
}

/// `JosŽ`, `MŸller`, `RAMàN`; not `LeÁnne`, `McÉvoy`, `hÓgáin`, `GROßMANN`.
fn is_in_wrong_case(text: &[char], place: usize, Spot { before, character, after }: Spot) -> bool {
    let at = |distance: usize| place.checked_sub(distance).and_then(|place| text.get(place)).copied();
    let is_upper = |character: Option<char>| character.is_some_and(char::is_uppercase);
    let is_lower = |character: Option<char>| character.is_some_and(char::is_lowercase);
    let is_letter = |character: Option<char>| character.is_some_and(char::is_alphabetic);
    if matches!(character, '\u{400}'..='\u{4ff}') {
        // KOI8-R read as Windows-1251: the other way round
        let is_start = !is_letter(before);
        let rest = text[place + 1..].iter().take_while(|letter| letter.is_alphabetic());
        return is_start && character.is_lowercase() && rest.clone().count() > 0 && rest.clone().all(|letter| letter.is_uppercase());
    }
    if character.is_uppercase() {
        let is_suspect = matches!(character, '\u{c0}'..='\u{ff}' | 'Š' | 'Ž' | 'Œ' | 'Ÿ');
        if is_lower(before) {
            return !is_lower(after) || (is_suspect && !begins_a_second_name(text, place));
        }
        // the second letter of a word, as in MŸller; a word that begins so is one in Irish
        return is_suspect && is_upper(before) && !is_letter(at(2)) && is_lower(after) && before.is_some_and(|before| before.is_ascii());
    }
    // Ll only: ª and other superscripts are lower case to Unicode
    if !character.is_lowercase() || matches!(character, 'ß' | 'ı' | 'ŉ' | 'ĸ') || !is_upper(before) {
        return false;
    }
    let after_next = text.get(place + 2).copied();
    if is_upper(after) { is_upper(at(2)) || is_upper(after_next) } else { is_upper(at(2)) && !is_letter(after) }
}

/// Whether a capital inside a word begins the second part of a name, behind a part that is written so.
fn begins_a_second_name(text: &[char], place: usize) -> bool {
    const FIRST: [&str; 20] = [
        "mc", "mac", "de", "di", "la", "le", "del", "fitz", "van", "von", "jo", "mary", "ann", "al", "el", "h", "n", "t", "ó",
        "dell",
    ];
    let start = text[..place].iter().rposition(|letter| !letter.is_alphabetic()).map_or(0, |before| before + 1);
    let first: String = text[start..place].iter().flat_map(|letter| letter.to_lowercase()).collect();
    FIRST.contains(&first.as_str()) && "ÁÉÍÓÄÖÜÅØÆÇÑÞÐ".contains(text[place])
}

/// Letters that only certain neighbours have.
fn is_misplaced(text: &[char], place: usize, Spot { before, character, after }: Spot, kind: Kind) -> bool {
    let ends = !after.is_some_and(char::is_alphabetic);
    let behind = |word: &str| text[place + 1..].iter().take(word.chars().count()).copied().eq(word.chars());
    let (after_next, is_inside) = (text.get(place + 2), before.is_some_and(char::is_alphabetic));
    match character {
        // the apostrophe of Windows-1252 as Mac OS Roman and DOS have it: OíBrien, OÆBrien; and the other way round
        'í' if after.is_some_and(char::is_uppercase) => true,
        'Æ' | 'Õ' if is_inside && after.is_some_and(char::is_uppercase) && after_next.is_some_and(|next| next.is_lowercase()) => true,
        // German ß: never first, and not behind these
        'ß' => before.is_none_or(|before| !before.is_alphabetic() || "bcdfgjkmpqsvwxzBCDFGJKMPQSVWXZ".contains(before)),
        // þ stands first in Icelandic words and in the parts of names, which go on with these (Hafþór, Friðþjófur)
        'þ' | 'Þ' => {
            is_inside && (ends || (kind == Kind::Name && !after.is_some_and(|after| "óorúuýyjvöÓORÚUÝYJVÖ".contains(after))))
        }
        // Ewe, between vowels
        'ƒ' => ![before, after].iter().all(|beside| beside.is_some_and(|beside| "aeiouɛɔAEIOUƐƆ".contains(beside))),
        // ươ of Windows-1258; ı of Windows-1254, which stands between consonants
        'ý' => after == Some('õ') || is_dotless_i_twice(text),
        // the acute accent of Windows-1258, behind its vowel
        'ì' | 'Ì' if before.is_some_and(|before| "aeiouyâêôãýõAEIOUYÂÊÔÃÝÕ".contains(before)) => true,
        // aitė, ienė of Windows-1257
        'ë' if ends => ["ait", "ien"].iter().any(|ending| place > 3 && text[place - 3..place].iter().copied().eq(ending.chars())),
        // ński, ić, íř, ček of Windows-1250
        'ñ' => behind("sk") || has_caron(text, place, character),
        'æ' => ends && before == Some('i'),
        'ø' => after == Some('í'),
        'è' => behind("ek") || has_caron(text, place, character),
        'È' | 'Ò' | 'Ï' | 'ì' | 'ò' | 'ù' | 'ï' | 'ê' | 'ã' | 'û' | 'ð' => has_caron(text, place, character),
        _ => false,
    }
}

fn is_dotless_i_twice(text: &[char]) -> bool {
    let is_consonant = |letter: char| "bcçdfgðhjklmnpqrsþtvwxyzY".contains(letter.to_ascii_lowercase());
    let spots = text.windows(3).filter(|spot| spot[1] == 'ý' && is_consonant(spot[0]) && is_consonant(spot[2]));
    spots.count() > 1
}

/// Whether the word has `š` or `ž`, or `ý` with a grave: languages that have both are none.
fn has_caron(text: &[char], place: usize, character: char) -> bool {
    let start = text[..place].iter().rposition(|letter| !letter.is_alphabetic()).map_or(0, |before| before + 1);
    let word = text[start..].iter().take_while(|letter| letter.is_alphabetic());
    word.into_iter().any(|letter| "šžŠŽ".contains(*letter) || (*letter == 'ý' && "èìòùï".contains(character)))
}

/// Whether a no-break space stands inside a word: behind its first letter or two, and small letters after it that are
/// no word of their own.
pub(super) fn has_lost_letter(value: &str) -> bool {
    const WORDS: [&str; 24] = [
        "af", "al", "ap", "av", "bin", "da", "de", "del", "den", "der", "di", "do", "dos", "du", "el", "ibn", "kızı", "kyzy", "la", "oğlu",
        "qızı", "uulu", "van", "von",
    ];
    let parts: Vec<&str> = value.split('\u{a0}').collect();
    parts.windows(2).any(|pair| {
        let is_no_letter = |character: char| !character.is_alphabetic();
        let begun = pair[0].rsplit(is_no_letter).next().unwrap_or_default();
        let rest = pair[1].split(is_no_letter).next().unwrap_or_default();
        let is_begun = (1..=2).contains(&begun.len()) && begun.starts_with(|letter: char| letter.is_ascii_uppercase());
        is_begun && rest.len() > 1 && rest.starts_with(|letter: char| letter.is_ascii_lowercase()) && !WORDS.contains(&rest)
    })
}
