//! The wording of mails and pages. Templates say in which order things stand, one set for all languages; the texts in
//! them are messages of Fluent, one file a language. Either may be the university's own, in one folder a language. Here is
//! what mails and pages have in common: where templates are found, how they are filled, and which placeholders exist.

pub mod agreement;
pub(crate) mod folder;
mod memo;
pub(crate) mod outside;
pub(crate) mod placeholders;
pub(crate) mod texts;
pub(crate) mod values;

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Kwargs;
use minijinja::{AutoEscape, Environment, Error, ErrorKind, State, UndefinedBehavior, Value};

use crate::graduate::{Language, languages};
use memo::Memo;
use texts::{Place, Texts};

/// Steps that a template may take for one mail or page. The built-in ones take a few hundred; one that needs more than
/// a million runs in circles.
const STEPS: u64 = 1_000_000;

/// What is wrong with a template: file, line, what, and what would be right.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("template {file}{}: {problem}", line.map(|line| format!(":{line}")).unwrap_or_default())]
pub struct TemplateError {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: Option<usize>,
    /// What is wrong and what would be right; no value of any graduate.
    pub problem: String,
}

/// Every built-in file, by its name in a university's folder of templates, with its text: the templates of
/// these parts and the look as they stand for English, and the sentences of every language.
pub(crate) fn built_in(parts: [&'static Part; 2]) -> impl Iterator<Item = (String, &'static str)> {
    let templates = parts.into_iter().flat_map(|part| part.files.iter().zip(part.built_in));
    let texts = texts::BUILT_IN.iter().map(|(tag, text)| (format!("{tag}/{}", texts::OWN), *text));
    templates
        .map(|(file, text)| (format!("en/{file}"), *text))
        .chain([(folder::STYLE.to_owned(), include_str!("redemption/pages/style.css"))])
        .chain(texts)
}

/// One half of the wording: the mails or the pages.
pub(crate) struct Part {
    /// The templates that a language needs, from its folder on.
    pub(crate) files: &'static [&'static str],
    /// The folder inside a language's folder that holds them all, where they have one.
    pub(crate) subfolder: Option<&'static str>,
    /// The built-in ones, in the order of `files`.
    pub(crate) built_in: &'static [&'static str],
    /// What is said of a language that lacks one.
    pub(crate) missing: &'static str,
    /// Every placeholder of one of the files, for error messages and the check.
    pub(crate) placeholders: fn(file: &str) -> Vec<&'static str>,
    /// A first part of placeholders that exists only inside its loop.
    pub(crate) in_loop: &'static str,
}

/// Templates of one half, with the university's own over those that are built in.
pub(crate) struct Wording {
    part: &'static Part,
    environment: Environment<'static>,
    /// The first is for those whose own is not among them.
    languages: Vec<String>,
    texts: Arc<AllTexts>,
    folder: Option<PathBuf>,
}

/// The texts of each language.
type AllTexts = BTreeMap<String, Texts>;

impl Wording {
    /// Loads the templates and texts of the languages that are switched on, and of those that are the university's own,
    /// and holds their placeholders against those that exist.
    pub(crate) fn load(
        part: &'static Part,
        folder: Option<&Path>,
        switched_on: &[Language],
    ) -> Result<Self, TemplateError> {
        let own = folder.map(folder::walk).transpose()?.unwrap_or_default();
        let mut languages: Vec<_> = switched_on.iter().map(|language| language.as_str().to_owned()).collect();
        let whole: Vec<_> =
            own.iter().filter(|own| part.is_in(own)).map(|own| own.language.clone()).collect();
        languages.extend(whole.into_iter().filter(|tag| switched_on.iter().all(|on| on.as_str() != tag)));
        let texts = languages.iter().map(|tag| Ok((tag.clone(), Texts::load(tag, folder)?)));
        let texts = Arc::new(texts.collect::<Result<AllTexts, TemplateError>>()?);
        let (environment, folder) = (environment(&texts), folder.map(Path::to_owned));
        let mut wording = Self { part, environment, languages, texts, folder };
        for language in switched_on {
            wording.add_built_in(language.as_str())?;
        }
        for own in own {
            wording.add_own(&own)?;
        }
        // those that are built in are checked by the tests, once
        if wording.folder.is_some() {
            wording.check_placeholders()?;
        }
        Ok(wording)
    }

