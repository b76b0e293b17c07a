//! What is due, page by page, each message with all that its mail needs.

use super::qualification::qualification;
use super::{Store, StoreError};
use crate::graduate::{EmailAddress, Graduate, Language, PersonName, Problem, Qualification, StudentId};

/// Messages of one page.
const PAGE: i64 = 200;

/// A message that is due.
#[derive(Debug, Clone)]
pub struct DueMessage {
    /// Its number, stable over all attempts.
    pub id: i64,
    /// The invitation that it carries.
    pub invitation_id: i64,
    /// How often it was tried.
    pub attempts: i64,
    /// Whom it goes to.
    pub graduate: Graduate,
    /// What it lists.
    pub qualifications: Vec<Qualification>,
}

/// Where the last page ended; a message is given once, whatever becomes of it meanwhile.
#[derive(Debug, Clone, Copy)]
pub struct DueCursor {
    /// Only what is due by then (UTC milliseconds).
    pub until: i64,
    due_at: i64,
    id: i64,
}

impl DueCursor {
    /// From the beginning, to what is due at `until` (UTC milliseconds).
    #[must_use]
    pub const fn new(until: i64) -> Self {
        Self { until, due_at: i64::MIN, id: 0 }
    }
}

impl Store {
    /// The next page of due messages; empty when there are no more. A row that no import could have written
    /// is passed over with a line in the log: it stays waiting and stops nobody else.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn due_messages(&self, cursor: &mut DueCursor) -> Result<Vec<DueMessage>, StoreError> {
        loop {
            let before = (cursor.due_at, cursor.id);
            let page = self.page(cursor).await?;
            if !page.is_empty() || (cursor.due_at, cursor.id) == before {
                return Ok(page);
            }
        }
    }

    async fn page(&self, cursor: &mut DueCursor) -> Result<Vec<DueMessage>, StoreError> {
        let DueCursor { until, due_at, id } = *cursor;
        let rows = sqlx::query_file!("sql/queries/message_due.sql", until, due_at, id, PAGE)
            .fetch_all(&self.readers)
            .await?;
        let mut messages: Vec<DueMessage> = Vec::new();
        for row in rows {
            (cursor.due_at, cursor.id) = (row.due_at, row.id);
            let qualification = qualification(
                row.course_code,
                row.course_name,
                row.conferral_year,
                row.conferral_date.as_deref(),
                row.awaiting_graduation,
                &row.majors,
                row.honours,
            );
            if let Some(last) = messages.last_mut().filter(|last| last.id == row.id) {
                last.qualifications.push(qualification);
                continue;
            }
            // parsed again on the way out, so that no old or foreign row can inject a header
            let graduate =
                match graduate(&row.student_id, &row.full_name, &row.email, row.language.as_deref()) {
                    Ok(graduate) => graduate,
                    Err(problem) => {
                        tracing::error!(
                            student_id = row.student_id,
                            "the ledger's row cannot be mailed: {problem}"
                        );
                        continue;
                    }
                };
            messages.push(DueMessage {
                id: row.id,
                invitation_id: row.invitation_id,
                attempts: row.attempts,
                graduate,
                qualifications: vec![qualification],
            });
        }
        Ok(messages)
    }
}

fn graduate(student_id: &str, name: &str, email: &str, language: Option<&str>) -> Result<Graduate, Problem> {
    Ok(Graduate {
        student_id: StudentId::parse(student_id)?,
        name: PersonName::parse(name)?,
        email: EmailAddress::parse(email)?,
        date_of_birth: None,
        language: language.map(Language::parse).transpose()?,
    })
}
