//! The mails of a dry run as files, to be clicked through before anyone gets one: `.eml`, `.html` and `.txt`
//! a message, and an `index.html`. All up to 200 messages, else the oddest 200, since those go wrong.

mod oddest;

use std::fs;
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use minijinja::{Environment, UndefinedBehavior};
use serde::Serialize;

use crate::email::Composed;
use crate::store::DueMessage;
pub use oddest::{MOST, Oddest, Why};

/// By this line an index of ours is known again.
const MARK: &str = "<!-- gradpass preview -->";

/// Why the preview cannot be written.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "each says it in its message")]
pub enum PreviewError {
    #[error("{} is not empty and holds no earlier preview; name an empty folder", .0.display())]
    NotEmpty(PathBuf),
    #[error("the preview cannot be written to {}: {source}", path.display())]
    Io { path: PathBuf, source: io::Error },
    #[error("the preview's index cannot be made: {0}")]
    Index(#[from] minijinja::Error),
}

/// A folder of previews.
pub struct PreviewFolder {
    path: PathBuf,
    entries: Vec<Entry>,
}

/// What the index says besides the messages.
#[derive(Debug, Clone, Serialize)]
pub struct Overview {
    /// Who invites.
    pub institution: String,
    /// When it was made, in the university's time zone.
    pub made: String,
    /// Messages that a real run would send now.
    pub messages: i64,
    /// What would happen, one line each.
    pub lines: Vec<String>,
    /// How each roster was read, with examples of decoded names.
    pub readings: Vec<String>,
    /// Recipients by domain: domain, messages, whether it is the university's own.
    pub domains: Vec<(String, i64, bool)>,
}

#[derive(Debug, Serialize)]
struct Entry {
    stem: String,
    student_id: String,
    name: String,
    email: String,
    language: String,
    subject: String,
    qualifications: usize,
    why: &'static str,
    own_domain: bool,
}

impl PreviewFolder {
    /// An empty folder, or one with an earlier preview, which goes.
    ///
    /// # Errors
    /// [`PreviewError`] when the folder holds anything else.
    pub fn prepare(path: &Path) -> Result<Self, PreviewError> {
        let io = |source| PreviewError::Io { path: path.to_owned(), source };
        // names and addresses are in it
        fs::DirBuilder::new().recursive(true).mode(0o700).create(path).map_err(io)?;
        let is_marked = fs::read_to_string(path.join("index.html")).is_ok_and(|index| index.contains(MARK));
        let mut earlier = Vec::new();
        for entry in fs::read_dir(path).map_err(io)? {
            let file = entry.map_err(io)?.path();
            if !is_marked || !is_ours(&file) {
                return Err(PreviewError::NotEmpty(path.to_owned()));
            }
            earlier.push(file);
        }
        for file in earlier {
            fs::remove_file(file).map_err(io)?;
        }
        // from the first file on the folder is known as ours, also if the preview is interrupted
        fs::write(path.join("index.html"), format!("{MARK}This preview was not finished.")).map_err(io)?;
        Ok(Self { path: path.to_owned(), entries: Vec::new() })
    }

    /// Writes one message.
    ///
    /// # Errors
    /// [`PreviewError`] when a file cannot be written.
    pub fn write(
        &mut self,
        message: &DueMessage,
        composed: &Composed,
        (language, own_domain, why): (&str, bool, Why),
    ) -> Result<(), PreviewError> {
        let graduate = &message.graduate;
        let stem = format!("{:04}-{}", self.entries.len() + 1, harmless(graduate.student_id.as_str()));
        let eml = format!("{}\r\n", composed.wire);
        let parts =
            [("eml", eml.as_bytes()), ("html", composed.html.as_bytes()), ("txt", composed.text.as_bytes())];
        for (kind, content) in parts {
            let path = self.path.join(format!("{stem}.{kind}"));
            fs::write(&path, content).map_err(|source| PreviewError::Io { path, source })?;
        }
        self.entries.push(Entry {
            stem,
            student_id: graduate.student_id.to_string(),
            name: graduate.name.as_str().to_owned(),
            email: graduate.email.as_str().to_owned(),
            language: language.to_owned(),
            subject: composed.subject.clone(),
            qualifications: message.qualifications.len(),
            why: why.words(),
            own_domain,
        });
        Ok(())
    }

    /// Writes the index; returns its path and how many messages were written.
    ///
    /// # Errors
    /// [`PreviewError`] when it cannot be written.
    pub fn finish(self, overview: &Overview) -> Result<(PathBuf, usize), PreviewError> {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        let written = self.entries.len();
        let values =
            minijinja::value::Serde(IndexValues { overview, entries: &self.entries, written, mark: MARK });
        let index = environment
            .render_named_str("index.html", include_str!("preview/index.html.j2"), values)
            .map_err(PreviewError::Index)?;
        let path = self.path.join("index.html");
        fs::write(&path, index).map_err(|source| PreviewError::Io { path: path.clone(), source })?;
        Ok((path, written))
    }
}

#[derive(Serialize)]
struct IndexValues<'a> {
    overview: &'a Overview,
    entries: &'a [Entry],
    written: usize,
    mark: &'static str,
}

fn is_ours(file: &Path) -> bool {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let numbered = name.len() > 5 && name.as_bytes()[..4].iter().all(u8::is_ascii_digit);
    let kind = file.extension().unwrap_or_default().to_string_lossy();
    name == "index.html" || name == "plan.json" || (numbered && ["eml", "html", "txt"].contains(&&*kind))
}

/// A student id as part of a file name: nothing in it can name another folder.
fn harmless(student_id: &str) -> String {
    let sign = |character: char| if character.is_ascii_alphanumeric() { character } else { '_' };
    student_id.chars().take(40).map(sign).collect()
}
