//! Learning and Development, on the wire `microcredential`: a course beside or after a qualification (SEEK Pass's
//! microcredential field descriptions).

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::kind::{Cells, Field, Misfit, Reads, TypeSpec};
use super::rules::{self, Partner};
use super::{Details, DocumentKind};
use crate::graduate::Problem;

pub(super) const SPEC: TypeSpec = TypeSpec {
    word: "microcredential",
    noun: "course",
    nouns: "courses",
    name: "microcredential",
    path: "api/partner/v1/add/microcredential.json",
    scope: "write.microcredential",
    document_type: "none",
    documents: &DocumentKind::ALL,
    fields: &[
        Field {
            name: "microcredential_name",
            spellings: &[
                "microcredential",
                "microcredentialtitle",
                "coursename",
                "course",
                "coursetitle",
                "badge",
                "badgename",
                "credentialname",
            ],
            is_needed: true,
            reads: Reads::Title(name),
            holds: "needed; what was learned, such as Data Literacy; a generic Certificate of Completion is a mistake",
        },
        Field {
            name: "issue_date",
            spellings: &[
                "dateissued",
                "issuedon",
                "dateofissue",
                "completiondate",
                "datecompleted",
                "awarddate",
            ],
            is_needed: true,
            reads: Reads::Day,
            holds: "needed; a day",
        },
        Field {
            name: "expiry_date",
            spellings: &["validuntil", "expires", "expirationdate"],
            is_needed: false,
            reads: Reads::Expiry,
            holds: "optional; a day after it, or a word such as never",
        },
        Field {
            name: "issuer_name",
            spellings: &["issuer", "issuedby", "provider"],
            is_needed: false,
            reads: Reads::Title(rules::issuer),
            holds: "optional; who issued it, where that is not the university (institution.name)",
        },
        Field {
            name: "assessment_result",
            spellings: &["result", "grade", "mark", "assessment"],
            is_needed: false,
            reads: Reads::Score(rules::score),
            holds: "optional; free text, such as 85% or Pass",
        },
        Field {
            name: "course_code",
            spellings: &["coursenumber", "microcredentialcode", "badgecode"],
            is_needed: false,
            reads: Reads::Word(rules::word),
            holds: "optional; the university's own code of the course, which SEEK Pass is not told",
        },
        Field {
            name: "partner_chain",
            spellings: &["partners"],
            is_needed: false,
            reads: Reads::Title(rules::list),
            holds: "optional; organisations between the university and the issuer, ; between several, the university's \
                    side first",
        },
    ],
    telling: &["microcredentialname", "microcredential", "microcredentialtitle", "badgename"],
    details,
};

/// A course, as the roster and the ledger have it.
#[expect(clippy::struct_field_names, reason = "SEEK Pass's names")]
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Microcredential {
    pub(super) full_name: String,
    /// None: the university.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) issuer_name: Option<String>,
    pub(super) microcredential_name: String,
    pub(super) issue_date: Date,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) expiry_date: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) assessment_result: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    partner_chain: Vec<Partner>,
}

impl Microcredential {
    /// The same with the university for an issuer where it names no other.
    pub(super) fn issued_by(&self, university: &str) -> Self {
        let issuer_name = self.issuer_name.clone().or_else(|| Some(university.to_owned()));
        Self { issuer_name, ..self.clone() }
    }
}

fn details(cells: &Cells<'_>, full_name: &str, today: Date) -> Result<Details, Misfit> {
    let issue_date = cells.past_day("issue_date", today)?;
    let issuer_name = cells.get("issuer_name");
    let partner_chain = rules::partners(cells, issuer_name.as_deref())?;
    Ok(Details::Microcredential(Box::new(Microcredential {
        full_name: full_name.to_owned(),
        issuer_name,
        microcredential_name: cells.needed("microcredential_name")?,
        issue_date,
        expiry_date: cells.expiry("expiry_date", ("issue_date", issue_date))?,
        assessment_result: cells.get("assessment_result"),
        partner_chain,
    })))
}

