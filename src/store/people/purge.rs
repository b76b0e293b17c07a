//! Old personal data go: every row of a graduate with whom nothing has happened for long is deleted, and what was counted
//! of it is added to `purged_count`, where the counting queries find it.
//!
//! Rows that stay without a name would be counted by themselves, but everything else would have to step around them, and
//! a column added later would keep what nobody thought of. Each graduate goes whole in one transaction: whatever dies,
//! nobody is half purged, and the next purge goes on.

use std::collections::HashSet;

use jiff::Timestamp;
use sqlx::Connection as _;

use crate::graduate::StudentId;
use crate::invitation::key::CodeKey;
use crate::store::moment::Moment;
use crate::store::{Connection, Engine, Staging, Store, StoreError, Writer};

/// Graduates of one page, and of one transaction: a few milliseconds.
const PAGE: i64 = 50;

/// A graduate whose data are past their retention.
#[derive(Debug, Clone)]
pub struct Purgeable {
    /// The number of its row.
    pub id: i64,
    student: String,
    awards: Vec<String>,
}

impl Store {
    /// The next graduates after number `after` of whom nothing is under way and nothing has happened after `before`; empty when there are no more.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn purgeable(
        &self,
        key: &CodeKey,
        before: Timestamp,
        after: i64,
    ) -> Result<Vec<Purgeable>, StoreError> {
        let rows = ask!(
            self.readers(),
            fetch_all,
            "sql/queries/people/purge_due.sql"(Moment(before), after, PAGE) as { id: i64, student_id: String }
        )?;
        let mut page = Vec::with_capacity(rows.len());
        for row in rows {
            let awards = ask!(
                self.readers(),
                fetch_all,
                "sql/queries/people/purge_awards.sql"(row.id) as { course_key: String }
            )?;
            let awards = awards.iter().map(|award| key.purged_award(&row.student_id, &award.course_key));
            let student = key.purged_student(&row.student_id);
            page.push(Purgeable { id: row.id, student, awards: awards.collect() });
        }
        Ok(page)
    }

    /// Whether a student's data were purged.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn was_purged(&self, key: &CodeKey, student_id: &StudentId) -> Result<bool, StoreError> {
        let student = key.purged_student(student_id.as_str());
        let row = ask!(
            self.readers(),
            fetch_one,
            "sql/queries/people/purged_student.sql"(student) as { awards: i64 }
        )?;
        Ok(row.awards > 0)
    }

    /// The task through which a purge is written.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be opened for writing.
    pub async fn purger(&self) -> Result<Writer, StoreError> {
        // all rows of a graduate go, whatever points at them first: to look for more, through all awards, takes minutes
        let Engine::Sqlite(ledger) = &self.0 else { return self.writer().await };
        let mut connection = ledger.connect_unchecked().await?;
        // it waits in its own way, but not while it connects
        sqlx::query("PRAGMA busy_timeout = 0").execute(&mut connection).await?;
        Ok(Writer::start(Engine::Sqlite(connection), Engine::Sqlite(ledger.write_gate()?)).await?)
    }

    /// Writes the ledger's file anew and empties its write-ahead log, so that nothing that was deleted can be read there.
    /// Whoever wants to write meanwhile waits: about a second for 100 MB. False when somebody is reading and keeps the log.
    ///
    /// `PRAGMA secure_delete` does not do: pages that were split keep old copies of the rows that moved.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written, as when the disk has no room for it twice.
    pub async fn vacuum(&self) -> Result<bool, StoreError> {
        let Engine::Sqlite(ledger) = &self.0 else { return self.vacuum_server().await };
        let mut connection = ledger.connect().await?;
        sqlx::query("VACUUM").execute(&mut connection).await?;
        let is_kept: i64 =
            sqlx::query_scalar("PRAGMA wal_checkpoint(TRUNCATE)").fetch_one(&mut connection).await?;
        connection.close().await?;
        Ok(is_kept == 0)
    }
}

impl Writer {
    /// Purges these graduates: all or none.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written.
    pub async fn purge(&self, graduates: Vec<Purgeable>) -> Result<(), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                for graduate in graduates {
                    purge(connection, graduate).await?;
                }
                Ok(())
            })
        })
        .await
    }

    /// Forgets that a student was purged: the next roster that lists the student's awards invites for them anew. False
    /// when there was nothing to forget.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written.
    pub async fn forget_purge(&self, key: &CodeKey, student_id: &StudentId) -> Result<bool, StoreError> {
        let student = key.purged_student(student_id.as_str());
        self.write(move |connection| {
            Box::pin(async move {
                let gone = run!(connection, "sql/queries/people/purged_forget.sql"(student))?;
                let was_purged = gone > 0;
                if was_purged {
                    let no_hash: &[u8] = &[];
                    run!(connection, "sql/queries/people/batch_read_again.sql"(no_hash))?;
                }
                Ok(was_purged)
            })
        })
        .await
    }
}

