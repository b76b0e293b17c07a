//! What came of an import, what it tells while it runs, and why it did not come to its end.

use std::path::PathBuf;

use crate::credential::CredentialType;
use crate::roster::{Decoding, Mistake, Observations, RosterError};
use crate::store::{Kept, Merged, StoreError};

/// What an import did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Imported {
    /// Data rows of the rosters.
    pub rows: i64,
    /// What became of the good ones.
    pub merged: Merged,
    /// Rows with a mistake.
    pub rejected: i64,
    /// It lists everybody, and is not a file of corrected rows of another roster.
    pub is_whole: bool,
    /// Rows that say the same as another, or add a major to it.
    pub repeated: i64,
    /// Corrections that the rosters say themselves by now, by student id and column.
    pub corrections_dropped: Vec<(String, &'static str)>,
    /// Corrections of a qualification that no row is about, by student id and column.
    pub corrections_not_met: Vec<(String, &'static str)>,
    /// Corrections of a qualification that has another code or name now.
    pub corrections_kept: Vec<Kept>,
    /// Headers of columns that are not read, each with what it may be meant for.
    pub columns_not_read: Vec<String>,
    /// What was noticed that is no mistake.
    pub observations: Observations,
    /// Files whose encoding is a guess that nobody has settled yet: the sentence with which a run stops.
    pub guesses: Vec<String>,
    /// Rows were rejected for what the file of subjects says.
    pub are_subjects_wrong: bool,
    /// What would have stopped a run, in a dry run.
    pub implausible: Vec<String>,
}

/// What an import has to tell while it runs; personal only where it says so.
pub trait Audience {
    /// How a file was read; the examples are names.
    fn decoding(&mut self, roster: &str, decoding: Decoding, examples: &[String]);
    /// What there is to know of a file that is no mistake.
    fn note(&mut self, _roster: &str, _note: &str) {}
    /// Nobody is withdrawn this time, since a row does not tell whose it is.
    fn nobody_withdrawn(&mut self) {}
    /// A mistake, in the order of the files.
    fn mistake(&mut self, roster: &str, mistake: &Mistake);
}

/// Why nothing was imported.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "each says it in its message")]
pub enum ImportError {
    #[error(transparent)]
    Roster(#[from] RosterError),
    #[error("{0}")]
    Store(#[from] StoreError),
    #[error(
        "nothing was imported: the rosters are of different types ({}); run them one after the other, and say --type where a \
         type was not meant",
        types.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
    )]
    SeveralTypes { types: Vec<CredentialType> },
    #[error(
        "nothing was imported: awards alone have transcripts, and this is a roster of {of}; run it without --transcripts"
    )]
    NoTranscripts { of: &'static str },
    #[error("nothing was imported: {}: {problem}", path.display())]
    Guessed { path: PathBuf, problem: String },
    #[error("nothing was imported: --strict wants no mistake, and {}",
        if *rejected == 1 { format!("1 of {rows} rows has one") } else { format!("{rejected} of {rows} rows have one") })]
    Strict { rejected: i64, rows: i64 },
    #[error(
        "nothing was imported, since this is not plausible:\n  {sentences}\nLook at it with `gradpass run --dry-run \
         --preview DIR ROSTER`; if it is right, `gradpass approve PLAN --by NAME` lets exactly that plan pass"
    )]
    Implausible { sentences: String },
    #[error("nothing was imported: the rejected rows cannot be written to {}: {source}", path.display())]
    Rejects { path: PathBuf, source: std::io::Error },
}
