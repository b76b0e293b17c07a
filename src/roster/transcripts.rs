//! The subjects of awards, from a file of their own: read once, joined with the awards of the roster by student and course, and
//! given to the rows.
//!
//! What is wrong with a line is wrong with the award that it is of: a transcript that lacks a subject is not passed on. A file has
//! some thirty lines for each graduate, so a line is kept as the numbers of its words, which repeat all the time.

mod words;

use std::collections::{BTreeSet, HashMap};

use foldhash::fast::RandomState;
use jiff::civil::Date;

use super::row::{self, SubjectLine};
use super::{Column, Columns, Record, Roster, RosterError};
use crate::credential::{Overall, Subject, Transcript};
use crate::plural::{counted, named};
use words::{Course, Word, Words};

/// Subjects of one award; more are those of several.
const MOST_SUBJECTS: usize = 400;

/// The transcripts of the awards of an import; none where the university gives no subjects.
#[derive(Default)]
pub struct Transcripts {
    /// The file's name, for messages.
    file: String,
    words: Words,
    students: HashMap<Box<str>, Student, RandomState>,
    /// Lines that say the same as another.
    repeated: Vec<u32>,
}

/// The subjects of a student.
#[derive(Default)]
struct Student {
    lines: Vec<Line>,
    /// What is wrong with lines, and which course each names.
    problems: Vec<(Course, String)>,
    /// Awards of the roster: code and name.
    awards: Vec<Course>,
    /// What each award came to.
    joined: Vec<Joined>,
}

/// A line; each word by its number.
struct Line {
    number: u32,
    course: Course,
    issuance_date: Word,
    overall_score: Word,
    /// Name, code, credit, score, grade, completion date.
    subject: [Word; 6],
}

/// The lines of an award, by their place, or what is wrong with them.
#[derive(Default)]
struct Joined {
    lines: Vec<u32>,
    problems: Vec<String>,
}

impl Transcripts {
    /// Reads the file, which was opened with [`RosterSettings::for_transcripts`](super::RosterSettings::for_transcripts).
    ///
    /// # Errors
    /// A [`RosterError`] where it cannot be read as a table, or does not tell whose a line is: any transcript might lack it.
    pub fn read(mut file: Roster, today: Date) -> Result<Self, RosterError> {
        let mut read = Self { file: file.name(), ..Self::default() };
        let mut nobodys = Vec::new();
        while let Some(record) = file.next_record()? {
            match SubjectLine::parse(&file.columns, &record, today) {
                Ok(line) => read.add(line, &record),
                Err(mistakes) => {
                    // an id with a mistake is nobody's, though it may look like one
                    let place = file.columns.place(Column::StudentId);
                    let is_nobodys = mistakes.iter().any(|mistake| mistake.column == place);
                    let students = row::students(&file.columns, &record);
                    let students = if is_nobodys { Vec::new() } else { students };
                    if students.is_empty() {
                        nobodys.extend(mistakes.first().map(ToString::to_string));
                    }
                    for student in students {
                        let course = SubjectLine::course(&file.columns, &record);
                        let course = read.words.course(course);
                        let problems = mistakes.iter().map(|mistake| {
                            // whose it is stands before it
                            let mistake = super::Mistake { student_id: None, ..mistake.clone() };
                            (course, format!("transcript: {}: {mistake}", read.file))
                        });
                        read.students.entry(student.as_str().into()).or_default().problems.extend(problems);
                    }
                }
            }
        }
        if nobodys.is_empty() {
            return Ok(read);
        }
        Err(file.error(format!(
            "does not tell whose these subjects are, so that any transcript might lack them: {}",
            named(&nobodys)
        )))
    }

