//! A hundred thousand names of many languages: none may be refused as it is, and what is done to them must be seen.

use std::collections::BTreeMap;

use encoding_rs::{
    BIG5, EUC_KR, Encoding, GBK, IBM866, ISO_8859_2, ISO_8859_15, KOI8_R, MACINTOSH, SHIFT_JIS, WINDOWS_874, WINDOWS_1250,
    WINDOWS_1251, WINDOWS_1252, WINDOWS_1253, WINDOWS_1254, WINDOWS_1256, WINDOWS_1257, WINDOWS_1258,
};
use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};
use oem_cp::code_table::{DECODING_TABLE_CP437, DECODING_TABLE_CP850, DECODING_TABLE_CP852};
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};

use super::super::{Kind, check};
use crate::graduate::{Problem, clean};

const LISTS: &str = include_str!("../../../../tests/it/roster/names/names.txt");

/// Names of every language of the lists in turn.
fn names(count: usize) -> impl Iterator<Item = (&'static str, String)> {
    let languages: Vec<[&str; 4]> = LISTS
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| {
            let parts: Vec<_> = line.split('|').map(str::trim).collect();
            parts.try_into().unwrap_or_else(|_| panic!("four parts in {line}"))
        })
        .collect();
    let mut rng = StdRng::seed_from_u64(13);
    (0..count).map(move |number| {
        let [language, shapes, given, family] = languages[number % languages.len()];
        let shapes: Vec<_> = shapes.split(';').map(str::trim).collect();
        let given: Vec<_> = given.split_whitespace().collect();
        let family: Vec<_> = family.split_whitespace().collect();
        let mut name = String::new();
        for sign in pick(&shapes, &mut rng).chars() {
            match sign {
                'G' => name.push_str(&pick(&given, &mut rng).replace('_', " ")),
                'F' => name.push_str(&pick(&family, &mut rng).replace('_', " ")),
                '_' => name.push(' '),
                _ => name.push(sign),
            }
        }
        (language, name)
    })
}

fn pick<'a>(list: &[&'a str], rng: &mut impl Rng) -> &'a str {
    list.choose(rng).copied().unwrap_or_default()
}

fn taken(name: &str) -> Result<(), Problem> {
    check(&clean(name)?, Kind::Name)
}

#[test]
fn no_sound_name_is_refused() {
    let mut refused = BTreeMap::new();
    for (language, name) in names(100_000) {
        let apart = DecomposingNormalizerBorrowed::new_nfd().normalize(&name).into_owned();
        for text in [name, apart] {
            if let Err(why) = taken(&text) {
                refused.insert(text, (language, why.0));
            }
        }
    }
    assert!(refused.is_empty(), "{} refused: {refused:#?}", refused.len());
}

