//! What a row says before anybody asks whether its parts agree, with what was corrected put over it.

use jiff::civil::Date;

use super::conferral;
use super::correction::Correction;
use crate::credential::{Conferral, Credential, Qualification};
use crate::graduate::{EmailAddress, Graduate, Language, PersonName, Problem};

/// The cells of a row, each read by itself; `None` where it has a mistake.
#[expect(clippy::option_option, reason = "a cell may be empty, and it may have a mistake")]
pub(super) struct Values {
    pub(super) name: Option<PersonName>,
    pub(super) email: Option<EmailAddress>,
    pub(super) date_of_birth: Option<Option<Date>>,
    pub(super) language: Option<Option<Language>>,
    pub(super) course_name: Option<String>,
    pub(super) year: Option<Option<i16>>,
    pub(super) date: Option<Option<Date>>,
    pub(super) awaiting: Option<Option<bool>>,
    pub(super) majors: Option<Vec<String>>,
    pub(super) honours: Option<Option<String>>,
}

impl Values {
    fn of(graduate: &Graduate, qualification: &Qualification) -> Self {
        let Conferral { year, date, awaiting_graduation } = qualification.conferral;
        Self {
            name: Some(graduate.name.clone()),
            email: Some(graduate.email.clone()),
            date_of_birth: Some(graduate.date_of_birth),
            language: Some(graduate.language.clone()),
            course_name: Some(qualification.course_name.clone()),
            year: Some(year),
            date: Some(date),
            awaiting: Some(Some(awaiting_graduation)),
            majors: Some(qualification.majors.clone()),
            honours: Some(qualification.honours.clone()),
        }
    }

    /// Of the graduate alone.
    #[expect(clippy::option_option, reason = "a cell may be empty, and it may have a mistake")]
    pub(super) fn of_person(
        name: Option<PersonName>,
        email: Option<EmailAddress>,
        date_of_birth: Option<Option<Date>>,
        language: Option<Option<Language>>,
    ) -> Self {
        let (course_name, year, date, awaiting, majors, honours) = (None, None, None, None, None, None);
        Self { name, email, date_of_birth, language, course_name, year, date, awaiting, majors, honours }
    }

    /// Puts what was corrected over what the row says; for each whether the row says the same.
    pub(super) fn correct(&mut self, corrections: &[&Correction]) -> Vec<bool> {
        let agreed = corrections.iter().map(|correction| self.put(correction)).collect();
        let gives_year = |it: &&Correction| matches!(it, Correction::ConferralYear(_));
        let gives_date = |it: &&Correction| matches!(it, Correction::ConferralDate(Some(_)));
        if corrections.iter().copied().any(|it| gives_date(&it))
            && !corrections.iter().copied().any(|it| gives_year(&it))
        {
            // the year follows from the date
            self.year = Some(None);
        }
        agreed
    }

    fn put(&mut self, correction: &Correction) -> bool {
        fn put<T: PartialEq + Clone>(place: &mut Option<T>, value: &T) -> bool {
            place.replace(value.clone()).as_ref() == Some(value)
        }
        match correction {
            Correction::FullName(name) => put(&mut self.name, name),
            Correction::Email(address) => put(&mut self.email, address),
            Correction::DateOfBirth(date) => put(&mut self.date_of_birth, &Some(*date)),
            Correction::Language(language) => put(&mut self.language, &Some(language.clone())),
            Correction::CourseName(name) => put(&mut self.course_name, name),
            Correction::Honours(honours) => put(&mut self.honours, honours),
            Correction::Majors(majors) => put(&mut self.majors, majors),
            Correction::ConferralYear(year) => put(&mut self.year, year),
            Correction::ConferralDate(date) => {
                // a year beside it that is another one would make the row a mistake without the correction
                let year = self.year.flatten();
                let fits = date.is_none_or(|date| year.is_none_or(|year| year == date.year()));
                put(&mut self.date, date) && fits
            }
            Correction::AwaitingGraduation(awaiting) => {
                // an empty cell says no
                let said = self.awaiting.replace(Some(*awaiting));
                said.is_some_and(|said| said.unwrap_or(false) == *awaiting)
            }
        }
    }
}

/// What a qualification of the ledger says with these corrections over it, by the rules of a row.
///
/// # Errors
/// A [`Problem`] where no row could say so.
pub fn corrected(
    graduate: &Graduate,
    qualification: &Qualification,
    corrections: &[&Correction],
    today: Date,
) -> Result<Qualification, Problem> {
    let mut values = Values::of(graduate, qualification);
    values.correct(corrections);
    let Values { name, date_of_birth, course_name, year, date, awaiting, majors, honours, .. } = values;
    let (year, date, awaiting) = (year.flatten(), date.flatten(), awaiting.flatten().unwrap_or(false));
    let qualification = Qualification {
        course_code: qualification.course_code.clone(),
        course_name: course_name.unwrap_or_default(),
        conferral: conferral::agree(year, date, awaiting, today)?,
        majors: majors.unwrap_or_default(),
        honours: honours.flatten(),
        details: qualification.details.clone(),
        attached: qualification.attached.clone(),
    };
    conferral::age_at(&qualification, date_of_birth.flatten())?;
    Credential::check_education(name.as_ref().unwrap_or(&graduate.name), &qualification, today)?;
    Ok(qualification)
}
