//! What SEEK Pass is told, checked before anybody sends it, of each type of credential. No I/O.
//!
//! A type is one file below: its columns, its rules and its body on the wire, by SEEK Pass's field descriptions. The import
//! builds every credential once, so that what SEEK Pass would refuse is a mistake of the roster and no surprise to a graduate.

mod attached;
mod document;
mod education;
mod english;
mod kind;
mod microcredential;
mod qualification;
mod rules;
mod transcript;

use jiff::civil::Date;
use serde::Serialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

pub use attached::Attached;
pub use document::{Document, DocumentKind, takes_open_certs};
pub use education::Education;
pub use english::EnglishTest;
pub use kind::{Cells, CredentialType, Field, Misfit, Reads, TypeSpec};
pub use microcredential::Microcredential;
pub use qualification::{Conferral, Qualification};
pub use transcript::{COURSE_CODE, Overall, Subject, Transcript};

use crate::graduate::{PersonName, Problem};

/// What SEEK Pass is told of one qualification; how it travels is the business of [`crate::seek::wire`]. It serializes as its data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Credential {
    data: Data,
    /// It travels beside the data.
    #[serde(skip)]
    document: Option<Document>,
}

/// The data of one credential, under the names that SEEK Pass gives its fields.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
enum Data {
    /// An award of a university.
    Education(Education),
    /// The result of an English test.
    English(Box<EnglishTest>),
    /// A course.
    Microcredential(Box<Microcredential>),
}

/// What a qualification says beyond name, code and date, where it is no award of a university.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Details {
    /// Nothing: [`Qualification`] has fields for it.
    #[default]
    Education,
    /// The result of an English test.
    English(Box<EnglishTest>),
    /// A course.
    Microcredential(Box<Microcredential>),
}

impl Details {
    /// Of the cells of a row of a university; `full_name` is the graduate's on this credential, `today` the university's day.
    ///
    /// # Errors
    /// A [`Misfit`] where cells that are right by themselves do not fit together.
    pub fn of_row(
        of: CredentialType,
        (values, university): (&[Option<String>], &str),
        full_name: &PersonName,
        today: Date,
    ) -> Result<Self, Misfit> {
        (of.spec().details)(&Cells::new(of, values, university), full_name.as_str(), today)
    }

    /// As the ledger has them where nothing goes with them, one text in one form; none of education.
    fn stored(&self) -> Option<String> {
        self.value().map(|value| value.to_string())
    }

    fn value(&self) -> Option<Value> {
        match self {
            Self::Education => None,
            Self::English(test) => Some(json!(test)),
            Self::Microcredential(course) => Some(json!(course)),
        }
    }

    /// Of what the ledger has; none where no import could have written it.
    #[must_use]
    pub fn of_stored(of: CredentialType, stored: Option<&str>) -> Option<Self> {
        let stored = stored.unwrap_or_default();
        Some(match of {
            CredentialType::Education => Self::Education,
            CredentialType::English => Self::English(serde_json::from_str(stored).ok()?),
            CredentialType::Microcredential => Self::Microcredential(serde_json::from_str(stored).ok()?),
        })
    }

    /// Of which type they are.
    #[must_use]
    pub const fn credential_type(&self) -> CredentialType {
        match self {
            Self::Education => CredentialType::Education,
            Self::English(_) => CredentialType::English,
            Self::Microcredential(_) => CredentialType::Microcredential,
        }
    }

    /// What it is called.
    #[must_use]
    pub fn title(&self) -> Option<&str> {
        match self {
            Self::Education => None,
            Self::English(test) => Some(&test.test_name),
            Self::Microcredential(course) => Some(&course.microcredential_name),
        }
    }

    /// The day that it is from.
    #[must_use]
    pub const fn day(&self) -> Option<Date> {
        match self {
            Self::Education => None,
            Self::English(test) => Some(test.completion_date),
            Self::Microcredential(course) => Some(course.issue_date),
        }
    }

    /// Until when it is valid.
    #[must_use]
    pub const fn expiry(&self) -> Option<Date> {
        match self {
            Self::Education => None,
            Self::English(test) => test.expiry_date,
            Self::Microcredential(course) => course.expiry_date,
        }
    }

    /// What came of it, in a few words that need no translation: `7.5 / 9, CEFR C1`.
    #[must_use]
    pub fn result(&self) -> Option<String> {
        match self {
            Self::Education => None,
            Self::English(test) => {
                let scores = &test.test_scores;
                let (overall, level) = (&scores.overall, &scores.cefr_scores.combined);
                Some(format!("{} / {}, CEFR {level}", overall.score, overall.scale))
            }
            Self::Microcredential(course) => course.assessment_result.clone(),
        }
    }

