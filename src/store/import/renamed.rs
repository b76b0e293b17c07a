//! Qualifications that the roster lists under another code or name, where somebody corrected them.

use crate::credential::Qualification;
use crate::store::qualification::QualificationRow;
use crate::store::{Staging, StoreError};

/// A corrected qualification that a row goes on with under another key.
#[derive(Debug, Clone)]
pub struct Renamed {
    /// Whose.
    pub student_id: String,
    /// The code that the ledger has.
    pub old_code: Option<String>,
    /// The name that the ledger has.
    pub old_name: String,
    /// What the row says by itself.
    pub row: Qualification,
}

/// Corrections that go by another key from now on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Whose.
    pub student_id: String,
    /// The key that they had.
    pub from: String,
    /// The key that they get.
    pub to: String,
    /// The course's new code, else its name.
    pub course: String,
    /// What was corrected.
    pub columns: Vec<&'static str>,
}

impl Staging {
    /// Those of students of whom something was corrected.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn renamed(&mut self) -> Result<Vec<Renamed>, StoreError> {
        let rows = ask!(
            &mut self.connection,
            fetch_all,
            "sql/queries/import/staged_renamed.sql"() as {
                student_id: String, old_code: Option<String>, old_name: String, course_code: Option<String>,
                course_name: String, conferral_year: Option<i64>, conferral_date: Option<String>,
                awaiting_graduation: i64, majors: String, honours: Option<String>,
            }
        )?;
        let renamed = rows.into_iter().map(|row| Renamed {
            student_id: row.student_id,
            old_code: row.old_code,
            old_name: row.old_name,
            row: QualificationRow {
                course_code: row.course_code,
                course_name: row.course_name,
                conferral_year: row.conferral_year,
                conferral_date: row.conferral_date,
                awaiting_graduation: row.awaiting_graduation,
                majors: row.majors,
                honours: row.honours,
                // what is corrected of a qualification is an award's
                credential_type: None,
                details: None,
            }
            .into(),
        });
        Ok(renamed.collect())
    }

    /// The staged row of this key says what was corrected.
    ///
    /// # Errors
    /// [`StoreError`] when the temporary database cannot be written.
    pub async fn correct_row(
        &mut self,
        student_id: &str,
        course_key: &str,
        right: &Qualification,
    ) -> Result<(), StoreError> {
        let key = right.course_key();
        let date = right.conferral.date.map(|date| date.to_string());
        let majors = right.majors.join("\n");
        run!(
            &mut self.connection,
            "sql/queries/import/staged_row_correct.sql"(
                student_id,
                course_key,
                key,
                right.course_name,
                right.conferral.year,
                date,
                i64::from(right.conferral.awaiting_graduation),
                majors,
                right.honours
            )
        )?;
        run!(
            &mut self.connection,
            "sql/queries/import/staged_pair_correct.sql"(student_id, course_key, key)
        )?;
        Ok(())
    }
}
