//! What SEEK Pass is told of a qualification, checked before anybody sends it. No I/O.
//!
//! The rules are those of SEEK Pass's education field descriptions. The import builds every credential once, so that
//! what SEEK Pass would refuse is a mistake of the roster and no surprise to a graduate.

use std::fmt;

use jiff::civil::Date;
use serde::Serialize;
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::graduate::{Conferral, PersonName, Problem, Qualification};

/// The data of one credential; how it travels is the business of [`crate::seek::wire`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Credential {
    /// An award of a university.
    Education(Education),
}

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
}

impl Credential {
    /// The education credential of a qualification, issued by `provider` on `today` (the day in the university's time
    /// zone, which chooses between the conferred and the awaited form).
    ///
    /// # Errors
    /// A [`Problem`] where SEEK Pass would refuse it: a conferred award without a year or with one still to come, a
    /// text that is blank.
    pub fn education(
        name: &PersonName,
        provider: &str,
        qualification: &Qualification,
        today: Date,
    ) -> Result<Self, Problem> {
        text("the name of the university", provider)?;
        let year = Self::check_education(name, qualification, today)?;
        let majors = &qualification.majors;
        Ok(Self::Education(Education {
            full_name: name.as_str().to_owned(),
            provider: provider.to_owned(),
            course_name: plain_name(qualification).to_owned(),
            conferral_year: year.map(|year| year.to_string()),
            awaiting_graduation: year.is_none(),
            has_majors: !majors.is_empty(),
            majors: majors.clone(),
            with_honours: qualification.honours.is_some(),
        }))
    }

    /// Whether there could be such a credential; the year of one that is conferred.
    ///
    /// # Errors
    /// As [`Credential::education`].
    pub fn check_education(
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

    /// SHA-256 over the data: another digest means that it changed since a submission, which then needs a new id, for
    /// SEEK Pass keeps the data that an id came with first.
    #[must_use]
    pub fn digest(&self) -> [u8; 32] {
        let Self::Education(_) = self;
        // the type too, since two types may one day have the same fields
        Sha256::digest(json!({ "education": self }).to_string()).into()
    }
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
        }
    }

    fn in_year(year: Option<i16>) -> Conferral {
        Conferral { year, date: None, awaiting_graduation: false }
    }

    fn credential(qualification: &Qualification) -> Result<Credential, Problem> {
        let name = PersonName::parse("Mira Tan")?;
        Credential::education(&name, "Northfield University", qualification, TODAY)
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
        let nameless =
            PersonName::parse("Mira").and_then(|name| Credential::education(&name, " ", &good, TODAY));
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
    }

    #[test]
    fn debug_output_shows_nothing() {
        let credential = credential(&qualification(in_year(Some(2026))));
        assert_eq!(credential.map(|it| format!("{it:?}")), Ok("Education(Education(…))".to_owned()));
    }
}
