//! The lines of one award: what they cannot all be right about, and what they come to.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use super::student::Line;
use super::words::{Word, Words};

/// Subjects of one award; more are those of several.
const MOST_SUBJECTS: usize = 400;

/// The lines of an award, by their place, or what is wrong with them.
#[derive(Default)]
pub(super) struct Joined {
    pub(super) lines: Vec<u32>,
    pub(super) issuance_date: Option<Word>,
    pub(super) overall_score: Option<Word>,
    pub(super) problems: Vec<String>,
}

impl Joined {
    /// Finds what the lines cannot all be right about, leaves out those that only repeat another, and puts the others in one
    /// order, so that the same subjects in another order of the file are no change.
    pub(super) fn check(&mut self, file: &str, all: &[Line], words: &Words, repeated: &mut Vec<u32>) {
        let lines: Vec<&Line> = self.lines.iter().map(|at| &all[*at as usize]).collect();
        let mut wrong = |line: &Line, problem: &str| {
            self.problems.push(format!("transcript: {file}: line {}: {problem}", line.number));
        };
        let mut first_of: HashMap<(Word, Word), &Line, RandomState> = HashMap::default();
        self.lines.retain(|at| {
            let line = &all[*at as usize];
            let [_, code, .., completion_date] = line.subject;
            let first = *first_of.entry((code, completion_date)).or_insert(line);
            if std::ptr::eq(first, line) {
                return true;
            }
            if first.subject == line.subject {
                repeated.push(line.number);
            } else {
                let first = first.number;
                wrong(line, &format!("says something else than line {first} of the same subject and date"));
            }
            false
        });
        self.issuance_date = one("issuance_date", &lines, |line| line.issuance_date, &mut wrong);
        self.overall_score = one("overall_score", &lines, |line| line.overall_score, &mut wrong);
        match (self.issuance_date, lines.first()) {
            (Some(issued), _) => {
                let issued = words.text(issued);
                for line in &lines {
                    let [.., completed] = line.subject;
                    // a year is held against the year
                    let completed = words.text(completed);
                    if issued.get(..completed.len()).is_some_and(|issued| completed > issued) {
                        wrong(
                            line,
                            "was completed after the issuance_date of its transcript; one of the two is wrong",
                        );
                    }
                }
            }
            (None, Some(first)) => {
                wrong(
                    first,
                    "no line of the award has an issuance_date, and SEEK Pass takes no transcript without",
                );
            }
            (None, None) => {}
        }
        if let Some(at) = self.lines.get(MOST_SUBJECTS) {
            wrong(&all[*at as usize], &format!("is of an award with more than {MOST_SUBJECTS} subjects"));
        }
        self.lines.sort_by_cached_key(|at| {
            let [name, code, credit, score, grade, completed] = all[*at as usize].subject;
            [completed, code, name, grade, score, credit].map(|word| words.text(word))
        });
    }
}

/// What the lines say of their award, in one of them or in all.
fn one(
    name: &str,
    lines: &[&Line],
    word: fn(&Line) -> Word,
    wrong: &mut impl FnMut(&Line, &str),
) -> Option<Word> {
    let mut given = lines.iter().filter(|line| word(line) != Words::NONE);
    let first = given.next()?;
    if let Some(other) = given.find(|line| word(line) != word(first)) {
        wrong(other, &format!("{name} differs from line {} of the same award", first.number));
    }
    Some(word(first))
}
