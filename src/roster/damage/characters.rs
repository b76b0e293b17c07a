//! Characters that are in no name: symbols, drawings, private ones, accents that stand by themselves.

use icu_normalizer::DecomposingNormalizerBorrowed;
use icu_properties::props::{GeneralCategory, GeneralCategoryGroup, Script};
use icu_properties::{CodePointMapData, CodePointMapDataBorrowed};

use super::Kind;

const LOST: &str = "has a ? where a letter was lost in an earlier conversion; export it again as UTF-8";
const SYMBOL: &str =
    "has a symbol where a letter should be; it was read in a wrong encoding: export it again as UTF-8";
const UNKNOWN: &str =
    "has a character that no font can show; it was damaged in a conversion: export it again as UTF-8";
const DIGIT: &str = "has a digit in it that is in no name; is this the name column?";
const LONE_ACCENT: &str = "has an accent without its letter; it was damaged in a conversion: write it again";
const LIGATURE: &str = "has letters joined into one sign, as a PDF has them; type them one by one";

static CATEGORIES: CodePointMapDataBorrowed<'static, GeneralCategory> =
    CodePointMapData::<GeneralCategory>::new();
static SCRIPTS: CodePointMapDataBorrowed<'static, Script> = CodePointMapData::<Script>::new();

/// The script of a character; none for what several share.
pub(super) fn script(character: char) -> Option<Script> {
    Some(SCRIPTS.get(character)).filter(|script| !matches!(*script, Script::Common | Script::Inherited))
}

/// A letter of the Latin script, as far as names have them.
pub(super) fn is_latin(character: char) -> bool {
    match character {
        ..'\u{80}' => character.is_ascii_alphabetic(),
        '\u{c0}'..='\u{24f}' => !matches!(character, '×' | '÷'),
        '\u{250}'..='\u{2e7f}' | '\u{a000}'.. => script(character) == Some(Script::Latin),
        _ => false,
    }
}

/// A letter with its two neighbours.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spot {
    pub before: Option<char>,
    pub character: char,
    pub after: Option<char>,
}

impl Spot {
    /// Every character beyond ASCII.
    pub(super) fn all(text: &[char]) -> impl Iterator<Item = (usize, Self)> {
        text.iter().enumerate().filter(|(_, character)| !character.is_ascii()).map(|(place, character)| {
            let before = place.checked_sub(1).map(|place| text[place]);
            (place, Self { before, character: *character, after: text.get(place + 1).copied() })
        })
    }

    pub(super) fn is_between(self, fits: impl Fn(char) -> bool) -> bool {
        self.before.is_some_and(&fits) && self.after.is_some_and(&fits)
    }
}

pub(super) fn find(text: &[char], kind: Kind) -> Option<&'static str> {
    if text.iter().any(|character| matches!(character, '\u{300}'..='\u{36f}')) && has_piled_accents(text) {
        return Some(LONE_ACCENT);
    }
    Spot::all(text).find_map(|(_, spot)| flaw(spot, kind))
}

