//! What a template can say.

use jiff::civil::{Date, date};
use serde::Serialize;

use crate::credential::CredentialType;
use crate::email::{Composer, MessageContent};
use crate::invitation::Occasion;
use crate::wording::folder::{MAIL, REMINDER};
use crate::wording::values::{InstitutionValues, QualificationValues, TAG, kind};

/// Every placeholder, for error messages and the check.
const NAMES: [&str; 22] = [
    "occasion",
    "institution.name",
    "institution.support_email",
    "graduate.name",
    "qualifications",
    "qualification.course_name",
    "qualification.majors",
    "qualification.honours",
    "qualification.conferral_year",
    "qualification.awaiting_graduation",
    "qualification.kind",
    "qualification.result",
    "qualification.issuer",
    "qualification.date",
    "qualification.expiry",
    "kind",
    "code",
    "link",
    "page",
    "valid_until",
    "university_address",
    "language",
];

/// Those that only reminders have.
const OF_REMINDERS: [&str; 2] = ["has_lapsed", "opt_out"];

/// The placeholders of one of the files.
pub(super) fn names(file: &str) -> Vec<&'static str> {
    let own: &[&str] = if REMINDER.contains(&file) { &OF_REMINDERS } else { &[] };
    [&NAMES, own].concat()
}

/// Such as stands behind the page's address in a reminder.
const OPTING_OUT: &str = "opt-out/7-3kq9z1m2n4p5r6st";

/// The values of one message.
#[derive(Debug, Clone, Serialize)]
pub struct Values {
    occasion: &'static str,
    institution: InstitutionValues,
    graduate: GraduateValues,
    qualifications: Vec<QualificationValues>,
    /// Of all of them: the type, or `mixed`.
    kind: &'static str,
    pub(super) code: String,
    pub(super) link: String,
    page: String,
    valid_until: String,
    university_address: bool,
    language: String,
    #[serde(flatten)]
    reminder: Option<ReminderValues>,
}

#[derive(Debug, Clone, Serialize)]
pub(super) struct ReminderValues {
    has_lapsed: bool,
    pub(super) opt_out: String,
}

#[derive(Clone, Serialize)]
struct GraduateValues {
    name: String,
}

impl std::fmt::Debug for GraduateValues {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("GraduateValues(…)")
    }
}

fn kind_of(qualifications: &[QualificationValues]) -> &'static str {
    match qualifications {
        [first, rest @ ..] if rest.iter().all(|other| other.kind == first.kind) => first.kind,
        _ => "mixed",
    }
}

impl Values {
    /// The values of a message; `valid_until` tells the last moment at which its code works.
    #[must_use]
    pub fn new(composer: &Composer, content: &MessageContent<'_>, valid_until: String, today: Date) -> Self {
        let institution = composer.institution();
        let code = content.code.grouped();
        let is_any_conferred = content.qualifications.iter().any(|it| !it.conferral.is_awaited(today));
        Self {
            occasion: match content.occasion {
                Occasion::Invitation => "invitation",
                Occasion::Reminder { .. } => "reminder",
                Occasion::Replacement => "replacement",
                Occasion::Update { was_awaited } if was_awaited && is_any_conferred => "conferred",
                Occasion::Update { .. } => "corrected",
            },
            institution: institution.into(),
            graduate: GraduateValues { name: content.graduate.name.as_str().to_owned() },
            qualifications: content
                .qualifications
                .iter()
                .map(|it| QualificationValues::new(it, it.conferral.is_awaited(today)))
                .collect(),
            kind: kind(content.qualifications.iter().map(|it| it.details.credential_type())),
            link: format!("{}r/{code}", composer.page()),
            page: composer.page().to_owned(),
            code,
            valid_until,
            university_address: institution.owns(content.graduate.email.domain()),
            language: composer.language(content.graduate).to_owned(),
            reminder: match content.occasion {
                Occasion::Reminder { has_lapsed } => {
                    Some(ReminderValues { has_lapsed, opt_out: composer.opt_out(content) })
                }
                _ => None,
            },
        }
    }

