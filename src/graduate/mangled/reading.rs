//! Whether the UTF-8 that a damaged text may hide is a text, and more of one than what stands there.

use icu_normalizer::ComposingNormalizerBorrowed;
use icu_properties::props::{GeneralCategory, Script};
use icu_properties::{CodePointMapData, CodePointMapDataBorrowed};

use super::pages::is_everyday;

/// The ASCII on both sides of the part that is looked at.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Neighbours {
    pub before: Option<char>,
    pub after: Option<char>,
}

impl Neighbours {
    fn are_beside_a_letter(self) -> bool {
        [self.before, self.after].into_iter().flatten().any(|character| character.is_ascii_alphabetic())
    }

    fn are_letters(self) -> bool {
        [self.before, self.after]
            .iter()
            .all(|beside| beside.is_some_and(|beside| beside.is_ascii_alphabetic()))
    }
}

/// Whether the bytes, of which an encoding of one byte a character made `part`, are UTF-8 that says something.
pub(super) fn is_hidden_text(part: &str, bytes: &[u8], neighbours: Neighbours) -> bool {
    let Ok(hidden) = std::str::from_utf8(bytes) else { return false };
    let Some(alphabet) = alphabet(hidden, neighbours) else { return false };
    let mut characters = part.chars();
    let is_foreign = is_of_one_foreign_alphabet(part);
    if let (Some(first), Some(second), None) = (characters.next(), characters.next(), characters.next()) {
        if first == '«' && !neighbours.before.is_some_and(|before| before.is_ascii_alphabetic()) {
            return false;
        }
        if is_mark(second) && !is_foreign && script(first) == Some(Script::Latin) {
            return is_a_letter(bytes[0], second, neighbours);
        }
    }
    if is_all_latin(part) && (!is_composed(hidden, neighbours) || is_a_word_of_two(part, hidden, neighbours))
    {
        return false;
    }
    match alphabet {
        _ if !is_foreign => true,
        // a Thai or Cyrillic word can be UTF-8 by chance: it must turn into a part of a word, or into a longer one
        Alphabet::Of(Script::Latin) | Alphabet::Marks => neighbours.are_beside_a_letter(),
        // мќґ: no Cyrillic word has these letters alone
        Alphabet::Of(EAST_ASIAN) if part.starts_with(char::is_lowercase) => true,
        Alphabet::Of(_) => hidden.chars().filter(|character| script(*character).is_some()).count() > 1,
    }
}

/// `Đô` is a name, and by chance ѓ, a letter that stands nowhere alone.
fn is_a_word_of_two(part: &str, hidden: &str, neighbours: Neighbours) -> bool {
    let is_one = hidden.chars().count() == 1
        && hidden.chars().all(|character| script(character) != Some(Script::Latin));
    is_one && part.chars().all(char::is_alphabetic) && !neighbours.are_beside_a_letter()
}

/// Whether the bytes of a text of several parts are UTF-8 with letters of three bytes each, all of one script.
pub(super) fn is_hidden_in_parts(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).is_ok_and(|hidden| {
        matches!(alphabet(hidden, Neighbours::default()), Some(Alphabet::Of(_)))
            && hidden.chars().all(|character| character.is_ascii() || character >= '\u{800}')
    })
}

/// A capital letter with a quotation mark, an apostrophe or a dash behind it is UTF-8 by chance in “ANDRÉ” and in
/// LAMMINPÄÄ–VIRTANEN. It is none beside a small letter; nor is `Ã–` for `Ö`, since hardly a word ends so.
fn is_a_letter(first_byte: u8, mark: char, Neighbours { before, after }: Neighbours) -> bool {
    let is_small = |beside: Option<char>| beside.is_some_and(|beside| beside.is_ascii_lowercase());
    let is_dash_at_the_end =
        matches!(mark, '–' | '—') && !after.is_some_and(|after| after.is_ascii_alphanumeric());
    let is_genitive = mark == '’' && after == Some('s');
    is_small(before)
        || (is_small(after) && !is_genitive)
        || (first_byte == 0xc3 && mark != '”')
        || (is_dash_at_the_end && before.is_some_and(|before| before.is_ascii_alphabetic()))
}

fn is_mark(character: char) -> bool {
    matches!(character, '\u{2010}'..='\u{201f}' | '«' | '»' | '‹' | '›' | '…')
}

/// Whether the accents join the letters before them: those that come out by chance (`ĚŠ`) mostly do not.
fn is_composed(text: &str, neighbours: Neighbours) -> bool {
    let whole: String = neighbours.before.into_iter().chain(text.chars()).collect();
    !ComposingNormalizerBorrowed::new_nfc().normalize(&whole).contains(is_accent)
}

/// The same for encodings in which a character is mostly two bytes. `value` is the whole text.
pub(super) fn is_hidden_in_east_asian(value: &str, bytes: &[u8], neighbours: Neighbours) -> bool {
    let Ok(hidden) = std::str::from_utf8(bytes) else { return false };
    let letters = hidden.chars().filter(|character| !character.is_ascii()).count();
    // an ASCII letter that is there, and not only the second byte of a character
    let is_beside_a_letter = || neighbours.are_beside_a_letter() && has_a_letter_beside_another_script(value);
    match alphabet(hidden, neighbours) {
        Some(Alphabet::Of(Script::Latin)) => {
            // Ó of Irish names
            let is_initial = neighbours.before.is_none_or(|before| before == ' ')
                && neighbours.after == Some(' ')
                && value.contains(|character: char| character.is_ascii_alphabetic())
                && hidden.chars().all(char::is_uppercase);
            letters > 2 || is_beside_a_letter() || is_initial
        }
        Some(Alphabet::Of(EAST_ASIAN)) => letters > 1 && is_more_everyday(hidden, value),
        Some(Alphabet::Of(_)) => letters > 2,
        // an apostrophe, a dash, a middle dot inside a word
        Some(Alphabet::Marks) => {
            (neighbours.are_letters() && has_a_letter_beside_another_script(value))
                || (neighbours.are_beside_a_letter() && ["‘", "’"].contains(&hidden))
                || (is_beside_a_letter() && (hidden.len() > 2 || hidden.contains(['ʻ', 'ʼ', 'ʾ', 'ʿ'])))
        }
        None => false,
    }
}

