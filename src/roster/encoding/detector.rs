//! Which of the candidates the cells are in.
//!
//! Firefox's detector knows the scripts of the world well. It was made for web pages, and so does not know what only files
//! are in, Mac Roman and the code pages of DOS, and it hardly tells the encodings of Latin letters from a few names: among
//! those the alphabets decide.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::Encoding;

use super::alphabets;
use super::candidates::{ALL, Candidate};

/// More cells would only take longer.
const MOST_CELLS: usize = 500;

/// What it counts for that Firefox's detector says another encoding, which is right for nineteen in twenty rosters with a
/// few names (natural logarithm).
const DISAGREED: f64 = 3.0;

/// By how much the likeliest is ahead of the next one when it is sure, and how far behind what may still be meant is.
const SURE: f64 = 8.0;

/// What a byte beyond ASCII may cost, on the whole, in what can be names.
const PLAUSIBLE: f64 = 5.0;

/// Others that are shown.
const MOST_OTHERS: usize = 4;

/// What was detected.
pub(super) struct Verdict {
    /// The likeliest first; those that would give the very same text stand for one another, and only one is here.
    pub(super) ranking: Vec<&'static Candidate>,
    /// Whether hardly any other gives names.
    pub(super) is_sure: bool,
}

/// The likeliest encodings of cells that have bytes beyond ASCII.
pub(super) fn detect(cells: &[Vec<u8>]) -> Verdict {
    let cells = &cells[..cells.len().min(MOST_CELLS)];
    let likeliest = by_script(cells);
    if likeliest.is_alphabetic || mixes_scripts(likeliest, cells) {
        return by_alphabet(cells, likeliest);
    }
    // what is said of the whole is said of its parts, unless it was chance
    let parts = [0, 1, 2].map(|part| cells.iter().skip(part).step_by(3).cloned().collect::<Vec<_>>());
    let of_parts: Vec<_> = parts.iter().filter(|part| !part.is_empty()).map(|part| by_script(part)).collect();
    let is_sure = of_parts.len() == 3 && of_parts.iter().all(|it| is_same(it, likeliest, cells));
    let mut ranking = vec![likeliest];
    if !is_sure {
        let others = ALL.iter().filter(|candidate| !candidate.is_alphabetic && is_possible(candidate, cells));
        let others = of_parts.into_iter().filter(|candidate| is_possible(candidate, cells)).chain(others);
        others.for_each(|other| add(&mut ranking, other, cells));
    }
    Verdict { ranking, is_sure }
}

fn by_script(cells: &[Vec<u8>]) -> &'static Candidate {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    for cell in cells {
        detector.feed(cell, false);
        detector.feed(b"\n", false);
    }
    Candidate::of(detector.guess(None, Utf8Detection::Deny)).unwrap_or(&ALL[0])
}

fn by_alphabet(cells: &[Vec<u8>], by_script: &'static Candidate) -> Verdict {
    let costs = ALL.iter().filter(|candidate| candidate.is_alphabetic).map(|candidate| {
        let names: Vec<_> = cells.iter().map(|cell| candidate.decode(cell).into_owned()).collect();
        let disagreed =
            if candidate.name == by_script.name || !candidate.is_of_the_web() { 0.0 } else { DISAGREED };
        (candidate, alphabets::cost(&names) + candidate.rarity + disagreed)
    });
    let mut costs: Vec<_> = costs.collect();
    costs.sort_by(|one, other| one.1.total_cmp(&other.1));
    let (likeliest, cost) = costs[0];
    let mut ranking = vec![likeliest];
    for (other, _) in costs.into_iter().take_while(|other| other.1 < cost + SURE) {
        add(&mut ranking, other, cells);
    }
    Verdict { is_sure: ranking.len() == 1 && is_plausible(cost, cells), ranking }
}

