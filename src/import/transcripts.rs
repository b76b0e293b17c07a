//! The file of subjects beside the rosters of an import.

use std::path::PathBuf;

use jiff::civil::Date;

use super::{Audience, ImportError};
use crate::credential::CredentialType;
use crate::roster::{Corrections, Decoding, Roster, RosterError, RosterSettings, Transcripts};
use crate::store::Staging;

/// Opens the file that the settings name; awards alone have transcripts.
pub(super) fn open(
    settings: &RosterSettings,
    of: CredentialType,
) -> Result<Option<(PathBuf, Roster)>, RosterError> {
    let Some(path) = settings.transcripts.as_ref().filter(|_| of == CredentialType::Education) else {
        return Ok(None);
    };
    Ok(Some((path.clone(), Transcripts::open(path, settings)?)))
}

/// What the lines are joined with.
pub(super) struct Beside<'a> {
    pub(super) rosters: &'a [(PathBuf, Roster)],
    /// The rosters list everybody.
    pub(super) is_whole: bool,
    pub(super) corrections: &'a Corrections,
}

/// Reads it, and joins its lines with the awards of the rosters; where these are a part, with those of the ledger, too.
pub(super) async fn join(
    file: Roster,
    Beside { rosters, is_whole, corrections }: Beside<'_>,
    staging: &mut Staging,
    today: Date,
    audience: &mut dyn Audience,
) -> Result<Transcripts, ImportError> {
    let (name, decoding) = (file.name(), file.inspection.decoding);
    let mut transcripts = Transcripts::read(file, today)?;
    if matches!(decoding, Decoding::Configured(_) | Decoding::Guessed(_)) {
        audience.decoding(&name, decoding, transcripts.examples());
    }
    for (_, roster) in rosters {
        transcripts.meet(roster.again()?, corrections)?;
    }
    if !is_whole {
        for held in staging.awards_of(&transcripts.students()).await? {
            transcripts.meet_held(&held.student_id, held.course_code, held.course_name);
        }
    }
    for sentence in transcripts.join() {
        audience.note(&name, &sentence);
    }
    Ok(transcripts)
}
