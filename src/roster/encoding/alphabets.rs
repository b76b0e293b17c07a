//! The letters of names beyond ASCII, language by language, the more usual first, and how well a text fits them.
//!
//! A frequency of pairs, as detectors for web pages have it, says little about a few names; which letters a language has at
//! all, and where capitals stand, says nearly everything.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Letters beyond ASCII, small, the more usual in names first; and how much rarer the language is in a roster than others
/// (natural logarithm).
const LANGUAGES: [(&str, f64); 35] = [
    // French, German, Spanish, Portuguese, Italian, Finnish, Swedish, Danish and Norwegian, Irish, Icelandic
    ("éèïçëôîêâüàœûùÿæ", 0.0),
    ("üöäßé", 0.0),
    ("íáéóñúü", 0.0),
    ("ãéáçíóôâêúõà", 0.0),
    ("èòàùìé", 1.0),
    ("äöåéü", 0.0),
    ("öåäéü", 0.0),
    ("øæåéöü", 0.0),
    ("áéóíú", 0.0),
    ("óíáðúþöýæé", 2.0),
    // Catalan, Faroese, Albanian, Luxembourgish, Breton and Basque, Wolof
    ("èéòóàíçúüïá", 1.0),
    ("áóíøðúæý", 2.0),
    ("ëç", 1.0),
    ("ëéäüö", 2.0),
    ("ñéêùü", 2.0),
    ("ñàëéó", 2.0),
    // Pinyin, Turkmen, Kazakh in Latin letters, Russian in those of scholars
    ("áéíóúüàèìòù", 2.0),
    ("ýäöüçşñžň", 2.0),
    ("äáıóúüşńñýöğ", 3.0),
    ("ëščž", 2.0),
    // Polish, Czech, Slovak, Hungarian, Romanian, Croatian and Slovene
    ("łńóśąęćżź", 0.0),
    ("áíéřčýěžšůúóňďťü", 0.0),
    ("áíéčýžšúľóňôťďäĺŕ", 0.0),
    ("áéóíöüúőű", 0.0),
    ("ăâîţşșț", 1.5),
    ("ćčšžđ", 0.0),
    // Turkish, Lithuanian, Latvian, Estonian
    ("üışğçöiâ", 0.5),
    ("ėšžūįčųęą", 2.0),
    ("āīšēņļģžķčū", 2.0),
    ("äõüöšž", 2.0),
    // Vietnamese: marks of the tone, as Windows-1258 has them, are letters of their own
    ("\u{301}\u{323}\u{300}êôơưăâđ\u{309}\u{303}íáúéóàèùýìò", 0.0),
    // Russian, Ukrainian, Bulgarian and Macedonian, Serbian
    ("аоиенрвлкстмдягбуьчйзпшхюжыфэцщёъ", 0.0),
    ("аоиенрвлктсмідягбуьчйзпшхюжфєцщїґ", 0.5),
    ("аоиенрвлкстмдягбучйзпшхюжфцщъьѓќјљњџѕ", 0.5),
    ("аоиенрвлкстмдгбучзпшхжфцђћјљњџ", 0.5),
];

/// What a sign that is in no name costs.
const SYMBOL: f64 = 14.0;

/// What a letter of another language costs.
const STRANGE: f64 = 8.0;

/// How often the shares of the languages are estimated anew.
const ROUNDS: usize = 5;

/// How much less likely these names are than others (natural logarithm), when each is of one language, and the shares of
/// the languages are those that suit them best.
pub(in crate::roster) fn cost(names: &[String]) -> f64 {
    let signs = names.iter().map(|name| name.chars().collect::<Vec<_>>());
    let shapes = signs.map(|signs| (0..signs.len()).map(|at| cost_of_place(&signs, at)).sum::<f64>());
    shapes.sum::<f64>() + cost_of_letters(names)
}

/// The same, wherever the letters stand.
pub(in crate::roster) fn cost_of_letters(names: &[String]) -> f64 {
    let mut likely = Vec::with_capacity(names.len());
    let mut of_letters = HashMap::new();
    for name in names {
        let mut costs = [0.0; LANGUAGES.len()];
        for letter in name.chars().filter(|sign| !sign.is_ascii() && is_letter(*sign)) {
            let of_letter = of_letters
                .entry(letter)
                .or_insert_with(|| LANGUAGES.map(|(alphabet, _)| cost_of_letter(letter, alphabet)));
            costs.iter_mut().zip(of_letter).for_each(|(cost, of_letter)| *cost += *of_letter);
        }
        likely.push(costs.map(|cost| (-cost).exp()));
    }
    let rarity = LANGUAGES.map(|(_, rarity)| (-rarity).exp());
    let all: f64 = rarity.iter().sum();
    let prior = rarity.map(|it| it / all);
    let mut weights = prior;
    let mut cost = 0.0;
    for _ in 0..ROUNDS {
        let mut counts = prior;
        cost = 0.0;
        for name in &likely {
            let total: f64 = name.iter().zip(weights).map(|(likely, weight)| likely * weight).sum();
            // a text of hundreds of strange letters
            let total = total.max(f64::MIN_POSITIVE);
            cost -= total.ln();
            for ((count, likely), weight) in counts.iter_mut().zip(name).zip(weights) {
                *count += likely * weight / total;
            }
        }
        let all: f64 = counts.iter().sum();
        weights = counts.map(|count| count / all);
    }
    cost
}