fn has_a_letter_beside_another_script(value: &str) -> bool {
    // of Shift JIS, and nobody's but for whole words of them
    if value.contains(|character| matches!(character, '\u{ff61}'..='\u{ff9f}')) {
        return true;
    }
    let pairs = value.chars().zip(value.chars().skip(1));
    pairs.into_iter().any(|(one, next)| {
        (one.is_ascii_alphabetic() && !next.is_ascii()) || (!one.is_ascii() && next.is_ascii_alphabetic())
    })
}

/// Characters that come out by chance are mostly rare ones.
fn is_more_everyday(hidden: &str, value: &str) -> bool {
    let share = |text: &str| {
        let letters = || text.chars().filter(|character| script(*character) == Some(EAST_ASIAN));
        (letters().filter(|character| is_everyday(*character)).count(), letters().count())
    };
    let ((hidden, of_hidden), (shown, of_shown)) = (share(hidden), share(value));
    hidden == of_hidden || hidden * of_shown > shown * of_hidden
}

/// Stands for all scripts that Chinese, Japanese and Korean names are written in.
const EAST_ASIAN: Script = Script::Han;

/// What a text is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Alphabet {
    /// Letters of one script.
    Of(Script),
    /// Nothing but apostrophes, dashes, accents.
    Marks,
}

/// The alphabet of a text; none when it is no text: letters of several scripts, or of another than the ASCII letters
/// beside it, or such as are in no name.
fn alphabet(text: &str, neighbours: Neighbours) -> Option<Alphabet> {
    let mut alphabet = None;
    let mut letters = 0;
    for character in text.chars().filter(|character| !character.is_ascii()) {
        if !is_in_names(character) {
            return None;
        }
        let Some(script) = script(character) else { continue };
        alphabet = match (alphabet, script) {
            (None, _) => Some(script),
            (Some(before), _) if before == script => alphabet,
            // points of Arabic and of kana, which several scripts share
            (Some(before), Script::Inherited) if before != Script::Latin => alphabet,
            (Some(Script::Inherited), _) if script != Script::Latin => Some(script),
            _ => return None,
        };
        letters += 1;
    }
    let is_foreign = match alphabet {
        None | Some(Script::Latin) => false,
        // names in two scripts are written without a space as well
        Some(EAST_ASIAN) => letters < 2,
        Some(_) => true,
    };
    if is_foreign && neighbours.are_beside_a_letter() {
        None
    } else {
        Some(alphabet.map_or(Alphabet::Marks, Alphabet::Of))
    }
}

/// The script of a letter; none for what all scripts share.
fn script(character: char) -> Option<Script> {
    static SCRIPTS: CodePointMapDataBorrowed<'static, Script> = CodePointMapData::<Script>::new();
    match SCRIPTS.get(character) {
        // accents and points of other scripts are no marks of all
        Script::Inherited if !is_accent(character) => Some(Script::Inherited),
        Script::Common | Script::Inherited => None,
        Script::Han | Script::Hiragana | Script::Katakana | Script::Hangul | Script::Bopomofo => {
            Some(EAST_ASIAN)
        }
        script => Some(script),
    }
}

/// Letters that names have, and what else stands in them. Of the Latin ones those that some language uses today;
/// the others are what comes out by chance.
fn is_in_names(character: char) -> bool {
    match character {
        // of African languages, Vietnamese, Pinyin, Romanian
        '\u{180}'..='\u{24f}' => "ƁƆƉƊƏƐƑƒƓƔƘƙƠơƯưƲƳƴǀǁǂǃǍǎǏǐǑǒǓǔǕǖǗǘǙǚǛǜǦǧǨǩǪǫȘșȚțȲȳ".contains(character),
        '\u{250}'..='\u{2af}' => "ɓɔɖɗəɛɠɣɩʋʊ".contains(character),
        // apostrophes that are letters
        '\u{2b0}'..='\u{2ff}' => "ʹʻʼʾʿ".contains(character),
        // the kra, the long s, ligatures; accents and letters of scholars
        '\u{132}'..='\u{133}'
        | '\u{138}'
        | '\u{13f}'..='\u{140}'
        | '\u{149}'
        | '\u{17f}'
        | '\u{329}'..='\u{32c}'
        | '\u{332}'..='\u{357}'
        | '\u{359}'..='\u{36f}'
        | '\u{370}'..='\u{385}'
        | '\u{3cf}'..='\u{3ff}'
        | '\u{460}'..='\u{48f}' => false,
        _ => {
            let category = CodePointMapData::<GeneralCategory>::new().get(character);
            !matches!(
                category,
                GeneralCategory::Unassigned | GeneralCategory::PrivateUse | GeneralCategory::Control
            )
        }
    }
}

fn is_accent(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36f}')
}

fn is_all_latin(part: &str) -> bool {
    part.chars().all(|character| script(character) == Some(Script::Latin))
}

/// Whether all letters are of one script, and of another than the Latin.
fn is_of_one_foreign_alphabet(part: &str) -> bool {
    let first = part.chars().next().and_then(script).filter(|first| *first != Script::Latin);
    first.is_some() && part.chars().all(|character| script(character) == first)
}
