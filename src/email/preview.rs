//! What a run would do as a folder, to be looked at before anyone is mailed: `.eml`, `.html` and `.txt` a message and a
//! page with its looks, the pages of the redemption, and an `index.html` that needs no network and no script. All up to 200 messages, else the
//! oddest 200, since those go wrong.

mod addresses;
mod change;
mod overview;
mod sample;

use std::fs;
use std::io::{self, Write as _};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use minijinja::{Environment, UndefinedBehavior};
use serde::Serialize;

use crate::credential::Qualification;
use crate::email::Composed;
use crate::store::DueMessage;
pub use addresses::{Oddity, Slips, misspelt};
pub use change::Change;
pub use overview::{Domain, Overview, Rejected, SamplePage};
pub use sample::{MOST, Reason, Sample};

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

/// What the index says of a message besides what stands in it.
#[derive(Debug)]
pub struct About<'a> {
    /// Of its templates.
    pub language: &'a str,
    /// Whether it goes to one of the university's own domains.
    pub own_domain: bool,
    /// Why it is shown.
    pub why: Reason,
    /// Why it is due.
    pub change: Change,
}

#[derive(Debug, Serialize)]
struct Entry {
    stem: String,
    student_id: String,
    name: String,
    email: String,
    oddity: Option<String>,
    language: String,
    subject: String,
    text: String,
    awards: Vec<AwardLine>,
    change: String,
    change_word: &'static str,
    why: &'static str,
    own_domain: bool,
}

/// A qualification as the roster has it.
#[derive(Debug, Serialize)]
struct AwardLine {
    course: String,
    parts: Vec<String>,
}

impl From<&Qualification> for AwardLine {
    fn from(qualification: &Qualification) -> Self {
        let conferral = &qualification.conferral;
        let conferred = conferral.date.map(|date| date.to_string());
        let conferred = conferred.or_else(|| conferral.year.map(|year| year.to_string()));
        let details = &qualification.details;
        let awaited = conferral.awaiting_graduation.then(|| "graduation awaited".to_owned());
        let majors = Some(qualification.majors.join("; ")).filter(|majors| !majors.is_empty());
        let parts =
            [qualification.course_code.clone(), majors, qualification.honours.clone(), conferred, awaited];
        let expiry = details.expiry().map(|day| format!("valid until {day}"));
        let issuer = details.issuer().map(|issuer| format!("by {issuer}"));
        let attached =
            qualification.attached.as_ref().and_then(|it| it.in_words()).map(|it| format!("with {it}"));
        let others = [details.result(), issuer, expiry, attached];
        Self {
            course: qualification.course_name.clone(),
            parts: parts.into_iter().chain(others).flatten().collect(),
        }
    }
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
            if file.is_dir() { fs::remove_dir_all(file) } else { fs::remove_file(file) }.map_err(io)?;
        }
        // from the first file on the folder is known as ours, also if the preview is interrupted
        write(&path.join("index.html"), format!("{MARK}This preview was not finished.").as_bytes())?;
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
        about: &About<'_>,
    ) -> Result<(), PreviewError> {
        let graduate = &message.graduate;
        let stem = format!("{:04}-{}", self.entries.len() + 1, harmless(graduate.student_id.as_str()));
        let eml = format!("{}\r\n", composed.wire);
        let parts =
            [("eml", eml.as_bytes()), ("html", composed.html.as_bytes()), ("txt", composed.text.as_bytes())];
        for (kind, content) in parts {
            write(&self.path.join(format!("{stem}.{kind}")), content)?;
        }
        self.entries.push(Entry {
            stem,
            student_id: graduate.student_id.to_string(),
            name: graduate.name.as_str().to_owned(),
            email: graduate.email.as_str().to_owned(),
            oddity: Oddity::of(&graduate.email, &mut Slips::default()).map(Oddity::words),
            language: about.language.to_owned(),
            subject: composed.subject.clone(),
            text: composed.text.clone(),
            awards: message.qualifications.iter().map(AwardLine::from).collect(),
            change: about.change.words(),
            change_word: about.change.word(),
            why: about.why.words(),
            own_domain: about.own_domain,
        });
        Ok(())
    }

    /// Writes the pages and the index; returns its path and how many messages were written.
    ///
    /// # Errors
    /// [`PreviewError`] when they cannot be written.
    pub fn finish(self, overview: &Overview, style: &str) -> Result<(PathBuf, usize), PreviewError> {
        let pages = self.path.join(PAGES);
        let io = |source| PreviewError::Io { path: pages.clone(), source };
        fs::DirBuilder::new().mode(0o700).create(&pages).map_err(io)?;
        write(&pages.join(STYLE), style.as_bytes())?;
        for page in overview.pages.iter().chain(&overview.mails) {
            write(&pages.join(&page.file), page.html.as_bytes())?;
        }
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        // a page of its own: the frames of all messages at once would keep the browser busy for a minute
        environment.add_template("looks.html", include_str!("preview/looks.html.j2"))?;
        for entry in &self.entries {
            let values = minijinja::value::Serde(LooksValues {
                entry,
                looks: LOOKS,
                style: include_str!("preview/desk.css"),
            });
            let looks = environment.get_template("looks.html")?.render(values)?;
            write(&self.path.join(format!("{}.looks.html", entry.stem)), looks.as_bytes())?;
        }
        let written = self.entries.len();
        let values = minijinja::value::Serde(IndexValues {
            overview,
            entries: &self.entries,
            written,
            changes: Change::FILTERS,
            looks: LOOKS,
            mark: MARK,
            style: include_str!("preview/desk.css"),
            script: include_str!("preview/desk.js"),
        });
        let index = environment
            .render_named_str("index.html", include_str!("preview/index.html.j2"), values)
            .map_err(PreviewError::Index)?;
        let path = self.path.join("index.html");
        write(&path, index.as_bytes())?;
        Ok((path, written))
    }
}

