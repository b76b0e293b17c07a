//! The check that every placeholder exists, also in branches that no sample walks through, and the scan of a
//! template's source that it needs.

use std::ops::Range;

use super::{FUNCTIONS, TemplateError, Wording};

/// What stands after a dot besides the parts of the values: the parts of `loop`.
const OF_LOOP: [&str; 8] = ["index", "index0", "revindex", "revindex0", "first", "last", "length", "depth"];

/// Finds what the engine knows to come from nowhere, and after a dot any name that no value has.
pub(super) fn check(wording: &Wording, name: &str) -> Result<(), TemplateError> {
    let template = wording.environment.get_template(name).map_err(|error| wording.error(name, &error))?;
    let source = template.source();
    let undeclared = template.undeclared_variables(false);
    let names = wording.placeholders(name);
    // a name that lives only inside its loop begins nothing
    let is_root = |word: &str| {
        word != wording.part.in_loop && names.iter().any(|name| name.split('.').next() == Some(word))
    };
    let is_attribute = |word: &str| {
        let is_part = |name: &&str| name.split_once('.').is_some_and(|(_, part)| part == word);
        OF_LOOP.contains(&word) || names.iter().any(is_part)
    };
    let unknown = words(source).into_iter().find(|word| match word.before {
        // `self.title()` is a block of the page, not a value
        Some('.') => !is_attribute(word.text) && !source[..word.at].ends_with("self."),
        _ => undeclared.contains(word.text) && !is_root(word.text) && !FUNCTIONS.contains(&word.text),
    });
    let Some(unknown) = unknown else { return Ok(()) };
    // as it is written: with all that stands before the dot
    let chain = |sign: char| sign.is_alphanumeric() || sign == '_' || sign == '.';
    let begin = source[..unknown.at].trim_end_matches(chain).len();
    let written = &source[begin..unknown.at + unknown.text.len()];
    let problem = format!("there is no placeholder {written}; there are: {}", names.join(", "));
    Err(TemplateError { file: wording.file(name), line: Some(line(source, unknown.at)), problem })
}

/// Whether a source speaks of one of these names. The engine itself overlooks one in a slice: `{{ code[:4] }}`.
pub(super) fn uses(source: &str, names: &[&str]) -> bool {
    words(source).iter().any(|word| word.before != Some('.') && names.contains(&word.text))
}

/// The line of a place in a source, from 1.
pub(crate) fn line(source: &str, at: usize) -> usize {
    source[..at].matches('\n').count() + 1
}

/// A template's source with spaces in place of its code and comments: what is left stands where it stood.
pub(crate) fn without_code(source: &str) -> String {
    let mut markup = source.to_owned();
    for code in codes(source) {
        let range = code.whole;
        let blank: String = source[range.clone()]
            .chars()
            .flat_map(|character| {
                std::iter::repeat_n(if character == '\n' { '\n' } else { ' ' }, character.len_utf8())
            })
            .collect();
        markup.replace_range(range, &blank);
    }
    markup
}

/// One `{{ }}`, `{% %}` or `{# #}`.
struct Code {
    whole: Range<usize>,
    is_comment: bool,
}

fn codes(source: &str) -> Vec<Code> {
    let mut codes = Vec::new();
    let mut rest = 0;
    while let Some(open) = source[rest..].find('{').map(|at| rest + at) {
        let close = match source.as_bytes().get(open + 1) {
            Some(b'{') => "}}",
            Some(b'%') => "%}",
            Some(b'#') => "#}",
            _ => {
                rest = open + 1;
                continue;
            }
        };
        let end = source[open..].find(close).map_or(source.len(), |at| open + at + close.len());
        codes.push(Code { whole: open..end, is_comment: close == "#}" });
        rest = end;
    }
    codes
}

/// A word inside `{{ }}` or `{% %}`.
struct Word<'a> {
    text: &'a str,
    at: usize,
    /// The sign right before it.
    before: Option<char>,
}

/// The words of the template's code; texts in quotes and comments are passed over.
fn words(source: &str) -> Vec<Word<'_>> {
    let codes = codes(source).into_iter().filter(|code| !code.is_comment);
    codes.flat_map(|code| words_of(source, code.whole)).collect()
}

fn words_of(source: &str, range: Range<usize>) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut quote = None;
    let mut begin = None;
    for (offset, character) in source[range.clone()].char_indices() {
        let at = range.start + offset;
        if quote.is_some() {
            quote = quote.filter(|open| *open != character);
        } else if character.is_alphanumeric() || character == '_' {
            begin.get_or_insert(at);
        } else {
            if let Some(begin) = begin.take() {
                let text = &source[begin..at];
                words.push(Word { text, at: begin, before: source[..begin].chars().next_back() });
            }
            quote = Some(character).filter(|it| matches!(it, '"' | '\''));
        }
    }
    words.retain(|word| !word.text.starts_with(|first: char| first.is_ascii_digit()));
    words
}
