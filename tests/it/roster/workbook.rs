//! Workbooks are read as an officer sees them in a spreadsheet program.

pub mod book;
mod cells;
mod refusals;
mod rows;
mod sheets;
mod writers;

use std::path::Path;

use gradpass::config::RosterSettings;
use gradpass::roster::{Record, Roster, cell_name};

/// What came of a workbook.
#[derive(Debug, Default, PartialEq)]
pub struct Read {
    sheet: String,
    notes: Vec<String>,
    /// Row number and cells of the rows below the header.
    rows: Vec<(u64, Vec<String>)>,
    /// Cell and problem.
    faults: Vec<(String, String)>,
}

fn read(path: &Path, settings: &RosterSettings) -> Result<Read, String> {
    let mut roster = Roster::open(path, settings).map_err(|error| error.problem)?;
    let mut read = Read { sheet: roster.sheet().unwrap_or_default().into(), ..Read::default() };
    read.notes = roster.notes();
    while let Some(Record { line, fields, faults, .. }) =
        roster.next_record().map_err(|error| error.problem)?
    {
        let faults = faults.into_iter().map(|fault| (cell_name(line, fault.column), fault.problem));
        read.faults.extend(faults);
        read.rows.push((line, fields.iter().map(str::to_owned).collect()));
    }
    Ok(read)
}

fn include_hidden() -> RosterSettings {
    RosterSettings { include_hidden: true, ..RosterSettings::default() }
}

fn on_sheet(name: &str) -> RosterSettings {
    RosterSettings { sheet: Some(name.into()), ..RosterSettings::default() }
}
