//! What an import with a file of subjects, or without one, has to know of the ledger.

use serde_json::json;

use crate::store::{Staging, StoreError};

/// An award that the ledger holds.
#[derive(Debug)]
#[expect(missing_docs, reason = "the columns of the ledger")]
pub struct HeldAward {
    pub student_id: String,
    pub course_code: Option<String>,
    pub course_name: String,
}

/// Transcripts that the rows of an import are without.
#[derive(Debug)]
pub struct LostTranscripts {
    /// How many awards.
    pub awards: i64,
    /// Some of their students.
    pub examples: Vec<String>,
}

impl Staging {
    /// The awards of these students that the ledger holds.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn awards_of(&mut self, students: &[&str]) -> Result<Vec<HeldAward>, StoreError> {
        let list = json!(students).to_string();
        Ok(ask!(
            &mut self.connection,
            fetch_all,
            "sql/queries/import/awards_of_students.sql"(list) as HeldAward
        )?)
    }

    /// Awards of the roster without a transcript that the ledger holds, or that a mistake of its subjects kept back.
    ///
    /// # Errors
    /// [`StoreError`] when a database cannot be read.
    pub async fn lost_transcripts(&mut self) -> Result<LostTranscripts, StoreError> {
        let rows = ask!(
            &mut self.connection,
            fetch_all,
            "sql/queries/import/staged_lost_transcripts.sql"() as { student_id: String, awards: i64 }
        )?;
        let awards = rows.first().map_or(0, |row| row.awards);
        Ok(LostTranscripts { awards, examples: rows.into_iter().map(|row| row.student_id).collect() })
    }
}
