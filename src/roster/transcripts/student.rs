//! The lines of one student, and which of the student's awards each is of.

use super::joined::Joined;
use super::words::{Course, Word, Words};
use crate::plural::named;

/// The subjects of a student.
#[derive(Default)]
pub(super) struct Student {
    /// A line of its width is of this student; in any other, each cell may be an id.
    pub(super) is_certain: bool,
    pub(super) lines: Vec<Line>,
    /// What is wrong with lines, and which course each names.
    pub(super) problems: Vec<(Course, String)>,
    /// Awards of the roster: code and name.
    pub(super) awards: Vec<Course>,
    /// Which award has another name by a correction, and which.
    pub(super) right_names: Vec<(usize, Word)>,
    /// What each award came to.
    pub(super) joined: Vec<Joined>,
}

/// A line; each word by its number.
pub(super) struct Line {
    pub(super) number: u32,
    pub(super) course: Course,
    pub(super) issuance_date: Word,
    pub(super) overall_score: Word,
    /// Name, code, credit, score, grade, completion date.
    pub(super) subject: [Word; 6],
}

impl Student {
    /// Which lines are of which award. A line of no award is wrong with each that it may be of: that one would lack it.
    pub(super) fn join(&mut self, file: &str, words: &Words, repeated: &mut Vec<u32>) {
        self.joined = self.awards.iter().map(|_| Joined::default()).collect();
        let mut homeless: Vec<(Course, &str, Vec<String>)> = Vec::new();
        for (at, line) in (0_u32..).zip(&self.lines) {
            match self.award_of(line.course) {
                Ok(award) => self.joined[award].lines.push(at),
                Err(why) => {
                    let number = line.number.to_string();
                    match homeless.iter_mut().find(|(course, ..)| *course == line.course) {
                        Some((.., numbers)) => numbers.push(number),
                        None => homeless.push((line.course, why, vec![number])),
                    }
                }
            }
        }
        for joined in &mut self.joined {
            joined.check(file, &self.lines, words, repeated);
        }
        for (course, why, numbers) in homeless {
            let lines = if numbers.len() == 1 { "line" } else { "lines" };
            let problem = format!("transcript: {file}: {lines} {}: {why}", named(&numbers));
            self.problems.push((course, problem));
        }
        for (course, problem) in std::mem::take(&mut self.problems) {
            for award in self.concerned(course) {
                self.joined[award].problems.push(problem.clone());
            }
        }
    }

    /// The award that a line is of, by what it says of the course, or what keeps it from one.
    fn award_of(&self, course: Course) -> Result<usize, &'static str> {
        match self.fitting(course)[..] {
            [award] if self.contradicts(award, course) => Err(
                "course_code is of an award with another name than course_name in the roster; correct one of the two, or leave it \
                 out",
            ),
            [award] => Ok(award),
            // the row is rejected, and may be the one that is meant
            [] => self.awards.iter().position(|[_, name]| *name == Words::NONE).ok_or(
                "no award of the student in the roster has this course_code or course_name; correct it, or take the line out",
            ),
            _ => Err("may be of several awards of the student; give course_code and course_name"),
        }
    }

    /// The awards that a line may be of, by what it says of the course.
    fn fitting(&self, [code, name]: Course) -> Vec<usize> {
        let named = |award: &usize| name != Words::NONE && self.is_named(*award, name);
        let coded = |award: &usize| code != Words::NONE && self.awards[*award][0] == code;
        // an award of which the roster has no code is known by its name
        let is_of = |award: &usize| coded(award) || self.awards[*award][0] == Words::NONE && named(award);
        let all = 0..self.awards.len();
        let mut fitting: Vec<_> = match (code, name) {
            (Words::NONE, Words::NONE) => all.collect(),
            (Words::NONE, _) => all.filter(named).collect(),
            _ => all.filter(is_of).collect(),
        };
        // two names may stand under one code
        if fitting.len() > 1 && name != Words::NONE {
            fitting.retain(named);
        }
        fitting
    }

    /// Whether the roster has another name for what a line gives code and name of.
    fn contradicts(&self, award: usize, [code, name]: Course) -> bool {
        let [_, of_roster] = self.awards[award];
        ![code, name, of_roster].contains(&Words::NONE) && !self.is_named(award, name)
    }

    /// Whether an award has this name, in the roster or by a correction.
    fn is_named(&self, award: usize, name: Word) -> bool {
        self.awards[award][1] == name || self.right_names.contains(&(award, name))
    }

    /// The awards that lack a line which cannot be used: those that its code or its name speaks of, or all, where it is no help.
    fn concerned(&self, [code, name]: Course) -> Vec<usize> {
        let speaks_of = |award: &usize| {
            let of_roster = self.awards[*award];
            code != Words::NONE && of_roster[0] == code || name != Words::NONE && self.is_named(*award, name)
        };
        let all = 0..self.awards.len();
        let spoken_of: Vec<_> = all.clone().filter(speaks_of).collect();
        if spoken_of.is_empty() { all.collect() } else { spoken_of }
    }
}
