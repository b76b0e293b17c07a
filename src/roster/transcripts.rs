//! The subjects of awards, from a file of their own: read once, joined with the awards of the roster by student and course, and
//! given to the rows.
//!
//! What is wrong with a line is wrong with the award that it is of: a transcript that lacks a subject is not passed on. A file has
//! some thirty lines for each graduate, so a line is kept as the numbers of its words, which repeat all the time.

mod joined;
mod near;
mod student;
mod words;

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::Path;

use foldhash::fast::RandomState;
use jiff::civil::Date;

use super::row::{self, SubjectLine};
use super::{
    Column, Columns, Correction, Corrections, Mistake, Placed, Record, Roster, RosterError, RosterSettings,
};
use crate::credential::{Overall, Subject, Transcript};
use crate::graduate::StudentId;
use crate::plural::{counted, named};
use student::{Line, Student};
use words::{Course, Words};

/// The transcripts of the awards of an import; none where the university gives no subjects.
#[derive(Default)]
pub struct Transcripts {
    /// The file's name, for messages.
    file: String,
    words: Words,
    students: HashMap<Box<str>, Student, RandomState>,
    /// Lines that say the same as another.
    repeated: Vec<u32>,
    /// Some names with accents, for showing how a file without a mark was read.
    examples: Vec<String>,
}

/// Names to show of a file without a mark.
const EXAMPLES: usize = 5;

impl Transcripts {
    /// Opens the file. A workbook has its sheet where `--sheet` says, if that is not plain.
    ///
    /// # Errors
    /// A [`RosterError`] as of a roster.
    pub fn open(path: &Path, settings: &RosterSettings) -> Result<Roster, RosterError> {
        let of_subjects = settings.for_transcripts();
        match (Roster::open(path, &of_subjects), settings.sheet.clone()) {
            // the name may be of a sheet of the roster
            (Err(error), sheet @ Some(_)) => {
                Roster::open(path, &RosterSettings { sheet, ..of_subjects }).map_err(|_| error)
            }
            (opened, _) => opened,
        }
    }

    /// Reads the file, which was opened with [`Transcripts::open`].
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
                    let students = whose(&file, &record, &mistakes);
                    if students.is_empty() {
                        nobodys.extend(mistakes.first().map(ToString::to_string));
                    }
                    let is_certain = record.fields.len() == file.columns.width();
                    for student in students {
                        read.add_mistakes((&student, is_certain), &mistakes, &file.columns, &record);
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
        if self.examples.len() < EXAMPLES && !name.is_ascii() && !self.examples.contains(&name) {
            self.examples.push(name.clone());
        }
        let line = Line {
            number: u32::try_from(record.line).unwrap_or(u32::MAX),
            course: words.course([read.course_code, read.course_name]),
            issuance_date: words.take(read.issuance_date.as_deref()),
            overall_score: words.take(read.overall_score.as_deref()),
            subject: [Some(name), Some(code), credit, score, Some(grade), Some(completion_date)]
                .map(|word| words.take(word.as_deref())),
        };
        let student = self.students.entry(read.student_id.as_str().into()).or_default();
        student.is_certain = true;
        student.lines.push(line);
    }

    fn add_mistakes(
        &mut self,
        (student, is_certain): (&StudentId, bool),
        mistakes: &[Mistake],
        columns: &Columns,
        record: &Record,
    ) {
        let course = self.words.course(SubjectLine::course(columns, record));
        let problems = mistakes.iter().map(|mistake| {
            // whose it is stands before it
            let mistake = Mistake { student_id: None, ..mistake.clone() };
            (course, format!("transcript: {}: {mistake}", self.file))
        });
        let student = self.students.entry(student.as_str().into()).or_default();
        student.is_certain |= is_certain;
        student.problems.extend(problems);
    }

    /// Some names of subjects with letters beyond ASCII.
    #[must_use]
    pub fn examples(&self) -> &[String] {
        &self.examples
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.students.is_empty()
    }

    /// Learns which awards the students have, from a roster that is read for this alone. A line may name an award as the roster
    /// does, or as it was corrected.
    ///
    /// # Errors
    /// A [`RosterError`] where it cannot be read.
    pub fn meet(&mut self, mut roster: Roster, corrections: &Corrections) -> Result<(), RosterError> {
        let near: HashSet<String, RandomState> = self.students.keys().map(|id| near::bare(id)).collect();
        let mut record = Record::default();
        while roster.read_record(&mut record, |_| true)? {
            let Some(id) = row::student_id(&roster.columns, &record) else { continue };
            let student = match self.students.get_mut(id.as_str()) {
                Some(student) => student,
                // the lines may be of this one, under an id that is not written the same
                None if near.contains(&near::bare(id.as_str())) => {
                    self.students.entry(id.as_str().into()).or_default()
                }
                None => continue,
            };
            let (code, name) = row::course(&roster.columns, &record);
            let right = corrected_name(corrections.of(id.as_str()), code.as_deref(), &name);
            let course = self.words.course([code, Some(name)]);
            if student.awards.contains(&course) {
                continue;
            }
            if let Some(right) = right {
                let [_, right] = self.words.course([None, Some(right)]);
                student.right_names.push((student.awards.len(), right));
            }
            student.awards.push(course);
        }
        Ok(())
    }

