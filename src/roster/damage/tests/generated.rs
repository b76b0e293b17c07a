//! A hundred thousand names of many languages: none may be refused as it is, and what is done to them must be seen.

use std::collections::BTreeMap;

use encoding_rs::{
    BIG5, EUC_KR, Encoding, GBK, IBM866, ISO_8859_2, ISO_8859_15, KOI8_R, MACINTOSH, SHIFT_JIS, WINDOWS_874,
    WINDOWS_1250, WINDOWS_1251, WINDOWS_1252, WINDOWS_1253, WINDOWS_1254, WINDOWS_1256, WINDOWS_1257,
    WINDOWS_1258,
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
        if let Err(why) = taken(&name) {
            refused.insert(name, (language, why.0));
        }
    }
    for (language, name) in names(5_000) {
        let apart = DecomposingNormalizerBorrowed::new_nfd().normalize(&name).into_owned();
        if let Err(why) = taken(&apart) {
            refused.insert(apart, (language, why.0));
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
            Page(page) => bytes
                .iter()
                .map(|byte| byte.checked_sub(128).map_or(char::from(*byte), |high| page[usize::from(high)]))
                .collect(),
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
                let byte =
                    |character: char| (0..=u8::MAX).find(|byte| self.decode(&[*byte]).starts_with(character));
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
        let apart = DecomposingNormalizerBorrowed::new_nfd()
            .normalize(character.encode_utf8(&mut [0; 4]))
            .into_owned();
        let is_tone = |part: &char| matches!(part, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}');
        let (tones, shape): (String, String) = apart.chars().partition(is_tone);
        result.push_str(&compose.normalize(&shape));
        result.push_str(&tones);
    }
    result
}

/// The names that are refused and all, once they are `damaged`; with those that are not.
fn share(damaged: impl Iterator<Item = (String, String)>) -> (usize, usize, Vec<String>) {
    let (mut all, mut missed) = (0, Vec::new());
    for (name, damaged) in damaged {
        // some names are the same in both encodings
        if ComposingNormalizerBorrowed::new_nfc().normalize(&damaged) == name {
            continue;
        }
        all += 1;
        if taken(&damaged).is_ok() {
            missed.push(format!("{name} → {damaged}"));
        }
    }
    (all - missed.len(), all, missed)
}

