//! English proficiency: the result of a test (SEEK Pass's English proficiency field descriptions).

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::kind::{Cells, Field, Misfit, Reads, TypeSpec};
use super::rules::{self, Partner};
use super::{Details, DocumentKind};
use crate::graduate::Problem;

pub(super) const SPEC: TypeSpec = TypeSpec {
    word: "english",
    noun: "English test result",
    nouns: "English test results",
    name: "english_proficiency",
    path: "api/partner/v1/add/english_proficiency.json",
    scope: "write.english_proficiency",
    // the only word that it knows, also where there is no document
    document_type: "english_assessment",
    documents: &[DocumentKind::Pdf],
    fields: &[
        field(
            "test_provider",
            &["provider", "testcentre", "testingorganisation", "testingorganization"],
            NEEDED,
            Reads::Title(rules::issuer),
            "needed; who issued the result",
        ),
        field(
            "test_name",
            &["test", "englishtest", "testtitle"],
            NEEDED,
            Reads::Title(rules::text),
            "needed; the name of the test",
        ),
        field(
            "completion_date",
            &["testdate", "datecompleted", "completedon", "dateoftest"],
            NEEDED,
            Reads::Day,
            "needed; the day of the test",
        ),
        field(
            "expiry_date",
            &["validuntil", "expires", "expirydate", "expirationdate"],
            OPTIONAL,
            Reads::Expiry,
            "optional; a day after it, or a word such as never",
        ),
        field(
            "overall_score",
            &["score", "overall", "overallband", "bandscore", "totalscore"],
            NEEDED,
            Reads::Score(rules::score),
            "needed; as the certificate has it, such as 7.5",
        ),
        field(
            "overall_scale",
            &["scale", "maximumscore", "maxscore"],
            NEEDED,
            Reads::Score(rules::word),
            "needed; what the score is out of, such as 9",
        ),
        field(
            "cefr_combined",
            &["cefr", "cefrlevel", "cefroverall", "overallcefr"],
            NEEDED,
            Reads::Word(level),
            "needed; the overall level of the European framework: A1 to C2, or with a plus, as B2+",
        ),
        field(
            "cefr_reading",
            &["readingcefr"],
            OPTIONAL,
            Reads::Word(level),
            "optional; the same of reading",
        ),
        field(
            "cefr_listening",
            &["listeningcefr"],
            OPTIONAL,
            Reads::Word(level),
            "optional; the same of listening",
        ),
        field(
            "cefr_speaking",
            &["speakingcefr"],
            OPTIONAL,
            Reads::Word(level),
            "optional; the same of speaking",
        ),
        field(
            "cefr_writing",
            &["writingcefr"],
            OPTIONAL,
            Reads::Word(level),
            "optional; the same of writing",
        ),
        field(
            "score_reading",
            &["reading", "readingscore"],
            OPTIONAL,
            Reads::Score(rules::score),
            "optional; the score of the part, on the test's own scale",
        ),
        field(
            "score_listening",
            &["listening", "listeningscore"],
            OPTIONAL,
            Reads::Score(rules::score),
            "optional; the same",
        ),
        field(
            "score_speaking",
            &["speaking", "speakingscore"],
            OPTIONAL,
            Reads::Score(rules::score),
            "optional; the same",
        ),
        field(
            "score_writing",
            &["writing", "writingscore"],
            OPTIONAL,
            Reads::Score(rules::score),
            "optional; the same",
        ),
        field(
            "subskills",
            &["otherscores", "subscores"],
            OPTIONAL,
            Reads::Word(subskills_list),
            "optional; other parts, as Grammar: 64; Vocabulary: 70",
        ),
        field(
            "partner_chain",
            &["partners"],
            OPTIONAL,
            Reads::Title(rules::list),
            "optional; organisations between the university and the issuer, ; between several, the university's side first",
        ),
    ],
    telling: &["testname", "testprovider", "cefrcombined", "englishtest"],
    details,
};

const NEEDED: bool = true;
const OPTIONAL: bool = false;

const fn field(
    name: &'static str,
    spellings: &'static [&'static str],
    is_needed: bool,
    reads: Reads,
    holds: &'static str,
) -> Field {
    Field { name, spellings, is_needed, reads, holds }
}

/// The result of a test, as the roster and the ledger have it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnglishTest {
    pub(super) full_name: String,
    pub(super) test_provider: String,
    pub(super) test_name: String,
    pub(super) completion_date: Date,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) expiry_date: Option<Date>,
    pub(super) test_scores: Scores,
}

