//! The wording of the mails: built in, or the university's own, one folder a language. Checked whole before
//! anything is sent, with sample values that walk through every branch.

mod check;
mod values;

use std::path::Path;

use minijinja::Value;
use minijinja::value::Serde;

use crate::email::Occasion;
use crate::graduate::Language;
pub use crate::wording::TemplateError;
use crate::wording::folder::{MAIL, REMINDER, REMINDER_FOLDER};
use crate::wording::{DEFAULT_LANGUAGE, Part, Wording};
pub use values::Values;

static PART: Part = Part {
    files: &MAIL,
    optional: &[],
    subfolder: None,
    built_in: &[
        ("en/subject.txt.j2", include_str!("templates/en/subject.txt.j2")),
        ("en/body.txt.j2", include_str!("templates/en/body.txt.j2")),
        ("en/body.html.j2", include_str!("templates/en/body.html.j2")),
    ],
    missing: "missing; a language needs all three templates",
    placeholders: |_| values::NAMES.to_vec(),
    in_loop: "qualification",
};

/// A language without them has those of English.
static REMINDERS: Part = Part {
    files: &REMINDER,
    optional: &[],
    subfolder: Some(REMINDER_FOLDER),
    built_in: &[
        ("en/reminder/subject.txt.j2", include_str!("templates/en/reminder/subject.txt.j2")),
        ("en/reminder/body.txt.j2", include_str!("templates/en/reminder/body.txt.j2")),
        ("en/reminder/body.html.j2", include_str!("templates/en/reminder/body.html.j2")),
    ],
    missing: "missing; a language that has one template of a reminder needs all three",
    placeholders: |_| [&values::NAMES[..], &values::OF_REMINDERS[..]].concat(),
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
    reminders: Wording,
}

impl Templates {
    /// The built-in templates with the university's own over them.
    ///
    /// # Errors
    /// [`TemplateError`] for the first thing that is wrong with a file, with its line.
    pub fn load(folder: Option<&Path>) -> Result<Self, TemplateError> {
        let templates =
            Self { wording: Wording::load(&PART, folder)?, reminders: Wording::load(&REMINDERS, folder)? };
        for language in templates.wording.languages() {
            check::language(&templates, language)?;
        }
        for language in templates.reminders.languages() {
            check::reminders(&templates, language)?;
        }
        Ok(templates)
    }

    /// The languages that there are.
    #[must_use]
    pub fn languages(&self) -> Vec<&str> {
        self.wording.languages().collect()
    }

    /// Which folder of templates serves a graduate: the language itself, else without its last part, and so on
    /// (RFC 4647 §3.4, lookup), else English.
    #[must_use]
    pub fn language(&self, wanted: Option<&Language>, occasion: Occasion) -> &str {
        let wording =
            if matches!(occasion, Occasion::Reminder { .. }) { &self.reminders } else { &self.wording };
        wanted.and_then(|wanted| wording.lookup(wanted.as_str())).unwrap_or(DEFAULT_LANGUAGE)
    }

    /// Of [`Templates::languages`], those whose reminders are in English.
    #[must_use]
    pub fn languages_without_reminders(&self) -> Vec<&str> {
        let mut languages = self.languages();
        languages.retain(|language| self.reminders.lookup(language).is_none());
        languages
    }

    /// Fills the templates of the values' language.
    ///
    /// # Errors
    /// [`TemplateError`] when a template fails with these values.
    pub fn render(&self, values: &Values) -> Result<Rendered, TemplateError> {
        let language = values.language();
        let (wording, files) =
            if values.is_reminder() { (&self.reminders, REMINDER) } else { (&self.wording, MAIL) };
        let values = Value::from(Serde(values));
        let part = |file: &str| wording.render(&format!("{language}/{file}"), values.clone());
        let [subject, text, html] = files;
        Ok(Rendered { subject: part(subject)?.trim().to_owned(), text: part(text)?, html: part(html)? })
    }
}
