//! Rows held against each other: the same student under two names, the same award twice, an address that two
//! students share. The first row stands and the later one is rejected, with the line of the first.

use super::{ReadRoster, containing};
use crate::roster::{Column, Mistake};
use crate::store::{StagedRow, Staging, StoreError};

pub(super) async fn reject(staging: &mut Staging, read: &[ReadRoster]) -> Result<(), StoreError> {
    repeated_students(staging, read).await?;
    shared_addresses(staging, read).await
}

async fn repeated_students(staging: &mut Staging, read: &[ReadRoster]) -> Result<(), StoreError> {
    let mut after = String::new();
    loop {
        let rows = staging.repeated_students(&after).await?;
        let Some(last) = rows.last() else { return Ok(()) };
        after.clone_from(&last.student_id);
        let mut kept: Vec<StagedRow> = Vec::new();
        for row in rows {
            if kept.first().is_some_and(|first| first.student_id != row.student_id) {
                kept.clear();
            }
            match conflict(&kept, &row) {
                Some((column, problem)) => {
                    let mistake = mistake(read, (row.record, row.line), &row.student_id, column, problem);
                    staging.reject(&mistake).await?;
                }
                None => kept.push(row),
            }
        }
    }
}

/// What is wrong with a row beside the rows of the same student that were kept before it.
fn conflict(kept: &[StagedRow], row: &StagedRow) -> Option<(Option<Column>, String)> {
    let first = kept.first()?;
    let line = first.line;
    if first.full_name != row.full_name {
        let name = Column::FullName;
        return Some((
            Some(name),
            format!("another name than on line {line} for the same student; one of them is wrong"),
        ));
    }
    if first.email != row.email {
        let problem =
            format!("another address than on line {line} for the same student; one of them is wrong");
        return Some((Some(Column::Email), problem));
    }
    if first.date_of_birth != row.date_of_birth {
        let problem =
            format!("another date of birth than on line {line} for the same student; one of them is wrong");
        return Some((Some(Column::DateOfBirth), problem));
    }
    let twin = kept.iter().find(|other| other.course_key == row.course_key)?;
    let line = twin.line;
    let same =
        StagedRow { record: row.record, line: row.line, language: row.language.clone(), ..twin.clone() }
            == *row;
    if same {
        return Some((None, format!("the same row as line {line}; remove one of them")));
    }
    let problem = format!("the same award as on line {line} with another result; one of them is wrong");
    Some((Some(Column::CourseName), problem))
}

async fn shared_addresses(staging: &mut Staging, read: &[ReadRoster]) -> Result<(), StoreError> {
    let mut after = String::new();
    loop {
        let rows = staging.shared_addresses(&after).await?;
        let Some(last) = rows.last() else { return Ok(()) };
        after.clone_from(&last.email);
        for group in rows.chunk_by(|one, other| one.email == other.email) {
            let Some((first, others)) = group.split_first() else { continue };
            for row in others.iter().filter(|row| row.student_id != first.student_id) {
                let problem = format!(
                    "student {} on line {} has the same address; give each of them an own one",
                    first.student_id, first.line
                );
                let place = (row.record, row.line);
                staging.reject(&mistake(read, place, &row.student_id, Some(Column::Email), problem)).await?;
            }
        }
    }
}

fn mistake(
    read: &[ReadRoster],
    (record, line): (i64, i64),
    student_id: &str,
    column: Option<Column>,
    problem: String,
) -> Mistake {
    let record = record.unsigned_abs();
    let columns = &containing(read, record).columns;
    // a full name may stand in two columns
    let place = |column| columns.place(column).or_else(|| columns.place(Column::GivenNames));
    let column = column.and_then(place);
    Mistake { record, line: line.unsigned_abs(), column, student_id: Some(student_id.to_owned()), problem }
}