/// As SEEK Pass names them: the partner chain of this type stands among the scores.
#[expect(clippy::struct_field_names, reason = "SEEK Pass's names")]
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Scores {
    pub(super) cefr_scores: Levels,
    pub(super) overall: Overall,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    subskills: Vec<Subskill>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    partner_chain: Vec<Partner>,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Levels {
    pub(super) combined: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    reading: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    listening: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    speaking: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    writing: Option<String>,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Overall {
    pub(super) score: String,
    pub(super) scale: String,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Subskill {
    skill: String,
    score: String,
}

fn details(cells: &Cells<'_>, full_name: &str, today: Date) -> Result<Details, Misfit> {
    let completion_date = cells.past_day("completion_date", today)?;
    let expiry_date = cells.expiry("expiry_date", ("completion_date", completion_date))?;
    let test_provider = cells.needed("test_provider")?;
    let partner_chain = rules::partners(cells, Some(&test_provider))?;
    let parts = ["Reading", "Listening", "Speaking", "Writing"].map(|skill| {
        let score = cells.get(&format!("score_{}", skill.to_lowercase()));
        score.map(|score| Subskill { skill: skill.to_owned(), score })
    });
    let others = cells.list("subskills").into_iter().filter_map(|part| {
        let (skill, score) = part.split_once(':')?;
        Some(Subskill { skill: skill.trim().to_owned(), score: score.trim().to_owned() })
    });
    let subskills: Vec<_> = parts.into_iter().flatten().chain(others).collect();
    let is_again = |(at, one): (usize, &Subskill)| {
        subskills[..at].iter().any(|other| rules::folded(&other.skill) == rules::folded(&one.skill))
    };
    if subskills.iter().enumerate().any(is_again) {
        let problem = "gives a score to a part that has one already, there or in a column of its own; write each part once";
        return Err(("subskills", Problem::new(problem)));
    }
    Ok(Details::English(Box::new(EnglishTest {
        full_name: full_name.to_owned(),
        test_provider,
        test_name: cells.needed("test_name")?,
        completion_date,
        expiry_date,
        test_scores: Scores {
            cefr_scores: Levels {
                combined: cells.needed("cefr_combined")?,
                reading: cells.get("cefr_reading"),
                listening: cells.get("cefr_listening"),
                speaking: cells.get("cefr_speaking"),
                writing: cells.get("cefr_writing"),
            },
            overall: Overall { score: cells.needed("overall_score")?, scale: cells.needed("overall_scale")? },
            subskills,
            partner_chain,
        },
    })))
}

/// A level of the Common European Framework. SEEK Pass prints no list: the six levels are the framework's own, and a plus
/// is passed on as it is written.
fn level(value: &str) -> Result<String, Problem> {
    let level = value.to_uppercase();
    let is_level = matches!(level.trim_end_matches('+'), "A1" | "A2" | "B1" | "B2" | "C1" | "C2");
    if !is_level || level.len() > 3 || level == "C2+" {
        return Err(Problem::new(
            "is no level of the European framework (CEFR); write A1, A2, B1, B2, C1 or C2, or one of the first five with a \
             plus, as B2+",
        ));
    }
    Ok(level)
}

/// `Grammar: 64; Vocabulary: 70`
fn subskills_list(value: &str) -> Result<String, Problem> {
    let is_part = |part: &str| {
        part.split_once(':')
            .is_some_and(|(skill, score)| !skill.trim().is_empty() && !score.trim().is_empty())
    };
    if !value.split(';').filter(|part| !part.trim().is_empty()).all(is_part) {
        return Err(Problem::new(
            "has a part without a score; write each as Skill: score, with ; between several",
        ));
    }
    rules::list(value)
}

/// Debug output ends up in logs and panics, so it says nothing.
impl fmt::Debug for EnglishTest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("EnglishTest(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_those_of_the_framework() {
        assert_eq!(level("b2"), Ok("B2".to_owned()));
        assert_eq!(level("B2+"), Ok("B2+".to_owned()));
        for wrong in ["B3", "B2++", "C2+", "Upper intermediate", "B2/C1", "+", ""] {
            assert!(level(wrong).is_err_and(|problem| problem.0.contains("A1, A2, B1")), "{wrong}");
        }
    }
}
