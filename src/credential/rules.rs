//! Rules that several types share.

use super::kind::{Cells, Misfit};
use crate::graduate::Problem;

/// A text that a credential shows as it stands.
pub(super) fn text(value: &str) -> Result<String, Problem> {
    if value.starts_with(['=', '@', '+']) {
        return Err(Problem::new("looks like a spreadsheet formula; give the text itself"));
    }
    at_most(value, 300)
}

/// A score, a code or another short text.
pub(super) fn word(value: &str) -> Result<String, Problem> {
    at_most(value, 60)
}

/// A score. Where a comma is the decimal sign, spreadsheets make days of scores: 7.5 becomes 7-May.
pub(super) fn score(value: &str) -> Result<String, Problem> {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let lower = value.to_lowercase();
    let is_month = |part: &str| MONTHS.contains(&part);
    if lower.split(['-', ' ', '.', '/']).any(is_month) {
        return Err(Problem::new(
            "is a day, which a spreadsheet may have made of a score; format the column as text and export again",
        ));
    }
    word(value)
}

/// Names with `;` between them.
pub(super) fn list(value: &str) -> Result<String, Problem> {
    at_most(value, 1000)
}

fn at_most(value: &str, characters: usize) -> Result<String, Problem> {
    if value.chars().count() > characters {
        return Err(Problem::new(format!("longer than {characters} characters; is this the right column?")));
    }
    Ok(value.to_owned())
}

/// Lower case, letters and digits only, one space between words.
pub(super) fn folded(value: &str) -> String {
    let words = value.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

/// Who stands between the university and the issuer (partner chain), nearest to the university first.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(super) struct Partner {
    name: String,
}

/// The chain of a row, without those who are at its ends: SEEK Pass knows them already (its page on partner chains).
pub(super) fn partners(cells: &Cells<'_>, issuer: Option<&str>) -> Result<Vec<Partner>, Misfit> {
    const COLUMN: &str = "partner_chain";
    let names = cells.list(COLUMN);
    let is = |name: &str, other: &str| !other.is_empty() && folded(name) == folded(other);
    for (at, name) in names.iter().enumerate() {
        let problem = if is(name, cells.university) {
            "names the university itself; only those between the university and the issuer belong there"
        } else if issuer.is_some_and(|issuer| is(name, issuer)) {
            "names the issuer, too; only those between the university and the issuer belong there"
        } else if names[..at].iter().any(|other| is(name, other)) {
            "names somebody twice; write each once"
        } else {
            continue;
        };
        return Err((COLUMN, Problem::new(problem)));
    }
    Ok(names.into_iter().map(|name| Partner { name }).collect())
}

/// An issuer that tells nobody who it is (microcredential field descriptions: "Management" is unsuitable).
pub(super) fn issuer(value: &str) -> Result<String, Problem> {
    const NOBODY: [&str; 32] = [
        "management",
        "the management",
        "dept",
        "it",
        "it department",
        "office",
        "registry",
        "the academy",
        "the department",
        "the faculty",
        "the institute",
        "the school",
        "the university",
        "universitas",
        "universiti",
        "大学",
        "administration",
        "admin",
        "academy",
        "company",
        "department",
        "education",
        "faculty",
        "hr",
        "human resources",
        "institute",
        "organisation",
        "organization",
        "school",
        "training",
        "training department",
        "university",
    ];
    if NOBODY.contains(&folded(value).as_str()) {
        return Err(Problem::new(
            "does not say who issued it, and SEEK Pass asks for a name that does (\"Management\" is unsuitable, \"ABC \
             Management Academy\" is right); give the full name",
        ));
    }
    text(value)
}
