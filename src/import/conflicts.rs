//! Rows held against each other: the same student under two names, the same award twice, an address that two
//! students share. The first row stands and the later one is rejected, with the line of the first.

use super::survey::Suspects;
use super::{ReadRoster, containing};
use crate::roster::{Column, Mistake};
use crate::store::{StagedRow, Staging, StoreError};

/// More awards than any graduate has; a column of equal values was taken for the student ids.
const MOST_AWARDS: usize = 50;

pub(super) async fn reject(
    staging: &mut Staging,
    read: &[ReadRoster],
    suspects: Suspects,
) -> Result<(), StoreError> {
    let is_mended_rest = read.iter().all(|roster| roster.is_mended_rest);
    if suspects.students {
        repeated_students(staging, read).await?;
    }
    if suspects.addresses || is_mended_rest {
        staging.sort_by_address().await?;
        shared_addresses(staging, read).await?;
    }
    if is_mended_rest {
        held_against_the_ledger(staging, read).await?;
    }
    Ok(())
}

/// Rows that were rejected beside other rows look sound without them, so they are held against what became of
/// those.
async fn held_against_the_ledger(staging: &mut Staging, read: &[ReadRoster]) -> Result<(), StoreError> {
    for row in staging.names_of_others().await? {
        let problem =
            "the ledger knows this student under another name; correct it in the whole roster".to_owned();
        let at = (row.record, row.line);
        staging.reject(&mistake(read, at, &row.student_id, Some(Column::FullName), problem)).await?;
    }
    for row in staging.addresses_of_others().await? {
        let problem =
            "another student of the ledger has the same address; give each of them an own one".to_owned();
        let at = (row.record, row.line);
        staging.reject(&mistake(read, at, &row.student_id, Some(Column::Email), problem)).await?;
    }
    Ok(())
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
            match conflict(read, &kept, &row) {
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
fn conflict(read: &[ReadRoster], kept: &[StagedRow], row: &StagedRow) -> Option<(Option<Column>, String)> {
    let first = kept.first()?;
    if kept.len() >= MOST_AWARDS {
        let problem = format!("has more than {MOST_AWARDS} awards; is this the student id column?");
        return Some((Some(Column::StudentId), problem));
    }
    let differs = [
        (first.full_name != row.full_name, Column::FullName, "another name"),
        (first.email != row.email, Column::Email, "another address"),
        (first.date_of_birth != row.date_of_birth, Column::DateOfBirth, "another date of birth"),
        (first.language != row.language, Column::Language, "another language"),
    ];
    if let Some((_, column, what)) = differs.into_iter().find(|(differs, ..)| *differs) {
        let first = place(read, first.record, first.line, row.record);
        return Some((
            Some(column),
            format!("{what} than on {first} for the same student; one of them is wrong"),
        ));
    }
    let twin = kept.iter().find(|other| other.course_key == row.course_key)?;
    let first = place(read, twin.record, twin.line, row.record);
    if (StagedRow { record: row.record, line: row.line, ..twin.clone() }) == *row {
        return Some((None, format!("the same row as {first}; remove one of them")));
    }
    let problem = format!("the same award as on {first} with another result; one of them is wrong");
    Some((Some(Column::CourseName), problem))
}

/// Where an earlier row stands, with its file where that is another one.
fn place(read: &[ReadRoster], record: i64, line: i64, seen_from: i64) -> String {
    let file = containing(read, record.unsigned_abs());
    if file.offset == containing(read, seen_from.unsigned_abs()).offset {
        format!("line {line}")
    } else {
        format!("line {line} of {}", file.name)
    }
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
                    "student {} on {} has the same address; give each of them an own one",
                    first.student_id,
                    place(read, first.record, first.line, row.record)
                );
                staging
                    .reject(&mistake(
                        read,
                        (row.record, row.line),
                        &row.student_id,
                        Some(Column::Email),
                        problem,
                    ))
                    .await?;
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
    let column =
        column.and_then(|column| columns.place(column).or_else(|| columns.place(Column::GivenNames)));
    Mistake { record, line: line.unsigned_abs(), column, student_id: Some(student_id.to_owned()), problem }
}