async fn purge(connection: &mut Connection, graduate: Purgeable) -> Result<(), sqlx::Error> {
    let Purgeable { id, student, awards } = graduate;
    for award in awards {
        run!(connection, "sql/queries/people/purge_remember_award.sql"(award, student))?;
    }
    run!(connection, "sql/queries/people/purge_count.sql"(id))?;
    run!(connection, "sql/queries/people/purge_reach.sql"(id))?;
    run!(connection, "sql/queries/people/purge_submission_past.sql"(id))?;
    run!(connection, "sql/queries/people/purge_submissions.sql"(id))?;
    run!(connection, "sql/queries/people/purge_qualifications.sql"(id))?;
    run!(connection, "sql/queries/people/purge_attempts.sql"(id))?;
    run!(connection, "sql/queries/people/purge_bounces.sql"(id))?;
    run!(connection, "sql/queries/people/purge_messages.sql"(id))?;
    run!(connection, "sql/queries/people/purge_codes.sql"(id))?;
    run!(connection, "sql/queries/people/purge_wrong_answers.sql"(id))?;
    run!(connection, "sql/queries/people/purge_invitations.sql"(id))?;
    run!(connection, "sql/queries/people/purge_holds.sql"(id))?;
    run!(connection, "sql/queries/people/purge_hold_reasons.sql"(id))?;
    run!(connection, "sql/queries/people/purge_rejected_rows.sql"(id))?;
    run!(connection, "sql/queries/people/purge_corrections.sql"(id))?;
    run!(connection, "sql/queries/people/purge_audit_reasons.sql"(id))?;
    run!(connection, "sql/queries/people/purge_audit.sql"(id))?;
    run!(connection, "sql/queries/people/purge_changes.sql"(id))?;
    run!(connection, "sql/queries/people/purge_graduate.sql"(id))?;
    Ok(())
}

impl Staging {
    /// Takes the rows of purged awards out of the roster again: nobody is invited twice for one, and whoever was purged
    /// is not known anew by surprise. Returns how many.
    ///
    /// # Errors
    /// [`StoreError::OtherKey`] when the awards were hashed with another key; else when a database cannot be used.
    pub async fn leave_out_purged(&mut self, key: &CodeKey) -> Result<i64, StoreError> {
        let empty = ask!(
            &mut self.connection,
            fetch_one,
            "sql/queries/people/purged_is_empty.sql"() as { empty: bool }
        )?;
        if empty.empty {
            return Ok(0);
        }
        let known = ask!(
            &mut self.connection,
            fetch_optional,
            "sql/queries/people/code_key_known.sql"() as { fingerprint: Vec<u8> }
        )?;
        if known.is_some_and(|known| known.fingerprint != key.fingerprint()) {
            return Err(StoreError::OtherKey);
        }
        let (mut student, mut record, mut left_out) = (String::new(), 0_i64, 0);
        loop {
            let page = ask!(
                &mut self.connection,
                fetch_all,
                "sql/queries/people/staged_row_page.sql"(student, record) as {
                    student_id: String, record: i64, course_key: String,
                }
            )?;
            let Some(last) = page.last() else { return Ok(left_out) };
            (student, record) = (last.student_id.clone(), last.record);
            let hashed: Vec<_> =
                page.iter().map(|row| key.purged_award(&row.student_id, &row.course_key)).collect();
            let purged = self.purged_among(&hashed).await?;
            for (row, award) in page.iter().zip(&hashed) {
                if purged.contains(award) {
                    run!(
                        &mut self.connection,
                        "sql/queries/import/staged_row_delete.sql"(row.student_id, row.record)
                    )?;
                    left_out += 1;
                }
            }
        }
    }

    async fn purged_among(&mut self, awards: &[String]) -> Result<HashSet<String>, StoreError> {
        // hexadecimal digits need no escapes
        let list = format!("[\"{}\"]", awards.join("\",\""));
        let found = ask!(
            &mut self.connection,
            fetch_all,
            "sql/queries/people/purged_among.sql"(list) as { award: String }
        )?;
        Ok(found.into_iter().map(|row| row.award).collect())
    }
}
