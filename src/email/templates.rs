//! The wording: built in, or the university's own, one folder a language. Checked whole before anything is
//! sent, with sample values that walk through every branch.

mod check;
mod values;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, UndefinedBehavior};

use crate::graduate::Language;
pub use values::Values;

/// The language of graduates whose own has no templates.
const DEFAULT_LANGUAGE: &str = "en";

const FILES: [&str; 3] = ["subject.txt.j2", "body.txt.j2", "body.html.j2"];

const BUILT_IN: [(&str, &str); 3] = [
    ("en/subject.txt.j2", include_str!("templates/en/subject.txt.j2")),
    ("en/body.txt.j2", include_str!("templates/en/body.txt.j2")),
    ("en/body.html.j2", include_str!("templates/en/body.html.j2")),
];

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

/// The three parts of a message.
#[derive(Debug, Clone)]
pub struct Rendered {
    /// One line.
    pub subject: String,
    /// The text part.
    pub text: String,
    /// The HTML part.
    pub html: String,
}

/// Templates that have passed their check.
#[derive(Debug)]
pub struct Templates {
    environment: Environment<'static>,
    languages: BTreeSet<String>,
    folder: Option<PathBuf>,
}

impl Templates {
    /// The built-in templates with the university's own over them.
    ///
    /// # Errors
    /// [`TemplateError`] for the first thing that is wrong with a file, with its line.
    pub fn load(folder: Option<&Path>) -> Result<Self, TemplateError> {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_auto_escape_callback(|name| {
            if name.ends_with(".html.j2") { AutoEscape::Html } else { AutoEscape::None }
        });
        let syntax =
            SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true).build();
        if let Ok(syntax) = syntax {
            environment.set_syntax(syntax);
        }
        let languages = BTreeSet::from([DEFAULT_LANGUAGE.to_owned()]);
        let mut templates = Self { environment, languages, folder: folder.map(Path::to_owned) };
        for (name, source) in BUILT_IN {
            templates.add(name, source.to_owned())?;
        }
        if let Some(folder) = folder {
            templates.add_folder(folder)?;
        }
        for language in &templates.languages {
            check::language(&templates, language)?;
        }
        Ok(templates)
    }

    /// The languages that there are.
    #[must_use]
    pub fn languages(&self) -> Vec<&str> {
        self.languages.iter().map(String::as_str).collect()
    }

    /// Which folder of templates serves a graduate: the language itself, else without its last part, and so on
    /// (RFC 4647 §3.4, lookup), else English.
    #[must_use]
    pub fn language(&self, wanted: Option<&Language>) -> &str {
        let mut tag = wanted.map_or(DEFAULT_LANGUAGE, Language::as_str);
        loop {
            if let Some(known) = self.languages.iter().find(|known| known.eq_ignore_ascii_case(tag)) {
                return known;
            }
            match tag.rsplit_once('-') {
                Some((shorter, _)) => tag = shorter,
                None => return DEFAULT_LANGUAGE,
            }
        }
    }

    /// Fills the templates of the values' language.
    ///
    /// # Errors
    /// [`TemplateError`] when a template fails with these values.
    pub fn render(&self, values: &Values) -> Result<Rendered, TemplateError> {
        let part = |file: &str| {
            let name = format!("{}/{file}", values.language());
            let template = self.environment.get_template(&name).map_err(|error| self.error(&name, &error))?;
            template.render(Serde(values)).map_err(|error| self.error(&name, &error))
        };
        let [subject, text, html] = FILES;
        Ok(Rendered { subject: part(subject)?.trim().to_owned(), text: part(text)?, html: part(html)? })
    }

    fn add(&mut self, name: &str, source: String) -> Result<(), TemplateError> {
        let added = self.environment.add_template_owned(name.to_owned(), source);
        added.map_err(|problem| self.error(name, &problem))
    }

    fn add_folder(&mut self, folder: &Path) -> Result<(), TemplateError> {
        let problem = |path: &Path, problem: String| TemplateError {
            file: path.display().to_string(),
            line: None,
            problem,
        };
        let entries = |path: &Path| -> Result<Vec<PathBuf>, TemplateError> {
            let unreadable = |error: std::io::Error| problem(path, format!("cannot be read: {error}"));
            let mut paths = Vec::new();
            for entry in std::fs::read_dir(path).map_err(unreadable)? {
                let path = entry.map_err(unreadable)?.path();
                let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
                if !hidden {
                    paths.push(path);
                }
            }
            paths.sort();
            Ok(paths)
        };
        for path in entries(folder)? {
            if !path.is_dir() {
                return Err(problem(
                    &path,
                    "templates stand in a folder of their language, such as en".into(),
                ));
            }
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            Language::parse(&name).map_err(|_| {
                problem(&path, "its name is not a language tag such as en, vi or zh-Hans".into())
            })?;
            for file in entries(&path)? {
                let file_name =
                    file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
                if !FILES.contains(&file_name.as_str()) {
                    return Err(problem(
                        &file,
                        format!("not a template; their names are {}", FILES.join(", ")),
                    ));
                }
                let source = std::fs::read_to_string(&file)
                    .map_err(|error| problem(&file, format!("cannot be read as UTF-8: {error}")))?;
                self.add(&format!("{name}/{file_name}"), source)?;
            }
            for file in FILES {
                if self.environment.get_template(&format!("{name}/{file}")).is_err() {
                    return Err(problem(
                        &path.join(file),
                        "missing; a language needs all three templates".into(),
                    ));
                }
            }
            self.languages.insert(name);
        }
        Ok(())
    }

    /// The engine's error in the words of a template's author; never with a value in it.
    fn error(&self, name: &str, error: &minijinja::Error) -> TemplateError {
        let problem = match error.kind() {
            minijinja::ErrorKind::UndefinedError => {
                format!("a placeholder that does not exist; there are: {}", values::NAMES.join(", "))
            }
            kind => match error.detail() {
                Some(detail) => format!("{kind}: {detail}"),
                None => kind.to_string(),
            },
        };
        TemplateError { file: self.file(name), line: error.line(), problem }
    }

    fn file(&self, name: &str) -> String {
        match &self.folder {
            Some(folder) if folder.join(name).exists() => folder.join(name).display().to_string(),
            _ => format!("{name} (built in)"),
        }
    }
}
