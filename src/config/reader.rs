//! The configuration file as tables of keys, read one by one: what is wrong is kept, with its line and key, so that all
//! of it is told at once; and so is where each value came from.

use std::cell::RefCell;
use std::collections::BTreeMap;

use secrecy::SecretString;
use serde::Serialize;
use serde::de::value::StrDeserializer;
use serde::de::{DeserializeOwned, IntoDeserializer};
use toml::Spanned;
use toml::de::{DeTable, DeValue, Error, ValueDeserializer};

use super::{Environment, Mistake, Origin, Setting};

/// What stands for a secret where values are shown.
const HIDDEN: &str = "(hidden)";

/// The file with what stands over it, and what was found so far.
pub(super) struct Reader<'a> {
    text: &'a str,
    environment: &'a Environment,
    tables: RefCell<BTreeMap<String, Spanned<DeValue<'a>>>>,
    mistakes: RefCell<Vec<Mistake>>,
    settings: RefCell<Vec<Setting>>,
    /// Every key that was asked for, with its table.
    asked: RefCell<Vec<String>>,
}

/// A value, and where it came from.
struct Value<'a> {
    origin: Origin,
    content: Content<'a>,
}

enum Content<'a> {
    /// Of the file.
    Toml(Spanned<DeValue<'a>>),
    /// From outside.
    Text(&'a str),
}

impl<'a> Reader<'a> {
    /// A text that is TOML, but for typographic quotes, which are mistakes of their lines.
    ///
    /// # Errors
    /// Every other place where it is not.
    pub(super) fn new(text: &'a str, environment: &'a Environment) -> Result<Self, Vec<Mistake>> {
        let (root, errors) = DeTable::parse_recoverable(text);
        let mistakes = super::syntax::mistakes(text, &errors);
        if !super::syntax::is_all_typographic(text, &mistakes) {
            return Err(mistakes);
        }
        let named =
            |(name, value): (Spanned<std::borrow::Cow<'a, str>>, _)| (name.into_inner().into_owned(), value);
        Ok(Self {
            text,
            environment,
            tables: RefCell::new(root.into_inner().into_iter().map(named).collect()),
            mistakes: RefCell::new(mistakes),
            settings: RefCell::default(),
            asked: RefCell::default(),
        })
    }

    /// The table of this name; an empty one where it is missing.
    pub(super) fn table(&self, name: &'static str) -> Table<'_, 'a> {
        self.in_file(name).unwrap_or_else(|| self.empty(name))
    }

    /// The table of this name, where anything of it is given.
    pub(super) fn optional_table(&self, name: &'static str) -> Option<Table<'_, 'a>> {
        let is_given = self.tables.borrow().contains_key(name) || self.environment.has(name);
        is_given.then(|| self.table(name))
    }

    fn empty(&self, name: &'static str) -> Table<'_, 'a> {
        Table { reader: self, name, line: None, rest: BTreeMap::new(), keys: Vec::new() }
    }

    fn in_file(&self, name: &'static str) -> Option<Table<'_, 'a>> {
        let table = self.tables.borrow_mut().remove(name)?;
        Some(self.open(name, table))
    }

    fn open(&self, name: &'static str, table: Spanned<DeValue<'a>>) -> Table<'_, 'a> {
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
        Table { reader: self, name, line: Some(line), rest, keys: Vec::new() }
    }

    /// What there was: every value with its origin, in the order of the `tables` that there are; or every mistake, by line.
    pub(super) fn finish(self, tables: &[&str]) -> Result<Vec<Setting>, Vec<Mistake>> {
        for (name, value) in self.tables.take() {
            let problem = format!("unknown; there are the tables {}", tables.join(", "));
            self.mistake(Some(self.line(value.span().start)), name, problem);
        }
        for origin in self.environment.unknown(&self.asked.borrow()) {
            let problem = "no key of this name; it is GRADPASS_MAIL_RELAY, or the credential gradpass.mail.relay, for \
                           `relay` of [mail]";
            self.mistake(None, origin.to_string(), problem.to_owned());
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
    pub(super) fn mistake(&self, line: Option<usize>, key: String, problem: String) {
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
    /// What was asked for, with the origin of what was there.
    keys: Vec<(&'static str, Option<Origin>)>,
}

impl<'r, 'a> Table<'r, 'a> {
    /// A value that has to be there; none if it is not, or of the wrong kind, which is then a mistake.
    pub(super) fn required<T: DeserializeOwned>(&mut self, key: &'static str) -> Option<T> {
        let Some(value) = self.take(key) else {
            self.wrong(key, "missing");
            return None;
        };
        self.show(key, Some(self.source(&value)), value.origin.clone());
        self.read(key, value)
    }

    /// A value that may be missing.
    pub(super) fn optional<T: DeserializeOwned>(&mut self, key: &'static str) -> Option<T> {
        let value = self.take(key);
        let source = value.as_ref().map(|value| self.source(value));
        self.show(key, source, origin(value.as_ref(), Origin::Nowhere));
        self.read(key, value?)
    }

    /// A value that may be missing, and what it is then.
    pub(super) fn or<T: DeserializeOwned + Serialize>(&mut self, key: &'static str, usual: T) -> T {
        let value = self.take(key);
        let source = value.as_ref().map(|value| self.source(value));
        // such values are written alike in JSON and TOML
        let source = source.or_else(|| serde_json::to_string(&usual).ok());
        self.show(key, source, origin(value.as_ref(), Origin::Default));
        value.and_then(|value| self.read(key, value)).unwrap_or(usual)
    }

    /// A table below this one with keys of its own, where anything of it is given; `name` is its name behind this one's.
    pub(super) fn optional_table(&mut self, key: &'static str, name: &'static str) -> Option<Table<'r, 'a>> {
        let in_file = self.rest.remove(key);
        self.keys.push((key, in_file.as_ref().map(|(line, _)| Origin::Line(*line))));
        match in_file {
            Some((_, table)) => Some(self.reader.open(name, table)),
            None => self.reader.environment.has(name).then(|| self.reader.empty(name)),
        }
    }

    /// A table below this one: each of its keys, made into what it stands for, with its value.
    pub(super) fn below<K, T: DeserializeOwned>(
        &mut self,
        key: &'static str,
        parse: impl Fn(&str) -> Result<K, String>,
    ) -> Vec<(K, T)> {
        let Some(Value { origin, content }) = self.take(key) else { return Vec::new() };
        let (text, value) = match content {
            Content::Toml(value) => (self.reader.text, Some(value)),
            Content::Text(text) => (text, DeValue::parse(text).ok()),
        };
        let Some(DeValue::Table(entries)) = value.map(Spanned::into_inner) else {
            let how = match origin {
                Origin::Line(_) => format!("write [{}] on a line of its own", self.path(key)),
                _ => "write it as { name = \"value\" }".to_owned(),
            };
            self.wrong(key, format!("is a table; {how}"));
            return Vec::new();
        };
        let mut pairs = Vec::new();
        for (name, value) in entries {
            let origin = match &origin {
                Origin::Line(_) => Origin::Line(self.reader.line(name.span().start)),
                outside => outside.clone(),
            };
            let path = format!("{}.{}", self.path(key), name.get_ref());
            let value_as_written = Some(one_line(text, &value));
            let line = origin.line();
            let setting = Setting { key: path.clone(), value: value_as_written, origin };
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

    /// A secret given as such, not in a file of its own.
    pub(super) fn hidden(&mut self, key: &'static str) -> Option<SecretString> {
        let value = self.take(key);
        let shown = value.is_some().then(|| HIDDEN.to_owned());
        self.show(key, shown, origin(value.as_ref(), Origin::Nowhere));
        self.read(key, value?)
    }

    /// Whether the value of a key that was asked for came from outside the file.
    pub(super) fn is_from_outside(&self, key: &str) -> bool {
        matches!(self.origin(key), Some(Origin::Variable(_) | Origin::Credential(_)))
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
        let (line, key) = match self.origin(key) {
            Some(outside @ (Origin::Variable(_) | Origin::Credential(_))) => (None, outside.to_string()),
            there => (there.and_then(Origin::line).or(self.line), self.path(key)),
        };
        self.reader.mistake(line, key, problem.into());
    }

    fn origin(&self, key: &str) -> Option<&Origin> {
        self.keys.iter().find(|(own, _)| *own == key).and_then(|(_, origin)| origin.as_ref())
    }

    /// Whatever nobody has asked for is no key.
    pub(super) fn finish(self) {
        for (key, (line, _)) in &self.rest {
            let known: Vec<_> = self.keys.iter().map(|(key, _)| *key).collect();
            let problem = format!("unknown; [{}] has {}", self.name, known.join(", "));
            self.reader.mistake(Some(*line), self.path(key), problem);
        }
    }

    /// What stands for a key: from outside, else in the file.
    fn take(&mut self, key: &'static str) -> Option<Value<'a>> {
        let in_file = self.rest.remove(key);
        self.reader.asked.borrow_mut().push(self.path(key));
        let Some(given) = self.reader.environment.get(self.name, key) else {
            self.keys.push((key, in_file.as_ref().map(|(line, _)| Origin::Line(*line))));
            return in_file
                .map(|(line, value)| Value { origin: Origin::Line(line), content: Content::Toml(value) });
        };
        self.keys.push((key, Some(given.origin.clone())));
        let text = self.checked(key, given.text.as_deref().map_err(ToOwned::to_owned))?;
        Some(Value { origin: given.origin.clone(), content: Content::Text(text) })
    }

    fn read<T: DeserializeOwned>(&mut self, key: &'static str, value: Value<'a>) -> Option<T> {
        let why = |error: toml::de::Error| super::syntax::without_value(error.message());
        let read = match value.content {
            Content::Toml(value) => T::deserialize(ValueDeserializer::from(value)).map_err(why),
            // outside a file of TOML nobody writes quotes
            Content::Text(text) => from_text(text).map_err(|error| why(error).replace(" in quotes", "")),
        };
        self.checked(key, read)
    }

    fn path(&self, key: &str) -> String {
        format!("{}.{key}", self.name)
    }

    fn show(&self, key: &str, value: Option<String>, origin: Origin) {
        self.reader.settings.borrow_mut().push(Setting { key: self.path(key), value, origin });
    }

    /// A value as TOML has it, on one line.
    fn source(&self, value: &Value<'_>) -> String {
        match &value.content {
            Content::Toml(value) => one_line(self.reader.text, value),
            Content::Text(text) => match DeValue::parse(text) {
                Ok(value) if !matches!(value.get_ref(), DeValue::String(_)) => one_line(text, &value),
                // a text is written alike in JSON and TOML
                _ => serde_json::Value::from(*text).to_string(),
            },
        }
    }
}

/// Where a value came from, or what stands for one that is missing.
fn origin(value: Option<&Value<'_>>, missing: Origin) -> Origin {
    value.map_or(missing, |value| value.origin.clone())
}

/// A value of a TOML text as it is written there, on one line.
fn one_line(text: &str, value: &Spanned<DeValue<'_>>) -> String {
    let source = text.get(value.span()).unwrap_or_default();
    source.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text as it is where a text is wanted, and as TOML where it is not.
fn from_text<T: DeserializeOwned>(text: &str) -> Result<T, Error> {
    let plain: StrDeserializer<'_, Error> = text.into_deserializer();
    T::deserialize(plain).or_else(|error| match ValueDeserializer::parse(text) {
        Ok(value) => T::deserialize(value),
        Err(_) => Err(error),
    })
}
