//! Corrections of a qualification whose course the registry renamed or renumbered: they stand over it under its new key.

use jiff::civil::Date;

use super::ImportError;
use crate::credential::Qualification;
use crate::graduate::StudentId;
use crate::roster::{self, Corrections, standing_key};
use crate::store::{Kept, Staging, Store};

/// Corrects the staged rows that go on with a corrected qualification under another key, and returns the corrections' old
/// and new keys. One that no such row could follow is left to [`super::reading::Reading::not_met`], which tells of it.
pub(super) async fn carry(
    staging: &mut Staging,
    store: &Store,
    corrections: &Corrections,
    today: Date,
) -> Result<Vec<Kept>, ImportError> {
    let mut kept = Vec::new();
    for renamed in staging.renamed().await? {
        let standing = corrections.of(&renamed.student_id);
        let Some(key) = standing_key(standing, renamed.old_code.as_deref(), &renamed.old_name) else {
            continue;
        };
        let about = standing.iter().filter(|placed| placed.course_key.as_deref() == Some(key));
        let about: Vec<_> = about.map(|placed| &placed.correction).collect();
        let Ok(student) = StudentId::parse(&renamed.student_id) else { continue };
        let Some((graduate, _)) = store.correctable(&student).await? else { continue };
        let Ok(corrected) = roster::corrected(&graduate, &renamed.row, &about, today) else { continue };
        let row_key = renamed.row.course_key();
        staging.correct_row(&renamed.student_id, &row_key, &corrected).await?;
        kept.push(Kept {
            course: name(&renamed.row),
            columns: about.iter().map(|correction| correction.column()).collect(),
            student_id: renamed.student_id,
            from: key.to_owned(),
            to: row_key,
        });
    }
    Ok(kept)
}

fn name(qualification: &Qualification) -> String {
    qualification.course_code.clone().unwrap_or_else(|| qualification.course_name.clone())
}