    /// Holds the placeholders of every file against those that exist.
    pub(crate) fn check_placeholders(&self) -> Result<(), TemplateError> {
        for language in &self.languages {
            for file in self.part.files {
                placeholders::check(self, &format!("{language}/{file}"))?;
            }
        }
        Ok(())
    }

    /// The languages that there are.
    pub(crate) fn languages(&self) -> impl Iterator<Item = &str> {
        self.languages.iter().map(String::as_str)
    }

    /// The language of those whose own is not among them.
    pub(crate) fn usual(&self) -> &str {
        self.languages.first().map_or("en", String::as_str)
    }

    /// Which language serves a tag.
    pub(crate) fn lookup(&self, wanted: &str) -> Option<&str> {
        let known: Vec<_> = self.languages().collect();
        languages::lookup(&known, wanted)
    }

    /// A language's own name; its tag where it has no texts.
    pub(crate) fn name(&self, language: &str) -> Result<String, TemplateError> {
        match self.texts.get(language) {
            Some(texts) if texts.is_of_language() => self.text(language, "language", []),
            _ => Ok(language.to_owned()),
        }
    }

    /// One text of a language by itself; English where that language is the university's own and has no texts.
    pub(crate) fn text<'v>(
        &self,
        language: &str,
        id: &str,
        values: impl IntoIterator<Item = (&'v str, Value)>,
    ) -> Result<String, TemplateError> {
        let text = match self.texts.get(language) {
            Some(texts) => texts.text(id, values, Place::Text),
            None => Ok(String::new()),
        };
        text.map_err(|problem| TemplateError {
            file: format!("{language}/{}", texts::OWN),
            line: None,
            problem,
        })
    }

    /// Fills one template, named from the folder of its language on.
    pub(crate) fn render(&self, name: &str, values: impl Into<Value>) -> Result<String, TemplateError> {
        let template = self.environment.get_template(name).map_err(|error| self.error(name, &error))?;
        template.render(values.into()).map_err(|error| self.error(name, &error))
    }

    /// Whether a template speaks of one of these placeholders, in whatever form it is shown.
    pub(crate) fn uses(&self, name: &str, placeholders: &[&str]) -> bool {
        self.source(name).is_some_and(|source| placeholders::uses(&source, placeholders))
    }

    /// The source of one template.
    pub(crate) fn source(&self, name: &str) -> Option<String> {
        Some(self.environment.get_template(name).ok()?.source().to_owned())
    }

    /// Where a template came from, as its author knows it.
    pub(crate) fn file(&self, name: &str) -> String {
        match &self.folder {
            Some(folder) if folder.join(name).exists() => folder.join(name).display().to_string(),
            _ => format!("{name} (built in)"),
        }
    }

    fn placeholders(&self, name: &str) -> Vec<&'static str> {
        (self.part.placeholders)(name.split_once('/').map_or(name, |(_, file)| file))
    }

    fn add(&mut self, name: &str, source: String) -> Result<(), TemplateError> {
        let added = self.environment.add_template_owned(name.to_owned(), source);
        added.map_err(|problem| self.error(name, &problem))
    }

    fn add_built_in(&mut self, language: &str) -> Result<(), TemplateError> {
        if !self.texts.get(language).is_some_and(Texts::is_of_language) {
            let file = format!("{language}/{}", texts::OWN);
            let built_in = texts::BUILT_IN.map(|(tag, _)| tag).join(", ");
            let problem = format!(
                "missing; languages switches on {language}, whose words are not built in as those of {built_in} are"
            );
            return Err(TemplateError { file, line: None, problem });
        }
        for (file, source) in self.part.files.iter().zip(self.part.built_in) {
            self.add(&format!("{language}/{file}"), (*source).to_owned())?;
        }
        Ok(())
    }

    fn add_own(&mut self, own: &folder::OwnLanguage) -> Result<(), TemplateError> {
        let folder = self.folder.clone().unwrap_or_default();
        for file in own.files.iter().filter(|file| self.part.files.contains(&file.as_str())) {
            let name = format!("{}/{file}", own.language);
            let source = folder::read(&folder.join(&name))?;
            self.add(&name, source)?;
        }
        for file in self.part.files.iter().filter(|_| self.part.is_in(own)) {
            let name = format!("{}/{file}", own.language);
            if self.environment.get_template(&name).is_err() {
                return Err(folder::problem(&folder.join(&name), self.part.missing.to_owned()));
            }
        }
        Ok(())
    }

    /// The engine's error in the words of a template's author; never with a value in it.
    fn error(&self, name: &str, error: &minijinja::Error) -> TemplateError {
        // a page that fails in its layout is the layout's fault
        let name = error.name().filter(|inner| self.source(inner).is_some()).unwrap_or(name);
        let problem = match error.kind() {
            ErrorKind::UndefinedError => {
                let names = self.placeholders(name).join(", ");
                format!("a placeholder that does not exist; there are: {names}")
            }
            ErrorKind::OutOfFuel => {
                "takes too many steps; is there a loop in a loop, or a macro that calls itself?".into()
            }
            kind => match error.detail() {
                Some(detail) => format!("{kind}: {detail}"),
                None => kind.to_string(),
            },
        };
        TemplateError { file: self.file(name), line: error.line(), problem }
    }
}