/// A table of bytes from 128 on, or what `encoding_rs` has.
#[derive(Clone, Copy)]
enum Codec {
    Known(&'static Encoding),
    Page(&'static [char; 128]),
    Latin1,
}

use Codec::{Known, Latin1, Page};

impl Codec {
    fn decode(self, bytes: &[u8]) -> String {
        match self {
            Known(encoding) => encoding.decode_without_bom_handling(bytes).0.into_owned(),
            Page(page) => {
                bytes.iter().map(|byte| byte.checked_sub(128).map_or(char::from(*byte), |high| page[usize::from(high)])).collect()
            }
            Latin1 => bytes.iter().map(|byte| char::from(*byte)).collect(),
        }
    }

    fn encode(self, text: &str) -> Option<Vec<u8>> {
        match self {
            Known(encoding) => {
                let (bytes, _, has_lost) = encoding.encode(text);
                (!has_lost).then(|| bytes.into_owned())
            }
            Page(_) | Latin1 => {
                let byte = |character: char| (0..=u8::MAX).find(|byte| self.decode(&[*byte]).starts_with(character));
                text.chars().map(byte).collect()
            }
        }
    }
}

/// The letters of Vietnamese as Windows-1258 has them, their tones behind.
fn with_tones_apart(text: &str) -> String {
    let compose = ComposingNormalizerBorrowed::new_nfc();
    let mut result = String::new();
    for character in text.chars() {
        let apart = DecomposingNormalizerBorrowed::new_nfd().normalize(character.encode_utf8(&mut [0; 4])).into_owned();
        let is_tone = |part: &char| matches!(part, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}');
        let (tones, shape): (String, String) = apart.chars().partition(is_tone);
        result.push_str(&compose.normalize(&shape));
        result.push_str(&tones);
    }
    result
}

/// The share of damaged texts that are refused, with some that are not.
fn share(damaged: impl Iterator<Item = (String, String)>) -> (usize, usize, Vec<String>) {
    let (mut all, mut caught, mut missed) = (0, 0, Vec::new());
    for (name, damaged) in damaged {
        if ComposingNormalizerBorrowed::new_nfc().normalize(&damaged) == name {
            continue;
        }
        all += 1;
        if taken(&damaged).is_err() {
            caught += 1;
        } else {
            missed.push(format!("{name} → {damaged}"));
        }
    }
    missed.sort();
    missed.dedup();
    (all, caught, missed)
}

#[test]
fn utf_8_read_in_any_other_encoding_is_refused() {
    let codecs: [(&str, Codec); 23] = [
        ("windows-1252", Known(WINDOWS_1252)),
        ("ISO 8859-1", Latin1),
        ("ISO 8859-15", Known(ISO_8859_15)),
        ("Mac OS Roman", Known(MACINTOSH)),
        ("cp850", Page(&DECODING_TABLE_CP850)),
        ("cp437", Page(&DECODING_TABLE_CP437)),
        ("cp852", Page(&DECODING_TABLE_CP852)),
        ("windows-874", Known(WINDOWS_874)),
        ("windows-1250", Known(WINDOWS_1250)),
        ("windows-1251", Known(WINDOWS_1251)),
        ("windows-1253", Known(WINDOWS_1253)),
        ("windows-1254", Known(WINDOWS_1254)),
        ("windows-1256", Known(WINDOWS_1256)),
        ("windows-1257", Known(WINDOWS_1257)),
        ("windows-1258", Known(WINDOWS_1258)),
        ("ISO 8859-2", Known(ISO_8859_2)),
        ("KOI8-R", Known(KOI8_R)),
        ("cp866", Known(IBM866)),
        ("GBK", Known(GBK)),
        ("Big5", Known(BIG5)),
        ("Shift_JIS", Known(SHIFT_JIS)),
        ("EUC-KR", Known(EUC_KR)),
        ("UTF-8 twice in 1252", Known(WINDOWS_1252)),
    ];
    let mut report = String::new();
    for (label, codec) in codecs {
        let damaged = names(20_000).filter(|(_, name)| !name.is_ascii()).map(|(_, name)| {
            let mut text = codec.decode(name.as_bytes());
            if label.contains("twice") {
                text = codec.decode(text.as_bytes());
            }
            (name, text)
        });
        let (all, caught, missed) = share(damaged);
        report += &format!("{label}: {caught} of {all}; {:?}\n", &missed[..missed.len().min(30)]);
    }
    println!("{report}");
}

#[test]
fn names_of_one_legacy_encoding_read_as_another_are_mostly_refused() {
    let w1252 = ("windows-1252", Known(WINDOWS_1252));
    let mac = ("Mac OS Roman", Known(MACINTOSH));
    let cp850 = ("cp850", Page(&DECODING_TABLE_CP850));
    let cp437 = ("cp437", Page(&DECODING_TABLE_CP437));
    let pairs: [((&str, Codec), (&str, Codec)); 21] = [
        (mac, w1252),
        (cp850, w1252),
        (cp437, w1252),
        (w1252, mac),
        (w1252, cp850),
        (w1252, cp437),
        (mac, cp850),
        (("windows-874", Known(WINDOWS_874)), w1252),
        (("windows-1250", Known(WINDOWS_1250)), w1252),
        (("windows-1251", Known(WINDOWS_1251)), w1252),
        (("windows-1253", Known(WINDOWS_1253)), w1252),
        (("windows-1254", Known(WINDOWS_1254)), w1252),
        (("windows-1256", Known(WINDOWS_1256)), w1252),
        (("windows-1257", Known(WINDOWS_1257)), w1252),
        (("windows-1258", Known(WINDOWS_1258)), w1252),
        (("KOI8-R", Known(KOI8_R)), w1252),
        (("KOI8-R", Known(KOI8_R)), ("windows-1251", Known(WINDOWS_1251))),
        (("GBK", Known(GBK)), w1252),
        (("Big5", Known(BIG5)), w1252),
        (("Shift_JIS", Known(SHIFT_JIS)), w1252),
        (("EUC-KR", Known(EUC_KR)), w1252),
    ];
    let mut report = String::new();
    for ((from, written), (to, read)) in pairs {
        let damaged = names(20_000).filter(|(_, name)| !name.is_ascii()).filter_map(|(_, name)| {
            let bytes = written.encode(&if from == "windows-1258" { with_tones_apart(&name) } else { name.clone() })?;
            Some((name, read.decode(&bytes)))
        });
        let (all, caught, missed) = share(damaged);
        report += &format!("{from} read as {to}: {caught} of {all} {:.1}; {:?}\n", 100.0 * caught as f64 / all as f64, &missed[..missed.len().min(40)]);
    }
    println!("{report}");
}
