//! The columns that rosters of one type of credentials have beside those of the graduate, and by which a type is known.

use csv::StringRecord;

use super::{Column, fold};
use crate::credential::{CredentialType, Field, Transcript};
use crate::roster::settings::RosterSettings;

/// What a file is a table of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Table {
    /// Qualifications of a type.
    Roster(CredentialType),
    /// Subjects of awards.
    Transcripts,
}

impl Table {
    /// The columns that it has beside those of a graduate.
    pub(super) const fn fields(self) -> &'static [Field] {
        match self {
            Self::Roster(of) => of.spec().fields,
            Self::Transcripts => Transcript::COLUMNS,
        }
    }

    /// Whether it has a column of rosters.
    pub(super) const fn has(self, column: Column) -> bool {
        match self {
            Self::Roster(of) => column.is_of(of),
            Self::Transcripts => matches!(column, Column::StudentId),
        }
    }

    /// Whether rows have to say when an award is conferred.
    pub(super) const fn is_of_awards(self) -> bool {
        matches!(self, Self::Roster(CredentialType::Education))
    }

    pub(super) const fn credential_type(self) -> CredentialType {
        match self {
            Self::Roster(of) => of,
            Self::Transcripts => CredentialType::Education,
        }
    }

    /// What `gradpass columns` needs to tell its columns.
    pub(super) fn argument(self) -> String {
        match self {
            Self::Roster(CredentialType::Education) => String::new(),
            Self::Roster(of) => format!(" --type {of}"),
            Self::Transcripts => " --transcripts".to_owned(),
        }
    }
}

/// Where each field of the table stands in the file, in the order of its list.
#[derive(Debug, Clone)]
pub(super) struct Fields {
    pub(super) table: Table,
    pub(super) positions: Vec<Option<usize>>,
}

impl Fields {
    pub(super) fn none(table: Table) -> Self {
        Self { table, positions: vec![None; table.fields().len()] }
    }

    /// Which field a header names.
    pub(super) fn spelt(&self, folded: &str) -> Option<usize> {
        self.table.fields().iter().position(|field| names(field, folded))
    }
}

/// Whether a folded header names a field.
fn names(field: &Field, folded: &str) -> bool {
    field.name.bytes().filter(|byte| *byte != b'_').eq(folded.bytes()) || field.spellings.contains(&folded)
}

/// Whether a header is known in rosters of a type, or of any where nobody says which it is.
pub(super) fn is_known(folded: &str, settings: &RosterSettings) -> bool {
    let of = |table: Table| table.fields().iter().any(|field| names(field, folded));
    match settings.credential_type {
        _ if settings.is_of_transcripts => of(Table::Transcripts),
        Some(one) => of(Table::Roster(one)),
        None => CredentialType::ALL.into_iter().any(|of| of.spec().telling.contains(&folded)),
    }
}

/// What a file is a table of, and the header that tells the type of a roster where the settings do not.
pub(super) fn table_of(header: &StringRecord, settings: &RosterSettings) -> (Table, Option<String>) {
    if settings.is_of_transcripts {
        return (Table::Transcripts, None);
    }
    let (of, told_by) = type_of(header, settings);
    (Table::Roster(of), told_by)
}

/// The type of a roster, and the header that tells it where the settings do not: one that only such rosters have, in a file
/// that names no award.
fn type_of(header: &StringRecord, settings: &RosterSettings) -> (CredentialType, Option<String>) {
    if let Some(of) = settings.credential_type {
        return (of, None);
    }
    let is_mapped = settings.headers.get(&Column::CourseName).map(|own| fold(own));
    let names_an_award = |name: &&str| {
        let folded = fold(name);
        Column::spelt(&folded) == Some(Column::CourseName) || is_mapped.as_ref() == Some(&folded)
    };
    let told = CredentialType::ALL.into_iter().find_map(|of| {
        let tells = |name: &&str| of.spec().telling.contains(&fold(name).as_str());
        Some((of, header.iter().find(tells)?))
    });
    match (header.iter().find(names_an_award), told) {
        (Some(award), Some(_)) => (CredentialType::Education, Some(award.trim().to_owned())),
        (None, Some((of, name))) => (of, Some(name.trim().to_owned())),
        // rosters are of awards unless something else is told
        (_, None) => (CredentialType::Education, None),
    }
}
