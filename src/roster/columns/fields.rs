//! The columns that rosters of one type of credentials have beside those of the graduate, and by which a type is known.

use csv::StringRecord;

use super::{Column, fold};
use crate::credential::{CredentialType, Field};
use crate::roster::settings::RosterSettings;

/// Where each field of the type stands in the file, in the order of its list.
#[derive(Debug, Clone)]
pub(super) struct Fields {
    pub(super) of: CredentialType,
    pub(super) positions: Vec<Option<usize>>,
}

impl Fields {
    pub(super) fn none(of: CredentialType) -> Self {
        Self { of, positions: vec![None; of.spec().fields.len()] }
    }

    /// Which field a header names.
    pub(super) fn spelt(&self, folded: &str) -> Option<usize> {
        self.of.spec().fields.iter().position(|field| names(field, folded))
    }
}

/// Whether a folded header names a field.
fn names(field: &Field, folded: &str) -> bool {
    field.name.bytes().filter(|byte| *byte != b'_').eq(folded.bytes()) || field.spellings.contains(&folded)
}

/// Whether a header is known in rosters of a type, or of any where nobody says which it is.
pub(super) fn is_known(folded: &str, settings: &RosterSettings) -> bool {
    let of = |of: CredentialType| of.spec().fields.iter().any(|field| names(field, folded));
    match settings.credential_type {
        Some(one) => of(one),
        None => CredentialType::ALL.into_iter().any(|of| of.spec().telling.contains(&folded)),
    }
}

/// The type of a roster, and the header that tells it where the settings do not: one that only such rosters have, in a file
/// that names no award.
pub(super) fn type_of(header: &StringRecord, settings: &RosterSettings) -> (CredentialType, Option<String>) {
    if let Some(of) = settings.credential_type {
        return (of, None);
    }
    let is_mapped = settings.headers.get(&Column::CourseName).map(|own| fold(own));
    let names_an_award = |folded: &String| {
        Column::spelt(folded) == Some(Column::CourseName) || is_mapped.as_ref() == Some(folded)
    };
    if header.iter().map(fold).any(|folded| names_an_award(&folded)) {
        return (CredentialType::Education, None);
    }
    for of in CredentialType::ALL {
        let tells = |name: &&str| of.spec().telling.contains(&fold(name).as_str());
        if let Some(name) = header.iter().find(tells) {
            return (of, Some(name.trim().to_owned()));
        }
    }
    (CredentialType::Education, None)
}
