//! Which of several languages serves a reader, and which have words in the program.

use icu_locale::subtags::{Language, Script};
use icu_locale::{LanguageIdentifier, Locale, LocaleCanonicalizer, LocaleExpander};

include!(concat!(env!("OUT_DIR"), "/language_tags.rs"));

/// The one of `known` for a language tag: the same; else the same language in the same script, where `zh` and `zh-SG`
/// mean simplified characters, `zh-HK` and `zh-TW` traditional ones (the likely subtags of Unicode, UTS #35); else the tag
/// without its last part, and so on (RFC 4647 §3.4, lookup).
pub(crate) fn lookup<'a>(known: &[&'a str], wanted: &str) -> Option<&'a str> {
    let find = |tag: &str| known.iter().copied().find(|known| known.eq_ignore_ascii_case(tag));
    let wanted_script = script(wanted);
    let fits = |known: &&str| wanted_script.is_some() && script(known) == wanted_script;
    let general = || std::iter::successors(Some(wanted), |tag| Some(tag.rsplit_once('-')?.0)).skip(1);
    // of several in that script the nearest: en of en and en-GB for en-AU
    find(wanted)
        .or_else(|| general().find_map(|tag| find(tag).filter(fits)))
        .or_else(|| known.iter().copied().find(fits))
        .or_else(|| general().find_map(find))
}

/// Language and script of a tag, also where it names no script, or an older name of the language.
fn script(tag: &str) -> Option<(Language, Option<Script>)> {
    let mut locale = Locale::try_from_str(tag).ok()?;
    // made of tables in the program, and so for nothing
    LocaleCanonicalizer::new_common().canonicalize(&mut locale);
    let mut id: LanguageIdentifier = locale.id;
    LocaleExpander::new_common().maximize(&mut id);
    Some((id.language, id.script))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_counts_before_the_rest() {
        let all = ["en", "id", "ms", "th", "vi", "zh-Hans", "zh-Hant"];
        for (wanted, served) in [
            ("en-AU", Some("en")),
            ("zh", Some("zh-Hans")),
            ("zh-CN", Some("zh-Hans")),
            ("ZH-sg", Some("zh-Hans")),
            ("zh-Hans-HK", Some("zh-Hans")),
            ("cmn-Hans", Some("zh-Hans")),
            ("zh-TW", Some("zh-Hant")),
            ("zh-HK", Some("zh-Hant")),
            ("zh-MO", Some("zh-Hant")),
            ("zh-hant-cn", Some("zh-Hant")),
            ("in", Some("id")),
            ("in-ID", Some("id")),
            ("ind", Some("id")),
            ("ms-MY", Some("ms")),
            ("may", Some("ms")),
            ("th-TH-u-ca-buddhist", Some("th")),
            ("vie", Some("vi")),
            ("de", None),
            ("fil", None),
            ("zz-ZZ", None),
            ("", None),
            ("*", None),
        ] {
            assert_eq!(lookup(&all, wanted), served, "{wanted}");
        }
        let some = |known: &[&'static str], wanted| lookup(known, wanted);
        assert_eq!(some(&["zh-Hans"], "zh-TW"), None, "who reads the one does not read the other");
        assert_eq!(some(&["zh"], "zh-TW"), Some("zh"));
        assert_eq!(some(&["en-GB", "en"], "en-AU"), Some("en"));
        assert_eq!(some(&["zh-TW"], "zh-Hant"), Some("zh-TW"));
    }
}