/// Whether cells can hardly be in the encoding that the configuration says, when they look like the likeliest of the
/// verdict.
pub(super) fn is_unlikely(encoding: &'static Encoding, cells: &[Vec<u8>], verdict: &Verdict) -> bool {
    let cells = &cells[..cells.len().min(MOST_CELLS)];
    let likeliest = verdict.ranking[0];
    let texts: Vec<_> = cells.iter().map(|cell| encoding.decode_without_bom_handling(cell)).collect();
    // one in ten may be a slip: such rows are rejected
    if texts.iter().filter(|(.., is_damaged)| *is_damaged).count() * 10 > cells.len() {
        return true;
    }
    if texts.iter().zip(cells).all(|((text, ..), cell)| *text == likeliest.decode(cell)) {
        return false;
    }
    let Some(configured) = Candidate::of(encoding) else { return verdict.is_sure };
    if verdict.is_sure && cells.len() > 2 {
        return true;
    }
    if configured.is_alphabetic {
        let names: Vec<_> = texts.into_iter().map(|(text, ..)| text.into_owned()).collect();
        return !is_plausible(alphabets::cost(&names), cells);
    }
    // a few names of East Asia are told by how everyday their characters are
    let is_rarer = match (configured.everyday(cells), likeliest.everyday(cells)) {
        (Some(configured), Some(likeliest)) => configured < likeliest - 0.25,
        _ => false,
    };
    is_rarer || mixes_scripts(configured, cells)
}

/// Whether the cost is that of names, with as many bytes beyond ASCII as these cells have.
fn is_plausible(cost: f64, cells: &[Vec<u8>]) -> bool {
    let beyond_ascii = cells.iter().flatten().filter(|byte| !byte.is_ascii()).count();
    #[expect(clippy::cast_precision_loss, reason = "a few thousand bytes")]
    let beyond_ascii = beyond_ascii as f64;
    cost < PLAUSIBLE * (beyond_ascii + 4.0)
}

/// Puts an encoding behind the others, unless one of them gives the same text.
fn add(ranking: &mut Vec<&'static Candidate>, other: &'static Candidate, cells: &[Vec<u8>]) {
    if ranking.len() <= MOST_OTHERS && !ranking.iter().any(|one| is_same(one, other, cells)) {
        ranking.push(other);
    }
}

fn is_same(one: &Candidate, other: &Candidate, cells: &[Vec<u8>]) -> bool {
    one.name == other.name || cells.iter().all(|cell| one.decode(cell) == other.decode(cell))
}

/// Whether every cell is text in the encoding.
fn is_possible(candidate: &Candidate, cells: &[Vec<u8>]) -> bool {
    cells.iter().all(|cell| !candidate.decode(cell).contains('\u{fffd}'))
}

/// Whether words are half of Latin letters, as those of other scripts are not.
fn mixes_scripts(candidate: &Candidate, cells: &[Vec<u8>]) -> bool {
    let is_mixed = |cell: &&Vec<u8>| {
        let text = candidate.decode(cell);
        let pairs = text.chars().zip(text.chars().skip(1));
        let beside =
            |one: char, other: char| one.is_ascii_alphabetic() && !other.is_ascii() && other.is_alphabetic();
        pairs.into_iter().any(|(one, other)| beside(one, other) || beside(other, one))
    };
    cells.iter().filter(is_mixed).count() * 3 > cells.len()
}