    /// The students who have awards in the rosters.
    #[must_use]
    pub fn students(&self) -> Vec<&str> {
        let met = self.students.iter().filter(|(_, student)| !student.awards.is_empty());
        met.map(|(id, _)| &**id).collect()
    }

    /// Learns of an award that the ledger holds besides those of the rosters: a part of a roster lists some awards of a student.
    pub fn meet_held(&mut self, student: &str, code: Option<String>, name: String) {
        let Some(student) = self.students.get_mut(student) else { return };
        let course = self.words.course([code, Some(name)]);
        let is_same = |[code, name]: &Course| {
            if *code == Words::NONE { [*code, *name] == course } else { *code == course[0] }
        };
        if !student.awards.iter().any(is_same) {
            student.awards.push(course);
        }
    }

    /// Joins the lines with the awards that were met; returns what there is to know of the others, a sentence each.
    pub fn join(&mut self) -> Vec<String> {
        near::find(&self.file, &mut self.students);
        let mut strangers = BTreeSet::new();
        let Self { file, students, repeated, words, .. } = self;
        students.retain(|id, student| {
            if student.awards.is_empty() {
                if student.is_certain {
                    strangers.insert(id.to_string());
                }
                // nobody asks for them any more
                return false;
            }
            student.join(file, words, repeated);
            true
        });
        let mut sentences = Vec::new();
        if !strangers.is_empty() {
            sentences.push(format!(
                "the subjects of {} go with nothing, since the roster does not list them: {}",
                counted(strangers.len(), "student"),
                named(&Vec::from_iter(strangers))
            ));
        }
        if !repeated.is_empty() {
            repeated.sort_unstable();
            let lines: Vec<_> = repeated.iter().map(ToString::to_string).collect();
            sentences.push(format!("these lines say the same as another and count once: {}", named(&lines)));
        }
        sentences
    }

    /// Whether something is wrong with a line, so that an award is rejected.
    #[must_use]
    pub fn have_problems(&self) -> bool {
        self.students.values().flat_map(|student| &student.joined).any(|joined| !joined.problems.is_empty())
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
        Some(Ok(Transcript {
            overall: Overall {
                issuance_date: joined.issuance_date.and_then(|day| self.words.get(day)).unwrap_or_default(),
                score: joined.overall_score.and_then(|score| self.words.get(score)),
            },
            subjects: lines().map(|line| self.words.subject(&line.subject)).collect(),
        }))
    }
}

/// Whose a line with mistakes is; of nobody where it does not tell.
fn whose(file: &Roster, record: &Record, mistakes: &[Mistake]) -> Vec<StudentId> {
    // an id with a mistake is nobody's, though it may look like one
    let place = file.columns.place(Column::StudentId);
    if mistakes.iter().any(|mistake| mistake.column == place) {
        return Vec::new();
    }
    if has_broken_cell(file, record) {
        return row::student_id(&file.columns, record).into_iter().collect();
    }
    row::students(&file.columns, record)
}

/// Whether a line runs over several for a line break inside a cell. A cell that has swallowed other lines holds their delimiters,
/// or leaves the line with too many columns.
fn has_broken_cell(file: &Roster, record: &Record) -> bool {
    let delimiter = char::from(file.delimiter().unwrap_or(b','));
    let is_broken = |cell: &str| cell.contains(['\n', '\r']);
    record.last_line > record.line
        && !record.has_torn_quote
        && record.fields.len() == file.columns.width()
        && record.fields.iter().all(|cell| !(is_broken(cell) && cell.contains(delimiter)))
}

/// The name that a row's award has been given by hand.
fn corrected_name(corrections: &[Placed], code: Option<&str>, name: &str) -> Option<String> {
    let key = row::standing_key(corrections, code, name)?;
    corrections.iter().find_map(|placed| match &placed.correction {
        Correction::CourseName(right) if placed.course_key.as_deref() == Some(key) => Some(right.clone()),
        _ => None,
    })
}

/// Code and name of a row's award, of words that are known.
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