    /// Who issued it, where that is not the university.
    #[must_use]
    pub fn issuer(&self) -> Option<&str> {
        match self {
            Self::Education => None,
            Self::English(test) => Some(&test.test_provider),
            Self::Microcredential(course) => course.issuer_name.as_deref(),
        }
    }

    /// The graduate's name on it, where that stands by itself: personal.
    #[must_use]
    pub fn full_name(&self) -> Option<&str> {
        match self {
            Self::Education => None,
            Self::English(test) => Some(&test.full_name),
            Self::Microcredential(course) => Some(&course.full_name),
        }
    }
}

impl Credential {
    /// The credential of a qualification, told by the university `provider` on `today` (the day in the university's time
    /// zone, which chooses between the conferred and the awaited form of an award).
    ///
    /// # Errors
    /// A [`Problem`] where SEEK Pass would refuse it: a conferred award without a year or with one still to come, a
    /// text that is blank.
    pub fn of(
        name: &PersonName,
        provider: &str,
        qualification: &Qualification,
        today: Date,
    ) -> Result<Self, Problem> {
        text("the name of the university", provider)?;
        let data = match &qualification.details {
            Details::Education => Data::Education(Education::new(name, provider, qualification, today)?),
            Details::English(test) => Data::English(test.clone()),
            Details::Microcredential(course) => Data::Microcredential(Box::new(course.issued_by(provider))),
        };
        let attached = qualification.attached.as_ref();
        Ok(Self { data, document: attached.and_then(|attached| attached.document.clone()) })
    }

    /// Whether there could be such an education credential.
    ///
    /// # Errors
    /// As [`Credential::of`].
    pub fn check_education(
        name: &PersonName,
        qualification: &Qualification,
        today: Date,
    ) -> Result<Option<i16>, Problem> {
        education::check(name, qualification, today)
    }

    /// Of which type it is.
    #[must_use]
    pub const fn credential_type(&self) -> CredentialType {
        match self.data {
            Data::Education(_) => CredentialType::Education,
            Data::English(_) => CredentialType::English,
            Data::Microcredential(_) => CredentialType::Microcredential,
        }
    }

    /// The document that goes with it.
    #[must_use]
    pub const fn document(&self) -> Option<&Document> {
        self.document.as_ref()
    }

    /// What SEEK Pass is told that the document is.
    #[must_use]
    pub fn document_type(&self) -> &'static str {
        let without = self.credential_type().spec().document_type;
        match &self.document {
            // a type that has a word of its own has it for whatever goes with it
            Some(document) if without == "none" => document.kind().word(),
            _ => without,
        }
    }

    /// SHA-256 over the data and the document: another digest means that it changed since a submission, which then needs a new
    /// id, for SEEK Pass keeps the data that an id came with first.
    #[must_use]
    pub fn digest(&self) -> [u8; 32] {
        // the type too, since two types may one day have the same fields
        let mut named = Value::from_iter([(self.credential_type().word(), json!(self))]);
        if let Some(document) = &self.document {
            named["document"] = json!(document);
        }
        Sha256::digest(named.to_string()).into()
    }
}

