//! Names that are known too well to be taken for others: `Garc’a`, `Nìmec` look like names, but are García and
//! Němec, read in a wrong encoding.

use std::collections::HashSet;
use std::iter;
use std::sync::LazyLock;

use encoding_rs::{
    Encoding, MACINTOSH, WINDOWS_1250, WINDOWS_1252, WINDOWS_1254, WINDOWS_1257, WINDOWS_1258,
};
use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};
use oem_cp::code_table::{DECODING_TABLE_CP437, DECODING_TABLE_CP850};

const DAMAGED: &str = "was read in a wrong encoding; export it again as UTF-8";

/// The names that are asked for: frequent, and with a letter that becomes another.
const NAMES: &str = include_str!("names.txt");

/// What looks like a damaged name and is one in truth.
const NAMES_TOO: [&str; 2] = ["Vãn", "VÃN"];

/// How the names look when they were written in one encoding and read in another.
static DAMAGED_NAMES: LazyLock<HashSet<String>> = LazyLock::new(damaged_names);

pub(super) fn find(text: &str) -> Option<&'static str> {
    let mut words = text.split([' ', '-', ',', '(', ')']).filter(|word| may_be_damaged(word));
    words.any(|word| DAMAGED_NAMES.contains(word) && !NAMES_TOO.contains(&word)).then_some(DAMAGED)
}

/// The damaged forms have Latin letters and punctuation alone.
fn may_be_damaged(word: &str) -> bool {
    let is_theirs = |character| matches!(character, ..'\u{250}' | '\u{2010}'..='\u{203a}');
    !word.is_ascii() && word.chars().all(is_theirs)
}

fn damaged_names() -> HashSet<String> {
    let names = NAMES.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace);
    let names: Vec<String> = names
        .flat_map(|name| [name.to_owned(), name.to_uppercase(), name.replace('i', "İ").to_uppercase()])
        .collect();
    let sound: HashSet<&str> = names.iter().map(String::as_str).collect();
    let mut damaged = HashSet::new();
    let [windows, mac] = [WINDOWS_1252, MACINTOSH].map(page);
    let dos = [DECODING_TABLE_CP437, DECODING_TABLE_CP850];
    let regional = [WINDOWS_1250, WINDOWS_1254, WINDOWS_1257, WINDOWS_1258].map(page);
    let of_windows: Vec<_> = iter::once(&windows).chain(&regional).collect();
    let of_others: Vec<_> = iter::once(&mac).chain(&dos).collect();
    for name in &names {
        for (written, is_windows) in
            of_windows.iter().map(|page| (page, true)).chain(of_others.iter().map(|page| (page, false)))
        {
            let Some(bytes) = encode(name, written) else { continue };
            // windows-1250 has letters where all others have some
            let read = [&windows, &regional[0]].into_iter();
            let read = read.chain(of_others.iter().copied().filter(|_| is_windows));
            let texts = read.map(|page| bytes.iter().map(|byte| character(page, *byte)).collect::<String>());
            damaged.extend(texts.filter(|text| may_be_damaged(text) && !sound.contains(text.as_str())));
        }
    }
    damaged
}

fn page(encoding: &'static Encoding) -> [char; 128] {
    std::array::from_fn(|byte| {
        let byte = [128 + u8::try_from(byte).unwrap_or_default()];
        let (text, _) = encoding.decode_without_bom_handling(&byte);
        text.chars().next().unwrap_or(char::REPLACEMENT_CHARACTER)
    })
}

fn character(page: &[char; 128], byte: u8) -> char {
    byte.checked_sub(128).map_or(char::from(byte), |byte| page[usize::from(byte)])
}

/// The bytes of a name; Windows-1258 writes the tones of Vietnamese behind their vowels.
fn encode(name: &str, page: &[char; 128]) -> Option<Vec<u8>> {
    let byte = |character: char| match u8::try_from(character) {
        Ok(byte) if byte.is_ascii() => Some(byte),
        _ => (128..=u8::MAX).zip(page).find(|(_, known)| **known == character).map(|(byte, _)| byte),
    };
    let mut bytes = Vec::new();
    for character in name.chars() {
        if let Some(byte) = byte(character) {
            bytes.push(byte);
            continue;
        }
        let apart = DecomposingNormalizerBorrowed::new_nfd()
            .normalize(character.encode_utf8(&mut [0; 4]))
            .into_owned();
        let (shape, tone): (String, String) = apart
            .chars()
            .partition(|part| !matches!(part, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}'));
        let shape = ComposingNormalizerBorrowed::new_nfc().normalize(&shape).into_owned();
        for part in shape.chars().chain(tone.chars()) {
            bytes.push(byte(part)?);
        }
    }
    Some(bytes)
}