    fn add(&mut self, read: SubjectLine, record: &Record) {
        let words = &mut self.words;
        let Subject { name, code, credit, score, grade, completion_date } = read.subject;
        let line = Line {
            number: u32::try_from(record.line).unwrap_or(u32::MAX),
            course: words.course([read.course_code, read.course_name]),
            issuance_date: words.take(read.issuance_date.as_deref()),
            overall_score: words.take(read.overall_score.as_deref()),
            subject: [Some(name), Some(code), credit, score, Some(grade), Some(completion_date)]
                .map(|word| words.take(word.as_deref())),
        };
        self.students.entry(read.student_id.as_str().into()).or_default().lines.push(line);
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.students.is_empty()
    }

    /// Learns which awards the students have, from a roster that is read for this alone.
    ///
    /// # Errors
    /// A [`RosterError`] where it cannot be read.
    pub fn meet(&mut self, mut roster: Roster) -> Result<(), RosterError> {
        let mut record = Record::default();
        while roster.read_record(&mut record, |_| true)? {
            let Some(id) = row::student_id(&roster.columns, &record) else { continue };
            let Some(student) = self.students.get_mut(id.as_str()) else { continue };
            let course = course(&mut self.words, &roster.columns, &record);
            if !student.awards.contains(&course) {
                student.awards.push(course);
            }
        }
        Ok(())
    }

    /// Joins the lines with the awards that were met; returns what there is to know of the others, a sentence each.
    pub fn join(&mut self) -> Vec<String> {
        let mut strangers = BTreeSet::new();
        let mut elsewhere = BTreeSet::new();
        let Self { file, students, repeated, .. } = self;
        for (id, student) in &mut *students {
            if student.awards.is_empty() {
                // a line of the wrong width may be of nobody who is named in it
                if !student.lines.is_empty() {
                    strangers.insert(id.to_string());
                }
            } else if student.join(file, repeated) {
                elsewhere.insert(id.to_string());
            }
        }
        // nobody asks for them any more
        students.retain(|_, student| !student.awards.is_empty());
        let mut sentences = Vec::new();
        let of = |students: BTreeSet<String>| named(&Vec::from_iter(students));
        if !strangers.is_empty() {
            sentences.push(format!(
                "the subjects of {} go with nothing, since the roster does not list them: {}",
                counted(strangers.len(), "student"),
                of(strangers)
            ));
        }
        if !elsewhere.is_empty() {
            sentences.push(format!(
                "subjects of awards that the roster does not list for their students go with nothing; check course_code \
                 and course_name of {}",
                of(elsewhere)
            ));
        }
        if !repeated.is_empty() {
            repeated.sort_unstable();
            let lines: Vec<_> = repeated.iter().map(ToString::to_string).collect();
            sentences.push(format!("these lines say the same as another and count once: {}", named(&lines)));
        }
        sentences
    }

    /// The transcript of a row's award, or every problem with it; `None` where there is none.
    pub(super) fn of(&self, columns: &Columns, record: &Record) -> Option<Result<Transcript, &[String]>> {
        if self.is_empty() {
            return None;
        }
        let student = self.students.get(row::student_id(columns, record)?.as_str())?;
        let course = known_course(&self.words, columns, record)?;
        let position = student.awards.iter().position(|award| *award == course)?;
        let joined = student.joined.get(position)?;
        if !joined.problems.is_empty() {
            return Some(Err(&joined.problems));
        }
        let lines = || joined.lines.iter().filter_map(|at| student.lines.get(*at as usize));
        lines().next()?;
        let given = |word: fn(&Line) -> Word| lines().map(word).find_map(|word| self.words.get(word));
        Some(Ok(Transcript {
            overall: Overall {
                issuance_date: given(|line| line.issuance_date).unwrap_or_default(),
                score: given(|line| line.overall_score),
            },
            subjects: lines().map(|line| self.words.subject(&line.subject)).collect(),
        }))
    }
}