impl std::fmt::Debug for Wording {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Wording").field("languages", &self.languages).finish_non_exhaustive()
    }
}

impl Part {
    /// Whether the folder of a language is meant for this half; an empty one is a mail's that lacks all. Texts alone and
    /// the stylesheet are for languages that are switched on.
    fn is_in(&self, own: &folder::OwnLanguage) -> bool {
        let any = own.files.iter().any(|file| self.files.contains(&file.as_str()));
        let is_beside = |file: &String| file == texts::OWN || folder::STYLE.ends_with(file.as_str());
        let is_bare = own.files.is_empty() || !own.files.iter().all(is_beside);
        any || is_bare && self.subfolder.map_or(own.subfolders.is_empty(), |it| own.subfolders.contains(&it))
    }
}

/// What templates can call besides what the engine has: `t("ID", value=…)` is a text in the language of the template's
/// folder.
pub(crate) const FUNCTIONS: [&str; 1] = ["t"];

fn environment(texts: &Arc<AllTexts>) -> Environment<'static> {
    let mut environment = Environment::new();
    let texts = Arc::clone(texts);
    environment.add_function("t", move |state: &State<'_, '_>, id: &str, values: Kwargs| {
        text(&texts, state, id, &values)
    });
    let memo = Memo::default();
    environment.add_filter("wrapped", move |text: String, before: Option<String>| {
        wrapped(&memo, &text, before.as_deref())
    });
    environment.add_filter("underlined", texts::underlined);
    environment.add_filter("plain", texts::plain);
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_fuel(Some(STEPS));
    environment.set_auto_escape_callback(|name| {
        if name.ends_with(".html.j2") { AutoEscape::Html } else { AutoEscape::None }
    });
    let syntax =
        SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true).build();
    if let Ok(syntax) = syntax {
        environment.set_syntax(syntax);
    }
    // what a template extends stands beside it, in its own language
    environment.set_path_join_callback(|name, parent| {
        parent
            .rsplit_once('/')
            .map_or_else(|| name.to_owned(), |(folder, _)| format!("{folder}/{name}"))
            .into()
    });
    environment
}

fn wrapped(memo: &Memo, text: &str, before: Option<&str>) -> String {
    let before = before.unwrap_or_default();
    let wrapped = memo.get(format!("{before}\0{text}"), || Ok::<_, Infallible>(texts::wrapped(text, before)));
    wrapped.map_or_else(|never| match never {}, |wrapped| wrapped.to_string())
}

fn text(texts: &AllTexts, state: &State<'_, '_>, id: &str, values: &Kwargs) -> Result<Value, Error> {
    let wrong = |problem| Error::new(ErrorKind::InvalidOperation, problem);
    let language = state.name().split('/').next().unwrap_or_default();
    let texts = texts.get(language).filter(|texts| texts.is_of_language()).ok_or_else(|| {
        wrong(format!("there are no texts in this language; write them in {language}/{}", texts::OWN))
    })?;
    let mut named = Vec::new();
    for name in values.args() {
        let value = values.get::<Value>(name)?;
        if name == texts::DAY {
            named.extend(values::PARTS_OF_A_DAY.map(|part| Ok::<_, Error>((part, value.get_attr(part)?))));
        } else {
            named.push(Ok((name, value)));
        }
    }
    let named = named.into_iter().collect::<Result<Vec<_>, _>>()?;
    match state.auto_escape() {
        AutoEscape::Html => texts.text(id, named, Place::Html).map(Value::from_safe_string),
        _ => texts.text(id, named, Place::Text).map(Value::from),
    }
    .map_err(wrong)
}
