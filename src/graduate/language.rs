//! The language of a graduate: a tag, or a name as registries write it.

use super::{Problem, folded, text};

/// A language tag such as `en` or `zh-Hans` (BCP 47), which picks the words.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language(String);

/// Names in English, in the language itself, and in those of neighbours. Other languages than the built-in ones are for
/// universities with words of their own.
const NAMES: [(&str, &[&str]); 14] = [
    ("en", &["English", "Inggris", "Inggeris", "Tiếng Anh", "อังกฤษ", "英文", "英语", "英語"]),
    ("id", &["Indonesian", "Indonesia", "インドネシア語", "印尼语", "印尼語", "印尼文"]),
    ("ms", &["Malay", "Melayu", "Malaysian", "Malaysia", "马来语", "馬來語", "马来文", "馬來文"]),
    ("th", &["Thai", "ไทย", "泰语", "泰語", "泰文"]),
    ("vi", &["Vietnamese", "Tiếng Việt", "Việt", "越南语", "越南語", "越南文"]),
    (
        "zh",
        &[
            "Chinese",
            "Mandarin",
            "Mandarin Chinese",
            "中文",
            "汉语",
            "漢語",
            "华语",
            "華語",
            "จีน",
            "Tiếng Trung",
        ],
    ),
    ("zh-Hans", &["Simplified", "简体", "简体字", "簡體", "简中"]),
    ("zh-Hant", &["Traditional", "繁體", "繁体", "正體", "繁體字", "繁中"]),
    ("fil", &["Filipino", "Tagalog", "Pilipino"]),
    ("hi", &["Hindi", "हिन्दी"]),
    ("ja", &["Japanese", "日本語"]),
    ("ko", &["Korean", "한국어"]),
    ("my", &["Burmese", "Myanmar"]),
    ("ta", &["Tamil", "தமிழ்"]),
];

/// What stands beside a language's name and says no more.
const BESIDE: [&str; 4] = ["bahasa", "language", "ภาษา", "characters"];

impl Language {
    /// Reads a tag, or a name such as `Thai`, `Bahasa Indonesia` or `Chinese (Traditional)`.
    ///
    /// # Errors
    /// A [`Problem`] when it is neither.
    pub fn parse(value: &str) -> Result<Self, Problem> {
        let value = text::clean(value)?;
        match named(&value) {
            Some(tag) => Ok(Self(tag.to_owned())),
            None => Self::of_tag(&value),
        }
    }

    /// Reads a tag of letters, digits and hyphens.
    ///
    /// # Errors
    /// A [`Problem`] when it is not shaped like a language tag.
    pub fn of_tag(value: &str) -> Result<Self, Problem> {
        let tag = text::clean(value)?.replace('_', "-");
        let primary = tag.split('-').next().unwrap_or_default();
        let fits = tag.len() <= 35
            && (2..=3).contains(&primary.len())
            && primary.chars().all(|character| character.is_ascii_alphabetic())
            && tag.chars().all(|character| character.is_ascii_alphanumeric() || character == '-');
        let problem = "not a language that is known; write its tag, such as en, vi or zh-Hans";
        if fits { Ok(Self(tag)) } else { Err(Problem::new(problem)) }
    }

    /// The tag as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The tag of a language's name.
fn named(value: &str) -> Option<&'static str> {
    let mut name = folded(value);
    for beside in BESIDE {
        name = name.replacen(&folded(beside), "", 1);
    }
    let tag_of = |name: &str| {
        let is_meant = |known: &str| folded(known) == name;
        NAMES.iter().find(|(_, names)| names.iter().any(|known| is_meant(known))).map(|(tag, _)| *tag)
    };
    if let Some(tag) = tag_of(&name) {
        return Some(tag);
    }
    // Chinese (Traditional), Simplified Chinese, 中文(繁體)
    let (_, chinese) = NAMES.iter().find(|(tag, _)| *tag == "zh")?;
    let script = chinese.iter().find_map(|known| {
        let known = folded(known);
        name.strip_prefix(&*known).or_else(|| name.strip_suffix(&*known))
    })?;
    tag_of(script).filter(|tag| tag.starts_with("zh-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tag(value: &str) -> Option<String> {
        Language::parse(value).ok().map(|language| language.0)
    }

    #[test]
    fn names_are_read_as_registries_write_them() {
        for (value, expected) in [
            ("Thai", "th"),
            (" THAI ", "th"),
            ("ภาษาไทย", "th"),
            ("Bahasa Indonesia", "id"),
            ("indonesian", "id"),
            ("Bahasa Melayu", "ms"),
            ("Bahasa Malaysia", "ms"),
            ("Malay", "ms"),
            ("Vietnamese", "vi"),
            ("Tiếng Việt", "vi"),
            ("tieng viet", "vi"),
            ("English", "en"),
            ("English language", "en"),
            ("Chinese", "zh"),
            ("Chinese (Traditional)", "zh-Hant"),
            ("Traditional Chinese", "zh-Hant"),
            ("Chinese - Simplified", "zh-Hans"),
            ("Chinese, Simplified", "zh-Hans"),
            ("Simplified Chinese characters", "zh-Hans"),
            ("简体中文", "zh-Hans"),
            ("中文（繁體）", "zh-Hant"),
            ("繁體中文", "zh-Hant"),
            ("正體中文", "zh-Hant"),
            ("Mandarin (Simplified)", "zh-Hans"),
            ("Filipino", "fil"),
            ("th-TH", "th-TH"),
            ("zh_TW", "zh-TW"),
            ("vi", "vi"),
            ("xx", "xx"),
        ] {
            assert_eq!(tag(value).as_deref(), Some(expected), "{value}");
        }
    }

    #[test]
    fn what_could_be_anything_is_a_mistake() {
        for value in
            ["Klingon", "Other", "", "English/Thai", "Cantonese", "Chinese (Thai)", "Bahasa", "None", "1"]
        {
            assert_eq!(tag(value), None, "{value}");
        }
    }
}
