//! Which columns there are, how they may be spelt and what they hold: the one list of them.

use serde::Deserialize;

use super::fold;
use crate::credential::{COURSE_CODE, CredentialType};

/// A column that gradpass knows; the names are those of the configuration's `[roster.columns]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each is named as the column it stands for")]
pub enum Column {
    StudentId,
    FullName,
    GivenNames,
    MiddleNames,
    FamilyName,
    Email,
    CourseCode,
    CourseName,
    ConferralYear,
    ConferralDate,
    Majors,
    Honours,
    AwaitingGraduation,
    DateOfBirth,
    Language,
    Hold,
    SharedAddress,
    Priority,
    DocumentUrl,
    OpenCert,
}

/// What is known of a column.
#[derive(Debug)]
pub struct ColumnSpec {
    /// Which it is.
    pub column: Column,
    /// In the configuration and in messages.
    pub name: &'static str,
    /// Other accepted headers, folded: lower case, letters and digits only.
    pub spellings: &'static [&'static str],
    /// What a cell holds, for `gradpass columns`.
    pub holds: &'static str,
}

const fn spec(
    column: Column,
    name: &'static str,
    spellings: &'static [&'static str],
    holds: &'static str,
) -> ColumnSpec {
    ColumnSpec { column, name, spellings, holds }
}

impl Column {
    /// Every column, in the order of the enum.
    pub const ALL: [ColumnSpec; 20] = [
        spec(
            Self::StudentId,
            "student_id",
            &[
                "studentnumber",
                "studentno",
                "studentnr",
                "sid",
                "matriculationnumber",
                "matriculationno",
                "matricno",
            ],
            "needed; the registry's number, kept as text: 00123 is not 123",
        ),
        spec(
            Self::FullName,
            "full_name",
            &["name", "studentname", "graduatename", "legalname"],
            "needed, unless given and family names are given; one word is enough",
        ),
        spec(
            Self::GivenNames,
            "given_names",
            &["givenname", "firstname", "firstnames", "forename", "forenames"],
            "joined with family_name in the order of roster.name_order",
        ),
        spec(
            Self::MiddleNames,
            "middle_names",
            &["middlename", "secondname", "othernames", "othername"],
            "optional; stands behind the given names",
        ),
        spec(
            Self::FamilyName,
            "family_name",
            &["surname", "lastname", "lastnames", "familynames", "surnames"],
            "beside given_names",
        ),
        spec(
            Self::Email,
            "email",
            &["emailaddress", "mail", "personalemail", "mailaddress"],
            "needed; one plain address, name@domain",
        ),
        spec(Self::CourseCode, "course_code", COURSE_CODE, "optional; the registry's code of the course"),
        spec(
            Self::CourseName,
            "course_name",
            &[
                "course",
                "award",
                "awardname",
                "program",
                "programme",
                "programname",
                "programmename",
                "degree",
                "degreename",
                "degreetitle",
                "degreedescription",
                "qualification",
                "qualificationname",
                "qualificationtitle",
                "coursetitle",
                "coursedescription",
                "awardtitle",
                "awarddescription",
                "programtitle",
                "programdescription",
                "programmetitle",
                "programmedescription",
            ],
            "needed; the plain name of the qualification, such as Bachelor of Science",
        ),
        spec(
            Self::ConferralYear,
            "conferral_year",
            &["yearconferred", "yearofconferral", "graduationyear", "yearofgraduation", "awardyear"],
            "needed, or conferral_date, unless awaiting_graduation is yes; four digits",
        ),
        spec(
            Self::ConferralDate,
            "conferral_date",
            &[
                "dateconferred",
                "dateofconferral",
                "conferredon",
                "graduationdate",
                "dateofgraduation",
                "awarddate",
            ],
            "a date; one still to come makes the qualification awaited until then",
        ),
        spec(
            Self::Majors,
            "majors",
            &["major", "specialisation", "specialisations", "specialization", "specializations"],
            "optional; ; between several; Major 1, Major 2, Second Major … are read as well; TBA and the like are a mistake",
        ),
        spec(
            Self::Honours,
            "honours",
            &[
                "honors",
                "withhonours",
                "withhonors",
                "classofhonours",
                "classofhonors",
                "honoursclass",
                "honorsclass",
                "honourslevel",
                "honorslevel",
                "classofaward",
                "classofdegree",
                "degreeclass",
                "awardclass",
            ],
            "optional; a word of the vocabulary below, or of [roster.honours]",
        ),
        spec(
            Self::AwaitingGraduation,
            "awaiting_graduation",
            &["awaiting", "graduand", "awaitingconferral"],
            "optional; yes or no",
        ),
        spec(Self::DateOfBirth, "date_of_birth", &["dob", "birthdate", "birthday"], "optional; a date"),
        spec(
            Self::Language,
            "language",
            &["lang", "preferredlanguage", "locale"],
            "optional; a language as Thai, th or zh-Hans",
        ),
        spec(
            Self::Hold,
            "hold",
            &[
                "onhold",
                "holds",
                "deceased",
                "isdeceased",
                "donotcontact",
                "donotinvite",
                "donotemail",
                "donotmail",
                "withheld",
                "optout",
                "optedout",
            ],
            "optional; yes or a reason: the graduate is held and not mailed; several such columns may stand side by side",
        ),
        spec(
            Self::SharedAddress,
            "shared_address",
            &["sharesaddress", "sharedemail"],
            "optional; yes in every row of an address that several students share on purpose",
        ),
        spec(
            Self::Priority,
            "priority",
            &["mailpriority", "invitationpriority"],
            "optional; 1 (mailed first) to 9 (last), 5 where it is empty",
        ),
        spec(
            Self::DocumentUrl,
            "document_url",
            &["documentlink", "certificateurl", "certificatelink"],
            "optional; the https address of a PDF (of a course a PNG or JPG, too) on a domain of roster.document_domains, \
             which opens without a login",
        ),
        spec(
            Self::OpenCert,
            "open_cert",
            &["opencertfile", "opencerts"],
            "optional, in place of document_url; the path of an OpenCert, a file of JSON, below the folder of the roster",
        ),
    ];

