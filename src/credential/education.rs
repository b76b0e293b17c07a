//! Education: an award of a university (SEEK Pass's education field descriptions).

use std::fmt;

use jiff::civil::Date;
use serde::Serialize;

use super::kind::{Cells, Misfit, TypeSpec};
use super::{Conferral, Details, DocumentKind, Qualification, Transcript, text};
use crate::graduate::{PersonName, Problem};

pub(super) const SPEC: TypeSpec = TypeSpec {
    word: "education",
    noun: "qualification",
    nouns: "qualifications",
    name: "education",
    path: "api/partner/v1/add/education.json",
    scope: "write.education",
    document_type: "none",
    documents: &[DocumentKind::Pdf, DocumentKind::OpenCert],
    // those of `roster::Column`
    fields: &[],
    telling: &[],
    details: |_: &Cells<'_>, _: &str, _: Date| -> Result<Details, Misfit> { Ok(Details::Education) },
};

/// An education credential, under the names that SEEK Pass gives its fields.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Education {
    full_name: String,
    #[serde(rename = "education_provider")]
    provider: String,
    course_name: String,
    /// `YYYY`; null while the graduation is awaited.
    conferral_year: Option<String>,
    awaiting_graduation: bool,
    has_majors: bool,
    majors: Vec<String>,
    with_honours: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    transcript: Option<Transcript>,
}

impl Education {
    /// The credential of an award, issued by `provider` on `today`.
    pub(super) fn new(
        name: &PersonName,
        provider: &str,
        qualification: &Qualification,
        today: Date,
    ) -> Result<Self, Problem> {
        let year = check(name, qualification, today)?;
        let majors = &qualification.majors;
        Ok(Self {
            full_name: name.as_str().to_owned(),
            provider: provider.to_owned(),
            course_name: plain_name(qualification).to_owned(),
            conferral_year: year.map(|year| year.to_string()),
            awaiting_graduation: year.is_none(),
            has_majors: !majors.is_empty(),
            majors: majors.clone(),
            with_honours: qualification.honours.is_some(),
            transcript: qualification.attached.as_ref().and_then(|attached| attached.transcript.clone()),
        })
    }
}

/// Whether there could be such a credential; the year of one that is conferred.
pub(super) fn check(
    name: &PersonName,
    qualification: &Qualification,
    today: Date,
) -> Result<Option<i16>, Problem> {
    let is_awaited = qualification.conferral.is_awaited(today);
    let year = if is_awaited { None } else { Some(conferral_year(qualification.conferral, today)?) };
    text("the name", name.as_str())?;
    text("the name of the award", &qualification.course_name)?;
    qualification.majors.iter().try_for_each(|major| text("a major", major))?;
    Ok(year)
}

/// Debug output ends up in logs and panics, so it says nothing.
impl fmt::Debug for Education {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Education(…)")
    }
}

/// The name of the qualification without a bracket at its end that says what other fields say: SEEK Pass builds the title
/// that it shows out of the name, the majors and the honours, and would say them twice (education field descriptions,
/// "Qualification"). Nothing else of the name is touched.
fn plain_name(qualification: &Qualification) -> &str {
    let name = qualification.course_name.as_str();
    let Some((plain, bracket)) = name.strip_suffix(')').and_then(|name| name.rsplit_once('(')) else {
        return name;
    };
    let says = |word: &str| bracket.trim().eq_ignore_ascii_case(word);
    let says_honours = qualification.honours.is_some()
        && ["honours", "honors", "hons", "hons."].iter().any(|word| says(word));
    let says_major = qualification.majors.iter().any(|major| says(major));
    let plain = plain.trim_end();
    if (says_honours || says_major) && !plain.is_empty() { plain } else { name }
}

fn conferral_year(conferral: Conferral, today: Date) -> Result<i16, Problem> {
    match conferral.year {
        None => Err(Problem::new("missing; SEEK Pass takes a conferred award only with its year")),
        Some(year) if year > today.year() => {
            Err(Problem::new("is still to come; SEEK Pass takes such an award only as awaiting graduation"))
        }
        Some(year) if year < Conferral::FIRST_YEAR => {
            Err(Problem::new("not a year of conferral; write four digits, like 2026"))
        }
        Some(year) => Ok(year),
    }
}
