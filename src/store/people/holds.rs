//! Who is held and why, and whose rows could not be taken: lists with student ids, for those who answer for them.

use jiff::Timestamp;

use crate::store::moment::Moment;
use crate::store::people::audit::note;
use crate::store::{Connection, Deed, HoldSource, Store, StoreError, Writer};

/// One reason for which a student must not be mailed.
#[derive(Debug, Clone)]
pub struct Hold {
    /// Who is held.
    pub student_id: String,
    /// Who says so.
    pub source: HoldSource,
    /// Why, in words.
    pub reason: String,
    /// Since when.
    pub since: Timestamp,
    /// Whether a roster has listed the student.
    pub is_listed: bool,
}

/// A row of the latest import that could not be taken.
#[derive(Debug, Clone)]
pub struct RejectedRow {
    /// The file.
    pub roster: String,
    /// The line it starts on.
    pub line: i64,
    /// What was wrong with it, with its column.
    pub problem: String,
    /// Key of the course it is about, where that can be read.
    pub course_key: Option<String>,
    /// When it was imported.
    pub started_at: Timestamp,
}

impl Store {
    /// Every hold, by student id.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn holds(&self) -> Result<Vec<Hold>, StoreError> {
        let rows = ask!(
            self.readers(),
            fetch_all,
            "sql/queries/people/hold_list.sql"() as {
                student_id: String, source: String, reason: String, since: Moment, is_listed: bool,
            }
        )?;
        let holds = rows.into_iter().filter_map(|row| {
            Some(Hold {
                student_id: row.student_id,
                source: HoldSource::of(&row.source)?,
                reason: row.reason,
                since: row.since.into(),
                is_listed: row.is_listed,
            })
        });
        Ok(holds.collect())
    }

    /// The rows of a student that the latest import could not take.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn rejected_rows(&self, student_id: &str) -> Result<Vec<RejectedRow>, StoreError> {
        Ok(ask!(
            self.readers(),
            fetch_all,
            "sql/queries/people/rejected_row_list.sql"(student_id) as RejectedRow
        )?)
    }

    /// Student ids of everybody for whom a person has to do something.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn needs_person(&self) -> Result<Vec<String>, StoreError> {
        let rows = ask!(
            self.readers(),
            fetch_all,
            "sql/queries/people/needs_person.sql"() as { student_id: String }
        )?;
        Ok(rows.into_iter().map(|row| row.student_id).collect())
    }

    /// How many rejected rows do not tell whose they are.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn rejected_without_id(&self) -> Result<i64, StoreError> {
        let row = ask!(
            self.readers(),
            fetch_one,
            "sql/queries/people/rejected_row_nameless.sql"() as { rows: i64 }
        )?;
        Ok(row.rows)
    }

    /// Whether a roster was imported that was read in this encoding.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn was_read_as(&self, encoding: &str) -> Result<bool, StoreError> {
        let row = ask!(
            self.readers(),
            fetch_one,
            "sql/queries/people/batch_was_read_so.sql"(encoding) as { was: bool }
        )?;
        Ok(row.was)
    }
}

impl Writer {
    /// Holds the students of the deed, for its reason.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written.
    pub async fn hold(&self, deed: Deed) -> Result<(), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                let list = serde_json::json!(deed.students).to_string();
                let (why, now) = (deed.why.as_deref().unwrap_or_default(), Moment(deed.at));
                run!(connection, "sql/queries/people/hold_by_person.sql"(list, why, now))?;
                note(connection, &deed).await
            })
        })
        .await
    }

    /// Ends what [`Writer::hold`] began for the students of the deed; whatever else holds them stays. Returns who was held
    /// so, of whom alone it is written down.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written.
    pub async fn release(&self, mut deed: Deed) -> Result<Vec<String>, StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                let mut released = Vec::new();
                for student in std::mem::take(&mut deed.students) {
                    let done = run!(connection, "sql/queries/people/hold_person_release.sql"(student))?;
                    if done > 0 {
                        released.push(student);
                    }
                }
                deed.students.clone_from(&released);
                if !released.is_empty() {
                    note(connection, &deed).await?;
                }
                Ok(released)
            })
        })
        .await
    }

    /// Holds exactly the students of the hold file; whoever left it is released from it.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written.
    pub async fn hold_by_file(
        &self,
        students: Vec<String>,
        file: String,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.write(move |connection| Box::pin(hold_by_file(connection, students, file, Moment(now)))).await
    }
}

async fn hold_by_file(
    connection: &mut Connection,
    students: Vec<String>,
    file: String,
    now: Moment,
) -> Result<(), sqlx::Error> {
    let list = serde_json::json!(students).to_string();
    let reason = format!("listed in {file}");
    run!(connection, "sql/queries/people/hold_file_insert.sql"(list, reason, now))?;
    run!(connection, "sql/queries/people/hold_file_release.sql"(list))?;
    run!(connection, "sql/queries/people/hold_spelt.sql"())?;
    run!(connection, "sql/queries/people/hold_spelt_otherwise.sql"())?;
    Ok(())
}