fn flaw(spot: Spot, kind: Kind) -> Option<&'static str> {
    let Spot { before, character, after } = spot;
    match CATEGORIES.get(character) {
        GeneralCategory::UppercaseLetter
        | GeneralCategory::TitlecaseLetter
        | GeneralCategory::LetterNumber
        | GeneralCategory::Format
        | GeneralCategory::SpaceSeparator => None,
        GeneralCategory::DecimalNumber => (kind == Kind::Name).then_some(DIGIT),
        GeneralCategory::LowercaseLetter => match character {
            '\u{fb00}'..='\u{fb06}' => Some(LIGATURE),
            'µ' if kind == Kind::Name || before.is_some_and(char::is_alphabetic) => Some(SYMBOL),
            _ => None,
        },
        GeneralCategory::ModifierLetter => is_lost_accent(spot).then_some(SYMBOL),
        GeneralCategory::OtherLetter => match character {
            // Mª and M.ª are María; 2ª and 1º are numbers
            'ª' | 'º' => {
                let is_meant = before.is_some_and(|before| "Mm.".contains(before) || before.is_ascii_digit());
                (!is_meant).then_some(SYMBOL)
            }
            // vowels of Thai, which stand behind their consonant
            'ะ' | 'า' | 'ำ' | 'ๅ' if before.is_none_or(|before| script(before) != Some(Script::Thai)) => {
                Some(LONE_ACCENT)
            }
            _ => None,
        },
        GeneralCategory::NonspacingMark | GeneralCategory::SpacingMark | GeneralCategory::EnclosingMark => {
            (!has_base(spot)).then_some(LONE_ACCENT)
        }
        GeneralCategory::Unassigned
        | GeneralCategory::PrivateUse
        | GeneralCategory::Surrogate
        | GeneralCategory::Control
        | GeneralCategory::LineSeparator
        | GeneralCategory::ParagraphSeparator => Some(UNKNOWN),
        GeneralCategory::OtherNumber
        | GeneralCategory::MathSymbol
        | GeneralCategory::CurrencySymbol
        | GeneralCategory::ModifierSymbol
        | GeneralCategory::OtherSymbol => {
            let is_meant =
                is_apostrophe(spot) || is_double_hyphen(spot) || (kind != Kind::Name && is_in_titles(spot));
            (!is_meant).then_some(SYMBOL)
        }
        GeneralCategory::ConnectorPunctuation if kind == Kind::Name => Some(SYMBOL),
        GeneralCategory::ConnectorPunctuation
        | GeneralCategory::DashPunctuation
        | GeneralCategory::OpenPunctuation
        | GeneralCategory::ClosePunctuation
        | GeneralCategory::InitialPunctuation
        | GeneralCategory::FinalPunctuation
        | GeneralCategory::OtherPunctuation => match character {
            '？' if kind == Kind::Name || after.is_some() => Some(LOST),
            _ => is_out_of_place(spot, kind).then_some(SYMBOL),
        },
    }
}

/// Circumflex, caron and the superscript n are letters of Mac OS Roman and DOS where accented ones were; the n is also
/// a letter of Taiwanese, behind a vowel and at the end of a syllable.
fn is_lost_accent(Spot { before, character, after }: Spot) -> bool {
    match character {
        'ˆ' | 'ⁱ' => true,
        'ˇ' | 'ˊ' | 'ˋ' => before.and_then(script) != Some(Script::Bopomofo),
        'ⁿ' => {
            let is_syllable =
                before.is_some_and(|before| before.is_lowercase() && !"bcdfgjklmpqrstvwxyz".contains(before));
            !is_syllable || after.is_some_and(|after| after.is_alphabetic() && after != 'h')
        }
        _ => false,
    }
}

/// A mark has its letter before it, of its own script.
fn has_base(Spot { before, character, .. }: Spot) -> bool {
    let Some(before) = before else { return false };
    let is_joiner = matches!(before, '\u{200c}' | '\u{200d}');
    let group =
        GeneralCategoryGroup::Letter.union(GeneralCategoryGroup::Mark).union(GeneralCategoryGroup::Number);
    if !is_joiner && !group.contains(CATEGORIES.get(before)) {
        return false;
    }
    // in one block, as in most scripts, it needs no closer look
    before as u32 >> 7 == character as u32 >> 7
        || match (script(character), script(before)) {
            (Some(mark), Some(letter)) => mark == letter,
            _ => true,
        }
}

/// The same accent twice, more than three, or dots on a consonant: what is left of `ü` where letters were moved.
fn has_piled_accents(text: &[char]) -> bool {
    let text: String = text.iter().collect();
    let apart = DecomposingNormalizerBorrowed::new_nfd().normalize(&text).into_owned();
    let (mut last, mut count) = (None, 0);
    apart.chars().any(|character| {
        let is_accent = matches!(character, '\u{300}'..='\u{36f}');
        count = if is_accent { count + 1 } else { 0 };
        let is_twice = is_accent && last == Some(character);
        let is_on_a_consonant =
            character == '\u{308}' && last.is_some_and(|letter| "bcdfgjklpqrsvz".contains(letter));
        last = Some(character);
        is_twice || is_on_a_consonant || count > 3
    })
}

/// `O´Brien` as many type it.
fn is_apostrophe(Spot { before, character, after }: Spot) -> bool {
    let is_letter = |beside: char| beside.is_ascii_alphabetic() || matches!(beside, '\u{c0}'..='\u{24f}');
    character == '´' && before.is_some_and(is_letter) && after.is_some_and(is_letter)
}

