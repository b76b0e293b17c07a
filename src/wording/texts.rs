//! The words of one language: Fluent messages, one file a language, those of the university over those built in.

use std::path::Path;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use minijinja::{HtmlEscape, Value};
use textwrap::{Options, WordSeparator, WordSplitter};
use unic_langid::LanguageIdentifier;

use super::memo::Memo;
use super::{TemplateError, agreement, folder};
use crate::graduate::languages;

/// The university's own texts, in the folder of their language.
pub(crate) const OWN: &str = "texts.ftl";

include!(concat!(env!("OUT_DIR"), "/languages.rs"));

/// How wide lines of a mail's text part are.
const WIDTH: usize = 72;

/// Stands for the first value in a text until the text is escaped, the next sign for the second, and so on: signs of the
/// private use area, which are in no text.
const FIRST: u32 = 0xE000;

/// The texts of one language.
pub(crate) struct Texts {
    bundle: FluentBundle<FluentResource>,
    /// Texts with a mark for each value, as they stand in their place.
    marked: Memo,
    /// Whether they are in the language that was asked for, and not English for want of it.
    is_of_language: bool,
}

/// A word of the program's by which a text chooses between its variants, as by a number; no text shows it.
const KIND: &str = "kind";

/// A day of which a text says day, month and year.
pub(crate) const DAY: &str = "date";

/// Where a text stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// The text part of a mail, or its subject.
    Text,
    /// The HTML part, or a page.
    Html,
}

impl Texts {
    /// The texts for a language tag: built in, the university's own in `folder`, or both; English where there are none.
    pub(crate) fn load(language: &str, folder: Option<&Path>) -> Result<Self, TemplateError> {
        let built_in = languages::lookup(&BUILT_IN.map(|(tag, _)| tag), language);
        let source = built_in.and_then(|tag| BUILT_IN.iter().find(|(built_in, _)| *built_in == tag));
        let own = folder.map(|folder| folder.join(language).join(OWN)).filter(|path| path.is_file());
        let id = language.parse::<LanguageIdentifier>().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![id]);
        // marks around each value, against mixed directions: none of the languages is written from right to left
        bundle.set_use_isolating(false);
        let is_of_language = source.is_some() || own.is_some();
        bundle.add_resource_overriding(resource(source.map_or(ENGLISH, |(_, source)| source)));
        if let Some(path) = own {
            let text = folder::read(&path)?;
            if let Some(fault) = agreement::faults(ENGLISH, &text, source.is_none()).into_iter().next() {
                let file = path.display().to_string();
                return Err(TemplateError { file, line: fault.line, problem: fault.problem });
            }
            bundle.add_resource_overriding(resource(&text));
        }
        Ok(Self { bundle, marked: Memo::default(), is_of_language })
    }

    /// Whether there are words in that language.
    pub(crate) const fn is_of_language(&self) -> bool {
        self.is_of_language
    }

    /// One text with its values, as it stands in that place; or why it cannot be.
    pub(crate) fn text<'v>(
        &self,
        id: &str,
        values: impl IntoIterator<Item = (&'v str, Value)>,
        place: Place,
    ) -> Result<String, String> {
        let (mut arguments, mut marked) = (FluentArgs::new(), Vec::new());
        let mut key = format!("{id} {}", u8::from(place == Place::Html));
        for (name, value) in values {
            key.extend(["\0", name]);
            if let Some(number) = value.as_i64() {
                arguments.set(name, number);
                key.extend(["=", &number.to_string()]);
            } else if let (KIND, Some(word)) = (name, value.as_str()) {
                arguments.set(name, word.to_owned());
                key.extend(["=", word]);
            } else {
                arguments.set(name, mark(marked.len()).to_string());
                marked.push(value);
            }
        }
        let text = self.marked.get(key, || self.formatted(id, &arguments, place))?;
        // values come last, so that nothing in them is taken for a mark
        let mut filled = String::with_capacity(text.len());
        for sign in text.chars() {
            let value =
                u32::from(sign).checked_sub(FIRST).and_then(|at| marked.get(usize::try_from(at).ok()?));
            match value {
                None => filled.push(sign),
                Some(value) if place == Place::Html && !value.is_safe() => {
                    filled.push_str(&HtmlEscape(&value.to_string()).to_string());
                }
                Some(value) => filled.push_str(&value.to_string()),
            }
        }
        Ok(filled)
    }

    fn formatted(&self, id: &str, arguments: &FluentArgs<'_>, place: Place) -> Result<String, String> {
        let message = self.bundle.get_message(id).and_then(|message| message.value());
        let pattern = message.ok_or_else(|| format!("there is no text {id}"))?;
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, Some(arguments), &mut errors);
        if let Some(error) = errors.first() {
            return Err(format!("text {id}: {error}"));
        }
        Ok(match place {
            Place::Text => text.replace('\u{a0}', " ").replace("<b>", "").replace("</b>", ""),
            Place::Html => markup(&text),
        })
    }
}

