//! The wording of the mails: built in, or the university's own, one folder a language. Checked whole before
//! anything is sent, with sample values that walk through every branch.

mod check;
mod values;

use std::path::Path;

use jiff::Zoned;
use minijinja::Value;
use minijinja::value::Serde;

use crate::graduate::Language;
pub use crate::wording::TemplateError;
use crate::wording::folder::{MAIL, REMINDER};
use crate::wording::values::date_and_time;
use crate::wording::{Part, Wording};
pub use values::Values;

pub(crate) static PART: Part = Part {
    files: &[MAIL[0], MAIL[1], MAIL[2], REMINDER[0], REMINDER[1], REMINDER[2]],
    subfolder: None,
    built_in: &[
        include_str!("templates/subject.txt.j2"),
        include_str!("templates/body.txt.j2"),
        include_str!("templates/body.html.j2"),
        include_str!("templates/reminder/subject.txt.j2"),
        include_str!("templates/reminder/body.txt.j2"),
        include_str!("templates/reminder/body.html.j2"),
    ],
    missing: "missing; a language needs all six templates, three of them in reminder",
    placeholders: values::names,
    in_loop: "qualification",
};

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
    wording: Wording,
}

impl Templates {
    /// The templates of the languages that are switched on, with the university's own over them.
    ///
    /// # Errors
    /// [`TemplateError`] for the first thing that is wrong with a file, with its line.
    pub fn load(folder: Option<&Path>, languages: &[Language]) -> Result<Self, TemplateError> {
        let templates = Self { wording: Wording::load(&PART, folder, languages)? };
        // those that are built in are checked by the tests, once
        if folder.is_some() {
            for language in templates.wording.languages() {
                check::language(&templates, language)?;
            }
        }
        Ok(templates)
    }

    /// The languages that there are.
    #[must_use]
    pub fn languages(&self) -> Vec<&str> {
        self.wording.languages().collect()
    }

    /// Whether a language is served by its own words.
    #[must_use]
    pub fn serves(&self, language: &str) -> bool {
        self.wording.lookup(language).is_some()
    }

    /// The language of those whose own is not served.
    #[must_use]
    pub fn usual(&self) -> &str {
        self.wording.usual()
    }

    /// Which language serves a graduate: her own, where it is switched on, else the university's usual one.
    #[must_use]
    pub fn language(&self, wanted: Option<&Language>) -> &str {
        wanted.and_then(|wanted| self.wording.lookup(wanted.as_str())).unwrap_or_else(|| self.wording.usual())
    }

    /// A moment as people write it in a language, with its time zone.
    ///
    /// # Errors
    /// [`TemplateError`] when the university's own words for it cannot be filled.
    pub fn moment(&self, language: &str, at: &Zoned) -> Result<String, TemplateError> {
        self.wording.text(language, "moment", date_and_time(at))
    }

    /// Fills the templates of the values' language.
    ///
    /// # Errors
    /// [`TemplateError`] when a template fails with these values.
    pub fn render(&self, values: &Values) -> Result<Rendered, TemplateError> {
        let language = values.language();
        let [subject, text, html] = values.files();
        let values = Value::from(Serde(values));
        let part = |file: &str| self.wording.render(&format!("{language}/{file}"), values.clone());
        Ok(Rendered { subject: part(subject)?.trim().to_owned(), text: part(text)?, html: part(html)? })
    }
}
