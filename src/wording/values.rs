//! Values that mails and pages both speak of.

use jiff::Zoned;
use minijinja::Value;
use serde::Serialize;

use crate::config::{Institution, zone};
use crate::graduate::Qualification;

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

/// One award.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct QualificationValues {
    pub(crate) course_name: String,
    pub(crate) majors: Vec<String>,
    /// Empty when there are none.
    pub(crate) honours: String,
    /// Empty when it is not known.
    pub(crate) conferral_year: String,
    pub(crate) awaiting_graduation: bool,
}

impl QualificationValues {
    pub(crate) fn new(qualification: &Qualification, awaiting_graduation: bool) -> Self {
        Self {
            course_name: qualification.course_name.clone(),
            majors: qualification.majors.clone(),
            honours: qualification.honours.clone().unwrap_or_default(),
            conferral_year: qualification.conferral.year.map(|year| year.to_string()).unwrap_or_default(),
            awaiting_graduation,
        }
    }
}
