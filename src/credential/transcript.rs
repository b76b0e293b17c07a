//! The subjects of an award with their results (SEEK Pass's education field descriptions, `transcript`): everything is a string on
//! the wire, scores and credits, too.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::kind::{Field, Reads};
use super::rules;

/// A transcript.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transcript {
    /// Of the whole.
    pub overall: Overall,
    /// By their completion, the earliest first, in whatever order the university's file has them.
    pub subjects: Vec<Subject>,
}

/// What a transcript says of the whole.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overall {
    /// When the transcript was issued, `YYYY-MM-DD`.
    pub issuance_date: String,
    /// Such as a grade point average.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score: Option<String>,
}

/// One subject.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "SEEK Pass's names")]
pub struct Subject {
    pub name: String,
    pub code: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credit: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score: Option<String>,
    pub grade: String,
    /// A year or `YYYY-MM-DD`.
    pub completion_date: String,
}

/// How rosters and files of subjects spell the code of an award.
pub const COURSE_CODE: &[&str] =
    &["programcode", "programmecode", "awardcode", "degreecode", "qualificationcode"];

impl Transcript {
    /// The columns of a file of subjects beside `student_id`.
    pub const COLUMNS: &[Field] = &[
        Field {
            name: "course_code",
            spellings: COURSE_CODE,
            is_needed: false,
            reads: Reads::Word(rules::text),
            holds: "the code of the award in the roster; this or course_name, where the student has more than one award there",
        },
        Field {
            name: "course_name",
            spellings: &[
                "award",
                "awardname",
                "program",
                "programme",
                "programname",
                "programmename",
                "degree",
                "degreename",
                "qualification",
                "qualificationname",
            ],
            is_needed: false,
            reads: Reads::Title(rules::text),
            holds: "the name of the award, as in the roster",
        },
        Field {
            name: "subject",
            spellings: &["subjectname", "subjecttitle", "unitname", "unittitle", "modulename", "moduletitle"],
            is_needed: true,
            reads: Reads::Title(rules::text),
            holds: "needed; what was studied, such as Linear Algebra",
        },
        Field {
            name: "code",
            spellings: &["subjectcode", "unitcode", "modulecode"],
            is_needed: true,
            reads: Reads::Word(rules::word),
            holds: "needed; the code of the subject",
        },
        Field {
            name: "credit",
            spellings: &["credits", "creditpoints", "credithours"],
            is_needed: false,
            reads: Reads::Score(rules::score),
            holds: "optional",
        },
        Field {
            name: "score",
            spellings: &["mark", "marks", "percentage"],
            is_needed: false,
            reads: Reads::Score(rules::score),
            holds: "optional",
        },
        Field {
            name: "grade",
            spellings: &["finalgrade", "lettergrade"],
            is_needed: true,
            reads: Reads::Score(rules::word),
            holds: "needed; such as A+, High Distinction or Pass",
        },
        Field {
            name: "completion_date",
            spellings: &["completed", "completedon", "datecompleted", "completionyear", "yearcompleted"],
            is_needed: true,
            reads: Reads::YearOrDay,
            holds: "needed; a year or a day",
        },
        Field {
            name: "issuance_date",
            spellings: &["issuedate", "dateissued", "dateofissue", "issuedon", "transcriptdate"],
            is_needed: false,
            reads: Reads::Day,
            holds: "needed; the day on which the transcript was issued, in one line of each award at least",
        },
        Field {
            name: "overall_score",
            spellings: &["overall", "gpa", "wam", "overallgpa", "finalgpa", "cumulativegpa"],
            is_needed: false,
            reads: Reads::Score(rules::score),
            holds: "optional; of the whole transcript, in one line of each award or in all",
        },
    ];
}

/// Debug output ends up in logs and panics, so it says nothing.
impl fmt::Debug for Transcript {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Transcript({}, …)", self.subjects.len())
    }
}

/// The same.
impl fmt::Debug for Overall {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Overall(…)")
    }
}

/// The same.
impl fmt::Debug for Subject {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Subject(…)")
    }
}