    /// Values that between them walk through every branch of a template.
    pub(super) fn samples(language: &str) -> Vec<Self> {
        let full = |awaiting_graduation: bool| QualificationValues {
            majors: vec![format!("Civil & Structural {TAG}"), "Français".into()],
            honours: format!("First Class Honours {TAG}"),
            ..QualificationValues::award(
                format!("Bachelor of Engineering {TAG}"),
                "2026".into(),
                awaiting_graduation,
            )
        };
        let bare = |awaiting_graduation: bool| QualificationValues {
            majors: Vec::new(),
            honours: String::new(),
            conferral_year: if awaiting_graduation { String::new() } else { "2026".into() },
            ..full(awaiting_graduation)
        };
        let other = |of: CredentialType, result: &str, issuer: &str, expiry| QualificationValues {
            kind: of.word(),
            result: result.into(),
            issuer: issuer.into(),
            date: Some(date(2026, 5, 2).into()),
            expiry,
            ..QualificationValues::award(format!("Data Literacy {TAG}"), String::new(), false)
        };
        let tested =
            || other(CredentialType::English, "7.5 / 9, CEFR C1", TAG, Some(date(2028, 5, 2).into()));
        let course = || other(CredentialType::Microcredential, TAG, "", None);
        let one_major = QualificationValues { majors: vec!["History".into()], ..full(false) };
        let sample = |occasion, qualifications: Vec<QualificationValues>, university_address| Self {
            occasion,
            institution: InstitutionValues {
                name: format!("Northfield University {TAG}"),
                support_email: "graduations@northfield.example".into(),
            },
            graduate: GraduateValues { name: format!("Mira O'Brien-Nguyễn {TAG}") },
            kind: kind_of(&qualifications),
            qualifications,
            code: "7K2M-9QXT-R4WPH".into(),
            link: "https://seekpass.northfield.example/r/7K2M-9QXT-R4WPH".into(),
            page: "https://seekpass.northfield.example/".into(),
            valid_until: "14 December 2026, 23:59 (AEDT, UTC+11)".into(),
            university_address,
            language: language.to_owned(),
            reminder: None,
        };
        vec![
            sample("invitation", vec![full(false)], false),
            sample("conferred", vec![bare(false)], true),
            sample("replacement", vec![bare(true)], false),
            sample("invitation", vec![full(true), bare(false), one_major], true),
            sample("corrected", vec![full(false), bare(false)], false),
            sample("conferred", vec![full(false), bare(false)], false),
            sample("invitation", vec![tested()], false),
            sample("invitation", vec![course(), course()], true),
            sample("corrected", vec![course(), tested(), bare(true)], false),
        ]
    }

    /// The same for the templates of a reminder.
    pub(super) fn reminder_samples(language: &str) -> Vec<Self> {
        let samples = Self::samples(language).into_iter().enumerate();
        let reminder = |(place, sample): (usize, Self)| Self {
            occasion: "reminder",
            reminder: Some(ReminderValues {
                has_lapsed: place % 2 > 0,
                opt_out: format!("https://seekpass.northfield.example/{OPTING_OUT}"),
            }),
            ..sample
        };
        samples.map(reminder).collect()
    }

    /// The templates that they are for: subject, text and HTML.
    pub(super) const fn files(&self) -> [&'static str; 3] {
        if self.reminder.is_some() { REMINDER } else { MAIL }
    }

    /// Where no more reminders can be asked for; of a reminder alone.
    pub(super) fn opt_out(&self) -> Option<&str> {
        self.reminder.as_ref().map(|reminder| reminder.opt_out.as_str())
    }

    /// A mail on each occasion, with values as they are in life: for its file, when it is sent, and what it says.
    pub(in crate::email) fn shown(
        composer: &Composer,
        language: &str,
        valid_until: &str,
        year: i16,
    ) -> [(&'static str, &'static str, Self); 6] {
        let award =
            |course_name: &str, majors: &[&str], honours: &str, awaiting_graduation| QualificationValues {
                majors: majors.iter().map(|major| (*major).to_owned()).collect(),
                honours: honours.to_owned(),
                ..QualificationValues::award(course_name.to_owned(), year.to_string(), awaiting_graduation)
            };
        let science =
            || award("Bachelor of Science", &["Chemistry", "Statistics"], "First Class Honours", false);
        let teaching = || award("Master of Teaching", &["Mathematics"], "", true);
        let code = "7K2M-9QXT-R4WPH".to_owned();
        let page = composer.page();
        let mail = |occasion, qualifications: Vec<QualificationValues>, university_address| Self {
            occasion,
            institution: composer.institution().into(),
            graduate: GraduateValues { name: "Mira Tan".to_owned() },
            kind: kind_of(&qualifications),
            qualifications,
            link: format!("{page}r/{code}"),
            page: page.to_owned(),
            code: code.clone(),
            valid_until: valid_until.to_owned(),
            university_address,
            language: language.to_owned(),
            reminder: None,
        };
        let reminder = |has_lapsed| Self {
            reminder: Some(ReminderValues { has_lapsed, opt_out: format!("{page}{OPTING_OUT}") }),
            ..mail("reminder", vec![science()], false)
        };
        [
            ("invitation", "The invitation", mail("invitation", vec![science(), teaching()], false)),
            ("conferred", "Conferred since it was added", mail("conferred", vec![science()], false)),
            ("corrected", "Corrected since it was added", mail("corrected", vec![science()], false)),
            ("replacement", "In place of an earlier mail", mail("replacement", vec![teaching()], true)),
            ("reminder", "A reminder", reminder(false)),
            ("lapsed", "A reminder of what was begun and not finished", reminder(true)),
        ]
    }

    /// Which folder of templates they are for.
    #[must_use]
    pub fn language(&self) -> &str {
        &self.language
    }
}
