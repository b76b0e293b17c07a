//! A record of the file of subjects becomes one subject of one student, or every mistake in it.

use std::borrow::Cow;

use jiff::civil::Date;

use super::cells::id;
use super::{Mistake, Reading};
use crate::credential::Subject;
use crate::graduate::{StudentId, clean};
use crate::roster::{Column, Columns, Record, vocabulary};

/// A line without a mistake.
pub(in crate::roster) struct SubjectLine {
    pub(in crate::roster) student_id: StudentId,
    /// Of the award, as the line names it.
    pub(in crate::roster) course_code: Option<String>,
    pub(in crate::roster) course_name: Option<String>,
    /// `YYYY-MM-DD`.
    pub(in crate::roster) issuance_date: Option<String>,
    pub(in crate::roster) overall_score: Option<String>,
    pub(in crate::roster) subject: Subject,
}

impl SubjectLine {
    /// Code and name of the award that a line names, where that can be read, whatever else is wrong with it.
    pub(in crate::roster) fn course(columns: &Columns, record: &Record) -> [Option<String>; 2] {
        ["course_code", "course_name"].map(|name| {
            let (_, position) = columns.fields().find(|(field, _)| field.name == name)?;
            let cell = record.fields.get(position?).filter(|cell| !vocabulary::is_nothing(cell))?;
            clean(cell).ok().map(Cow::into_owned).filter(|_| record.fields.len() >= columns.width())
        })
    }

    /// Reads a line.
    ///
    /// # Errors
    /// Every [`Mistake`] of it.
    pub(in crate::roster) fn parse(
        columns: &Columns,
        record: &Record,
        today: Date,
    ) -> Result<Self, Vec<Mistake>> {
        let mut reading = Reading { columns, record, today, corrections: Vec::new(), mistakes: Vec::new() };
        reading.shape();
        if !reading.mistakes.is_empty() {
            return Err(reading.mistakes);
        }
        let is_cell = columns.is_of_workbook();
        let student_id = reading.needed(Column::StudentId, |cell| id(cell, is_cell));
        let cells: Vec<_> =
            columns.fields().map(|(field, at)| (field.name, reading.field(field, at))).collect();
        let get = |name: &str| cells.iter().find(|(it, _)| *it == name).and_then(|(_, cell)| cell.clone());
        let issuance_date = get("issuance_date");
        if issuance_date.as_ref().and_then(|day| day.parse::<Date>().ok()).is_some_and(|day| day > today) {
            let problem = "is still to come; a transcript is told of when it was issued".to_owned();
            reading.mistake(reading.place_of("issuance_date"), problem);
        }
        let subject = || {
            Some(Subject {
                name: get("subject")?,
                code: get("code")?,
                credit: get("credit"),
                score: get("score"),
                grade: get("grade")?,
                completion_date: get("completion_date")?,
            })
        };
        match (student_id, subject()) {
            (Some(student_id), Some(subject)) if reading.mistakes.is_empty() => Ok(Self {
                student_id,
                course_code: get("course_code"),
                course_name: get("course_name"),
                issuance_date,
                overall_score: get("overall_score"),
                subject,
            }),
            _ => Err(reading.mistakes),
        }
    }
}