fn text(what: &str, value: &str) -> Result<(), Problem> {
    if value.trim().is_empty() {
        return Err(Problem::new(format!("{what} is blank; SEEK Pass takes no credential without it")));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const TODAY: Date = date(2026, 11, 23);

    fn qualification(conferral: Conferral) -> Qualification {
        Qualification {
            course_code: Some("BSC".to_owned()),
            course_name: "Bachelor of Science".to_owned(),
            conferral,
            majors: vec!["Statistics".to_owned()],
            honours: None,
            details: Details::Education,
            attached: None,
        }
    }

    fn in_year(year: Option<i16>) -> Conferral {
        Conferral { year, date: None, awaiting_graduation: false }
    }

    fn credential(qualification: &Qualification) -> Result<Credential, Problem> {
        let name = PersonName::parse("Mira Tan")?;
        Credential::of(&name, "Northfield University", qualification, TODAY)
    }

    #[test]
    fn a_conferred_award_has_its_year_and_an_awaited_one_has_none() {
        let mut award = qualification(in_year(Some(2026)));
        let told = |award: &Qualification| credential(award).map(|credential| json!(credential));
        let mut expected = json!({
            "full_name": "Mira Tan", "education_provider": "Northfield University",
            "course_name": "Bachelor of Science", "conferral_year": "2026", "awaiting_graduation": false,
            "has_majors": true, "majors": ["Statistics"], "with_honours": false,
        });
        assert_eq!(told(&award), Ok(expected.clone()));

        // the day decides where there is one, and on that day the award is conferred
        award.conferral = Conferral { year: Some(2026), date: Some(TODAY), awaiting_graduation: true };
        assert_eq!(told(&award), Ok(expected.clone()));
        expected["awaiting_graduation"] = true.into();
        expected["conferral_year"] = serde_json::Value::Null;
        award.conferral.date = Some(date(2026, 11, 24));
        assert_eq!(told(&award), Ok(expected.clone()));
        award.conferral = Conferral { year: Some(2026), date: None, awaiting_graduation: true };
        assert_eq!(told(&award), Ok(expected.clone()));

        expected["has_majors"] = false.into();
        expected["majors"] = json!([]);
        expected["with_honours"] = true.into();
        award.majors.clear();
        award.honours = Some("First Class Honours".to_owned());
        assert_eq!(told(&award), Ok(expected));
    }

    #[test]
    fn what_other_fields_say_is_not_said_twice_in_the_name() {
        let named = |name: &str, honours: Option<&str>| {
            let mut qualification = qualification(in_year(Some(2026)));
            name.clone_into(&mut qualification.course_name);
            qualification.honours = honours.map(str::to_owned);
            credential(&qualification)
                .map(|it| json!(it)["course_name"].as_str().map(str::to_owned))
                .ok()
                .flatten()
        };
        let is = |name: &str| Some(name.to_owned());
        assert_eq!(named("Bachelor of Science (Honours)", Some("First Class")), is("Bachelor of Science"));
        assert_eq!(named("Bachelor of Science (Honours)", None), is("Bachelor of Science (Honours)"));
        assert_eq!(named("Bachelor of Science (Statistics)", None), is("Bachelor of Science"));
        assert_eq!(named("Bachelor of Science (Physics)", None), is("Bachelor of Science (Physics)"));
        assert_eq!(named("Bachelor of Science in Statistics", None), is("Bachelor of Science in Statistics"));
        assert_eq!(named("(Statistics)", None), is("(Statistics)"));
    }

    #[test]
    fn what_seek_pass_would_refuse_is_a_problem_that_names_no_value() {
        let good = qualification(in_year(Some(2026)));
        for (award, words) in [
            (qualification(in_year(None)), "missing"),
            (qualification(in_year(Some(2027))), "still to come"),
            (qualification(in_year(Some(26))), "four digits"),
            (Qualification { course_name: " ".to_owned(), ..good.clone() }, "name of the award is blank"),
            (Qualification { majors: vec![String::new()], ..good.clone() }, "major is blank"),
        ] {
            let problem = credential(&award).err().map(|problem| problem.0).unwrap_or_default();
            assert!(problem.contains(words), "{words}: {problem}");
            assert!(!problem.contains("Mira") && !problem.contains("Science"), "{problem}");
        }
        let nameless = PersonName::parse("Mira").and_then(|name| Credential::of(&name, " ", &good, TODAY));
        assert!(nameless.is_err());
    }

    #[test]
    fn the_digest_tells_whether_the_data_changed() {
        let award = qualification(in_year(Some(2026)));
        let digest = |award: &Qualification| credential(award).map(|credential| credential.digest());
        assert!(digest(&award).is_ok());
        assert_eq!(digest(&award), digest(&award.clone()));
        // SEEK Pass is not told the code
        assert_eq!(digest(&award), digest(&Qualification { course_code: None, ..award.clone() }));
        for changed in [
            qualification(in_year(Some(2025))),
            qualification(Conferral { year: Some(2026), date: None, awaiting_graduation: true }),
            Qualification { honours: Some("H1".to_owned()), ..award.clone() },
            Qualification { majors: vec!["Statistics".to_owned(), "Data".to_owned()], ..award.clone() },
        ] {
            assert_ne!(digest(&award), digest(&changed), "{:?}", changed.conferral);
        }
        let with = |document| Qualification { attached: Attached::of(document, None), ..award.clone() };
        let link = |end: &str| Some(Document::Pdf(format!("https://files.northfield.example/{end}.pdf")));
        assert_eq!(digest(&award), digest(&with(None)));
        assert_ne!(digest(&award), digest(&with(link("one"))));
        assert_ne!(digest(&with(link("one"))), digest(&with(link("other"))));
    }

    #[test]
    fn debug_output_shows_nothing() {
        let credential = credential(&qualification(in_year(Some(2026))));
        assert_eq!(
            credential.map(|it| format!("{it:?}")),
            Ok("Credential { data: Education(Education(…)), document: None }".to_owned())
        );
    }
}
