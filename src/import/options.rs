//! How an import is wanted, and what becomes of one that would do what is not plausible.

use std::path::PathBuf;

use super::Guard;

/// How an import is wanted.
#[derive(Debug, Clone, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own on the command line")]
pub struct Options {
    /// Import nothing if any row has a mistake.
    pub strict: bool,
    /// Import a roster that lost an implausible share of what the last one held.
    pub allow_removals: bool,
    /// The roster is an additional list: it adds and changes, and withdraws nobody.
    pub is_addition: bool,
    /// What is plausible.
    pub guard: Guard,
    /// What becomes of what is not.
    pub brakes: Brakes,
    /// Where to write the rejected rows; a file that is there is not written over.
    pub rejects: Option<PathBuf>,
    /// Somebody looks at how it is read: an encoding that is guessed for the first time is taken.
    pub allow_guess: bool,
    /// The file of subjects was named for this import.
    pub wants_transcripts: bool,
    /// Graduates redeem while it works: it goes in smaller steps, and gives way between them.
    pub beside_a_service: bool,
}

/// What becomes of an import that would do what is not plausible.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Brakes {
    /// It stops before anything is written.
    #[default]
    Stop,
    /// It goes on and tells what would have stopped it: a dry run.
    Tell,
    /// Somebody approved exactly this plan.
    Approved(String),
}