/// Kinds of certificates in the other languages of SEEK Pass's countries: Malay, Indonesian, Vietnamese, Thai, Chinese.
const ELSEWHERE: [&str; 44] = [
    "sijil",
    "sijil kehadiran",
    "sijil penghargaan",
    "sijil penyertaan",
    "sijil tamat",
    "sijil tamat kursus",
    "piagam penghargaan",
    "sertifikat",
    "sertifikat kehadiran",
    "sertifikat kelulusan",
    "sertifikat partisipasi",
    "sertifikat pelatihan",
    "sertifikat penghargaan",
    "chứng chỉ",
    "chứng chỉ hoàn thành",
    "chứng chỉ hoàn thành khóa học",
    "chứng nhận",
    "giấy chứng nhận",
    "giấy chứng nhận hoàn thành",
    "giấy chứng nhận tham gia",
    "giấy khen",
    "เกียรติบัตร",
    "ใบประกาศนียบัตร",
    "ใบรับรอง",
    "ประกาศนียบัตร",
    "วุฒิบัตร",
    "หนังสือรับรอง",
    "证书",
    "證書",
    "参与证书",
    "參與證書",
    "出席证书",
    "出席證書",
    "完成证书",
    "完成證書",
    "结业证书",
    "結業證書",
    "培训证书",
    "培訓證書",
    "荣誉证书",
    "榮譽證書",
    "修业证书",
    "修業證書",
    "证明",
];

/// A name that says what was learned: the guide calls names of mere kinds of certificates unsuitable for verification.
fn name(value: &str) -> Result<String, Problem> {
    const KINDS: [&str; 7] =
        ["certificate", "certification", "statement", "award", "diploma", "record", "letter"];
    const OF: [&str; 10] = [
        "achievement",
        "appreciation",
        "attainment",
        "attendance",
        "completion",
        "excellence",
        "merit",
        "participation",
        "recognition",
        "training",
    ];
    const ALONE: [&str; 8] = [
        "badge",
        "course",
        "digital badge",
        "micro credential",
        "microcredential",
        "short course",
        "training",
        "workshop",
    ];
    let folded = rules::folded(value);
    let words: Vec<_> = folded.split(' ').collect();
    let is_kind = |word: &&str| KINDS.contains(word);
    let is_generic = ALONE.contains(&folded.as_str())
        || ELSEWHERE.into_iter().any(|name| rules::folded(name) == folded)
        || match words.as_slice() {
            [one] => KINDS.contains(one) || OF.contains(one),
            [kind, "of", of] | [of, kind] | [kind, "of", "course" | "training", of] => {
                is_kind(kind) && OF.contains(of)
            }
            _ => false,
        };
    if is_generic {
        return Err(Problem::new(
            "does not say what was learned, and SEEK Pass takes no such name (\"Certificate of Completion\" is unsuitable, \
             \"Microsoft Excel Skills\" is right); give the name of the course",
        ));
    }
    rules::text(value)
}

/// Debug output ends up in logs and panics, so it says nothing.
impl fmt::Debug for Microcredential {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Microcredential(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_mere_kinds_of_certificates_are_no_names() {
        for generic in [
            "Certificate of Completion",
            "CERTIFICATE OF PARTICIPATION",
            "certificate  of attendance",
            "Attendance Certificate",
            "Certificate",
            "Certificate of Course Completion",
            "Short Course",
            "Statement of Attainment",
            "Certificate of Merit",
            "Sijil Penyertaan",
            "Sertifikat",
            "Giấy chứng nhận",
            "ใบรับรอง",
            "结业证书",
        ] {
            let problem = name(generic).err().map(|problem| problem.0).unwrap_or_default();
            assert!(problem.contains("what was learned"), "{generic}: {problem}");
        }
        for good in [
            "Microsoft Excel Skills",
            "Certificate of Completion: First Aid",
            "Data Literacy",
            "Award Law",
            "Sijil Bahasa Arab",
        ] {
            assert_eq!(name(good), Ok(good.to_owned()));
        }
        for nobody in ["Management", "Dept", "IT", "The University", "Universiti"] {
            assert!(rules::issuer(nobody).is_err(), "{nobody}");
        }
        assert!(rules::issuer("ABC Management Academy").is_ok());
    }
}