    /// The name used in the configuration and in messages.
    #[must_use]
    pub const fn name(self) -> &'static str {
        Self::ALL[self as usize].name
    }

    /// The column that a header names, in any of its known spellings.
    #[must_use]
    pub fn of_header(header: &str) -> Option<Self> {
        Self::spelt(&fold(header))
    }

    pub(super) fn spelt(folded: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .find(|spec| {
                spec.name.bytes().filter(|byte| *byte != b'_').eq(folded.bytes())
                    || spec.spellings.contains(&folded)
            })
            .map(|spec| spec.column)
            .or_else(|| is_another_major(folded).then_some(Self::Majors))
    }

    /// Whether rosters of a type have it.
    #[must_use]
    pub const fn is_of(self, of: CredentialType) -> bool {
        match self {
            Self::StudentId
            | Self::FullName
            | Self::GivenNames
            | Self::MiddleNames
            | Self::FamilyName
            | Self::Email
            | Self::DateOfBirth
            | Self::Language
            | Self::Hold
            | Self::SharedAddress
            | Self::Priority
            | Self::DocumentUrl
            | Self::OpenCert => true,
            Self::CourseCode
            | Self::CourseName
            | Self::ConferralYear
            | Self::ConferralDate
            | Self::Majors
            | Self::Honours
            | Self::AwaitingGraduation => matches!(of, CredentialType::Education),
        }
    }

    /// Whether several columns of this kind add up instead of contradicting each other.
    pub(super) const fn adds_up(self) -> bool {
        matches!(self, Self::Majors | Self::Hold)
    }
}

/// `Major 1`, `Second Major`, `Primary Specialisation` …
fn is_another_major(folded: &str) -> bool {
    const ORDINALS: [&str; 7] = ["first", "second", "third", "primary", "secondary", "additional", "other"];
    let folded = folded.trim_end_matches(|character: char| character.is_ascii_digit());
    let folded = ORDINALS.iter().find_map(|ordinal| folded.strip_prefix(ordinal)).unwrap_or(folded);
    matches!(folded, "major" | "majors" | "specialisation" | "specialization")
}
