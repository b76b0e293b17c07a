//! The file of subjects beside the rosters of an import.

use std::path::PathBuf;

use jiff::civil::Date;

use super::Audience;
use crate::credential::CredentialType;
use crate::roster::{Roster, RosterError, RosterSettings, Transcripts};

/// Opens the file that the settings name; awards alone have transcripts.
pub(super) fn open(
    settings: &RosterSettings,
    of: CredentialType,
) -> Result<Option<(PathBuf, Roster)>, RosterError> {
    let Some(path) = settings.transcripts.as_ref().filter(|_| of == CredentialType::Education) else {
        return Ok(None);
    };
    Ok(Some((path.clone(), Roster::open(path, &settings.for_transcripts())?)))
}

/// Reads it, and joins its lines with the awards of the rosters.
pub(super) fn join(
    file: Roster,
    rosters: &[(PathBuf, Roster)],
    today: Date,
    audience: &mut dyn Audience,
) -> Result<Transcripts, RosterError> {
    let name = file.name();
    let mut transcripts = Transcripts::read(file, today)?;
    for (_, roster) in rosters {
        transcripts.meet(roster.again()?)?;
    }
    for sentence in transcripts.join() {
        audience.note(&name, &sentence);
    }
    Ok(transcripts)
}