/// The folder of the redemption's pages, and their stylesheet.
const PAGES: &str = "pages";
const STYLE: &str = "style.css";

/// How each message is shown: classes of the index's stylesheet.
const LOOKS: [(&str, &str); 4] =
    [("phone", "light"), ("phone", "dark"), ("desktop", "light"), ("desktop", "dark")];

#[derive(Serialize)]
struct LooksValues<'a> {
    entry: &'a Entry,
    looks: [(&'static str, &'static str); 4],
    style: &'static str,
}

#[derive(Serialize)]
struct IndexValues<'a> {
    overview: &'a Overview,
    entries: &'a [Entry],
    written: usize,
    changes: [(&'static str, &'static str); 7],
    looks: [(&'static str, &'static str); 4],
    mark: &'static str,
    style: &'static str,
    script: &'static str,
}

/// Writes a file that only its owner may read: names and addresses are in it.
fn write(path: &Path, content: &[u8]) -> Result<(), PreviewError> {
    let io = |source| PreviewError::Io { path: path.to_owned(), source };
    let open = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path);
    open.and_then(|mut file| file.write_all(content)).map_err(io)
}

/// Whether an earlier preview wrote it.
fn is_ours(file: &Path) -> bool {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    if file.is_dir() {
        let is_page = |file: &Path| {
            file.is_file() && file.extension().is_some_and(|kind| kind == "html" || kind == "css")
        };
        let pages = fs::read_dir(file);
        return name == PAGES
            && pages.is_ok_and(|mut all| all.all(|page| page.is_ok_and(|it| is_page(&it.path()))));
    }
    let numbered = name.len() > 5 && name.as_bytes()[..4].iter().all(u8::is_ascii_digit);
    let kind = file.extension().unwrap_or_default().to_string_lossy();
    ["index.html", "plan.json"].contains(&&*name) || (numbered && ["eml", "html", "txt"].contains(&&*kind))
}

/// A student id as part of a file name: nothing in it can name another folder.
fn harmless(student_id: &str) -> String {
    let sign = |character: char| if character.is_ascii_alphanumeric() { character } else { '_' };
    student_id.chars().take(40).map(sign).collect()
}