type Named = (&'static str, Codec);
/// Written in, read in, the languages, the least share in a hundred.
type Pair<'a> = (Named, Named, &'a [&'static str], usize);

const WINDOWS: Named = ("Windows-1252", Known(WINDOWS_1252));
const MAC: Named = ("Mac OS Roman", Known(MACINTOSH));
const DOS: Named = ("cp850", Page(&DECODING_TABLE_CP850));
const OLD_DOS: Named = ("cp437", Page(&DECODING_TABLE_CP437));

/// All that are read byte by byte, and the four East Asian ones but for names such as these, of which too little is
/// left to tell: an accent by itself in `Jem̧`, one rare character in a name of two (`李珺` as `譚守昭`).
#[test]
fn utf_8_read_in_any_other_encoding_is_refused() {
    let codecs: [(Named, usize); 22] = [
        (WINDOWS, 0),
        (MAC, 0),
        (DOS, 0),
        (OLD_DOS, 0),
        (("ISO 8859-1", Latin1), 0),
        (("ISO 8859-2", Known(ISO_8859_2)), 0),
        (("ISO 8859-15", Known(ISO_8859_15)), 0),
        (("cp852", Page(&DECODING_TABLE_CP852)), 0),
        (("cp866", Known(IBM866)), 0),
        (("KOI8-R", Known(KOI8_R)), 0),
        (("Windows-874", Known(WINDOWS_874)), 0),
        (("Windows-1250", Known(WINDOWS_1250)), 0),
        (("Windows-1251", Known(WINDOWS_1251)), 0),
        (("Windows-1253", Known(WINDOWS_1253)), 0),
        (("Windows-1254", Known(WINDOWS_1254)), 0),
        (("Windows-1256", Known(WINDOWS_1256)), 0),
        (("Windows-1257", Known(WINDOWS_1257)), 0),
        (("Windows-1258", Known(WINDOWS_1258)), 0),
        (("GBK", Known(GBK)), 1),
        (("Big5", Known(BIG5)), 1),
        (("Shift JIS", Known(SHIFT_JIS)), 1),
        (("EUC-KR", Known(EUC_KR)), 1),
    ];
    for ((label, codec), tolerated) in codecs {
        let damaged = names(4_000).filter(|(_, name)| !name.is_ascii());
        let (_, all, missed) = share(
            damaged.map(|(_, name)| (codec.decode(name.as_bytes()), name)).map(|(text, name)| (name, text)),
        );
        assert!(
            missed.len() * 1000 <= all * tolerated,
            "UTF-8 read as {label}: of {all} these pass: {missed:#?}"
        );
    }
    let twice = |name: &str| WINDOWS.1.decode(WINDOWS.1.decode(name.as_bytes()).as_bytes());
    let (_, _, missed) = share(
        names(4_000)
            .filter(|(_, name)| !name.is_ascii())
            .map(|(_, name)| (twice(&name), name))
            .map(|(text, name)| (name, text)),
    );
    assert_eq!(missed, Vec::<String>::new());
}

/// What was written in one encoding without Unicode and read in another can look like a name (`Hēmi` as `Hçmi`, `Põder`
/// as `Päder`), so that only a share can be told: of the names of the languages that the encoding is for, at least so
/// many of a hundred.
#[test]
fn names_of_one_legacy_encoding_read_as_another_are_mostly_refused() {
    let western = [
        "German",
        "French",
        "Spanish",
        "Portuguese",
        "Italian",
        "Swedish",
        "Norwegian",
        "Irish",
        "Catalan",
        "Galician",
        "Finnish",
        "Icelandic",
        "English",
    ];
    let central = ["Polish", "Czech", "Slovak", "Hungarian", "Romanian", "Slovene", "Albanian"];
    let known = |label, encoding| (label, Known(encoding));
    let any: [&str; 1] = [""];
    let pairs: [Pair; 21] = [
        (MAC, WINDOWS, &western, 90),
        (DOS, WINDOWS, &western, 90),
        (OLD_DOS, WINDOWS, &western, 90),
        (WINDOWS, MAC, &western, 90),
        (WINDOWS, DOS, &western, 85),
        (WINDOWS, OLD_DOS, &western, 90),
        (MAC, DOS, &western, 60),
        (known("Windows-874", WINDOWS_874), WINDOWS, &["Thai"], 100),
        (known("Windows-1250", WINDOWS_1250), WINDOWS, &central, 85),
        (known("Windows-1251", WINDOWS_1251), WINDOWS, &any, 100),
        (known("Windows-1253", WINDOWS_1253), WINDOWS, &["Greek"], 100),
        (known("Windows-1254", WINDOWS_1254), WINDOWS, &["Turkish"], 80),
        (known("Windows-1256", WINDOWS_1256), WINDOWS, &["Arabic", "Persian"], 100),
        (known("Windows-1257", WINDOWS_1257), WINDOWS, &["Lithuanian", "Latvian", "Estonian"], 70),
        (known("Windows-1258", WINDOWS_1258), WINDOWS, &["Vietnamese"], 95),
        (known("KOI8-R", KOI8_R), WINDOWS, &["Russian", "Bulgarian"], 100),
        (known("KOI8-R", KOI8_R), known("Windows-1251", WINDOWS_1251), &["Russian", "Bulgarian"], 60),
        (known("GBK", GBK), WINDOWS, &["Chinese"], 98),
        (known("Big5", BIG5), WINDOWS, &["Chinese"], 98),
        (known("Shift JIS", SHIFT_JIS), WINDOWS, &["Japanese"], 98),
        (known("EUC-KR", EUC_KR), WINDOWS, &["Korean"], 98),
    ];
    let names: Vec<_> = names(20_000).filter(|(_, name)| !name.is_ascii()).collect();
    let mut too_few = Vec::new();
    for ((from, written), (to, read), languages, least) in pairs {
        let of_them =
            names.iter().filter(|(language, _)| languages.iter().any(|known| language.starts_with(known)));
        let damaged = of_them.filter_map(|(_, name)| {
            let bytes = written.encode(&if from == "Windows-1258" {
                with_tones_apart(name)
            } else {
                name.clone()
            })?;
            Some((name.clone(), read.decode(&bytes)))
        });
        let (refused, all, missed) = share(damaged);
        if refused * 100 < least * all {
            too_few.push(format!("{from} read as {to}: {refused} of {all}; {missed:?}"));
        }
    }
    assert!(too_few.is_empty(), "{too_few:#?}");
}
