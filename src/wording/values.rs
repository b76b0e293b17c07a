//! Values that mails and pages both speak of.

use jiff::Zoned;
use jiff::civil::Date;
use minijinja::Value;
use serde::Serialize;

use crate::config::{Institution, zone};
use crate::credential::{CredentialType, Qualification};

/// Stands in the values of the checks' samples; a page in which it stands as it is would take a name for HTML.
pub(crate) const TAG: &str = "<roster>";

/// What is said of a template that lets it through.
pub(crate) const UNESCAPED: &str =
    "a value stands in it as it is, and a name could become HTML; take away `safe` or `autoescape false`";

/// The university, as `institution.…`.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct InstitutionValues {
    pub(crate) name: String,
    pub(crate) support_email: String,
}

impl From<&Institution> for InstitutionValues {
    fn from(institution: &Institution) -> Self {
        Self { name: institution.name.clone(), support_email: institution.support_email.clone() }
    }
}

/// Everything that a language may say of a moment.
pub(crate) fn date_and_time(at: &Zoned) -> [(&'static str, Value); 7] {
    [
        ("day", Value::from(at.day())),
        ("month", Value::from(at.month())),
        ("year", Value::from(at.year())),
        ("buddhist_year", Value::from(i32::from(at.year()) + BUDDHIST_ERA)),
        ("hour", Value::from(format!("{:02}", at.hour()))),
        ("minute", Value::from(format!("{:02}", at.minute()))),
        ("zone", Value::from(zone(at))),
    ]
}

/// So many years the Thai calendar is ahead.
const BUDDHIST_ERA: i32 = 543;

/// What all of these are, for texts that speak of them together: the type of each, or `mixed`.
pub(crate) fn kind(types: impl Iterator<Item = CredentialType>) -> &'static str {
    let mut types: Vec<_> = types.collect();
    types.dedup();
    match types[..] {
        [] => CredentialType::Education.word(),
        [one] => one.word(),
        _ => "mixed",
    }
}

/// The fields of [`DayValues`].
pub(crate) const PARTS_OF_A_DAY: [&str; 4] = ["day", "month", "year", "buddhist_year"];

/// A day, which `t(…, date=…)` takes apart.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct DayValues {
    pub(crate) day: i8,
    pub(crate) month: i8,
    pub(crate) year: i16,
    pub(crate) buddhist_year: i32,
}

impl From<Date> for DayValues {
    fn from(date: Date) -> Self {
        let (day, month, year) = (date.day(), date.month(), date.year());
        Self { day, month, year, buddhist_year: i32::from(year) + BUDDHIST_ERA }
    }
}

/// One award, course or test result.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct QualificationValues {
    pub(crate) course_name: String,
    pub(crate) majors: Vec<String>,
    /// Empty when there are none.
    pub(crate) honours: String,
    /// Empty when it is not known.
    pub(crate) conferral_year: String,
    pub(crate) awaiting_graduation: bool,
    /// `education`, `english` or `microcredential`.
    pub(crate) kind: &'static str,
    /// Of other types than education; empty when it is not known.
    pub(crate) result: String,
    /// The same.
    pub(crate) issuer: String,
    pub(crate) date: Option<DayValues>,
    pub(crate) expiry: Option<DayValues>,
}

impl QualificationValues {
    /// An award with nothing but these, for samples.
    pub(crate) fn award(course_name: String, conferral_year: String, awaiting_graduation: bool) -> Self {
        Self {
            course_name,
            majors: Vec::new(),
            honours: String::new(),
            conferral_year,
            awaiting_graduation,
            kind: CredentialType::Education.word(),
            result: String::new(),
            issuer: String::new(),
            date: None,
            expiry: None,
        }
    }

    pub(crate) fn new(qualification: &Qualification, awaiting_graduation: bool) -> Self {
        Self {
            course_name: qualification.course_name.clone(),
            majors: qualification.majors.clone(),
            honours: qualification.honours.clone().unwrap_or_default(),
            conferral_year: qualification.conferral.year.map(|year| year.to_string()).unwrap_or_default(),
            awaiting_graduation,
            kind: qualification.details.credential_type().word(),
            result: qualification.details.result().unwrap_or_default(),
            issuer: qualification.details.issuer().unwrap_or_default().to_owned(),
            date: qualification.details.day().map(DayValues::from),
            expiry: qualification.details.expiry().map(DayValues::from),
        }
    }
}
