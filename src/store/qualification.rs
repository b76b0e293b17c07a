//! A qualification as the ledger's columns hold it.

use jiff::civil::Date;

use crate::credential::{Attached, Conferral, CredentialType, Qualification};

/// Puts the columns together.
#[expect(clippy::too_many_arguments, reason = "the columns of the ledger")]
pub(super) fn qualification(
    course_code: Option<String>,
    course_name: String,
    conferral_year: Option<i64>,
    conferral_date: Option<&str>,
    awaiting_graduation: i64,
    majors: &str,
    honours: Option<String>,
    (credential_type, details): (Option<&str>, Option<&str>),
) -> Qualification {
    // no import writes what it could not read again
    let (details, attached) =
        Attached::of_stored(CredentialType::of_stored(credential_type), details).unwrap_or_default();
    Qualification {
        course_code,
        course_name,
        conferral: Conferral {
            year: conferral_year.and_then(|year| i16::try_from(year).ok()),
            date: conferral_date.and_then(|date| date.parse::<Date>().ok()),
            awaiting_graduation: awaiting_graduation != 0,
        },
        majors: majors.lines().map(str::to_owned).collect(),
        honours,
        details,
        attached,
    }
}
