//! Where notifications are: a file with one message, an mbox, a Maildir, a folder of files, standard input; or a mailbox on a
//! server ([`mailbox`]).

pub mod mailbox;
mod mbox;

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufReader, Read, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use super::reading::Fate;
use super::report::LARGEST;
use mbox::Messages;

/// So many messages of a Maildir or a mailbox are read at once; the rest the next time.
const MOST: usize = 10_000;

/// A message as it came.
#[derive(Default)]
pub struct Raw {
    /// Its bytes, no more than are looked at.
    pub bytes: Vec<u8>,
    /// Whom its envelope named, as far as somebody tells apart from its headers.
    pub recipients: Vec<String>,
    /// Its file in a Maildir, which moves on once it was read.
    file: Option<PathBuf>,
}

impl From<Vec<u8>> for Raw {
    fn from(bytes: Vec<u8>) -> Self {
        Self { bytes, ..Self::default() }
    }
}

/// Why a source cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("{}: {problem}", path.display())]
pub struct SourceError {
    path: PathBuf,
    problem: io::Error,
}

impl SourceError {
    /// Whether there is no such file or folder.
    #[must_use]
    pub fn is_missing(&self) -> bool {
        self.problem.kind() == io::ErrorKind::NotFound
    }
}

/// The messages of a source, one after the other.
pub type Each = Box<dyn Iterator<Item = Result<Raw, SourceError>>>;

/// The messages of a file or a folder.
///
/// # Errors
/// A [`SourceError`] when it cannot be opened; each message may fail by itself.
pub fn open(path: &Path) -> Result<Each, SourceError> {
    let failed = |problem| SourceError { path: path.to_owned(), problem };
    if !fs::metadata(path).map_err(failed)?.is_dir() {
        let messages = Messages::new(BufReader::new(File::open(path).map_err(failed)?), true);
        let path = path.to_owned();
        return Ok(Box::new(messages.map(move |message| match message {
            Ok(bytes) => Ok(Raw { bytes, ..Raw::default() }),
            Err(problem) => Err(SourceError { path: path.clone(), problem }),
        })));
    }
    let new = path.join("new");
    let is_maildir = new.is_dir() && path.join("cur").is_dir();
    let folder = if is_maildir { new } else { path.to_owned() };
    let mut files: Vec<_> = fs::read_dir(&folder)
        .and_then(|entries| entries.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>())
        .map_err(failed)?;
    let is_hidden =
        |file: &Path| file.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
    files.retain(|file| !is_hidden(file) && file.is_file());
    files.sort();
    let most = if is_maildir { MOST } else { usize::MAX };
    Ok(Box::new(files.into_iter().take(most).map(move |file| {
        let bytes = File::open(&file).and_then(bounded);
        let bytes = bytes.map_err(|problem| SourceError { path: file.clone(), problem })?;
        Ok(Raw { bytes, file: is_maildir.then_some(file), ..Raw::default() })
    })))
}

/// The one message that a mail system hands to a program; the rest is read, so that it does not take us for dead.
///
/// # Errors
/// A [`SourceError`] when it cannot be read.
pub fn piped(input: impl Read, recipients: Vec<String>) -> Result<Raw, SourceError> {
    let bytes = bounded(input).map_err(|problem| SourceError { path: "standard input".into(), problem })?;
    Ok(Raw { bytes, recipients, file: None })
}

fn bounded(mut input: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    input.by_ref().take(LARGEST as u64).read_to_end(&mut bytes)?;
    io::copy(&mut input, &mut io::sink())?;
    Ok(bytes)
}

impl Raw {
    /// Keeps the message in a Maildir of its owner's, made as needed, where somebody reads it: a pipe has no other place for it.
    ///
    /// # Errors
    /// A [`SourceError`] when it cannot be written there whole.
    pub fn set_aside(&self, maildir: &Path, name: &str) -> Result<(), SourceError> {
        let failed = |problem| SourceError { path: maildir.to_owned(), problem };
        for folder in ["new", "cur", "tmp"] {
            let mut folders = fs::DirBuilder::new();
            folders.recursive(true).mode(0o700).create(maildir.join(folder)).map_err(failed)?;
        }
        let whole = maildir.join("tmp").join(name);
        let mut file = OpenOptions::new();
        let file = file.write(true).create(true).truncate(true).mode(0o600).open(&whole);
        file.and_then(|mut file| file.write_all(&self.bytes).and_then(|()| file.sync_all()))
            .and_then(|()| fs::rename(&whole, maildir.join("new").join(name)))
            .map_err(failed)
    }

    /// Lets go of the message: what it says is in the ledger. In a Maildir it has been looked at, and what a person should
    /// see is unread and flagged.
    ///
    /// # Errors
    /// A [`SourceError`] when it cannot be moved; then it is read once more, which does no harm.
    pub fn settle(self, fate: Fate) -> Result<(), SourceError> {
        let Some(file) = self.file else { return Ok(()) };
        let flags = match fate {
            Fate::Done => "S",
            Fate::ForAPerson => "F",
        };
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let name = name.split(":2,").next().unwrap_or_default();
        let folder = file.parent().and_then(Path::parent).unwrap_or(Path::new(""));
        let moved = fs::rename(&file, folder.join("cur").join(format!("{name}:2,{flags}")));
        moved.map_err(|problem| SourceError { path: file, problem })
    }
}