impl Student {
    /// Which lines are of which award; whether some are of none.
    fn join(&mut self, file: &str, repeated: &mut Vec<u32>) -> bool {
        self.joined = self.awards.iter().map(|_| Joined::default()).collect();
        let mut has_others = false;
        for (at, line) in (0_u32..).zip(&self.lines) {
            match self.fitting(line.course)[..] {
                [] => has_others = true,
                [award] => self.joined[award].lines.push(at),
                _ => {
                    let problem = format!(
                        "transcript: {file}: line {}: may be of several awards of the student; give course_code and \
                         course_name",
                        line.number
                    );
                    self.problems.push((line.course, problem));
                }
            }
        }
        for joined in &mut self.joined {
            joined.check(file, &self.lines, repeated);
        }
        for (course, problem) in &self.problems {
            for award in self.fitting(*course) {
                self.joined[award].problems.push(problem.clone());
            }
        }
        has_others
    }

    /// The awards that a line may be of, by what it says of the course.
    fn fitting(&self, [code, name]: Course) -> Vec<usize> {
        let named = |award: &usize| name != Words::NONE && self.awards[*award][1] == name;
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
}

impl Joined {
    /// Finds what lines of one award cannot all be right about, and leaves out those that only repeat another.
    fn check(&mut self, file: &str, lines: &[Line], repeated: &mut Vec<u32>) {
        let mut first_of: HashMap<(Word, Word), usize, RandomState> = HashMap::default();
        let mut kept = Vec::with_capacity(self.lines.len());
        let mut wrong = |line: u32, problem: String| {
            self.problems.push(format!("transcript: {file}: line {line}: {problem}"));
        };
        for at in std::mem::take(&mut self.lines) {
            let line = &lines[at as usize];
            let [_, code, .., completion_date] = line.subject;
            match first_of.get(&(code, completion_date)) {
                Some(first) if lines[*first].subject == line.subject => repeated.push(line.number),
                Some(first) => {
                    let first = lines[*first].number;
                    let problem =
                        format!("says something else than line {first} of the same subject and date");
                    wrong(line.number, problem);
                }
                None => {
                    first_of.insert((code, completion_date), at as usize);
                    kept.push(at);
                }
            }
        }
        for (name, word) in [
            ("issuance_date", (|line| line.issuance_date) as fn(&Line) -> Word),
            ("overall_score", |line| line.overall_score),
        ] {
            let mut given =
                kept.iter().map(|at| &lines[*at as usize]).filter(|line| word(line) != Words::NONE);
            let first = given.next();
            if let Some(first) = first
                && let Some(other) = given.find(|line| word(line) != word(first))
            {
                let problem = format!("{name} differs from line {} of the same award", first.number);
                wrong(other.number, problem);
            }
            if first.is_none()
                && name == "issuance_date"
                && let Some(at) = kept.first()
            {
                let problem =
                    "no line of the award has an issuance_date, and SEEK Pass takes no transcript without";
                wrong(lines[*at as usize].number, problem.to_owned());
            }
        }
        if kept.len() > MOST_SUBJECTS {
            let line = lines[kept[MOST_SUBJECTS] as usize].number;
            wrong(line, format!("is of an award with more than {MOST_SUBJECTS} subjects"));
        }
        self.lines = kept;
    }
}

/// Code and name of a row's award.
fn course(words: &mut Words, columns: &Columns, record: &Record) -> Course {
    let (code, name) = row::course(columns, record);
    words.course([code, Some(name)])
}

/// The same of words that are known.
fn known_course(words: &Words, columns: &Columns, record: &Record) -> Option<Course> {
    let (code, name) = row::course(columns, record);
    let number = |course: Option<String>| {
        let Some(course) = course.filter(|course| !course.is_empty()) else { return Some(Words::NONE) };
        words.find(&course.to_lowercase())
    };
    Some([number(code)?, number(Some(name))?])
}

/// Debug output ends up in logs and panics, so it says how many students there are.
impl std::fmt::Debug for Transcripts {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Transcripts({})", self.students.len())
    }
}