/// `ジャン＝ポール`
fn is_double_hyphen(spot: Spot) -> bool {
    matches!(spot.character, '＝' | '゠')
        && spot.is_between(|beside| matches!(beside, '\u{3040}'..='\u{30ff}'))
}

/// What titles can have: a trade mark behind a word, `CO₂`, `360°`, `A × B`, `€ 5`; never where a letter was.
fn is_in_titles(spot: Spot) -> bool {
    let Spot { before, character, after } = spot;
    let is_letter = |beside: char| beside.is_alphabetic();
    let is_free = |beside: Option<char>| beside.is_none_or(|beside| !beside.is_alphabetic());
    match character {
        '™' if before == Some(' ') => false,
        '®' | '™' | '©' | '℠' => before.is_none_or(|before| before.is_ascii()) && is_free(after),
        '²' | '³' | '¹' => before.is_some_and(|before| before.is_ascii_alphanumeric()) && is_free(after),
        '\u{2080}'..='\u{2089}' => before.is_some_and(|before| before.is_ascii_alphanumeric()),
        '°' | '½' | '¼' | '¾' => {
            before.is_none_or(|before| before == ' ' || before.is_ascii_digit()) && is_free(after)
        }
        '€' | '£' | '¥' => {
            after.is_some_and(|after| after == ' ' || after.is_ascii_digit()) && is_free(before)
        }
        '×' | '÷' | '±' | '→' | '←' | '↔' | '≤' | '≥' | '−' | '№' | '＋' | '＆' | '∞' => {
            !before.is_some_and(is_letter) || !after.is_some_and(is_letter)
        }
        '´' | '｜' | '～' => true,
        _ => false,
    }
}

/// Punctuation where a letter was.
fn is_out_of_place(spot: Spot, kind: Kind) -> bool {
    let Spot { before, character, after } = spot;
    let is_name = kind == Kind::Name;
    let is_free = |beside: Option<char>| beside.is_none_or(|beside| !beside.is_alphanumeric());
    match character {
        '¡' | '¿' => is_name || !is_free(before),
        '§' | '†' | '‡' | '‰' | '‱' | '※' => {
            is_name || !is_free(before) || after.is_some_and(char::is_alphabetic)
        }
        '¶' | '‚' | '‗' => true,
        '“' | '”' | '„' | '､' | '｡' | '｢' | '｣' => spot.is_between(is_latin),
        '…' => is_name || after.is_some_and(char::is_alphanumeric),
        // Marcel·lí; in Chinese and Japanese between the parts of foreign names
        '·' => {
            let is_foreign = |beside: char| beside.is_alphabetic() && !is_latin(beside);
            (before.is_some_and(is_latin) || after.is_some_and(is_latin))
                && !spot.is_between(|beside| beside.eq_ignore_ascii_case(&'l'))
                && !before.is_some_and(is_foreign)
                && !after.is_some_and(is_foreign)
                && (is_name || spot.is_between(is_latin))
                // Ai·Weiwei
                && !(before.is_some_and(char::is_lowercase) && after.is_some_and(char::is_uppercase))
        }
        '•' => {
            if is_name {
                before.is_none_or(|before| is_latin(before) || before == ' ')
            } else {
                spot.is_between(is_latin)
            }
        }
        '«' | '»' | '‹' | '›' => {
            spot.is_between(char::is_alphanumeric) || (is_name && matches!(character, '‹' | '›'))
        }
        '—' | '–' if is_name && is_free(before) && after.is_some_and(char::is_lowercase) => true,
        '—' => is_name && (before.is_some_and(is_latin) || after.is_some_and(is_latin)),
        '–' => {
            is_name
                && spot.is_between(|beside| "aeiouáéíóúAEIOUÁÉÍÓÚ".contains(beside))
                && is_in_one_case(spot)
        }
        '％' | '＃' | '＊' | '＼' | '＠' => is_name && character != '＠',
        '๏' | '๚' | '๛' => is_name,
        _ => false,
    }
}

fn is_in_one_case(Spot { before, after, .. }: Spot) -> bool {
    before.is_some_and(char::is_uppercase) == after.is_some_and(char::is_uppercase)
}
