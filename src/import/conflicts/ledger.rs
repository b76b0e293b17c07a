//! Rows held against what the ledger knows: new students who may be known ones, second qualifications of one, and what a roster of
//! another type says of the same student.

use super::{Place, file};
use crate::credential::CredentialType;
use crate::import::{Audience, ReadRoster};
use crate::roster::Column;
use crate::store::{OtherWord, Staging, StoreError, SuspectRow};

/// After it is known what the roster lists no more: new students who may be known ones under another id.
pub(in crate::import) async fn renumbered(
    staging: &mut Staging,
    read: &[ReadRoster],
    has_lost: bool,
) -> Result<(), StoreError> {
    if let Some(lengths) = staging.id_lengths().await? {
        for row in staging.lost_zeros(&lengths).await? {
            let problem = format!(
                "student {} is known and differs in its leading zeros only; a spreadsheet may have removed them, so \
                 write the id as it was",
                row.known
            );
            known_by_another_id(staging, read, &row, problem).await?;
        }
        for row in staging.id_twins(&lengths).await? {
            let problem = format!(
                "student {} is known and differs in capitals or punctuation only; write the id as it was, or if this is \
                 another student, run again with --allow-removals",
                row.known
            );
            known_by_another_id(staging, read, &row, problem).await?;
        }
    }
    if has_lost {
        staging.sort_by_address().await?;
        for row in staging.renumbered().await? {
            let problem = format!(
                "has the name and the address of student {}, who is missing; if the registry gave out new ids, run \
                 again with --allow-removals, else write the id as it was",
                row.known
            );
            known_by_another_id(staging, read, &row, problem).await?;
        }
    }
    Ok(())
}

/// Rows that would make a second qualification of one that SEEK Pass has: nobody is asked to add it twice, before a person has
/// said what it is.
pub(in crate::import) async fn recoded(
    staging: &mut Staging,
    read: &[ReadRoster],
    (is_part, of): (bool, CredentialType),
) -> Result<(), StoreError> {
    for row in staging.recoded(is_part).await? {
        if of != CredentialType::Education {
            let (noun, nouns) = (of.spec().noun, of.spec().nouns);
            let problem = format!(
                "is new, and SEEK Pass has another {noun} of the same student, which the roster lists no more; if this is the same \
                 one under another name or date, list it as it was and ask SEEK Pass to correct it; if both are right, list \
                 both; if only this one is, run again with --allow-removals (it stands for all {nouns} that are gone)"
            );
            let place = Place { record: row.record, line: row.line, student_id: &row.student_id };
            staging.reject(file(read, row.record), &place.mistake(read, None, problem)).await?;
            staging.is_still_listed(&row.student_id).await?;
            continue;
        }
        let code =
            if row.known.is_empty() { "no code".to_owned() } else { format!("the code {}", row.known) };
        let problem = if is_part {
            format!(
                "SEEK Pass has a qualification of this name of the same student under {code}; if the registry only changed the \
                 code, import the whole roster without the old one; if it is another qualification, list both"
            )
        } else {
            format!(
                "SEEK Pass has a qualification of the same student under {code}, which the roster lists no more; if this is the \
                 same one, change its code and its name in two imports; if the other one is gone and this is new, run again \
                 with --allow-removals"
            )
        };
        let place = Place { record: row.record, line: row.line, student_id: &row.student_id };
        let mistake = place.mistake(read, Some(Column::CourseCode), problem);
        staging.reject(file(read, row.record), &mistake).await?;
        staging.is_still_listed(&row.student_id).await?;
    }
    Ok(())
}

/// Rows whose student a roster of another type lists, too, with something else that cannot both be true: an address at the
/// first row of this type, which would else be written over the known one, or a date of birth, by which the row may be
/// another student's. Another name is told only: it stands on this credential, and on no other.
pub(in crate::import) async fn other_types(
    staging: &mut Staging,
    read: &[ReadRoster],
    audience: &mut dyn Audience,
) -> Result<(), StoreError> {
    for (what, column, noun) in [
        (OtherWord::DateOfBirth, Column::DateOfBirth, "date of birth"),
        (OtherWord::Address, Column::Email, "address"),
    ] {
        for row in staging.other_words(what).await? {
            let (known, id) = (&row.known, &row.student_id);
            let problem = format!(
                "the {known} roster has another {noun} for this student; correct the roster that is wrong, or say what is \
                 right with `gradpass correct {id} {}=… --why TEXT`",
                column.name()
            );
            let place = Place { record: row.record, line: row.line, student_id: id };
            staging.reject(file(read, row.record), &place.mistake(read, Some(column), problem)).await?;
        }
    }
    for row in staging.other_words(OtherWord::Name).await? {
        let SuspectRow { record, line, student_id, known } = row;
        let told = format!(
            "line {line}, student {student_id}: the {known} roster has another name; each credential gets the name of its own \
             roster"
        );
        audience.note(file(read, record), &told);
    }
    Ok(())
}

async fn known_by_another_id(
    staging: &mut Staging,
    read: &[ReadRoster],
    row: &SuspectRow,
    problem: String,
) -> Result<(), StoreError> {
    let place = Place { record: row.record, line: row.line, student_id: &row.student_id };
    staging.reject(file(read, row.record), &place.mistake(read, Some(Column::StudentId), problem)).await?;
    staging.is_still_listed(&row.known).await
}
