//! What the languages have in common: the same texts, which speak of the same things. `build.rs` holds the built-in
//! languages against English with it, so that a forgotten text is a build error, and the program what a university wrote.

use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::parser;

/// Something wrong in a file of texts.
#[derive(Debug, PartialEq, Eq)]
pub struct Fault {
    /// From 1; none for what is missing.
    pub line: Option<usize>,
    /// What is wrong and what would be right.
    pub problem: String,
}

/// Another name for the year, for languages that count it so.
const BUDDHIST: (&str, &str) = ("buddhist_year", "year");

/// Everything that is wrong in a language's texts, held against the English ones. One that `is_whole` has each of them.
#[must_use]
pub fn faults(english: &str, texts: &str, is_whole: bool) -> Vec<Fault> {
    let (model, _) = File::read(english);
    let (file, mut faults) = File::read(texts);
    let mut add = |line, problem| faults.push(Fault { line, problem });
    if is_whole {
        for id in model.messages.keys().filter(|id| !file.messages.contains_key(*id)) {
            add(None, format!("{id} is missing; every language has the texts of English"));
        }
        for term in model.terms.keys().filter(|term| !file.terms.contains_key(*term)) {
            add(None, format!("-{term} is missing; every language has it as English has it"));
        }
    }
    for (term, pattern) in &file.terms {
        if model.terms.get(term) != Some(pattern) {
            let problem = format!("-{term} must be as in English: it is a name, and is not translated");
            add(file.line(&format!("-{term}")), problem);
        }
    }
    for id in file.messages.keys() {
        let line = file.line(id);
        if !model.messages.contains_key(id) {
            add(line, format!("there is no text {id}; is it misspelt?"));
            continue;
        }
        let (wanted, own) = (model.uses(id, &model), file.uses(id, &model));
        let known = |name: &&String| wanted.shown.contains(*name) || wanted.chosen.contains(*name);
        for name in own.shown.union(&own.chosen).filter(|name| !known(name)) {
            add(line, format!("{id} has no {{ ${name} }}; English speaks of {}", wanted.names()));
        }
        for name in wanted.shown.difference(&own.shown) {
            add(line, format!("{id} must say {{ ${name} }}, as English does"));
        }
        for name in wanted.terms.symmetric_difference(&own.terms) {
            add(line, format!("{id} must speak of {{ -{name} }} if, and only if, English does"));
        }
        if own.bold != wanted.bold {
            add(line, format!("{id} needs as many <b> … </b> as English: {}", wanted.bold.len() / 2));
        }
    }
    faults
}

/// The names of all texts, and those that other texts speak of.
#[must_use]
pub fn ids(texts: &str) -> (BTreeSet<String>, BTreeSet<String>) {
    let (file, _) = File::read(texts);
    let mut uses = Uses::default();
    for pattern in file.messages.values() {
        uses.read(pattern);
    }
    (file.messages.keys().map(|id| (*id).to_owned()).collect(), uses.messages)
}

struct File<'a> {
    source: &'a str,
    messages: BTreeMap<&'a str, Pattern<&'a str>>,
    terms: BTreeMap<&'a str, Pattern<&'a str>>,
}

impl<'a> File<'a> {
    fn read(source: &'a str) -> (Self, Vec<Fault>) {
        let mut faults = Vec::new();
        let resource = parser::parse(source).unwrap_or_else(|(resource, errors)| {
            faults.extend(errors.into_iter().map(|error| Fault {
                line: Some(line_at(source, error.pos.start)),
                problem: format!("not written as Fluent wants it: {error}"),
            }));
            resource
        });
        let mut file = Self { source, messages: BTreeMap::new(), terms: BTreeMap::new() };
        for entry in resource.body {
            let (id, earlier) = match entry {
                Entry::Message(message) => match message.value {
                    Some(value) => (message.id.name, file.messages.insert(message.id.name, value)),
                    None => continue,
                },
                Entry::Term(term) => (term.id.name, file.terms.insert(term.id.name, term.value)),
                _ => continue,
            };
            if earlier.is_some() {
                faults.push(Fault { line: file.line(id), problem: format!("{id} stands in it twice") });
            }
        }
        (file, faults)
    }

    /// The line on which a text begins.
    fn line(&self, id: &str) -> Option<usize> {
        let begins =
            |line: &str| line.strip_prefix(id).is_some_and(|rest| rest.trim_start().starts_with('='));
        self.source.lines().position(begins).map(|before| before + 1)
    }

    /// What a text speaks of, also through the texts in it, which may be those of `model`.
    fn uses(&self, id: &str, model: &File<'_>) -> Uses {
        let (mut uses, mut seen) = (Uses::default(), BTreeSet::new());
        let mut open = BTreeSet::from([id.to_owned()]);
        while let Some(id) = open.pop_first() {
            match (self.messages.get(&*id), model.messages.get(&*id)) {
                (Some(own), _) => uses.read(own),
                (None, Some(english)) => uses.read(english),
                (None, None) => {}
            }
            seen.insert(id);
            open = uses.messages.difference(&seen).cloned().collect();
        }
        uses
    }
}