/// Whether one language has all letters beyond ASCII.
pub(in crate::roster) fn are_of_one_language(text: &str) -> bool {
    let mut left = u64::MAX;
    for letter in text.chars().filter(|sign| !sign.is_ascii() && is_letter(*sign)) {
        let small = letter.to_lowercase().next().unwrap_or(letter);
        left &= LANGUAGES_OF.get(small as usize).copied().unwrap_or_default();
    }
    left != 0
}

/// The languages that have a small letter, a bit for each.
static LANGUAGES_OF: LazyLock<Vec<u64>> = LazyLock::new(|| {
    let mut languages = vec![0; 1 << 10];
    for (number, (alphabet, _)) in LANGUAGES.iter().enumerate() {
        for letter in alphabet.chars() {
            if let Some(known) = languages.get_mut(letter as usize) {
                *known |= 1 << number;
            }
        }
    }
    languages
});

/// About as Zipf's law has it: a letter is the rarer, the further behind it stands.
fn cost_of_letter(letter: char, alphabet: &str) -> f64 {
    let small = letter.to_lowercase().next().unwrap_or(letter);
    let rank = alphabet.chars().position(|it| it == small);
    rank.map_or(STRANGE, |rank| {
        let rank = u32::try_from(rank).unwrap_or(u32::MAX);
        (f64::from(rank) + 3.0).ln()
    })
}

/// What it costs that a sign beyond ASCII stands where it does.
fn cost_of_place(signs: &[char], at: usize) -> f64 {
    let sign = signs[at];
    let before = at.checked_sub(1).map(|at| signs[at]);
    let behind = signs.get(at + 1).copied();
    if is_letter(sign) {
        return cost_of_shape(signs, at);
    }
    if sign.is_ascii() {
        return 0.0;
    }
    let is_in_word = before.is_some_and(is_letter) && behind.is_some_and(is_letter);
    match sign {
        // O’Brien, d’Arcy, Queen’s
        '’' | '‘' if is_in_word => {
            let first = at.checked_sub(2).map(|at| signs[at]);
            let is_short = !first.is_some_and(is_letter);
            if is_short || behind == Some('s') { 1.0 } else { 6.0 }
        }
        '–' | '—' if !is_in_word => 3.0,
        '“' | '”' | '«' | '»' | '’' | '‘' | '„' | '‚' | '…' | 'º' | 'ª' | '\u{a0}' => 4.0,
        '\u{fffd}' => 4.0 * SYMBOL,
        _ if sign.is_control() => 4.0 * SYMBOL,
        _ => SYMBOL,
    }
}

/// Capitals begin words or fill them, vowels stand beside consonants, and words are of one script.
fn cost_of_shape(signs: &[char], at: usize) -> f64 {
    let sign = signs[at];
    let letter = |at: Option<usize>| at.and_then(|at| signs.get(at)).copied().filter(|it| is_letter(*it));
    let (before, behind) = (letter(at.checked_sub(1)), letter(Some(at + 1)));
    let second = letter(at.checked_sub(2)).filter(|_| before.is_some());
    if is_tone(sign) {
        return if before.is_some_and(is_vowel) { 0.0 } else { SYMBOL };
    }
    if sign.is_ascii() {
        // a capital behind a small letter that is not ASCII
        let is_odd = sign.is_uppercase() && before.is_some_and(|it| !it.is_ascii() && it.is_lowercase());
        return if is_odd { 5.0 } else { 0.0 };
    }
    let mut cost = 0.0;
    if sign.is_uppercase() && before.is_some_and(char::is_lowercase) {
        cost += 5.0;
    }
    if sign.is_uppercase() && before.is_some() {
        // in a word of capitals all that follow are
        let rest = signs[at + 1..].iter().take_while(|it| is_letter(**it));
        if rest.into_iter().any(|it| it.is_lowercase()) {
            cost += 3.0;
        }
    }
    if sign.is_lowercase() && before.is_none() {
        cost += 3.0;
    }
    if sign.is_lowercase() && before.is_some_and(char::is_uppercase) && second.is_some_and(char::is_uppercase)
    {
        cost += 4.0;
    }
    if let (Some(before), Some(behind)) = (before, behind) {
        let vowel = is_vowel(sign);
        if vowel == is_vowel(before) && vowel == is_vowel(behind) {
            cost += 1.5;
        }
        // Polish writes them before a consonant or at the end, Spanish its ñ before a vowel
        if "ńśźŃŚŹ".contains(sign) && is_vowel(behind) {
            cost += 3.0;
        }
    }
    if [before, behind].into_iter().flatten().any(|beside| is_cyrillic(beside) != is_cyrillic(sign)) {
        cost += SYMBOL;
    }
    cost
}

fn is_letter(sign: char) -> bool {
    // the ordinal indicators count as letters in Unicode, and are in no name
    (sign.is_alphabetic() && !matches!(sign, 'ª' | 'º')) || is_tone(sign)
}

const fn is_tone(sign: char) -> bool {
    matches!(sign, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}')
}

const fn is_cyrillic(sign: char) -> bool {
    matches!(sign, '\u{400}'..='\u{52f}')
}

fn is_vowel(sign: char) -> bool {
    let small = sign.to_lowercase().next().unwrap_or(sign);
    is_tone(sign) || "aeiouyáàâäãåæāąăâéèêëēėęěíìîïīįıóòôöõøœőơúùûüūųůűưýÿаеёиоуыэюяіїєъьй".contains(small)
}
