//! `import`: a roster into the ledger.

use std::borrow::Cow;
use std::path::PathBuf;

use anyhow::Result;
use serde_json::json;

use super::Context;
use crate::app::{self, Reader};
use crate::cli::ImportArguments;
use crate::credential::CredentialType;
use crate::graduate::clean;
use crate::report::Conclusion;
use crate::roster::{Column, Decoding, Roster, RosterSettings, Transcripts};

pub(super) async fn execute(
    context: &Context,
    rosters: &[PathBuf],
    arguments: &ImportArguments,
) -> Result<Conclusion> {
    let reader = if context.console.is_watched() { Reader::Person } else { Reader::Nobody };
    let done = app::import(&context.app()?, rosters, arguments, reader).await?;
    let report = &done.report;
    context.console.results(report.roster_lines().into_iter().chain(report.people_lines()));
    context.console.json(&json!({
        "roster": report.roster,
        "held": report.held,
        "bounced": report.bounced,
        "columns_not_read": report.columns_not_read,
        "honours": report.honours,
        "needs_a_person": report.needs_a_person,
        "changed_after_verified": report.changed_after_verified,
        "conferred": report.conferred,
    }))?;
    Ok(done.conclusion())
}

/// How each roster is read, for the preview's index: only the officer sees it, so it may show names.
pub(super) fn readings(rosters: &[PathBuf], settings: &RosterSettings) -> Result<Vec<String>> {
    let mut readings = Vec::new();
    let mut are_awards = false;
    for path in rosters {
        let roster = Roster::open(path, settings)?;
        are_awards |= roster.columns.credential_type() == CredentialType::Education;
        readings.push(reading(roster)?);
    }
    if let Some(path) = settings.transcripts.as_ref().filter(|_| are_awards) {
        readings.push(reading(Transcripts::open(path, settings)?)?);
    }
    Ok(readings)
}

fn reading(mut roster: Roster) -> Result<String> {
    let name = roster.name();
    let how = match roster.inspection.decoding {
        Decoding::Workbook => "an Excel workbook".to_owned(),
        Decoding::Utf8 => "UTF-8".to_owned(),
        Decoding::Marked(encoding) => format!("{}, as its mark says", encoding.name()),
        Decoding::Utf8WithBadBytes => "UTF-8, but for some bad bytes".to_owned(),
        Decoding::Configured(encoding) => format!("{}, as roster.encoding says", encoding.name()),
        Decoding::Guessed(encoding) => format!("{}, which is a guess", encoding.name()),
    };
    let mut examples = Vec::new();
    while let Some(record) = roster.next_record()? {
        let spelt = [Column::FullName, Column::GivenNames, Column::FamilyName]
            .map(|column| roster.columns.value(&record.fields, column));
        // as they will be taken: what is only meant to mislead is in no example
        let taken = spelt.iter().filter_map(|value| clean(value).ok().map(Cow::into_owned));
        examples.extend(taken.filter(|value| !value.is_ascii()));
        if examples.len() >= 8 {
            break;
        }
    }
    let examples =
        if examples.is_empty() { String::new() } else { format!("; names such as {}", examples.join(", ")) };
    Ok(format!("{name} was read as {how}{examples}"))
}
