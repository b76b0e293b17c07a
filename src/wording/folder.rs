//! The folder of own wording: `en/subject.txt.j2`, `en/pages/code.html.j2` … A file that has no place in it is an
//! error, since its author would wait in vain for it to be used.

use std::path::{Path, PathBuf};

use super::{TemplateError, texts};
use crate::graduate::Language;

/// The templates of a mail.
pub(crate) const MAIL: [&str; 3] = ["subject.txt.j2", "body.txt.j2", "body.html.j2"];

/// The folder of a reminder inside that of a language.
const REMINDER_FOLDER: &str = "reminder";

/// The templates of a reminder, in the order of [`MAIL`].
pub(crate) const REMINDER: [&str; 3] =
    ["reminder/subject.txt.j2", "reminder/body.txt.j2", "reminder/body.html.j2"];

/// The folder of the pages inside that of a language.
pub(crate) const PAGES_FOLDER: &str = "pages";

/// The templates of the pages.
pub(crate) const PAGES: [&str; 7] = [
    "pages/layout.html.j2",
    "pages/code.html.j2",
    "pages/qualifications.html.j2",
    "pages/waiting.html.j2",
    "pages/verified.html.j2",
    "pages/problem.html.j2",
    "pages/opt_out.html.j2",
];

/// The stylesheet of the pages, one for all languages.
pub(crate) const STYLE: &str = "en/pages/style.css";

/// What the folder holds of one language.
pub(crate) struct OwnLanguage {
    /// Its tag, as the folder is named.
    pub(crate) language: String,
    /// Its files, from its folder on.
    pub(crate) files: Vec<String>,
    /// The subfolders that it has.
    pub(crate) subfolders: Vec<&'static str>,
}

/// Lists the folder; files that are hidden are passed over.
pub(super) fn walk(folder: &Path) -> Result<Vec<OwnLanguage>, TemplateError> {
    let mut languages = Vec::new();
    for (language, path) in entries(folder)? {
        if !path.is_dir() {
            return Err(problem(&path, "templates stand in a folder of their language, such as en".into()));
        }
        Language::of_tag(&language)
            .map_err(|_| problem(&path, "its name is not a language tag such as en, vi or zh-Hans".into()))?;
        languages.push(one(language, &path)?);
    }
    Ok(languages)
}

/// Bytes beyond which a file is no template.
const LARGEST: u64 = 1 << 20;

/// The text of a file. What is no file, such as a pipe or a device, could be read for ever.
pub(crate) fn read(path: &Path) -> Result<String, TemplateError> {
    let kind = std::fs::metadata(path).map_err(|error| problem(path, format!("cannot be read: {error}")))?;
    if !kind.is_file() {
        return Err(problem(path, "not a file".into()));
    }
    if kind.len() > LARGEST {
        return Err(problem(path, "larger than 1 MB; a template is text".into()));
    }
    std::fs::read_to_string(path).map_err(|error| problem(path, format!("cannot be read as UTF-8: {error}")))
}

/// An error about a whole file.
pub(crate) fn problem(path: &Path, problem: String) -> TemplateError {
    TemplateError { file: path.display().to_string(), line: None, problem }
}

fn one(language: String, path: &Path) -> Result<OwnLanguage, TemplateError> {
    let mut own = OwnLanguage { language, files: Vec::new(), subfolders: Vec::new() };
    for (name, path) in entries(path)? {
        if name == PAGES_FOLDER && path.is_dir() {
            own.subfolders.push(PAGES_FOLDER);
            for (name, path) in entries(&path)? {
                own.files.push(page(&own.language, &name, &path)?);
            }
        } else if name == REMINDER_FOLDER && path.is_dir() {
            for (name, path) in entries(&path)? {
                own.files.push(reminder(&name, &path)?);
            }
        } else if MAIL.contains(&name.as_str()) || name == texts::OWN {
            own.files.push(name);
        } else if path.extension().is_some_and(|kind| kind == "ftl") {
            return Err(problem(&path, format!("texts of a language are in {}", texts::OWN)));
        } else {
            return Err(problem(&path, format!("not a template; their names are {}", MAIL.join(", "))));
        }
    }
    Ok(own)
}

fn reminder(name: &str, path: &Path) -> Result<String, TemplateError> {
    let file = format!("{REMINDER_FOLDER}/{name}");
    if REMINDER.contains(&file.as_str()) {
        return Ok(file);
    }
    Err(problem(path, format!("not a template of a reminder; their names are {}", MAIL.join(", "))))
}

fn page(language: &str, name: &str, path: &Path) -> Result<String, TemplateError> {
    let file = format!("{PAGES_FOLDER}/{name}");
    if format!("{language}/{file}") == STYLE || PAGES.contains(&file.as_str()) {
        return Ok(file);
    }
    if STYLE.ends_with(&file) {
        let advice = "the stylesheet is one for all languages; put it in en/pages";
        return Err(problem(path, advice.to_owned()));
    }
    let names: Vec<_> = PAGES.iter().filter_map(|page| page.strip_prefix("pages/")).collect();
    Err(problem(path, format!("not a page; their names are {}, style.css", names.join(", "))))
}

/// Names and paths in a folder, in their order.
fn entries(path: &Path) -> Result<Vec<(String, PathBuf)>, TemplateError> {
    let unreadable = |error: std::io::Error| problem(path, format!("cannot be read: {error}"));
    let mut entries = Vec::new();
    for entry in std::fs::read_dir(path).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if !name.starts_with('.') {
            entries.push((name, entry.path()));
        }
    }
    entries.sort();
    Ok(entries)
}