/// What cannot be read is left out; the build, and the check before this, have read it.
fn resource(source: &str) -> FluentResource {
    FluentResource::try_new(source.to_owned()).unwrap_or_else(|(resource, _)| resource)
}

fn mark(at: usize) -> char {
    u32::try_from(at).ok().and_then(|at| char::from_u32(FIRST + at)).unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// A text as HTML. Its line breaks are spaces there, where the writing has spaces between words.
fn markup(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '\u{a0}' => html.push_str("&nbsp;"),
            '\n' if html.chars().next_back().is_some_and(|before| before > '\u{2e7f}') => {}
            '\n' => html.push(' '),
            sign => html.push(sign),
        }
    }
    html.replace("&lt;b&gt;", "<strong>").replace("&lt;/b&gt;", "</strong>")
}

/// The filter `wrapped`: lines of 72 columns at most, those after the first as far in as what stands before that one. Thai
/// is broken at its spaces, Chinese between characters where its rules allow (UAX #14).
pub(crate) fn wrapped(text: &str, before: &str) -> String {
    let within = " ".repeat(before.len());
    let options = Options::new(WIDTH)
        .initial_indent(before)
        .subsequent_indent(&within)
        .word_separator(WordSeparator::UnicodeBreakProperties)
        .word_splitter(WordSplitter::NoHyphenation)
        .break_words(false);
    textwrap::fill(text, options)
}

/// The filter `underlined`: a heading in a text.
pub(crate) fn underlined(text: &str) -> String {
    format!("{text}\n{}", "-".repeat(textwrap::core::display_width(text)))
}

/// The filter `plain`: for a place where no entity is understood as one, such as a title that programs show elsewhere.
pub(crate) fn plain(text: &str) -> Value {
    Value::from_safe_string(text.replace("&nbsp;", " "))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    #[test]
    fn a_value_is_never_markup() {
        let texts = Texts::load("en", None).unwrap();
        let until = || [("until", Value::from("<b>&nbsp;\u{e000}")), ("minutes", Value::from(1))];
        let text = |place| texts.text("problem-too-many-until", until(), place).unwrap();
        assert!(text(Place::Text).starts_with("You can try again from <b>&nbsp;\u{e000}, in a minute."));
        assert!(
            text(Place::Html).contains("from <strong>&lt;b&gt;&amp;nbsp;\u{e000}</strong>, in a minute.")
        );
        let safe = Value::from_safe_string("<i>x</i>".into());
        let html = texts.text("honours", [("honours", safe)], Place::Html).unwrap();
        assert_eq!(html, "Honours: <i>x</i>");
    }

    #[test]
    fn what_was_formatted_for_one_is_not_told_to_another() {
        let texts = Texts::load("en", None).unwrap();
        let mut told = Vec::new();
        for _ in 0..2 {
            for (count, kind) in [(1, "education"), (2, "education"), (1, "microcredential")] {
                let values = [("count", Value::from(count)), (KIND, Value::from(kind))];
                told.push(texts.text("mail-title", values, Place::Text).unwrap());
            }
            for name in ["Mira", "Seán"] {
                told.push(texts.text("mail-greeting", [("name", Value::from(name))], Place::Text).unwrap());
            }
        }
        let (first, again) = told.split_at(5);
        assert_eq!(first, again);
        let each: std::collections::BTreeSet<_> = first.iter().collect();
        assert_eq!(each.len(), 5, "{first:?}");
    }

    #[test]
    fn what_is_missing_is_said() {
        let texts = Texts::load("en", None).unwrap();
        let said = |id| texts.text(id, [], Place::Text).unwrap_err();
        assert_eq!(said("nickname"), "there is no text nickname");
        assert!(said("honours").contains("honours"), "{}", said("honours"));
    }

    #[test]
    fn lines_are_broken_where_each_writing_allows() {
        let long = |word: &str| wrapped(&word.repeat(40), "* ");
        for text in [long("kata "), long("คำ "), long("文字，")] {
            assert!(text.lines().count() > 1 && text.starts_with("* "), "{text}");
            for line in text.lines() {
                assert!(
                    textwrap::core::display_width(line) <= WIDTH && !line.trim().starts_with('，'),
                    "{text}"
                );
            }
            assert!(text.lines().skip(1).all(|line| line.starts_with("  ")), "{text}");
        }
        assert_eq!(underlined("你的代碼"), "你的代碼\n--------");
    }
}
