//! The configuration file as tables of keys, read one by one: what is wrong is kept, with its line and key, so that all
//! of it is told at once; and so is where each value came from.

use std::cell::RefCell;
use std::collections::BTreeMap;

use secrecy::SecretString;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

use super::{Mistake, Setting};

/// What stands for a secret where values are shown.
const HIDDEN: &str = "(hidden)";

/// The file, and what was found in it so far.
pub(super) struct Reader<'a> {
    text: &'a str,
    tables: RefCell<BTreeMap<String, Spanned<DeValue<'a>>>>,
    mistakes: RefCell<Vec<Mistake>>,
    settings: RefCell<Vec<Setting>>,
}

impl<'a> Reader<'a> {
    /// A text that is TOML, but for typographic quotes, which are mistakes of their lines.
    ///
    /// # Errors
    /// Every other place where it is not.
    pub(super) fn new(text: &'a str) -> Result<Self, Vec<Mistake>> {
        let (root, errors) = DeTable::parse_recoverable(text);
        let mistakes = super::syntax::mistakes(text, &errors);
        if !super::syntax::is_all_typographic(text, &mistakes) {
            return Err(mistakes);
        }
        let named =
            |(name, value): (Spanned<std::borrow::Cow<'a, str>>, _)| (name.into_inner().into_owned(), value);
        Ok(Self {
            text,
            tables: RefCell::new(root.into_inner().into_iter().map(named).collect()),
            mistakes: RefCell::new(mistakes),
            settings: RefCell::default(),
        })
    }

    /// The table of this name; an empty one where it is missing.
    pub(super) fn table(&self, name: &'static str) -> Table<'_, 'a> {
        self.optional_table(name).unwrap_or_else(|| Table {
            reader: self,
            name,
            line: None,
            rest: BTreeMap::new(),
            keys: Vec::new(),
        })
    }

    /// The table of this name, where there is one.
    pub(super) fn optional_table(&self, name: &'static str) -> Option<Table<'_, 'a>> {
        let table = self.tables.borrow_mut().remove(name)?;
        let line = self.line(table.span().start);
        let mut rest = BTreeMap::new();
        match table.into_inner() {
            DeValue::Table(entries) => {
                for (key, value) in entries {
                    let line = self.line(key.span().start);
                    rest.insert(key.into_inner().into_owned(), (line, value));
                }
            }
            _ => self.mistake(
                Some(line),
                name.to_owned(),
                format!("is a table; write [{name}] on a line of its own"),
            ),
        }
        Some(Table { reader: self, name, line: Some(line), rest, keys: Vec::new() })
    }

    /// What there was: every value with its origin, in the order of the `tables` that there are; or every mistake, by line.
    pub(super) fn finish(self, tables: &[&str]) -> Result<Vec<Setting>, Vec<Mistake>> {
        for (name, value) in self.tables.take() {
            let problem = format!("unknown; there are the tables {}", tables.join(", "));
            self.mistake(Some(self.line(value.span().start)), name, problem);
        }
        let mut mistakes = self.mistakes.into_inner();
        // those of a missing table have no line
        mistakes.sort_by_key(|mistake| mistake.line.unwrap_or(usize::MAX));
        let mut settings = self.settings.into_inner();
        let table =
            |setting: &Setting| tables.iter().position(|table| setting.key.split('.').next() == Some(*table));
        settings.sort_by_key(table);
        if mistakes.is_empty() { Ok(settings) } else { Err(mistakes) }
    }

    fn line(&self, at: usize) -> usize {
        super::syntax::place(self.text, at).0
    }

    /// Keeps a mistake, the first of its key: what else is said of that follows from it.
    fn mistake(&self, line: Option<usize>, key: String, problem: String) {
        let mut mistakes = self.mistakes.borrow_mut();
        if !mistakes.iter().any(|other| other.key.as_ref() == Some(&key)) {
            mistakes.push(Mistake { line, column: None, key: Some(key), problem });
        }
    }
}

/// One table of the file.
pub(super) struct Table<'r, 'a> {
    reader: &'r Reader<'a>,
    name: &'static str,
    /// Of its header.
    line: Option<usize>,
    /// What nobody has asked for yet, with its line.
    rest: BTreeMap<String, (usize, Spanned<DeValue<'a>>)>,
    /// What was asked for, with the line of what was there.
    keys: Vec<(&'static str, Option<usize>)>,
}

impl<'a> Table<'_, 'a> {
    /// A value that has to be there; none if it is not, or of the wrong kind, which is then a mistake.
    pub(super) fn required<T: DeserializeOwned>(&mut self, key: &'static str) -> Option<T> {
        let (line, value) = self.take(key);
        let Some(value) = value else {
            self.reader.mistake(self.line, self.path(key), "missing".to_owned());
            return None;
        };
        self.show(key, Some(self.source(&value)), line);
        self.read(key, value)
    }

    /// A value that may be missing.
    pub(super) fn optional<T: DeserializeOwned>(&mut self, key: &'static str) -> Option<T> {
        let (line, value) = self.take(key);
        self.show(key, value.as_ref().map(|value| self.source(value)), line);
        self.read(key, value?)
    }

    /// A value that may be missing, and what it is then.
    pub(super) fn or<T: DeserializeOwned + Serialize>(&mut self, key: &'static str, usual: T) -> T {
        let (line, value) = self.take(key);
        let source = value.as_ref().map(|value| self.source(value));
        // such values are written alike in JSON and TOML
        self.show(key, source.or_else(|| serde_json::to_string(&usual).ok()), line);
        value.and_then(|value| self.read(key, value)).unwrap_or(usual)
    }

    /// A table below this one: each of its keys, made into what it stands for, with its value.
    pub(super) fn below<K, T: DeserializeOwned>(
        &mut self,
        key: &'static str,
        parse: impl Fn(&str) -> Result<K, String>,
    ) -> Vec<(K, T)> {
        let (line, value) = self.take(key);
        let Some(value) = value else { return Vec::new() };
        let DeValue::Table(entries) = value.into_inner() else {
            self.wrong(key, format!("is a table; write [{}] on a line of its own", self.path(key)));
            return Vec::new();
        };
        let mut pairs = Vec::new();
        for (name, value) in entries {
            let line = Some(self.reader.line(name.span().start)).or(line);
            let path = format!("{}.{}", self.path(key), name.get_ref());
            let setting = Setting { key: path.clone(), value: Some(self.source(&value)), line };
            self.reader.settings.borrow_mut().push(setting);
            let read = T::deserialize(ValueDeserializer::from(value))
                .map_err(|error| super::syntax::without_value(error.message()));
            match parse(name.get_ref()).and_then(|name| Ok((name, read?))) {
                Ok(pair) => pairs.push(pair),
                Err(problem) => self.reader.mistake(line, path, problem),
            }
        }
        pairs
    }

    /// A secret given in the file itself.
    pub(super) fn hidden(&mut self, key: &'static str) -> Option<SecretString> {
        let (line, value) = self.take(key);
        self.show(key, value.is_some().then(|| HIDDEN.to_owned()), line);
        self.read(key, value?)
    }

    /// A text that has to become something else.
    pub(super) fn parsed<T>(
        &mut self,
        key: &'static str,
        parse: impl FnOnce(&str) -> Result<T, String>,
    ) -> Option<T> {
        let text: String = self.required(key)?;
        self.checked(key, parse(&text))
    }

    /// The same of one that may be missing.
    pub(super) fn optional_parsed<T>(
        &mut self,
        key: &'static str,
        parse: impl FnOnce(&str) -> Result<T, String>,
    ) -> Option<T> {
        let text: String = self.optional(key)?;
        self.checked(key, parse(&text))
    }

    /// What was made of a value of this key, where that went well.
    pub(super) fn checked<T>(&mut self, key: &'static str, made: Result<T, String>) -> Option<T> {
        made.map_err(|problem| self.wrong(key, problem)).ok()
    }

    /// Keeps what is wrong with a key.
    pub(super) fn wrong(&self, key: &'static str, problem: impl Into<String>) {
        let there = self.keys.iter().find(|(own, _)| *own == key).and_then(|(_, line)| *line);
        self.reader.mistake(there.or(self.line), self.path(key), problem.into());
    }

    /// Whatever nobody has asked for is no key.
    pub(super) fn finish(self) {
        for (key, (line, _)) in &self.rest {
            let known: Vec<_> = self.keys.iter().map(|(key, _)| *key).collect();
            let problem = format!("unknown; [{}] has {}", self.name, known.join(", "));
            self.reader.mistake(Some(*line), self.path(key), problem);
        }
    }

    fn take(&mut self, key: &'static str) -> (Option<usize>, Option<Spanned<DeValue<'a>>>) {
        let (line, value) = self.rest.remove(key).unzip();
        self.keys.push((key, line));
        (line, value)
    }

    fn read<T: for<'de> Deserialize<'de>>(
        &mut self,
        key: &'static str,
        value: Spanned<DeValue<'a>>,
    ) -> Option<T> {
        let read = T::deserialize(ValueDeserializer::from(value));
        self.checked(key, read.map_err(|error| super::syntax::without_value(error.message())))
    }

    fn path(&self, key: &str) -> String {
        format!("{}.{key}", self.name)
    }

    fn show(&self, key: &str, value: Option<String>, line: Option<usize>) {
        self.reader.settings.borrow_mut().push(Setting { key: self.path(key), value, line });
    }

    /// A value as the file has it, on one line.
    fn source(&self, value: &Spanned<DeValue<'_>>) -> String {
        let source = self.reader.text.get(value.span()).unwrap_or_default();
        source.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}
