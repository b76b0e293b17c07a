//! The wording of mails and pages: built in, or the university's own, one folder a language. What mails and
//! pages have in common of it: where templates are found, how they are filled, and which placeholders exist.

pub(crate) mod folder;
pub(crate) mod outside;
pub(crate) mod placeholders;
pub(crate) mod values;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use minijinja::syntax::SyntaxConfig;
use minijinja::{AutoEscape, Environment, ErrorKind, UndefinedBehavior, Value};

/// The language of those whose own has no templates.
pub(crate) const DEFAULT_LANGUAGE: &str = "en";

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

/// One half of the wording: the mails or the pages.
pub(crate) struct Part {
    /// The templates that a language needs, from its folder on.
    pub(crate) files: &'static [&'static str],
    /// Templates that it may have.
    pub(crate) optional: &'static [&'static str],
    /// The folder inside a language's folder that holds them all, where they have one.
    pub(crate) subfolder: Option<&'static str>,
    /// Names and sources of the built-in ones.
    pub(crate) built_in: &'static [(&'static str, &'static str)],
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
    languages: BTreeSet<String>,
    folder: Option<PathBuf>,
}

impl Wording {
    /// Loads the templates and holds their placeholders against those that exist.
    pub(crate) fn load(part: &'static Part, folder: Option<&Path>) -> Result<Self, TemplateError> {
        let languages = BTreeSet::from([DEFAULT_LANGUAGE.to_owned()]);
        let folder = folder.map(Path::to_owned);
        let mut wording = Self { part, environment: environment(), languages, folder };
        for (name, source) in part.built_in {
            wording.add(name, (*source).to_owned())?;
        }
        if let Some(folder) = wording.folder.clone() {
            wording.add_folder(&folder)?;
        }
        for language in &wording.languages {
            for file in part.files.iter().chain(part.optional) {
                let name = format!("{language}/{file}");
                if wording.has(&name) {
                    placeholders::check(&wording, &name)?;
                }
            }
        }
        Ok(wording)
    }

    /// The languages that there are.
    pub(crate) fn languages(&self) -> impl Iterator<Item = &str> {
        self.languages.iter().map(String::as_str)
    }

    /// Which folder of templates serves a language tag: the tag itself, else without its last part, and so on
    /// (RFC 4647 §3.4, lookup).
    pub(crate) fn lookup(&self, wanted: &str) -> Option<&str> {
        let mut tag = wanted;
        loop {
            if let Some(known) = self.languages.iter().find(|known| known.eq_ignore_ascii_case(tag)) {
                return Some(known);
            }
            tag = tag.rsplit_once('-')?.0;
        }
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

    /// Whether there is such a template.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.environment.get_template(name).is_ok()
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

    fn add_folder(&mut self, folder: &Path) -> Result<(), TemplateError> {
        for own in folder::walk(folder)? {
            let of_this_part = |file: &&String| {
                self.part.files.contains(&file.as_str()) || self.part.optional.contains(&file.as_str())
            };
            for file in own.files.iter().filter(of_this_part) {
                let name = format!("{}/{file}", own.language);
                let source = folder::read(&folder.join(&name))?;
                self.add(&name, source)?;
            }
            if !self.part.is_in(&own) {
                continue;
            }
            for file in self.part.files {
                let name = format!("{}/{file}", own.language);
                if self.environment.get_template(&name).is_err() {
                    return Err(folder::problem(&folder.join(&name), self.part.missing.to_owned()));
                }
            }
            self.languages.insert(own.language);
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
    /// Whether the folder of a language is meant for this half; an empty one is a mail's that lacks all.
    fn is_in(&self, own: &folder::OwnLanguage) -> bool {
        let any = own.files.iter().any(|file| self.files.contains(&file.as_str()));
        any || self.subfolder.map_or(own.subfolders.is_empty(), |it| own.subfolders.contains(&it))
    }
}

fn environment() -> Environment<'static> {
    let mut environment = Environment::new();
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
