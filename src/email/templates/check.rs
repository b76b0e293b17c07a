//! The check of one language's templates: every placeholder exists, and the mail keeps what makes a one-time
//! code usable and harmless.

use super::{FILES, TemplateError, Templates, Values, values};
use crate::email::LARGEST;

pub(super) fn language(templates: &Templates, language: &str) -> Result<(), TemplateError> {
    for file in FILES {
        placeholders(templates, &format!("{language}/{file}"))?;
    }
    for sample in Values::samples(language) {
        let rendered = templates.render(&sample)?;
        let [subject, text, html] = FILES.map(|file| {
            let file = templates.file(&format!("{language}/{file}"));
            move |problem: &str| {
                Err(TemplateError { file: file.clone(), line: None, problem: problem.to_owned() })
            }
        });
        if rendered.subject.is_empty() || rendered.subject.contains(char::is_control) {
            return subject("the subject must be one line of text");
        }
        if rendered.subject.chars().count() > 150 {
            return subject("the subject is longer than 150 characters");
        }
        if rendered.subject.contains(&sample.code) {
            return subject("the code must not stand in the subject: phones show subjects on locked screens");
        }
        if !rendered.text.lines().any(|line| line.trim() == sample.code) {
            return text("the code must stand alone on a line of its own: {{ code }}");
        }
        if !rendered.text.lines().any(|line| line.trim() == sample.link) {
            return text("the link must stand alone on a line of its own: {{ link }}");
        }
        let slashes = rendered.html.replace("&#x2f;", "/");
        if !slashes.contains(&sample.link) {
            return html("the link is missing: {{ link }}");
        }
        if !slashes.replace(&sample.link, "").contains(&sample.code) {
            return html("the code is missing, apart from the link: {{ code }}");
        }
        if let Some(loaded) = loads_from_outside(&rendered.html) {
            return html(&format!(
                "{loaded} would load something from outside, which mail readers block as tracking"
            ));
        }
        if rendered.text.len() + rendered.html.len() > LARGEST / 2 {
            return html("larger than 50 KB; some mail readers would cut the mail off");
        }
    }
    Ok(())
}

/// Finds placeholders in branches that no sample walks through: what the engine knows to come from nowhere,
/// and after a dot any name that no value has.
fn placeholders(templates: &Templates, name: &str) -> Result<(), TemplateError> {
    let template = templates.environment.get_template(name).map_err(|error| templates.error(name, &error))?;
    let source = template.source();
    let undeclared = template.undeclared_variables(false);
    let unknown = words(source).find(|word| match word.before {
        Some('.') => !is_attribute(word.text),
        _ => undeclared.contains(word.text) && !is_root(word.text),
    });
    let Some(unknown) = unknown else { return Ok(()) };
    let line = source[..unknown.at].matches('\n').count() + 1;
    // as it is written: with all that stands before the dot
    let chain = |sign: char| sign.is_alphanumeric() || sign == '_' || sign == '.';
    let begin = source[..unknown.at].trim_end_matches(chain).len();
    let written = &source[begin..unknown.at + unknown.text.len()];
    let problem = format!("there is no placeholder {written}; there are: {}", values::NAMES.join(", "));
    Err(TemplateError { file: templates.file(name), line: Some(line), problem })
}

/// What stands after a dot besides the parts of the values: the parts of `loop`.
const OF_LOOP: [&str; 8] = ["index", "index0", "revindex", "revindex0", "first", "last", "length", "depth"];

/// What a placeholder can begin with; `qualification` is none, it lives only inside its loop.
fn is_root(word: &str) -> bool {
    word != "qualification" && values::NAMES.iter().any(|name| name.split('.').next() == Some(word))
}

fn is_attribute(word: &str) -> bool {
    OF_LOOP.contains(&word)
        || values::NAMES.iter().any(|name| name.split_once('.').is_some_and(|(_, part)| part == word))
}

/// A word inside `{{ }}` or `{% %}`.
struct Word<'a> {
    text: &'a str,
    at: usize,
    /// The sign right before it.
    before: Option<char>,
}

/// The words of the template's code; texts in quotes and comments are passed over.
fn words(source: &str) -> impl Iterator<Item = Word<'_>> {
    let mut words = Vec::new();
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
        let end = source[open..].find(close).map_or(source.len(), |at| open + at);
        if close != "#}" {
            words.extend(words_of(source, open + 2, end));
        }
        rest = end;
    }
    words.into_iter()
}

fn words_of(source: &str, start: usize, end: usize) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut quote = None;
    let mut begin = None;
    let code = source.get(start..end).unwrap_or_default();
    for (offset, character) in code.char_indices().chain([(code.len(), ' ')]) {
        let at = start + offset;
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

fn loads_from_outside(html: &str) -> Option<&'static str> {
    // neither case nor spaces nor the way slashes are written matter
    let html: String = html.to_lowercase().replace("&#x2f;", "/").split_whitespace().collect();
    let marks = [
        ("src=", "a src attribute"),
        ("srcset=", "a srcset attribute"),
        ("background=", "a background attribute"),
        ("url(", "a url() in a style"),
        ("<link", "a <link>"),
        ("@import", "an @import"),
        ("<script", "a <script>"),
    ];
    marks.iter().find(|(mark, _)| html.contains(mark)).map(|(_, what)| *what)
}