/// What a text speaks of.
#[derive(Default)]
struct Uses {
    /// Values that stand in it.
    shown: BTreeSet<String>,
    /// Values by which it chooses between its variants.
    chosen: BTreeSet<String>,
    terms: BTreeSet<String>,
    messages: BTreeSet<String>,
    /// The marks of bold letters in their order, of one variant where there are several.
    bold: Vec<&'static str>,
}

impl Uses {
    fn names(&self) -> String {
        let names: Vec<_> = self.shown.union(&self.chosen).map(|name| format!("${name}")).collect();
        if names.is_empty() { "no value".to_owned() } else { names.join(", ") }
    }

    fn read(&mut self, pattern: &Pattern<&str>) {
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { value } => self.bold.extend(marks(value)),
                PatternElement::Placeable { expression } => self.expression(expression),
            }
        }
    }

    fn expression(&mut self, expression: &Expression<&str>) {
        match expression {
            Expression::Inline(inline) => self.inline(inline),
            Expression::Select { selector, variants } => {
                if let InlineExpression::VariableReference { id } = selector {
                    self.chosen.insert(id.name.to_owned());
                }
                let before = self.bold.clone();
                for variant in variants {
                    self.bold.clone_from(&before);
                    self.read(&variant.value);
                }
            }
        }
    }

    fn inline(&mut self, inline: &InlineExpression<&str>) {
        match inline {
            InlineExpression::VariableReference { id } => {
                let name = if id.name == BUDDHIST.0 { BUDDHIST.1 } else { id.name };
                self.shown.insert(name.to_owned());
            }
            InlineExpression::TermReference { id, .. } => {
                self.terms.insert(id.name.to_owned());
            }
            InlineExpression::MessageReference { id, .. } => {
                self.messages.insert(id.name.to_owned());
            }
            InlineExpression::Placeable { expression } => self.expression(expression),
            InlineExpression::StringLiteral { .. }
            | InlineExpression::NumberLiteral { .. }
            | InlineExpression::FunctionReference { .. } => {}
        }
    }
}

fn marks(text: &str) -> impl Iterator<Item = &'static str> {
    text.match_indices('<')
        .filter_map(|(at, _)| ["<b>", "</b>"].into_iter().find(|mark| text[at..].starts_with(mark)))
}

fn line_at(source: &str, at: usize) -> usize {
    source.as_bytes().iter().take(at).filter(|byte| **byte == b'\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENGLISH: &str = "-pass = Pass\n\
                           many = { $count ->\n    [one] one\n   *[other] more\n    }\n\
                           when = <b>In { $year }</b> with { -pass }\n\
                           hint = Such as { many }\n";

    fn said(texts: &str, is_whole: bool) -> Vec<(Option<usize>, String)> {
        faults(ENGLISH, texts, is_whole).into_iter().map(|fault| (fault.line, fault.problem)).collect()
    }

    #[test]
    fn a_language_may_be_simpler_than_english_and_count_years_its_own_way() {
        let thai =
            "-pass = Pass\nmany = หลาย\nwhen = <b>{ $buddhist_year }</b> { -pass }\nhint = เช่น { many }\n";
        assert_eq!(said(thai, true), []);
        assert_eq!(said("many = { $count }\n", false), []);
        assert_eq!(said("hint = { $count }\n", false), []);
    }

    #[test]
    fn what_is_missing_unknown_or_lost_is_named_with_its_line() {
        let missing = said("many = หลาย\nwhen = <b>{ $year }</b> { -pass }\n", true);
        let words: Vec<_> = missing.iter().map(|(_, problem)| problem.split_whitespace().next()).collect();
        assert_eq!(words, [Some("hint"), Some("-pass")]);
        for (texts, line, problem) in [
            ("\nmuch = x\n", 2, "there is no text much; is it misspelt?"),
            ("hint = { $name } { many }\n", 1, "hint has no { $name }; English speaks of $count"),
            ("when = <b>now</b> { -pass }\n", 1, "when must say { $year }, as English does"),
            ("when = <b>{ $year }</b>\n", 1, "when must speak of { -pass } if, and only if, English does"),
            ("hint = { -pass }\n", 1, "hint must speak of { -pass } if, and only if, English does"),
            ("when = { $year } { -pass }\n", 1, "when needs as many <b> … </b> as English: 1"),
            ("-pass = Ausweis\n", 1, "-pass must be as in English: it is a name, and is not translated"),
            ("many = x\nmany = y\n", 1, "many stands in it twice"),
        ] {
            assert_eq!(said(texts, false), [(Some(line), problem.to_owned())], "{texts}");
        }
        let [(line, problem)] = &said("many = x\nwhen { $year\n", false)[..] else { panic!("one fault") };
        assert!(*line == Some(2) && problem.starts_with("not written as Fluent wants it: "), "{problem}");
    }

    #[test]
    fn the_texts_of_a_file_are_listed() {
        let (all, within) = ids(ENGLISH);
        assert_eq!(all.into_iter().collect::<Vec<_>>(), ["hint", "many", "when"]);
        assert_eq!(within.into_iter().collect::<Vec<_>>(), ["many"]);
    }
}
