//! Text that was written in one encoding of Latin or Cyrillic letters and read in another, when both have letters in the
//! same places: `Conceiçăo` is Conceição, and `Irčne` and `Bjřrn` in one roster are Irène and Bjørn. Which letters languages
//! have together tells.

use std::sync::LazyLock;

use crate::roster::encoding::alphabets::{are_of_one_language, cost, cost_of_letters};
use crate::roster::encoding::candidates::{ALL, Candidate};

/// What is told of one text.
pub(in crate::roster) const DAMAGED: &str =
    "has letters that no language has together; it was read in a wrong encoding: export it again as UTF-8";

/// How much likelier another reading of one text is when it is the right one (natural logarithm).
const SURE: f64 = 4.5;

/// The same of the names of a whole roster, with which there is less room for chance.
const SURE_OF_ALL: f64 = 6.0;

/// How much less believable Vietnamese is than others, whose vowels with two marks can come out of any accents: `Võ Ý`.
const VIETNAMESE: f64 = 2.0;

/// Behind it the encodings have no letters.
const LAST: char = '\u{45f}';

/// Read as these, hardly anybody's text becomes another: few programs know them.
const NOT_READ_AS: [&str; 6] = ["windows-1257", "iso-8859-5", "x-mac-cyrillic", "koi8-u", "ibm866", "cp852"];

/// What reads in some encoding as the letters that stand in the text.
static READ_AS: LazyLock<Vec<&Candidate>> = LazyLock::new(|| {
    ALL.iter().filter(|candidate| candidate.is_alphabetic && !NOT_READ_AS.contains(&candidate.name)).collect()
});

/// Damage of one text.
pub(super) fn find(text: &str) -> Option<&'static str> {
    // most names end here, and those of other scripts
    if text.chars().any(|sign| sign > LAST && sign.is_alphabetic()) || are_of_one_language(text) {
        return None;
    }
    // given and family name may be of two languages, a word is not
    words_of(text)
        .any(|word| {
            !are_of_one_language(&word)
                && likelier(&[word], are_of_one_language).is_some_and(|found| found.by > SURE)
        })
        .then_some(DAMAGED)
}

/// Another reading of texts.
#[derive(Debug)]
pub(in crate::roster) struct Likelier {
    /// By how much it is likelier (natural logarithm).
    by: f64,
    /// The encoding that the texts were written in.
    pub(in crate::roster) written: &'static str,
    /// The one that they were read in.
    pub(in crate::roster) read: &'static str,
}

/// Whether names, each of which may be one, were all read in a wrong encoding.
pub(in crate::roster) fn of_all(names: &[String]) -> Option<Likelier> {
    let words: Vec<_> = names.iter().flat_map(|name| words_of(name)).collect();
    if words.len() < 2 || words.iter().all(|word| are_of_one_language(word)) {
        return None;
    }
    likelier(&words, |_| true).filter(|found| found.by > SURE_OF_ALL)
}

/// The likeliest other reading of names in Latin or Cyrillic letters, of those that `may_be`, if it is likelier than what they
/// are.
fn likelier(names: &[String], may_be: fn(&str) -> bool) -> Option<Likelier> {
    let as_they_are = cost_of_letters(names);
    let mut best: Option<Likelier> = None;
    for read in &*READ_AS {
        let Some(bytes) = names.iter().map(|name| read.encode(name)).collect::<Option<Vec<_>>>() else {
            continue;
        };
        for written in ALL.iter().filter(|written| written.is_alphabetic && written.name != read.name) {
            let texts: Vec<_> = bytes.iter().map(|bytes| written.decode(bytes).into_owned()).collect();
            if texts == names || !texts.iter().all(|text| may_be(text)) {
                continue;
            }
            let vietnamese = if written.name == "windows-1258" { VIETNAMESE } else { 0.0 };
            let by = as_they_are - cost(&texts) - written.rarity - vietnamese;
            if by > best.as_ref().map_or(0.0, |best| best.by) {
                best = Some(Likelier { by, written: written.name, read: read.name });
            }
        }
    }
    best
}

/// The words with letters beyond ASCII. What is no letter says nothing of the language: apostrophes and points are where other
/// encodings have letters. `ε` is how many type the ɛ of Twi.
fn words_of(text: &str) -> impl Iterator<Item = String> {
    let is_letter = |sign: char| sign.is_alphabetic() && !matches!(sign, 'ª' | 'º' | 'ⁿ' | 'ʻ' | 'ʼ' | 'ε');
    let words = text.split([' ', '-', '(', ')', ',']).map(move |word| {
        word.chars()
            .map(|sign| if sign.is_ascii() || is_letter(sign) { sign } else { '\'' })
            .collect::<String>()
    });
    words.filter(|word| !word.is_ascii())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_two_languages_are_those_of_another_encoding() {
        for damaged in ["Rui Conceiçăo", "Estęvăo Leite"] {
            assert!(find(damaged).is_some(), "{damaged} is taken");
        }
        for sound in [
            "Adèle Besançon",
            "Değer Başaran",
            "Solène Kägi",
            "Antònia Peña",
            "Anaïs Şahin",
            "Zoë Müller-Ibáñez",
            "Šárka Conceição",
            "Łukasz Muñoz",
            "Şeyma Dvořáková",
        ] {
            assert!(find(sound).is_none(), "{sound} is refused");
        }
    }

    #[test]
    fn many_names_tell_what_one_does_not() {
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let damaged = names(&["Magalhăes", "Irčne Bénard", "Muńoz", "Conceiçăo", "Bjřrn Sřrensen"]);
        let found = of_all(&damaged).map(|found| (found.written, found.read));
        assert_eq!(found, Some(("windows-1252", "windows-1250")));
        for sound in [
            &["Magalhães", "Irène Bénard", "Muñoz", "Conceição", "Bjørn Sørensen"][..],
            &["Łukasz Żak", "Dvořák Jiří", "Győrffy Ödön", "Crăița Dănuț", "Zoë Müller"],
            &["Değer Başaran", "José Núñez", "Zoë Brontë", "Łukasz Żak"],
        ] {
            assert!(of_all(&names(sound)).is_none(), "{sound:?}");
        }
    }
}
