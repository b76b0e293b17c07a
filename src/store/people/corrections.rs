//! Corrections: values that stand over the roster, until the roster says the same.

use crate::credential::Qualification;
use crate::graduate::{EmailAddress, Graduate, Language, PersonName, StudentId};
use crate::roster::{Column, Correction, Corrections, Met, Placed};
use crate::store::moment::Moment;
use crate::store::people::audit::note;
use crate::store::qualification::QualificationRow;
use crate::store::redemption::redeemable::unreadable;
use crate::store::{Connection, Deed, Engine, Store, StoreError, Writer};

/// What a correction changed besides the values.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Corrected {
    /// The address is another one.
    pub is_moved: bool,
    /// Codes that went to the old one, and stopped working.
    pub codes: u64,
    /// Messages that are due for it.
    pub messages: i64,
    /// Students who shared the old address, and are no longer held for it.
    pub released: Vec<String>,
}

impl Store {
    /// Every correction that stands.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn corrections(&self) -> Result<Corrections, StoreError> {
        let mut corrections = Corrections::default();
        for row in ask!(
            self.readers(),
            fetch_all,
            "sql/queries/people/correction_list.sql"() as {
                student_id: String, course_key: String, field: String, value: String,
            }
        )? {
            if let Some(correction) = Correction::of(&row.field, &row.value) {
                let course_key = Some(row.course_key).filter(|key| !key.is_empty());
                corrections.0.entry(row.student_id).or_default().push(Placed { course_key, correction });
            }
        }
        Ok(corrections)
    }

    /// What the ledger says of a student, with each qualification that the roster lists; `None` of whom it does not know.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn correctable(
        &self,
        student_id: &StudentId,
    ) -> Result<Option<(Graduate, Vec<Qualification>)>, StoreError> {
        let id = student_id.as_str();
        let graduate = ask!(
            self.readers(),
            fetch_optional,
            "sql/queries/people/correctable_graduate.sql"(id) as {
                full_name: String, email: String, date_of_birth: Option<String>, language: Option<String>,
            }
        )?;
        let Some(row) = graduate else { return Ok(None) };
        let graduate = Graduate {
            student_id: student_id.clone(),
            name: PersonName::parse(&row.full_name).map_err(|problem| unreadable(&problem))?,
            email: EmailAddress::parse(&row.email).map_err(|problem| unreadable(&problem))?,
            date_of_birth: row.date_of_birth.and_then(|date| date.parse().ok()),
            language: row.language.and_then(|language| Language::parse(&language).ok()),
        };
        let rows =
            ask!(self.readers(), fetch_all, "sql/queries/people/correctable.sql"(id) as QualificationRow)?;
        Ok(Some((graduate, rows.into_iter().map(Qualification::from).collect())))
    }
}

impl Writer {
    /// Corrects the student of the deed, in the ledger at once and over every roster from now on: `qualifications` are those
    /// that say something else by it, each behind the key that it had. A new address voids what went to the old one, as an
    /// import of it would.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written.
    pub async fn correct(
        &self,
        deed: Deed,
        corrections: Vec<Placed>,
        qualifications: Vec<(String, Qualification)>,
    ) -> Result<Corrected, StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                let done = correct(connection, &deed, &corrections, &qualifications).await?;
                note(connection, &deed).await?;
                Ok(done)
            })
        })
        .await
    }

    /// Drops corrections that the roster agrees with, and those of whom no roster speaks any more.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written.
    pub async fn drop_corrections(&self, agreed: Vec<Met>) -> Result<(), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                for Met { student_id, course_key, column, .. } in &agreed {
                    let key = course_key.as_deref().unwrap_or_default();
                    run!(connection, "sql/queries/people/correction_drop.sql"(student_id, key, column))?;
                }
                // only now, so that none of them is missed under its new key
                for Met { student_id, course_key, column, row_key, .. } in &agreed {
                    if *column == Column::CourseName.name() {
                        run!(
                            connection,
                            "sql/queries/people/correction_rename.sql"(student_id, course_key, row_key)
                        )?;
                    }
                }
                run!(connection, "sql/queries/people/correction_forget.sql"())?;
                Ok(())
            })
        })
        .await
    }
}

