//! What people did by hand: when, who, why, and to whom by student id.

use jiff::Timestamp;

use crate::store::moment::Moment;
use crate::store::{Connection, Store, StoreError, Writer};

/// Something that somebody did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deed {
    /// When.
    pub at: Timestamp,
    /// The login name.
    pub operator: String,
    /// The command.
    pub act: String,
    /// In the operator's words.
    pub why: Option<String>,
    /// Counts, or names of fields; never a value.
    pub what: String,
    /// Student ids.
    pub students: Vec<String>,
}

impl Store {
    /// What was done, the oldest first; `student_id`: only to this one.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn audit(&self, student_id: Option<&str>) -> Result<Vec<Deed>, StoreError> {
        let rows = ask!(
            self.readers(),
            fetch_all,
            "sql/queries/people/audit_list.sql"(student_id) as {
                at: Moment, operator: String, act: String, why: Option<String>, what: String,
                students: String,
            }
        )?;
        let deeds = rows.into_iter().map(|row| Deed {
            at: row.at.into(),
            operator: row.operator,
            act: row.act,
            why: row.why,
            what: row.what,
            students: serde_json::from_str(&row.students).unwrap_or_default(),
        });
        Ok(deeds.collect())
    }
}

impl Writer {
    /// Writes down what was done.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written.
    pub async fn note(&self, deed: Deed) -> Result<(), StoreError> {
        self.write(move |connection| Box::pin(async move { note(connection, &deed).await })).await
    }
}

/// Writes it down in the transaction in which it is done.
pub(in crate::store) async fn note(connection: &mut Connection, deed: &Deed) -> Result<(), sqlx::Error> {
    let (at, students) = (Moment(deed.at), serde_json::json!(deed.students).to_string());
    let Deed { operator, act, why, what, .. } = deed;
    let id = ask!(
        connection,
        fetch_one,
        "sql/queries/people/audit_insert.sql"(at, operator, act, why, what) as _
    )?;
    run!(connection, "sql/queries/people/audit_student_insert.sql"(id, students))?;
    Ok(())
}