#[cfg(test)]
mod tests {
    use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};
    use rand::SeedableRng;
    use rand::rngs::StdRng;

    use super::*;
    use crate::roster::encoding::names::names;

    /// Which languages are written in which encoding.
    const WRITTEN: [(&str, &[&str]); 20] = [
        ("windows-1252", &["French", "German", "Spanish", "Portuguese", "Danish"]),
        ("iso-8859-15", &["French", "German", "Spanish"]),
        ("macintosh", &["French", "German", "Spanish", "Portuguese", "Danish"]),
        ("cp850", &["French", "German", "Spanish", "Portuguese", "Danish"]),
        ("cp437", &["French", "German"]),
        ("cp852", &["Polish", "Czech", "Hungarian"]),
        ("windows-1250", &["Polish", "Czech", "Hungarian"]),
        ("iso-8859-2", &["Polish", "Czech", "Hungarian"]),
        ("windows-1254", &["Turkish"]),
        ("windows-1258", &["Vietnamese"]),
        ("windows-1251", &["Russian"]),
        ("koi8-u", &["Russian"]),
        ("ibm866", &["Russian"]),
        ("x-mac-cyrillic", &["Russian"]),
        ("windows-874", &["Thai"]),
        ("big5", &["traditional Chinese"]),
        ("gbk", &["simplified Chinese"]),
        ("shift_jis", &["Japanese"]),
        ("euc-jp", &["Japanese"]),
        ("euc-kr", &["Korean"]),
    ];

    fn candidate(name: &str) -> &'static Candidate {
        ALL.iter()
            .find(|candidate| candidate.name == name)
            .unwrap_or_else(|| panic!("{name} is no candidate"))
    }

    /// The name in the encoding, if it has all its letters.
    fn encode(candidate: &Candidate, name: &str) -> Option<Vec<u8>> {
        let name = if candidate.name == "windows-1258" { with_tones_apart(name) } else { name.to_owned() };
        candidate.encode(&name)
    }

    /// As Windows-1258 writes Vietnamese: the letter, then the mark of its tone.
    fn with_tones_apart(name: &str) -> String {
        let composer = ComposingNormalizerBorrowed::new_nfc();
        let mut apart = String::new();
        for sign in name.chars() {
            let whole = sign.to_string();
            let parts = DecomposingNormalizerBorrowed::new_nfd().normalize(&whole);
            let is_tone =
                |sign: &char| matches!(sign, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}');
            let letter: String = parts.chars().filter(|sign| !is_tone(sign)).collect();
            apart.push_str(&composer.normalize(&letter));
            apart.extend(parts.chars().filter(is_tone));
        }
        apart
    }

    fn cells(candidate: &Candidate, languages: &[&str], rows: usize, rng: &mut StdRng) -> Vec<Vec<u8>> {
        let names =
            languages.iter().flat_map(|language| names(language, rows * 2 / languages.len() + 1, rng));
        let mut cells: Vec<_> =
            names.filter_map(|name| encode(candidate, &name)).filter(|cell| !cell.is_ascii()).collect();
        cells.rotate_left(rows / 2);
        cells.truncate(rows);
        cells
    }

    /// How many of a hundred rosters of so many names are read right, are said to be sure, and are so without reason.
    fn right_sure_wrong(rows: usize, rosters: usize) -> (f64, f64, f64) {
        let mut rng = StdRng::seed_from_u64(rows as u64);
        let (mut all, mut right, mut sure, mut wrong) = (0.0, 0.0, 0.0, 0.0);
        for (encoding, languages) in WRITTEN {
            let candidate = candidate(encoding);
            let mixed = (languages.len() > 1).then_some(languages);
            for languages in languages.chunks(1).chain(mixed) {
                for _ in 0..rosters {
                    let cells = cells(candidate, languages, rows, &mut rng);
                    let verdict = detect(&cells);
                    let is_right = is_same(verdict.ranking[0], candidate, &cells);
                    all += 1.0;
                    right += f64::from(u8::from(is_right));
                    sure += f64::from(u8::from(verdict.is_sure));
                    wrong += f64::from(u8::from(verdict.is_sure && !is_right));
                }
            }
        }
        (right * 100.0 / all, sure * 100.0 / all, wrong * 100.0 / all)
    }

    #[test]
    fn names_tell_the_encoding() {
        for (rows, rosters, least_right, least_sure) in
            [(3, 4, 95.0, 50.0), (10, 4, 98.0, 85.0), (60, 1, 99.9, 95.0)]
        {
            let (right, sure, wrong) = right_sure_wrong(rows, rosters);
            assert!(right >= least_right, "{rows} names: {right} % are right");
            assert!(sure >= least_sure, "{rows} names: {sure} % are sure");
            assert!(wrong <= 0.5, "{rows} names: {wrong} % are surely wrong");
        }
    }

    #[test]
    fn what_is_configured_stands_for_its_own_and_not_for_others() {
        let mut rng = StdRng::seed_from_u64(7);
        for (encoding, languages) in WRITTEN {
            let Some(configured) = candidate(encoding).encoding() else { continue };
            for rows in [1, 2, 4, 10, 60] {
                let cells = cells(candidate(encoding), languages, rows, &mut rng);
                assert!(!is_unlikely(configured, &cells, &detect(&cells)), "{rows} rows in {encoding}");
            }
        }
        for (written, languages, configured) in [
            ("gbk", "simplified Chinese", encoding_rs::BIG5),
            ("big5", "traditional Chinese", encoding_rs::GBK),
            ("windows-874", "Thai", encoding_rs::WINDOWS_1252),
            ("windows-1252", "French", encoding_rs::WINDOWS_874),
            ("windows-1252", "Spanish", encoding_rs::BIG5),
            ("macintosh", "Spanish", encoding_rs::WINDOWS_1252),
            ("windows-1250", "Polish", encoding_rs::WINDOWS_1252),
            ("koi8-u", "Russian", encoding_rs::WINDOWS_1251),
        ] {
            let cells = cells(candidate(written), &[languages], 8, &mut rng);
            assert!(is_unlikely(configured, &cells, &detect(&cells)), "{written} as {}", configured.name());
        }
    }
}
