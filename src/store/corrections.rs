//! Corrections: values that stand over the roster, until the roster says the same.

use sqlx::sqlite::SqliteConnection;

use super::audit::note;
use super::{Deed, Store, StoreError, Writer};
use crate::roster::{Correction, Corrections};

/// What a correction changed besides the values.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Corrected {
    /// The address is another one: codes that went to the old one stopped working.
    pub is_moved: bool,
    /// Messages that are due for it.
    pub messages: u64,
    /// Students who shared the old address, and are no longer held for it.
    pub released: u64,
}

impl Store {
    /// Every correction that stands.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn corrections(&self) -> Result<Corrections, StoreError> {
        let mut corrections = Corrections::default();
        for row in sqlx::query_file!("sql/queries/correction_list.sql").fetch_all(&self.readers).await? {
            if let Some(correction) = Correction::of(&row.field, &row.value) {
                corrections.0.entry(row.student_id).or_default().push(correction);
            }
        }
        Ok(corrections)
    }
}

impl Writer {
    /// Corrects the student of the deed, in the ledger at once and over every roster from now on. A new address voids what
    /// went to the old one, as an import of it would.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written.
    pub async fn correct(&self, deed: Deed, corrections: Vec<Correction>) -> Result<Corrected, StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                let done = correct(connection, &deed, &corrections).await?;
                note(connection, &deed).await?;
                Ok(done)
            })
        })
        .await
    }

    /// Drops corrections, by student id and column.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written.
    pub async fn drop_corrections(&self, agreed: Vec<(String, &'static str)>) -> Result<(), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                for (student, field) in agreed {
                    sqlx::query_file!("sql/queries/correction_drop.sql", student, field)
                        .execute(&mut *connection)
                        .await?;
                }
                Ok(())
            })
        })
        .await
    }
}

async fn correct(
    connection: &mut SqliteConnection,
    deed: &Deed,
    corrections: &[Correction],
) -> Result<Corrected, sqlx::Error> {
    let (student, now) = (deed.students.concat(), deed.at.as_millisecond());
    for correction in corrections {
        let (field, value) = (correction.column(), correction.value());
        sqlx::query_file!("sql/queries/correction_insert.sql", student, field, value)
            .execute(&mut *connection)
            .await?;
    }
    let before =
        sqlx::query_file!("sql/queries/correct_address.sql", student).fetch_one(&mut *connection).await?;
    let value = |column: &str| {
        corrections.iter().find(|correction| correction.column() == column).map(Correction::value)
    };
    let (full_name, email) = (value("full_name"), value("email"));
    let (date_of_birth, language) = (value("date_of_birth"), value("language"));
    let mut done = Corrected {
        is_moved: email.as_ref().is_some_and(|email| *email != before.email),
        ..Corrected::default()
    };
    let id = before.id;
    if done.is_moved {
        sqlx::query_file!("sql/queries/correct_codes.sql", id, now).execute(&mut *connection).await?;
        sqlx::query_file!("sql/queries/correct_submissions.sql", id, now).execute(&mut *connection).await?;
        sqlx::query_file!("sql/queries/correct_cancel_messages.sql", id).execute(&mut *connection).await?;
    }
    sqlx::query_file!("sql/queries/correct_graduate.sql", id, full_name, email, date_of_birth, language)
        .execute(&mut *connection)
        .await?;
    if done.is_moved {
        let due =
            sqlx::query_file!("sql/queries/correct_messages.sql", id, now).execute(&mut *connection).await?;
        let released = sqlx::query_file!("sql/queries/correct_release.sql", before.email, id)
            .execute(connection)
            .await?;
        done.messages = due.rows_affected();
        done.released = released.rows_affected();
    }
    Ok(done)
}
