//! A qualification as the ledger's columns hold it.

use jiff::civil::Date;
use serde::Deserialize;

use crate::credential::{Attached, Conferral, CredentialType, Qualification};

/// The columns, as a row or a JSON object has them.
#[derive(Deserialize)]
pub(super) struct QualificationRow {
    pub(super) course_code: Option<String>,
    pub(super) course_name: String,
    pub(super) conferral_year: Option<i64>,
    pub(super) conferral_date: Option<String>,
    pub(super) awaiting_graduation: i64,
    pub(super) majors: String,
    pub(super) honours: Option<String>,
    pub(super) credential_type: Option<String>,
    pub(super) details: Option<String>,
}

impl From<QualificationRow> for Qualification {
    fn from(row: QualificationRow) -> Self {
        let of = CredentialType::of_stored(row.credential_type.as_deref());
        // no import writes what it could not read again
        let (details, attached) = Attached::of_stored(of, row.details.as_deref()).unwrap_or_default();
        Self {
            course_code: row.course_code,
            course_name: row.course_name,
            conferral: Conferral {
                year: row.conferral_year.and_then(|year| i16::try_from(year).ok()),
                date: row.conferral_date.and_then(|date| date.parse::<Date>().ok()),
                awaiting_graduation: row.awaiting_graduation != 0,
            },
            majors: row.majors.lines().map(str::to_owned).collect(),
            honours: row.honours,
            details,
            attached,
        }
    }
}