async fn correct(
    connection: &mut Connection,
    deed: &Deed,
    corrections: &[Placed],
    qualifications: &[(String, Qualification)],
) -> Result<Corrected, sqlx::Error> {
    let (student, now) = (deed.students.concat(), Moment(deed.at));
    for Placed { course_key, correction } in corrections {
        let key = course_key.as_deref().unwrap_or_default();
        let (field, value) = (correction.column(), correction.value());
        run!(connection, "sql/queries/people/correction_insert.sql"(student, key, field, value))?;
    }
    let before = ask!(
        connection,
        fetch_optional,
        "sql/queries/people/correct_address.sql"(student) as { id: i64, email: String }
    )?;
    // whose row was rejected: there is nothing yet but the correction
    let Some(before) = before else { return Ok(Corrected::default()) };
    correct_qualifications(connection, before.id, qualifications).await?;
    let value = |column: &str| {
        let correction = corrections.iter().map(|placed| &placed.correction);
        correction.into_iter().find(|correction| correction.column() == column).map(Correction::value)
    };
    let (full_name, email) = (value("full_name"), value("email"));
    let (date_of_birth, language) = (value("date_of_birth"), value("language"));
    let mut done = Corrected {
        is_moved: email.as_ref().is_some_and(|email| *email != before.email),
        ..Corrected::default()
    };
    let id = before.id;
    if done.is_moved {
        let codes = run!(connection, "sql/queries/people/correct_codes.sql"(id, now))?;
        done.codes = codes;
        run!(connection, "sql/queries/people/correct_submissions.sql"(id, now))?;
        run!(connection, "sql/queries/people/correct_cancel_messages.sql"(id))?;
    }
    run!(
        connection,
        "sql/queries/people/correct_graduate.sql"(id, full_name, email, date_of_birth, language)
    )?;
    run!(connection, "sql/queries/people/correct_names.sql"(id, full_name))?;
    if done.is_moved {
        run!(connection, "sql/queries/people/correct_messages.sql"(id, now))?;
        done.messages = ask!(connection, fetch_one, "sql/queries/people/correct_messages_due.sql"(id) as _)?;
        let released = ask!(
            connection,
            fetch_all,
            "sql/queries/people/correct_release.sql"(before.email, id) as { student_id: String }
        )?;
        done.released = released.into_iter().map(|row| row.student_id).collect();
        done.released.sort_unstable();
    }
    Ok(done)
}

async fn correct_qualifications(
    connection: &mut Connection,
    graduate_id: i64,
    qualifications: &[(String, Qualification)],
) -> Result<(), sqlx::Error> {
    // a submission points at its qualification by the key, and they change one after the other
    if let Engine::Sqlite(connection) = connection {
        sqlx::query("PRAGMA defer_foreign_keys = ON").execute(&mut *connection).await?;
    }
    for (before, qualification) in qualifications {
        let key = qualification.course_key();
        let date = qualification.conferral.date.map(|date| date.to_string());
        let majors = qualification.majors.join("\n");
        run!(
            connection,
            "sql/queries/people/correct_qualification.sql"(
                graduate_id,
                before,
                key,
                qualification.course_name,
                qualification.conferral.year,
                date,
                i64::from(qualification.conferral.awaiting_graduation),
                majors,
                qualification.honours
            )
        )?;
        run!(
            connection,
            "sql/queries/people/correct_qualification_submissions.sql"(graduate_id, before, key)
        )?;
        run!(connection, "sql/queries/people/correct_qualification_changes.sql"(graduate_id, before, key))?;
    }
    Ok(())
}
