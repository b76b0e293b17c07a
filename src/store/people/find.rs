//! Whom somebody means: by student id, address, name or code.

use crate::graduate::{StudentId, folded};
use crate::store::{Store, StoreError};

/// Names of one page.
const PAGE: i64 = 5000;

/// More people of a name than anybody reads through.
const MOST_NAMED: usize = 50;

impl Store {
    /// Ids that may be meant: the one that is written so, else those that are the same but for case, spaces and
    /// punctuation.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn students_like(&self, typed: &str) -> Result<Vec<StudentId>, StoreError> {
        let folded = StudentId::folded(typed);
        if let Ok(exact) = StudentId::parse(typed) {
            let id = exact.as_str();
            let row = ask!(
                self.readers(),
                fetch_one,
                "sql/queries/people/student_is_known.sql"(id, folded) as { is_known: bool }
            )?;
            if row.is_known {
                return Ok(vec![exact]);
            }
        }
        if folded.is_empty() {
            return Ok(Vec::new());
        }
        let rows = ask!(
            self.readers(),
            fetch_all,
            "sql/queries/people/student_known.sql"(folded) as { student_id: String }
        )?;
        Ok(ids(rows.into_iter().map(|row| row.student_id)))
    }

    /// Who has this address.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn students_at(&self, address: &str) -> Result<Vec<StudentId>, StoreError> {
        let rows = ask!(
            self.readers(),
            fetch_all,
            "sql/queries/people/student_by_address.sql"(address) as { student_id: String }
        )?;
        Ok(ids(rows.into_iter().map(|row| row.student_id)))
    }

    /// Whose name has this in it, whatever its accents, punctuation and case; the first fifty of them.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn students_named(&self, name: &str) -> Result<Vec<StudentId>, StoreError> {
        let (wanted, mut found) = (folded(name), Vec::new());
        let mut after = String::new();
        while found.len() < MOST_NAMED {
            let page = ask!(
                self.readers(),
                fetch_all,
                "sql/queries/people/student_names.sql"(after, PAGE) as {
                    student_id: String, full_name: String,
                }
            )?;
            let Some(last) = page.last() else { break };
            after.clone_from(&last.student_id);
            found.extend(
                page.into_iter()
                    .filter(|row| folded(&row.full_name).contains(&wanted))
                    .map(|row| row.student_id),
            );
        }
        found.truncate(MOST_NAMED);
        Ok(ids(found.into_iter()))
    }

    /// Whose code has this hash, whether it works or not.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn student_with_code(&self, hash: Vec<u8>) -> Result<Vec<StudentId>, StoreError> {
        let rows = ask!(
            self.readers(),
            fetch_all,
            "sql/queries/people/student_by_code.sql"(hash) as { student_id: String }
        )?;
        Ok(ids(rows.into_iter().map(|row| row.student_id)))
    }
}

fn ids(found: impl Iterator<Item = String>) -> Vec<StudentId> {
    found.filter_map(|id| StudentId::parse(&id).ok()).collect()
}
